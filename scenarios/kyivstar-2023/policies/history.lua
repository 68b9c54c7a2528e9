-- History: what was done on the days, as far as the public record tells it. The core is cut off an hour and
-- a half after the first sign; fixed lines come back that evening, voice from the next evening on.
local t = require "tocsin"
local p = require "tocsin.policy"
local rebuilding = require "rebuilding"

-- December's day and the clock; the drill begins on the 12th at five.
local function sleep_until(seat, day, hour, minute)
  local moment = t.minutes(((day - 12) * 24 + hour - 5) * 60 + minute)
  if moment > seat:now() then
    seat:wait(moment - seat:now())
  end
end

local function incident_lead(seat)
  sleep_until(seat, 12, 6, 12)
  seat:act("declare_incident", nil, { text = "Our machines are being erased." })
  sleep_until(seat, 12, 6, 52)
  seat:act("decide", "cut-or-watch", { option = "cut the core off", reason = "it cannot be countered from a keyboard" })
end

-- Doors open in the evening of the 13th; the last on the morning of the 14th.
local doors = { t.minutes(10), t.hours(2), t.hours(3), t.hours(4), t.hours(6.75) }

local function it_noc(seat)
  sleep_until(seat, 12, 8, 30)
  local tickets = rebuilding.rebuild(seat, t.minutes(2))
  seat:start(function()
    sleep_until(seat, 12, 21, 0)
    rebuilding.join_fixed(seat)
  end)
  rebuilding.wait_for(seat, tickets, rebuilding.way_in)
  rebuilding.wait_for(seat, tickets, { "registers" })
  sleep_until(seat, 13, 16, 35)
  rebuilding.join(seat, function(number) return doors[number] end)
end

local function hand(asset_list, day, hour)
  return function(seat)
    sleep_until(seat, day, hour, 0)
    for _, asset in ipairs(asset_list) do
      seat:act("assign_crew", asset, { job = "switch" })
    end
  end
end

return p.policy {
  ["volnix.incident_lead"] = incident_lead,
  ["volnix.it_noc"] = it_noc,
  ["volnix.compliance"] = function(seat)
    sleep_until(seat, 12, 7, 30)
    seat:act("report_initial", "first-report", { text = "Core erased in part, cut off by ourselves." })
    seat:act("report_initial", "outage-notice", { text = "Mobile and fixed services are down everywhere." })
  end,
  ["volnix.soc"] = function(seat)
    sleep_until(seat, 12, 12, 0)
    seat:act("share_ioc", "cert.duty_officer", { text = "TLP:AMBER. What we know of the account.", tlp = "AMBER" })
  end,
  ["volnix.public_affairs"] = function(seat)
    sleep_until(seat, 12, 9, 0)
    seat:act("press_statement", nil, { text = "A powerful attack has taken our network down. Personal data is safe." })
    sleep_until(seat, 13, 18, 0)
    seat:act("press_statement", nil, { text = "Voice comes back from now on, region by region." })
  end,
  ["shelter.duty_operator"] = hand({ "by-hand-capital", "by-hand-north", "by-hand-west", "by-hand-centre",
    "by-hand-south" }, 12, 9),
  ["lighting.duty_operator"] = hand({ "lights-by-hand" }, 12, 17),
  ["regulator.duty_officer"] = function(seat)
    sleep_until(seat, 13, 9, 0)
    seat:act("decide", "open-roaming", { option = "keep roaming closed", reason = "the other networks would not bear it" })
  end,
  default = function() end,
}
