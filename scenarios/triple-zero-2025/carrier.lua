-- A carrier that does not take silence for health, and the way on which it brings emergency calls back. Two odd tickets are worth two test calls;
-- who answers and who drives hears of it before anybody has a number; the police get the list.
local t = require "tocsin"
local p = require "tocsin.policy"
local team = require "tocsin.team"
local worker = require "tocsin.worker"

local function it_noc(seat, me)
  me.answers {
    { hears = "procedure of last spring", after = t.minutes(3), "note",
      with = { text = "The procedure is of last spring; nobody of core engineering has signed it." } },
    { hears = "4471 done", after = t.minutes(6), "ask", on = "vendor.change_engineer",
      with = { text = "Who has rung the emergency number over A since? Until then A stays locked." } },
  }
  local told = false
  me.on({ kind = "decision", stage = "open" }, function(seen)
    if seen.decision == "tickets" then
      seat:wait(me.delay("think about the tickets", t.minutes(9)))
      seat:act("decide", "tickets", { option = "make test calls from the region",
        reason = "no screen here shows what a caller hears" })
    end
  end)
  while true do
    local seen = me.next { kind = "message" }
    local text = string.lower(seen.text)
    if not told and not string.find(seen.from, "larkline", 1, true)
      and string.find(text, "emergency", 1, true) and (string.find(text, "silent", 1, true)
      or string.find(text, "reach", 1, true)) then
      told = true
      seat:wait(me.delay("believe it", t.minutes(4)))
      seat:say("larkline.incident_lead", "Emergency calls of the west find no way, since the change at gateway A. "
        .. "Ordinary calls work. No screen shows it.")
      seat:act("assign_crew", "call-tester", { job = "switch" })
    end
  end
end

local function tell_everybody(seat)
  seat:say("answerline.duty_operator", "Since the change tonight emergency calls from our phones in the west do not "
    .. "reach you. We are bringing them back over another gateway.")
  seat:say("ambulance.duty_officer", "Calls from our phones in the west have not reached you since midnight. Expect "
    .. "people who could not ring.")
  for _, role in ipairs { "compliance", "public_affairs", "care_desk", "it_noc", "ot_engineer" } do
    seat:say("larkline." .. role, "Incident declared: emergency calls from the west are lost since 00:18.")
  end
end

local function incident_lead(seat, me, way)
  me.answers {
    { hears = "still silent: its route", after = t.minutes(5), "log_decision", with = { text = "Stay on B",
      options = "take back; stay", reason = "the route over A is dead", owner = seat.id } },
    { hears = "All callers whom we have asked", after = t.minutes(10), "log_decision", with = { text = "Tell the board",
      options = "tell now; tell when all are asked", reason = "they hear it from us or from others", owner = seat.id } },
  }
  me.on({ kind = "decision", stage = "open" }, function(seen)
    if seen.decision == "way" then
      seat:wait(me.delay("choose the way", t.minutes(6)))
      seat:act("decide", "way", { option = way.option, reason = way.reason })
    elseif seen.decision == "take-back" then
      seat:wait(me.delay("ask who has tried it", t.minutes(8)))
      seat:act("decide", "take-back", { option = "make a test call over A first",
        reason = "green is what it was last night" })
    end
  end)
  while true do
    local seen = me.next { kind = "message" }
    if string.find(string.lower(seen.text), "emergency", 1, true) then
      seat:wait(me.delay("decide", t.minutes(4)))
      seat:act("declare_incident", nil, { text = "Emergency calls of four regions are lost." })
      break
    end
  end
  tell_everybody(seat)
  seat:act("activate_plan", nil, { text = "Loss of emergency calls: a bridge, a log desk, one voice outside." })
  seat:act("log_decision", nil, { text = "Tell those who answer before we have a number",
    options = "wait for a number; tell now", reason = "somebody may be lying on a floor", owner = seat.id })
end

-- Two reports are owed: to the regulator, and to those who knock at doors.
local function compliance(seat, me)
  me.answers {
    { hears = "one probe of one switch", after = t.minutes(4), "ask", on = "larkline.ot_engineer",
      with = { text = "Ten is what one switch saw. When do we have all of them?" } },
    { hears = "mailbox was closed", after = t.minutes(3), "notify_peer", on = "regulator.duty_officer",
      with = { text = "By telephone, as your mailbox is closed: what we reported, and that the number is open." } },
    { hears = "In writing, by tonight", after = t.hours(3), "report_supplement", on = "outage-notice",
      with = { text = "When it began, when we knew, how many calls, how many checked, whom we told and how." } },
  }
  me.on({ kind = "duty", stage = "started" }, function(duty)
    seat:wait(me.delay("prepare the report", t.minutes(12)))
    seat:act("report_initial", duty.duty, { text = "Emergency calls of four western regions failed from 00:18. "
      .. "The number is being counted; the list of callers goes to the police." })
  end)
  while true do
    local seen = me.next { kind = "message" }
    if string.find(seen.text, "not ten", 1, true) then
      seat:wait(me.delay("correct it", t.minutes(25)))
      seat:act("correct_report", "outage-notice", { text = seen.text })
    end
  end
end

local function public_affairs(seat, me)
  local last
  while true do
    local seen = me.next { kind = "message" }
    local is_known = string.find(seen.text, "Incident declared", 1, true)
    if is_known or (last and seat:now() - last > t.hours(4)) then
      seat:wait(me.delay("write it", t.minutes(14)))
      last = seat:now()
      seat:act("press_statement", nil, { text = "Emergency calls from our phones in four regions may fail. If yours "
        .. "does, use any other phone or go to the nearest station." })
    end
  end
end

-- A caller who says that only the emergency number is silent is put through at once.
local function care_desk(seat, me)
  me.answers {
    { hears = "ring a bell", after = t.minutes(30), "note",
      with = { text = "'Emergency number', 'silent', 'nobody came': straight to operations, whatever the screen says." } },
  }
  while true do
    local seen = me.next()
    if seen.kind == "decision" and seen.stage == "open" then
      seat:wait(me.delay("listen", t.minutes(3)))
      seat:act("decide", seen.decision, { option = "ring network operations at once",
        reason = "a customer says that nobody came" })
    elseif seen.kind == "message" and string.find(seen.from, "customer", 1, true) then
      seat:wait(me.delay("listen", t.minutes(4)))
      seat:say("larkline.it_noc", "A customer cannot reach the emergency number; everything else works.")
    end
  end
end

local function answering(seat, me)
  while true do
    local seen = me.next { kind = "message" }
    if seen.channel == "portal" then
      seat:wait(me.delay("look at the statistics", t.minutes(20)))
      seat:say("larkline.it_noc", "We hardly get emergency calls from your western regions. Can they reach us?")
    end
  end
end

-- Who stands outside acts on what it is told: ask back, pass on, go and look.
local function outsider(seat, me)
  local has_list = false
  while true do
    local seen = me.next { kind = "message" }
    local text = seen.text
    if string.find(text, "My copy", 1, true) then
      seat:wait(me.delay("compare the copies", t.minutes(30)))
      seat:act("note", nil, { text = "The carrier's core people have not seen this procedure." })
    elseif string.find(text, "tried and failed", 1, true) and not has_list then
      has_list = true
      seat:wait(me.delay("read the list", t.minutes(6)))
      seat:act("note", nil, { text = "Oldest calls first; two addresses with more than one call at once." })
      if seat.team == "police" then
        seat:say("ambulance.duty_officer", "We go to the oldest addresses first. Stand by for what we find.")
      end
    elseif string.find(text, "Why do we hear it", 1, true) then
      seat:wait(me.delay("find out", t.minutes(8)))
      seat:act("ask", "larkline.incident_lead", { text = "How many, since when, and who looks after them?" })
    elseif string.find(text, "Two people walked in", 1, true) then
      seat:wait(me.delay("pass it on", t.minutes(10)))
      seat:say("answerline.duty_operator", "People with Larkline phones say that they cannot ring us. Do you see it?")
    elseif string.find(text, "what was different", 1, true) then
      seat:act("note", nil, { text = "The first step was missing, and nobody was there who would have missed it." })
    end
  end
end

-- Everybody's part, where emergency calls come back on that way: its option and the reason for it; `how`
-- as team.usual.
return function(way, how)
  local function played(body)
    return function(seat)
      body(seat, worker.new(seat, how), way)
    end
  end
  return p.policy {
    ["larkline.it_noc"] = played(it_noc),
    ["larkline.incident_lead"] = played(incident_lead),
    ["larkline.compliance"] = played(compliance),
    ["larkline.public_affairs"] = played(public_affairs),
    ["larkline.care_desk"] = played(care_desk),
    ["answerline.duty_operator"] = played(answering),
    ["vendor.change_engineer"] = played(outsider),
    ["police.duty_officer"] = played(outsider),
    ["ambulance.duty_officer"] = played(outsider),
    ["regulator.duty_officer"] = played(outsider),
    director = function() end,
    evaluator = function() end,
    default = function(seat)
      team.play(seat, team.style(how, seat))
    end,
  }
end
