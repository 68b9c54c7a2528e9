-- Restoration: bringing back what is down. From afar only what fell alone and can be seen; else by
-- crews, who find out what nobody knows. A free party goes where it brings light to most people per
-- hour of way and work.
local t = require "tocsin"
local signs = require "tocsin.signs"

local restoration = {}

-- What a crew is sent for before anybody knows the cause.
local first_guess = { electrical = "switch", link = "switch" }
-- Whose skill is likely to be wanted where the cause is open.
local likely = { it = "reimage", telecom = "filter" }
local likely_kind = { road = "clear", hmi = "reimage", ["control-server"] = "reimage", ["data-historian"] = "reimage",
  ["control-room"] = "switch", rtu = "replace", plc = "replace", ied = "replace", converter = "replace",
  relay = "replace", modem = "replace" }

-- What is ordered once a crew has seen the cause.
local remedy = { opened = "switch", ["switched-off"] = "switch", tripped = "switch", damaged = "repair",
  destroyed = "replace", wiped = "reimage", flooded = "filter", isolated = "reconnect",
  maintenance = "finish", blocked = "clear", ["view-denied"] = "reboot", ["control-denied"] = "reboot",
  falsified = "reimage" }

local most_attempts = 5
local crews_go = { assign_crew = true, reenergise = true, reconnect = true, call_vendor = true }

-- What a party needs on the spot, about.
local usual_work = 0.35 -- hours

function restoration.new(style, picture, is_ours)
  return { style = style, picture = picture, is_ours = is_ours, down = {}, queue = {}, away = {}, idle = nil,
    by_hand = false, asked = {}, stuck = {}, blind = {}, lead_of = function() end }
end

-- Others have come to help: what could not be done is looked at again.
function restoration.retry(work, seat)
  local waiting = {}
  for _, id in ipairs(work.queue) do
    waiting[id] = true
  end
  for id, entry in pairs(work.down) do
    if entry.refused then
      entry.refused, entry.hopeless, entry.look_at = nil, nil, 0
      if not waiting[id] and work.is_ours(seat:asset(id)) then
        table.insert(work.queue, id)
      end
    end
  end
end

-- Where the parties that nobody needs stand, as far as this seat has sent them: by crew.
local function idle_parties(work, seat)
  if not work.idle then
    work.idle = {}
    for _, crew in ipairs(seat:crews()) do
      work.idle[crew.id] = {}
      for _ = 1, crew.size do
        table.insert(work.idle[crew.id], { x = crew.x, y = crew.y })
      end
    end
  end
  return work.idle
end

local function distance(from, to)
  if not (from.x and to.x) then
    return 0
  end
  return math.sqrt((from.x - to.x) * (from.x - to.x) + (from.y - to.y) * (from.y - to.y))
end

local function nearest(spots, to)
  local best, at
  for i, spot in ipairs(spots) do
    if not best or distance(spot, to) < best then
      best, at = distance(spot, to), i
    end
  end
  return best, at
end

-- A party has left for the asset, or is done there.
local function note_party(work, seat, ticket)
  local spots = ticket.crew and idle_parties(work, seat)[ticket.crew]
  if not spots then
    return
  end
  local asset = seat:asset(ticket.target)
  if ticket.open then
    local _, at = nearest(spots, asset)
    if at then
      table.remove(spots, at)
    end
  else
    table.insert(spots, { x = asset.x, y = asset.y })
  end
end

-- Takes an observation in; what is not noticed is found on the next round.
function restoration.note(work, seat, seen, noticed)
  if seen.kind == "alarm" and signs.is_of_view(seen) then
    local asset = seat:asset(seen.asset)
    if seen.state == "view-lost" and (asset.family == "ot" or asset.family == "it") and work.is_ours(asset) then
      table.insert(work.blind, seen.asset)
    end
  elseif seen.kind == "alarm" and not signs.is_overload(seen) then
    if seen.state == "on" or seen.state == "degraded" then
      work.down[seen.asset] = nil
    elseif work.down[seen.asset] then
      work.down[seen.asset].look_at = 0
    else
      local asset = seat:asset(seen.asset)
      local look_at = noticed == false and seat:now() + work.style.draw("next round", t.minutes(25), 0.6) or 0
      work.down[seen.asset] = { attempts = 0, people = asset.people, look_at = look_at, x = asset.x,
        y = asset.y, likely = likely_kind[asset.kind] or likely[asset.family] or "repair" }
      if work.is_ours(asset) then
        table.insert(work.queue, seen.asset)
      end
    end
  elseif seen.kind == "ticket" and crews_go[seen.verb] and seen.stage ~= "requested" then
    local entry, ticket = work.down[seen.target], seat:ticket(seen.number)
    if (not ticket.open or not work.away[seen.number]) and ticket.crew then
      note_party(work, seat, ticket)
      work.away[seen.number] = ticket.open
    end
    if ticket.lacks == "part" then
      work.stuck[seen.target] = true
    end
    if entry and entry.number == seen.number and not ticket.open then
      entry.open, entry.last, entry.look_at = false, entry.job, 0
    end
  end
end

-- Whether what is out fell alone, and nobody did it.
local function is_lone(work, seat)
  return signs.losses(work.picture, seat:now()) < 3
    and not signs.is_deliberate(work.picture, seat:now())
end

-- The kind of work to order, "remote", or nil where nothing of ours would help now.
local function choose(work, seat, asset, entry, lone)
  if work.style.keeps_off and work.style.keeps_off[asset.id] then
    return nil
  end
  if entry.attempts == 0 and asset.control and lone and not work.by_hand and not asset.found
    and seat:may("reenergise") and asset.kind ~= "road" and (asset.family == "electrical" or asset.family == "link"
      or asset.family == "water") then
    return "remote"
  end
  if asset.isolated then
    return nil
  end
  if asset.lacks and #asset.lacks > 0 and not (asset.found and #asset.found > 0) then
    return nil
  end
  if asset.found_at and (not entry.asked_at or asset.found_at >= entry.asked_at) then
    for _, cause in ipairs(asset.found) do
      if cause ~= "isolated" and remedy[cause] ~= entry.refused then
        return remedy[cause]
      end
    end
    return nil
  end
  if entry.attempts == 0 or entry.last == "remote" then
    return asset.kind ~= "road" and first_guess[asset.family] or "auto"
  end
  return entry.refused == "auto" and nil or "auto"
end

-- Hours until a free party would be there, and whose; nil where none is free that can do it, 0 where
-- nobody of ours could do it at all (it is ordered, and refused, and another way is looked for).
local function hours_to(work, seat, crews, id, entry, kind)
  local best, whose, possible
  for _, crew in ipairs(crews) do
    if crew.can[kind] then
      possible = true
      local hours
      if crew.by_road then
        local way = crew.free > 0 and seat:way(crew, id)
        hours = way and way / t.hours(1)
      elseif crew.free > 0 then
        hours = 1.3 * (nearest(idle_parties(work, seat)[crew.id] or { crew }, entry) or 0) / crew.speed
      end
      if hours and (not best or hours < best) then
        best, whose = hours, crew.id
      end
    end
  end
  if not possible then
    return 0, nil
  end
  return best, whose
end

-- The same for work of unknown kind: a crew that probably has the skill, else anybody.
local function hours_to_look(work, seat, crews, id, entry)
  local kind = entry.likely
  for _, crew in ipairs(crews) do
    if crew.can[kind] then
      return hours_to(work, seat, crews, id, entry, kind)
    end
  end
  return hours_to(work, seat, crews, id, entry, "inspect")
end

local function is_over(entry)
  return not entry or entry.attempts >= most_attempts or entry.hopeless
end

-- What comes next: what most people per hour gain from.
local function pick(work, seat)
  local now, at = seat:now(), 1
  local best, crews, lone -- these two are looked at once something is to be done
  while at <= #work.queue do
    local id = work.queue[at]
    local entry = work.down[id]
    if is_over(entry) then
      table.remove(work.queue, at)
    else
      at = at + 1
      if not entry.open and now >= entry.look_at then
        local asset = seat:asset(id)
        if asset.down and lone == nil then
          lone = is_lone(work, seat)
        end
        local job = asset.down and choose(work, seat, asset, entry, lone)
        local hours, whose = 0, nil
        crews = crews or job and seat:crews()
        if job == "auto" then
          hours, whose = hours_to_look(work, seat, crews, id, entry)
        elseif job and job ~= "remote" then
          hours = hours_to(work, seat, crews, id, entry, job)
        end
        local gain = job and hours and (entry.people + 1) / (hours + usual_work)
        if gain and (not best or gain > best.gain) then
          best = { id = id, job = job, crew = whose, gain = gain }
        elseif not job then
          entry.look_at = now + t.minutes(5)
        end
      end
    end
  end
  return best
end

-- Whether anybody of ours has the skill.
local function has_skill(seat, job)
  for _, crew in ipairs(seat:crews()) do
    if crew.can[job] and not crew.lent_to then
      return true
    end
  end
  return false
end

-- A vendor's people where nobody of ours has the skill; nil where nobody has.
local function call_vendor(seat, id, job)
  for _, vendor in ipairs(seat:may("call_vendor") and seat:vendors() or {}) do
    if vendor.can[job] then
      local number = seat:act("call_vendor", id, { vendor = vendor.id, job = job })
      if seat:await(number, t.seconds(1)).stage ~= "refused" then
        return number
      end
    end
  end
  return nil
end

-- The skill that a kind of work asks for.
local skill_for = { switch = "switching", repair = "repair", finish = "repair", replace = "electronics",
  reimage = "it", restore = "it", filter = "network", reconnect = "network", clear = "clearing" }

-- Asks a neighbour for people that nobody of ours can stand in for: once for each skill.
local function ask_neighbour(work, seat, id, job)
  local skill = skill_for[job]
  if not skill or work.asked[skill] or not seat:may("request_mutual_aid") then
    return
  end
  for _, neighbour in ipairs(seat:neighbours()) do
    local to = neighbour.can[job] and work.lead_of(neighbour.id)
    if to then
      work.asked[skill] = true
      seat:act("request_mutual_aid", to, { skill = skill, where = id })
      return
    end
  end
end

-- Orders the parts that work waits for, once, to where they are needed.
local function order_parts(work, seat)
  for id in pairs(work.stuck) do
    local entry = work.down[id]
    if entry and not entry.spare and seat:may("request_spare") then
      entry.spare = seat:act("request_spare", id)
    end
  end
  work.stuck = {}
end

local function order(work, seat, entry, choice)
  local job = choice.job
  entry.attempts = entry.attempts + 1
  entry.open, entry.job, entry.asked_at = true, job, seat:now()
  if job == "remote" then
    entry.number = seat:act("reenergise", choice.id)
  else
    local rank = entry.people > 0 and math.max(1, 500 - entry.people // 50) or 600
    entry.number = seat:act("assign_crew", choice.id, { job = job, rank = rank, crew = choice.crew })
  end
  if seat:await(entry.number, t.seconds(1)).stage == "refused" then
    local lacks_people = job ~= "remote" and not has_skill(seat, job)
    entry.number = lacks_people and call_vendor(seat, choice.id, job) or entry.number
    entry.open = seat:ticket(entry.number).open
    if not entry.open then
      if lacks_people then
        ask_neighbour(work, seat, choice.id, job)
      end
      entry.last, entry.refused = job, job
      entry.hopeless = job == "auto"
    end
  end
end

-- Runs for ever: decides, orders, waits for news. What was decided is done only if it would be decided
-- so again when it comes to it.
function restoration.run(work, seat)
  local has_stopped_to_think = false
  while true do
    if not has_stopped_to_think and signs.is_incident(work.picture, seat:now()) then
      -- so much at once may be false data, or a hand that is still at work
      has_stopped_to_think = true
      seat:wait(work.style.delay("look again at everything", t.minutes(9), 0.35))
    end
    order_parts(work, seat)
    local dumb = table.remove(work.blind)
    local choice = not dumb and pick(work, seat)
    if dumb then
      -- what carries the view of others and is silent itself: somebody has to go there
      seat:wait(work.style.delay("send a crew", t.seconds(75), 0.4))
      seat:act("assign_crew", dumb, { job = "auto", rank = 300 })
    elseif choice then
      if choice.job == "remote" then
        seat:wait(work.style.delay("switch from afar", t.minutes(6), 0.4))
      else
        seat:wait(work.style.delay("send a crew", t.seconds(75), 0.4))
      end
      local entry = work.down[choice.id]
      local is_due = entry and not entry.open
      if is_due and choose(work, seat, seat:asset(choice.id), entry, is_lone(work, seat)) == choice.job then
        order(work, seat, entry, choice)
      end
    else
      seat:next({ kind = { "alarm", "ticket", "control", "message" } }, t.minutes(10))
    end
  end
end

return restoration
