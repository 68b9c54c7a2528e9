/* Ticket: an action on its way. Numbers count from 1. */
#ifndef DRILL_TICKET_H
#define DRILL_TICKET_H

#include "drill/action.h"
#include "drill/parameter.h"

typedef enum toc_ticket_stage {
    TOC_TICKET_REQUESTED,
    TOC_TICKET_APPROVED, /* by another person, where it takes one */
    TOC_TICKET_UNDER_WAY,
    TOC_TICKET_DONE,
    TOC_TICKET_FAILED,    /* it was begun and came to nothing */
    TOC_TICKET_REFUSED,   /* it could not be begun */
    TOC_TICKET_CANCELLED, /* somebody of the team called it off */
    TOC_TICKET_STAGES
} toc_ticket_stage;

typedef struct toc_ticket {
    uint32_t seat;
    uint32_t own_number; /* among the seat's tickets, from 1 */
    toc_action_verb verb;
    const char *target;
    uint32_t object; /* element or seat that the target names, TOC_INDEX_NONE for none */
    toc_parameters parameters;
    toc_ticket_stage stage;
    const char *why; /* what was last said of it */
    uint32_t job;    /* of the world, TOC_INDEX_NONE for none */
    toc_time requested_at, ended_at;
    toc_time takes; /* to carry it out, from when it is begun */
} toc_ticket;

/* Adds the ticket, requested now: its seat, verb, target, object and parameters; `said` are the
   parameters as they were given. */
uint32_t toc_ticket_add(toc_drill *drill, const toc_ticket *ticket, const char *said);
uint32_t toc_ticket_count(const toc_drill *drill);
/* Valid until the next one is added. */
const toc_ticket *toc_ticket_at(const toc_drill *drill, uint32_t number);
/* Carrying it out takes this long, whatever its verb says. */
void toc_ticket_last(toc_drill *drill, uint32_t number, toc_time takes);
/* The next stage, or more about this one, is put on the trace and shown to the seat. */
void toc_ticket_step(toc_drill *drill, uint32_t number, toc_ticket_stage stage, const char *why);
/* What is to be said of it, without telling it. */
void toc_ticket_remark(toc_drill *drill, uint32_t number, const char *why);
/* From now on the ticket follows this job. */
void toc_ticket_follow(toc_drill *drill, uint32_t number, uint32_t job);
/* 0 where the job has none. */
uint32_t toc_ticket_of_job(const toc_drill *drill, uint32_t job);
const char *toc_ticket_stage_name(toc_ticket_stage stage);
void toc_ticket_digest(const toc_drill *drill, toc_digest *digest);
void toc_ticket_finish(toc_drill *drill);

#endif
