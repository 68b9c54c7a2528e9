/* What sensors and hunts tell an operator's people in a drill. */
#include "support/support.h"

#include "drill/observation.h"
#include "drill/seat.h"
#include "drill/state.h"
#include "model/alert.h"
#include "rehearsal.h"
#include "seat_stage.h"
#include "tocsin/standin.h"

static const char watched[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Watched\">\n"
    "  <operator id=\"gridco\"/><operator id=\"waterco\"/>\n"
    "  <zone id=\"control\" operator=\"gridco\" level=\"2\"/>\n"
    "  <zone id=\"plant\" operator=\"waterco\" level=\"2\"/>\n"
    "  <asset id=\"vpn-1\" kind=\"vpn-server\" zone=\"control\"/>\n"
    "  <asset id=\"hmi-1\" kind=\"hmi\" zone=\"control\">\n"
    "    <weakness id=\"weak\" ease=\"1\"/></asset>\n"
    "  <asset id=\"ids-box\" kind=\"server\" zone=\"control\"/>\n"
    "  <asset id=\"plc-1\" kind=\"plc\" zone=\"plant\"/>\n"
    "  <sensor id=\"ids-1\" operator=\"gridco\" on=\"ids-box\" covers=\"control\" "
    "chance=\"1\"/>\n"
    "  <analysts operator=\"gridco\" size=\"1\" median=\"10min\" spread=\"0\" finds=\"1\" "
    "hunts=\"30d\"/>\n"
    "</topology>\n";

#define RED(body)                                                                                  \
    REHEARSAL("drill:team \"waterco\" { \"soc\" }\n"                                               \
              "local red = drill:adversary { name = \"MOTH\", at = \"vpn-1\", skill = \"expert\" " \
              "}\nred:plan(function(a)\n" body "end)\n")

static void an_alert_is_seen_when_an_analyst_has_looked_at_it(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        RED("a:technique \"T0823\" { on = \"hmi-1\", takes = t.minutes(1) }\n"
            "a:technique \"T0823\" { on = \"hmi-1\", takes = t.minutes(1) }\n"
            "a:technique \"T0823\" { on = \"hmi-1\", takes = t.minutes(1), noise = 0 }\n"),
        watched, 1);
    rehearsal_check(played);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:01:00 alert|hmi-1|gridco|raised|ids-1\n");
    rehearsal_expect(played, "00:01:00 alert|hmi-1|gridco|looked-at|ids-1\n");
    rehearsal_expect(played, "00:11:00 alert|hmi-1|gridco|seen|ids-1\n");
    rehearsal_expect(played, "00:21:00 alert|hmi-1|gridco|seen|ids-1\n");
    assert_int_equal(rehearsal_count(played, "|raised|"), 2);
    rehearsal_close(played);
}

static void hunt(rehearsal *played, const char *seat, const char *zone) {
    toc_time at;
    toc_input input = {.seat = seat, .verb = "hunt", .target = zone, .parameters = "looks=3"};
    assert_int_equal(toc_drill_advance(played->drill, 5 * TOC_MINUTE, played->problems), TOC_OK);
    assert_int_equal(toc_drill_submit(played->drill, &input, played->problems, &at), TOC_OK);
}

static void a_hunt_finds_who_is_there_and_only_in_the_own_zones(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        RED("a:exploit { on = \"hmi-1\", takes = t.minutes(1), noise = 0 }\n"), watched, 1);
    rehearsal_check(played);
    hunt(played, "gridco.soc", "control");
    hunt(played, "gridco.soc", "plant");
    hunt(played, "waterco.soc", "plant");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "|control|gridco.soc|hunt|done: somebody is on 2 of its assets\n");
    rehearsal_expect(played, "00:50:00 alert|hmi-1|gridco|seen|hunt\n");
    rehearsal_expect(played, "refused: that zone belongs to somebody else");
    rehearsal_expect(played,
                     "|plant|waterco.soc|hunt|done: nothing was found, which proves little\n");
    rehearsal_close(played);
}

/* The reference team looks into an alert, finds the stranger in the logs, and acts. */
/* How many alerts the seat has seen. */
static int alerts_of(const rehearsal *played, const char *seat_name) {
    uint32_t seat = toc_seat_find(played->drill, seat_name);
    int count = 0;
    for (uint32_t i = 0; i < toc_observation_count(played->drill, seat); i++) {
        count += toc_observation_at(played->drill, seat, i)->kind == TOC_OBSERVED_ALERT;
    }
    return count;
}

static void alerts_are_for_those_who_watch_sensors_and_finds_for_all(void **state) {
    static const char plan[] =
        "local red = drill:adversary { name = \"MOTH\", at = \"vpn-1\" }\n"
        "red:plan(function(a) a:technique \"T0823\" { on = \"hmi-1\", takes = t.minutes(1) } end)\n"
        "return drill\n";
    static const char head[] = "local t = require \"tocsin\"\n"
                               "local drill = t.drill { title = \"Dark\", length = t.hours(3) }\n";
    char scenario[1024];
    toc_time at;
    toc_input input = {
        .seat = "gridco.it_noc", .verb = "hunt", .target = "control", .parameters = "looks=8"};
    (void)state;
    (void)snprintf(scenario, sizeof scenario, "%sdrill:team \"gridco\" { \"it_noc\", \"soc\" }\n%s",
                   head, plan);
    rehearsal *played = rehearsal_open(scenario, watched, 1);
    rehearsal_play(played, 20 * TOC_MINUTE);
    assert_int_equal(alerts_of(played, "gridco.soc"), 1);
    assert_int_equal(alerts_of(played, "gridco.it_noc"), 0);
    assert_int_equal(toc_drill_submit(played->drill, &input, played->problems, &at), TOC_OK);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(alerts_of(played, "gridco.soc"), 2);
    assert_int_equal(alerts_of(played, "gridco.it_noc"), 1);
    rehearsal_close(played);
    (void)snprintf(scenario, sizeof scenario,
                   "%sdrill:team \"gridco\" { \"it_noc\", \"dispatcher\" }\n%s", head, plan);
    played = rehearsal_open(scenario, watched, 1);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(alerts_of(played, "gridco.dispatcher"), 1);
    rehearsal_close(played);
}

/* Three alerts come at once; whoever hunts for an hour has one pair of eyes less for them. */
static void a_hunt_takes_its_time_and_an_analyst_off_the_alerts(void **state) {
    (void)state;
    rehearsal *played =
        rehearsal_open(RED("a:wait(t.minutes(6))\nfor i = 1, 3 do a:technique \"T0823\" { on = "
                           "\"hmi-1\", takes = t.seconds(1) } end\n"),
                       watched, 1);
    rehearsal_check(played);
    toc_time at;
    toc_input input = {
        .seat = "gridco.soc", .verb = "hunt", .target = "control", .parameters = "looks=1"};
    assert_int_equal(toc_drill_advance(played->drill, 5 * TOC_MINUTE, played->problems), TOC_OK);
    assert_int_equal(toc_drill_submit(played->drill, &input, played->problems, &at), TOC_OK);
    rehearsal_play(played, 12 * TOC_MINUTE);
    assert_int_equal(rehearsal_count(played, "|looked-at|"), 0);
    rehearsal_play(played, 20 * TOC_MINUTE + TOC_SECOND);
    assert_int_equal(rehearsal_count(played, "|hunt|done"), 1);
    assert_int_equal(rehearsal_count(played, "|looked-at|"), 1);
    assert_int_equal(toc_drill_submit(played->drill, &input, played->problems, &at), TOC_OK);
    rehearsal_play(played, 40 * TOC_MINUTE); /* who looks at an alert finishes it first */
    assert_int_equal(rehearsal_count(played, "|seen|ids-1"), 1);
    assert_int_equal(rehearsal_count(played, "|looked-at|"), 2);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(rehearsal_count(played, "|seen|ids-1"), 3);
    rehearsal_close(played);
}

static void a_seat_knows_what_it_watches_with_and_what_waits(void **state) {
    (void)state;
    toc_standins *standins = NULL;
    stage *staged = stage_open_on(
        "<sensor id='ids-1' operator='gridco' on='vpn-1' covers='rtu-1 ss-1' chance='1'/>"
        "<sensor id='ids-2' operator='waterco' covers='pump-1' chance='1'/>"
        "<analysts operator='gridco' size='1' median='30min' spread='0'/>",
        "local red = drill:adversary { name = 'RAT', at = 'vpn-1' }\n"
        "red:plan(function(a) for i = 1, 3 do\n"
        "  a:technique 'T0859' { on = 'rtu-1', takes = t.minutes(1) } end end)\n",
        "local p = require 'tocsin.policy'\nlocal t = require 'tocsin'\n"
        "return p.policy { ['gridco.soc'] = function(seat)\n"
        "  seat:wait(t.minutes(10))\n"
        "  local w = seat:watch()\n"
        "  local s = w.sensors[1]\n"
        "  seat:act('note', nil, { text = #w.sensors .. ' ' .. s.id .. ' on ' .. s.on .. ' covers "
        "'\n"
        "    .. table.concat(s.covers, ' ') .. ', ' .. w.analysts .. ' ' .. w.waiting })\n"
        "end }\n",
        1);
    assert_int_equal(toc_standins_create(staged->drill, staged->package, "own", NULL, NULL,
                                         staged->problems, &standins),
                     TOC_OK);
    assert_int_equal(toc_standins_play(standins, TOC_HOUR, staged->problems), TOC_OK);
    toc_standins_destroy(standins);
    assert_non_null(strstr(staged->log, "text=1 ids-1 on vpn-1 covers rtu-1 ss-1, 1 2"));
    stage_close(staged);
}

static void where_nothing_watches_people_hunt_all_the_same(void **state) {
    static const char town[] =
        "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Blind\">\n<operator id=\"gridco\"/>"
        "<zone id=\"control\" operator=\"gridco\" level=\"2\"/>"
        "<asset id=\"vpn-1\" kind=\"vpn-server\" zone=\"control\"/></topology>\n";
    (void)state;
    rehearsal *played =
        rehearsal_open(REHEARSAL("drill:adversary { name = \"MOTH\", at = \"vpn-1\" }\n"), town, 1);
    rehearsal_check(played);
    hunt(played, "gridco.soc", "control");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:50:00 alert|vpn-1|gridco|seen|hunt\n");
    rehearsal_close(played);
}

static void a_competent_team_looks_into_an_alert_before_it_believes_it(void **state) {
    (void)state;
    toc_standins *standins = NULL;
    rehearsal *played = rehearsal_open(
        RED("a:wait(t.minutes(2))\na:exploit { on = \"hmi-1\", takes = t.minutes(1) }\n"), watched,
        3);
    rehearsal_check(played);
    assert_int_equal(toc_standins_create(played->drill, played->package, "reference", NULL, NULL,
                                         played->problems, &standins),
                     TOC_OK);
    assert_int_equal(toc_standins_play(standins, TOC_NEVER, played->problems), TOC_OK);
    toc_standins_destroy(standins);
    rehearsal_expect(played, "|hmi-1|gridco.soc|query_log|done: somebody is on it");
    rehearsal_expect(played, "|hmi-1|gridco.soc|isolate|done");
    rehearsal_close(played);
}

static void objectives_and_conditions_know_of_alerts(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:objective \"O1\" { \"The stranger is noticed\", team = \"gridco\",\n"
                  "  met = t.alerted { on = \"hmi-1\", genuine = true } }\n"
                  "drill:objective \"O2\" { \"Somebody else notices\", team = \"waterco\",\n"
                  "  within = t.minutes(30), met = t.alerted() }\n"
                  "drill:team \"waterco\" { \"soc\" }\n"
                  "drill:when(function(w) return w:sensor(\"ids-1\").hits == 2 end,\n"
                  "  function(d) d:mark \"two hits\" end)\n"
                  "drill:when(function(w) return w:waiting \"gridco\" == 1 end,\n"
                  "  function(d) d:mark \"one waits\" end)\n"
                  "drill:when(function(w) return w:alerts(\"gridco\", \"hmi-1\") == 2 end,\n"
                  "  function(d) d:mark \"two seen\" end)\n"
                  "drill:when(function(w) return w:sensor(\"ids-1\").is_blind end,\n"
                  "  function(d) d:mark \"blind\" end)\n"
                  "local red = drill:adversary { name = \"MOTH\", at = \"vpn-1\" }\n"
                  "red:plan(function(a)\n"
                  "  a:technique \"T0823\" { on = \"hmi-1\", takes = t.minutes(1) }\n"
                  "  a:technique \"T0823\" { on = \"hmi-1\", takes = t.minutes(1) }\n"
                  "  a:wait(t.minutes(40))\n"
                  "  a:technique \"T0816\" { on = \"ids-box\", effect = \"switch-off\" }\n"
                  "end)\n"),
        watched, 1);
    rehearsal_check(played);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:11:00 objective|O1||met|an alert on hmi-1\n");
    rehearsal_expect(played, "00:30:00 objective|O2||missed|");
    rehearsal_expect(played, "00:02:00 mark|two hits|");
    rehearsal_expect(played, "00:02:00 mark|one waits|");
    rehearsal_expect(played, "00:21:00 mark|two seen|");
    rehearsal_expect(played, "mark|blind|");
    rehearsal_close(played);
}

static void what_cannot_be_asked_of_alerts_is_told_at_its_line(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:objective \"O1\" { \"It is noticed\", met = t.alerted { operator = "
                  "\"gridko\" } }\n"),
        watched, 1);
    assert_string_equal(rehearsal_problem(played, 0),
                        "dark/scenario.lua:4: t.alerted: there is no operator 'gridko'; did you "
                        "mean 'gridco'?");
    rehearsal_close(played);
    played = rehearsal_open(REHEARSAL("drill:when(function(w) return w:sensor(\"ids-2\").is_blind "
                                      "end, function() end)\n"),
                            watched, 1);
    rehearsal_check(played);
    assert_int_equal(toc_drill_advance(played->drill, TOC_NEVER, played->problems), TOC_BAD_INPUT);
    assert_string_equal(rehearsal_problem(played, 0),
                        "dark/scenario.lua:4: there is no sensor 'ids-2'; did you mean 'ids-1'?");
    rehearsal_close(played);
}

/* All that a seat has observed, a line each. */
static char *stream_of(const rehearsal *played, uint32_t seat) {
    enum { SIZE = 1 << 16 };
    char *text = calloc(1, SIZE);
    size_t length = 0;
    for (uint32_t i = 0; i < toc_observation_count(played->drill, seat); i++) {
        const toc_observation *seen = toc_observation_at(played->drill, seat, i);
        length += (size_t)snprintf(text + length, SIZE - length, "%lld %d %s|%s|%s|%s|%lld|%lld\n",
                                   (long long)seen->at, (int)seen->kind, seen->subject, seen->actor,
                                   seen->verb, seen->text, (long long)seen->before,
                                   (long long)seen->after);
        assert_true(length < SIZE);
    }
    return text;
}

#define TWIN(sensor)                                                                               \
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Twin\">\n<operator id=\"gridco\"/>"          \
    "<asset id=\"hmi-1\" kind=\"hmi\" operator=\"gridco\"/>"                                       \
    "<sensor id=\"ids-1\" operator=\"gridco\" covers=\"hmi-1\" " sensor "/>"                       \
    "<analysts operator=\"gridco\" size=\"1\" median=\"6min\" spread=\"0.5\"/>"                    \
    "</topology>\n"

/* An attacker who is noticed at the very instants at which the twin cries wolf. */
static void nobody_can_tell_a_false_alarm_by_what_it_says(void **state) {
    char plan[4096] = REHEARSAL_HEAD "local red = drill:adversary { name = \"MOTH\", skill = "
                                     "\"expert\" }\nred:plan(function(a)\n";
    toc_time before = 0;
    (void)state;
    uint64_t seed = support_seed("false alarms");
    rehearsal *wolf = rehearsal_open(REHEARSAL(""), TWIN("false=\"4min\""), seed);
    rehearsal_play(wolf, TOC_NEVER);
    uint32_t count = toc_alert_count(wolf->drill->world);
    assert_true(count >= 3 && count < 40);
    for (uint32_t i = 0; i < count; i++) {
        const toc_alert *alert = toc_alert_at(wolf->drill->world, i);
        size_t length = strlen(plan);
        assert_false(alert->genuine);
        (void)snprintf(plan + length, sizeof plan - length,
                       "a:technique \"T0823\" { on = \"hmi-1\", takes = %lld }\n",
                       (long long)(alert->raised - before));
        before = alert->raised;
    }
    strcat(plan, "end)\nreturn drill\n");
    rehearsal *moth = rehearsal_open(plan, TWIN("chance=\"1\""), seed);
    rehearsal_play(moth, TOC_NEVER);
    assert_int_equal(toc_alert_count(moth->drill->world), count);
    for (uint32_t i = 0; i < count; i++) {
        assert_true(toc_alert_at(moth->drill->world, i)->genuine);
    }
    for (uint32_t seat = 0; seat < toc_seat_count(wolf->drill); seat++) {
        char *expected = stream_of(wolf, seat), *found = stream_of(moth, seat);
        bool is_soc = strcmp(toc_seat_role(wolf->drill, seat), "soc") == 0;
        assert_int_equal(strstr(expected, "hmi-1|ids-1") != NULL, is_soc);
        assert_string_equal(found, expected);
        free(expected);
        free(found);
    }
    rehearsal_close(wolf);
    rehearsal_close(moth);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alert_is_seen_when_an_analyst_has_looked_at_it),
        cmocka_unit_test(a_hunt_finds_who_is_there_and_only_in_the_own_zones),
        cmocka_unit_test(objectives_and_conditions_know_of_alerts),
        cmocka_unit_test(nobody_can_tell_a_false_alarm_by_what_it_says),
        cmocka_unit_test(what_cannot_be_asked_of_alerts_is_told_at_its_line),
        cmocka_unit_test(alerts_are_for_those_who_watch_sensors_and_finds_for_all),
        cmocka_unit_test(a_hunt_takes_its_time_and_an_analyst_off_the_alerts),
        cmocka_unit_test(a_seat_knows_what_it_watches_with_and_what_waits),
        cmocka_unit_test(where_nothing_watches_people_hunt_all_the_same),
        cmocka_unit_test(a_competent_team_looks_into_an_alert_before_it_believes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
