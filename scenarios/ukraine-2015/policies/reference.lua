-- Reference: the maker of the converters does not come in through the door that the stranger used.
local p = require "tocsin.policy"
local team = require "tocsin.team"

-- Options as of the library's reference: pace=2 is slower, competence=70% overlooks, hands=1 waits.
local how = p.options(team.usual)

return require "shift" ({
  option = "take one converter to the workshop",
  reason = "that door is how the stranger came in; a cable on the bench harms nobody",
}, how)
