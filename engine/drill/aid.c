#include "drill/aid.h"

#include <stdio.h>
#include <string.h>

#include "drill/observation.h"
#include "drill/seat.h"
#include "kernel/assert.h"
#include "model/job.h"

enum { USUAL_HOURS = 8, MOVE_RANK = 0 };

/* How long a request or an offer stands. Our planning value: an answer within the hour. */
static const toc_time answer_within = TOC_HOUR;

struct request {
    uint32_t ticket, from, to; /* operators: who asks whom */
    const char *skill;
    uint32_t wanted, got;
    uint32_t place; /* asset or link, TOC_INDEX_NONE where it is not said */
    bool open;
    toc_time due;
    toc_event_id expiry;
};

enum loan_stage { OFFERED, LENT, OVER };

struct loan {
    uint32_t ticket, crew, from, to; /* operators: whose crew, for whom */
    uint32_t place;
    toc_time lasts, until; /* until: while it is offered, when the offer ends */
    enum loan_stage stage;
    bool there;
    toc_event_id end;
};

static struct request *request_at(const toc_drill *drill, uint32_t index) {
    return TOC_LIST_AT(struct request, &drill->aid_requests, index);
}

static struct loan *loan_at(const toc_drill *drill, uint32_t index) {
    return TOC_LIST_AT(struct loan, &drill->loans, index);
}

static const char *name_of(toc_drill *drill, char letter, uint32_t index) {
    return toc_arena_format(drill->arena, "%c-%lu", letter, (unsigned long)index + 1);
}

static const char *id_of(const toc_drill *drill, uint32_t operator_index) {
    return toc_topology_operator_id(drill->topology, operator_index);
}

static const char *print(toc_drill *drill, toc_time time) {
    char when[64];
    (void)toc_time_print(time - time % TOC_SECOND, when, sizeof when);
    return toc_arena_text(drill->arena, when);
}

struct step {
    const char *subject, *verb, *text;
    uint32_t from, to; /* operators that are told */
    const char *actor; /* seat */
    toc_time until;
    uint32_t ticket;
};

static void tell(toc_drill *drill, const struct step *step) {
    toc_trace_put(drill, TOC_TRACE_AID, step->subject, step->actor, step->verb, step->text,
                  step->until, step->ticket);
    toc_observation observation = {.kind = TOC_OBSERVED_AID,
                                   .subject = step->subject,
                                   .actor = step->actor,
                                   .verb = step->verb,
                                   .text = step->text,
                                   .before = step->until};
    toc_observation_add_team(drill, id_of(drill, step->from), &observation);
    toc_observation_add_team(drill, id_of(drill, step->to), &observation);
}

static void tell_request(toc_drill *drill, uint32_t index, const char *verb, const char *actor,
                         const char *text) {
    const struct request *request = request_at(drill, index);
    tell(drill, &(struct step){name_of(drill, 'R', index), verb, text, request->from, request->to,
                               actor, request->due, request->ticket});
}

static void tell_loan(toc_drill *drill, uint32_t index, const char *verb, const char *actor,
                      const char *more) {
    const struct loan *loan = loan_at(drill, index);
    const char *text = toc_arena_format(
        drill->arena, "%s%s%s%s%s", drill->topology->crews[loan->crew].id,
        loan->place == TOC_INDEX_NONE ? "" : " at ",
        loan->place == TOC_INDEX_NONE ? "" : toc_topology_element_id(drill->topology, loan->place),
        more[0] == '\0' ? "" : ": ", more);
    tell(drill, &(struct step){name_of(drill, 'L', index), verb, text, loan->from, loan->to, actor,
                               loan->until, loan->ticket});
}

/* -- Requests -----------------------------------------------------------------------------------
 */

static bool has_word(const char *words, const char *word) {
    size_t length = strlen(word);
    for (words += strspn(words, " \t\r\n"); *words != '\0'; words += strspn(words, " \t\r\n")) {
        size_t taken = strcspn(words, " \t\r\n");
        if (taken == length && strncmp(words, word, length) == 0) {
            return true;
        }
        words += taken;
    }
    return false;
}

static const char *text_of(const toc_ticket *ticket, const char *key) {
    const char *text = toc_parameter_text(&ticket->parameters, key);
    return text == NULL ? "" : text;
}

/* The operators that the ticket is between; why there are none. */
static const char *find_sides(const toc_drill *drill, const toc_ticket *ticket, uint32_t *out_own,
                              uint32_t *out_other) {
    *out_own = toc_seat_operator(drill, ticket->seat);
    *out_other = ticket->object == TOC_INDEX_NONE ? TOC_INDEX_NONE
                                                  : toc_seat_operator(drill, ticket->object);
    if (*out_own == TOC_INDEX_NONE) {
        return "the team operates nothing";
    }
    if (*out_other == TOC_INDEX_NONE) {
        return "that seat's team operates nothing: it has no crews, and no use for any";
    }
    return *out_own == *out_other ? "that seat is of the same team" : NULL;
}

static uint32_t place_of(const toc_drill *drill, const toc_ticket *ticket) {
    const char *where = text_of(ticket, "where");
    return where[0] == '\0' ? TOC_INDEX_NONE : toc_topology_find_element(drill->topology, where);
}

static void close_request(toc_drill *drill, uint32_t index, toc_ticket_stage stage,
                          const char *why) {
    struct request *request = request_at(drill, index);
    request->open = false;
    (void)toc_calendar_cancel(drill->calendar, request->expiry);
    toc_ticket_step(drill, request->ticket, stage, why);
}

static void on_request_over(void *object, uint64_t argument) {
    toc_drill *drill = object;
    uint32_t index = (uint32_t)argument;
    const struct request *request = request_at(drill, index);
    const char *why = toc_arena_format(drill->arena, "%lu of %lu came in time",
                                       (unsigned long)request->got, (unsigned long)request->wanted);
    tell_request(drill, index, "expired", "", why);
    close_request(drill, index, request->got > 0 ? TOC_TICKET_DONE : TOC_TICKET_FAILED, why);
}

const char *toc_aid_begin_request(toc_drill *drill, uint32_t number) {
    const toc_ticket ticket = *toc_ticket_at(drill, number);
    uint32_t own, other, index = drill->aid_requests.count;
    const char *why = find_sides(drill, &ticket, &own, &other), *skill = text_of(&ticket, "skill");
    toc_time now = toc_calendar_now(drill->calendar);
    if (why != NULL) {
        return why;
    }
    if (skill[0] == '\0') {
        return "what they should be able to do is not said: skill=";
    }
    struct request *request = toc_list_add(&drill->aid_requests, sizeof *request);
    *request =
        (struct request){.ticket = number,
                         .from = own,
                         .to = other,
                         .skill = skill,
                         .wanted = (uint32_t)toc_parameter_number(&ticket.parameters, "count", 1),
                         .place = place_of(drill, &ticket),
                         .open = true,
                         .due = now + answer_within};
    request->expiry = toc_calendar_schedule(drill->calendar, request->due, TOC_SCORING,
                                            on_request_over, drill, index);
    const char *text =
        toc_arena_format(drill->arena, "%lu with %s%s%s%s%s", (unsigned long)request->wanted, skill,
                         request->place == TOC_INDEX_NONE ? "" : " for ", text_of(&ticket, "where"),
                         text_of(&ticket, "text")[0] == '\0' ? "" : ": ", text_of(&ticket, "text"));
    toc_ticket_last(drill, number, TOC_NEVER);
    tell_request(drill, index, "requested", toc_seat_name(drill, ticket.seat), text);
    toc_ticket_step(drill, number, TOC_TICKET_UNDER_WAY,
                    toc_arena_format(drill->arena, "%s asks %s until %s",
                                     name_of(drill, 'R', index), id_of(drill, other),
                                     print(drill, now + answer_within)));
    return NULL;
}

/* The first open request of `to` that the operator's crew would help; TOC_INDEX_NONE for none. */
static uint32_t find_request(const toc_drill *drill, uint32_t from, uint32_t to, uint32_t crew) {
    for (uint32_t i = 0; i < drill->aid_requests.count; i++) {
        const struct request *request = request_at(drill, i);
        if (request->open && request->from == to && request->to == from &&
            has_word(drill->topology->crews[crew].skills, request->skill)) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

/* -- Loans --------------------------------------------------------------------------------------
 */

/* Every party of the crew goes there as soon as it is free. */
static void move(toc_drill *drill, uint32_t crew, uint32_t place, uint32_t operator_index) {
    const char *why = NULL;
    toc_job_order order = {.kind = TOC_JOB_KIND_MOVE,
                           .element = place,
                           .operator_index = operator_index,
                           .crew = crew,
                           .rank = MOVE_RANK};
    for (uint32_t i = 0; place != TOC_INDEX_NONE && i < drill->topology->crews[crew].size; i++) {
        uint32_t job = toc_job_order_at(drill->world, &order, &why);
        TOC_ASSERT(job != TOC_INDEX_NONE); /* the crew is there, and anybody can go somewhere */
    }
}

static void end_loan(toc_drill *drill, uint32_t index, const char *actor, const char *why) {
    struct loan *loan = loan_at(drill, index);
    uint32_t crew = loan->crew, owner = loan->from;
    (void)toc_calendar_cancel(drill->calendar, loan->end);
    loan->stage = OVER;
    loan->until = toc_calendar_now(drill->calendar);
    toc_job_lend_crew(drill->world, crew, owner);
    move(drill, crew, drill->topology->crews[crew].base, owner);
    tell_loan(drill, index, "over", actor, why);
}

static void on_loan_over(void *object, uint64_t argument) {
    toc_drill *drill = object;
    uint32_t index = (uint32_t)argument;
    if (loan_at(drill, index)->stage == LENT) {
        end_loan(drill, index, "", "its time is over");
        return;
    }
    loan_at(drill, index)->stage = OVER;
    tell_loan(drill, index, "expired", "", "nobody answered");
    toc_ticket_step(drill, loan_at(drill, index)->ticket, TOC_TICKET_FAILED,
                    "nobody answered in time");
}

static void lend(toc_drill *drill, uint32_t index, const char *actor) {
    struct loan *loan = loan_at(drill, index);
    (void)toc_calendar_cancel(drill->calendar, loan->end);
    loan->stage = LENT;
    loan->until = toc_calendar_now(drill->calendar) + loan->lasts;
    loan->end = toc_calendar_schedule(drill->calendar, loan->until, TOC_SCORING, on_loan_over,
                                      drill, index);
    uint32_t crew = loan->crew, place = loan->place, to = loan->to, ticket = loan->ticket;
    const char *until = print(drill, loan->until);
    toc_job_lend_crew(drill->world, crew, to);
    move(drill, crew, place, to);
    tell_loan(drill, index, "lent", actor, "");
    toc_ticket_step(drill, ticket, TOC_TICKET_DONE,
                    toc_arena_format(drill->arena, "%s is with %s until %s",
                                     drill->topology->crews[crew].id, id_of(drill, to), until));
}

static const char *offer_refusal(const toc_drill *drill, uint32_t crew, uint32_t own) {
    if (drill->topology->crews[crew].operator_index != own) {
        return "the crew belongs to another operator";
    }
    for (uint32_t i = 0; i < drill->loans.count; i++) {
        const struct loan *loan = loan_at(drill, i);
        if (loan->crew == crew && loan->stage != OVER) {
            return loan->stage == LENT ? "the crew is lent already" : "the crew is offered already";
        }
    }
    return NULL;
}

const char *toc_aid_begin_offer(toc_drill *drill, uint32_t number) {
    const toc_ticket ticket = *toc_ticket_at(drill, number);
    uint32_t own, other, index = drill->loans.count;
    const char *why = find_sides(drill, &ticket, &own, &other), *id = text_of(&ticket, "crew");
    if (why != NULL) {
        return why;
    }
    if (id[0] == '\0') {
        return "whom is not said: crew=";
    }
    uint32_t crew = toc_topology_find_crew(drill->topology, id);
    if ((why = offer_refusal(drill, crew, own)) != NULL) {
        return why;
    }
    uint32_t asked = find_request(drill, own, other, crew);
    int64_t hours = toc_parameter_number(&ticket.parameters, "hours", USUAL_HOURS);
    *(struct loan *)toc_list_add(&drill->loans, sizeof(struct loan)) =
        (struct loan){.ticket = number,
                      .crew = crew,
                      .from = own,
                      .to = other,
                      .place = asked == TOC_INDEX_NONE ? place_of(drill, &ticket)
                                                       : request_at(drill, asked)->place,
                      .lasts = hours * TOC_HOUR,
                      .until = toc_calendar_now(drill->calendar) + answer_within,
                      .stage = OFFERED};
    toc_ticket_last(drill, number, TOC_NEVER);
    if (asked != TOC_INDEX_NONE) {
        lend(drill, index, toc_seat_name(drill, ticket.seat));
        if (++request_at(drill, asked)->got >= request_at(drill, asked)->wanted) {
            close_request(drill, asked, TOC_TICKET_DONE,
                          toc_arena_format(drill->arena, "%s sends %s", id_of(drill, own), id));
        }
        return NULL;
    }
    loan_at(drill, index)->end = toc_calendar_schedule(
        drill->calendar, loan_at(drill, index)->until, TOC_SCORING, on_loan_over, drill, index);
    tell_loan(drill, index, "offered", toc_seat_name(drill, ticket.seat), text_of(&ticket, "text"));
    toc_ticket_step(drill, number, TOC_TICKET_UNDER_WAY,
                    toc_arena_format(drill->arena, "%s is offered to %s",
                                     name_of(drill, 'L', index), id_of(drill, other)));
    return NULL;
}

void toc_aid_on_change(toc_drill *drill, const toc_change *change) {
    if (change->kind != TOC_CHANGE_JOB || change->after != TOC_JOB_DONE) {
        return;
    }
    toc_job job = toc_job_read(drill->world, change->subject);
    for (uint32_t i = 0; job.order.kind == TOC_JOB_KIND_MOVE && i < drill->loans.count; i++) {
        struct loan *loan = loan_at(drill, i);
        if (loan->stage == LENT && loan->crew == job.crew && loan->place == job.order.element &&
            !loan->there) {
            loan->there = true;
            tell_loan(drill, i, "there", "", "");
        }
    }
}

/* -- Answers ------------------------------------------------------------------------------------
 */

bool toc_aid_is_target(const char *target) {
    return target[0] == 'R' || target[0] == 'L';
}

/* The index of "R-1" or "L-1", TOC_INDEX_NONE where there is none. */
static uint32_t find(const toc_drill *drill, const char *target) {
    uint32_t count = target[0] == 'R' ? drill->aid_requests.count : drill->loans.count;
    unsigned long number = 0;
    char rest = '\0';
    return target[1] == '-' && sscanf(target + 2, "%9lu%c", &number, &rest) == 1 && number >= 1 &&
                   number <= count
               ? (uint32_t)number - 1
               : TOC_INDEX_NONE;
}

const char *toc_aid_begin_answer(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    uint32_t index = find(drill, ticket->target), own = toc_seat_operator(drill, ticket->seat);
    bool accepts = ticket->verb == TOC_VERB_APPROVE, may;
    may = own != TOC_INDEX_NONE && toc_seat_may(drill, ticket->seat, TOC_VERB_OFFER_AID);
    if (index == TOC_INDEX_NONE) {
        return "there is no such request";
    }
    if (ticket->target[0] == 'R') {
        const struct request *request = request_at(drill, index);
        if (!may || request->to != own) {
            return "this seat is not asked";
        }
        return !request->open ? "it is answered already"
               : accepts      ? "offer_aid says which crew comes"
                              : NULL;
    }
    const struct loan *loan = loan_at(drill, index);
    if (!may || (loan->to != own && (accepts || loan->stage != LENT || loan->from != own))) {
        return "this seat is not asked";
    }
    return loan->stage == OVER              ? "it is over"
           : accepts && loan->stage == LENT ? "it is accepted already"
                                            : NULL;
}

const char *toc_aid_end_answer(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    uint32_t index = find(drill, ticket->target);
    const char *who = toc_seat_name(drill, ticket->seat), *text = text_of(ticket, "text");
    const char *why = toc_arena_format(drill->arena, "declined by %s%s%s", who,
                                       text[0] == '\0' ? "" : ": ", text);
    (void)out_said;
    if (ticket->target[0] == 'R') {
        tell_request(drill, index, "declined", who, text);
        close_request(drill, index, TOC_TICKET_FAILED, why);
    } else if (ticket->verb == TOC_VERB_APPROVE) {
        lend(drill, index, who);
    } else if (loan_at(drill, index)->stage == LENT) {
        end_loan(drill, index, who, text);
    } else {
        (void)toc_calendar_cancel(drill->calendar, loan_at(drill, index)->end);
        loan_at(drill, index)->stage = OVER;
        tell_loan(drill, index, "declined", who, text);
        toc_ticket_step(drill, loan_at(drill, index)->ticket, TOC_TICKET_FAILED, why);
    }
    return NULL;
}

void toc_aid_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->aid_requests.count; i++) {
        const struct request *request = request_at(drill, i);
        toc_digest_u64(digest, (uint64_t)request->ticket << 32 | request->got);
        toc_digest_u64(digest, request->open ? 1 : 0);
    }
    for (uint32_t i = 0; i < drill->loans.count; i++) {
        const struct loan *loan = loan_at(drill, i);
        toc_digest_u64(digest, (uint64_t)loan->ticket << 32 | loan->crew);
        toc_digest_u64(digest, (uint64_t)loan->stage << 1 | loan->there);
        toc_digest_i64(digest, loan->until);
    }
}

void toc_aid_finish(toc_drill *drill) {
    toc_list_finish(&drill->aid_requests);
    toc_list_finish(&drill->loans);
}
