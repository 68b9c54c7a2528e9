/* What sensors and hunts tell an operator's people in a drill. */
#include "support/support.h"

#include "rehearsal.h"
#include "tocsin/standin.h"

static const char watched[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Watched\">\n"
    "  <operator id=\"gridco\"/><operator id=\"waterco\"/>\n"
    "  <zone id=\"control\" operator=\"gridco\" level=\"2\"/>\n"
    "  <zone id=\"plant\" operator=\"waterco\" level=\"2\"/>\n"
    "  <asset id=\"vpn-1\" kind=\"vpn-server\" zone=\"control\"/>\n"
    "  <asset id=\"hmi-1\" kind=\"hmi\" zone=\"control\">\n"
    "    <weakness id=\"weak\" ease=\"1\"/></asset>\n"
    "  <asset id=\"plc-1\" kind=\"plc\" zone=\"plant\"/>\n"
    "  <sensor id=\"ids-1\" operator=\"gridco\" covers=\"control\" chance=\"1\"/>\n"
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
    toc_input input = {.seat = seat, .verb = "hunt", .target = zone, .parameters = "looks=20"};
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
    rehearsal_expect(played, "00:35:00 alert|hmi-1|gridco|seen|hunt\n");
    rehearsal_expect(played, "refused: that zone belongs to somebody else");
    rehearsal_expect(played,
                     "|plant|waterco.soc|hunt|done: nothing was found, which proves little\n");
    rehearsal_close(played);
}

/* The reference team looks into an alert, finds the stranger in the logs, and acts. */
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alert_is_seen_when_an_analyst_has_looked_at_it),
        cmocka_unit_test(a_hunt_finds_who_is_there_and_only_in_the_own_zones),
        cmocka_unit_test(a_competent_team_looks_into_an_alert_before_it_believes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
