-- What must hold whenever this drill is played: `tocsin test` plays it many times and looks.
local t, e = require "tocsin", require "tocsin.expect"
local expect = e.expect

expect(e.mark "lights-out"):is_reached():after(t.minutes(45)):before(t.minutes(60))

-- Nobody does anything: every operator is locked out, and wave comes after wave.
for _, who in ipairs { "hosp", "water", "telco", "metro", "grid" } do
  expect(e.mark("locked-" .. who)):is_reached():before(t.hours(3)):under "none":because "whoever does nothing is locked out"
end
expect(e.service("power", "gridco")):falls_below(0.6):under "none"
expect(e.service("mobile", "telco")):falls_below(0.9):after(t.minutes(150)):under "none":because "batteries last two hours at least"
expect(e.service("care", "health")):falls_below(0.8):after(t.hours(4.5)):under "none":because "the clinic has fuel for four hours"
expect(e.service("water", "waterco")):falls_below(0.8):after(t.hours(5)):under "none":because "the tank in the East holds five hours"
expect(e.mark "zone-lost"):is_reached():after(t.hours(5.5)):under "none":because "the data centre has fuel for five hours"
for number = 1, 13 do
  expect(e.objective("O" .. number)):is_met():never():under "none":because "nothing here does itself"
end

-- The clean cut: nobody is locked out; the turbine is the price.
for _, decision in ipairs { "supplier", "public", "railway", "relief", "diesel", "standby" } do
  expect(e.decision(decision)):is_made():in_at_least(t.percent(95))
end
expect(e.mark "supplier-cut"):is_reached():before(t.minutes(85))
expect(e.mark "turbine-out"):is_reached():before(t.minutes(150)):because "without its remote watch it stops"
expect(e.mark "locked-grid"):is_reached():never()
expect(e.mark "locked-telco"):is_reached():never()
for _, number in ipairs { 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13 } do
  expect(e.objective("O" .. number)):is_met():in_at_least(t.percent(90))
end
expect(e.objective "O4"):is_met():in_at_least(t.percent(60)):because "two sets of relays take a morning"
expect(e.duty("cn-2025/gridco/first-report/protection_department", "gridco")):is_done_in_time():in_at_least(t.percent(95))
expect(e.duty("situation-report", "authority")):is_done_in_time():in_at_least(t.percent(95))

-- The inner doors: the turbine runs on, and the hospitals, who are slow, are locked out and helped back.
local steady = "steady"
expect(e.mark "turbine-out"):is_reached():never():under(steady)
expect(e.mark "locked-grid"):is_reached():never():under(steady)
expect(e.mark "locked-hosp"):is_reached():in_at_least(t.percent(75)):under(steady)
expect(e.objective "O3"):is_met():under(steady):in_at_least(t.percent(95))
expect(e.objective "O7"):is_met():under(steady):in_at_least(t.percent(90))
expect(e.objective "O8"):is_met():under(steady):in_at_least(t.percent(90))

-- Each choice put off: the same hands, and the second blow falls.
expect(e.mark "second-blow"):is_reached():under "late":in_at_least(t.percent(95))
expect(e.objective "O3"):is_met():never():under "late"
expect(e.objective "O6"):is_met():under "late":never():because "the tanker went elsewhere"

-- The cut without its price: the line goes, and the south with it.
expect(e.mark "south-dark"):is_reached():under "rash":in_at_least(t.percent(95))
