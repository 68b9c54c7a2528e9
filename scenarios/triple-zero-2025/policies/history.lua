-- History: what was done on the day, as far as the public record tells it. Tickets are closed, callers are
-- helped with their handsets, an ambulance service has to ring, and numbers go out late and too small.
local t = require "tocsin"
local p = require "tocsin.policy"

-- Hours from 24 are those of the day after.
local function sleep_until(seat, hour, minute)
  local moment = t.minutes(hour * 60 + minute)
  if moment > seat:now() then
    seat:wait(moment - seat:now())
  end
end

local function it_noc(seat)
  seat:on({ kind = "decision", stage = "open" }, function(_, seen)
    if seen.decision == "tickets" then
      seat:wait(t.lognormal("close tickets", t.minutes(8), 0.3))
      seat:act("decide", "tickets", { option = "close them with the change", reason = "the change is rated no impact" })
    end
  end)
  while true do
    local seen = seat:next { kind = "message" }
    if seen.from == "ambulance service" then
      seat:wait(t.lognormal("look at it", t.minutes(7), 0.3))
      seat:say("larkline.incident_lead", "An ambulance service says that our callers do not reach them. It is gateway A.")
      return
    end
  end
end

local function incident_lead(seat)
  seat:on({ kind = "decision", stage = "open" }, function(_, seen)
    if seen.decision == "way" then
      sleep_until(seat, 13, 59)
      seat:act("decide", "way", { option = "roll the change back", reason = "it worked before" })
    end
  end)
  while true do
    local seen = seat:next { kind = "message" }
    if seen.from == "larkline.it_noc" then
      break
    end
  end
  seat:wait(t.lognormal("declare", t.minutes(5), 0.3))
  seat:act("declare_incident", nil, { text = "Emergency calls of several regions fail." })
end

local function compliance(seat)
  sleep_until(seat, 14, 45)
  seat:act("note", nil, { text = "Mail to the department: some customers in two regions have issues with emergency calls." })
  sleep_until(seat, 14, 52)
  seat:act("note", nil, { text = "Mail to the department: service is normal again, ten calls were affected." })
  sleep_until(seat, 16, 0)
  seat:act("report_initial", "welfare-request", { text = "The callers that we know of so far." })
  sleep_until(seat, 38, 20)
  seat:act("report_initial", "outage-notice", { text = "About 600 emergency calls failed; deaths are being looked into." })
end

return p.policy {
  ["larkline.it_noc"] = it_noc,
  ["larkline.incident_lead"] = incident_lead,
  ["larkline.compliance"] = compliance,
  ["larkline.care_desk"] = function(seat)
    local seen = seat:next { kind = "decision", stage = "open" }
    seat:wait(t.lognormal("listen", t.minutes(6), 0.3))
    seat:act("decide", seen.decision, { option = "check the handset with her", reason = "no incident is shown" })
  end,
  ["larkline.public_affairs"] = function(seat)
    sleep_until(seat, 40, 0)
    seat:act("press_statement", nil, { text = "A change led to failed emergency calls in several regions. "
      .. "People have died. We are sorry." })
  end,
  default = function() end,
}
