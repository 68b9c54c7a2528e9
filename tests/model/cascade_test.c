/* Cascades against results that two other implementations agree on: rule H with instant trips, and
   DCSIMSEP's own runs for rule S with time-overcurrent relays. */
#include "model/grid_case.h"

static void is_near(double got, double wanted, double tolerance, const char *what,
                    const char *where) {
    double off = got < wanted ? wanted - got : got - wanted;
    if (!(off <= tolerance)) {
        fail_msg("%s: %s %.9f is not %.9f", where, what, got, wanted);
    }
}

static uint32_t tripped(const struct small *small) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < small->topology->link_count; i++) {
        count += toc_power_tripped_at(small->world, i) != TOC_NEVER ? 1 : 0;
    }
    return count;
}

/* Every single outage of a case, line by line of the expectation. */
static void single_outages_are_as_expected(const char *name, const char *variant, double margin,
                                           double floor_mw, uint32_t wanted_lines) {
    struct grid_case *grid = test_malloc(sizeof *grid);
    char path[256], text[256];
    uint32_t count = 0;
    FILE *expected;
    if (!case_find(grid, name)) {
        test_free(grid);
        skip();
    }
    (void)snprintf(path, sizeof path, "expected-power/cascade_%s.%s.n1", name, variant);
    expected = fopen(support_data(path), "r");
    assert_non_null(expected);
    while (fgets(text, sizeof text, expected) != NULL) {
        unsigned line, rounds, trips, islands;
        struct small small;
        double lost;
        assert_int_equal(sscanf(text, "%u %u %u %u %lf", &line, &rounds, &trips, &islands, &lost),
                         5);
        (void)snprintf(path, sizeof path, "line-%u", line);
        case_run(grid, &small);
        case_rules(&small, "H+T1", margin, floor_mw);
        small_fail(&small, path, TOC_CAUSE_DAMAGED);
        small_until(&small, 0);
        if (toc_power_rounds(small.world) != rounds || tripped(&small) != trips ||
            toc_power_island_count(small.world) != islands) {
            fail_msg("%s %s: %u rounds, %u trips, %u islands, expected %u, %u, %u", name, path,
                     toc_power_rounds(small.world), tripped(&small),
                     toc_power_island_count(small.world), rounds, trips, islands);
        }
        is_near(toc_power_lost_mw(small.world), lost, 1e-3, "MW lost", path);
        small_end(&small);
        count++;
    }
    assert_int_equal(count, wanted_lines);
    (void)fclose(expected);
    test_free(grid);
}

static void single_outages_of_case6ww_with_its_ratings(void **state) {
    (void)state;
    single_outages_are_as_expected("case6ww", "rateA", 0, 0, 11);
}

static void single_outages_of_case9_with_its_ratings(void **state) {
    (void)state;
    single_outages_are_as_expected("case9", "rateA", 0, 0, 9);
}

static void single_outages_of_case14_with_a_margin_of_a_quarter(void **state) {
    (void)state;
    single_outages_are_as_expected("case14", "alpha0.25.floor10", 0.25, 10, 20);
}

static void single_outages_of_case39_with_its_ratings(void **state) {
    (void)state;
    single_outages_are_as_expected("case39", "rateA", 0, 0, 46);
}

/* One line of the expectation: "case|lines out|(t=SECONDS br LINE)...|MW lost". */
static void relay_case_is_as_expected(const struct grid_case *grid, char *text) {
    char *out = strchr(text, '|') + 1, *trips = strchr(out, '|') + 1,
         *lost = strchr(trips, '|') + 1;
    char where[64], id[32];
    struct small small;
    uint32_t expected = 0;
    trips[-1] = lost[-1] = '\0';
    (void)snprintf(where, sizeof where, "%.40s", text);
    case_run(grid, &small);
    case_rules(&small, "S+T2", 0, 0);
    toc_calendar_run(small.calendar, TOC_SECOND);
    for (char *word = strtok(out, " "); word != NULL; word = strtok(NULL, " ")) {
        (void)snprintf(id, sizeof id, "line-%s", word);
        small_fail(&small, id, TOC_CAUSE_DAMAGED);
    }
    toc_calendar_run(small.calendar, 900 * TOC_SECOND);
    toc_world_check(small.world);
    while (*trips != '\0') {
        double seconds;
        unsigned line;
        int used = 0;
        assert_int_equal(sscanf(trips, " (t=%lf br %u)%n", &seconds, &line, &used), 2);
        trips += used;
        expected++;
        is_near((double)toc_power_tripped_at(small.world, line - 1) / 1e6, seconds, 1e-5,
                "trip time", where);
    }
    assert_int_equal(tripped(&small), expected);
    is_near(toc_power_lost_mw(small.world), strtod(lost, NULL), 1e-3, "MW lost", where);
    small_end(&small);
}

static void timed_relays_trip_as_dcsimsep_has_it(void **state) {
    const char *path = support_data("expected-power/dcsimsep_simple_rebalance.txt");
    struct grid_case *grids;
    char text[512];
    uint32_t count = 0;
    FILE *expected;
    (void)state;
    if (path == NULL) {
        skip();
    }
    expected = fopen(path, "r");
    assert_non_null(expected);
    grids = test_malloc(2 * sizeof *grids);
    case_read_plain(&grids[0], support_data("expected-power/dcsimsep_case6_input.txt"));
    case_read_plain(&grids[1], support_data("expected-power/dcsimsep_case30_input.txt"));
    while (fgets(text, sizeof text, expected) != NULL) {
        if (strchr(text, '|') != NULL) {
            relay_case_is_as_expected(&grids[text[1] == '3'], text);
            count++;
        }
    }
    assert_int_equal(count, 886);
    (void)fclose(expected);
    test_free(grids);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(single_outages_of_case6ww_with_its_ratings),
        cmocka_unit_test(single_outages_of_case9_with_its_ratings),
        cmocka_unit_test(single_outages_of_case14_with_a_margin_of_a_quarter),
        cmocka_unit_test(single_outages_of_case39_with_its_ratings),
        cmocka_unit_test(timed_relays_trip_as_dcsimsep_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
