-- Reference: a carrier that knows who may order the cut, and orders it while there is something left to
-- save. Then the way in is built anew before anything is joined, and regions come back one by one.
-- Who hangs on the carrier does by hand what its machines cannot do.
local t = require "tocsin"
local p = require "tocsin.policy"
local team = require "tocsin.team"
local worker = require "tocsin.worker"
local rebuilding = require "rebuilding"

-- Options as of the library's reference: pace=2 is slower, competence=70% overlooks, hands=1 waits.
-- doors=0 joins all regions at once.
local usual = { doors = 1 }
for name, value in pairs(team.usual) do
  usual[name] = value
end
local how = p.options(usual)

local function hears(seen, word)
  return seen.kind == "message" and string.find(string.lower(seen.text), word, 1, true)
end

local function soc(seat, me)
  me.answers {
    { hears = "accounts of administrators used", after = t.minutes(6), "note",
      with = { text = "Look at our own administrators' logins of this night." } },
    { hears = "Unknown login", after = t.minutes(2), "observe", on = "manager-1" },
    { hears = "The core is joined", after = t.minutes(10), "observe", on = "registers" },
  }
  local told, shared = false, false
  while true do
    local seen = me.next { kind = "message" }
    if not told and (hears(seen, "unknown login") or hears(seen, "by themselves")) then
      told = true
      seat:wait(me.delay("look at the login", t.minutes(6)))
      seat:say("volnix.incident_lead", "Somebody erases machines with an administrator's account: this is an attack.")
    elseif not shared and hears(seen, "incident declared") then
      shared = true
      seat:wait(me.delay("write the signs down", t.minutes(70)))
      seat:act("share_ioc", "cert.duty_officer", { tlp = "AMBER",
        text = "TLP:AMBER. One administrator's account, two machine managers, erasing first what nobody misses." })
    end
  end
end

local function incident_lead(seat, me)
  me.answers {
    { hears = "We open a case", after = t.minutes(20), "answer_authority", on = "cert.duty_officer",
      with = { text = "Copies of both managers are made before they are built anew. The account is one of four." } },
    { hears = "region by region. The registers", after = t.minutes(10), "log_decision", with = {
      text = "Doors shut before the core is joined; one region at a time", options = "all at once; region by region",
      reason = "the registers bear two an hour", owner = seat.id } },
    { hears = "what one account could do", after = t.hours(5), "report_summary", on = "first-report",
      with = { text = "One account, two managers, a gate; no second key anywhere." } },
  }
  local declared = false
  me.on({ kind = "decision", stage = "open" }, function(seen)
    if seen.decision == "cut-or-watch" then
      seat:wait(me.delay("ask twice, decide once", t.minutes(9)))
      seat:act("decide", "cut-or-watch", { option = "cut the core off", reason = "what is erased takes days, what is cut takes hours" })
      seat:act("log_decision", nil, { text = "Cut the core off", options = "cut; one manager; watch", owner = seat.id,
        reason = "they are faster than we are, and they are in both managers or will be" })
    end
  end)
  while true do
    local seen = me.next { kind = "message" }
    if not declared and (hears(seen, "attack") or hears(seen, "vanish")) then
      declared = true
      seat:wait(me.delay("declare", t.minutes(3)))
      seat:act("declare_incident", nil, { text = "Our machines are being erased." })
      for _, role in ipairs { "compliance", "public_affairs", "it_noc", "soc" } do
        seat:say("volnix." .. role, "Incident declared: our machines are being erased, it is an attack.")
      end
      seat:act("activate_plan", nil, { text = "Everybody comes in; telephones of the other carriers are handed out." })
      for _, other in ipairs { "amber.duty_operator", "kestrel.duty_operator", "crosspay.duty_operator",
        "shelter.duty_operator", "lighting.duty_operator" } do
        seat:say(other, "We are attacked and cut our core off. Expect to be without us for a day or more.")
      end
    end
  end
end

local function it_noc(seat, me)
  me.answers {
    { hears = "sign here", after = t.minutes(5), "note", with = { text = "Nobody signs. Four machines first, then the core." } },
  }
  local is_cut = false
  while not is_cut do
    local seen = me.next { kind = { "message", "alarm" } }
    is_cut = hears(seen, "every region red")
  end
  seat:wait(me.delay("count what is left", t.minutes(80)))
  local tickets = rebuilding.rebuild(seat, me.delay("next block", t.minutes(2)))
  rebuilding.wait_for(seat, tickets, rebuilding.way_in)
  seat:wait(me.delay("look for what was left behind", t.hours(2)))
  rebuilding.join_fixed(seat)
  rebuilding.wait_for(seat, tickets, { "registers" })
  if how.doors == 0 then
    seat:act("reconnect_zone", "core")
    return
  end
  rebuilding.join(seat, function()
    return t.triangular("watch before the next region", t.minutes(32), t.minutes(45), t.minutes(75))
  end)
end

local function public_affairs(seat, me)
  me.answers {
    { hears = "Who can call asks", after = t.minutes(30), "notify_customer",
      with = { text = "What is back, what is not, and until when; banks send codes by their own apps meanwhile." } },
  }
  local last
  while true do
    local seen = me.next { kind = "message" }
    local is_ours = hears(seen, "incident declared")
    if is_ours or ((seen.channel == "news" or seen.channel == "social") and (not last or seat:now() - last > t.hours(2))) then
      seat:wait(me.delay("write it", t.minutes(25)))
      last = seat:now()
      seat:act("press_statement", nil, { text = "We were attacked and have switched our network off ourselves. "
        .. "It takes a day or more. We do not know yet about data, and say so when we do." })
    end
  end
end

-- What listened to Volnix is looked after by people, worst first.
local function by_hand(word, assets)
  return function(seat, me)
    local is_done = false
    while true do
      local seen = me.next { kind = { "message" } }
      if not is_done and hears(seen, word) then
        is_done = true
        seat:wait(me.delay("send people", t.minutes(15)))
        for _, asset in ipairs(assets) do
          seat:act("assign_crew", asset, { job = "switch" })
          seat:wait(me.delay("the next one", t.minutes(3)))
        end
      end
    end
  end
end

local function everywhere(prefix)
  local assets = {}
  for _, region in ipairs { "capital", "west", "centre", "north", "south" } do
    assets[#assets + 1] = prefix .. region
  end
  return assets
end

-- Sirens by hand, and word of where they are.
local watch_sirens = by_hand("tenth siren", everywhere "by-hand-")
local function shelter(seat, me)
  me.answers {
    { hears = "which sirens do we drive past", after = t.minutes(10), "notify_peer", on = "lighting.duty_operator",
      with = { text = "The list of silent sirens, and where your people can switch lamps off by hand." } },
    { hears = "Air-raid alarm for the capital", after = t.minutes(6), "notify_peer", on = "regulator.duty_officer",
      with = { text = "Sounded everywhere, one in ten by hand; nobody reports a district that did not hear it." } },
  }
  me.on({ kind = "duty", stage = "started" }, function(duty)
    seat:wait(me.delay("list the sirens", t.minutes(50)))
    seat:act("notify_peer", "regulator.duty_officer", { text = "One siren in ten is sounded by hand." })
    if seat:may "report_initial" then
      seat:act("report_initial", duty.duty, { text = "One siren in ten is sounded by hand; list attached." })
    end
  end)
  watch_sirens(seat, me)
end

-- Opening another network to everybody would make three that fail.
local function regulator(seat, me)
  me.answers {
    { hears = "without a network since the morning", after = t.minutes(12), "ask", on = "volnix.compliance",
      with = { text = "Is it an attack, since when, and what may we tell people?" } },
  }
  me.on({ kind = "decision", stage = "open" }, function(seen)
    seat:wait(me.delay("ask both carriers", t.hours(2)))
    seat:act("decide", seen.decision, { option = "keep roaming closed", reason = "three networks that fail are worse than one" })
  end)
end

-- The two others: say early that cards run out, and look at their own accounts.
local function rival(seat, me)
  me.answers {
    { hears = "Queues round the block", after = t.minutes(20), "notify_peer", on = "regulator.duty_officer",
      with = { text = "No cards are left by noon. Our cells carry a third more; they cannot carry everybody." } },
    { hears = "inside since May", after = t.minutes(40), "note", with = { text = "Our administrators' accounts are gone through." } },
  }
  team.play(seat, team.style(how, seat))
end

local function cert(seat, me)
  me.answers {
    { hears = "accounts of administrators used", after = t.minutes(30), "note", with = { text = "Passed on to all carriers." } },
    { hears = "erasing first what nobody misses", after = t.minutes(15), "share_ioc", on = "amber.duty_operator",
      with = { tlp = "AMBER", text = "TLP:AMBER. One account, two managers, erasing. Look at yours." } },
    { hears = "inside since May", after = t.minutes(40), "note", with = { text = "Three carriers, one way of working." } },
  }
end

local function compliance(seat, me)
  me.answers {
    { hears = "How many customers were without what", after = t.hours(2), "report_supplement", on = "outage-notice",
      with = { text = "24.3 million without calls, for how many hours each; a million lines; messages and bills still missing." } },
  }
  team.play(seat, team.style(how, seat))
end

-- Shops want to know what to do, and so do their customers.
local function voice_of_payments(seat, me)
  me.answers {
    { hears = "Insulin against cash", after = t.minutes(15), "notify_customer",
      with = { text = "Pharmacies may take names and hand out; terminals get second cards today." } },
  }
  team.play(seat, team.style(how, seat))
end

local function played(body)
  return function(seat)
    body(seat, worker.new(seat, how))
  end
end

return p.policy {
  ["volnix.soc"] = played(soc),
  ["volnix.incident_lead"] = played(incident_lead),
  ["volnix.it_noc"] = played(it_noc),
  ["volnix.public_affairs"] = played(public_affairs),
  ["volnix.compliance"] = played(compliance),
  ["shelter.duty_operator"] = played(shelter),
  ["crosspay.duty_operator"] = played(by_hand("three in ten", everywhere "other-cards-")),
  ["lighting.duty_operator"] = played(by_hand("lamps", { "lights-by-hand" })),
  ["regulator.duty_officer"] = played(regulator),
  ["amber.duty_operator"] = played(rival),
  ["kestrel.duty_operator"] = played(rival),
  ["cert.duty_officer"] = played(cert),
  ["crosspay.public_affairs"] = played(voice_of_payments),
  director = function() end,
  evaluator = function() end,
  default = function(seat)
    team.play(seat, team.style(how, seat))
  end,
}
