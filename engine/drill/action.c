#include "drill/action.h"

#include <string.h>

#include "drill/aid.h"
#include "drill/approval.h"
#include "drill/area.h"
#include "drill/deed.h"
#include "drill/direction.h"
#include "drill/duty.h"
#include "drill/emergency.h"
#include "drill/execution.h"
#include "drill/fieldwork.h"
#include "drill/forensics.h"
#include "drill/order.h"
#include "drill/perimeter.h"
#include "drill/persona.h"
#include "drill/seat.h"
#include "drill/team.h"
#include "drill/ticket.h"
#include "kernel/assert.h"

struct action {
    const char *name;
    toc_action_target target;
    toc_permission permission;
    toc_time takes;
    const char *keys, *help;
};

static const struct action actions[TOC_VERBS] = {
#define TOC_ACTION(id, name, target, permission, takes, keys, help)                                \
    {name, TOC_TARGET_##target, TOC_PERMISSION_##permission, takes, keys, help},
#include "drill/action.def"
#undef TOC_ACTION
};

static const char *const names[TOC_VERBS] = {
#define TOC_ACTION(id, name, target, permission, takes, keys, help) name,
#include "drill/action.def"
#undef TOC_ACTION
};

/* An input that was taken; it becomes the ticket when it is due. */
struct input {
    toc_ticket ticket;
    const char *parameters;
};

static const toc_place nowhere = {.file = NULL};

const char *toc_action_name(toc_action_verb verb) {
    TOC_ASSERT(verb < TOC_VERBS);
    return actions[verb].name;
}

toc_permission toc_action_permission(toc_action_verb verb) {
    TOC_ASSERT(verb < TOC_VERBS);
    return actions[verb].permission;
}

toc_action_target toc_action_target_of(toc_action_verb verb) {
    TOC_ASSERT(verb < TOC_VERBS);
    return actions[verb].target;
}

const char *toc_action_keys(toc_action_verb verb) {
    TOC_ASSERT(verb < TOC_VERBS);
    return actions[verb].keys;
}

const char *toc_action_help(toc_action_verb verb) {
    TOC_ASSERT(verb < TOC_VERBS);
    return actions[verb].help;
}

toc_action_verb toc_action_undo(toc_action_verb verb) {
    static const toc_action_verb pairs[][2] = {
#define TOC_UNDO(id, by) {TOC_VERB_##id, TOC_VERB_##by},
#include "drill/undo.def"
#undef TOC_UNDO
    };
    TOC_ASSERT(verb < TOC_VERBS);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i][0] == verb) {
            return pairs[i][1];
        }
    }
    return TOC_VERBS;
}

bool toc_action_is_final(toc_action_verb verb) {
    static const toc_action_verb finals[] = {
#define TOC_FINAL(id) TOC_VERB_##id,
#include "drill/undo.def"
#undef TOC_FINAL
    };
    bool found = false;
    TOC_ASSERT(verb < TOC_VERBS);
    for (size_t i = 0; i < sizeof finals / sizeof *finals; i++) {
        found = found || finals[i] == verb;
    }
    return found;
}

toc_time toc_action_takes(toc_action_verb verb) {
    TOC_ASSERT(verb < TOC_VERBS);
    return actions[verb].takes;
}

toc_action_verb toc_action_find(const char *name) {
    int verb = 0;
    while (verb < TOC_VERBS && strcmp(actions[verb].name, name) != 0) {
        verb++;
    }
    return (toc_action_verb)verb;
}

const char *toc_action_nearest(const char *name) {
    return toc_names_nearest_of(names, TOC_VERBS, name);
}

/* -- Taking inputs ------------------------------------------------------------------------------
 */

static toc_status tell_unknown(toc_problems *problems, const char *what, const char *found,
                               const char *nearest) {
    if (nearest != NULL) {
        return toc_problems_error(problems, nowhere, "'%.60s' is no %s; did you mean '%s'?", found,
                                  what, nearest);
    }
    return toc_problems_error(problems, nowhere, "'%.60s' is no %s", found, what);
}

static toc_status find_recipient(const toc_drill *drill, const char *target,
                                 toc_problems *problems) {
    if (toc_duty_is_target(drill, target) || toc_seat_find(drill, target) != TOC_INDEX_NONE ||
        toc_team_find(drill, target) != TOC_INDEX_NONE) {
        return TOC_OK;
    }
    return tell_unknown(problems, "duty, seat or team of this drill", target,
                        toc_seat_nearest(drill, target));
}

static const char *nearest_hearer(const toc_drill *drill, const char *target) {
    const char *seat = toc_seat_nearest(drill, target);
    return seat != NULL ? seat : toc_persona_nearest(drill, target);
}

/* What the target names, if it is of the sort that the verb is done to. */
static toc_status find_object(const toc_drill *drill, toc_action_verb verb, const char *target,
                              toc_problems *problems, uint32_t *out_object) {
    *out_object = TOC_INDEX_NONE;
    if (actions[verb].target != TOC_TARGET_NOTHING && target[0] == '\0') {
        return toc_problems_error(problems, nowhere, "%s needs a target", actions[verb].name);
    }
    switch (actions[verb].target) {
    case TOC_TARGET_NOTHING:
        return target[0] == '\0'
                   ? TOC_OK
                   : toc_problems_error(problems, nowhere, "%s takes no target, found '%.60s'",
                                        actions[verb].name, target);
    case TOC_TARGET_ELEMENT:
        *out_object = toc_topology_find_element(drill->topology, target);
        return *out_object != TOC_INDEX_NONE
                   ? TOC_OK
                   : tell_unknown(problems, "asset or link", target,
                                  toc_topology_nearest_element(drill->topology, target));
    case TOC_TARGET_CONDUIT:
    case TOC_TARGET_ZONE:
    case TOC_TARGET_PHASE:
        return toc_perimeter_find(drill, actions[verb].target, target, problems, out_object);
    case TOC_TARGET_AREA:
        return toc_area_check(drill, target, problems);
    case TOC_TARGET_SEAT:
        *out_object = toc_seat_find(drill, target);
        return *out_object != TOC_INDEX_NONE || toc_persona_find(drill, target) != TOC_INDEX_NONE
                   ? TOC_OK
                   : tell_unknown(problems, "seat or persona of this drill", target,
                                  nearest_hearer(drill, target));
    case TOC_TARGET_CREW:
        return toc_fieldwork_find_crew(drill, target, problems, out_object);
    case TOC_TARGET_DECISION:
    case TOC_TARGET_REQUEST:
        return TOC_OK; /* it may be put between now and then: found when the input is due */
    case TOC_TARGET_RECIPIENT:
        return find_recipient(drill, target, problems);
    }
    TOC_ASSERT(false); /* a sort of target */
    return TOC_BAD_USAGE;
}

static toc_status check(toc_drill *drill, const toc_input *input, toc_problems *problems,
                        toc_ticket *out) {
    toc_ticket ticket = {.seat = toc_seat_find(drill, input->seat),
                         .verb = toc_action_find(input->verb)};
    if (ticket.seat == TOC_INDEX_NONE) {
        return tell_unknown(problems, "seat of this drill", input->seat,
                            toc_seat_nearest(drill, input->seat));
    }
    if (ticket.verb == TOC_VERBS) {
        return tell_unknown(problems, "action", input->verb, toc_action_nearest(input->verb));
    }
    if (!toc_seat_may(drill, ticket.seat, ticket.verb)) {
        return toc_problems_error(problems, nowhere,
                                  "%s may not do %s: the role '%s' is not allowed %s", input->seat,
                                  input->verb, toc_seat_role(drill, ticket.seat),
                                  toc_role_allows(actions[ticket.verb].permission));
    }
    toc_status status = find_object(drill, ticket.verb, input->target, problems, &ticket.object);
    if (status == TOC_OK) {
        status = toc_parameter_read(drill, input->parameters, actions[ticket.verb].keys, problems,
                                    &ticket.parameters);
    }
    *out = ticket;
    return status;
}

toc_status toc_action_check(toc_drill *drill, const toc_input *input, toc_problems *problems) {
    toc_ticket ticket;
    return check(drill, input, problems, &ticket);
}

static void on_due(void *object, uint64_t argument);

static uint32_t find_place(toc_drill *drill) {
    if (drill->free_inputs.count > 0) {
        uint32_t place = *TOC_LIST_AT(uint32_t, &drill->free_inputs, drill->free_inputs.count - 1);
        drill->free_inputs.count--;
        return place;
    }
    (void)toc_list_add(&drill->inputs, sizeof(struct input));
    return drill->inputs.count - 1;
}

static void note_taken(toc_drill *drill, uint32_t seat) {
    while (drill->taken.count <= seat) {
        (void)toc_list_add(&drill->taken, sizeof(uint32_t));
    }
    ++*TOC_LIST_AT(uint32_t, &drill->taken, seat);
}

/* One input's ticket and words, kept until it is due. */
static uint32_t keep(toc_drill *drill, const toc_input *input, const toc_ticket *ticket) {
    size_t length = strlen(input->parameters);
    while (length > 0 && input->parameters[length - 1] == '\n') {
        length--;
    }
    uint32_t place = find_place(drill);
    char *parameters = toc_arena_heap(NULL, length + 1, 1);
    memcpy(parameters, input->parameters, length);
    parameters[length] = '\0';
    struct input *taken = TOC_LIST_AT(struct input, &drill->inputs, place);
    *taken = (struct input){*ticket, toc_drill_keep(drill, parameters)};
    taken->ticket.target = toc_drill_keep(drill, input->target);
    toc_arena_heap_free(parameters);
    note_taken(drill, ticket->seat);
    return place;
}

static toc_status take(toc_drill *drill, const toc_input *input, toc_time at,
                       toc_problems *problems) {
    toc_ticket ticket;
    if (drill->status != TOC_OK || drill->stage == TOC_DRILL_ENDED) {
        return toc_problems_error(problems, nowhere, "the drill has ended");
    }
    if (toc_direction_is_seat(input->seat)) {
        return toc_direction_take(drill, input, at, problems);
    }
    toc_status status = check(drill, input, problems, &ticket);
    if (status != TOC_OK) {
        return status;
    }
    uint32_t number = keep(drill, input, &ticket);
    (void)toc_calendar_schedule(drill->calendar, at, TOC_DEFENDER, on_due, drill, number);
    return TOC_OK;
}

void toc_action_enter(toc_drill *drill, const toc_input *input) {
    toc_ticket ticket;
    toc_status status = check(drill, input, drill->problems, &ticket);
    TOC_ASSERT(status == TOC_OK);
    on_due(drill, keep(drill, input, &ticket));
}

toc_status toc_action_submit(toc_drill *drill, const toc_input *input, toc_problems *problems,
                             toc_time *out_at) {
    toc_time at = toc_calendar_now(drill->calendar) + 1;
    toc_status status = take(drill, input, at, problems);
    if (status == TOC_OK) {
        *out_at = at;
    }
    return status;
}

toc_status toc_action_replay(toc_drill *drill, const toc_input *input, toc_problems *problems) {
    char when[64], now[64];
    if (input->at <= toc_calendar_now(drill->calendar)) {
        (void)toc_time_print(input->at, when, sizeof when);
        (void)toc_time_print(toc_calendar_now(drill->calendar), now, sizeof now);
        return toc_problems_error(problems, nowhere,
                                  "the input of %s at %s comes too late, it is %s", input->seat,
                                  when, now);
    }
    return take(drill, input, input->at, problems);
}

uint32_t toc_action_taken(const toc_drill *drill, uint32_t seat) {
    return seat < drill->taken.count ? *TOC_LIST_AT(const uint32_t, &drill->taken, seat) : 0;
}

/* -- Carrying them out --------------------------------------------------------------------------
 */

static void note_deed(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    toc_deed_note_action(drill, ticket->seat, actions[ticket->verb].name, ticket->target);
    toc_emergency_note_done(drill, number);
}

static void on_carried_out(void *object, uint64_t argument) {
    toc_drill *drill = object;
    uint32_t number = (uint32_t)argument;
    const char *said = "";
    const char *why = toc_execution_end(drill, number, &said);
    if (why != NULL) {
        toc_ticket_step(drill, number, TOC_TICKET_FAILED, why);
        return;
    }
    toc_ticket_step(drill, number, TOC_TICKET_DONE, said);
    note_deed(drill, number);
}

void toc_action_carry_on(toc_drill *drill, uint32_t number) {
    const char *why = toc_execution_begin(drill, number);
    toc_time takes = toc_ticket_at(drill, number)->takes;
    if (why != NULL) {
        toc_ticket_step(drill, number, TOC_TICKET_REFUSED, why);
        return;
    }
    toc_order_note_action(drill, toc_ticket_at(drill, number));
    toc_emergency_note_begun(drill, number);
    if (toc_ticket_at(drill, number)->job != TOC_INDEX_NONE) {
        note_deed(drill, number); /* the seat has done its part, the rest is the crew's */
    } else if (takes == TOC_NEVER) {
        note_deed(drill, number); /* others end it: it is answered, or its time is over */
    } else if (takes == 0) {
        on_carried_out(drill, number);
    } else {
        if (toc_ticket_at(drill, number)->stage < TOC_TICKET_UNDER_WAY) {
            toc_ticket_step(drill, number, TOC_TICKET_UNDER_WAY, "");
        }
        (void)toc_calendar_schedule(drill->calendar, toc_calendar_now(drill->calendar) + takes,
                                    TOC_PHYSICAL, on_carried_out, drill, number);
    }
}

static void on_due(void *object, uint64_t argument) {
    toc_drill *drill = object;
    struct input input = *TOC_LIST_AT(struct input, &drill->inputs, argument);
    *(uint32_t *)toc_list_add(&drill->free_inputs, sizeof(uint32_t)) = (uint32_t)argument;
    input.ticket.takes = actions[input.ticket.verb].takes;
    uint32_t number = toc_ticket_add(drill, &input.ticket, input.parameters);
    if (!toc_approval_holds(drill, number)) {
        toc_action_carry_on(drill, number);
    }
}

void toc_action_on_change(toc_drill *drill, const toc_change *change) {
    toc_forensics_on_change(drill, change);
    toc_fieldwork_on_change(drill, change);
    toc_aid_on_change(drill, change);
}

void toc_action_digest(const toc_drill *drill, toc_digest *digest) {
    toc_ticket_digest(drill, digest);
    toc_approval_digest(drill, digest);
    toc_aid_digest(drill, digest);
}

void toc_action_finish(toc_drill *drill) {
    toc_ticket_finish(drill);
    toc_approval_finish(drill);
    toc_forensics_finish(drill);
    toc_aid_finish(drill);
    toc_direction_finish(drill);
    toc_list_finish(&drill->inputs);
    toc_list_finish(&drill->free_inputs);
    toc_list_finish(&drill->taken);
}
