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
  for number = 1, 3 do
    expect(e.objective("O" .. number .. "-" .. operator)):is_met():in_at_least(t.percent(90))
    expect(e.objective("O" .. number .. "-" .. operator)):is_met():never():under "none"
  end
  expect(e.duty("first-report-" .. operator)):is_done_in_time():in_at_least(t.percent(95))
end
expect(e.inject "I-02"):fires_before(t.minutes(31))
expect(e.inject "I-12"):fires_before(t.hours(2))
expect(e.drill()):ends():before(t.hours(8))
