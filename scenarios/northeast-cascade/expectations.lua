-- What must hold whenever this drill is played: `tocsin test` plays it many times and looks.
local t, e = require "tocsin", require "tocsin.expect"
local expect = e.expect

expect(e.mark "alarms-stopped"):is_reached():before(t.minutes(45))
expect(e.mark "first-line"):is_reached():before(t.minutes(97))
expect(e.mark "islanded"):is_reached():under "none":because "the grid falls when nobody plays"
expect(e.mark "islanded"):is_reached():never():because "a team that sheds load in time keeps the rest"
expect(e.service("power", "eastmere")):falls_below(0.01):under "none"
expect(e.service("water", "lakewater")):falls_below(0.01):under "none"
expect(e.objective "O1"):is_met():in_at_least(t.percent(95))
expect(e.objective "O3"):is_met():in_at_least(t.percent(95))
expect(e.objective "O4"):is_met():in_at_least(t.percent(80))
expect(e.objective "O3"):is_met():never():under "none"
expect(e.duty "outage-report"):is_done_in_time():in_at_least(t.percent(90))
