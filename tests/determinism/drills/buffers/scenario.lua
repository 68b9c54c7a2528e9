-- A battery and a tank run down, are refilled, and run down again.
local t = require "tocsin"

local drill = t.drill {
  title = "Buffers", kind = { form = "practical", span = "cross-sector", content = "thematic" },
  topology = "topology.xml", starts = "2026-02-03 18:30 UTC", length = t.hours(10),
}
drill:team "gridco" { "dispatcher" }
drill:team "telco" { "it_noc" }
drill:inject { at = t.minutes(1), to = "telco.it_noc", channel = "phone", from = "exchange staff",
  text = "The rectifier alarm is on again.", expects = { "note" } }
drill:when(function(w) return w:service("voice").level < 0.5 end, function(d)
  d:inject { to = "telco.it_noc", channel = "news", text = "Telephones are dead in the old town." }
end)

local red = drill:adversary { name = "FAULT", at = "ss-1", skill = "expert" }
red:plan(function(a)
  for _ = 1, 3 do
    a:wait(t.exponential("between-faults", t.minutes(70)))
    a:technique "T0879" { on = "ss-1", effect = "open-breaker", takes = t.seconds(5) }
  end
end)
return drill
