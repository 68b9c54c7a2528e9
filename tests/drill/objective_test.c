#include "support/support.h"

#include "rehearsal.h"

/* What a seat does at a time. */
static void act(rehearsal *played, toc_time at, const char *seat, const char *verb,
                const char *target) {
    toc_input input = {.at = at, .seat = seat, .verb = verb, .target = target, .parameters = ""};
    assert_int_equal(toc_drill_replay(played->drill, &input, played->problems), TOC_OK);
}

static toc_drill_objective read(const rehearsal *played, uint32_t index) {
    return toc_drill_objective_at(played->drill, index);
}

static const char declared[] =
    REHEARSAL("drill:objective \"O1\" { \"Recognised\", within = t.minutes(10), after = \"dark\",\n"
              "  met = t.declared \"incident\" }\n"
              "drill:at(t.minutes(5), function(d) d:mark \"dark\" end)\n");

static void an_objective_is_met_by_what_a_seat_declares_in_time(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(declared, NULL, 1);
    rehearsal_check(played);
    act(played, 12 * TOC_MINUTE, "gridco.soc", "declare_incident", "");
    rehearsal_play(played, 4 * TOC_MINUTE);
    assert_int_equal(read(played, 0).started_at, TOC_NEVER);
    rehearsal_play(played, TOC_NEVER);
    assert_true(read(played, 0).met);
    assert_int_equal(read(played, 0).started_at, 5 * TOC_MINUTE);
    assert_int_equal(read(played, 0).due, 15 * TOC_MINUTE);
    assert_int_equal(read(played, 0).met_at, 12 * TOC_MINUTE);
    assert_string_equal(read(played, 0).by, "declare_incident by gridco.soc");
    rehearsal_expect(played, "00:05:00 objective|O1||started|");
    rehearsal_expect(played, "00:12:00 objective|O1||met|declare_incident by gridco.soc");
    assert_int_equal(rehearsal_count(played, "|missed|"), 0);
    rehearsal_close(played);
}

static void the_last_instant_is_still_in_time_and_the_next_is_late(void **state) {
    (void)state;
    for (int late = 0; late <= 1; late++) {
        rehearsal *played = rehearsal_open(declared, NULL, 1);
        rehearsal_check(played);
        act(played, 15 * TOC_MINUTE + late, "gridco.soc", "declare_incident", "");
        rehearsal_play(played, TOC_NEVER);
        assert_int_equal(read(played, 0).met, late == 0);
        assert_int_equal(read(played, 0).met_at, 15 * TOC_MINUTE + late);
        assert_int_equal(rehearsal_count(played, "objective|O1||missed|"), late);
        assert_int_equal(rehearsal_count(played, "objective|O1||late|"), late);
        rehearsal_close(played);
    }
}

static void an_objective_nobody_meets_is_missed_when_its_time_is_over(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(declared, NULL, 1);
    rehearsal_play(played, 15 * TOC_MINUTE);
    assert_int_equal(rehearsal_count(played, "|missed|"), 0);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:15:00 objective|O1||missed|");
    assert_false(read(played, 0).met);
    rehearsal_close(played);
}

static void what_never_starts_is_neither_met_nor_missed(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:objective \"O1\" { \"x\", after = \"never\", met = t.declared \"incident\" }\n"
            "drill:objective \"O2\" { \"judged by evaluators\" }\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(read(played, 0).started_at, TOC_NEVER);
    assert_int_equal(rehearsal_count(played, "objective|O1|"), 0);
    rehearsal_expect(played, "00:00:00 objective|O2||started|");
    rehearsal_expect(played, "01:00:00 objective|O2||missed|the drill ended");
    rehearsal_close(played);
}

static void only_the_team_of_an_objective_can_meet_it(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:team \"aqua\" { \"dispatcher\" }\n"
            "drill:objective \"O1\" { \"x\", team = \"aqua\", met = t.declared \"incident\" }\n"
            "drill:objective \"O2\" { \"x\", met = t.acted { verb = \"note\", seat = "
            "\"gridco.soc\" } }\n"),
        NULL, 1);
    rehearsal_check(played);
    act(played, TOC_MINUTE, "gridco.soc", "declare_incident", "");
    act(played, 2 * TOC_MINUTE, "gridco.dispatcher", "note", "");
    rehearsal_play(played, 3 * TOC_MINUTE);
    assert_false(read(played, 0).met || read(played, 1).met);
    act(played, 4 * TOC_MINUTE, "aqua.dispatcher", "declare_incident", "");
    act(played, 5 * TOC_MINUTE, "gridco.soc", "note", "");
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(read(played, 0).met_at, 4 * TOC_MINUTE);
    assert_int_equal(read(played, 1).met_at, 5 * TOC_MINUTE);
    assert_string_equal(read(played, 1).by, "note by gridco.soc");
    rehearsal_close(played);
}

static void an_action_before_the_objective_started_does_not_count(void **state) {
    (void)state;
    rehearsal *played =
        rehearsal_open(REHEARSAL("drill:objective \"O1\" { \"x\", after = \"dark\", met = t.acted "
                                 "{ verb = \"note\" } }\n"
                                 "drill:at(t.minutes(5), function(d) d:mark \"dark\" end)\n"),
                       NULL, 1);
    rehearsal_check(played);
    act(played, TOC_MINUTE, "gridco.soc", "note", "");
    act(played, 9 * TOC_MINUTE, "gridco.soc", "note", "");
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(read(played, 0).met_at, 9 * TOC_MINUTE);
    rehearsal_close(played);
}

static void a_service_that_never_fell_is_not_restored(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:objective \"O1\" { \"x\", met = t.restored(\"power\", { at_least = 0.9 }) }\n"
            "drill:objective \"O2\" { \"x\", met = t.service(\"power\", { operator = \"gridco\", "
            "at_least = 0.9 }) }\n"
            "drill:objective \"O3\" { \"x\", met = function(w) return "
            "w:service(\"power\").level < 0.6 end }\n"
            "drill:at(t.minutes(5), function(d) d:fail(\"ss-1\", \"damage\") d:wait(t.minutes(1))\n"
            "  d:fail(\"ss-2\", \"damage\") d:wait(t.minutes(2))\n"
            "  d:clear(\"ss-1\", \"damage\") d:clear(\"ss-2\", \"damage\") end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(read(played, 0).met_at, 8 * TOC_MINUTE);
    assert_string_equal(read(played, 0).by, "power at 100.0 %");
    assert_int_equal(read(played, 1).met_at, 0);
    assert_string_equal(read(played, 1).by, "power of gridco at 100.0 %");
    assert_int_equal(read(played, 2).met_at, 6 * TOC_MINUTE);
    assert_string_equal(read(played, 2).by, "the condition at scenario.lua:6");
    rehearsal_close(played);
}

static void criteria_can_be_joined(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("local said = t.declared \"incident\"\n"
                  "drill:objective \"O1\" { \"x\", met = t.all { said, t.marked \"dark\" } }\n"
                  "drill:objective \"O2\" { \"x\", met = t.any { said, t.marked \"dark\" } }\n"
                  "drill:at(t.minutes(5), function(d) d:mark \"dark\" end)\n"),
        NULL, 1);
    rehearsal_check(played);
    act(played, 7 * TOC_MINUTE, "gridco.soc", "declare_incident", "");
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(read(played, 0).met_at, 7 * TOC_MINUTE);
    assert_int_equal(read(played, 1).met_at, 5 * TOC_MINUTE);
    assert_string_equal(read(played, 1).by, "dark");
    rehearsal_close(played);
}

static void a_declaration_taken_back_does_not_hold(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:team \"aqua\" { \"incident_lead\" }\n"
            "drill:objective \"O1\" { \"x\", after = \"dark\", team = \"aqua\", met = t.declared "
            "\"incident\" }\n"
            "drill:at(t.minutes(30), function(d) d:mark \"dark\" end)\n"),
        NULL, 1);
    rehearsal_check(played);
    act(played, TOC_MINUTE, "aqua.incident_lead", "declare_incident", "");
    act(played, 9 * TOC_MINUTE, "aqua.incident_lead", "stand_down", "");
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(read(played, 0).met_at, TOC_NEVER);
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_objective_is_met_by_what_a_seat_declares_in_time),
        cmocka_unit_test(the_last_instant_is_still_in_time_and_the_next_is_late),
        cmocka_unit_test(an_objective_nobody_meets_is_missed_when_its_time_is_over),
        cmocka_unit_test(what_never_starts_is_neither_met_nor_missed),
        cmocka_unit_test(only_the_team_of_an_objective_can_meet_it),
        cmocka_unit_test(an_action_before_the_objective_started_does_not_count),
        cmocka_unit_test(a_service_that_never_fell_is_not_restored),
        cmocka_unit_test(criteria_can_be_joined),
        cmocka_unit_test(a_declaration_taken_back_does_not_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
