/* Tanks: mass balance against closed forms and EPANET's events, controls and reports. */
#include "water_case.h"

static double seconds(toc_time time) {
    return (double)time / 1e6;
}

static void assert_near(double found, double expected, double tolerance) {
    double off = found < expected ? expected - found : found - expected;
    if (off > tolerance) {
        fail_msg("%.9g is not %.9g", found, expected);
    }
}

/* Ø10 m, from 5 m to 1 m at 10 L/s: pi 25 4 / 0.01 s. */
static void a_tank_empties_when_the_closed_form_says(void **state) {
    struct small small;
    toc_tank_spec tank = {.service = "water",
                          .volume = 392699082,
                          .height_mm = 5000,
                          .begins_mm = 5000,
                          .least_mm = 1000};
    toc_service_figures figures;
    (void)state;
    small_begin(&small);
    small_asset(&small, "tank");
    toc_builder_tank(small.builder, &tank);
    water_user(&small, "town", 10, 0);
    water_pipe(&small, "tank", "town", 0);
    small_run(&small, 1);
    small_until(&small, 3600 * TOC_SECOND);
    assert_int_equal(water_in(&small, "tank").level_mm, 4541);
    assert_near((double)water_in(&small, "tank").volume_ml / 392699082 * 5, 4.54164, 1e-5);
    small_until(&small, 7200 * TOC_SECOND);
    assert_near((double)water_in(&small, "tank").volume_ml / 392699082 * 5, 4.08327, 1e-5);
    small_until(&small, 10800 * TOC_SECOND);
    assert_near((double)water_in(&small, "tank").volume_ml / 392699082 * 5, 3.62491, 1e-5);
    small_until(&small, 40000 * TOC_SECOND);
    assert_near(seconds(small_last_change(&small, TOC_CHANGE_TANK, small_at(&small, "tank"))),
                31415.93, 0.005);
    assert_int_equal(water_in(&small, "tank").phase, TOC_TANK_EMPTY);
    figures = toc_service_read(small.world, 0);
    assert_int_equal(figures.level_ppm, 0); /* nothing is delivered from an empty tank */
    assert_near(seconds(figures.first_loss), 31415.93, 0.005);
    small_end(&small);
}

/* EPANET's Net1 with its pump closed: Ø50.5 ft, 120 ft to 100 ft, 1,100 gpm by 1.0 1.2 1.4. */
static void a_tank_empties_under_a_pattern_as_in_epanet(void **state) {
    static const int64_t factors[] = {1000000, 1200000, 1400000, 1600000};
    static const double levels_ft[] = {115.59506, 111.19012, 105.90419, 100.61827};
    const int64_t volume = INT64_C(8507633735); /* pi (25.25 ft)^2 150 ft */
    toc_pattern_spec day = {
        .id = "day", .step = 2 * TOC_HOUR, .factors_ppm = factors, .factor_count = 4};
    toc_asset_spec pump = {
        .id = "pump-9", .operator_id = "grid", .kind = TOC_ASSET_PUMP, .off = true};
    toc_tank_spec tank = {.service = "water",
                          .volume = volume,
                          .height_mm = 45720,
                          .begins_mm = 36576,
                          .least_mm = 30480};
    int64_t gpm = toc_unit_find("gpm")->base;
    struct small small;
    (void)state;
    small_begin(&small);
    water_source(&small, "reservoir", 0);
    toc_builder_asset(small.builder, &pump);
    small_asset(&small, "tank");
    toc_builder_tank(small.builder, &tank);
    small_asset(&small, "net");
    toc_builder_provides(small.builder, "water", toc_unit_find("gpm"), 1100 * gpm, 1100 * gpm,
                         (toc_place){0});
    toc_builder_demand(small.builder, 0, "day");
    water_pipe(&small, "reservoir", "pump-9", 0);
    water_pipe(&small, "pump-9", "net", 0);
    water_pipe(&small, "net", "tank", 0);
    toc_builder_pattern(small.builder, &day);
    small_run(&small, 1);
    for (int hour = 1; hour <= 4; hour++) {
        double level_ft;
        small_until(&small, hour * TOC_HOUR);
        level_ft = (double)water_in(&small, "tank").volume_ml / (double)volume * 150;
        assert_near(level_ft, levels_ft[hour - 1], 3e-5);
    }
    small_until(&small, 6 * TOC_HOUR);
    assert_near(seconds(small_last_change(&small, TOC_CHANGE_TANK, small_at(&small, "tank"))),
                14760.93, 0.01);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 0);
    small_end(&small);
}

static void a_tank_takes_what_is_left_over_and_gives_what_lacks(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    water_source(&small, "well", 30);
    water_tank(&small, "tank", 5000, false);
    water_user(&small, "town", 20, 0);
    water_pipe(&small, "well", "town", 0);
    water_pipe(&small, "town", "tank", 0);
    small_run(&small, 1);
    assert_true(water_in(&small, "tank").inflow == 10 * litre_per_second);
    small_fail(&small, "well", TOC_CAUSE_DAMAGED);
    small_until(&small, 1000 * TOC_SECOND);
    assert_true(water_in(&small, "tank").inflow == -20 * litre_per_second);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 1000000);
    assert_true(water_in(&small, "tank").volume_ml == INT64_C(5000) * 1000000 - 20 * 1000 * 1000);
    small_end(&small);
}

/* A full tank stops taking: the pump upstream carries only what is used. One that may overflow
   goes on, and what it spills is counted. */
static void a_full_tank_stops_taking_or_spills(void **state) {
    for (int overflows = 0; overflows < 2; overflows++) {
        struct small small;
        (void)state;
        small_begin(&small);
        water_source(&small, "well", 30);
        water_tank(&small, "tank", 9999, overflows != 0);
        water_user(&small, "town", 20, 0);
        water_pipe(&small, "well", "town", 0);
        water_pipe(&small, "town", "tank", 0);
        small_run(&small, 1);
        small_until(&small, 200 * TOC_SECOND);
        assert_true(small_last_change(&small, TOC_CHANGE_TANK, small_at(&small, "tank")) ==
                    100 * TOC_SECOND);
        assert_int_equal(water_in(&small, "tank").phase,
                         overflows != 0 ? TOC_TANK_OVERFLOWING : TOC_TANK_FULL);
        assert_true(water_in(&small, "tank").spilt_ml == (overflows != 0 ? 1000000 : 0));
        assert_true(water_in(&small, "tank").volume_ml == INT64_C(10000) * 1000000);
        assert_true(toc_transport_output(small.world, small_at(&small, "well"), 0) ==
                    (overflows != 0 ? 30 : 20) * litre_per_second);
        small_end(&small);
    }
}

static void tanks_share_by_their_volumes(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    water_tank(&small, "one", 5000, false);
    water_tank(&small, "two", 8000, false);
    water_user(&small, "town", 20, 0);
    water_pipe(&small, "one", "town", 0);
    water_pipe(&small, "town", "two", 0);
    small_run(&small, 1);
    assert_true(water_in(&small, "one").inflow == -10 * litre_per_second);
    assert_true(water_in(&small, "two").inflow == -10 * litre_per_second);
    small_end(&small);
}

static void a_tank_fills_from_another_only_through_a_pump(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    water_tank(&small, "low", 5000, false);
    water_pump(&small, "booster", 7);
    water_tank(&small, "high", 1000, false);
    water_user(&small, "hill", 2, 0);
    water_one_way(&small, "low", "booster");
    water_one_way(&small, "booster", "high");
    water_pipe(&small, "high", "hill", 0);
    small_run(&small, 1);
    assert_true(water_in(&small, "low").inflow == -7 * litre_per_second);
    assert_true(water_in(&small, "high").inflow == 5 * litre_per_second);
    small_fail(&small, "booster", TOC_CAUSE_SWITCHED_OFF);
    small_until(&small, TOC_SECOND);
    assert_true(water_in(&small, "low").inflow == 0);
    assert_true(water_in(&small, "high").inflow == -2 * litre_per_second);
    small_end(&small);
}

/* A well, a pump with a controller, and a tank that supplies 10 L/s; the pump lifts 30. */
static void controlled(struct small *small, const char *through) {
    toc_control_spec on = {.of = "pump",
                           .by = "plc",
                           .sees = "tank",
                           .through = through,
                           .sense = TOC_WHEN_BELOW,
                           .level_mm = 4000,
                           .on = true};
    toc_control_spec off = on;
    off.sense = TOC_WHEN_ABOVE;
    off.level_mm = 6000;
    off.on = false;
    small_begin(small);
    small_asset(small, "plc");
    small_asset(small, "sensor");
    water_source(small, "well", 100);
    water_pump(small, "pump", 30);
    water_tank(small, "tank", 5000, true);
    water_user(small, "town", 10, 0);
    water_one_way(small, "well", "pump");
    water_one_way(small, "pump", "town");
    water_pipe(small, "town", "tank", 0);
    small_link(small, "wire", "sensor", "plc");
    toc_builder_control(small->builder, &on);
    toc_builder_control(small->builder, &off);
}

static void a_control_keeps_the_level_in_its_band(void **state) {
    struct small small;
    (void)state;
    controlled(&small, "wire");
    small_run(&small, 1);
    small_until(&small, 50000 * TOC_SECOND); /* 1 m at 20 L/s a metre cube a millimetre */
    assert_false(small_is_on(&small, "pump"));
    assert_true(small_last_change(&small, TOC_CHANGE_SWITCHED, small_at(&small, "pump")) ==
                50000 * TOC_SECOND);
    assert_int_equal(water_in(&small, "tank").level_mm, 6000);
    small_until(&small, 250000 * TOC_SECOND); /* 2 m at 10 L/s */
    assert_true(small_is_on(&small, "pump"));
    assert_int_equal(water_in(&small, "tank").level_mm, 4000);
    small_until(&small, TOC_DAY * 30);
    assert_in_range(water_in(&small, "tank").level_mm, 3999, 6001);
    small_end(&small);
}

static void
a_controller_that_hears_nothing_keeps_the_pump_on_until_the_tank_overflows(void **state) {
    struct small small;
    (void)state;
    controlled(&small, "wire");
    small_run(&small, 1);
    small_until(&small, TOC_HOUR);
    small_fail(&small, "wire", TOC_CAUSE_FLOODED);
    small_until(&small, 4 * TOC_DAY);
    assert_true(small_is_on(&small, "pump"));
    assert_int_equal(water_in(&small, "tank").phase, TOC_TANK_OVERFLOWING);
    assert_true(water_in(&small, "tank").spilt_ml > 0);
    small_clear(&small, "wire", TOC_CAUSE_FLOODED);
    small_until(&small, 4 * TOC_DAY + TOC_SECOND);
    assert_false(small_is_on(&small, "pump"));
    assert_int_equal(water_in(&small, "tank").phase, TOC_TANK_BETWEEN);
    small_end(&small);
}

static void a_controller_that_is_out_does_nothing_and_looks_afresh_when_it_is_back(void **state) {
    struct small small;
    (void)state;
    controlled(&small, "");
    small_run(&small, 1);
    small_fail(&small, "plc", TOC_CAUSE_WIPED);
    small_until(&small, 60000 * TOC_SECOND);
    assert_true(small_is_on(&small, "pump"));
    small_clear(&small, "plc", TOC_CAUSE_WIPED);
    small_until(&small, 60001 * TOC_SECOND);
    assert_false(small_is_on(&small, "pump"));
    small_end(&small);
}

/* The same lie to screen and controls, and the truth beside it. */
static void a_false_report_deceives_controls_and_screens_but_not_the_tank(void **state) {
    struct small small;
    toc_reading seen;
    uint32_t operator_index;
    (void)state;
    controlled(&small, "");
    small_run(&small, 1);
    operator_index = toc_topology_find_operator(small.topology, "grid");
    toc_reading_falsify(small.world, 0, TOC_READ_BY_CONTROLS, TOC_READ_FROZEN, 0);
    toc_reading_falsify(small.world, 0, TOC_READ_ON_SCREEN, TOC_READ_CONSTANT, 5100);
    small_until(&small, 100000 * TOC_SECOND);
    assert_true(small_is_on(&small, "pump"));
    assert_int_equal(water_in(&small, "tank").level_mm, 7000);
    seen = toc_reading_seen(small.world, operator_index, 0);
    assert_true(seen.known && !seen.stale && seen.seen_at == 100000 * TOC_SECOND);
    assert_int_equal(seen.level_mm, 5100);
    assert_false(toc_reading_seen(small.world, TOC_INDEX_NONE, 0).known);
    toc_reading_falsify(small.world, 0, TOC_READ_BY_CONTROLS, TOC_READ_OFFSET, -2000);
    small_until(&small, 149999 * TOC_SECOND);
    assert_true(small_is_on(&small, "pump"));
    small_until(&small, 150000 * TOC_SECOND);
    assert_false(small_is_on(&small, "pump"));
    assert_int_equal(water_in(&small, "tank").level_mm, 8000);
    small_end(&small);
}

static void a_screen_without_telemetry_shows_the_last_level(void **state) {
    struct small small;
    toc_reading seen;
    (void)state;
    small_begin(&small);
    small_asset(&small, "scada");
    water_tank(&small, "tank", 5000, false);
    small_needs_for(&small, TOC_NEED_CONTROL, "scada", TOC_NEVER);
    water_user(&small, "town", 10, 0);
    water_pipe(&small, "town", "tank", 0);
    small_run(&small, 1);
    small_until(&small, 50000 * TOC_SECOND);
    small_fail(&small, "scada", TOC_CAUSE_WIPED);
    small_until(&small, 100000 * TOC_SECOND);
    seen = toc_reading_seen(small.world, 0, 0);
    assert_true(seen.stale && seen.seen_at == 50000 * TOC_SECOND);
    assert_int_equal(seen.level_mm, 4500);
    small_clear(&small, "scada", TOC_CAUSE_WIPED);
    small_until(&small, 100001 * TOC_SECOND);
    assert_false(toc_reading_seen(small.world, 0, 0).stale);
    assert_in_range(toc_reading_seen(small.world, 0, 0).level_mm, 3999, 4000);
    small_end(&small);
}

/* On and off at the same mark: a second between two switchings, not a microsecond. */
static void marks_without_a_band_do_not_switch_without_end(void **state) {
    struct small small;
    uint32_t before;
    (void)state;
    small_begin(&small);
    water_source(&small, "well", 100);
    water_pump(&small, "pump", 30);
    water_tank(&small, "tank", 4001, false);
    water_user(&small, "town", 10, 0);
    water_pipe(&small, "well", "pump", 0);
    water_pipe(&small, "pump", "town", 0);
    water_pipe(&small, "town", "tank", 0);
    water_control(&small, "pump", "tank", 4000, true);
    water_control(&small, "pump", "tank", 4000, false);
    small_run(&small, 1);
    before = small.change_count;
    small_until(&small, 120 * TOC_SECOND); /* 100 s down to the mark */
    assert_in_range(small.change_count - before, 10, 20 * 6);
    small_end(&small);
}

/* A trickle into an empty tank with a large demand behind it: nothing to give, nothing to bounce.
 */
static void an_empty_tank_with_a_trickle_does_not_chatter(void **state) {
    struct small small;
    uint64_t events = 0;
    (void)state;
    small_begin(&small);
    water_source(&small, "spring", 1);
    water_tank(&small, "tank", 1, false);
    water_user(&small, "town", 10, 0);
    water_pipe(&small, "spring", "tank", 0);
    water_pipe(&small, "tank", "town", 0);
    small_run(&small, 1);
    while (toc_calendar_next(small.calendar) <= TOC_DAY) {
        (void)toc_calendar_step(small.calendar);
        events++;
    }
    assert_in_range(events, 1, 40);
    assert_true(water_at(&small, "town") == litre_per_second);
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tank_empties_when_the_closed_form_says),
        cmocka_unit_test(a_tank_empties_under_a_pattern_as_in_epanet),
        cmocka_unit_test(a_tank_takes_what_is_left_over_and_gives_what_lacks),
        cmocka_unit_test(a_full_tank_stops_taking_or_spills),
        cmocka_unit_test(tanks_share_by_their_volumes),
        cmocka_unit_test(a_tank_fills_from_another_only_through_a_pump),
        cmocka_unit_test(a_control_keeps_the_level_in_its_band),
        cmocka_unit_test(
            a_controller_that_hears_nothing_keeps_the_pump_on_until_the_tank_overflows),
        cmocka_unit_test(a_controller_that_is_out_does_nothing_and_looks_afresh_when_it_is_back),
        cmocka_unit_test(a_false_report_deceives_controls_and_screens_but_not_the_tank),
        cmocka_unit_test(a_screen_without_telemetry_shows_the_last_level),
        cmocka_unit_test(marks_without_a_band_do_not_switch_without_end),
        cmocka_unit_test(an_empty_tank_with_a_trickle_does_not_chatter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
