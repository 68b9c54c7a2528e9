#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "formats/emergency_plan.h"

#define HEAD                                                                                       \
    "<plan xmlns='urn:tocsin:plan:1' operator='gridco' version='3' en='Blackout' zh='停电'>\n"   \
    "<role id='lead' seat='incident_lead' deputy='dispatcher' en='Lead'/>\n"                       \
    "<level id='I' by='lead' en='a city'/><level id='II' by='lead' en='a district'/>\n"            \
    "<step id='declare' role='lead' verb='declare_incident' en='Declare'/>\n"
#define TAIL "</plan>"

static toc_emergency_plan *read_text(const char *text, toc_problems *problems) {
    toc_formats_source source = {text, strlen(text), "plan-x.xml"};
    toc_emergency_plan *plan = NULL;
    (void)toc_emergency_plan_read(&source, problems, &plan);
    return plan;
}

static void a_plan_holds_its_roles_levels_steps_and_limits(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    toc_emergency_plan *plan = read_text(
        HEAD "<contact id='cert' at='555-0100' en='CERT'/>\n"
             "<step id='cut' role='lead' verb='isolate' target='hmi-1' after='declare' level='II' "
             "within='30min' from='declare' optional='yes' if='it is used' en='Cut off'/>\n"
             "<limit id='never' verb='shed_load' target='hospital' en='Never'/>\n" TAIL,
        problems);
    assert_non_null(plan);
    assert_string_equal(plan->name.id, "gridco");
    assert_string_equal(plan->roles[0].deputy, "dispatcher");
    assert_int_equal(plan->contact_count, 1);
    assert_int_equal(plan->step_count, 2);
    const toc_emergency_plan_step *cut = &plan->steps[1];
    assert_int_equal(cut->after, 1);
    assert_int_equal(cut->from, 0);
    assert_int_equal(cut->level, 1);
    assert_int_equal(cut->within, 30 * TOC_MINUTE);
    assert_true(cut->optional);
    assert_string_equal(plan->limits[0].target, "hospital");
    toc_emergency_plan_destroy(plan);
    toc_problems_destroy(problems);
}

/* What is told first about HEAD, then `text`. */
static void refuses(const char *text, const char *why) {
    char whole[2000], line[400];
    toc_problems *problems = toc_problems_create();
    (void)snprintf(whole, sizeof whole, "%s%s%s", HEAD, text, TAIL);
    assert_null(read_text(whole, problems));
    assert_true(toc_problems_count(problems, TOC_ERROR) > 0);
    (void)toc_problems_print(toc_problems_at(problems, 0), line, sizeof line);
    if (strstr(line, why) == NULL) {
        fail_msg("expected '%s' in '%s'", why, line);
    }
    toc_problems_destroy(problems);
}

static void a_mistake_is_told_with_its_place_and_the_nearest_word(void **state) {
    (void)state;
    refuses("<step id='x' role='laed' en='x'/>", "plan-x.xml:5:14: <step role=\"laed\">");
    refuses("<step id='x' role='laed' en='x'/>", "(nearest: 'lead')");
    refuses("<stepp id='x'/>", "(nearest: 'step')");
    refuses("<step id='x' role='lead' wihtin='5min' en='x'/>", "(nearest: 'within')");
    refuses("<step id='x' role='lead' within='5' en='x'/>", "a time like 1h30min");
    refuses("<step id='x' role='lead' optional='maybe' en='x'/>", "yes or no");
    refuses("<step id='declare' role='lead' en='x'/>", "an id that no other has");
    refuses("<step role='lead' en='x'/>", "<step> has no 'id'");
    refuses("<level id='III' by='boss' en='x'/>", "one that stands before");
    refuses("<step id='x' role='lead' target='hmi-1' en='x'/>", "a 'verb' that is done to it");
    refuses("<step id='x' role='lead' from='declare' en='x'/>", "'within', whose time counts");
}

static void steps_cannot_wait_for_each_other(void **state) {
    (void)state;
    refuses(
        "<step id='a' role='lead' after='b' en='a'/><step id='b' role='lead' after='a' en='b'/>",
        "steps that stand before this one");
    refuses("<step id='a' role='lead' after='a' en='a'/>", "steps that stand before this one");
}

static void a_document_type_and_too_many_steps_are_refused(void **state) {
    (void)state;
    char text[8000] = HEAD, step[120];
    toc_problems *problems = toc_problems_create();
    assert_null(read_text("<!DOCTYPE plan [<!ENTITY a 'b'>]>" HEAD TAIL, problems));
    assert_null(
        read_text("<plan xmlns='urn:tocsin:plan:1' operator='x' version='1' en='x'/>", problems));
    for (int i = 0; i < TOC_EMERGENCY_PLAN_PARTS; i++) {
        (void)snprintf(step, sizeof step, "<step id='s%d' role='lead' en='x'/>", i);
        strcat(text, step);
    }
    strcat(text, TAIL);
    assert_null(read_text(text, problems));
    assert_int_equal(toc_problems_count(problems, TOC_ERROR), 3);
    toc_problems_destroy(problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_holds_its_roles_levels_steps_and_limits),
        cmocka_unit_test(a_mistake_is_told_with_its_place_and_the_nearest_word),
        cmocka_unit_test(steps_cannot_wait_for_each_other),
        cmocka_unit_test(a_document_type_and_too_many_steps_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
