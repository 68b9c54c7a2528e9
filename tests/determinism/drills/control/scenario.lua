-- Remote control goes first, then the breakers: what the team believes parts from what is.
local t = require "tocsin"

local drill = t.drill {
  title = "Control", kind = { form = "practical", span = "in-house", content = "thematic" },
  topology = "topology.xml", starts = "2026-03-21 02:00 UTC", length = t.hours(9),
}
drill:team "gridco" { "dispatcher", "soc", "incident_lead", "compliance" }
drill:objective "O1" { "The attack is recognised as an attack", within = t.minutes(90),
  after = "breakers-open", met = t.declared "incident" }

local red = drill:adversary { name = "MOTH", at = "jump-1", skill = "intermediate" }
red:plan(function(a)
  a:wait(t.minutes(20))
  a:technique "T0855" { on = "ss-2", effect = "open-breaker" }
  a:mark "breakers-open"
  a:technique "T0857" { on = "converter-1", effect = "destroy-firmware" }
  a:technique "T0855" { on = "ss-3", effect = "open-breaker" }
  a:wait(t.lognormal("pause", t.minutes(8), 0.6))
  a:technique "T0809" { on = "scada-1", effect = "wipe" }
  a:technique "T0855" { on = "ss-4", effect = "open-breaker" }
end)
return drill
