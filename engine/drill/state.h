/* State of a drill, shared by the files of this room only. Each noun's file owns its list.

   Order at one instant: TOC_DEFENDER is for inputs alone. A live input is scheduled when it comes,
   a recorded one long before; were anything else scheduled at that priority, which of the two comes
   first would differ. What follows from an input later (a ticket that is done) is TOC_PHYSICAL,
   injects are TOC_SENSOR, plans TOC_ATTACKER, what is decided about it TOC_SCORING. */
#ifndef DRILL_STATE_H
#define DRILL_STATE_H

#include "drill/patience.h"
#include "kernel/arena.h"
#include "kernel/calendar.h"
#include "kernel/chance.h"
#include "kernel/condition.h"
#include "kernel/list.h"
#include "kernel/names.h"
#include "model/world.h"
#include "script/host.h"
#include "script/process.h"
#include "tocsin/drill.h"

/* While the scenario declares, mistakes are collected; while it runs, each is an error at once. */
typedef enum toc_drill_stage {
    TOC_DRILL_DECLARING,
    TOC_DRILL_RUNNING,
    TOC_DRILL_ENDED
} toc_drill_stage;

struct toc_drill {
    const toc_package *package;
    toc_drill_options options;
    toc_topology *own_topology; /* NULL when it was handed in */
    const toc_topology *topology;
    toc_arena *arena; /* lives as long as the drill: every text kept is copied here */
    toc_calendar *calendar;
    toc_conditions *conditions;
    toc_world *world;
    toc_host *host;
    toc_patience patience; /* with the scenario's scripts */
    toc_processes *processes;
    toc_problems *problems; /* the drill's own: scripts' errors; each call hands on what is new */
    size_t problems_told;
    toc_status status; /* first failure; nothing runs after it */
    bool stopping;     /* the event at work is the last one */
    toc_drill_stage stage;
    bool asking;       /* a condition of the scenario is being asked: nothing may change */
    const char *actor; /* who changes the world right now, "" nobody: for the trace */

    /* facts (bind_drill.c) */
    const char *title, *form, *span, *content, *starts, *topology_path;
    const char *place, *organiser, *purpose; /* for the papers, in the author's words; "" */
    const char *classification; /* how confidential it is, in the author's words; "" nothing said */
    toc_time length;
    const char *ended_why; /* set: the drill ends now, or has */

    toc_names *texts;      /* what many are told is kept once: toc_drill_keep */
    toc_names *seat_names; /* numbers are seat indexes; filled by toc_seat_add */
    toc_list seats;        /* seat.c */
    toc_list teams;        /* team.c */
    toc_list streams;      /* observation.c: what each seat was shown */
    toc_list tickets;      /* ticket.c */
    toc_list job_tickets;  /* ticket.c: number of each job's ticket, 0 for none */
    uint32_t ordering;     /* fieldwork.c: ticket whose job is being ordered, 0 for none */
    toc_list inputs;       /* action.c: those that were taken and are not due (left out of the
                              digest) */
    toc_list free_inputs;  /* action.c: uint32_t, places in it that are free again */
    toc_list taken;        /* action.c: uint32_t by seat, how many inputs it gave */

    toc_list directions; /* direction.c: all that were taken, due or not */

    toc_list approval_rules, approvals; /* approval.c */
    toc_list aid_requests, loans;       /* aid.c */

    toc_list criteria;       /* criterion.c */
    toc_list watches;        /* watch.c */
    toc_list marks;          /* mark.c: those that have been set */
    toc_list awaits;         /* mark.c: who waits for one */
    toc_names *mark_names;   /* mark.c */
    toc_list injects;        /* inject.c */
    bool hands_out;          /* inject.c: one of them brings files */
    toc_names *handouts;     /* bind_attachment.c: files found fit to be handed out */
    toc_list expectations;   /* expectation.c */
    toc_list objectives;     /* objective.c */
    toc_list duties;         /* duty.c: rules and what came of them */
    toc_list regimes;        /* regime.c: rulebooks that hold */
    toc_list emergencies;    /* emergency.c: plans, and how far they are */
    toc_list rulebooks;      /* regime.c: toc_rulebook *, what they were read from */
    toc_list adversaries;    /* adversary.c */
    toc_list traces;         /* forensics.c: what somebody left on assets */
    toc_list strikes;        /* adversary.c: techniques under way and done */
    toc_list messages;       /* message.c */
    toc_list decisions;      /* decision.c */
    toc_list phases;         /* phase.c */
    uint32_t phase;          /* the current one, from 1; 0: none yet */
    uint32_t points;         /* injects that somebody was told (left out of the digest) */
    toc_list personas;       /* persona.c */
    toc_list requests;       /* persona.c: what they were asked */
    toc_list variables;      /* variable.c, in the order of their names */
    toc_list named_marks;    /* mark.c: by the number of the name, the mark from 1; 0: not set */
    toc_names *inject_names; /* inject.c: ids, by the numbers of the injects */
    toc_list orders;         /* order.c */
    toc_list commands;       /* order.c: who may order whom about */
    toc_names *variable_names;
    struct toc_wordings *wordings; /* wording.c: NULL where the drill has one language */
    bool translated;               /* wording.c: the author wrote a text in two languages */
    toc_list singles;              /* wording.c: texts declared in one language only */
    toc_list deeds;                /* deed.c: actions done */
    toc_list declarations;         /* deed.c: who declares what ("incident", ...) */
    toc_list timed;        /* bind_flow.c: functions that run at a time or after a condition */
    toc_list chains;       /* spec.c: 'drill:team "x"' that wait for their { ... } */
    toc_list known_supply; /* witness.c: by service, as last traced */
    uint32_t chains_checked;
    uint64_t script_bytes; /* spec.c: kept for the scenario outside its host */
    uint64_t trace_digest; /* running hash of the trace */
    uint64_t trace_count;
};

/* Puts an entry on the trace: hashes it and hands it to the sink. The time is now. */
void toc_trace_put(toc_drill *drill, toc_trace_kind kind, const char *subject, const char *actor,
                   const char *verb, const char *text, int64_t before, int64_t after);
/* A copy of the text that lives as long as the drill; equal texts are kept once. */
const char *toc_drill_keep(toc_drill *drill, const char *text);
/* Nothing runs after this event: a script has failed, or the drill is over. */
void toc_drill_stop(toc_drill *drill, toc_status status);

#endif
