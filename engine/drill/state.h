/* State of a drill, shared by the files of this room only. Each noun's file owns its list.

   Order at one instant: TOC_DEFENDER is for inputs alone. A live input is scheduled when it comes, a
   recorded one long before; were anything else scheduled at that priority, which of the two comes
   first would differ. What follows from an input later (a ticket that is done) is TOC_PHYSICAL,
   injects are TOC_SENSOR, plans TOC_ATTACKER, what is decided about it TOC_SCORING. */
#ifndef DRILL_STATE_H
#define DRILL_STATE_H

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
    toc_processes *processes;
    toc_problems *problems; /* the drill's own: scripts' errors; each call hands on what is new */
    size_t problems_told;
    toc_status status;      /* first failure; nothing runs after it */

    /* facts (scenario.c) */
    const char *title, *form, *span, *content, *starts, *topology_path;
    toc_time length;
    bool ended;
    const char *ended_why;

    toc_names *seat_names; /* numbers are seat indexes: "gridco.dispatcher"; filled by toc_seat_add */
    toc_list seats;        /* seat.c */
    toc_list teams;        /* team.c */
    toc_list injects;      /* inject.c */
    toc_list objectives;   /* objective.c */
    toc_list duties;       /* duty.c: rules and triggered duties */
    toc_list adversaries;  /* adversary.c */
    toc_list tickets;      /* action.c */
    toc_list inputs;       /* action.c: all that were taken, due or not (left out of the digest) */
    toc_list messages;     /* message.c */
    toc_list deeds;        /* deed.c: actions done */
    toc_list declarations; /* deed.c: who declares what ("incident", ...) */
    uint64_t trace_digest; /* running hash of the trace */
    uint64_t trace_count;
};

/* Puts an entry on the trace: hashes it and hands it to the sink. The time is now. */
void toc_trace_put(toc_drill *drill, toc_trace_kind kind, const char *subject, const char *actor,
                   const char *verb, const char *text, int64_t before, int64_t after);

#endif
