#include "drill/ticket.h"

#include <stdio.h>
#include <string.h>

#include "drill/observation.h"
#include "drill/seat.h"
#include "kernel/assert.h"

static toc_ticket *ticket_at(const toc_drill *drill, uint32_t number) {
    TOC_ASSERT(number >= 1 && number <= drill->tickets.count);
    return TOC_LIST_AT(toc_ticket, &drill->tickets, number - 1);
}

/* "stage" or "stage: why" on the trace and to the seat. */
static void show(toc_drill *drill, uint32_t number, const char *why) {
    const toc_ticket *ticket = ticket_at(drill, number);
    const char *stage = toc_ticket_stage_name(ticket->stage);
    size_t size = strlen(stage) + strlen(why) + 3;
    char *both = toc_arena_heap(NULL, size, 1);
    (void)snprintf(both, size, why[0] == '\0' ? "%s" : "%s: %s", stage, why);
    const char *text = toc_drill_keep(drill, both);
    toc_arena_heap_free(both);
    const char *verb = toc_action_name(ticket->verb);
    toc_trace_put(drill, TOC_TRACE_ACTION, ticket->target, toc_seat_name(drill, ticket->seat), verb,
                  text, 0, number);
    toc_observation observation = {.kind = TOC_OBSERVED_TICKET,
                                   .subject = ticket->target,
                                   .actor = "",
                                   .verb = verb,
                                   .text = text,
                                   .after = ticket->own_number};
    toc_observation_add(drill, ticket->seat, &observation);
}

uint32_t toc_ticket_add(toc_drill *drill, const toc_ticket *ticket, const char *said) {
    uint32_t own_number = 1;
    for (uint32_t i = drill->tickets.count; i > 0; i--) {
        if (ticket_at(drill, i)->seat == ticket->seat) {
            own_number = ticket_at(drill, i)->own_number + 1;
            break;
        }
    }
    toc_ticket *added = toc_list_add(&drill->tickets, sizeof *added);
    *added = *ticket;
    added->own_number = own_number;
    added->stage = TOC_TICKET_REQUESTED;
    added->why = "";
    added->job = TOC_INDEX_NONE;
    added->requested_at = toc_calendar_now(drill->calendar);
    added->ended_at = TOC_NEVER;
    show(drill, drill->tickets.count, said);
    return drill->tickets.count;
}

uint32_t toc_ticket_count(const toc_drill *drill) {
    return drill->tickets.count;
}

const toc_ticket *toc_ticket_at(const toc_drill *drill, uint32_t number) {
    return ticket_at(drill, number);
}

void toc_ticket_last(toc_drill *drill, uint32_t number, toc_time takes) {
    ticket_at(drill, number)->takes = takes;
}

void toc_ticket_step(toc_drill *drill, uint32_t number, toc_ticket_stage stage, const char *why) {
    toc_ticket *ticket = ticket_at(drill, number);
    TOC_ASSERT(ticket->stage <= TOC_TICKET_UNDER_WAY && stage >= ticket->stage);
    ticket->stage = stage;
    ticket->why = toc_drill_keep(drill, why);
    if (stage >= TOC_TICKET_DONE) {
        ticket->ended_at = toc_calendar_now(drill->calendar);
    }
    show(drill, number, ticket->why);
}

void toc_ticket_remark(toc_drill *drill, uint32_t number, const char *why) {
    ticket_at(drill, number)->why = toc_drill_keep(drill, why);
}

void toc_ticket_follow(toc_drill *drill, uint32_t number, uint32_t job) {
    while (drill->job_tickets.count <= job) {
        (void)toc_list_add(&drill->job_tickets, sizeof(uint32_t));
    }
    *TOC_LIST_AT(uint32_t, &drill->job_tickets, job) = number;
    ticket_at(drill, number)->job = job;
}

uint32_t toc_ticket_of_job(const toc_drill *drill, uint32_t job) {
    return job < drill->job_tickets.count ? *TOC_LIST_AT(const uint32_t, &drill->job_tickets, job)
                                          : 0;
}

const char *toc_ticket_stage_name(toc_ticket_stage stage) {
    static const char *const names[] = {"requested", "approved", "under-way", "done",
                                        "failed",    "refused",  "cancelled"};
    _Static_assert(sizeof names / sizeof *names == TOC_TICKET_STAGES, "a name for every stage");
    return names[stage];
}

/* A number that stays the same for every stage that there was before approval. */
static uint64_t stage_code(toc_ticket_stage stage) {
    return stage == TOC_TICKET_APPROVED  ? TOC_TICKET_STAGES
           : stage > TOC_TICKET_APPROVED ? (uint64_t)stage - 1
                                         : stage;
}

void toc_ticket_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 1; i <= drill->tickets.count; i++) {
        const toc_ticket *ticket = ticket_at(drill, i);
        toc_digest_u64(digest, ticket->seat);
        toc_digest_text(digest, toc_action_name(ticket->verb));
        toc_digest_text(digest, ticket->target);
        for (uint32_t k = 0; k < ticket->parameters.count; k++) {
            toc_digest_text(digest, ticket->parameters.keys[k]);
            toc_digest_text(digest, ticket->parameters.values[k]);
        }
        toc_digest_u64(digest, stage_code(ticket->stage));
        toc_digest_text(digest, ticket->why);
        toc_digest_u64(digest, ticket->job);
        toc_digest_i64(digest, ticket->requested_at);
        toc_digest_i64(digest, ticket->ended_at);
    }
}

void toc_ticket_finish(toc_drill *drill) {
    toc_list_finish(&drill->tickets);
    toc_list_finish(&drill->job_tickets);
}
