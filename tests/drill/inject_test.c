#include "support/support.h"

#include "rehearsal.h"

static void an_inject_reaches_each_of_its_seats_and_teams_once(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:team \"aqua\" { \"dispatcher\" }\n"
            "drill:inject { at = t.minutes(3), to = { \"gridco\", \"gridco.soc\", "
            "\"aqua.dispatcher\" "
            "},\n  channel = \"radio\", from = \"fire brigade\", text = \"We need water.\" }\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:03:00 inject|I-01|fire brigade|radio|We need water.\n"
                             "00:03:00 delivered|I-01|gridco.dispatcher|radio|\n"
                             "00:03:00 delivered|I-01|gridco.soc|radio|\n"
                             "00:03:00 delivered|I-01|aqua.dispatcher|radio|\n");
    assert_int_equal(rehearsal_count(played, " delivered|"), 3);
    rehearsal_close(played);
}

static void injects_come_in_the_order_of_their_times_then_of_the_scenario(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "for _, minute in ipairs { 9, 3, 3, 0, 60 } do\n"
            "  drill:inject { at = t.minutes(minute), to = \"gridco.soc\", text = \"m\" .. minute "
            "}\nend\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    const char *order[] = {"00:00:00 inject|I-04", "00:03:00 inject|I-02", "00:03:00 inject|I-03",
                           "00:09:00 inject|I-01", "01:00:00 inject|I-05"};
    const char *at = played->trace;
    for (size_t i = 0; i < 5; i++) {
        at = strstr(at, order[i]);
        assert_non_null(at);
    }
    rehearsal_close(played);
}

static void a_condition_fires_once_when_it_first_holds(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:when(function(w) return w:service(\"power\").level < 0.8 end, function(d)\n"
            "  d:inject { to = \"gridco.soc\", text = \"dark\" } d:wait(t.minutes(5))\n"
            "  d:inject { to = \"gridco.soc\", text = \"still dark\" } end)\n"
            "drill:at(t.minutes(9), function(d) for k = 1, 3 do d:fail(\"ss-1\", \"damage\")\n"
            "  d:wait(t.minutes(1)) d:clear(\"ss-1\", \"damage\") d:wait(t.minutes(1)) end end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played,
                     "00:09:00 condition|scenario.lua:4|scenario|came-true|the condition at "
                     "scenario.lua:4\n00:09:00 inject|I-01|exercise control|phone|dark");
    rehearsal_expect(played, "00:14:00 inject|I-02|exercise control|phone|still dark");
    assert_int_equal(rehearsal_count(played, " inject|"), 2);
    rehearsal_close(played);
}

static void a_condition_that_holds_from_the_start_fires_at_the_start(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:when(function(w) return w:asset(\"ss-1\").is_up end, function() print \"up\" "
            "end)\n"),
        NULL, 1);
    rehearsal_play(played, 0);
    rehearsal_expect(played, "00:00:00 log||scenario||up");
    rehearsal_close(played);
}

static void a_contingency_inject_comes_only_by_hand(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "local hint = drill:inject { id = \"H\", contingency = true, to = \"gridco.soc\", text "
            "= "
            "\"Look at the hmi.\" }\n"
            "drill:inject { contingency = true, to = \"gridco.soc\", text = \"never\" }\n"
            "drill:objective \"O1\" { \"x\", after = \"H\", met = t.marked \"H\" }\n"
            "drill:at(t.minutes(4), function() print(hint:fire(), hint:fire(), hint.id) end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:04:00 log||scenario||true\tfalse\tH");
    rehearsal_expect(played, "00:04:00 objective|O1||met|H");
    assert_int_equal(rehearsal_count(played, "never"), 0);
    rehearsal_close(played);
}

static void who_has_no_team_in_the_drill_is_played_by_exercise_control(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:inject { at = 0, to = \"regulator.duty_officer\", text = \"x\" }\n"), NULL,
        1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, " inject|I-01|");
    assert_int_equal(rehearsal_count(played, " delivered|"), 0);
    rehearsal_close(played);
}

static void a_wait_until_ends_when_it_holds_or_when_its_time_is_over(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:at(0, function(d)\n"
                  "  print(d:wait_until(t.marked \"dark\", t.minutes(2)), d.now == t.minutes(2))\n"
                  "  print(d:wait_until(function(w) return w:marked \"dark\" end, t.minutes(9)),\n"
                  "    d.now == t.minutes(5))\n"
                  "  print(d:wait_until(t.marked \"dark\"), d.now == t.minutes(5)) end)\n"
                  "drill:at(t.minutes(5), function(d) d:mark \"dark\" end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "log||scenario||false\ttrue\n");
    assert_int_equal(rehearsal_count(played, "log||scenario||true\ttrue\n"), 2);
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inject_reaches_each_of_its_seats_and_teams_once),
        cmocka_unit_test(injects_come_in_the_order_of_their_times_then_of_the_scenario),
        cmocka_unit_test(a_condition_fires_once_when_it_first_holds),
        cmocka_unit_test(a_condition_that_holds_from_the_start_fires_at_the_start),
        cmocka_unit_test(a_contingency_inject_comes_only_by_hand),
        cmocka_unit_test(who_has_no_team_in_the_drill_is_played_by_exercise_control),
        cmocka_unit_test(a_wait_until_ends_when_it_holds_or_when_its_time_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
