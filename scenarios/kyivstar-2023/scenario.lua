-- Severed Core: somebody erases a mobile carrier's machines, block by block. Whoever cuts the core off saves
-- what is left of it, and puts half of a country in the dark; then come days of bringing it back, while
-- sirens, payments, street lights and the other carriers' networks feel it. After the public facts of
-- 12 to 20 December 2023 (notes.md); carriers, places and people are fictional.
local t = require "tocsin"

local function words(english, chinese)
  return { en = english, zh = chinese }
end

local drill = t.drill {
  title = words("Severed Core", "切断的核心"),
  kind = { form = "demonstration", span = "cross-sector", content = "comprehensive" },
  topology = "topology.xml",
  starts = "2023-12-12 05:00 Europe/Kyiv",
  length = t.days(8) + t.hours(12),
}

drill:team "volnix" { "soc", "it_noc", "incident_lead", "compliance", "public_affairs" }
drill:team "amber" { "duty_operator" }
drill:team "kestrel" { "duty_operator" }
drill:team "crosspay" { "duty_operator", "public_affairs" }
drill:team "shelter" { "duty_operator" }
drill:team "lighting" { "duty_operator" }
drill:team "regulator" { "duty_officer" }
drill:team "cert" { "duty_officer" }
drill:team "control" { "director", "evaluator" }

-- Day of December and clock to drill time, which begins on the 12th at five in the morning.
local function clock(day, hour, minute)
  return t.minutes(((day - 12) * 24 + hour - 5) * 60 + (minute or 0))
end

local regions = { "capital", "west", "north", "centre", "south" }
local rivals = { "amber", "kestrel" }

-- In the order in which they are erased.
local blocks = { "portal", "billing", "short-messages", "edge-south", "roaming-hub", "registers", "policy",
  "voice-mail", "packet-capital", "media-capital", "packet-west", "media-west", "packet-north", "media-north",
  "packet-centre", "media-centre", "packet-south", "media-south", "login-fixed", "catalogue" }

local function is_dark(w)
  return w:service("data", "volnix").level < 0.5
end
-- Cut in whichever way: the core itself, or the wires over which it is managed and fed.
local function is_cut(w)
  return w:zone("core").is_isolated or w:zone("management").is_isolated or w:conduit("machines").is_blocked
end

-- What is evaluated ---------------------------------------------------------------------------------

drill:objective "O1" {
  words("The erasing is recognised as an attack", "认识到数据擦除是攻击"), within = t.minutes(45),
  after = "erasing", team = "volnix", met = t.declared "incident",
  maps = { gbt39204 = "monitoring-and-warning", csf = "DE.AE", hseep = "situational-assessment" },
}
drill:objective "O2" {
  words("The erasing is stopped while half of the core still stands", "趁核心尚存一半以上时止住擦除"), within = t.minutes(100),
  after = "erasing", team = "volnix", met = t.any { t.marked "cut", t.marked "shut-out" },
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "cybersecurity" },
}
drill:objective "O3" {
  words("Nobody strange is inside when the core is joined again", "重新接通核心时内部已无入侵者"), after = "cut",
  within = t.hours(60), team = "volnix", met = t.marked "joined-clean",
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "cybersecurity" },
}
drill:objective "O4" {
  words("Nine in ten customers can make calls again", "九成用户恢复话音"), after = "cut", within = t.hours(54),
  team = "volnix", met = t.service("voice", { operator = "volnix", at_least = 0.9 }),
  maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "operational-communications" },
}
drill:objective "O5" {
  words("Every siren can be sounded, if by hand", "所有警报器均可鸣响（包括人工）"), after = "dark",
  within = t.hours(6), team = "shelter", met = t.service("alarms", { operator = "shelter", at_least = 0.999 }),
  maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "public-information-and-warning" },
}
drill:objective "O6" {
  words("Cards are taken again nearly everywhere", "银行卡支付基本恢复"), after = "dark", within = t.hours(30),
  team = "crosspay", met = t.service("payments", { operator = "crosspay", at_least = 0.95 }),
  maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "economic-recovery" },
}
drill:objective "O7" {
  words("Customers hear from the carrier what happened", "用户从运营商处得知情况"), after = "dark",
  within = t.hours(3), team = "volnix", met = t.acted { verb = "press_statement", team = "volnix" },
  maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "public-information-and-warning" },
}
drill:objective "O8" {
  words("Signs of the attack reach those who may be next", "攻击特征告知可能的下一个目标"), after = "erasing",
  within = t.hours(8), team = "volnix", met = t.acted { verb = "share_ioc", team = "volnix" },
  maps = { gbt39204 = "information-sharing", csf = "RS.CO", hseep = "intelligence-and-information-sharing" },
}

drill:duty "first-report" {
  operator = "volnix", to = "cert.duty_officer", within = t.hours(1), clock = "aware",
  trigger = t.marked "erasing", text = words("First report of the incident to the CERT", "向国家应急中心首次报告"),
  source = "drill rule after the one-hour limit for operators of critical infrastructure in the National "
    .. "Cybersecurity Incident Reporting Measures, in force 2025-11-01, article 4",
}
drill:duty "outage-notice" {
  operator = "volnix", to = "regulator.duty_officer", within = t.hours(2), trigger = is_dark,
  text = words("Notice of the loss of mobile service", "移动业务中断通报"),
  source = "drill rule: the loss of a network is told to the regulator within two hours; the rules of the place "
    .. "go first",
}
drill:duty "alarm-notice" {
  operator = "shelter", to = "regulator.duty_officer", within = t.hours(4), trigger = is_dark,
  text = words("Where sirens are sounded by hand", "哪些地方改为人工鸣响警报"),
  source = "drill rule: whoever warns the public says where the warning may not be heard",
}

-- Moves ---------------------------------------------------------------------------------------------

drill:phase "morning" { words("The first morning", "第一个早晨"), at = 0, situation = words(
  "Tuesday, 12 December, five in the morning. A quiet night; snow in the west. Night shift.",
  "十二月十二日，星期二，早上五点。一夜平静，西部有雪。夜班。") }
drill:phase "dark" { words("In the dark", "黑暗之中"), when = is_dark, situation = words(
  "Half of the country has no bars on its telephones. From here control may let the clock run faster.",
  "半个国家的手机没有信号。从现在起导调可以加快时钟。") }
drill:phase "recovery" { words("Bringing it back", "恢复"), at = clock(13, 6), situation = words(
  "The second day. What was saved decides how long it takes. The clock runs fast: say what comes first.",
  "第二天。保住了多少，决定了要花多久。时钟加快：请说明先恢复什么。") }
drill:phase "long-tail" { words("The long tail", "收尾"), at = clock(15, 8), situation = words(
  "The fourth day and after: what is small for the network is large for somebody. Who is still without?",
  "第四天及以后：对网络来说是小事，对某些人却是大事。还有谁没有恢复？") }

-- The adversary -------------------------------------------------------------------------------------

local red = drill:adversary { name = "MAGPIE", at = "admin-pc", skill = "expert" }

-- Goes for the managers, and for a gate that it has kept for later; false when it has been thrown out of
-- everything.
local function get_in(a)
  for _, manager in ipairs { "manager-1", "manager-2" } do
    if a:exploit { on = manager, weakness = "same-account", takes = t.minutes(4) } then
      return true
    end
  end
  if a:exploit { on = "vendor-gate", weakness = "planted-program", takes = t.minutes(4) } then
    a:mark "over-the-gate"
    return true
  end
  a:mark "shut-out"
  return a:access "admin-pc" ~= "none"
end

red:plan(function(a)
  a:wait(t.minutes(20))
  get_in(a)
  a:wait(t.minutes(7))
  a:mark "erasing"
  for _, block in ipairs(blocks) do
    while not a:exploit { on = block, weakness = "no-second-key", takes = t.seconds(40) } do
      a:wait_until(function(w) return not is_cut(w) end)
      a:wait(t.minutes(6))
      if not get_in(a) then
        return
      end
    end
    a:technique "T0809" { on = block, effect = "wipe", takes = t.seconds(50) }
    a:wait(t.lognormal("to the next block", t.minutes(9.5), 0.3))
  end
end)

-- What follows from it ------------------------------------------------------------------------------

-- How many blocks are erased now.
local function erased(d)
  local count = 0
  for _, block in ipairs(blocks) do
    count = count + (d:asset(block):has_cause "wiped" and 1 or 0)
  end
  return count
end

-- Joined again with the stranger inside, the erasing goes on.
local function is_clean()
  for _, asset in ipairs { "admin-pc", "manager-1", "manager-2", "vendor-gate" } do
    if red:access(asset) ~= "none" then
      return false
    end
  end
  return true
end
drill:when(is_cut, function(d)
  d:mark "cut"
  d:set("erased", erased(d))
  d:wait_until(function(w) return not is_cut(w) end)
  d:mark "joined"
  if is_clean() then
    d:mark "joined-clean"
  end
end)

-- Telephones that find their network again ask for it all at once. The registers bear two regions an hour.
drill:when(t.marked "cut", function(d)
  local back = {}
  for _, region in ipairs(regions) do
    t.spawn(function()
      d:wait_until(function(w) return w:asset("voice-" .. region).is_up end)
      back[#back + 1] = d.now
      if #back >= 3 and d.now - back[#back - 2] < t.minutes(50) and d:mark "attach-storm" then
        d:fail("registers", "flood")
        d:wait(t.lognormal("the storm is over", t.minutes(110), 0.2))
        d:clear("registers", "flood")
      end
    end)
  end
end)

-- Whoever cannot wait buys a card of another carrier, until there are none.
drill:when(t.marked "dark", function(d)
  d:wait(t.lognormal("queue at the shops", t.hours(3), 0.2))
  for _, region in ipairs(regions) do
    for _, rival in ipairs(rivals) do
      d:clear(rival .. "-second-" .. region, "open-breaker")
    end
    d:wait(t.minutes(25))
  end
  d:mark "second-cards"
end)

drill:when(t.marked "over-the-gate", function(d)
  d:inject { id = "T-03", to = { "volnix.soc", "volnix.it_noc" }, channel = "alarm", from = "log watch",
    kind = "attack.lateral", text = words("The gate of the vendor has woken up, and nobody at the vendor's knows why.",
      "供应商的远程维护入口被启用，供应商那边没人知道原因。"), expects = { "isolate", "isolate_zone", "close_remote_access" } }
end)

-- Decisions -----------------------------------------------------------------------------------------

local cut = { now = words("cut the core off", "切断核心"),
  manager = words("switch the first machine manager off", "关闭一号管理机"),
  watch = words("watch until it is proven", "观察，直到确认") }
drill:decision "cut-or-watch" {
  question = words("Machines vanish one after the other. Cutting the core off stops it and puts 24 million in the dark.",
    "机器一台接一台消失。切断核心可以止住，但两千四百万人将失去通信。"),
  to = { "volnix.incident_lead", "volnix.it_noc" }, options = { cut.now, cut.manager, cut.watch },
  within = t.minutes(110), default = cut.watch.en, at = clock(12, 5, 46), from = "head of operations",
  chosen = function(d, option)
    if option == cut.now.en then
      d:wait(t.lognormal("pull the plugs", t.minutes(7), 0.2))
      d:isolate_zone "core"
      d:isolate_zone "fixed-core"
    elseif option == cut.manager.en then
      d:wait(t.minutes(5))
      d:fail("manager-1", "switch-off")
      d:inject { id = "T-01", at = d.now + t.minutes(25), to = { "volnix.incident_lead", "volnix.it_noc", "volnix.soc" },
        channel = "phone", from = "machine hall", kind = "attack.lateral",
        text = words("Manager 1 is off, and they go on vanishing. It is the second manager now, the same account.",
          "一号管理机已关，机器还在消失。现在是二号管理机，用的同一个账号。"),
        expects = { "isolate_zone", "isolate", "declare_incident" } }
    end
  end,
}

local function roam(d, where)
  for _, region in ipairs(where) do
    for _, rival in ipairs(rivals) do
      d:clear(rival .. "-roam-" .. region, "open-breaker")
    end
  end
end
drill:decision "open-roaming" {
  question = words("May Volnix customers use the other carriers' networks? They can carry a third more than their own.",
    "允许沃尔尼克斯用户使用其他运营商网络吗？它们只能多承载三分之一。"),
  to = "regulator.duty_officer",
  options = { words("open roaming everywhere", "全面开放漫游"), words("open roaming in the south only", "只在南部开放漫游"),
    words("keep roaming closed", "保持关闭") },
  within = t.hours(26), default = "keep roaming closed", when = t.marked "dark", from = "ministry",
  chosen = function(d, option)
    if option == "open roaming everywhere" then
      d:wait(t.minutes(40))
      roam(d, regions)
    elseif option == "open roaming in the south only" then
      d:wait(t.minutes(40))
      roam(d, { "south" })
    end
  end,
}
drill:when(function(w)
  return w:service("voice", "amber").level < 0.97 or w:service("voice", "kestrel").level < 0.97
end, function(d)
  d:mark "rivals-overloaded"
  d:inject { id = "T-02", to = { "amber.duty_operator", "kestrel.duty_operator", "regulator.duty_officer" },
    channel = "alarm", from = "network supervision", kind = "signal.alarm-flood",
    text = words("Our own customers are refused: visitors fill the cells. We can close the door region by region.",
      "本网用户被拒接：漫游用户占满了小区。可以逐个地区关闭漫游。"),
    expects = { "switch_off", "notify_peer", "ask" } }
end)

-- What the teams are told ---------------------------------------------------------------------------

local function tell(id, at, to, channel, from, kind, expects, english, chinese, unless)
  drill:inject { id = id, at = at, to = to, channel = channel, from = from, kind = kind, unless = unless,
    text = words(english, chinese), expects = expects }
end
local function no_voice(w)
  return w:service("voice", "volnix").level < 0.5
end
local function once(id, when, to, channel, from, kind, expects, english, chinese)
  drill:inject { id = id, when = when, to = to, channel = channel, from = from, kind = kind,
    text = words(english, chinese), expects = expects }
end

tell("I-00", t.minutes(1), "control.director", "briefing", "planning team", "facilitation.startex", {},
  "STARTEX. Play the first four hours as they are; from then on let the clock run a hundred times as fast.",
  "演练开始。前四小时按实时推进，之后时钟可加快一百倍。")
tell("I-01", clock(12, 5, 8), { "cert.duty_officer", "volnix.soc" }, "email", "partner abroad", "intel.warning",
  { "note", "observe", "ask" },
  "TLP:GREEN. Carriers in two countries report accounts of administrators used from odd places at odd hours.",
  "TLP:GREEN。两国运营商报告：管理员账号在异常地点、异常时间被使用。")
tell("I-02", clock(12, 5, 26), { "volnix.soc", "volnix.it_noc" }, "alarm", "log watch", "attack.access",
  { "observe", "isolate", "disable_account", "declare_incident" },
  "Unknown login: one administrator's account on machine manager 1, from the computer of a man who is on leave.",
  "异常登录：管理员账号登录一号管理机，来自一名休假员工的电脑。")
tell("I-03", clock(12, 5, 37), { "volnix.it_noc", "volnix.incident_lead" }, "phone", "machine hall", "signal.complaint",
  { "declare_incident", "isolate_zone", "isolate" },
  "The portal's machines are gone. Not down: gone, disks and all. And the next ones are going. They vanish by themselves.",
  "门户的机器没了。不是停机，是连盘带机都没了。下一批也在消失，自己就没了。")
tell("I-04", clock(12, 6, 5), { "volnix.soc", "volnix.incident_lead" }, "chat", "night engineer", "signal.complaint",
  { "declare_incident", "share_ioc", "isolate_zone" },
  "Somebody is giving the order to erase, from both sides of our own management network. We cannot out-type them.",
  "有人从我们自己的管理网两头下达擦除命令。我们敲键盘赶不上他们。")
drill:inject { id = "I-05", when = is_dark, to = { "volnix.it_noc", "volnix.incident_lead" }, channel = "alarm",
  from = "network supervision", kind = "signal.alarm-flood", attach = { "papers/inventory.csv" },
  text = words("Every region red. No customer can attach any more. Staff telephones too: use the list with the other "
    .. "carriers' numbers. The inventory of the core is attached.",
    "所有地区变红，用户无法接入。员工手机也不通：请使用其他运营商号码的通讯录。附核心清单。"),
  expects = { "activate_plan", "assign_crew" } }
once("I-06", is_dark, "shelter.duty_operator", "alarm", "siren supervision", "signal.alarm",
  { "assign_crew", "report_initial", "notify_peer" },
  "No answer from every tenth siren in all regions: those with Volnix cards. In an air raid they would stay silent.",
  "各地区十分之一的警报器无应答，都是用沃尔尼克斯卡的。若有空袭，它们不会响。")
once("I-07", is_dark, "crosspay.duty_operator", "alarm", "terminal supervision", "signal.alarm",
  { "assign_crew", "notify_customer" },
  "Three in ten terminals cannot reach us. Shops write down amounts or send people away.",
  "三成终端连不上我们。商店或手工记账，或让顾客离开。")
once("I-08", is_dark, "lighting.duty_operator", "phone", "control room", "signal.complaint",
  { "assign_crew", "notify_peer" },
  "We cannot switch the lamps of two cities: they listen to Volnix. They burn now; tonight, in an alarm, nobody puts them out.",
  "两座城市的路灯无法控制：控制器用的是沃尔尼克斯网。现在亮着，今晚若有警报就没人能关。")
tell("I-09", clock(12, 7, 40), { "volnix.public_affairs", "regulator.duty_officer" }, "news", "breakfast television",
  "media.news", { "press_statement", "ask" },
  "Millions without a network since the morning. The carrier's page does not open. Nobody says whether it is an attack.",
  "数百万人从早上起没有信号，运营商网页打不开，没人说是否遭到攻击。", function(w) return not no_voice(w) end)
tell("I-10", clock(12, 8, 30), { "volnix.incident_lead", "volnix.compliance" }, "phone", "security service",
  "authority.request", { "answer_authority", "report_initial", "share_ioc" },
  "We open a case. Do not start anything again before copies are made. Who else has such an account?",
  "我们立案了。取证拷贝之前不要重新启动任何东西。还有谁有这样的账号？")
tell("I-11", clock(12, 9, 15), { "amber.duty_operator", "kestrel.duty_operator" }, "phone", "shops", "public.panic",
  { "notify_peer", "notify_customer", "ask" },
  "Queues round the block for cards. We sell in an hour what we sell in a month; by noon there are none.",
  "买卡的队伍排过街角。一小时卖出一个月的量，中午就没卡了。")
tell("I-12", clock(12, 10, 20), { "volnix.public_affairs", "crosspay.public_affairs", "cert.duty_officer" }, "social",
  "a group that nobody knew", "media.forgery", { "press_statement", "notify_peer" },
  "We have erased ten thousand computers and have all your names and addresses. (With pictures of screens.)",
  "我们擦除了一万台电脑，掌握了你们所有人的姓名和住址。（附屏幕截图）")
tell("I-13", clock(12, 12, 30), { "crosspay.duty_operator", "crosspay.public_affairs" }, "phone", "pharmacy chain",
  "public.hospital", { "assign_crew", "press_statement", "notify_customer" },
  "Insulin against cash only, and the cash machines in the district are out as well. What do we tell people?",
  "胰岛素只能现金购买，片区取款机也停了。我们怎么跟人说？")
tell("I-14", clock(12, 17, 5), { "lighting.duty_operator", "shelter.duty_operator" }, "radio", "police in the west",
  "public.traffic", { "assign_crew", "notify_peer" },
  "It is dark, and your lamps do what they like. And which sirens do we drive past with loudspeakers tonight?",
  "天黑了，路灯不听控制。今晚哪些警报器片区要我们用喇叭车补？")
tell("I-15", clock(13, 3, 10), { "shelter.duty_operator", "regulator.duty_officer" }, "radio", "air defence desk",
  "public.panic", { "notify_peer", "log_decision" },
  "Air-raid alarm for the capital. Sound everything, by hand where it must be. Tell us where nobody heard it.",
  "首都防空警报。全部鸣响，必要时人工鸣响。请告知哪些地方没人听到。")
drill:when(t.marked "cut", function(d)
  d:inject { id = "I-16", at = d.now + t.hours(4), to = { "volnix.incident_lead", "volnix.it_noc" }, channel = "email",
    from = "vendor of the registers", kind = "recovery.window",
    text = words("When you come back, come back region by region. The registers bear two an hour; three at once and "
      .. "they fall over.", "恢复时请逐个地区来。用户数据库每小时只受得住两个地区，三个同时来就会垮。"),
    expects = { "block_conduit", "log_decision", "note" } }
  d:inject { id = "I-17", at = d.now + t.hours(5), to = { "volnix.it_noc", "volnix.soc" }, channel = "in-person",
    from = "recovery lead", kind = "resource.backup",
    text = words("Whoever wants to join the core before the managers, the gate and that computer are built anew, "
      .. "sign here.", "谁想在管理机、维护入口和那台电脑重装之前接通核心，请在这里签字。"),
    expects = { "assign_crew", "log_decision", "note" } }
end)
tell("I-18", clock(13, 12), { "volnix.public_affairs", "volnix.incident_lead" }, "phone",
  "national radio", "media.call", { "press_statement", "log_decision" },
  "You said 'today'. Is it today? And are people's data gone or are they not?",
  "你们说“今天”。就是今天吗？用户数据到底泄露没有？", function(w)
  return not no_voice(w)
end)
once("I-19", t.marked "joined", { "volnix.soc", "volnix.it_noc" }, "briefing", "recovery lead", "recovery.retest",
  { "observe", "note" },
  "The core is joined. Watch for one hour whether anything vanishes before the next region.",
  "核心已接通。先观察一小时有没有东西再消失，再放下一个地区。")
tell("I-20", clock(14, 9, 30), { "volnix.incident_lead", "volnix.public_affairs" }, "email", "customer care",
  "signal.calls", { "notify_customer", "prioritise" },
  "Who can call asks where the internet is; who has internet asks for the codes of the bank that come as messages.",
  "能打电话的问何时能上网，能上网的问银行短信验证码为什么收不到。",
  function(w) return w:service("messages", "volnix").level > 0.5 and w:service("data", "volnix").level > 0.9 end)
tell("I-21", clock(15, 10), { "cert.duty_officer", "amber.duty_operator", "kestrel.duty_operator" }, "email",
  "security service", "intel.indicator", { "note", "notify_peer" },
  "TLP:AMBER. They were inside since May and had everything since November. Look at your own administrators' accounts.",
  "TLP:AMBER。入侵者五月就已潜入，十一月取得全部权限。请检查贵方管理员账号。")
tell("I-22", clock(16, 11), { "volnix.compliance", "regulator.duty_officer" }, "letter", "regulator",
  "authority.request", { "report_supplement", "answer_authority" },
  "How many customers were without what, and for how long? And what is still missing?",
  "多少用户失去了哪些业务？多长时间？还有什么没有恢复？")
tell("I-23", clock(18, 10), { "volnix.compliance", "volnix.incident_lead" }, "email", "board", "evaluation.hot-wash",
  { "report_summary", "log_decision" },
  "Write down what one account could do, and what would have had to be in its way.",
  "请写明：一个账号能做到什么，本该有什么拦住它。")

-- By hand
drill:inject { id = "C-01", contingency = true, to = { "volnix.incident_lead", "volnix.it_noc" }, channel = "phone",
  from = "machine hall", kind = "contingency.stall",
  text = words("We stand in front of the switch of the core. Say the word, or say that we shall not.",
    "我们就站在核心的电源开关前。下令，或者说不许动。"), expects = { "isolate_zone", "decide" } }
drill:inject { id = "C-02", contingency = true, to = "volnix.it_noc", channel = "phone", from = "machine hall",
  kind = "recovery.reinfection", on = "voice-mail",
  text = words("What we built yesterday is gone again.", "昨天装好的又没了。"),
  expects = { "isolate_zone", "isolate" } }

-- For those who watch
local function watch(id, at, english, chinese)
  drill:inject { id = id, at = at, hidden = true, kind = "evaluation.prompt", text = words(english, chinese) }
end
watch("E-01", clock(12, 6), "Who may order the cut, does that person know it, and can they be reached without this network?",
  "谁有权下令切断？本人知道吗？没有这张网还找得到他吗？")
watch("E-02", clock(12, 9), "What is said to the public about data that nobody has looked at yet?",
  "对还没人查看过的数据，向公众说了什么？")
watch("E-03", clock(13, 11), "Is there an order of what comes first, and does it name people or machines?",
  "有没有恢复顺序？写的是人还是机器？")
drill:inject { id = "E-04", at = clock(20, 15), to = { "control.evaluator", "control.director" }, channel = "briefing",
  from = "planning team", kind = "evaluation.hot-wash",
  text = words("Hot wash: what did ten minutes cost at six in the morning on the first day?",
    "讲评：第一天早上六点的十分钟值多少？"), expects = {} }

return drill
