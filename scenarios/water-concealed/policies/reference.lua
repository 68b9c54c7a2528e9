-- Reference: a control room that believes people who stand in the water more than its screen. It stops
-- the pump by hand, looks after the level with its own eyes from then on, and says early that somebody
-- is inside. The other seats play as competent people anywhere do.
local t = require "tocsin"
local p = require "tocsin.policy"
local team = require "tocsin.team"

-- Options as of the library's reference: pace=2 is slower, competence=70% overlooks, hands=1 waits.
local how = p.options(team.usual)

local function delay(name, median)
  return t.lognormal(name, math.floor(median * how.pace), 0.35)
end

-- A booster that nobody can see any more is looked after by people.
local function look_after_booster(seat)
  seat:wait(delay("look at the booster", t.minutes(8)))
  seat:act("assign_crew", "booster", { job = "switch" })
  seat:wait(delay("and at its controller", t.minutes(5)))
  seat:act("assign_crew", "plc-3", { job = "replace" })
  seat:say("hillwater.incident_lead", "The booster is out of our hands: this is an attack. A crew goes there.")
end

-- By the gauge, with somebody on the hill: on for a while, off for a while.
local function keep_level(seat)
  seat:wait(delay("until the tank has come down", t.minutes(40)))
  while true do
    seat:act("reenergise", "pump-1")
    seat:wait(t.minutes(75))
    seat:act("switch_off", "pump-1", { text = "By the gauge, not by the screen." })
    seat:wait(t.minutes(25))
  end
end

local function dispatcher(seat)
  local stopped, called = false, false
  while true do
    local seen = seat:next()
    local text = string.lower(seen.text or "")
    local is_lost = seen.kind == "control" and not seen.there and (seen.asset == "booster" or seen.asset == "plc-3")
    if not stopped and seen.kind == "message" and (string.find(text, "overflow", 1, true) or string.find(text, "running over", 1, true)) then
      stopped = true
      seat:wait(delay("believe the caller", t.minutes(6)))
      seat:act("switch_off", "pump-1", { text = "The hill tank runs over whatever the screen says." })
      seat:say("hillwater.incident_lead", "The hill tank overflows while the screen shows it filling. "
        .. "I have stopped pump 1. Somebody has our readings: this is an attack.")
      seat:say("hillwater.ot_engineer", "Do not trust the level of the hill tank.")
      seat:start(keep_level, seat)
    elseif seen.kind == "message" and string.find(text, "without a stop", 1, true) then
      seat:act("observe", "hill-tank") -- and the screen says that all is well
    elseif not called and (is_lost or (seen.kind == "message" and string.find(text, "booster", 1, true))) then
      called = true
      seat:start(look_after_booster, seat)
    end
  end
end

-- Whoever cannot wait gets the tankers first.
local function settle_tankers(seat)
  local seen = seat:next { kind = "decision" }
  seat:wait(delay("decide on the tankers", t.minutes(6)))
  seat:act("decide", seen.decision, { option = "to the hospital first", reason = "dialysis has an hour, High Hills has shops" })
end

local function incident_lead(seat)
  seat:start(settle_tankers, seat)
  while true do
    local seen = seat:next { kind = "message" }
    if string.find(seen.text or "", "this is an attack", 1, true) then
      seat:wait(delay("decide", t.minutes(5)))
      seat:act("declare_incident", nil, { text = "Our readings are false; somebody is inside." })
      seat:act("log_decision", nil, { text = "Trust gauges, not screens, until further notice.",
        options = "trust the screens; go and look", reason = "the tank runs over while the screen shows it filling",
        owner = "hillwater.incident_lead" })
      for _, role in ipairs { "compliance", "public_affairs", "ot_engineer" } do
        seat:say("hillwater." .. role, "Incident declared: our readings are false; it looks deliberate.")
      end
      seat:act("activate_plan", nil, { text = "Readings are false: people go to tanks and pumps." })
      break
    end
  end
end

return p.policy {
  ["hillwater.incident_lead"] = incident_lead,
  ["hillwater.dispatcher"] = dispatcher,
  ot_engineer = function(seat)
    local told = false
    while true do
      local seen = seat:next { kind = "message" }
      if string.find(seen.text or "", "Repeats on the channel", 1, true) then
        seat:wait(delay("read the radio's own log", t.minutes(12)))
        seat:act("query_log", "plc-2")
      end
      if not told and string.find(string.lower(seen.text or ""), "trust", 1, true)
        and string.find(seen.text, "level", 1, true) then
        told = true
        seat:wait(delay("compare with the plant", t.minutes(15)))
        seat:say("cert.duty_officer", "One of our tanks reported a level that was not so. We think the radio "
          .. "channel and a screen are in somebody's hands.")
        seat:act("reconnect", "radio-2-1")
      end
    end
  end,
  default = function(seat)
    team.play(seat, team.style(how, seat))
  end,
}
