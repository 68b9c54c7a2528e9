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
drill:team "control" { "director", "evaluator" }

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
  drill:objective("O4-" .. operator) {
    words("Nobody waits for remote control: switching is done by hand", "不等遥控恢复，及时转为就地手动操作"),
    within = t.minutes(60), after = "breakers-" .. operator, team = operator,
    met = t.acted { verb = "manual_mode", team = operator },
    maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "operational-coordination" },
  }
  drill:objective("O5-" .. operator) {
    words("The ways in are shut", "切断入侵通道"), within = t.minutes(90), after = "breakers-" .. operator,
    team = operator, met = t.any { t.acted { verb = "isolate", target = operator .. "-vpn", team = operator },
      t.acted { verb = "close_remote_access", team = operator },
      t.acted { verb = "disable_account", target = operator .. "-vpn", team = operator } },
    maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "cybersecurity" },
  }
  drill:objective("O6-" .. operator) {
    words("What the authority asks is answered within its hour", "一小时内答复监管机构的书面询问"),
    within = t.hours(1), after = "I-15", team = operator,
    met = t.acted { verb = "answer_authority", team = operator },
    maps = { gbt39204 = "information-sharing", csf = "RS.CO", hseep = "operational-communications" },
  }
end
drill:objective "O7" {
  words("The hospital hears from its supplier, and a crew goes to its substation",
    "医院得到供电公司答复，并派班组前往其供电变电站"),
  within = t.minutes(45), after = "I-06", team = "north",
  met = t.all { t.acted { verb = "notify_customer", team = "north" },
    t.acted { verb = "assign_crew", target = "north-35-4", team = "north" } },
  maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "health-and-social-services" },
}
drill:objective "O8" {
  words("Signs of the attack reach the neighbours", "向相邻公司共享攻击特征"),
  within = t.hours(1), after = "I-09", team = "west", met = t.acted { verb = "share_ioc", team = "west" },
  maps = { gbt39204 = "information-sharing", csf = "RS.CO", hseep = "intelligence-and-information-sharing" },
}
drill:objective "O9" {
  words("A forged notice is denied before it is believed", "伪造公告在被相信之前得到澄清"),
  within = t.minutes(45), after = "I-13", met = t.acted { verb = "press_statement" },
  maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "public-information-and-warning" },
}
drill:objective "O10" {
  words("One office has the picture of all three", "由一个部门掌握三家公司的整体情况"),
  within = t.minutes(45), after = "I-14", team = "authority",
  met = t.all { t.acted { verb = "ask", target = "north.incident_lead", team = "authority" },
    t.acted { verb = "ask", target = "west.incident_lead", team = "authority" },
    t.acted { verb = "ask", target = "south.incident_lead", team = "authority" } },
  maps = { gbt39204 = "information-sharing", csf = "RS.CO", hseep = "situational-assessment" },
}
drill:objective "O11" {
  words("The crime is reported to the police", "向公安机关报案"),
  within = t.hours(2), after = "I-19", met = t.acted { verb = "police_report" },
  maps = { gbt39204 = "incident-handling", csf = "RS.AN", hseep = "forensics-and-attribution" },
}
drill:objective "O12" {
  words("Stations stay in local until the network has been gone over", "网络排查完毕之前变电站保持就地控制"),
  within = t.hours(1), after = "I-24", team = "north", met = t.acted { verb = "log_decision", team = "north" },
  maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "infrastructure-systems" },
}

-- Around the teams ----------------------------------------------------------------------------------

drill:persona "grid-dispatch" { name = words("Regional grid dispatch centre", "区域电网调度中心"), channel = "phone",
  about = words("Runs the 110 kV grid above the three companies; its consent is needed before a transformer is put on.",
    "管辖三家公司上级的110千伏电网，主变送电须经其同意。"),
  answers = words("You have my consent, one transformer at a time. Call before each, and tell me the load that you expect.",
    "同意送电，逐台操作。每台送电前来电，并报预计负荷。"),
  delay = t.minutes(4), spread = 0.3, capacity = 3 }
drill:persona "converter-vendor" { name = words("Maker of the converters, support", "串口服务器厂家技术支持"),
  channel = "phone",
  about = words("Knows the converters' firmware. Would like to work on them from afar.",
    "熟悉串口服务器固件，希望远程处理。"),
  answers = words("Send one to your workshop and read the boot loader out by cable. If that is gone, it is scrap.",
    "拿一台到检修车间，用串口线读引导程序。若引导程序也没了，只能报废。"),
  delay = t.minutes(12), spread = 0.4, capacity = 1 }

-- What the teams are told ---------------------------------------------------------------------------

local function all(role)
  return { "north." .. role, "west." .. role, "south." .. role }
end

-- `more` is what the inject has besides: attach, unless, about, call.
local function tell(id, minute, to, channel, from, kind, expects, english, chinese, more)
  local inject = more or {}
  inject.id, inject.at, inject.to, inject.channel, inject.from = id, t.minutes(minute), to, channel, from
  inject.kind, inject.expects, inject.text = kind, expects, words(english, chinese)
  drill:inject(inject)
end

tell("I-01", 4, all "soc", "email", words("shift handover", "交接班记录"), "intel.warning", { "note" },
  "Quiet day. Two more mails with invoices as attachments were reported to us this week; one was opened.",
  "全天平稳。本周又有员工上报两封带“发票”附件的邮件，其中一封已被打开。",
  { attach = { "papers/reported-mail.md" }, about = "public" })
tell("I-02", 24, "north.dispatcher", "portal", words("building services", "动力环境监控"), "signal.alarm",
  { "note" },
  "Dispatch centre UPS: schedule changed at 14:41 over its network card. Planned shutdown today 15:45. "
    .. "No work order is known for it.",
  "调度中心UPS：14:41经网络管理卡修改了计划，今日15:45计划关机。无对应工作票。", { about = "fault" })
tell("I-03", 31, "north.dispatcher", "phone", words("operator station 1", "1号操作员站"), "attack.access",
  { "notify_peer" },
  "The cursor is moving by itself. I am not touching the mouse, and it has just opened a breaker.",
  "光标自己在动。我没碰鼠标，它刚刚分了一台断路器。", { about = "intrusion" })
tell("I-04", 36, "west.dispatcher", "in-person", words("operator station 2", "2号操作员站"), "attack.access",
  { "notify_peer" },
  "I am logged off and my password is refused. On the big screen breakers open one after the other.",
  "我被踢下线，密码也不认了。大屏上断路器正一台接一台分闸。", { about = "oddity" })
tell("I-05", 40, "north.dispatcher", "phone", words("substation crew", "变电站现场人员"), "signal.complaint",
  { "assign_crew" },
  "We are standing at the switchgear and nobody told us that you would open it.",
  "我们就在开关柜前，断路器分开了，没人通知过我们。", { about = "fault" })
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
tell("I-06", 44, { "north.dispatcher", "north.public_affairs" }, "phone",
  words("hospital, duty engineer", "医院值班电工"), "public.hospital", { "notify_customer", "assign_crew" },
  "We hang on Substation 35 kV no. 4 and have run on our own generator since 15:34. Fuel lasts six hours, and your "
    .. "customer line is dead. When do we get mains?",
  "我院由35千伏4号变电站供电，15:34起用自备发电机，燃油够六小时，你们客服电话打不通。什么时候来电？",
  { call = { says = words("This is the duty engineer of the hospital. We are on our own generator. When do we get mains?",
    "我是医院值班电工。我们现在用自备发电机。什么时候来电？"),
    answers = { words("How long does it last?", "能撑多久？"),
      words("Six hours of fuel. Two theatres are in use, and nine people are on ventilators.", "燃油够六小时。两间手术室在用，九名病人在用呼吸机。"),
      words("Which substation?", "哪个变电站供电？"), words("35 kV, number four, both feeders.", "35千伏4号变电站，两路都是。") } } })
tell("I-07", 48, { "north.dispatcher", "north.incident_lead", "west.dispatcher", "west.incident_lead" }, "alarm", words("telecontrol monitoring", "远动通道监视"),
  "signal.alarm-flood", { "manual_mode", "observe" },
  "Channels to the substations fail one after the other. The converters answer neither polls nor a restart; their "
    .. "last sign is a firmware block that nobody sent.",
  "站端通道陆续中断。串口服务器不应答召唤，重启无效，最后一条报文是无人下发的固件写入。", { about = "fault" })
tell("I-08", 54, "north.public_affairs", "social", words("local group", "本地居民群"), "signal.calls",
  { "press_statement", "notify_customer" },
  "My father needs his breathing machine. The company's number is engaged, engaged, engaged. Does anybody know anything?",
  "我父亲离不开呼吸机，供电公司电话一直占线。有人知道怎么回事吗？")
tell("I-09", 58, "west.soc", "email", words("IT service desk", "信息运维服务台"), "intel.indicator",
  { "share_ioc", "isolate" },
  "The VPN server's log of today: five sessions with accounts of people who are on leave or at home. List attached.",
  "VPN服务器今日日志：五次会话所用账号的人不是休假就是在家。清单附后。",
  { attach = { "papers/vpn-logons.md" }, about = "intrusion" })
tell("I-10", 62, all "dispatcher", "phone", "grid-dispatch", "intel.peer", { "ask" },
  "Your 110 kV transformers have shed their load, in three companies at once. Nothing is put on again without my "
    .. "consent. What are you going to switch, and in what order?",
  "三家公司110千伏主变负荷同时到零。未经我同意不得送电。你们准备怎么操作，什么顺序？", { about = "authority" })
tell("I-11", 68, { "south.dispatcher", "south.incident_lead" }, "phone", words("operator on shift", "当值监控员"), "signal.alarm",
  { "manual_mode", "observe" },
  "The dispatch centre is on the torch of my telephone: the UPS has switched itself off, and the substations no "
    .. "longer report.",
  "调度大厅只剩手机照明：UPS自己关机了，各变电站信号也没有了。", { about = "fault" })
tell("I-12", 75, { "north.public_affairs", "west.public_affairs" }, "news", words("regional television", "地方电视台"),
  "media.news", { "press_statement" },
  "Whole districts have been dark since half past three. The companies do not answer the phone.",
  "下午三点半起多个城区一片漆黑，供电公司电话无人接听。")
tell("I-13", 88, all "public_affairs", "social", words("picture that goes around", "网传图片"), "media.forgery",
  { "press_statement" },
  "With the letterhead of all three companies: 'Power is cut on purpose, by districts, until midnight. Fill your bathtubs.'",
  "三家公司抬头的“公告”：“将分区主动停电至午夜，请各户储水。”",
  { attach = { "papers/forged-notice.md" } })
tell("I-14", 95, "authority.duty_officer", "phone", words("ministry", "主管部委"), "authority.escalation",
  { "ask" },
  "Three companies at once is no coincidence. What do we know, and who has reported?",
  "三家公司同时出事，绝非巧合。目前掌握什么情况？哪几家已经报告？")
tell("I-15", 104, all "compliance", "email", words("authority, legal desk", "监管机构法务"), "authority.request",
  { "answer_authority" },
  "In writing, within the hour: how many customers, since when, what you have done, what you still do not know.",
  "请在一小时内书面说明：停电用户数、起始时间、已采取措施、尚未查明的情况。")
tell("I-16", 112, "south.dispatcher", "radio", words("line crew", "线路班组"), "resource.staff",
  { "log_decision" },
  "We stand before a locked gate. The key is in the dispatch centre, and the entry system has no power.",
  "我们到了变电站，大门锁着，钥匙在调度中心，门禁没电。", { about = "fault" })
tell("I-17", 120, all "soc", "email", words("national CERT", "国家网络安全应急中心"), "intel.warning",
  { "log_decision" },
  "TLP:AMBER. Expect wiped workstations and unreachable serial-to-Ethernet converters. Remote control will not come "
    .. "back today.",
  "TLP:AMBER。预计工作站被擦除、串口服务器失联，遥控今日内无法恢复。", { about = "intrusion" })
tell("I-18", 134, { "north.dispatcher", "north.incident_lead" }, "radio", words("line crew B", "B线路班组"),
  "signal.complaint", { "log_decision" },
  "Breaker closed by its lever, selector on local, transformer humming. It is dark and freezing; may we put the "
    .. "feeders on together, or one after the other?",
  "断路器已用手柄合上，把手在“就地”，主变声音正常。天黑结冰，出线是一起送，还是逐条送？",
  { about = "fault" })
tell("I-19", 145, { "north.soc", "west.soc", "south.soc", "north.compliance", "west.compliance", "south.compliance" },
  "phone", words("police, cyber unit", "公安网安部门"), "authority.request", { "police_report" },
  "Set nothing up anew before its disk has been copied. And we have no report of a crime from any of you yet.",
  "硬盘未做镜像之前，不要重装任何机器。另外，三家单位目前都还没有报案。")
tell("I-20", 160, all "incident_lead", "phone", words("regional administration", "地方政府值班室"),
  "authority.request", { "estimate_impact" },
  "Frost by eight, and the heating plants have no pumps. How many are still dark, and until when? An honest figure, please.",
  "八点前气温降到零下，供热站水泵没电。还有多少户停电？预计几点恢复？请给实数。", { about = "authority" })
tell("I-21", 172, "west.dispatcher", "radio", words("line crew A", "A线路班组"), "resource.staff",
  { "log_decision" },
  "Third station since four. One of us has driven two hundred kilometres on ice; we are two, and one of two must not switch alone.",
  "四点以来第三座变电站了。有一人在冰面上开了两百公里；我们就两个人，一人操作一人监护不能少。", { about = "fault" })
tell("I-22", 186, "north.dispatcher", "alarm", words("spare station", "备用工作站"), "signal.sensor",
  { "verify_reading" },
  "The spare station, restored from yesterday's copy, shows Substation 35 kV no. 7 as it stood at 15:20: closed, 1.1 MW.",
  "备用工作站用昨日备份恢复后，35千伏7号变电站显示合闸、1.1兆瓦——那是15:20的状态。", { about = "fault" })
tell("I-23", 215, all "public_affairs", "phone", words("newspaper", "报社记者"), "media.call",
  { "press_statement" },
  "We have it from two sides that it was an attack by another country. Do you confirm that, and will it come again tonight?",
  "两方面消息都说是境外攻击。贵公司确认吗？今晚还会再来吗？")
tell("I-24", 250, all "incident_lead", "phone", words("operations director", "生产副总经理"), "recovery.window",
  { "log_decision" },
  "The crews want to go home. Who mans the substations tonight, and who dares to give switching back to remote control?",
  "班组想收队了。今晚变电站谁值守？谁敢把控制权切回远方？", { about = "authority" })
tell("I-25", 300, all "incident_lead", "in-person", words("night shift", "夜班值长"), "facilitation.hint",
  { "handover" },
  "I take over. What is on, what is closed by hand, what is not to be touched, and who has asked for what?",
  "我来接班。哪些已送电，哪些是手动合上的，哪些不能动，谁提过什么要求？", { about = "authority" })
tell("I-26", 330, all "compliance", "letter", words("authority, legal desk", "监管机构法务"), "authority.request",
  { "report_summary" },
  "The first report is three hours old. Sum up: course, customers, energy not supplied, how it came back, what is still open.",
  "首次报告已过去数小时。请汇总：经过、停电用户、少供电量、恢复方式、遗留问题。")

-- A choice with a price: help from outside needs the very door that the stranger came through.
local vendor_ways = { vpn = words("open the VPN for the maker", "为厂家开通VPN"),
  workshop = words("take one converter to the workshop", "拿一台到检修车间处理"),
  nobody = words("nobody comes in today", "今天谁也不接入") }
drill:set("north-switching", "remote")
drill:when(t.acted { verb = "manual_mode", team = "north" }, function(d)
  d:set("north-switching", "by hand")
end)
drill:decision "vendor" {
  question = words("The maker of the converters can load firmware from afar, if you open the VPN for two hours. Do you?",
    "厂家可远程刷写串口服务器固件，前提是开通VPN两小时。开不开？"),
  to = { "north.incident_lead", "north.dispatcher" },
  options = { vendor_ways.vpn, vendor_ways.workshop, vendor_ways.nobody },
  within = t.minutes(40), default = vendor_ways.nobody.en, at = t.minutes(128), from = "converter-vendor",
  chosen = function(d, option)
    if option == vendor_ways.vpn.en then
      d:wait(t.lognormal("the door stands open", t.minutes(25), 0.3))
      if d:get "north-switching" == "remote" then
        for number = 1, 4 do
          d:fail("north-35-" .. number, "open-breaker")
        end
      end
      d:mark "came-back"
      d:inject { id = "T-01", to = { "north.soc", "north.incident_lead" }, channel = "phone",
        from = words("maker's support", "厂家技术支持"), kind = "recovery.reinfection", on = "north-office-1",
        text = words("We are not logged on yet. Whoever is working on your network at this moment, it is not us.",
          "我们还没登录。现在在你们网里操作的，不是我们。"),
        expects = { "isolate", "close_remote_access", "log_decision" } }
    elseif option == vendor_ways.workshop.en then
      d:wait(t.lognormal("on the bench", t.minutes(70), 0.25))
      d:inject { id = "T-02", to = { "north.dispatcher", "north.incident_lead" }, channel = "phone",
        from = words("telecontrol workshop", "远动检修车间"), kind = "resource.spare", about = "fault",
        text = words("On the bench: the boot loader is gone too. It takes new devices, and the stock holds four.",
          "上台架看了：引导程序也没了，只能换新，库里只有四台。"),
        expects = { "log_decision", "note" } }
    end
  end,
}

-- By hand
drill:inject { id = "C-01", contingency = true, kind = "contingency.stall", to = all "dispatcher", channel = "phone",
  from = words("depot foreman", "工区班长"), about = "fault",
  text = words("Twenty of us sit here with the switching cards on our knees. Why do we wait for a screen?",
    "我们二十个人拿着操作票坐在这儿。为什么要等屏幕？"),
  expects = { "manual_mode", "assign_crew" } }
drill:inject { id = "C-02", contingency = true, kind = "contingency.ahead", to = "west.dispatcher", channel = "alarm",
  from = words("telecontrol monitoring", "远动通道监视"), about = "fault",
  text = words("For those who are quick: one channel in the west answers again. A breaker could be closed from afar.",
    "进度超前时用：西部有一路通道恢复应答，可试遥控合闸。"),
  expects = { "log_decision", "ask" } }
drill:inject { id = "C-03", contingency = true, kind = "intel.wrong", to = all "soc", channel = "chat",
  from = words("unknown sender", "未知发件人"), about = "public",
  text = words("It was the new billing system; it switches whoever has not paid. Everybody in town knows.",
    "是新的电费系统干的，谁欠费就拉谁。全城都知道了。"),
  expects = { "ask", "note" } }

-- For those who watch
local function watch(id, minute, english, chinese)
  drill:inject { id = id, at = t.minutes(minute), hidden = true, kind = "evaluation.prompt",
    text = words(english, chinese) }
end
watch("E-01", 30, "From now on somebody else's hand is on the screen. Note the minute in which each team first says so aloud.",
  "从现在起屏幕由他人操控。记录各队首次明确说出这一点的时刻。")
watch("E-02", 70, "Who still tries to switch from afar, who has let go, and who gave the order to let go?",
  "谁还在尝试遥控？谁已放弃？放弃的命令是谁下的？")
watch("E-03", 115, "Do the three companies know of each other, and through whom? The authority should not be the only way.",
  "三家公司是否相互知情？通过谁？不应只有监管机构这一条渠道。")
watch("E-04", 190, "What on a screen does the team believe by now, and who has gone to look?",
  "此时团队还相信屏幕上的哪些信息？谁去现场核实过？")
drill:inject { id = "E-05", at = t.minutes(420), to = { "control.evaluator", "control.director" }, channel = "briefing",
  from = words("planning team", "策划组"), kind = "evaluation.hot-wash", expects = {},
  text = words("Hot wash: minutes from the first breaker to the first crew on its way, and what was waited for in between.",
    "讲评：从第一台断路器分闸到第一支班组出发用了几分钟？其间在等什么？") }

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
