-- Orders: what a stand-in does with orders: says that it has them, and carries out those that name an
-- action which it may take.
local t = require "tocsin"

local orders = {}

local function carry_out(seat, style, order)
  seat:wait(style.delay("set about an order", t.minutes(2), 0.4))
  local began, number = pcall(seat.act, seat, order.verb, order.asset)
  if not began then
    seat:say(order.from, "O-" .. order.number .. " cannot be done as it was given: " .. tostring(number))
    return
  end
  local ended = seat:await(number)
  if ended.stage == "done" then
    seat:act("fulfil_order", nil, { order = order.number })
  else
    seat:say(order.from, "O-" .. order.number .. " could not be carried out: " .. ended.why)
  end
end

-- For ever, beside whatever else the seat does.
function orders.obey(seat, style)
  seat:on({ kind = "order", stage = "given", to = seat.id }, function(own, seen)
    own:wait(style.delay("acknowledge an order", t.seconds(40), 0.4))
    local order = own:orders({ number = seen.number, to = own.id })[1]
    own:act("acknowledge_order", nil, { order = order.number })
    if order.verb and own:may(order.verb) then
      carry_out(own, style, order)
    end
  end)
end

return orders
