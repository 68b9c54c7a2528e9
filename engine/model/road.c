#include "model/road.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/job.h"

#include <math.h>
#include <string.h>

__extension__ typedef __int128 wide;

struct arc {
    uint32_t to, road;
    bool leaves, enters; /* from the arc's node to `to`, and back */
};

struct road {
    uint32_t link;
    int64_t length_mm, speed_m_per_hour; /* speed 0: that of who goes */
};

struct candidate {
    toc_time time;
    uint32_t node;
};

struct roads {
    uint32_t node_count, road_count;
    uint32_t *assets; /* of nodes, rising */
    uint32_t *first;  /* arcs of node n: first[n] .. first[n + 1] */
    struct arc *arcs;
    struct road *roads;
    /* The last search, kept while nothing that it rests on has changed. */
    toc_time *time;
    uint32_t *next, *by; /* by: number of the road that leads to the next node */
    toc_list heap;       /* struct candidate */
    struct road_goal goals[2];
    uint32_t goal_count;
    int64_t speed_m_per_hour;
    bool is_sought;
    uint64_t version;
};

/* -- The graph ----------------------------------------------------------------------------------
 */

static uint32_t find_node(const struct roads *roads, uint32_t asset) {
    uint32_t low = 0, high = roads->node_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (roads->assets[middle] < asset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < roads->node_count && roads->assets[low] == asset ? low : TOC_INDEX_NONE;
}

static int64_t straight_mm(const toc_asset *from, const toc_asset *to) {
    double dx = (double)from->x_m - to->x_m, dy = (double)from->y_m - to->y_m;
    return from->placed && to->placed ? (int64_t)(sqrt(dx * dx + dy * dy) * 1000 + 0.5) : 0;
}

static void list_roads(const toc_topology *topology, struct roads *roads) {
    uint32_t said = 0;
    roads->roads = toc_arena_heap(NULL, roads->road_count, sizeof *roads->roads);
    roads->road_count = 0;
    for (uint32_t i = 0; i < topology->link_count; i++) {
        const toc_link *link = &topology->links[i];
        struct road road = {i, 0, 0};
        if (link->kind != TOC_LINK_ROAD) {
            continue;
        }
        if (said < topology->road_count && topology->roads[said].link == i) {
            road.length_mm = topology->roads[said].length_mm;
            road.speed_m_per_hour = topology->roads[said++].speed_m_per_hour;
        }
        if (road.length_mm == 0) {
            road.length_mm =
                straight_mm(&topology->assets[link->from], &topology->assets[link->to]);
        }
        roads->roads[roads->road_count++] = road;
    }
}

static void list_nodes(const toc_topology *topology, struct roads *roads) {
    uint8_t *ends = toc_arena_heap(NULL, topology->asset_count, 1);
    memset(ends, 0, topology->asset_count);
    for (uint32_t i = 0; i < roads->road_count; i++) {
        const toc_link *link = &topology->links[roads->roads[i].link];
        roads->node_count += (uint32_t)(ends[link->from] == 0) + (uint32_t)(ends[link->to] == 0);
        ends[link->from] = ends[link->to] = 1;
    }
    roads->assets = toc_arena_heap(NULL, roads->node_count, sizeof *roads->assets);
    roads->node_count = 0;
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        if (ends[i] != 0) {
            roads->assets[roads->node_count++] = i;
        }
    }
    toc_arena_heap_free(ends);
}

/* Arcs of each node in the order of their roads. */
static void list_arcs(const toc_topology *topology, struct roads *roads) {
    uint32_t *first = toc_arena_heap(NULL, (size_t)roads->node_count + 2, sizeof *first);
    memset(first, 0, ((size_t)roads->node_count + 2) * sizeof *first);
    roads->arcs = toc_arena_heap(NULL, 2 * (size_t)roads->road_count, sizeof *roads->arcs);
    for (uint32_t i = 0; i < roads->road_count; i++) {
        const toc_link *link = &topology->links[roads->roads[i].link];
        first[find_node(roads, link->from) + 2]++;
        first[find_node(roads, link->to) + 2]++;
    }
    for (uint32_t n = 0; n < roads->node_count; n++) {
        first[n + 2] += first[n + 1];
    }
    for (uint32_t i = 0; i < roads->road_count; i++) {
        const toc_link *link = &topology->links[roads->roads[i].link];
        uint32_t from = find_node(roads, link->from), to = find_node(roads, link->to);
        roads->arcs[first[from + 1]++] = (struct arc){to, i, true, !link->one_way};
        roads->arcs[first[to + 1]++] = (struct arc){from, i, !link->one_way, true};
    }
    roads->first = first;
}

void toc_road_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    uint32_t count = 0;
    for (uint32_t i = 0; i < topology->link_count && topology->crew_count > 0; i++) {
        count += topology->links[i].kind == TOC_LINK_ROAD;
    }
    if (count == 0) {
        return;
    }
    struct roads *roads = toc_arena_heap(NULL, 1, sizeof *roads);
    memset(roads, 0, sizeof *roads);
    roads->road_count = count;
    list_roads(topology, roads);
    list_nodes(topology, roads);
    list_arcs(topology, roads);
    roads->time = toc_arena_heap(NULL, roads->node_count, sizeof *roads->time);
    roads->next = toc_arena_heap(NULL, roads->node_count, sizeof *roads->next);
    roads->by = toc_arena_heap(NULL, roads->node_count, sizeof *roads->by);
    world->roads = roads;
}

void toc_road_finish(toc_world *world) {
    struct roads *roads = world->roads;
    if (roads == NULL) {
        return;
    }
    toc_arena_heap_free(roads->assets);
    toc_arena_heap_free(roads->first);
    toc_arena_heap_free(roads->arcs);
    toc_arena_heap_free(roads->roads);
    toc_arena_heap_free(roads->time);
    toc_arena_heap_free(roads->next);
    toc_arena_heap_free(roads->by);
    toc_list_finish(&roads->heap);
    toc_arena_heap_free(roads);
}

bool toc_road_is_known(const toc_world *world) {
    return world->roads != NULL;
}

uint32_t toc_road_node(const toc_world *world, uint32_t asset) {
    return find_node(world->roads, asset);
}

uint32_t toc_road_asset(const toc_world *world, uint32_t node) {
    TOC_ASSERT(node < world->roads->node_count);
    return world->roads->assets[node];
}

uint32_t toc_road_nearest(const toc_world *world, int32_t x_m, int32_t y_m) {
    const struct roads *roads = world->roads;
    uint32_t nearest = TOC_INDEX_NONE;
    uint64_t least = 0;
    for (uint32_t n = 0; n < roads->node_count; n++) {
        const toc_asset *asset = &world->topology->assets[roads->assets[n]];
        int64_t dx = (int64_t)asset->x_m - x_m, dy = (int64_t)asset->y_m - y_m;
        uint64_t far = (uint64_t)(dx * dx) + (uint64_t)(dy * dy);
        if (asset->placed && (nearest == TOC_INDEX_NONE || far < least)) {
            nearest = n;
            least = far;
        }
    }
    return nearest;
}

/* -- Ways ---------------------------------------------------------------------------------------
 */

/* Ways that take longer than this are none. */
static const toc_time longest = TOC_NEVER / 4;

/* Towards the goals, from the back: the first of equally long ways is that of the lower node. */
static bool is_sooner(const struct candidate *a, const struct candidate *b) {
    return a->time < b->time || (a->time == b->time && a->node < b->node);
}

static void push(toc_list *heap, struct candidate candidate) {
    uint32_t at = heap->count;
    (void)toc_list_add(heap, sizeof candidate);
    struct candidate *items = heap->items;
    for (; at > 0 && is_sooner(&candidate, &items[(at - 1) / 2]); at = (at - 1) / 2) {
        items[at] = items[(at - 1) / 2];
    }
    items[at] = candidate;
}

static struct candidate pop(toc_list *heap) {
    struct candidate *items = heap->items, top = items[0], last = items[heap->count - 1];
    uint32_t at = 0, count = --heap->count;
    while (2 * at + 1 < count) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < count && is_sooner(&items[child + 1], &items[child])) {
            child++;
        }
        if (!is_sooner(&items[child], &last)) {
            break;
        }
        items[at] = items[child];
        at = child;
    }
    items[at] = last;
    return top;
}

static toc_time takes(const struct roads *roads, uint32_t number) {
    const struct road *road = &roads->roads[number];
    int64_t speed = road->speed_m_per_hour != 0 ? road->speed_m_per_hour : roads->speed_m_per_hour;
    return (toc_time)(((wide)road->length_mm * TOC_HOUR + speed * (wide)500) /
                      (speed * (wide)1000));
}

static bool is_open(const toc_world *world, uint32_t number) {
    return state_is_up(world, world->topology->asset_count + world->roads->roads[number].link);
}

static bool is_gateway(const toc_topology *topology, uint32_t asset) {
    return topology->assets[asset].kind == TOC_ASSET_BRIDGE ||
           topology->assets[asset].kind == TOC_ASSET_TUNNEL;
}

static bool is_passable(const toc_world *world, uint32_t node) {
    uint32_t asset = world->roads->assets[node];
    return !is_gateway(world->topology, asset) || state_is_up(world, asset);
}

static bool is_goal(const struct roads *roads, uint32_t node) {
    return roads->goals[0].node == node || (roads->goal_count > 1 && roads->goals[1].node == node);
}

static void reach(struct roads *roads, uint32_t node, toc_time time, uint32_t next, uint32_t by) {
    if (time < roads->time[node] && time < longest) {
        roads->time[node] = time;
        roads->next[node] = next;
        roads->by[node] = by;
        push(&roads->heap, (struct candidate){time, node});
    }
}

static bool is_same_search(const struct roads *roads, const struct road_goal *goals, uint32_t count,
                           int64_t speed) {
    bool is_same =
        roads->is_sought && roads->goal_count == count && roads->speed_m_per_hour == speed;
    for (uint32_t i = 0; i < count && is_same; i++) {
        is_same = roads->goals[i].node == goals[i].node && roads->goals[i].rest == goals[i].rest;
    }
    return is_same;
}

static void begin_search(struct roads *roads, const struct road_goal *goals, uint32_t count,
                         int64_t speed) {
    roads->speed_m_per_hour = speed;
    roads->goal_count = count;
    roads->is_sought = true;
    roads->heap.count = 0;
    for (uint32_t n = 0; n < roads->node_count; n++) {
        roads->time[n] = TOC_NEVER;
        roads->next[n] = roads->by[n] = TOC_INDEX_NONE;
    }
    for (uint32_t i = 0; i < count; i++) {
        roads->goals[i] = goals[i];
        reach(roads, goals[i].node, goals[i].rest, TOC_INDEX_NONE, TOC_INDEX_NONE);
    }
}

void toc_road_seek(const toc_world *world, const struct road_goal *goals, uint32_t count,
                   int64_t speed_m_per_hour) {
    struct roads *roads = world->roads;
    TOC_ASSERT(count >= 1 && count <= 2 && speed_m_per_hour > 0);
    if (is_same_search(roads, goals, count, speed_m_per_hour)) {
        return;
    }
    begin_search(roads, goals, count, speed_m_per_hour);
    while (roads->heap.count > 0) {
        struct candidate at = pop(&roads->heap);
        if (at.time > roads->time[at.node] ||
            (!is_goal(roads, at.node) && !is_passable(world, at.node))) {
            continue;
        }
        for (uint32_t i = roads->first[at.node]; i < roads->first[at.node + 1]; i++) {
            const struct arc *arc = &roads->arcs[i];
            if (arc->enters && is_open(world, arc->road)) {
                reach(roads, arc->to, at.time + takes(roads, arc->road), at.node, arc->road);
            }
        }
    }
}

toc_time toc_road_time(const toc_world *world, uint32_t node) {
    TOC_ASSERT(world->roads->is_sought && node < world->roads->node_count);
    return world->roads->time[node];
}

uint32_t toc_road_next(const toc_world *world, uint32_t node) {
    TOC_ASSERT(world->roads->is_sought && node < world->roads->node_count);
    return world->roads->next[node];
}

toc_time toc_road_step(const toc_world *world, uint32_t node) {
    TOC_ASSERT(toc_road_next(world, node) != TOC_INDEX_NONE);
    return takes(world->roads, world->roads->by[node]);
}

uint64_t toc_road_version(const toc_world *world) {
    return world->roads->version;
}

bool toc_road_has_way(const toc_world *world, uint32_t from, uint32_t to) {
    const struct roads *roads = world->roads;
    for (uint32_t i = roads->first[from]; i < roads->first[from + 1]; i++) {
        if (roads->arcs[i].to == to && roads->arcs[i].leaves) {
            return true;
        }
    }
    return false;
}

/* -- Changes ------------------------------------------------------------------------------------
 */

void toc_road_touch(toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    struct roads *roads = world->roads;
    if (roads == NULL ||
        (element < topology->asset_count
             ? !is_gateway(topology, element)
             : topology->links[element - topology->asset_count].kind != TOC_LINK_ROAD)) {
        return;
    }
    roads->is_sought = false;
    roads->version++;
    if (state_is_up(world, element)) {
        toc_job_look_soon(world);
    }
}
