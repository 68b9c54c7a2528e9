-- Bodies: those around the teams, as stand-ins that answer when they are asked, ask when nobody tells
-- them anything, and say in public what they know. Delay, competence and capacity are yours to set.
--
--   local bodies = require "tocsin.bodies"
--   bodies.vendor(drill, "relay-vendor", { delay = t.minutes(40), competence = 0.6 })
--   bodies.media(drill, "city-radio", { asks = "gridco.public_affairs", patience = t.minutes(45),
--     when = t.service("power", { below = 0.7 }) })
local t = require "tocsin"

local bodies = {}

local known = " name channel delay spread competence capacity about answers unable asks when patience tells text "

local function check(what, id, options)
  if type(id) ~= "string" then
    error("bodies." .. what .. ": expected an id, like \"city-radio\"", 3)
  end
  for name in pairs(options) do
    if not string.find(known, " " .. tostring(name) .. " ", 1, true) then
      error("bodies." .. what .. ": there is no option '" .. tostring(name) .. "'; there are name, channel, "
        .. "delay, spread, competence, capacity, about, answers, unable, asks, when, patience, tells and text", 3)
    end
  end
end

local function declare(drill, id, options, usual)
  local facts = {}
  for _, name in ipairs { "channel", "delay", "spread", "competence", "capacity", "about", "answers", "unable" } do
    facts[name] = options[name]
    if facts[name] == nil then
      facts[name] = usual[name]
    end
  end
  facts.name = options.name or usual.name
  drill:persona(id, facts)
end

local function seats(given)
  return type(given) == "table" and given or { given }
end

local function team_of(seat)
  return string.match(seat, "^([^.]+)%.") or seat
end

-- Looks after the answer to something that was asked: true where one of the seats has acted so since.
local function has_acted(drill, verbs, asked, patience)
  local criteria = {}
  for _, seat in ipairs(asked) do
    for _, verb in ipairs(verbs) do
      table.insert(criteria, t.acted { verb = verb, team = team_of(seat) })
    end
  end
  return drill:wait_until(t.any(criteria), patience)
end

-- A dispatch centre of police, fire brigade and ambulances: hears what happens in the street first.
function bodies.dispatch_centre(drill, id, options)
  options = options or {}
  check("dispatch_centre", id, options)
  declare(drill, id, options, { name = "Dispatch centre", channel = "phone", delay = t.minutes(3), spread = 0.4,
    competence = 0.9, capacity = 4, answers = "Understood. Units are on their way, we keep you informed.",
    unable = "All units are out. We have put you on the list." })
  if options.asks and options.when then
    drill:when(options.when, function(d)
      d:wait(t.lognormal("calls come in at " .. id, t.minutes(6), 0.5))
      d:inject { to = options.asks, from = id, channel = "phone", kind = "public.fire",
        text = options.text or "We are being called from everywhere. What has failed, and for how long?",
        expects = { "answer_authority", "notify_customer", "press_statement" } }
    end)
  end
end

-- A carrier's service desk: can say what is out on its side, for so many at a time.
function bodies.carrier(drill, id, options)
  options = options or {}
  check("carrier", id, options)
  declare(drill, id, options, { name = "Carrier's service desk", channel = "phone", delay = t.minutes(15), spread = 0.6,
    competence = 0.8, capacity = 2, answers = "We see your circuits. A technician looks at them now.",
    unable = "There is a fault on our side that we cannot narrow down yet." })
end

-- A vendor's support: the person who knows is not always there.
function bodies.vendor(drill, id, options)
  options = options or {}
  check("vendor", id, options)
  declare(drill, id, options, { name = "Vendor's support", channel = "phone", delay = t.minutes(30), spread = 0.8,
    competence = 0.7, capacity = 1, answers = "We know that fault. Take it off the network, and load the last "
      .. "image that we signed.", unable = "The engineer who knows this device is not on duty. We call back." })
end

-- A regulator: asks by itself when it hears nothing, and again after its patience is over; whoever
-- still does not answer is ordered to.
function bodies.regulator(drill, id, options)
  options = options or {}
  check("regulator", id, options)
  declare(drill, id, options, { name = "Regulator", channel = "email", delay = t.minutes(20), spread = 0.5,
    competence = 1, capacity = 3, answers = "Received. Keep to the times of your duty to report." })
  if options.asks and options.when then
    local patience = options.patience or t.hours(1)
    drill:when(options.when, function(d)
      local asked = seats(options.asks)
      local answers = { "report_initial", "report_supplement", "answer_authority" }
      if has_acted(d, answers, asked, patience) then
        return
      end
      d:inject { to = asked, from = id, channel = "email", kind = "authority.request",
        text = options.text or "We hear of an outage and have no report from you. What has happened, who is "
          .. "affected, what do you do?", expects = { "report_initial", "answer_authority" } }
      if not has_acted(d, answers, asked, patience) then
        d:inject { to = asked, from = id, channel = "phone", kind = "authority.order",
          text = "You have not answered. We order you to report now.", expects = { "report_initial",
            "answer_authority" } }
      end
    end)
  end
end

-- A newsroom: calls whoever it is told to, waits as long as its patience lasts, and prints what it has:
-- with a statement that, without one what people say. `tells` are the seats who read it.
function bodies.media(drill, id, options)
  options = options or {}
  check("media", id, options)
  declare(drill, id, options, { name = "Newsroom", channel = "phone", delay = t.minutes(10), spread = 0.5,
    competence = 1, capacity = 2, answers = "Thank you. May we quote you?" })
  if options.asks and options.when then
    drill:when(options.when, function(d)
      local asked = seats(options.asks)
      d:wait(t.lognormal("the story reaches " .. id, t.minutes(8), 0.5))
      d:inject { to = asked, from = id, channel = "phone", kind = "media.call",
        text = options.text or "Our readers write that nothing works any more. What is going on?",
        expects = { "press_statement" } }
      local has_spoken = has_acted(d, { "press_statement" }, asked, options.patience or t.minutes(45))
      d:inject { to = options.tells or asked, from = id, channel = "news", kind = has_spoken and "media.news"
        or "media.rumour", text = has_spoken and "The operator explains what happened and what people should do."
        or "The operator says nothing. Neighbours speak of an attack, and nobody contradicts them.",
        expects = has_spoken and {} or { "press_statement" } }
    end)
  end
end

-- The public: calls when a service is away, and the more the longer nobody says anything.
function bodies.public(drill, id, options)
  options = options or {}
  check("public", id, options)
  declare(drill, id, options, { name = "Callers", channel = "phone", delay = t.minutes(2), spread = 0.5,
    competence = 0.3, capacity = 20, answers = "It is dark in our whole street.",
    unable = "I only know what is on the radio." })
  if options.asks and options.when then
    local patience = options.patience or t.minutes(30)
    drill:when(options.when, function(d)
      local asked = seats(options.asks)
      d:wait(t.lognormal("people pick up the telephone at " .. id, t.minutes(4), 0.6))
      d:inject { to = asked, from = id, channel = "phone", kind = "signal.calls",
        text = options.text or "Customers call: it is out, and nobody knows for how long.",
        expects = { "notify_customer", "press_statement" } }
      if not has_acted(d, { "notify_customer", "press_statement" }, asked, patience) then
        d:inject { to = asked, from = id, channel = "social", kind = "public.panic",
          text = "People buy water, candles and fuel. The queues reach into the road.",
          expects = { "notify_customer", "press_statement" } }
      end
    end)
  end
end

return bodies
