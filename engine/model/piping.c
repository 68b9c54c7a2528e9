#include "model/piping.h"

#include "kernel/arena.h"
#include "kernel/assert.h"

#include <stdlib.h>
#include <string.h>

/* While a transport is made: sets of sites that are joined. */
struct making {
    const toc_topology *topology;
    struct transport *transport;
    uint32_t *parent; /* of sites */
};

static void *array(size_t count, size_t size) {
    void *items = toc_arena_heap(NULL, count + 1, size);
    memset(items, 0, (count + 1) * size);
    return items;
}

static uint32_t *nowhere(size_t count) {
    uint32_t *items = toc_arena_heap(NULL, count + 1, sizeof *items);
    memset(items, 0xff, (count + 1) * sizeof *items);
    return items;
}

uint32_t toc_piping_site(const struct transport *transport, const toc_topology *topology,
                         uint32_t asset, uint32_t commodity) {
    return transport->site_of[(size_t)commodity * topology->asset_count + asset];
}

static bool flows(const toc_topology *topology, uint32_t commodity) {
    return commodity != TOC_INDEX_NONE && topology->commodities[commodity].flows;
}

static void mark(struct making *making, uint32_t asset, uint32_t commodity) {
    if (flows(making->topology, commodity)) {
        making->transport->site_of[(size_t)commodity * making->topology->asset_count + asset] = 0;
    }
}

static uint32_t *mark_sites(struct making *making) {
    const toc_topology *topology = making->topology;
    for (uint32_t i = 0; i < topology->link_count; i++) {
        mark(making, topology->links[i].from, topology->links[i].carries);
        mark(making, topology->links[i].to, topology->links[i].carries);
    }
    for (uint32_t i = 0; i < topology->origin_count; i++) {
        mark(making, topology->origins[i].asset, topology->origins[i].commodity);
    }
    for (uint32_t i = 0; i < topology->throughput_count; i++) {
        mark(making, topology->throughputs[i].asset, topology->throughputs[i].commodity);
    }
    for (uint32_t i = 0; i < topology->tank_count; i++) {
        mark(making, topology->tanks[i].asset, topology->tanks[i].commodity);
    }
    return making->transport->site_of;
}

static void number_sites(struct making *making) {
    struct transport *transport = making->transport;
    size_t assets = making->topology->asset_count;
    size_t all = assets * making->topology->commodity_count;
    uint32_t *site_of = mark_sites(making);
    for (size_t i = 0; i < all; i++) {
        if (site_of[i] != TOC_INDEX_NONE) {
            site_of[i] = transport->site_count++;
        }
    }
    transport->sites = array(transport->site_count, sizeof *transport->sites);
    for (size_t i = 0; i < all; i++) {
        if (site_of[i] != TOC_INDEX_NONE) {
            transport->sites[site_of[i]] = (struct site){
                .asset = (uint32_t)(i % assets),
                .part = (uint32_t)(i / assets), /* the commodity, until parts are told apart */
                .origin = TOC_INDEX_NONE,
                .throughput = TOC_INDEX_NONE,
                .tank = TOC_INDEX_NONE,
                .valve = TOC_INDEX_NONE};
        }
    }
}

static uint32_t root(struct making *making, uint32_t site) {
    while (making->parent[site] != site) {
        making->parent[site] = making->parent[making->parent[site]];
        site = making->parent[site];
    }
    return site;
}

/* The lower root stays one, so that parts come in the order of their first sites. */
static void join(struct making *making, uint32_t a, uint32_t b) {
    a = root(making, a);
    b = root(making, b);
    making->parent[a < b ? b : a] = a < b ? a : b;
}

static void join_sites(struct making *making) {
    const toc_topology *topology = making->topology;
    making->parent = array(making->transport->site_count, sizeof *making->parent);
    for (uint32_t i = 0; i < making->transport->site_count; i++) {
        making->parent[i] = i;
    }
    for (uint32_t i = 0; i < topology->link_count; i++) {
        const toc_link *link = &topology->links[i];
        if (flows(topology, link->carries)) {
            join(making, toc_piping_site(making->transport, topology, link->from, link->carries),
                 toc_piping_site(making->transport, topology, link->to, link->carries));
        }
    }
}

static int by_part_and_asset(const void *left, const void *right) {
    const struct site *a = left, *b = right;
    if (a->part != b->part) {
        return a->part < b->part ? -1 : 1;
    }
    return a->asset < b->asset ? -1 : a->asset > b->asset ? 1 : 0;
}

static void form_parts(struct making *making) {
    struct transport *transport = making->transport;
    size_t assets = making->topology->asset_count;
    uint32_t *number = nowhere(transport->site_count);
    transport->parts = array(transport->site_count, sizeof *transport->parts);
    for (uint32_t i = 0; i < transport->site_count; i++) {
        uint32_t commodity = transport->sites[i].part, top = root(making, i);
        if (number[top] == TOC_INDEX_NONE) {
            number[top] = transport->part_count;
            transport->parts[transport->part_count++].commodity = commodity;
        }
        transport->sites[i].part = number[top];
    }
    qsort(transport->sites, transport->site_count, sizeof *transport->sites, by_part_and_asset);
    for (uint32_t i = 0; i < transport->site_count; i++) {
        struct site *site = &transport->sites[i];
        struct part *part = &transport->parts[site->part];
        transport->site_of[part->commodity * assets + site->asset] = i;
        part->first_site = part->site_count++ == 0 ? i : part->first_site;
    }
    toc_arena_heap_free(number);
}

static void place_things(struct making *making) {
    const toc_topology *topology = making->topology;
    struct transport *transport = making->transport;
    for (uint32_t i = 0; i < topology->origin_count; i++) {
        const toc_origin *origin = &topology->origins[i];
        transport->sites[toc_piping_site(transport, topology, origin->asset, origin->commodity)]
            .origin = i;
    }
    for (uint32_t i = 0; i < topology->throughput_count; i++) {
        const toc_throughput *throughput = &topology->throughputs[i];
        if (flows(topology, throughput->commodity)) {
            transport
                ->sites[toc_piping_site(transport, topology, throughput->asset,
                                        throughput->commodity)]
                .throughput = i;
        }
    }
    transport->tanks = array(topology->tank_count, sizeof *transport->tanks);
    transport->tank_order = array(topology->tank_count, sizeof *transport->tank_order);
    for (uint32_t i = 0; i < topology->tank_count; i++) {
        const toc_tank *tank = &topology->tanks[i];
        uint32_t site = toc_piping_site(transport, topology, tank->asset, tank->commodity);
        transport->sites[site].tank = i;
        transport->tanks[i].site = site;
    }
}

/* Nodes and, within the assets, arcs. */
static void lay_sites(struct making *making) {
    const toc_topology *topology = making->topology;
    struct transport *transport = making->transport;
    uint32_t tanks = 0;
    for (uint32_t p = 0; p < transport->part_count; p++) {
        struct part *part = &transport->parts[p];
        part->first_tank = tanks;
        for (uint32_t i = 0; i < part->site_count; i++) {
            struct site *site = &transport->sites[part->first_site + i];
            bool limits = site->throughput != TOC_INDEX_NONE &&
                          topology->throughputs[site->throughput].rate > 0;
            site->in = part->nodes++;
            site->out = limits ? part->nodes++ : site->in;
            if (site->tank != TOC_INDEX_NONE) {
                transport->tanks[site->tank].node = part->nodes++;
                transport->tank_order[tanks++] = site->tank;
                part->tank_count++;
            }
        }
        part->net = toc_maxflow_create(part->nodes);
        for (uint32_t i = 0; i < part->site_count; i++) {
            struct site *site = &transport->sites[part->first_site + i];
            if (site->in != site->out) {
                site->valve = toc_maxflow_join(part->net, site->in, site->out);
            }
            if (site->tank != TOC_INDEX_NONE) {
                struct tank_site *tank = &transport->tanks[site->tank];
                tank->joint = toc_maxflow_join(part->net, site->out, tank->node);
            }
        }
    }
}

static int by_part_and_link(const void *left, const void *right) {
    const struct pipe *a = left, *b = right;
    if (a->part != b->part) {
        return a->part < b->part ? -1 : 1;
    }
    return a->link < b->link ? -1 : a->link > b->link ? 1 : 0;
}

static void lay_pipe(struct transport *transport, uint32_t index, bool one_way) {
    struct pipe *pipe = &transport->pipes[index];
    struct part *part = &transport->parts[pipe->part];
    const struct site *from = &transport->sites[pipe->from], *to = &transport->sites[pipe->to];
    pipe->arc = toc_maxflow_join(part->net, from->out, to->in);
    pipe->back = from->in != from->out || to->in != to->out
                     ? toc_maxflow_join(part->net, to->out, from->in)
                     : TOC_INDEX_NONE;
    transport->pipe_of_link[pipe->link] = index;
    part->first_pipe = part->pipe_count++ == 0 ? index : part->first_pipe;
    part->has_one_way = part->has_one_way || one_way;
}

static void lay_pipes(struct making *making) {
    const toc_topology *topology = making->topology;
    struct transport *transport = making->transport;
    for (uint32_t i = 0; i < topology->link_count; i++) {
        transport->pipe_count += flows(topology, topology->links[i].carries) ? 1 : 0;
    }
    transport->pipes = array(transport->pipe_count, sizeof *transport->pipes);
    transport->pipe_of_link = nowhere(topology->link_count);
    transport->pipe_count = 0;
    for (uint32_t i = 0; i < topology->link_count; i++) {
        const toc_link *link = &topology->links[i];
        if (flows(topology, link->carries)) {
            struct pipe *pipe = &transport->pipes[transport->pipe_count++];
            pipe->link = i;
            pipe->from = toc_piping_site(transport, topology, link->from, link->carries);
            pipe->to = toc_piping_site(transport, topology, link->to, link->carries);
            pipe->part = transport->sites[pipe->from].part;
        }
    }
    qsort(transport->pipes, transport->pipe_count, sizeof *transport->pipes, by_part_and_link);
    for (uint32_t i = 0; i < transport->pipe_count; i++) {
        lay_pipe(transport, i, topology->links[transport->pipes[i].link].one_way);
    }
}

static uint32_t site_of_provision(const struct making *making, uint32_t provision) {
    const toc_topology *topology = making->topology;
    const toc_provision *facts = &topology->provisions[provision];
    uint32_t commodity = topology->services[facts->service].commodity;
    return flows(topology, commodity)
               ? toc_piping_site(making->transport, topology, facts->asset, commodity)
               : TOC_INDEX_NONE;
}

struct place {
    uint32_t part, provision;
};

static int by_part_and_provision(const void *left, const void *right) {
    const struct place *a = left, *b = right;
    if (a->part != b->part) {
        return a->part < b->part ? -1 : 1;
    }
    return a->provision < b->provision ? -1 : a->provision > b->provision ? 1 : 0;
}

static void find_consumers(struct making *making) {
    const toc_topology *topology = making->topology;
    struct transport *transport = making->transport;
    struct place *places = array(topology->provision_count, sizeof *places);
    for (uint32_t i = 0; i < topology->provision_count; i++) {
        uint32_t site = site_of_provision(making, i);
        if (site != TOC_INDEX_NONE) {
            places[transport->consumer_count++] = (struct place){transport->sites[site].part, i};
        }
    }
    qsort(places, transport->consumer_count, sizeof *places, by_part_and_provision);
    transport->consumers = array(transport->consumer_count, sizeof *transport->consumers);
    transport->consumer_of_provision = nowhere(topology->provision_count);
    for (uint32_t i = 0; i < transport->consumer_count; i++) {
        struct part *part = &transport->parts[places[i].part];
        uint32_t provision = places[i].provision;
        transport->consumers[i] =
            (struct consumer){.provision = provision, .site = site_of_provision(making, provision)};
        transport->consumer_of_provision[provision] = i;
        part->first_consumer = part->consumer_count++ == 0 ? i : part->first_consumer;
        part->priorities |= (uint16_t)(1u << topology->provisions[provision].priority);
    }
    toc_arena_heap_free(places);
}

struct transport *toc_piping_create(const toc_topology *topology) {
    struct making making = {.topology = topology};
    bool any = false;
    for (uint32_t i = 0; i < topology->commodity_count; i++) {
        any = any || topology->commodities[i].flows;
    }
    if (!any) {
        return NULL;
    }
    making.transport = toc_arena_heap(NULL, 1, sizeof *making.transport);
    memset(making.transport, 0, sizeof *making.transport);
    making.transport->site_of = nowhere((size_t)topology->commodity_count * topology->asset_count);
    number_sites(&making);
    join_sites(&making);
    form_parts(&making);
    place_things(&making);
    lay_sites(&making);
    lay_pipes(&making);
    find_consumers(&making);
    toc_arena_heap_free(making.parent);
    return making.transport;
}

void toc_piping_destroy(struct transport *transport) {
    if (transport == NULL) {
        return;
    }
    for (uint32_t i = 0; i < transport->part_count; i++) {
        toc_maxflow_destroy(transport->parts[i].net);
    }
    toc_arena_heap_free(transport->parts);
    toc_arena_heap_free(transport->sites);
    toc_arena_heap_free(transport->pipes);
    toc_arena_heap_free(transport->consumers);
    toc_arena_heap_free(transport->tanks);
    toc_arena_heap_free(transport->tank_order);
    toc_arena_heap_free(transport->site_of);
    toc_arena_heap_free(transport->pipe_of_link);
    toc_arena_heap_free(transport->consumer_of_provision);
    toc_arena_heap_free(transport);
}
