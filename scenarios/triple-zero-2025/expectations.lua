-- What Silent Numbers promises in every run (`tocsin test`). The public figures are held against
-- policies/history.lua in notes.md.
local t, e = require "tocsin", require "tocsin.expect"
local expect = e.expect

expect(e.mark "calls-fail"):is_reached():before(t.minutes(18)):because "the change takes the route whoever plays"
expect(e.service("emergency-calls", "larkline")):falls_below(0.5)
expect(e.service("voice", "larkline")):stays_above(0.99):because "that is why no screen shows anything"
expect(e.service("voice", "larkline")):falls_below(0.01):under "radio-off"
  :because "phones find another network only where they find none of their own"
expect(e.service("emergency-calls", "larkline")):is_whole():before(t.hours(2.5))
expect(e.service("emergency-calls", "larkline")):is_whole():before(t.hours(3)):under "radio-off"
expect(e.service("emergency-calls", "larkline")):is_whole():never():under "none"
  :because "nothing mends itself, and nobody would notice"
expect(e.service("emergency-calls", "larkline")):is_whole():after(t.hours(14)):before(t.hours(15)):under "history"
for number = 1, 6 do
  expect(e.objective("O" .. number)):is_met():in_at_least(t.percent(90))
  expect(e.objective("O" .. number)):is_met():never():under "none"
end
expect(e.duty "outage-notice"):is_done_in_time():in_at_least(t.percent(95))
expect(e.duty "welfare-request"):is_done_in_time():in_at_least(t.percent(95))
expect(e.decision("tickets", "make test calls from the region")):is_made()
expect(e.decision("care")):is_made():never():because "calls are back before the first customer rings"
expect(e.decision("care", "check the handset with her")):is_made():under "history"
expect(e.inject "I-12"):never_fires()
expect(e.inject "I-12"):fires():under "none"
expect(e.drill()):ends():before(t.hours(42))
