#include "support/support.h"

#include "drill/rehearsal.h"
#include "tocsin/standin.h"

static const char base[] = "local t = require \"tocsin\"\n"
                           "local drill = t.drill { title = \"Dark\", length = t.hours(2) }\n"
                           "drill:team \"gridco\" { \"dispatcher\", \"incident_lead\" }\n"
                           "drill:plan \"plan-gridco.xml\"\n"
                           "return drill\n";

#define HEAD                                                                                       \
    "<plan xmlns='urn:tocsin:plan:1' operator='gridco' version='1' en='Blackout'>\n"               \
    "<role id='lead' seat='incident_lead' en='Lead'/>\n"                                           \
    "<role id='desk' seat='dispatcher' en='Desk'/>\n"                                              \
    "<level id='I' by='lead' en='city'/><level id='II' by='lead' en='district'/>\n"
#define TAIL "</plan>"

static const char plan[] =
    HEAD "<step id='declare' role='lead' verb='declare_incident' en='Declare'/>\n"
         "<step id='force' role='lead' verb='activate_plan' after='declare' en='In force'/>\n"
         "<step id='look' role='desk' verb='observe' target='ss-1' within='10min' en='Look'/>\n"
         "<step id='log' role='lead' after='look' within='20min' from='look' en='Log it'/>\n"
         "<step id='city' role='lead' verb='stand_down' level='I' en='City only'/>\n"
         "<step id='may' role='desk' optional='yes' verb='inspect_site' en='May'/>\n"
         "<limit id='never' verb='switch_off' target='ss-2' en='Never'/>\n" TAIL;

static rehearsal *open_with(const char *text) {
    rehearsal *played = calloc(1, sizeof *played);
    toc_package_file files[] = {{"scenario.lua", base, strlen(base)},
                                {"plan-gridco.xml", text, strlen(text)},
                                {"topology.xml", rehearsal_topology, strlen(rehearsal_topology)}};
    played->trace = calloc(1, 1);
    played->problems = toc_problems_create();
    assert_int_equal(toc_package_from_files("dark", files, 3, played->problems, &played->package),
                     TOC_OK);
    toc_drill_options options = {.seed = 1, .trace = rehearsal_note, .trace_object = played};
    (void)toc_drill_open(played->package, &options, played->problems, &played->drill);
    return played;
}

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

static void steps_are_recognised_in_what_seats_do_and_may_be_named(void **state) {
    rehearsal *played = open_with(plan);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "gridco.incident_lead", "declare_incident", "", "");
    do_it(played, "gridco.incident_lead", "activate_plan", "", "level=II");
    rehearsal_play(played, 6 * TOC_MINUTE);
    rehearsal_expect(played, "plan|gridco/declare|gridco.incident_lead|done|Declare\n");
    rehearsal_expect(played, "00:00:00 plan|gridco/force|gridco.incident_lead|started|");
    rehearsal_expect(played, "00:05:00 plan|gridco|gridco.incident_lead|in-force|II\n");
    rehearsal_expect(played, "00:05:00 plan|gridco/force|gridco.incident_lead|done|");
    do_it(played, "gridco.incident_lead", "note", "", "text=x\nstep=log");
    rehearsal_play(played, 10 * TOC_MINUTE);
    rehearsal_expect(played, "plan|gridco/log|gridco.incident_lead|out-of-order|Log it\n");
    rehearsal_expect(played, "plan|gridco/log|gridco.incident_lead|done|Log it\n");
    do_it(played, "gridco.dispatcher", "observe", "ss-2", "");
    rehearsal_play(played, 15 * TOC_MINUTE + TOC_SECOND);
    rehearsal_expect(played, "00:15:00 plan|gridco/look||overdue|Look\n");
    do_it(played, "gridco.dispatcher", "observe", "ss-1", "");
    rehearsal_play(played, 20 * TOC_MINUTE);
    rehearsal_expect(played, "plan|gridco/look|gridco.dispatcher|late|Look\n");
    rehearsal_play(played, 2 * TOC_HOUR);
    assert_int_equal(rehearsal_count(played, "|skipped|"), 0); /* level II: not what I asks for */
    rehearsal_close(played);
}

static void what_must_never_be_done_is_told_and_what_was_not_done_too(void **state) {
    rehearsal *played = open_with(plan);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "gridco.dispatcher", "switch_off", "ss-1", "");
    do_it(played, "gridco.dispatcher", "switch_off", "ss-2", "");
    do_it(played, "gridco.incident_lead", "activate_plan", "", "");
    rehearsal_play(played, 2 * TOC_HOUR);
    assert_int_equal(rehearsal_count(played, "|forbidden|"), 1);
    rehearsal_expect(played, "plan|gridco/never|gridco.dispatcher|forbidden|Never\n");
    rehearsal_expect(played, "plan|gridco/force|gridco.incident_lead|out-of-order|");
    rehearsal_expect(played, "plan|gridco/city||skipped|City only\n");
    assert_int_equal(rehearsal_count(played, "|skipped|"), 4); /* all but force and the optional */
    rehearsal_close(played);
}

static void a_graver_level_asks_for_more_from_then_on(void **state) {
    rehearsal *played = open_with(
        HEAD "<step id='city' role='lead' verb='stand_down' level='I' within='10min' en='City'/>"
             "<step id='all' role='desk' verb='inspect_site' within='50min' en='All'/>\n" TAIL);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "gridco.incident_lead", "activate_plan", "", "level=II");
    rehearsal_play(played, 30 * TOC_MINUTE);
    do_it(played, "gridco.incident_lead", "activate_plan", "", "level=I");
    rehearsal_play(played, 2 * TOC_HOUR);
    rehearsal_expect(played, "00:35:00 plan|gridco|gridco.incident_lead|in-force|I\n");
    rehearsal_expect(played, "00:45:00 plan|gridco/city||overdue|City\n");
    rehearsal_expect(played, "00:55:00 plan|gridco/all||overdue|All\n");
    rehearsal_close(played);
}

static void a_step_that_no_plan_has_is_refused_with_the_nearest(void **state) {
    rehearsal *played = open_with(plan);
    (void)state;
    rehearsal_play(played, 0);
    assert_int_equal(try_it(played, "gridco.incident_lead", "note", "", "step=declaer"),
                     TOC_BAD_INPUT);
    assert_non_null(strstr(rehearsal_problem(played, 0), "did you mean 'declare'?"));
    rehearsal_close(played);
    played = rehearsal_open(REHEARSAL(""), NULL, 1);
    rehearsal_play(played, 0);
    assert_int_equal(try_it(played, "gridco.dispatcher", "note", "", "step=declare"),
                     TOC_BAD_INPUT);
    rehearsal_close(played);
}

static void refuses(const char *text, const char *why) {
    char whole[2000];
    (void)snprintf(whole, sizeof whole, "%s%s%s", HEAD, text, TAIL);
    rehearsal *played = open_with(whole);
    assert_null(played->drill);
    if (strstr(rehearsal_problem(played, 0), why) == NULL) {
        fail_msg("expected '%s' in '%s'", why, rehearsal_problem(played, 0));
    }
    rehearsal_close(played);
}

static void a_plan_that_cannot_be_followed_is_told(void **state) {
    (void)state;
    refuses("<step id='x' role='lead' verb='isolatee' en='x'/>",
            "plan-gridco.xml:5:26: 'isolatee' is no action; did you mean 'isolate'?");
    refuses("<step id='x' role='lead' verb='isolate' target='hmi-2' en='x'/>",
            "did you mean 'hmi-1'?");
    refuses("<step id='x' role='desk' verb='stand_down' en='x'/>", "may not do stand_down");
    refuses("<step id='x' role='lead' verb='isolate' within='1min' en='x'/>",
            "can never be in time: isolate takes");
    refuses("<step id='x' role='lead' verb='trip' en='x'/><limit id='y' verb='trip' en='y'/>",
            "asks for what the limit 'y' forbids");
    refuses("<role id='boss' seat='incident_laed' en='x'/><step id='x' role='lead' en='x'/>",
            "there is no seat 'gridco.incident_laed'; did you mean 'gridco.incident_lead'?");
    refuses("<level id='III' by='desk' en='x'/><step id='x' role='lead' en='x'/>",
            "gridco.dispatcher may not set the plan in force");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_recognised_in_what_seats_do_and_may_be_named),
        cmocka_unit_test(what_must_never_be_done_is_told_and_what_was_not_done_too),
        cmocka_unit_test(a_graver_level_asks_for_more_from_then_on),
        cmocka_unit_test(a_step_that_no_plan_has_is_refused_with_the_nearest),
        cmocka_unit_test(a_plan_that_cannot_be_followed_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
