-- Reference: a control room that distrusts its own silence. It has the alarm processor put right, tells
-- the coordinator what it sees, sends a crew to the line it lost, and switches feeders off while there is
-- something left to save. The other seats play as competent people anywhere do.
local t = require "tocsin"
local p = require "tocsin.policy"
local team = require "tocsin.team"

local coordinator = "midlake.duty_operator"
local alarms = "lakeland-alarms"
-- The lines that carry the north; two of them out is more than the rest can bear.
local lines = { "chambers-hardy", "hannaford-junction", "starling-canfield", "samson-starling" }
local corridor = {}
for _, line in ipairs(lines) do
  corridor[line] = true
end
local blocks = { "hardy-block-1", "inland-block-1", "junction-block-1", "hardy-block-2", "inland-block-2",
  "junction-block-2" }

-- Options as of the library's reference: pace=2 is slower, competence=70% overlooks, hands=1 waits.
local how = p.options(team.usual)

local function delay(name, median)
  return t.lognormal(name, math.floor(median * how.pace), 0.35)
end

local function count(set)
  local n = 0
  for _ in pairs(set) do
    n = n + 1
  end
  return n
end

-- Feeders go one after the other; the first relief counts most.
local function shed(me)
  if me.is_shedding then
    return
  end
  me.is_shedding = true
  me.seat:wait(delay("decide to shed", t.minutes(2)))
  for _, block in ipairs(blocks) do
    if not me.shed[block] then
      me.shed[block] = true
      me.seat:act("switch_off", block, { text = "Keep the rest of the north." })
      me.seat:wait(delay("next feeder", t.seconds(20)))
    end
  end
  me.seat:act("declare_incident", nil, { text = "Load is shed; two lines into the north are out." })
  me.seat:say(coordinator, "We have shed 1500 MW in the north to stay within limits. Two lines are out.")
  me.seat:say("lakeland.incident_lead", "Incident declared: load is shed in the north, two lines are out.")
  me.seat:say("lakeland.public_affairs", "Incident declared: customers in the north are switched off on purpose.")
end

-- Light comes back when the corridor is whole, a block at a time.
local function give_back(me)
  for _, block in ipairs(blocks) do
    if me.shed[block] and count(me.out) == 0 then
      me.seat:wait(delay("look at the flows", t.minutes(3)))
      local ticket = me.seat:act("reenergise", block)
      me.seat:await(ticket, t.minutes(20))
      me.shed[block] = nil
    end
  end
  me.is_shedding = count(me.shed) > 0
end

-- A line that is broken wants a crew; one that has only opened is closed from afar once flows are down.
local function lost_line(me, line, state)
  local seat = me.seat
  seat:wait(delay("look at the line", t.seconds(80)))
  seat:say(coordinator, "We have lost " .. line .. ". Watch the corridor.")
  if state == "failed" then
    seat:act("assign_crew", line, { job = "repair" })
  end
  if count(me.out) >= 2 then
    shed(me)
    seat:wait(delay("flows are down", t.minutes(4)))
    if me.out[line] and state ~= "failed" then
      seat:act("reenergise", line)
    end
  end
end

-- No alarm for a quarter of an hour on a hot afternoon is a sign.
local function restart_alarms(me)
  local seat = me.seat
  if me.asked then
    return
  end
  me.asked = true
  seat:wait(delay("wonder at the silence", t.minutes(11)))
  seat:say("lakeland.it_noc", "Nothing on our screens has moved for a while. Look at the alarm processor.")
  seat:act("assign_crew", alarms, { job = "switch" })
  seat:say(coordinator, "We are blind at present; tell us whatever you see in our grid.")
end

local function watch_lines(me)
  local seat = me.seat
  seat:on({ kind = "alarm" }, function(_, seen)
    if corridor[seen.asset] and seen.state == "overload" then
      shed(me)
    elseif corridor[seen.asset] and seen.state ~= "overload-over" then
      local was_out = me.out[seen.asset]
      me.out[seen.asset] = seen.state ~= "on" and seen.state ~= "degraded" or nil
      if me.out[seen.asset] and not was_out then
        lost_line(me, seen.asset, seen.state)
      elseif was_out and count(me.out) == 0 and me.is_shedding then
        give_back(me)
      end
    end
  end)
end

-- What happened in the dark is seen by looking, line by line.
local function look_again(me)
  for _, line in ipairs(lines) do
    me.seat:act("observe", line)
    me.seat:wait(delay("read the next line", t.seconds(40)))
  end
end

local function dispatcher(seat)
  local me = { seat = seat, out = {}, shed = {} }
  watch_lines(me)
  seat:on({ kind = "control" }, function(_, seen)
    if not seen.there then
      restart_alarms(me)
    elseif not me.has_looked then
      me.has_looked = true
      look_again(me)
    end
  end)
  local seen = seat:next "decision"
  seat:act("decide", seen.decision, { option = "shed load", reason = "the next loss cannot be borne" })
end

-- Leads without taking remote control away: it is what the switching is done with.
local function lead(seat)
  while true do
    local seen = seat:next "message"
    if string.find(seen.text, "Incident declared", 1, true) then
      seat:wait(delay("call people in", t.minutes(4)))
      seat:act "activate_plan"
      seat:act("log_decision", nil, { text = "Shed load to keep the rest", reason = "two lines are out",
        options = "wait; shed load", owner = seat.id })
      return
    end
  end
end

return p.policy {
  ["lakeland.dispatcher"] = dispatcher,
  ["lakeland.incident_lead"] = lead,
  ["lakeland.it_noc"] = function() end,
  director = function() end,
  evaluator = function() end,
  default = function(seat)
    team.play(seat, team.style(how, seat))
  end,
}
