#include "model/small_world.h"

static void begin(struct small *small, toc_time holds, toc_time refill) {
    small_begin(small);
    small_asset(small, "grid-1");
    toc_builder_buffer(small->builder, "battery", "rtu", holds, refill, (toc_place){0});
    small_asset(small, "rtu");
    small_needs(small, TOC_NEED_ALL, 0, "grid-1");
}

static void a_battery_holds_to_the_microsecond(void **state) {
    struct small small;
    (void)state;
    begin(&small, 8 * TOC_HOUR + 1, 0);
    small_run(&small, 1);
    small_until(&small, 12345);
    small_fail(&small, "grid-1", TOC_CAUSE_DAMAGED);
    assert_true(small_is_on(&small, "rtu"));
    small_until(&small, 12345 + 8 * TOC_HOUR);
    assert_true(small_is_on(&small, "rtu"));
    small_until(&small, 12345 + 8 * TOC_HOUR + 1);
    assert_false(small_is_on(&small, "rtu"));
    assert_int_equal(small_last_change(&small, TOC_CHANGE_BUFFER, 0), 12345 + 8 * TOC_HOUR + 1);
    small_end(&small);
}

static void a_battery_refills_at_its_own_pace(void **state) {
    struct small small;
    (void)state;
    begin(&small, 4 * TOC_HOUR, 8 * TOC_HOUR);
    small_run(&small, 1);
    small_fail(&small, "grid-1", TOC_CAUSE_DAMAGED);
    small_until(&small, 4 * TOC_HOUR - TOC_MINUTE);
    small_clear(&small, "grid-1", TOC_CAUSE_DAMAGED);
    small_until(&small, 6 * TOC_HOUR - TOC_MINUTE); /* a quarter came back: 61 minutes */
    small_fail(&small, "grid-1", TOC_CAUSE_DAMAGED);
    small_until(&small, 7 * TOC_HOUR - 1);
    assert_true(small_is_on(&small, "rtu"));
    small_until(&small, 7 * TOC_HOUR);
    assert_false(small_is_on(&small, "rtu"));
    small_clear(&small, "grid-1", TOC_CAUSE_DAMAGED);
    assert_true(small_is_on(&small, "rtu"));
    small_until(&small, 15 * TOC_HOUR - 1);
    assert_int_equal(small.changes[small.change_count - 1].after, TOC_ON);
    small_until(&small, 15 * TOC_HOUR);
    assert_int_equal(small.changes[small.change_count - 1].kind, TOC_CHANGE_BUFFER);
    assert_int_equal(small.changes[small.change_count - 1].after, 3);
    small_end(&small);
}

static void a_battery_keeps_alive_but_does_not_start(void **state) {
    struct small small;
    (void)state;
    begin(&small, 4 * TOC_HOUR, 0);
    small_run(&small, 1);
    small_fail(&small, "grid-1", TOC_CAUSE_DAMAGED);
    small_fail(&small, "rtu", TOC_CAUSE_SWITCHED_OFF);
    small_clear(&small, "rtu", TOC_CAUSE_SWITCHED_OFF);
    assert_int_equal(small_operation(&small, "rtu"), TOC_OFF);
    small_clear(&small, "grid-1", TOC_CAUSE_DAMAGED);
    assert_true(small_is_on(&small, "rtu"));
    small_end(&small);
}

static void buffers_are_used_up_one_after_the_other(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "grid-1");
    toc_builder_buffer(small.builder, "battery", "hospital", TOC_HOUR, 0, (toc_place){0});
    toc_builder_buffer(small.builder, "battery", "exchange", 2 * TOC_HOUR, 0, (toc_place){0});
    toc_builder_buffer(small.builder, "fuel", "hospital", 24 * TOC_HOUR, 0, (toc_place){0});
    small_asset(&small, "hospital");
    small_needs(&small, TOC_NEED_ALL, 0, "grid-1");
    small_asset(&small, "exchange");
    small_needs(&small, TOC_NEED_ALL, 0, "grid-1");
    small_run(&small, 1);
    small_fail(&small, "grid-1", TOC_CAUSE_DAMAGED);
    small_until(&small, 2 * TOC_HOUR);
    assert_true(small_is_on(&small, "hospital"));
    assert_false(small_is_on(&small, "exchange"));
    small_until(&small, 25 * TOC_HOUR - 1);
    assert_true(small_is_on(&small, "hospital"));
    small_until(&small, 25 * TOC_HOUR);
    assert_false(small_is_on(&small, "hospital"));
    small_end(&small);
}

static void a_buffer_bridges_control_as_well(void **state) {
    struct small small;
    uint32_t pump;
    (void)state;
    small_begin(&small);
    small_asset(&small, "mast");
    toc_builder_buffer(small.builder, "battery", "pump", TOC_HOUR, 0, (toc_place){0});
    small_asset(&small, "pump");
    small_needs_for(&small, TOC_NEED_CONTROL, "mast", TOC_NEVER);
    small_run(&small, 1);
    pump = small_at(&small, "pump");
    small_fail(&small, "mast", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_HOUR - 1);
    assert_true(toc_world_has_control(small.world, pump));
    small_until(&small, TOC_HOUR);
    assert_false(toc_world_has_control(small.world, pump));
    small_end(&small);
}

struct alternating {
    struct small *small;
    toc_chance chance;
    uint32_t turn, last;
    toc_time down_since, rtu_down;
    bool was_on;
};

static void alternate(void *object, uint64_t failing);

static void next_turn(struct alternating *run, bool failing) {
    toc_draw draw = {1, failing ? 2 : 3, run->turn};
    toc_time after =
        toc_chance_exponential(&run->chance, draw, failing ? 1000 * TOC_HOUR : 8 * TOC_HOUR);
    (void)toc_calendar_schedule(run->small->calendar,
                                toc_calendar_now(run->small->calendar) + after, TOC_PHYSICAL,
                                alternate, run, failing ? 1 : 0);
}

static void alternate(void *object, uint64_t failing) {
    struct alternating *run = object;
    if (failing != 0) {
        (void)toc_world_fail(run->small->world, 0, TOC_CAUSE_DAMAGED);
    } else {
        (void)toc_world_clear(run->small->world, 0, TOC_CAUSE_DAMAGED);
        run->turn++;
    }
    next_turn(run, failing == 0);
}

static void watch(void *object, const toc_change *change) {
    struct alternating *run = object;
    if (change->kind == TOC_CHANGE_OPERATION && change->subject == 1) {
        toc_time now = toc_calendar_now(run->small->calendar);
        if (change->after == TOC_ON) {
            run->rtu_down += now - run->down_since;
        } else {
            run->down_since = now;
        }
    }
}

/* Unavailability of a fixed buffer B behind a source that fails every 1/λ = 1000 h for 1/μ = 8 h is
   λ/(λ+μ)·exp(-μB): 0.0048137 for 4 h. */
static void a_buffer_cuts_unavailability_as_theory_says(void **state) {
    const uint32_t batches = 40;
    const toc_time batch = 200000 * TOC_HOUR;
    const double wanted = 0.0048137;
    struct small small;
    struct alternating run = {.small = &small};
    toc_world *own;
    double sum = 0, squares = 0, mean, half;
    (void)state;
    run.chance = (toc_chance){support_seed(__func__), 0};
    begin(&small, 4 * TOC_HOUR, 1);
    small_run(&small, 1);
    own = small.world;
    small.world =
        toc_world_create(small.topology, small.calendar, small.conditions, run.chance, watch, &run);
    next_turn(&run, true);
    for (uint32_t i = 0; i < batches; i++) {
        toc_time before = run.rtu_down;
        double share;
        toc_calendar_run(small.calendar, (toc_time)(i + 1) * batch);
        share = (double)(run.rtu_down - before) / (double)batch;
        sum += share;
        squares += share * share;
    }
    mean = sum / batches;
    half =
        4 * (squares / batches - mean * mean) / (batches - 1); /* (two standard errors) squared */
    if ((mean - wanted) * (mean - wanted) > 2.25 * half) {     /* beyond three of them */
        fail_msg("unavailability %.7f is not %.7f (two standard errors squared %.3g)", mean, wanted,
                 half);
    }
    assert_true(half < wanted * wanted * 0.01);
    toc_world_destroy(small.world);
    small.world = own;
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_battery_holds_to_the_microsecond),
        cmocka_unit_test(a_battery_refills_at_its_own_pace),
        cmocka_unit_test(a_battery_keeps_alive_but_does_not_start),
        cmocka_unit_test(buffers_are_used_up_one_after_the_other),
        cmocka_unit_test(a_buffer_bridges_control_as_well),
        cmocka_unit_test(a_buffer_cuts_unavailability_as_theory_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
