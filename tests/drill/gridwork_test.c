/* What seats do to the grid: a relay gives them time, and they can beat it. */
#include "support/support.h"

#include "drill/rehearsal.h"

/* A plant of 100 MW, a town of 60 MW behind two lines, a village of 20 MW on the way of one. With
   the north line open the east line carries 60 of 50 MW: its relay acts after 37.5 s. */
static const char valley[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Valley\">\n"
    "  <operator id=\"gridco\"/><operator id=\"other\"/>\n"
    "  <asset id=\"plant\" kind=\"power-plant\" operator=\"gridco\">"
    "<generates output=\"80MW\" most=\"100MW\"/></asset>\n"
    "  <asset id=\"panel\" kind=\"rtu\" operator=\"gridco\"/>\n"
    "  <asset id=\"town\" kind=\"substation\" operator=\"gridco\" people=\"60000\">"
    "<provides service=\"power\" capacity=\"60\" unit=\"MW\"/>"
    "<needs service=\"control\" from=\"panel\"/></asset>\n"
    "  <asset id=\"village\" kind=\"substation\" operator=\"gridco\" people=\"20000\">"
    "<provides service=\"power\" capacity=\"20\" unit=\"MW\"/></asset>\n"
    "  <link id=\"north\" kind=\"line\" from=\"plant\" to=\"town\" reactance=\"0.1\" "
    "rating=\"70MW\"/>\n"
    "  <link id=\"south\" kind=\"line\" from=\"plant\" to=\"village\" reactance=\"0.1\" "
    "rating=\"90MW\"/>\n"
    "  <link id=\"east\" kind=\"line\" from=\"village\" to=\"town\" reactance=\"0.1\" "
    "rating=\"50MW\"/>\n"
    "</topology>\n";

#define VALLEY(power)                                                                              \
    "local t = require \"tocsin\"\n"                                                               \
    "local drill = t.drill { title = \"Dark\", length = t.hours(2)" power " }\n"                   \
    "drill:team \"gridco\" { \"dispatcher\", \"soc\" }\n"                                          \
    "drill:team \"other\" { \"dispatcher\" }\n"                                                    \
    "return drill\n"

static toc_status try_it(rehearsal *played, const char *seat, const char *verb, const char *target,
                         const char *parameters) {
    toc_input input = {.seat = seat, .verb = verb, .target = target, .parameters = parameters};
    toc_time at;
    return toc_drill_submit(played->drill, &input, played->problems, &at);
}

static void do_it(rehearsal *played, const char *verb, const char *target, const char *parameters) {
    assert_int_equal(try_it(played, "gridco.dispatcher", verb, target, parameters), TOC_OK);
}

static int64_t level(const rehearsal *played) {
    return toc_drill_service_at(played->drill, 0).level_ppm;
}

/* Just after the north line went at 00:01:00. */
static rehearsal *after_the_outage(const char *scenario) {
    rehearsal *played = rehearsal_open(scenario, valley, 1);
    rehearsal_play(played, 0);
    do_it(played, "switch_off", "north", "");
    rehearsal_play(played, TOC_MINUTE + TOC_SECOND);
    rehearsal_expect(played, "00:01:00 overload|east|");
    return played;
}

static void who_does_nothing_loses_the_town(void **state) {
    rehearsal *played = after_the_outage(VALLEY(""));
    (void)state;
    rehearsal_play(played, TOC_MINUTE + 37 * TOC_SECOND);
    assert_int_equal(level(played), 1000000);
    rehearsal_play(played, 2 * TOC_MINUTE);
    rehearsal_expect(played, "00:01:37 operation|east||off|");
    assert_int_equal(level(played), 250000);
    rehearsal_close(played);
}

static void load_shed_in_time_beats_the_relay(void **state) {
    rehearsal *played = after_the_outage(VALLEY(""));
    (void)state;
    do_it(played, "shed_load", "town", "share=0.2");
    rehearsal_play(played, TOC_HOUR);
    assert_int_equal(rehearsal_count(played, "operation|east||off"), 0);
    rehearsal_expect(played, "20 % of its load is shed");
    assert_int_equal(level(played), 850000); /* 68 of 80 MW */
    do_it(played, "reenergise", "north", "");
    rehearsal_play(played, TOC_HOUR + 30 * TOC_MINUTE);
    rehearsal_expect(played, "operation|north||on|");
    do_it(played, "restore_load", "town", "");
    rehearsal_play(played, 2 * TOC_HOUR - 1);
    assert_int_equal(level(played), 1000000);
    assert_int_equal(rehearsal_count(played, "operation|east||off"), 0);
    rehearsal_close(played);
}

static void load_shed_too_late_does_not_help(void **state) {
    rehearsal *played = after_the_outage(VALLEY(""));
    (void)state;
    rehearsal_play(played, TOC_MINUTE + 10 * TOC_SECOND);
    do_it(played, "shed_load", "town", "share=0.2");
    rehearsal_play(played, 2 * TOC_MINUTE);
    rehearsal_expect(played, "00:01:37 operation|east||off|");
    rehearsal_close(played);
}

static void a_unit_gives_what_it_is_told_and_not_more_than_it_can(void **state) {
    rehearsal *played = rehearsal_open(VALLEY(", power = \"S+T2\""), valley, 1);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "redispatch", "plant", "output=60MW");
    do_it(played, "redispatch", "plant", "output=120MW");
    do_it(played, "redispatch", "town", "output=1MW");
    do_it(played, "redispatch", "plant", "");
    rehearsal_play(played, 3 * TOC_MINUTE);
    assert_int_equal(level(played), 750000);
    rehearsal_expect(played, "it gives 100.000 MW at most");
    rehearsal_expect(played, "it generates no power");
    rehearsal_expect(played, "the output is not said");
    rehearsal_close(played);
}

static void what_cannot_be_shed_is_told(void **state) {
    rehearsal *played = rehearsal_open(VALLEY(""), valley, 1);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "shed_load", "panel", "");
    do_it(played, "shed_load", "plant", "");
    do_it(played, "restore_load", "town", "");
    do_it(played, "shed_load", "east", "");
    assert_int_equal(try_it(played, "other.dispatcher", "shed_load", "town", ""), TOC_OK);
    rehearsal_play(played, TOC_SECOND);
    rehearsal_expect(played, "it is no bus of a power grid");
    rehearsal_expect(played, "it carries no load");
    rehearsal_expect(played, "none of its load is shed");
    rehearsal_expect(played, "it is part of no power grid");
    rehearsal_expect(played, "it belongs to another operator");
    assert_int_equal(try_it(played, "gridco.dispatcher", "shed_load", "town", "share=2"),
                     TOC_BAD_INPUT);
    assert_string_equal(rehearsal_problem(played, 0),
                        "share: expected a number from 0 to 1, found '2'");
    assert_int_equal(try_it(played, "gridco.dispatcher", "redispatch", "plant", "output=9h"),
                     TOC_BAD_INPUT);
    assert_string_equal(rehearsal_problem(played, 1),
                        "output: expected a power like 120MW, found '9h'");
    assert_int_equal(try_it(played, "gridco.soc", "shed_load", "town", ""), TOC_BAD_INPUT);
    rehearsal_close(played);
}

static void without_remote_control_nothing_is_shed_from_afar(void **state) {
    rehearsal *played = rehearsal_open(VALLEY(""), valley, 1);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "switch_off", "panel", "");
    rehearsal_play(played, 2 * TOC_MINUTE);
    do_it(played, "shed_load", "town", "");
    rehearsal_play(played, 3 * TOC_MINUTE);
    rehearsal_expect(played, "there is no remote control");
    assert_int_equal(level(played), 1000000);
    rehearsal_close(played);
}

static void a_drill_plays_by_the_rule_that_it_names(void **state) {
    rehearsal *played = after_the_outage(VALLEY(", power = { rule = \"H+T1\" }"));
    (void)state;
    rehearsal_expect(played, "00:00:00 fact|||power|H+T1\n");
    rehearsal_expect(played, "00:01:00 operation|east||off|");
    assert_string_equal(toc_drill_facts_of(played->drill).power_rule, "H+T1");
    rehearsal_close(played);
}

static void a_grid_without_a_rule_says_the_usual_one(void **state) {
    rehearsal *played = rehearsal_open(VALLEY(""), valley, 1);
    (void)state;
    rehearsal_play(played, 0);
    rehearsal_expect(played, "00:00:00 fact|||power|H+T2\n");
    rehearsal_close(played);
    played = rehearsal_open(VALLEY(""), NULL, 1);
    if (played->drill != NULL) {
        assert_string_equal(toc_drill_facts_of(played->drill).power_rule, "");
    }
    rehearsal_close(played);
}

static void tells(const char *scenario, const char *topology, const char *wanted) {
    rehearsal *played = rehearsal_open(scenario, topology, 1);
    if (strstr(rehearsal_problem(played, 0), wanted) == NULL) {
        fail_msg("'%s' is not in '%s'", wanted, rehearsal_problem(played, 0));
    }
    assert_null(played->drill);
    rehearsal_close(played);
}

static void a_rule_that_is_none_is_told(void **state) {
    (void)state;
    tells(VALLEY(", power = \"H+T3\""), valley, "scenario.lua:2");
    tells(VALLEY(", power = \"H+T3\""), valley, "did you mean 'H+T");
    tells(VALLEY(", power = { rule = \"X\" }"), valley, "is no rule of power");
    tells(VALLEY(", power = { margn = 1 }"), valley, "margin");
    tells(VALLEY(", power = { margin = 0.5, floor = \"10h\" }"), valley, "expected a power");
    tells(VALLEY(", power = \"H+T2\""), NULL, "nothing in the topology generates power");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_does_nothing_loses_the_town),
        cmocka_unit_test(load_shed_in_time_beats_the_relay),
        cmocka_unit_test(load_shed_too_late_does_not_help),
        cmocka_unit_test(a_unit_gives_what_it_is_told_and_not_more_than_it_can),
        cmocka_unit_test(what_cannot_be_shed_is_told),
        cmocka_unit_test(without_remote_control_nothing_is_shed_from_afar),
        cmocka_unit_test(a_drill_plays_by_the_rule_that_it_names),
        cmocka_unit_test(a_grid_without_a_rule_says_the_usual_one),
        cmocka_unit_test(a_rule_that_is_none_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
