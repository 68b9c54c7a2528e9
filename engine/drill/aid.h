/* Aid: crews that one operator lends another. A request goes to a seat of the other operator,
   who offers crews or declines; an offer (L-1) that nobody asked for has to be accepted. A lent
   crew takes the other's orders, goes where it is wanted, and comes home when its time is over;
   what it is doing then it ends first. Both teams are told of every step. */
#ifndef DRILL_AID_H
#define DRILL_AID_H

#include "drill/ticket.h"

/* As in execution.h; both tickets last until they are answered. */
const char *toc_aid_begin_request(toc_drill *drill, uint32_t number);
const char *toc_aid_begin_offer(toc_drill *drill, uint32_t number);
/* Whether the target of approve or reject is a request for aid or an offer. */
bool toc_aid_is_target(const char *target);
/* approve accepts an offer; reject declines a request or an offer, or ends a loan. */
const char *toc_aid_begin_answer(toc_drill *drill, uint32_t number);
const char *toc_aid_end_answer(toc_drill *drill, const toc_ticket *ticket, const char **out_said);
/* Tells when a lent crew is where it is wanted. */
void toc_aid_on_change(toc_drill *drill, const toc_change *change);
void toc_aid_digest(const toc_drill *drill, toc_digest *digest);
void toc_aid_finish(toc_drill *drill);

#endif
