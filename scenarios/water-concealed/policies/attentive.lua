-- Attentive: as the reference, but the attendant's word that the pump never rests sends somebody to the
-- gauge before the water comes.
local p = require "tocsin.policy"
local team = require "tocsin.team"

local how = p.options(team.usual)
how.listens = true

return require "waterworks" (how)
