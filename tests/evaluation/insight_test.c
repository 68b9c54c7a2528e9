#include "support/support.h"

#include "evaluation/insight.h"
#include "evaluation/report.h"
#include "made_record.h"

/* e-1 fails at one hour; its operator learns of it at three, and that it is back half an hour after
   it is, at five. */
static void tell_a_failure(made_record *made) {
    made_fact(made, "seat", "east.soc", "", "", 0);
    made_put(made, TOC_HOUR, TOC_TRACE_OPERATION, "e-1", "", "failed", "", 2, 5);
    made_put(made, 3 * TOC_HOUR, TOC_TRACE_BELIEF, "e-1", "east", "failed", "calls", 2, 5);
    made_put(made, 3 * TOC_HOUR, TOC_TRACE_BELIEF, "e-1", "west", "failed", "message", 2, 5);
    made_put(made, 4 * TOC_HOUR, TOC_TRACE_OPERATION, "w-1", "", "off", "", 2, 0);
    made_put(made, 4 * TOC_HOUR, TOC_TRACE_BELIEF, "w-1", "west", "off", "telemetry", 2, 0);
    /* whoever hears that it starts is not wrong when it has started */
    made_put(made, 4 * TOC_HOUR + TOC_MINUTE, TOC_TRACE_OPERATION, "w-1", "", "starting", "", 0, 1);
    made_put(made, 4 * TOC_HOUR + TOC_MINUTE, TOC_TRACE_BELIEF, "w-1", "west", "starting", "crew",
             0, 1);
    made_put(made, 4 * TOC_HOUR + 9 * TOC_MINUTE, TOC_TRACE_OPERATION, "w-1", "", "on", "", 1, 2);
    made_put(made, 5 * TOC_HOUR, TOC_TRACE_OPERATION, "e-1", "", "on", "", 5, 2);
    made_put(made, 5 * TOC_HOUR + 30 * TOC_MINUTE, TOC_TRACE_BELIEF, "e-1", "east", "on", "crew", 5,
             2);
}

static void a_wrong_belief_counts_from_the_change_to_the_news_of_it(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    tell_a_failure(&made);
    assert_int_equal(made_measure(&made, 6 * TOC_HOUR), TOC_OK);
    toc_insight *insight = toc_insight_create(made.measures);
    assert_int_equal(insight->belief_count, 2);
    const toc_insight_belief *east = &insight->beliefs[0];
    assert_string_equal(east->operator_id, "east");
    assert_true(east->wrong_hours == 2.5);
    assert_int_equal(east->most_wrong, 1);
    assert_int_equal(east->most.at, TOC_HOUR);
    assert_string_equal(east->longest_id, "e-1");
    assert_int_equal(east->longest, 2 * TOC_HOUR);
    assert_true(insight->beliefs[1].wrong_hours == 0);
    assert_int_equal(insight->beliefs[1].most_wrong, 0); /* w-1 was told within the instant */
    toc_insight_destroy(insight);
    made_end(&made);
}

static void set_belief(made_record *made, toc_time at, const char *state, const char *parameters) {
    char text[128];
    made_put(made, at, TOC_TRACE_ACTION, "e-1", "east.soc", "set_belief", parameters, 0, 1);
    (void)snprintf(text, sizeof text, "done: %s", state);
    made_put(made, at, TOC_TRACE_ACTION, "e-1", "east.soc", "set_belief", text, 0, 1);
}

static void a_board_is_held_against_the_truth_while_it_stands(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_fact(&made, "seat", "east.soc", "", "", 0);
    set_belief(&made, TOC_HOUR / 2, "on", "requested: state=on\nconfidence=0.8");
    made_put(&made, TOC_HOUR, TOC_TRACE_OPERATION, "e-1", "", "failed", "", 2, 5);
    set_belief(&made, 2 * TOC_HOUR, "off", "requested: state=off\nconfidence=0.6");
    made_put(&made, 3 * TOC_HOUR, TOC_TRACE_OPERATION, "e-1", "", "on", "", 5, 2);
    set_belief(&made, 3 * TOC_HOUR, "off", "requested: state=off");
    assert_int_equal(made_measure(&made, 4 * TOC_HOUR), TOC_OK);
    toc_insight *insight = toc_insight_create(made.measures);
    assert_int_equal(insight->board_count, 1);
    const toc_insight_board *board = &insight->boards[0];
    assert_string_equal(board->team, "east");
    assert_int_equal(board->said, 3);
    assert_int_equal(board->right, 2);
    assert_true(board->hours == 3.5 && board->right_hours == 1.5);
    assert_true(board->brier > (0.04 + 0.16 + 1) / 3 - 1e-12 &&
                board->brier < (0.04 + 0.16 + 1) / 3 + 1e-12);
    toc_insight_destroy(insight);
    made_end(&made);
}

static void the_chapter_tells_what_was_said_and_what_was(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_service(&made, "east", 10000000);
    made_service(&made, "west", 10000000);
    tell_a_failure(&made);
    made_supply(&made, 5 * TOC_HOUR + TOC_HOUR / 2, "east", 10000000, 0);
    made_people(&made, 5 * TOC_HOUR + TOC_HOUR / 2, "east", 0, 600);
    made_supply(&made, 5 * TOC_HOUR + TOC_HOUR / 2, "west", 10000000, 0);
    made_people(&made, 5 * TOC_HOUR + TOC_HOUR / 2, "west", 0, 4000);
    made_supply(&made, 6 * TOC_HOUR, "east", 0, 10000000);
    made_people(&made, 6 * TOC_HOUR, "east", 600, 0);
    made_put(&made, 6 * TOC_HOUR, TOC_TRACE_TECHNIQUE, "e-1", "MOTH", "T0855", "done: open-breaker",
             0, 0);
    made_put(&made, 6 * TOC_HOUR, TOC_TRACE_ASSESSMENT, "T0855", "east.soc", "attribute", "", 0, 0);
    made_put(&made, 6 * TOC_HOUR, TOC_TRACE_ASSESSMENT, "T0857", "east.soc", "attribute", "", 0, 0);
    made_put(&made, 6 * TOC_HOUR, TOC_TRACE_ASSESSMENT, "500", "east.soc", "estimate_impact", "",
             500, 90);
    made_put(&made, 6 * TOC_HOUR, TOC_TRACE_EVIDENCE, "e-1", "crew", "lost", "reimage", 0, 0);
    made_put(&made, 6 * TOC_HOUR, TOC_TRACE_ORDER, "east.soc", "east.lead", "given", "<b>Stop",
             7 * TOC_HOUR, 1);
    made_put(&made, 6 * TOC_HOUR + TOC_MINUTE, TOC_TRACE_ORDER, "east.soc", "east.soc",
             "acknowledged", "<b>Stop", 7 * TOC_HOUR, 1);
    made_put(&made, 7 * TOC_HOUR, TOC_TRACE_ORDER, "east.soc", "", "overdue", "<b>Stop",
             7 * TOC_HOUR, 1);
    made_put(&made, 8 * TOC_HOUR, TOC_TRACE_ACTION, "", "east.soc", "dispute_score",
             "requested: objective=O1\nreason=We told them", 0, 1);
    assert_int_equal(made_measure(&made, 9 * TOC_HOUR), TOC_OK);
    toc_formats_buffer page = {0};
    const toc_measures *all[1] = {made.measures};
    assert_int_equal(toc_report_write(all, 1, made.problems, &page), TOC_OK);
    assert_non_null(strstr(page.bytes, "What teams thought, and what was"));
    assert_non_null(strstr(page.bytes, "it was used</span>, 1 times"));
    assert_non_null(strstr(page.bytes, "it was not used"));
    assert_non_null(strstr(page.bytes, "600 people at most, 30 min"));
    assert_non_null(strstr(page.bytes, "kept of 0 assets and lost of 1"));
    assert_non_null(strstr(page.bytes, "&lt;b&gt;Stop"));
    assert_non_null(strstr(page.bytes, "<span class=\"no\">overdue</span>"));
    assert_non_null(strstr(page.bytes, "objective=O1"));
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_belief_counts_from_the_change_to_the_news_of_it),
        cmocka_unit_test(a_board_is_held_against_the_truth_while_it_stands),
        cmocka_unit_test(the_chapter_tells_what_was_said_and_what_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
