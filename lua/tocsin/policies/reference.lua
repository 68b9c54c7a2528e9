-- A competent, cautious team: it notices, thinks before it acts, goes by hand when remote control
-- cannot be trusted, serves the most people first, and reports in time. Delays are planning values
-- for trained staff; each is drawn anew for every seat.
local t = require "tocsin"
local p = require "tocsin.policy"

-- Takes a person about this long, more often less than more.
local function human(seat, what, median)
  seat:wait(t.lognormal(what, median, 0.35))
end

-- What has to be done about what a crew found on the spot.
local remedy = { opened = "switch", ["switched-off"] = "switch", tripped = "switch", damaged = "repair",
  destroyed = "replace", wiped = "reimage", flooded = "filter", isolated = "reconnect",
  maintenance = "finish" }

-- What usually has to be done at an asset of its kind, if nobody has been there yet.
local usual = { substation = "switch", feeder = "switch", breaker = "switch", ups = "switch", hmi = "reimage", workstation = "reimage", ["control-server"] = "reimage",
  ["application-server"] = "reimage", server = "reimage", ["data-historian"] = "reimage",
  converter = "replace", ["call-centre"] = "filter" }

local function tell(seat, role, text)
  for _, other in ipairs(seat:seats { team = seat.team, role = role }) do
    if other.id ~= seat.id then
      seat:say(other.id, text)
    end
  end
end

-- Everybody who operates the plant takes note of its alarms.
local function acknowledge(seat)
  seat:on("alarm", function(me, alarm)
    human(me, "acknowledge", t.seconds(40))
    me:act("acknowledge_alarm", alarm.asset)
  end)
end

-- Sends people to all that is down and has nobody on the way, those who serve most first.
local function dispatch(seat, sent)
  local down = seat:assets { down = true }
  table.sort(down, function(a, b)
    if a.people ~= b.people then
      return a.people > b.people
    end
    return a.id < b.id
  end)
  for rank, asset in ipairs(down) do
    -- what only lacks something else comes back by itself
    local waits = asset.people == 0 and asset.lacks and #asset.lacks > 0
    local last = sent[asset.id]
    if not waits and (last == nil or not seat:ticket(last).open) then
      local found = asset.found and asset.found[1]
      sent[asset.id] = seat:act("assign_crew", asset.id,
        { rank = rank, job = found and remedy[found] or usual[asset.kind] })
      human(seat, "order", t.seconds(45))
    end
  end
end

local function dispatcher(seat)
  acknowledge(seat)
  local sent = {}
  while true do
    local alarm = seat:next { kind = "alarm", state = { "off", "failed" } }
    human(seat, "notice", t.minutes(3))
    local down = seat:assets { down = true }
    if #down >= 3 then
      tell(seat, "incident_lead", #down .. " of our assets are down at once. This is no ordinary fault.")
      human(seat, "find-out", t.minutes(9))
      seat:act("manual_mode")
    end
    -- stays with it until all is up again
    repeat
      dispatch(seat, sent)
      human(seat, "look-again", t.minutes(10))
    until #seat:assets { down = true } == 0
    tell(seat, "incident_lead", "All is up again after " .. alarm.asset .. " went down.")
  end
end

local function incident_lead(seat)
  seat:next { kind = "message" }
  local message
  repeat
    message = seat:next { kind = { "message", "alarm" } }
  until #seat:assets { down = true } >= 3 or message.kind == "message"
  human(seat, "judge", t.minutes(8))
  seat:act("declare_incident", nil, { text = "Several losses at once, not explained by a fault." })
  human(seat, "convene", t.minutes(4))
  seat:act("activate_plan")
  tell(seat, "soc", "This is an incident. Close what reaches in from outside.")
  tell(seat, "compliance", "This is an incident. Please report in time.")
  tell(seat, "public_affairs", "This is an incident. Please inform the public.")
end

local function soc(seat)
  acknowledge(seat)
  seat:next { kind = "message" }
  repeat
    seat:next { kind = { "message", "alarm" } }
  until #seat:assets { down = true } >= 3
  human(seat, "hunt", t.minutes(15))
  for _, asset in ipairs(seat:assets { kind = { "vpn-server", "jump-host" }, down = false }) do
    seat:act("isolate", asset.id)
    human(seat, "isolate", t.minutes(2))
  end
  seat:act("log_decision", nil, { text = "Remote access is closed.", reason = "The attacker came in from outside." })
end

local function compliance(seat)
  while true do
    local duty = seat:next { kind = "duty", stage = "started" }
    human(seat, "write-report", t.minutes(18))
    seat:act("report_initial", duty.duty, { text = "We are losing supply. First facts; more will follow." })
  end
end

local function public_affairs(seat)
  repeat
    seat:next { kind = { "message", "alarm" } }
  until #seat:assets { down = true } >= 3
  human(seat, "write-statement", t.minutes(20))
  seat:act("press_statement", nil, { text = "Parts of our area are without supply. Our crews are on their way. "
    .. "Please keep the lines free for emergencies." })
end

local function it_noc(seat)
  acknowledge(seat)
  local sent = {}
  while true do
    seat:next { kind = "alarm", state = { "off", "failed" } }
    human(seat, "notice", t.minutes(5))
    if #seat:seats { team = seat.team, role = { "dispatcher", "duty_operator" } } == 0 then
      repeat
        dispatch(seat, sent)
        human(seat, "look-again", t.minutes(10))
      until #seat:assets { down = true } == 0
    end
  end
end

return p.policy {
  dispatcher = dispatcher, duty_operator = dispatcher,
  ot_engineer = it_noc, it_noc = it_noc,
  soc = soc, soc_analyst = soc,
  incident_lead = incident_lead, ir_lead = incident_lead, crisis_lead = function(seat) acknowledge(seat) end,
  compliance = compliance, legal_compliance = compliance,
  public_affairs = public_affairs,
  default = acknowledge,
}
