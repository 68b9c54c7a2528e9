-- Quiet Alarms: a control room loses its alarms and is not told so, lines go one by one, and then a
-- grid falls within minutes; water follows as the tanks run out. After the public facts of
-- 14 August 2003 (notes.md); operators, places and people are fictional.
local t = require "tocsin"

local function words(english, chinese)
  return { en = english, zh = chinese }
end

local drill = t.drill {
  title = words("Quiet Alarms", "无声的告警"),
  kind = { form = "practical", span = "cross-region", content = "comprehensive" },
  topology = "topology.xml",
  starts = "2003-08-14 13:30 America/New_York",
  length = t.hours(11),
}

drill:team "lakeland" { "dispatcher", "it_noc", "incident_lead", "compliance", "public_affairs" }
drill:team "midlake" { "duty_operator" }
local neighbours = { "valley", "westmark", "norland", "eastmere", "harbor" }
for _, company in ipairs(neighbours) do
  drill:team(company) { "dispatcher" }
end
drill:team "lakewater" { "duty_operator", "compliance", "public_affairs" }
drill:team "lakecom" { "it_noc" }
drill:team "lakecare" { "duty_operator" }
drill:team "authority" { "duty_officer" }
drill:team "control" { "director", "evaluator" }

-- Local time to drill time, which begins at 13:30.
local function clock(hour, minute, second)
  return t.seconds((hour - 13) * 3600 + (minute - 30) * 60 + (second or 0))
end

-- What is evaluated ---------------------------------------------------------------------------------

drill:objective "O1" {
  words("Somebody notices that the alarms have stopped, and has it put right",
      "有人发现告警已停，并安排恢复"), within = t.minutes(60),
  after = "alarms-stopped", team = "lakeland",
  met = t.acted { verb = "assign_crew", target = "lakeland-alarms", team = "lakeland" },
  maps = { gbt39204 = "monitoring-and-warning", csf = "DE.CM", hseep = "situational-assessment" },
}
drill:objective "O2" {
  words("The coordinator hears from the control room that it is blind or has lost a line",
      "可靠性协调中心从调度室得知其监视失效或线路停运"), within = t.minutes(70),
  after = "alarms-stopped", team = "lakeland",
  met = t.acted { verb = "notify_peer", target = "midlake.duty_operator", team = "lakeland" },
  maps = { gbt39204 = "monitoring-and-warning", csf = "RS.CO", hseep = "operational-communications" },
}
drill:objective "O3" {
  words("Load is switched off in time to keep the rest",
      "及时切除部分负荷，保住其余负荷"), within = t.minutes(61), after = "first-line", team = "lakeland",
  met = t.acted { verb = "switch_off", team = "lakeland" },
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "infrastructure-systems" },
}
drill:objective "O4" {
  words("All customers of Lakeland have power again",
      "湖区输电公司全部用户恢复供电"), within = t.hours(8), after = "load-lost", team = "lakeland",
  met = t.service("power", { operator = "lakeland", at_least = 1.0 }),
  maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "infrastructure-systems" },
}
drill:objective "O5" {
  words("The incident is declared", "宣布进入应急状态"), within = t.minutes(45), after = "load-lost", team = "lakeland",
  met = t.declared "incident",
  maps = { gbt39204 = "incident-handling", csf = "RS.MA", hseep = "operational-coordination" },
}
drill:objective "O6" {
  words("The public is told what to expect",
      "告知公众影响范围和预计恢复时间"), within = t.minutes(90), after = "load-lost", team = "lakeland",
  met = t.acted { verb = "press_statement", team = "lakeland" },
  maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "public-information-and-warning" },
}

drill:duty "outage-report" {
  operator = "lakeland", to = "authority.duty_officer", within = t.hours(1),
  trigger = function(w) return w:service("power", "lakeland").level < 0.9 end,
  text = words("Emergency report of a loss or a shedding of load", "负荷损失或拉闸限电的紧急报告"),
  source = "drill rule after the one-hour limit for uncontrolled losses and for shedding of load in the "
    .. "electric emergency incident report of the US Department of Energy, form OE-417",
}
drill:duty "water-advisory" {
  operator = "lakewater", to = "authority.duty_officer", within = t.hours(1),
  trigger = function(w) return w:service("water", "lakewater").level < 0.95 end,
  text = words("Loss of pressure, and whether water must be boiled", "管网失压情况，以及是否需要煮沸饮用"),
  source = "drill rule: a loss of pressure is told within the hour; the rules of the place go first",
}

-- What happens --------------------------------------------------------------------------------------

-- Three things come from outside: a unit, a program and a tree. The rest is the grid's own doing.
drill:inject { id = "N-01", at = clock(13, 31, 34), hidden = true, kind = "failure.hardware", on = "eastpoint-5",
  effect = "open-breaker", text = words("Eastpoint 5, 597 MW, trips. Lakeland imports more from the south.",
      "东角5号机组（597 MW）跳闸，湖区输电公司从南面受入更多电力。") }
drill:inject { id = "N-02", at = clock(14, 14), hidden = true, kind = "failure.software", on = "lakeland-alarms",
  text = words("The alarm processor hangs. No alarm will say so.", "告警处理程序挂起，而且不会有任何告警提示。") }
drill:at(clock(14, 14), function(d) d:mark "alarms-stopped" end)
drill:at(clock(15, 5), function(d)
  d:wait(t.uniform("the branch moves in the wind", t.seconds(31), t.seconds(51)))
  d:fail("chambers-hardy", "damage")
  d:mark "first-line"
end)

-- A distance relay takes heavy load at low voltage for a fault, once the 138 kV net beside it is gone.
drill:when(function(w) return not w:asset("moore").is_up and not w:asset("valeside").is_up end, function(d)
  d:wait(t.uniform("zone three", t.seconds(34), t.seconds(40)))
  d:fail("samson-starling", "open-breaker")
  d:mark "point-of-no-return"
end)

-- Units protect themselves. An island that cannot carry its load loses frequency, and within two
-- minutes what generates in it has tripped: no under-frequency shedding was enough.
local fallen = { "eastmere", "norland", "westmark", "lakeland" }
drill:when(function(w)
  return w:service("power", "norland").level < 0.95 and w:service("power", "eastmere").level < 0.95
end, function(d)
  d:mark "islanded"
  local units = {}
  for _, operator in ipairs(fallen) do
    for _, unit in ipairs(d:assets { kind = "power-plant", operator = operator }) do
      table.insert(units, unit)
    end
  end
  for _, unit in ipairs(units) do
    d:wait(t.exponential("next-unit", t.seconds(2)))
    d:fail(unit, "open-breaker")
  end
  d:mark "cascade-over"
end)
drill:when(function(w) return w:service("power", "lakeland").level < 0.97 end, function(d) d:mark "load-lost" end)

-- What the teams are told ---------------------------------------------------------------------------

drill:inject { id = "I-00", at = t.minutes(1), to = "control.director", channel = "briefing",
  from = words("planning team", "策划组"), kind = "facilitation.startex",
  text = words("STARTEX. Hold C-01 until nobody has wondered at the silence for half an hour.",
      "演练开始。半小时内若无人对“安静”起疑，再下发C-01。"),
  expects = {} }
drill:inject { id = "I-01", at = clock(13, 36), to = { "lakeland.dispatcher", "midlake.duty_operator" },
  channel = "email", from = words("day-ahead desk", "日前计划席"), kind = "intel.warning",
  text = words("Warm afternoon, load as forecast. Voltages along the lake are low; Eastpoint 5 has just gone.",
      "午后高温，负荷与预测相符。沿湖电压偏低，东角5号机组刚刚跳闸。"),
  expects = { "observe", "note" } }
drill:inject { id = "I-02", at = clock(14, 3), to = "midlake.duty_operator", channel = "phone",
  from = words("Valley Grid desk", "河谷电网调度台"), kind = "signal.complaint",
  text = words("A grass fire took one of our lines out at two. It is outside your model, so mind your estimator.",
      "两点钟一场草地火灾使我方一条线路停运。它不在你们的模型里，请留意状态估计结果。"),
  expects = { "notify_peer", "note" } }
drill:inject { id = "I-03", at = clock(14, 32), to = "lakeland.dispatcher", channel = "phone",
  from = words("Valley Grid desk", "河谷电网调度台"), kind = "intel.peer",
  text = words("We saw Starling-Canfield open and close again. What do you see?",
      "我们看到斯塔林—坎菲尔德线跳开后又重合。你们看到什么？"),
  expects = { "observe", "ask", "assign_crew" } }
drill:inject { id = "I-04", at = clock(15, 9), unless = function(w) return w:asset("lakeland-alarms").is_up end,
  to = "lakeland.dispatcher", channel = "phone",
  from = words("Hardy substation crew", "哈迪变电站运维班"), kind = "signal.complaint",
  text = words("The line from Chambers is dead here. Did you not get anything? Your screens show it in?",
      "钱伯斯来的线路在我们这里没有电。你们什么都没收到吗？画面上还显示合位？"),
  expects = { "assign_crew", "notify_peer" } }
drill:inject { id = "I-05", at = clock(15, 19), to = "lakeland.dispatcher", channel = "phone",
  from = words("Valley Grid desk", "河谷电网调度台"), kind = "intel.peer",
  text = words("Our end of the corridor carries more than ever. Are you sure that all your lines are in?",
      "我们这一侧断面潮流前所未有。你们确定所有线路都在运行吗？"),
  expects = { "observe", "ask", "notify_peer" } }
drill:decision "relief" {
  question = words("Two lines into the north are out and the third is at its limit. What now?",
      "向北送电的三条线路已停两条，第三条到达限额。怎么办？"),
  to = "lakeland.dispatcher", options = { words("shed load", "拉闸限电"),
    words("wait for the crew", "等待抢修队伍"),
    words("ask the coordinator", "请示协调中心") },
  within = t.minutes(8), default = "wait for the crew", at = clock(15, 33),
  from = words("shift supervisor", "值班长"),
}
drill:inject { id = "I-06", at = clock(15, 35), to = { "lakeland.dispatcher", "lakeland.public_affairs" },
  channel = "phone", from = words("steel works in Akerley", "埃克利钢厂"), kind = "signal.calls",
  text = words("Our drives trip on low voltage. What is going on in your grid?",
      "我们的传动装置因低电压跳闸。你们电网怎么了？"), expects = { "observe", "notify_customer" } }
drill:inject { id = "I-07", at = clock(15, 37), to = "midlake.duty_operator", channel = "phone",
  from = words("Valley Grid desk", "河谷电网调度台"), kind = "intel.peer",
  text = words("Starling-Canfield is heavily loaded on our side. Does Lakeland know? Can you see their state?",
      "斯塔林—坎菲尔德线在我们这一侧重载。湖区知道吗？你们看得到他们的状态吗？"),
  expects = { "ask", "notify_peer" } }
drill:inject { id = "I-08", at = clock(15, 42), unless = function(w) return w:asset("lakeland-alarms").is_up end,
  to = { "lakeland.it_noc", "lakeland.dispatcher" }, channel = "phone",
  from = words("EMS support", "能量管理系统支持人员"),
  kind = "signal.complaint",
  text = words("The alarm log has not a single line since 14:14. We restarted the server, and it says that it is fine.",
      "告警日志自14:14起一条都没有。服务器已重启，显示一切正常。"),
  expects = { "assign_crew", "declare_incident" } }
drill:inject { id = "I-09", at = clock(15, 48), to = { "midlake.duty_operator", "valley.dispatcher" },
  channel = "phone", from = words("neighbouring coordinator", "相邻可靠性协调中心"), kind = "intel.peer",
  text = words("We have counted line after line go round Akerley. You see your half, we see ours. Who has the whole?",
      "埃克利周围线路一条接一条停运。你们看到一半，我们看到另一半。谁掌握全局？"),
  expects = { "notify_peer", "ask" } }
drill:inject { id = "I-10", when = t.marked "point-of-no-return", to = { "midlake.duty_operator", "valley.dispatcher" },
  channel = "phone", from = words("Samson substation", "萨姆森变电站"), kind = "intel.peer",
  text = words("Samson-Starling has opened. All of the north now hangs on the western corridor.",
      "萨姆森—斯塔林线已跳开。整个北部现在全靠西部断面。"),
  expects = { "notify_peer", "switch_off" } }
drill:inject { id = "I-21", when = t.marked "point-of-no-return", to = "harbor.dispatcher", channel = "phone",
  from = words("Midlake desk", "中湖协调台"), kind = "intel.peer",
  text = words("What the north draws now comes through you. Tell us your limits towards Eastmere.",
      "北部所用电力现在都经过你们。请告知你们向东湖方向的限额。"),
  expects = { "observe", "notify_peer" } }
for k, company in ipairs { "lakeland", "westmark", "norland", "eastmere" } do
  drill:when(function(w) return w:service("power", company).level < 0.5 end, function(d)
    d:inject { id = "I-1" .. k, to = { company .. ".dispatcher" }, channel = "phone",
      from = words("control room", "调度室"),
      kind = "signal.alarm-flood",
      text = words("Every screen is red. Frequency has gone, the units have tripped, the city outside is dark.",
          "所有画面一片红。频率崩溃，机组跳闸，窗外全城漆黑。"),
      expects = { "declare_incident", "reenergise" } }
  end)
end
drill:when(function(w) return not w:asset("pumps-heights").is_up end, function(d)
  d:inject { id = "I-15", to = "lakewater.duty_operator", channel = "alarm",
    from = words("pumping stations", "泵站"),
    kind = "signal.alarm",
    text = words("The lake pumps stand still. The hill has a quarter of an hour in its tank, the city some hours.",
        "湖边水泵停转。山区水池只够一刻钟，市区还能维持几个小时。"),
    expects = { "declare_incident", "assign_crew" } }
end)
drill:when(function(w) return w:service("water", "lakewater").level < 0.8 end, function(d)
  d:inject { id = "I-16", to = { "lakewater.public_affairs", "authority.duty_officer" }, channel = "news",
    from = words("city radio", "城市广播电台"), kind = "media.news",
    text = words("Taps run dry on the hill. People ask whether what still comes can be drunk.",
        "山区水龙头没水了。市民询问现在流出的水还能不能喝。"),
    expects = { "press_statement", "notify_customer" } }
  d:inject { id = "I-17", to = "lakecare.duty_operator", channel = "phone",
    from = words("Lakeside hospital", "湖畔医院"),
    kind = "public.hospital",
    text = words("No water for cooling and sterilisation, and the generator has fuel until midnight.",
        "冷却和消毒用水中断，发电机燃油只够到午夜。"),
    expects = { "notify_peer", "ask" } }
end)
drill:when(function(w) return w:service("water", "lakewater").level < 0.95 end, function(d)
  d:inject { id = "I-22", to = "lakewater.compliance", channel = "phone",
    from = words("laboratory", "水质化验室"), kind = "intel.warning",
    text = words("Without pressure we cannot vouch for the hill. Boil or not: somebody has to say it, and to report it.",
        "管网失压，山区水质无法保证。是否煮沸必须有人发布，也必须上报。"),
    expects = { "report_initial" } }
end)
drill:when(function(w) return w:service("mobile", "lakecom").level < 0.7 end, function(d)
  d:inject { id = "I-18", to = "lakecom.it_noc", channel = "alarm", from = words("network supervision", "网络监控"),
    kind = "signal.alarm",
    text = words("Batteries are down at a third of the sites; the rest carries everything that people say.",
        "三分之一的基站蓄电池耗尽，其余基站承担全部通话。"),
    expects = { "prioritise", "notify_customer" } }
end)
drill:inject { id = "I-19", at = clock(17, 30), unless = function(w) return w:service("power", "lakeland").level > 0.5 end,
  to = { "lakeland.public_affairs", "authority.duty_officer" }, channel = "social",
  from = words("many accounts", "众多账号"),
  kind = "media.rumour", text = words("It was an attack, they say. The border is closed, they say.",
      "有人说是袭击，有人说边境关了。"),
  expects = { "press_statement" } }
drill:inject { id = "I-20", at = clock(19, 0), unless = function(w) return w:service("power", "lakeland").level > 0.5 end,
  to = { "lakeland.incident_lead", "lakewater.duty_operator" }, channel = "phone",
  from = words("mayor's office", "市长办公室"),
  kind = "authority.request", text = words("It gets dark in an hour. When is there light, and when is there water?",
      "一小时后天黑。什么时候来电？什么时候来水？"),
  expects = { "answer_authority", "log_decision" } }

-- For those who run it ------------------------------------------------------------------------------

drill:inject { id = "C-01", contingency = true, to = "lakeland.dispatcher", channel = "phone",
  from = words("EMS support", "能量管理系统支持人员"), kind = "contingency.stall",
  text = words("Odd: my test alarm from the yard has not come up on your desk. When did you last get one?",
      "奇怪，我从现场发的测试告警你们台上没有出现。你们最后一次收到告警是什么时候？"),
  expects = { "assign_crew" } }
drill:inject { id = "C-02", contingency = true, to = "lakeland.dispatcher", channel = "phone",
  from = words("Chambers substation crew", "钱伯斯变电站运维班"), kind = "contingency.ahead",
  text = words("The tree stands in the line. It takes a saw and two hours; do not try to close before we say so.",
      "树倒在导线上。要用锯，要两个小时；在我们通知之前不要试送。"),
  expects = { "log_decision" } }
drill:inject { id = "E-01", at = clock(14, 20), hidden = true, kind = "evaluation.prompt",
  text = words("Watch the desks: does anybody ask why it has become so quiet?", "观察各席位：有没有人问为什么这么安静？") }
drill:inject { id = "E-02", at = clock(15, 33), hidden = true, kind = "evaluation.prompt",
  text = words("Two lines are out. Who knows it, from whom, and do they say so to the coordinator?",
      "两条线路已停。谁知道？从哪里得知？有没有告诉协调中心？") }
drill:inject { id = "E-03", at = clock(16, 20), to = { "lakeland.dispatcher", "midlake.duty_operator" },
  channel = "briefing", from = words("evaluators", "评估组"), kind = "evaluation.confidence",
  text = words("Of how many lines do you know for certain, now, that they are in?",
      "此刻，你能确定在运行的线路有几条？"), expects = { "note" } }
drill:inject { id = "E-04", at = clock(16, 30), to = "control.evaluator", channel = "briefing",
  from = words("planning team", "策划组"), kind = "evaluation.hot-wash",
  text = words("For the hot wash: when could anybody have known, and what would they have had to ask?",
      "供现场讲评：最早什么时候可以知道？当时应该问什么？"),
  expects = {} }

return drill
