/* Truth: how things are, for those who run and evaluate a drill, beside what teams believe. Nothing
   here may reach a player. Texts live until the drill goes on. */
#ifndef TOCSIN_TRUTH_H
#define TOCSIN_TRUTH_H

#include "tocsin/drill.h"

enum { TOC_TRUTH_CAUSES = 32 };

typedef struct toc_truth_element {
    const char *id;        /* an asset's or a link's */
    const char *operation; /* "on", "off", "failed" ... */
    const char *causes[TOC_TRUTH_CAUSES];
    uint32_t cause_count;
} toc_truth_element;

typedef struct toc_truth_inject {
    const char *id;
    const char *state; /* "pending", "held", "due" (a call that somebody is to make), "delivered" */
    const char *text, *from, *channel;
    const char *const *to;
    uint32_t to_count;
    toc_time at; /* when it came, else when it is due; TOC_NEVER: on a condition, or by hand */
    /* of one that is spoken: what to say, and by turns what may be asked and what to answer; NULL:
       it is written */
    const char *script;
    const char *const *answers;
    uint32_t answer_count;
} toc_truth_inject;

typedef struct toc_truth_adversary {
    const char *id;
    const char *technique, *target; /* of the last step; "" where none was begun */
    const char *outcome;            /* "under way", "done", "failed"; "" where none was begun */
    uint32_t steps;                 /* that were begun */
} toc_truth_adversary;

/* Assets first, then links. */
uint32_t toc_truth_element_count(const toc_drill *drill);
toc_truth_element toc_truth_element_at(const toc_drill *drill, uint32_t index);
uint32_t toc_truth_inject_count(const toc_drill *drill);
toc_truth_inject toc_truth_inject_at(const toc_drill *drill, uint32_t index);
uint32_t toc_truth_adversary_count(const toc_drill *drill);
toc_truth_adversary toc_truth_adversary_at(const toc_drill *drill, uint32_t index);
/* Tickets of the seat that are not finished. */
uint32_t toc_truth_open_tickets(const toc_drill *drill, uint32_t seat);

#endif
