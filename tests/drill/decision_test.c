#include "support/support.h"

#include "rehearsal.h"

static void decide(rehearsal *played, toc_time at, const char *seat, const char *option) {
    char said[128];
    (void)snprintf(said, sizeof said, "option=%s", option);
    toc_input input = {
        .at = at, .seat = seat, .verb = "decide", .target = "D1", .parameters = said};
    assert_int_equal(toc_drill_replay(played->drill, &input, played->problems), TOC_OK);
}

static const char shutdown_scenario[] = REHEARSAL(
    "drill:decision \"D1\" { \"Shut the plant down?\", to = \"gridco.dispatcher\", at = "
    "t.minutes(5),\n  options = { \"shut down\", \"keep running\" }, default = \"keep "
    "running\",\n  within = t.minutes(10), chosen = function(d, option, seat)\n"
    "    print(option, seat) d:wait(t.minutes(1)) if option == \"shut down\" then\n"
    "      d:fail(\"ss-1\", \"switch-off\") end end }\n"
    "drill:objective \"O1\" { \"x\", met = t.decided(\"D1\", \"shut down\") }\n"
    "drill:when(function(w) return w:decided \"D1\" end, function() print \"decided\" end)\n");

static void a_choice_is_made_by_a_seat_it_was_put_to(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(shutdown_scenario, NULL, 1);
    rehearsal_check(played);
    decide(played, 7 * TOC_MINUTE, "gridco.soc", "shut down");
    decide(played, 8 * TOC_MINUTE, "gridco.dispatcher", "shut up");
    decide(played, 9 * TOC_MINUTE, "gridco.dispatcher", "shut down");
    decide(played, 11 * TOC_MINUTE, "gridco.dispatcher", "keep running");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:05:00 inject|D1|exercise control|order|Shut the plant down? [shut "
                             "down | keep running]");
    rehearsal_expect(played, "00:05:00 decision|D1||open|shut down\nkeep running");
    rehearsal_expect(played,
                     "action|D1|gridco.soc|decide|refused: no such decision was put to this seat");
    rehearsal_expect(played, "refused: 'shut up' is none of its options; one is 'shut down'");
    rehearsal_expect(played, "00:09:00 decision|D1|gridco.dispatcher|chosen|shut down");
    rehearsal_expect(played, "00:09:00 log||scenario||shut down\tgridco.dispatcher");
    rehearsal_expect(played, "00:09:00 log||scenario||decided");
    rehearsal_expect(played, "00:10:00 cause|ss-1|scenario|switched-off|");
    rehearsal_expect(played, "refused: it has been decided: shut down");
    assert_true(toc_drill_objective_at(played->drill, 0).met);
    assert_string_equal(toc_drill_objective_at(played->drill, 0).by, "D1: shut down");
    toc_drill_decision read = toc_drill_decision_at(played->drill, 0);
    assert_int_equal(toc_drill_facts_of(played->drill).decisions, 1);
    assert_string_equal(read.chosen, "shut down");
    assert_string_equal(read.by, "gridco.dispatcher");
    assert_int_equal(read.made_at, 9 * TOC_MINUTE);
    assert_int_equal(rehearsal_count(played, "|default|"), 0);
    rehearsal_close(played);
}

static void a_choice_that_nobody_makes_falls_to_its_default(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(shutdown_scenario, NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:15:00 decision|D1||default|keep running");
    rehearsal_expect(played, "00:15:00 log||scenario||keep running\t\n");
    assert_string_equal(toc_drill_decision_at(played->drill, 0).chosen, "keep running");
    assert_string_equal(toc_drill_decision_at(played->drill, 0).by, "");
    assert_false(toc_drill_objective_at(played->drill, 0).met);
    rehearsal_close(played);
}

static void without_a_default_it_is_overdue_and_can_still_be_made(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:at(t.minutes(1), function(d) d:decision \"D1\" { \"Go?\", to = \"gridco\",\n"
            "  options = { \"yes\", \"no\" }, within = t.minutes(1) } end)\n"),
        NULL, 1);
    rehearsal_check(played);
    decide(played, 3 * TOC_MINUTE, "gridco.soc", "no");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:02:00 decision|D1||overdue|");
    rehearsal_expect(played, "00:03:00 decision|D1|gridco.soc|chosen|no");
    rehearsal_close(played);
}

static void a_choice_cannot_be_made_before_it_is_put(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(shutdown_scenario, NULL, 1);
    rehearsal_check(played);
    decide(played, TOC_MINUTE, "gridco.dispatcher", "shut down");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played,
                     "00:01:00 action|D1|gridco.dispatcher|decide|refused: no such decision "
                     "was put to this seat");
    rehearsal_expect(played, "|default|keep running");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_choice_is_made_by_a_seat_it_was_put_to),
        cmocka_unit_test(a_choice_that_nobody_makes_falls_to_its_default),
        cmocka_unit_test(without_a_default_it_is_overdue_and_can_still_be_made),
        cmocka_unit_test(a_choice_cannot_be_made_before_it_is_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
