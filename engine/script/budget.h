/* Budget: how much work a script may still do. Work is counted in units of about one instruction
   of the Lua machine; nothing is timed, so that a script ends at the same place everywhere. */
#ifndef SCRIPT_BUDGET_H
#define SCRIPT_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

typedef struct toc_budget {
    uint64_t callback; /* units one callback may use */
    uint64_t total;    /* units all callbacks together may use */
    uint64_t used;     /* since creation */
    uint64_t limit;    /* `used` may not pass this while `depth` is not 0 */
    uint32_t depth;    /* callbacks within callbacks; the outermost one's budget counts for all */
} toc_budget;

/* Enters a callback; the outermost one gets a fresh budget. */
void toc_budget_enter(toc_budget *budget);
void toc_budget_leave(toc_budget *budget);
/* False where more than the budget is used up. Outside a callback work is counted, never refused.
 */
bool toc_budget_charge(toc_budget *budget, uint64_t work);
bool toc_budget_is_spent(const toc_budget *budget);
/* Whether it was the sum over all callbacks that ran out. */
bool toc_budget_is_total_spent(const toc_budget *budget);

#endif
