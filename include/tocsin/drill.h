/* Drill: a pure function of (package, seed, inputs). It has no clock and no I/O: a driver advances
   it and submits what people or stand-ins do; the same inputs give the same drill, bit for bit. */
#ifndef TOCSIN_DRILL_H
#define TOCSIN_DRILL_H

#include <stdbool.h>
#include <stdint.h>

#include "tocsin/package.h"
#include "tocsin/problems.h"
#include "tocsin/time.h"
#include "tocsin/topology.h"
#include "tocsin/trace.h"

typedef struct toc_drill toc_drill;

typedef struct toc_drill_options {
    uint64_t seed;
    uint32_t replication;
    toc_trace_sink *trace; /* may be NULL */
    void *trace_object;
} toc_drill_options;

/* What somebody did. `at` is set by toc_drill_submit for a live input (pass 0), and taken as it is
   for a recorded one. Texts are copied. */
typedef struct toc_input {
    toc_time at;
    const char *seat;   /* "gridco.dispatcher", or TOC_CONTROL */
    const char *verb;   /* as in action.def; of control, direction.def */
    const char *target; /* id of an asset, seat, duty, inject ... as the verb asks; "" for none */
    const char *parameters; /* "key=value" lines; "" for none */
} toc_input;

/* Who runs the drill, as the seat of an input. */
#define TOC_CONTROL "control"

/* Reads and runs the package's scenario. Every mistake found is told; nothing is left behind then.
   The package must outlive the drill. */
toc_status toc_drill_open(const toc_package *package, const toc_drill_options *options,
                          toc_problems *problems, toc_drill **out_drill);
/* The same on a topology built before from the same package (replications share it). */
toc_status toc_drill_open_on(const toc_package *package, const toc_topology *topology,
                             const toc_drill_options *options, toc_problems *problems,
                             toc_drill **out_drill);
void toc_drill_close(toc_drill *drill);

/* Runs everything due at or before `until`, never past the end. A scenario's run-time error stops
   the drill where it is and is told. */
toc_status toc_drill_advance(toc_drill *drill, toc_time until, toc_problems *problems);
toc_time toc_drill_now(const toc_drill *drill);
/* When the drill ends at the latest. */
toc_time toc_drill_length(const toc_drill *drill);
bool toc_drill_has_ended(const toc_drill *drill);
/* When the next event is due; TOC_NEVER after the end. */
toc_time toc_drill_next(const toc_drill *drill);

/* Live: stamps the input with the first instant that has not been executed (now + 1 µs), writes
   the stamp to *out_at and schedules it. A malformed input (unknown seat, verb or target, a verb
   the seat may not use) is told and not taken; one that merely cannot be carried out is taken and
   refused inside the drill, on the trace. */
toc_status toc_drill_submit(toc_drill *drill, const toc_input *input, toc_problems *problems,
                            toc_time *out_at);
/* From a record: `input->at` must not lie before the first instant that has not been executed. */
toc_status toc_drill_replay(toc_drill *drill, const toc_input *input, toc_problems *problems);

/* Hash of all state in index order and of every event so far. */
uint64_t toc_drill_digest(const toc_drill *drill);
uint64_t toc_drill_events(const toc_drill *drill);

/* -- What the drill is ------------------------------------------------------------------------ */

typedef struct toc_drill_facts {
    const char *title, *form, *span, *content, *starts; /* starts: as written by the author */
    const char *classification; /* how confidential it is, as written by the author; "" */
    const char *place, *organiser, *purpose; /* where, who and what for, by the author; "" */
    const char *power_rule; /* how power is shared and lines open; "" where none is generated */
    uint32_t seats, objectives, injects, duties, services, personas, decisions, moves;
} toc_drill_facts;

toc_drill_facts toc_drill_facts_of(const toc_drill *drill);
const toc_topology *toc_drill_topology(const toc_drill *drill);
/* "gridco.dispatcher"; index below facts.seats. */
const char *toc_drill_seat(const toc_drill *drill, uint32_t index);

/* Somebody outside the teams whom seats can ask. */
typedef struct toc_drill_persona {
    const char *id, *name, *channel;
    const char *about; /* who that is, for those who play it; "" */
} toc_drill_persona;

toc_drill_persona toc_drill_persona_at(const toc_drill *drill, uint32_t index);

/* What control can do to a running drill. */
typedef struct toc_drill_direction {
    const char *verb;
    const char *target; /* what it is done to: "inject", "seat", "asset", "operator", "" nothing */
    const char *keys;   /* parameters, separated by blanks */
    const char *help;
} toc_drill_direction;

uint32_t toc_drill_direction_count(void);
toc_drill_direction toc_drill_direction_at(uint32_t index);

/* -- How it stands ------------------------------------------------------------------------------
 */

typedef struct toc_drill_service {
    const char *id, *operator_id, *unit;
    double demand_integral, loss_integral; /* unit x hours */
    double people_hours_lost;
    int64_t level_ppm, min_level_ppm;
    toc_time first_loss, restored_at; /* TOC_NEVER: none, not */
} toc_drill_service;

typedef struct toc_drill_objective {
    const char *id, *text;
    bool met;
    toc_time started_at, due, met_at; /* TOC_NEVER where not */
    const char *by;                   /* what met it: "declare_incident by gridco.soc" */
} toc_drill_objective;

typedef struct toc_drill_duty {
    const char *id, *operator_id, *text, *recipient;
    toc_time started_at, due, done_at; /* TOC_NEVER where not */
    bool on_time;
} toc_drill_duty;

typedef struct toc_drill_decision {
    const char *id, *question;
    const char *chosen;          /* "" while nothing is */
    const char *by;              /* seat that chose; "" where the default was taken */
    toc_time opened_at, made_at; /* TOC_NEVER where not */
} toc_drill_decision;

toc_drill_service toc_drill_service_at(const toc_drill *drill, uint32_t index);
toc_drill_objective toc_drill_objective_at(const toc_drill *drill, uint32_t index);
/* Duties that have been triggered. */
toc_drill_duty toc_drill_duty_at(const toc_drill *drill, uint32_t index);
/* In the order in which the scenario declares them. */
toc_drill_decision toc_drill_decision_at(const toc_drill *drill, uint32_t index);

#endif
