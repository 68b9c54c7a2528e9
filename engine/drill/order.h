/* Order: what a seat with command tells another one to do. Both see how it stands: given,
   acknowledged, under way, done, and overdue when its time has passed. A receiver counts its own
   orders from 1, because one count for all would tell it what others are told. */
#ifndef DRILL_ORDER_H
#define DRILL_ORDER_H

#include "drill/ticket.h"

typedef enum toc_order_stage {
    TOC_ORDER_GIVEN,
    TOC_ORDER_ACKNOWLEDGED,
    TOC_ORDER_UNDER_WAY,
    TOC_ORDER_DONE,
    TOC_ORDER_STAGES
} toc_order_stage;

typedef struct toc_order {
    uint32_t giver, receiver; /* seats */
    uint32_t number;          /* among the receiver's, from 1 */
    const char *text;
    toc_action_verb verb; /* that it asks for; TOC_VERBS: it is in the text only */
    const char *asset;    /* "" for none */
    toc_order_stage stage;
    bool overdue;
    toc_time given_at, due, done_at; /* TOC_NEVER: no time was set, not yet */
} toc_order;

/* The team may order seats of the other one about, as its own. */
void toc_order_allow(toc_drill *drill, const char *team, const char *over);
/* Begin and end of these actions; the text is why they cannot be done, NULL where they can. */
const char *toc_order_begin(toc_drill *drill, uint32_t number);
const char *toc_order_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);
const char *toc_order_begin_answer(toc_drill *drill, uint32_t number);
const char *toc_order_end_answer(toc_drill *drill, const toc_ticket *ticket, const char **out_said);
/* The ticket has begun: an order that asks for it is under way. */
void toc_order_note_action(toc_drill *drill, const toc_ticket *ticket);
uint32_t toc_order_count(const toc_drill *drill);
/* In the order in which they were given. */
const toc_order *toc_order_at(const toc_drill *drill, uint32_t index);
const char *toc_order_stage_name(const toc_order *order);
void toc_order_digest(const toc_drill *drill, toc_digest *digest);
void toc_order_finish(toc_drill *drill);

#endif
