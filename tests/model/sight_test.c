/* What an attacker can do to what is seen and commanded from afar, while everything runs on. */
#include "model/small_world.h"

#include "model/sight.h"

/* Two substations behind one remote terminal, another behind either of two; a crew with skills. */
static void begin(struct small *small) {
    toc_need_spec either = {.sources = "rtu spare",
                            .rule = TOC_NEED_ANY,
                            .purpose = TOC_NEED_CONTROL,
                            .fallback_after = TOC_NEVER};
    small_begin(small);
    small_placed(small, "depot", 0, 0);
    small_asset(small, "rtu");
    small_asset(small, "spare");
    small_placed(small, "ss-1", 0, 5000);
    small_needs_for(small, TOC_NEED_CONTROL, "rtu", TOC_NEVER);
    small_placed(small, "ss-2", 0, 0);
    small_needs_for(small, TOC_NEED_CONTROL, "rtu", TOC_NEVER);
    small_placed(small, "ss-3", 0, 0);
    toc_builder_needs(small->builder, &either);
    small_link(small, "line", "ss-1", "ss-2");
    small_crew(small, "crew", "switching repair it", "depot", 1);
    small_run(small, 3);
}

static toc_belief believed(const struct small *small, const char *id) {
    return toc_belief_read(small->world, 0, small_at(small, id));
}

static bool has_view(const struct small *small, const char *id) {
    return toc_sight_has_view(small->world, small_at(small, id));
}

static bool takes_commands(const struct small *small, const char *id) {
    return toc_sight_takes_commands(small->world, small_at(small, id));
}

static uint32_t order(struct small *small, const char *id, toc_job_kind kind, bool remote,
                      const char **why) {
    toc_job_order wanted = {.kind = kind,
                            .element = small_at(small, id),
                            .operator_index = 0,
                            .crew = TOC_INDEX_NONE,
                            .remote = remote};
    return toc_job_order_at(small->world, &wanted, why);
}

static void a_denied_view_keeps_what_was_last_seen(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_fail(&small, "ss-1", TOC_CAUSE_VIEW_DENIED);
    small_until(&small, TOC_MINUTE);
    assert_true(small_is_on(&small, "ss-1"));
    assert_true(believed(&small, "ss-1").stale);
    assert_true(takes_commands(&small, "ss-1"));
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    small_until(&small, TOC_MINUTE);
    assert_int_equal(believed(&small, "ss-1").operation, TOC_ON);
    small_clear(&small, "ss-1", TOC_CAUSE_VIEW_DENIED);
    small_until(&small, 2 * TOC_MINUTE);
    assert_int_equal(believed(&small, "ss-1").operation, TOC_OFF);
    assert_false(believed(&small, "ss-1").stale);
    small_end(&small);
}

static void a_view_denied_where_it_runs_through_is_lost_for_all_behind(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_fail(&small, "rtu", TOC_CAUSE_VIEW_DENIED);
    assert_false(has_view(&small, "rtu"));
    assert_false(has_view(&small, "ss-1"));
    assert_false(has_view(&small, "ss-2"));
    assert_true(has_view(&small, "ss-3"));
    assert_true(believed(&small, "line").stale);
    small_fail(&small, "spare", TOC_CAUSE_DAMAGED);
    assert_false(has_view(&small, "ss-3"));
    assert_true(takes_commands(&small, "ss-3"));
    small_clear(&small, "spare", TOC_CAUSE_DAMAGED);
    assert_true(has_view(&small, "ss-3"));
    small_fail(&small, "line", TOC_CAUSE_OPENED);
    small_until(&small, TOC_HOUR);
    assert_int_equal(believed(&small, "line").operation, TOC_ON);
    small_clear(&small, "rtu", TOC_CAUSE_VIEW_DENIED);
    small_until(&small, TOC_HOUR);
    assert_true(has_view(&small, "ss-1"));
    assert_int_equal(believed(&small, "line").operation, TOC_OFF);
    small_end(&small);
}

static void a_denied_terminal_that_fails_and_returns_is_still_denied(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    small_fail(&small, "rtu", TOC_CAUSE_VIEW_DENIED);
    small_fail(&small, "rtu", TOC_CAUSE_DAMAGED);
    assert_false(has_view(&small, "ss-1"));
    small_clear(&small, "rtu", TOC_CAUSE_DAMAGED);
    assert_false(has_view(&small, "ss-1"));
    assert_true(takes_commands(&small, "ss-1"));
    small_clear(&small, "rtu", TOC_CAUSE_VIEW_DENIED);
    assert_true(has_view(&small, "ss-1"));
    small_end(&small);
}

static void denied_control_refuses_what_is_ordered_from_afar_and_nothing_else(void **state) {
    struct small small;
    const char *why = "";
    (void)state;
    begin(&small);
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    small_until(&small, TOC_MINUTE);
    small_fail(&small, "rtu", TOC_CAUSE_CONTROL_DENIED);
    assert_true(has_view(&small, "ss-1"));
    assert_false(takes_commands(&small, "ss-1"));
    assert_int_equal(order(&small, "ss-1", TOC_JOB_KIND_SWITCH, true, &why), TOC_INDEX_NONE);
    assert_string_equal(why, "it does not answer to commands");
    assert_int_not_equal(order(&small, "ss-1", TOC_JOB_KIND_SWITCH, false, &why), TOC_INDEX_NONE);
    small_until(&small, TOC_DAY);
    assert_true(small_is_on(&small, "ss-1"));
    assert_int_equal(believed(&small, "ss-1").operation, TOC_ON);
    small_end(&small);
}

static void control_denied_meanwhile_spoils_work_from_afar(void **state) {
    struct small small;
    const char *why = "";
    uint32_t job;
    (void)state;
    begin(&small);
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    small_until(&small, TOC_MINUTE);
    job = order(&small, "ss-1", TOC_JOB_KIND_SWITCH, true, &why);
    small_fail(&small, "ss-1", TOC_CAUSE_CONTROL_DENIED);
    small_until(&small, TOC_HOUR);
    assert_int_equal(toc_job_read(small.world, job).stage, TOC_JOB_FAILED);
    assert_false(small_is_on(&small, "ss-1"));
    small_end(&small);
}

static void whoever_starts_a_device_anew_ends_the_denial(void **state) {
    struct small small;
    const char *why = "";
    (void)state;
    begin(&small);
    small_fail(&small, "rtu", TOC_CAUSE_VIEW_DENIED);
    small_fail(&small, "rtu", TOC_CAUSE_CONTROL_DENIED);
    small_fail(&small, "rtu", TOC_CAUSE_FALSIFIED);
    assert_int_not_equal(order(&small, "rtu", TOC_JOB_KIND_REBOOT, false, &why), TOC_INDEX_NONE);
    small_until(&small, TOC_DAY);
    assert_int_equal(toc_world_causes(small.world, small_at(&small, "rtu")),
                     1u << TOC_CAUSE_FALSIFIED);
    assert_true(has_view(&small, "ss-1"));
    assert_int_not_equal(order(&small, "rtu", TOC_JOB_KIND_RESTORE, false, &why), TOC_INDEX_NONE);
    small_until(&small, 2 * TOC_DAY);
    assert_int_equal(toc_world_causes(small.world, small_at(&small, "rtu")), 0);
    small_end(&small);
}

static void a_crew_that_looks_finds_and_ends_a_denial(void **state) {
    struct small small;
    const char *why = "";
    uint32_t job;
    (void)state;
    begin(&small);
    small_fail(&small, "rtu", TOC_CAUSE_VIEW_DENIED);
    job = order(&small, "rtu", TOC_JOB_KIND_INSPECT, false, &why);
    small_until(&small, TOC_DAY);
    assert_int_equal(toc_job_read(small.world, job).doing, TOC_JOB_KIND_REBOOT);
    assert_true(has_view(&small, "ss-1"));
    small_end(&small);
}

static void a_false_state_is_believed_until_somebody_looks(void **state) {
    struct small small;
    const char *why = "";
    uint32_t ss;
    (void)state;
    begin(&small);
    ss = small_at(&small, "ss-2");
    assert_true(toc_sight_falsify(small.world, ss, TOC_ON));
    assert_false(toc_sight_falsify(small.world, ss, TOC_ON));
    small_fail(&small, "ss-2", TOC_CAUSE_DAMAGED);
    small_until(&small, TOC_HOUR);
    assert_int_equal(believed(&small, "ss-2").operation, TOC_ON);
    assert_false(believed(&small, "ss-2").stale);
    assert_int_equal(order(&small, "ss-2", TOC_JOB_KIND_REPAIR, false, &why), TOC_INDEX_NONE);
    assert_string_equal(why, "there is nothing of that kind to do");
    (void)order(&small, "ss-2", TOC_JOB_KIND_INSPECT, false, &why);
    small_until(&small, TOC_HOUR + 30 * TOC_MINUTE);
    assert_int_equal(believed(&small, "ss-2").operation, TOC_UNDER_REPAIR);
    assert_int_equal(believed(&small, "ss-2").source, TOC_SEEN_BY_CREW);
    small_until(&small, TOC_DAY);
    assert_int_equal(toc_sight_shown(small.world, ss), TOC_ON);
    small_end(&small);
}

static void what_is_shown_down_while_it_runs_cannot_be_told_from_an_outage(void **state) {
    struct small lie, outage;
    const char *why = "";
    toc_time ended[2];
    uint32_t jobs[2];
    (void)state;
    begin(&lie);
    begin(&outage);
    assert_true(toc_sight_falsify(lie.world, small_at(&lie, "ss-2"), TOC_OFF));
    small_fail(&outage, "ss-2", TOC_CAUSE_OPENED);
    small_until(&lie, TOC_MINUTE);
    small_until(&outage, TOC_MINUTE);
    assert_int_equal(believed(&lie, "ss-2").operation, TOC_OFF);
    assert_memory_equal(&(toc_time){believed(&lie, "ss-2").since},
                        &(toc_time){believed(&outage, "ss-2").since}, sizeof(toc_time));
    jobs[0] = order(&lie, "ss-2", TOC_JOB_KIND_SWITCH, true, &why);
    jobs[1] = order(&outage, "ss-2", TOC_JOB_KIND_SWITCH, true, &why);
    small_until(&lie, TOC_HOUR);
    small_until(&outage, TOC_HOUR);
    ended[0] = toc_job_read(lie.world, jobs[0]).ended_at;
    ended[1] = toc_job_read(outage.world, jobs[1]).ended_at;
    assert_int_equal(ended[0], ended[1]);
    assert_true(ended[0] > TOC_MINUTE);
    assert_int_equal(believed(&lie, "ss-2").operation, TOC_OFF);
    small_clear(&lie, "ss-2", TOC_CAUSE_FALSIFIED);
    small_until(&lie, TOC_HOUR);
    assert_int_equal(believed(&lie, "ss-2").operation, TOC_ON);
    small_end(&lie);
    small_end(&outage);
}

static void customers_who_call_belie_a_false_state(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    assert_true(toc_sight_falsify(small.world, small_at(&small, "ss-1"), TOC_ON));
    small_fail(&small, "ss-1", TOC_CAUSE_OPENED);
    small_until(&small, TOC_DAY);
    assert_int_equal(believed(&small, "ss-1").operation, TOC_OFF);
    assert_int_equal(believed(&small, "ss-1").source, TOC_SEEN_BY_CALLS);
    toc_belief_learn(small.world, 0, small_at(&small, "ss-1"), TOC_SEEN_BY_TELEMETRY);
    assert_int_equal(believed(&small, "ss-1").operation, TOC_ON);
    small_until(&small, 2 * TOC_DAY);
    assert_int_equal(believed(&small, "ss-1").operation, TOC_OFF);
    small_end(&small);
}

static void a_false_state_of_a_line_is_told_by_both_its_ends(void **state) {
    struct small small;
    (void)state;
    begin(&small);
    assert_true(toc_sight_falsify(small.world, small_at(&small, "line"), TOC_FAILED));
    small_until(&small, TOC_MINUTE);
    assert_int_equal(believed(&small, "line").operation, TOC_FAILED);
    assert_true(small_is_on(&small, "line"));
    small_end(&small);
}

static void what_is_seen_is_in_the_digest_only_where_it_is_false(void **state) {
    struct small small;
    toc_digest before, after;
    uint32_t ss;
    (void)state;
    begin(&small);
    ss = small_at(&small, "ss-1");
    before = after = toc_digest_start();
    toc_sight_digest(small.world, &before);
    assert_int_equal(toc_digest_value(before), toc_digest_value(after));
    (void)toc_sight_falsify(small.world, ss, TOC_OFF);
    toc_sight_digest(small.world, &after);
    assert_int_not_equal(toc_digest_value(before), toc_digest_value(after));
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_denied_view_keeps_what_was_last_seen),
        cmocka_unit_test(a_view_denied_where_it_runs_through_is_lost_for_all_behind),
        cmocka_unit_test(a_denied_terminal_that_fails_and_returns_is_still_denied),
        cmocka_unit_test(denied_control_refuses_what_is_ordered_from_afar_and_nothing_else),
        cmocka_unit_test(control_denied_meanwhile_spoils_work_from_afar),
        cmocka_unit_test(whoever_starts_a_device_anew_ends_the_denial),
        cmocka_unit_test(a_crew_that_looks_finds_and_ends_a_denial),
        cmocka_unit_test(a_false_state_is_believed_until_somebody_looks),
        cmocka_unit_test(what_is_shown_down_while_it_runs_cannot_be_told_from_an_outage),
        cmocka_unit_test(customers_who_call_belie_a_false_state),
        cmocka_unit_test(a_false_state_of_a_line_is_told_by_both_its_ends),
        cmocka_unit_test(what_is_seen_is_in_the_digest_only_where_it_is_false),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
