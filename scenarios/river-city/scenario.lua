-- Six Hours: last night's update came from a supplier whom five operators trust. It puts out the lights in
-- half a town, and then the buffers run down: batteries, tanks, diesel. What the teams decide in the first
-- hour says what is left in the sixth. All of it is invented; notes.md says which facts it stands on.
local t = require "tocsin"

local drill = t.drill {
  title = { en = "Six Hours", zh = "六小时" },
  kind = { form = "practical", span = "cross-sector", content = "comprehensive" },
  topology = "topology.xml",
  starts = "2026-11-18 06:00 UTC",
  length = t.hours(8),
}

drill:team "gridco" { "dispatcher", "ot_engineer", "incident_lead", "compliance" }
drill:team "waterco" { "duty_operator", "ot_engineer", "incident_lead", "public_affairs" }
drill:team "telco" { "it_noc", "soc", "incident_lead", "compliance" }
drill:team "metro" { "dispatcher", "ot_engineer", "incident_lead", "public_affairs" }
drill:team "health" { "duty_operator", "it_noc", "crisis_lead" }
drill:team "cloudco" { "it_noc", "soc", "incident_lead" }
drill:team "authority" { "duty_officer", "crisis_lead", "public_affairs" }
drill:team "cert" { "duty_officer", "soc_analyst" }
drill:team "control" { "director", "evaluator" }
drill:plan "plan-gridco.xml"

local cii = { "gridco", "waterco", "telco", "metro", "health", "cloudco" }
-- The supplier's way into each of them, in the order in which it is used.
local ways = {
  { who = "hosp", team = "health", target = "hosp-servers", after = t.minutes(85) },
  { who = "water", team = "waterco", target = "water-scada", after = t.minutes(99) },
  { who = "telco", team = "telco", target = "telco-oss", after = t.minutes(112) },
  { who = "metro", team = "metro", target = "metro-ats", after = t.minutes(124) },
  { who = "grid", team = "gridco", target = "grid-scada", after = t.minutes(140) },
}

-- Phases: the four stages of GB/T 38645, and three moves within the second ----------------------------

drill:phase "start" { at = 0, { en = "Preparation and start", zh = "演练准备与启动" },
  situation = { en = "A frosty Wednesday, six in the morning. Everything runs.", zh = "星期三清晨六时，霜冻，一切正常。" } }
drill:phase "execution" { { en = "Execution: an ordinary morning", zh = "演练执行：平常的早晨" }, at = t.minutes(10),
  situation = { en = "The morning peak begins. Teams act as they would.", zh = "早高峰开始，各队按日常职责行动。" } }
drill:phase "dark" { { en = "Execution: the first hour", zh = "演练执行：第一小时" }, when = t.marked "lights-out",
  situation = { en = "Centre and East are dark. From now on everything lives from what it has stored.",
    zh = "中心区和东区停电。从此刻起，一切都靠储备维持。" } }
drill:phase "running-down" { { en = "Execution: what was stored runs down", zh = "演练执行：储备耗尽" }, at = t.minutes(225),
  situation = { en = "Batteries are flat or nearly so, the tank in the East sinks, diesel is short.",
    zh = "电池将尽，东区水池水位下降，柴油短缺。" } }
drill:phase "ending" { { en = "End and termination", zh = "演练结束与终止" }, at = t.minutes(455),
  situation = { en = "No new action is begun. Say what is open, and hand over.", zh = "不再开始新的行动，说明未了事项并交接。" } }
drill:phase "recovery" { { en = "System recovery", zh = "系统恢复" }, at = t.minutes(470),
  situation = { en = "Systems are put back as they were; notes go to the evaluators.", zh = "系统恢复原状，记录交评估组。" } }

-- What is evaluated ---------------------------------------------------------------------------------

drill:objective "O1" { { en = "The grid recognises the loss of two substations as an attack", zh = "电网将两座变电站失电识别为攻击事件" },
  after = "lights-out", within = t.minutes(35), team = "gridco", met = t.declared "incident",
  maps = { gbt39204 = "monitoring-and-warning", csf = "DE.AE", hseep = "situational-assessment" } }
drill:objective "O2" { { en = "The supplier's way to the grid's control system is closed before it is used",
    zh = "在被利用之前切断供应商通往电网控制系统的通道" },
  after = "lights-out", within = t.minutes(75), team = "gridco",
  met = function(w) return not w:reaches("sup-rms", "grid-scada") and not w:marked "locked-grid" end,
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "cybersecurity" } }
drill:objective "O3" { { en = "The south stays connected through the morning peak", zh = "早高峰期间南部电网保持联网" },
  after = "lights-out", within = t.hours(5), team = "gridco", met = t.marked "south-held",
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "infrastructure-systems" } }
drill:objective "O4" { { en = "All customers have power again", zh = "全部用户恢复供电" },
  after = "lights-out", within = t.hours(6.5), team = "gridco", met = t.service("power", { operator = "gridco", at_least = 0.99 }),
  maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "infrastructure-systems" } }
drill:objective "O5" { { en = "Taps do not run dry", zh = "保持供水不中断" },
  after = "lights-out", within = t.hours(7), team = "waterco", met = t.marked "pressure-held",
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "infrastructure-systems" } }
drill:objective "O6" { { en = "No hospital loses its power", zh = "医院供电不中断" },
  after = "lights-out", within = t.hours(7), team = "health", met = t.marked "hospitals-held",
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "health-and-social-services" } }
drill:objective "O7" { { en = "Three hours in, patients are admitted, on screen or on paper", zh = "三小时后医院仍能收治病人（电子或纸质流程）" },
  after = "third-hour", within = t.minutes(5), team = "health",
  met = t.service("admissions", { operator = "health", at_least = 0.9 }),
  maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "health-and-social-services" } }
drill:objective "O8" { { en = "No train is caught in a tunnel", zh = "没有列车滞留隧道" },
  after = "lights-out", within = t.hours(7), team = "metro", met = t.marked "tunnels-held",
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "critical-transportation" } }
drill:objective "O9" { { en = "Most people can telephone, all through", zh = "多数市民全程可以通话" },
  after = "lights-out", within = t.hours(7), team = "telco", met = t.marked "calls-held",
  maps = { gbt39204 = "incident-handling", csf = "RS.MI", hseep = "operational-communications" } }
drill:objective "O10" { { en = "One operator's evidence becomes everybody's warning", zh = "一家的线索成为各家的预警" },
  after = "lights-out", within = t.minutes(60), team = "cert", met = t.acted { verb = "share_ioc", team = "cert" },
  maps = { gbt39204 = "information-sharing", csf = "RS.CO", hseep = "intelligence-and-information-sharing" } }
drill:objective "O11" { { en = "The public hears it from the authority first", zh = "公众首先从主管部门获知" },
  after = "lights-out", within = t.minutes(110), team = "authority", met = t.acted { verb = "press_statement", team = "authority" },
  maps = { gbt39204 = "incident-handling", csf = "RC.CO", hseep = "public-information-and-warning" } }
drill:objective "O12" { { en = "Records and dispatch survive the loss of a data centre", zh = "病历与调度系统经受住数据中心失电" },
  after = "seventh-hour", within = t.minutes(5), team = "cloudco",
  met = function(w) return w:asset("his").is_up and w:asset("dispatch-112").is_up end,
  maps = { gbt39204 = "incident-handling", csf = "RC.RP", hseep = "infrastructure-systems" } }
drill:objective "O13" { { en = "Who decided what, and why, can be read afterwards", zh = "决策及其理由事后可查" },
  after = "lights-out", within = t.hours(3), team = "authority", met = t.acted { verb = "log_decision", team = "authority" },
  maps = { gbt39204 = "incident-handling", csf = "RS.MA", hseep = "operational-coordination" } }

-- What must be reported ---------------------------------------------------------------------------------

-- What the law wants of operators of critical infrastructure, from the authority to the national office.
for _, operator in ipairs(cii) do
  drill:duties "cn-2025" { operator = operator, protection_department = "authority.duty_officer", national_office = "control.director" }
end
local function below(service, operator, level)
  return function(w) return w:service(service, operator).level < level end
end
drill:duty "pressure-notice" { operator = "waterco", to = "authority.duty_officer", within = t.hours(1),
  trigger = below("water", "waterco", 0.95), text = { en = "Loss of pressure, and whether water must be boiled", zh = "失压通报及是否需煮沸饮用" },
  source = "drill rule: a loss of pressure is told within the hour" }
drill:duty "situation-report" { operator = "authority", to = "control.director", within = t.hours(1), trigger = t.marked "lights-out",
  text = { en = "The authority's first picture of the situation to the national office", zh = "主管部门向国家部门的首次态势报告" },
  source = "drill rule: whoever leads across sectors tells the national office within the hour, before operators have reported" }

-- The adversary ---------------------------------------------------------------------------------------------

local red = drill:adversary { name = "TALLOW", at = "sup-update", skill = "expert" }

-- What came with the update waits for the clock: breakers open, and the relays that would close them are gone.
red:plan(function(a)
  a:exploit { on = "sup-rms", weakness = "signed-update", takes = t.minutes(5) }
  a:wait(t.uniform("the hour of the update", t.minutes(46), t.minutes(52)))
  a:technique "T0855" { on = "ss-centre", effect = "open-breaker", takes = t.seconds(20) }
  a:mark "lights-out"
  a:technique "T0857" { on = "relay-centre", effect = "destroy-firmware", takes = t.seconds(40) }
  a:wait(t.exponential("to the next substation", t.seconds(50)))
  a:technique "T0855" { on = "ss-east", effect = "open-breaker", takes = t.seconds(20) }
  a:technique "T0857" { on = "relay-east", effect = "destroy-firmware", takes = t.seconds(40) }
end)

-- Tries the way in until it works, or until the supplier's house is clean.
local function get_in(a, way)
  while drill:get "supplier" ~= "clean" do
    local through = a:exploit { on = "gw-" .. way.who, weakness = "supplier-key", takes = t.lognormal("gateway " .. way.who, t.minutes(3), 0.3) }
      and a:exploit { on = way.target, weakness = "maintenance-account", takes = t.lognormal("inside " .. way.who, t.minutes(4), 0.3) }
    if through then
      return true
    end
    a:wait(t.minutes(20))
  end
  return false
end

local function strike(a, way)
  if not get_in(a, way) then
    return false
  end
  a:technique "T0809" { on = way.target, effect = "encrypt", takes = t.minutes(2) }
  a:mark("locked-" .. way.who)
  return true
end

-- Each operator by its own process; if the town is told early, they do not wait.
local function when_due(a, way)
  a:wait_until(t.marked "told-early", way.after)
  if drill:get "public" == "early" then
    a:wait(way.after // 6)
  end
end
drill:set("supplier", "dirty")
drill:set("public", "silent")
for _, way in ipairs(ways) do
  red:plan(function(a)
    when_due(a, way)
    a:wait(t.uniform("before " .. way.who, 0, t.minutes(8)))
    if not strike(a, way) then
      return
    end
    if way.who == "water" then
      a:technique "T0857" { on = "dosing", effect = "destroy-firmware", takes = t.minutes(2) }
    elseif way.who == "telco" then
      a:wait(t.minutes(25))
      if a:exploit { on = "subscribers", weakness = "orchestration", takes = t.minutes(10) } then
        a:technique "T0809" { on = "subscribers", effect = "encrypt", takes = t.minutes(2) }
        a:mark "subscribers-locked"
      end
    elseif way.who == "grid" then
      a:technique "T0855" { on = "ss-harbour", effect = "open-breaker", takes = t.minutes(2) }
      a:technique "T0857" { on = "relay-harbour", effect = "destroy-firmware", takes = t.minutes(1) }
      a:technique "T0855" { on = "ss-quay", effect = "open-breaker", takes = t.minutes(2) }
      a:technique "T0857" { on = "relay-quay", effect = "destroy-firmware", takes = t.minutes(1) }
      a:mark "second-blow"
    end
  end)
end

-- What follows by itself -------------------------------------------------------------------------------------

-- Trains that ran by a control system that stops stand where they are, until they are emptied by hand.
drill:when(function(w) return not w:asset("metro-ats").is_up and w:asset("trains-by-hand").operation == "off" end, function(d)
  d:mark "trains-caught"
  d:fail("tunnels-clear", "switch-off")
  d:wait(t.lognormal("people walk out", t.minutes(85), 0.15))
  d:clear("tunnels-clear", "switch-off")
  d:mark "tunnels-empty"
end)
drill:when(function(w) return w:asset("f-docks").capability < 0.98 end, function(d) d:mark "south-lost" end)
drill:when(function(w) return w:service("water", "waterco").level < 0.95 end, function(d) d:mark "taps-dry" end)
drill:when(function(w) return w:service("care", "health").level < 0.95 end, function(d) d:mark "hospital-dark" end)
drill:when(function(w) return w:service("mobile", "telco").level < 0.5 end, function(d) d:mark "calls-lost" end)
-- What is short of power for long loses its frequency, and units protect themselves. A load flow does not show that.
drill:when(function(w)
  local capability = w:asset("f-southgate").capability
  return capability > 0 and capability < 0.97
end, function(d)
  d:mark "south-short"
  d:wait(t.lognormal("until the tie lets go", t.seconds(50), 0.3))
  d:fail("tie-airport", "open-breaker")
  d:wait(t.lognormal("until the plant trips", t.seconds(25), 0.3))
  d:fail("chp", "open-breaker")
  d:fail("gt-2", "open-breaker")
  d:mark "south-dark"
end)
drill:when(function(w) return not w:asset("zone-a").is_up end, function(d) d:mark "zone-lost" end)
drill:when(function(w) return not w:asset("gt-2").is_up end, function(d) d:mark "turbine-out" end)
drill:at(t.hours(3), function(d) d:mark "third-hour" end)
drill:at(t.minutes(410), function(d) d:mark "seventh-hour" end)
local function holds(at, mark, unless)
  drill:inject { id = "M-" .. mark, at = at, hidden = true, kind = "evaluation.prompt", unless = t.marked(unless),
    text = { en = "It has held: " .. mark, zh = "守住了：" .. mark } }
  drill:when(t.marked("M-" .. mark), function(d) d:mark(mark) end)
end
holds(t.hours(5), "south-held", "south-lost")
holds(t.minutes(448), "pressure-held", "taps-dry")
holds(t.minutes(449), "hospitals-held", "hospital-dark")
holds(t.minutes(450), "tunnels-held", "trains-caught")
holds(t.minutes(451), "calls-held", "calls-lost")
-- The supplier has rebuilt its servers by then: nobody comes in that way any more.
drill:at(t.minutes(290), function(d)
  d:set("supplier", "clean")
  d:wait(t.minutes(25)) -- until what was under way against it has run into the sand
  d:reconnect_zone "sup-dmz"
  d:mark "supplier-clean"
end)

-- Decisions -----------------------------------------------------------------------------------------------------

drill:decision "supplier" {
  question = { en = "Two substations fell to signed updates of Ostrin Controls, and its engineers can reach five operators. Cut the supplier off "
      .. "altogether (the gas turbine loses its remote watch, and nobody helps to restore), have each operator close the doors inside, or wait for proof?",
    zh = "两座变电站因奥斯特林公司的签名更新失电，其工程师可远程进入五家单位。立即切断（燃气轮机失去远程监护，恢复也无人协助），由各单位关闭内部通道，还是等待证据？" },
  to = "authority.crisis_lead", options = { { en = "cut the supplier", zh = "切断供应商" }, { en = "close the inner doors", zh = "关闭内部通道" }, { en = "wait for proof", zh = "等待证据" } }, default = "wait for proof",
  when = t.all { t.marked "lights-out", t.marked "I-12" }, within = t.minutes(15), from = { en = "CERT", zh = "区域应急中心" },
  chosen = function(d, option)
    if option == "cut the supplier" then
      d:inject { id = "D-11", to = { "gridco.incident_lead", "waterco.incident_lead", "telco.incident_lead", "metro.incident_lead", "health.crisis_lead" },
        channel = "order", from = { en = "authority", zh = "主管部门" }, kind = "authority.order", expects = { "activate_plan", "assign_crew" },
        text = { en = "Ostrin Controls is cut off by our order, in five minutes. What you get from there ends. Grid: mind the turbine.",
          zh = "我部已下令五分钟后切断奥斯特林公司。你们来自该公司的一切服务将中止。电网：注意燃气轮机。" } }
      d:wait(t.minutes(5))
      d:isolate_zone "sup-dmz"
      d:mark "supplier-cut"
    elseif option == "close the inner doors" then
      d:inject { id = "D-12", to = { "gridco.ot_engineer", "waterco.ot_engineer", "telco.soc", "metro.ot_engineer", "health.it_noc" },
        channel = "order", from = { en = "authority", zh = "主管部门" }, kind = "authority.order", expects = { "block_conduit" },
        text = { en = "Close the door between your maintenance gateway and your control systems now. Leave the line to the supplier open: "
            .. "turbine telemetry and restoration need it.",
          zh = "立即关闭维护网关与控制系统之间的通道。保留与供应商的线路：燃气轮机遥测和系统恢复需要它。" } }
      d:mark "doors-ordered"
    end
  end,
}

drill:decision "public" {
  question = { en = "The town asks what has happened. Say now that it looks like an attack, or wait until it is confirmed? "
      .. "Whoever did it reads the news too.",
    zh = "全城都在问发生了什么。现在就说疑似攻击，还是等证实之后？攻击者也看新闻。" },
  to = "authority.public_affairs", options = { { en = "say it now", zh = "现在公布" }, { en = "wait until confirmed", zh = "证实后公布" } }, default = "wait until confirmed",
  when = t.marked "I-14", within = t.minutes(20), from = { en = "mayor's office", zh = "市长办公室" },
  chosen = function(d, option)
    if option == "say it now" then
      d:set("public", "early")
      d:mark "told-early"
      d:wait(t.minutes(8))
      d:fail("ecc", "flood")
      d:wait(t.minutes(25))
      d:clear("ecc", "flood")
    end
  end,
}

drill:decision "railway" {
  question = { en = "Train control was updated last night, too. Go over to trains by telephone block now (a third of the seats, but no train stops "
      .. "in a tunnel), or stay automatic through the peak?",
    zh = "列车控制系统昨夜也更新过。现在改用电话闭塞（运力降到三分之一，但列车不会停在隧道里），还是高峰期继续自动运行？" },
  to = "metro.incident_lead", options = { { en = "telephone block", zh = "电话闭塞" }, { en = "stay automatic", zh = "保持自动" } }, default = "stay automatic",
  when = t.marked "I-15", within = t.minutes(15), from = { en = "metro duty manager", zh = "地铁值班经理" },
  chosen = function(d, option)
    if option == "telephone block" then
      d:clear("trains-by-hand", "switch-off")
      d:wait(t.minutes(12))
      d:fail("trains", "switch-off")
      d:mark "by-telephone"
    end
  end,
}

drill:decision "relief" {
  question = { en = "Without the turbine the line Harbour-West carries too much from eight o'clock. Which load goes? Foundry and container "
      .. "harbour are 58 MW and 20,000 people; Southfields, Southgate and Lock Island are 48 MW, 88,000 people and the south exchange.",
    zh = "没有燃气轮机，港口—西站线路八点起将过载。切除哪部分负荷？铸造厂和集装箱港五十八兆瓦、两万人；南田、南门和船闸岛四十八兆瓦、八万八千人，还有南部交换局。" },
  to = "gridco.dispatcher", options = { { en = "foundry and harbour", zh = "铸造厂和集装箱港" }, { en = "southern suburbs", zh = "南部居民区" }, { en = "trust the line", zh = "相信线路" } }, default = "trust the line",
  when = t.all { t.marked "lights-out", t.marked "turbine-out" }, within = t.minutes(8), from = { en = "shift supervisor", zh = "值班主管" },
  chosen = function(d, option)
    local gone = option == "foundry and harbour" and { "f-foundry", "f-harbour" }
      or option == "southern suburbs" and { "f-southfields", "f-southgate", "f-lock" } or {}
    for _, feeder in ipairs(gone) do
      d:fail(feeder, "switch-off")
    end
    if #gone > 0 then
      d:mark "load-shed"
    end
  end,
}

drill:decision "diesel" {
  question = { en = "One tanker is full, and no other comes before night. Eastbank Clinic has fuel for some two hours, General Hospital for four; "
      .. "the core site at Dockside carries all calls in half the town. Where to?",
    zh = "只有一辆满载油罐车，入夜前没有第二辆。东岸诊所的油料约够两小时，总医院约四小时；码头区核心机房承担半城通话。派往哪里？" },
  to = "authority.crisis_lead", options = { { en = "Eastbank Clinic", zh = "东岸诊所" }, { en = "General Hospital", zh = "总医院" }, { en = "core site Dockside", zh = "码头区核心机房" } }, default = "General Hospital",
  when = t.marked "I-31", within = t.minutes(15), from = { en = "fuel desk", zh = "燃料调度台" },
  chosen = function(d, option)
    local where = { ["Eastbank Clinic"] = "diesel-east", ["General Hospital"] = "diesel-general", ["core site Dockside"] = "diesel-core" }
    d:wait(t.lognormal("the tanker on its way", t.minutes(40), 0.2))
    d:clear(where[option], "switch-off")
    d:mark "tanker-there"
  end,
}

drill:decision "standby" {
  question = { en = "When Zone A goes, its tenants move to Zone B, and there is no room for all. First come, first served, or clear out the bank's batch "
      .. "work now and hold the place for records and dispatch?",
    zh = "A区停运后租户会迁往B区，但容量不够。先到先得，还是现在清退银行批处理作业，为病历和调度预留位置？" },
  to = "cloudco.incident_lead", options = { { en = "first come, first served", zh = "先到先得" }, { en = "hold the place", zh = "预留位置" } }, default = "first come, first served",
  when = t.marked "I-33", within = t.minutes(30), from = { en = "capacity desk", zh = "容量调度台" },
  chosen = function(d, option)
    if option == "hold the place" then
      d:fail("batch", "switch-off")
      d:clear("reserve", "switch-off")
      d:mark "place-held"
    end
  end,
}

-- People outside the teams ------------------------------------------------------------------------------------------

drill:persona "ostrin" { name = { en = "Ostrin Controls, hotline", zh = "奥斯特林公司热线" }, channel = "phone",
  about = { en = "The supplier. Can restore a locked system from afar with clean images, as long as its line is open.",
    zh = "供应商。线路畅通时可用干净镜像远程恢复被锁系统。" },
  answers = { en = "We rebuild our servers. Where our line to you is open, we put a clean image on your system under your eyes; say which.",
    zh = "我们正在重建服务器。只要线路还通，我们会在你们监督下用干净镜像恢复系统，请告知是哪一套。" },
  delay = t.minutes(6), spread = 0.3, capacity = 3 }
drill:persona "fuel-desk" { name = { en = "Fuel desk of the town", zh = "市燃料调度台" }, channel = "phone",
  about = { en = "Knows where diesel is.", zh = "掌握柴油去向。" },
  answers = { en = "One tanker, thirteen cubic metres. The next comes from over the river after dark.", zh = "一辆油罐车，十三立方米。下一辆天黑后才从江对岸来。" },
  delay = t.minutes(3), spread = 0.3, capacity = 2 }

-- Clean images come from the supplier where somebody asked for them and its line to the gateway is open.
for _, way in ipairs(ways) do
  drill:when(t.all { t.marked("locked-" .. way.who), t.acted { verb = "ask", target = "ostrin", team = way.team } }, function(d)
    d:wait(t.lognormal("image for " .. way.who, t.minutes(55), 0.2))
    if d:wait_until(function(w) return w:permits("sup-rms", "gw-" .. way.who, "rms") end, t.minutes(1)) then
      d:clear(way.target, "encrypt")
      d:mark("image-" .. way.who)
    end
  end)
end

-- What the teams are told ----------------------------------------------------------------------------------------------

local function tell(id, at, to, channel, from, kind, text, expects)
  drill:inject { id = id, at = at, to = to, channel = channel, from = from, kind = kind, text = text, expects = expects or {} }
end
-- Comes so long after something has happened.
local function after(mark, delay, id, to, channel, from, kind, text, expects, unless)
  drill:when(t.marked(mark), function(d)
    d:wait(delay)
    d:inject { id = id, to = to, channel = channel, from = from, kind = kind, text = text, expects = expects or {}, unless = unless }
  end)
end
local min = t.minutes

tell("I-00", min(1), "control.director", "briefing", { en = "planning team", zh = "策划组" }, "facilitation.startex",
  { en = "STARTEX. Three moves: the dark, what was stored, the way back. Nobody is told which update it was.",
    zh = "演练开始。三个阶段：停电、储备、恢复。不要告诉任何人是哪个更新。" })
tell("I-01", min(4), "gridco.dispatcher", "in-person", { en = "night shift", zh = "夜班" }, "resource.staff",
  { en = "Quiet night. Frost: the peak will be high. Turbine 2 runs at 60 MW, watched from afar by Ostrin; nobody is on site.",
    zh = "夜间平稳。有霜冻，早高峰负荷会偏高。二号燃机出力六十兆瓦，由奥斯特林公司远程监护，现场无人。" })
tell("I-02", min(12), { "gridco.ot_engineer", "waterco.ot_engineer", "telco.it_noc", "metro.ot_engineer", "health.it_noc" }, "email",
  { en = "Ostrin Controls", zh = "奥斯特林公司" }, "attack.supply-chain",
  { en = "Release 8.4 was installed on your controllers last night by remote maintenance. No action is needed.",
    zh = "昨夜已通过远程维护为贵单位控制器安装8.4版本，无需操作。" }, { "note" })
tell("I-03", min(22), { "metro.dispatcher", "authority.duty_officer" }, "phone", { en = "weather service", zh = "气象台" }, "intel.warning",
  { en = "Minus four until nine. Points and platforms may be icy.", zh = "九点前零下四度，道岔和站台可能结冰。" }, { "note" })
tell("I-04", min(31), "cert.soc_analyst", "email", { en = "a CERT abroad", zh = "境外应急中心" }, "intel.warning",
  { en = "TLP:AMBER. A maker of control systems may have lost its signing key. We do not know yet which.",
    zh = "TLP:AMBER。某控制系统厂商的签名密钥可能泄露，尚不知是哪一家。" }, { "ask", "note" })
tell("I-05", min(40), "cloudco.soc", "email", { en = "tenant", zh = "租户" }, "signal.false-alarm",
  { en = "Our log shows strange logins from 192.0.2.44. It may be our own scanner.", zh = "日志中有来自192.0.2.44的异常登录，也可能是我们自己的扫描器。" },
  { "ask", "note" })

after("lights-out", min(2), "I-10", "gridco.dispatcher", "phone", { en = "crew at Centre", zh = "中心站班组" }, "signal.alarm-flood",
  { en = "Everything went out here. Nobody switched: the breakers opened by themselves, and the relays are dead.",
    zh = "这里全黑了。没人操作，断路器自己跳开，继电保护装置全部没有反应。" }, { "declare_incident", "assign_crew" })
after("lights-out", min(4), "I-11", "health.duty_operator", "phone", { en = "both hospitals", zh = "两家医院" }, "signal.alarm",
  { en = "We run on our generators. General has diesel for six hours, the clinic for four.", zh = "已启动自备发电机。总医院柴油够六小时，诊所够四小时。" },
  { "notify_peer", "prioritise" })
after("lights-out", min(9), "I-12", { "cert.duty_officer", "cert.soc_analyst", "authority.crisis_lead" }, "phone", { en = "protection engineers of the grid", zh = "电网继保工程师" },
  "attack.supply-chain",
  { en = "The relays of both substations carry firmware 8.4, signed, of last night. It is not what Ostrin says it shipped. This is an attack.",
    zh = "两座变电站的继电保护装置都是昨夜签名的8.4固件，与奥斯特林公司声明的发布内容不符。这是攻击。" },
  { "share_ioc", "decide" })
after("lights-out", min(6), "I-13", "metro.dispatcher", "alarm", { en = "line supervision", zh = "线路监控" }, "signal.alarm",
  { en = "No traction between Old Town and Foundry. Trains roll into the stations; the west still runs.", zh = "旧城至铸造厂区段失去牵引供电，列车滑行进站，西段仍在运行。" },
  { "declare_incident", "notify_customer" })
after("lights-out", min(12), "I-14", { "authority.public_affairs", "authority.duty_officer" }, "phone", { en = "mayor's office", zh = "市长办公室" }, "media.call",
  { en = "The radio asks whether it is an attack. When does somebody speak?", zh = "电台在问是不是攻击，什么时候有人出面说明？" }, { "press_statement", "decide" })
after("lights-out", min(14), "I-15", { "metro.incident_lead", "metro.ot_engineer" }, "in-person", { en = "signal engineers", zh = "信号工程师" }, "resource.vendor",
  { en = "Train control has 8.4 as well. It runs. We could drive by telephone before it does not.", zh = "列车控制系统装的也是8.4，目前正常。可以趁它没出事改用电话闭塞。" },
  { "decide", "ask" })
after("lights-out", min(10), "I-16", "waterco.duty_operator", "alarm", { en = "Eastbank booster", zh = "东岸加压站" }, "signal.alarm",
  { en = "The booster stands. The tank in the East has water for five hours. The mobile generator is in the yard.",
    zh = "东岸加压泵停运，东区水池可供五小时，移动发电机在料场。" }, { "reenergise", "assign_crew" })
after("lights-out", min(16), "I-17", { "telco.it_noc", "telco.incident_lead" }, "alarm", { en = "network supervision", zh = "网络监控" }, "signal.alarm",
  { en = "Nine sites in Centre and East on battery: two hours the weakest, four the best. Core 2 on diesel for four.",
    zh = "中心区和东区九个基站靠电池，短的两小时，长的四小时；二号核心机房柴油够四小时。" }, { "assign_crew", "notify_customer" })
after("lights-out", min(18), "I-18", { "cloudco.it_noc", "cloudco.incident_lead" }, "alarm", { en = "data centre East Park", zh = "东园数据中心" }, "signal.alarm",
  { en = "East Park runs on diesel: five hours.", zh = "东园数据中心靠柴油运行，可维持五小时。" }, { "notify_customer", "declare_incident" })
after("lights-out", min(20), "I-19", { "gridco.incident_lead", "gridco.ot_engineer" }, "phone", { en = "protection engineers", zh = "继保工程师" }, "resource.spare",
  { en = "We have relays for one substation, and one team that can set them: two hours a station. The maker brings more within two hours, "
      .. "if somebody orders them.",
    zh = "备用继保只够一座站，能整定的也只有一个班组，每座两小时。厂家两小时内可再送来，但得有人下单。" }, { "assign_crew", "request_spare", "log_decision" })
after("lights-out", min(27), "I-20", { "telco.soc", "waterco.ot_engineer", "metro.ot_engineer", "health.it_noc", "cloudco.soc" }, "chat",
  { en = "a colleague at another operator", zh = "其他单位同行" }, "intel.peer",
  { en = "Somebody scans our maintenance gateway from Ostrin's side, 198.51.100.7. Suspicious. You too?", zh = "有人从奥斯特林那边（198.51.100.7）扫描我们的维护网关，很可疑。你们呢？" },
  { "block_conduit", "isolate", "share_ioc" })
after("lights-out", min(33), "I-21", { "authority.duty_officer", "authority.crisis_lead" }, "order", { en = "national office", zh = "国家部门" }, "authority.request",
  { en = "Who is hit, how many people, what do you need? In writing, within the hour.", zh = "哪些单位受影响、影响多少人、需要什么支援？一小时内书面报告。" }, { "report_initial", "answer_authority" })

for _, way in ipairs(ways) do
  after("locked-" .. way.who, min(1), "L-" .. way.who, way.team == "health" and { "health.it_noc", "health.duty_operator" }
      or way.team == "telco" and { "telco.it_noc", "telco.soc" }
      or { way.team .. ".ot_engineer", way.team .. ".incident_lead" }, "phone", { en = "control room", zh = "控制室" }, "signal.complaint",
    { en = "Every screen shows a ransom note: " .. way.target .. " is encrypted.", zh = "所有屏幕都是勒索信：" .. way.target .. " 已被加密。" },
    { "declare_incident", "assign_crew", "ask" })
end
after("locked-hosp", min(8), "I-22", { "health.crisis_lead", "health.duty_operator" }, "phone", { en = "emergency department", zh = "急诊科" }, "public.hospital",
  { en = "No names, no allergies, no bloods. Ambulances wait outside. Paper, or turn them away?", zh = "没有姓名、过敏史、化验单，救护车在门外等。改用纸质，还是转走？" },
  { "reenergise", "activate_plan", "notify_peer" })
after("locked-water", min(12), "I-23", { "waterco.duty_operator", "waterco.ot_engineer" }, "alarm", { en = "Spa Road waterworks", zh = "水厂" }, "signal.alarm",
  { en = "Dosing has stopped, its controller is dead, and the works shut themselves off. What is in the tanks is what there is.", zh = "加药控制器损坏、加药停止，水厂自动停产。水池里的水就是全部。" },
  { "assign_crew", "reenergise" })
after("trains-caught", min(3), "I-24", { "metro.dispatcher", "metro.incident_lead" }, "radio", { en = "drivers", zh = "司机" }, "signal.complaint",
  { en = "Four trains stand in tunnels, 2,300 people. No signal, no speed codes.", zh = "四列车停在隧道，两千三百人。无信号、无速度码。" },
  { "activate_plan", "assign_crew", "press_statement" })
after("subscribers-locked", min(2), "I-25", { "telco.incident_lead", "telco.it_noc" }, "alarm", { en = "core", zh = "核心网" }, "signal.alarm-flood",
  { en = "The subscriber database is gone. No phone registers any more, in the whole town.", zh = "用户数据库失效，全城手机无法入网。" },
  { "declare_incident", "assign_crew", "notify_peer" })
after("second-blow", min(2), "I-26", { "gridco.dispatcher", "gridco.incident_lead" }, "phone", { en = "crew at Harbour", zh = "港口站班组" }, "attack.access",
  { en = "Harbour and Quay have gone as well. Somebody has our screens.", zh = "港口站和码头站也停了。有人控制了我们的系统。" }, { "assign_crew", "manual_mode" })
after("south-dark", min(2), "I-28", { "gridco.dispatcher", "gridco.incident_lead" }, "phone", { en = "southern heat and power plant", zh = "南部热电厂" }, "signal.alarm-flood",
  { en = "We tripped, the tie is gone, the whole south is dark. We need an hour and a half and a live busbar.",
    zh = "我厂跳机，联络线也断了，整个南部停电。重启需要一个半小时和带电母线。" }, { "assign_crew", "reenergise", "notify_peer" })
after("supplier-cut", min(10), "I-27", "gridco.dispatcher", "alarm", { en = "turbine guard", zh = "燃机保护" }, "signal.alarm",
  { en = "Turbine 2 has lost its remote watch. In forty minutes it stops, unless somebody watches it on the spot.",
    zh = "二号燃机失去远程监护，四十分钟后停机，除非有人到现场值守。" }, { "reenergise", "redispatch" })

tell("I-30", min(120), { "authority.duty_officer", "gridco.incident_lead" }, "phone", { en = "foundry works", zh = "铸造厂" }, "public.panic",
  { en = "If you switch us off, tell us half an hour before: a frozen furnace is ten weeks.", zh = "要停我们的电，请提前半小时通知，炉子冻住要修十周。" }, { "notify_customer", "log_decision" })
drill:inject { id = "I-31", at = min(168), to = { "authority.crisis_lead", "health.crisis_lead", "telco.incident_lead" }, channel = "phone", from = { en = "fuel desk", zh = "燃料调度台" },
  kind = "public.traffic", unless = function(w) return w:asset("f-market").is_up and w:asset("f-clinic").is_up end,
  text = { en = "Everybody orders diesel. One tanker is full; the depot cannot pump without power.", zh = "各家都要柴油。只有一辆油罐车满载，油库停电无法加注。" },
  expects = { "decide", "answer_authority" } }
drill:inject { id = "I-32", at = min(150), to = { "telco.it_noc", "health.duty_operator" }, channel = "sms", from = { en = "many customers", zh = "众多用户" }, kind = "signal.calls",
  unless = function(w) return w:service("mobile", "telco").level > 0.98 end,
  text = { en = "No bars in East Park and Old Town. People walk to the hospitals to ask.", zh = "东园和旧城没有信号，人们走到医院去打听。" }, expects = { "notify_customer", "assign_crew" } }
drill:inject { id = "I-33", at = min(235), to = { "cloudco.incident_lead", "cloudco.it_noc" }, channel = "alarm", from = { en = "data centre East Park", zh = "东园数据中心" }, kind = "signal.alarm",
  unless = function(w) return w:asset("f-eastpark").is_up end,
  text = { en = "Two hours of diesel left. Then Zone A goes and everybody moves.", zh = "柴油还剩约两小时，之后A区停运，租户集体迁移。" }, expects = { "decide", "notify_customer" } }
drill:inject { id = "W-01", at = min(205), hidden = true, kind = "failure.pump", on = "pump-hill",
  text = { en = "A bearing of the hill pumps gives out. It has nothing to do with the rest.", zh = "高地加压泵轴承损坏，与其他事件无关。" } }
tell("I-34", min(255), { "waterco.public_affairs", "authority.public_affairs" }, "social", { en = "many accounts", zh = "众多账号" }, "public.panic",
  { en = "They say the water stops at noon. Bathtubs are being filled all over the East.", zh = "网传中午停水，东区家家都在用浴缸存水。" }, { "press_statement", "notify_customer" })
drill:inject { id = "I-40", at = min(165), to = { "authority.public_affairs", "waterco.public_affairs", "cert.duty_officer" }, channel = "social",
  from = { en = "a page that looks like the mayor's", zh = "仿冒市长的页面" }, kind = "media.forgery",
  text = { en = "FORGED: 'The water is poisoned. Call 112 if you have drunk any.' It is spreading fast.", zh = "伪造公告：“自来水有毒，喝过的请拨打112。”正在迅速传播。" },
  expects = { "press_statement" } }
drill:when(t.marked "I-40", function(d)
  d:wait(min(6))
  local has_spoken = d:wait_until(t.acted { verb = "press_statement", team = "authority" }, t.seconds(1))
  d:fail("ecc", "flood")
  d:wait(t.lognormal("until the rumour dies", has_spoken and min(12) or min(80), 0.2))
  d:clear("ecc", "flood")
end)
tell("I-35", min(280), { "gridco.incident_lead", "cert.duty_officer" }, "email", { en = "Ostrin Controls", zh = "奥斯特林公司" }, "recovery.window",
  { en = "Our servers are rebuilt, the key is withdrawn. From 10:50 you can let us in again.", zh = "服务器已重建，密钥已吊销。十点五十分起可重新接入。" }, { "reconnect_zone", "unblock_conduit", "note" })
tell("I-36", min(300), { "gridco.dispatcher", "authority.duty_officer" }, "phone", { en = "mayor's office", zh = "市长办公室" }, "authority.escalation",
  { en = "The region asks whether to send its generators. To whom first, and when is light in the East?", zh = "上级询问是否调运发电机：先给谁？东区何时来电？" }, { "answer_authority", "log_decision" })
tell("I-37", min(345), { "gridco.compliance", "telco.compliance", "waterco.incident_lead", "health.crisis_lead" }, "email", { en = "Infrastructure Authority", zh = "主管部门" }, "authority.request",
  { en = "Supplementary reports, please: cause, people concerned, when it will be over.", zh = "请补报：原因、影响人数、预计恢复时间。" }, { "report_supplement" })
tell("I-38", min(400), { "gridco.ot_engineer", "waterco.ot_engineer", "health.it_noc" }, "in-person", { en = "own engineers", zh = "本单位工程师" }, "recovery.retest",
  { en = "Before it goes back on the network: who has looked whether 8.4 is still in there?", zh = "重新入网之前：谁确认过8.4已清除？" }, { "note", "observe" })
tell("I-39", min(445), { "authority.public_affairs", "metro.public_affairs" }, "news", { en = "evening paper", zh = "晚报" }, "media.news",
  { en = "What did you know at seven, and whom did you tell?", zh = "早上七点你们知道什么？告诉了谁？" }, { "press_statement", "answer_authority" })

-- For those who run it and those who watch -------------------------------------------------------------------------------

drill:inject { id = "C-01", contingency = true, to = "cert.soc_analyst", channel = "email", from = { en = "a CERT abroad", zh = "境外应急中心" }, kind = "contingency.stall",
  text = { en = "It is Ostrin's key. TLP:GREEN: pass it on.", zh = "泄露的是奥斯特林公司的密钥。TLP:GREEN，可转发。" }, expects = { "share_ioc" } }
drill:inject { id = "C-02", contingency = true, to = "gridco.dispatcher", channel = "phone", from = { en = "shift supervisor", zh = "值班主管" }, kind = "contingency.stall",
  text = { en = "Look at Harbour-West. What happens there at eight?", zh = "看看港口—西站线路，八点会怎样？" }, expects = { "switch_off", "shed_load" } }
drill:inject { id = "C-03", contingency = true, to = "telco.it_noc", channel = "phone", from = { en = "field technicians", zh = "外勤技术员" }, kind = "contingency.ahead",
  text = { en = "The van with the batteries has broken down. An hour.", zh = "送电池的车抛锚了，要耽误一小时。" }, expects = { "prioritise" } }
drill:inject { id = "E-01", at = min(75), hidden = true, kind = "evaluation.prompt",
  text = { en = "Which operators have looked at their own gateway, and who told them?", zh = "哪些单位检查了自己的网关？谁通知的？" } }
drill:inject { id = "E-02", at = min(130), hidden = true, kind = "evaluation.prompt",
  text = { en = "Who knows how long the neighbour's battery lasts?", zh = "谁知道邻家的电池能撑多久？" } }
drill:inject { id = "E-03", at = min(200), to = { "gridco.incident_lead", "health.crisis_lead", "telco.incident_lead" }, channel = "briefing", from = { en = "evaluators", zh = "评估组" },
  kind = "evaluation.confidence",
  text = { en = "How sure are you, in per cent, that nobody is in your systems now?", zh = "你有百分之几的把握，现在没有入侵者在系统里？" }, expects = { "note" } }
drill:inject { id = "E-04", at = min(465), to = "control.evaluator", channel = "briefing", from = { en = "planning team", zh = "策划组" }, kind = "evaluation.hot-wash",
  text = { en = "For the hot wash: which hour decided this morning, and who could have known it then?", zh = "复盘问题：哪一个小时决定了结局？当时谁本可以知道？" }, expects = {} }

return drill
