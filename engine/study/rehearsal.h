/* Rehearsal: whether a drill is worth playing. Runs under several policies are put side by side:
   how long it lasts, what is lost, which objectives are met, and how much lies between a team that
   does nothing and one that does it well. */
#ifndef STUDY_REHEARSAL_H
#define STUDY_REHEARSAL_H

#include "study/replication.h"
#include "study/sample.h"

/* One service of one operator under one policy. */
typedef struct toc_rehearsal_service {
    toc_sample loss;         /* unit x hours */
    toc_sample people_hours; /* lost */
    toc_sample worst;        /* lowest level, per cent */
    toc_sample restored;     /* hours since STARTEX; of the runs in which it was whole again */
    toc_sample_share hit;    /* runs in which some of it was lost */
} toc_rehearsal_service;

typedef struct toc_rehearsal_objective {
    toc_sample_share met;
    toc_sample at; /* hours since STARTEX; of the runs in which it was met */
} toc_rehearsal_objective;

typedef struct toc_rehearsal_duty {
    toc_sample_share triggered; /* of all runs */
    toc_sample_share on_time;   /* of the runs in which it was triggered */
} toc_rehearsal_duty;

typedef struct toc_rehearsal_policy {
    const char *name;
    toc_sample hours; /* of drill time */
    toc_sample events, people_hours;
    toc_sample
        left; /* per cent of the first policy's people-hours, of seeds in which it lost some */
    toc_rehearsal_service *services; /* in the order of the rehearsal's subjects */
    toc_rehearsal_objective *objectives;
    toc_rehearsal_duty *duties;
} toc_rehearsal_policy;

/* What is told about: a service with its operator and unit, an objective or a duty with its text.
 */
typedef struct toc_rehearsal_subject {
    const char *id, *operator_id, *unit, *text;
} toc_rehearsal_subject;

/* What lies between two policies that met the same seeds. A run is better with fewer people-hours
   lost, and where these are the same with more objectives met. */
typedef struct toc_rehearsal_contrast {
    size_t weak, strong;     /* policies */
    toc_sample_share better; /* seeds in which the strong one did better */
    toc_sample avoided;      /* per cent of the weak one's people-hours, of seeds that lost some */
    toc_sample gained;       /* objectives met more */
} toc_rehearsal_contrast;

typedef struct toc_rehearsal {
    uint64_t first_seed;
    uint32_t runs;
    toc_rehearsal_policy *policies;
    size_t policy_count;
    toc_rehearsal_subject *services, *objectives, *duties;
    size_t service_count, objective_count, duty_count;
    toc_rehearsal_contrast contrast; /* first and last policy; meaningless with one */
} toc_rehearsal;

/* `outcomes` as of toc_replication_run with that plan; they and the plan's names must outlive the
   rehearsal. */
void toc_rehearsal_make(const toc_replication_plan *plan, const toc_outcome *outcomes,
                        toc_rehearsal *rehearsal);
void toc_rehearsal_finish(toc_rehearsal *rehearsal);

#endif
