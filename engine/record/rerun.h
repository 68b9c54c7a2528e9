/* Rerun: executes again what a branch of a record saw, and holds it to what was recorded. */
#ifndef RECORD_RERUN_H
#define RECORD_RERUN_H

#include "record/record_state.h"

/* Set the first part; the rest is the rerun's own. It must live as long as its drill advances. */
typedef struct toc_rerun {
    const toc_record *record;
    bool verify;
    toc_record *append; /* takes the entries that come after the recorded ones; NULL: they differ */
    toc_trace_sink *trace; /* every entry as it comes; may be NULL */
    void *trace_object;

    uint64_t count, differing; /* entries so far; the first that differs, 0 while none does */
    uint64_t digests;          /* compared so far */
    char came[256];            /* how the differing one came */
} toc_rerun;

/* Opens the drill and gives it all inputs that the selected branch sees. */
toc_status toc_rerun_begin(toc_rerun *rerun, toc_problems *problems, toc_drill **out_drill);
/* Executes to `until`, or to the last digest if that is TOC_NEVER, comparing each digest passed. */
toc_status toc_rerun_advance(toc_rerun *rerun, toc_drill *drill, toc_time until,
                             toc_problems *problems);
/* What was recorded up to now came again, all of it and alike. */
toc_status toc_rerun_check(const toc_rerun *rerun, const toc_drill *drill, toc_problems *problems);
/* Compares a drill that has reached the record's end with it. */
toc_status toc_rerun_check_end(const toc_rerun *rerun, const toc_drill *drill,
                               toc_problems *problems);

#endif
