-- Dark Afternoon: three distribution operators are switched off from afar within half an hour, and
-- find that they cannot switch on again from afar. After the public facts of 23 December 2015
-- (notes.md); operators, people and networks are fictional.
local t = require "tocsin"

local function words(english, chinese)
  return { en = english, zh = chinese }
end

local drill = t.drill {
  title = words("Dark Afternoon", "漆黑的下午"),
  kind = { form = "practical", span = "in-sector", content = "thematic" },
  topology = "topology.xml",
  starts = "2015-12-23 15:00 Europe/Kyiv",
  length = t.hours(8),
}

local operators = { "north", "west", "south" }
for _, operator in ipairs(operators) do
  drill:team(operator) { "dispatcher", "soc", "incident_lead", "compliance", "public_affairs" }
end
drill:team "authority" { "duty_officer" }

-- What is evaluated ---------------------------------------------------------------------------------

local function about(operator, number)
  drill:objective("O" .. number .. "-" .. operator) {
    words("The loss of supply is recognised as an attack", "认识到停电系人为攻击所致"),
    within = t.minutes(45),
    after = "breakers-" .. operator, team = operator, met = t.declared "incident",
    maps = { gbt39204 = "monitoring-and-warning", csf = "DE.AE", hseep = "operational-coordination" },
  }
  drill:objective("O" .. (number + 1) .. "-" .. operator) {
    words("Supply is back by hand", "就地手动操作恢复全部供电"),
    within = t.hours(6), after = "breakers-" .. operator, team = operator,
    met = t.service("power", { operator = operator, at_least = 1.0 }),
    maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "infrastructure-systems" },
  }
  drill:objective("O" .. (number + 2) .. "-" .. operator) {
    words("The public hears what happened although the call centre is flooded",
      "客服热线遭呼叫洪泛时仍向社会公众发布停电信息"),
    within = t.minutes(90), after = "breakers-" .. operator, team = operator,
    met = t.acted { verb = "press_statement", team = operator },
    maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "public-information-and-warning" },
  }
  drill:duty("first-report-" .. operator) {
    operator = operator, to = "authority.duty_officer", within = t.hours(1),
    trigger = t.service("power", { operator = operator, below = 0.9 }),
    text = words("First report of the incident to the authority", "向能源监管机构首次报告事件"),
    source = "drill rule after the one-hour limit for operators of critical infrastructure in the "
      .. "National Cybersecurity Incident Reporting Measures, in force 2025-11-01, article 4",
  }
end
for _, operator in ipairs(operators) do
  about(operator, 1)
end

-- What the teams are told ---------------------------------------------------------------------------

drill:inject { id = "I-01", at = t.minutes(4), to = { "north.soc", "west.soc", "south.soc" },
  channel = "email", from = words("shift handover", "交接班记录"),
  text = words("Quiet day. Two more mails with invoices as attachments were reported to us this week.",
    "全天平稳。本周又有员工上报两封带“发票”附件的邮件。"),
  expects = {} }
drill:inject { id = "I-02", at = t.minutes(31), to = "north.dispatcher", channel = "phone",
  from = words("operator station 1", "1号操作员站"),
  text = words("The cursor is moving by itself. I am not touching the mouse, and it has just opened a breaker.",
    "光标自己在动。我没碰鼠标，它刚刚分了一台断路器。"),
  expects = { "declare_incident", "isolate" } }
drill:inject { id = "I-03", at = t.minutes(40), to = "north.dispatcher", channel = "phone",
  from = words("substation crew", "变电站现场人员"),
  text = words("We are standing at the switchgear and nobody told us that you would open it.",
    "我们就在开关柜前，开关跳开了，没人通知过我们要分闸。"),
  expects = { "assign_crew" } }
for _, operator in ipairs(operators) do
  drill:when(t.service("power", { operator = operator, below = 0.5 }), function(d)
    d:inject { to = operator .. ".incident_lead", channel = "phone", from = words("duty director", "值班领导"),
      text = words("Half of our customers are without power. Is this a fault or is somebody doing it?",
        "一半用户停电了。是设备故障，还是有人在操作？"),
      expects = { "declare_incident", "activate_plan" } }
  end)
  drill:when(t.service("calls", { operator = operator, below = 0.5 }), function(d)
    d:inject { to = operator .. ".public_affairs", channel = "email", from = words("call centre", "客户服务中心"),
      text = words("All lines are busy with silent calls from abroad. Customers cannot get through.",
        "全部线路被境外无声来电占满，用户打不进来。"),
      expects = { "press_statement" } }
  end)
end
drill:inject { id = "I-10", at = t.minutes(75), to = { "north.public_affairs", "west.public_affairs" },
  channel = "news", from = words("regional television", "地方电视台"),
  text = words("Whole districts have been dark since half past three. The companies do not answer the phone.",
    "下午三点半起多个城区一片漆黑，供电公司电话无人接听。"),
  expects = { "press_statement" } }
drill:inject { id = "I-11", at = t.minutes(95), to = "authority.duty_officer", channel = "phone",
  from = words("ministry", "主管部委"),
  text = words("Three companies at once is no coincidence. What do we know, and who has reported?",
    "三家公司同时出事，绝非巧合。目前掌握什么情况？哪几家已经报告？"),
  expects = {} }
drill:inject { id = "I-12", at = t.minutes(120), to = { "north.soc", "west.soc", "south.soc" },
  channel = "email", from = words("national CERT", "国家网络安全应急中心"),
  text = words("TLP:AMBER. Expect wiped workstations and unreachable serial-to-Ethernet converters. "
    .. "Remote control will not come back today.",
    "TLP:AMBER。预计工作站被擦除、串口服务器失联，遥控今日内无法恢复。"), expects = { "isolate", "log_decision" } }

-- The adversary -------------------------------------------------------------------------------------

-- One hand at each company: takes an operator station over, opens every breaker in turn, then breaks
-- what would be needed to close them again from afar.
local function attack(operator, begins)
  local red = drill:adversary { name = "KOBZAR-" .. operator, at = operator .. "-hmi-1", skill = "expert" }
  red:plan(function(a)
    a:wait(begins)
    a:technique "T0859" { on = operator .. "-vpn", takes = t.seconds(20) }
    a:technique "T0823" { on = operator .. "-hmi-1", takes = t.seconds(20) }
    for i, station in ipairs(drill:assets { kind = "substation", operator = operator }) do
      a:technique "T0855" { on = station, effect = "open-breaker", takes = t.seconds(2) }
      if i == 1 then
        a:mark("breakers-" .. operator)
      end
      a:wait(t.exponential("between-breakers", t.seconds(7)))
    end
    a:technique "T0814" { on = operator .. "-call-centre", effect = "flood", takes = t.seconds(30) }
    for _, converter in ipairs(drill:assets { kind = "converter", operator = operator }) do
      a:technique "T0857" { on = converter, effect = "destroy-firmware", takes = t.seconds(45) }
    end
    a:technique "T0816" { on = operator .. "-ups", effect = "switch-off", takes = t.seconds(15) }
    a:wait(t.lognormal("before-the-wiper", t.minutes(12), 0.4))
    for k = 1, 3 do
      a:technique "T0809" { on = operator .. "-hmi-" .. k, effect = "wipe", takes = t.minutes(2) }
    end
    a:technique "T0809" { on = operator .. "-scada", effect = "wipe", takes = t.minutes(3) }
    a:technique "T0809" { on = operator .. "-office-1", effect = "wipe", takes = t.minutes(2) }
  end)
end
attack("north", t.minutes(30))
attack("west", t.minutes(32))
attack("south", t.minutes(51))

return drill
