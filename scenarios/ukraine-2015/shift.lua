-- A shift that works as the library's competent team does, and also answers those who ring: a hospital gets
-- a crew and an answer, neighbours get the signs, the authority its hour.
local t = require "tocsin"
local p = require "tocsin.policy"
local team = require "tocsin.team"
local worker = require "tocsin.worker"

local function others(seat)
  local found = {}
  for _, other in ipairs(seat:seats { role = seat.role }) do
    if other.team ~= seat.team then
      table.insert(found, other.id)
    end
  end
  return found
end

local function dispatcher(seat, me)
  me.answers {
    { hears = "No work order is known", after = t.minutes(3), "note",
      with = { text = "UPS: planned shutdown 15:45, no work order. Ask the caretaker of the building." } },
    { hears = "We hang on Substation 35 kV no. 4", after = t.minutes(3), "assign_crew", on = "north-35-4",
      with = { job = "switch", rank = 1 } },
    { hears = "Nothing is put on again without", after = t.minutes(4), "ask", on = "grid-dispatch",
      with = { text = "We close by hand, 110 kV first, one transformer at a time. We call you before each. Agreed?" } },
    { hears = "We stand before a locked gate", after = t.minutes(3), "log_decision",
      with = { text = "The lock is cut, the guard stays", options = "bring the key; cut the lock",
        reason = "the key is forty minutes away", owner = seat.id } },
    { hears = "may we put the feeders on together", after = t.minutes(2), "log_decision",
      with = { text = "One feeder after the other, five minutes apart", options = "together; one by one",
        reason = "cold load takes twice the usual", owner = seat.id } },
    { hears = "one of two must not switch alone", after = t.minutes(4), "log_decision",
      with = { text = "Two always; whoever has driven most rests where he is", options = "go on alone; rest",
        reason = "nobody is hurt for a quarter of an hour", owner = seat.id } },
    { hears = "Channels to the substations fail", after = t.minutes(1), "observe", on = seat.team .. "-converter-1" },
    { hears = "the UPS has switched itself off", after = t.minutes(1), "observe", on = seat.team .. "-ups" },
    { hears = "restored from yesterday's copy", after = t.minutes(5), "verify_reading", on = "north-35-7",
      with = { rank = 1 } },
  }
end

local function soc(seat, me)
  me.answers {
    { hears = "one was opened", after = t.minutes(15), "note",
      with = { text = "Invoice mails: sender, attachment and machine written down; ask who opened it." } },
    { hears = "five sessions with accounts", after = t.minutes(9), "share_ioc", on = others(seat)[1],
      with = { text = "Strange VPN sessions with accounts of people on leave; addresses in the list. Look at yours." } },
    { hears = "five sessions with accounts", after = t.minutes(1), "share_ioc", on = others(seat)[2],
      with = { text = "Strange VPN sessions with accounts of people on leave; addresses in the list. Look at yours." } },
    { hears = "Expect wiped workstations", after = t.minutes(6), "log_decision",
      with = { text = "No channel is put back today; what is dark stays off until its disk is copied",
        options = "restart; leave off", reason = "the CERT expects wipers", owner = seat.id } },
  }
end

-- What is still dark, as far as the team knows, and for how long: three quarters of an hour for each station
-- that every two parties have left.
local function honest_figure(seat)
  local people, stations, parties = 0, 0, 0
  for _, asset in ipairs(seat:assets { kind = "substation", down = true }) do
    people, stations = people + asset.people, stations + 1
  end
  for _, crew in ipairs(seat:crews()) do
    parties = parties + (crew.can.switch and crew.size or 0)
  end
  seat:act("estimate_impact", nil, { people = people, reason = "stations still dark, by what crews have reported",
    minutes = math.max(30, math.ceil(90 * stations / math.max(1, parties))) })
end

local function incident_lead(seat, me, maker)
  me.on({ kind = "decision", stage = "open" }, function(seen)
    if seen.decision == "vendor" then
      seat:wait(me.delay("think about the maker", t.minutes(7)))
      seat:act("decide", "vendor", { option = maker.option, reason = maker.reason })
    end
  end)
  me.on({ kind = "message" }, function(seen)
    if string.find(seen.text, "An honest figure, please", 1, true) then
      seat:wait(me.delay("count what is dark", t.minutes(5)))
      honest_figure(seat)
    end
  end)
  me.answers {
    { hears = "the boot loader is gone too", after = t.minutes(5), "log_decision",
      with = { text = "Four devices go to the 110 kV stations that feed most others", options = "order and wait; four now",
        reason = "these see furthest", owner = seat.id } },
    { hears = "who dares to give switching back", after = t.minutes(6), "log_decision",
      with = { text = "Stations stay in local and are manned tonight, in two shifts",
        options = "back to remote control; stay in local", reason = "nobody has gone over the network yet",
        owner = seat.id } },
    { hears = "I take over", after = t.minutes(4), "handover", on = seat.team .. ".dispatcher",
      with = { text = "All stations by hand and in local. Nothing goes back to remote control. The hospital calls "
        .. "the dispatcher direct." } },
    { hears = "What do you know", after = t.minutes(4), "notify_peer", on = "authority.duty_officer",
      with = { text = "Breakers opened from our own screens by somebody else; we switch by hand." } },
  }
end

local function compliance(seat, me)
  me.answers {
    { hears = "In writing, within the hour", after = t.minutes(18), "answer_authority", on = "authority.duty_officer",
      with = { text = "Customers and times as our crews report them; switching is done by hand; not known: how they "
        .. "came in, and whether they are still there." } },
    { hears = "no report of a crime", after = t.minutes(15), "police_report",
      with = { text = "Somebody unknown opened breakers, destroyed converters and wiped computers. Disks are kept." } },
    { hears = "Sum up: course", after = t.minutes(10), "report_summary", on = "first-report-" .. seat.team,
      with = { text = "Course, customers, energy not supplied, restoration by hand, remote control not restored." } },
  }
end

local function public_affairs(seat, me)
  me.answers {
    { hears = "on our own generator since", after = t.minutes(4), "notify_customer",
      with = { text = "To the hospital: a crew is on its way to your substation; ring the dispatcher's direct line." } },
    { hears = "Fill your bathtubs", after = t.minutes(10), "press_statement",
      with = { text = "The notice with our letterhead is forged. Nobody is cut off on purpose. Our crews bring supply "
        .. "back by hand, hospitals first." } },
    { hears = "by another country", after = t.minutes(12), "press_statement",
      with = { text = "It was done on purpose. By whom, the police will say. Supply came back by hand and stays in "
        .. "our hands." } },
  }
end

local function authority(seat, me)
  me.on({ kind = "message" }, function(seen)
    if string.find(seen.text, "Three companies at once", 1, true) then
      for _, lead in ipairs(seat:seats { role = "incident_lead" }) do
        seat:wait(me.delay("ring the next", t.minutes(4)))
        seat:act("ask", lead.id, { text = "What do you know, what do you need, and what do the other two not know yet?" })
      end
    end
  end)
end

-- Everybody plays on as in the library, and answers besides; `maker` is what becomes of the maker's offer:
-- its option and the reason for it; `how` as team.usual.
return function(maker, how)
  local function also(body)
    return function(seat)
      body(seat, worker.new(seat, how), maker)
      team.play(seat, team.style(how, seat))
    end
  end
  return p.policy {
    dispatcher = also(dispatcher),
    soc = also(soc),
    incident_lead = also(incident_lead),
    compliance = also(compliance),
    public_affairs = also(public_affairs),
    duty_officer = also(authority),
    director = function() end,
    evaluator = function() end,
  }
end
