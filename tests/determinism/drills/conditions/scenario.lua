-- Injects, objectives and a duty that hang on state, not on the clock.
local t = require "tocsin"

local drill = t.drill {
  title = "Conditions", kind = { form = "practical", span = "cross-sector", content = "comprehensive" },
  topology = "topology.xml", starts = "2026-04-02 11:00 UTC", length = t.hours(8),
}
drill:team "gridco" { "dispatcher", "incident_lead", "compliance" }
drill:team "aqua" { "dispatcher", "compliance" }
drill:team "regulator" { "duty_officer" }
drill:objective "O1" { "Water is back", within = t.hours(5),
  met = t.service("water", { operator = "aqua", at_least = 0.99 }), after = "dark" }
drill:objective "O2" { "The incident is declared", within = t.hours(2), after = "dark",
  met = t.declared "incident", team = "gridco" }
drill:duty "first-report" { operator = "gridco", within = t.hours(1), to = "regulator.duty_officer",
  trigger = function(w) return w:service("power", "gridco").level < 0.5 end,
  text = "First report to the regulator", source = "test" }
drill:when(function(w) return w:service("power").level < 0.8 end, function(d)
  d:inject { to = { "gridco.dispatcher", "regulator.duty_officer" }, channel = "news", text = "The east side is dark." }
end)
drill:when(function(w) return w:asset("works").capability < 1 end, function(d)
  d:inject { to = "aqua.dispatcher", channel = "phone", from = "the works", text = "We are pumping with one pump." }
end)

local red = drill:adversary { name = "GUST", at = "feeder-1", skill = "expert" }
red:plan(function(a)
  a:wait(t.minutes(13))
  a:technique "T0879" { on = "feeder-1", effect = "damage", takes = t.minutes(1) }
  a:wait(t.minutes(21))
  a:technique "T0879" { on = "feeder-2", effect = "open-breaker", takes = t.minutes(1) }
  a:mark "dark"
  a:wait(t.uniform("later", t.minutes(10), t.minutes(90)))
  a:technique "T0879" { on = "pump-3", effect = "damage", takes = t.minutes(1) }
end)
return drill
