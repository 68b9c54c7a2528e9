/* Mark: a named instant that others start from: an adversary's milestone, an inject's delivery. */
#ifndef DRILL_MARK_H
#define DRILL_MARK_H

#include "drill/state.h"

/* Called when the mark is set. */
typedef void toc_mark_reached(toc_drill *drill, uint64_t argument);

/* The first time counts; false where it was set before. `actor` goes on the trace; NULL where the
   trace says it otherwise. */
bool toc_mark_set(toc_drill *drill, const char *name, const char *actor);
/* TOC_NEVER where it has not been set. */
toc_time toc_mark_at(const toc_drill *drill, const char *name);
/* Calls when it is set, within that instant, or now where it was. */
void toc_mark_await(toc_drill *drill, const char *name, toc_mark_reached *reached,
                    uint64_t argument);
void toc_mark_digest(const toc_drill *drill, toc_digest *digest);
void toc_mark_finish(toc_drill *drill);

#endif
