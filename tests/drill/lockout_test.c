#include "support/support.h"

#include "drill/rehearsal.h"

/* An office from which people work on a control room; a stolen password leads in, an old program
   further, and a tank sends what it holds. */
static const char works[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Works\">\n"
    "  <operator id=\"gridco\"/><operator id=\"other\"/>\n"
    "  <zone id=\"office\" operator=\"gridco\" level=\"4\"/>\n"
    "  <zone id=\"control\" operator=\"gridco\" level=\"2\"/>\n"
    "  <conduit from=\"office\" to=\"control\"><allow service=\"any\"/></conduit>\n"
    "  <asset id=\"pc\" kind=\"workstation\" operator=\"gridco\" zone=\"office\"/>\n"
    "  <asset id=\"hmi\" kind=\"hmi\" operator=\"gridco\" zone=\"control\">\n"
    "    <weakness id=\"password\" technique=\"T0859\" service=\"rdp\" ease=\"1\"/>\n"
    "    <weakness id=\"old-program\" technique=\"T0866\" service=\"smb\" ease=\"1\"/></asset>\n"
    "  <asset id=\"scada\" kind=\"control-server\" operator=\"gridco\" zone=\"control\">\n"
    "    <weakness id=\"password\" technique=\"T0812\" service=\"rdp\" ease=\"1\"/></asset>\n"
    "  <asset id=\"pump\" kind=\"pump\" operator=\"gridco\" people=\"100\">\n"
    "    <provides service=\"water\" capacity=\"10\" unit=\"m3/h\"/>\n"
    "    <needs all=\"setpoints\"/></asset>\n"
    "  <traffic id=\"setpoints\" from=\"hmi\" to=\"scada\" service=\"modbus\"/>\n"
    "</topology>\n";

/* The adversary tries the same way again at 30 and 90 minutes. */
#define WORKS(lines)                                                                               \
    "local t = require \"tocsin\"\n"                                                               \
    "local drill = t.drill { title = \"Dark\", length = t.hours(4) }\n"                            \
    "drill:team \"gridco\" { \"dispatcher\", \"soc\" }\n"                                          \
    "drill:team \"other\" { \"soc\" }\n"                                                           \
    "local red = drill:adversary { name = \"MOTH\", at = \"pc\" }\n"                               \
    "red:plan(function(a)\n"                                                                       \
    "  local function go(on, weakness)\n"                                                          \
    "    local ok, why = a:exploit { on = on, weakness = weakness, takes = 1 }\n"                  \
    "    print(on .. \" \" .. weakness .. \" \" .. tostring(ok or why))\n"                         \
    "  end\n" lines "end)\nreturn drill\n"

#define AGAIN                                                                                      \
    "  go(\"hmi\", \"password\") go(\"scada\", \"password\")\n"                                    \
    "  a:wait(t.minutes(90))\n"                                                                    \
    "  print(\"has \" .. a:access \"hmi\" .. \" \" .. a:access \"scada\")\n"                       \
    "  go(\"hmi\", \"password\")\n"                                                                \
    "  a:wait(t.minutes(60)) go(\"hmi\", \"password\")\n"

static void do_it(rehearsal *played, const char *verb, const char *target) {
    toc_input input = {.seat = "gridco.soc", .verb = verb, .target = target, .parameters = ""};
    toc_time at;
    assert_int_equal(toc_drill_submit(played->drill, &input, played->problems, &at), TOC_OK);
}

static double level(const rehearsal *played) {
    return (double)toc_drill_service_at(played->drill, 0).level_ppm / 1e6;
}

static void who_is_logged_on_is_out_when_accounts_are_disabled(void **state) {
    rehearsal *played = rehearsal_open(WORKS(AGAIN), works, 1);
    (void)state;
    rehearsal_play(played, 10 * TOC_MINUTE);
    do_it(played, "enable_account", "hmi");
    do_it(played, "disable_account", "hmi");
    rehearsal_play(played, 20 * TOC_MINUTE);
    rehearsal_expect(played, "|enable_account|refused: its accounts are not disabled\n");
    rehearsal_expect(played, "00:13:00 intrusion|hmi|MOTH|access|none\n");
    rehearsal_play(played, 2 * TOC_HOUR);
    rehearsal_expect(played, "log||scenario||has none admin\n");
    rehearsal_expect(played, "log||scenario||hmi password closed\n");
    rehearsal_expect(played, "technique|hmi|MOTH|T0859|failed: password, it has been closed\n");
    do_it(played, "enable_account", "hmi");
    rehearsal_play(played, 3 * TOC_HOUR);
    assert_int_equal(rehearsal_count(played, "log||scenario||hmi password true"), 2);
    rehearsal_close(played);
}

static void new_secrets_are_new_for_good(void **state) {
    rehearsal *played = rehearsal_open(WORKS(AGAIN), works, 1);
    (void)state;
    rehearsal_play(played, 10 * TOC_MINUTE);
    do_it(played, "rotate_secrets", "hmi");
    rehearsal_play(played, TOC_HOUR);
    rehearsal_expect(played, "00:55:00 intrusion|hmi|MOTH|access|none\n");
    do_it(played, "disable_account", "hmi");
    rehearsal_play(played, TOC_HOUR + 10 * TOC_MINUTE);
    do_it(played, "enable_account", "hmi");
    rehearsal_play(played, 3 * TOC_HOUR);
    assert_int_equal(rehearsal_count(played, "log||scenario||hmi password closed"), 2);
    rehearsal_close(played);
}

static void a_revoked_certificate_ends_what_came_from_there_and_its_traffic(void **state) {
    rehearsal *played = rehearsal_open(
        WORKS("  go(\"hmi\", \"password\")\n  a:wait(t.minutes(30)) go(\"hmi\", \"password\")\n"
              "  a:wait(t.minutes(40)) print(\"has \" .. a:access \"hmi\")\n"),
        works, 1);
    (void)state;
    rehearsal_play(played, 5 * TOC_MINUTE);
    do_it(played, "revoke_cert", "pc");
    rehearsal_play(played, 20 * TOC_MINUTE);
    rehearsal_expect(played, "00:15:00 intrusion|hmi|MOTH|access|none\n");
    assert_true(level(played) == 1);
    rehearsal_play(played, 40 * TOC_MINUTE);
    rehearsal_expect(played, "log||scenario||hmi password reach\n");
    do_it(played, "revoke_cert", "hmi");
    rehearsal_play(played, 2 * TOC_HOUR);
    rehearsal_expect(played, "00:50:00 operation|setpoints||off|\n");
    rehearsal_expect(played, "log||scenario||has none\n");
    assert_true(level(played) == 0);
    do_it(played, "reissue_cert", "hmi");
    rehearsal_play(played, 3 * TOC_HOUR);
    rehearsal_expect(played, "02:30:00 operation|setpoints||on|\n");
    assert_true(level(played) == 1);
    rehearsal_close(played);
}

static void remote_access_into_a_zone_is_shut_at_all_its_assets(void **state) {
    rehearsal *played = rehearsal_open(
        WORKS("  a:wait(t.minutes(30)) go(\"hmi\", \"password\") go(\"hmi\", \"old-program\")\n"
              "  a:wait(t.minutes(60)) go(\"scada\", \"password\")\n"),
        works, 1);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "open_remote_access", "control");
    do_it(played, "close_remote_access", "control");
    rehearsal_play(played, TOC_HOUR);
    rehearsal_expect(played, "|open_remote_access|refused: it is so already\n");
    rehearsal_expect(played, "00:05:00 network|hmi|gridco.soc|refused|rdp\n");
    rehearsal_expect(played, "00:05:00 network|scada|gridco.soc|refused|rdp\n");
    rehearsal_expect(played, "log||scenario||hmi password reach\n");
    rehearsal_expect(played, "log||scenario||hmi old-program true\n");
    assert_true(level(played) == 1);
    do_it(played, "open_remote_access", "control");
    rehearsal_play(played, 3 * TOC_HOUR);
    rehearsal_expect(played, "log||scenario||scada password true\n");
    rehearsal_close(played);
}

static void a_patch_closes_programs_and_costs_its_restart(void **state) {
    rehearsal *played = rehearsal_open(
        WORKS("  a:wait(t.minutes(60)) go(\"hmi\", \"old-program\") go(\"hmi\", \"password\")\n"),
        works, 1);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "patch", "hmi");
    rehearsal_play(played, 10 * TOC_MINUTE);
    rehearsal_expect(played, "00:00:00 cause|hmi|gridco.soc|maintenance|\n");
    assert_true(level(played) == 0);
    do_it(played, "patch", "hmi");
    do_it(played, "patch", "setpoints");
    rehearsal_play(played, 2 * TOC_HOUR);
    rehearsal_expect(played, "|patch|refused: it is down: that can be done when it is up again");
    rehearsal_expect(played, "|patch|refused: a link runs no programs\n");
    rehearsal_expect(played, "00:40:00 operation|hmi||on|\n");
    rehearsal_expect(played, "log||scenario||hmi old-program closed\n");
    rehearsal_expect(played, "log||scenario||hmi password true\n");
    assert_true(level(played) == 1);
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_logged_on_is_out_when_accounts_are_disabled),
        cmocka_unit_test(new_secrets_are_new_for_good),
        cmocka_unit_test(a_revoked_certificate_ends_what_came_from_there_and_its_traffic),
        cmocka_unit_test(remote_access_into_a_zone_is_shut_at_all_its_assets),
        cmocka_unit_test(a_patch_closes_programs_and_costs_its_restart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
