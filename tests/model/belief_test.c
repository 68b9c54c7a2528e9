#include "model/small_world.h"

static void begin(struct small *small, bool with_calls) {
    toc_operator_spec other = {.id = "water"};
    small_begin(small);
    toc_builder_operator(small->builder, &other);
    small_asset(small, "rtu");
    small_placed(small, "ss-1", 0, 5000);
    small_needs_for(small, TOC_NEED_CONTROL, "rtu", TOC_NEVER);
    if (with_calls) {
        small_asset(small, "call-centre");
        toc_builder_provides(small->builder, "calls", toc_unit_find("calls/h"), 100, 100,
                             (toc_place){0});
    }
    small_run(small, 3);
}

static toc_belief believed(const struct small *small, const char *id) {
    return toc_belief_read(small->world, 0, small_at(small, id));
}

static void at_first_everything_is_believed_to_be_on(void **state) {
    struct small small;
    toc_belief belief;
    (void)state;
    begin(&small, false);
    belief = believed(&small, "ss-1");
    assert_int_equal(belief.operation, TOC_ON);
    assert_int_equal(belief.source, TOC_SEEN_AT_START);
    assert_false(belief.stale);
    assert_true(toc_belief_read(small.world, 1, small_at(&small, "ss-1")).stale);
    small_end(&small);
}

static void telemetry_tells_within_the_instant(void **state) {
    struct small small;
    (void)state;
    begin(&small, false);
    small_until(&small, TOC_HOUR);
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    small_until(&small, TOC_HOUR);
    assert_int_equal(believed(&small, "ss-1").operation, TOC_OFF);
    assert_int_equal(believed(&small, "ss-1").since, TOC_HOUR);
    assert_int_equal(believed(&small, "ss-1").source, TOC_SEEN_BY_TELEMETRY);
    assert_int_equal(toc_belief_read(small.world, 1, small_at(&small, "ss-1")).operation, TOC_ON);
    small_end(&small);
}

static void a_flicker_within_an_instant_is_not_news(void **state) {
    struct small small;
    (void)state;
    begin(&small, false);
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    small_clear(&small, "ss-1", TOC_CAUSE_OPENED);
    small_until(&small, TOC_HOUR);
    assert_int_equal(believed(&small, "ss-1").source, TOC_SEEN_AT_START);
    small_end(&small);
}

static void without_telemetry_belief_goes_stale_and_customers_call(void **state) {
    struct small small;
    toc_time learned;
    (void)state;
    begin(&small, false);
    small_fail(&small, "rtu", TOC_CAUSE_WIPED);
    assert_true(believed(&small, "ss-1").stale);
    small_until(&small, TOC_MINUTE);
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    small_until(&small, TOC_MINUTE);
    assert_int_equal(believed(&small, "ss-1").operation, TOC_ON);
    small_until(&small, TOC_DAY);
    assert_int_equal(believed(&small, "ss-1").operation, TOC_OFF);
    assert_int_equal(believed(&small, "ss-1").source, TOC_SEEN_BY_CALLS);
    learned = believed(&small, "ss-1").since;
    assert_true(learned > TOC_MINUTE && learned < 2 * TOC_HOUR);
    small_end(&small);
}

static void calls_do_not_get_through_a_flooded_call_centre(void **state) {
    struct small small;
    (void)state;
    begin(&small, true);
    small_fail(&small, "rtu", TOC_CAUSE_WIPED);
    small_fail(&small, "call-centre", TOC_CAUSE_FLOODED);
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    small_until(&small, TOC_DAY);
    assert_int_equal(believed(&small, "ss-1").operation, TOC_ON);
    small_clear(&small, "call-centre", TOC_CAUSE_FLOODED);
    small_until(&small, 2 * TOC_DAY);
    assert_int_equal(believed(&small, "ss-1").source, TOC_SEEN_BY_CALLS);
    assert_true(believed(&small, "ss-1").since > TOC_DAY);
    small_end(&small);
}

static void nobody_calls_once_the_lights_are_on_again(void **state) {
    struct small small;
    (void)state;
    begin(&small, false);
    small_fail(&small, "rtu", TOC_CAUSE_WIPED);
    small_until(&small, TOC_SECOND);
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    small_until(&small, 2 * TOC_SECOND);
    small_clear(&small, "ss-1", TOC_CAUSE_OPENED);
    small_until(&small, TOC_DAY);
    assert_int_equal(believed(&small, "ss-1").source, TOC_SEEN_AT_START);
    small_end(&small);
}

static void telemetry_that_comes_back_tells_what_was_missed(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "rtu");
    small_asset(&small, "pump");
    small_needs_for(&small, TOC_NEED_CONTROL, "rtu", TOC_NEVER);
    small_run(&small, 1);
    small_fail(&small, "rtu", TOC_CAUSE_WIPED);
    small_fail(&small, "pump", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_DAY);
    assert_int_equal(believed(&small, "pump").operation, TOC_ON);
    small_clear(&small, "rtu", TOC_CAUSE_WIPED);
    small_until(&small, TOC_DAY);
    assert_int_equal(believed(&small, "pump").operation, TOC_FAILED);
    assert_false(believed(&small, "pump").stale);
    small_end(&small);
}

static void lines_are_seen_again_with_the_substation_at_their_end(void **state) {
    struct small small;
    (void)state;
    small_begin(&small);
    small_asset(&small, "rtu");
    small_asset(&small, "ss-1");
    small_needs_for(&small, TOC_NEED_CONTROL, "rtu", TOC_NEVER);
    small_asset(&small, "ss-2");
    small_needs_for(&small, TOC_NEED_CONTROL, "rtu", TOC_NEVER);
    small_link(&small, "line", "ss-1", "ss-2");
    small_link(&small, "other", "ss-2", "ss-1");
    small_run(&small, 1);
    small_fail(&small, "rtu", TOC_CAUSE_WIPED);
    small_until(&small, TOC_MINUTE);
    small_fail(&small, "line", TOC_CAUSE_OPENED);
    small_fail(&small, "other", TOC_CAUSE_OPENED);
    small_until(&small, TOC_HOUR);
    assert_int_equal(believed(&small, "line").operation, TOC_ON);
    small_clear(&small, "other", TOC_CAUSE_OPENED);
    small_clear(&small, "rtu", TOC_CAUSE_WIPED);
    small_until(&small, TOC_HOUR);
    assert_int_equal(believed(&small, "line").operation, TOC_OFF);
    assert_int_equal(believed(&small, "line").since, TOC_HOUR);
    assert_int_equal(believed(&small, "other").source, TOC_SEEN_AT_START);
    small_end(&small);
}

static void a_message_tells_another_operator(void **state) {
    struct small small;
    uint32_t ss;
    (void)state;
    begin(&small, false);
    ss = small_at(&small, "ss-1");
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    toc_belief_learn(small.world, 1, ss, TOC_SEEN_BY_MESSAGE);
    assert_int_equal(toc_belief_read(small.world, 1, ss).operation, TOC_OFF);
    assert_true(toc_belief_read(small.world, 1, ss).stale);
    small_clear(&small, "ss-1", TOC_CAUSE_OPENED);
    small_until(&small, TOC_HOUR);
    assert_int_equal(toc_belief_read(small.world, 1, ss).operation, TOC_OFF);
    small_end(&small);
}

static void both_ends_of_a_link_see_it(void **state) {
    struct small small;
    toc_operator_spec other = {.id = "water"};
    toc_asset_spec far = {.id = "b", .operator_id = "water", .kind = TOC_ASSET_NODE};
    uint32_t link;
    (void)state;
    small_begin(&small);
    toc_builder_operator(small.builder, &other);
    small_asset(&small, "a");
    toc_builder_asset(small.builder, &far);
    small_link(&small, "l", "a", "b");
    small_run(&small, 1);
    link = small_at(&small, "l");
    small_fail(&small, "l", TOC_CAUSE_DAMAGED);
    small_until(&small, 0);
    assert_int_equal(toc_belief_read(small.world, 0, link).operation, TOC_FAILED);
    assert_int_equal(toc_belief_read(small.world, 1, link).operation, TOC_FAILED);
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_first_everything_is_believed_to_be_on),
        cmocka_unit_test(telemetry_tells_within_the_instant),
        cmocka_unit_test(a_flicker_within_an_instant_is_not_news),
        cmocka_unit_test(without_telemetry_belief_goes_stale_and_customers_call),
        cmocka_unit_test(calls_do_not_get_through_a_flooded_call_centre),
        cmocka_unit_test(nobody_calls_once_the_lights_are_on_again),
        cmocka_unit_test(telemetry_that_comes_back_tells_what_was_missed),
        cmocka_unit_test(lines_are_seen_again_with_the_substation_at_their_end),
        cmocka_unit_test(a_message_tells_another_operator),
        cmocka_unit_test(both_ends_of_a_link_see_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
