-- Still Water: a tank runs over while its screen shows it filling; the pumps hear nothing, and the
-- booster is next. After what has been published of attacks that conceal the level of tanks (notes.md);
-- the town, its people and its network are fictional.
local t = require "tocsin"

local function words(english, chinese)
  return { en = english, zh = chinese }
end

local drill = t.drill {
  title = words("Still Water", "静水"),
  kind = { form = "practical", span = "cross-sector", content = "thematic" },
  topology = "topology.xml", starts = "2026-06-17 06:00 UTC", length = t.hours(14),
}
drill:team "hillwater" { "dispatcher", "ot_engineer", "incident_lead", "compliance", "public_affairs" }
drill:team "hillcare" { "duty_operator" }
drill:team "authority" { "duty_officer" }
drill:team "cert" { "duty_officer" }
drill:team "control" { "director", "evaluator" }

-- What is evaluated ----------------------------------------------------------------------------------

drill:objective "O1" {
  words("The overflow is stopped by hand although the screens show nothing", "尽管画面无异常，仍以人工方式止住溢流"),
  after = "overflowing", within = t.minutes(60), team = "hillwater",
  met = function(w) return w:asset("pump-1").operation ~= "on" end,
  maps = { gbt39204 = "monitoring-and-warning", csf = "DE.AE", hseep = "operational-coordination" } }
drill:objective "O2" {
  words("The readings are recognised as false, and as an attack", "认识到读数被篡改，属于攻击"), after = "overflowing",
  within = t.hours(2), team = "hillwater", met = t.declared "incident",
  maps = { gbt39204 = "incident-handling", csf = "RS.AN", hseep = "situational-assessment" } }
drill:objective "O3" {
  words("The high town keeps its water", "高区持续有水"), within = t.hours(3), team = "hillwater",
  after = "booster-stopped", met = function(w) return w:asset("booster").operation == "on" end,
  maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "infrastructure-systems" } }
drill:objective "O4" {
  words("The people are told what runs down their street, and what to do", "告知居民街上流的是什么水、该怎么做"),
  after = "overflowing", within = t.hours(3), team = "hillwater",
  met = t.acted { verb = "press_statement", team = "hillwater" },
  maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "public-information-and-warning" } }
drill:objective "O5" {
  words("The CERT hears of it from Hillford", "国家应急中心从希尔福德水务处得知此事"), after = "overflowing",
  within = t.hours(4), team = "hillwater",
  met = t.any { t.acted { verb = "share_ioc", target = "cert.duty_officer", team = "hillwater" },
    t.acted { verb = "notify_peer", target = "cert.duty_officer", team = "hillwater" } },
  maps = { gbt39204 = "information-sharing", csf = "RS.CO", hseep = "intelligence-and-information-sharing" } }
drill:objective "O6" {
  words("It is settled who gets the water that is driven in", "明确送水车优先供应对象"), after = "booster-stopped",
  within = t.minutes(45), team = "hillwater", met = t.acted { verb = "decide", target = "tankers" },
  maps = { gbt39204 = "incident-handling", csf = "RS.MA", hseep = "operational-coordination" } }
drill:objective "O7" {
  words("Somebody reads the level of the hill tank at its gauge", "派人到池壁水位尺现场核对山顶水池水位"),
  after = "radio-jammed", within = t.hours(4), team = "hillwater",
  met = t.acted { verb = "verify_reading", target = "hill-tank", team = "hillwater" },
  maps = { gbt39204 = "monitoring-and-warning", csf = "DE.CM", hseep = "situational-assessment" } }
drill:objective "O8" {
  words("The authority's questions are answered, and by name", "主管部门的询问得到具名答复"), after = "overflowing",
  within = t.hours(5), team = "hillwater", met = t.acted { verb = "answer_authority", team = "hillwater" },
  maps = { gbt39204 = "incident-handling", csf = "RS.CO", hseep = "operational-communications" } }
drill:objective "O9" {
  words("The way in is looked for, and shut", "查找并封堵入侵途径"), after = "radio-jammed", within = t.hours(6),
  team = "hillwater", met = t.all { t.acted { verb = "query_log", target = "scada", team = "hillwater" },
    t.acted { verb = "disable_account", target = "scada", team = "hillwater" } },
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "cybersecurity" } }
drill:objective "O10" {
  words("The evening shift takes over what was seen, not what was shown", "向晚班交接现场核实的情况，而不是画面显示的情况"),
  after = "booster-stopped", within = t.hours(7), team = "hillwater",
  met = t.acted { verb = "handover", team = "hillwater" },
  maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "operational-coordination" } }
drill:objective "O11" {
  words("The hospital asks how much notice it would have, before it needs to", "医院事先问清：停水前能提前多久得到通知"),
  within = t.hours(4), team = "hillcare", met = t.any {
    t.acted { verb = "ask", target = "hillwater.dispatcher", team = "hillcare" },
    t.acted { verb = "ask", target = "hillwater.incident_lead", team = "hillcare" } },
  maps = { gbt39204 = "analysis-and-identification", csf = "ID.RA",
    hseep = "public-health-healthcare-and-emergency-medical-services" } }

drill:duty "first-report" { operator = "hillwater", to = "authority.duty_officer", within = t.hours(1),
  clock = "aware", trigger = t.marked "overflowing",
  text = words("First report of the incident to the authority", "向水务主管部门首次报告事件"),
  source = "drill rule after the one-hour limit for operators of critical infrastructure in the National "
    .. "Cybersecurity Incident Reporting Measures, in force 2025-11-01, article 4" }

-- What the players are told --------------------------------------------------------------------------

-- `more` is what the inject has besides: attach, unless, kind.
local function tell(id, at, to, channel, from, text, expects, more)
  local inject = { id = id, at = at, to = to, channel = channel, from = from, text = text, expects = expects or {} }
  for key, value in pairs(more or {}) do
    inject[key] = value
  end
  drill:inject(inject)
end

tell("I-00", t.minutes(1), "control.director", "briefing", words("planning team", "策划组"),
  words("STARTEX. Bring I-30 if nobody has gone to look half an hour after the tank began to run over.",
    "演练开始。水池溢流半小时后仍无人到现场查看时，下发I-30。"), {}, { kind = "facilitation.startex" })
tell("I-01", t.minutes(3), "hillwater.dispatcher", "in-person", words("night shift", "夜班人员"),
  words("Quiet night. The hill tank has been low since the match ended, pump 1 is filling it.",
    "一夜平静。球赛结束后山顶水池一直偏低，1号泵正在补水。"))
tell("I-02", t.minutes(20), "hillwater.ot_engineer", "email", words("radio supplier", "电台供应商"),
  words("Firmware for your field radios is two years old. Shall we offer an update?",
    "贵方现场电台的固件已有两年未更新。是否需要我们报价升级？"), { "note" },
  { attach = { "papers/radio-offer.md" }, kind = "intel.vulnerability" })
tell("I-03", t.minutes(40), { "hillwater.ot_engineer", "cert.duty_officer" }, "email", words("national CERT", "国家应急中心"),
  words("TLP:GREEN. Utilities abroad report controllers that keep reporting the same value. Compare a reading "
    .. "with the plant before you trust it.", "TLP:GREEN。境外水务企业报告，控制器持续上报同一数值。采信读数前请与现场核对。"),
  { "observe", "ask" }, { kind = "intel.warning" })
tell("I-04", t.minutes(55), { "hillwater.dispatcher", "hillwater.incident_lead" }, "phone", words("works yard", "抢修基地"),
  words("Both crews are in. South has the van with the pump controllers; north is on foot until ten.",
    "两支队伍都已到岗。南队有装着泵控制器备件的车，北队十点前没有车。"), { "note" }, { kind = "resource.staff" })
tell("I-05", t.minutes(75), "hillcare.duty_operator", "in-person", words("head of dialysis", "透析科主任"),
  words("Twelve patients today, the last leaves at eight in the evening. How long do we last without mains?",
    "今天十二名患者，最后一名晚八点结束。停水后我们能撑多久？"), { "ask", "note" }, { kind = "public.hospital" })
tell("I-06", t.minutes(90), "hillwater.compliance", "email", words("laboratory", "水质化验室"),
  words("Morning samples are in order. The next round is at four; tell us if pressure falls anywhere before.",
    "早间水样合格。下一轮采样在十六点；其间任何地方失压请告知。"), { "note" }, { kind = "intel.warning" })
tell("I-07", t.minutes(105), "hillwater.ot_engineer", "email", words("radio log", "电台日志"),
  words("Repeats on the channel of the hill tank: 2 a minute yesterday, 140 a minute since soon after seven.",
    "山顶水池信道重发次数：昨日每分钟2次，今天七点过后每分钟140次。"), { "observe", "query_log" }, { kind = "signal.sensor" })
tell("I-08", t.minutes(130), "hillwater.dispatcher", "phone", words("pump attendant", "泵站值守员"),
  words("Pump 1 has run without a stop since I came. Other days it rests by now.",
    "我到岗后1号泵一直没停。平时这时候早停了。"), { "observe", "verify_reading", "ask" },
  { kind = "signal.complaint", unless = function(w) return w:asset("pump-1").operation ~= "on" end })
tell("I-16", t.hours(4) + t.minutes(30), { "hillwater.ot_engineer", "cert.duty_officer" }, "email",
  words("national CERT", "国家应急中心"),
  words("TLP:AMBER. A water utility up north found remote sessions from 192.0.2.44 to its control server. "
    .. "Look for it, and tell us what you see.",
    "TLP:AMBER。北方一家水务企业发现来自192.0.2.44的远程会话连到其控制服务器。请排查并反馈。"),
  { "query_log", "share_ioc", "disable_account" }, { kind = "intel.indicator" })
tell("I-17", t.hours(5), "hillwater.compliance", "phone", words("inspector of the authority", "主管部门检查员"),
  words("I shall want a timeline by two: what you knew, when, and from whom.",
    "下午两点前我要一份时间线：你们何时、从何处知道了什么。"), { "answer_authority", "log_decision" },
  { kind = "authority.request" })
tell("I-18", t.hours(5) + t.minutes(30), "hillwater.public_affairs", "social", words("many accounts", "众多账号"),
  words("They have poisoned our water, do not even wash with it.", "有人往水里投毒，连洗手都别用。"),
  { "press_statement" }, { kind = "media.rumour" })
tell("I-19", t.hours(9), { "hillwater.dispatcher", "hillwater.ot_engineer" }, "in-person", words("evening shift", "晚班人员"),
  words("We take over at four. Which of the levels on the screen have you seen with your own eyes?",
    "我们十六点接班。画面上的水位，哪些是你们亲眼核对过的？"), { "handover", "log_decision" }, { kind = "resource.staff" })
tell("I-23", t.hours(10), "hillwater.incident_lead", "phone", words("neighbouring water company", "邻近水务公司"),
  words("We have the same radios. What did you see first, and what would you switch off today?",
    "我们用的是同型号电台。你们最先看到什么？今天建议关掉什么？"), { "notify_peer", "share_ioc" }, { kind = "intel.peer" })

-- What happens by itself -------------------------------------------------------------------------------

local function when_overflowing(d)
  d:mark "overflowing"
  local function later(id, after, to, channel, from, text, expects, attach)
    d:inject { id = id, at = d.now + after, to = to, channel = channel, from = from, text = text, expects = expects,
      attach = attach }
  end
  later("I-10", t.minutes(6), "hillwater.dispatcher", "phone", words("a neighbour of the hill tank", "山顶水池附近居民"),
    words("There is water running down Tank Lane. It comes out at the top of your tank. The tank overflows.",
      "水池巷在淌水，从你们水池顶上流出来的。水池溢流了。"),
    { "switch_off", "assign_crew", "manual_mode" })
  later("I-11", t.minutes(11), "hillwater.dispatcher", "phone", words("fire brigade", "消防队"),
    words("Cellars in Tank Lane are filling up. Can you shut something? We see the hill tank running over.",
      "水池巷地下室进水。能不能关掉什么？我们看到山顶水池在溢流。"),
    { "switch_off", "declare_incident" })
  later("I-12", t.minutes(16), "hillwater.incident_lead", "phone", words("mayor's office", "市长办公室"),
    words("The mayor asks whether this is a burst main or somebody's doing.", "市长问，这是爆管还是人为。"),
    { "declare_incident", "activate_plan" })
  later("I-13", t.minutes(25), "hillwater.public_affairs", "social", words("residents", "居民"),
    words("Pictures of a waterfall in Tank Lane are going round. People ask whether they may drink the water.",
      "水池巷“瀑布”的照片在流传，居民问水还能不能喝。"),
    { "press_statement" })
  later("I-14", t.minutes(40), "authority.duty_officer", "phone", words("regional television", "地区电视台"),
    words("Is the water in Hillford safe? Who is in charge?", "希尔福德的水安全吗？谁在负责？"), { "answer_authority", "ask" })
  later("I-15", t.minutes(55), "hillwater.ot_engineer", "phone", words("crew on the hill", "山顶抢修人员"),
    words("When we came up, the gauge said six metres fifty. Your screen says less? Then your screen lies.",
      "我们上来时水位尺是六米五。你们画面显示更低？那就是画面在说谎。"),
    { "isolate", "share_ioc", "declare_incident" }, { "papers/gauge-readings.md" })
end
drill:when(function(w) return w:asset("hill-tank").tank_state == "overflowing" end, when_overflowing)

local hills_dry = t.service("water", { operator = "hillwater", below = 0.99 })
drill:inject { id = "I-20", when = hills_dry, to = "hillwater.dispatcher", channel = "phone",
  from = words("callers in High Hills", "高区来电居民"),
  text = words("No water comes out of the taps up here in High Hills. The booster is silent.",
    "高区水龙头没水了，加压泵没有声音。"),
  expects = { "assign_crew", "reenergise" } }
drill:inject { id = "I-21", when = hills_dry, to = "hillwater.public_affairs", channel = "news",
  from = words("local radio", "本地广播"), text = words("High Hills is without water.", "高区停水。"),
  expects = { "press_statement", "notify_customer" } }
drill:inject { id = "I-22", when = t.service("water", { operator = "hillcare", below = 0.5 }),
  to = { "hillcare.duty_operator", "hillwater.incident_lead" }, channel = "phone",
  from = words("ward sister", "病区护士长"),
  text = words("The hospital's taps run dry. Dialysis stops in an hour.", "医院水龙头没水了，透析一小时后停止。"),
  expects = { "notify_peer", "prioritise" } }

-- Three tankers of a neighbour are on the road once the booster's loss is known. Where they go first is
-- told to whoever waits for them.
local tankers = { hospital = words("to the hospital first", "先送医院"), hills = words("to High Hills first", "先送高区居民"),
  none = words("send them back", "让送水车返回") }
drill:decision "tankers" {
  question = words("A neighbour sends three tankers of drinking water. Where do they go first?",
    "邻近公司支援三辆送水车，先送到哪里？"),
  to = "hillwater.incident_lead", options = { tankers.hospital, tankers.hills, tankers.none },
  within = t.minutes(40), default = tankers.hills.en, when = t.marked "booster-stopped",
  from = words("neighbouring water company", "邻近水务公司"),
  chosen = function(d, option)
    if option == tankers.none.en then
      return
    end
    local first = option == tankers.hospital.en
    d:wait(t.lognormal("the tankers' way", t.minutes(50), 0.2))
    d:inject { id = "I-24", to = { "hillcare.duty_operator", "hillwater.incident_lead" }, channel = "phone",
      from = words("driver of the first tanker", "头车司机"), kind = "resource.vendor",
      text = first and words("I stand at the hospital's gate. Where is your coupling?", "我在医院大门口，接口在哪里？")
        or words("I stand in the square of High Hills, and two hundred people with buckets do.",
          "我在高区广场，还有两百个提桶的人。"),
      expects = { "notify_peer", "note" } }
  end,
}

-- For those who run it and watch it ---------------------------------------------------------------------

drill:inject { id = "I-30", contingency = true, to = "hillwater.dispatcher", channel = "phone",
  from = words("a hiker", "登山者"), text = words("Your tank is running over, has nobody noticed?", "你们的水池在溢流，没人发现吗？"),
  expects = { "observe", "switch_off" } }
drill:inject { id = "I-31", contingency = true, to = "hillwater.ot_engineer", channel = "email",
  from = words("radio supplier", "电台供应商"),
  text = words("Our monitor sees noise on the channel between your tank and your pumps.",
    "我方监测到贵方水池与水泵之间的信道存在干扰。"),
  expects = { "isolate", "note" } }
drill:inject { id = "I-32", hidden = true, at = t.hours(2), kind = "evaluation.prompt",
  text = words("The screen has shown the same level for a while. Who has noticed?", "画面已有一阵显示同一水位。谁注意到了？") }
drill:inject { id = "I-33", hidden = true, at = t.hours(4) + t.minutes(15), kind = "evaluation.prompt",
  text = words("The booster is stopped about now. Who sees it, and by what?", "加压泵大约此时被停。谁发现？凭什么？") }
drill:inject { id = "I-34", at = t.hours(7), to = { "hillwater.dispatcher", "hillwater.ot_engineer" },
  channel = "briefing", from = words("evaluators", "评估组"), kind = "evaluation.confidence",
  text = words("Which level of the hill tank do you believe in, and how sure are you?", "你们认为山顶水池水位是多少？有多大把握？"),
  expects = { "note", "set_belief" } }
drill:inject { id = "I-35", at = t.hours(13) + t.minutes(40), to = "control.evaluator", channel = "briefing",
  from = words("planning team", "策划组"), kind = "evaluation.hot-wash",
  text = words("For the hot wash: which voice told the truth first, and how long was it not believed?",
    "供现场讲评：最先说出实情的是谁？多久没人相信？"),
  expects = {} }

-- The adversary ----------------------------------------------------------------------------------------

local red = drill:adversary { name = "HERON", at = "pc-planning", skill = "expert" }
red:plan(function(a)
  a:wait(t.minutes(50))
  a:technique "T0859" { on = "scada", takes = t.lognormal("into the control room", t.minutes(12), 0.3) }
  a:mark "inside"
  -- the screen keeps what it shows now: a tank that fills
  a:technique "T0832" { on = "hill-tank", effect = "freeze-view", takes = t.minutes(2) }
  -- and the pumps no longer hear that it is full
  a:technique "T0814" { on = "radio-2-1", effect = "flood", takes = t.lognormal("jam", t.minutes(4), 0.3) }
  a:mark "radio-jammed"
  a:wait(t.hours(3))
  a:technique "T0832" { on = "high-tank", effect = "freeze-view", takes = t.minutes(2) }
  a:technique "T0855" { on = "booster", effect = "switch-off", takes = t.minutes(1) }
  a:technique "T0857" { on = "plc-3", effect = "destroy-firmware", takes = t.minutes(3) }
  a:mark "booster-stopped"
end)

return drill
