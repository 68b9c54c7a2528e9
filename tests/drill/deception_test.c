/* What an attacker hides from the seats, keeps from their hands, or makes up. */
#include "support/support.h"

#include "drill/observation.h"
#include "drill/rehearsal.h"
#include "drill/seat.h"
#include "tocsin/standin.h"

static const char waterworks[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Waterworks\">\n"
    "  <operator id=\"gridco\"/>\n"
    "  <asset id=\"depot\" kind=\"depot\" operator=\"gridco\" x=\"0\" y=\"0\"/>\n"
    "  <asset id=\"rtu-1\" kind=\"rtu\" operator=\"gridco\" x=\"1\" y=\"0\"/>\n"
    "  <asset id=\"ss-1\" kind=\"substation\" operator=\"gridco\" x=\"2\" y=\"0\">"
    "<needs service=\"control\" from=\"rtu-1\"/></asset>\n"
    "  <asset id=\"well\" kind=\"reservoir\" operator=\"gridco\" x=\"1\" y=\"0\">"
    "<supplies service=\"water\" rate=\"10\" unit=\"L/s\"/></asset>\n"
    "  <asset id=\"hill\" kind=\"tank\" operator=\"gridco\" x=\"2\" y=\"0\">"
    "<tank service=\"water\" volume=\"240\" unit=\"m3\" height=\"5m\" begins=\"2m\"/></asset>\n"
    "  <link id=\"line\" kind=\"line\" from=\"ss-1\" to=\"depot\"/>\n"
    "  <link id=\"main\" kind=\"pipe\" from=\"well\" to=\"hill\" carries=\"water\"/>\n"
    "  <crew id=\"crew\" operator=\"gridco\" skills=\"switching repair it\" base=\"depot\" "
    "size=\"1\"/>\n"
    "</topology>\n";

#define RED(lines)                                                                                 \
    REHEARSAL("local red = drill:adversary { name = \"MOTH\" }\n"                                  \
              "red:plan(function(a)\n" lines "\nend)\n")

static rehearsal *play(const char *scenario, toc_time until) {
    rehearsal *played = rehearsal_open(scenario, waterworks, 1);
    rehearsal_play(played, until);
    return played;
}

static void do_it(rehearsal *played, const char *verb, const char *target, const char *parameters) {
    toc_input input = {
        .seat = "gridco.dispatcher", .verb = verb, .target = target, .parameters = parameters};
    toc_time at;
    assert_int_equal(toc_drill_submit(played->drill, &input, played->problems, &at), TOC_OK);
}

static void a_denied_view_is_told_and_nothing_is_observed_without_it(void **state) {
    rehearsal *played =
        play(RED("a:technique \"T0815\" { on = \"rtu-1\", effect = \"deny-view\", takes = "
                 "t.minutes(2) }\n"
                 "a:wait(t.minutes(20))\n"
                 "a:technique \"T0815\" { on = \"rtu-1\", effect = \"allow-view\", takes = 0 }\n"
                 "a:technique \"T0815\" { on = \"rtu-1\", effect = \"allow-view\", takes = 0 }"),
             3 * TOC_MINUTE);
    (void)state;
    rehearsal_expect(played, "00:02:00 cause|rtu-1|MOTH|view-denied|");
    rehearsal_expect(played, "00:02:00 sight|ss-1|MOTH|view|lost\n");
    do_it(played, "observe", "ss-1", "");
    do_it(played, "observe", "line", "");
    do_it(played, "acknowledge_alarm", "ss-1", "");
    do_it(played, "switch_off", "ss-1", "");
    rehearsal_play(played, 10 * TOC_MINUTE);
    rehearsal_expect(played, "observe|refused: it sends no telemetry since D+0 00:02:00\n");
    rehearsal_expect(played, "action|ss-1|gridco.dispatcher|acknowledge_alarm|done");
    rehearsal_expect(played, "operation|ss-1||off|");
    assert_int_equal(rehearsal_count(played, "belief|ss-1|gridco|off"), 0);
    rehearsal_play(played, 30 * TOC_MINUTE);
    rehearsal_expect(played, "00:22:00 sight|ss-1|MOTH|view|there\n");
    rehearsal_expect(played, "00:22:00 belief|ss-1|gridco|off|telemetry\n");
    rehearsal_expect(played, "allow-view changes nothing, it is not view-denied\n");
    rehearsal_close(played);
}

static void a_view_is_denied_where_polls_come_from_as_well(void **state) {
    static const char polled[] =
        "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Polled\">\n"
        "  <operator id=\"gridco\"/>\n"
        "  <asset id=\"scada\" kind=\"control-server\" operator=\"gridco\"/>\n"
        "  <asset id=\"rtu\" kind=\"rtu\" operator=\"gridco\"/>\n"
        "  <asset id=\"ss-1\" kind=\"substation\" operator=\"gridco\">"
        "<needs service=\"control\" from=\"polling\"/></asset>\n"
        "  <traffic id=\"polling\" from=\"scada\" to=\"rtu\" service=\"iec-104\"/>\n"
        "</topology>\n";
    rehearsal *played = rehearsal_open(
        RED("a:technique \"T0815\" { on = \"scada\", effect = \"deny-view\", takes = 0 }\n"
            "a:wait(t.minutes(5))\n"
            "a:technique \"T0815\" { on = \"scada\", effect = \"allow-view\", takes = 0 }"),
        polled, 1);
    (void)state;
    rehearsal_play(played, TOC_HOUR - 1);
    rehearsal_expect(played, "00:00:00 sight|ss-1|MOTH|view|lost\n");
    rehearsal_expect(played, "00:05:00 sight|ss-1|MOTH|view|there\n");
    rehearsal_close(played);
}

static void denied_control_is_noticed_when_a_command_is_given(void **state) {
    rehearsal *played =
        play(RED("a:technique \"T0813\" { on = \"rtu-1\", effect = \"deny-control\", takes = 0 }"),
             TOC_MINUTE);
    (void)state;
    do_it(played, "switch_off", "ss-1", "");
    do_it(played, "switch_off", "line", "");
    do_it(played, "observe", "ss-1", "");
    rehearsal_play(played, 5 * TOC_MINUTE);
    rehearsal_expect(played, "action|ss-1|gridco.dispatcher|switch_off|refused: it does not answer "
                             "to commands\n");
    rehearsal_expect(played, "action|ss-1|gridco.dispatcher|observe|done: on\n");
    rehearsal_expect(played, "operation|line||off|"); /* from its other end */
    assert_int_equal(toc_observation_count(played->drill, 0) > 0, 1);
    for (uint32_t i = 0; i < toc_observation_count(played->drill, 0); i++) {
        assert_int_not_equal(toc_observation_at(played->drill, 0, i)->kind, TOC_OBSERVED_CONTROL);
    }
    do_it(played, "assign_crew", "rtu-1", "job=auto");
    rehearsal_play(played, TOC_HOUR - 1);
    rehearsal_expect(played, "crew found it control-denied: reboot");
    rehearsal_expect(played, "sight|ss-1||commands|there\n");
    rehearsal_close(played);
}

static void a_false_state_stands_until_somebody_is_sent_to_verify_it(void **state) {
    rehearsal *played = play(RED("a:technique \"T0832\" { on = \"ss-1\", effect = \"falsify\", "
                                 "shows = \"on\", takes = 0 }\n"
                                 "a:technique \"T0855\" { on = \"ss-1\", effect = "
                                 "\"open-breaker\", takes = t.minutes(1) }"),
                             5 * TOC_MINUTE);
    (void)state;
    do_it(played, "observe", "ss-1", "");
    rehearsal_play(played, 7 * TOC_MINUTE);
    rehearsal_expect(played, "operation|ss-1||off|");
    rehearsal_expect(played, "action|ss-1|gridco.dispatcher|observe|done: on\n");
    assert_int_equal(rehearsal_count(played, "belief|ss-1|gridco|off"), 0);
    do_it(played, "verify_reading", "ss-1", "");
    rehearsal_play(played, 40 * TOC_MINUTE);
    rehearsal_expect(played, "belief|ss-1|gridco|off|crew\n");
    rehearsal_expect(played, "crew leaves it opened and falsified");
    rehearsal_close(played);
}

static void a_state_can_be_made_up_and_ends_with_the_truth(void **state) {
    rehearsal *played =
        play(RED("a:technique \"T0856\" { on = \"ss-1\", effect = \"falsify\", shows = \"failed\", "
                 "takes = 0 }\n"
                 "a:wait(t.minutes(10))\n"
                 "a:technique \"T0856\" { on = \"ss-1\", effect = \"show-truth\", takes = 0 }"),
             TOC_HOUR - 1);
    (void)state;
    rehearsal_expect(played, "00:00:00 sight|ss-1|MOTH|shown|failed\n");
    rehearsal_expect(played, "00:00:00 belief|ss-1|gridco|failed|telemetry\n");
    rehearsal_expect(played, "00:10:00 sight|ss-1|MOTH|shown|on\n");
    rehearsal_expect(played, "00:10:00 belief|ss-1|gridco|on|telemetry\n");
    assert_int_equal(rehearsal_count(played, " operation|ss-1"), 0);
    rehearsal_close(played);
}

static void kinds_of_injects_take_view_and_control_and_give_them_back(void **state) {
    rehearsal *played =
        play(REHEARSAL(
                 "drill:inject { at = 0, kind = \"attack.view-loss\", on = \"rtu-1\", lasts = "
                 "t.minutes(5) }\n"
                 "drill:inject { at = 0, kind = \"attack.control-loss\", on = \"rtu-1\" }\n"
                 "drill:inject { at = 0, kind = \"attack.view-falsified\", on = \"depot\", shows = "
                 "\"off\" }\n"
                 "drill:at(t.minutes(20), function(d) print(drill:asset(\"ss-1\").has_view, "
                 "drill:asset(\"ss-1\").has_control, d:clear(\"rtu-1\", \"deny-control\")) end)\n"),
             TOC_HOUR - 1);
    (void)state;
    rehearsal_expect(played, "00:00:00 cause|rtu-1|I-01|view-denied|");
    rehearsal_expect(played, "00:00:00 cause|rtu-1|I-02|control-denied|");
    rehearsal_expect(played, "belief|depot|gridco|off|telemetry");
    rehearsal_expect(played, "00:05:00 sight|ss-1|I-01|view|there\n");
    rehearsal_expect(played, "log||scenario||true\tfalse\ttrue\n");
    rehearsal_close(played);
}

static void what_an_effect_cannot_do_is_told_at_its_line(void **state) {
    static const char *const wrong[][2] = {
        {"drill:inject { at = 0, effect = \"deny-view\", on = \"line\" }",
         "'deny-view' is for assets; a link is seen and operated from those at its ends"},
        {"drill:inject { at = 0, effect = \"flood\", on = \"rtu-1\", shows = \"on\" }",
         "shows: only the effect \"falsify\" shows something"},
        {"drill:inject { at = 0, effect = \"falsify\", on = \"rtu-1\", shows = \"onn\" }",
         "did you mean 'on'?"},
        {"drill:inject { at = 0, effect = \"falsify\", on = \"rtu-1\", level = 2 }",
         "level: 'rtu-1' has no tank whose level is told"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char scenario[512];
        (void)snprintf(scenario, sizeof scenario, REHEARSAL_HEAD "%s" REHEARSAL_TAIL, wrong[i][0]);
        rehearsal *played = rehearsal_open(scenario, waterworks, 1);
        assert_null(played->drill);
        if (strstr(rehearsal_problem(played, 0), wrong[i][1]) == NULL) {
            fail_msg("%s", rehearsal_problem(played, 0));
        }
        assert_non_null(strstr(rehearsal_problem(played, 0), "scenario.lua:4:"));
        rehearsal_close(played);
    }
}

static void by_hand_a_crew_switches_off_on_the_spot(void **state) {
    rehearsal *played = play(REHEARSAL(""), 0);
    (void)state;
    do_it(played, "manual_mode", "", "");
    rehearsal_play(played, 6 * TOC_MINUTE);
    do_it(played, "switch_off", "ss-1", "");
    rehearsal_play(played, TOC_HOUR - 1);
    rehearsal_expect(played,
                     "action|ss-1|gridco.dispatcher|switch_off|under-way: crew is on its way");
    rehearsal_expect(played, "cause|ss-1||switched-off|");
    rehearsal_expect(played, "belief|ss-1|gridco|off|");
    rehearsal_expect(played, "action|ss-1|gridco.dispatcher|switch_off|done");
    rehearsal_close(played);
}

/* -- Twin worlds --------------------------------------------------------------------------------
 */

#define LIE                                                                                        \
    "a:technique \"T0832\" { on = \"ss-1\", effect = \"falsify\", shows = \"on\", takes = 0 }\n"   \
    "a:technique \"T0813\" { on = \"hill\", effect = \"deny-control\", takes = 0 }\n"

static rehearsal *play_blind(const char *scenario) {
    static const char *const acts[][3] = {
        {"observe", "ss-1", ""}, {"reenergise", "ss-1", ""}, {"assign_crew", "ss-1", "job=switch"},
        {"observe", "line", ""}, {"switch_off", "ss-1", ""}, {"reenergise", "ss-1", ""}};
    rehearsal *played = play(scenario, 5 * TOC_MINUTE);
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        do_it(played, acts[i][0], acts[i][1], acts[i][2]);
        rehearsal_play(played, (toc_time)(10 + 5 * i) * TOC_MINUTE);
    }
    return played;
}

static void who_sees_a_false_state_cannot_tell_what_is_behind_it(void **state) {
    rehearsal *quiet = play_blind(RED(LIE));
    rehearsal *dark = play_blind(RED(
        LIE "a:technique \"T0879\" { on = \"ss-1\", effect = \"damage\", takes = t.minutes(1) }"));
    uint32_t count = toc_observation_count(quiet->drill, 0);
    (void)state;
    rehearsal_expect(dark, "operation|ss-1||failed|");
    assert_true(count > 8);
    assert_int_equal(count, toc_observation_count(dark->drill, 0));
    for (uint32_t i = 0; i < count; i++) {
        const toc_observation *a = toc_observation_at(quiet->drill, 0, i);
        const toc_observation *b = toc_observation_at(dark->drill, 0, i);
        assert_string_equal(a->subject, b->subject);
        assert_string_equal(a->verb, b->verb);
        assert_string_equal(a->text, b->text);
        assert_int_equal(a->at, b->at);
    }
    rehearsal_close(quiet);
    rehearsal_close(dark);
}

/* -- Tanks as seats see them --------------------------------------------------------------------
 */

static const char looks[] =
    "local p, t = require \"tocsin.policy\", require \"tocsin\"\n"
    "return p.policy { dispatcher = function(seat)\n"
    "  local function say(what)\n"
    "    local tank = seat:asset \"hill\"\n"
    "    seat:say(\"gridco.soc\", string.format(\"%s %.2f %+.2f %d %s\", what, tank.level,\n"
    "      tank.trend, (seat:now() - tank.level_at) // t.minutes(1),\n"
    "      tank.measured and string.format(\"%.1f\", tank.measured) or \"-\"))\n"
    "  end\n"
    "  say \"start\"\n"
    "  seat:wait(t.minutes(20)) say \"frozen\"\n"
    "  seat:act(\"verify_reading\", \"hill\")\n"
    "  seat:wait(t.minutes(20)) say \"verified\"\n"
    "  seat:wait(t.minutes(10)) say \"blind\"\n"
    "end }\n";

static void a_seat_sees_level_trend_and_age_of_a_tank_and_what_was_measured(void **state) {
    static const char scenario[] = REHEARSAL(
        "drill:inject { at = t.minutes(10), effect = \"falsify\", on = \"hill\", level = 1.5 }\n"
        "drill:inject { at = t.minutes(45), effect = \"deny-view\", on = \"hill\" }\n");
    toc_package_file files[] = {{"scenario.lua", scenario, strlen(scenario)},
                                {"topology.xml", waterworks, strlen(waterworks)},
                                {"policies/own.lua", looks, strlen(looks)}};
    rehearsal *played = calloc(1, sizeof *played);
    toc_drill_options options = {.seed = 1, .trace = rehearsal_note, .trace_object = played};
    toc_standins *standins = NULL;
    (void)state;
    played->problems = toc_problems_create();
    assert_int_equal(toc_package_from_files("water", files, 3, played->problems, &played->package),
                     TOC_OK);
    (void)toc_drill_open(played->package, &options, played->problems, &played->drill);
    rehearsal_check(played);
    (void)toc_standins_create(played->drill, played->package, "policies/own.lua", NULL, NULL,
                              played->problems, &standins);
    (void)toc_standins_play(standins, TOC_HOUR - 1, played->problems);
    toc_standins_destroy(standins);
    rehearsal_check(played);
    rehearsal_expect(played, "|start 2.00 +0.75 0 -\n");
    rehearsal_expect(played, "|frozen 1.50 +0.00 0 -\n");
    rehearsal_expect(played, "crew leaves it falsified; the gauge reads 2.");
    rehearsal_expect(played, "|verified 1.50 +0.00 0 2.4\n");
    rehearsal_expect(played, "|blind 1.50 +0.00 5 2.4\n");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_denied_view_is_told_and_nothing_is_observed_without_it),
        cmocka_unit_test(a_view_is_denied_where_polls_come_from_as_well),
        cmocka_unit_test(denied_control_is_noticed_when_a_command_is_given),
        cmocka_unit_test(a_false_state_stands_until_somebody_is_sent_to_verify_it),
        cmocka_unit_test(a_state_can_be_made_up_and_ends_with_the_truth),
        cmocka_unit_test(kinds_of_injects_take_view_and_control_and_give_them_back),
        cmocka_unit_test(what_an_effect_cannot_do_is_told_at_its_line),
        cmocka_unit_test(by_hand_a_crew_switches_off_on_the_spot),
        cmocka_unit_test(who_sees_a_false_state_cannot_tell_what_is_behind_it),
        cmocka_unit_test(a_seat_sees_level_trend_and_age_of_a_tank_and_what_was_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
