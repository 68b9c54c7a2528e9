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
  me.on({ kind = "decision", stage = "open" }, function(seen)
    seat:wait(me.delay("ask both carriers", t.hours(2)))
    seat:act("decide", seen.decision, { option = "keep roaming closed", reason = "three networks that fail are worse than one" })
  end)
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
  ["shelter.duty_operator"] = played(shelter),
  ["crosspay.duty_operator"] = played(by_hand("three in ten", everywhere "other-cards-")),
  ["lighting.duty_operator"] = played(by_hand("lamps", { "lights-by-hand" })),
  ["regulator.duty_officer"] = played(regulator),
  director = function() end,
  evaluator = function() end,
  default = function(seat)
    team.play(seat, team.style(how, seat))
  end,
}
