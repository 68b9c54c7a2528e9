/* Emergency plan: read from a file of the namespace urn:tocsin:plan:1, which lies in the package as
   plan-OPERATOR.xml. Seats, verbs and targets are words here; the drill knows what they name. */
#ifndef FORMATS_EMERGENCY_PLAN_H
#define FORMATS_EMERGENCY_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "tocsin/emergency_plan.h"
#include "tocsin/time.h"

enum { TOC_EMERGENCY_PLAN_PARTS = 64, TOC_EMERGENCY_PLAN_NONE = -1 };

/* `zh` "" where it is not there. */
typedef struct toc_emergency_plan_part {
    const char *id, *en, *zh;
    const char *seat, *deputy; /* of a role: "incident_lead"; deputy "" for none */
    const char *at;            /* of a contact: where it is reached */
    int by;                    /* of a level: the role that sets it in force */
    toc_place place;
} toc_emergency_plan_part;

typedef struct toc_emergency_plan_step {
    toc_emergency_plan_part name;
    int role, level, from; /* TOC_EMERGENCY_PLAN_NONE; `from` a step, else the plan's beginning */
    uint64_t after;        /* a bit for each earlier step */
    const char *verb, *target; /* "" where it is no action, or done to whatever is needed */
    const char *if_en, *if_zh; /* a condition in words */
    toc_time within;           /* TOC_NEVER: no limit */
    toc_place verb_place, target_place, within_place;
    bool optional;
} toc_emergency_plan_step;

typedef struct toc_emergency_plan_limit {
    toc_emergency_plan_part name;
    const char *verb, *target; /* target "": whatever it is done to */
    toc_place verb_place, target_place;
} toc_emergency_plan_limit;

typedef struct toc_emergency_plan {
    toc_emergency_plan_part name; /* its id is the operator */
    const char *version;
    toc_emergency_plan_part roles[TOC_EMERGENCY_PLAN_PARTS], levels[TOC_EMERGENCY_PLAN_PARTS],
        contacts[TOC_EMERGENCY_PLAN_PARTS];
    int role_count, level_count, contact_count;
    toc_emergency_plan_step steps[TOC_EMERGENCY_PLAN_PARTS];
    int step_count;
    toc_emergency_plan_limit limits[TOC_EMERGENCY_PLAN_PARTS];
    int limit_count;
} toc_emergency_plan;

/* Every mistake is told; a file with one gives no plan. A step names only steps that stand before
   it, so that none waits for itself. */
toc_status toc_emergency_plan_read(const toc_formats_source *source, toc_problems *problems,
                                   toc_emergency_plan **out_plan);
void toc_emergency_plan_destroy(toc_emergency_plan *plan);

#endif
