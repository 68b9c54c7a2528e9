/* Teams ask experts who play no seat, and are answered. */
#include "small_hall.h"

#define CONSULT(id)                                                                                \
    "{\"m\":\"act\",\"id\":\"" id "\",\"verb\":\"consult\",\"target\":\"adviser.eve\","            \
    "\"parameters\":{\"text\":\"May we\\nclose it?\"}}"
#define ADVISE(id, seat)                                                                           \
    "{\"m\":\"act\",\"id\":\"" id "\",\"verb\":\"advise\",\"target\":\"" seat "\","                \
    "\"parameters\":{\"text\":\"Not before the relay is read out.\"}}"

static char eve[TOC_TOKEN_TEXT];

static small_hall *hall_with_eve(void) {
    small_hall *hall = hall_begin("");
    toc_record_person person = {.seat = "adviser.eve", .name = "Eve", .note = "relays"};
    hall_must(hall, toc_record_add_person(hall->record, &person, hall->problems));
    hall_must(hall, toc_record_commit(hall->record, hall->problems));
    hall_issue(hall, "adviser.eve", "player", hall_moment() / TOC_SECOND + 100, eve);
    hall_open_doors(hall, hall->package);
    return hall;
}

static void a_seat_asks_and_is_answered_and_nobody_else_hears_it(void **state) {
    small_hall *hall = hall_with_eve();
    (void)state;
    toc_peer dispatcher = hall_join(hall, hall->dispatcher, 0),
             water = hall_join(hall, hall->water, 0);
    toc_peer adviser = hall_join(hall, eve, 0), watcher = hall_join(hall, hall->evaluator, 0);
    hall_pass(hall, 2);
    assert_true(hall_hears(hall, dispatcher, "{\"m\":\"welcome\""));
    hall_say(hall, dispatcher, CONSULT("c-1"));
    hall_pass(hall, 1);
    assert_true(hall_hears(hall, dispatcher, "{\"m\":\"taken\",\"id\":\"c-1\""));
    const char *asked = hall_hear(hall, adviser, "{\"m\":\"event\"");
    assert_non_null(asked);
    assert_non_null(strstr(asked, "\"kind\":\"chat\""));
    assert_non_null(strstr(asked, "\"actor\":\"gridco.dispatcher\",\"verb\":\"consulted\""));
    assert_non_null(strstr(asked, "May we\\nclose it?"));
    hall_say(hall, adviser, ADVISE("a-1", "gridco.dispatcher"));
    hall_pass(hall, 1);
    assert_true(hall_hears(hall, adviser, "{\"m\":\"taken\",\"id\":\"a-1\""));
    const char *event = NULL, *answered = NULL;
    while ((event = hall_hear(hall, dispatcher, "{\"m\":\"event\"")) != NULL) {
        answered = strstr(event, "\"verb\":\"advised\"") != NULL ? event : answered;
    }
    assert_non_null(answered);
    uint32_t seen = 0;
    while ((event = hall_hear(hall, watcher, "{\"m\":\"event\"")) != NULL) {
        seen += strstr(event, "\"kind\":\"chat\"") != NULL;
    }
    assert_int_equal(seen, 2);
    while ((event = hall_hear(hall, water, "{\"m\":\"event\"")) != NULL) {
        assert_null(strstr(event, "\"kind\":\"chat\""));
    }
    assert_int_equal(toc_record_input_count(hall->record), 0); /* nothing of it is an input */
    hall_close(hall);
}

static void an_adviser_sees_nothing_of_the_drill_and_does_nothing_in_it(void **state) {
    small_hall *hall = hall_with_eve();
    (void)state;
    toc_peer adviser = hall_join(hall, eve, 0);
    hall_pass(hall, 5);
    const char *catalogue = hall_hear(hall, adviser, "{\"m\":\"catalogue\"");
    assert_non_null(catalogue);
    assert_null(strstr(catalogue, "\"assets\""));
    assert_non_null(strstr(catalogue, "\"id\":\"advise\""));
    assert_null(strstr(catalogue, "\"id\":\"isolate\""));
    assert_null(hall_hear(hall, adviser, "{\"m\":\"truth\""));
    hall_say(hall, adviser,
             "{\"m\":\"act\",\"id\":\"x\",\"verb\":\"isolate\",\"target\":\"ss-1\"}");
    hall_say(hall, adviser, CONSULT("y"));
    hall_say(hall, adviser, ADVISE("z", "gridco.nobody"));
    hall_pass(hall, 1);
    assert_true(
        hall_hears(hall, adviser, "{\"m\":\"not-taken\",\"id\":\"x\",\"reason\":\"not-yours\""));
    assert_true(
        hall_hears(hall, adviser, "{\"m\":\"not-taken\",\"id\":\"y\",\"reason\":\"not-yours\""));
    assert_true(hall_hears(hall, adviser, "{\"m\":\"not-taken\",\"id\":\"z\""));
    hall_close(hall);
}

static void teams_are_told_whom_they_can_ask_and_about_what(void **state) {
    small_hall *hall = hall_with_eve();
    (void)state;
    toc_peer dispatcher = hall_join(hall, hall->dispatcher, 0);
    hall_pass(hall, 1);
    const char *catalogue = hall_hear(hall, dispatcher, "{\"m\":\"catalogue\"");
    assert_non_null(catalogue);
    assert_non_null(strstr(catalogue, "\"id\":\"adviser.eve\",\"name\":\"Eve; relays\""));
    hall_say(hall, dispatcher, ADVISE("no", "gridco.soc"));
    hall_pass(hall, 1);
    assert_true(hall_hears(hall, dispatcher, "{\"m\":\"not-taken\",\"id\":\"no\""));
    hall_close(hall);
}

static void what_was_said_is_there_again_after_a_cut_and_after_a_rewind(void **state) {
    small_hall *hall = hall_with_eve();
    (void)state;
    toc_peer dispatcher = hall_join(hall, hall->dispatcher, 0);
    hall_pass(hall, 10);
    hall_say(hall, dispatcher, CONSULT("c-1"));
    hall_pass(hall, 20);
    toc_peer control = hall_join(hall, hall->control, 0);
    hall_say(hall, control,
             "{\"m\":\"command\",\"id\":\"w\",\"command\":\"rewind\",\"at\":15000000}");
    hall_pass(hall, 2);
    hall_cut(hall);
    hall_resume(hall);
    toc_peer adviser = hall_join(hall, eve, 0);
    hall_pass(hall, 2);
    const char *event = NULL;
    bool is_there = false;
    while ((event = hall_hear(hall, adviser, "{\"m\":\"event\"")) != NULL) {
        is_there = is_there || strstr(event, "May we") != NULL;
    }
    assert_true(is_there);
    hall_close(hall);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seat_asks_and_is_answered_and_nobody_else_hears_it),
        cmocka_unit_test(an_adviser_sees_nothing_of_the_drill_and_does_nothing_in_it),
        cmocka_unit_test(teams_are_told_whom_they_can_ask_and_about_what),
        cmocka_unit_test(what_was_said_is_there_again_after_a_cut_and_after_a_rewind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
