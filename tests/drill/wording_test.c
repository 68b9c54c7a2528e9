#include "support/support.h"

#include "rehearsal.h"
#include "tocsin/wording.h"

#define TWO_LANGUAGES                                                                              \
    REHEARSAL(                                                                                     \
        "drill:set(\"town\", \"Hill\")\n"                                                          \
        "drill:inject { at = t.minutes(1), to = \"gridco.soc\", text = { en = \"{town} is "        \
        "dark.\", zh = \"{town}停电了。\" } }\n"                                                   \
        "drill:objective \"O1\" { { en = \"Power is back\", zh = \"恢复供电\" },\n"                \
        "  met = t.decided(\"D1\", \"now\") }\n"                                                   \
        "drill:decision \"D1\" { { en = \"When?\", zh = \"何时？\" }, to = \"gridco.soc\",\n"      \
        "  at = t.minutes(2), options = { { en = \"now\", zh = \"现在\" }, \"never\" } }\n"

static const char *chinese(const rehearsal *played, const char *text) {
    return toc_wording_in(played->drill, "zh", text);
}

static void every_text_is_shown_in_the_language_that_was_asked_for(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(TWO_LANGUAGES ""), NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    assert_string_equal(chinese(played, toc_drill_objective_at(played->drill, 0).text), "恢复供电");
    assert_string_equal(chinese(played, "When? [now | never]"), "何时？ [现在 | never]");
    assert_string_equal(chinese(played, "now\nnever"), "现在\nnever");
    assert_string_equal(toc_wording_in(played->drill, "en", "Power is back"), "Power is back");
    assert_string_equal(chinese(played, "said by somebody else"), "said by somebody else");
    rehearsal_close(played);
}

static void variables_are_filled_in_in_every_language(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(TWO_LANGUAGES ""), NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "inject|I-01|exercise control|phone|Hill is dark.");
    assert_string_equal(chinese(played, "Hill is dark."), "Hill停电了。");
    rehearsal_close(played);
}

static void what_is_filled_in_may_have_two_languages_itself(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:set(\"town\", { en = \"Old Town\", zh = \"老城\" })\n"
                  "drill:inject { at = 0, to = \"gridco.soc\", text = { en = \"{town} is dark.\", "
                  "zh = \"{town}停电了。\" } }\n"
                  "drill:inject { at = 0, to = \"gridco.soc\", text = \"{town}!\" }\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "inject|I-01|exercise control|phone|Old Town is dark.");
    assert_string_equal(chinese(played, "Old Town is dark."), "老城停电了。");
    assert_string_equal(chinese(played, "Old Town!"), "老城!");
    rehearsal_close(played);
}

static void who_speaks_may_have_a_name_in_each_language(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:persona \"crew\" { { en = \"feeder crew\", zh = \"线路班\" } }\n"
                  "drill:inject { at = 0, to = \"gridco.soc\", from = \"crew\", text = { en = "
                  "\"x\", zh = \"甲\" } }\n"
                  "drill:inject { at = 0, to = \"gridco.soc\", from = { en = \"mayor\", zh = "
                  "\"市长\" }, text = { en = \"x\", zh = \"甲\" } }\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "inject|I-01|feeder crew|phone|x");
    rehearsal_expect(played, "inject|I-02|mayor|phone|x");
    assert_string_equal(chinese(played, "feeder crew"), "线路班");
    assert_string_equal(chinese(played, "mayor"), "市长");
    assert_int_equal(toc_wording_lacking(played->drill), 1); /* the title alone */
    rehearsal_close(played);
}

static void the_trace_holds_both_languages_for_records(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(TWO_LANGUAGES ""), NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:00:00 fact|Power is back|zh|wording|恢复供电");
    rehearsal_expect(played, "00:01:00 fact|Hill is dark.|zh|wording|Hill停电了。");
    rehearsal_close(played);
}

static void an_option_can_be_chosen_in_any_language(void **state) {
    static const char *const ways[] = {"option=now", "option=现在"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        rehearsal *played = rehearsal_open(TWO_LANGUAGES ""), NULL, 1);
        rehearsal_check(played);
        toc_input input = {.at = 3 * TOC_MINUTE,
                           .seat = "gridco.soc",
                           .verb = "decide",
                           .target = "D1",
                           .parameters = ways[i]};
        assert_int_equal(toc_drill_replay(played->drill, &input, played->problems), TOC_OK);
        rehearsal_play(played, TOC_NEVER);
        rehearsal_expect(played, "decision|D1|gridco.soc|chosen|now");
        assert_true(toc_drill_objective_at(played->drill, 0).met);
        rehearsal_close(played);
    }
}

static void a_drill_in_one_language_lacks_nothing(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:objective \"O1\" { \"x\" }\n"
                  "drill:inject { at = 0, to = \"gridco.soc\", text = { zh = \"停电了\" } }\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    assert_false(toc_wording_is_used(played->drill));
    assert_int_equal(toc_wording_lacking(played->drill), 0);
    rehearsal_expect(played, "|停电了");
    assert_int_equal(rehearsal_count(played, "|wording|"), 0);
    rehearsal_close(played);
}

static void texts_that_are_not_translated_are_found_at_their_lines(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:objective \"O1\" { { en = \"x\", zh = \"甲\" } }\n"
                  "drill:inject { at = 0, to = \"gridco.soc\",\n  text = \"only once\" }\n"),
        NULL, 1);
    rehearsal_check(played);
    uint32_t count = toc_wording_lacking(played->drill);
    assert_int_equal(count, 2); /* the title as well */
    toc_place place = toc_wording_lacking_at(played->drill, count - 1);
    toc_place first = toc_wording_lacking_at(played->drill, 0);
    assert_int_equal(place.column, 3);
    assert_true(place.line > first.line);
    rehearsal_close(played);
}

static void mistakes_in_texts_are_told_where_they_stand(void **state) {
    static const struct {
        const char *scenario, *told;
    } cases[] = {
        {REHEARSAL("drill:objective \"O1\" { { en = \"x\", zhh = \"y\" } }\n"),
         "has no option 'zhh'; did you mean 'zh'?"},
        {REHEARSAL("drill:objective \"O1\" { text = { \"x\" } }\n"),
         "expected a text, or { en = \"...\", zh = \"...\" }"},
        {REHEARSAL("drill:set(\"town\", \"Hill\")\n"
                   "drill:inject { at = 0, to = \"gridco.soc\", text = { en = \"{town}\", zh = "
                   "\"{towm}\" } }\n"),
         "no variable 'towm' has been set; did you mean 'town'?"},
        {REHEARSAL("drill:objective \"O1\" { text = 7 }\n"), "found 7"},
        {REHEARSAL("drill:objective \"O1\" { text = { en = 7 } }\n"),
         "en of text: expected a text"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rehearsal *played = rehearsal_open(cases[i].scenario, NULL, 1);
        assert_null(played->drill);
        if (strstr(rehearsal_problem(played, 0), cases[i].told) == NULL) {
            fail_msg("'%s' is not in '%s'", cases[i].told, rehearsal_problem(played, 0));
        }
        rehearsal_close(played);
    }
}

static void one_text_said_in_two_ways_is_warned_of(void **state) {
    (void)state;
    rehearsal *played =
        rehearsal_open(REHEARSAL("drill:objective \"O1\" { { en = \"Open\", zh = \"开\" } }\n"
                                 "drill:objective \"O2\" { { en = \"Open\", zh = \"合\" } }\n"),
                       NULL, 1);
    assert_non_null(played->drill);
    assert_non_null(strstr(rehearsal_problem(played, 0), "'Open' is said in two ways in zh"));
    assert_string_equal(chinese(played, "Open"), "开");
    rehearsal_close(played);
}

static void a_paper_is_found_in_its_language_or_at_all(void **state) {
    static const toc_package_file files[] = {{"briefing.md", "a", 1}, {"briefing.zh.md", "b", 1}};
    char path[64];
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    (void)state;
    assert_int_equal(toc_package_from_files("p", files, 2, problems, &package), TOC_OK);
    assert_string_equal(toc_wording_paper(package, "briefing.md", "zh", path, sizeof path),
                        "briefing.zh.md");
    assert_string_equal(toc_wording_paper(package, "briefing.md", "en", path, sizeof path),
                        "briefing.md");
    assert_null(toc_wording_paper(package, "notes.md", "en", path, sizeof path));
    toc_package_destroy(package);
    toc_problems_destroy(problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_shown_in_the_language_that_was_asked_for),
        cmocka_unit_test(variables_are_filled_in_in_every_language),
        cmocka_unit_test(what_is_filled_in_may_have_two_languages_itself),
        cmocka_unit_test(who_speaks_may_have_a_name_in_each_language),
        cmocka_unit_test(the_trace_holds_both_languages_for_records),
        cmocka_unit_test(an_option_can_be_chosen_in_any_language),
        cmocka_unit_test(a_drill_in_one_language_lacks_nothing),
        cmocka_unit_test(texts_that_are_not_translated_are_found_at_their_lines),
        cmocka_unit_test(mistakes_in_texts_are_told_where_they_stand),
        cmocka_unit_test(one_text_said_in_two_ways_is_warned_of),
        cmocka_unit_test(a_paper_is_found_in_its_language_or_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
