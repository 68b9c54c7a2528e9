/* Execution: what an action needs, and what it does. */
#ifndef DRILL_EXECUTION_H
#define DRILL_EXECUTION_H

#include "drill/ticket.h"

/* Begins the requested ticket; NULL, or why it is refused. Where a job of the world carries it out,
   the ticket follows that. */
const char *toc_execution_begin(toc_drill *drill, uint32_t number);
/* Carries it out; NULL, or why it came to nothing. *out_said is what the seat is told. */
const char *toc_execution_end(toc_drill *drill, uint32_t number, const char **out_said);

#endif
