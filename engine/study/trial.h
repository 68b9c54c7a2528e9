/* Trial: whether an author's expectations hold, over many runs. */
#ifndef STUDY_TRIAL_H
#define STUDY_TRIAL_H

#include "study/replication.h"
#include "study/sample.h"
#include "tocsin/claim.h"

enum { TOC_TRIAL_SEEDS = 5 }; /* of failing runs that are named */

/* How one claim fared. */
typedef struct toc_trial_verdict {
    const toc_claim *claim;
    bool holds;                        /* in as many runs as it wants */
    toc_sample_share share;            /* of runs in which it held */
    toc_sample hours;                  /* when it happened first, of the runs in which it did */
    uint64_t failing[TOC_TRIAL_SEEDS]; /* the first seeds that failed */
    size_t failing_count;
} toc_trial_verdict;

typedef struct toc_trial {
    toc_trial_verdict *verdicts;
    size_t count, failed;
} toc_trial;

/* Plays the plan's runs under every policy that a claim names (the plan's own policies are not
   read). A claim about something that no run knows is told with the nearest name there is. */
toc_status toc_trial_run(const toc_claims *claims, const toc_replication_plan *plan,
                         toc_problems *problems, toc_trial *out_trial);
void toc_trial_finish(toc_trial *trial);

#endif
