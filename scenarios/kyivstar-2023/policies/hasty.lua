-- Hasty: how it goes wrong. One manager is switched off and the other goes on; the core is cut by hand when
-- most of it is gone; it is joined again at once in all regions, before the way in is built anew, and the
-- doors of the other carriers are opened to everybody.
local t = require "tocsin"
local p = require "tocsin.policy"

return p.policy {
  ["volnix.incident_lead"] = function(seat)
    seat:next { kind = "decision", stage = "open" }
    seat:wait(t.lognormal("hope", t.minutes(30), 0.3))
    seat:act("decide", "cut-or-watch", { option = "switch the first machine manager off", reason = "it may be enough" })
    while true do
      local seen = seat:next { kind = "message" }
      if string.find(seen.text, "second manager", 1, true) then
        break
      end
    end
    seat:act("declare_incident", nil, { text = "It was not enough." })
    seat:wait(t.lognormal("argue", t.minutes(40), 0.3))
    seat:act("isolate_zone", "core", { text = "Now, then." })
  end,
  ["volnix.it_noc"] = function(seat)
    seat:wait(t.hours(6))
    local ticket
    for _, block in ipairs { "registers", "policy", "media-capital", "media-west", "media-north", "packet-capital",
      "packet-west" } do
      ticket = seat:act("assign_crew", block)
      seat:wait(t.minutes(3))
    end
    seat:await(ticket, t.hours(40))
    seat:wait(t.hours(12))
    seat:act("reconnect_zone", "core")
  end,
  ["volnix.public_affairs"] = function(seat)
    seat:wait(t.hours(5))
    seat:act("press_statement", nil, { text = "A technical fault. Everything will be back within hours." })
  end,
  ["regulator.duty_officer"] = function(seat)
    local seen = seat:next { kind = "decision", stage = "open" }
    seat:wait(t.minutes(30))
    seat:act("decide", seen.decision, { option = "open roaming everywhere", reason = "people must be able to ring" })
  end,
  default = function() end,
}
