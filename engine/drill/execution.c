#include "drill/execution.h"

#include <string.h>

#include "drill/aid.h"
#include "drill/approval.h"
#include "drill/assessment.h"
#include "drill/cleanup.h"
#include "drill/decision.h"
#include "drill/deed.h"
#include "drill/deception.h"
#include "drill/fieldwork.h"
#include "drill/forensics.h"
#include "drill/gridwork.h"
#include "drill/limit.h"
#include "drill/lockout.h"
#include "drill/lookout.h"
#include "drill/order.h"
#include "drill/perimeter.h"
#include "drill/plantwork.h"
#include "drill/procurement.h"
#include "drill/reserve.h"
#include "drill/seat.h"
#include "drill/team.h"
#include "drill/telling.h"
#include "kernel/assert.h"
#include "model/belief.h"
#include "model/sight.h"

typedef const char *begin(toc_drill *drill, uint32_t number);
typedef const char *end(toc_drill *drill, const toc_ticket *ticket, const char **out_said);

struct handler {
    begin *begin;
    end *end;
};

static const char *team_of(const toc_drill *drill, const toc_ticket *ticket) {
    return toc_team_name(drill, toc_seat_team(drill, ticket->seat));
}

static const char *not_ours(const toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    uint32_t operator_index = toc_seat_operator(drill, ticket->seat);
    if (operator_index == TOC_INDEX_NONE) {
        return "the team operates nothing";
    }
    return ticket->object == TOC_INDEX_NONE ||
                   toc_fieldwork_owns(drill, operator_index, ticket->object)
               ? NULL
               : "it belongs to another operator";
}

static const char *begin_acknowledge(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    return toc_team_close_alarm(drill, toc_seat_team(drill, ticket->seat), ticket->target)
               ? NULL
               : "no alarm on it is open";
}

/* NULL where the seat's operator has telemetry of the element. */
static const char *out_of_sight(const toc_drill *drill, const toc_ticket *ticket) {
    toc_belief belief =
        toc_belief_read(drill->world, toc_seat_operator(drill, ticket->seat), ticket->object);
    return belief.stale ? "it sends no telemetry" : NULL;
}

/* The same, with the time since when, as far as the seat was shown that. */
static const char *blindness(toc_drill *drill, const toc_ticket *ticket) {
    char since[40];
    const char *why = out_of_sight(drill, ticket);
    toc_time at = toc_deception_blind_since(drill, ticket->seat, ticket->object);
    if (why == NULL || at == TOC_NEVER) {
        return why;
    }
    (void)toc_time_print(at, since, sizeof since);
    return toc_arena_format(drill->arena, "%s since %s", why, since);
}

static const char *begin_observe(toc_drill *drill, uint32_t number) {
    const char *why = not_ours(drill, number);
    return why != NULL ? why : blindness(drill, toc_ticket_at(drill, number));
}

static const char *end_observe(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    uint32_t operator_index = toc_seat_operator(drill, ticket->seat);
    const char *why = blindness(drill, ticket);
    if (why == NULL) {
        toc_belief_learn(drill->world, operator_index, ticket->object, TOC_SEEN_BY_TELEMETRY);
        *out_said = toc_world_operation_name(
            toc_belief_read(drill->world, operator_index, ticket->object).operation);
    }
    return why;
}

static const char *begin_set_belief(toc_drill *drill, uint32_t number) {
    return toc_parameter_text(&toc_ticket_at(drill, number)->parameters, "state") == NULL
               ? "the state is not said"
               : NULL;
}

static toc_operation find_operation(const char *name) {
    int operation = 0;
    while (strcmp(toc_world_operation_name((toc_operation)operation), name) != 0) {
        operation++;
        TOC_ASSERT(operation < TOC_OPERATIONS);
    }
    return (toc_operation)operation;
}

static const char *end_set_belief(toc_drill *drill, const toc_ticket *ticket,
                                  const char **out_said) {
    const char *state = toc_parameter_text(&ticket->parameters, "state");
    toc_team_card *card =
        toc_team_make_card(drill, toc_seat_team(drill, ticket->seat), ticket->object);
    card->said = find_operation(state);
    card->confidence_ppm = toc_parameter_ppm(&ticket->parameters, "confidence", 1000000);
    card->said_at = toc_calendar_now(drill->calendar);
    card->said_by = ticket->seat;
    *out_said = state;
    return NULL;
}

static const char *begin_declare(toc_drill *drill, uint32_t number) {
    const char *team = team_of(drill, toc_ticket_at(drill, number));
    return toc_deed_declared(drill, "incident", team) != NULL ? "the team has declared it already"
                                                              : NULL;
}

static const char *end_declare(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    (void)out_said;
    toc_deed_note_declaration(drill, ticket->seat, "incident", true);
    return NULL;
}

static const char *begin_stand_down(toc_drill *drill, uint32_t number) {
    const char *team = team_of(drill, toc_ticket_at(drill, number));
    return toc_deed_declared(drill, "incident", team) == NULL ? "the team has declared no incident"
                                                              : NULL;
}

static const char *end_stand_down(toc_drill *drill, const toc_ticket *ticket,
                                  const char **out_said) {
    (void)out_said;
    toc_deed_note_declaration(drill, ticket->seat, "incident", false);
    return NULL;
}

static const char *begin_plan(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    bool is_same = toc_parameter_text(&ticket->parameters, "plan") == NULL &&
                   toc_parameter_text(&ticket->parameters, "level") == NULL;
    return is_same && toc_deed_declared(drill, "plan", team_of(drill, ticket)) != NULL
               ? "the plan is in force already"
               : NULL;
}

static const char *end_plan(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    (void)out_said;
    toc_deed_note_declaration(drill, ticket->seat, "plan", true);
    return NULL;
}

static const char *begin_isolate(toc_drill *drill, uint32_t number) {
    const char *why = not_ours(drill, number);
    if (why == NULL && toc_world_has_cause(drill->world, toc_ticket_at(drill, number)->object,
                                           TOC_CAUSE_ISOLATED)) {
        return "it is isolated already";
    }
    return why;
}

static void fail(toc_drill *drill, const toc_ticket *ticket, toc_cause cause) {
    drill->actor = toc_seat_name(drill, ticket->seat);
    (void)toc_world_fail(drill->world, ticket->object, cause);
    drill->actor = "";
}

static const char *end_isolate(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    (void)out_said;
    fail(drill, ticket, TOC_CAUSE_ISOLATED);
    return NULL;
}

static const char *begin_manual(toc_drill *drill, uint32_t number) {
    const char *why = not_ours(drill, number);
    uint32_t operator_index = toc_seat_operator(drill, toc_ticket_at(drill, number)->seat);
    if (why == NULL && toc_team_is_manual(drill, operator_index)) {
        return "the team switches by hand already";
    }
    return why;
}

static const char *end_manual(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    (void)out_said;
    toc_team_set_manual(drill, toc_seat_team(drill, ticket->seat), true);
    return NULL;
}

static const char *begin_remote(toc_drill *drill, uint32_t number) {
    const char *why = not_ours(drill, number);
    uint32_t operator_index = toc_seat_operator(drill, toc_ticket_at(drill, number)->seat);
    if (why == NULL && !toc_team_is_manual(drill, operator_index)) {
        return "the team switches from afar already";
    }
    return why;
}

static const char *end_remote(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    (void)out_said;
    toc_team_set_manual(drill, toc_seat_team(drill, ticket->seat), false);
    return NULL;
}

/* NULL where the element can be switched from afar now. */
static const char *out_of_reach(const toc_drill *drill, const toc_ticket *ticket) {
    if (toc_team_is_manual(drill, toc_seat_operator(drill, ticket->seat))) {
        return "the team switches by hand";
    }
    return toc_sight_is_operable(drill->world, toc_seat_operator(drill, ticket->seat),
                                 ticket->object)
               ? NULL
               : toc_sight_refusal(drill->world, ticket->object);
}

static const char *begin_switch_off(toc_drill *drill, uint32_t number) {
    const char *why = not_ours(drill, number);
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    if (why == NULL && toc_team_is_manual(drill, toc_seat_operator(drill, ticket->seat))) {
        return toc_fieldwork_switch_off(drill, number);
    }
    return why != NULL ? why : out_of_reach(drill, ticket);
}

static const char *end_switch_off(toc_drill *drill, const toc_ticket *ticket,
                                  const char **out_said) {
    const char *why = out_of_reach(drill, ticket);
    (void)out_said;
    if (why == NULL) {
        fail(drill, ticket, TOC_CAUSE_SWITCHED_OFF);
    }
    return why;
}

static const char *option_of(const toc_ticket *ticket) {
    return toc_parameter_text(&ticket->parameters, "option");
}

static const char *begin_decide(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    return toc_decision_refusal(drill, ticket->target, ticket->seat, option_of(ticket));
}

static const char *end_decide(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    *out_said = option_of(ticket);
    toc_decision_choose(drill, ticket->target, ticket->seat, option_of(ticket));
    return NULL;
}

/* Anybody may say that something is really wrong, and then the drill is over. */
static const char *end_safety_stop(toc_drill *drill, const toc_ticket *ticket,
                                   const char **out_said) {
    const char *text = toc_parameter_text(&ticket->parameters, "text");
    *out_said = "the drill is stopped";
    drill->ended_why =
        toc_arena_format(drill->arena, "safety stop by %s: %s", toc_seat_name(drill, ticket->seat),
                         text == NULL ? "no exercise" : text);
    toc_drill_stop(drill, TOC_OK);
    return NULL;
}

static const char *begin_dispute(toc_drill *drill, uint32_t number) {
    return toc_parameter_text(&toc_ticket_at(drill, number)->parameters, "reason") == NULL
               ? "the reason is not said: what an evaluator is to look at again, and why"
               : NULL;
}

static const struct handler handlers[TOC_VERBS] = {
    [TOC_VERB_ACKNOWLEDGE_ALARM] = {.begin = begin_acknowledge},
    [TOC_VERB_OBSERVE] = {begin_observe, end_observe},
    [TOC_VERB_INSPECT_SITE] = {.begin = toc_fieldwork_recover},
    [TOC_VERB_QUERY_LOG] = {toc_forensics_begin, toc_forensics_end_query},
    [TOC_VERB_SET_BELIEF] = {begin_set_belief, end_set_belief},
    [TOC_VERB_ASK] = {toc_telling_begin, toc_telling_end},
    [TOC_VERB_NOTIFY_PEER] = {toc_telling_begin, toc_telling_end},
    [TOC_VERB_DECIDE] = {begin_decide, end_decide},
    [TOC_VERB_RAISE_SAFETY_STOP] = {.end = end_safety_stop},
    [TOC_VERB_DISPUTE_SCORE] = {.begin = begin_dispute},
    [TOC_VERB_ORDER] = {toc_order_begin, toc_order_end},
    [TOC_VERB_ACKNOWLEDGE_ORDER] = {toc_order_begin_answer, toc_order_end_answer},
    [TOC_VERB_FULFIL_ORDER] = {toc_order_begin_answer, toc_order_end_answer},
    [TOC_VERB_DECLARE_INCIDENT] = {begin_declare, end_declare},
    [TOC_VERB_STAND_DOWN] = {begin_stand_down, end_stand_down},
    [TOC_VERB_CLASSIFY] = {toc_assessment_begin, toc_assessment_end},
    [TOC_VERB_GRADE] = {toc_assessment_begin, toc_assessment_end},
    [TOC_VERB_ESTIMATE_IMPACT] = {toc_assessment_begin, toc_assessment_end},
    [TOC_VERB_ATTRIBUTE] = {toc_assessment_begin, toc_assessment_end},
    [TOC_VERB_ACTIVATE_PLAN] = {begin_plan, end_plan},
    [TOC_VERB_ISOLATE] = {begin_isolate, end_isolate},
    [TOC_VERB_RECONNECT] = {.begin = toc_fieldwork_reconnect},
    [TOC_VERB_BLOCK_CONDUIT] = {toc_perimeter_begin, toc_perimeter_end},
    [TOC_VERB_UNBLOCK_CONDUIT] = {toc_perimeter_begin, toc_perimeter_end},
    [TOC_VERB_BLOCK_SERVICE] = {toc_perimeter_begin, toc_perimeter_end},
    [TOC_VERB_UNBLOCK_SERVICE] = {toc_perimeter_begin, toc_perimeter_end},
    [TOC_VERB_HUNT] = {toc_lookout_begin_hunt, toc_lookout_end_hunt},
    [TOC_VERB_ISOLATE_ZONE] = {toc_perimeter_begin, toc_perimeter_end},
    [TOC_VERB_RECONNECT_ZONE] = {toc_perimeter_begin, toc_perimeter_end},
    [TOC_VERB_COLLECT_EVIDENCE] = {toc_forensics_begin, toc_forensics_end_collect},
    [TOC_VERB_VALIDATE_SAFE] = {toc_forensics_begin, toc_forensics_end_validate},
    [TOC_VERB_DISABLE_ACCOUNT] = {toc_lockout_begin, toc_lockout_end},
    [TOC_VERB_ENABLE_ACCOUNT] = {toc_lockout_begin, toc_lockout_end},
    [TOC_VERB_REVOKE_CERT] = {toc_lockout_begin, toc_lockout_end},
    [TOC_VERB_REISSUE_CERT] = {toc_lockout_begin, toc_lockout_end},
    [TOC_VERB_ROTATE_SECRETS] = {toc_lockout_begin, toc_lockout_end},
    [TOC_VERB_CLOSE_REMOTE_ACCESS] = {toc_lockout_begin_zone, toc_lockout_end_zone},
    [TOC_VERB_OPEN_REMOTE_ACCESS] = {toc_lockout_begin_zone, toc_lockout_end_zone},
    [TOC_VERB_PATCH] = {toc_cleanup_begin, toc_cleanup_end},
    [TOC_VERB_RESTORE_CONFIG] = {toc_cleanup_begin, toc_cleanup_end},
    [TOC_VERB_RATE_LIMIT] = {toc_limit_begin, toc_limit_end},
    [TOC_VERB_LIFT_LIMIT] = {toc_limit_begin, toc_limit_end},
    [TOC_VERB_THROTTLE_TENANT] = {toc_limit_begin, toc_limit_end},
    [TOC_VERB_SPEED_LIMIT] = {toc_limit_begin, toc_limit_end},
    [TOC_VERB_FAILOVER] = {toc_reserve_begin, toc_reserve_end},
    [TOC_VERB_BLACK_START] = {toc_reserve_begin, toc_reserve_end},
    [TOC_VERB_REFILL] = {toc_reserve_begin, toc_reserve_end},
    [TOC_VERB_CHANGE_PHASE] = {toc_perimeter_begin, toc_perimeter_end},
    [TOC_VERB_MANUAL_MODE] = {begin_manual, end_manual},
    [TOC_VERB_REMOTE_MODE] = {begin_remote, end_remote},
    [TOC_VERB_REENERGISE] = {.begin = toc_fieldwork_reenergise},
    [TOC_VERB_SWITCH_OFF] = {begin_switch_off, end_switch_off},
    [TOC_VERB_TRIP] = {toc_plantwork_begin, toc_plantwork_end},
    [TOC_VERB_CLOSE_VALVE] = {toc_plantwork_begin, toc_plantwork_end},
    [TOC_VERB_OPEN_VALVE] = {toc_plantwork_begin, toc_plantwork_end},
    [TOC_VERB_STOP_TRAINS] = {toc_plantwork_begin, toc_plantwork_end},
    [TOC_VERB_RELEASE_TRAINS] = {toc_plantwork_begin, toc_plantwork_end},
    [TOC_VERB_REROUTE] = {toc_plantwork_begin, toc_plantwork_end},
    [TOC_VERB_ISLAND] = {toc_plantwork_begin_ties, toc_plantwork_end_ties},
    [TOC_VERB_RESYNCHRONISE] = {toc_plantwork_begin_ties, toc_plantwork_end_ties},
    [TOC_VERB_SHED_LOAD] = {toc_gridwork_begin, toc_gridwork_end},
    [TOC_VERB_RESTORE_LOAD] = {toc_gridwork_begin, toc_gridwork_end},
    [TOC_VERB_REDISPATCH] = {toc_gridwork_begin, toc_gridwork_end},
    [TOC_VERB_VERIFY_READING] = {.begin = toc_fieldwork_recover},
    [TOC_VERB_ASSIGN_CREW] = {.begin = toc_fieldwork_assign},
    [TOC_VERB_REPAIR] = {.begin = toc_fieldwork_recover},
    [TOC_VERB_REPLACE] = {.begin = toc_fieldwork_recover},
    [TOC_VERB_REIMAGE] = {.begin = toc_fieldwork_recover},
    [TOC_VERB_RESTORE_BACKUP] = {.begin = toc_fieldwork_recover},
    [TOC_VERB_RETURN_TO_SERVICE] = {.begin = toc_forensics_begin_return},
    [TOC_VERB_PRIORITISE] = {.begin = toc_fieldwork_prioritise},
    [TOC_VERB_CANCEL_JOB] = {.begin = toc_fieldwork_cancel},
    [TOC_VERB_SHIFT_CHANGE] = {toc_fieldwork_begin_shift, toc_fieldwork_end_shift},
    [TOC_VERB_REQUEST_SPARE] = {toc_procurement_begin, toc_procurement_end},
    [TOC_VERB_CALL_VENDOR] = {.begin = toc_fieldwork_call_vendor},
    [TOC_VERB_REQUEST_MUTUAL_AID] = {.begin = toc_aid_begin_request},
    [TOC_VERB_OFFER_AID] = {.begin = toc_aid_begin_offer},
    [TOC_VERB_APPROVE] = {toc_approval_begin, toc_approval_end},
    [TOC_VERB_REJECT] = {toc_approval_begin, toc_approval_end},
    [TOC_VERB_REPORT_INITIAL] = {toc_telling_begin_report, toc_telling_end_report},
    [TOC_VERB_REPORT_SUPPLEMENT] = {toc_telling_begin_report, toc_telling_end_supplement},
    [TOC_VERB_REPORT_SUMMARY] = {toc_telling_begin_report, toc_telling_end_supplement},
    [TOC_VERB_CORRECT_REPORT] = {.end = toc_telling_end_supplement},
    [TOC_VERB_RELAY] = {toc_telling_begin_relay, toc_telling_end},
    [TOC_VERB_SHARE_IOC] = {toc_telling_begin, toc_telling_end},
    [TOC_VERB_ANSWER_AUTHORITY] = {toc_telling_begin, toc_telling_end},
    [TOC_VERB_HANDOVER] = {toc_telling_begin, toc_telling_end},
    [TOC_VERB_PRESS_STATEMENT] = {toc_telling_begin_public, toc_telling_end_public},
    [TOC_VERB_NOTIFY_CUSTOMER] = {toc_telling_begin_public, toc_telling_end_public},
};

const char *toc_execution_begin(toc_drill *drill, uint32_t number) {
    begin *handler = handlers[toc_ticket_at(drill, number)->verb].begin;
    return handler == NULL ? NULL : handler(drill, number);
}

const char *toc_execution_end(toc_drill *drill, uint32_t number, const char **out_said) {
    toc_ticket ticket = *toc_ticket_at(drill, number);
    end *handler = handlers[ticket.verb].end;
    *out_said = "";
    return handler == NULL ? NULL : handler(drill, &ticket, out_said);
}
