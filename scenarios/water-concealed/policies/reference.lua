-- Reference: a competent control room. It believes the neighbour on the telephone more than its screen.
local p = require "tocsin.policy"
local team = require "tocsin.team"

-- Options as of the library's reference: pace=2 is slower, competence=70% overlooks, hands=1 waits.
return require "waterworks" (p.options(team.usual))
