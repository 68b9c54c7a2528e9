-- What Severed Core promises in every run (`tocsin test`). The public figures are held against
-- policies/history.lua in notes.md.
local t, e = require "tocsin", require "tocsin.expect"
local expect = e.expect

expect(e.mark "erasing"):is_reached():before(t.minutes(45))
expect(e.service("voice", "volnix")):falls_below(0.01):because "cut or erased, it goes dark"
expect(e.service("voice", "volnix")):is_whole():before(t.hours(60))
expect(e.service("voice", "volnix")):is_whole():never():under "none":because "what is erased does not come back"
expect(e.service("internet", "volnix")):is_whole()
expect(e.mark "cut"):is_reached():before(t.minutes(90))
expect(e.mark "cut"):is_reached():after(t.minutes(110)):before(t.minutes(130)):under "history"
expect(e.mark "joined-clean"):is_reached()
expect(e.mark "joined-clean"):is_reached():never():under "hasty":because "the way in was not built anew"
expect(e.mark "attach-storm"):is_reached():never():because "regions come back one by one"
expect(e.mark "attach-storm"):is_reached():under "reference:doors=0"
expect(e.mark "over-the-gate"):is_reached():under "keyboard":because "accounts are not all that it has"
for _, rival in ipairs { "amber", "kestrel" } do
  expect(e.service("voice", rival)):stays_above(0.99)
  expect(e.service("voice", rival)):falls_below(0.8):under "hasty":because "two networks cannot carry three"
end
for number = 1, 8 do
  expect(e.objective("O" .. number)):is_met():in_at_least(t.percent(90))
  expect(e.objective("O" .. number)):is_met():never():under "none"
end
expect(e.duty "first-report"):is_done_in_time():in_at_least(t.percent(95))
expect(e.duty "outage-notice"):is_done_in_time():in_at_least(t.percent(95))
expect(e.duty "alarm-notice"):is_done_in_time():in_at_least(t.percent(95))
expect(e.decision("cut-or-watch", "cut the core off")):is_made()
expect(e.drill()):ends():before(t.hours(204))
