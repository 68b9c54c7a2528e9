-- Reference: two odd tickets are worth two test calls, and emergency calls come back over the other gateway.
local p = require "tocsin.policy"
local team = require "tocsin.team"

-- Options as of the library's reference: pace=2 is slower, competence=70% overlooks, hands=1 waits.
local how = p.options(team.usual)

return require "carrier" ({
  option = "divert over gateway B",
  reason = "quickest, touches nothing that works, and can be tested before anybody depends on it",
}, how)
