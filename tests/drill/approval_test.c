#include "support/support.h"

#include "drill/seat_stage.h"

#define RULE                                                                                       \
    "drill:approval { verb = { 'switch_off', 'assign_crew' }, by = 'incident_lead',\n"             \
    "  within = t.minutes(10) }\n"

/* How the latest observation of that kind reads to the seat. */
static void is_shown(const stage *staged, const char *seat, const char *verb, const char *text) {
    uint32_t number = stage_seat(staged, seat);
    for (uint32_t i = toc_observation_count(staged->drill, number); i > 0; i--) {
        const toc_observation *seen = toc_observation_at(staged->drill, number, i - 1);
        if (seen->kind == TOC_OBSERVED_APPROVAL) {
            assert_string_equal(seen->verb, verb);
            assert_string_equal(seen->text, text);
            return;
        }
    }
    fail_msg("%s was shown nothing", seat);
}

static bool is_off(const stage *staged, const char *id) {
    return toc_world_has_cause(staged->drill->world,
                               toc_topology_find_element(staged->drill->topology, id),
                               TOC_CAUSE_SWITCHED_OFF);
}

static void what_is_held_begins_when_another_person_approves(void **state) {
    stage *staged = stage_open(RULE, NULL, 1);
    (void)state;
    stage_until(staged, TOC_MINUTE);
    stage_do(staged, "gridco.dispatcher", "switch_off", "ss-1", "text=Smoke");
    stage_last(staged, "gridco.dispatcher switch_off ss-1: requested: text=Smoke");
    is_shown(staged, "gridco.incident_lead", "asked", "switch_off ss-1: text=Smoke");
    stage_until(staged, 5 * TOC_MINUTE);
    assert_false(is_off(staged, "ss-1"));
    stage_do(staged, "gridco.dispatcher", "approve", "A-1", "");
    stage_last(staged, "gridco.dispatcher approve A-1: refused: who asks cannot answer: it takes "
                       "two people");
    stage_do(staged, "gridco.soc", "approve", "A-1", "");
    stage_last(staged, "gridco.soc approve A-1: refused: this seat is not asked");
    stage_do(staged, "waterco.dispatcher", "approve", "A-2", "");
    stage_last(staged, "waterco.dispatcher approve A-2: refused: there is no such request");
    stage_do(staged, "gridco.incident_lead", "approve", "A-1", "text=Do it");
    assert_non_null(strstr(staged->log, "switch_off ss-1: approved: by gridco.incident_lead\n"
                                        "gridco.dispatcher switch_off ss-1: under-way\n"));
    stage_last(staged, "gridco.incident_lead approve A-1: done: switch_off ss-1: text=Smoke");
    is_shown(staged, "gridco.dispatcher", "approved", "Do it");
    stage_until(staged, 7 * TOC_MINUTE);
    assert_true(is_off(staged, "ss-1"));
    stage_do(staged, "gridco.incident_lead", "reject", "A-1", "");
    stage_last(staged, "gridco.incident_lead reject A-1: refused: it is approved already");
    stage_until(staged, TOC_HOUR); /* its time was over long ago, and nothing happens */
    assert_null(strstr(staged->log, "in time"));
    stage_close(staged);
}

static void what_is_rejected_or_forgotten_is_refused(void **state) {
    stage *staged = stage_open(RULE, NULL, 1);
    (void)state;
    stage_do(staged, "gridco.dispatcher", "switch_off", "ss-1", "");
    stage_do(staged, "gridco.incident_lead", "reject", "A-1", "text=The hospital hangs on it");
    assert_non_null(strstr(staged->log, "switch_off ss-1: refused: rejected by "
                                        "gridco.incident_lead: The hospital hangs on it\n"));
    stage_do(staged, "gridco.dispatcher", "switch_off", "ss-2", "");
    stage_until(staged, 11 * TOC_MINUTE);
    stage_last(staged, "gridco.dispatcher switch_off ss-2: refused: nobody approved it in time");
    stage_do(staged, "gridco.incident_lead", "approve", "A-2", "");
    stage_last(staged, "gridco.incident_lead approve A-2: refused: its time is over");
    stage_do(staged, "gridco.incident_lead", "switch_off", "ss-2", "");
    stage_last(staged, "gridco.incident_lead switch_off ss-2: refused: nobody but who asks may "
                       "approve it");
    assert_false(is_off(staged, "ss-1"));
    assert_false(is_off(staged, "ss-2"));
    stage_close(staged);
}

static void who_is_asked_is_told_what_cannot_be_taken_back(void **state) {
    stage *staged =
        stage_open(RULE "drill:at(0, function(d) d:fail('ss-1', 'destroy') end)\n", NULL, 1);
    (void)state;
    stage_do(staged, "gridco.dispatcher", "assign_crew", "ss-1", "job=replace");
    is_shown(staged, "gridco.incident_lead", "asked",
             "assign_crew ss-1: job=replace; nothing takes it back");
    stage_do(staged, "gridco.dispatcher", "assign_crew", "ss-2", "job=auto");
    is_shown(staged, "gridco.incident_lead", "asked", "assign_crew ss-2: job=auto");
    stage_do(staged, "gridco.incident_lead", "approve", "A-2", "");
    assert_non_null(strstr(staged->log, "assign_crew ss-2: approved: by gridco.incident_lead\n"
                                        "gridco.dispatcher assign_crew ss-2: under-way: east is "
                                        "on its way\n"));
    stage_close(staged);
}

static void a_rule_may_be_for_some_assets_and_one_team(void **state) {
    stage *staged = stage_open("drill:approval { verb = 'switch_off', by = 'gridco.soc',\n"
                               "  on = { 'ss-2', 'pump-1' }, team = 'gridco' }\n",
                               NULL, 1);
    (void)state;
    stage_do(staged, "gridco.dispatcher", "switch_off", "ss-1", "");
    stage_last(staged, "gridco.dispatcher switch_off ss-1: under-way");
    stage_do(staged, "waterco.dispatcher", "switch_off", "pump-1", "");
    stage_last(staged, "waterco.dispatcher switch_off pump-1: under-way");
    stage_do(staged, "gridco.dispatcher", "switch_off", "ss-2", "");
    stage_last(staged, "gridco.dispatcher switch_off ss-2: requested");
    stage_do(staged, "gridco.soc", "approve", "A-1", "");
    assert_non_null(strstr(staged->log, "switch_off ss-2: approved: by gridco.soc\n"));
    stage_close(staged);
}

static void stand_ins_approve_what_their_team_asks(void **state) {
    stage *staged = stage_open(
        RULE "drill:at(t.minutes(5), function(d) d:fail('ss-1', 'damage') end)\n", NULL, 1);
    toc_standins *standins = NULL;
    (void)state;
    assert_int_equal(toc_standins_create(staged->drill, staged->package, "reference", NULL, NULL,
                                         staged->problems, &standins),
                     TOC_OK);
    assert_int_equal(toc_standins_play(standins, 6 * TOC_HOUR, staged->problems), TOC_OK);
    assert_non_null(strstr(staged->log, "assign_crew ss-1: approved: by gridco.incident_lead"));
    assert_non_null(strstr(staged->log, "assign_crew ss-1: done: east leaves it in order"));
    toc_standins_destroy(standins);
    stage_close(staged);
}

static void is_a_mistake(const char *rule, const char *wanted) {
    char text[2048];
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    toc_drill *drill = NULL;
    toc_drill_options options = {.seed = 1};
    (void)snprintf(text, sizeof text, "%s%sreturn drill\n", STAGE_TEAMS, rule);
    toc_package_file files[] = {{"scenario.lua", text, strlen(text)},
                                {"topology.xml", STAGE_TOPOLOGY, strlen(STAGE_TOPOLOGY)}};
    assert_int_equal(toc_package_from_files("harbour", files, 2, problems, &package), TOC_OK);
    assert_int_equal(toc_drill_open(package, &options, problems, &drill), TOC_BAD_INPUT);
    (void)toc_problems_print(toc_problems_at(problems, 0), text, sizeof text);
    assert_string_equal(text, wanted);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
}

static void mistakes_in_a_rule_are_told_at_their_line(void **state) {
    (void)state;
    is_a_mistake("drill:approval { verb = 'switch_of', by = 'soc' }\n",
                 "harbour/scenario.lua:8:18: 'switch_of' is no action; did you mean "
                 "'switch_off'?");
    is_a_mistake("drill:approval { verb = 'switch_off', by = 'incident_leed' }\n",
                 "harbour/scenario.lua:8:39: approval by 'incident_leed': no team has such a "
                 "seat; did you mean 'incident_lead'?");
    is_a_mistake("drill:approval { verb = 'switch_off', by = 'gridco.sok' }\n",
                 "harbour/scenario.lua:8:39: approval by 'gridco.sok': no team has such a "
                 "seat; did you mean 'gridco.soc'?");
    is_a_mistake("drill:approval { verb = 'approve', by = 'soc' }\n",
                 "harbour/scenario.lua:8:18: 'approve' is an answer, which nobody need "
                 "approve");
    is_a_mistake("drill:approval { by = 'soc' }\n",
                 "harbour/scenario.lua:8: an approval says which actions it is for: verb");
    is_a_mistake("drill:approval { verb = 'isolate', by = 'dispatcher', team = 'waterco' }\n",
                 "harbour/scenario.lua:8: nobody could ever approve this: it takes two "
                 "seats, one that may do it and another that is named in 'by'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_held_begins_when_another_person_approves),
        cmocka_unit_test(what_is_rejected_or_forgotten_is_refused),
        cmocka_unit_test(who_is_asked_is_told_what_cannot_be_taken_back),
        cmocka_unit_test(a_rule_may_be_for_some_assets_and_one_team),
        cmocka_unit_test(stand_ins_approve_what_their_team_asks),
        cmocka_unit_test(mistakes_in_a_rule_are_told_at_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
