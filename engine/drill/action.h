/* Action: what a seat does. It comes as an input; at its time it becomes a ticket, which goes from
   requested over under-way to done, failed, refused or cancelled, each step on the trace and shown
   to the seat. */
#ifndef DRILL_ACTION_H
#define DRILL_ACTION_H

#include "drill/role.h"
#include "drill/state.h"

/* What the input's target names. */
typedef enum toc_action_target {
    TOC_TARGET_NOTHING,
    TOC_TARGET_ELEMENT, /* asset or link */
    TOC_TARGET_CONDUIT,
    TOC_TARGET_ZONE,
    TOC_TARGET_PHASE, /* of the network */
    TOC_TARGET_AREA,  /* a zone, or assets with blanks between them */
    TOC_TARGET_SEAT,  /* or a persona */
    TOC_TARGET_CREW,
    TOC_TARGET_DECISION, /* that was put to the seat */
    TOC_TARGET_REQUEST,  /* that waits for approval */
    TOC_TARGET_RECIPIENT /* duty, seat or team: whom one reports to */
} toc_action_target;

typedef enum toc_action_verb {
#define TOC_ACTION(id, name, target, permission, takes, keys, help) TOC_VERB_##id,
#include "drill/action.def"
#undef TOC_ACTION
    TOC_VERBS
} toc_action_verb;

const char *toc_action_name(toc_action_verb verb);
toc_permission toc_action_permission(toc_action_verb verb);
toc_action_target toc_action_target_of(toc_action_verb verb);
/* The parameters it takes, separated by blanks. */
const char *toc_action_keys(toc_action_verb verb);
/* What it does, one sentence for people. */
const char *toc_action_help(toc_action_verb verb);
/* The action that takes it back, TOC_VERBS where there is none (undo.def). */
toc_action_verb toc_action_undo(toc_action_verb verb);
/* Whether nothing takes back what it does to others or to the world. */
bool toc_action_is_final(toc_action_verb verb);
/* How long it takes by itself; 0 for what is done at once or by crews. */
toc_time toc_action_takes(toc_action_verb verb);
/* TOC_VERBS where there is none of that name. */
toc_action_verb toc_action_find(const char *name);
/* The verb most like `name`, or NULL. */
const char *toc_action_nearest(const char *name);

/* Whether an input is well formed; what is wrong is told. */
toc_status toc_action_check(toc_drill *drill, const toc_input *input, toc_problems *problems);
/* Does now what toc_action_check has let pass. */
void toc_action_enter(toc_drill *drill, const toc_input *input);
/* See toc_drill_submit and toc_drill_replay, which call these. */
toc_status toc_action_submit(toc_drill *drill, const toc_input *input, toc_problems *problems,
                             toc_time *out_at);
toc_status toc_action_replay(toc_drill *drill, const toc_input *input, toc_problems *problems);

/* The ticket need not wait any more: it is begun. */
void toc_action_carry_on(toc_drill *drill, uint32_t number);
/* How many inputs of the seat were taken, due or not. */
uint32_t toc_action_taken(const toc_drill *drill, uint32_t seat);

/* Tickets that wait for crews follow their jobs: the world's listener hands every change on. */
void toc_action_on_change(toc_drill *drill, const toc_change *change);
/* All tickets; inputs that are not due are left out. */
void toc_action_digest(const toc_drill *drill, toc_digest *digest);
void toc_action_finish(toc_drill *drill);

#endif
