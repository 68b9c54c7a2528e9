-- Dark Afternoon: three distribution operators are switched off from afar within half an hour, and
-- find that they cannot switch on again from afar. After the public facts of 23 December 2015
-- (notes.md); operators, people and networks are fictional.
local t = require "tocsin"

local drill = t.drill {
  title = "Dark Afternoon",
  kind = { form = "practical", span = "in-sector", content = "thematic" },
  topology = "topology.xml",
  starts = "2015-12-23 15:00 Europe/Kyiv",
  length = t.hours(8),
}

local operators = { "north", "west", "south" }
for _, operator in ipairs(operators) do
  drill:team(operator) { "dispatcher", "soc", "incident_lead", "compliance", "public_affairs" }
end
drill:team "authority" { "duty_officer" }

-- What is evaluated ---------------------------------------------------------------------------------

local function about(operator, number)
  drill:objective("O" .. number .. "-" .. operator) {
    "The loss of supply is recognised as an attack", within = t.minutes(45),
    after = "breakers-" .. operator, team = operator, met = t.declared "incident",
    maps = { gbt39204 = "monitoring-and-warning", csf = "DE.AE", hseep = "operational-coordination" },
  }
  drill:objective("O" .. (number + 1) .. "-" .. operator) {
    "Supply is back by hand", within = t.hours(6), after = "breakers-" .. operator, team = operator,
    met = t.service("power", { operator = operator, at_least = 1.0 }),
    maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "infrastructure-systems" },
  }
  drill:objective("O" .. (number + 2) .. "-" .. operator) {
    "The public hears what happened although the call centre is flooded", within = t.minutes(90),
    after = "breakers-" .. operator, team = operator,
    met = t.acted { verb = "press_statement", team = operator },
    maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "public-information-and-warning" },
  }
  drill:duty("first-report-" .. operator) {
    operator = operator, to = "authority.duty_officer", within = t.hours(1),
    trigger = function(w) return w:service("power", operator).level < 0.9 end,
    text = "First report of the incident to the authority",
    source = "drill rule after the one-hour limit for operators of critical infrastructure in the "
      .. "National Cybersecurity Incident Reporting Measures, in force 2025-11-01, article 4",
  }
end
for _, operator in ipairs(operators) do
  about(operator, 1)
end

-- What the teams are told ---------------------------------------------------------------------------

drill:inject { id = "I-01", at = t.minutes(4), to = { "north.soc", "west.soc", "south.soc" },
  channel = "email", from = "shift handover",
  text = "Quiet day. Two more mails with invoices as attachments were reported to us this week.",
  expects = {} }
drill:inject { id = "I-02", at = t.minutes(31), to = "north.dispatcher", channel = "phone",
  from = "operator station 1",
  text = "The cursor is moving by itself. I am not touching the mouse, and it has just opened a breaker.",
  expects = { "declare_incident", "isolate" } }
drill:inject { id = "I-03", at = t.minutes(40), to = "north.dispatcher", channel = "phone",
  from = "substation crew",
  text = "We are standing at the switchgear and nobody told us that you would open it.",
  expects = { "assign_crew" } }
for _, operator in ipairs(operators) do
  drill:when(function(w) return w:service("power", operator).level < 0.5 end, function(d)
    d:inject { to = operator .. ".incident_lead", channel = "phone", from = "duty director",
      text = "Half of our customers are without power. Is this a fault or is somebody doing it?",
      expects = { "declare_incident", "activate_plan" } }
  end)
  drill:when(function(w) return w:service("calls", operator).level < 0.5 end, function(d)
    d:inject { to = operator .. ".public_affairs", channel = "email", from = "call centre",
      text = "All lines are busy with silent calls from abroad. Customers cannot get through.",
      expects = { "press_statement" } }
  end)
end
drill:inject { id = "I-10", at = t.minutes(75), to = { "north.public_affairs", "west.public_affairs" },
  channel = "news", from = "regional television",
  text = "Whole districts have been dark since half past three. The companies do not answer the phone.",
  expects = { "press_statement" } }
drill:inject { id = "I-11", at = t.minutes(95), to = "authority.duty_officer", channel = "phone",
  from = "ministry",
  text = "Three companies at once is no coincidence. What do we know, and who has reported?",
  expects = {} }
drill:inject { id = "I-12", at = t.minutes(120), to = { "north.soc", "west.soc", "south.soc" },
  channel = "email", from = "national CERT",
  text = "TLP:AMBER. Expect wiped workstations and unreachable serial-to-Ethernet converters. "
    .. "Remote control will not come back today.", expects = { "isolate", "log_decision" } }

-- The adversary -------------------------------------------------------------------------------------

-- One hand at each company: takes an operator station over, opens every breaker in turn, then breaks
-- what would be needed to close them again from afar.
local function attack(operator, begins)
  local red = drill:adversary { name = "KOBZAR-" .. operator, at = operator .. "-hmi-1", skill = "expert" }
  red:plan(function(a)
    a:wait(begins)
    a:technique "T0859" { on = operator .. "-vpn", takes = t.seconds(20) }
    a:technique "T0823" { on = operator .. "-hmi-1", takes = t.seconds(20) }
    for i, station in ipairs(drill:assets { kind = "substation", operator = operator }) do
      a:technique "T0855" { on = station, effect = "open-breaker", takes = t.seconds(2) }
      if i == 1 then
        a:mark("breakers-" .. operator)
      end
      a:wait(t.exponential("between-breakers", t.seconds(7)))
    end
    a:technique "T0814" { on = operator .. "-call-centre", effect = "flood", takes = t.seconds(30) }
    for _, converter in ipairs(drill:assets { kind = "converter", operator = operator }) do
      a:technique "T0857" { on = converter, effect = "destroy-firmware", takes = t.seconds(45) }
    end
    a:technique "T0816" { on = operator .. "-ups", effect = "switch-off", takes = t.seconds(15) }
    a:wait(t.lognormal("before-the-wiper", t.minutes(12), 0.4))
    for k = 1, 3 do
      a:technique "T0809" { on = operator .. "-hmi-" .. k, effect = "wipe", takes = t.minutes(2) }
    end
    a:technique "T0809" { on = operator .. "-scada", effect = "wipe", takes = t.minutes(3) }
    a:technique "T0809" { on = operator .. "-office-1", effect = "wipe", takes = t.minutes(2) }
  end)
end
attack("north", t.minutes(30))
attack("west", t.minutes(32))
attack("south", t.minutes(51))

return drill
