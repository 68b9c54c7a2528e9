-- Rules of reporting that follow one another, texts in two languages, a paper that is handed out.
local t = require "tocsin"

local drill = t.drill {
  title = { en = "Reporting", zh = "报告" },
  kind = { form = "tabletop", span = "in-sector", content = "thematic" },
  topology = "topology.xml", starts = "2026-06-11 21:15 UTC", length = t.hours(20),
}
drill:team "gridco" { "dispatcher", "incident_lead", "compliance" }
drill:team "authority" { "duty_officer" }
drill:team "ministry" { "duty_officer" }
drill:set("town", "Old Town")
drill:duties "small" { operator = "gridco", department = "authority.duty_officer",
  ministry = "ministry.duty_officer", severity = { major = t.marked "third" } }
drill:inject { at = t.minutes(2), to = "gridco", text = { en = "{town} is quiet.", zh = "{town}平静。" },
  attach = { "memo.txt" }, expects = {} }
drill:decision "D1" { { en = "When to tell?", zh = "何时通报？" }, to = "gridco.incident_lead",
  at = t.minutes(40), options = { { en = "now", zh = "现在" }, { en = "later", zh = "以后" } },
  default = "later", within = t.minutes(20) }

local red = drill:adversary { name = "FAULT", at = "s-1", skill = "expert" }
red:plan(function(a)
  for k = 1, 3 do
    a:wait(t.exponential("between", t.minutes(6)))
    a:technique "T0855" { on = "s-" .. k, effect = "open-breaker" }
    if k == 3 then
      a:mark "third"
    end
  end
end)
return drill
