local t = require "tocsin"

local drill = t.drill {
  title = "Still Water", kind = { form = "practical", span = "cross-sector", content = "thematic" },
  topology = "topology.xml", starts = "2026-06-17 06:00 UTC", length = t.hours(14),
}
drill:team "hillwater" { "dispatcher", "ot_engineer", "incident_lead", "compliance", "public_affairs" }
drill:team "hillcare" { "duty_operator" }
drill:team "authority" { "duty_officer" }
drill:team "cert" { "duty_officer" }

-- What is evaluated ----------------------------------------------------------------------------------

drill:objective "O1" { "The overflow is stopped by hand although the screens show nothing",
  after = "overflowing", within = t.minutes(60), team = "hillwater",
  met = function(w) return w:asset("pump-1").operation ~= "on" end,
  maps = { gbt39204 = "monitoring-and-warning", csf = "DE.AE", hseep = "operational-coordination" } }
drill:objective "O2" { "The readings are recognised as false, and as an attack", after = "overflowing",
  within = t.hours(2), team = "hillwater", met = t.declared "incident",
  maps = { gbt39204 = "incident-handling", csf = "RS.AN", hseep = "situational-assessment" } }
drill:objective "O3" { "The high town keeps its water", within = t.hours(13), team = "hillwater",
  after = "booster-stopped", met = function(w) return w:asset("booster").operation == "on" end,
  maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "infrastructure-systems" } }
drill:objective "O4" { "The people are told what runs down their street, and what to do",
  after = "overflowing", within = t.hours(3), team = "hillwater",
  met = t.acted { verb = "press_statement", team = "hillwater" },
  maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "public-information-and-warning" } }
drill:objective "O5" { "The CERT hears of it from Hillford", after = "overflowing", within = t.hours(4),
  team = "hillwater", met = t.any { t.acted { verb = "share_ioc", team = "hillwater" },
    t.acted { verb = "notify_peer", team = "hillwater" } },
  maps = { gbt39204 = "information-sharing", csf = "RS.CO", hseep = "intelligence-and-information-sharing" } }

drill:duty "first-report" { operator = "hillwater", to = "authority.duty_officer", within = t.hours(1),
  clock = "aware", trigger = t.marked "overflowing",
  text = "First report of the incident to the authority",
  source = "drill rule after the one-hour limit for operators of critical infrastructure in the National "
    .. "Cybersecurity Incident Reporting Measures, in force 2025-11-01, article 4" }

-- What the players are told --------------------------------------------------------------------------

local function tell(id, at, to, channel, from, text, expects)
  drill:inject { id = id, at = at, to = to, channel = channel, from = from, text = text, expects = expects or {} }
end
tell("I-01", t.minutes(3), "hillwater.dispatcher", "in-person", "night shift",
  "Quiet night. The hill tank has been low since the match ended, pump 1 is filling it.")
tell("I-02", t.minutes(20), "hillwater.ot_engineer", "email", "radio supplier",
  "Firmware for your field radios is two years old. Shall we offer an update?", { "note" })
tell("I-03", t.minutes(40), { "hillwater.ot_engineer", "cert.duty_officer" }, "email", "national CERT",
  "TLP:GREEN. Utilities abroad report controllers that keep reporting the same value. Compare a reading "
    .. "with the plant before you trust it.", { "observe", "ask" })

-- What happens by itself -------------------------------------------------------------------------------

local function when_overflowing(d)
  d:mark "overflowing"
  local function later(id, after, to, channel, from, text, expects)
    d:inject { id = id, at = d.now + after, to = to, channel = channel, from = from, text = text, expects = expects }
  end
  later("I-10", t.minutes(6), "hillwater.dispatcher", "phone", "a neighbour of the hill tank",
    "There is water running down Tank Lane. It comes out at the top of your tank. The tank overflows.",
    { "switch_off", "assign_crew", "manual_mode" })
  later("I-11", t.minutes(11), "hillwater.dispatcher", "phone", "fire brigade",
    "Cellars in Tank Lane are filling up. Can you shut something? We see the hill tank running over.",
    { "switch_off", "declare_incident" })
  later("I-12", t.minutes(16), "hillwater.incident_lead", "phone", "mayor's office",
    "The mayor asks whether this is a burst main or somebody's doing.", { "declare_incident", "activate_plan" })
  later("I-13", t.minutes(25), "hillwater.public_affairs", "social", "residents",
    "Pictures of a waterfall in Tank Lane are going round. People ask whether they may drink the water.",
    { "press_statement" })
  later("I-14", t.minutes(40), "authority.duty_officer", "phone", "regional television",
    "Is the water in Hillford safe? Who is in charge?", { "answer_authority", "ask" })
  later("I-15", t.minutes(55), "hillwater.ot_engineer", "phone", "crew on the hill",
    "The gauge at the tank says six metres fifty. Your screen says less? Then your screen lies.",
    { "isolate", "share_ioc", "declare_incident" })
end
drill:when(function(w) return w:asset("hill-tank").tank_state == "overflowing" end, when_overflowing)

drill:when(function(w) return w:service("water", "hillwater").level < 0.99 end, function(d)
  d:inject { id = "I-20", to = "hillwater.dispatcher", channel = "phone", from = "callers in High Hills",
    text = "No water comes out of the taps up here in High Hills. The booster is silent.",
    expects = { "assign_crew", "reenergise" } }
  d:inject { id = "I-21", to = "hillwater.public_affairs", channel = "news", from = "local radio",
    text = "High Hills is without water.", expects = { "press_statement", "notify_customer" } }
end)
drill:when(function(w) return w:service("water", "hillcare").level < 0.5 end, function(d)
  d:inject { id = "I-22", to = { "hillcare.duty_operator", "hillwater.incident_lead" }, channel = "phone",
    from = "ward sister", text = "The hospital's taps run dry. Dialysis stops in an hour.",
    expects = { "notify_peer", "prioritise" } }
end)

drill:inject { id = "I-30", contingency = true, to = "hillwater.dispatcher", channel = "phone",
  from = "a hiker", text = "Your tank is running over, has nobody noticed?", expects = { "observe", "switch_off" } }
drill:inject { id = "I-31", contingency = true, to = "hillwater.ot_engineer", channel = "email",
  from = "radio supplier", text = "Our monitor sees noise on the channel between your tank and your pumps.",
  expects = { "isolate", "note" } }
drill:inject { id = "I-32", hidden = true, at = t.hours(2), kind = "signal.sensor",
  text = "For evaluators: the screen has shown the same level for a while. Who has noticed?", expects = {} }

-- The adversary ----------------------------------------------------------------------------------------

local red = drill:adversary { name = "HERON", at = "pc-planning", skill = "expert" }
red:plan(function(a)
  a:wait(t.minutes(50))
  a:technique "T0859" { on = "scada", takes = t.lognormal("into the control room", t.minutes(12), 0.3) }
  a:mark "inside"
  -- the screen keeps what it shows now: a tank that fills
  a:technique "T0832" { on = "hill-tank", effect = "freeze-view", takes = t.minutes(2) }
  -- and the pumps no longer hear that it is full
  a:technique "T0814" { on = "radio-2-1", effect = "flood", takes = t.lognormal("jam", t.minutes(4), 0.3) }
  a:mark "radio-jammed"
  a:wait(t.hours(3))
  a:technique "T0832" { on = "high-tank", effect = "freeze-view", takes = t.minutes(2) }
  a:technique "T0855" { on = "booster", effect = "switch-off", takes = t.minutes(1) }
  a:technique "T0857" { on = "plc-3", effect = "destroy-firmware", takes = t.minutes(3) }
  a:mark "booster-stopped"
end)

return drill
