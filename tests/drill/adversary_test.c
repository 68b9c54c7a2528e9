#include "support/support.h"

#include "rehearsal.h"

#include <math.h>

static void a_technique_takes_its_time_and_then_its_effect(void **state) {
    (void)state;
    rehearsal *played =
        rehearsal_open(REHEARSAL("local red = drill:adversary { name = \"MOTH\", at = \"hmi-1\" }\n"
                                 "red:plan(function(a)\n"
                                 "  print(a:technique \"T0855\" { on = drill:asset \"ss-1\", "
                                 "effect = \"open-breaker\",\n"
                                 "    takes = t.minutes(3) })\n"
                                 "  print(a:technique \"T0855\" { on = \"ss-1\", effect = "
                                 "\"open-breaker\", takes = 0 })\n"
                                 "end)\n"),
                       NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played,
                     "00:00:00 technique|ss-1|MOTH|T0855|started: Unauthorized Command Message\n");
    rehearsal_expect(played, "00:03:00 technique|ss-1|MOTH|T0855|done: open-breaker\n"
                             "00:03:00 cause|ss-1|MOTH|opened|\n");
    rehearsal_expect(played,
                     "00:03:00 technique|ss-1|MOTH|T0855|done: open-breaker changes nothing, "
                     "it is opened already\n");
    assert_int_equal(rehearsal_count(played, "log||scenario||true"), 2);
    assert_int_equal(rehearsal_count(played, " cause|"), 1);
    rehearsal_close(played);
}

static void every_effect_leaves_its_cause(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"open-breaker", "opened"}, {"switch-off", "switched-off"},
        {"damage", "damaged"},      {"destroy-firmware", "destroyed"},
        {"wipe", "wiped"},          {"flood", "flooded"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char lines[512], cause[64];
        (void)snprintf(lines, sizeof lines,
                       REHEARSAL_HEAD
                       "local red = drill:adversary { name = \"MOTH\" }\n"
                       "red:plan(function(a) a:technique \"T0859\" { on = \"ss-2\", effect "
                       "= \"%s\" } end)\n" REHEARSAL_TAIL,
                       pairs[i][0]);
        (void)snprintf(cause, sizeof cause, "cause|ss-2|MOTH|%s|", pairs[i][1]);
        rehearsal *played = rehearsal_open(lines, NULL, 1);
        rehearsal_play(played, TOC_NEVER);
        rehearsal_expect(played, cause);
        rehearsal_close(played);
    }
}

static toc_time time_of(const char *skill, uint64_t seed) {
    char lines[512];
    (void)snprintf(lines, sizeof lines,
                   "local t = require \"tocsin\"\n"
                   "local drill = t.drill { title = \"x\", length = t.days(9) }\n"
                   "local red = drill:adversary { name = \"MOTH\", skill = \"%s\" }\n"
                   "red:plan(function(a) a:technique \"T0859\" { on = \"ss-2\" } end)\n"
                   "return drill\n",
                   skill);
    rehearsal *played = rehearsal_open(lines, NULL, seed);
    toc_time at = 0;
    while (strstr(played->trace, "|done") == NULL) {
        at = toc_drill_next(played->drill);
        rehearsal_play(played, at);
    }
    rehearsal_close(played);
    return at;
}

static void the_better_the_adversary_the_sooner_it_is_done(void **state) {
    (void)state;
    static const char *const skills[] = {"novice", "beginner", "intermediate", "expert"};
    assert_int_equal(time_of("expert", 4), time_of("expert", 4));
    assert_int_not_equal(time_of("expert", 4), time_of("expert", 5));
    for (uint64_t seed = 1; seed <= 20; seed++) {
        for (size_t i = 0; i < 3; i++) {
            assert_true(time_of(skills[i], seed) > time_of(skills[i + 1], seed));
        }
    }
}

static void an_isolated_foothold_keeps_the_adversary_from_everything(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("local red = drill:adversary { name = \"MOTH\", at = \"hmi-1\" }\n"
                  "red:plan(function(a) for k = 1, 4 do\n"
                  "  print(a:technique \"T0855\" { on = \"ss-\" .. k, effect = \"open-breaker\",\n"
                  "    takes = t.minutes(10) }) end end)\n"),
        NULL, 1);
    rehearsal_check(played);
    toc_input input = {.at = 15 * TOC_MINUTE,
                       .seat = "gridco.soc",
                       .verb = "isolate",
                       .target = "hmi-1",
                       .parameters = ""};
    assert_int_equal(toc_drill_replay(played->drill, &input, played->problems), TOC_OK);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "technique|ss-1|MOTH|T0855|done: open-breaker");
    rehearsal_expect(played, "00:30:00 technique|ss-3|MOTH|T0855|failed: hmi-1 is isolated");
    assert_int_equal(rehearsal_count(played, "log||scenario||false"), 3);
    rehearsal_close(played);
}

static void a_plan_can_wait_for_what_the_teams_do(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("local red = drill:adversary { name = \"MOTH\" }\n"
                  "red:plan(function(a) a:wait_until(t.declared \"incident\")\n"
                  "  a:mark \"noticed\" print(a:mark \"noticed\") end)\n"
                  "red:plan(function(a) a:wait_until(t.marked \"noticed\") print(a.name) end)\n"),
        NULL, 1);
    rehearsal_check(played);
    toc_input input = {.at = 7 * TOC_MINUTE,
                       .seat = "gridco.soc",
                       .verb = "declare_incident",
                       .target = "",
                       .parameters = ""};
    assert_int_equal(toc_drill_replay(played->drill, &input, played->problems), TOC_OK);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:07:00 mark|noticed|MOTH||\n");
    rehearsal_expect(played, "00:07:00 log||scenario||false\n");
    rehearsal_expect(played, "00:07:00 log||scenario||MOTH\n");
    assert_int_equal(rehearsal_count(played, " mark|"), 1);
    rehearsal_close(played);
}

static const char weak_topology[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Two Hosts\">\n"
    "  <operator id=\"gridco\" name=\"Grid Company\"/>\n"
    "  <asset id=\"jump-1\" kind=\"jump-host\" operator=\"gridco\"/>\n"
    "  <asset id=\"scada-1\" kind=\"control-server\" operator=\"gridco\">\n"
    "    <weakness id=\"old-rdp\" technique=\"T0866\" ease=\"1\" gives=\"user\"/>\n"
    "    <weakness id=\"sudo\" technique=\"T0890\" ease=\"1\" from=\"user\"/>\n"
    "  </asset>\n"
    "</topology>\n";

#define WEAK(lines)                                                                                \
    "local t = require \"tocsin\"\n"                                                               \
    "local drill = t.drill { title = \"Weak\", length = t.hours(1) }\n"                            \
    "drill:team \"gridco\" { \"soc\" }\n"                                                          \
    "local red = drill:adversary { name = \"MOTH\", at = \"jump-1\" }\n" lines "\nreturn drill\n"

static void an_adversary_goes_through_weaknesses_and_no_seat_is_told(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        WEAK("red:plan(function(a)\n"
             "  print(a:exploit { on = \"scada-1\", weakness = \"sudo\", takes = 1 })\n"
             "  print(a:exploit { on = \"scada-1\", takes = t.minutes(4), success = 0 })\n"
             "  print(a:exploit { on = \"scada-1\", takes = t.minutes(5) }, "
             "a:access \"scada-1\")\n"
             "  a:exploit { on = \"scada-1\", weakness = \"sudo\", takes = t.minutes(1) }\n"
             "  print(a:access \"scada-1\")\n"
             "end)\n"),
        weak_topology, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "log||scenario||false\taccess\n");
    rehearsal_expect(played, "log||scenario||false\tluck\n");
    rehearsal_expect(played, "intrusion|scada-1|MOTH|access|user\n");
    rehearsal_expect(played, "intrusion|scada-1|MOTH|access|admin\n");
    rehearsal_expect(played, "log||scenario||admin\n");
    rehearsal_expect(played, "technique|scada-1|MOTH|T0890|done: through sudo\n");
    assert_int_equal(rehearsal_count(played, " delivered|"), 0);
    rehearsal_close(played);
}

static void a_weakness_that_is_not_there_is_told_with_the_one_that_is(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        WEAK("red:plan(function(a) a:exploit { on = \"scada-1\", weakness = \"old-rpd\" } end)"),
        weak_topology, 1);
    rehearsal_check(played);
    assert_int_equal(toc_drill_advance(played->drill, TOC_NEVER, played->problems), TOC_BAD_INPUT);
    assert_non_null(strstr(rehearsal_problem(played, 0),
                           "'scada-1' has no weakness 'old-rpd'; did you mean 'old-rdp'?"));
    rehearsal_close(played);
}

/* -- Times to compromise, by 99 % intervals ------------------------------------------------------
 */

static const char chains[] =
    "local t = require \"tocsin\"\n"
    "local drill = t.drill { title = \"Chains\", length = t.days(30) }\n"
    "local red = drill:adversary { name = \"MOTH\" }\n"
    "local function step(a, name, hours)\n"
    "  a:technique \"T0859\" { on = \"ss-1\", takes = t.exponential(name, t.hours(hours)) }\n"
    "end\n"
    "red:plan(function(a) step(a, \"one\", 1) step(a, \"two\", 2) step(a, \"three\", 4)\n"
    "  a:mark \"chain\" end)\n"
    "red:plan(function(a) step(a, \"first\", 2) step(a, \"second\", 2) step(a, \"third\", 2)\n"
    "  a:mark \"erlang\" end)\n"
    "for k = 1, 3 do red:plan(function(a) step(a, \"way-\" .. k, 2) a:mark(\"way-\" .. k)\n"
    "  a:mark \"any\" end) end\n"
    "red:plan(function(a)\n"
    "  for k = 1, 3 do a:wait_until(t.marked(\"way-\" .. k)) end a:mark \"all\" end)\n"
    "red:plan(function(a) a:wait(t.exponential(\"found-out\", t.hours(10))) a:mark \"seen\" end)\n"
    "return drill\n";

/* Hours of drill time at which the milestone was reached. */
static double hours_until(const rehearsal *played, const char *mark) {
    char text[64];
    int hours = 0, minutes = 0, seconds = 0;
    (void)snprintf(text, sizeof text, " mark|%s|", mark);
    const char *at = strstr(played->trace, text);
    assert_non_null(at);
    while (at > played->trace && at[-1] != '\n') {
        at--;
    }
    assert_int_equal(sscanf(at, "%d:%d:%d", &hours, &minutes, &seconds), 3);
    return hours + minutes / 60.0 + (seconds + 0.5) / 3600.0;
}

enum { RUNS = 2000, FIGURES = 7 };

static void expect_means(const double sums[FIGURES], const double squares[FIGURES],
                         const double expected[FIGURES]) {
    for (int i = 0; i < FIGURES; i++) {
        double mean = sums[i] / RUNS;
        double half = 2.5758 * sqrt((squares[i] / RUNS - mean * mean) / (RUNS - 1));
        printf("mean %.5f +- %.5f, expected %.5f\n", mean, half, expected[i]);
        assert_true(half > 0 && fabs(mean - expected[i]) < half);
    }
}

/* A chain of steps with rates 1, .5 and .25 an hour, alone and against being found out with .1 an
   hour; three alike in a row; three at once, of which all or any must be done. */
static void chains_and_choices_of_steps_take_as_long_as_theory_says(void **state) {
    (void)state;
    static const double expected[FIGURES] = {7,        0.675625, 0.541126, 6,
                                             0.761897, 3.666667, 0.666667};
    double sums[FIGURES] = {0}, squares[FIGURES] = {0};
    uint64_t seed = support_seed("chains");
    for (uint64_t run = 0; run < RUNS; run++) {
        rehearsal *played = rehearsal_open(chains, NULL, seed + run);
        rehearsal_play(played, TOC_NEVER);
        double chain = hours_until(played, "chain"), erlang = hours_until(played, "erlang");
        const double found[FIGURES] = {chain,
                                       chain <= 8,
                                       chain < hours_until(played, "seen"),
                                       erlang,
                                       erlang <= 8,
                                       hours_until(played, "all"),
                                       hours_until(played, "any")};
        for (int i = 0; i < FIGURES; i++) {
            sums[i] += found[i];
            squares[i] += found[i] * found[i];
        }
        rehearsal_close(played);
    }
    expect_means(sums, squares, expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_technique_takes_its_time_and_then_its_effect),
        cmocka_unit_test(every_effect_leaves_its_cause),
        cmocka_unit_test(the_better_the_adversary_the_sooner_it_is_done),
        cmocka_unit_test(an_isolated_foothold_keeps_the_adversary_from_everything),
        cmocka_unit_test(a_plan_can_wait_for_what_the_teams_do),
        cmocka_unit_test(an_adversary_goes_through_weaknesses_and_no_seat_is_told),
        cmocka_unit_test(a_weakness_that_is_not_there_is_told_with_the_one_that_is),
        cmocka_unit_test(chains_and_choices_of_steps_take_as_long_as_theory_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
