/* Approval: actions that another person has to allow before they are begun, as the scenario says.
   Whoever asks cannot approve; nobody who does so in time is a refusal. */
#ifndef DRILL_APPROVAL_H
#define DRILL_APPROVAL_H

#include "drill/ticket.h"

typedef struct toc_approval_rule {
    const char *const *verbs; /* names of actions */
    const char *const *by;    /* roles of the team that asks, or seats */
    uint32_t verb_count, by_count;
    const uint32_t *elements; /* what it is done to; none: to anything */
    uint32_t element_count;
    const char *team; /* whose actions; "": everybody's */
    toc_time within;
    toc_place place;
} toc_approval_rule;

/* Texts and arrays live as long as the drill. */
void toc_approval_add(toc_drill *drill, const toc_approval_rule *rule);
/* Tells seats and roles that nobody plays, and rules under which nobody could ever approve. */
void toc_approval_check(toc_drill *drill);
/* Whether the requested ticket has to wait: it is put to who may approve it, or refused where
   nobody is there who may. */
bool toc_approval_holds(toc_drill *drill, uint32_t number);
/* As in execution.h, of the actions approve and reject, whose target is the request: "A-1". */
const char *toc_approval_begin(toc_drill *drill, uint32_t number);
const char *toc_approval_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);
void toc_approval_facts(toc_drill *drill);
void toc_approval_digest(const toc_drill *drill, toc_digest *digest);
void toc_approval_finish(toc_drill *drill);

#endif
