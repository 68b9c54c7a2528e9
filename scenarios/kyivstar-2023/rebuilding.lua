-- How a carrier brings its core back: what is erased is built anew, the way in is built anew before
-- anything is joined, and regions come back one by one, because the registers bear no more.
local t = require "tocsin"

local rebuilding = {}

local regions = { "west", "north", "centre", "south", "capital" }
local way_in = { "admin-pc", "manager-1", "manager-2", "vendor-gate" }
-- What most people miss comes first.
local order = { "registers", "policy", "edge-south", "login-fixed", "media-capital", "packet-capital", "media-west",
  "packet-west", "media-north", "packet-north", "media-centre", "packet-centre", "media-south", "packet-south",
  "roaming-hub", "short-messages", "voice-mail", "portal", "catalogue", "billing" }

-- Everything that somebody was in, or that is erased; crews find out which.
function rebuilding.rebuild(seat, pause)
  local tickets = {}
  for _, asset in ipairs(way_in) do
    tickets[asset] = seat:act("assign_crew", asset, { job = "reimage", rank = 1 })
    seat:wait(pause)
  end
  for rank, block in ipairs(order) do
    if seat:asset(block).down then
      tickets[block] = seat:act("assign_crew", block, { rank = 10 + rank })
      seat:wait(pause)
    end
  end
  return tickets
end

function rebuilding.wait_for(seat, tickets, assets)
  for _, asset in ipairs(assets) do
    if tickets[asset] then
      seat:await(tickets[asset], t.days(8))
    end
  end
end

rebuilding.way_in = way_in

-- Fixed lines hang on less, and come back first.
function rebuilding.join_fixed(seat)
  seat:await(seat:act("reconnect_zone", "fixed-core"), t.hours(1))
end

-- Doors shut first, then the core joined, then one door after the other.
function rebuilding.join(seat, between)
  local last
  for _, region in ipairs(regions) do
    last = seat:act("block_conduit", "join-" .. region, { text = "One region at a time." })
  end
  seat:await(last, t.hours(1))
  seat:await(seat:act("reconnect_zone", "core"), t.hours(1))
  for number, region in ipairs(regions) do
    seat:wait(between(number))
    seat:act("unblock_conduit", "join-" .. region)
  end
end

return rebuilding
