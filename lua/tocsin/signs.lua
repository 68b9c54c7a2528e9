-- Signs: what a seat has been shown, weighed: is this a fault, an incident, or somebody doing it?
local t = require "tocsin"

local signs = {}

local window = t.minutes(20)

-- What a message makes one think of, whatever the language it is in: 2 that somebody does it, 1 that
-- something is strange, 0 neither.
local weights = { intrusion = 2, oddity = 1, warning = 1 }

function signs.weigh(message)
  return weights[message.about] or 0
end

function signs.new()
  return { losses = {}, controls = {}, strange = 0, alerts = {}, suspects = {},
    known = {}, deliberate = false }
end

local function recent(times, now)
  local count = 0
  for i = #times, 1, -1 do
    if now - times[i] > window then
      break
    end
    count = count + 1
  end
  return count
end

-- A line that carries too much is not lost yet.
function signs.is_overload(seen)
  return seen.state == "overload" or seen.state == "overload-over"
end

-- Somebody is on that asset, for certain.
function signs.suspect(picture, id)
  picture.strange = picture.strange + 2
  if not picture.known[id] then
    picture.known[id] = true
    table.insert(picture.suspects, id)
  end
end

-- One alert may be false; a hunt that found somebody is not, and neither are three alerts in an hour.
function signs.note_alert(picture, seen)
  table.insert(picture.alerts, seen.at)
  local hours = #picture.alerts >= 3 and seen.at - picture.alerts[#picture.alerts - 2] <= t.hours(1)
  if seen.source == "hunt" or hours then
    signs.suspect(picture, seen.asset)
  end
end

-- What is no longer shown, or is again, has not failed for that.
function signs.is_of_view(seen)
  return seen.state == "view-lost" or seen.state == "view-back"
end

-- Takes an observation in.
function signs.note(picture, seat, seen)
  if seen.kind == "alarm" and signs.is_of_view(seen) then
    if seen.state == "view-lost" then
      table.insert(picture.controls, seen.at)
    end
  elseif seen.kind == "alarm" and not signs.is_overload(seen) then
    if seen.state ~= "on" and seen.state ~= "degraded" and seen.state ~= "under-repair"
      and seen.state ~= "starting" then
      table.insert(picture.losses, seen.at)
    end
  elseif seen.kind == "control" and not seen.there then
    table.insert(picture.controls, seen.at)
  elseif seen.kind == "alert" then
    signs.note_alert(picture, seen)
  elseif seen.kind == "message" then
    picture.strange = picture.strange + signs.weigh(seen)
    if signs.weigh(seen) > 0 then
      for _, asset in ipairs(seat:mentioned(seen.from .. ": " .. seen.text)) do
        if (asset.family == "it" or asset.family == "ot") and not picture.known[asset.id] then
          picture.known[asset.id] = true
          table.insert(picture.suspects, asset.id)
        end
      end
    end
  end
end

function signs.losses(picture, now)
  return recent(picture.losses, now)
end

function signs.is_incident(picture, now)
  local losses, controls = recent(picture.losses, now), recent(picture.controls, now)
  return losses >= 3 or controls >= 3 or losses + controls + picture.strange >= 3
end

-- Somebody is doing it: no storm takes remote control away or moves a mouse. Once seen, it stays so.
function signs.is_deliberate(picture, now)
  picture.deliberate = picture.deliberate or picture.strange >= 2
    or (picture.strange >= 1 and recent(picture.losses, now) >= 2)
    or (recent(picture.controls, now) >= 3 and recent(picture.losses, now) >= 3)
  return picture.deliberate
end

return signs
