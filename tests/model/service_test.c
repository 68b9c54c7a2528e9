#include "model/small_world.h"

static void begin(struct small *small) {
    small_begin(small);
}

static void give(struct small *small, const char *id, int64_t capacity, int64_t demand,
                 uint32_t people) {
    small_placed(small, id, 0, people);
    toc_builder_provides(small->builder, "power", toc_unit_find("MW"), capacity * 1000000,
                         demand * 1000000, (toc_place){0});
}

/* The value in unit hours of an integral in base units and microseconds; exact for these tests. */
static double hours(toc_service_figures figures, int which) {
    __extension__ __int128 value = which == 0   ? figures.demand_us
                                   : which == 1 ? figures.loss_us
                                                : figures.people_us;
    int64_t base = which == 2 ? 1 : 1000000;
    return (double)(int64_t)(value / base) / (double)TOC_HOUR;
}

static void nothing_asked_is_fully_served(void **state) {
    struct small small;
    toc_service_figures figures;
    (void)state;
    begin(&small);
    give(&small, "plant", 100, 0, 0);
    small_run(&small, 1);
    small_fail(&small, "plant", TOC_CAUSE_DAMAGED);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 1000000);
    small_until(&small, TOC_HOUR);
    figures = toc_service_read(small.world, 0);
    assert_true(figures.loss_us == 0 && figures.demand_us == 0);
    assert_int_equal(figures.first_loss, TOC_NEVER);
    assert_int_equal(figures.restored_at, TOC_NEVER);
    small_end(&small);
}

static void supply_is_what_exists_and_not_what_is_asked(void **state) {
    struct small small;
    toc_service_figures figures;
    (void)state;
    begin(&small);
    give(&small, "small", 30, 120, 0);
    small_run(&small, 1);
    small_until(&small, TOC_HOUR);
    figures = toc_service_read(small.world, 0);
    assert_int_equal(figures.level_ppm, 250000);
    assert_int_equal(figures.supply, 30000000);
    assert_true(hours(figures, 1) == 90.0);
    assert_int_equal(figures.first_loss, 0);
    small_end(&small);
}

/* 1 -> 0.4 for 2 h, then 0.7 for 3 h: 1.2 + 0.9 equivalent hours. */
static void the_loss_is_the_exact_integral(void **state) {
    struct small small;
    toc_service_figures figures;
    (void)state;
    begin(&small);
    give(&small, "a", 30, 30, 3000);
    give(&small, "b", 30, 30, 3000);
    give(&small, "c", 40, 40, 4000);
    small_run(&small, 1);
    small_until(&small, TOC_HOUR);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    small_fail(&small, "b", TOC_CAUSE_DAMAGED);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 400000);
    small_until(&small, 3 * TOC_HOUR);
    small_clear(&small, "b", TOC_CAUSE_DAMAGED);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 700000);
    small_until(&small, 6 * TOC_HOUR);
    small_clear(&small, "a", TOC_CAUSE_DAMAGED);
    small_until(&small, 10 * TOC_HOUR);
    figures = toc_service_read(small.world, 0);
    assert_true(hours(figures, 0) == 1000.0);
    assert_true(hours(figures, 1) == 210.0);
    assert_true(hours(figures, 2) == 6000.0 * 2 + 3000.0 * 3);
    assert_int_equal(figures.min_level_ppm, 400000);
    assert_int_equal(figures.first_loss, TOC_HOUR);
    assert_int_equal(figures.restored_at, 6 * TOC_HOUR);
    small_end(&small);
}

static void figures_include_the_time_since_the_last_change(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    give(&small, "a", 10, 10, 500);
    small_run(&small, 1);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    small_until(&small, 90 * TOC_MINUTE);
    assert_true(hours(toc_service_read(small.world, 0), 1) == 15.0);
    assert_true(hours(toc_service_read(small.world, 0), 2) == 750.0);
    small_until(&small, 2 * TOC_HOUR);
    assert_true(hours(toc_service_read(small.world, 0), 1) == 20.0);
    assert_int_equal(toc_service_read(small.world, 0).restored_at, TOC_NEVER);
    small_end(&small);
}

static void a_loss_that_lasts_no_time_leaves_no_trace(void **state) {
    struct small small;
    toc_service_figures figures;
    (void)state;
    begin(&small);
    give(&small, "a", 10, 10, 500);
    small_run(&small, 1);
    small_until(&small, TOC_HOUR);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    assert_int_equal(toc_service_read(small.world, 0).first_loss, TOC_HOUR);
    small_clear(&small, "a", TOC_CAUSE_DAMAGED);
    small_until(&small, 2 * TOC_HOUR);
    figures = toc_service_read(small.world, 0);
    assert_true(figures.loss_us == 0);
    assert_int_equal(figures.min_level_ppm, 1000000);
    assert_int_equal(figures.first_loss, TOC_NEVER);
    small_end(&small);
}

static void a_level_of_one_means_that_all_is_met(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "big");
    toc_builder_provides(small.builder, "power", toc_unit_find("W"), INT64_C(10000000000),
                         INT64_C(10000000000), (toc_place){0});
    small_asset(&small, "tiny");
    toc_builder_provides(small.builder, "power", toc_unit_find("W"), 1, 1, (toc_place){0});
    small_run(&small, 1);
    small_fail(&small, "tiny", TOC_CAUSE_DAMAGED);
    assert_int_equal(toc_service_level_ppm(small.world, 0), 999999);
    small_end(&small);
}

static void every_level_change_is_told_once_an_instant(void **state) {
    struct small small;
    uint32_t told = 0;
    (void)state;
    begin(&small);
    give(&small, "a", 50, 50, 0);
    give(&small, "b", 50, 50, 0);
    small_needs(&small, TOC_NEED_ALL, 0, "a");
    small_run(&small, 1);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    for (uint32_t i = 0; i < small.change_count; i++) {
        if (small.changes[i].kind == TOC_CHANGE_SERVICE) {
            told++;
            assert_int_equal(small.changes[i].before, 1000000);
            assert_int_equal(small.changes[i].after, 0);
        }
    }
    assert_int_equal(told, 1);
    small_end(&small);
}

static void the_same_service_of_two_operators_is_two_services(void **state) {
    struct small small;
    toc_operator_spec other = {.id = "other"};
    toc_asset_spec asset = {.id = "b", .operator_id = "other", .kind = TOC_ASSET_NODE};
    (void)state;
    begin(&small);
    toc_builder_operator(small.builder, &other);
    give(&small, "a", 50, 50, 0);
    toc_builder_asset(small.builder, &asset);
    toc_builder_provides(small.builder, "power", toc_unit_find("MW"), 1, 1, (toc_place){0});
    small_run(&small, 1);
    assert_int_equal(small.topology->service_count, 2);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    assert_int_equal(
        toc_service_level_ppm(small.world, toc_topology_find_service(small.topology, "power", 0)),
        0);
    assert_int_equal(
        toc_service_level_ppm(small.world, toc_topology_find_service(small.topology, "power", 1)),
        1000000);
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_asked_is_fully_served),
        cmocka_unit_test(supply_is_what_exists_and_not_what_is_asked),
        cmocka_unit_test(the_loss_is_the_exact_integral),
        cmocka_unit_test(figures_include_the_time_since_the_last_change),
        cmocka_unit_test(a_loss_that_lasts_no_time_leaves_no_trace),
        cmocka_unit_test(a_level_of_one_means_that_all_is_met),
        cmocka_unit_test(every_level_change_is_told_once_an_instant),
        cmocka_unit_test(the_same_service_of_two_operators_is_two_services),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
