/* Outcome: what came of one run, in numbers that outlive the drill. Texts are the outcome's own. */
#ifndef STUDY_OUTCOME_H
#define STUDY_OUTCOME_H

#include "tocsin/drill.h"

typedef struct toc_outcome {
    uint64_t seed, digest, events;
    toc_time ended_at;
    toc_drill_service *services;
    toc_drill_objective *objectives;
    toc_drill_duty *duties; /* that were triggered */
    uint32_t service_count, objective_count, duty_count;
} toc_outcome;

void toc_outcome_read(const toc_drill *drill, uint64_t seed, toc_outcome *outcome);
void toc_outcome_finish(toc_outcome *outcome);
/* Over all services. */
double toc_outcome_people_hours(const toc_outcome *outcome);
uint32_t toc_outcome_met(const toc_outcome *outcome);

#endif
