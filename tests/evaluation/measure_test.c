#include "support/support.h"

#include "made_record.h"

#define MW INT64_C(1000000)

__extension__ typedef __int128 wide;

static const toc_measure_service *service_of(const made_record *made, const char *owner) {
    for (size_t i = 0; i < toc_measure_services(made->measures); i++) {
        const toc_measure_service *service = toc_measure_service_at(made->measures, i);
        if (strcmp(service->operator_id, owner) == 0) {
            return service;
        }
    }
    fail_msg("no service of %s", owner);
    return NULL;
}

static void half_the_supply_for_an_hour_is_half_an_hour_of_demand_lost(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_service(&made, "east", 10 * MW);
    made_supply(&made, TOC_HOUR, "east", 10 * MW, 5 * MW);
    made_people(&made, TOC_HOUR, "east", 0, 300);
    made_supply(&made, 2 * TOC_HOUR, "east", 5 * MW, 10 * MW);
    made_people(&made, 2 * TOC_HOUR, "east", 300, 0);
    assert_int_equal(made_measure(&made, 3 * TOC_HOUR), TOC_OK);
    const toc_measure_service *service = service_of(&made, "east");
    assert_true(service->demand_integral == 30);
    assert_true(service->loss_integral == 5);
    assert_true(service->people_hours_lost == 300);
    assert_int_equal(service->min_level_ppm, 500000);
    assert_int_equal(service->most_people, 300);
    assert_int_equal(service->first_loss.at, TOC_HOUR);
    assert_int_equal(service->first_loss.entry, 2);
    assert_int_equal(service->restored.at, 2 * TOC_HOUR);
    assert_int_equal(service->restored.entry, 4);
    assert_int_equal(toc_measure_worst(made.measures).at, TOC_HOUR);
    made_end(&made);
}

static void more_than_is_asked_for_makes_no_loss_good(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_service(&made, "east", 10 * MW);
    made_supply(&made, 0, "east", 10 * MW, 20 * MW);
    made_supply(&made, TOC_HOUR, "east", 20 * MW, 0);
    made_supply(&made, 2 * TOC_HOUR, "east", 0, 20 * MW);
    assert_int_equal(made_measure(&made, 4 * TOC_HOUR), TOC_OK);
    assert_true(service_of(&made, "east")->loss_integral == 10);
    made_end(&made);
}

static void what_comes_back_and_fails_again_is_not_restored(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_service(&made, "east", 10 * MW);
    made_service(&made, "west", 10 * MW);
    for (int i = 0; i < 2; i++) {
        const char *owner = i == 0 ? "east" : "west";
        made_supply(&made, TOC_HOUR, owner, 10 * MW, 0);
        made_supply(&made, 2 * TOC_HOUR, owner, 0, 10 * MW);
        made_supply(&made, 3 * TOC_HOUR, owner, 10 * MW, 9 * MW);
    }
    made_supply(&made, 4 * TOC_HOUR, "east", 9 * MW, 10 * MW);
    made_supply(&made, 5 * TOC_HOUR, "east", 10 * MW, 11 * MW);
    assert_int_equal(made_measure(&made, 6 * TOC_HOUR), TOC_OK);
    assert_int_equal(service_of(&made, "east")->restored.at, 4 * TOC_HOUR);
    assert_int_equal(service_of(&made, "west")->restored.at, TOC_NEVER);
    assert_int_equal(service_of(&made, "west")->restored.entry, 0);
    const toc_measure_total *total = toc_measure_total_at(made.measures, 0);
    assert_int_equal(total->restored.entry, 0);
    assert_int_equal(total->first_loss.at, TOC_HOUR);
    made_end(&made);
}

/* A year of a service of five billion watts, where watts times microseconds pass 64 bits. */
static void sums_past_64_bits_stay_exact(void **state) {
    (void)state;
    made_record made;
    const int64_t demand = INT64_C(5000000000);
    made_begin(&made, "made", made_topology);
    made_service(&made, "east", demand);
    made_supply(&made, 0, "east", demand, 0);
    made_supply(&made, 365 * TOC_DAY - 1, "east", 0, demand);
    assert_int_equal(made_measure(&made, 366 * TOC_DAY), TOC_OK);
    wide lost = (wide)demand * (365 * TOC_DAY - 1);
    double wanted = (double)lost / ((double)MW * (double)TOC_HOUR);
    assert_true(service_of(&made, "east")->loss_integral == wanted);
    made_end(&made);
}

static uint64_t next_random(uint64_t *seed) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

static void any_course_of_supply_sums_up_as_second_by_second(void **state) {
    (void)state;
    uint64_t seed = support_seed("any_course_of_supply_sums_up_as_second_by_second");
    for (int round = 0; round < 20; round++) {
        enum { SECONDS = 3000 };
        static int64_t supplies[SECONDS], people[SECONDS];
        made_record made;
        made_begin(&made, "made", made_topology);
        made_service(&made, "east", 8);
        int64_t supply = 8, without = 0;
        for (int second = 0; second < SECONDS; second++) {
            if (next_random(&seed) % 40 == 0) {
                int64_t to = (int64_t)(next_random(&seed) % 12);
                made_supply(&made, second * TOC_SECOND, "east", supply, to);
                supply = to;
            }
            if (next_random(&seed) % 50 == 0) {
                int64_t to = (int64_t)(next_random(&seed) % 1000);
                made_people(&made, second * TOC_SECOND, "east", without, to);
                without = to;
            }
            supplies[second] = supply;
            people[second] = without;
        }
        assert_int_equal(made_measure(&made, SECONDS * TOC_SECOND), TOC_OK);
        wide lost = 0, missed = 0;
        for (int second = 0; second < SECONDS; second++) {
            lost += (wide)(supplies[second] < 8 ? 8 - supplies[second] : 0) * TOC_SECOND;
            missed += (wide)people[second] * TOC_SECOND;
        }
        const toc_measure_service *service = service_of(&made, "east");
        assert_true(service->loss_integral == (double)lost / ((double)MW * (double)TOC_HOUR));
        assert_true(service->people_hours_lost == (double)missed / (double)TOC_HOUR);
        made_end(&made);
    }
}

static void the_worst_instant_counts_all_operators_together(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_service(&made, "east", 10 * MW);
    made_service(&made, "west", 10 * MW);
    made_people(&made, TOC_HOUR, "east", 0, 600);
    made_people(&made, 2 * TOC_HOUR, "east", 600, 500);
    made_people(&made, 3 * TOC_HOUR, "west", 0, 400);
    made_people(&made, 4 * TOC_HOUR, "east", 500, 0);
    assert_int_equal(made_measure(&made, 5 * TOC_HOUR), TOC_OK);
    toc_measure_event worst = toc_measure_worst(made.measures);
    assert_int_equal(worst.at, 3 * TOC_HOUR);
    assert_int_equal(worst.entry, 5);
    assert_int_equal(toc_measure_total_at(made.measures, 0)->most_people, 900);
    made_end(&made);
}

/* -- Verdicts ---------------------------------------------------------------------------------- */

static void put_objective(made_record *made, const char *id, const char *verb, toc_time at,
                          const char *by) {
    made_put(made, at, TOC_TRACE_OBJECTIVE, id, "", verb, by, 2 * TOC_HOUR, 0);
}

static void objectives_are_met_late_missed_open_or_never_begun(void **state) {
    (void)state;
    static const char *const ids[] = {"O1", "O2", "O3", "O4", "O5"};
    made_record made;
    made_begin(&made, "made", made_topology);
    made_fact(&made, "seat", "east.soc", "", "", 0);
    for (int i = 0; i < 5; i++) {
        made_fact(&made, "objective", ids[i], "east", "Something is done", TOC_HOUR);
    }
    made_fact(&made, "maps", "O1", "csf", "DE.AE", 0);
    for (int i = 0; i < 4; i++) {
        put_objective(&made, ids[i], "started", TOC_HOUR, "");
    }
    made_put(&made, TOC_HOUR + 1, TOC_TRACE_ACTION, "", "east.soc", "declare_incident", "done", 0,
             1);
    put_objective(&made, "O1", "met", TOC_HOUR + 1, "declare_incident by east.soc");
    put_objective(&made, "O2", "missed", 2 * TOC_HOUR, "");
    put_objective(&made, "O2", "late", 3 * TOC_HOUR, "press_statement by east.soc");
    put_objective(&made, "O3", "missed", 2 * TOC_HOUR, "");
    assert_int_equal(made_measure(&made, 4 * TOC_HOUR), TOC_OK);
    static const toc_measure_outcome wanted[] = {TOC_OUTCOME_MET, TOC_OUTCOME_LATE,
                                                 TOC_OUTCOME_MISSED, TOC_OUTCOME_OPEN,
                                                 TOC_OUTCOME_NOT_STARTED};
    assert_int_equal(toc_measure_objectives(made.measures), 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(toc_measure_objective_at(made.measures, i)->outcome, wanted[i]);
    }
    const toc_measure_objective *first = toc_measure_objective_at(made.measures, 0);
    assert_int_equal(first->because, 12);
    assert_int_equal(first->met.entry, 13);
    assert_int_equal(first->map_count, 1);
    assert_string_equal(first->maps[0].entry, "DE.AE");
    const toc_measure_objective *late = toc_measure_objective_at(made.measures, 1);
    assert_int_equal(late->because, 0); /* nothing of that instant explains it */
    assert_int_equal(late->met.at, 3 * TOC_HOUR);
    assert_int_equal(toc_measure_objectives_met(made.measures), 1);
    made_end(&made);
}

static void a_duty_is_in_time_late_or_not_done(void **state) {
    (void)state;
    static const char *const ids[] = {"D1", "D2", "D3", "D4"};
    made_record made;
    made_begin(&made, "made", made_topology);
    for (int i = 0; i < 4; i++) {
        made_fact(&made, "duty", ids[i], "east", "First report", TOC_HOUR);
        made_fact(&made, "source", ids[i], "", "the rule", 0);
    }
    for (int i = 0; i < 3; i++) {
        made_put(&made, TOC_HOUR, TOC_TRACE_DUTY, ids[i], "east", "started", "authority",
                 2 * TOC_HOUR, 0);
    }
    made_put(&made, 2 * TOC_HOUR, TOC_TRACE_ACTION, "authority", "east.compliance",
             "report_initial", "done", 0, 4);
    made_put(&made, 2 * TOC_HOUR, TOC_TRACE_DUTY, "D1", "east", "done", "authority", 2 * TOC_HOUR,
             0);
    made_put(&made, 2 * TOC_HOUR + 1, TOC_TRACE_DUTY, "D2", "east", "missed", "authority",
             2 * TOC_HOUR, 0);
    made_put(&made, 3 * TOC_HOUR, TOC_TRACE_DUTY, "D2", "east", "done", "authority", 2 * TOC_HOUR,
             0);
    made_put(&made, 3 * TOC_HOUR, TOC_TRACE_DUTY, "D3", "east", "missed", "authority", 2 * TOC_HOUR,
             0);
    assert_int_equal(made_measure(&made, 4 * TOC_HOUR), TOC_OK);
    static const toc_measure_outcome wanted[] = {TOC_OUTCOME_MET, TOC_OUTCOME_LATE,
                                                 TOC_OUTCOME_MISSED, TOC_OUTCOME_NOT_STARTED};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(toc_measure_duty_at(made.measures, i)->outcome, wanted[i]);
    }
    assert_int_equal(toc_measure_duty_at(made.measures, 0)->because, 12);
    assert_string_equal(toc_measure_duty_at(made.measures, 0)->source, "the rule");
    assert_int_equal(toc_measure_duties_triggered(made.measures), 3);
    assert_int_equal(toc_measure_duties_on_time(made.measures), 1);
    made_end(&made);
}

/* -- Teams ------------------------------------------------------------------------------------- */

static void a_team_is_timed_from_the_first_blow_to_supply_for_all(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_fact(&made, "seat", "east.soc", "", "", 0);
    made_fact(&made, "seat", "regulator.duty_officer", "", "", 0);
    made_service(&made, "east", 10 * MW);
    made_put(&made, 50, TOC_TRACE_CAUSE, "e-2", "east.soc", "isolated", "", 0,
             1); /* its own doing */
    made_put(&made, 60, TOC_TRACE_CAUSE, "e-1", "SANDFLY", "opened", "", 0, 1);
    made_supply(&made, 60, "east", 10 * MW, 0);
    made_put(&made, 70, TOC_TRACE_BELIEF, "e-1", "east", "off", "telemetry", 2, 0);
    made_put(&made, 80, TOC_TRACE_ACTION, "e-1", "east.soc", "assign_crew", "requested", 0, 1);
    made_put(&made, 80, TOC_TRACE_ACTION, "e-1", "east.soc", "assign_crew", "refused: no crew", 0,
             1);
    made_put(&made, 85, TOC_TRACE_ACTION, "", "east.soc", "declare_incident", "requested", 0, 2);
    made_put(&made, 90, TOC_TRACE_ACTION, "", "east.soc", "declare_incident", "done", 0, 2);
    made_put(&made, 95, TOC_TRACE_DELIVERED, "I-01", "regulator.duty_officer", "phone", "", 0, 1);
    made_supply(&made, 100, "east", 0, 10 * MW);
    assert_int_equal(made_measure(&made, 200), TOC_OK);
    const toc_measure_team *team = toc_measure_team_at(made.measures, 0);
    assert_string_equal(team->id, "east");
    assert_int_equal(team->struck.at, 60);
    assert_int_equal(team->alarm.at, 70);
    assert_int_equal(team->action.at, 80);
    assert_int_equal(team->declared.at, 90);
    assert_int_equal(team->restored.at, 100);
    const toc_measure_seat *seat = toc_measure_seat_at(made.measures, 0);
    assert_int_equal(seat->requested, 2);
    assert_int_equal(seat->done, 1);
    assert_int_equal(seat->refused, 1);
    assert_int_equal(toc_measure_seat_at(made.measures, 1)->received, 1);
    size_t last = toc_measure_teams(made.measures) - 1;
    assert_string_equal(toc_measure_team_at(made.measures, last)->id, "regulator");
    made_end(&made);
}

/* -- Records as they come ---------------------------------------------------------------------- */

static void a_record_cut_short_is_measured_up_to_what_it_holds(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_service(&made, "east", 10 * MW);
    made_supply(&made, TOC_HOUR, "east", 10 * MW, 0);
    assert_int_equal(toc_record_digest(made.record, 3 * TOC_HOUR, UINT64_C(0xabc), made.problems),
                     TOC_OK);
    assert_int_equal(made_measure(&made, TOC_NEVER), TOC_OK);
    assert_int_equal(toc_measure_end(made.measures), 3 * TOC_HOUR);
    assert_true(service_of(&made, "east")->loss_integral == 20);
    made_end(&made);
}

static void a_record_without_its_topology_is_told(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", NULL);
    made_fact(&made, "topology", "", "", "grid.xml", 0);
    assert_int_equal(made_measure(&made, TOC_HOUR), TOC_BAD_INPUT);
    assert_non_null(strstr(toc_problems_at(made.problems, 0).text, "grid.xml"));
    made_end(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_the_supply_for_an_hour_is_half_an_hour_of_demand_lost),
        cmocka_unit_test(more_than_is_asked_for_makes_no_loss_good),
        cmocka_unit_test(what_comes_back_and_fails_again_is_not_restored),
        cmocka_unit_test(sums_past_64_bits_stay_exact),
        cmocka_unit_test(any_course_of_supply_sums_up_as_second_by_second),
        cmocka_unit_test(the_worst_instant_counts_all_operators_together),
        cmocka_unit_test(objectives_are_met_late_missed_open_or_never_begun),
        cmocka_unit_test(a_duty_is_in_time_late_or_not_done),
        cmocka_unit_test(a_team_is_timed_from_the_first_blow_to_supply_for_all),
        cmocka_unit_test(a_record_cut_short_is_measured_up_to_what_it_holds),
        cmocka_unit_test(a_record_without_its_topology_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
