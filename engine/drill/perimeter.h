/* Perimeter: what seats do to the network: conduits blocked, zones cut off, services refused, the
   phase of the mission that rules are made for. */
#ifndef DRILL_PERIMETER_H
#define DRILL_PERIMETER_H

#include "drill/ticket.h"

/* What the target of an action names: a conduit, a zone or a phase, as `sort` says. */
toc_status toc_perimeter_find(const toc_drill *drill, toc_action_target sort, const char *target,
                              toc_problems *problems, uint32_t *out_object);
/* Begin and end of these actions; the text is why they cannot be done, NULL where they can. */
const char *toc_perimeter_begin(toc_drill *drill, uint32_t number);
const char *toc_perimeter_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);
/* Has the phase of the network that is called like this one hold, if there is one. */
void toc_perimeter_follow_phase(toc_drill *drill, const char *id);
/* Puts a change of what may pass on the trace. */
void toc_perimeter_on_change(toc_drill *drill, const toc_change *change);

#endif
