-- Failures: what breaks, and what the weather does, as injects with words of their own.
--
--   local failures = require "tocsin.failures"
--   failures.fibre(drill, { on = "ring-2", at = t.minutes(20), to = "telco.noc", lasts = t.hours(3) })
--   failures.storm(drill, { on = { kind = "feeder" }, at = t.hours(1), lasts = t.hours(4), waves = 5,
--     share = 0.1, to = "gridco.dispatcher" })
--
-- Options are those of drill:inject; `kind`, `channel`, `from` and `text` are there already and may be
-- said otherwise. Without `to` nobody is told: what it does must be noticed.
local t = require "tocsin"

local failures = {}

-- Kind of inject, who says it, what is said.
local usual = {
  breaker = { "failure.breaker", "switching crew", "A breaker has tripped and nobody gave the command." },
  line = { "failure.line", "line crew", "A conductor is down. We have closed the road below it." },
  transformer = { "failure.transformer", "site guard",
    "There is smoke over the transformer. The fire brigade is on its way." },
  pump = { "failure.pump", "plant operator", "The pump has stopped with a bang; the motor smells burnt." },
  valve = { "failure.valve", "plant operator", "The valve has closed and does not answer." },
  pipe = { "failure.pipe", "road works", "Water is coming up through the asphalt. It looks like the main." },
  road = { "failure.road", "road works", "Water and trees lie across the road. Nobody gets through." },
  fibre = { "failure.fibre", "road works", "Our digger has cut a cable. There is glass in it." },
  supply = { "failure.supply", "site guard", "The site is without power; the standby set has not started." },
  signalling = { "failure.signalling", "signaller", "All signals of the section have gone to red." },
  cooling = { "failure.cooling", "building services", "Cooling has failed; it is 38 degrees in the hall and rising." },
  storage = { "failure.storage", "storage engineer", "The array has lost its second disk and stopped." },
  software = { "failure.software", "service desk", "A certificate has expired; nothing that uses it starts." },
  hardware = { "failure.hardware", "technician", "The device is dead. Its power supply is live." },
  flood = { "environment.flood", "river watch", "Water stands in the building. We have switched it off." },
  fire = { "environment.fire", "fire brigade", "The building is on fire. Nobody may go near it." },
  earthquake = { "environment.earthquake", "seismic service", "The ground has shaken. Look after your people first." },
  heat = { "environment.heat", "weather service", "It is hotter than the equipment was built for." },
  cold = { "environment.cold", "weather service", "Ice lies on everything; more is coming." },
}

local function told_as(options, facts)
  local inject = {}
  for name, value in pairs(options) do
    inject[name] = value
  end
  inject.kind = inject.kind or facts[1]
  if inject.to then
    inject.channel = inject.channel or "phone"
    inject.from = inject.from or facts[2]
    inject.text = inject.text or facts[3]
    inject.expects = inject.expects or { "assign_crew" }
  else
    inject.hidden = true
  end
  return inject
end

for name, facts in pairs(usual) do
  failures[name] = function(drill, options)
    if type(options) ~= "table" or options.on == nil then
      error("failures." .. name .. ": expected options with on = what fails", 2)
    end
    return drill:inject(told_as(options, facts))
  end
end

-- Something fails and nothing says so: no seat is told, and no alarm comes but of what hangs on it.
function failures.silent(drill, options)
  if type(options) ~= "table" or options.on == nil then
    error("failures.silent: expected options with on = what fails", 2)
  end
  return drill:inject(told_as(options, { "signal.silent-failure", "", "" }))
end

-- A storm comes in waves over the time that it lasts; each hits a `share` of what stands `on`, with
-- the `effect` given (damage; "block-road" for roads). The first is announced to `to`. Gives the injects.
function failures.storm(drill, options)
  if type(options) ~= "table" or options.on == nil or options.at == nil or options.lasts == nil then
    error("failures.storm: expected options with on, at, lasts, and share, waves, to if you like", 2)
  end
  local waves, all = options.waves or 3, {}
  for wave = 1, waves do
    local at = options.at + (waves > 1 and options.lasts * (wave - 1) // (waves - 1) or 0)
    local inject = { kind = "environment.storm", on = options.on, share = options.share or 0.1, at = at,
      effect = options.effect }
    if options.to and wave == 1 then
      inject.to, inject.from, inject.channel = options.to, options.from or "weather service", "phone"
      inject.text = options.text or "The storm is here. Gusts will bring trees into lines for hours."
      inject.expects = options.expects or { "assign_crew" }
    else
      inject.hidden = true
    end
    table.insert(all, drill:inject(inject))
  end
  return all
end

return failures
