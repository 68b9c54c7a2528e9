/* Lint: what a planner should look at before a drill is held, found by playing it. */
#ifndef STUDY_LINT_H
#define STUDY_LINT_H

#include "study/replication.h"

typedef enum toc_lint_kind {
#define TOC_LINT(id, name, sentence) TOC_LINT_##id,
#include "study/lint.def"
#undef TOC_LINT
    TOC_LINT_KINDS
} toc_lint_kind;

typedef struct toc_lint {
    uint32_t runs; /* played in all */
    uint32_t found[TOC_LINT_KINDS];
} toc_lint;

/* Plays the package `plan->runs` times under each policy of the plan, and warns of each thing found
   at the author's place. The last policy is the one that plays best. What goes wrong in a run is an
   error. */
toc_status toc_lint_run(const toc_replication_plan *plan, toc_problems *problems,
                        toc_lint *out_lint);
const char *toc_lint_name(toc_lint_kind kind);
const char *toc_lint_sentence(toc_lint_kind kind);

#endif
