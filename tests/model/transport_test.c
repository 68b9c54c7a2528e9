/* Supply through links: capacity, priority, fair shares, and what follows from outages. */
#include "water_case.h"

__extension__ typedef __int128 wide;

static void a_demand_gets_what_its_links_can_carry(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    water_source(&small, "well", 100);
    water_user(&small, "town", 50, 0);
    water_pipe(&small, "well", "town", 30);
    small_run(&small, 1);
    assert_true(water_at(&small, "town") == 30 * litre_per_second);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 600000);
    assert_true(toc_transport_carried(small.world, 0) == 30 * litre_per_second);
    assert_true(toc_transport_output(small.world, 0, 0) == 30 * litre_per_second);
    small_end(&small);
}

static void the_smaller_priority_number_is_served_first(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    water_source(&small, "well", 60);
    water_user(&small, "park", 50, 9);
    water_user(&small, "hospital", 50, 1);
    water_user(&small, "homes", 50, 0);
    small_asset(&small, "main");
    water_pipe(&small, "well", "main", 0);
    water_pipe(&small, "main", "park", 0);
    water_pipe(&small, "main", "hospital", 0);
    water_pipe(&small, "main", "homes", 0);
    small_run(&small, 1);
    assert_true(water_at(&small, "hospital") == 50 * litre_per_second);
    assert_true(water_at(&small, "homes") == 10 * litre_per_second);
    assert_true(water_at(&small, "park") == 0);
    small_end(&small);
}

/* Three that ask alike, one of them behind a narrow pipe: it gets what that carries, the others
   share the rest evenly. */
static void equals_share_so_that_the_worst_off_is_as_well_off_as_can_be(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    water_source(&small, "well", 60);
    water_user(&small, "a", 40, 0);
    water_user(&small, "b", 40, 0);
    water_user(&small, "c", 40, 0);
    water_pipe(&small, "well", "a", 10);
    water_pipe(&small, "well", "b", 0);
    water_pipe(&small, "b", "c", 0);
    small_run(&small, 1);
    assert_true(water_at(&small, "a") == 10 * litre_per_second);
    assert_true(water_at(&small, "b") == 25 * litre_per_second);
    assert_true(water_at(&small, "c") == 25 * litre_per_second);
    small_end(&small);
}

static void what_no_source_reaches_gets_nothing(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    water_source(&small, "well", 60);
    water_user(&small, "near", 10, 0);
    water_user(&small, "far", 30, 0);
    water_user(&small, "further", 0, 0);
    water_pipe(&small, "well", "near", 0);
    water_pipe(&small, "far", "further", 0);
    small_run(&small, 1);
    assert_true(water_at(&small, "near") == 10 * litre_per_second);
    assert_true(water_at(&small, "far") == 0);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 250000);
    small_end(&small);
}

static void a_ring_of_pipes_serves_from_both_sides(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    water_source(&small, "well", 100);
    water_user(&small, "east", 20, 0);
    water_user(&small, "south", 20, 0);
    water_user(&small, "west", 20, 0);
    water_pipe(&small, "well", "east", 30);
    water_pipe(&small, "east", "south", 0);
    water_pipe(&small, "south", "west", 0);
    water_pipe(&small, "west", "well", 30);
    small_run(&small, 1);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 1000000);
    small_fail(&small, "well..east", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_SECOND);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 500000);
    assert_true(water_at(&small, "east") == 10 * litre_per_second);
    small_clear(&small, "well..east", TOC_CAUSE_DAMAGED);
    small_until(&small, 2 * TOC_SECOND);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 1000000);
    small_end(&small);
}

static void a_check_valve_lets_nothing_back(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    water_source(&small, "well", 100);
    water_user(&small, "up", 20, 0);
    water_user(&small, "down", 20, 0);
    water_one_way(&small, "well", "down");
    water_one_way(&small, "up", "well");
    small_run(&small, 1);
    assert_true(water_at(&small, "up") == 0);
    assert_true(water_at(&small, "down") == 20 * litre_per_second);
    small_end(&small);
}

/* A pump passes what it is made for, nothing while its power is out, and comes back with its
   start-up time. */
static void a_pump_without_power_passes_nothing_until_it_has_started_again(void **state) {
    struct small small;
    toc_flow_spec pump = {
        .service = "water", .unit = toc_unit_find("L/s"), .rate = 15 * litre_per_second};
    (void)state;
    small_begin(&small);
    small_asset(&small, "mains");
    water_source(&small, "well", 100);
    small_starting(&small, "pump", 5 * TOC_MINUTE);
    small_needs(&small, TOC_NEED_ALL, 0, "mains");
    toc_builder_passes(small.builder, &pump);
    water_user(&small, "town", 20, 0);
    water_pipe(&small, "well", "pump", 0);
    water_pipe(&small, "pump", "town", 0);
    small_run(&small, 1);
    assert_true(water_at(&small, "town") == 15 * litre_per_second);
    small_fail(&small, "mains", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_HOUR);
    assert_true(water_at(&small, "town") == 0);
    small_clear(&small, "mains", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_HOUR + 5 * TOC_MINUTE - 1);
    assert_true(water_at(&small, "town") == 0);
    small_until(&small, TOC_HOUR + 5 * TOC_MINUTE);
    assert_true(water_at(&small, "town") == 15 * litre_per_second);
    small_end(&small);
}

/* Two commodities side by side; a gateway feeds data, and the water does not notice. */
static void each_commodity_flows_by_itself(void **state) {
    struct small small;
    toc_flow_spec feed = {.service = "data", .unit = toc_unit_find("Mbit/s"), .rate = 70000000};
    toc_link_spec fibre = {.id = "fibre",
                           .from = "gateway",
                           .to = "office",
                           .kind = TOC_LINK_DATA,
                           .carries = "data",
                           .rating = 50000000};
    (void)state;
    small_begin(&small);
    water_source(&small, "well", 10);
    small_asset(&small, "gateway");
    toc_builder_supplies(small.builder, &feed);
    water_user(&small, "office", 5, 0);
    toc_builder_provides(small.builder, "data", toc_unit_find("Mbit/s"), 100000000, 100000000,
                         (toc_place){0});
    water_pipe(&small, "well", "office", 0);
    toc_builder_link(small.builder, &fibre);
    small_run(&small, 1);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 1000000);
    assert_int_equal(toc_service_level_ppm(small.world, 1), 500000);
    small_fail(&small, "well..office", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_SECOND);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 0);
    assert_int_equal(toc_service_level_ppm(small.world, 1), 500000);
    small_end(&small);
}

static void a_demand_follows_its_pattern_over_and_over(void **state) {
    static const int64_t factors[] = {500000, 2000000, 0};
    toc_pattern_spec day = {
        .id = "day", .step = TOC_HOUR, .factors_ppm = factors, .factor_count = 3};
    struct small small;
    toc_service_figures figures;
    (void)state;
    small_begin(&small);
    water_source(&small, "well", 15);
    water_user(&small, "town", 10, 0);
    toc_builder_demand(small.builder, 0, "day");
    water_pipe(&small, "well", "town", 0);
    toc_builder_pattern(small.builder, &day);
    small_run(&small, 1);
    for (int lap = 0; lap < 2; lap++) {
        toc_time begin = 3 * lap * TOC_HOUR;
        small_until(&small, begin + TOC_MINUTE);
        assert_true(water_at(&small, "town") == 5 * litre_per_second);
        small_until(&small, begin + TOC_HOUR + TOC_MINUTE);
        assert_true(water_at(&small, "town") == 15 * litre_per_second);
        assert_int_equal(toc_service_level_ppm(small.world, 0), 750000);
        small_until(&small, begin + 2 * TOC_HOUR + TOC_MINUTE);
        assert_int_equal(toc_service_level_ppm(small.world, 0), 1000000);
    }
    small_until(&small, 6 * TOC_HOUR);
    figures = toc_service_read(small.world, 0);
    assert_true(figures.demand_us == (wide)50 * litre_per_second * TOC_HOUR);
    assert_true(figures.loss_us == (wide)10 * litre_per_second * TOC_HOUR);
    small_end(&small);
}

static void a_demand_that_rises_and_is_met_at_once_is_no_shortage(void **state) {
    static const int64_t factors[] = {500000, 1000000};
    toc_pattern_spec day = {
        .id = "day", .step = TOC_HOUR, .factors_ppm = factors, .factor_count = 2};
    struct small small;
    (void)state;
    small_begin(&small);
    water_source(&small, "well", 15);
    water_user(&small, "town", 10, 0);
    toc_builder_demand(small.builder, 0, "day");
    water_pipe(&small, "well", "town", 0);
    toc_builder_pattern(small.builder, &day);
    small_run(&small, 1);
    small_until(&small, 6 * TOC_HOUR);
    for (uint32_t i = 0; i < small.change_count; i++) {
        if (small.changes[i].kind == TOC_CHANGE_SERVICE) {
            assert_int_equal(small.changes[i].after, 1000000);
        }
    }
    assert_true(toc_service_read(small.world, 0).loss_us == 0);
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_demand_gets_what_its_links_can_carry),
        cmocka_unit_test(the_smaller_priority_number_is_served_first),
        cmocka_unit_test(equals_share_so_that_the_worst_off_is_as_well_off_as_can_be),
        cmocka_unit_test(what_no_source_reaches_gets_nothing),
        cmocka_unit_test(a_ring_of_pipes_serves_from_both_sides),
        cmocka_unit_test(a_check_valve_lets_nothing_back),
        cmocka_unit_test(a_pump_without_power_passes_nothing_until_it_has_started_again),
        cmocka_unit_test(each_commodity_flows_by_itself),
        cmocka_unit_test(a_demand_follows_its_pattern_over_and_over),
        cmocka_unit_test(a_demand_that_rises_and_is_met_at_once_is_no_shortage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
