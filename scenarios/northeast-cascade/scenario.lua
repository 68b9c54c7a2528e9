-- Quiet Alarms: a control room loses its alarms and is not told so, lines go one by one, and then a
-- grid falls within minutes; water follows as the tanks run out. After the public facts of
-- 14 August 2003 (notes.md); operators, places and people are fictional.
local t = require "tocsin"

local drill = t.drill {
  title = "Quiet Alarms",
  kind = { form = "practical", span = "cross-region", content = "comprehensive" },
  topology = "topology.xml",
  starts = "2003-08-14 13:30 America/New_York",
  length = t.hours(11),
}

drill:team "lakeland" { "dispatcher", "it_noc", "incident_lead", "compliance", "public_affairs" }
drill:team "midlake" { "duty_operator" }
local neighbours = { "valley", "westmark", "norland", "eastmere", "harbor" }
for _, company in ipairs(neighbours) do
  drill:team(company) { "dispatcher" }
end
drill:team "lakewater" { "duty_operator", "compliance", "public_affairs" }
drill:team "lakecom" { "it_noc" }
drill:team "lakecare" { "duty_operator" }
drill:team "authority" { "duty_officer" }
drill:team "control" { "director", "evaluator" }

-- Local time to drill time, which begins at 13:30.
local function clock(hour, minute, second)
  return t.seconds((hour - 13) * 3600 + (minute - 30) * 60 + (second or 0))
end

-- What is evaluated ---------------------------------------------------------------------------------

drill:objective "O1" {
  "Somebody notices that the alarms have stopped, and has it put right", within = t.minutes(60),
  after = "alarms-stopped", team = "lakeland",
  met = t.acted { verb = "assign_crew", target = "lakeland-alarms", team = "lakeland" },
  maps = { gbt39204 = "monitoring-and-warning", csf = "DE.CM", hseep = "situational-assessment" },
}
drill:objective "O2" {
  "The coordinator hears from the control room that it is blind or has lost a line", within = t.minutes(70),
  after = "alarms-stopped", team = "lakeland",
  met = t.acted { verb = "notify_peer", target = "midlake.duty_operator", team = "lakeland" },
  maps = { gbt39204 = "monitoring-and-warning", csf = "RS.CO", hseep = "operational-communications" },
}
drill:objective "O3" {
  "Load is switched off in time to keep the rest", within = t.minutes(61), after = "first-line", team = "lakeland",
  met = t.acted { verb = "switch_off", team = "lakeland" },
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "infrastructure-systems" },
}
drill:objective "O4" {
  "All customers of Lakeland have power again", within = t.hours(8), after = "load-lost", team = "lakeland",
  met = t.service("power", { operator = "lakeland", at_least = 1.0 }),
  maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "infrastructure-systems" },
}
drill:objective "O5" {
  "The incident is declared", within = t.minutes(45), after = "load-lost", team = "lakeland",
  met = t.declared "incident",
  maps = { gbt39204 = "incident-handling", csf = "RS.MA", hseep = "operational-coordination" },
}
drill:objective "O6" {
  "The public is told what to expect", within = t.minutes(90), after = "load-lost", team = "lakeland",
  met = t.acted { verb = "press_statement", team = "lakeland" },
  maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "public-information-and-warning" },
}

drill:duty "outage-report" {
  operator = "lakeland", to = "authority.duty_officer", within = t.hours(1),
  trigger = function(w) return w:service("power", "lakeland").level < 0.9 end,
  text = "Emergency report of a loss or a shedding of load",
  source = "drill rule after the one-hour limit for uncontrolled losses and for shedding of load in the "
    .. "electric emergency incident report of the US Department of Energy, form OE-417",
}
drill:duty "water-advisory" {
  operator = "lakewater", to = "authority.duty_officer", within = t.hours(1),
  trigger = function(w) return w:service("water", "lakewater").level < 0.95 end,
  text = "Loss of pressure, and whether water must be boiled",
  source = "drill rule: a loss of pressure is told within the hour; the rules of the place go first",
}

-- What happens --------------------------------------------------------------------------------------

-- Three things come from outside: a unit, a program and a tree. The rest is the grid's own doing.
drill:inject { id = "N-01", at = clock(13, 31, 34), hidden = true, kind = "failure.hardware", on = "eastpoint-5",
  effect = "open-breaker", text = "Eastpoint 5, 597 MW, trips. Lakeland imports more from the south." }
drill:inject { id = "N-02", at = clock(14, 14), hidden = true, kind = "failure.software", on = "lakeland-alarms",
  text = "The alarm processor hangs. No alarm will say so." }
drill:at(clock(14, 14), function(d) d:mark "alarms-stopped" end)
drill:at(clock(15, 5), function(d)
  d:wait(t.uniform("the branch moves in the wind", t.seconds(31), t.seconds(51)))
  d:fail("chambers-hardy", "damage")
  d:mark "first-line"
end)

-- A distance relay takes heavy load at low voltage for a fault, once the 138 kV net beside it is gone.
drill:when(function(w) return not w:asset("moore").is_up and not w:asset("valeside").is_up end, function(d)
  d:wait(t.uniform("zone three", t.seconds(34), t.seconds(40)))
  d:fail("samson-starling", "open-breaker")
  d:mark "point-of-no-return"
end)

-- Units protect themselves. An island that cannot carry its load loses frequency, and within two
-- minutes what generates in it has tripped: no under-frequency shedding was enough.
local fallen = { "eastmere", "norland", "westmark", "lakeland" }
drill:when(function(w)
  return w:service("power", "norland").level < 0.95 and w:service("power", "eastmere").level < 0.95
end, function(d)
  d:mark "islanded"
  local units = {}
  for _, operator in ipairs(fallen) do
    for _, unit in ipairs(d:assets { kind = "power-plant", operator = operator }) do
      table.insert(units, unit)
    end
  end
  for _, unit in ipairs(units) do
    d:wait(t.exponential("next-unit", t.seconds(2)))
    d:fail(unit, "open-breaker")
  end
  d:mark "cascade-over"
end)
drill:when(function(w) return w:service("power", "lakeland").level < 0.97 end, function(d) d:mark "load-lost" end)

-- What the teams are told ---------------------------------------------------------------------------

drill:inject { id = "I-00", at = t.minutes(1), to = "control.director", channel = "briefing",
  from = "planning team", kind = "facilitation.startex",
  text = "STARTEX. Hold C-01 until nobody has wondered at the silence for half an hour.",
  expects = {} }
drill:inject { id = "I-01", at = clock(13, 36), to = { "lakeland.dispatcher", "midlake.duty_operator" },
  channel = "email", from = "day-ahead desk", kind = "intel.warning",
  text = "Warm afternoon, load as forecast. Voltages along the lake are low; Eastpoint 5 has just gone.",
  expects = { "observe", "note" } }
drill:inject { id = "I-02", at = clock(14, 3), to = "midlake.duty_operator", channel = "phone",
  from = "Valley Grid desk", kind = "signal.complaint",
  text = "A grass fire took one of our lines out at two. It is outside your model, so mind your estimator.",
  expects = { "notify_peer", "note" } }
drill:inject { id = "I-03", at = clock(14, 32), to = "lakeland.dispatcher", channel = "phone",
  from = "Valley Grid desk", kind = "intel.peer",
  text = "We saw Starling-Canfield open and close again. What do you see?",
  expects = { "observe", "ask", "assign_crew" } }
drill:inject { id = "I-04", at = clock(15, 9), unless = function(w) return w:asset("lakeland-alarms").is_up end,
  to = "lakeland.dispatcher", channel = "phone", from = "Hardy substation crew", kind = "signal.complaint",
  text = "The line from Chambers is dead here. Did you not get anything? Your screens show it in?",
  expects = { "assign_crew", "notify_peer" } }
drill:inject { id = "I-05", at = clock(15, 19), to = "lakeland.dispatcher", channel = "phone",
  from = "Valley Grid desk", kind = "intel.peer",
  text = "Our end of the corridor carries more than ever. Are you sure that all your lines are in?",
  expects = { "observe", "ask", "notify_peer" } }
drill:decision "relief" {
  question = "Two lines into the north are out and the third is at its limit. What now?",
  to = "lakeland.dispatcher", options = { "shed load", "wait for the crew", "ask the coordinator" },
  within = t.minutes(8), default = "wait for the crew", at = clock(15, 33), from = "shift supervisor",
}
drill:inject { id = "I-06", at = clock(15, 35), to = { "lakeland.dispatcher", "lakeland.public_affairs" },
  channel = "phone", from = "steel works in Akerley", kind = "signal.calls",
  text = "Our drives trip on low voltage. What is going on in your grid?", expects = { "observe", "notify_customer" } }
drill:inject { id = "I-07", at = clock(15, 37), to = "midlake.duty_operator", channel = "phone",
  from = "Valley Grid desk", kind = "intel.peer",
  text = "Starling-Canfield is heavily loaded on our side. Does Lakeland know? Can you see their state?",
  expects = { "ask", "notify_peer" } }
drill:inject { id = "I-08", at = clock(15, 42), unless = function(w) return w:asset("lakeland-alarms").is_up end,
  to = { "lakeland.it_noc", "lakeland.dispatcher" }, channel = "phone", from = "EMS support",
  kind = "signal.complaint",
  text = "The alarm log has not a single line since 14:14. We restarted the server, and it says that it is fine.",
  expects = { "assign_crew", "declare_incident" } }
drill:inject { id = "I-09", at = clock(15, 48), to = { "midlake.duty_operator", "valley.dispatcher" },
  channel = "phone", from = "neighbouring coordinator", kind = "intel.peer",
  text = "We have counted line after line go round Akerley. You see your half, we see ours. Who has the whole?",
  expects = { "notify_peer", "ask" } }
drill:inject { id = "I-10", when = t.marked "point-of-no-return", to = { "midlake.duty_operator", "valley.dispatcher" },
  channel = "phone", from = "Samson substation", kind = "intel.peer",
  text = "Samson-Starling has opened. All of the north now hangs on the western corridor.",
  expects = { "notify_peer", "switch_off" } }
drill:inject { id = "I-21", when = t.marked "point-of-no-return", to = "harbor.dispatcher", channel = "phone",
  from = "Midlake desk", kind = "intel.peer",
  text = "What the north draws now comes through you. Tell us your limits towards Eastmere.",
  expects = { "observe", "notify_peer" } }
for k, company in ipairs { "lakeland", "westmark", "norland", "eastmere" } do
  drill:when(function(w) return w:service("power", company).level < 0.5 end, function(d)
    d:inject { id = "I-1" .. k, to = { company .. ".dispatcher" }, channel = "phone", from = "control room",
      kind = "signal.alarm-flood",
      text = "Every screen is red. Frequency has gone, the units have tripped, the city outside is dark.",
      expects = { "declare_incident", "reenergise" } }
  end)
end
drill:when(function(w) return not w:asset("pumps-heights").is_up end, function(d)
  d:inject { id = "I-15", to = "lakewater.duty_operator", channel = "alarm", from = "pumping stations",
    kind = "signal.alarm",
    text = "The lake pumps stand still. The hill has a quarter of an hour in its tank, the city some hours.",
    expects = { "declare_incident", "assign_crew" } }
end)
drill:when(function(w) return w:service("water", "lakewater").level < 0.8 end, function(d)
  d:inject { id = "I-16", to = { "lakewater.public_affairs", "authority.duty_officer" }, channel = "news",
    from = "city radio", kind = "media.news",
    text = "Taps run dry on the hill. People ask whether what still comes can be drunk.",
    expects = { "press_statement", "notify_customer" } }
  d:inject { id = "I-17", to = "lakecare.duty_operator", channel = "phone", from = "Lakeside hospital",
    kind = "public.hospital",
    text = "No water for cooling and sterilisation, and the generator has fuel until midnight.",
    expects = { "notify_peer", "ask" } }
end)
drill:when(function(w) return w:service("water", "lakewater").level < 0.95 end, function(d)
  d:inject { id = "I-22", to = "lakewater.compliance", channel = "phone", from = "laboratory", kind = "intel.warning",
    text = "Without pressure we cannot vouch for the hill. Boil or not: somebody has to say it, and to report it.",
    expects = { "report_initial" } }
end)
drill:when(function(w) return w:service("mobile", "lakecom").level < 0.7 end, function(d)
  d:inject { id = "I-18", to = "lakecom.it_noc", channel = "alarm", from = "network supervision",
    kind = "signal.alarm",
    text = "Batteries are down at a third of the sites; the rest carries everything that people say.",
    expects = { "prioritise", "notify_customer" } }
end)
drill:inject { id = "I-19", at = clock(17, 30), unless = function(w) return w:service("power", "lakeland").level > 0.5 end,
  to = { "lakeland.public_affairs", "authority.duty_officer" }, channel = "social", from = "many accounts",
  kind = "media.rumour", text = "It was an attack, they say. The border is closed, they say.",
  expects = { "press_statement" } }
drill:inject { id = "I-20", at = clock(19, 0), unless = function(w) return w:service("power", "lakeland").level > 0.5 end,
  to = { "lakeland.incident_lead", "lakewater.duty_operator" }, channel = "phone", from = "mayor's office",
  kind = "authority.request", text = "It gets dark in an hour. When is there light, and when is there water?",
  expects = { "answer_authority", "log_decision" } }

-- For those who run it ------------------------------------------------------------------------------

drill:inject { id = "C-01", contingency = true, to = "lakeland.dispatcher", channel = "phone",
  from = "EMS support", kind = "contingency.stall",
  text = "Odd: my test alarm from the yard has not come up on your desk. When did you last get one?",
  expects = { "assign_crew" } }
drill:inject { id = "C-02", contingency = true, to = "lakeland.dispatcher", channel = "phone",
  from = "Chambers substation crew", kind = "contingency.ahead",
  text = "The tree stands in the line. It takes a saw and two hours; do not try to close before we say so.",
  expects = { "log_decision" } }
drill:inject { id = "E-01", at = clock(14, 20), hidden = true, kind = "evaluation.prompt",
  text = "Watch the desks: does anybody ask why it has become so quiet?" }
drill:inject { id = "E-02", at = clock(15, 33), hidden = true, kind = "evaluation.prompt",
  text = "Two lines are out. Who knows it, from whom, and do they say so to the coordinator?" }
drill:inject { id = "E-03", at = clock(16, 20), to = { "lakeland.dispatcher", "midlake.duty_operator" },
  channel = "briefing", from = "evaluators", kind = "evaluation.confidence",
  text = "Of how many lines do you know for certain, now, that they are in?", expects = { "note" } }
drill:inject { id = "E-04", at = clock(16, 30), to = "control.evaluator", channel = "briefing",
  from = "planning team", kind = "evaluation.hot-wash",
  text = "For the hot wash: when could anybody have known, and what would they have had to ask?",
  expects = {} }

return drill
