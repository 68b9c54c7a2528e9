/* Replication: a package played again and again, each time with other luck, on all cores. Luck is
   the seed: `tocsin run --seed N` plays any of them again. Every policy meets the same seeds. */
#ifndef STUDY_REPLICATION_H
#define STUDY_REPLICATION_H

#include "study/outcome.h"
#include "tocsin/package.h"

/* What is told of a run while it is played, on the thread that plays it; `object` belongs to that
   run alone. */
typedef struct toc_replication_watch {
    toc_trace_sink *trace;
    void *(*object)(void *watcher, size_t policy, uint32_t run);
    /* After the last entry; may be NULL. */
    void (*end)(void *object, const toc_drill *drill);
    void *watcher;
} toc_replication_watch;

typedef struct toc_replication_plan {
    const toc_package *package;
    const char *const *policies;
    size_t policy_count;
    uint64_t first_seed;         /* run r has seed first_seed + r under every policy */
    uint32_t runs;               /* of each policy */
    uint32_t threads;            /* 0: as many as there are processors */
    toc_replication_watch watch; /* trace NULL: nobody watches */
    /* Called now and then on the caller's thread; may be NULL. */
    void (*progress)(void *object, uint32_t done, uint32_t all);
    void *progress_object;
} toc_replication_plan;

/* The outcomes of all runs, those of a policy together and in order of seeds; the same whatever the
   number of threads. A run that fails is told with its seed and ends them all: of several the one
   that comes first in that order. */
toc_status toc_replication_run(const toc_replication_plan *plan, toc_problems *problems,
                               toc_outcome **out_outcomes);
void toc_replication_free(toc_outcome *outcomes, size_t count);

#endif
