#include "drill/order.h"

#include <stdlib.h>
#include <string.h>

#include "drill/message.h"
#include "drill/observation.h"
#include "drill/seat.h"
#include "drill/team.h"
#include "kernel/assert.h"

/* Who may order whom about beside the own team. */
struct command {
    const char *team, *over;
};

static toc_order *order_at(const toc_drill *drill, uint64_t index) {
    TOC_ASSERT(index < drill->orders.count);
    return TOC_LIST_AT(toc_order, &drill->orders, index);
}

void toc_order_allow(toc_drill *drill, const char *team, const char *over) {
    *(struct command *)toc_list_add(&drill->commands, sizeof(struct command)) =
        (struct command){toc_arena_text(drill->arena, team), toc_arena_text(drill->arena, over)};
}

static bool may_command(const toc_drill *drill, uint32_t giver, uint32_t receiver) {
    const char *from = toc_team_name(drill, toc_seat_team(drill, giver));
    const char *to = toc_team_name(drill, toc_seat_team(drill, receiver));
    bool may = strcmp(from, to) == 0;
    for (uint32_t i = 0; i < drill->commands.count && !may; i++) {
        const struct command *command = TOC_LIST_AT(const struct command, &drill->commands, i);
        may = strcmp(command->team, from) == 0 && strcmp(command->over, to) == 0;
    }
    return may;
}

const char *toc_order_stage_name(const toc_order *order) {
    static const char *const names[] = {"given", "acknowledged", "under-way", "done"};
    _Static_assert(sizeof names / sizeof *names == TOC_ORDER_STAGES, "a name for every stage");
    return order->overdue && order->stage != TOC_ORDER_DONE ? "overdue" : names[order->stage];
}

/* To both, and on the trace. */
static void tell(toc_drill *drill, const toc_order *order, const char *who, const char *stage) {
    const char *receiver = toc_seat_name(drill, order->receiver);
    toc_trace_put(drill, TOC_TRACE_ORDER, receiver, who, stage, order->text, order->due,
                  order->number);
    toc_observation observation = {.kind = TOC_OBSERVED_ORDER,
                                   .subject = receiver,
                                   .actor = toc_seat_name(drill, order->giver),
                                   .verb = stage,
                                   .text = order->text,
                                   .before = order->due,
                                   .after = order->number};
    toc_observation_add(drill, order->giver, &observation);
    toc_observation_add(drill, order->receiver, &observation);
}

static void on_due(void *object, uint64_t index) {
    toc_drill *drill = object;
    toc_order *order = order_at(drill, index);
    if (order->stage != TOC_ORDER_DONE) {
        order->overdue = true;
        tell(drill, order, "", "overdue");
    }
}

/* -- Giving ------------------------------------------------------------------------------------ */

const char *toc_order_begin(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    if (ticket->object == ticket->seat) {
        return "that is this seat itself";
    }
    if (toc_parameter_text(&ticket->parameters, "text") == NULL &&
        toc_parameter_text(&ticket->parameters, "verb") == NULL) {
        return "there is no text: it is not said what is to be done";
    }
    if (ticket->object == TOC_INDEX_NONE) {
        return "it is nobody's to command: ask it";
    }
    return may_command(drill, ticket->seat, ticket->object)
               ? NULL
               : "it takes no orders from this team: ask it, or tell it";
}

static uint32_t next_number(const toc_drill *drill, uint32_t receiver) {
    uint32_t number = 1;
    for (uint32_t i = 0; i < drill->orders.count; i++) {
        number += order_at(drill, i)->receiver == receiver;
    }
    return number;
}

static const char *text_of(toc_drill *drill, const toc_ticket *ticket) {
    const char *text = toc_parameter_text(&ticket->parameters, "text");
    const char *verb = toc_parameter_text(&ticket->parameters, "verb");
    const char *asset = toc_parameter_text(&ticket->parameters, "asset");
    if (text != NULL) {
        return text;
    }
    return asset == NULL ? verb : toc_arena_format(drill->arena, "%s %s", verb, asset);
}

const char *toc_order_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    const char *verb = toc_parameter_text(&ticket->parameters, "verb");
    const char *asset = toc_parameter_text(&ticket->parameters, "asset");
    int64_t minutes = toc_parameter_number(&ticket->parameters, "minutes", 0);
    toc_time now = toc_calendar_now(drill->calendar);
    uint32_t number = next_number(drill, ticket->object), index = drill->orders.count;
    toc_order *order = toc_list_add(&drill->orders, sizeof *order);
    *order = (toc_order){.giver = ticket->seat,
                         .receiver = ticket->object,
                         .number = number,
                         .text = text_of(drill, ticket),
                         .verb = verb == NULL ? TOC_VERBS : toc_action_find(verb),
                         .asset = asset == NULL ? "" : asset,
                         .given_at = now,
                         .due = minutes == 0 ? TOC_NEVER : now + minutes * TOC_MINUTE,
                         .done_at = TOC_NEVER};
    if (minutes != 0) {
        (void)toc_calendar_schedule(drill->calendar, order->due + 1, TOC_SCORING, on_due, drill,
                                    index);
    }
    tell(drill, order, toc_seat_name(drill, ticket->seat), "given");
    toc_sharing sharing = {
        .from = ticket->seat,
        .to = ticket->object,
        .channel = "phone",
        .text = toc_arena_format(drill->arena, "Order O-%u: %s", order->number, order->text)};
    (void)toc_message_share(drill, &sharing);
    *out_said = toc_arena_format(drill->arena, "it is their O-%u", order->number);
    return NULL;
}

/* -- Answering --------------------------------------------------------------------------------- */

/* The order that the receiver calls so, NULL where it has none of that number. */
static toc_order *order_of(const toc_drill *drill, const toc_ticket *ticket) {
    const char *text = toc_parameter_text(&ticket->parameters, "order");
    unsigned long number = text == NULL ? 0 : strtoul(text + (text[0] == 'O' ? 2 : 0), NULL, 10);
    for (uint32_t i = 0; i < drill->orders.count; i++) {
        toc_order *order = order_at(drill, i);
        if (order->receiver == ticket->seat && order->number == number) {
            return order;
        }
    }
    return NULL;
}

const char *toc_order_begin_answer(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const toc_order *order = order_of(drill, ticket);
    if (toc_parameter_text(&ticket->parameters, "order") == NULL) {
        return "it is not said which order";
    }
    if (order == NULL) {
        return "this seat has no such order";
    }
    if (order->stage == TOC_ORDER_DONE) {
        return "it is done already";
    }
    return ticket->verb == TOC_VERB_ACKNOWLEDGE_ORDER && order->stage != TOC_ORDER_GIVEN
               ? "it is acknowledged already"
               : NULL;
}

const char *toc_order_end_answer(toc_drill *drill, const toc_ticket *ticket,
                                 const char **out_said) {
    toc_order *order = order_of(drill, ticket);
    (void)out_said;
    if (ticket->verb == TOC_VERB_ACKNOWLEDGE_ORDER) {
        order->stage = TOC_ORDER_ACKNOWLEDGED;
        tell(drill, order, toc_seat_name(drill, ticket->seat), "acknowledged");
        return NULL;
    }
    order->stage = TOC_ORDER_DONE;
    order->done_at = toc_calendar_now(drill->calendar);
    tell(drill, order, toc_seat_name(drill, ticket->seat), order->overdue ? "done-late" : "done");
    return NULL;
}

void toc_order_note_action(toc_drill *drill, const toc_ticket *ticket) {
    for (uint32_t i = 0; i < drill->orders.count; i++) {
        toc_order *order = order_at(drill, i);
        if (order->receiver == ticket->seat && order->verb == ticket->verb &&
            order->stage < TOC_ORDER_UNDER_WAY &&
            (order->asset[0] == '\0' || strcmp(order->asset, ticket->target) == 0)) {
            order->stage = TOC_ORDER_UNDER_WAY;
            tell(drill, order, toc_seat_name(drill, ticket->seat), "under-way");
            return;
        }
    }
}

uint32_t toc_order_count(const toc_drill *drill) {
    return drill->orders.count;
}

const toc_order *toc_order_at(const toc_drill *drill, uint32_t index) {
    return order_at(drill, index);
}

void toc_order_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->orders.count; i++) {
        const toc_order *order = order_at(drill, i);
        toc_digest_u64(digest, (uint64_t)order->giver << 32 | order->receiver);
        toc_digest_text(digest, order->text);
        toc_digest_text(digest, order->asset);
        toc_digest_u64(digest, (uint64_t)order->verb << 3 | (uint64_t)order->overdue << 2 |
                                   (uint64_t)order->stage);
        toc_digest_i64(digest, order->given_at);
        toc_digest_i64(digest, order->due);
        toc_digest_i64(digest, order->done_at);
    }
}

void toc_order_finish(toc_drill *drill) {
    toc_list_finish(&drill->orders);
    toc_list_finish(&drill->commands);
}
