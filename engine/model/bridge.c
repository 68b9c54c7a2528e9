#include "model/bridge.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/drought.h"
#include "model/need.h"
#include "model/settle.h"

#include <stdlib.h>
#include <string.h>

static int by_ends(const void *left, const void *right) {
    const struct buffer_place *a = left, *b = right;
    if (a->asset != b->asset) {
        return a->asset < b->asset ? -1 : 1;
    }
    if (a->feeds != b->feeds) {
        return a->feeds < b->feeds ? -1 : 1;
    }
    return a->buffer < b->buffer ? -1 : a->buffer > b->buffer ? 1 : 0;
}

/* First place at or after (asset, feeds). */
static uint32_t find(const toc_world *world, uint32_t asset, uint32_t feeds) {
    uint32_t low = 0, high = world->topology->buffer_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct buffer_place *place = &world->buffer_places[middle];
        if (place->asset < asset || (place->asset == asset && place->feeds < feeds)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_between(const toc_world *world, uint32_t at, uint32_t asset, uint32_t feeds) {
    return at < world->topology->buffer_count && world->buffer_places[at].asset == asset &&
           world->buffer_places[at].feeds == feeds;
}

static void set_phase(toc_world *world, uint32_t buffer, enum buffer_phase phase) {
    struct buffer_state *state = &world->buffers[buffer];
    enum buffer_phase before = state->phase;
    if (before != phase) {
        state->phase = phase;
        toc_world_tell(world,
                       (toc_change){TOC_CHANGE_BUFFER, buffer, TOC_INDEX_NONE, before, phase});
    }
}

/* How fast it empties, in what it holds per hour: its time runs at the pace that it has. */
static int64_t drain_rate(const toc_world *world, uint32_t buffer) {
    return -(TOC_HOUR / 1000000 * world->buffers[buffer].pace_ppm);
}

/* Starts the first buffer between the two that still holds something. */
static bool drain_next(toc_world *world, uint32_t asset, uint32_t feeds) {
    for (uint32_t at = find(world, asset, feeds); is_between(world, at, asset, feeds); at++) {
        uint32_t buffer = world->buffer_places[at].buffer;
        if (toc_level_quantity(world->buffers[buffer].level) > 0) {
            toc_level_set_rate(world->buffers[buffer].level, drain_rate(world, buffer));
            set_phase(world, buffer, BUFFER_DRAINING);
            return true;
        }
    }
    return false;
}

static void fill(toc_world *world, uint32_t buffer) {
    const toc_buffer *facts = &world->topology->buffers[buffer];
    toc_level *level = world->buffers[buffer].level;
    __extension__ __int128 rate = (__int128)facts->holds * TOC_HOUR / facts->refill;
    if (toc_level_quantity(level) == facts->holds) {
        toc_level_set_rate(level, 0);
        set_phase(world, buffer, BUFFER_FULL);
        return;
    }
    toc_level_set_rate(level, rate > INT64_MAX ? INT64_MAX : rate < 1 ? 1 : (int64_t)rate);
    set_phase(world, buffer, BUFFER_FILLING);
}

static void on_edge(void *object, uint64_t argument, toc_level_edge edge) {
    toc_world *world = object;
    uint32_t buffer = (uint32_t)argument;
    const toc_buffer *facts = &world->topology->buffers[buffer];
    if (edge == TOC_LEVEL_FULL) {
        set_phase(world, buffer, BUFFER_FULL);
        return;
    }
    set_phase(world, buffer, BUFFER_EMPTY);
    if (!drain_next(world, facts->asset, facts->feeds)) {
        toc_need_bridge_ended(world, facts->asset, facts->feeds);
        toc_settle_run(world);
    }
}

void toc_bridge_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    uint32_t count = topology->buffer_count;
    world->buffers = toc_arena_heap(NULL, (size_t)count + 1, sizeof *world->buffers);
    world->buffer_places = toc_arena_heap(NULL, (size_t)count + 1, sizeof *world->buffer_places);
    for (uint32_t i = 0; i < count; i++) {
        const toc_buffer *facts = &topology->buffers[i];
        world->buffer_places[i] = (struct buffer_place){facts->asset, facts->feeds, i};
        world->buffers[i].phase = BUFFER_FULL;
        world->buffers[i].pace_ppm = 1000000;
        world->buffers[i].level =
            toc_level_create(world->calendar, facts->holds, facts->holds, on_edge, world, i);
    }
    if (count > 0) {
        qsort(world->buffer_places, count, sizeof *world->buffer_places, by_ends);
    }
}

void toc_bridge_finish(toc_world *world) {
    for (uint32_t i = 0; i < world->topology->buffer_count; i++) {
        toc_level_destroy(world->buffers[i].level);
    }
    toc_arena_heap_free(world->buffers);
    toc_arena_heap_free(world->buffer_places);
}

bool toc_bridge_is_bridging(const toc_world *world, uint32_t source, uint32_t asset) {
    for (uint32_t at = find(world, source, asset); is_between(world, at, source, asset); at++) {
        if (world->buffers[world->buffer_places[at].buffer].phase == BUFFER_DRAINING) {
            return true;
        }
    }
    return false;
}

bool toc_bridge_bridges(toc_world *world, uint32_t source, uint32_t asset, bool up) {
    uint32_t first = find(world, source, asset);
    bool bridges;
    if (!is_between(world, first, source, asset)) {
        return false;
    }
    bridges = up && toc_bridge_is_bridging(world, source, asset);
    for (uint32_t at = first; is_between(world, at, source, asset); at++) {
        if (up) {
            fill(world, world->buffer_places[at].buffer);
        } else {
            toc_level_set_rate(world->buffers[world->buffer_places[at].buffer].level, 0);
        }
    }
    return up ? bridges : drain_next(world, source, asset);
}

/* A level cannot be set: a new one takes its place. */
void toc_bridge_refill(toc_world *world, uint32_t buffer) {
    struct buffer_state *state = &world->buffers[buffer];
    const toc_buffer *facts = &world->topology->buffers[buffer];
    bool was_bridging = toc_bridge_is_bridging(world, facts->asset, facts->feeds);
    toc_level_destroy(state->level);
    state->level =
        toc_level_create(world->calendar, facts->holds, facts->holds, on_edge, world, buffer);
    if (state->phase == BUFFER_DRAINING) {
        toc_level_set_rate(state->level, drain_rate(world, buffer));
    } else if (toc_drought_gives(world, facts->asset, facts->feeds) || was_bridging) {
        set_phase(world, buffer, BUFFER_FULL);
    } else {
        (void)drain_next(world, facts->asset, facts->feeds);
        toc_need_bridge_began(world, facts->asset, facts->feeds);
        toc_settle_run(world);
    }
}

void toc_bridge_set_pace(toc_world *world, uint32_t buffer, int64_t pace_ppm) {
    struct buffer_state *state = &world->buffers[buffer];
    TOC_ASSERT(pace_ppm > 0);
    state->pace_ppm = pace_ppm;
    if (state->phase == BUFFER_DRAINING) {
        toc_level_set_rate(state->level, drain_rate(world, buffer));
    }
}

void toc_bridge_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->topology->buffer_count; i++) {
        toc_digest_u64(digest, world->buffers[i].phase);
        toc_digest_i64(digest, toc_level_quantity(world->buffers[i].level));
        toc_digest_i64(digest, toc_level_rate(world->buffers[i].level));
        if (world->buffers[i].pace_ppm != 1000000) {
            toc_digest_i64(digest, world->buffers[i].pace_ppm);
        }
    }
}

void toc_bridge_check(const toc_world *world) {
    for (uint32_t i = 0; i < world->topology->buffer_count; i++) {
        const struct buffer_state *state = &world->buffers[i];
        int64_t rate = toc_level_rate(state->level);
        TOC_ASSERT((state->phase == BUFFER_DRAINING) == (rate < 0));
        TOC_ASSERT(state->phase != BUFFER_DRAINING ||
                   !toc_drought_gives(world, world->topology->buffers[i].asset,
                                      world->topology->buffers[i].feeds));
        TOC_ASSERT(state->phase == BUFFER_FILLING || rate <= 0);
    }
}
