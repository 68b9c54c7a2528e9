-- Procedure: a seat that looks into the emergency plan of its operator, once that is in force, and does
-- what has come to its turn and nobody has done. A condition in words is left to people.
local t = require "tocsin"

local procedure = {}

-- Actions that need nothing but a text.
local plain = { declare_incident = true, log_decision = true, press_statement = true, note = true }
-- Actions on what the step names.
local on_target = { notify_peer = true, observe = true, inspect_site = true, query_log = true, isolate = true,
  collect_evidence = true, block_conduit = true, isolate_zone = true, close_remote_access = true,
  disable_account = true, rotate_secrets = true, stop_trains = true, failover = true }
-- Of these, those that are said in words.
local spoken = { notify_peer = true }

local function is_due(step)
  return step.state == "open" and step.ready and not step.optional and step.condition == ""
end

local function take_step(seat, step)
  if step.verb == "" or plain[step.verb] then
    local verb = step.verb == "" and "note" or step.verb
    if seat:may(verb) then
      seat:act(verb, nil, { text = step.text, step = step.id })
    end
  elseif on_target[step.verb] and step.target ~= "" and seat:may(step.verb) then
    seat:act(step.verb, step.target, { text = spoken[step.verb] and step.text or nil, step = step.id })
  end
end

-- Looks again every few minutes, for ever: to be started beside what the seat does of itself.
function procedure.follow(seat, style)
  while #seat:plan() > 0 do
    seat:wait(style.delay("look into the plan", t.minutes(5), 0.3))
    local tried = {}
    for _, step in ipairs(seat:plan().since and seat:plan() or {}) do
      if is_due(step) and not tried[step.id] then
        tried[step.id] = true
        seat:wait(style.delay("take a step of the plan", t.minutes(1), 0.3))
        take_step(seat, step)
      end
    end
  end
end

return procedure
