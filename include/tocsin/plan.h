/* Plan: what a scenario declares before it is played, each part with its place in the author's
   text. What a running drill adds later is not in it. */
#ifndef TOCSIN_PLAN_H
#define TOCSIN_PLAN_H

#include "tocsin/drill.h"

typedef enum toc_plan_kind {
    TOC_PLAN_INJECT,
    TOC_PLAN_CONDITION, /* of a drill:when */
    TOC_PLAN_OBJECTIVE,
    TOC_PLAN_DUTY,
    TOC_PLAN_KINDS
} toc_plan_kind;

/* Texts live as long as the drill. */
typedef struct toc_plan_part {
    toc_plan_kind kind;
    const char *id; /* of a condition: its place, as the trace names it */
    const char *text;
    toc_place place;
    const char *from, *channel; /* of an inject */
    const char
        *phase; /* of an inject that comes by the clock: title of the phase it falls into, or "" */
    const char *const *to, *const *expects;
    const char *const *cells; /* of an inject of a planner's table, by toc_msel_column; or NULL */
    const char *const *attachments; /* of an inject: files of the package */
    uint32_t to_count, expect_count, attachment_count;
    toc_time at;      /* of an inject; TOC_NEVER: when its condition holds, or by hand */
    bool contingency; /* an inject for players who stall or run ahead */
    bool by_hand;     /* an inject that only exercise control brings */
    bool optional;    /* an inject that may turn out to be needless */
    bool silent;      /* an inject that no seat is told */
    bool informs;     /* an inject whose author says that it expects nothing */
    bool by_rules;    /* a duty that a rulebook states */
    bool unconfirmed; /* a duty whose figures have not been confirmed */
    bool judged;      /* an objective that evaluators judge: nothing measures it */
} toc_plan_part;

uint32_t toc_plan_count(const toc_drill *drill);
/* Index below toc_plan_count. */
toc_plan_part toc_plan_at(const toc_drill *drill, uint32_t index);

/* What somebody at a seat can do. */
typedef struct toc_plan_verb {
    const char *name;
    const char *help; /* one sentence for people */
} toc_plan_verb;

/* The verbs that the role of the seat permits, by number from 0; false behind the last. */
bool toc_plan_verb_at(const toc_drill *drill, uint32_t seat, uint32_t number,
                      toc_plan_verb *out_verb);

#endif
