#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "tocsin/claim.h"

static const char prologue[] =
    "local t, e = require 'tocsin', require 'tocsin.expect' local expect = e.expect\n";

static toc_status read_claims(const char *text, toc_problems *problems, toc_package **out_package,
                              toc_claims **out_claims) {
    char source[2048];
    (void)snprintf(source, sizeof source, "%s%s", prologue, text);
    const toc_package_file files[] = {{"expectations.lua", source, strlen(source)},
                                      {"scenario.lua", "return nil", 10}};
    assert_int_equal(toc_package_from_files("p", files, 2, problems, out_package), TOC_OK);
    return toc_claim_read(*out_package, problems, out_claims);
}

static void says(const char *text, const char *wanted) {
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    toc_claims *claims = NULL;
    if (read_claims(text, problems, &package, &claims) != TOC_OK) {
        fail_msg("%s: %s", text, toc_problems_at(problems, 0).text);
    }
    assert_int_equal(toc_claim_count(claims), 1);
    assert_string_equal(toc_claim_at(claims, 0)->text, wanted);
    assert_int_equal(toc_claim_at(claims, 0)->place.line, 2);
    toc_claim_free(claims);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
}

static void refuses(const char *text, const char *words) {
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    toc_claims *claims = NULL;
    assert_int_equal(read_claims(text, problems, &package, &claims), TOC_BAD_INPUT);
    assert_null(claims);
    toc_problem problem = toc_problems_at(problems, 0);
    if (strstr(problem.text, words) == NULL) {
        fail_msg("'%s' is not in '%s'", words, problem.text);
    }
    assert_int_equal(problem.place.line, 2);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
}

static void each_expectation_can_be_read_back_as_a_sentence(void **state) {
    (void)state;
    says("expect(e.inject 'I-07'):fires_before(t.minutes(40))", "inject I-07 fires before 40 min");
    says("expect(e.inject 'I-07'):never_fires()", "inject I-07 never fires");
    says("expect(e.objective 'O1'):is_met():after(t.minutes(30)):before(t.hours(2))",
         "objective O1 is met between 30 min and 2 h");
    says("expect(e.duty('report', 'gridco')):is_done_in_time()",
         "duty report of gridco is done in time");
    says("expect(e.service('power')):stays_above(t.percent(80))",
         "service power never falls below 80 %");
    says("expect(e.service('power', 'gridco')):is_whole():before(t.time('1h20min'))",
         "service power of gridco is whole before 1 h 20 min");
    says("expect(e.action('isolate', 'gridco.soc', 'hmi-1')):is_done()",
         "action isolate of gridco.soc on hmi-1 is done");
    says("expect(e.decision('cut-core', 'cut')):is_made():after(t.seconds(90))",
         "decision cut-core for cut is made after 90 s");
    says("expect(e.mark 'in'):is_reached():never()", "mark in is never reached");
    says("expect(e.drill()):ends():before(t.hours(6))", "the drill ends before 6 h");
}

static void policy_share_and_reason_are_kept(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    toc_claims *claims = NULL;
    assert_int_equal(read_claims("local o = e.objective 'O1'\n"
                                 "expect(o):is_met()\n"
                                 "expect(o):is_met():under 'none':in_at_least(t.percent(95))"
                                 ":because 'it is easy'",
                                 problems, &package, &claims),
                     TOC_OK);
    assert_int_equal(toc_claim_count(claims), 2);
    const toc_claim *first = toc_claim_at(claims, 0), *second = toc_claim_at(claims, 1);
    assert_string_equal(first->policy, "reference");
    assert_true(first->share == 1);
    assert_int_equal(first->place.line, 3);
    assert_string_equal(second->policy, "none");
    assert_true(second->share == 0.95);
    assert_string_equal(second->because, "it is easy");
    assert_int_equal(second->place.line, 4);
    toc_claim_free(claims);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
}

static void mistakes_are_told_at_their_line_with_the_way_out(void **state) {
    (void)state;
    refuses("expect(e.objective 'O1'):fires()",
            "fires is expected of injects; of objectives there can be expected: is_met, is_missed");
    refuses("expect(e.objective 'O1'):is_meet()", "is_met");
    refuses("e.inject 'I-01'", "nothing is expected of 'I-01'");
    refuses("expect('I-01'):fires()", "subject");
    refuses("expect(e.inject 'I-01'):fires():is_met()",
            "is_met is expected of objectives; of injects");
    refuses("expect(e.inject 'I-01'):fires():never_fires()", "one expectation says one thing");
    refuses("expect(e.inject 'I-01'):fires():in_at_least(95)", "0.95 or t.percent(95)");
    refuses("expect(e.inject 'I-01'):fires():after(t.hours(2)):before(t.hours(1))",
            "that is before its 'after'");
    refuses("expect(e.inject 'I-01'):never_fires():before(t.hours(1))",
            "what never happens has no time");
    refuses("expect(e.service 'power'):falls_below(80)", "above 0 and up to 1");
}

static void a_package_without_the_file_expects_nothing(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    toc_claims *claims = NULL;
    const toc_package_file file = {"scenario.lua", "return nil", 10};
    assert_int_equal(toc_package_from_files("p", &file, 1, problems, &package), TOC_OK);
    assert_int_equal(toc_claim_read(package, problems, &claims), TOC_OK);
    assert_int_equal(toc_claim_count(claims), 0);
    toc_claim_free(claims);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_expectation_can_be_read_back_as_a_sentence),
        cmocka_unit_test(policy_share_and_reason_are_kept),
        cmocka_unit_test(mistakes_are_told_at_their_line_with_the_way_out),
        cmocka_unit_test(a_package_without_the_file_expects_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
