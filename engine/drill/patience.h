/* Patience: how long a script may work at one time of the drill, where whoever runs it watches a
   clock. It decides whether a run goes on, and nothing within it. */
#ifndef DRILL_PATIENCE_H
#define DRILL_PATIENCE_H

#include "tocsin/package.h"
#include "tocsin/time.h"

typedef struct toc_patience {
    int64_t since;  /* of the package's clock, when the minute began */
    int64_t minute; /* of the drill */
    uint32_t asked;
} toc_patience;

/* To be asked every thousand instructions; `now` is the drill's. */
bool toc_patience_is_over(toc_patience *patience, const toc_package *package, toc_time now);

#endif
