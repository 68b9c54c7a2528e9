#include "support/support.h"

#include "rehearsal.h"

static void act(rehearsal *played, toc_time at, const char *seat, const char *verb,
                const char *target) {
    toc_input input = {.at = at, .seat = seat, .verb = verb, .target = target, .parameters = ""};
    assert_int_equal(toc_drill_replay(played->drill, &input, played->problems), TOC_OK);
}

#define DUTY(clock)                                                                                \
    REHEARSAL(                                                                                     \
        "drill:duty \"D1\" { operator = \"gridco\", to = \"regulator.duty_officer\", within = "    \
        "t.minutes(20),\n  trigger = t.service(\"power\", { below = 0.8 }), text = \"First "       \
        "report\"" clock " }\n"                                                                    \
        "drill:at(t.minutes(5), function(d) d:fail(\"ss-1\", \"damage\") end)\n")

static void a_duty_starts_with_its_trigger_and_is_done_by_the_report(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(DUTY(""), NULL, 1);
    rehearsal_play(played, 4 * TOC_MINUTE);
    assert_int_equal(toc_drill_facts_of(played->drill).duties, 0);
    act(played, 14 * TOC_MINUTE, "gridco.soc", "report_initial", "regulator.duty_officer");
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(toc_drill_facts_of(played->drill).duties, 1);
    toc_drill_duty duty = toc_drill_duty_at(played->drill, 0);
    assert_string_equal(duty.id, "D1");
    assert_string_equal(duty.operator_id, "gridco");
    assert_int_equal(duty.started_at, 5 * TOC_MINUTE);
    assert_int_equal(duty.due, 25 * TOC_MINUTE);
    assert_true(duty.on_time);
    assert_true(duty.done_at >= 14 * TOC_MINUTE && duty.done_at <= duty.due);
    rehearsal_expect(played, "00:05:00 duty|D1|gridco|started|regulator.duty_officer");
    assert_int_equal(rehearsal_count(played, "duty|D1|gridco|done|"), 1);
    assert_int_equal(rehearsal_count(played, "duty|D1|gridco|missed|"), 0);
    rehearsal_close(played);
}

static void a_report_that_comes_late_is_done_and_not_on_time(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(DUTY(""), NULL, 1);
    rehearsal_check(played);
    act(played, 30 * TOC_MINUTE, "gridco.soc", "report_initial", "D1");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:25:00 duty|D1|gridco|missed|");
    assert_int_equal(rehearsal_count(played, "duty|D1|gridco|done|"), 1);
    assert_false(toc_drill_duty_at(played->drill, 0).on_time);
    rehearsal_close(played);
}

static void a_report_made_before_it_was_owed_fulfils_the_duty(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:duty \"D1\" { operator = \"gridco\", to = \"regulator\", within = t.minutes(5), "
            "trigger = t.marked \"dark\" }\n"
            "drill:at(t.minutes(40), function(d) d:mark \"dark\" end)\n"),
        NULL, 1);
    rehearsal_check(played);
    act(played, TOC_MINUTE, "gridco.soc", "report_initial", "D1");
    rehearsal_play(played, TOC_NEVER);
    toc_drill_duty duty = toc_drill_duty_at(played->drill, 0);
    assert_int_equal(duty.done_at, 40 * TOC_MINUTE);
    assert_true(duty.on_time);
    rehearsal_close(played);
}

static void the_clock_can_wait_until_the_team_is_aware(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(DUTY(", clock = \"aware\""), NULL, 1);
    rehearsal_check(played);
    act(played, 11 * TOC_MINUTE, "gridco.soc", "declare_incident", "");
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(toc_drill_duty_at(played->drill, 0).started_at, 11 * TOC_MINUTE);
    assert_int_equal(toc_drill_duty_at(played->drill, 0).due, 31 * TOC_MINUTE);
    rehearsal_close(played);
}

static void the_clock_can_wait_for_the_first_alarm(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:duty \"D1\" { operator = \"gridco\", to = \"regulator\", within = "
                  "t.minutes(5),\n"
                  "  trigger = t.marked \"intrusion\", clock = \"discovered\" }\n"
                  "drill:at(t.minutes(2), function(d) d:mark \"intrusion\" end)\n"
                  "drill:at(t.minutes(7), function(d) d:fail(\"hmi-1\", \"wipe\") end)\n"),
        NULL, 1);
    rehearsal_play(played, 6 * TOC_MINUTE);
    assert_int_equal(toc_drill_facts_of(played->drill).duties, 0);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(toc_drill_duty_at(played->drill, 0).started_at, 7 * TOC_MINUTE);
    rehearsal_close(played);
}

static void who_owes_nothing_fulfils_nothing(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:team \"aqua\" { \"compliance\" }\n"
            "drill:duty \"D1\" { operator = \"gridco\", to = \"regulator\", within = t.minutes(5), "
            "trigger = t.marked \"dark\" }\n"
            "drill:at(0, function(d) d:mark \"dark\" end)\n"),
        NULL, 1);
    rehearsal_check(played);
    act(played, TOC_MINUTE, "aqua.compliance", "report_initial", "D1");
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(toc_drill_duty_at(played->drill, 0).done_at, TOC_NEVER);
    rehearsal_close(played);
}

static void conditions_and_objectives_can_wait_for_a_report(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:duty \"D1\" { operator = \"gridco\", to = \"regulator\", within = t.hours(1), "
            "trigger = t.marked \"dark\" }\n"
            "drill:objective \"O1\" { \"x\", met = t.reported \"D1\" }\n"
            "drill:when(function(w) return w:reported \"regulator\" end, function() print "
            "\"thank you\" end)\n"
            "drill:at(0, function(d) d:mark \"dark\" end)\n"),
        NULL, 1);
    rehearsal_check(played);
    act(played, TOC_MINUTE, "gridco.soc", "report_initial", "regulator");
    rehearsal_play(played, TOC_NEVER);
    assert_true(toc_drill_objective_at(played->drill, 0).met);
    rehearsal_expect(played, "thank you");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_duty_starts_with_its_trigger_and_is_done_by_the_report),
        cmocka_unit_test(a_report_that_comes_late_is_done_and_not_on_time),
        cmocka_unit_test(a_report_made_before_it_was_owed_fulfils_the_duty),
        cmocka_unit_test(the_clock_can_wait_until_the_team_is_aware),
        cmocka_unit_test(the_clock_can_wait_for_the_first_alarm),
        cmocka_unit_test(who_owes_nothing_fulfils_nothing),
        cmocka_unit_test(conditions_and_objectives_can_wait_for_a_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
