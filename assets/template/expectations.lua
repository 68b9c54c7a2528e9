-- What must hold whenever this drill is played: `tocsin test` plays it many times and looks.
local t, e = require "tocsin", require "tocsin.expect"
local expect = e.expect

expect(e.mark "breakers-open"):is_reached():before(t.minutes(40))
expect(e.service("power", "gridco")):falls_below(0.8):because "else nobody has anything to do"
expect(e.objective "O1"):is_met():in_at_least(t.percent(90))
expect(e.objective "O2"):is_met():in_at_least(t.percent(90))
expect(e.objective "O2"):is_met():never():under "none":because "the harbour does not heal by itself"
expect(e.duty "first-report"):is_done_in_time():in_at_least(t.percent(90))
