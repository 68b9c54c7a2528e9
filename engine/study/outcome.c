#include "study/outcome.h"

#include <glib.h>

void toc_outcome_read(const toc_drill *drill, uint64_t seed, toc_outcome *outcome) {
    toc_drill_facts facts = toc_drill_facts_of(drill);
    *outcome = (toc_outcome){.seed = seed,
                             .digest = toc_drill_digest(drill),
                             .events = toc_drill_events(drill),
                             .ended_at = toc_drill_now(drill),
                             .services = g_new0(toc_drill_service, facts.services),
                             .objectives = g_new0(toc_drill_objective, facts.objectives),
                             .duties = g_new0(toc_drill_duty, facts.duties),
                             .service_count = facts.services,
                             .objective_count = facts.objectives,
                             .duty_count = facts.duties};
    for (uint32_t i = 0; i < facts.services; i++) {
        toc_drill_service *service = &outcome->services[i];
        *service = toc_drill_service_at(drill, i);
        service->id = g_strdup(service->id);
        service->operator_id = g_strdup(service->operator_id);
        service->unit = g_strdup(service->unit);
    }
    for (uint32_t i = 0; i < facts.objectives; i++) {
        toc_drill_objective *objective = &outcome->objectives[i];
        *objective = toc_drill_objective_at(drill, i);
        objective->id = g_strdup(objective->id);
        objective->text = g_strdup(objective->text);
        objective->by = NULL;
    }
    for (uint32_t i = 0; i < facts.duties; i++) {
        toc_drill_duty *duty = &outcome->duties[i];
        *duty = toc_drill_duty_at(drill, i);
        duty->id = g_strdup(duty->id);
        duty->operator_id = g_strdup(duty->operator_id);
        duty->text = g_strdup(duty->text);
        duty->recipient = NULL;
    }
}

static void forget(const char *text) {
    g_free((char *)text);
}

void toc_outcome_finish(toc_outcome *outcome) {
    for (uint32_t i = 0; i < outcome->service_count; i++) {
        forget(outcome->services[i].id);
        forget(outcome->services[i].operator_id);
        forget(outcome->services[i].unit);
    }
    for (uint32_t i = 0; i < outcome->objective_count; i++) {
        forget(outcome->objectives[i].id);
        forget(outcome->objectives[i].text);
    }
    for (uint32_t i = 0; i < outcome->duty_count; i++) {
        forget(outcome->duties[i].id);
        forget(outcome->duties[i].operator_id);
        forget(outcome->duties[i].text);
    }
    g_free(outcome->services);
    g_free(outcome->objectives);
    g_free(outcome->duties);
    *outcome = (toc_outcome){0};
}

double toc_outcome_people_hours(const toc_outcome *outcome) {
    double sum = 0;
    for (uint32_t i = 0; i < outcome->service_count; i++) {
        sum += outcome->services[i].people_hours_lost;
    }
    return sum;
}

uint32_t toc_outcome_met(const toc_outcome *outcome) {
    uint32_t met = 0;
    for (uint32_t i = 0; i < outcome->objective_count; i++) {
        met += outcome->objectives[i].met;
    }
    return met;
}
