#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "tocsin/roster.h"

static const char *const seats[] = {"gridco.dispatcher", "gridco.soc", "aqua.duty_operator"};

static toc_problems *problems;
static char told[4096];

static toc_roster *read_text(const char *text) {
    toc_formats_source source = {text, strlen(text), "people.csv"};
    toc_roster *roster = NULL;
    toc_problems_destroy(problems);
    problems = toc_problems_create();
    (void)toc_roster_read(&source, problems, &roster);
    return roster;
}

static const char *all_told(void) {
    size_t used = 0;
    told[0] = '\0';
    for (size_t i = 0; i < toc_problems_kept(problems); i++) {
        used += (size_t)toc_problems_print(toc_problems_at(problems, i), told + used,
                                           sizeof told - used);
        told[used++] = '\n';
        told[used] = '\0';
    }
    return told;
}

static void people_and_their_seats_are_read_in_either_language(void **state) {
    (void)state;
    toc_roster *roster = read_text("Name;Organisation;Seats;Language\n"
                                   "Ada Quist;Grid;gridco.dispatcher gridco.soc;en\n"
                                   "Bo Brandl;Ministry;evaluator.aqua;zh\n");
    assert_non_null(roster);
    assert_int_equal(toc_roster_count(roster), 2);
    assert_int_equal(toc_roster_at(roster, 0)->desk_count, 2);
    assert_string_equal(toc_roster_at(roster, 0)->desks[1], "gridco.soc");
    assert_string_equal(toc_roster_find(roster, "evaluator.aqua")->name, "Bo Brandl");
    assert_int_equal(toc_roster_check(roster, seats, 3, problems), TOC_OK);
    assert_string_equal(all_told(), "");
    toc_roster_destroy(roster);
    roster = read_text("姓名,单位,席位,专长\n王芳,电网,gridco.soc,\n李雷,大学,adviser.law,法律\n");
    assert_non_null(roster);
    assert_string_equal(toc_roster_at(roster, 1)->competence, "法律");
    assert_int_equal(toc_roster_check(roster, seats, 3, problems), TOC_OK);
    toc_roster_destroy(roster);
}

static void who_evaluates_or_sees_the_truth_does_not_play(void **state) {
    (void)state;
    static const struct {
        const char *seats, *told;
    } cases[] = {{"gridco.soc evaluator.gridco", "nobody evaluates a team that they play in"},
                 {"evaluator gridco.soc", "nobody evaluates a team that they play in"},
                 {"control gridco.soc", "nobody plays who sees the truth"},
                 {"aqua.duty_operator adversary.red", "nobody plays who sees the truth"},
                 {"gridco.soc observer", "nobody plays who sees the truth"},
                 {"gridco.soc evaluator.aqua", NULL},
                 {"gridco.soc aqua.duty_operator adviser.law", NULL},
                 {"control evaluator supervisor observer", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        (void)snprintf(text, sizeof text, "name,seats,competence\nAda,%s,x\n", cases[i].seats);
        toc_roster *roster = read_text(text);
        assert_non_null(roster);
        toc_status status = toc_roster_check(roster, seats, 3, problems);
        assert_int_equal(status, cases[i].told == NULL ? TOC_OK : TOC_BAD_INPUT);
        if (cases[i].told != NULL) {
            assert_non_null(strstr(all_told(), cases[i].told));
            assert_non_null(strstr(told, "people.csv:2"));
        }
        toc_roster_destroy(roster);
    }
}

static void mistakes_are_told_with_their_line(void **state) {
    (void)state;
    static const struct {
        const char *text, *told;
    } cases[] = {
        {"name,seats\nAda,gridco.sok\n",
         "people.csv:2: Ada: this drill has no seat 'gridco.sok'; did "
         "you mean 'gridco.soc'?"},
        {"name,seats\nAda,evaluator.grid\n", "this drill has no seat 'evaluator.grid'"},
        {"name,seats\nAda,kontrol\n", "did you mean 'control'?"},
        {"name,seats\n,control\n", "people.csv:2: the person has no name"},
        {"name,seats,language\nAda,control,de\n", "language: expected en or zh, found 'de'"},
        {"who,where\nAda,control\n", "expected a table with the columns 'name' and 'seats'"},
        {"", "is empty"},
        {"name,seats,shoe size\nAda,control,9\n", "the column 'shoe size' is not read"},
        {"name,seats\nAda,gridco.soc\nBo,gridco.soc\n",
         "Bo shares the seat gridco.soc with Ada (line 2)"},
        {"name,seats\nAda,adviser.law\n", "say in the column 'competence' on what"},
        {"name,seats\nAda,\n", "Ada has no seat"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        toc_roster *roster = read_text(cases[i].text);
        if (roster != NULL) {
            (void)toc_roster_check(roster, seats, 3, problems);
        }
        if (strstr(all_told(), cases[i].told) == NULL) {
            fail_msg("expected: %s\nfound: %s", cases[i].told, told);
        }
        toc_roster_destroy(roster);
    }
}

static int finish(void **state) {
    (void)state;
    toc_problems_destroy(problems);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_and_their_seats_are_read_in_either_language),
        cmocka_unit_test(who_evaluates_or_sees_the_truth_does_not_play),
        cmocka_unit_test(mistakes_are_told_with_their_line)};
    return cmocka_run_group_tests(tests, NULL, finish);
}
