/* What a seat is told of how things stand, at the end of a drill that stand-ins played. */
#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "server/outlook.h"
#include "server/survey.h"
#include "tocsin/record.h"

static toc_drill *play(const char *name, toc_package **out_package) {
    char path[512];
    toc_problems *problems = toc_problems_create();
    toc_drill *drill = NULL;
    (void)snprintf(path, sizeof path, "%s/%s", support_source(), name);
    assert_int_equal(toc_package_open(path, problems, out_package), TOC_OK);
    assert_int_equal(
        toc_record_play(*out_package, 1, 0, "reference", NULL, NULL, NULL, problems, &drill),
        TOC_OK);
    toc_problems_destroy(problems);
    return drill;
}

/* All that the seat was shown, and one look at what its team believes. */
static toc_outlook *look(const toc_drill *drill, const char *name, toc_wire_state *out_state) {
    uint32_t seat = 0;
    assert_true(toc_stream_find_seat(drill, name, &seat));
    toc_outlook *outlook = toc_outlook_create(drill, seat);
    for (uint32_t i = 0; i < toc_stream_count(drill, seat); i++) {
        toc_stream_entry entry = toc_stream_at(drill, seat, i);
        toc_outlook_add(outlook, &entry);
    }
    toc_survey_take(outlook);
    toc_outlook_since(outlook, 0, "", out_state);
    return outlook;
}

static void a_duty_says_what_its_report_told_and_what_it_lacks(void **state) {
    toc_package *package = NULL;
    toc_drill *drill = play("scenarios/river-city", &package);
    uint32_t asked = 0, told = 0;
    (void)state;
    for (uint32_t i = 0; i < toc_drill_facts_of(drill).seats; i++) {
        toc_wire_state seen;
        toc_outlook *outlook = look(drill, toc_drill_seat(drill, i), &seen);
        for (uint32_t k = 0; k < seen.duties.count; k++) {
            told += seen.duties.items[k].told.count;
            asked += seen.duties.items[k].told.count + seen.duties.items[k].missing.count;
        }
        toc_outlook_destroy(outlook);
    }
    assert_true(asked > 0);
    assert_true(told > 0 && told <= asked);
    toc_drill_close(drill);
    toc_package_destroy(package);
}

static void the_steps_of_a_plan_are_ticked_for_the_team_whose_plan_it_is(void **state) {
    toc_package *package = NULL;
    toc_drill *drill = play("scenarios/river-city", &package);
    uint32_t done = 0, own = 0, open = 0;
    (void)state;
    for (uint32_t i = 0; i < toc_drill_facts_of(drill).seats; i++) {
        toc_wire_state seen;
        toc_outlook *outlook = look(drill, toc_drill_seat(drill, i), &seen);
        for (uint32_t k = 0; k < seen.plan.count; k++) {
            const toc_wire_step *step = &seen.plan.items[k];
            bool is_done = step->done != TOC_NEVER;
            assert_true(is_done ==
                        (strcmp(step->state, "done") == 0 || strcmp(step->state, "late") == 0));
            done += is_done;
            open += !is_done;
            own += step->own;
        }
        toc_outlook_destroy(outlook);
    }
    assert_true(done > 0 && own > 0 && open > 0);
    toc_drill_close(drill);
    toc_package_destroy(package);
}

static void a_zone_counts_the_alarms_of_its_own_assets_that_stand(void **state) {
    toc_package *package = NULL;
    toc_drill *drill = play("scenarios/river-city", &package);
    uint32_t zones = 0;
    (void)state;
    for (uint32_t i = 0; i < toc_drill_facts_of(drill).seats; i++) {
        toc_wire_state seen;
        toc_outlook *outlook = look(drill, toc_drill_seat(drill, i), &seen);
        int64_t standing = 0, counted = 0;
        for (uint32_t k = 0; k < seen.alarms.count; k++) {
            standing += strcmp(seen.alarms.items[k].state, "normal") != 0;
        }
        for (uint32_t k = 0; k < seen.zones.count; k++) {
            counted += seen.zones.items[k].alarms;
            assert_string_not_equal(seen.zones.items[k].text, "");
        }
        assert_true(counted <= standing);
        zones += seen.zones.count;
        toc_outlook_destroy(outlook);
    }
    assert_true(zones > 0);
    toc_drill_close(drill);
    toc_package_destroy(package);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_duty_says_what_its_report_told_and_what_it_lacks),
        cmocka_unit_test(the_steps_of_a_plan_are_ticked_for_the_team_whose_plan_it_is),
        cmocka_unit_test(a_zone_counts_the_alarms_of_its_own_assets_that_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
