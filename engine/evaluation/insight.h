/* Insight: what teams thought, against what was: beliefs and boards, assessments, evidence, orders.
   Computed from the record alone. */
#ifndef EVALUATION_INSIGHT_H
#define EVALUATION_INSIGHT_H

#include "evaluation/measure.h"

/* How long what an operator believed of its assets and links was not so. Running or not is what
   counts; an asset that was wrong for two hours is two asset-hours. */
typedef struct toc_insight_belief {
    const char *operator_id;
    double wrong_hours;
    uint64_t wrong_now, most_wrong; /* at once */
    toc_measure_event most;         /* when */
    toc_measure_event latest;       /* the last that was believed wrongly */
    const char *longest_id;         /* wrong for longest without a break; "" for none */
    toc_time longest;
} toc_insight_belief;

/* What a team put on its status board. */
typedef struct toc_insight_board {
    char team[96];
    uint64_t said, right;      /* right: when it was said */
    double brier;              /* mean of (confidence - right)^2: 0 is best, 1 is worst */
    double hours, right_hours; /* that the entries stood, and that they were right in */
} toc_insight_board;

typedef struct toc_insight_order {
    const char *giver, *receiver, *text;
    toc_time given, due, acknowledged, done; /* TOC_NEVER: none, not */
    bool overdue;
    int64_t number;
    uint64_t entry; /* that it was given */
} toc_insight_order;

/* An entry of the record that says something by itself. */
typedef struct toc_insight_word {
    toc_time at;
    uint64_t entry;
    const char *who, *verb, *what, *text;
    int64_t people, minutes;
} toc_insight_word;

typedef struct toc_insight {
    toc_insight_belief *beliefs;
    toc_insight_board *boards;
    toc_insight_order *orders;
    toc_insight_word *assessments, *evidence, *disputes;
    size_t belief_count, board_count, order_count, assessment_count, evidence_count, dispute_count;
} toc_insight;

/* Lives as long as the record. */
toc_insight *toc_insight_create(const toc_measures *measures);
void toc_insight_destroy(toc_insight *insight);
/* How often the technique was done, and the entry of the first time. */
uint64_t toc_insight_uses(const toc_measures *measures, const char *technique, uint64_t *out_entry);
/* Evidence of that sort: kept, nothing, too-late, lost. */
size_t toc_insight_evidence(const toc_insight *insight, const char *sort);

#endif
