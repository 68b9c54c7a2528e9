-- What Still Water promises in every run.
local t, e = require "tocsin", require "tocsin.expect"
local expect = e.expect

expect(e.mark "radio-jammed"):is_reached():before(t.minutes(90))
expect(e.mark "overflowing"):is_reached():after(t.hours(2)):before(t.hours(3.5)):under "none"
  :because "without it there is no drill"
expect(e.mark "overflowing"):is_reached():after(t.hours(2)):before(t.hours(3.5))
expect(e.inject "I-10"):fires_before(t.hours(4))
expect(e.inject "I-20"):fires():under "none"
expect(e.service("water", "hillcare")):falls_below(0.5):under "none"
  :because "the hospital is dry when nobody looks after the booster"
expect(e.service("water", "hillcare")):stays_above(0.99):in_at_least(t.percent(95))
for number = 1, 5 do
  expect(e.objective("O" .. number)):is_met():in_at_least(t.percent(90))
  expect(e.objective("O" .. number)):is_met():never():under "none"
end
expect(e.duty "first-report"):is_done_in_time():in_at_least(t.percent(90))
