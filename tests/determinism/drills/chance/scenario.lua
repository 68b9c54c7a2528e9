-- Every distribution there is, and several processes at once.
local t = require "tocsin"

local drill = t.drill {
  title = "Chance", kind = { form = "practical", span = "in-house", content = "thematic" },
  topology = "topology.xml", starts = "2026-05-30 06:00 UTC", length = t.hours(24),
}
drill:team "gridco" { "dispatcher", "incident_lead", "soc" }

local nodes = drill:assets { kind = "substation" }
for k = 1, 4 do
  local red = drill:adversary { name = "GNAT-" .. k, at = nodes[k], skill = "beginner" }
  red:plan(function(a)
    for i = k, #nodes, 7 do
      a:wait(t.exponential("gap", t.minutes(25)))
      a:technique "T0855" { on = nodes[i], effect = i % 3 == 0 and "damage" or "open-breaker" }
      a:wait(t.lognormal("rest", t.minutes(4), 0.9))
      a:wait(t.uniform("more", t.seconds(1), t.seconds(100)))
    end
  end)
end
return drill
