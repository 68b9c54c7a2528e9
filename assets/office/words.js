/* Every word that the page shows, in both languages. */
"use strict";

const Words = (function () {
  const page = {
    strip: ["EXERCISE · simulated data, not operational", "演练 · 模拟数据，非真实业务"],
    "door-text": ["Type in the token that you were given for your seat.", "请输入分发给您所在席位的令牌。"],
    token: ["Token", "令牌"], language: ["Language", "语言"], enter: ["Join the drill", "进入演练"],
    dark: ["Dark", "深色"], light: ["Light", "浅色"],
    stop: ["Real emergency", "真实险情"],
    "stop-text": ["This stops the drill at once, for everybody, because something is really wrong.", "因发生真实险情，将立即停止所有人的演练。"],
    "stop-word": ["What has happened?", "发生了什么？"], "stop-yes": ["Stop the drill", "停止演练"], no: ["Go back", "返回"],
    stopped: ["The drill has been stopped", "演练已停止"], "stopped-seen": ["I have seen it", "我已知悉"],
    "control-title": ["Clock", "时钟"], "control-pause": ["Pause", "暂停"], "control-resume": ["Go on", "继续"], "control-step": ["One minute", "步进一分钟"], "control-next": ["Next", "下一事项"],
    "control-speed": ["Speed, times the clock on the wall", "速度（实际时间的倍数）"], "control-to": ["Minute of the drill", "演练分钟"], "control-rewind": ["Take it back to there", "退回该时刻"], "control-end": ["End the drill", "结束演练"],
    "control-branch": ["Branch", "分支"], "control-branches": ["Branches", "分支"], "control-branch-name": ["Name of a new branch", "新分支名称"], "control-branch-back": ["Go back to it", "回到该分支"], "branch-played": ["played now", "正在演练"],
    "control-seats": ["Seats", "席位"], "control-injects": ["Injects", "注入事件"], "control-assets": ["Not as they should be", "异常资产"], "control-attacks": ["Adversaries", "攻击方"],
    "control-fire": ["Fire now", "立即下发"], "control-hold": ["Hold", "暂缓"], "control-release": ["Release", "解除暂缓"], "control-called": ["Call made", "已拨打"], "control-hand-over": ["Stand-in plays", "由替身代演"], "control-by-hand": ["by hand, or on a condition", "手动或按条件"],
    "inject-pending": ["to come", "待下发"], "inject-held": ["held", "已暂缓"], "inject-due": ["to be called", "待拨打"], "inject-delivered": ["delivered", "已送达"],
    "filled-person": ["a person", "人员"], "filled-stand-in": ["a stand-in", "替身"], "filled-nobody": ["nobody", "无人"],
    "tell-title": ["Say as somebody else", "以他人身份发送"], "tell-from": ["From", "发送方"],
    services: ["Services", "服务"], duties: ["Duties", "义务与时限"], decisions: ["Decisions", "决策"], orders: ["Orders", "指令"],
    approvals: ["Waiting for approval", "待审批"], board: ["Status board", "态势板"],
    map: ["Own assets", "本单位资产"], alarms: ["Alarms", "告警"], assets: ["Assets", "资产"],
    "time-short": ["Time", "时间"], asset: ["Asset", "资产"], what: ["What", "内容"], state: ["State", "状态"], kind: ["Kind", "类别"], seen: ["Seen", "最近获知"],
    act: ["Do something", "执行动作"], verb: ["Action", "动作"], target: ["Target", "对象"], do: ["Do it", "执行"],
    say: ["Write", "发送消息"], to: ["To", "收件席位"], channel: ["Channel", "渠道"], tlp: ["TLP", "TLP 标记"], text: ["Text", "内容"], send: ["Send", "发送"],
    inbox: ["Inbox", "收件箱"], tickets: ["Tasks", "任务"], log: ["Log", "日志"],
    nothing: ["Nothing", "无"], unread: ["unread", "未读"], reply: ["Reply", "回复"], acknowledge: ["Acknowledge", "确认"],
    choose: ["Choose", "选择"], approve: ["Approve", "批准"], reject: ["Reject", "驳回"], fulfil: ["Report as done", "报告完成"],
    until: ["until", "截止"], left: ["left", "剩余"], over: ["over", "已超时"], by: ["by", "由"], unknown: ["not known", "未知"],
    met: ["of demand met", "需求满足"], without: ["people without it", "人受影响"], minimum: ["tolerable minimum", "可容忍下限"],
    sending: ["Sending …", "发送中……"], taken: ["Recorded at", "已记录，时刻"], refused: ["Not taken:", "未受理："],
    joined: ["Connected", "已连接"], lost: ["Connection lost. Nothing that was recorded is lost; trying again …", "连接中断。已记录的内容不会丢失，正在重连……"],
    closed: ["Disconnected", "已断开"], paused: ["Paused", "已暂停"], talking: ["Time stands still; ready:", "时间静止；已就绪："], script: ["Demonstration", "示范演练"], running: ["Running", "进行中"], ended: ["Ended", "已结束"],
    filter: ["Filter", "筛选"], lasts: ["Takes", "用时"], "at-once": ["done at once", "立即完成"], "takes-varies": ["time depends", "用时视情况而定"],
    "needs-approval": ["needs approval", "需审批"], final: ["cannot be undone", "不可撤销"],
    legend: ["Squares: assets. Crossed and red: believed down. Dashed: not known.", "方块为资产；红色带叉为据信停运；虚线为未知。"],
    head: ["Record", "记录"], told: ["told", "已报"], missing: ["missing", "缺少"], talk: ["Advice", "专家咨询"], zones: ["Zones that need attention", "需关注的区域"], alerts: ["alerts", "安全警报"], plan: ["Emergency plan", "应急预案"], own: ["yours", "本席位"], save: ["Save", "保存"], close: ["Close", "关闭"], done: ["done", "完成"], marking: ["Marking", "标记"]
  };

  const states = {
    on: ["on", "运行"], off: ["off", "停运"], starting: ["starting", "启动中"], stopping: ["stopping", "停止中"], degraded: ["degraded", "降级"],
    failed: ["failed", "故障"], "under-repair": ["under repair", "抢修中"], unknown: ["not known", "未知"], "view-lost": ["out of sight", "失去监视"],
    unacknowledged: ["new", "未确认"], acknowledged: ["acknowledged", "已确认"], returned: ["returned", "已恢复"], shelved: ["shelved", "已搁置"],
    suppressed: ["suppressed", "已抑制"], "out-of-service": ["out of service", "停用"], normal: ["normal", "正常"],
    open: ["open", "进行中"], chosen: ["chosen", "已选择"], default: ["taken by default", "按默认执行"], overdue: ["overdue", "已逾期"],
    done: ["done", "完成"], late: ["done late", "逾期完成"], missed: ["missed", "未完成"], requested: ["requested", "已申请"], approved: ["approved", "已批准"],
    "under-way": ["under way", "进行中"], refused: ["refused", "被拒"], cancelled: ["cancelled", "已取消"], given: ["given", "已下达"],
    "done-late": ["done late", "逾期完成"], asked: ["asked", "待批"], rejected: ["rejected", "已驳回"], expired: ["expired", "已过期"]
  };

  const channels = {
    phone: ["telephone", "电话"], email: ["e-mail", "电子邮件"], radio: ["radio", "电台"], sms: ["text message", "短信"], chat: ["chat", "聊天"], fax: ["fax", "传真"],
    letter: ["letter", "信函"], "in-person": ["in person", "当面"], news: ["news", "新闻"], social: ["social media", "社交媒体"], alarm: ["alarm", "告警"],
    portal: ["portal", "门户"], order: ["order", "指令"], briefing: ["briefing", "通报"]
  };

  const verbs = {
    acknowledge_alarm: "确认告警", shelve_alarm: "搁置告警", unshelve_alarm: "取消搁置", observe: "遥测查看", inspect_site: "现场查看", query_log: "查询日志", hunt: "威胁狩猎",
    consult: "咨询专家", advise: "提供建议", set_belief: "填报态势", ask: "询问", notify_peer: "告知", log_decision: "记录决策", decide: "作出选择", note: "记事", dispute_score: "对评分提出异议",
    raise_safety_stop: "安全停止", order: "下达指令", acknowledge_order: "确认指令", fulfil_order: "报告指令完成", declare_incident: "宣布事件", stand_down: "宣布解除",
    classify: "事件分类", grade: "事件定级", estimate_impact: "影响估计", attribute: "判断攻击手法", activate_plan: "启动预案", isolate: "隔离", reconnect: "恢复接入",
    block_conduit: "阻断通道", unblock_conduit: "恢复通道", block_service: "封禁服务", unblock_service: "解封服务", isolate_zone: "隔离区域", reconnect_zone: "恢复区域",
    collect_evidence: "取证", validate_safe: "安全验证", disable_account: "停用账号", enable_account: "启用账号", revoke_cert: "吊销证书", reissue_cert: "重发证书",
    close_remote_access: "关闭远程访问", open_remote_access: "开放远程访问", rotate_secrets: "更换口令密钥", patch: "打补丁", restore_config: "恢复配置", rate_limit: "限流",
    lift_limit: "解除限流", throttle_tenant: "限制租户", failover: "切换备用", change_phase: "切换阶段", manual_mode: "转就地控制", remote_mode: "转远方控制", reenergise: "恢复送电",
    switch_off: "停运", trip: "跳闸", close_valve: "关阀", open_valve: "开阀", stop_trains: "扣车", release_trains: "放行列车", speed_limit: "限速", reroute: "改路径",
    island: "解列成岛", resynchronise: "同期并列", black_start: "黑启动", shed_load: "切负荷", restore_load: "恢复负荷", redispatch: "调整出力", assign_crew: "派遣队伍",
    repair: "抢修", replace: "更换", reimage: "重装系统", restore_backup: "备份恢复", return_to_service: "恢复投运", refill: "补给", prioritise: "调整优先级",
    cancel_job: "取消作业", shift_change: "换班", request_spare: "申领备件", call_vendor: "联系厂商", request_mutual_aid: "请求支援", offer_aid: "提供支援",
    approve: "批准", reject: "驳回", report_initial: "首次报告", report_supplement: "补充报告", press_statement: "对外发布", notify_customer: "告知用户",
    report_summary: "总结报告", correct_report: "更正报告", police_report: "报警", answer_authority: "答复主管部门", relay: "转发", share_ioc: "共享失陷指标", handover: "交接班", verify_reading: "现场核对读数"
  };

  const keys = {
    text: ["Text", "内容"], channel: ["Channel", "渠道"], tlp: ["TLP", "TLP 标记"], pap: ["PAP", "PAP 标记"], message: ["Message (M-…)", "消息编号（M-…）"], about: ["About", "事由"],
    crew: ["Crew", "队伍"], rank: ["Rank (lower is sooner)", "优先级（小者先）"], state: ["State", "状态"], confidence: ["Confidence (0–1)", "把握程度（0–1）"],
    options: ["Options", "备选方案"], reason: ["Reason", "理由"], owner: ["Owner", "负责人"], option: ["Choice", "选项"], objective: ["Objective", "目标"],
    verb: ["Action", "动作"], asset: ["Asset", "资产"], minutes: ["Minutes", "分钟"], order: ["Order (O-…)", "指令编号（O-…）"], category: ["Category", "类别"],
    grade: ["Grade", "等级"], people: ["People", "人数"], technique: ["Technique", "手法"], plan: ["Plan", "预案"], level: ["Level", "级别"], service: ["Service", "服务"],
    share: ["Share (0–1)", "比例（0–1）"], to: ["To", "至"], output: ["Output, like 120MW", "出力，如 120MW"], job: ["Work", "作业"], part: ["Part", "备件"], vendor: ["Vendor", "厂商"],
    count: ["Count", "数量"], skill: ["Skill", "技能"], where: ["Where", "地点"], hours: ["Hours", "小时"], items: ["Items told", "报告要素"], ioc: ["Indicator", "失陷指标"], looks: ["Looks", "查看次数"], step: ["Plan step", "预案步骤"]
  };

  /* What each action does; in English the server says it. */
  const helps = {
    acknowledge_alarm: "表明已看到该告警。", shelve_alarm: "在一段时间内搁置告警，并说明理由。", unshelve_alarm: "让被搁置的告警重新出现。", observe: "在有遥测时通过遥测查看资产。",
    inspect_site: "派人到现场查看资产，不作任何操作。", query_log: "查看资产日志中的陌生访问；日志被篡改的资产看不出异常。", hunt: "在没有传感器告警的情况下在区域内搜寻攻击者；没有发现并不能说明没有。",
    consult: "向不参演的专家提问；不占用演练时间，全程留痕。", advise: "回答提问的席位。", set_belief: "在态势板上填报对资产状态的判断。", ask: "向某人提问。", notify_peer: "告知某人某事。", log_decision: "记录决策、理由及负责人。", decide: "对提交给本席位的问题作出选择。", note: "记下一件事。",
    dispute_score: "请评估人员复核评分，并说明理由。", raise_safety_stop: "发生真实险情：立即结束演练并告知所有人。", order: "命令本队或受其指挥的席位在规定时间内完成某事。", acknowledge_order: "表明指令已收到并理解。",
    fulfil_order: "报告指令已完成。", declare_incident: "宣布发生事件。", stand_down: "宣布事件结束。", classify: "按 GB/T 20986 的十类说明事件类别。", grade: "说明事件等级及理由。", estimate_impact: "估计最多影响的人数和时长。",
    attribute: "说明攻击采用的 ATT&CK for ICS 手法。", activate_plan: "启动应急预案并召集人员。", isolate: "将资产从网络断开；依赖它的资产将失去它。", reconnect: "取消隔离，可远方或由现场队伍完成。",
    block_conduit: "阻断通道，使用它的正常业务也会中断。", unblock_conduit: "按规则恢复通道。", block_service: "使资产拒绝来自任何地方的某项网络服务。", unblock_service: "使资产重新接受某项网络服务。",
    isolate_zone: "将区域与其他区域断开，区域内部不变。", reconnect_zone: "按通道规则恢复区域连接。", collect_evidence: "固定入侵者在资产上留下的证据；重装后证据将不复存在。", validate_safe: "全面检查资产并判断能否恢复使用。",
    disable_account: "停用资产的账号：已登录者下线，被盗口令失效。", enable_account: "恢复资产账号的使用。", revoke_cert: "使资产不再被信任：来自它的会话结束，它与他人的业务也会中断。", reissue_cert: "为资产重新签发证书。",
    close_remote_access: "使区域内资产拒绝远程访问服务。", open_remote_access: "恢复区域的远程访问服务。", rotate_secrets: "更换资产的口令和密钥，被盗的随即失效。", patch: "修补资产的漏洞，期间停用。", restore_config: "将程序和设置恢复为应有状态，并说明此前是否正常。",
    rate_limit: "只接受一部分流量（未说明时为一半），不会被冲垮，但产出减少。", lift_limit: "解除限制。", throttle_tenant: "只给租户一部分资源（未说明时为一半）。", failover: "趁现有来源仍在，将资产切换到备用或指定来源。",
    change_phase: "使任务另一阶段的通道与规则对所有人生效。", manual_mode: "不再远方操作，由现场队伍操作。", remote_mode: "恢复远方操作。", reenergise: "重新投入运行；就地控制时由队伍完成。", switch_off: "主动停运；就地控制时由队伍完成。",
    trip: "立即从远方断开线路、变压器或变电站的断路器。", close_valve: "从远方关闭阀门或管道。", open_valve: "从远方打开关闭的阀门或管道。", stop_trains: "扣停线路或车站的列车，不再运送乘客。", release_trains: "放行被扣停的列车。",
    speed_limit: "列车限速，只运送一部分（未说明时为一半）。", reroute: "停用有替代路径的链路，使其承载改道。", island: "断开某一范围与电网其余部分的联络线，由自有电厂供电。", resynchronise: "将该范围与电网重新并列；两侧均须带电。",
    black_start: "利用自备储备启动停运设备。", shed_load: "主动切除母线的一部分负荷，未说明时为全部。", restore_load: "恢复被切除的负荷。", redispatch: "令机组改变出力。", assign_crew: "派队伍查明原因并修复。", repair: "派队伍修复损坏。",
    replace: "派队伍以新设备更换无法修复的设备。", reimage: "重装资产：入侵者与证据都不复存在。", restore_backup: "从备份恢复，同重装，但用时较短。", return_to_service: "将已验证安全的资产恢复投运。", refill: "为资产所依赖的储备补充燃料等。",
    prioritise: "改变该处作业的先后，数值小者先做。", cancel_job: "取消本队在该处的作业。", shift_change: "令队伍换班：期间无人出动，交接会延长作业。", request_spare: "向厂商订购备件送至本单位资产。", call_vendor: "请厂商人员到资产作业，并带来所售备件。",
    request_mutual_aid: "请另一单位借调队伍。", offer_aid: "向另一单位借出队伍若干小时。", approve: "批准他人申请；接受支援。", reject: "拒绝他人申请；谢绝支援或遣返队伍。", report_initial: "向应报告对象首次报告事件。",
    report_supplement: "报告首报之后获知的情况。", press_statement: "向公众说明发生了什么、应当怎样做。", notify_customer: "告知相关用户将会怎样。", report_summary: "事后总结：原因、措施、损失与教训。", correct_report: "更正报告中的错误。",
    police_report: "就涉嫌犯罪向公安机关报案。", answer_authority: "答复主管部门的询问。", relay: "转发收件箱中的消息。", share_ioc: "共享可供他人识别攻击的指标。", handover: "交班：说明现状与未尽事项。", verify_reading: "派队伍到现场核对显示是否真实，不作修理；对水池则读取液位。"
  };

  let number = 0;
  const fold = function (table, id, plain) { return table[id] === undefined ? plain : table[id][number]; };
  const spaced = function (id) { return id.replace(/[-_]/g, " "); };

  return {
    speak: function (language) { number = language === "zh" ? 1 : 0; document.documentElement.lang = language === "zh" ? "zh-CN" : "en"; },
    isChinese: function () { return number === 1; },
    of: function (id) {
      if (id.startsWith("state-")) { return fold(states, id.slice(6), spaced(id.slice(6))); }
      if (id.startsWith("channel-")) { return fold(channels, id.slice(8), spaced(id.slice(8))); }
      if (id.startsWith("key-")) { return fold(keys, id.slice(4), spaced(id.slice(4))); }
      if (id.startsWith("verb-")) { return number === 1 && verbs[id.slice(5)] !== undefined ? verbs[id.slice(5)] : spaced(id.slice(5)); }
      return page[id][number];
    },
    help: function (id, english) { return number === 1 && helps[id] !== undefined ? helps[id] : english; },
    channels: Object.keys(channels),
    fill: function () {
      for (const element of document.querySelectorAll("[data-word]")) { element.textContent = page[element.dataset.word][number]; }
    }
  };
})();
