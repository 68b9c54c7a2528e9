#include "support/support.h"

#include "rehearsal.h"

static const char spoken[] = REHEARSAL(
    "drill:inject { id = \"C\", at = t.minutes(10), to = \"gridco.soc\", from = \"mayor\",\n"
    "  text = \"The mayor asks.\", expects = { \"note\" }, call = { says = \"When will it be "
    "light?\",\n"
    "  answers = { \"Who speaks?\", \"Her office.\" }, within = t.minutes(4) } }\n");

static void direct(rehearsal *played, const char *verb, const char *target, const char *said) {
    toc_time at = 0;
    toc_input input = {.seat = TOC_CONTROL, .verb = verb, .target = target, .parameters = said};
    assert_int_equal(toc_drill_submit(played->drill, &input, played->problems, &at), TOC_OK);
    rehearsal_play(played, toc_drill_now(played->drill) + 1);
}

static void a_call_reaches_its_seat_when_it_has_been_made(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(spoken, NULL, 1);
    rehearsal_play(played, 12 * TOC_MINUTE);
    rehearsal_expect(played, "00:10:00 call|C|mayor|due|When will it be light?\n");
    rehearsal_expect(played, "fact|C|Who speaks?|answer|Her office.\n");
    assert_int_equal(rehearsal_count(played, " delivered|"), 0);
    direct(played, "called", "C", "claimed=690\ntext=They asked who we are.\n");
    rehearsal_expect(played, "00:12:00 call|C|mayor|made|");
    rehearsal_expect(played, "00:12:00 delivered|C|gridco.soc|phone|");
    rehearsal_expect(played, "00:12:00 expectation|C||note|expected");
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(rehearsal_count(played, " delivered|"), 1);
    assert_int_equal(rehearsal_count(played, "by-text"), 0);
    rehearsal_close(played);
}

static void a_call_that_nobody_makes_comes_in_writing(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(spoken, NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:14:00 call|C|mayor|by-text|");
    rehearsal_expect(played, "00:14:00 delivered|C|gridco.soc|phone|");
    rehearsal_close(played);
}

static void a_call_can_be_made_before_its_time_and_only_once(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(spoken, NULL, 1);
    rehearsal_play(played, TOC_MINUTE);
    direct(played, "called", "C", "");
    direct(played, "called", "C", "");
    rehearsal_expect(played, "00:01:00 delivered|C|gridco.soc|phone|");
    rehearsal_expect(played, "called|refused: it has come already\n");
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(rehearsal_count(played, " inject|C|"), 1);
    rehearsal_close(played);
}

static void mistakes_in_a_call_are_told_at_their_line(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"call = {}", "a call needs what is said in it"},
        {"call = { says = \"x\", answers = { \"a\" } }", "one of 1 has no partner"},
        {"call = { says = \"x\", within = t.hours(9) }", "within: expected a time up to 4 hours"},
        {"channel = \"email\", call = { says = \"x\" }", "nobody speaks on the channel 'email'"},
        {"call = { sais = \"x\" }", "did you mean 'says'?"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        bool found = false;
        (void)snprintf(
            text, sizeof text,
            REHEARSAL("drill:inject { at = 0, to = \"gridco.soc\", text = \"t\", %s }\n"),
            cases[i][0]);
        rehearsal *played = rehearsal_open(text, NULL, 1);
        assert_null(played->drill);
        for (size_t k = 0; k < toc_problems_kept(played->problems); k++) {
            found = found || strstr(rehearsal_problem(played, k), cases[i][1]) != NULL;
        }
        if (!found) {
            fail_msg("%s: %s", cases[i][1], rehearsal_problem(played, 0));
        }
        rehearsal_close(played);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_reaches_its_seat_when_it_has_been_made),
        cmocka_unit_test(a_call_that_nobody_makes_comes_in_writing),
        cmocka_unit_test(a_call_can_be_made_before_its_time_and_only_once),
        cmocka_unit_test(mistakes_in_a_call_are_told_at_their_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
