#include "drill/approval.h"

#include <stdio.h>
#include <string.h>

#include "drill/aid.h"
#include "drill/fact.h"
#include "drill/observation.h"
#include "drill/scenario.h"
#include "drill/seat.h"
#include "drill/spec.h"
#include "drill/spot.h"
#include "drill/team.h"
#include "kernel/assert.h"

enum request_stage { OPEN, APPROVED, REJECTED, EXPIRED };

struct request {
    uint32_t rule, ticket;
    enum request_stage stage;
    toc_time due;
    toc_event_id expiry;
};

static const toc_approval_rule *rule_at(const toc_drill *drill, uint32_t index) {
    TOC_ASSERT(index < drill->approval_rules.count);
    return TOC_LIST_AT(const toc_approval_rule, &drill->approval_rules, index);
}

static struct request *request_at(const toc_drill *drill, uint32_t index) {
    TOC_ASSERT(index < drill->approvals.count);
    return TOC_LIST_AT(struct request, &drill->approvals, index);
}

void toc_approval_add(toc_drill *drill, const toc_approval_rule *rule) {
    *(toc_approval_rule *)toc_list_add(&drill->approval_rules, sizeof *rule) = *rule;
}

/* -- Who may ------------------------------------------------------------------------------------
 */

/* A role is that of the team that asks. */
static bool is_named(const toc_drill *drill, const toc_approval_rule *rule, uint32_t seat,
                     uint32_t team) {
    for (uint32_t i = 0; i < rule->by_count; i++) {
        bool is_seat = strchr(rule->by[i], '.') != NULL;
        if (is_seat ? strcmp(rule->by[i], toc_seat_name(drill, seat)) == 0
                    : toc_seat_team(drill, seat) == team &&
                          strcmp(rule->by[i], toc_seat_role(drill, seat)) == 0) {
            return true;
        }
    }
    return false;
}

static bool may_approve(const toc_drill *drill, const struct request *request, uint32_t seat) {
    const toc_ticket *ticket = toc_ticket_at(drill, request->ticket);
    return seat != ticket->seat &&
           is_named(drill, rule_at(drill, request->rule), seat, toc_seat_team(drill, ticket->seat));
}

static bool has_approver(const toc_drill *drill, const toc_approval_rule *rule, uint32_t asker) {
    for (uint32_t seat = 0; seat < toc_seat_count(drill); seat++) {
        if (seat != asker && is_named(drill, rule, seat, toc_seat_team(drill, asker))) {
            return true;
        }
    }
    return false;
}

static bool concerns_verb(const toc_approval_rule *rule, toc_action_verb verb) {
    for (uint32_t i = 0; i < rule->verb_count; i++) {
        if (strcmp(rule->verbs[i], toc_action_name(verb)) == 0) {
            return true;
        }
    }
    return false;
}

static bool concerns(const toc_drill *drill, const toc_approval_rule *rule,
                     const toc_ticket *ticket) {
    bool is_target = rule->element_count == 0;
    for (uint32_t i = 0; i < rule->element_count && !is_target; i++) {
        is_target = toc_action_target_of(ticket->verb) == TOC_TARGET_ELEMENT &&
                    rule->elements[i] == ticket->object;
    }
    return is_target && concerns_verb(rule, ticket->verb) &&
           (rule->team[0] == '\0' || toc_scenario_is_of(drill, ticket->seat, rule->team));
}

/* -- Asking -------------------------------------------------------------------------------------
 */

static const char *name_of(toc_drill *drill, uint32_t index) {
    return toc_arena_format(drill->arena, "A-%lu", (unsigned long)index + 1);
}

/* Whether nothing takes it back; sending somebody to do something is as final as doing it. */
static bool is_final(const toc_ticket *ticket) {
    const char *job = toc_parameter_text(&ticket->parameters, "job");
    toc_action_verb work = job == NULL                   ? TOC_VERBS
                           : strcmp(job, "restore") == 0 ? TOC_VERB_RESTORE_BACKUP
                                                         : toc_action_find(job);
    return toc_action_is_final(ticket->verb) || (work != TOC_VERBS && toc_action_is_final(work));
}

/* "shed_load ss-1: share=0.4", and whether it cannot be taken back. */
static const char *describe(toc_drill *drill, const toc_ticket *ticket) {
    const char *text = toc_arena_format(drill->arena, "%s%s%s", toc_action_name(ticket->verb),
                                        ticket->target[0] == '\0' ? "" : " ", ticket->target);
    for (uint32_t i = 0; i < ticket->parameters.count; i++) {
        text = toc_arena_format(drill->arena, "%s%s %s=%s", text, i == 0 ? ":" : ",",
                                ticket->parameters.keys[i], ticket->parameters.values[i]);
    }
    return is_final(ticket) ? toc_arena_format(drill->arena, "%s; nothing takes it back", text)
                            : text;
}

/* On the trace, to who asks, and to everybody who may or might have approved it. */
static void tell(toc_drill *drill, uint32_t index, const char *stage, uint32_t who,
                 const char *text) {
    const struct request *request = request_at(drill, index);
    const toc_ticket *ticket = toc_ticket_at(drill, request->ticket);
    const char *actor = who == TOC_INDEX_NONE ? "" : toc_seat_name(drill, who);
    toc_trace_put(drill, TOC_TRACE_APPROVAL, name_of(drill, index), actor, stage, text,
                  request->due, request->ticket);
    toc_observation observation = {.kind = TOC_OBSERVED_APPROVAL,
                                   .subject = name_of(drill, index),
                                   .actor = toc_seat_name(drill, ticket->seat),
                                   .verb = stage,
                                   .text = text,
                                   .before = request->due};
    for (uint32_t seat = 0; seat < toc_seat_count(drill); seat++) {
        if (seat == ticket->seat || may_approve(drill, request, seat)) {
            toc_observation_add(drill, seat, &observation);
        }
    }
}

static void on_expired(void *object, uint64_t argument) {
    toc_drill *drill = object;
    struct request *request = request_at(drill, (uint32_t)argument);
    request->stage = EXPIRED;
    tell(drill, (uint32_t)argument, "expired", TOC_INDEX_NONE, "");
    toc_ticket_step(drill, request_at(drill, (uint32_t)argument)->ticket, TOC_TICKET_REFUSED,
                    "nobody approved it in time");
}

static void ask(toc_drill *drill, uint32_t number, uint32_t rule) {
    const toc_ticket ticket = *toc_ticket_at(drill, number);
    uint32_t index = drill->approvals.count;
    toc_time due = toc_calendar_now(drill->calendar) + rule_at(drill, rule)->within;
    char when[64];
    *(struct request *)toc_list_add(&drill->approvals, sizeof(struct request)) =
        (struct request){.rule = rule, .ticket = number, .stage = OPEN, .due = due};
    request_at(drill, index)->expiry =
        toc_calendar_schedule(drill->calendar, due, TOC_SCORING, on_expired, drill, index);
    (void)toc_time_print(due - due % TOC_SECOND, when, sizeof when);
    tell(drill, index, "asked", ticket.seat, describe(drill, &ticket));
    toc_ticket_remark(drill, number,
                      toc_arena_format(drill->arena, "%s waits for approval until %s",
                                       name_of(drill, index), when));
}

bool toc_approval_holds(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    for (uint32_t i = 0; i < drill->approval_rules.count; i++) {
        if (!concerns(drill, rule_at(drill, i), ticket)) {
            continue;
        }
        if (has_approver(drill, rule_at(drill, i), ticket->seat)) {
            ask(drill, number, i);
        } else {
            toc_ticket_step(drill, number, TOC_TICKET_REFUSED,
                            "nobody but who asks may approve it");
        }
        return true;
    }
    return false;
}

/* -- Answering ----------------------------------------------------------------------------------
 */

/* TOC_INDEX_NONE where there is no such request. */
static uint32_t find_request(const toc_drill *drill, const char *name) {
    unsigned long number = 0;
    char rest = '\0';
    return sscanf(name, "A-%9lu%c", &number, &rest) == 1 && number >= 1 &&
                   number <= drill->approvals.count
               ? (uint32_t)number - 1
               : TOC_INDEX_NONE;
}

const char *toc_approval_begin(toc_drill *drill, uint32_t number) {
    static const char *const over[] = {"", "it is approved already", "it is rejected already",
                                       "its time is over"};
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    uint32_t index = find_request(drill, ticket->target);
    if (toc_aid_is_target(ticket->target)) {
        return toc_aid_begin_answer(drill, number);
    }
    if (index == TOC_INDEX_NONE) {
        return "there is no such request";
    }
    const struct request *request = request_at(drill, index);
    if (toc_ticket_at(drill, request->ticket)->seat == ticket->seat) {
        return "who asks cannot answer: it takes two people";
    }
    if (!may_approve(drill, request, ticket->seat)) {
        return "this seat is not asked";
    }
    return request->stage == OPEN ? NULL : over[request->stage];
}

const char *toc_approval_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    if (toc_aid_is_target(ticket->target)) {
        return toc_aid_end_answer(drill, ticket, out_said);
    }
    uint32_t index = find_request(drill, ticket->target);
    struct request *request = request_at(drill, index);
    uint32_t held = request->ticket;
    bool is_granted = ticket->verb == TOC_VERB_APPROVE;
    const char *text = toc_parameter_text(&ticket->parameters, "text");
    const char *who = toc_seat_name(drill, ticket->seat);
    text = text == NULL ? "" : text;
    (void)toc_calendar_cancel(drill->calendar, request->expiry);
    request->stage = is_granted ? APPROVED : REJECTED;
    tell(drill, index, is_granted ? "approved" : "rejected", ticket->seat, text);
    *out_said = describe(drill, toc_ticket_at(drill, held));
    if (is_granted) {
        toc_ticket_step(drill, held, TOC_TICKET_APPROVED,
                        toc_arena_format(drill->arena, "by %s", who));
        toc_action_carry_on(drill, held);
    } else {
        toc_ticket_step(drill, held, TOC_TICKET_REFUSED,
                        toc_arena_format(drill->arena, "rejected by %s%s%s", who,
                                         text[0] == '\0' ? "" : ": ", text));
    }
    return NULL;
}

/* -- The scenario's side ------------------------------------------------------------------------
 */

/* A role is known where any seat has it. */
static const char *nearest_role(const toc_drill *drill, const char *role, bool *out_known) {
    toc_names *names = toc_names_create();
    for (uint32_t seat = 0; seat < toc_seat_count(drill); seat++) {
        (void)toc_names_add(names, toc_seat_role(drill, seat), NULL);
    }
    const char *nearest = toc_names_nearest(names, role);
    *out_known = toc_names_find(names, role) != TOC_NONE;
    nearest = nearest == NULL ? NULL : toc_arena_text(drill->arena, nearest);
    toc_names_destroy(names);
    return nearest;
}

static void check_names(toc_drill *drill, const toc_approval_rule *rule) {
    char hint[96];
    for (uint32_t i = 0; i < rule->by_count; i++) {
        bool is_seat = strchr(rule->by[i], '.') != NULL, is_known = true;
        const char *nearest = is_seat ? toc_seat_nearest(drill, rule->by[i])
                                      : nearest_role(drill, rule->by[i], &is_known);
        if (is_seat ? toc_seat_find(drill, rule->by[i]) == TOC_INDEX_NONE : !is_known) {
            (void)toc_problems_error(drill->problems, toc_spot_of_key(drill, rule->place, "by", 1),
                                     "approval by '%.60s': no team has such a seat%s", rule->by[i],
                                     toc_spec_hint(nearest, hint, sizeof hint));
        }
    }
    if (rule->team[0] != '\0' && toc_team_find(drill, rule->team) == TOC_INDEX_NONE) {
        (void)toc_problems_error(drill->problems, toc_spot_of_key(drill, rule->place, "team", 1),
                                 "approval of team '%.60s': there is no such team", rule->team);
    }
}

/* Somebody must be able to ask whom somebody else can answer. */
static bool can_be_given(const toc_drill *drill, const toc_approval_rule *rule) {
    for (uint32_t seat = 0; seat < toc_seat_count(drill); seat++) {
        for (int verb = 0; verb < TOC_VERBS; verb++) {
            if (concerns_verb(rule, (toc_action_verb)verb) &&
                toc_seat_may(drill, seat, (toc_action_verb)verb) &&
                (rule->team[0] == '\0' || toc_scenario_is_of(drill, seat, rule->team)) &&
                has_approver(drill, rule, seat)) {
                return true;
            }
        }
    }
    return false;
}

void toc_approval_check(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->approval_rules.count; i++) {
        const toc_approval_rule *rule = rule_at(drill, i);
        size_t before = toc_problems_count(drill->problems, TOC_ERROR);
        check_names(drill, rule);
        if (toc_problems_count(drill->problems, TOC_ERROR) == before &&
            !can_be_given(drill, rule)) {
            (void)toc_problems_error(drill->problems, rule->place,
                                     "nobody could ever approve this: it takes two seats, one that "
                                     "may do it and another that is named in 'by'");
        }
    }
}

static const char *join(toc_drill *drill, const char *const *words, uint32_t count) {
    const char *text = "";
    for (uint32_t i = 0; i < count; i++) {
        text = toc_arena_format(drill->arena, "%s%s%s", text, i == 0 ? "" : " ", words[i]);
    }
    return text;
}

void toc_approval_facts(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->approval_rules.count; i++) {
        const toc_approval_rule *rule = rule_at(drill, i);
        toc_fact_put(drill, "approval", join(drill, rule->verbs, rule->verb_count), rule->team,
                     join(drill, rule->by, rule->by_count), rule->within);
    }
}

void toc_approval_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->approvals.count; i++) {
        const struct request *request = request_at(drill, i);
        toc_digest_u64(digest, (uint64_t)request->ticket << 32 | request->stage);
        toc_digest_i64(digest, request->due);
    }
}

void toc_approval_finish(toc_drill *drill) {
    toc_list_finish(&drill->approval_rules);
    toc_list_finish(&drill->approvals);
}
