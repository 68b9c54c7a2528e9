/* What the library lua/tocsin gives to authors beside the engine: techniques, failures, bodies. */
#include "support/support.h"

#include "rehearsal.h"

static rehearsal *play(const char *scenario, uint64_t seed) {
    rehearsal *played = rehearsal_open(scenario, NULL, seed);
    if (played->drill == NULL) {
        fail_msg("%s", rehearsal_problem(played, 0));
    }
    rehearsal_play(played, TOC_NEVER);
    return played;
}

#define ATTACK(body)                                                                               \
    REHEARSAL(                                                                                     \
        "local techniques = require \"tocsin.techniques\"\n"                                       \
        "local red = drill:adversary { name = \"MOTH\", at = \"vpn-1\", skill = \"expert\" }\n"    \
        "red:plan(function(a)\n" body "end)\n")

static void an_attacker_walks_in_and_opens_breaker_after_breaker(void **state) {
    (void)state;
    rehearsal *played =
        play(ATTACK("assert(techniques.walk_in(a, { by = \"vpn-1\", to = \"hmi-1\" }))\n"
                    "print(techniques.open_breakers(a, { on = drill:assets { kind = "
                    "\"substation\" },\n  every = t.seconds(30), takes = t.seconds(2), mark = "
                    "\"open\" }))\n"),
             3);
    rehearsal_expect(played, "technique|vpn-1|MOTH|T0859|done");
    rehearsal_expect(played, "technique|hmi-1|MOTH|T0823|done");
    rehearsal_expect(played, "technique|ss-1|MOTH|T0855|done: open-breaker\n");
    rehearsal_expect(played, "technique|ss-4|MOTH|T0855|done: open-breaker\n");
    rehearsal_expect(played, "mark|open|MOTH||\n");
    rehearsal_expect(played, "||4\n");
    assert_int_equal(rehearsal_count(played, "|T0855|done"), 4);
    rehearsal_close(played);
}

static void an_attacker_takes_view_and_control_and_makes_states_up(void **state) {
    (void)state;
    rehearsal *played =
        play(ATTACK("print(techniques.blind(a, { on = { \"hmi-1\", \"vpn-1\" }, takes = 1 }))\n"
                    "print(techniques.seize(a, { on = \"hmi-1\", takes = 1 }))\n"
                    "print(techniques.pretend(a, { on = { \"ss-1\", \"ss-2\" }, effect = "
                    "\"open-breaker\", takes = 1, mark = \"hidden\" }))\n"
                    "techniques.pretend(a, { on = \"ss-3\", shows = \"failed\", takes = 1 })\n"),
             1);
    rehearsal_expect(played, "cause|vpn-1|MOTH|view-denied|");
    rehearsal_expect(played, "cause|hmi-1|MOTH|control-denied|");
    rehearsal_expect(played, "operation|ss-2||off|");
    rehearsal_expect(played, "mark|hidden|MOTH||\n");
    rehearsal_expect(played, "belief|ss-3|gridco|failed|telemetry\n");
    assert_int_equal(rehearsal_count(played, "belief|ss-1|gridco|off|telemetry"), 0);
    assert_int_equal(rehearsal_count(played, "log||scenario||2\n"), 2);
    rehearsal_close(played);
}

static void an_attacker_works_its_way_inward(void **state) {
    static const char depth[] =
        "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Depth\">\n"
        "  <operator id=\"gridco\"/>\n"
        "  <zone id=\"a\" operator=\"gridco\" level=\"2\"/><zone id=\"b\" operator=\"gridco\" "
        "level=\"2\"/>\n"
        "  <zone id=\"c\" operator=\"gridco\" level=\"2\"/><zone id=\"d\" operator=\"gridco\" "
        "level=\"2\"/>\n"
        "  <conduit from=\"a\" to=\"b\"><allow service=\"rdp\"/></conduit>\n"
        "  <conduit from=\"b\" to=\"c\"><allow service=\"ssh\"/></conduit>\n"
        "  <asset id=\"vpn-1\" kind=\"vpn-server\" operator=\"gridco\" zone=\"a\"/>\n"
        "  <asset id=\"jump\" kind=\"jump-host\" operator=\"gridco\" zone=\"b\"/>\n"
        "  <asset id=\"hmi\" kind=\"hmi\" operator=\"gridco\" zone=\"c\">"
        "<weakness id=\"old\" technique=\"T0866\" ease=\"1\" service=\"ssh\"/></asset>\n"
        "  <asset id=\"safe\" kind=\"plc\" operator=\"gridco\" zone=\"d\"/>\n"
        "</topology>\n";
    (void)state;
    rehearsal *played = rehearsal_open(
        ATTACK("print(techniques.work_inward(a, { to = \"hmi\", mark = \"inside\" }))\n"
               "print(techniques.work_inward(a, { to = \"safe\" }))\n"),
        depth, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "intrusion|jump|MOTH|access|user\n");
    rehearsal_expect(played, "technique|hmi|MOTH|T0866|done: through old\n");
    rehearsal_expect(played, "mark|inside|MOTH||\n");
    rehearsal_expect(played, "log||scenario||true\n");
    rehearsal_close(played);
}

static void one_asset_alone_is_a_list_of_one(void **state) {
    (void)state;
    rehearsal *played =
        play(ATTACK("techniques.wipe(a, { on = \"hmi-1\" })\n"
                    "techniques.encrypt(a, { on = drill:asset \"vpn-1\", mark = \"locked\" })\n"),
             1);
    rehearsal_expect(played, "technique|hmi-1|MOTH|T0809|done: wipe\n");
    rehearsal_expect(played, "technique|vpn-1|MOTH|T0826|done: encrypt\n");
    rehearsal_expect(played, "mark|locked|MOTH||\n");
    rehearsal_close(played);
}

static void a_mistake_in_an_option_is_told_at_the_authors_line(void **state) {
    (void)state;
    static const struct {
        const char *scenario, *problem;
    } cases[] = {
        {ATTACK("techniques.wipe(a, { on = \"hmi-1\", evry = t.minutes(2) })\n"),
         "dark/scenario.lua:7: techniques.wipe: there is no option 'evry'; there are on, every, "
         "takes, mark"},
        {ATTACK("techniques.wipe(a, { every = t.minutes(2) })\n"),
         "dark/scenario.lua:7: techniques.wipe: on = says which assets"},
        {REHEARSAL("require(\"tocsin.failures\").fibre(drill, { at = 0 })\n"),
         "dark/scenario.lua:4: failures.fibre: expected options with on = what fails"},
        {REHEARSAL("require(\"tocsin.failures\").pipe(drill, { on = \"ss-9\", at = 0 })\n"),
         "dark/scenario.lua:4:42: on of inject: there is no asset or link 'ss-9'"},
        {REHEARSAL("require(\"tocsin.bodies\").vendor(drill, \"v\", { dealy = 1 })\n"),
         "dark/scenario.lua:4: bodies.vendor: there is no option 'dealy'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rehearsal *played = rehearsal_open(cases[i].scenario, NULL, 1);
        toc_status status = played->drill == NULL
                                ? TOC_BAD_INPUT
                                : toc_drill_advance(played->drill, TOC_HOUR, played->problems);
        assert_int_equal(status, TOC_BAD_INPUT);
        if (strncmp(rehearsal_problem(played, 0), cases[i].problem, strlen(cases[i].problem)) !=
            0) {
            fail_msg("%zu: %s", i, rehearsal_problem(played, 0));
        }
        rehearsal_close(played);
    }
}

static void a_failure_has_its_words_and_what_is_told_to_nobody_happens_all_the_same(void **state) {
    (void)state;
    rehearsal *played = play(
        REHEARSAL("local failures = require \"tocsin.failures\"\n"
                  "failures.transformer(drill, { id = \"F-1\", on = \"ss-1\", at = t.minutes(5),\n"
                  "  to = \"gridco.dispatcher\" })\n"
                  "failures.silent(drill, { on = \"ss-2\", at = t.minutes(6), lasts = t.minutes(9) "
                  "})\n"),
        1);
    rehearsal_expect(played, "00:05:00 inject|F-1|site guard|phone|There is smoke");
    rehearsal_expect(played, "00:05:00 cause|ss-1|");
    rehearsal_expect(played, "00:06:00 cause|ss-2|");
    rehearsal_expect(played, "00:15:00 cause|ss-2|");
    assert_int_equal(rehearsal_count(played, "delivered|"), 1);
    rehearsal_close(played);
}

static void a_storm_comes_in_waves(void **state) {
    (void)state;
    rehearsal *played = play(
        REHEARSAL("require(\"tocsin.failures\").storm(drill, { on = { kind = \"substation\" },\n"
                  "  at = t.minutes(10), lasts = t.minutes(40), waves = 3, share = 0.25,\n"
                  "  to = \"gridco.dispatcher\" })\n"),
        1);
    assert_int_equal(rehearsal_count(played, " inject|"), 3);
    assert_int_equal(rehearsal_count(played, "delivered|"), 1);
    rehearsal_expect(played, "00:10:00 inject|");
    rehearsal_expect(played, "00:30:00 inject|");
    rehearsal_expect(played, "00:50:00 inject|");
    assert_true(rehearsal_count(played, "|damaged|") >= 1);
    rehearsal_close(played);
}

#define OUTAGE "drill:at(t.minutes(10), function(d) d:fail(\"ss-1\", \"damage\") end)\n"

static void a_regulator_asks_again_until_somebody_answers(void **state) {
    (void)state;
    rehearsal *played =
        play(REHEARSAL(OUTAGE "require(\"tocsin.bodies\").regulator(drill, \"watchdog\", {\n"
                              "  asks = \"gridco.dispatcher\", patience = t.minutes(15),\n"
                              "  when = t.service(\"power\", { below = 0.9 }) })\n"),
             1);
    rehearsal_expect(played, "00:25:00 inject|");
    rehearsal_expect(played, "00:40:00 inject|");
    assert_int_equal(rehearsal_count(played, " inject|"), 2);
    rehearsal_close(played);
}

static void a_newsroom_prints_a_rumour_where_nobody_speaks(void **state) {
    (void)state;
    rehearsal *played = play(
        REHEARSAL(OUTAGE "local bodies = require \"tocsin.bodies\"\n"
                         "bodies.media(drill, \"city-radio\", { asks = \"gridco.dispatcher\",\n"
                         "  patience = t.minutes(20),\n"
                         "  when = t.service(\"power\", { below = 0.9 }) })\n"
                         "bodies.public(drill, \"callers\", { asks = \"gridco.dispatcher\",\n"
                         "  when = t.service(\"power\", { below = 0.9 }) })\n"),
        1);
    rehearsal_expect(played, "|Newsroom|phone|Our readers write");
    rehearsal_expect(played, "|Newsroom|news|The operator says nothing.");
    rehearsal_expect(played, "|Callers|phone|Customers call");
    rehearsal_expect(played, "|Callers|social|People buy water");
    rehearsal_close(played);
}

static void whoever_is_asked_answers_after_a_while(void **state) {
    (void)state;
    toc_time at;
    toc_input ask = {.seat = "gridco.dispatcher",
                     .verb = "ask",
                     .target = "relay-vendor",
                     .parameters = "text=Do you know this fault?"};
    rehearsal *played = rehearsal_open(
        REHEARSAL("local bodies = require \"tocsin.bodies\"\n"
                  "bodies.vendor(drill, \"relay-vendor\", { competence = 1, delay = t.minutes(10) "
                  "})\n"
                  "bodies.carrier(drill, \"carrier\")\nbodies.dispatch_centre(drill, \"112\")\n"),
        NULL, 1);
    assert_non_null(played->drill);
    assert_int_equal(toc_drill_advance(played->drill, TOC_MINUTE, played->problems), TOC_OK);
    assert_int_equal(toc_drill_submit(played->drill, &ask, played->problems, &at), TOC_OK);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "|Vendor's support|phone|We know that fault.");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attacker_walks_in_and_opens_breaker_after_breaker),
        cmocka_unit_test(an_attacker_takes_view_and_control_and_makes_states_up),
        cmocka_unit_test(an_attacker_works_its_way_inward),
        cmocka_unit_test(one_asset_alone_is_a_list_of_one),
        cmocka_unit_test(a_mistake_in_an_option_is_told_at_the_authors_line),
        cmocka_unit_test(a_failure_has_its_words_and_what_is_told_to_nobody_happens_all_the_same),
        cmocka_unit_test(a_storm_comes_in_waves),
        cmocka_unit_test(a_regulator_asks_again_until_somebody_answers),
        cmocka_unit_test(a_newsroom_prints_a_rumour_where_nobody_speaks),
        cmocka_unit_test(whoever_is_asked_answers_after_a_while),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
