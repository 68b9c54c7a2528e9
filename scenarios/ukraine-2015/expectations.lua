-- What Dark Afternoon promises whoever plays it, run for run (`tocsin test`). The public figures,
-- which are about many runs together, are held against it in notes.md.
local t, e = require "tocsin", require "tocsin.expect"
local expect = e.expect

for operator, hits in pairs { north = "30min", west = "32min", south = "51min" } do
  expect(e.mark("breakers-" .. operator)):is_reached()
    :after(t.time(hits)):before(t.time(hits) + t.minutes(3))
  expect(e.service("power", operator)):falls_below(0.01):before(t.hours(1.5))
  expect(e.service("power", operator)):is_whole():before(t.hours(6.5))
  expect(e.service("power", operator)):is_whole():never():under "none"
    :because "nothing closes by itself, and nothing can be closed from afar"
  expect(e.service("calls", operator)):falls_below(0.5):before(t.hours(1.5))
  expect(e.service("calls", operator)):is_whole():before(t.hours(2))
  expect(e.action("reenergise", operator)):is_done():never()
    :because "remote control is given up, and every breaker is closed by somebody who stands before it"
  expect(e.action("manual_mode", operator)):is_done():before(t.hours(2))
  expect(e.action("handover", operator)):is_done():after(t.hours(5))
  for number = 1, 6 do
    expect(e.objective("O" .. number .. "-" .. operator)):is_met():in_at_least(t.percent(90))
    expect(e.objective("O" .. number .. "-" .. operator)):is_met():never():under "none"
  end
  expect(e.duty("first-report-" .. operator)):is_done_in_time():in_at_least(t.percent(95))
end
for number = 7, 12 do
  expect(e.objective("O" .. number)):is_met():in_at_least(t.percent(90))
  expect(e.objective("O" .. number)):is_met():never():under "none"
end
expect(e.inject "I-03"):fires_before(t.minutes(31)):because "the cursor moves a minute after the first breaker"
expect(e.inject "I-06"):fires():after(t.minutes(49)):because "nobody of control rings, so it comes in writing"
expect(e.inject "I-17"):fires_before(t.hours(2))
expect(e.inject "I-26"):fires():under "none":because "the clock brings it, whoever plays"
for _, contingency in ipairs { "C-01", "C-02", "C-03" } do
  expect(e.inject(contingency)):never_fires():because "control brings it by hand"
end
expect(e.action("verify_reading", "north.dispatcher", "north-35-7")):is_done()
  :because "a screen that was restored is not believed"
expect(e.action("share_ioc", "west.soc")):is_done():before(t.hours(2))
expect(e.action "police_report"):is_done():before(t.hours(4))
expect(e.decision("vendor", "take one converter to the workshop")):is_made():before(t.hours(2.8))
expect(e.decision "vendor"):is_made():never():under "none":because "nobody chooses, and nobody is let in"
expect(e.inject "T-02"):fires():before(t.hours(6))
expect(e.mark "came-back"):is_reached():never()
expect(e.mark "came-back"):is_reached():before(t.hours(4)):under "open-door"
expect(e.inject "T-01"):fires():under "open-door"
expect(e.service("power", "north")):is_whole():under "open-door"
  :because "what is in local cannot be opened from afar again"
expect(e.drill()):ends():before(t.hours(8))
