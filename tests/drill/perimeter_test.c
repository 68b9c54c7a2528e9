#include "support/support.h"

#include "drill/rehearsal.h"

/* An office, a control room that polls a pump station and an archive that bills from it. */
static const char plant[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Works\">\n"
    "  <operator id=\"gridco\"/><operator id=\"other\"/>\n"
    "  <zone id=\"office\" operator=\"gridco\" level=\"4\"/>\n"
    "  <zone id=\"control\" operator=\"gridco\" level=\"2\"/>\n"
    "  <zone id=\"field\" operator=\"gridco\" level=\"1\"/>\n"
    "  <zone id=\"away\" operator=\"other\" level=\"4\"/>\n"
    "  <phase id=\"everyday\"/><phase id=\"storm\" name=\"Storm\"/>\n"
    "  <conduit from=\"office\" to=\"control\"><allow service=\"rdp\" to=\"hmi\"/></conduit>\n"
    "  <conduit id=\"polling-line\" from=\"control\" to=\"field\">"
    "<allow service=\"modbus\"/></conduit>\n"
    "  <conduit from=\"office\" to=\"away\" phases=\"everyday\"><allow "
    "service=\"any\"/></conduit>\n"
    "  <conduit from=\"away\" to=\"office\"><allow service=\"https\"/></conduit>\n"
    "  <asset id=\"pc\" kind=\"workstation\" operator=\"gridco\" zone=\"office\">\n"
    "    <weakness id=\"macro\" service=\"https\" ease=\"0.5\" gives=\"user\"/></asset>\n"
    "  <asset id=\"hmi\" kind=\"hmi\" operator=\"gridco\" zone=\"control\">\n"
    "    <weakness id=\"password\" service=\"rdp\" ease=\"0.5\"/></asset>\n"
    "  <asset id=\"plc\" kind=\"plc\" operator=\"gridco\" zone=\"field\"/>\n"
    "  <asset id=\"bank\" kind=\"server\" operator=\"other\" zone=\"away\"/>\n"
    "  <asset id=\"pump\" kind=\"pump\" operator=\"gridco\" people=\"100\">\n"
    "    <provides service=\"water\" capacity=\"10\" unit=\"m3/h\"/>\n"
    "    <needs all=\"setpoints\"/></asset>\n"
    "  <traffic id=\"setpoints\" from=\"hmi\" to=\"plc\" service=\"modbus\"/>\n"
    "  <traffic id=\"payments\" from=\"pc\" to=\"bank\" service=\"https\"/>\n"
    "</topology>\n";

#define WORKS(lines)                                                                               \
    "local t = require \"tocsin\"\n"                                                               \
    "local drill = t.drill { title = \"Dark\", length = t.hours(2) }\n"                            \
    "drill:team \"gridco\" { \"dispatcher\", \"soc\", \"incident_lead\" }\n"                       \
    "drill:team \"other\" { \"soc\" }\n" lines "\nreturn drill\n"

static toc_status try_it(rehearsal *played, const char *seat, const char *verb, const char *target,
                         const char *parameters) {
    toc_input input = {.seat = seat, .verb = verb, .target = target, .parameters = parameters};
    toc_time at;
    return toc_drill_submit(played->drill, &input, played->problems, &at);
}

static void do_it(rehearsal *played, const char *seat, const char *verb, const char *target,
                  const char *parameters) {
    assert_int_equal(try_it(played, seat, verb, target, parameters), TOC_OK);
}

static double level(const rehearsal *played) {
    return (double)toc_drill_service_at(played->drill, 0).level_ppm / 1e6;
}

static void a_conduit_that_is_blocked_costs_what_was_needed_of_it(void **state) {
    rehearsal *played = rehearsal_open(WORKS(""), plant, 1);
    (void)state;
    rehearsal_play(played, TOC_MINUTE);
    assert_true(level(played) == 1);
    do_it(played, "gridco.soc", "block_conduit", "polling-line", "text=just in case");
    rehearsal_play(played, 7 * TOC_MINUTE);
    rehearsal_expect(played, "00:06:00 network|polling-line|gridco.soc|blocked|\n");
    rehearsal_expect(played, "00:06:00 operation|setpoints||off|\n");
    rehearsal_expect(played, "00:06:00 operation|pump||off|\n");
    assert_true(level(played) == 0);
    do_it(played, "gridco.soc", "unblock_conduit", "polling-line", "");
    rehearsal_play(played, 31 * TOC_MINUTE);
    rehearsal_expect(played, "00:12:00 network|polling-line|gridco.soc|open|\n");
    assert_true(level(played) == 1);
    assert_true(toc_drill_service_at(played->drill, 0).loss_integral > 0.99 &&
                toc_drill_service_at(played->drill, 0).loss_integral < 1.01); /* 10 m3/h x 6 min */
    rehearsal_close(played);
}

static void zones_and_services_are_shut_and_opened_again(void **state) {
    rehearsal *played = rehearsal_open(WORKS(""), plant, 1);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "gridco.soc", "isolate_zone", "control", "");
    rehearsal_play(played, 10 * TOC_MINUTE);
    rehearsal_expect(played, "00:05:00 network|control|gridco.soc|cut-off|\n");
    assert_true(level(played) == 0);
    do_it(played, "gridco.soc", "reconnect_zone", "control", "");
    rehearsal_play(played, 20 * TOC_MINUTE);
    rehearsal_expect(played, "network|control|gridco.soc|joined|\n");
    assert_true(level(played) == 1);
    do_it(played, "gridco.soc", "block_service", "plc", "service=modbus");
    rehearsal_play(played, 30 * TOC_MINUTE);
    rehearsal_expect(played, "network|plc|gridco.soc|refused|modbus\n");
    assert_true(level(played) == 0);
    do_it(played, "gridco.soc", "unblock_service", "plc", "service=modbus");
    rehearsal_play(played, 40 * TOC_MINUTE);
    rehearsal_expect(played, "network|plc|gridco.soc|taken|modbus\n");
    assert_true(level(played) == 1);
    rehearsal_close(played);
}

static void what_is_not_there_or_not_ours_is_told(void **state) {
    rehearsal *played = rehearsal_open(WORKS(""), plant, 1);
    (void)state;
    rehearsal_play(played, 0);
    assert_int_equal(try_it(played, "gridco.soc", "block_conduit", "poling-line", ""),
                     TOC_BAD_INPUT);
    assert_string_equal(rehearsal_problem(played, 0),
                        "'poling-line' is no conduit of the network; did you mean 'polling-line'?");
    assert_int_equal(try_it(played, "gridco.soc", "isolate_zone", "controll", ""), TOC_BAD_INPUT);
    assert_string_equal(rehearsal_problem(played, 1),
                        "'controll' is no zone of the network; did you mean 'control'?");
    assert_int_equal(try_it(played, "gridco.incident_lead", "change_phase", "strom", ""),
                     TOC_BAD_INPUT);
    assert_string_equal(rehearsal_problem(played, 2),
                        "'strom' is no phase of the network; did you mean 'storm'?");
    assert_int_equal(try_it(played, "gridco.soc", "block_service", "plc", "service=modbuss"),
                     TOC_BAD_INPUT);
    assert_string_equal(rehearsal_problem(played, 3),
                        "'modbuss' is no service of the network; did you mean 'modbus'?");
    do_it(played, "other.soc", "block_conduit", "polling-line", "");
    do_it(played, "gridco.soc", "unblock_conduit", "polling-line", "");
    do_it(played, "gridco.soc", "block_service", "plc", "");
    do_it(played, "other.soc", "block_conduit", "office..away", "");
    (void)toc_drill_advance(played->drill, 10 * TOC_MINUTE, played->problems);
    rehearsal_expect(played, "action|polling-line|other.soc|block_conduit|refused: it belongs to "
                             "another operator\n");
    rehearsal_expect(played, "|unblock_conduit|refused: it is so already\n");
    rehearsal_expect(played, "|block_service|refused: the service is not said\n");
    rehearsal_expect(played, "network|office..away|other.soc|blocked|\n");
    rehearsal_close(played);
}

static void the_phase_of_the_plan_is_the_phase_of_the_network(void **state) {
    rehearsal *played = rehearsal_open(
        WORKS("drill:phase \"storm\" { \"The storm is here\", at = t.minutes(30) }\n"
              "drill:when(function(w) return not w:traffic(\"payments\").passes end, function(d)\n"
              "  print(\"payments stopped in \" .. d.current_phase) end)\n"
              "drill:at(t.minutes(50), function(d) print(d:change_phase \"everyday\") end)"),
        plant, 1);
    (void)state;
    rehearsal_play(played, 40 * TOC_MINUTE);
    rehearsal_expect(played, "00:30:00 network|storm|scenario|phase|Storm\n");
    rehearsal_expect(played, "00:30:00 operation|payments||off|\n");
    rehearsal_expect(played, "00:30:00 log||scenario||payments stopped in storm\n");
    rehearsal_play(played, 55 * TOC_MINUTE);
    rehearsal_expect(played, "00:50:00 operation|payments||on|\n");
    do_it(played, "gridco.incident_lead", "change_phase", "storm", "");
    rehearsal_play(played, TOC_HOUR + TOC_MINUTE);
    rehearsal_expect(played, "01:00:00 network|storm|gridco.incident_lead|phase|Storm\n");
    rehearsal_close(played);
}

static void a_plan_asks_what_passes_and_who_is_reached(void **state) {
    rehearsal *played = rehearsal_open(
        WORKS("drill:when(function(w) return not w:reaches(\"bank\", \"hmi\") end, function(d)\n"
              "  print \"contained\" end)\n"
              "drill:at(t.minutes(20), function(d) print(d:block \"office..control\") end)\n"
              "drill:at(t.minutes(30), function(d)\n"
              "  print(d:unblock \"office..control\", d:isolate_zone \"field\",\n"
              "    d:reconnect_zone \"field\", d:reconnect_zone \"field\") end)\n"),
        plant, 1);
    (void)state;
    rehearsal_play(played, 40 * TOC_MINUTE);
    rehearsal_expect(played, "00:20:00 log||scenario||true\n");
    rehearsal_expect(played, "00:20:00 log||scenario||contained\n");
    rehearsal_expect(played, "00:30:00 log||scenario||true\ttrue\ttrue\tfalse\n");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_conduit_that_is_blocked_costs_what_was_needed_of_it),
        cmocka_unit_test(zones_and_services_are_shut_and_opened_again),
        cmocka_unit_test(what_is_not_there_or_not_ours_is_told),
        cmocka_unit_test(the_phase_of_the_plan_is_the_phase_of_the_network),
        cmocka_unit_test(a_plan_asks_what_passes_and_who_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
