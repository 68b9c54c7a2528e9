-- Team: how the seats of an operator share the work in an emergency. Tasks belong to roles; where a
-- role is not played, the next one in the list takes its tasks over.
local t = require "tocsin"
local orders = require "tocsin.orders"
local procedure = require "tocsin.procedure"
local restoration = require "tocsin.restoration"
local signs = require "tocsin.signs"

local team = {}

local preference = {
  watch = { "dispatcher", "duty_operator", "it_noc", "ot_engineer", "soc", "soc_analyst" },
  plant = { "dispatcher", "duty_operator", "ot_engineer", "it_noc", "incident_lead", "ir_lead" },
  it = { "it_noc", "ot_engineer", "dispatcher", "duty_operator", "incident_lead", "ir_lead" },
  ot = { "ot_engineer", "dispatcher", "duty_operator", "it_noc", "incident_lead", "ir_lead" },
  contain = { "soc", "soc_analyst", "it_noc", "ot_engineer", "incident_lead", "ir_lead", "dispatcher" },
  lead = { "incident_lead", "ir_lead", "crisis_lead", "dispatcher", "duty_operator", "it_noc",
    "ot_engineer", "soc", "soc_analyst" },
  report = { "compliance", "legal_compliance", "incident_lead", "ir_lead", "crisis_lead",
    "dispatcher", "duty_operator", "it_noc" },
  speak = { "public_affairs", "crisis_lead", "incident_lead", "ir_lead", "dispatcher",
    "duty_operator", "it_noc" },
}

-- Which assets' restoration is whose.
local domain = { it = "it", telecom = "it", ot = "ot" }

-- Where strangers come in: cut first.
local entrances = { "vpn-server", "jump-host", "modem" }

-- Name of the seat that has the task, nil where nobody of the team does such things.
local function holder(roster, task)
  for _, role in ipairs(preference[task]) do
    if roster[role] then
      return roster[role]
    end
  end
  return nil
end

local function leads_of_others(seat)
  local found, teams = {}, {}
  for _, role in ipairs(preference.lead) do
    for _, other in ipairs(seat:seats { role = role }) do
      if other.team ~= seat.team and not teams[other.team] then
        teams[other.team] = true
        table.insert(found, other.id)
      end
    end
  end
  return found
end

-- The seat of that team that leads; nil where nobody of it does.
local function lead_of(seat, team_id)
  local roster = {}
  for _, other in ipairs(seat:seats { team = team_id }) do
    roster[other.role] = other.id
  end
  return holder(roster, "lead")
end

local function is_of_team(seat, from)
  return string.sub(from, 1, #seat.team + 1) == seat.team .. "."
end

-- -- Tasks --------------------------------------------------------------------------------------

local function watch(me)
  local seat = me.seat
  while true do
    local alarm = seat:next "alarm"
    if me.style.notices "acknowledge" then
      seat:wait(me.style.delay("acknowledge", t.seconds(20), 0.5))
      seat:act("acknowledge_alarm", alarm.asset)
    end
  end
end

-- Hands are safer than a remote control that somebody else may hold.
local function go_manual(me)
  local seat = me.seat
  if me.style.leaves and me.style.leaves.manual then
    return
  end
  while not signs.is_deliberate(me.picture, seat:now()) do
    seat:next({ kind = { "message", "alarm", "control", "alert" } }, t.minutes(10))
  end
  if not me.has_told then
    me.tell_team("It looks deliberate.", "intrusion")
  end
  if seat:may "manual_mode" then
    seat:wait(me.style.delay("manual", t.minutes(4), 0.4))
    seat:act("manual_mode", nil, { text = "Remote control is not ours alone." })
  end
end

-- Some rules count from the moment at which it is settled what it is.
local function determine(me)
  me.seat:wait(me.style.delay("determine", t.minutes(12), 0.4))
  local people = me.people()
  local grade = people >= 1000000 and "major" or people >= 100000 and "relatively-major" or "general"
  me.seat:act("grade", nil, { grade = grade, reason = me.account() })
end

-- What it is, whom it concerns, and for how long: an hour for each asset, shared among the parties.
local function assess(me)
  local seat, parties = me.seat, 0
  seat:wait(me.style.delay("assess", t.minutes(10), 0.4))
  for _, crew in ipairs(seat:crews()) do
    parties = parties + crew.size
  end
  local people, count = me.people()
  local deliberate = signs.is_deliberate(me.picture, seat:now())
  seat:act("classify", nil, { category = deliberate and "network-attack" or "facility-failure",
    reason = me.account() })
  seat:act("estimate_impact", nil, { people = people,
    minutes = 60 * math.max(1, math.ceil(count / math.max(1, parties))), reason = me.account() })
end

local function lead(me)
  local seat, style, picture = me.seat, me.style, me.picture
  while not me.suspected do
    seat:next({ kind = { "message", "alarm", "control", "alert" } }, t.minutes(10))
    if signs.is_incident(picture, seat:now()) then
      seat:wait(style.delay("understand", t.minutes(6), 0.4))
      me.suspected = true
    end
  end
  seat:wait(style.delay("decide", t.minutes(4), 0.4))
  local deliberate = signs.is_deliberate(picture, seat:now())
  local words = deliberate and "Incident declared: it looks deliberate."
    or "Incident declared: several losses at once."
  me.has_told = deliberate
  seat:act("declare_incident", nil, { text = words })
  me.tell_team(words, deliberate and "intrusion" or "incident")
  seat:act("log_decision", nil, { text = "Declare an incident and put the emergency plan in force",
    reason = "losses beyond what single faults explain", options = "wait; declare", owner = seat.id })
  seat:wait(style.delay("activate", t.minutes(2), 0.3))
  seat:act "activate_plan"
  for _, duty in ipairs(seat:duties()) do
    if duty.clock == "determined" then
      seat:start(function() determine(me) end)
      break
    end
  end
  seat:start(function() go_manual(me) end)
  seat:start(function() assess(me) end)
  for _, other in ipairs(leads_of_others(seat)) do
    seat:wait(style.delay("tell others", t.minutes(3), 0.3))
    seat:say(other, words .. " Look out for the same.", "warning")
  end
end

local function was_found(asset, what)
  for _, cause in ipairs(asset.found or {}) do
    if cause == what then
      return true
    end
  end
  return false
end

-- What answers the public and has stopped is likely to be drowned: so many calls or requests are taken, and
-- the rest turned away, until they will have tired.
local function is_flooded(asset)
  return was_found(asset, "flooded") or asset.kind == "call-centre" and not asset.found
end

-- Of what is down and not yet in one of these lists: what is drowned, and what was erased.
local function look_over(me, limited, kept)
  local seat, drowned, erased = me.seat, {}, {}
  local may_limit, may_keep = seat:may "rate_limit", seat:may "collect_evidence"
  for id in pairs((may_limit or may_keep) and me.work.down or {}) do -- which changes while one waits
    if may_limit and not limited[id] or may_keep and not kept[id] then
      local asset = seat:asset(id)
      if may_limit and not limited[id] and asset.operator and is_flooded(asset) then
        table.insert(drowned, id)
      end
      if may_keep and not kept[id] and was_found(asset, "wiped") then
        table.insert(erased, id)
      end
    end
  end
  return drowned, erased
end

local function limit_floods(me, targets, done)
  local seat = me.seat
  for _, id in ipairs(targets) do
    done[id] = true
  end
  for _, id in ipairs(targets) do
    seat:wait(me.style.delay("limit a flood", t.minutes(8), 0.4))
    seat:act("rate_limit", id, { share = 0.6, text = "More comes than it can take." })
    seat:start(function()
      seat:wait(t.hours(2))
      seat:act("lift_limit", id)
    end)
  end
end

-- What a crew has found erased will be set up anew, and then nothing is left of whoever did it.
local function keep_evidence(me, targets, done)
  local seat = me.seat
  for _, id in ipairs(targets) do
    done[id] = true
  end
  for _, id in ipairs(targets) do
    if me.style.notices "the evidence" then
      seat:wait(me.style.delay("keep evidence", t.minutes(5), 0.4))
      seat:act("collect_evidence", id, { text = "Before it is set up anew." })
    end
  end
end

local function contain(me)
  local seat, done, limited, kept = me.seat, {}, {}, {}
  local ways_in = seat:assets { kind = entrances }
  while true do
    local drowned, erased = look_over(me, limited, kept)
    if #drowned > 0 then
      limit_floods(me, drowned, limited)
      drowned, erased = look_over(me, limited, kept) -- time has gone by
    end
    keep_evidence(me, erased, kept)
    local deliberate = signs.is_deliberate(me.picture, seat:now())
    local targets = {}
    if deliberate then
      for _, id in ipairs(me.picture.suspects) do
        table.insert(targets, id)
      end
      for _, asset in ipairs(ways_in) do
        if not done[asset.id] and not seat:asset(asset.id).down then
          table.insert(targets, asset.id)
        end
      end
    end
    for _, id in ipairs(targets) do
      if not done[id] then
        done[id] = me.style.notices "isolate"
      end
      if done[id] == true then
        done[id] = "isolated"
        seat:wait(me.style.delay("isolate", t.minutes(3), 0.4))
        seat:act("isolate", id, { text = "A stranger may be in there." })
      end
    end
    seat:next({ kind = { "message", "alarm", "control", "alert" } }, t.minutes(10))
  end
end

-- An alert may be false: the logs of the asset tell, and cost a quarter of an hour.
local function look_into(me)
  local seat = me.seat
  while true do
    local seen = seat:next "alert"
    if seen.source ~= "hunt" and seat:asset(seen.asset) and me.style.notices "the alert" then
      seat:wait(me.style.delay("look into it", t.minutes(4), 0.4))
      seat:await(seat:act("query_log", seen.asset), t.hours(1))
      local intruder = seat:asset(seen.asset).intruder
      if intruder and intruder ~= "none" then
        signs.suspect(me.picture, seen.asset)
        me.tell(holder(me.roster, "lead"), "Suspected incident: a stranger is on " .. seen.asset
          .. ". It looks deliberate.", "intrusion")
      end
    end
  end
end

local function report(me)
  local seat = me.seat
  seat:on({ kind = "duty", stage = "started" }, function(_, duty)
    local left = (duty.due or duty.at + t.hours(24)) - seat:now()
    local latest = math.max(0, left - t.minutes(14))
    if not me.style.notices "the duty" then
      seat:wait(math.max(0, left) + me.style.draw("be reminded", t.minutes(30), 0.5))
    end
    seat:wait(math.min(me.style.draw("prepare the report", t.minutes(14), 0.4), latest))
    seat:act("report_initial", duty.duty, { text = me.account(), items = duty.content })
    seat:wait(me.style.delay("supplement", t.minutes(75), 0.3))
    if me.style.notices "the supplement" then
      seat:act("report_supplement", duty.duty, { text = me.account() })
    end
  end)
end

-- Two people: what somebody of the team asks is looked at, and allowed.
local function approve(me)
  local seat = me.seat
  seat:on({ kind = "approval", stage = "asked" }, function(_, asked)
    if asked.from ~= seat.id then
      seat:wait(me.style.delay("approve", t.minutes(3), 0.4))
      seat:act("approve", asked.request, { text = "Agreed." })
    end
  end)
end

-- Tired people are relieved.
local function relieve(me)
  local seat = me.seat
  seat:on({ kind = "shift", stage = { "tired", "spent" } }, function(_, seen)
    if seat:may "shift_change" then
      seat:wait(me.style.delay("relieve", t.minutes(8), 0.4))
      seat:act("shift_change", seen.crew)
    end
  end)
end

-- A crew of ours that nobody needs now and that has the skill.
local function spare_crew(me, skill)
  if #me.work.queue > 0 then
    return nil
  end
  for _, crew in ipairs(me.seat:crews()) do
    if not crew.owner and crew.free == crew.size and string.find(" " .. crew.skills .. " ", " " .. skill .. " ", 1, true) then
      return crew.id
    end
  end
  return nil
end

-- Neighbours who ask get a crew that stands idle here; what is offered is taken.
local function help(me)
  local seat = me.seat
  seat:on({ kind = "aid" }, function(_, seen)
    if seen.stage == "requested" and not is_of_team(seat, seen.from) then
      seat:wait(me.style.delay("answer a request for aid", t.minutes(6), 0.4))
      local crew = spare_crew(me, string.match(seen.text, "with (%S+)"))
      if crew then
        seat:act("offer_aid", seen.from, { crew = crew, text = "They are on their way." })
      else
        seat:act("reject", seen.request, { text = "We need ours ourselves." })
      end
    elseif seen.stage == "offered" and not is_of_team(seat, seen.from) then
      seat:wait(me.style.delay("accept aid", t.minutes(3), 0.4))
      seat:act("approve", seen.request, { text = "Thank you." })
    elseif seen.stage == "lent" then
      restoration.retry(me.work, seat)
    end
  end)
end

local function speak(me)
  local seat, last = me.seat, nil
  while true do
    local seen = seat:next "message"
    local is_public = seen.channel == "news" or seen.channel == "social"
      or seen.about == "public"
    local is_ours = seen.from == holder(me.roster, "lead")
      and (seen.about == "incident" or seen.about == "intrusion")
    if (is_public or is_ours) and me.style.notices "the public" and (not last or seat:now() - last > t.minutes(45)) then
      seat:wait(me.style.delay("draft", t.minutes(12), 0.4))
      last = seat:now()
      seat:act("press_statement", nil, { text = me.account()
        .. " Our crews are at work. Hospitals and the emergency services come first." })
    end
  end
end

-- The seat in the control room sees first, and says so to whoever leads.
local function recognise(me)
  local seat = me.seat
  while not signs.is_incident(me.picture, seat:now()) do
    seat:next({ kind = { "message", "alarm", "control", "alert" } }, t.minutes(10))
  end
  seat:wait(me.style.delay("recognise", t.minutes(5), 0.4))
  local deliberate = signs.is_deliberate(me.picture, seat:now())
  me.suspected = true
  me.tell(holder(me.roster, "lead"), "Suspected incident: "
    .. signs.losses(me.picture, seat:now()) .. " losses within twenty minutes."
    .. (deliberate and " It looks deliberate." or ""), deliberate and "intrusion" or "suspicion")
  while not signs.is_deliberate(me.picture, seat:now()) do
    seat:next({ kind = { "message", "alarm", "control", "alert" } }, t.minutes(10))
  end
  me.tell(holder(me.roster, "contain"), "It looks deliberate."
    .. (#me.picture.suspects > 0 and " Look at " .. table.concat(me.picture.suspects, ", ") .. "." or ""), "intrusion")
end

-- -- Playing ------------------------------------------------------------------------------------

-- How a competent team works: at its own pace, overlooking nothing, with hands for everything.
team.usual = { pace = 1.0, delay = t.seconds(0), competence = 1.0, hands = 0, plan = 0 }

-- How a team works: `pace` stretches every delay, and `delay` comes before it; `competence` is the chance that something is seen
-- or remembered; with `hands` a seat does only so many things at a time, and the rest waits; with `plan=1` it looks into the emergency plan.
-- style.delay is for waits, style.draw gives a time, style.notices says whether this time it is seen.
function team.style(options, seat)
  local how = options or team.usual
  local pace, late, free = how.pace, how.delay or 0, {}
  local style = { follows_plan = (how.plan or 0) > 0 }
  for hand = 1, how.hands do
    free[hand] = 0
  end
  local function when_free(takes)
    local first = 1
    for hand = 2, #free do
      if free[hand] < free[first] then
        first = hand
      end
    end
    free[first] = math.max(free[first], seat:now()) + takes
    return free[first] - seat:now()
  end
  function style.delay(purpose, median, sigma)
    if #free > 0 then
      return when_free(late + style.draw(purpose, median, sigma))
    elseif late > 0 then
      return late + style.draw(purpose, median, sigma)
    end
    return t.lognormal(purpose, math.floor(median * pace), sigma)
  end
  function style.notices(purpose)
    return how.competence >= 1 or t.happens(purpose, math.max(0, how.competence))
  end
  function style.draw(purpose, median, sigma)
    local low = math.floor(median * pace / (1 + sigma))
    return t.between(purpose, low, math.floor(median * pace * (1 + sigma)))
  end
  return style
end

local function take_in(me, seen)
  local is_news = seen.kind == "alarm" or seen.kind == "message"
  local noticed = not is_news or me.style.notices(seen.kind)
  if noticed then
    signs.note(me.picture, me.seat, seen)
  end
  restoration.note(me.work, me.seat, seen, noticed)
  if seen.kind == "message" and is_of_team(me.seat, seen.from) then
    me.suspected = me.suspected or seen.about == "suspicion" or seen.about == "intrusion"
    if seen.about == "intrusion" then
      me.picture.deliberate = true
    end
  elseif seen.kind == "ticket" and seen.verb == "manual_mode" and seen.stage == "done" then
    me.work.by_hand = true
  end
end

local function make(seat, style)
  local me = { seat = seat, style = style, roster = {}, picture = signs.new() }
  for _, other in ipairs(seat:seats { team = seat.team }) do
    me.roster[other.role] = other.id
  end
  me.work = restoration.new(style, me.picture, function(asset)
    return holder(me.roster, domain[asset.family] or "plant") == seat.id
  end)
  function me.work.lead_of(team_id)
    return lead_of(seat, team_id)
  end
  function me.tell(to, text, about)
    if to and to ~= seat.id then
      seat:say(to, text, about)
    elseif to then
      take_in(me, { kind = "message", from = seat.id, text = text, about = about, at = seat:now() })
    end
  end
  function me.tell_team(text, about)
    for _, other in ipairs(seat:seats { team = seat.team }) do
      me.tell(other.id, text, about)
    end
  end
  function me.people()
    local people, count = 0, 0
    for _, entry in pairs(me.work.down) do
      people, count = people + entry.people, count + 1
    end
    return people, count
  end
  function me.account()
    if #seat:assets() == 0 then
      return "As we were told."
    end
    local people, count = me.people()
    return count .. " assets are out, about " .. people .. " people are affected."
  end
  return me
end

-- Plays the seat for ever, as its role in its team asks. A policy that does some of it in a way of its
-- own says so: style.leaves = { contain = true, manual = true }. What it has switched off on purpose is
-- not brought back while it stands in style.keeps_off: { ["feeder-3"] = true }.
function team.play(seat, style)
  local me = make(seat, style)
  local tasks = { watch = { watch, recognise }, lead = { lead }, contain = { contain, look_into },
    report = { report }, speak = { speak } }
  for _, name in ipairs { "watch", "lead", "contain", "report", "speak" } do
    local is_left = style.leaves and style.leaves[name]
    if holder(me.roster, name) == seat.id and not is_left then
      for _, body in ipairs(tasks[name]) do
        seat:start(function() body(me) end)
      end
    end
  end
  for _, name in ipairs { "plant", "ot", "it" } do
    if holder(me.roster, name) == seat.id and not me.restores then
      me.restores = true
      seat:start(function() restoration.run(me.work, seat) end)
    end
  end
  if not holder(me.roster, "watch") and seat:seats({ team = seat.team })[1].id == seat.id then
    seat:start(function() watch(me) end) -- nobody here is there for it, but an alarm is seen
  end
  approve(me)
  if holder(me.roster, "plant") == seat.id then
    help(me)
    relieve(me)
  end
  orders.obey(seat, style)
  if style.follows_plan then
    seat:start(function() procedure.follow(seat, style) end)
  end
  if not holder(me.roster, "report") and seat:seats({ team = seat.team })[1].id == seat.id
    and #seat:duties() > 0 then
    seat:start(function() report(me) end) -- an authority owes answers as well
  end
  while true do
    take_in(me, seat:next())
  end
end

return team
