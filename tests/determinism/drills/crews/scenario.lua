-- More failures than parties: jobs queue by rank, parties travel on from where they worked.
local t = require "tocsin"

local drill = t.drill {
  title = "Crews", kind = { form = "practical", span = "in-house", content = "thematic" },
  topology = "topology.xml", starts = "2026-01-10 08:00 UTC", length = t.hours(12),
}
drill:team "gridco" { "dispatcher", "incident_lead" }

local red = drill:adversary { name = "STORM", at = "ss-01", skill = "expert" }
red:plan(function(a)
  a:wait(t.minutes(5))
  for i, s in ipairs(drill:assets { kind = "substation" }) do
    a:technique "T0879" { on = s, effect = i % 4 == 0 and "damage" or "open-breaker", takes = t.seconds(30) }
  end
end)
return drill
