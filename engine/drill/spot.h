/* Spot: where in the source an option was written. Lua knows the line of a call only; in a table of
   many lines that is not where the author has to look. */
#ifndef DRILL_SPOT_H
#define DRILL_SPOT_H

#include "drill/state.h"

/* The place of `key =` in the first table that begins at or after `call`; `call` where there is no
   such thing to be seen. `depth` 1: of the table itself; 2: of a table in it. */
toc_place toc_spot_of_key(const toc_drill *drill, toc_place call, const char *key, int depth);

#endif
