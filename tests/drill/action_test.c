#include "support/support.h"

#include "drill/seat_stage.h"
#include "drill/team.h"

static void an_input_that_makes_no_sense_is_told_with_the_nearest_name(void **state) {
    (void)state;
    stage_refuses("gridco.dispacher", "note", "", "",
                  "'gridco.dispacher' is no seat of this drill; did you mean 'gridco.dispatcher'?");
    stage_refuses("gridco.dispatcher", "reenergize", "ss-1", "",
                  "'reenergize' is no action; did you mean 'reenergise'?");
    stage_refuses("gridco.dispatcher", "reenergise", "s-1", "",
                  "'s-1' is no asset or link; did you mean 'ss-1'?");
    stage_refuses("gridco.dispatcher", "reenergise", "", "", "reenergise needs a target");
    stage_refuses("gridco.dispatcher", "note", "ss-1", "", "note takes no target, found 'ss-1'");
    stage_refuses("gridco.dispatcher", "ask", "authority.duty_oficer", "text=Who?",
                  "'authority.duty_oficer' is no seat or persona of this drill; did you mean "
                  "'authority.duty_officer'?");
    stage_refuses("gridco.compliance", "report_initial", "nobody-at-all", "",
                  "'nobody-at-all' is no duty, seat or team of this drill");
    stage_refuses("gridco.dispatcher", "assign_crew", "ss-1", "crw=east",
                  "'crw' is no parameter of this action; did you mean 'crew'?");
    stage_refuses("gridco.dispatcher", "assign_crew", "ss-1", "crew=eest",
                  "'eest' is no crew; did you mean 'east'?");
    stage_refuses("gridco.dispatcher", "assign_crew", "ss-1", "job=swich",
                  "'swich' is no kind of work; did you mean 'switch'?");
    stage_refuses("gridco.dispatcher", "assign_crew", "ss-1", "rank=-3",
                  "rank: expected a whole number from 0 to 1000, found '-3'");
    stage_refuses("gridco.dispatcher", "set_belief", "ss-1", "state=onn",
                  "'onn' is no state of an asset; did you mean 'on'?");
    stage_refuses("gridco.dispatcher", "set_belief", "ss-1", "state=on\nconfidence=2",
                  "confidence: expected a number from 0 to 1, found '2'");
    stage_refuses("gridco.dispatcher", "note", "", "text",
                  "parameters are 'key=value', found "
                  "'text'");
    stage_refuses("gridco.dispatcher", "note", "", "text=a\ntext=b",
                  "the parameter 'text' is given twice");
}

static void a_role_does_only_what_it_is_allowed(void **state) {
    (void)state;
    stage_refuses("gridco.compliance", "isolate", "vpn-1", "",
                  "gridco.compliance may not do isolate: the role 'compliance' is not allowed to "
                  "cut assets off the network and to connect them again");
    stage_refuses("gridco.gardener", "manual_mode", "", "",
                  "gridco.gardener may not do manual_mode: the role 'gardener' is not allowed to "
                  "operate the plant");
    stage *staged = stage_open("", NULL, 1);
    stage_do(staged, "gridco.gardener", "note", "", "text=The gate is open.");
    stage_last(staged, "gridco.gardener note : done");
    stage_close(staged);
}

static void what_nobody_of_a_team_is_there_for_all_of_it_may_do(void **state) {
    stage *staged = stage_open("", NULL, 1);
    (void)state;
    stage_do(staged, "waterco.dispatcher", "press_statement", "", "text=Boil it.");
    stage_last(staged, "waterco.dispatcher press_statement : under-way");
    stage_do(staged, "waterco.dispatcher", "isolate", "pump-1", "");
    stage_last(staged, "waterco.dispatcher isolate pump-1: under-way");
    stage_close(staged);
}

static void an_action_takes_its_time_and_ends_done(void **state) {
    stage *staged = stage_open("", NULL, 1);
    uint32_t vpn = toc_topology_find_element(toc_drill_topology(staged->drill), "vpn-1");
    (void)state;
    stage_until(staged, TOC_MINUTE);
    stage_do(staged, "gridco.soc", "isolate", "vpn-1", "text=Foreign login");
    stage_until(staged, TOC_MINUTE + 4 * TOC_MINUTE);
    assert_false(toc_world_has_cause(staged->drill->world, vpn, TOC_CAUSE_ISOLATED));
    stage_until(staged, TOC_MINUTE + 4 * TOC_MINUTE + 1);
    assert_true(toc_world_has_cause(staged->drill->world, vpn, TOC_CAUSE_ISOLATED));
    assert_string_equal(staged->log, "gridco.soc isolate vpn-1: requested: text=Foreign login\n"
                                     "gridco.soc isolate vpn-1: under-way\n"
                                     "gridco.soc isolate vpn-1: done\n");
    stage_do(staged, "gridco.soc", "isolate", "vpn-1", "");
    stage_last(staged, "gridco.soc isolate vpn-1: refused: it is isolated already");
    stage_do(staged, "gridco.soc", "reconnect", "vpn-1", "");
    stage_last(staged, "gridco.soc reconnect vpn-1: under-way: reconnect from afar");
    stage_until(staged, TOC_HOUR);
    stage_last(staged, "gridco.soc reconnect vpn-1: done");
    assert_false(toc_world_has_cause(staged->drill->world, vpn, TOC_CAUSE_ISOLATED));
    stage_close(staged);
}

static void what_is_not_there_or_not_ours_is_refused_with_the_reason(void **state) {
    stage *staged = stage_open("", NULL, 1);
    (void)state;
    stage_do(staged, "gridco.dispatcher", "acknowledge_alarm", "ss-1", "");
    stage_last(staged, "gridco.dispatcher acknowledge_alarm ss-1: refused: no alarm on it is open");
    stage_do(staged, "gridco.dispatcher", "reenergise", "pump-1", "");
    stage_last(staged,
               "gridco.dispatcher reenergise pump-1: refused: it belongs to another operator");
    stage_do(staged, "authority.duty_officer", "assign_crew", "ss-1", "");
    stage_last(staged,
               "authority.duty_officer assign_crew ss-1: refused: the team operates nothing");
    stage_do(staged, "gridco.dispatcher", "reenergise", "ss-1", "");
    stage_last(staged,
               "gridco.dispatcher reenergise ss-1: refused: there is nothing of that kind to do");
    stage_do(staged, "gridco.incident_lead", "stand_down", "", "");
    stage_last(staged,
               "gridco.incident_lead stand_down : refused: the team has declared no incident");
    stage_do(staged, "gridco.dispatcher", "ask", "gridco.dispatcher", "text=Am I here?");
    stage_last(staged,
               "gridco.dispatcher ask gridco.dispatcher: refused: that is this seat itself");
    stage_do(staged, "gridco.dispatcher", "prioritise", "ss-1", "rank=1");
    stage_last(staged, "gridco.dispatcher prioritise ss-1: refused: none of the team's work waits "
                       "there");
    stage_close(staged);
}

#define OPENS_BOTH                                                                                 \
    "drill:at(t.minutes(10), function(d) d:fail('ss-1', 'open-breaker') d:fail('ss-2', "           \
    "'open-breaker') end)\n"

static void switching_goes_from_afar_until_the_team_does_it_by_hand(void **state) {
    stage *staged = stage_open(OPENS_BOTH, NULL, 1);
    (void)state;
    stage_until(staged, 11 * TOC_MINUTE);
    stage_do(staged, "gridco.dispatcher", "acknowledge_alarm", "ss-1", "");
    stage_last(staged, "gridco.dispatcher acknowledge_alarm ss-1: done");
    stage_do(staged, "gridco.dispatcher", "reenergise", "ss-2", "");
    stage_last(staged, "gridco.dispatcher reenergise ss-2: under-way: switch from afar");
    stage_until(staged, 30 * TOC_MINUTE);
    stage_last(staged, "gridco.dispatcher reenergise ss-2: done");
    stage_do(staged, "gridco.incident_lead", "manual_mode", "", "");
    stage_until(staged, 36 * TOC_MINUTE);
    stage_do(staged, "gridco.dispatcher", "switch_off", "ss-2", "");
    stage_last(staged, "gridco.dispatcher switch_off ss-2: under-way: east is on its way");
    stage_do(staged, "gridco.dispatcher", "cancel_job", "ss-2", "");
    stage_do(staged, "gridco.dispatcher", "reenergise", "ss-1", "");
    stage_last(staged, "gridco.dispatcher reenergise ss-1: under-way: east is on its way");
    stage_until(staged, 5 * TOC_HOUR);
    stage_last(staged, "gridco.dispatcher reenergise ss-1: done: east leaves it in order");
    stage_close(staged);
}

static void a_crew_finds_out_what_nobody_knew_and_its_team_learns_it(void **state) {
    stage *staged = stage_open("drill:at(t.minutes(1), function(d) d:fail('rtu-1', 'destroy') "
                               "d:fail('ss-1', 'damage') end)\n",
                               NULL, 1);
    uint32_t rtu = toc_topology_find_element(toc_drill_topology(staged->drill), "rtu-1");
    uint32_t team = toc_team_find(staged->drill, "gridco");
    (void)state;
    stage_until(staged, 2 * TOC_MINUTE);
    stage_do(staged, "gridco.dispatcher", "assign_crew", "rtu-1", "crew=east");
    stage_do(staged, "gridco.dispatcher", "assign_crew", "ss-1", "");
    stage_last(staged, "gridco.dispatcher assign_crew ss-1: under-way: waiting for a free crew");
    assert_null(toc_team_card_of(staged->drill, team, rtu));
    stage_until(staged, 6 * TOC_HOUR - 1);
    assert_non_null(strstr(staged->log, "gridco.dispatcher assign_crew rtu-1: under-way: east "
                                        "looks for what is wrong\n"));
    assert_non_null(strstr(staged->log, "gridco.dispatcher assign_crew rtu-1: done: east leaves "
                                        "it destroyed\n"));
    assert_non_null(strstr(staged->log, "gridco.dispatcher assign_crew ss-1: under-way: east "
                                        "found it damaged: repair\n"));
    stage_last(staged, "gridco.dispatcher assign_crew ss-1: done: east leaves it in order");
    assert_int_equal(toc_team_card_of(staged->drill, team, rtu)->found, 1u << TOC_CAUSE_DESTROYED);
    stage_close(staged);
}

static void work_is_put_in_another_order_and_called_off(void **state) {
    stage *staged = stage_open(OPENS_BOTH, NULL, 1);
    (void)state;
    stage_until(staged, 11 * TOC_MINUTE);
    stage_do(staged, "gridco.dispatcher", "assign_crew", "depot", "job=auto");
    stage_do(staged, "gridco.dispatcher", "assign_crew", "ss-1", "job=switch\nrank=5");
    stage_do(staged, "gridco.dispatcher", "assign_crew", "ss-2", "job=switch\nrank=9");
    stage_do(staged, "gridco.incident_lead", "prioritise", "ss-2", "rank=1");
    stage_last(staged, "gridco.incident_lead prioritise ss-2: done");
    stage_until(staged, 20 * TOC_MINUTE);
    assert_non_null(strstr(staged->log, "assign_crew ss-2: under-way: east is on its way"));
    stage_do(staged, "gridco.incident_lead", "cancel_job", "ss-1", "");
    assert_non_null(strstr(staged->log, "gridco.dispatcher assign_crew ss-1: cancelled: called "
                                        "off\n"));
    stage_last(staged, "gridco.incident_lead cancel_job ss-1: done");
    stage_do(staged, "gridco.incident_lead", "cancel_job", "ss-1", "");
    stage_last(staged, "gridco.incident_lead cancel_job ss-1: refused: the team has no open work "
                       "there");
    stage_close(staged);
}

static void an_incident_is_declared_once_and_ended(void **state) {
    stage *staged = stage_open("", NULL, 1);
    (void)state;
    stage_do(staged, "gridco.dispatcher", "declare_incident", "", "");
    stage_last(staged, "gridco.dispatcher declare_incident : done");
    stage_do(staged, "gridco.soc", "declare_incident", "", "");
    stage_last(staged, "gridco.soc declare_incident : refused: the team has declared it already");
    stage_do(staged, "gridco.incident_lead", "stand_down", "", "");
    stage_last(staged, "gridco.incident_lead stand_down : done");
    stage_do(staged, "gridco.soc", "declare_incident", "", "");
    stage_last(staged, "gridco.soc declare_incident : done");
    stage_close(staged);
}

static void words_reach_the_other_seat_as_they_were_said(void **state) {
    stage *staged = stage_open("", NULL, 1);
    uint32_t officer = stage_seat(staged, "authority.duty_officer");
    (void)state;
    stage_do(staged, "gridco.dispatcher", "notify_peer", "authority.duty_officer",
             "text=Two lines:\\none = down, C:\\\\two");
    stage_until(staged, 2 * TOC_MINUTE);
    assert_int_equal(toc_observation_count(staged->drill, officer), 1);
    const toc_observation *seen = toc_observation_at(staged->drill, officer, 0);
    assert_int_equal(seen->kind, TOC_OBSERVED_MESSAGE);
    assert_string_equal(seen->subject, "M-1");
    assert_string_equal(seen->actor, "gridco.dispatcher");
    assert_string_equal(seen->verb, "phone");
    assert_string_equal(seen->text, "Two lines:\none = down, C:\\two");
    stage_close(staged);
}

static void a_report_does_its_duty(void **state) {
    stage *staged =
        stage_open("drill:duty 'first' { operator = 'gridco', to = 'authority.duty_officer',\n"
                   "  within = t.hours(1), text = 'First report', source = 'test',\n"
                   "  trigger = function(w) return w:service('power', 'gridco').level < 0.9 end "
                   "}\n" OPENS_BOTH,
                   NULL, 1);
    uint32_t officer = stage_seat(staged, "authority.duty_officer");
    (void)state;
    stage_until(staged, 11 * TOC_MINUTE);
    stage_do(staged, "gridco.compliance", "report_initial", "first", "text=Two stations are dark.");
    stage_until(staged, 22 * TOC_MINUTE);
    stage_last(staged, "gridco.compliance report_initial first: done: the duty is done");
    assert_true(toc_drill_duty_at(staged->drill, 0).on_time);
    assert_string_equal(toc_observation_at(staged->drill, officer, 0)->text,
                        "Two stations are dark.");
    stage_close(staged);
}

static void a_recorded_input_comes_at_its_time_and_never_late(void **state) {
    stage *staged = stage_open("", NULL, 1);
    toc_input input = {.at = 5 * TOC_MINUTE,
                       .seat = "gridco.dispatcher",
                       .verb = "declare_incident",
                       .target = "",
                       .parameters = ""};
    (void)state;
    assert_int_equal(toc_drill_replay(staged->drill, &input, staged->problems), TOC_OK);
    stage_until(staged, 5 * TOC_MINUTE - 1);
    assert_string_equal(staged->log, "");
    stage_until(staged, 5 * TOC_MINUTE);
    stage_last(staged, "gridco.dispatcher declare_incident : done");
    assert_int_equal(toc_drill_replay(staged->drill, &input, staged->problems), TOC_BAD_INPUT);
    assert_string_equal(stage_problem(staged), "the input of gridco.dispatcher at D+0 00:05:00 "
                                               "comes too late, it is D+0 00:05:00");
    stage_close(staged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_input_that_makes_no_sense_is_told_with_the_nearest_name),
        cmocka_unit_test(a_role_does_only_what_it_is_allowed),
        cmocka_unit_test(what_nobody_of_a_team_is_there_for_all_of_it_may_do),
        cmocka_unit_test(an_action_takes_its_time_and_ends_done),
        cmocka_unit_test(what_is_not_there_or_not_ours_is_refused_with_the_reason),
        cmocka_unit_test(switching_goes_from_afar_until_the_team_does_it_by_hand),
        cmocka_unit_test(a_crew_finds_out_what_nobody_knew_and_its_team_learns_it),
        cmocka_unit_test(work_is_put_in_another_order_and_called_off),
        cmocka_unit_test(an_incident_is_declared_once_and_ended),
        cmocka_unit_test(words_reach_the_other_seat_as_they_were_said),
        cmocka_unit_test(a_report_does_its_duty),
        cmocka_unit_test(a_recorded_input_comes_at_its_time_and_never_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
