#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "kernel/calendar.h"

/* Actions write one letter each; what happened in which order is then a text. */
struct play {
    toc_calendar *calendar;
    char told[256];
    size_t length;
    toc_event_id other;
};

static void tell(void *object, uint64_t letter) {
    struct play *play = object;
    assert_true(play->length + 1 < sizeof play->told);
    play->told[play->length++] = (char)letter;
    play->told[play->length] = '\0';
}

static int begin(void **state) {
    struct play *play = test_calloc(1, sizeof *play);
    play->calendar = toc_calendar_create();
    *state = play;
    return 0;
}

static int end(void **state) {
    struct play *play = *state;
    toc_calendar_destroy(play->calendar);
    test_free(play);
    return 0;
}

static toc_event_id at(struct play *play, toc_time time, toc_priority priority, char letter) {
    return toc_calendar_schedule(play->calendar, time, priority, tell, play, (uint64_t)letter);
}

static void events_come_in_order_of_time_whatever_the_order_of_scheduling(void **state) {
    struct play *play = *state;
    (void)at(play, 30, TOC_PHYSICAL, 'c');
    (void)at(play, 10, TOC_PHYSICAL, 'a');
    (void)at(play, 20, TOC_PHYSICAL, 'b');
    toc_calendar_run(play->calendar, TOC_NEVER);
    assert_string_equal(play->told, "abc");
    assert_int_equal(toc_calendar_now(play->calendar), 30);
    assert_int_equal(toc_calendar_executed(play->calendar), 3);
}

static void at_one_instant_physical_goes_first_and_scoring_last(void **state) {
    struct play *play = *state;
    (void)at(play, 5, TOC_SCORING, '5');
    (void)at(play, 5, TOC_DEFENDER, '4');
    (void)at(play, 5, TOC_ATTACKER, '3');
    (void)at(play, 5, TOC_SENSOR, '2');
    (void)at(play, 5, TOC_PHYSICAL, '1');
    toc_calendar_run(play->calendar, TOC_NEVER);
    assert_string_equal(play->told, "12345");
}

static void among_equals_the_first_scheduled_is_the_first_served(void **state) {
    struct play *play = *state;
    for (char letter = 'a'; letter <= 'z'; letter++) {
        (void)at(play, 7, TOC_DEFENDER, letter);
    }
    toc_calendar_run(play->calendar, 7);
    assert_string_equal(play->told, "abcdefghijklmnopqrstuvwxyz");
}

static void schedule_two_now(void *object, uint64_t argument) {
    struct play *play = object;
    tell(object, argument);
    (void)at(play, toc_calendar_now(play->calendar), TOC_ATTACKER, 'x');
    (void)at(play, toc_calendar_now(play->calendar), TOC_PHYSICAL, 'y');
}

static void what_is_scheduled_for_now_still_keeps_the_order_of_priorities(void **state) {
    struct play *play = *state;
    (void)toc_calendar_schedule(play->calendar, 5, TOC_ATTACKER, schedule_two_now, play, 'a');
    (void)at(play, 5, TOC_ATTACKER, 'b');
    (void)at(play, 5, TOC_SCORING, 's');
    (void)at(play, 6, TOC_PHYSICAL, 'z');
    toc_calendar_run(play->calendar, TOC_NEVER);
    assert_string_equal(play->told, "aybxsz");
}

static void a_cancelled_event_does_not_happen_and_is_cancelled_once(void **state) {
    struct play *play = *state;
    toc_event_id event = at(play, 5, TOC_PHYSICAL, 'a');
    (void)at(play, 5, TOC_PHYSICAL, 'b');
    assert_true(toc_calendar_is_pending(play->calendar, event));
    assert_true(toc_calendar_cancel(play->calendar, event));
    assert_false(toc_calendar_is_pending(play->calendar, event));
    assert_false(toc_calendar_cancel(play->calendar, event));
    assert_int_equal(toc_calendar_pending(play->calendar), 1);
    toc_calendar_run(play->calendar, TOC_NEVER);
    assert_string_equal(play->told, "b");
}

static void the_name_of_a_past_event_never_names_a_later_one(void **state) {
    struct play *play = *state;
    toc_event_id first = at(play, 1, TOC_PHYSICAL, 'a');
    toc_calendar_run(play->calendar, 1);
    toc_event_id second = at(play, 2, TOC_PHYSICAL, 'b');
    assert_false(toc_calendar_cancel(play->calendar, first));
    assert_true(toc_calendar_is_pending(play->calendar, second));
    assert_false(toc_calendar_cancel(play->calendar, (toc_event_id){0, 0}));
    assert_false(toc_calendar_cancel(play->calendar, (toc_event_id){1000000, 1}));
}

static void cancel_the_other(void *object, uint64_t argument) {
    struct play *play = object;
    tell(object, argument);
    (void)toc_calendar_cancel(play->calendar, play->other);
}

static void an_event_may_cancel_another_of_the_same_instant(void **state) {
    struct play *play = *state;
    (void)toc_calendar_schedule(play->calendar, 5, TOC_SENSOR, cancel_the_other, play, 'a');
    play->other = at(play, 5, TOC_SENSOR, 'b');
    (void)at(play, 5, TOC_SENSOR, 'c');
    toc_calendar_run(play->calendar, TOC_NEVER);
    assert_string_equal(play->told, "ac");
}

static void an_event_that_runs_is_no_longer_pending_and_cannot_cancel_itself(void **state) {
    struct play *play = *state;
    play->other = toc_calendar_schedule(play->calendar, 5, TOC_SENSOR, cancel_the_other, play, 'a');
    toc_calendar_run(play->calendar, TOC_NEVER);
    assert_string_equal(play->told, "a");
    assert_int_equal(toc_calendar_pending(play->calendar), 0);
}

static void a_rescheduled_event_moves_and_loses_its_place_among_equals(void **state) {
    struct play *play = *state;
    toc_event_id a = at(play, 5, TOC_PHYSICAL, 'a');
    (void)at(play, 5, TOC_PHYSICAL, 'b');
    toc_event_id c = at(play, 9, TOC_PHYSICAL, 'c');
    toc_event_id moved = toc_calendar_reschedule(play->calendar, a, 5);
    assert_false(toc_calendar_is_pending(play->calendar, a));
    assert_int_equal(toc_calendar_due(play->calendar, moved), 5);
    c = toc_calendar_reschedule(play->calendar, c, 2);
    assert_int_equal(toc_calendar_due(play->calendar, c), 2);
    assert_int_equal(toc_calendar_pending(play->calendar), 3);
    toc_calendar_run(play->calendar, TOC_NEVER);
    assert_string_equal(play->told, "cba");
}

static void a_run_goes_up_to_its_end_and_leaves_the_clock_there(void **state) {
    struct play *play = *state;
    (void)at(play, 10, TOC_PHYSICAL, 'a');
    (void)at(play, 20, TOC_SCORING, 'b');
    (void)at(play, 21, TOC_PHYSICAL, 'c');
    toc_calendar_run(play->calendar, 20);
    assert_string_equal(play->told, "ab");
    assert_int_equal(toc_calendar_next(play->calendar), 21);
    toc_calendar_run(play->calendar, 20);
    assert_int_equal(toc_calendar_now(play->calendar), 20);
    toc_calendar_run(play->calendar, 500);
    assert_int_equal(toc_calendar_now(play->calendar), 500);
    assert_int_equal(toc_calendar_next(play->calendar), TOC_NEVER);
}

static void halt_here(void *object, uint64_t argument) {
    struct play *play = object;
    tell(object, argument);
    toc_calendar_halt(play->calendar);
}

static void a_halt_stops_the_run_at_its_event_and_the_next_run_goes_on(void **state) {
    struct play *play = *state;
    (void)toc_calendar_schedule(play->calendar, 5, TOC_PHYSICAL, halt_here, play, 'a');
    (void)at(play, 5, TOC_PHYSICAL, 'b');
    toc_calendar_run(play->calendar, 100);
    assert_string_equal(play->told, "a");
    assert_int_equal(toc_calendar_now(play->calendar), 5);
    toc_calendar_run(play->calendar, 100);
    assert_string_equal(play->told, "ab");
    assert_int_equal(toc_calendar_now(play->calendar), 100);
}

static void one_step_runs_one_event(void **state) {
    struct play *play = *state;
    assert_false(toc_calendar_step(play->calendar));
    (void)at(play, 5, TOC_PHYSICAL, 'a');
    (void)at(play, 5, TOC_PHYSICAL, 'b');
    assert_true(toc_calendar_step(play->calendar));
    assert_string_equal(play->told, "a");
    assert_int_equal(toc_calendar_now(play->calendar), 5);
    assert_int_equal(toc_calendar_pending(play->calendar), 1);
    assert_true(toc_calendar_step(play->calendar));
    assert_false(toc_calendar_step(play->calendar));
}

static void asking_what_comes_next_does_not_move_the_clock(void **state) {
    struct play *play = *state;
    toc_calendar_run(play->calendar, 10);
    (void)at(play, 1000000, TOC_PHYSICAL, 'b');
    assert_int_equal(toc_calendar_next(play->calendar), 1000000);
    assert_int_equal(toc_calendar_now(play->calendar), 10);
    (void)at(play, 10, TOC_PHYSICAL, 'a'); /* earlier than what was announced: still in order */
    assert_int_equal(toc_calendar_next(play->calendar), 10);
    toc_calendar_run(play->calendar, TOC_NEVER);
    assert_string_equal(play->told, "ab");
}

static void events_at_the_end_of_time_are_reached(void **state) {
    struct play *play = *state;
    (void)at(play, TOC_NEVER - 1, TOC_SCORING, 'b');
    (void)at(play, TOC_NEVER - 2, TOC_SCORING, 'a');
    toc_calendar_run(play->calendar, TOC_NEVER);
    assert_string_equal(play->told, "ab");
}

/* Argument: where to, in the low half; the letter to tell there. */
static void pass_on(void *object, uint64_t argument) {
    struct play *play = object;
    tell(object, argument >> 32);
    bool passes = toc_calendar_pass(play->calendar, (toc_time)(argument & 0xffff), TOC_SENSOR);
    tell(object, passes ? '+' : '-');
    assert_int_equal(toc_calendar_now(play->calendar), passes ? argument & 0xffff : 10);
}

static void who_would_come_next_anyway_may_pass_on_at_once(void **state) {
    static const struct {
        toc_time other;
        toc_priority priority;
        const char *told;
    } table[] = {{30, TOC_SENSOR, "a+x"},   /* comes later */
                 {20, TOC_SENSOR, "a-x"},   /* was there before */
                 {20, TOC_ATTACKER, "a+x"}, /* later in the instant */
                 {20, TOC_PHYSICAL, "a-x"}, /* earlier in the instant */
                 {10, TOC_SCORING, "a-x"}}; /* still in this instant */
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play play = {.calendar = toc_calendar_create()};
        (void)toc_calendar_schedule(play.calendar, 10, TOC_SENSOR, pass_on, &play,
                                    (uint64_t)'a' << 32 | 20);
        (void)at(&play, table[i].other, table[i].priority, 'x');
        toc_calendar_run(play.calendar, 100);
        assert_string_equal(play.told, table[i].told);
        toc_calendar_destroy(play.calendar);
    }
}

static void nobody_passes_beyond_the_end_of_the_run(void **state) {
    struct play *play = *state;
    uint64_t argument = (uint64_t)'a' << 32 | 20;
    (void)toc_calendar_schedule(play->calendar, 10, TOC_SENSOR, pass_on, play, argument);
    toc_calendar_run(play->calendar, 19);
    assert_string_equal(play->told, "a-");
    assert_false(toc_calendar_pass(play->calendar, 19, TOC_SENSOR)); /* no run is under way */
}

static void passing_leaves_the_same_digest_as_being_scheduled(void **state) {
    struct play *play = *state;
    (void)toc_calendar_schedule(play->calendar, 10, TOC_SENSOR, pass_on, play,
                                (uint64_t)'a' << 32 | 20);
    toc_calendar_run(play->calendar, 100);
    toc_calendar *other = toc_calendar_create();
    struct play scheduled = {.calendar = other};
    (void)at(&scheduled, 10, TOC_SENSOR, 'a');
    (void)at(&scheduled, 20, TOC_SENSOR, 'b');
    toc_calendar_run(other, 100);
    assert_true(toc_calendar_digest(other) == toc_calendar_digest(play->calendar));
    assert_int_equal(toc_calendar_executed(play->calendar), 2);
    toc_calendar_destroy(other);
}

#define CROWD 5000

struct crowd {
    uint8_t announced[CROWD]; /* 1: from afar, 2: close by, 4: it happened */
};

static void come_near(void *object, uint64_t argument, bool is_close) {
    struct crowd *crowd = object;
    assert_int_equal(crowd->announced[argument] & 4, 0);
    crowd->announced[argument] |= is_close ? 2 : 1;
}

static void happen(void *object, uint64_t argument) {
    ((struct crowd *)object)->announced[argument] |= 4;
}

/* A hint, so not every one; but nothing that has happened or was cancelled. */
static void in_a_crowd_events_are_announced_before_they_happen(void **state) {
    struct play *play = *state;
    struct crowd *crowd = test_calloc(1, sizeof *crowd);
    toc_calendar_announce(play->calendar, happen, come_near);
    uint32_t both = 0, cancelled = 0;
    for (uint64_t i = 0; i < CROWD; i++) {
        toc_event_id event = toc_calendar_schedule(play->calendar, (toc_time)(i * 7919 % 100003),
                                                   TOC_PHYSICAL, happen, crowd, i);
        if (i % 10 == 0) {
            (void)toc_calendar_cancel(play->calendar, event);
        }
    }
    toc_calendar_run(play->calendar, TOC_NEVER);
    for (uint64_t i = 0; i < CROWD; i++) {
        both += crowd->announced[i] == 7 ? 1 : 0;
        cancelled += crowd->announced[i] == 0 ? 1 : 0;
    }
    assert_true(both > CROWD * 8 / 10);
    assert_int_equal(cancelled, CROWD / 10);
    test_free(crowd);
}

static uint64_t digest_of(const toc_time *times, const toc_priority *priorities, size_t count) {
    toc_calendar *calendar = toc_calendar_create();
    struct play play = {.calendar = calendar};
    for (size_t i = 0; i < count; i++) {
        (void)toc_calendar_schedule(calendar, times[i], priorities[i], tell, &play, 'x');
    }
    toc_calendar_run(calendar, TOC_NEVER);
    uint64_t digest = toc_calendar_digest(calendar);
    toc_calendar_destroy(calendar);
    return digest;
}

static void the_digest_tells_when_and_at_what_priority_everything_happened(void **state) {
    (void)state;
    const toc_time times[] = {5, 9, 9}, shifted[] = {5, 9, 10}, turned[] = {9, 9, 5};
    const toc_priority all[] = {TOC_SENSOR, TOC_SENSOR, TOC_SENSOR};
    const toc_priority other[] = {TOC_SENSOR, TOC_SENSOR, TOC_SCORING};
    assert_true(digest_of(times, all, 3) == digest_of(turned, all, 3));
    assert_true(digest_of(times, all, 3) != digest_of(shifted, all, 3));
    assert_true(digest_of(times, all, 3) != digest_of(times, other, 3));
    assert_true(digest_of(times, all, 3) != digest_of(times, all, 2));
}

static void schedule_in_the_past(void) {
    toc_calendar *calendar = toc_calendar_create();
    toc_calendar_run(calendar, 10);
    (void)toc_calendar_schedule(calendar, 9, TOC_PHYSICAL, tell, NULL, 0);
}

static void scheduling_in_the_past_is_our_bug_and_stops_the_program(void **state) {
    (void)state;
    char message[256];
    assert_int_equal(support_ending_of(schedule_in_the_past, message, sizeof message), -6);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(events_come_in_order_of_time_whatever_the_order_of_scheduling),
        TEST(at_one_instant_physical_goes_first_and_scoring_last),
        TEST(among_equals_the_first_scheduled_is_the_first_served),
        TEST(what_is_scheduled_for_now_still_keeps_the_order_of_priorities),
        TEST(a_cancelled_event_does_not_happen_and_is_cancelled_once),
        TEST(the_name_of_a_past_event_never_names_a_later_one),
        TEST(an_event_may_cancel_another_of_the_same_instant),
        TEST(an_event_that_runs_is_no_longer_pending_and_cannot_cancel_itself),
        TEST(a_rescheduled_event_moves_and_loses_its_place_among_equals),
        TEST(a_run_goes_up_to_its_end_and_leaves_the_clock_there),
        TEST(a_halt_stops_the_run_at_its_event_and_the_next_run_goes_on),
        TEST(one_step_runs_one_event),
        TEST(asking_what_comes_next_does_not_move_the_clock),
        TEST(events_at_the_end_of_time_are_reached),
        cmocka_unit_test(who_would_come_next_anyway_may_pass_on_at_once),
        TEST(nobody_passes_beyond_the_end_of_the_run),
        TEST(passing_leaves_the_same_digest_as_being_scheduled),
        TEST(in_a_crowd_events_are_announced_before_they_happen),
        cmocka_unit_test(the_digest_tells_when_and_at_what_priority_everything_happened),
        cmocka_unit_test(scheduling_in_the_past_is_our_bug_and_stops_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
