-- What must hold whenever this drill is played: `tocsin test` plays it many times and looks.
local t, e = require "tocsin", require "tocsin.expect"
local expect = e.expect

expect(e.mark "lights-out"):is_reached():after(t.minutes(45)):before(t.minutes(60))
for _, who in ipairs { "hosp", "water", "telco", "metro", "grid" } do
  expect(e.mark("locked-" .. who)):is_reached():under "none":because "whoever does nothing is locked out"
end
expect(e.service("water", "waterco")):falls_below(0.8):under "none":because "tanks end, when nobody fills them"
