/* Limit: actions that hold an asset to a share of what it can give. */
#ifndef DRILL_LIMIT_H
#define DRILL_LIMIT_H

#include "drill/ticket.h"

/* Begin and end of these actions; the text is why they cannot be done, NULL where they can. */
const char *toc_limit_begin(toc_drill *drill, uint32_t number);
const char *toc_limit_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);

#endif
