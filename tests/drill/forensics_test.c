#include "support/support.h"

#include "drill/rehearsal.h"

static const char works[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Works\">\n"
    "  <operator id=\"gridco\"/>\n"
    "  <asset id=\"depot\" kind=\"depot\" operator=\"gridco\" x=\"0\" y=\"0\"/>\n"
    "  <asset id=\"pc\" kind=\"workstation\" operator=\"gridco\"/>\n"
    "  <asset id=\"hmi\" kind=\"hmi\" operator=\"gridco\" x=\"0\" y=\"0\">\n"
    "    <weakness id=\"password\" technique=\"T0859\" ease=\"1\"/></asset>\n"
    "  <asset id=\"archive\" kind=\"server\" operator=\"gridco\" x=\"0\" y=\"0\"/>\n"
    "  <crew id=\"it-crew\" operator=\"gridco\" skills=\"it network\" base=\"depot\" size=\"1\"/>\n"
    "</topology>\n";

static const char script[] =
    "local t = require \"tocsin\"\n"
    "local drill = t.drill { title = \"Dark\", length = t.hours(12) }\n"
    "drill:team \"gridco\" { \"soc\" }\n"
    "local red = drill:adversary { name = \"MOTH\", at = \"pc\" }\n"
    "red:plan(function(a) a:wait(t.minutes(10))\n"
    "  a:exploit { on = \"hmi\", weakness = \"password\", takes = 1 } end)\n"
    "return drill\n";

static void do_it(rehearsal *played, const char *verb, const char *target) {
    toc_input input = {.seat = "gridco.soc", .verb = verb, .target = target, .parameters = ""};
    toc_time at;
    assert_int_equal(toc_drill_submit(played->drill, &input, played->problems, &at), TOC_OK);
}

static void logs_show_who_is_there_and_from_where(void **state) {
    rehearsal *played = rehearsal_open(script, works, 1);
    (void)state;
    rehearsal_play(played, TOC_HOUR);
    do_it(played, "query_log", "hmi");
    do_it(played, "query_log", "archive");
    rehearsal_play(played, 2 * TOC_HOUR);
    rehearsal_expect(played, "01:15:00 action|hmi|gridco.soc|query_log|done: somebody is on it: "
                             "admin from pc since D+0 00:10:00\n");
    rehearsal_expect(played, "action|archive|gridco.soc|query_log|done: its logs show nothing");
    do_it(played, "isolate", "hmi");
    rehearsal_play(played, 3 * TOC_HOUR);
    do_it(played, "query_log", "hmi");
    rehearsal_play(played, 4 * TOC_HOUR);
    rehearsal_expect(played, "|query_log|refused: it is down, and its logs with it: "
                             "collect_evidence reads its disks\n");
    rehearsal_close(played);
}

static void evidence_is_kept_before_an_asset_is_set_up_anew_or_never(void **state) {
    (void)state;
    for (int kept = 0; kept < 2; kept++) {
        rehearsal *played = rehearsal_open(script, works, 1);
        rehearsal_play(played, TOC_HOUR);
        if (kept) {
            do_it(played, "collect_evidence", "hmi");
        }
        rehearsal_play(played, 2 * TOC_HOUR);
        do_it(played, "reimage", "hmi");
        rehearsal_play(played, 11 * TOC_HOUR);
        do_it(played, "collect_evidence", "hmi");
        do_it(played, "collect_evidence", "archive");
        rehearsal_play(played, 12 * TOC_HOUR - 1);
        assert_int_equal(rehearsal_count(played, "evidence|hmi|gridco.soc|kept|"), kept);
        assert_int_equal(rehearsal_count(played, "evidence|hmi|it-crew|lost|reimage"), !kept);
        rehearsal_expect(played, "evidence|hmi|gridco.soc|too-late|");
        rehearsal_expect(played, "evidence|archive|gridco.soc|nothing|");
        rehearsal_close(played);
    }
}

static void what_nobody_found_safe_is_not_returned_to_service(void **state) {
    rehearsal *played = rehearsal_open(script, works, 1);
    (void)state;
    rehearsal_play(played, TOC_HOUR);
    do_it(played, "isolate", "hmi");
    rehearsal_play(played, 2 * TOC_HOUR);
    do_it(played, "return_to_service", "hmi");
    do_it(played, "validate_safe", "hmi");
    rehearsal_play(played, 3 * TOC_HOUR);
    rehearsal_expect(played, "|return_to_service|refused: nobody has found it safe: validate_safe "
                             "first, or reconnect it at your own risk\n");
    rehearsal_expect(played, "|validate_safe|done: not safe: somebody is on it: rotate_secrets, or "
                             "reimage it\n");
    do_it(played, "reimage", "hmi");
    rehearsal_play(played, 10 * TOC_HOUR);
    do_it(played, "validate_safe", "hmi");
    rehearsal_play(played, 11 * TOC_HOUR);
    rehearsal_expect(played, "|validate_safe|done: it is safe to return to service\n");
    do_it(played, "return_to_service", "hmi");
    rehearsal_play(played, 12 * TOC_HOUR - 1);
    assert_int_equal(rehearsal_count(played, "operation|hmi||on|"), 1);
    rehearsal_close(played);
}

static void an_implant_survives_new_secrets_and_tampered_logs_show_nothing(void **state) {
    rehearsal *played =
        rehearsal_open("local t = require \"tocsin\"\n"
                       "local drill = t.drill { title = \"Dark\", length = t.hours(12) }\n"
                       "drill:team \"gridco\" { \"soc\" }\n"
                       "local red = drill:adversary { name = \"MOTH\", at = \"pc\" }\n"
                       "red:plan(function(a) a:wait(t.minutes(10))\n"
                       "  a:exploit { on = \"hmi\", weakness = \"password\", takes = 1 }\n"
                       "  a:implant { on = \"hmi\", takes = 1 }\n"
                       "  a:wait(t.hours(3)) a:tamper { on = \"hmi\", takes = 1 } end)\n"
                       "return drill\n",
                       works, 1);
    (void)state;
    rehearsal_play(played, TOC_HOUR);
    do_it(played, "rotate_secrets", "hmi");
    rehearsal_play(played, 2 * TOC_HOUR);
    do_it(played, "query_log", "hmi");
    do_it(played, "validate_safe", "hmi");
    rehearsal_play(played, 3 * TOC_HOUR);
    rehearsal_expect(played,
                     "|query_log|done: somebody is on it: admin from pc since D+0 00:10:00");
    rehearsal_expect(played, "|validate_safe|done: not safe: something in it lets a stranger in: "
                             "reimage or restore_backup it\n");
    rehearsal_play(played, 4 * TOC_HOUR);
    do_it(played, "query_log", "hmi");
    rehearsal_play(played, 5 * TOC_HOUR);
    rehearsal_expect(played, "|query_log|done: its logs show nothing unusual\n");
    do_it(played, "restore_config", "hmi");
    rehearsal_play(played, 6 * TOC_HOUR);
    rehearsal_expect(played,
                     "|restore_config|done: its settings had been changed, they are as they "
                     "should be again\n");
    do_it(played, "query_log", "hmi");
    rehearsal_play(played, 7 * TOC_HOUR);
    assert_int_equal(rehearsal_count(played, "|query_log|done: somebody is on it"), 2);
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logs_show_who_is_there_and_from_where),
        cmocka_unit_test(evidence_is_kept_before_an_asset_is_set_up_anew_or_never),
        cmocka_unit_test(an_implant_survives_new_secrets_and_tampered_logs_show_nothing),
        cmocka_unit_test(what_nobody_found_safe_is_not_returned_to_service),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
