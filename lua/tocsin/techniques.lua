-- Techniques: what attackers do in several steps, ready to be called from a plan. Each is made of
-- ATT&CK for ICS techniques and their effects; none is an exploit.
--
--   local techniques = require "tocsin.techniques"
--   red:plan(function(a)
--     techniques.walk_in(a, { by = "vpn-1", through = { "jump-1" }, to = "hmi-1" })
--     techniques.open_breakers(a, { on = drill:assets { kind = "substation" }, mark = "breakers-open" })
--   end)
--
-- Everything takes times from the seed: `every` and `takes` are means, drawn anew for each step.
local t = require "tocsin"

local techniques = {}

local function wrong(what, text)
  error("techniques." .. what .. ": " .. text, 3)
end

-- Every option must be one that is known.
local function check(what, options, known)
  if type(options) ~= "table" then
    error("techniques." .. what .. ": expected a table of options", 3)
  end
  for name in pairs(options) do
    if not string.find(" " .. known .. " ", " " .. tostring(name) .. " ", 1, true) then
      error("techniques." .. what .. ": there is no option '" .. tostring(name) .. "'; there are "
        .. string.gsub(known, " ", ", "), 3)
    end
  end
end

-- One id, one asset or a list of them, as a list.
local function list(what, given)
  if given == nil then
    wrong(what, "on = says which assets")
  end
  local is_list = type(given) == "table" and given[1] ~= nil
  local all = is_list and given or { given }
  if type(given) == "table" and not is_list and next(given) == nil then
    all = {}
  end
  return all
end

local function name_of(asset)
  return type(asset) == "string" and asset or asset.id
end

local function pause(a, name, mean)
  if mean and mean > 0 then
    a:wait(t.exponential(name, mean))
  end
end

-- The same step on one asset after the other; gives how many it succeeded with. The mark is set with
-- the first that does.
local function one_by_one(a, what, options, technique, effect)
  local done = 0
  for i, asset in ipairs(list(what, options.on)) do
    if i > 1 then
      pause(a, what .. " the next", options.every or t.minutes(1))
    end
    if a:technique(technique) { on = asset, effect = effect, takes = options.takes } then
      done = done + 1
      if done == 1 and options.mark then
        a:mark(options.mark)
      end
    end
  end
  return done
end

-- A stolen password opens `by`, remote services lead `through` one asset after the other, and the
-- attacker sits at the screen of `to`. With `mail` the password was stolen there before. False where
-- a step fails.
function techniques.walk_in(a, options)
  check("walk_in", options, "mail by through to every mark")
  local every = options.every or t.minutes(10)
  if options.mail then
    if not a:technique "T0865" { on = options.mail } then
      return false
    end
    pause(a, "until somebody opens it", every)
  end
  if options.by and not a:technique "T0859" { on = options.by } then
    return false
  end
  for _, asset in ipairs(options.through and list("walk_in", options.through) or {}) do
    pause(a, "looks around", every)
    if not a:technique "T0886" { on = asset } then
      return false
    end
  end
  if options.to then
    pause(a, "finds the screen", every)
    if not a:technique "T0823" { on = options.to } then
      return false
    end
  end
  if options.mark then
    a:mark(options.mark)
  end
  return true
end

-- One technique with one effect, on one asset after the other; each gives how many it succeeded with.
local simple = {
  open_breakers = { "T0855", "open-breaker" }, -- commands that nobody gave
  close_valves = { "T0855", "close-valve" }, -- valves close, pumps stop
  wipe = { "T0809", "wipe" }, -- disks are erased
  encrypt = { "T0826", "encrypt" }, -- data and systems are encrypted
  brick = { "T0857", "destroy-firmware" }, -- the devices must be replaced
  flood = { "T0814", "flood" }, -- requests without end: a call centre, a gateway, a web page
  blind = { "T0815", "deny-view" }, -- nothing is shown of the assets and of what is controlled through them
  seize = { "T0813", "deny-control" }, -- commands no longer reach them
}
for name, step in pairs(simple) do
  techniques[name] = function(a, options)
    check(name, options, "on every takes mark")
    return one_by_one(a, name, options, step[1], step[2])
  end
end

-- The level that a tank's screen shows stands still; with `controls` its controllers hear the same.
function techniques.conceal(a, options)
  check("conceal", options, "on every takes mark controls")
  return one_by_one(a, "conceal", options, options.controls and "T0856" or "T0832",
    options.controls and "freeze-reading" or "freeze-view")
end

-- Screens show the assets as they are now, or as `shows` says, while something else is done to them:
-- `effect`, and `technique` where that is no command.
function techniques.pretend(a, options)
  check("pretend", options, "on every takes mark shows effect technique")
  local done = 0
  for i, asset in ipairs(list("pretend", options.on)) do
    if i > 1 then
      pause(a, "pretend the next", options.every or t.minutes(1))
    end
    local shown = a:technique "T0832" { on = asset, effect = "falsify", shows = options.shows, takes = options.takes }
    if shown and (not options.effect
        or a:technique(options.technique or "T0855") { on = asset, effect = options.effect, takes = options.takes }) then
      done = done + 1
      if done == 1 and options.mark then
        a:mark(options.mark)
      end
    end
  end
  return done
end

-- Looks around from what the attacker holds and takes what it finds, by a weakness or, where it has
-- the passwords, by logging on, until `to` is its own or nothing more is gained. Gives whether it got
-- there.
function techniques.work_inward(a, options)
  check("work_inward", options, "to every success mark")
  if options.to == nil then
    wrong("work_inward", "to = says how far")
  end
  local target, tried = name_of(options.to), {}
  local gained = true
  while gained and a:access(target) == "none" do
    gained = false
    for _, found in ipairs(a:scan {}) do
      if not tried[found.id] and a:access(target) == "none" then
        pause(a, "looks around", options.every or t.minutes(10))
        tried[found.id] = true
        local weakness = found.weaknesses[1]
        if weakness and a:exploit { on = found.id, weakness = weakness, success = options.success } then
          gained = true
        elseif a:move { on = found.id } then
          gained = true
        end
      end
    end
  end
  if a:access(target) == "none" then
    return false
  end
  if options.mark then
    a:mark(options.mark)
  end
  return true
end

-- From what the attacker holds to whatever it reaches next, through the weaknesses that the topology
-- gives, until nothing more is gained or `most` are held; gives the ids, in the order they fell.
-- Each round takes `every`, each attempt succeeds with the chance `success`.
function techniques.spread(a, options)
  check("spread", options, "on every success most mark")
  local assets, held, fallen = list("spread", options.on), {}, {}
  local most, gained = options.most or #assets, true
  while gained and #fallen < most do
    gained = false
    for _, asset in ipairs(assets) do
      local id = name_of(asset)
      if not held[id] and #fallen < most then
        local done, why = a:exploit { on = id, success = options.success }
        if done then
          held[id], gained = true, true
          table.insert(fallen, id)
          if #fallen == 1 and options.mark then
            a:mark(options.mark)
          end
          pause(a, "spread on", options.every or t.minutes(15))
        elseif why == "luck" then
          gained = true -- another round may bring it
        elseif why == "immune" then
          held[id] = true
        end
      end
    end
    pause(a, "another round", options.every or t.minutes(15))
  end
  return fallen
end

return techniques
