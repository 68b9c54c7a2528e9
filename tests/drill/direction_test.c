#include "support/support.h"

#include "rehearsal.h"

static const char plan[] = REHEARSAL(
    "drill:inject { id = \"A\", at = t.minutes(10), to = \"gridco.soc\", text = \"a\" }\n"
    "drill:inject { id = \"B\", at = t.minutes(20), to = \"gridco.soc\", text = \"b\" }\n"
    "drill:inject { id = \"H\", contingency = true, to = \"gridco.soc\", text = \"h\" }\n");

static toc_status direct(rehearsal *played, const char *verb, const char *target,
                         const char *parameters) {
    toc_time at = 0;
    toc_input input = {
        .seat = TOC_CONTROL, .verb = verb, .target = target, .parameters = parameters};
    return toc_drill_submit(played->drill, &input, played->problems, &at);
}

static void direct_now(rehearsal *played, const char *verb, const char *target,
                       const char *parameters) {
    assert_int_equal(direct(played, verb, target, parameters), TOC_OK);
    rehearsal_play(played, toc_drill_now(played->drill) + 1);
}

static void control_fires_an_inject_before_its_time_and_it_comes_once(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(plan, NULL, 1);
    rehearsal_play(played, TOC_MINUTE);
    direct_now(played, "fire", "B", "reason=they are quick\n");
    direct_now(played, "fire", "H", "");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:01:00 inject|B|");
    rehearsal_expect(played, "00:01:00 direction|B|control|fire|reason=they are quick\n");
    rehearsal_expect(played, "00:01:00 inject|H|");
    assert_int_equal(rehearsal_count(played, " inject|B|"), 1);
    rehearsal_close(played);
}

static void an_inject_that_was_held_comes_when_it_is_released_and_says_how_late(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(plan, NULL, 1);
    rehearsal_play(played, TOC_MINUTE);
    direct_now(played, "hold", "A", "");
    rehearsal_play(played, 13 * TOC_MINUTE);
    assert_int_equal(rehearsal_count(played, " inject|"), 0);
    direct_now(played, "release", "A", "");
    rehearsal_expect(played, "00:13:00 inject|A|");
    assert_int_equal(played->late, 3 * TOC_MINUTE + 1);
    rehearsal_close(played);
}

static void an_inject_that_is_released_early_keeps_its_time(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(plan, NULL, 1);
    direct_now(played, "hold", "A", "");
    direct_now(played, "release", "A", "");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:10:00 inject|A|");
    rehearsal_close(played);
}

static void an_inject_can_be_given_another_time_but_none_that_is_past(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(plan, NULL, 1);
    rehearsal_play(played, 5 * TOC_MINUTE);
    direct_now(played, "retime", "A", "at=1500\n");
    direct_now(played, "retime", "B", "at=60\n");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:25:00 inject|A|");
    rehearsal_expect(played, "direction|B|control|retime|refused: that time is past; at=60\n");
    rehearsal_expect(played, "00:20:00 inject|B|");
    rehearsal_close(played);
}

static void control_speaks_in_the_name_of_anybody(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(plan, NULL, 1);
    direct_now(played, "tell", "gridco", "from=mayor\nchannel=phone\ntext=When will it be back?\n");
    assert_int_equal(rehearsal_count(played, " delivered|"), 2);
    rehearsal_close(played);
}

static void control_breaks_and_mends_what_it_wants(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(plan, NULL, 1);
    rehearsal_play(played, TOC_MINUTE);
    direct_now(played, "override", "ss-1", "effect=damage\nreason=the crane fell\n");
    assert_true(toc_drill_service_at(played->drill, 0).level_ppm < 1000000);
    direct_now(played, "override", "ss-1", "effect=mend\n");
    assert_int_equal(toc_drill_service_at(played->drill, 0).level_ppm, 1000000);
    direct_now(played, "override", "ss-1", "effect=mend\n");
    rehearsal_expect(played, "override|refused: that changes nothing; effect=mend\n");
    rehearsal_close(played);
}

static void what_was_done_on_paper_is_done_now_and_keeps_the_time_claimed(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(plan, NULL, 1);
    rehearsal_play(played, 30 * TOC_MINUTE);
    direct_now(played, "enter", "gridco.soc",
               "verb=declare_incident\nclaimed=1200\nparameters=text=By telephone.\n");
    rehearsal_expect(played, "00:30:00 action||gridco.soc|declare_incident|done");
    rehearsal_expect(played, "00:30:00 direction|gridco.soc|control|enter|");
    direct_now(played, "enter", "gridco.soc", "verb=note\nclaimed=9000\nparameters=text=x\n");
    rehearsal_expect(played, "refused: it is claimed for a time that has not come");
    rehearsal_close(played);
}

static void stores_last_ten_times_longer_once_control_slows_them(void **state) {
    static const char topology[] =
        "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Clinic\">\n"
        "  <operator id=\"gridco\" name=\"Grid\" sector=\"power\"/>\n"
        "  <operator id=\"health\" name=\"Health\" sector=\"health\"/>\n"
        "  <asset id=\"ss-1\" kind=\"substation\" operator=\"gridco\" people=\"10\">\n"
        "    <provides service=\"power\" capacity=\"10\" unit=\"MW\"/>\n"
        "    <buffer kind=\"fuel\" holds=\"20min\" feeds=\"clinic\"/></asset>\n"
        "  <asset id=\"clinic\" kind=\"hospital\" operator=\"health\"><needs "
        "all=\"ss-1\"/></asset>\n"
        "</topology>\n";
    (void)state;
    for (int slowed = 0; slowed < 2; slowed++) {
        rehearsal *played = rehearsal_open(plan, topology, 1);
        direct_now(played, "override", "ss-1", "effect=damage\n");
        rehearsal_play(played, 16 * TOC_MINUTE);
        if (slowed) {
            direct_now(played, "slow", "health", "share=0.1\n");
        }
        rehearsal_play(played, TOC_NEVER);
        /* four minutes are left after sixteen: forty at a tenth of the pace */
        rehearsal_expect(played,
                         slowed ? "00:56:00 operation|clinic" : "00:20:00 operation|clinic");
        rehearsal_close(played);
    }
}

static void what_is_malformed_is_told_and_not_taken(void **state) {
    static const char *const cases[][4] = {
        {"fier", "A", "", "'fier' is no thing that control can do; did you mean 'fire'?"},
        {"fire", "AA", "", "'AA' is no inject of this drill so far; did you mean 'A'?"},
        {"retime", "A", "", "retime needs the parameter 'at'"},
        {"retime", "A", "at=soon\n", "at: expected whole seconds since the start, found 'soon'"},
        {"tell", "gridco.sok", "text=x\n",
         "'gridco.sok' is no seat or team of this drill; did you"},
        {"override", "ss-1", "effect=damag\n", "'damag' is no effect; did you mean 'damage'?"},
        {"slow", "gridko", "share=0.5\n", "'gridko' is no operator or zone of this drill; did you"},
        {"slow", "gridco", "share=0\n", "share: expected a number from 0.01 to 1"},
        {"enter", "gridco.soc", "verb=swich_off\n", "'swich_off' is no action"},
        {"enter", "gridco.soc", "verb=switch_off\nobject=ss-1\n",
         "gridco.soc may not do switch_off"},
        {"end", "A", "", "it takes no target, found 'A'"},
        {"remark", "", "", "remark needs the parameter 'text'"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rehearsal *played = rehearsal_open(plan, NULL, 1);
        rehearsal_check(played);
        assert_int_equal(direct(played, cases[i][0], cases[i][1], cases[i][2]), TOC_BAD_INPUT);
        if (strstr(rehearsal_problem(played, 0), cases[i][3]) == NULL) {
            fail_msg("%s: %s", cases[i][3], rehearsal_problem(played, 0));
        }
        rehearsal_close(played);
    }
}

static void control_ends_the_drill_and_says_why(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(plan, NULL, 1);
    rehearsal_play(played, TOC_MINUTE);
    direct_now(played, "end", "", "reason=everybody has learnt it\n");
    assert_true(toc_drill_has_ended(played->drill));
    rehearsal_expect(played, "drill|control ended it: everybody has learnt it||ended|");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control_fires_an_inject_before_its_time_and_it_comes_once),
        cmocka_unit_test(an_inject_that_was_held_comes_when_it_is_released_and_says_how_late),
        cmocka_unit_test(an_inject_that_is_released_early_keeps_its_time),
        cmocka_unit_test(an_inject_can_be_given_another_time_but_none_that_is_past),
        cmocka_unit_test(control_speaks_in_the_name_of_anybody),
        cmocka_unit_test(control_breaks_and_mends_what_it_wants),
        cmocka_unit_test(what_was_done_on_paper_is_done_now_and_keeps_the_time_claimed),
        cmocka_unit_test(stores_last_ten_times_longer_once_control_slows_them),
        cmocka_unit_test(what_is_malformed_is_told_and_not_taken),
        cmocka_unit_test(control_ends_the_drill_and_says_why)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
