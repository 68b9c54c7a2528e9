/* Transport state: what the files of transport share: which assets and links carry a commodity, in
   which connected part of it they lie, and what flows. */
#ifndef MODEL_TRANSPORT_STATE_H
#define MODEL_TRANSPORT_STATE_H

#include "kernel/calendar.h"
#include "kernel/list.h"
#include "model/maxflow.h"
#include "tocsin/topology.h"

/* An asset in the flow of a commodity. What passes it goes from node `in` to node `out`; these are
   one, unless it limits what passes. */
struct site {
    uint32_t asset, part, in, out;
    uint32_t origin, throughput, tank; /* of the topology, TOC_INDEX_NONE */
    uint32_t valve;                    /* arc from in to out, where there is a limit */
    int64_t output;                    /* what its origin gives */
    int64_t balance;                   /* scratch of the check */
};

/* A link that carries a commodity; `back` is TOC_INDEX_NONE where one arc does for both ways. */
struct pipe {
    uint32_t link, part, from, to, arc, back; /* from, to: sites */
};

struct consumer {
    uint32_t provision, site;
    int64_t asks, gets;
};

/* How a tank lies in the flow; what it holds is in tank.c. */
struct tank_site {
    uint32_t site, node, joint; /* joint: arc between the asset and the tank */
    int64_t gives, takes;       /* now, mL a day */
    int64_t can_give, can_take;
};

/* A connected part of a commodity: what happens in it changes nothing elsewhere. */
struct part {
    toc_maxflow *net;
    uint32_t commodity, nodes;
    uint32_t first_site, site_count, first_pipe, pipe_count, first_consumer, consumer_count,
        first_tank, tank_count; /* first_tank: into tank_order */
    uint16_t priorities;        /* bit p: somebody asks with priority p */
    bool has_one_way, dirty;
};

struct transport {
    struct part *parts;
    struct site *sites;         /* by part, then asset */
    struct pipe *pipes;         /* by part, then link */
    struct consumer *consumers; /* by part, then provision */
    struct tank_site *tanks;    /* by tank of the topology */
    uint32_t *tank_order;       /* tanks by part */
    uint32_t *site_of;          /* [commodity * assets + asset] */
    uint32_t *pipe_of_link, *consumer_of_provision;
    uint32_t part_count, site_count, pipe_count, consumer_count;
    toc_event_id evaluation;
    uint64_t solved; /* parts solved so far, for tests */
};

#endif
