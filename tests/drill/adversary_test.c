#include "support/support.h"

#include "rehearsal.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_technique_takes_its_time_and_then_its_effect),
        cmocka_unit_test(every_effect_leaves_its_cause),
        cmocka_unit_test(the_better_the_adversary_the_sooner_it_is_done),
        cmocka_unit_test(an_isolated_foothold_keeps_the_adversary_from_everything),
        cmocka_unit_test(a_plan_can_wait_for_what_the_teams_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
