/* Criterion: what must hold for an objective to be met, a duty to begin, a condition to fire; made
   by scripts with t.declared "incident" and its like, or a function of the world. */
#ifndef DRILL_CRITERION_H
#define DRILL_CRITERION_H

#include "drill/state.h"

typedef enum toc_criterion_kind {
    TOC_CRITERION_FUNCTION,
    TOC_CRITERION_DECLARED,
    TOC_CRITERION_ACTED,
    TOC_CRITERION_REPORTED,
    TOC_CRITERION_SERVICE,
    TOC_CRITERION_RESTORED,
    TOC_CRITERION_MARKED,
    TOC_CRITERION_DECIDED,
    TOC_CRITERION_SEVERITY,
    TOC_CRITERION_ALERTED,
    TOC_CRITERION_ALL,
    TOC_CRITERION_ANY
} toc_criterion_kind;

typedef struct toc_criterion {
    toc_criterion_kind kind;
    toc_place place;
    int function;
    const char *what;   /* declared thing, verb, duty, service, mark, decision or level */
    const char *target; /* of an action, the option, or the asset of an alert; NULL: any */
    const char *team;   /* team, seat or operator; NULL: the objective's, or any */
    int64_t level_ppm;
    bool below;           /* level below, not at least */
    bool genuine;         /* alerts that are false do not count */
    uint32_t first, next; /* child, sibling; TOC_INDEX_NONE: none */
} toc_criterion;

typedef struct toc_criterion_scope {
    toc_time since;   /* actions before do not count */
    const char *team; /* for criteria that name none; NULL: any */
} toc_criterion_scope;

uint32_t toc_criterion_add(toc_drill *drill, const toc_criterion *criterion);
const toc_criterion *toc_criterion_at(const toc_drill *drill, uint32_t criterion);
/* Tells what it names and does not exist. */
bool toc_criterion_check(toc_drill *drill, uint32_t criterion, toc_problems *problems);
/* Asked inside a condition. `by`: what made it hold. */
bool toc_criterion_holds(toc_drill *drill, uint32_t criterion, const toc_criterion_scope *scope,
                         char *by, size_t size);

#endif
