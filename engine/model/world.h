/* World: the state of a topology in one run. It changes only through the calls of this room, and
   tells one listener of every change. */
#ifndef MODEL_WORLD_H
#define MODEL_WORLD_H

#include "kernel/calendar.h"
#include "kernel/chance.h"
#include "kernel/condition.h"
#include "kernel/digest.h"
#include "tocsin/topology.h"

typedef enum toc_operation {
    TOC_OFF,
    TOC_STARTING,
    TOC_ON,
    TOC_DEGRADED,
    TOC_STOPPING,
    TOC_FAILED,
    TOC_UNDER_REPAIR,
    TOC_OPERATIONS
} toc_operation;

/* Why an element is out; an outage is a set of these, and it is up only when the set is empty.
   cause.def says for each: name, the job that clears it, whether it can be cleared remotely. */
typedef enum toc_cause {
#define TOC_CAUSE(id, name, job, remote) TOC_CAUSE_##id,
#include "model/cause.def"
#undef TOC_CAUSE
    TOC_CAUSES
} toc_cause;

typedef enum toc_change_kind {
    TOC_CHANGE_OPERATION, /* subject element; before, after: toc_operation */
    TOC_CHANGE_CAUSE,     /* subject element; other: toc_cause; after 1 came, 0 went */
    TOC_CHANGE_CONTROL,   /* subject asset; remote control after 1 there, 0 lost */
    TOC_CHANGE_SERVICE,   /* subject service, once an instant; before, after: level in ppm */
    TOC_CHANGE_BUFFER,    /* subject buffer; after: 0 empty, 1 draining, 2 filling, 3 full */
    TOC_CHANGE_JOB,       /* subject job; other: element; before, after: toc_job_stage */
    TOC_CHANGE_BELIEF,    /* subject element; other: who believes now; after: toc_operation */
    TOC_CHANGE_OVERLOAD, /* subject element (a line); more than its rating after 1 begins, 0 ends */
    TOC_CHANGE_CONDUIT,  /* subject conduit; blocked after 1, open again 0 */
    TOC_CHANGE_ZONE,     /* subject zone; cut off from all others after 1, joined again 0 */
    TOC_CHANGE_LISTENER, /* subject asset; other: protocol; refused by it after 1, taken again 0 */
    TOC_CHANGE_PHASE,    /* subject 0; before, after: phase of the network */
    TOC_CHANGE_TANK,     /* subject asset; before, after: toc_tank_phase */
    TOC_CHANGE_SWITCHED, /* subject element; other: the control that did it; on after 1, off 0 */
    TOC_CHANGE_READING,  /* subject asset; other: toc_reader; before, after: toc_falsehood */
    TOC_CHANGE_ACCESS,   /* subject asset; other: attacker; before, after: toc_access */
    TOC_CHANGE_IMPLANT,  /* subject asset; other: attacker; after 1 there, 0 gone */
    TOC_CHANGE_INTEGRITY, /* subject asset; tampered with after 1, as it should be 0 */
    TOC_CHANGE_SHIFT,     /* subject crew; before, after: toc_shift_state */
    TOC_CHANGE_STOCK,     /* subject asset; other: part; before, after: how many lie there */
    TOC_CHANGE_ALERT,     /* subject alert; other: operator; before, after: toc_alert_stage */
    TOC_CHANGE_VIEW,      /* subject asset; its view denied 0, there again 1 */
    TOC_CHANGE_COMMAND,   /* subject asset; commands to it denied 0, taken again 1 */
    TOC_CHANGE_SHOWN,     /* subject element; before, after: toc_operation told by telemetry */
    TOC_CHANGE_KINDS
} toc_change_kind;

typedef struct toc_change {
    toc_change_kind kind;
    uint32_t subject, other;
    int64_t before, after;
} toc_change;

typedef void toc_world_listener(void *object, const toc_change *change);

typedef struct toc_world toc_world;

/* Everything starts on unless the topology says off, buffers full, crews at base. The topology, the
   calendar and the conditions (whose cells toc_world_cell names) must outlive the world. */
toc_world *toc_world_create(const toc_topology *topology, toc_calendar *calendar,
                            toc_conditions *conditions, toc_chance chance,
                            toc_world_listener *listener, void *listener_object);
void toc_world_destroy(toc_world *world);

const toc_topology *toc_world_topology(const toc_world *world);
toc_time toc_world_now(const toc_world *world);
/* Names a piece of state for conditions: (kind of change, subject). */
uint64_t toc_world_cell(toc_change_kind kind, uint32_t subject);

/* False where the element had that cause already, or is held to a share and cannot be flooded. */
bool toc_world_fail(toc_world *world, uint32_t element, toc_cause cause);
bool toc_world_clear(toc_world *world, uint32_t element, toc_cause cause);
bool toc_world_has_cause(const toc_world *world, uint32_t element, toc_cause cause);
/* Bit c is set for each cause c. */
uint32_t toc_world_causes(const toc_world *world, uint32_t element);
/* Those of them that keep it from running; the others concern what is seen of it and its control.
 */
uint32_t toc_world_outage(const toc_world *world, uint32_t element);
toc_operation toc_world_operation(const toc_world *world, uint32_t element);
/* Share of full ability, ppm: health times what its needs leave it. */
int64_t toc_world_capability_ppm(const toc_world *world, uint32_t element);
/* Whether the asset can be operated from afar, and whether it can be seen. */
bool toc_world_has_control(const toc_world *world, uint32_t asset);
bool toc_world_has_view(const toc_world *world, uint32_t asset);

const char *toc_world_operation_name(toc_operation operation);
const char *toc_world_cause_name(toc_cause cause);
/* TOC_CAUSES where there is none of that name. */
toc_cause toc_world_find_cause(const char *name);
const char *toc_world_cause_job(toc_cause cause);
bool toc_world_cause_is_remote(toc_cause cause);

/* All state in index order. */
void toc_world_digest(const toc_world *world, toc_digest *digest);
/* Walks every invariant and asserts; debug and fuzz builds call it after each event. */
void toc_world_check(const toc_world *world);

#endif
