/* Claim: what the author of a drill expects of it, written in expectations.lua beside the scenario:
   that an inject comes before a time, that an objective is met, that a service stays above a level.
   Claims are only read here; whether they hold is a question to many runs. */
#ifndef TOCSIN_CLAIM_H
#define TOCSIN_CLAIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tocsin/package.h"
#include "tocsin/problems.h"
#include "tocsin/time.h"

#define TOC_CLAIM_FILE "expectations.lua"

/* What is looked for. */
typedef enum toc_claim_event {
    TOC_CLAIM_INJECT_FIRES,
    TOC_CLAIM_OBJECTIVE_MET,
    TOC_CLAIM_OBJECTIVE_MISSED,
    TOC_CLAIM_DUTY_BEGINS,
    TOC_CLAIM_DUTY_IN_TIME,
    TOC_CLAIM_SERVICE_BELOW, /* a level */
    TOC_CLAIM_SERVICE_WHOLE, /* the last time that all demand was met again, or never lost */
    TOC_CLAIM_ACTION_DONE,
    TOC_CLAIM_MARK_REACHED,
    TOC_CLAIM_DECISION_MADE,
    TOC_CLAIM_DRILL_ENDS,
    TOC_CLAIM_EVENTS
} toc_claim_event;

/* Texts live as long as the claims; "" where not said. */
typedef struct toc_claim {
    toc_claim_event event;
    const char *id;       /* of the inject, objective, duty, service, action, mark or decision */
    const char *by;       /* operator of a service or duty, seat or team of an action */
    const char *on;       /* target of an action, option of a decision */
    int64_t level_ppm;    /* of a service */
    bool never;           /* it must not happen at all */
    toc_time from, until; /* it must happen first in here, both ends included */
    double share;         /* of runs in which that must be so */
    const char *policy;   /* under which */
    const char *because;
    toc_place place;
    const char *text; /* "inject I-07 fires before 40 min" */
} toc_claim;

typedef struct toc_claims toc_claims;

/* Runs the package's expectations.lua. A package without one has no claims. Every mistake is told.
 */
toc_status toc_claim_read(const toc_package *package, toc_problems *problems,
                          toc_claims **out_claims);
void toc_claim_free(toc_claims *claims);
size_t toc_claim_count(const toc_claims *claims);
/* In the order of the file; index below toc_claim_count. */
const toc_claim *toc_claim_at(const toc_claims *claims, size_t index);

#endif
