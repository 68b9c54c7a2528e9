/* Budget: counting work. */
#include "script/budget.h"

#include "kernel/assert.h"

void toc_budget_enter(toc_budget *budget) {
    if (budget->depth++ == 0) {
        uint64_t left = budget->total > budget->used ? budget->total - budget->used : 0;
        budget->limit = budget->used + (left < budget->callback ? left : budget->callback);
    }
}

void toc_budget_leave(toc_budget *budget) {
    TOC_ASSERT(budget->depth > 0);
    budget->depth--;
}

bool toc_budget_charge(toc_budget *budget, uint64_t work) {
    const uint64_t most = UINT64_MAX / 4; /* nothing wraps however often it is charged */
    budget->used = budget->used + work < most && work < most ? budget->used + work : most;
    return !toc_budget_is_spent(budget);
}

bool toc_budget_is_spent(const toc_budget *budget) {
    return budget->depth > 0 && budget->used > budget->limit;
}

bool toc_budget_is_total_spent(const toc_budget *budget) {
    return budget->used > budget->total;
}
