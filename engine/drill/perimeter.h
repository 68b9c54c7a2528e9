/* Perimeter: what seats do to the network: conduits blocked, zones cut off, services refused, the
   phase that rules are made for. */
#ifndef DRILL_PERIMETER_H
#define DRILL_PERIMETER_H

#include "drill/ticket.h"

/* Puts a change of what may pass on the trace. */
void toc_perimeter_on_change(toc_drill *drill, const toc_change *change);

#endif
