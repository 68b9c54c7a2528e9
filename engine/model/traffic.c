#include "model/traffic.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/network.h"
#include "model/settle.h"
#include "model/world_state.h"

#include <stdlib.h>

struct route {
    uint32_t from_zone, to_zone, traffic;
};

static struct route route_of(const toc_topology *topology, uint32_t traffic) {
    const toc_link *link = &topology->links[topology->traffics[traffic].link];
    return (struct route){topology->assets[link->from].zone, topology->assets[link->to].zone,
                          traffic};
}

static int by_end(const void *left, const void *right) {
    const struct traffic_end *a = left, *b = right;
    if (a->asset != b->asset) {
        return a->asset < b->asset ? -1 : 1;
    }
    return a->traffic < b->traffic ? -1 : a->traffic > b->traffic ? 1 : 0;
}

static int by_route(const void *left, const void *right) {
    const struct route *a = left, *b = right;
    if (a->from_zone != b->from_zone) {
        return a->from_zone < b->from_zone ? -1 : 1;
    }
    if (a->to_zone != b->to_zone) {
        return a->to_zone < b->to_zone ? -1 : 1;
    }
    return a->traffic < b->traffic ? -1 : a->traffic > b->traffic ? 1 : 0;
}

void toc_traffic_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    uint32_t count = topology->traffic_count;
    struct route *routes = toc_arena_heap(NULL, (size_t)count + 1, sizeof *routes);
    world->traffic_ends = toc_arena_heap(NULL, 2 * (size_t)count + 1, sizeof *world->traffic_ends);
    world->traffic_order = toc_arena_heap(NULL, (size_t)count + 1, sizeof *world->traffic_order);
    for (uint32_t i = 0; i < count; i++) {
        const toc_link *link = &topology->links[topology->traffics[i].link];
        routes[i] = route_of(topology, i);
        world->traffic_ends[2 * (size_t)i] = (struct traffic_end){link->from, i};
        world->traffic_ends[2 * (size_t)i + 1] = (struct traffic_end){link->to, i};
    }
    if (count > 0) {
        qsort(routes, count, sizeof *routes, by_route);
        qsort(world->traffic_ends, 2 * (size_t)count, sizeof *world->traffic_ends, by_end);
    }
    for (uint32_t i = 0; i < count; i++) {
        world->traffic_order[i] = routes[i].traffic;
    }
    toc_arena_heap_free(routes);
}

void toc_traffic_finish(toc_world *world) {
    toc_arena_heap_free(world->traffic_ends);
    toc_arena_heap_free(world->traffic_order);
}

static uint32_t element_of(const toc_world *world, uint32_t traffic) {
    return world->topology->asset_count + world->topology->traffics[traffic].link;
}

bool toc_traffic_is_carried(const toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    const toc_link *link;
    if (element < topology->asset_count) {
        return true;
    }
    link = &topology->links[element - topology->asset_count];
    if (link->kind != TOC_LINK_TRAFFIC) {
        return true;
    }
    uint32_t traffic = toc_topology_find_traffic(topology, element - topology->asset_count);
    TOC_ASSERT(traffic != TOC_INDEX_NONE);
    toc_passage passage = {link->from, link->to, topology->traffics[traffic].protocol};
    return state_is_up(world, link->from) && state_is_up(world, link->to) &&
           toc_network_passes(world, passage);
}

/* What comes is looked at before what goes, so that what has another way is not told of a gap that
   lasts for no time. */
static void look(toc_world *world, const uint32_t *traffics, uint32_t count) {
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < count; i++) {
            uint32_t element = element_of(world, traffics[i]);
            if (toc_traffic_is_carried(world, element) == (pass == 0)) {
                toc_settle_look(world, element);
            }
        }
    }
}

/* First of the ends at the asset or behind. */
static uint32_t first_end(const toc_world *world, uint32_t asset) {
    uint32_t low = 0, high = 2 * world->topology->traffic_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (world->traffic_ends[middle].asset < asset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t toc_traffic_at(const toc_world *world, uint32_t asset, uint32_t which) {
    const toc_topology *topology = world->topology;
    uint32_t at = topology->traffic_count == 0 ? 0 : first_end(world, asset) + which;
    if (at >= 2 * topology->traffic_count || world->traffic_ends[at].asset != asset) {
        return TOC_INDEX_NONE;
    }
    return topology->asset_count + topology->traffics[world->traffic_ends[at].traffic].link;
}

void toc_traffic_end_changed(toc_world *world, uint32_t element) {
    if (world->topology->traffic_count == 0 || element >= world->topology->asset_count) {
        return;
    }
    for (uint32_t at = first_end(world, element);
         at < 2 * world->topology->traffic_count && world->traffic_ends[at].asset == element;
         at++) {
        look(world, &world->traffic_ends[at].traffic, 1);
    }
}

void toc_traffic_conduit_changed(toc_world *world, uint32_t from_zone, uint32_t to_zone) {
    const toc_topology *topology = world->topology;
    uint32_t low = 0, high = topology->traffic_count, end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct route route = route_of(topology, world->traffic_order[middle]);
        if (route.from_zone < from_zone ||
            (route.from_zone == from_zone && route.to_zone < to_zone)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (end = low; end < topology->traffic_count; end++) {
        struct route route = route_of(topology, world->traffic_order[end]);
        if (route.from_zone != from_zone || route.to_zone != to_zone) {
            break;
        }
    }
    look(world, world->traffic_order + low, end - low);
}

void toc_traffic_zone_changed(toc_world *world, uint32_t zone) {
    for (uint32_t i = 0; i < world->topology->traffic_count; i++) {
        struct route route = route_of(world->topology, i);
        if (route.from_zone == zone || route.to_zone == zone) {
            look(world, &i, 1);
        }
    }
}

void toc_traffic_all_changed(toc_world *world) {
    look(world, world->traffic_order, world->topology->traffic_count);
}

void toc_traffic_begin(toc_world *world) {
    toc_traffic_all_changed(world);
    toc_settle_run(world);
}
