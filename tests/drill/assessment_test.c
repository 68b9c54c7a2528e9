#include "support/support.h"

#include "drill/rehearsal.h"

static toc_status try_it(rehearsal *played, const char *seat, const char *verb,
                         const char *parameters) {
    toc_input input = {.seat = seat, .verb = verb, .target = "", .parameters = parameters};
    toc_time at;
    return toc_drill_submit(played->drill, &input, played->problems, &at);
}

static void what_a_team_makes_of_it_is_put_on_the_record(void **state) {
    rehearsal *played = rehearsal_open(REHEARSAL(""), NULL, 1);
    (void)state;
    rehearsal_play(played, 0);
    assert_int_equal(try_it(played, "gridco.soc", "classify", "category=malware\nreason=a worm"),
                     TOC_OK);
    assert_int_equal(try_it(played, "gridco.soc", "grade", "grade=major\nreason=a city is dark"),
                     TOC_OK);
    assert_int_equal(try_it(played, "gridco.soc", "grade", "grade=major"), TOC_OK);
    assert_int_equal(try_it(played, "gridco.soc", "attribute", "technique=T0855"), TOC_OK);
    assert_int_equal(try_it(played, "gridco.soc", "estimate_impact", "people=9000\nminutes=90"),
                     TOC_OK);
    assert_int_equal(try_it(played, "gridco.soc", "classify", ""), TOC_OK);
    rehearsal_play(played, 20 * TOC_MINUTE);
    rehearsal_expect(played, "00:02:00 assessment|malware|gridco.soc|classify|a worm\n");
    rehearsal_expect(played, "00:05:00 assessment|major|gridco.soc|grade|a city is dark\n");
    rehearsal_expect(played, "00:10:00 assessment|T0855|gridco.soc|attribute|\n");
    rehearsal_expect(played, "00:10:00 assessment|9000|gridco.soc|estimate_impact|\n");
    rehearsal_expect(played, "|grade|refused: the reason is not said: a level that nobody can");
    rehearsal_expect(played, "|classify|refused: the category is not said\n");
    rehearsal_close(played);
}

static void a_word_that_no_standard_knows_is_told_with_the_nearest(void **state) {
    static const char *const mistakes[][3] = {
        {"classify", "category=malwear",
         "'malwear' is no category of incidents; did you mean 'malware'?"},
        {"grade", "grade=mayor", "'mayor' is no level of incidents; did you mean 'major'?"},
        {"attribute", "technique=T0856x",
         "'T0856x' is no technique of ATT&CK for ICS; did you mean 'T0856'?"},
        {"estimate_impact", "people=many", "people: expected a whole number, found 'many'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        rehearsal *played = rehearsal_open(REHEARSAL(""), NULL, 1);
        rehearsal_play(played, 0);
        assert_int_equal(try_it(played, "gridco.soc", mistakes[i][0], mistakes[i][1]),
                         TOC_BAD_INPUT);
        assert_string_equal(rehearsal_problem(played, 0), mistakes[i][2]);
        rehearsal_close(played);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_team_makes_of_it_is_put_on_the_record),
        cmocka_unit_test(a_word_that_no_standard_knows_is_told_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
