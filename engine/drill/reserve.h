/* Reserve: actions that bring what is held in reserve to bear: standbys, stores, units that start
   by themselves. */
#ifndef DRILL_RESERVE_H
#define DRILL_RESERVE_H

#include "drill/ticket.h"

/* Begin and end of these actions; the text is why they cannot be done, NULL where they can. */
const char *toc_reserve_begin(toc_drill *drill, uint32_t number);
const char *toc_reserve_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);

#endif
