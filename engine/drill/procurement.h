/* Procurement: parts that a team orders from a vendor, to be brought to one of its assets. */
#ifndef DRILL_PROCUREMENT_H
#define DRILL_PROCUREMENT_H

#include "drill/ticket.h"

/* As in execution.h; the ticket is told when the delivery is promised, and lasts until it comes. */
const char *toc_procurement_begin(toc_drill *drill, uint32_t number);
const char *toc_procurement_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);
/* The vendor that a ticket names, or else the one that delivers the part soonest;
   TOC_INDEX_NONE where none sells it. */
uint32_t toc_procurement_vendor(const toc_drill *drill, const toc_ticket *ticket, uint32_t part);

#endif
