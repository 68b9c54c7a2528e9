/* World state: what the files of this room share of a world. Everything here can be told from
   topology, chance and the history of calls; all of it is in the digest. */
#ifndef MODEL_WORLD_STATE_H
#define MODEL_WORLD_STATE_H

#include "kernel/level.h"
#include "kernel/list.h"
#include "model/belief.h"
#include "model/job.h"
#include "model/service.h"
#include "model/world.h"

enum element_flag {
    ELEMENT_QUEUED_DOWN = 1, /* waits to be looked at: may have to stop */
    ELEMENT_QUEUED_UP = 2,   /* waits to be looked at: may start */
    ELEMENT_SENSED = 4,      /* waits for telemetry to tell of it */
    ELEMENT_ELECTRICAL = 8,  /* part of the load flow */
    ELEMENT_FLOWS = 16,      /* part of the flow of a commodity */
    ELEMENT_WATCHED = 32,    /* a control depends on it */
    ELEMENT_GATE = 64,       /* failovers are ordered through it */
    ELEMENT_ALONE = 128,     /* starts without what its start needs */
    ELEMENT_MISSED = 256,    /* an owner did not see what became of it */
    ELEMENT_BLIND = 512,     /* its view is denied */
    ELEMENT_DEAF = 1024,     /* commands to it are denied */
    ELEMENT_DRY = 2048       /* gets nothing of something that flows */
};

/* Causes that concern what is seen and commanded from afar: nothing stops for them. */
enum {
    CAUSES_OF_SIGHT =
        1 << TOC_CAUSE_VIEW_DENIED | 1 << TOC_CAUSE_CONTROL_DENIED | 1 << TOC_CAUSE_FALSIFIED
};

struct element_state {
    uint16_t causes;
    uint16_t flags;    /* enum element_flag */
    uint8_t operation; /* toc_operation */
    uint8_t begun;     /* toc_operation at the start */
    uint8_t hands;     /* jobs at work on the spot: at most one of each kind */
    uint32_t last_job, first_belief;
};

/* How many needs are not met: as they are seen by what runs (buffers count), and as a start wants
   them (buffers do not). */
struct asset_state {
    uint32_t run_unmet, start_unmet, control_unmet;
    uint32_t outages;
    toc_event_id starting;
};

struct need_state {
    uint32_t seen, real; /* sources there, with and without buffers */
    uint32_t fallback;   /* index into fallbacks, TOC_INDEX_NONE where there is none */
    uint32_t failover;   /* index into failovers, likewise */
};

struct fallback {
    uint32_t need;
    bool active;
    toc_event_id event;
};

struct failover_state {
    uint32_t current; /* which of its sources the need lives from */
    uint32_t ordered; /* which one it was told to move to; TOC_INDEX_NONE: none */
    bool seen, real;  /* whether that is there, with and without buffers */
    toc_event_id event;
};

enum buffer_phase { BUFFER_EMPTY, BUFFER_DRAINING, BUFFER_FILLING, BUFFER_FULL };

struct buffer_state {
    toc_level *level; /* microseconds that it still holds */
    enum buffer_phase phase;
    int64_t pace_ppm; /* how fast it empties, against what it would */
};

/* Buffers by (asset, feeds, order in the file), to find those between two assets. */
struct buffer_place {
    uint32_t asset, feeds, buffer;
};

struct service_state {
    __extension__ __int128 demand_us, loss_us, people_us; /* up to `since` */
    int64_t demand, supply, people_out, min_level_ppm, told_level_ppm;
    toc_time since;                               /* when supply or demand last changed */
    toc_time loss_since, first_loss, whole_since; /* TOC_NEVER: whole, never lost, never whole */
    bool dirty;
};

struct belief_record {
    uint32_t operator_index, next;
    uint8_t operation, source;
    toc_time since;
};

struct job_state {
    toc_job job;
    uint32_t party, occurrence, previous; /* previous job on the element */
    toc_time works_until;                 /* while it is worked on */
    toc_event_id event;
};

/* A road on the way of a party: the node at its end, and how long it takes. */
struct hop {
    uint32_t node;
    toc_time takes;
};

/* The rest of a way as it was found; it holds while roads are as they were. */
struct itinerary {
    toc_list hops;
    uint32_t at, element; /* the next hop, and where it leads; element TOC_INDEX_NONE: nowhere */
    uint64_t version;
    toc_time left; /* from the next hop on, to the element */
};

/* A part of a crew that can be sent on its own. */
struct party {
    uint32_t crew, job;
    int32_t x_m, y_m;
    bool placed;
    uint32_t at;        /* node of the roads it stands at, or came from; TOC_INDEX_NONE: off them */
    uint32_t heading;   /* node at the end of the road it is on; TOC_INDEX_NONE: on none */
    uint32_t leg_to;    /* element at the end of its leg; TOC_INDEX_NONE: it stands */
    toc_time leg_began; /* as if it had never stopped on this road */
    toc_time leg_takes; /* from its beginning */
    toc_time leg_passed;    /* of it, when it stopped or went on */
    struct itinerary route; /* told by all else; left out of the digest */
    uint32_t carries;       /* part it has with it, TOC_INDEX_NONE for none */
};

struct crew_state {
    uint32_t first_party;
    uint32_t kinds;  /* bit k: its skills cover job kind k */
    uint32_t serves; /* operator whose orders it takes */
    uint8_t told_shift;
    toc_time on_since, relieved_at; /* shift.c; on_since lies ahead during a handover */
    toc_event_id turn;
};

struct waiting {
    int32_t rank;
    uint32_t job;
};

/* Every traffic stands here twice. */
struct traffic_end {
    uint32_t asset, traffic;
};

struct toc_world {
    const toc_topology *topology;
    toc_calendar *calendar;
    toc_conditions *conditions;
    toc_chance chance;
    toc_world_listener *listener;
    void *listener_object;

    struct element_state *elements;
    struct asset_state *assets;
    struct need_state *needs;
    struct fallback *fallbacks;
    struct failover_state *failovers; /* as in the topology */
    uint32_t *room_used;              /* by hosting */
    struct buffer_state *buffers;
    struct buffer_place *buffer_places;
    int64_t *provision_supply;
    struct service_state *services;
    struct crew_state *crews;
    uint32_t *crew_first, *crew_list; /* crews of operator o */
    struct party *parties;
    toc_list piles;         /* stock.c */
    toc_event_id work_look; /* job.c: free parties will look at what waits */
    struct roads *roads;    /* NULL where there are none, or nobody who travels */
    toc_list *queues;       /* heaps of struct waiting: operator x kind, then one per crew */
    toc_list jobs;          /* struct job_state */
    toc_list beliefs;       /* struct belief_record */
    toc_list down, up;      /* heaps of asset indexes */
    toc_list dirty;         /* services whose level is to be told */
    toc_list sensed;        /* elements that telemetry will tell of in this instant */
    toc_list missed;        /* links that telemetry tells of once it is back */
    toc_event_id sensing;
    struct power *power;         /* NULL where there is no grid */
    struct transport *transport; /* NULL where nothing flows */
    struct tank *tanks;          /* by tank of the topology */
    struct report *reports;      /* by tank of the topology */
    struct control *controls;    /* by control of the topology */
    struct demands *demands;     /* NULL where no demand varies */
    toc_event_id looking;        /* of controls */
    toc_time look_at;
    struct network *network;
    struct intrusion *intrusion;      /* NULL while there are no attackers */
    toc_list throttles;               /* throttle.c: assets that were ever held */
    struct detection *detection;      /* NULL where there is neither sensor nor analyst */
    struct hardening *hardening;      /* NULL while nothing was hardened */
    struct traffic_end *traffic_ends; /* by asset, to find what traffic ends there */
    uint32_t *traffic_order;          /* by the zones of its ends */
    toc_list falsehoods;              /* of sight.c */
    uint32_t denials;                 /* causes of view or command denied */
    toc_list droughts;                /* of drought.c */
    bool has_dry_needs;               /* somebody needs of another what flows */
    uint32_t fallback_count, party_count;
    bool settling;
    bool beginning; /* while the world is made: what is off then is no news */
};

/* Tells the listener and touches the condition cell. */
void toc_world_tell(toc_world *world, toc_change change);

static inline bool state_is_up(const toc_world *world, uint32_t element) {
    uint8_t operation = world->elements[element].operation;
    return operation == TOC_ON || operation == TOC_DEGRADED;
}

/* Causes that keep the element from running. */
static inline uint32_t state_outage(const toc_world *world, uint32_t element) {
    return world->elements[element].causes & ~(uint32_t)CAUSES_OF_SIGHT;
}

static inline bool state_has_control(const toc_world *world, uint32_t asset) {
    return world->assets[asset].control_unmet == 0;
}

#endif
