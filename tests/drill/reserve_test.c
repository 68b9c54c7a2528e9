#include "support/support.h"

#include "drill/rehearsal.h"

/* A clinic on a diesel set, two tenants of a cloud whose standby has room for one, a front end, and
   a station. */
static const char town[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Town\">\n"
    "  <operator id=\"gridco\"/><operator id=\"nimbus\"/>\n"
    "  <asset id=\"ss-1\" kind=\"substation\" operator=\"gridco\">"
    "<buffer kind=\"fuel\" holds=\"2h\" feeds=\"clinic\"/></asset>\n"
    "  <asset id=\"clinic\" kind=\"hospital\" operator=\"gridco\" people=\"100\">\n"
    "    <provides service=\"care\" capacity=\"10\" unit=\"people\"/>\n"
    "    <needs all=\"ss-1\"/></asset>\n"
    "  <asset id=\"zone-a\" kind=\"cloud-zone\" operator=\"nimbus\"><hosts room=\"8\"/></asset>\n"
    "  <asset id=\"zone-b\" kind=\"cloud-zone\" operator=\"nimbus\"><hosts room=\"6\"/></asset>\n"
    "  <asset id=\"maps\" kind=\"tenant\" operator=\"gridco\">\n"
    "    <provides service=\"maps\" capacity=\"100\" unit=\"people\"/>\n"
    "    <needs any=\"zone-a zone-b\" failover=\"5min\" uses=\"4\"/></asset>\n"
    "  <asset id=\"bills\" kind=\"tenant\" operator=\"gridco\">\n"
    "    <needs any=\"zone-a zone-b\" failover=\"5min\" uses=\"4\"/></asset>\n"
    "  <asset id=\"stop\" kind=\"railway-station\" operator=\"gridco\">\n"
    "    <provides service=\"rail\" capacity=\"1000\" unit=\"people\"/></asset>\n"
    "</topology>\n";

static const char script[] = "local t = require \"tocsin\"\n"
                             "local drill = t.drill { title = \"Dark\", length = t.hours(9) }\n"
                             "drill:team \"gridco\" { \"incident_lead\" }\n"
                             "drill:team \"nimbus\" { \"incident_lead\" }\n"
                             "drill:at(t.hours(1), function(d) d:fail(\"ss-1\", \"damage\") end)\n"
                             "drill:at(t.hours(6), function(d) d:fail(\"maps\", \"flood\") end)\n"
                             "drill:at(t.hours(7), function(d) d:fail(\"maps\", \"flood\") end)\n"
                             "return drill\n";

static rehearsal *open_town(void) {
    rehearsal *played = rehearsal_open(script, town, 1);
    rehearsal_check(played);
    return played;
}

static void do_as(rehearsal *played, const char *seat, const char *verb, const char *target,
                  const char *parameters) {
    toc_input input = {.seat = seat, .verb = verb, .target = target, .parameters = parameters};
    toc_time at;
    assert_int_equal(toc_drill_submit(played->drill, &input, played->problems, &at), TOC_OK);
}

static void do_it(rehearsal *played, const char *verb, const char *target, const char *parameters) {
    do_as(played, "gridco.incident_lead", verb, target, parameters);
}

static int64_t level_of(const rehearsal *played, const char *service) {
    for (uint32_t i = 0; i < toc_drill_facts_of(played->drill).services; i++) {
        toc_drill_service found = toc_drill_service_at(played->drill, i);
        if (strcmp(found.id, service) == 0) {
            return found.level_ppm;
        }
    }
    fail_msg("no service %s", service);
    return 0;
}

static void a_store_that_is_refilled_in_time_carries_on(void **state) {
    (void)state;
    for (int refilled = 0; refilled < 2; refilled++) {
        rehearsal *played = open_town();
        rehearsal_play(played, TOC_HOUR + 30 * TOC_MINUTE);
        if (refilled) {
            do_it(played, "refill", "clinic", "");
            do_it(played, "refill", "maps", "");
        }
        rehearsal_play(played, 3 * TOC_HOUR + 10 * TOC_MINUTE);
        assert_int_equal(level_of(played, "care"), refilled ? 1000000 : 0);
        rehearsal_play(played, 4 * TOC_HOUR + 40 * TOC_MINUTE); /* full at 2:30, empty at 4:30 */
        assert_int_equal(level_of(played, "care"), 0);
        if (refilled) {
            rehearsal_expect(played, "|refill|done: its stores are full\n");
            rehearsal_expect(played, "|refill|refused: it lives from no store\n");
        }
        rehearsal_close(played);
    }
}

static void what_went_off_for_want_of_fuel_is_refilled_and_started_from_it(void **state) {
    rehearsal *played = open_town();
    (void)state;
    rehearsal_play(played, 4 * TOC_HOUR);
    assert_int_equal(level_of(played, "care"), 0);
    do_it(played, "black_start", "clinic", "");
    rehearsal_play(played, 4 * TOC_HOUR + 20 * TOC_MINUTE);
    rehearsal_expect(played, "|black_start|failed: it lacks what it needs to run, not only to");
    do_it(played, "refill", "clinic", "");
    rehearsal_play(played, 5 * TOC_HOUR + 30 * TOC_MINUTE);
    assert_int_equal(level_of(played, "care"), 0); /* a start wants more than a store */
    do_it(played, "black_start", "clinic", "");
    do_it(played, "black_start", "stop", "");
    rehearsal_play(played, 6 * TOC_HOUR);
    assert_int_equal(level_of(played, "care"), 1000000);
    rehearsal_expect(played, "|black_start|refused: it has no store of its own to start from");
    rehearsal_close(played);
}

static void a_tenant_is_moved_before_its_host_goes(void **state) {
    rehearsal *played = open_town();
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "failover", "maps", "to=zone-b");
    do_it(played, "failover", "clinic", "");
    rehearsal_play(played, 10 * TOC_MINUTE);
    do_it(played, "failover", "bills", "");
    rehearsal_play(played, 20 * TOC_MINUTE);
    rehearsal_expect(played, "action|maps|gridco.incident_lead|failover|done: it is on its way");
    rehearsal_expect(played, "|failover|refused: it has no standby that it could move to\n");
    rehearsal_expect(played, "action|bills|gridco.incident_lead|failover|failed: there is no "
                             "standby that is up, has room");
    /* half of each fits in */
    do_as(played, "nimbus.incident_lead", "throttle_tenant", "maps", "");
    do_it(played, "throttle_tenant", "bills", "share=0.5");
    rehearsal_play(played, 30 * TOC_MINUTE);
    assert_int_equal(level_of(played, "maps"), 500000);
    do_it(played, "failover", "bills", "");
    rehearsal_play(played, TOC_HOUR);
    do_it(played, "lift_limit", "bills", "");
    rehearsal_play(played, TOC_HOUR + 10 * TOC_MINUTE);
    do_it(played, "lift_limit", "maps", "");
    rehearsal_play(played, TOC_HOUR + 20 * TOC_MINUTE);
    rehearsal_expect(played, "action|bills|gridco.incident_lead|lift_limit|done: it gives all");
    rehearsal_expect(played, "action|maps|gridco.incident_lead|lift_limit|failed: its host has no "
                             "room for more of it");
    rehearsal_close(played);
}

static void what_is_held_to_a_share_cannot_be_flooded(void **state) {
    rehearsal *played = open_town();
    (void)state;
    rehearsal_play(played, 6 * TOC_HOUR + TOC_MINUTE);
    assert_int_equal(level_of(played, "maps"), 0);
    do_it(played, "rate_limit", "maps", "share=0.7");
    do_it(played, "speed_limit", "stop", "");
    do_it(played, "speed_limit", "maps", "");
    rehearsal_play(played, 7 * TOC_HOUR + TOC_MINUTE);
    assert_int_equal(level_of(played, "maps"), 700000);
    assert_int_equal(level_of(played, "rail"), 500000);
    assert_int_equal(rehearsal_count(played, "cause|maps|scenario|flooded|"), 1);
    rehearsal_expect(played, "|speed_limit|refused: nothing runs there");
    do_it(played, "lift_limit", "stop", "");
    do_it(played, "lift_limit", "ss-1", "");
    rehearsal_play(played, 8 * TOC_HOUR);
    assert_int_equal(level_of(played, "rail"), 1000000);
    rehearsal_expect(played, "action|ss-1|gridco.incident_lead|lift_limit|refused: it is so");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_store_that_is_refilled_in_time_carries_on),
        cmocka_unit_test(what_went_off_for_want_of_fuel_is_refilled_and_started_from_it),
        cmocka_unit_test(a_tenant_is_moved_before_its_host_goes),
        cmocka_unit_test(what_is_held_to_a_share_cannot_be_flooded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
