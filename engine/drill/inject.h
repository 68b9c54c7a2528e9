/* Inject: an entry of the event list, brought to seats by the clock, by a condition or by hand. */
#ifndef DRILL_INJECT_H
#define DRILL_INJECT_H

#include "drill/state.h"

/* TOC_INDEX_NONE where there is none. */
uint32_t toc_inject_find(const toc_drill *drill, const char *id);
/* Brings it to its seats now; false where that has been done. */
bool toc_inject_fire(toc_drill *drill, uint32_t inject);

#endif
