-- Silent Numbers: after a change at a voice gateway everything works but the emergency number, and no
-- screen says so. A tabletop in four moves: a quiet change, a morning of complaints, an afternoon of
-- getting it back, and the reckoning. After the public facts of 18 September 2025 (notes.md); carriers,
-- places and people are fictional.
local t = require "tocsin"

local function words(english, chinese)
  return { en = english, zh = chinese }
end

local drill = t.drill {
  title = words("Silent Numbers", "无声的号码"),
  kind = { form = "tabletop", span = "cross-sector", content = "thematic" },
  topology = "topology.xml",
  starts = "2025-09-18 00:00 Australia/Brisbane",
  length = t.hours(42),
}

drill:team "larkline" { "it_noc", "ot_engineer", "care_desk", "incident_lead", "compliance", "public_affairs" }
drill:team "vendor" { "change_engineer" }
drill:team "answerline" { "duty_operator" }
drill:team "ambulance" { "duty_officer" }
drill:team "police" { "duty_officer" }
drill:team "regulator" { "duty_officer" }
drill:team "control" { "director", "evaluator" }
drill:plan "plan-larkline.xml"

-- Clock of the first day, and of the day after it with hours from 24.
local function clock(hour, minute)
  return t.minutes(hour * 60 + (minute or 0))
end

local regions = { "south", "west", "north", "border" }

local function is_back(w)
  return w:service("emergency-calls", "larkline").level > 0.9
end

-- How many emergency calls have found nobody so far.
local function failed_calls(d)
  return math.floor(d:service("emergency-calls", "larkline").loss + 0.5)
end

-- What is evaluated ---------------------------------------------------------------------------------

drill:objective "O1" {
  words("The silence is recognised as a failure of emergency calls", "认识到寂静意味着紧急呼叫中断"),
  within = t.minutes(90), after = "calls-fail", team = "larkline", met = t.declared "incident",
  maps = { gbt39204 = "monitoring-and-warning", csf = "DE.AE", hseep = "situational-assessment" },
}
drill:objective "O2" {
  words("Emergency calls are answered again, by whatever way", "以任何可行方式恢复紧急呼叫"),
  within = t.hours(3), after = "calls-fail", team = "larkline",
  met = t.service("emergency-calls", { operator = "larkline", at_least = 0.99 }),
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "operational-communications" },
}
drill:objective "O3" {
  words("Those who answer and those who drive hear it from the carrier", "接警和出动部门从运营商处得知情况"),
  within = t.minutes(60), after = "known", team = "larkline",
  met = t.any { t.acted { verb = "notify_peer", target = "answerline.duty_operator", team = "larkline" },
    t.acted { verb = "notify_peer", target = "ambulance.duty_officer", team = "larkline" } },
  maps = { gbt39204 = "information-sharing", csf = "RS.CO", hseep = "operational-communications" },
}
drill:objective "O4" {
  words("The police have the list of callers and look after them", "警方取得呼叫者名单并逐一核实安全"),
  within = t.hours(2), after = "known", team = "larkline", met = t.reported "welfare-request",
  maps = { gbt39204 = "incident-handling", csf = "RS.CO", hseep = "mass-search-and-rescue" },
}
drill:objective "O5" {
  words("The public hears it from the carrier, with another way to get help", "公众从运营商处得知情况及其他求助方式"),
  within = t.hours(3), after = "known", team = "larkline",
  met = t.acted { verb = "press_statement", team = "larkline" },
  maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "public-information-and-warning" },
}
drill:objective "O6" {
  words("A number that was reported too small is put right", "及时更正少报的数字"),
  within = t.hours(4), after = "number-grows", team = "larkline",
  met = t.any { t.acted { verb = "correct_report", team = "larkline" },
    t.acted { verb = "report_supplement", team = "larkline" } },
  maps = { gbt39204 = "incident-handling", csf = "RS.CO", hseep = "intelligence-and-information-sharing" },
}

drill:duty "outage-notice" {
  operator = "larkline", to = "regulator.duty_officer", within = t.hours(1), clock = "aware",
  trigger = t.marked "calls-fail",
  text = words("Notice of an outage that affects emergency calls", "影响紧急呼叫的中断通报"),
  source = "drill rule after the duty of carriers to tell the regulator, the emergency call person and the "
    .. "public of a significant outage at once: Telecommunications (Customer Communications for Outages) "
    .. "Industry Standard 2024 (Australia)",
}
drill:duty "welfare-request" {
  operator = "larkline", to = "police.duty_officer", within = t.hours(2), clock = "aware",
  trigger = t.marked "calls-fail",
  text = words("Whose calls failed, so that somebody looks after them", "呼叫失败者名单，以便派人核实安全"),
  source = "drill rule after the welfare checks that carriers owe callers whose emergency calls failed: "
    .. "Telecommunications (Emergency Call Service) Determination 2019 (Australia)",
}

-- Moves ---------------------------------------------------------------------------------------------

drill:phase "night" { words("Move 1: a quiet change", "第一阶段：安静的变更"), at = 0,
  situation = words("Thursday, midnight. One change is planned: the firewall of voice gateway A at Redgum. "
    .. "It has been done fifteen times elsewhere. Talk about what you would want to know before it begins, "
    .. "and what would tell you that it went wrong.",
    "星期四零点。计划只有一项变更：雷德古姆话音网关A的防火墙升级，别处已做过十五次。请讨论：开始前你想知道什么？什么现象会告诉你出错了？") }
drill:phase "morning" { words("Move 2: a morning like any other", "第二阶段：寻常的早晨"), at = clock(8, 30),
  situation = words("Half past eight. The day shift has come; customer care is fully staffed. Talk about what "
    .. "you know, how you know it, and who hears things that you do not hear.",
    "八点半。白班已到岗，客服满员。请讨论：你知道什么？怎么知道的？谁听得到你听不到的事？") }
drill:phase "afternoon" { words("Move 3: what is known at one o'clock", "第三阶段：下午一点的已知情况"), at = clock(13),
  situation = words("One o'clock in the afternoon. Talk about who must hear what from you in the next hour, "
    .. "and what you say while you do not have a number.",
    "下午一点。请讨论：一小时内谁必须从你这里听到什么？在没有确切数字之前你说什么？") }
drill:phase "reckoning" { words("Move 4: the reckoning", "第四阶段：清点"), at = clock(20),
  situation = words("Evening, and the day after. Logs are being counted, doors are being knocked at. Talk about "
    .. "which of your numbers you believe, and who learns them first.",
    "傍晚到次日。正在清点日志，正在逐户敲门。请讨论：哪个数字可信？谁最先知道？") }

-- The failure ---------------------------------------------------------------------------------------

drill:inject { id = "N-01", at = clock(0, 17), hidden = true, kind = "evaluation.prompt",
  text = words("The gateway is locked softly: calls in progress stay, new ordinary calls go over gateway B. "
    .. "The step that hands emergency calls over is not in the procedure.",
    "网关软锁定：通话中的保持，新的普通呼叫走网关B。步骤文件里没有转移紧急呼叫这一步。") }
drill:inject { id = "N-02", at = clock(0, 18), hidden = true, kind = "signal.silent-failure", on = "sos-a",
  effect = "switch-off", text = words("From now on emergency calls of four regions find no way. Nothing says so.",
    "从现在起四个地区的紧急呼叫无路可走，没有任何提示。") }
drill:at(clock(0, 17), function(d) d:mark "soft-lock" end)
drill:set("calls", "answered")
drill:set("change", "under way")
drill:when(function(w) return not is_back(w) end, function(d)
  d:mark "calls-fail"
  d:set("calls", "lost")
  d:wait_until(is_back)
  d:set("calls", "answered")
  d:mark "calls-back"
end)
drill:inject { id = "N-03", at = clock(2, 10), hidden = true, kind = "failure.software", on = "gateway-a",
  unless = function(w) return w:get "change" == "stopped" end,
  text = words("The gateway is locked hard: it is off for the upgrade, as planned.",
    "网关硬锁定：按计划停机升级。") }

-- Ways back. What a decision orders takes the engineers some time; seats may also do it themselves.
local ways = { divert = words("divert over gateway B", "转移到网关B"), back = words("roll the change back", "回退变更"),
  radio = words("switch our radio off so that phones take another network", "关闭我方无线信号，让手机改用其他网络") }

local function roll_back(d)
  d:set("change", "stopped")
  d:wait(t.lognormal("roll back", t.minutes(26), 0.15))
  d:clear("gateway-a", "switch-off")
  d:wait(t.minutes(8))
  d:clear("sos-a", "switch-off")
  d:mark "rolled-back"
end
local function divert(d)
  d:wait(t.lognormal("divert", t.minutes(14), 0.2))
  d:clear("sos-b", "switch-off")
  d:set("change", "diverted")
  d:mark "diverted"
end
local function go_dark(d)
  d:wait(t.lognormal("switch radio off", t.minutes(9), 0.2))
  for _, region in ipairs(regions) do
    d:fail("radio-" .. region, "switch-off")
  end
  d:mark "radio-off"
  roll_back(d)
  for _, region in ipairs(regions) do
    d:clear("radio-" .. region, "switch-off")
  end
end
-- A phone that finds no network of its own takes any other for an emergency call.
for _, region in ipairs(regions) do
  drill:when(function(w) return not w:asset("radio-" .. region).is_up end, function(d)
    d:wait(t.minutes(2))
    d:clear("camp-" .. region, "open-breaker")
  end)
end

drill:decision "tickets" {
  question = words("Two automatic tickets about gateway A during its own change. What do you do with them?",
    "变更期间网关A自动生成两张工单，如何处理？"),
  to = { "larkline.it_noc", "larkline.ot_engineer" },
  options = { words("close them with the change", "随变更一并关闭"),
    words("make test calls from the region", "在当地拨打测试电话"), words("roll the change back", "回退变更") },
  within = t.minutes(40), default = "close them with the change", at = clock(0, 50), from = "ticket system",
  chosen = function(d, option)
    if option == "make test calls from the region" then
      d:wait(t.lognormal("test calls", t.minutes(12), 0.3))
      d:inject { id = "T-01", to = { "larkline.it_noc", "larkline.ot_engineer", "larkline.incident_lead" },
        channel = "phone",
        from = "field engineer with two phones", kind = "signal.sensor",
        text = words("I have rung three numbers from Southreach. Two connect at once. The emergency number "
          .. "stays silent for half a minute and drops. Same on the second phone.",
          "我在南境拨了三个号码，两个立即接通，紧急号码静默半分钟后断线，换一部手机也一样。"),
        expects = { "declare_incident", "notify_peer" } }
    elseif option == "roll the change back" then
      roll_back(d)
    end
  end,
}

drill:decision "way" {
  question = words("Emergency calls of four regions are lost. Which way do they come back?",
    "四个地区的紧急呼叫中断，以哪种方式恢复？"),
  to = { "larkline.incident_lead", "larkline.it_noc" }, options = { ways.divert, ways.back, ways.radio },
  within = t.hours(2), default = ways.back.en, when = t.declared "incident", from = "operations bridge",
  chosen = function(d, option)
    local run = option == ways.divert.en and divert or option == ways.radio.en and go_dark or roll_back
    run(d)
  end,
}

-- A complaint that only says "the number is silent" looks like a broken handset to who may only close it.
drill:at(clock(9, 12), function(d)
  if d:get "calls" == "lost" then
    d:mark "a-caller-insists"
  end
end)
drill:decision "care" {
  question = words("She insists: only the emergency number fails, everything else works. What now?",
    "客户坚持：只有紧急号码不通，其他都正常。怎么办？"),
  to = "larkline.care_desk",
  options = { words("check the handset with her", "帮她检查手机"), words("open an ordinary fault", "开一张普通故障单"),
    words("ring network operations at once", "立即打电话给网络运维") },
  within = t.minutes(25), default = "check the handset with her", when = t.marked "a-caller-insists",
  from = "first caller",
  chosen = function(d, option)
    if option == "ring network operations at once" then
      d:wait(t.lognormal("reach somebody", t.minutes(9), 0.4))
      d:inject { id = "T-02", to = { "larkline.it_noc", "larkline.incident_lead" }, channel = "phone",
        from = "customer care", kind = "signal.complaint",
        text = words("A customer cannot reach the emergency number; her ordinary calls work. It is not her phone.",
          "有客户打不通紧急号码，普通电话正常，不是手机的问题。"),
        expects = { "declare_incident", "observe", "ask" } }
    end
  end,
}

-- Who has diverted by night is asked by day to go back to what was wrong.
drill:at(clock(9, 30), function(d)
  if d:get "change" == "diverted" then
    d:mark "gateway-unlocked"
  end
end)
drill:decision "take-back" {
  question = words("Gateway A is unlocked and green. Do emergency calls go back to it now?",
    "网关A已解锁，全部显示正常。现在把紧急呼叫切回去吗？"),
  to = { "larkline.incident_lead", "larkline.it_noc" },
  options = { words("take them back now", "现在切回"), words("make a test call over A first", "先经网关A拨测试电话"),
    words("leave them on B until the night", "留在网关B到夜里再说") },
  within = t.minutes(45), default = "leave them on B until the night", when = t.marked "gateway-unlocked",
  from = "vendor, change desk",
  chosen = function(d, option)
    if option == "take them back now" then
      d:fail("sos-b", "switch-off")
      d:wait(t.lognormal("somebody rings", t.minutes(25), 0.3))
      d:inject { id = "T-03", to = { "larkline.it_noc", "larkline.incident_lead" }, channel = "phone",
        from = "answering service", kind = "intel.peer",
        text = words("Nothing from your western phones again, for half an hour. Did you change something?",
          "你们西部的手机又没有来话了，已经半小时。你们改了什么吗？"),
        expects = { "assign_crew", "reenergise", "notify_peer" } }
      divert(d)
    elseif option == "make a test call over A first" then
      d:wait(t.lognormal("test over A", t.minutes(15), 0.3))
      d:inject { id = "T-04", to = { "larkline.it_noc", "larkline.incident_lead" }, channel = "phone",
        from = "field engineer with two phones", kind = "signal.sensor",
        text = words("Over A the emergency number is still silent: its route did not come back with the gateway. "
          .. "Do not move anybody.", "经网关A紧急号码仍然无声：网关恢复了，紧急路由没有。先不要切换。"),
        expects = { "log_decision", "assign_crew", "note" } }
    end
  end,
}

-- What the teams are told ---------------------------------------------------------------------------

local function tell(id, at, to, channel, from, kind, expects, english, chinese, unless, paper)
  drill:inject { id = id, at = at, to = to, channel = channel, from = from, kind = kind, unless = unless,
    text = words(english, chinese), expects = expects, attach = paper }
end

tell("I-00", t.minutes(1), "control.director", "briefing", "planning team", "facilitation.startex", {},
  "STARTEX. The clock runs in moves: jump to the next one when the talk is over. Tell nobody that anything fails.",
  "演练开始。时钟按阶段走，讨论结束即跳到下一阶段。不得告诉任何人有故障。")
tell("I-01", clock(0, 4), { "larkline.it_noc", "larkline.ot_engineer" }, "email", "vendor, change desk",
  "resource.vendor", { "ask", "note", "observe" },
  "Change 4471, firewall of gateway A: start 00:15, soft lock, then hard lock, then upgrade. Rated: no impact. "
    .. "We use the procedure of last spring.",
  "变更4471，网关A防火墙：00:15开始，先软锁定，再硬锁定，然后升级。评级：无影响。我们沿用去年春天的步骤文件。", nil, { "papers/change-4471.md" })
tell("I-02", clock(0, 6), "vendor.change_engineer", "in-person", "colleague", "signal.complaint",
  { "ask", "notify_peer", "note" },
  "Did the carrier's core people look at this one? They were not in Monday's meeting. My copy begins with a "
    .. "step for emergency traffic. Yours does not.",
  "运营商核心网的人看过这份吗？周一的会他们没来。我那份第一步是转移紧急业务，你这份没有。", nil, { "papers/colleagues-copy.md" })
tell("I-03", clock(0, 47), { "larkline.it_noc", "larkline.ot_engineer" }, "portal", "ticket system",
  "signal.alarm", { "observe", "assign_crew", "ask" },
  "Two tickets, priority 4: 'call class 5, gateway A: set-up success 0 of 6' and 'counter mail 11: failures above "
    .. "mean'. Related change: 4471, under way.",
  "两张四级工单：“五类呼叫，网关A：接续成功0/6”；“计数邮件11：失败数高于均值”。关联变更：4471，进行中。")
tell("I-04", clock(3, 35), { "larkline.it_noc", "vendor.change_engineer" }, "email", "vendor, change desk",
  "facilitation.hint", { "ask", "observe", "notify_peer" },
  "4471 done. Registrations normal, ordinary calls normal, no alarms. Gateway A stays locked until the "
    .. "day shift has looked at it.",
  "4471完成。注册正常，普通呼叫正常，无告警。网关A保持锁定，待白班检查。",
  function(w) return w:get "change" == "stopped" end)
tell("I-05", clock(7, 10), "answerline.duty_operator", "portal", "statistics", "signal.sensor",
  { "ask", "notify_peer" },
  "Calls by carrier since midnight: Larkline, western regions: a quarter of a usual night. All others as usual.",
  "零点以来各运营商来话：云雀西部各地区仅为平常夜间的四分之一，其余正常。", is_back)
tell("I-06", clock(9, 2), "larkline.care_desk", "phone", "customer in Southreach", "signal.calls",
  { "notify_peer", "ask" },
  "My mother fell at six. I rang the emergency number five times and it stayed silent. The neighbour's phone "
    .. "worked. You should know that.",
  "六点我母亲摔倒了，我拨了五次紧急号码都没有声音，邻居的手机却能打通。你们应该知道这件事。", is_back)
tell("I-07", clock(9, 48), "larkline.care_desk", "phone", "customer in Westreach", "signal.calls",
  { "notify_peer" },
  "Emergency number dead, twice. I am talking to you on the same phone, so do not ask me to restart it.",
  "紧急号码两次都不通。我就是用这部手机跟你说话的，别再叫我重启。", is_back)
tell("I-08", clock(10, 36), { "larkline.care_desk", "larkline.compliance" }, "portal", "ombudsman's office",
  "signal.complaint", { "notify_peer", "ask" },
  "We refer a complaint to you: your customer says that emergency calls fail. Answer within ten working days.",
  "转交一件投诉：贵方客户称紧急呼叫不通。请在十个工作日内答复。", is_back)
tell("I-09", clock(11, 42), "larkline.care_desk", "phone", "nurse in Northreach", "signal.calls",
  { "notify_peer" },
  "Our clinic sends patients to the landline for emergencies. Is that how you want it?",
  "我们诊所现在让病人用固定电话打紧急号码。你们就打算这样吗？", is_back)
tell("I-10", clock(12, 31), "larkline.care_desk", "phone", "customer in Border Country", "signal.calls",
  { "notify_peer" },
  "This is the third time that I ring you today. The emergency number. Is. Silent.",
  "今天我第三次打给你们了。紧急号码。打。不。通。", is_back)
tell("I-11", clock(11, 5), { "police.duty_officer", "ambulance.duty_officer" }, "radio", "station desk in Westreach",
  "signal.complaint", { "ask", "notify_peer" },
  "Two people walked in to report accidents: their phones would not let them ring us. Both with Larkline.",
  "有两个人走进来报案：手机打不通紧急号码。都是云雀的用户。", is_back)
tell("I-12", clock(13, 17), { "larkline.it_noc", "larkline.incident_lead" }, "phone", "ambulance service",
  "intel.peer", { "declare_incident", "assign_crew", "ask" },
  "We have families who could not reach us from your phones, in three towns, since last night. What is wrong "
    .. "with your network?",
  "从昨晚起，三个镇都有家属用你们的手机打不通我们。你们的网络怎么了？", is_back)
tell("I-13", clock(13, 50), { "larkline.incident_lead", "larkline.public_affairs" }, "phone", "police headquarters",
  "intel.peer", { "notify_peer", "report_initial", "press_statement" },
  "Emergency calls from your customers do not reach us. How many, since when, and who are they?",
  "你们用户的紧急呼叫到不了我们这里。有多少？从什么时候开始？都是谁？", is_back)

-- Once somebody has said that there is an incident, questions come faster than answers.
drill:when(t.declared "incident", function(d)
  d:mark "known"
  local begun = d.now
  local function later(id, after, to, channel, from, kind, expects, english, chinese)
    d:inject { id = id, at = begun + after, to = to, channel = channel, from = from, kind = kind,
      text = words(english, chinese), expects = expects }
  end
  later("I-14", t.minutes(12), { "larkline.incident_lead", "larkline.compliance" }, "phone", "duty director",
    "authority.request", { "report_initial", "notify_peer", "press_statement" },
    "Do we tell the authorities now, or when we have a number? And who has the police's direct line?",
    "现在就报主管部门，还是等有了数字再报？谁有警方的直线电话？")
  later("I-15", t.minutes(40), { "larkline.incident_lead", "larkline.compliance" }, "email", "log desk",
    "intel.wrong", { "ask", "note" },
    "First look at the logs: ten calls. That is one probe of one switch.",
    "初查日志：十个呼叫。这只是一台交换机上一个探针的数。")
  later("I-16", t.minutes(55), "larkline.compliance", "email", "department of communications, automatic reply",
    "signal.complaint", { "report_initial", "notify_peer", "answer_authority" },
    "This mailbox was closed in spring and is not read. Outages are reported by telephone.",
    "此邮箱已于春季停用，无人查阅。中断事件请电话报告。")
  later("I-17", t.minutes(75), "regulator.duty_officer", "phone", "minister's office", "authority.escalation",
    { "ask", "notify_peer" },
    "An ambulance officer tells us on the telephone that a carrier has lost emergency calls. Why do we hear it "
      .. "from an ambulance officer?",
    "救护人员打电话告诉我们有运营商丢了紧急呼叫。为什么我们是从救护人员那里听说的？")
  later("I-18", t.minutes(100), { "larkline.public_affairs", "answerline.duty_operator" }, "phone",
    "regional radio", "media.call", { "press_statement", "notify_peer" },
    "Listeners say the emergency number did not work. Do we tell them to use another phone, or do we wait for you?",
    "听众说紧急号码打不通。我们是叫大家换手机打，还是等你们的消息？")
  d:wait(t.hours(5))
  d:set("failed", failed_calls(d))
  d:mark "number-grows"
  d:inject { id = "I-19", to = { "larkline.incident_lead", "larkline.compliance", "larkline.public_affairs" },
    channel = "email", from = "log desk", kind = "intel.indicator",
    text = words("All switches are counted: {failed} emergency calls failed, not ten. Names and places attached.",
      "全部交换机已清点：失败的紧急呼叫为{failed}个，不是十个。名单和位置附后。"),
    expects = { "correct_report", "report_supplement", "press_statement" } }
end)

-- The police knock at doors once they have the names: thirty an hour, round the clock.
drill:when(t.reported "welfare-request", function(d)
  d:mark "welfare-begun"
  local count = failed_calls(d)
  d:set("failed", count)
  d:inject { id = "I-20", to = { "police.duty_officer", "ambulance.duty_officer" }, channel = "portal",
    from = "Larkline, list of callers", kind = "intel.peer",
    text = words("{failed} numbers that tried and failed, with the last cell of each. Oldest first.",
      "{failed}个呼叫失败的号码及各自最后所在小区，按时间从早到晚。"),
    expects = { "activate_plan", "notify_peer", "note" } }
  d:wait(t.hours(1) + t.minutes(2 * count))
  d:mark "welfare-done"
end)
-- What they find depends on how long nobody came.
drill:at(clock(20, 43), function(d)
  local count = failed_calls(d)
  d:set("failed", count)
  local is_grave = count >= 120
  d:inject { id = "I-21", to = { "larkline.incident_lead", "police.duty_officer" }, channel = "phone",
    from = "police, Southreach", kind = "public.panic",
    text = is_grave and words("A man was found dead at an address from which two calls were tried at seven in the "
      .. "morning. The family will hear it from us before anybody hears it from you.",
      "一名男子被发现死于家中，该址早上七点曾两次拨打未通。家属由我们先行告知，在此之前不得对外透露。")
      or words("All callers whom we have asked found other help in time. Some are angry, all are well.",
      "已询问的呼叫者均及时得到其他帮助，有人愤怒，人都平安。"),
    expects = { "notify_peer", "log_decision", "note" } }
end)

tell("I-22", clock(32, 15), { "larkline.incident_lead", "larkline.public_affairs" }, "in-person", "chief executive",
  "authority.request", { "press_statement", "notify_peer", "log_decision" },
  "I learn this from an e-mail of midnight. What do we say, who says it, and does the regulator know all of it?",
  "我是从半夜的一封邮件里才知道的。说什么、谁来说？监管机构是否全部知情？")
tell("I-23", clock(34), { "regulator.duty_officer", "larkline.compliance" }, "letter", "regulator's legal desk",
  "authority.request", { "answer_authority", "report_supplement", "report_summary" },
  "In writing, by tonight: when it began, when you knew, how many calls, how many checked, whom you told and how.",
  "请于今晚前书面说明：何时开始、何时知悉、多少呼叫、核实了多少、告知了谁、以何种方式。")
tell("I-24", clock(36, 30), "vendor.change_engineer", "phone", "vendor's management", "authority.request",
  { "note", "notify_peer" },
  "Fifteen of these went well. Write down what was different this time, before anybody tells you what it was.",
  "这样的变更十五次都顺利。在别人告诉你之前，先写下这次有什么不同。")
tell("I-25", clock(38), "larkline.care_desk", "email", "head of customer care", "evaluation.hot-wash",
  { "note", "log_decision" },
  "Which words in a call should ring a bell at operations at once, whatever the screen says?",
  "来电中出现哪些字眼时，不管屏幕显示什么，都必须立即通知运维？")

-- By hand
drill:inject { id = "C-01", contingency = true, to = { "larkline.it_noc", "larkline.incident_lead" },
  channel = "phone", from = "pharmacist in Southreach", kind = "contingency.stall",
  text = words("My customers cannot ring for an ambulance from your phones. Will you not try it yourself?",
    "我的顾客用你们的手机叫不到救护车。你们自己不试一下吗？"),
  expects = { "declare_incident", "assign_crew" } }
drill:inject { id = "C-02", contingency = true, kind = "contingency.ahead", to = "larkline.ot_engineer",
  channel = "email", from = "vendor, change desk",
  text = words("For those who diverted beforehand: a second change tonight takes gateway B's emergency route away.",
    "若已事先转移：今晚另一项变更将停用网关B的紧急路由。"),
  expects = { "ask", "notify_peer" } }

-- For those who watch
local function watch(id, at, english, chinese)
  drill:inject { id = id, at = at, hidden = true, kind = "evaluation.prompt", text = words(english, chinese) }
end
watch("E-01", clock(0, 30), "Who asks what would tell them that emergency calls fail? Who says that a test call would?",
  "谁问了“什么会告诉我们紧急呼叫不通”？谁说出了拨测？")
watch("E-02", clock(7, 0), "What does the shift hand over: what happened, or that nothing happened?",
  "交班交的是发生了什么，还是“没发生什么”？")
watch("E-03", clock(12, 45), "How many warnings had come by now, to whom, and where did each of them end?",
  "到现在来了多少警告？给了谁？各自止于何处？")
watch("E-04", clock(15), "Which number is said aloud, and does anybody say how sure they are of it?",
  "说出口的是哪个数字？有没有人说自己有多大把握？")
drill:inject { id = "E-05", at = clock(41), to = { "control.evaluator", "control.director" }, channel = "briefing",
  from = "planning team", kind = "evaluation.hot-wash",
  text = words("Hot wash: the first minute at which anybody could have known, and whose telephone it was.",
    "讲评：最早在哪一分钟有人可能知道？那是谁的电话？"), expects = {} }

return drill
