-- What Still Water promises in every run. `attentive` is the reference with one habit more: it sends
-- somebody up the hill when the attendant says that the pump never rests.
local t, e = require "tocsin", require "tocsin.expect"
local expect = e.expect

-- The attack goes its way whoever plays.
for _, policy in ipairs { "none", "reference", "attentive" } do
  expect(e.mark "inside"):is_reached():after(t.minutes(50)):before(t.minutes(85)):under(policy)
  expect(e.mark "radio-jammed"):is_reached():before(t.minutes(90)):under(policy)
  expect(e.mark "booster-stopped"):is_reached():after(t.hours(4)):before(t.hours(5)):under(policy)
  expect(e.drill()):ends():before(t.hours(14)):under(policy)
end
for _, policy in ipairs { "none", "reference" } do
  expect(e.mark "overflowing"):is_reached():after(t.hours(2)):before(t.hours(3.5)):under(policy)
    :because "without it there is no drill"
  expect(e.inject "I-10"):fires_before(t.hours(4)):under(policy)
  expect(e.inject "I-15"):fires_before(t.hours(5)):under(policy)
end
expect(e.inject "I-08"):fires_before(t.hours(2.5)):because "the attendant hears the pump before the tank runs over"

-- What the clock brings comes to everybody, and what control keeps back to nobody.
for _, planned in ipairs { "I-01", "I-02", "I-03", "I-04", "I-05", "I-06", "I-07", "I-08", "I-16", "I-17", "I-18",
  "I-19", "I-23", "I-34" } do
  expect(e.inject(planned)):fires():under "none":because "the clock brings it, whoever plays"
end
for _, contingency in ipairs { "I-30", "I-31" } do
  expect(e.inject(contingency)):never_fires():because "control brings it by hand"
end

-- If nobody acts, the hill town runs dry and nothing heals.
expect(e.service("water", "hillwater")):falls_below(0.99):under "none"
expect(e.service("water", "hillwater")):is_whole():never():under "none"
expect(e.service("water", "hillcare")):falls_below(0.5):after(t.hours(6)):before(t.hours(10)):under "none"
  :because "the hospital is dry when nobody looks after the booster, once the high tank is empty"
expect(e.inject "I-20"):fires():after(t.hours(6)):under "none"
expect(e.inject "I-21"):fires():under "none"
expect(e.inject "I-22"):fires():under "none"
expect(e.decision "tankers"):is_made():never():under "none"
for number = 1, 11 do
  expect(e.objective("O" .. number)):is_met():never():under "none":because "nothing here does itself"
end

-- Who plays well keeps everybody in water, and answers who rings.
for _, operator in ipairs { "hillwater", "hillcare" } do
  expect(e.service("water", operator)):stays_above(0.99):in_at_least(t.percent(95))
  expect(e.service("water", operator)):stays_above(0.99):under "attentive":in_at_least(t.percent(95))
end
for number = 1, 11 do
  expect(e.objective("O" .. number)):is_met():in_at_least(t.percent(95))
end
expect(e.duty "first-report"):is_done_in_time():in_at_least(t.percent(95))
expect(e.decision("tankers", "to the hospital first")):is_made():in_at_least(t.percent(95))
expect(e.inject "I-24"):fires():in_at_least(t.percent(95))
for _, dry in ipairs { "I-20", "I-21", "I-22" } do
  expect(e.inject(dry)):never_fires():because "nobody's taps run dry"
end
expect(e.action("switch_off", "hillwater.dispatcher", "pump-1")):is_done():before(t.hours(4))
expect(e.action("verify_reading", "hillwater.dispatcher", "hill-tank")):is_done():before(t.hours(4.5))
  :because "from then on the level is kept by the gauge"
expect(e.action("reenergise", "hillwater.dispatcher", "pump-1")):is_done():after(t.hours(3.5))
  :because "a pump that stays off empties the tank"
expect(e.action("assign_crew", "hillwater.dispatcher", "booster")):is_done():before(t.hours(6.5))
expect(e.action("share_ioc", "hillwater.ot_engineer", "cert.duty_officer")):is_done():before(t.hours(5.5))
expect(e.action("disable_account", "hillwater.ot_engineer", "scada")):is_done():before(t.hours(6))
expect(e.action("answer_authority", "hillwater.compliance")):is_done():before(t.hours(7))
expect(e.action("handover", "hillwater.dispatcher")):is_done():after(t.hours(9)):before(t.hours(11))

-- Whoever follows the first voice saves the cellars.
expect(e.mark "overflowing"):is_reached():never():under "attentive":in_at_least(t.percent(95))
  :because "the gauge is read before the tank is full"
expect(e.action("verify_reading", "hillwater.dispatcher", "hill-tank")):is_done():before(t.hours(3)):under "attentive"
for _, number in ipairs { 3, 6, 7, 9, 10, 11 } do
  expect(e.objective("O" .. number)):is_met():under "attentive":in_at_least(t.percent(95))
end
