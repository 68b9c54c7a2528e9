#include "model/small_world.h"

#include <stdio.h>

static void everything_starts_on(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "a");
    small_needs(&small, TOC_NEED_ALL, 0, "b");
    small_asset(&small, "b");
    small_run(&small, 1);
    assert_true(small_is_on(&small, "a") && small_is_on(&small, "b"));
    assert_int_equal(toc_world_capability_ppm(small.world, small_at(&small, "a")), 1000000);
    assert_int_equal(small.change_count, 0);
    small_end(&small);
}

static void an_asset_is_up_only_when_every_cause_is_gone(void **state) {
    struct small small;
    uint32_t a;
    (void)state;
    small_begin(&small);
    small_asset(&small, "a");
    small_run(&small, 1);
    a = small_at(&small, "a");
    small_fail(&small, "a", TOC_CAUSE_OPENED);
    assert_int_equal(small_operation(&small, "a"), TOC_OFF);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    assert_int_equal(small_operation(&small, "a"), TOC_FAILED);
    assert_false(toc_world_fail(small.world, a, TOC_CAUSE_DAMAGED));
    small_clear(&small, "a", TOC_CAUSE_OPENED);
    assert_int_equal(small_operation(&small, "a"), TOC_FAILED);
    assert_int_equal(toc_world_causes(small.world, a), 1u << TOC_CAUSE_DAMAGED);
    small_clear(&small, "a", TOC_CAUSE_DAMAGED);
    assert_true(small_is_on(&small, "a"));
    assert_false(toc_world_clear(small.world, a, TOC_CAUSE_DAMAGED));
    small_end(&small);
}

static void all_any_and_at_least_count_their_sources(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "x");
    small_asset(&small, "y");
    small_asset(&small, "z");
    small_asset(&small, "all");
    small_needs(&small, TOC_NEED_ALL, 0, "x y z");
    small_asset(&small, "two");
    small_needs(&small, TOC_NEED_AT_LEAST, 2, "x y z");
    small_asset(&small, "any");
    small_needs(&small, TOC_NEED_ANY, 0, "x y z");
    small_run(&small, 1);
    small_fail(&small, "x", TOC_CAUSE_DAMAGED);
    assert_int_equal(small_operation(&small, "all"), TOC_OFF);
    assert_true(small_is_on(&small, "two") && small_is_on(&small, "any"));
    small_fail(&small, "z", TOC_CAUSE_DAMAGED);
    assert_true(!small_is_on(&small, "two") && small_is_on(&small, "any"));
    small_fail(&small, "y", TOC_CAUSE_DAMAGED);
    assert_false(small_is_on(&small, "any"));
    small_clear(&small, "y", TOC_CAUSE_DAMAGED);
    small_clear(&small, "x", TOC_CAUSE_DAMAGED);
    assert_true(!small_is_on(&small, "all") && small_is_on(&small, "two"));
    small_clear(&small, "z", TOC_CAUSE_DAMAGED);
    assert_true(small_is_on(&small, "all"));
    small_end(&small);
}

static void several_needs_must_all_be_met(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "x");
    small_asset(&small, "y");
    small_asset(&small, "a");
    small_needs(&small, TOC_NEED_ANY, 0, "x");
    small_needs(&small, TOC_NEED_ANY, 0, "y x");
    small_run(&small, 1);
    small_fail(&small, "x", TOC_CAUSE_DAMAGED);
    assert_false(small_is_on(&small, "a"));
    small_fail(&small, "y", TOC_CAUSE_DAMAGED);
    small_clear(&small, "x", TOC_CAUSE_DAMAGED);
    assert_true(small_is_on(&small, "a"));
    small_end(&small);
}

static void a_link_is_a_source_like_any_other(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "a");
    small_asset(&small, "b");
    small_needs(&small, TOC_NEED_ALL, 0, "l");
    small_link(&small, "l", "a", "b");
    small_run(&small, 1);
    small_fail(&small, "l", TOC_CAUSE_DAMAGED);
    assert_int_equal(small_operation(&small, "l"), TOC_FAILED);
    assert_false(small_is_on(&small, "b"));
    small_clear(&small, "l", TOC_CAUSE_DAMAGED);
    assert_true(small_is_on(&small, "l") && small_is_on(&small, "b"));
    small_end(&small);
}

static void a_dead_pair_does_not_resurrect_itself(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "power");
    small_needs(&small, TOC_NEED_ANY, 0, "telecom");
    small_asset(&small, "telecom");
    small_needs(&small, TOC_NEED_ANY, 0, "power");
    small_run(&small, 1);
    assert_true(small_is_on(&small, "power"));
    small_fail(&small, "power", TOC_CAUSE_DAMAGED);
    assert_false(small_is_on(&small, "telecom"));
    small_clear(&small, "power", TOC_CAUSE_DAMAGED);
    assert_int_equal(small_operation(&small, "power"), TOC_OFF);
    assert_int_equal(small_operation(&small, "telecom"), TOC_OFF);
    small_until(&small, TOC_DAY);
    assert_int_equal(small_operation(&small, "telecom"), TOC_OFF);
    small_end(&small);
}

static void a_ring_with_a_way_to_start_comes_back(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "diesel");
    small_asset(&small, "power");
    small_needs(&small, TOC_NEED_ANY, 0, "telecom diesel");
    small_asset(&small, "telecom");
    small_needs(&small, TOC_NEED_ANY, 0, "power");
    small_run(&small, 1);
    small_fail(&small, "power", TOC_CAUSE_DAMAGED);
    assert_false(small_is_on(&small, "telecom"));
    small_clear(&small, "power", TOC_CAUSE_DAMAGED);
    assert_true(small_is_on(&small, "power") && small_is_on(&small, "telecom"));
    small_end(&small);
}

static void starting_takes_its_time(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_starting(&small, "plant", 30 * TOC_MINUTE);
    small_asset(&small, "town");
    small_needs(&small, TOC_NEED_ALL, 0, "plant");
    small_run(&small, 1);
    small_fail(&small, "plant", TOC_CAUSE_SWITCHED_OFF);
    small_until(&small, TOC_HOUR);
    small_clear(&small, "plant", TOC_CAUSE_SWITCHED_OFF);
    assert_int_equal(small_operation(&small, "plant"), TOC_STARTING);
    small_until(&small, TOC_HOUR + 30 * TOC_MINUTE - 1);
    assert_false(small_is_on(&small, "town"));
    small_until(&small, TOC_HOUR + 30 * TOC_MINUTE);
    assert_true(small_is_on(&small, "plant") && small_is_on(&small, "town"));
    small_end(&small);
}

static void a_start_that_loses_its_need_begins_anew(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "fuel");
    small_starting(&small, "plant", TOC_HOUR);
    small_needs(&small, TOC_NEED_ALL, 0, "fuel");
    small_run(&small, 1);
    small_fail(&small, "fuel", TOC_CAUSE_DAMAGED);
    small_clear(&small, "fuel", TOC_CAUSE_DAMAGED);
    small_until(&small, 50 * TOC_MINUTE);
    small_fail(&small, "fuel", TOC_CAUSE_DAMAGED);
    assert_int_equal(small_operation(&small, "plant"), TOC_OFF);
    small_clear(&small, "fuel", TOC_CAUSE_DAMAGED);
    small_until(&small, 110 * TOC_MINUTE - 1);
    assert_int_equal(small_operation(&small, "plant"), TOC_STARTING);
    small_until(&small, 110 * TOC_MINUTE);
    assert_true(small_is_on(&small, "plant"));
    small_end(&small);
}

static void a_need_to_start_does_not_stop_what_runs(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "grid-1");
    small_asset(&small, "plant");
    small_needs_for(&small, TOC_NEED_START, "grid-1", TOC_NEVER);
    small_run(&small, 1);
    small_fail(&small, "grid-1", TOC_CAUSE_DAMAGED);
    assert_true(small_is_on(&small, "plant"));
    small_fail(&small, "plant", TOC_CAUSE_SWITCHED_OFF);
    small_clear(&small, "plant", TOC_CAUSE_SWITCHED_OFF);
    assert_int_equal(small_operation(&small, "plant"), TOC_OFF);
    small_clear(&small, "grid-1", TOC_CAUSE_DAMAGED);
    assert_true(small_is_on(&small, "plant"));
    small_end(&small);
}

static void control_is_lost_without_stopping_the_asset(void **state) {
    struct small small;
    uint32_t pump;
    (void)state;
    small_begin(&small);
    small_asset(&small, "rtu");
    small_asset(&small, "pump");
    small_needs_for(&small, TOC_NEED_CONTROL, "rtu", TOC_NEVER);
    small_run(&small, 1);
    pump = small_at(&small, "pump");
    assert_true(toc_world_has_control(small.world, pump));
    assert_true(toc_world_has_control(small.world, small_at(&small, "rtu")));
    small_fail(&small, "rtu", TOC_CAUSE_WIPED);
    assert_false(toc_world_has_control(small.world, pump));
    assert_true(small_is_on(&small, "pump"));
    assert_int_equal(small_last_change(&small, TOC_CHANGE_CONTROL, pump), 0);
    small_clear(&small, "rtu", TOC_CAUSE_WIPED);
    assert_true(toc_world_has_control(small.world, pump));
    small_end(&small);
}

static void a_fallback_meets_the_need_after_its_time(void **state) {
    struct small small;
    uint32_t pump;
    (void)state;
    small_begin(&small);
    small_asset(&small, "rtu");
    small_asset(&small, "pump");
    small_needs_for(&small, TOC_NEED_CONTROL, "rtu", 20 * TOC_MINUTE);
    small_needs_for(&small, TOC_NEED_RUN, "rtu", 30 * TOC_MINUTE);
    small_run(&small, 1);
    pump = small_at(&small, "pump");
    small_fail(&small, "rtu", TOC_CAUSE_WIPED);
    assert_false(toc_world_has_control(small.world, pump));
    small_until(&small, 20 * TOC_MINUTE - 1);
    assert_false(toc_world_has_control(small.world, pump));
    small_until(&small, 20 * TOC_MINUTE);
    assert_true(toc_world_has_control(small.world, pump));
    assert_false(small_is_on(&small, "pump"));
    small_until(&small, 30 * TOC_MINUTE);
    assert_true(small_is_on(&small, "pump"));
    small_clear(&small, "rtu", TOC_CAUSE_WIPED);
    small_fail(&small, "rtu", TOC_CAUSE_WIPED);
    assert_false(toc_world_has_control(small.world, pump));
    assert_false(small_is_on(&small, "pump"));
    small_clear(&small, "rtu", TOC_CAUSE_WIPED);
    small_until(&small, TOC_DAY);
    assert_true(toc_world_has_control(small.world, pump));
    small_end(&small);
}

static void changes_are_told_in_order_and_cells_are_touched(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "a");
    small_asset(&small, "b");
    small_needs(&small, TOC_NEED_ALL, 0, "a");
    small_run(&small, 1);
    small_fail(&small, "a", TOC_CAUSE_FLOODED);
    assert_int_equal(small.change_count, 3);
    assert_int_equal(small.changes[0].kind, TOC_CHANGE_CAUSE);
    assert_int_equal(small.changes[0].other, TOC_CAUSE_FLOODED);
    assert_int_equal(small.changes[0].after, 1);
    assert_int_equal(small.changes[1].kind, TOC_CHANGE_OPERATION);
    assert_int_equal(small.changes[1].before, TOC_ON);
    assert_int_equal(small.changes[1].after, TOC_FAILED);
    assert_int_equal(small.changes[2].subject, small_at(&small, "b"));
    assert_int_equal(small.changes[2].after, TOC_OFF);
    small_end(&small);
}

struct asked {
    struct small *small;
    uint32_t element;
    bool fired;
};

static bool is_down(void *object, uint64_t argument) {
    struct asked *asked = object;
    (void)argument;
    toc_conditions_read(asked->small->conditions,
                        toc_world_cell(TOC_CHANGE_OPERATION, asked->element));
    return toc_world_operation(asked->small->world, asked->element) != TOC_ON;
}

static void on_fired(void *object, uint64_t argument) {
    struct asked *asked = object;
    (void)argument;
    asked->fired = true;
}

static void conditions_wake_up_by_what_they_read(void **state) {
    struct small small;
    struct asked asked;
    uint64_t before;
    (void)state;
    small_begin(&small);
    small_asset(&small, "a");
    small_asset(&small, "b");
    small_needs(&small, TOC_NEED_ALL, 0, "a");
    small_asset(&small, "c");
    small_run(&small, 1);
    asked = (struct asked){&small, small_at(&small, "b"), false};
    (void)toc_conditions_add(small.conditions, is_down, on_fired, &asked, 0);
    before = toc_conditions_asked(small.conditions);
    small_fail(&small, "c", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_HOUR);
    assert_int_equal(toc_conditions_asked(small.conditions), before);
    small_fail(&small, "a", TOC_CAUSE_DAMAGED);
    small_until(&small, 2 * TOC_HOUR);
    assert_true(asked.fired);
    small_end(&small);
}

static void names_of_causes_and_operations_are_found(void **state) {
    (void)state;
    for (int cause = 0; cause < TOC_CAUSES; cause++) {
        const char *job = toc_world_cause_job((toc_cause)cause);
        assert_int_equal(toc_world_find_cause(toc_world_cause_name((toc_cause)cause)), cause);
        assert_true(toc_job_find_kind(job) < TOC_JOB_KINDS);
    }
    assert_int_equal(toc_world_find_cause("bewitched"), TOC_CAUSES);
    assert_string_equal(toc_world_operation_name(TOC_UNDER_REPAIR), "under-repair");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_starts_on),
        cmocka_unit_test(an_asset_is_up_only_when_every_cause_is_gone),
        cmocka_unit_test(all_any_and_at_least_count_their_sources),
        cmocka_unit_test(several_needs_must_all_be_met),
        cmocka_unit_test(a_link_is_a_source_like_any_other),
        cmocka_unit_test(a_dead_pair_does_not_resurrect_itself),
        cmocka_unit_test(a_ring_with_a_way_to_start_comes_back),
        cmocka_unit_test(starting_takes_its_time),
        cmocka_unit_test(a_start_that_loses_its_need_begins_anew),
        cmocka_unit_test(a_need_to_start_does_not_stop_what_runs),
        cmocka_unit_test(control_is_lost_without_stopping_the_asset),
        cmocka_unit_test(a_fallback_meets_the_need_after_its_time),
        cmocka_unit_test(changes_are_told_in_order_and_cells_are_touched),
        cmocka_unit_test(conditions_wake_up_by_what_they_read),
        cmocka_unit_test(names_of_causes_and_operations_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
