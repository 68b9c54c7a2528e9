/* What an adversary can do from what it has: look around, log on elsewhere, stay, change things. */
#include "support/support.h"

#include "rehearsal.h"

/* An office that gets to the control room by rdp, and the control room to the field by iec-104. */
static const char plant[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Plant\">\n"
    "  <operator id=\"gridco\"/><operator id=\"other\"/>\n"
    "  <zone id=\"office\" operator=\"gridco\" level=\"4\"/>\n"
    "  <zone id=\"control\" operator=\"gridco\" level=\"3\"/>\n"
    "  <zone id=\"field\" operator=\"gridco\" level=\"1\"/>\n"
    "  <conduit from=\"office\" to=\"control\"><allow service=\"rdp\"/></conduit>\n"
    "  <conduit from=\"control\" to=\"field\"><allow service=\"iec-104\"/></conduit>\n"
    "  <asset id=\"pc\" kind=\"workstation\" operator=\"gridco\" zone=\"office\"/>\n"
    "  <asset id=\"printer\" kind=\"workstation\" operator=\"gridco\" zone=\"office\" x=\"0\" "
    "y=\"0\"/>\n"
    "  <asset id=\"scada\" kind=\"control-server\" operator=\"gridco\" zone=\"control\" x=\"0\" "
    "y=\"0\">\n"
    "    <weakness id=\"old-rdp\" technique=\"T0866\" ease=\"1\" service=\"rdp\"/>\n"
    "    <weakness id=\"web\" technique=\"T0866\" ease=\"1\" service=\"https\"/></asset>\n"
    "  <asset id=\"guest\" kind=\"workstation\" operator=\"other\" zone=\"control\"/>\n"
    "  <asset id=\"rtu\" kind=\"rtu\" operator=\"gridco\" zone=\"field\"/>\n"
    "  <asset id=\"ss-1\" kind=\"substation\" operator=\"gridco\">"
    "<needs service=\"control\" from=\"rtu\"/></asset>\n"
    "  <crew id=\"crew\" operator=\"gridco\" skills=\"it\" base=\"printer\" size=\"1\"/>\n"
    "</topology>\n";

#define RED(options, lines)                                                                        \
    "local t = require \"tocsin\"\n"                                                               \
    "local drill = t.drill { title = \"Steps\", length = t.hours(12) }\n"                          \
    "drill:team \"gridco\" { \"soc\", \"it_noc\" }\n"                                              \
    "local red = drill:adversary { name = \"MOTH\", at = \"pc\"" options " }\n"                    \
    "red:plan(function(a)\n" lines "\nend)\nreturn drill\n"

static rehearsal *play(const char *scenario) {
    rehearsal *played = rehearsal_open(scenario, plant, 1);
    rehearsal_play(played, TOC_HOUR);
    return played;
}

static void a_scan_finds_what_something_gets_to_and_the_weaknesses_that_are_open(void **state) {
    rehearsal *played =
        play(RED("", "for _, found in ipairs(a:scan { takes = t.minutes(5) }) do\n"
                     "  print(found.id, found.kind, table.concat(found.weaknesses, \" \")) end\n"
                     "print(#a:scan { zone = \"field\", takes = 0 })\n"
                     "for _, found in ipairs(a:scan { on = { \"guest\", \"rtu\" }, takes = 0 }) do "
                     "print(\"one:\", found.id) end\n"
                     "a:exploit { on = \"scada\", takes = 0 }\n"
                     "print(#a:scan { zone = \"field\", takes = 0 })"));
    (void)state;
    rehearsal_expect(played, "00:05:00 technique||MOTH|T0846|done: found 3\n");
    rehearsal_expect(played, "log||scenario||printer\tworkstation\t\n");
    rehearsal_expect(played, "log||scenario||scada\tcontrol-server\told-rdp\n");
    rehearsal_expect(played, "log||scenario||guest\tworkstation\t\n");
    rehearsal_expect(played, "log||scenario||one:\tguest\n");
    assert_int_equal(rehearsal_count(played, "||one:"), 1);
    rehearsal_expect(played, "log||scenario||0\n");
    rehearsal_expect(played, "log||scenario||1\n");
    rehearsal_close(played);
}

static void a_move_takes_a_session_that_passes_and_a_password(void **state) {
    rehearsal *played = play(
        RED("", "print(a:move { on = \"rtu\", takes = 0 })\n"
                "print(a:move { on = \"guest\", takes = 0 })\n"
                "print(a:move { on = \"scada\", service = \"ssh\", takes = 0 })\n"
                "print(a:move { on = \"scada\", service = \"rdp\", takes = t.minutes(2) })\n"
                "print(a:access \"scada\")\n"
                "print(a:move { on = \"guest\", stolen = true, gives = \"admin\", takes = 0 })\n"
                "print(a:move { on = \"rtu\", takes = 0 })"));
    (void)state;
    rehearsal_expect(played,
                     "technique|rtu|MOTH|T0886|failed: not let in, the network lets nothing "
                     "through to it\n00:00:00 log||scenario||false\treach\n");
    rehearsal_expect(played, "log||scenario||false\taccess\n");
    rehearsal_expect(played, "00:02:00 intrusion|scada|MOTH|access|user\n");
    rehearsal_expect(played, "log||scenario||user\n");
    rehearsal_expect(played, "intrusion|guest|MOTH|access|admin\n");
    rehearsal_expect(played, "intrusion|rtu|MOTH|access|user\n");
    assert_int_equal(rehearsal_count(played, "false\treach"), 2);
    rehearsal_close(played);
}

static void only_an_administrator_leaves_something_behind(void **state) {
    rehearsal *played = play(RED("", "print(a:implant { on = \"scada\", takes = 0 })\n"
                                     "a:move { on = \"scada\", gives = \"admin\", takes = 0 }\n"
                                     "print(a:implant { on = \"scada\", takes = 0 })\n"
                                     "print(a:tamper { on = \"scada\", takes = 0 })\n"
                                     "print(drill:asset(\"scada\").is_implanted, "
                                     "drill:asset(\"scada\").is_tampered)\n"
                                     "a:wait(t.hours(11))\n"
                                     "print(drill:asset(\"scada\").is_implanted, "
                                     "drill:asset(\"scada\").is_tampered)"));
    toc_input input = {.seat = "gridco.it_noc",
                       .verb = "assign_crew",
                       .target = "scada",
                       .parameters = "job=reimage"};
    toc_time at;
    (void)state;
    rehearsal_expect(played, "log||scenario||false\taccess\n");
    rehearsal_expect(played, "intrusion|scada|MOTH|implant|there\n");
    rehearsal_expect(played, "intrusion|scada||tampered|there\n");
    rehearsal_expect(played, "log||scenario||true\ttrue\n");
    assert_int_equal(toc_drill_submit(played->drill, &input, played->problems, &at), TOC_OK);
    rehearsal_play(played, 12 * TOC_HOUR - 1);
    rehearsal_expect(played, "intrusion|scada|MOTH|implant|gone\n");
    rehearsal_expect(played, "intrusion|scada||tampered|gone\n");
    rehearsal_expect(played, "log||scenario||false\tfalse\n");
    rehearsal_close(played);
}

static void a_strict_adversary_strikes_only_what_it_gets_to(void **state) {
#define OPEN                                                                                       \
    "print(a:technique \"T0855\" { on = \"ss-1\", effect = \"open-breaker\", takes = 0 })\n"
    rehearsal *played =
        play(RED(", strict = true", OPEN "a:move { on = \"scada\", takes = 0 }\n" OPEN
                                         "print(a:technique \"T0809\" { on = \"scada\", effect = "
                                         "\"wipe\", needs = \"admin\", takes = 0 })\n"));
    rehearsal *loose = play(RED("", OPEN));
    (void)state;
    rehearsal_expect(played, "technique|ss-1|MOTH|T0855|failed, the network lets nothing through "
                             "to it\n00:00:00 log||scenario||false\treach\n");
    rehearsal_expect(played, "technique|ss-1|MOTH|T0855|done: open-breaker\n");
    rehearsal_expect(played, "log||scenario||true\n");
    rehearsal_expect(played, "log||scenario||false\taccess\n");
    assert_int_equal(rehearsal_count(played, "|wiped|"), 0);
    rehearsal_expect(loose, "cause|ss-1|MOTH|opened|");
    rehearsal_close(played);
    rehearsal_close(loose);
}

static void mistakes_in_a_step_are_told_with_what_is_meant(void **state) {
    static const char *const wrong[][2] = {
        {RED("", "a:scan { zone = \"feild\" }"),
         "scan: there is no zone 'feild'; did you mean 'field'?"},
        {RED("", "a:move { on = \"scada\", gives = \"amdin\" }"), "did you mean 'admin'?"},
        {RED("", "a:implant { }"), "implant: on = must name an asset"},
        {RED("", "a:tamper { on = \"scada\", effect = \"wipe\" }"), "tamper"},
        {RED("", "a:technique \"T0855\" { on = \"ss-1\", needs = \"raech\" }"),
         "did you mean 'reach'?"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        rehearsal *played = rehearsal_open(wrong[i][0], plant, 1);
        rehearsal_check(played);
        assert_int_equal(toc_drill_advance(played->drill, TOC_HOUR, played->problems),
                         TOC_BAD_INPUT);
        if (strstr(rehearsal_problem(played, 0), wrong[i][1]) == NULL ||
            strstr(rehearsal_problem(played, 0), "scenario.lua:6") == NULL) {
            fail_msg("%s", rehearsal_problem(played, 0));
        }
        rehearsal_close(played);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scan_finds_what_something_gets_to_and_the_weaknesses_that_are_open),
        cmocka_unit_test(a_move_takes_a_session_that_passes_and_a_password),
        cmocka_unit_test(only_an_administrator_leaves_something_behind),
        cmocka_unit_test(a_strict_adversary_strikes_only_what_it_gets_to),
        cmocka_unit_test(mistakes_in_a_step_are_told_with_what_is_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
