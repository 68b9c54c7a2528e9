#include "support/support.h"

#include "kernel/level.h"

struct edges {
    toc_calendar *calendar;
    toc_level *level;
    int empties, fulls;
    toc_time last;
    int64_t rate_after; /* set by the action, to refill at once */
};

static void reached(void *object, uint64_t argument, toc_level_edge edge) {
    struct edges *edges = object;
    assert_int_equal(argument, 77);
    edges->empties += edge == TOC_LEVEL_EMPTY ? 1 : 0;
    edges->fulls += edge == TOC_LEVEL_FULL ? 1 : 0;
    edges->last = toc_calendar_now(edges->calendar);
    if (edges->rate_after != 0) {
        toc_level_set_rate(edges->level, edges->rate_after);
    }
}

static int begin(void **state) {
    struct edges *edges = test_calloc(1, sizeof *edges);
    edges->calendar = toc_calendar_create();
    *state = edges;
    return 0;
}

static int end(void **state) {
    struct edges *edges = *state;
    toc_level_destroy(edges->level);
    toc_calendar_destroy(edges->calendar);
    test_free(edges);
    return 0;
}

static struct edges *with(void **state, int64_t capacity, int64_t start) {
    struct edges *edges = *state;
    edges->level = toc_level_create(edges->calendar, capacity, start, reached, edges, 77);
    return edges;
}

static void a_battery_of_eight_hours_is_empty_after_eight_hours(void **state) {
    struct edges *edges = with(state, 800, 800);
    toc_level_set_rate(edges->level, -100);
    assert_int_equal(toc_level_empty_at(edges->level), 8 * TOC_HOUR);
    toc_calendar_run(edges->calendar, 2 * TOC_HOUR);
    assert_int_equal(toc_level_quantity(edges->level), 600);
    toc_calendar_run(edges->calendar, TOC_DAY);
    assert_int_equal(edges->empties, 1);
    assert_int_equal(edges->last, 8 * TOC_HOUR);
    assert_int_equal(toc_level_quantity(edges->level), 0);
    assert_int_equal(toc_level_rate(edges->level), 0);
}

static void it_keeps_the_quantity_when_the_load_changes_not_the_time(void **state) {
    struct edges *edges = with(state, 800, 800);
    toc_level_set_rate(edges->level, -100);
    toc_calendar_run(edges->calendar, 4 * TOC_HOUR);
    toc_level_set_rate(edges->level, -50); /* half the load: what is left lasts twice as long */
    assert_int_equal(toc_level_empty_at(edges->level), 12 * TOC_HOUR);
    toc_calendar_run(edges->calendar, TOC_DAY);
    assert_int_equal(edges->last, 12 * TOC_HOUR);
}

static void a_tank_that_fills_announces_that_it_is_full(void **state) {
    struct edges *edges = with(state, 1000, 250);
    toc_level_set_rate(edges->level, 1500);
    assert_int_equal(toc_level_empty_at(edges->level), TOC_NEVER);
    toc_calendar_run(edges->calendar, TOC_DAY);
    assert_int_equal(edges->fulls, 1);
    assert_int_equal(edges->last, TOC_HOUR / 2);
    assert_int_equal(toc_level_quantity(edges->level), 1000);
}

static void at_an_edge_a_rate_that_leads_beyond_counts_as_zero(void **state) {
    struct edges *edges = with(state, 100, 0);
    toc_level_set_rate(edges->level, -5);
    assert_int_equal(toc_level_rate(edges->level), 0);
    toc_level_set_rate(edges->level, 100);
    toc_calendar_run(edges->calendar, TOC_HOUR);
    assert_int_equal(edges->fulls, 1);
    toc_level_set_rate(edges->level, 1);
    assert_int_equal(toc_level_rate(edges->level), 0);
    toc_calendar_run(edges->calendar, TOC_DAY);
    assert_int_equal(edges->fulls, 1);
}

static void the_action_may_refill_at_once(void **state) {
    struct edges *edges = with(state, 10, 10);
    edges->rate_after = 20;
    toc_level_set_rate(edges->level, -10);
    toc_calendar_run(edges->calendar, TOC_HOUR + TOC_HOUR / 4);
    assert_int_equal(edges->empties, 1);
    assert_int_equal(toc_level_quantity(edges->level), 5);
}

static void reading_and_resetting_the_rate_as_often_as_one_likes_loses_nothing(void **state) {
    struct edges *edges = with(state, 1000000, 1000000);
    toc_level_set_rate(edges->level, -7);
    for (int i = 1; i <= 100000; i++) {
        toc_calendar_run(edges->calendar, (toc_time)i * 1234567);
        (void)toc_level_quantity(edges->level);
        toc_level_set_rate(edges->level, i % 2 == 0 ? -7 : -11);
    }
    /* 100,000 spells of 1.234567 s, by turns at 7 and at 11 an hour: 308.64 in all */
    assert_int_equal(toc_level_quantity(edges->level), 1000000 - 309);
}

/* 7 units at 3 an hour: 2 h 20 min; the edge is never announced before the last drop. */
static void an_edge_between_two_microseconds_comes_with_the_later_one(void **state) {
    struct edges *edges = with(state, 1, 1);
    toc_level_set_rate(edges->level, -7);
    assert_int_equal(toc_level_empty_at(edges->level), TOC_HOUR / 7 + 1);
    toc_calendar_run(edges->calendar, TOC_DAY);
    assert_int_equal(edges->last, TOC_HOUR / 7 + 1);
}

static void edges_beyond_the_end_of_time_are_never(void **state) {
    struct edges *edges = with(state, INT64_MAX, INT64_MAX);
    toc_level_set_rate(edges->level, -1);
    assert_int_equal(toc_level_empty_at(edges->level), TOC_NEVER);
    toc_calendar_run(edges->calendar, 1000 * TOC_HOUR);
    assert_true(toc_level_quantity(edges->level) == INT64_MAX - 1000);
    toc_level_set_rate(edges->level, INT64_MIN);
    assert_int_equal(toc_level_empty_at(edges->level), 1000 * TOC_HOUR + TOC_HOUR);
}

static void a_destroyed_level_takes_its_event_along(void **state) {
    struct edges *edges = with(state, 10, 10);
    toc_level_set_rate(edges->level, -10);
    toc_level_destroy(edges->level);
    edges->level = NULL;
    toc_calendar_run(edges->calendar, TOC_DAY);
    assert_int_equal(edges->empties, 0);
    assert_int_equal(toc_calendar_pending(edges->calendar), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_battery_of_eight_hours_is_empty_after_eight_hours),
        TEST(it_keeps_the_quantity_when_the_load_changes_not_the_time),
        TEST(a_tank_that_fills_announces_that_it_is_full),
        TEST(at_an_edge_a_rate_that_leads_beyond_counts_as_zero),
        TEST(the_action_may_refill_at_once),
        TEST(reading_and_resetting_the_rate_as_often_as_one_likes_loses_nothing),
        TEST(an_edge_between_two_microseconds_comes_with_the_later_one),
        TEST(edges_beyond_the_end_of_time_are_never),
        TEST(a_destroyed_level_takes_its_event_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
