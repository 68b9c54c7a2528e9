#include "model/grid_case.h"

static void is_near(double got, double wanted, double tolerance, const char *what, int number) {
    double off = got < wanted ? wanted - got : got - wanted;
    if (!(off <= tolerance)) {
        fail_msg("%s %d: %.10f is not %.10f", what, number, got, wanted);
    }
}

static void flow_is_as_expected(const char *name) {
    struct grid_case *grid = test_malloc(sizeof *grid);
    struct small small;
    char path[256], line[256], id[32];
    uint32_t section = 0, seen[4] = {0};
    FILE *expected;
    if (!case_find(grid, name)) {
        test_free(grid);
        skip();
    }
    case_run(grid, &small);
    case_rules(&small, "none", 0, 0);
    (void)snprintf(path, sizeof path, "expected-power/dcpf_%s.txt", name);
    expected = fopen(support_data(path), "r");
    assert_non_null(expected);
    while (fgets(line, sizeof line, expected) != NULL) {
        int a = 0, b = 0;
        double value = 0;
        if (line[0] >= 'A') {
            section++;
        } else if (section == 1 && sscanf(line, "%d %lf", &a, &value) == 2) {
            (void)snprintf(id, sizeof id, "bus-%d", a);
            is_near(toc_power_angle_deg(small.world, small_at(&small, id)), value, 1e-6, "angle",
                    a);
        } else if (section == 2 && sscanf(line, "%d %lf", &a, &value) == 2) {
            is_near(toc_power_output_mw(small.world, seen[2]), value, 1e-6, "output", a);
        } else if (section == 3 && sscanf(line, "%d %d %lf", &a, &b, &value) == 3) {
            is_near(toc_power_flow_mw(small.world, seen[3]), value, 1e-6, "flow", (int)seen[3] + 1);
        }
        seen[section] += line[0] < 'A' ? 1 : 0;
    }
    assert_int_equal(seen[1], grid->buses.rows);
    assert_int_equal(seen[2], grid->units.rows);
    assert_int_equal(seen[3], grid->branches.rows);
    (void)fclose(expected);
    small_end(&small);
    test_free(grid);
}

static void case5_flows_as_matpower_has_it(void **state) {
    (void)state;
    flow_is_as_expected("case5");
}

static void case6ww_flows_as_matpower_has_it(void **state) {
    (void)state;
    flow_is_as_expected("case6ww");
}

static void case9_flows_as_matpower_has_it(void **state) {
    (void)state;
    flow_is_as_expected("case9");
}

static void case14_flows_as_matpower_has_it(void **state) {
    (void)state;
    flow_is_as_expected("case14");
}

static void case39_flows_as_matpower_has_it(void **state) {
    (void)state;
    flow_is_as_expected("case39");
}

static void case118_flows_as_matpower_has_it(void **state) {
    (void)state;
    flow_is_as_expected("case118");
}

/* case14 with a shift of 5 degrees on its tenth branch; MATPOWER's answer. */
static void a_phase_shifter_moves_the_flow(void **state) {
    static const double angles[] = {0,          -5.035386,  -13.043366, -10.730673, -9.005783,
                                    -18.209140, -14.908965, -14.908965, -17.156448, -17.772713,
                                    -18.183063, -19.174371, -19.229976, -19.362074};
    struct grid_case *grid = test_malloc(sizeof *grid);
    struct small small;
    (void)state;
    if (support_data("power-matpower/case14.m") == NULL) {
        test_free(grid);
        skip();
    }
    case_read(grid, support_data("power-matpower/case14.m"));
    grid->branches.cells[9][9] = 5;
    case_run(grid, &small);
    case_rules(&small, "none", 0, 0);
    for (int i = 0; i < 14; i++) {
        is_near(toc_power_angle_deg(small.world, (uint32_t)i), angles[i], 1e-6, "angle", i + 1);
    }
    is_near(toc_power_flow_mw(small.world, 0), 148.528081, 1e-6, "flow", 1);
    is_near(toc_power_flow_mw(small.world, 6), -71.491332, 1e-6, "flow", 7);
    is_near(toc_power_flow_mw(small.world, 9), 31.233649, 1e-6, "flow", 10);
    is_near(toc_power_flow_mw(small.world, 10), -0.228824, 1e-6, "flow", 11);
    is_near(toc_power_flow_mw(small.world, 19), 0.662473, 1e-6, "flow", 20);
    small_end(&small);
    test_free(grid);
}

/* A small grid of our own: two units, three loads, a line that can part it.
     u1 - a ===== b - c - u2     a-b twice, b-c once */
static void begin(struct small *small) {
    static const char *const ids[] = {"a", "b", "c"};
    static const int64_t loads[] = {20, 50, 30};
    small_begin(small);
    for (int i = 0; i < 3; i++) {
        small_placed(small, ids[i], i * 1000, 1000);
        toc_builder_provides(small->builder, "power", toc_unit_find("MW"), 100000000,
                             loads[i] * 1000000, (toc_place){0});
    }
    small_asset(small, "u1");
    toc_builder_generates(small->builder, 80000000000, 100000000000, "a", (toc_place){0});
    small_asset(small, "u2");
    toc_builder_generates(small->builder, 20000000000, 40000000000, "c", (toc_place){0});
}

static void join(struct small *small, const char *id, const char *from, const char *to,
                 int64_t rating_mw) {
    toc_link_spec spec = {.id = id,
                          .from = from,
                          .to = to,
                          .kind = TOC_LINK_LINE,
                          .reactance = 0.1,
                          .rating = rating_mw * 1000000};
    toc_builder_link(small->builder, &spec);
}

static void begin_joined(struct small *small) {
    begin(small);
    join(small, "ab-1", "a", "b", 40);
    join(small, "ab-2", "a", "b", 40);
    join(small, "bc", "b", "c", 0);
    small_run(small, 1);
}

static void parallel_lines_share_and_islands_part(void **state) {
    struct small small;
    (void)state;
    begin_joined(&small);
    is_near(toc_power_flow_mw(small.world, 0), 30, 1e-9, "flow", 1);
    is_near(toc_power_flow_mw(small.world, 1), 30, 1e-9, "flow", 2);
    is_near(toc_power_flow_mw(small.world, 2), 10, 1e-9, "flow", 3);
    assert_int_equal(toc_power_island_count(small.world), 1);
    small_fail(&small, "bc", TOC_CAUSE_DAMAGED);
    small_until(&small, 0);
    assert_int_equal(toc_power_island_count(small.world), 2);
    assert_int_equal(toc_power_island(small.world, small_at(&small, "c")), 1);
    /* c: 30 MW asked, 20 scheduled, 10 of the headroom used; a and b: scaled down from 80 to 70. */
    is_near(toc_power_output_mw(small.world, 1), 30, 1e-6, "output", 2);
    is_near(toc_power_output_mw(small.world, 0), 70, 1e-6, "output", 1);
    is_near(toc_power_lost_mw(small.world), 0, 1e-9, "lost", 0);
    small_clear(&small, "bc", TOC_CAUSE_DAMAGED);
    small_until(&small, 0);
    is_near(toc_power_output_mw(small.world, 0), 80, 1e-9, "output", 1);
    small_end(&small);
}

static void a_deficit_sheds_what_headroom_does_not_cover(void **state) {
    struct small small;
    (void)state;
    begin_joined(&small);
    small_fail(&small, "u1", TOC_CAUSE_DAMAGED);
    small_until(&small, 0);
    /* 100 MW asked, 40 there. */
    assert_int_equal(small_operation(&small, "b"), TOC_DEGRADED);
    assert_int_equal(toc_world_capability_ppm(small.world, small_at(&small, "b")), 400000);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 400000);
    is_near(toc_power_lost_mw(small.world), 60, 1e-6, "lost", 0);
    small_until(&small, TOC_HOUR);
    assert_int_equal((int64_t)(toc_service_read(small.world, 0).people_us / TOC_HOUR), 1800);
    small_clear(&small, "u1", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_HOUR);
    assert_true(small_is_on(&small, "b"));
    assert_int_equal(toc_service_level_ppm(small.world, 0), 1000000);
    small_end(&small);
}

static void an_island_without_a_source_is_dark_and_no_error(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    join(&small, "ab-1", "a", "b", 0);
    join(&small, "bc", "b", "c", 0);
    small_asset(&small, "rtu-b");
    small_needs(&small, TOC_NEED_ALL, 0, "b");
    small_run(&small, 1);
    small_fail(&small, "ab-1", TOC_CAUSE_DAMAGED);
    small_fail(&small, "u2", TOC_CAUSE_DAMAGED);
    small_until(&small, 0);
    assert_int_equal(small_operation(&small, "b"), TOC_OFF);
    assert_int_equal(small_operation(&small, "rtu-b"), TOC_OFF);
    assert_true(small_is_on(&small, "a"));
    assert_int_equal(toc_service_level_ppm(small.world, 0), 200000);
    small_clear(&small, "ab-1", TOC_CAUSE_DAMAGED);
    small_until(&small, 0);
    assert_true(small_is_on(&small, "b") && small_is_on(&small, "rtu-b"));
    small_end(&small);
}

/* x of 0.1 and of -0.1 side by side: the island has no angles. */
static void an_island_without_a_solution_is_dark_and_no_error(void **state) {
    struct small small;
    toc_link_spec against = {
        .id = "against", .from = "a", .to = "b", .kind = TOC_LINK_LINE, .reactance = -0.1};
    (void)state;
    begin(&small);
    join(&small, "ab-1", "a", "b", 0);
    toc_builder_link(small.builder, &against);
    small_run(&small, 1);
    assert_int_equal(small_operation(&small, "a"), TOC_OFF);
    assert_int_equal(small_operation(&small, "b"), TOC_OFF);
    assert_true(small_is_on(&small, "c"));
    small_fail(&small, "against", TOC_CAUSE_DAMAGED);
    small_until(&small, 0);
    assert_true(small_is_on(&small, "a"));
    small_end(&small);
}

/* 60 MW on a line of 40: 20 MW above, and 40/2 x 15 s of it allowed: fifteen seconds. */
static void a_relay_gives_its_operators_time(void **state) {
    struct small small;
    uint32_t line;
    (void)state;
    begin_joined(&small);
    line = small_at(&small, "ab-2");
    small_until(&small, TOC_HOUR);
    small_fail(&small, "ab-1", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_HOUR);
    assert_true(toc_power_is_overloaded(small.world, 1));
    assert_int_equal(small_last_change(&small, TOC_CHANGE_OVERLOAD, line), TOC_HOUR);
    small_until(&small, TOC_HOUR + 15 * TOC_SECOND - 1);
    assert_int_equal(toc_power_tripped_at(small.world, 1), TOC_NEVER);
    small_until(&small, TOC_HOUR + 15 * TOC_SECOND);
    assert_int_equal(toc_power_tripped_at(small.world, 1), TOC_HOUR + 15 * TOC_SECOND);
    assert_true(toc_world_has_cause(small.world, line, TOC_CAUSE_TRIPPED));
    assert_int_equal(toc_power_rounds(small.world), 1);
    small_end(&small);
}

static void load_shed_in_time_keeps_the_line(void **state) {
    struct small small;
    (void)state;
    begin_joined(&small);
    small_fail(&small, "ab-1", TOC_CAUSE_DAMAGED);
    small_until(&small, 10 * TOC_SECOND);
    toc_power_shed(small.world, small_at(&small, "b"), 600000); /* 30 of 50 MW */
    small_until(&small, TOC_HOUR);
    assert_false(toc_power_is_overloaded(small.world, 1));
    assert_int_equal(toc_power_tripped_at(small.world, 1), TOC_NEVER);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 700000);
    assert_int_equal(small_operation(&small, "b"), TOC_DEGRADED);
    small_clear(&small, "ab-1", TOC_CAUSE_DAMAGED);
    toc_power_shed(small.world, small_at(&small, "b"), 0);
    small_until(&small, 2 * TOC_HOUR);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 1000000);
    small_end(&small);
}

static void another_schedule_moves_the_flow(void **state) {
    struct small small;
    (void)state;
    begin_joined(&small);
    toc_power_schedule(small.world, 0, 60000000000);
    toc_power_schedule(small.world, 1, 40000000000);
    small_until(&small, 0);
    is_near(toc_power_flow_mw(small.world, 0), 20, 1e-9, "flow", 1);
    is_near(toc_power_flow_mw(small.world, 2), -10, 1e-9, "flow", 3);
    small_end(&small);
}

static void a_tripped_line_is_closed_by_switching(void **state) {
    struct small small;
    toc_job_order close = {.kind = TOC_JOB_KIND_SWITCH, .crew = TOC_INDEX_NONE, .remote = true};
    const char *why = NULL;
    (void)state;
    begin_joined(&small);
    small_fail(&small, "ab-1", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_MINUTE);
    toc_power_shed(small.world, small_at(&small, "b"), 1000000);
    close.element = small_at(&small, "ab-2");
    assert_int_equal(toc_job_order_at(small.world, &close, &why), 0);
    small_until(&small, TOC_HOUR);
    assert_true(small_is_on(&small, "ab-2"));
    assert_int_equal(toc_power_tripped_at(small.world, 1), TOC_NEVER);
    is_near(toc_power_flow_mw(small.world, 1), 20, 1e-6, "flow", 2);
    small_end(&small);
}

static void a_plant_that_needs_the_grid_does_not_start_in_the_dark(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_needs(&small, TOC_NEED_ALL, 0, "c"); /* of u2: its own pumps hang on the bus */
    join(&small, "ab-1", "a", "b", 0);
    join(&small, "bc", "b", "c", 0);
    small_run(&small, 1);
    small_fail(&small, "bc", TOC_CAUSE_DAMAGED);
    small_until(&small, 0);
    assert_true(small_is_on(&small, "c"));
    small_fail(&small, "u2", TOC_CAUSE_SWITCHED_OFF);
    small_until(&small, 0);
    small_clear(&small, "u2", TOC_CAUSE_SWITCHED_OFF);
    small_until(&small, TOC_HOUR);
    assert_int_equal(small_operation(&small, "u2"), TOC_OFF);
    assert_int_equal(small_operation(&small, "c"), TOC_OFF);
    small_clear(&small, "bc", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_HOUR);
    assert_true(small_is_on(&small, "u2") && small_is_on(&small, "c"));
    small_end(&small);
}

/* Each plant feeds the next one's bus. One of them flickers just while the dark goes round. */
static void a_light_does_not_chase_round_a_ring(void **state) {
    static const char *const ids[] = {"p1", "p2", "p3"};
    struct small small;
    (void)state;
    small_begin(&small);
    for (int i = 0; i < 3; i++) {
        small_asset(&small, ids[i]);
        toc_builder_generates(small.builder, 1000000000, 1000000000, ids[(i + 1) % 3],
                              (toc_place){0});
    }
    small_run(&small, 1);
    small_until(&small, TOC_HOUR);
    small_fail(&small, "p1", TOC_CAUSE_OPENED);
    assert_true(toc_calendar_step(small.calendar));
    small_clear(&small, "p1", TOC_CAUSE_OPENED);
    small_until(&small, 2 * TOC_HOUR);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(small_operation(&small, ids[i]), TOC_OFF);
    }
    small_end(&small);
}

static void what_begins_open_is_open(void **state) {
    struct small small;
    toc_link_spec tie = {
        .id = "tie", .from = "b", .to = "c", .kind = TOC_LINK_LINE, .reactance = 0.1, .off = true};
    (void)state;
    begin(&small);
    join(&small, "ab-1", "a", "b", 0);
    toc_builder_link(small.builder, &tie);
    small_run(&small, 1);
    assert_int_equal(small.change_count, 0);
    assert_int_equal(small_operation(&small, "tie"), TOC_OFF);
    assert_int_equal(toc_belief_read(small.world, 0, small_at(&small, "tie")).operation, TOC_OFF);
    assert_int_equal(toc_power_island_count(small.world), 2);
    small_clear(&small, "tie", TOC_CAUSE_OPENED);
    small_until(&small, 0);
    assert_int_equal(toc_power_island_count(small.world), 1);
    small_end(&small);
}

static void outages_of_one_instant_are_one_event(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    join(&small, "ab-1", "a", "b", 0);
    join(&small, "bc", "b", "c", 0);
    small_run(&small, 1);
    /* One after the other, u2 would first take over 30 MW more than without the second outage. */
    small_fail(&small, "u1", TOC_CAUSE_DAMAGED);
    small_fail(&small, "bc", TOC_CAUSE_DAMAGED);
    small_until(&small, 0);
    is_near(toc_power_output_mw(small.world, 1), 30, 1e-6, "output", 2);
    assert_true(small_is_on(&small, "c"));
    small_end(&small);
}

static void the_load_of_a_bus_follows_its_pattern(void **state) {
    static const int64_t factors[] = {500000, 1400000, 3000000};
    toc_pattern_spec day = {
        .id = "day", .step = TOC_HOUR, .factors_ppm = factors, .factor_count = 3};
    struct small small;
    (void)state;
    begin(&small);
    small_placed(&small, "town", 4000, 1000);
    toc_builder_provides(small.builder, "power", toc_unit_find("MW"), 50000000, 50000000,
                         (toc_place){0});
    toc_builder_demand(small.builder, 0, "day");
    toc_builder_pattern(small.builder, &day);
    join(&small, "ab-1", "a", "b", 0);
    join(&small, "bc", "b", "c", 0);
    join(&small, "ct", "c", "town", 0);
    small_run(&small, 1);
    is_near(toc_power_flow_mw(small.world, 2), 25, 1e-9, "flow before dawn", 3);
    is_near(toc_power_output_mw(small.world, 0) + toc_power_output_mw(small.world, 1), 125, 1e-6,
            "output before dawn", 0);
    small_until(&small, TOC_HOUR); /* 170 MW asked, 140 there: nobody is left out more */
    is_near(toc_power_lost_mw(small.world), 30, 1e-6, "lost by day", 0);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 823529);
    assert_int_equal(small_last_change(&small, TOC_CHANGE_SERVICE, 0), TOC_HOUR);
    small_until(&small, 2 * TOC_HOUR);
    is_near(toc_power_lost_mw(small.world), 110, 1e-6, "lost in the evening", 0);
    small_until(&small, 3 * TOC_HOUR); /* over and over */
    assert_int_equal(toc_service_level_ppm(small.world, 0), 1000000);
    assert_int_equal(toc_service_read(small.world, 0).min_level_ppm, 560000);
    toc_world_check(small.world);
    small_end(&small);
}

static void rules_are_read_and_printed(void **state) {
    static const char *const names[] = {"none", "S", "H", "S+T1", "S+T2", "H+T1", "H+T2"};
    toc_power_rules rules;
    char text[16];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_true(toc_power_parse_rules(names[i], &rules));
        toc_power_print_rules(&rules, text, sizeof text);
        assert_string_equal(text, names[i]);
    }
    assert_false(toc_power_parse_rules("H+T3", &rules));
    assert_false(toc_power_parse_rules("", &rules));
}

static void a_world_without_units_has_no_grid(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "a");
    small_asset(&small, "b");
    join(&small, "ab", "a", "b", 0);
    small_run(&small, 1);
    assert_false(toc_power_is_modelled(small.world));
    assert_true(toc_power_flow_mw(small.world, 0) == 0);
    assert_false(toc_power_is_bus(small.world, 0));
    small_fail(&small, "ab", TOC_CAUSE_DAMAGED);
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case5_flows_as_matpower_has_it),
        cmocka_unit_test(case6ww_flows_as_matpower_has_it),
        cmocka_unit_test(case9_flows_as_matpower_has_it),
        cmocka_unit_test(case14_flows_as_matpower_has_it),
        cmocka_unit_test(case39_flows_as_matpower_has_it),
        cmocka_unit_test(case118_flows_as_matpower_has_it),
        cmocka_unit_test(a_phase_shifter_moves_the_flow),
        cmocka_unit_test(parallel_lines_share_and_islands_part),
        cmocka_unit_test(a_deficit_sheds_what_headroom_does_not_cover),
        cmocka_unit_test(an_island_without_a_source_is_dark_and_no_error),
        cmocka_unit_test(an_island_without_a_solution_is_dark_and_no_error),
        cmocka_unit_test(a_relay_gives_its_operators_time),
        cmocka_unit_test(load_shed_in_time_keeps_the_line),
        cmocka_unit_test(another_schedule_moves_the_flow),
        cmocka_unit_test(a_tripped_line_is_closed_by_switching),
        cmocka_unit_test(a_plant_that_needs_the_grid_does_not_start_in_the_dark),
        cmocka_unit_test(a_light_does_not_chase_round_a_ring),
        cmocka_unit_test(what_begins_open_is_open),
        cmocka_unit_test(outages_of_one_instant_are_one_event),
        cmocka_unit_test(the_load_of_a_bus_follows_its_pattern),
        cmocka_unit_test(rules_are_read_and_printed),
        cmocka_unit_test(a_world_without_units_has_no_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
