-- Keyboard: the attempt to shut the stranger out without cutting anything. Accounts first, then the gate that
-- wakes up instead, then everything it ever touched. It is a race against the next block.
local t = require "tocsin"
local p = require "tocsin.policy"

local function hears(seen, word)
  return seen.kind == "message" and string.find(string.lower(seen.text), word, 1, true)
end

return p.policy {
  ["volnix.soc"] = function(seat)
    local has_shut = false
    while true do
      local seen = seat:next { kind = "message" }
      if not has_shut and hears(seen, "vanish") or hears(seen, "order to erase") then
        has_shut = true
        seat:wait(t.lognormal("find the accounts", t.minutes(9), 0.3))
        for _, manager in ipairs { "manager-1", "manager-2" } do
          seat:act("disable_account", manager, { text = "Whoever it is, not with our accounts." })
        end
      elseif hears(seen, "gate of the vendor") then
        seat:wait(t.lognormal("find the gate", t.minutes(7), 0.3))
        seat:act("isolate", "vendor-gate")
        seat:act("isolate", "admin-pc")
      end
    end
  end,
  ["volnix.incident_lead"] = function(seat)
    seat:wait(t.minutes(50))
    seat:act("declare_incident", nil, { text = "Our machines are being erased." })
  end,
  default = function() end,
}
