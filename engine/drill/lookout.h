/* Lookout: what sensors and hunts say, as an operator's people come to know it. A false alarm is
   told in the same words as any other. */
#ifndef DRILL_LOOKOUT_H
#define DRILL_LOOKOUT_H

#include "drill/state.h"
#include "drill/ticket.h"

void toc_lookout_on_change(toc_drill *drill, const toc_change *change);
/* The action hunt, on a zone. */
const char *toc_lookout_begin_hunt(toc_drill *drill, uint32_t number);
const char *toc_lookout_end_hunt(toc_drill *drill, const toc_ticket *ticket, const char **out_said);

#endif
