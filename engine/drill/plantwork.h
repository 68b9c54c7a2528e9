/* Plantwork: switching that is more than on and off: what is tripped, valves, tie lines of an area,
   trains that stop, ways around a link. */
#ifndef DRILL_PLANTWORK_H
#define DRILL_PLANTWORK_H

#include "drill/ticket.h"

/* Begin and end of these actions; the text is why they cannot be done, NULL where they can. */
const char *toc_plantwork_begin(toc_drill *drill, uint32_t number);
const char *toc_plantwork_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);
/* The tie lines of an area, opened and closed again. */
const char *toc_plantwork_begin_ties(toc_drill *drill, uint32_t number);
const char *toc_plantwork_end_ties(toc_drill *drill, const toc_ticket *ticket,
                                   const char **out_said);

#endif
