#include "support/support.h"

#include <string.h>

#include "kernel/condition.h"

#define CELLS 64

struct world {
    toc_calendar *calendar;
    toc_conditions *conditions;
    int64_t cells[CELLS];
    char fired[128];
    size_t length;
};

static int begin(void **state) {
    struct world *world = test_calloc(1, sizeof *world);
    world->calendar = toc_calendar_create();
    world->conditions = toc_conditions_create(world->calendar);
    *state = world;
    return 0;
}

static int end(void **state) {
    struct world *world = *state;
    toc_conditions_destroy(world->conditions);
    toc_calendar_destroy(world->calendar);
    test_free(world);
    return 0;
}

static int64_t look(struct world *world, uint64_t cell) {
    toc_conditions_read(world->conditions, cell);
    return world->cells[cell];
}

static void put(struct world *world, uint64_t cell, int64_t value) {
    world->cells[cell] = value;
    toc_conditions_touch(world->conditions, cell);
}

/* Argument: letter to tell, and the cell above it. */
static bool cell_is_positive(void *object, uint64_t argument) {
    return look(object, argument >> 8) > 0;
}

/* Reads cell 0, and cell 1 only where cell 0 is positive. */
static bool both_are_positive(void *object, uint64_t argument) {
    (void)argument;
    return look(object, 0) > 0 && look(object, 1) > 0;
}

static void fire(void *object, uint64_t argument) {
    struct world *world = object;
    assert_true(world->length + 1 < sizeof world->fired);
    world->fired[world->length++] = (char)(argument & 0xff);
    world->fired[world->length] = '\0';
}

static uint32_t watch(struct world *world, uint64_t cell, char letter) {
    return toc_conditions_add(world->conditions, cell_is_positive, fire, world,
                              cell << 8 | (uint64_t)letter);
}

static void settle(struct world *world) {
    toc_calendar_run(world->calendar, toc_calendar_now(world->calendar));
}

static void what_is_true_already_fires_at_once_as_an_event(void **state) {
    struct world *world = *state;
    world->cells[3] = 1;
    (void)watch(world, 3, 'a');
    assert_string_equal(world->fired, "");
    settle(world);
    assert_string_equal(world->fired, "a");
}

static void nothing_is_asked_again_until_what_it_read_changes(void **state) {
    struct world *world = *state;
    (void)watch(world, 3, 'a');
    assert_int_equal(toc_conditions_asked(world->conditions), 1);
    for (uint64_t cell = 10; cell < CELLS; cell++) {
        put(world, cell, 1);
    }
    toc_calendar_run(world->calendar, TOC_DAY);
    assert_int_equal(toc_conditions_asked(world->conditions), 1);
    put(world, 3, 1);
    settle(world);
    assert_int_equal(toc_conditions_asked(world->conditions), 2);
    assert_string_equal(world->fired, "a");
}

static void however_often_a_cell_changes_in_one_instant_it_is_asked_once(void **state) {
    struct world *world = *state;
    (void)watch(world, 3, 'a');
    for (int i = 0; i < 100; i++) {
        put(world, 3, i % 2); /* ends at 1, and began at 0 */
    }
    settle(world);
    assert_int_equal(toc_conditions_asked(world->conditions), 2);
    assert_string_equal(world->fired, "a");
}

static void a_dip_within_one_instant_is_not_seen(void **state) {
    struct world *world = *state;
    (void)watch(world, 3, 'a');
    put(world, 3, 1);
    put(world, 3, 0);
    settle(world);
    assert_string_equal(world->fired, "");
}

static void it_depends_on_what_it_read_last_time(void **state) {
    struct world *world = *state;
    (void)toc_conditions_add(world->conditions, both_are_positive, fire, world, 'b');
    put(world, 1, 1); /* not read yet: cell 0 was not positive */
    settle(world);
    assert_int_equal(toc_conditions_asked(world->conditions), 1);
    put(world, 1, 0);
    put(world, 0, 1);
    settle(world);
    assert_int_equal(toc_conditions_asked(world->conditions), 2);
    put(world, 1, 1);
    settle(world);
    assert_int_equal(toc_conditions_asked(world->conditions), 3);
    assert_string_equal(world->fired, "b");
}

static void what_it_no_longer_reads_does_not_wake_it(void **state) {
    struct world *world = *state;
    world->cells[0] = 1;
    (void)toc_conditions_add(world->conditions, both_are_positive, fire, world, 'b');
    put(world, 0, 0);
    settle(world);
    assert_int_equal(toc_conditions_asked(world->conditions), 2);
    put(world, 1, 1); /* read in the first asking only */
    settle(world);
    assert_int_equal(toc_conditions_asked(world->conditions), 2);
}

static void a_condition_fires_once_and_is_over(void **state) {
    struct world *world = *state;
    (void)watch(world, 3, 'a');
    for (int64_t i = 0; i < 10; i++) {
        put(world, 3, 1 - i % 2);
        toc_calendar_run(world->calendar, i);
    }
    assert_string_equal(world->fired, "a");
    assert_int_equal(toc_conditions_asked(world->conditions), 2);
}

static void those_that_turn_true_together_fire_in_order_of_adding(void **state) {
    struct world *world = *state;
    (void)watch(world, 5, 'a');
    (void)watch(world, 4, 'b');
    (void)watch(world, 3, 'c');
    put(world, 3, 1);
    put(world, 4, 1);
    put(world, 5, 1);
    settle(world);
    assert_string_equal(world->fired, "abc");
}

static void a_removed_condition_is_silent(void **state) {
    struct world *world = *state;
    uint32_t removed = watch(world, 3, 'a');
    (void)watch(world, 3, 'b');
    toc_conditions_remove(world->conditions, removed);
    put(world, 3, 1);
    settle(world);
    assert_string_equal(world->fired, "b");
}

static void a_condition_removed_after_it_turned_true_does_not_fire(void **state) {
    struct world *world = *state;
    world->cells[3] = 1;
    uint32_t removed = watch(world, 3, 'a'); /* its event is scheduled, not run */
    toc_conditions_remove(world->conditions, removed);
    settle(world);
    assert_string_equal(world->fired, "");
}

static void reading_outside_a_question_is_free(void **state) {
    struct world *world = *state;
    assert_int_equal(look(world, 3), 0);
    put(world, 3, 1);
    settle(world);
    assert_int_equal(toc_conditions_asked(world->conditions), 0);
}

/* Against a naive model: after every change all questions are asked. */
static void among_many_random_changes_none_is_missed(void **state) {
    struct world *world = *state;
    uint64_t random = support_seed(__func__);
    toc_time fired_at[CELLS];
    int64_t seen[CELLS];
    for (uint64_t cell = 0; cell < CELLS; cell++) {
        (void)watch(world, cell, '.');
        fired_at[cell] = TOC_NEVER;
        seen[cell] = 0;
    }
    size_t expected = 0;
    for (toc_time now = 1; now < 3000; now++) {
        toc_calendar_run(world->calendar, now);
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint64_t cell = random >> 33 & (CELLS - 1);
        seen[cell] = (int64_t)(random >> 50 & 15) == 0 ? 1 : -(int64_t)(random >> 60);
        put(world, cell, seen[cell]);
        settle(world);
        if (seen[cell] > 0 && fired_at[cell] == TOC_NEVER) {
            fired_at[cell] = now;
            expected++;
        }
        assert_int_equal(world->length, expected);
    }
    assert_true(expected > CELLS / 2);
    assert_true(toc_conditions_asked(world->conditions) < 3000 + CELLS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_is_true_already_fires_at_once_as_an_event),
        TEST(nothing_is_asked_again_until_what_it_read_changes),
        TEST(however_often_a_cell_changes_in_one_instant_it_is_asked_once),
        TEST(a_dip_within_one_instant_is_not_seen),
        TEST(it_depends_on_what_it_read_last_time),
        TEST(what_it_no_longer_reads_does_not_wake_it),
        TEST(a_condition_fires_once_and_is_over),
        TEST(those_that_turn_true_together_fire_in_order_of_adding),
        TEST(a_removed_condition_is_silent),
        TEST(a_condition_removed_after_it_turned_true_does_not_fire),
        TEST(reading_outside_a_question_is_free),
        TEST(among_many_random_changes_none_is_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
