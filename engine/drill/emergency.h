/* Emergency: the plan of an operator in the drill. It sees which actions are steps of it, whether
   they come in order and in time, and whether something is done that must never be done. */
#ifndef DRILL_EMERGENCY_H
#define DRILL_EMERGENCY_H

#include "drill/ticket.h"
#include "formats/emergency_plan.h"

typedef enum toc_emergency_stage {
    TOC_EMERGENCY_OPEN,
    TOC_EMERGENCY_STARTED,
    TOC_EMERGENCY_DONE,
    TOC_EMERGENCY_LATE, /* done after its time */
    TOC_EMERGENCY_STAGES
} toc_emergency_stage;

typedef struct toc_emergency_standing {
    toc_emergency_stage stage;
    toc_time due, done_at; /* TOC_NEVER: no time runs, not yet */
} toc_emergency_standing;

/* Takes the plan over. False where its operator has one. */
bool toc_emergency_add(toc_drill *drill, toc_emergency_plan *plan);
uint32_t toc_emergency_count(const toc_drill *drill);
const toc_emergency_plan *toc_emergency_plan_at(const toc_drill *drill, uint32_t index);
/* That of the seat's team; TOC_INDEX_NONE where it has none. */
uint32_t toc_emergency_of_seat(const toc_drill *drill, uint32_t seat);
/* Since when it is in force; TOC_NEVER. */
toc_time toc_emergency_in_force(const toc_drill *drill, uint32_t index);
toc_emergency_standing toc_emergency_standing_of(const toc_drill *drill, uint32_t index, int step);
/* Whether all steps that come before it are done. */
bool toc_emergency_is_ready(const toc_drill *drill, uint32_t index, int step);
/* Whether the level that is in force asks for it. */
bool toc_emergency_applies(const toc_drill *drill, uint32_t index, int step);
/* Whether the role of that number is the seat's, itself or as deputy. */
bool toc_emergency_is_role(const toc_drill *drill, uint32_t index, int role, uint32_t seat);
const char *toc_emergency_stage_name(toc_emergency_stage stage);

/* Told by the actions: a ticket is begun, or done. */
void toc_emergency_note_begun(toc_drill *drill, uint32_t number);
void toc_emergency_note_done(toc_drill *drill, uint32_t number);
/* Whether an action may name its step, and whether any plan has that one: told where not. */
bool toc_emergency_takes(const toc_drill *drill, const char *key);
toc_status toc_emergency_check_step(const toc_drill *drill, const char *id, toc_problems *problems);

void toc_emergency_facts(toc_drill *drill);
/* The drill ends: steps that were never done are told. */
void toc_emergency_close(toc_drill *drill);
/* Nothing where there are none. */
void toc_emergency_digest(const toc_drill *drill, toc_digest *digest);
void toc_emergency_finish(toc_drill *drill);

#endif
