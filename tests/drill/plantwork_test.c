#include "support/support.h"

#include "drill/rehearsal.h"

/* Two plants, each by a town of its own, joined by two lines; beside them a pipe with a valve, a
   railway line, a neighbour's line. */
static const char valley[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Valley\">\n"
    "  <operator id=\"gridco\"/><operator id=\"other\"/>\n"
    "  <zone id=\"south\" operator=\"gridco\" level=\"0\"/>\n"
    "  <asset id=\"depot\" kind=\"depot\" operator=\"gridco\" x=\"0\" y=\"0\"/>\n"
    "  <asset id=\"upper\" kind=\"power-plant\" operator=\"gridco\">"
    "<generates output=\"40MW\" most=\"100MW\"/></asset>\n"
    "  <asset id=\"lower\" kind=\"power-plant\" operator=\"gridco\" zone=\"south\">"
    "<generates output=\"20MW\" most=\"25MW\"/></asset>\n"
    "  <asset id=\"town\" kind=\"substation\" operator=\"gridco\" people=\"4000\">"
    "<provides service=\"power\" capacity=\"40\" unit=\"MW\"/></asset>\n"
    "  <asset id=\"village\" kind=\"substation\" operator=\"gridco\" zone=\"south\" "
    "people=\"2000\"><provides service=\"power\" capacity=\"20\" unit=\"MW\"/></asset>\n"
    "  <asset id=\"gate\" kind=\"valve\" operator=\"gridco\"/>\n"
    "  <asset id=\"stop\" kind=\"railway-station\" operator=\"gridco\"/>\n"
    "  <asset id=\"far\" kind=\"substation\" operator=\"other\"/>\n"
    "  <link id=\"l-up\" from=\"upper\" to=\"town\" kind=\"line\" reactance=\"0.1\"/>\n"
    "  <link id=\"l-low\" from=\"lower\" to=\"village\" kind=\"line\" reactance=\"0.1\"/>\n"
    "  <link id=\"tie-1\" from=\"town\" to=\"village\" kind=\"line\" reactance=\"0.1\"/>\n"
    "  <link id=\"tie-2\" from=\"village\" to=\"town\" kind=\"line\" reactance=\"0.1\"/>\n"
    "  <crew id=\"line-crew\" operator=\"gridco\" skills=\"switching repair it\" base=\"depot\" "
    "size=\"2\"/>\n"
    "</topology>\n";

static const char script[] =
    "local t = require \"tocsin\"\n"
    "local drill = t.drill { title = \"Dark\", length = t.hours(9) }\n"
    "drill:team \"gridco\" { \"dispatcher\", \"soc\" }\n"
    "drill:team \"other\" { \"dispatcher\" }\n"
    "drill:at(t.hours(2), function(d) d:fail(\"l-up\", \"open-breaker\") end)\n"
    "return drill\n";

static toc_status try_it(rehearsal *played, const char *verb, const char *target,
                         const char *parameters) {
    toc_input input = {
        .seat = "gridco.dispatcher", .verb = verb, .target = target, .parameters = parameters};
    toc_time at;
    return toc_drill_submit(played->drill, &input, played->problems, &at);
}

static void do_it(rehearsal *played, const char *verb, const char *target, const char *parameters) {
    assert_int_equal(try_it(played, verb, target, parameters), TOC_OK);
}

static int64_t level(const rehearsal *played) {
    return toc_drill_service_at(played->drill, 0).level_ppm;
}

static void an_island_lives_from_its_own_plants_when_the_rest_goes_dark(void **state) {
    (void)state;
    for (int islanded = 0; islanded < 2; islanded++) {
        rehearsal *played = rehearsal_open(script, valley, 1);
        rehearsal_play(played, TOC_HOUR);
        assert_int_equal(level(played), 1000000);
        if (islanded) {
            do_it(played, "island", "south", "");
        }
        rehearsal_play(played, 3 * TOC_HOUR);
        if (islanded) {
            rehearsal_expect(played, "01:02:00 cause|tie-1|gridco.dispatcher|switched-off|\n");
            rehearsal_expect(played, "|island|done: 2 lines are open\n");
            assert_int_equal(level(played), 333333); /* the village has all of its 20 MW */
        } else {
            assert_true(level(played) < 1000000);
            assert_int_equal(rehearsal_count(played, "cause|tie-1"), 0);
        }
        rehearsal_close(played);
    }
}

static void an_area_is_joined_again_when_both_sides_are_live(void **state) {
    rehearsal *played = rehearsal_open(script, valley, 1);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "island", "village lower", "");
    rehearsal_play(played, TOC_HOUR);
    do_it(played, "switch_off", "village", "");
    rehearsal_play(played, TOC_HOUR + 5 * TOC_MINUTE);
    do_it(played, "resynchronise", "village lower", "");
    rehearsal_play(played, TOC_HOUR + 6 * TOC_MINUTE);
    rehearsal_expect(played, "|resynchronise|refused: one side of tie-1 is dead, there is nothing "
                             "to synchronise with: bring that back first\n");
    do_it(played, "reenergise", "village", "");
    rehearsal_play(played, TOC_HOUR + 30 * TOC_MINUTE);
    do_it(played, "resynchronise", "village lower", "");
    rehearsal_play(played, 2 * TOC_HOUR - 1);
    rehearsal_expect(played, "|resynchronise|done: 2 lines are closed\n");
    rehearsal_expect(played, "operation|tie-2||on|\n");
    assert_int_equal(level(played), 1000000);
    rehearsal_close(played);
}

static void a_verb_is_for_what_it_names_and_says_what_to_do_instead(void **state) {
    rehearsal *played = rehearsal_open(script, valley, 1);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "trip", "gate", "");
    do_it(played, "close_valve", "town", "");
    do_it(played, "stop_trains", "town", "");
    do_it(played, "reroute", "l-up", "");
    do_it(played, "reroute", "tie-1", "");
    do_it(played, "trip", "far", "");
    do_it(played, "island", "far", "");
    do_it(played, "open_valve", "gate", "");
    assert_int_equal(try_it(played, "island", "vilage lower", ""), TOC_BAD_INPUT);
    assert_string_equal(rehearsal_problem(played, 0),
                        "'vilage' is no zone and no asset; did you mean 'village'?; an area is a "
                        "zone, or assets with blanks between them");
    (void)toc_drill_advance(played->drill, 10 * TOC_MINUTE, played->problems);
    rehearsal_expect(played, "|trip|refused: it has no breaker: switch_off takes other things out");
    rehearsal_expect(played, "|close_valve|refused: it is no valve and no pipe");
    rehearsal_expect(played, "|stop_trains|refused: no trains run there");
    rehearsal_expect(played,
                     "action|l-up|gridco.dispatcher|reroute|refused: there is no other way");
    rehearsal_expect(played, "00:05:00 cause|tie-1|gridco.dispatcher|switched-off|\n");
    rehearsal_expect(played, "action|far|gridco.dispatcher|trip|refused: it belongs to another");
    rehearsal_expect(played, "|island|refused: no line of ours leads from it");
    rehearsal_expect(played, "|open_valve|refused: it is so already\n");
    assert_int_equal(level(played), 1000000);
    rehearsal_close(played);
}

static void what_is_shut_or_stopped_is_opened_again(void **state) {
    rehearsal *played = rehearsal_open(script, valley, 1);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "close_valve", "gate", "");
    do_it(played, "stop_trains", "stop", "");
    do_it(played, "trip", "tie-1", "");
    rehearsal_play(played, 10 * TOC_MINUTE);
    rehearsal_expect(played, "00:00:05 cause|tie-1|gridco.dispatcher|tripped|\n");
    rehearsal_expect(played, "00:02:00 operation|gate||off|\n");
    rehearsal_expect(played, "00:01:00 operation|stop||off|\n");
    do_it(played, "open_valve", "gate", "");
    do_it(played, "release_trains", "stop", "");
    rehearsal_play(played, 20 * TOC_MINUTE);
    rehearsal_expect(played, "00:12:00 operation|gate||on|\n");
    rehearsal_expect(played, "00:15:00 operation|stop||on|\n");
    rehearsal_close(played);
}

static void work_of_recovery_has_verbs_of_its_own(void **state) {
    rehearsal *played = rehearsal_open(script, valley, 1);
    (void)state;
    rehearsal_play(played, 2 * TOC_HOUR + TOC_MINUTE);
    do_it(played, "inspect_site", "l-up", "");
    rehearsal_play(played, 3 * TOC_HOUR);
    rehearsal_expect(played, "|inspect_site|done: line-crew leaves it opened\n");
    assert_true(level(played) < 1000000); /* it only looked */
    do_it(played, "repair", "depot", "");
    do_it(played, "reimage", "lower", "crew=line-crew");
    do_it(played, "reimage", "l-up", "");
    do_it(played, "replace", "l-up", "");
    rehearsal_play(played, 8 * TOC_HOUR);
    rehearsal_expect(played, "|repair|refused: there is nothing of that kind to do\n");
    rehearsal_expect(played, "|reimage|done: line-crew leaves it in order");
    rehearsal_expect(played, "|reimage|refused: a link runs no programs");
    rehearsal_expect(played, "|replace|refused: nobody has the skill\n");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_island_lives_from_its_own_plants_when_the_rest_goes_dark),
        cmocka_unit_test(an_area_is_joined_again_when_both_sides_are_live),
        cmocka_unit_test(a_verb_is_for_what_it_names_and_says_what_to_do_instead),
        cmocka_unit_test(what_is_shut_or_stopped_is_opened_again),
        cmocka_unit_test(work_of_recovery_has_verbs_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
