-- Play: what competent teams of River City have in common. A policy says what it would choose, and which
-- door it closes against the supplier; everything else is done alike, so that two policies differ in
-- their choices alone.
local t = require "tocsin"
local p = require "tocsin.policy"
local team = require "tocsin.team"

local play = {}

local systems = { gridco = "grid-scada", waterco = "water-scada", telco = "telco-oss", metro = "metro-ats", health = "hosp-servers" }
local doors = { gridco = "grid-inner", waterco = "water-inner", telco = "telco-inner", metro = "metro-inner", health = "hosp-inner" }
-- Who closes doors at each operator, and how long it takes to find the right one.
local closers = {
  ["gridco.ot_engineer"] = t.minutes(8), ["waterco.ot_engineer"] = t.minutes(10), ["telco.soc"] = t.minutes(9),
  ["metro.ot_engineer"] = t.minutes(13), ["health.it_noc"] = t.minutes(38),
}
local warned = { "gridco.ot_engineer", "waterco.ot_engineer", "telco.soc", "metro.ot_engineer", "health.it_noc", "cloudco.soc" }

local function has(text, words)
  return string.find(string.lower(text or ""), words, 1, true) ~= nil
end

-- What seats do when they are told something, and take it in; once.
local function when_told(seat, style, words, body)
  local done = false
  seat:on({ kind = "message" }, function(_, seen)
    if not done and has(seen.text, words) and style.notices "what is said" then
      done = true
      body(seen)
    end
  end)
end

local function decide(seat, style, choices)
  seat:on({ kind = "decision" }, function(_, seen)
    local choice = choices[seen.decision]
    if choice and style.notices "the decision" then
      seat:wait(style.delay("decide", t.minutes(4), 0.35))
      seat:act("decide", seen.decision, { option = choice.option, reason = choice.reason })
      seat:act("log_decision", nil, { text = choice.option, reason = choice.reason, options = "as put to us", owner = seat.id })
    end
  end)
end

-- -- The grid ------------------------------------------------------------------------------------------

-- One set of relays in the depot, and one team that can set them: the next is ordered before it is needed.
local function relays(seat, style, first)
  local second = first == "relay-centre" and "relay-east" or "relay-centre"
  when_told(seat, style, "one team that can set them", function()
    seat:wait(style.delay("send the protection engineers", t.minutes(4), 0.3))
    local ticket = seat:act("assign_crew", first, { job = "replace", crew = "grid-protection", rank = 1 })
    seat:act("request_spare", second)
    seat:await(ticket, t.hours(6))
    seat:await(seat:act("assign_crew", second, { job = "replace", crew = "grid-protection", rank = 2 }), t.hours(6))
    for _, relay in ipairs { "relay-harbour", "relay-quay" } do
      if seat:asset(relay).down then
        seat:act("request_spare", relay)
        seat:act("assign_crew", relay, { job = "replace", crew = "grid-protection", rank = 3 })
      end
    end
  end)
end

-- The turbine runs while somebody watches it, from afar or on the spot.
local function watch_turbine(seat, style)
  local function send()
    seat:wait(style.delay("send somebody to the turbine", t.minutes(3), 0.3))
    seat:act("reenergise", "gt-2-local")
  end
  when_told(seat, style, "remote watch", send)
end

-- What was switched off on purpose; it comes back when the turbine gives again.
local shed = { "f-foundry", "f-harbour", "f-southfields", "f-southgate", "f-lock" }
local function give_back(seat, style)
  local is_out = false
  seat:on({ kind = "alarm" }, function(_, seen)
    if seen.asset ~= "gt-2" then
      return
    elseif seen.state ~= "on" and seen.state ~= "degraded" then
      is_out = is_out or seen.state == "off" or seen.state == "failed"
    elseif is_out then
      is_out = false
      seat:wait(style.delay("look at the flows", t.minutes(5), 0.3))
      for _, feeder in ipairs(shed) do
        style.keeps_off[feeder] = nil
        if seat:asset(feeder).down then
          seat:await(seat:act("reenergise", feeder), t.minutes(5))
        end
      end
    end
  end)
end

-- -- Everybody -------------------------------------------------------------------------------------------

-- A locked system: the supplier is asked where its line still stands, a crew reimages where it does not.
local function unlock(seat, style, choices)
  local system = systems[seat.team]
  when_told(seat, style, "ransom note", function()
    seat:wait(style.delay("see what is locked", t.minutes(5), 0.3))
    if choices.supplier.option ~= "cut the supplier" then
      seat:act("ask", "ostrin", { text = "Our " .. system .. " is locked. Can you put a clean image on it?" })
    end
    if seat:may "assign_crew" then
      seat:act("assign_crew", system, { job = "reimage" })
    end
  end)
end

local function close_door(seat, style)
  local takes = closers[seat.id]
  when_told(seat, style, "close the door", function()
    seat:wait(style.delay("find the door", takes, 0.25))
    seat:act("block_conduit", doors[seat.team], { text = "Nobody comes from maintenance into control." })
  end)
end

local own = {}

own["gridco.ot_engineer"] = function(seat, style, choices)
  relays(seat, style, choices.relay)
end
own["gridco.dispatcher"] = function(seat, style)
  watch_turbine(seat, style)
  give_back(seat, style)
end
own["gridco.incident_lead"] = function(seat, style)
  when_told(seat, style, "cut off by our order", function()
    seat:say("gridco.dispatcher", "The supplier goes, and with it the remote watch of turbine 2. Send somebody there.")
  end)
end
own["waterco.duty_operator"] = function(seat, style)
  when_told(seat, style, "mobile generator", function()
    seat:wait(style.delay("send the generator", t.minutes(5), 0.3))
    seat:act("reenergise", "mobile-set")
  end)
  when_told(seat, style, "dosing has stopped", function()
    seat:wait(style.delay("send somebody to dosing", t.minutes(4), 0.3))
    seat:act("assign_crew", "dosing", { job = "replace" })
  end)
end
own["health.duty_operator"] = function(seat, style)
  when_told(seat, style, "paper, or turn them away", function()
    seat:wait(style.delay("go over to paper", t.minutes(5), 0.3))
    seat:act("reenergise", "paper-mode")
  end)
end
own["metro.dispatcher"] = function(seat, style)
  when_told(seat, style, "stand in tunnels", function()
    seat:wait(style.delay("until the tunnels are empty", t.minutes(100), 0.1))
    seat:act("reenergise", "trains-by-hand")
  end)
end
own["cert.soc_analyst"] = function(seat, style)
  when_told(seat, style, "this is an attack", function()
    seat:wait(style.delay("write it down", t.minutes(7), 0.3))
    for _, other in ipairs(warned) do
      seat:act("share_ioc", other, { tlp = "AMBER", ioc = "firmware 8.4 of last night; 198.51.100.7",
        text = "TLP:AMBER. Relays of the grid fell to a signed update of Ostrin Controls. Look at your maintenance gateway." })
    end
  end)
end
own["authority.crisis_lead"] = function(seat, style)
  seat:on({ kind = "duty", stage = "started" }, function(_, duty)
    seat:wait(style.delay("write to the national office", t.minutes(13), 0.3))
    seat:act("report_initial", duty.duty, { text = "Two substations, some 180,000 people, by an update of a supplier. Measures under way." })
  end)
end
own["authority.public_affairs"] = function(seat, style, choices)
  when_told(seat, style, "when does somebody speak", function()
    local later = choices.public.option == "say it now" and t.minutes(6) or t.minutes(32)
    seat:wait(style.delay("speak", later, 0.2))
    seat:act("press_statement", nil, { text = "Power is out in Centre and East. It looks deliberate; water is safe; 112 is for emergencies." })
  end)
  when_told(seat, style, "forged", function()
    seat:wait(style.delay("contradict", t.minutes(5), 0.3))
    seat:act("press_statement", nil, { text = "The notice about the water is a forgery. The water is safe." })
  end)
end

-- A policy that chooses so. `choices` has an option and a reason for each decision, and which relays go first.
function play.policy(choices)
  local how = p.options(team.usual)
  return p.policy {
    director = function() end,
    evaluator = function() end,
    default = function(seat)
      local style = team.style(how, seat)
      -- doors are closed by order here, and a grid that is switched by hand cannot follow its peak
      style.leaves = { contain = true, manual = true }
      style.keeps_off = { ["relay-centre"] = true, ["relay-east"] = true, ["relay-harbour"] = true, ["relay-quay"] = true,
        trains = choices.railway.option == "telephone block" or nil }
      for _, feeder in ipairs(shed) do
        style.keeps_off[feeder] = true
      end
      decide(seat, style, choices)
      if own[seat.id] then
        own[seat.id](seat, style, choices)
      end
      if closers[seat.id] then
        close_door(seat, style)
        unlock(seat, style, choices)
      end
      if seat.team == "authority" or seat.team == "cert" then
        while true do
          seat:next()
        end
      end
      team.play(seat, style)
    end,
  }
end

return play
