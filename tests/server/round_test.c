#include "server/small_hall.h"

/* The small drill in another form, with a policy whose dispatcher calls after ten minutes. */
#define FORM(form)                                                                                 \
    "local t = require 'tocsin'\n"                                                                 \
    "local drill = t.drill { title = 'Harbour', topology = 'topology.xml', length = "              \
    "t.hours(20),\n"                                                                               \
    "  kind = { form = '" form "', span = 'in-house', content = 'thematic' },\n"                   \
    "  starts = '2026-10-05 19:00 UTC' }\n"                                                        \
    "drill:team 'gridco' { 'dispatcher', 'soc' }\n"                                                \
    "drill:team 'waterco' { 'dispatcher' }\n"

#define MOVES                                                                                      \
    FORM("tabletop")                                                                               \
    "drill:phase 'one' { 'Move 1', at = 0, situation = 'Talk.' }\n"                                \
    "drill:inject { id = 'I-1', at = t.minutes(5), hidden = true, text = 'Nobody sees.' }\n"       \
    "drill:inject { id = 'I-2', at = t.hours(3), to = 'gridco.soc', channel = 'phone',\n"          \
    "  from = 'a caller', text = 'It is dark.' }\n"                                                \
    "drill:phase 'two' { 'Move 2', at = t.hours(9), situation = 'Talk again.' }\n"

static void says(small_hall *hall, toc_peer peer, const char *kind, const char *id,
                 const char *verb) {
    char text[160];
    (void)snprintf(text, sizeof text, "{\"m\":\"%s\",\"id\":\"%s\",\"%s\":\"%s\"}", kind, id,
                   strcmp(kind, "act") == 0 ? "verb" : "command", verb);
    hall_say(hall, peer, text);
    hall_pass(hall, 1);
}

static void a_tabletop_stands_still_while_people_talk(void **state) {
    small_hall *hall = hall_open(MOVES);
    (void)state;
    toc_peer soc = hall_join(hall, hall->soc, 0);
    hall_pass(hall, 3600);
    assert_int_equal(toc_drill_now(hall->drill), 0);
    const char *clock = hall_hear(hall, soc, "{\"m\":\"clock\"");
    assert_non_null(strstr(clock, "\"pace\":\"talk\""));
    assert_non_null(strstr(clock, "\"people\":1"));
    hall_close(hall);
}

static void when_all_are_ready_it_jumps_to_what_there_is_to_talk_about(void **state) {
    small_hall *hall = hall_open(MOVES);
    (void)state;
    toc_peer soc = hall_join(hall, hall->soc, 0), chief = hall_join(hall, hall->dispatcher, 0);
    hall_pass(hall, 1);
    says(hall, soc, "act", "r-1", "ready");
    assert_true(hall_hears(hall, soc, "{\"m\":\"taken\",\"id\":\"r-1\""));
    assert_int_equal(toc_drill_now(hall->drill), 0); /* the other one still talks */
    says(hall, chief, "act", "r-1", "ready");
    assert_int_equal(toc_stream_count(hall->drill, 0), 1); /* the first move, at time 0 */
    assert_true(toc_drill_now(hall->drill) < TOC_SECOND);
    says(hall, soc, "act", "r-2", "ready");
    assert_true(toc_drill_now(hall->drill) < TOC_SECOND); /* who was ready has to say so again */
    says(hall, chief, "act", "r-2", "ready");
    assert_int_equal(toc_drill_now(hall->drill), 3 * TOC_HOUR); /* past what nobody is told */
    toc_loopback_hang_up(hall->loopback, soc);
    hall_pass(hall, 1);
    says(hall, chief, "act", "r-3", "ready");
    assert_int_equal(toc_drill_now(hall->drill), 9 * TOC_HOUR);
    says(hall, chief, "act", "r-4", "ready"); /* nothing is left */
    assert_true(toc_drill_has_ended(hall->drill));
    hall_close(hall);
}

static void control_moves_a_tabletop_on_and_nothing_else_does(void **state) {
    small_hall *hall = hall_open(MOVES);
    (void)state;
    toc_peer control = hall_join(hall, hall->control, 0);
    hall_pass(hall, 1);
    says(hall, control, "command", "c-1", "speed");
    assert_true(
        hall_hears(hall, control, "{\"m\":\"not-taken\",\"id\":\"c-1\",\"reason\":\"not-now\""));
    says(hall, control, "command", "c-2", "next");
    says(hall, control, "command", "c-3", "next");
    assert_int_equal(toc_drill_now(hall->drill), 3 * TOC_HOUR);
    says(hall, control, "command", "c-4", "pause");
    says(hall, control, "command", "c-5", "next");
    assert_true(
        hall_hears(hall, control, "{\"m\":\"not-taken\",\"id\":\"c-5\",\"reason\":\"not-now\""));
    assert_int_equal(toc_drill_now(hall->drill), 3 * TOC_HOUR);
    hall_close(hall);
}

static void what_is_done_at_the_table_begins_at_once_and_ends_in_its_time(void **state) {
    small_hall *hall = hall_open(MOVES);
    (void)state;
    toc_peer chief = hall_join(hall, hall->dispatcher, 0);
    uint32_t seat = 0, soc = 0;
    assert_true(toc_stream_find_seat(hall->drill, "gridco.dispatcher", &seat));
    assert_true(toc_stream_find_seat(hall->drill, "gridco.soc", &soc));
    says(hall, chief, "act", "r-1", "ready");
    hall_say(hall, chief,
             "{\"m\":\"act\",\"id\":\"a-1\",\"verb\":\"notify_peer\",\"target\":\"gridco.soc\","
             "\"parameters\":{\"text\":\"Look at it.\"}}");
    hall_pass(hall, 1);
    toc_stream_entry begun =
        toc_stream_at(hall->drill, seat, toc_stream_count(hall->drill, seat) - 1);
    assert_string_equal(begun.kind, "ticket");
    assert_true(toc_drill_now(hall->drill) < TOC_SECOND);
    says(hall, chief, "act", "r-2", "ready");
    assert_int_equal(toc_drill_now(hall->drill),
                     9 * TOC_HOUR); /* what others are told is no halt */
    assert_string_equal(toc_stream_at(hall->drill, soc, 1).text, "Look at it.");
    assert_true(toc_stream_at(hall->drill, soc, 1).at < TOC_HOUR);
    hall_close(hall);
}

static void after_a_cut_a_tabletop_stands_where_it_stood(void **state) {
    small_hall *hall = hall_open(MOVES);
    (void)state;
    toc_peer control = hall_join(hall, hall->control, 0);
    hall_pass(hall, 1);
    says(hall, control, "command", "c-1", "next");
    says(hall, control, "command", "c-2", "next");
    hall_cut(hall);
    hall_resume(hall);
    hall_pass(hall, 100);
    assert_int_equal(toc_drill_now(hall->drill), 3 * TOC_HOUR);
    hall_close(hall);
}

static void nobody_leaves_the_script_of_a_demonstration(void **state) {
    small_hall *hall = hall_begin(FORM("demonstration"));
    (void)state;
    hall->standins[0] = hall->standins[1] = hall->standins[2] = true;
    hall_open_doors(hall, hall->package);
    toc_peer chief = hall_join(hall, hall->dispatcher, 0);
    toc_peer control = hall_join(hall, hall->control, 0);
    hall_pass(hall, 1);
    assert_null(strstr(hall_hear(hall, chief, "{\"m\":\"catalogue\""), "notify_peer"));
    hall_say(hall, chief,
             "{\"m\":\"act\",\"id\":\"a-1\",\"verb\":\"notify_peer\",\"target\":\"gridco.soc\","
             "\"parameters\":{\"text\":\"Look at it.\"}}");
    hall_say(hall, control,
             "{\"m\":\"command\",\"id\":\"c-1\",\"command\":\"override\",\"target\":\"ss-1\","
             "\"parameters\":{\"effect\":\"damage\"}}");
    hall_pass(hall, 1);
    assert_true(
        hall_hears(hall, chief, "{\"m\":\"not-taken\",\"id\":\"a-1\",\"reason\":\"not-now\""));
    assert_true(
        hall_hears(hall, control, "{\"m\":\"not-taken\",\"id\":\"c-1\",\"reason\":\"not-now\""));
    hall_pass(hall, 660); /* the stand-in plays on where a person watches */
    assert_true(toc_record_input_count(hall->record) >= 3);
    hall_close(hall);
}

static void a_demonstration_shows_everybody_both_sides(void **state) {
    small_hall *shown = hall_open(FORM("demonstration")), *played = hall_open("");
    (void)state;
    toc_peer watches = hall_join(shown, shown->dispatcher, 0);
    toc_peer plays = hall_join(played, played->dispatcher, 0);
    hall_pass(shown, 10);
    hall_pass(played, 10);
    assert_true(hall_hears(shown, watches, "{\"m\":\"truth\""));
    assert_false(hall_hears(played, plays, "{\"m\":\"truth\""));
    hall_close(shown);
    hall_close(played);
}

static void only_a_tabletop_waits_for_people(void **state) {
    small_hall *hall = hall_open("");
    (void)state;
    toc_peer soc = hall_join(hall, hall->soc, 0);
    hall_pass(hall, 1);
    says(hall, soc, "act", "r-1", "ready");
    assert_true(
        hall_hears(hall, soc, "{\"m\":\"not-taken\",\"id\":\"r-1\",\"reason\":\"not-now\""));
    assert_true(toc_drill_now(hall->drill) > 0);
    hall_close(hall);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tabletop_stands_still_while_people_talk),
        cmocka_unit_test(when_all_are_ready_it_jumps_to_what_there_is_to_talk_about),
        cmocka_unit_test(control_moves_a_tabletop_on_and_nothing_else_does),
        cmocka_unit_test(what_is_done_at_the_table_begins_at_once_and_ends_in_its_time),
        cmocka_unit_test(after_a_cut_a_tabletop_stands_where_it_stood),
        cmocka_unit_test(nobody_leaves_the_script_of_a_demonstration),
        cmocka_unit_test(a_demonstration_shows_everybody_both_sides),
        cmocka_unit_test(only_a_tabletop_waits_for_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
