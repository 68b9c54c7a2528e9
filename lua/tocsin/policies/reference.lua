-- Reference: a competent and cautious team. It recognises several losses at once as an incident,
-- trusts no remote control that it may share, brings back what most people hang on first, and
-- reports in time. It is what an exercise can be measured against; people can beat it.
local p = require "tocsin.policy"
local team = require "tocsin.team"

-- reference:pace=2 is slower, reference:delay=10min sets about everything ten minutes later,
-- reference:competence=70% overlooks and forgets, reference:hands=1 does one thing at a time.
local how = p.options(team.usual)

return p.policy {
  default = function(seat)
    team.play(seat, team.style(how, seat))
  end,
}
