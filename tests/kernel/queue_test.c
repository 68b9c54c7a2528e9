/* The real calendar against the plain one. */
#include "support/support.h"

#include <stdio.h>

#include "kernel/arena.h"
#include "kernel/queue.h"
#include "support/calendar_program.h"

static uint64_t next_bits(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static void agree(const uint8_t *bytes, size_t size, uint64_t number) {
    calendar_story real = calendar_program_run(CALENDAR_REAL, bytes, size);
    calendar_story plain = calendar_program_run(CALENDAR_PLAIN, bytes, size);
    size_t difference = calendar_program_difference(&real, &plain);
    if (difference != SIZE_MAX) {
        fail_msg("program %llu of %zu bytes: the stories part at %zu of %zu and %zu",
                 (unsigned long long)number, size, difference, real.count, plain.count);
    }
    calendar_program_finish(&real);
    calendar_program_finish(&plain);
}

/* Distribution first, then anything. */
static void random_programs_tell_the_same_story_as_on_a_plain_heap(void **state) {
    (void)state;
    uint64_t random = support_seed(__func__);
    static uint8_t bytes[40000];
    for (uint64_t number = 0; number < 1200; number++) {
        size_t size = 50 + next_bits(&random) % (number % 10 == 0 ? sizeof bytes - 50 : 3000);
        for (size_t i = 0; i < size; i++) {
            bytes[i] = (uint8_t)next_bits(&random);
        }
        bytes[0] = (uint8_t)(number % 6);
        agree(bytes, size, number);
    }
}

/* The operation that schedules up to 4,095 events, again and again: rungs within rungs. */
static void crowds_of_events_come_in_the_same_order_too(void **state) {
    (void)state;
    uint64_t random = support_seed(__func__);
    static uint8_t bytes[2000];
    for (uint64_t number = 0; number < 12; number++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            bytes[i] = (uint8_t)next_bits(&random);
        }
        bytes[0] = (uint8_t)(number % 6);
        for (size_t i = 1; i < 400; i += 8) {
            bytes[i] = 12;
        }
        agree(bytes, sizeof bytes, number);
    }
}

struct storm {
    toc_calendar *calendar;
    uint64_t left;
};

static void again(void *object, uint64_t argument) {
    struct storm *storm = object;
    if (storm->left > 0) {
        storm->left--;
        (void)toc_calendar_schedule(storm->calendar, toc_calendar_now(storm->calendar),
                                    TOC_PHYSICAL, again, storm, argument);
    }
}

/* With quadratic cost this test would take hours. */
static void a_million_events_of_one_instant_are_served_one_by_one(void **state) {
    (void)state;
    struct storm storm = {.calendar = toc_calendar_create(), .left = 900000};
    for (uint64_t i = 0; i < 100000; i++) {
        (void)toc_calendar_schedule(storm.calendar, 5, (toc_priority)(i % 5), again, &storm, i);
    }
    toc_calendar_run(storm.calendar, 5);
    assert_int_equal(toc_calendar_executed(storm.calendar), 1000000);
    toc_calendar_destroy(storm.calendar);
}

static void nothing(void *object, uint64_t argument) {
    (void)object;
    (void)argument;
}

/* Announced as next, then joined by a hundred thousand more of every priority. */
static void a_crowd_that_joins_the_very_next_instant_costs_no_more(void **state) {
    (void)state;
    toc_calendar *calendar = toc_calendar_create();
    for (uint64_t i = 0; i < 100000; i++) {
        (void)toc_calendar_schedule(calendar, 1000, (toc_priority)(i % 5), nothing, NULL, 0);
    }
    assert_int_equal(toc_calendar_next(calendar), 1000);
    for (uint64_t i = 0; i < 100000; i++) {
        (void)toc_calendar_schedule(calendar, 1000 - (toc_time)(i % 3), (toc_priority)(i % 5),
                                    nothing, NULL, 0);
    }
    toc_calendar_run(calendar, 1000);
    assert_int_equal(toc_calendar_executed(calendar), 200000);
    toc_calendar_destroy(calendar);
}

/* A watchdog that is put off a million times leaves nothing behind. */
static void cancelled_events_do_not_pile_up(void **state) {
    (void)state;
    toc_event slots[100] = {{.order = 0}};
    toc_queue queue;
    toc_queue_init(&queue);
    queue.events = slots;
    for (uint64_t i = 0; i < 1000000; i++) {
        uint64_t slot = i % 100;
        if (slots[slot].order != 0) {
            slots[slot].order = 0;
            toc_queue_cancelled(&queue, 99);
        }
        slots[slot].order = (i + 1) << TOC_QUEUE_SLOT_BITS | slot;
        toc_queue_push(&queue, (toc_entry){.order = slots[slot].order, .time = 1000000 + i * 7});
    }
    assert_true(toc_arena_bytes(queue.arena) < 1 << 20);
    uint64_t live = 0;
    while (queue.head != queue.end || toc_queue_refill(&queue)) {
        live += toc_queue_is_stale(&queue, toc_queue_pop(&queue)) ? 0 : 1;
    }
    assert_int_equal(live, 100);
    toc_queue_finish(&queue);
}

/* Times from one microsecond to the end of the range in one queue. */
static void spans_of_every_size_are_split(void **state) {
    (void)state;
    toc_calendar *calendar = toc_calendar_create();
    uint64_t random = support_seed(__func__);
    for (uint32_t i = 0; i < 200000; i++) {
        toc_time at = (toc_time)(next_bits(&random) >> 1 >> next_bits(&random) % 63);
        at = at == TOC_NEVER ? TOC_NEVER - 1 : at;
        (void)toc_calendar_schedule(calendar, at, TOC_PHYSICAL, nothing, NULL, 0);
    }
    toc_time before = 0;
    while (toc_calendar_step(calendar)) {
        assert_true(toc_calendar_now(calendar) >= before);
        before = toc_calendar_now(calendar);
    }
    assert_int_equal(toc_calendar_executed(calendar), 200000);
    toc_calendar_destroy(calendar);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_programs_tell_the_same_story_as_on_a_plain_heap),
        cmocka_unit_test(crowds_of_events_come_in_the_same_order_too),
        cmocka_unit_test(a_million_events_of_one_instant_are_served_one_by_one),
        cmocka_unit_test(a_crowd_that_joins_the_very_next_instant_costs_no_more),
        cmocka_unit_test(cancelled_events_do_not_pile_up),
        cmocka_unit_test(spans_of_every_size_are_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
