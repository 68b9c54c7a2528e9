#include "support/support.h"

#include "drill/seat_stage.h"
#include "tocsin/stream.h"

/* Each seat of the policy says something every ten minutes. */
#define TALK                                                                                       \
    "local p = require 'tocsin.policy'\nlocal t = require 'tocsin'\n"                              \
    "local function talk(seat) while true do seat:wait(t.minutes(10))\n"                           \
    "  seat:say('gridco.soc', 'still here') end end\n"                                             \
    "return p.policy { ['gridco.dispatcher'] = talk, ['gridco.compliance'] = talk }\n"

static toc_status count(void *object, const toc_input *input, toc_problems *problems) {
    uint32_t *counts = object;
    (void)problems;
    counts[strcmp(input->seat, "gridco.dispatcher") == 0 ? 0 : 1]++;
    return TOC_OK;
}

static void a_person_takes_a_seat_over_and_gives_it_back(void **state) {
    stage *staged = stage_open("", TALK, 1);
    toc_standins *standins = NULL;
    uint32_t counts[2] = {0}, dispatcher = stage_seat(staged, "gridco.dispatcher");
    (void)state;
    if (toc_standins_create(staged->drill, staged->package, "own", count, counts, staged->problems,
                            &standins) != TOC_OK ||
        toc_standins_play(standins, TOC_HOUR - TOC_MINUTE, staged->problems) != TOC_OK) {
        fail_msg("%s", stage_problem(staged));
    }
    assert_int_equal(counts[0], 5);
    assert_int_equal(counts[1], 5);
    toc_standins_leave(standins, dispatcher);
    assert_false(toc_standins_has(standins, dispatcher));
    assert_int_equal(toc_standins_play(standins, 2 * TOC_HOUR - TOC_MINUTE, staged->problems),
                     TOC_OK);
    assert_int_equal(counts[0], 5);
    assert_int_equal(counts[1], 11);
    assert_int_equal(toc_standins_enter(standins, dispatcher, staged->problems), TOC_OK);
    assert_int_equal(toc_standins_play(standins, 3 * TOC_HOUR, staged->problems), TOC_OK);
    assert_int_equal(counts[0], 11);
    assert_int_equal(counts[1], 18);
    toc_standins_destroy(standins);
    stage_close(staged);
}

static void what_a_seat_was_shown_can_be_read_in_order(void **state) {
    stage *staged = stage_open("", NULL, 1);
    uint32_t soc = 0, none = 77;
    (void)state;
    assert_true(toc_stream_find_seat(staged->drill, "gridco.soc", &soc));
    assert_false(toc_stream_find_seat(staged->drill, "gridco.sock", &none));
    assert_int_equal(toc_stream_count(staged->drill, soc), 0);
    stage_do(staged, "gridco.dispatcher", "notify_peer", "gridco.soc", "text=one\n");
    stage_do(staged, "gridco.dispatcher", "notify_peer", "gridco.soc", "text=two\n");
    stage_until(staged, TOC_HOUR);
    assert_int_equal(toc_stream_count(staged->drill, soc), 2);
    toc_stream_entry second = toc_stream_at(staged->drill, soc, 1);
    assert_string_equal(second.kind, "message");
    assert_string_equal(second.subject, "M-2");
    assert_string_equal(second.actor, "gridco.dispatcher");
    assert_string_equal(second.text, "two");
    assert_int_equal(second.number, 2);
    assert_int_equal(second.due, TOC_NEVER);
    stage_close(staged);
}

static void verbs_say_what_they_take_and_who_may(void **state) {
    stage *staged = stage_open("", NULL, 1);
    uint32_t dispatcher = stage_seat(staged, "gridco.dispatcher");
    uint32_t water = stage_seat(staged, "authority.duty_officer");
    uint32_t allowed[2] = {0};
    toc_stream_verb verb;
    bool found = false;
    (void)state;
    for (uint32_t i = 0; toc_stream_verb_at(i, &verb); i++) {
        assert_true(verb.help[0] != '\0');
        allowed[0] += toc_stream_may(staged->drill, dispatcher, i);
        allowed[1] += toc_stream_may(staged->drill, water, i);
        if (strcmp(verb.name, "notify_peer") == 0) {
            found = true;
            assert_string_equal(verb.target, "seat");
            assert_non_null(strstr(verb.keys, "text"));
        }
    }
    assert_true(found);
    assert_true(allowed[0] > 10);
    assert_int_not_equal(allowed[0], allowed[1]);
    stage_close(staged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_takes_a_seat_over_and_gives_it_back),
        cmocka_unit_test(what_a_seat_was_shown_can_be_read_in_order),
        cmocka_unit_test(verbs_say_what_they_take_and_who_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
