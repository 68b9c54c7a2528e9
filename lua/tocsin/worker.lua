-- Worker: how a seat of a policy of your own works, with the options that the library's teams take.
--
--   local how = p.options(team.usual)
--   local me = worker.new(seat, how)
--   local seen = me.next { kind = "message" }            -- what it does not overlook
--   seat:wait(me.delay("think", t.minutes(5)))           -- at its pace, with the hands it has
--   me.on({ kind = "decision" }, function(seen) ... end) -- unless it forgets it
--   me.answers { { hears = "still dry", after = t.minutes(10), "notify_customer", with = { text = "..." } } }
local team = require "tocsin.team"

local worker = {}

function worker.new(seat, how)
  local style = team.style(how, seat)
  local me = {}
  local function is_overlooked(seen)
    return (seen.kind == "message" or seen.kind == "alarm" or seen.kind == "decision") and not style.notices(seen.kind)
  end
  function me.delay(purpose, median, sigma)
    return style.delay(purpose, median, sigma or 0.35)
  end
  function me.next(filter)
    while true do
      local seen = seat:next(filter)
      if not is_overlooked(seen) then
        return seen
      end
    end
  end
  function me.on(filter, body)
    seat:on(filter, function(_, seen)
      if not is_overlooked(seen) then
        body(seen)
      end
    end)
  end
  -- Does what belongs to a message, once each: whatever `hears` stands in its text (as it is written),
  -- the action, on what, with which parameters, after about that time.
  function me.answers(list)
    local is_done = {}
    me.on({ kind = "message" }, function(seen)
      for number, answer in ipairs(list) do
        if not is_done[number] and string.find(seen.text, answer.hears, 1, true) then
          is_done[number] = true
          seat:wait(me.delay("answer " .. answer.hears, answer.after))
          seat:act(answer[1], answer.on, answer.with)
        end
      end
    end)
  end
  return me
end

return worker
