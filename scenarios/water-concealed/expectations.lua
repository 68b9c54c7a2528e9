-- What Still Water promises in every run.
local t, e = require "tocsin", require "tocsin.expect"
local expect = e.expect

expect(e.mark "radio-jammed"):is_reached():before(t.minutes(90))
expect(e.mark "overflowing"):is_reached():after(t.hours(2)):before(t.hours(3.5)):under "none"
  :because "without it there is no drill"
expect(e.mark "overflowing"):is_reached():after(t.hours(2)):before(t.hours(3.5))
expect(e.inject "I-10"):fires_before(t.hours(4))
expect(e.inject "I-20"):fires():under "none"
expect(e.inject "I-08"):fires_before(t.hours(2.5)):because "the attendant hears the pump before the tank runs over"
expect(e.inject "I-15"):fires_before(t.hours(5))
expect(e.inject "I-22"):fires():under "none"
expect(e.inject "I-24"):fires():in_at_least(t.percent(95))
expect(e.decision "tankers"):is_made():in_at_least(t.percent(95))
expect(e.mark "booster-stopped"):is_reached():before(t.hours(5))
expect(e.service("water", "hillwater")):falls_below(0.99):under "none"
expect(e.service("water", "hillcare")):falls_below(0.5):under "none"
  :because "the hospital is dry when nobody looks after the booster"
expect(e.service("water", "hillcare")):stays_above(0.99):in_at_least(t.percent(95))
for number = 1, 6 do
  expect(e.objective("O" .. number)):is_met():in_at_least(t.percent(90))
  expect(e.objective("O" .. number)):is_met():never():under "none"
end
expect(e.duty "first-report"):is_done_in_time():in_at_least(t.percent(90))
