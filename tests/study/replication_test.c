#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "study/replication.h"
#include "tocsin/record.h"

enum { RUNS = 6, POLICIES = 2 };

static const char *const policies[POLICIES] = {"none", "reference"};

/* One of the small drills that prove determinism: much of it is left to chance. */
static toc_package *open_chance(toc_problems *problems) {
    char path[512];
    toc_package *package = NULL;
    (void)snprintf(path, sizeof path, "%s/tests/determinism/drills/chance", support_source());
    assert_int_equal(toc_package_open(path, problems, &package), TOC_OK);
    return package;
}

static void every_run_is_the_one_that_its_seed_gives_whatever_the_number_of_threads(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    toc_package *package = open_chance(problems);
    for (uint32_t threads = 1; threads <= 5; threads += 2) {
        toc_replication_plan plan = {.package = package,
                                     .policies = policies,
                                     .policy_count = POLICIES,
                                     .first_seed = 11,
                                     .runs = RUNS,
                                     .threads = threads};
        toc_outcome *outcomes = NULL;
        assert_int_equal(toc_replication_run(&plan, problems, &outcomes), TOC_OK);
        for (uint32_t i = 0; i < POLICIES * RUNS; i++) {
            toc_drill *drill = NULL;
            assert_int_equal(outcomes[i].seed, 11 + i % RUNS);
            assert_int_equal(toc_record_play(package, 11 + i % RUNS, 0, policies[i / RUNS], NULL,
                                             NULL, NULL, problems, &drill),
                             TOC_OK);
            assert_int_equal(outcomes[i].digest, toc_drill_digest(drill));
            assert_int_equal(outcomes[i].events, toc_drill_events(drill));
            toc_drill_close(drill);
        }
        toc_replication_free(outcomes, POLICIES * RUNS);
    }
    toc_package_destroy(package);
    toc_problems_destroy(problems);
}

static const char failing_scenario[] =
    "local t = require 'tocsin'\n"
    "local d = t.drill { title = 'Breaks', topology = 'topology.xml', length = t.hours(1),\n"
    "  starts = '2030-01-01 08:00 UTC',\n"
    "  kind = { form = 'practical', span = 'in-house', content = 'thematic' } }\n"
    "d:team 'o' { 'dispatcher' }\n"
    "local red = d:adversary { name = 'GNAT', at = 'a', skill = 'novice' }\n"
    "red:plan(function(a)\n"
    "  a:wait(t.minutes(1))\n"
    "  if t.happens('luck', 0.5) then error('bad luck') end\n"
    "end)\n"
    "return d\n";
static const char small_topology[] =
    "<topology xmlns='urn:tocsin:topology:1'><operator id='o'/><asset id='a' kind='node' "
    "operator='o'/></topology>";

static void find_told(const toc_problems *problems, const char *words, bool *out_found) {
    for (size_t i = 0; i < toc_problems_kept(problems); i++) {
        *out_found = *out_found || strstr(toc_problems_at(problems, i).text, words) != NULL;
    }
}

static void of_runs_that_fail_the_first_is_told_with_its_seed_and_policy(void **state) {
    (void)state;
    const toc_package_file files[] = {{"scenario.lua", failing_scenario, strlen(failing_scenario)},
                                      {"topology.xml", small_topology, strlen(small_topology)}};
    char first[128] = "";
    for (uint32_t threads = 1; threads <= 4; threads++) {
        toc_problems *problems = toc_problems_create();
        toc_package *package = NULL;
        toc_outcome *outcomes = NULL;
        assert_int_equal(toc_package_from_files("breaks", files, 2, problems, &package), TOC_OK);
        toc_replication_plan plan = {.package = package,
                                     .policies = policies,
                                     .policy_count = 1,
                                     .first_seed = 1,
                                     .runs = 40,
                                     .threads = threads};
        assert_int_equal(toc_replication_run(&plan, problems, &outcomes), TOC_BAD_INPUT);
        assert_null(outcomes);
        bool found = false;
        find_told(problems, "bad luck", &found);
        assert_true(found);
        toc_problem last = toc_problems_at(problems, toc_problems_kept(problems) - 1);
        assert_non_null(strstr(last.text, "under policy none"));
        if (first[0] == '\0') {
            (void)snprintf(first, sizeof first, "%s", last.text);
        }
        assert_string_equal(last.text, first); /* the same run, however many played at once */
        toc_package_destroy(package);
        toc_problems_destroy(problems);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_run_is_the_one_that_its_seed_gives_whatever_the_number_of_threads),
        cmocka_unit_test(of_runs_that_fail_the_first_is_told_with_its_seed_and_policy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
