/* Fact: what the drill is, put on the trace at its start, so that a record can be evaluated without
   running anybody's scenario. */
#ifndef DRILL_FACT_H
#define DRILL_FACT_H

#include <stdint.h>

#include "tocsin/drill.h"

/* All there is to know at STARTEX. */
void toc_fact_begin(toc_drill *drill);
/* One of them; what the fields hold is said in trace.def. */
void toc_fact_put(toc_drill *drill, const char *verb, const char *subject, const char *actor,
                  const char *text, int64_t before);

#endif
