/* Budget: how much work a script may still do. Work is counted in units of about one instruction
   of the Lua machine; nothing is timed, so that a script ends at the same place everywhere. */
#ifndef SCRIPT_BUDGET_H
#define SCRIPT_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/assert.h"

typedef struct toc_budget {
    uint64_t callback; /* units one callback may use */
    uint64_t total;    /* units all callbacks together may use */
    uint64_t used;     /* since creation */
    uint64_t limit;    /* `used` may not pass this while `depth` is not 0 */
    uint32_t depth;    /* callbacks within callbacks; the outermost one's budget counts for all */
} toc_budget;

/* These are here because every run of a process passes through all of them. */

/* Whether it was the sum over all callbacks that ran out. */
static inline bool toc_budget_is_total_spent(const toc_budget *budget) {
    return budget->used > budget->total;
}

static inline bool toc_budget_is_spent(const toc_budget *budget) {
    return budget->depth > 0 && budget->used > budget->limit;
}

/* Enters a callback; the outermost one gets a fresh budget. */
static inline void toc_budget_enter(toc_budget *budget) {
    if (budget->depth++ == 0) {
        uint64_t left = budget->total > budget->used ? budget->total - budget->used : 0;
        budget->limit = budget->used + (left < budget->callback ? left : budget->callback);
    }
}

static inline void toc_budget_leave(toc_budget *budget) {
    TOC_ASSERT(budget->depth > 0);
    budget->depth--;
}

/* False where more than the budget is used up. Outside a callback work is counted, never refused.
 */
static inline bool toc_budget_charge(toc_budget *budget, uint64_t work) {
    const uint64_t most = UINT64_MAX / 4; /* nothing wraps however often it is charged */
    budget->used = budget->used + work < most && work < most ? budget->used + work : most;
    return !toc_budget_is_spent(budget);
}

#endif
