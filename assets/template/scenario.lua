local t = require "tocsin"

local drill = t.drill {
  title = "Harbour lights", kind = { form = "practical", span = "in-house", content = "thematic" },
  topology = "topology.xml", starts = "2026-10-05 19:00 UTC", length = t.hours(6),
}

-- Who plays. A seat that nobody fills is played by a stand-in.
drill:team "gridco" { "dispatcher", "incident_lead", "compliance" }
drill:team "regulator" { "duty_officer" }

-- What the operator does by its own emergency plan: steps, who does them, by when.
drill:plan "plan-gridco.xml"

-- What is evaluated.
drill:objective "O1" { "The attack is recognised as an attack", within = t.minutes(45),
  after = "breakers-open", met = t.declared "incident",
  maps = { gbt39204 = "incident-handling", csf = "DE.AE" } }
drill:objective "O2" { "The harbour has power again", within = t.hours(3),
  after = "breakers-open", met = t.service("power", { operator = "gridco", at_least = 0.99 }) }

-- What must be reported, and by when.
drill:duty "first-report" { operator = "gridco", to = "regulator.duty_officer", within = t.hours(1),
  trigger = function(w) return w:service("power", "gridco").level < 0.5 end,
  text = "First report to the regulator", source = "an example: put the rule that binds you here" }

-- What the players are told, by the clock and by the state of the world.
drill:inject { at = t.minutes(2), to = "gridco.dispatcher", channel = "phone", from = "feeder crew",
  text = "The screen in the van shows the breaker moving by itself.", expects = { "declare_incident" } }
drill:when(function(w) return w:service("power").level < 0.8 end, function(d)
  d:inject { to = { "gridco.dispatcher", "regulator.duty_officer" }, channel = "news",
    text = "The harbour is dark." }
end)

-- The adversary: ATT&CK ids and effects, never a working exploit.
local red = drill:adversary { name = "SANDFLY", at = "scada-1", skill = "expert" }
red:plan(function(a)
  a:wait(t.minutes(10))
  a:technique "T0855" { on = "ss-harbour", effect = "open-breaker" }
  a:mark "breakers-open"
  a:wait(t.exponential("before-the-wiper", t.minutes(5)))
  a:technique "T0809" { on = "scada-1", effect = "wipe" }
end)

return drill
