#include "support/support.h"

#include "rehearsal.h"

/* Rules small enough for a town of ten thousand. */
static const char rules[] =
    "<duties xmlns='urn:tocsin:duties:1' id='small' in-force='2025-11-01' source='this test' "
    "en='Small' zh='小'>\n"
    "<role id='operator' en='o'/><role id='department' en='d'/><role id='police' en='p'/>\n"
    "<role id='ministry' en='m'/>\n"
    "<item id='basics' en='b'/><item id='facts' en='f'/><item id='cause' en='c'/>\n"
    "<level id='minor' en='minor'><when people='3000' lasts='10min'/></level>\n"
    "<level id='major' en='major'><when people='7000'/></level>\n"
    "<duty id='first' applies='cii' from='operator' to='department police' least='minor'\n"
    "  clock='discovered' within='1h' content='all' at-once='basics' en='First' zh='首报'/>\n"
    "<duty id='first' applies='other' from='operator' to='department' least='minor' within='4h'\n"
    "  en='First'/>\n"
    "<duty id='onward' applies='cii' from='department' to='ministry' after='first' least='major'\n"
    "  clock='received' within='30min' en='Onward'/>\n"
    "<duty id='more' applies='cii' from='operator' to='department police' after='first'\n"
    "  only='incomplete' clock='received' by='supplement' content='all' en='More'/>\n"
    "<duty id='sum' applies='cii' from='operator' to='department' after='first' clock='handled'\n"
    "  within='30d' by='summary' en='Sum'/>\n"
    "<duty id='attempt' applies='cii' from='operator' to='police' trigger='declared'\n"
    "  below='minor' clock='determined' within='next-day' en='Attempt'/>\n"
    "</duties>";

static rehearsal *open_with(const char *scenario, const char *cii) {
    rehearsal *played = calloc(1, sizeof *played);
    char *map = malloc(sizeof rehearsal_topology + 16);
    (void)strcpy(map, rehearsal_topology);
    if (cii != NULL) {
        memcpy(strstr(map, "cii=\"yes\""), cii, strlen(cii));
    }
    toc_package_file files[] = {{"scenario.lua", scenario, strlen(scenario)},
                                {"topology.xml", map, strlen(map)},
                                {"duties/small.xml", rules, sizeof rules - 1}};
    played->trace = calloc(1, 1);
    played->problems = toc_problems_create();
    assert_int_equal(toc_package_from_files("dark", files, 3, played->problems, &played->package),
                     TOC_OK);
    toc_drill_options options = {.seed = 1, .trace = rehearsal_note, .trace_object = played};
    (void)toc_drill_open(played->package, &options, played->problems, &played->drill);
    free(map);
    return played;
}

#define SMALL(lines)                                                                               \
    "local t = require \"tocsin\"\n"                                                               \
    "local drill = t.drill { title = \"Dark\", length = t.days(40), starts = \"2026-03-01 08:00 "  \
    "Europe/Kyiv\" }\n"                                                                            \
    "drill:team \"gridco\" { \"dispatcher\", \"incident_lead\", \"compliance\" }\n"                \
    "drill:team \"authority\" { \"duty_officer\" }\n"                                              \
    "drill:team \"police\" { \"duty_officer\" }\n"                                                 \
    "drill:team \"ministry\" { \"duty_officer\" }\n" lines "\nreturn drill\n"
#define RULES(more)                                                                                \
    "drill:duties \"small\" { operator = \"gridco\", department = \"authority.duty_officer\",\n"   \
    "  police = \"police.duty_officer\", ministry = \"ministry.duty_officer\"" more " }\n"
#define FAIL(minutes, asset)                                                                       \
    "drill:at(t.minutes(" minutes "), function(d) d:fail(\"" asset "\", \"damage\") end)\n"
#define CLEAR(minutes, asset)                                                                      \
    "drill:at(t.minutes(" minutes "), function(d) d:clear(\"" asset "\", \"damage\") end)\n"

static toc_drill_duty duty_of(const rehearsal *played, const char *id) {
    for (uint32_t i = 0; i < toc_drill_facts_of(played->drill).duties; i++) {
        toc_drill_duty duty = toc_drill_duty_at(played->drill, i);
        if (strcmp(duty.id, id) == 0) {
            return duty;
        }
    }
    return (toc_drill_duty){.started_at = TOC_NEVER, .due = TOC_NEVER, .done_at = TOC_NEVER};
}

static void act(rehearsal *played, toc_time at, const char *seat, const char *verb,
                const char *target, const char *parameters) {
    toc_input input = {
        .at = at, .seat = seat, .verb = verb, .target = target, .parameters = parameters};
    assert_int_equal(toc_drill_replay(played->drill, &input, played->problems), TOC_OK);
}

#define FIRST "small/gridco/first/department"

static void a_level_is_reached_when_enough_people_are_without_for_long_enough(void **state) {
    (void)state;
    rehearsal *played =
        open_with(SMALL(RULES("") FAIL("5", "ss-1") CLEAR("14", "ss-1") FAIL("20", "ss-1")), NULL);
    rehearsal_play(played, 29 * TOC_MINUTE);
    assert_int_equal(rehearsal_count(played, "severity|"), 0); /* nine minutes were too few */
    rehearsal_play(played, 2 * TOC_HOUR);
    rehearsal_expect(played, "00:30:00 severity|gridco|small|minor|power at");
    assert_int_equal(rehearsal_count(played, "severity|"), 1);
    assert_int_equal(duty_of(played, FIRST).started_at, 30 * TOC_MINUTE);
    assert_int_equal(duty_of(played, FIRST).due, 90 * TOC_MINUTE);
    assert_int_equal(duty_of(played, "small/gridco/first/police").due, 90 * TOC_MINUTE);
    rehearsal_close(played);
}

static void a_graver_level_brings_the_lesser_ones_with_it(void **state) {
    (void)state;
    rehearsal *played = open_with(SMALL(RULES("") FAIL("5", "ss-1") FAIL("6", "ss-2")), NULL);
    rehearsal_play(played, TOC_HOUR);
    rehearsal_expect(played, "00:06:00 severity|gridco|small|major|");
    assert_int_equal(rehearsal_count(played, "severity|"), 1);
    assert_int_equal(duty_of(played, FIRST).started_at, 6 * TOC_MINUTE);
    rehearsal_close(played);
}

static void what_comes_onward_counts_from_when_the_report_was_received(void **state) {
    (void)state;
    rehearsal *played = open_with(SMALL(RULES("") FAIL("5", "ss-1") FAIL("6", "ss-2")), NULL);
    rehearsal_check(played);
    act(played, 20 * TOC_MINUTE, "gridco.compliance", "report_initial", "authority.duty_officer",
        "text=dark\nitems=basics facts cause");
    rehearsal_play(played, 3 * TOC_HOUR);
    toc_time received = duty_of(played, FIRST).done_at;
    assert_true(received >= 20 * TOC_MINUTE && received < TOC_HOUR);
    assert_int_equal(duty_of(played, "small/gridco/onward").started_at, received);
    assert_int_equal(duty_of(played, "small/gridco/onward").due, received + 30 * TOC_MINUTE);
    assert_string_equal(duty_of(played, "small/gridco/onward").operator_id, "authority");
    /* nothing was left out, so that nothing is owed behind it; the police was told nothing */
    assert_int_equal(duty_of(played, "small/gridco/more/department").started_at, TOC_NEVER);
    assert_int_equal(duty_of(played, "small/gridco/first/police").done_at, TOC_NEVER);
    rehearsal_expect(played, "duty|" FIRST "|gridco|content|basics facts cause");
    rehearsal_close(played);
}

static void onward_waits_until_it_is_grave_enough(void **state) {
    (void)state;
    rehearsal *played = open_with(SMALL(RULES("") FAIL("5", "ss-1") FAIL("120", "ss-2")), NULL);
    rehearsal_check(played);
    act(played, 20 * TOC_MINUTE, "gridco.compliance", "report_initial", FIRST, "text=dark");
    rehearsal_play(played, 119 * TOC_MINUTE);
    assert_int_equal(duty_of(played, "small/gridco/onward").started_at, TOC_NEVER);
    rehearsal_play(played, 121 * TOC_MINUTE);
    assert_int_equal(duty_of(played, "small/gridco/onward").started_at, 120 * TOC_MINUTE);
    rehearsal_close(played);
}

static void what_was_left_out_is_owed_as_a_supplement_without_a_limit(void **state) {
    (void)state;
    rehearsal *played = open_with(SMALL(RULES("") FAIL("5", "ss-1")), NULL);
    rehearsal_check(played);
    act(played, 20 * TOC_MINUTE, "gridco.compliance", "report_initial", FIRST,
        "text=dark\nitems=basics,facts");
    act(played, 5 * TOC_HOUR, "gridco.compliance", "report_supplement", "authority.duty_officer",
        "text=why\nitems=cause");
    rehearsal_play(played, 4 * TOC_HOUR);
    rehearsal_expect(played, "duty|" FIRST "|gridco|content|basics facts; missing: cause");
    toc_drill_duty more = duty_of(played, "small/gridco/more/department");
    assert_int_equal(more.started_at, duty_of(played, FIRST).done_at);
    assert_int_equal(more.due, TOC_NEVER);
    rehearsal_play(played, 6 * TOC_HOUR);
    assert_true(duty_of(played, "small/gridco/more/department").on_time);
    /* what was told before counts */
    rehearsal_expect(played, "duty|small/gridco/more/department|gridco|content|basics facts cause");
    rehearsal_close(played);
}

static void a_first_report_that_says_too_little_is_refused(void **state) {
    (void)state;
    rehearsal *played = open_with(SMALL(RULES("") FAIL("5", "ss-1")), NULL);
    rehearsal_check(played);
    act(played, 20 * TOC_MINUTE, "gridco.compliance", "report_initial", FIRST, "items=cause");
    act(played, 21 * TOC_MINUTE, "gridco.compliance", "report_initial", FIRST, "items=basicks");
    rehearsal_play(played, 2 * TOC_HOUR);
    rehearsal_expect(played, "it does not tell what it has to: basics");
    rehearsal_expect(played, "'basicks' is no item of this report; did you mean 'basics'?");
    assert_int_equal(duty_of(played, FIRST).done_at, TOC_NEVER);
    rehearsal_close(played);
}

static void a_text_with_headings_tells_its_items(void **state) {
    (void)state;
    rehearsal *played = open_with(SMALL(RULES("") FAIL("5", "ss-1")), NULL);
    rehearsal_check(played);
    act(played, 20 * TOC_MINUTE, "gridco.compliance", "report_initial", FIRST,
        "text=First report\\n1. basics: Grid Company\\n2) c: not known, see facts: later\\n");
    rehearsal_play(played, 2 * TOC_HOUR);
    rehearsal_expect(played, "duty|" FIRST "|gridco|content|basics cause; missing: facts");
    rehearsal_close(played);
}

static void a_text_without_headings_is_for_people_to_judge(void **state) {
    (void)state;
    rehearsal *played = open_with(SMALL(RULES("") FAIL("5", "ss-1")), NULL);
    rehearsal_check(played);
    act(played, 20 * TOC_MINUTE, "gridco.compliance", "report_initial", FIRST, "text=It is dark.");
    rehearsal_play(played, 2 * TOC_HOUR);
    assert_true(duty_of(played, FIRST).on_time);
    assert_int_equal(rehearsal_count(played, "|gridco|content|"), 0);
    assert_true(duty_of(played, "small/gridco/more/department").started_at != TOC_NEVER);
    rehearsal_close(played);
}

static void the_summary_counts_from_when_the_incident_was_handled(void **state) {
    (void)state;
    rehearsal *played = open_with(SMALL(RULES("") FAIL("5", "ss-1")), NULL);
    rehearsal_check(played);
    act(played, 10 * TOC_MINUTE, "gridco.incident_lead", "declare_incident", "", "");
    act(played, 20 * TOC_MINUTE, "gridco.compliance", "report_initial", FIRST, "items=basics");
    act(played, 9 * TOC_HOUR, "gridco.incident_lead", "stand_down", "", "");
    act(played, 20 * TOC_DAY, "gridco.compliance", "report_summary", "authority.duty_officer",
        "text=all");
    rehearsal_play(played, 8 * TOC_HOUR);
    assert_int_equal(duty_of(played, "small/gridco/sum").started_at, TOC_NEVER);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(duty_of(played, "small/gridco/sum").due, 9 * TOC_HOUR + 30 * TOC_DAY);
    assert_true(duty_of(played, "small/gridco/sum").on_time);
    rehearsal_close(played);
}

static void an_attempt_is_due_by_the_end_of_the_next_day_on_the_wall(void **state) {
    (void)state;
    rehearsal *played = open_with(SMALL(RULES("")), NULL);
    rehearsal_check(played);
    act(played, 10 * TOC_MINUTE, "gridco.incident_lead", "declare_incident", "", "");
    act(played, 55 * TOC_MINUTE, "gridco.incident_lead", "grade", "",
        "grade=general\nreason=an attempt");
    rehearsal_play(played, 30 * TOC_MINUTE);
    assert_int_equal(duty_of(played, "small/gridco/attempt").started_at, TOC_NEVER);
    rehearsal_play(played, TOC_DAY);
    assert_int_equal(duty_of(played, "small/gridco/attempt").started_at, TOC_HOUR);
    assert_int_equal(duty_of(played, "small/gridco/attempt").due, 40 * TOC_HOUR);
    rehearsal_close(played);
}

static void what_is_graver_than_an_attempt_is_not_owed_as_one(void **state) {
    (void)state;
    rehearsal *played = open_with(SMALL(RULES("") FAIL("5", "ss-1")), NULL);
    rehearsal_check(played);
    act(played, 40 * TOC_MINUTE, "gridco.incident_lead", "declare_incident", "", "");
    act(played, 55 * TOC_MINUTE, "gridco.incident_lead", "grade", "",
        "grade=major\nreason=a city is dark");
    rehearsal_play(played, TOC_DAY);
    assert_int_equal(duty_of(played, "small/gridco/attempt").started_at, TOC_NEVER);
    rehearsal_close(played);
}

static void who_runs_no_critical_infrastructure_has_the_duties_of_others(void **state) {
    (void)state;
    rehearsal *played = open_with(SMALL(RULES("") FAIL("5", "ss-1")), "cii=\"no\" ");
    rehearsal_play(played, TOC_HOUR);
    assert_int_equal(duty_of(played, "small/gridco/first").due, 255 * TOC_MINUTE);
    assert_int_equal(duty_of(played, FIRST).started_at, TOC_NEVER);
    rehearsal_close(played);
}

static void an_author_may_say_when_a_level_is_reached(void **state) {
    (void)state;
    rehearsal *played =
        open_with(SMALL(RULES(", severity = { major = t.marked \"dark\" }") FAIL(
                      "1", "hmi-1") "drill:at(t.minutes(3), function(d) d:mark \"dark\" end)\n"),
                  NULL);
    rehearsal_play(played, TOC_HOUR);
    rehearsal_expect(played, "00:03:00 severity|gridco|small|major|");
    assert_int_equal(duty_of(played, FIRST).started_at, 3 * TOC_MINUTE);
    rehearsal_close(played);
}

static void objectives_and_conditions_can_wait_for_a_level(void **state) {
    (void)state;
    rehearsal *played = open_with(
        SMALL(RULES("") FAIL("5", "ss-1") FAIL(
            "60",
            "ss-2") "drill:objective \"O1\" { \"x\", met = t.severity \"minor\" }\n"
                    "drill:objective \"O2\" { \"y\", met = t.severity(\"major\", { operator = "
                    "\"gridco\" }) }\n"
                    "drill:when(function(w) return w:severity \"major\" end, function() print "
                    "\"it is grave\" end)\n"),
        NULL);
    rehearsal_play(played, 59 * TOC_MINUTE);
    assert_int_equal(toc_drill_objective_at(played->drill, 0).met_at, 15 * TOC_MINUTE);
    assert_false(toc_drill_objective_at(played->drill, 1).met);
    assert_int_equal(rehearsal_count(played, "it is grave"), 0);
    rehearsal_play(played, 61 * TOC_MINUTE);
    assert_int_equal(toc_drill_objective_at(played->drill, 1).met_at, 60 * TOC_MINUTE);
    rehearsal_expect(played, "01:00:00 log||scenario||it is grave");
    rehearsal_close(played);
}

static void mistakes_are_told_at_their_line(void **state) {
    static const struct {
        const char *scenario, *told;
    } cases[] = {
        {SMALL("drill:duties \"smal\" { operator = \"gridco\" }\n"),
         "there are no duties 'smal'; did you mean 'small'?"},
        {SMALL("drill:duties \"cn-2025\" { operator = \"gridco\" }\n"), "write the name as it is"},
        {SMALL("drill:duties \"small\" { operator = \"gridko\" }\n"),
         "there is no operator 'gridko'; did you mean 'gridco'?"},
        {SMALL("drill:duties \"small\" { department = \"authority\" }\n"), "operator is missing"},
        {SMALL("drill:duties \"small\" { operator = \"gridco\", polize = \"police\" }\n"),
         "has no option 'polize'; did you mean 'police'?"},
        {SMALL(
             "drill:duties \"small\" { operator = \"gridco\", police = \"police.duty_oficer\" }\n"),
         "no seat or team 'police.duty_oficer'; did you mean 'police.duty_officer'?"},
        {SMALL("drill:duties \"small\" { operator = \"gridco\", severity = { mayor = t.marked "
               "\"x\" } }\n"),
         "has no option 'mayor'; did you mean 'major'?"},
        {SMALL(RULES("") RULES("")), "are there already"},
        {SMALL(RULES("") "drill:objective \"O1\" { \"x\", met = t.severity \"mayor\" }\n"),
         "no drill:duties has a level 'mayor'; did you mean 'major'?"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rehearsal *played = open_with(cases[i].scenario, NULL);
        assert_null(played->drill);
        if (strstr(rehearsal_problem(played, 0), cases[i].told) == NULL) {
            fail_msg("'%s' is not in '%s'", cases[i].told, rehearsal_problem(played, 0));
        }
        rehearsal_close(played);
    }
}

static void rules_that_are_not_yet_in_force_are_warned_of(void **state) {
    (void)state;
    rehearsal *played = open_with(
        "local t = require \"tocsin\"\n"
        "local drill = t.drill { title = \"x\", length = t.hours(1), starts = \"2015-12-23 15:00 "
        "Europe/Kyiv\" }\ndrill:team \"gridco\" { \"compliance\" }\n"
        "drill:duties \"small\" { operator = \"gridco\" }\nreturn drill\n",
        NULL);
    assert_non_null(played->drill);
    assert_non_null(strstr(rehearsal_problem(played, 0), "scenario.lua:4"));
    assert_non_null(strstr(rehearsal_problem(played, 0), "in force since 2025-11-01"));
    rehearsal_close(played);
}

static void the_same_rules_and_inputs_give_the_same_digest(void **state) {
    uint64_t digests[2];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        rehearsal *played = open_with(SMALL(RULES("") FAIL("5", "ss-1") FAIL("6", "ss-2")), NULL);
        rehearsal_check(played);
        act(played, 20 * TOC_MINUTE, "gridco.compliance", "report_initial", FIRST, "items=basics");
        rehearsal_play(played, 5 * TOC_HOUR);
        digests[i] = toc_drill_digest(played->drill);
        rehearsal_close(played);
    }
    assert_int_equal(digests[0], digests[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_level_is_reached_when_enough_people_are_without_for_long_enough),
        cmocka_unit_test(a_graver_level_brings_the_lesser_ones_with_it),
        cmocka_unit_test(what_comes_onward_counts_from_when_the_report_was_received),
        cmocka_unit_test(onward_waits_until_it_is_grave_enough),
        cmocka_unit_test(what_was_left_out_is_owed_as_a_supplement_without_a_limit),
        cmocka_unit_test(a_first_report_that_says_too_little_is_refused),
        cmocka_unit_test(a_text_with_headings_tells_its_items),
        cmocka_unit_test(a_text_without_headings_is_for_people_to_judge),
        cmocka_unit_test(the_summary_counts_from_when_the_incident_was_handled),
        cmocka_unit_test(an_attempt_is_due_by_the_end_of_the_next_day_on_the_wall),
        cmocka_unit_test(what_is_graver_than_an_attempt_is_not_owed_as_one),
        cmocka_unit_test(who_runs_no_critical_infrastructure_has_the_duties_of_others),
        cmocka_unit_test(an_author_may_say_when_a_level_is_reached),
        cmocka_unit_test(objectives_and_conditions_can_wait_for_a_level),
        cmocka_unit_test(mistakes_are_told_at_their_line),
        cmocka_unit_test(rules_that_are_not_yet_in_force_are_warned_of),
        cmocka_unit_test(the_same_rules_and_inputs_give_the_same_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
