-- A control room that believes people who stand in the water more than its screen. It stops the pump,
-- keeps the level by the gauge at the tank from then on, says early that somebody is inside, and answers
-- those who ring. Whoever is not told here plays as the library's competent team does.
local t = require "tocsin"
local p = require "tocsin.policy"
local team = require "tocsin.team"
local worker = require "tocsin.worker"

local function says(seen, ...)
  local text = string.lower(seen.text or "")
  for _, sign in ipairs { ... } do
    if string.find(text, sign, 1, true) then
      return true
    end
  end
  return false
end

-- A booster that nobody can see any more is looked after by people.
local function look_after_booster(seat, me)
  seat:wait(me.delay("look at the booster", t.minutes(8)))
  seat:act("assign_crew", "booster", { job = "switch" })
  seat:wait(me.delay("and at its controller", t.minutes(5)))
  seat:act("assign_crew", "plc-3", { job = "replace" })
  seat:say("hillwater.incident_lead", "The booster is out of our hands: this is an attack. A crew goes there.")
end

-- Metres of water in the hill tank as somebody reads them at its wall; nil where nobody has come there.
local function read_gauge(seat)
  seat:await(seat:act("verify_reading", "hill-tank"), t.minutes(45))
  return seat:asset("hill-tank").measured
end

-- On below four metres and off above five: between two looks the level moves by a metre at most.
local function keep_level(seat, me)
  local runs = false
  while true do
    local level = read_gauge(seat)
    if level and runs and level > 5 then
      runs = false
      seat:act("switch_off", "pump-1", { text = "By the gauge, not by the screen." })
    elseif level and not runs and level < 4 then
      runs = true
      seat:act("reenergise", "pump-1")
    end
    seat:wait(me.delay("until the next look at the gauge", t.minutes(15), 0.15))
  end
end

local function stop_pump(seat, me, why)
  seat:act("switch_off", "pump-1", { text = why })
  seat:say("hillwater.incident_lead", why .. " I have stopped pump 1. Somebody has our readings: this is an attack.")
  seat:say("hillwater.ot_engineer", "Do not trust the level of the hill tank.")
  seat:start(keep_level, me)
end

local function shift_of_the_dispatcher(seat, me)
  me.answers {
    { hears = "Both crews are in", after = t.minutes(3), "note",
      with = { text = "South has the van and the pump controllers; north walks until ten." } },
    { hears = "How much notice", after = t.minutes(5), "notify_peer", on = "hillcare.duty_operator",
      with = { text = "From a full high tank three hours and more, from a half one half of it. We ring you "
        .. "first." } },
    { hears = "Which level of the hill tank", after = t.minutes(4), "set_belief", on = "hill-tank",
      with = { state = "on", confidence = 0.8 } },
    { hears = "Which level of the hill tank", after = t.minutes(1), "note",
      with = { text = "What the crew read at the gauge last, give or take half a metre. The screen counts "
        .. "for nothing." } },
    { hears = "We take over at four", after = t.minutes(15), "handover", on = "hillwater.incident_lead",
      with = { text = "Hill tank by the gauge only, pump 1 by our hand, booster by the crew. Not looked at: the high "
        .. "tank's level on the screen." } },
  }
end

local function dispatcher(seat, me, how)
  shift_of_the_dispatcher(seat, me)
  local stopped, called = false, false
  while true do
    local seen = me.next()
    local is_lost = seen.kind == "control" and not seen.there and (seen.asset == "booster" or seen.asset == "plc-3")
    local is_told = seen.kind == "message"
    if not stopped and is_told and says(seen, "overflow", "running over") then
      stopped = true
      seat:wait(me.delay("believe the caller", t.minutes(6)))
      stop_pump(seat, me, "The hill tank overflows while the screen shows it filling.")
    elseif is_told and says(seen, "without a stop") then
      seat:act("observe", "hill-tank") -- and the screen says that all is well
      seat:act("ask", "hillwater.ot_engineer", { text = "Pump 1 has not rested since seven. Does your log say why?" })
      local level = how.listens and read_gauge(seat)
      if level and not stopped and level > seat:asset("hill-tank").level + 0.5 then
        stopped = true
        stop_pump(seat, me, "The gauge shows more than the screen.")
      end
    elseif not called and (is_lost or is_told and says(seen, "booster")) then
      called = true
      seat:start(look_after_booster, me)
    end
  end
end

local function incident_lead(seat, me)
  -- Whoever cannot wait gets the tankers first.
  me.on({ kind = "decision", stage = "open" }, function(seen)
    seat:wait(me.delay("decide on the tankers", t.minutes(6)))
    seat:act("decide", seen.decision, { option = "to the hospital first",
      reason = "dialysis has an hour, High Hills has shops" })
  end)
  me.answers {
    { hears = "Both crews are in", after = t.minutes(4), "note",
      with = { text = "North has no van before ten: what is far goes to south." } },
    { hears = "I stand at the hospital's gate", after = t.minutes(3), "notify_peer", on = "hillcare.duty_operator",
      with = { text = "The first tanker stands at your gate and asks for your coupling." } },
    { hears = "I stand at the hospital's gate", after = t.minutes(1), "note",
      with = { text = "First tanker at the hospital. The second and third go to the square of High Hills." } },
    { hears = "We have the same radios", after = t.minutes(6), "share_ioc", on = "cert.duty_officer",
      with = { text = "For all who run these radios: a gauge that disagrees with the screen, a pump that "
        .. "never rests, "
        .. "repeats on the channel. Switch tank pumps by hand today.", ioc = "192.0.2.44" } },
  }
  while not says(me.next { kind = "message" }, "this is an attack") do
    -- what is rung in until then are losses, not doings
  end
  seat:wait(me.delay("decide", t.minutes(5)))
  seat:act("declare_incident", nil, { text = "Our readings are false; somebody is inside." })
  seat:act("log_decision", nil, { text = "Trust gauges, not screens, until further notice.",
    options = "trust the screens; go and look", reason = "the tank holds more than the screen shows", owner = seat.id })
  for _, role in ipairs { "compliance", "public_affairs", "ot_engineer" } do
    seat:say("hillwater." .. role, "Incident declared: our readings are false; it looks deliberate.")
  end
  seat:act("activate_plan", nil, { text = "Readings are false: people go to tanks and pumps." })
end

local function ot_engineer(seat, me)
  me.answers {
    { hears = "Firmware for your field radios", after = t.minutes(12), "note",
      with = { text = "Offer 26-118: what we run takes any sender on the channel. Not a matter of price; to "
        .. "the lead." } },
    { hears = "keep reporting the same value", after = t.minutes(6), "observe", on = "hill-tank" },
    { hears = "Repeats on the channel", after = t.minutes(2), "observe", on = "plc-2" },
    { hears = "Repeats on the channel", after = t.minutes(10), "query_log", on = "plc-2" },
    { hears = "Your screen says less", after = t.minutes(8), "share_ioc", on = "cert.duty_officer",
      with = { text = "A level repeated to its last digit while the gauge stood two metres higher; 140 "
        .. "repeats a minute on the tank's channel, 2 before." } },
    { hears = "remote sessions from", after = t.minutes(8), "query_log", on = "scada" },
    { hears = "remote sessions from", after = t.minutes(4), "disable_account", on = "scada",
      with = { text = "Nobody comes in from outside with a shared password any more." } },
    { hears = "remote sessions from", after = t.minutes(6), "share_ioc", on = "cert.duty_officer",
      with = { text = "We have looked for it at our control server; its shared account is shut.", ioc = "192.0.2.44" } },
    { hears = "We take over at four", after = t.minutes(12), "log_decision",
      with = { text = "Seen with our own eyes: hill tank, booster. Not seen: high tank. The night reads "
        .. "gauges each hour",
        options = "hand over the screen; hand over what was seen", reason = "the screen was wrong once", owner = seat.id } },
  }
  while not says(me.next { kind = "message" }, "do not trust the level") do
    -- a suspicion of somebody else's pumps is none of ours yet
  end
  seat:wait(me.delay("compare with the plant", t.minutes(15)))
  seat:say("cert.duty_officer", "One of our tanks reported a level that was not so. We think the radio "
    .. "channel and a screen are in somebody's hands.")
  seat:act("reconnect", "radio-2-1")
end

local function compliance(seat, me)
  me.answers {
    { hears = "Morning samples are in order", after = t.minutes(6), "note",
      with = { text = "Laboratory: in order at half past seven; next round at four, or as soon as pressure "
        .. "falls." } },
    { hears = "who speaks for Hillford", after = t.minutes(10), "answer_authority", on = "authority.duty_officer",
      with = { text = "The incident lead. What runs out is drinking water from the tank; samples of this "
        .. "morning are in "
        .. "order; no pressure was lost." } },
    { hears = "I shall want a timeline", after = t.minutes(35), "log_decision",
      with = { text = "The timeline names every call and who took it", options = "from the screens; from the calls",
        reason = "the screens are what was tampered with", owner = seat.id } },
    { hears = "I shall want a timeline", after = t.minutes(20), "answer_authority", on = "authority.duty_officer",
      with = { text = "From the first call about Tank Lane to the booster: what we knew, when, from whom, "
        .. "and what the "
        .. "screen said meanwhile." } },
  }
end

local function public_affairs(seat, me, how)
  local first = how.listens and "A level at our hill tank was shown wrong. The pump is off before anything ran over. "
    .. "Water goes on as usual." or "Too much was pumped into the hill tank, and drinking water ran into Tank Lane. "
    .. "The pump is off. Stay out of wet cellars until the fire brigade has been there."
  me.answers {
    { hears = "Incident declared", after = t.minutes(14), "press_statement", with = { text = first } },
    { hears = "whether they may drink", after = t.minutes(12), "press_statement",
      with = { text = "You may drink the water: this morning's samples are in order. What was false is a "
        .. "number on our screen." } },
    { hears = "poisoned our water", after = t.minutes(9), "press_statement",
      with = { text = "The water is in order: samples of this morning, next ones at four, published as they "
        .. "come." } },
    { hears = "High Hills is without water", after = t.minutes(8), "notify_customer",
      with = { text = "High Hills: water is driven to the square. Boil it when it comes back, until we say "
        .. "otherwise." } },
  }
end

local function hospital(seat, me)
  me.answers {
    { hears = "How long do we last", after = t.minutes(8), "note",
      with = { text = "Twelve patients, the last until eight in the evening; no tank of our own." } },
    { hears = "How long do we last", after = t.minutes(3), "ask", on = "hillwater.dispatcher",
      with = { text = "How much notice would we have if the mains went off? Dialysis runs until eight, and "
        .. "we store nothing." } },
    { hears = "I stand at the hospital's gate", after = t.minutes(4), "notify_peer", on = "hillwater.incident_lead",
      with = { text = "Our coupling is in the east yard; the porter shows the way. It goes to dialysis first." } },
  }
end

local function authority(seat, me)
  me.answers {
    { hears = "Who is in charge", after = t.minutes(6), "ask", on = "hillwater.compliance",
      with = { text = "Television asks: may people drink the water, and who speaks for Hillford?" } },
  }
end

local function cert(seat, me)
  me.answers {
    { hears = "keep reporting the same value", after = t.minutes(10), "ask", on = "hillwater.ot_engineer",
      with = { text = "When did somebody of yours last read a gauge and the screen at the same time?" } },
  }
end

-- Policies of this drill: `listens` where the attendant's word is enough to send somebody up the hill.
return function(how)
  local function own(body)
    return function(seat)
      body(seat, worker.new(seat, how), how)
    end
  end
  local function also(body, leaves)
    return function(seat)
      body(seat, worker.new(seat, how), how)
      local style = team.style(how, seat)
      style.leaves = leaves
      team.play(seat, style)
    end
  end
  return p.policy {
    ["hillwater.dispatcher"] = own(dispatcher),
    ["hillwater.incident_lead"] = own(incident_lead),
    ["hillwater.ot_engineer"] = own(ot_engineer),
    ["hillwater.compliance"] = also(compliance),
    ["hillwater.public_affairs"] = also(public_affairs, { speak = true }),
    ["hillcare.duty_operator"] = also(hospital, { speak = true }),
    ["authority.duty_officer"] = also(authority),
    ["cert.duty_officer"] = also(cert),
    default = function(seat)
      team.play(seat, team.style(how, seat))
    end,
  }
end
