#include "model/need.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/bridge.h"
#include "model/drought.h"
#include "model/failover.h"
#include "model/power.h"
#include "model/sense.h"
#include "model/settle.h"
#include "model/sight.h"

#include <string.h>

struct met {
    bool seen, real;
};

static uint32_t required(const toc_need *need) {
    switch (need->rule) {
    case TOC_NEED_ALL:
        return need->source_count;
    case TOC_NEED_ANY:
        return 1;
    case TOC_NEED_AT_LEAST:
        return need->at_least;
    }
    TOC_ASSERT(false);
    return 0;
}

static struct fallback *fallback_of(const toc_world *world, uint32_t need) {
    uint32_t index = world->needs[need].fallback;
    return index == TOC_INDEX_NONE ? NULL : &world->fallbacks[index];
}

/* Met by its sources; starting needs look past buffers. */
static bool is_sourced(const toc_world *world, uint32_t index) {
    const toc_need *need = &world->topology->needs[index];
    const struct need_state *state = &world->needs[index];
    return (need->purpose == TOC_NEED_START ? state->real : state->seen) >= required(need);
}

static struct met is_met(const toc_world *world, uint32_t index) {
    const struct need_state *state = &world->needs[index];
    const struct fallback *fallback = fallback_of(world, index);
    uint32_t wanted = required(&world->topology->needs[index]);
    bool falls_back = fallback != NULL && fallback->active;
    if (state->failover != TOC_INDEX_NONE) {
        return (struct met){toc_failover_is_seen(world, index), toc_failover_is_real(world, index)};
    }
    return (struct met){falls_back || state->seen >= wanted, falls_back || state->real >= wanted};
}

void toc_need_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    for (uint32_t i = 0; i < topology->need_count; i++) {
        world->fallback_count += topology->needs[i].fallback_after != TOC_NEVER ? 1 : 0;
    }
    world->needs = toc_arena_heap(NULL, (size_t)topology->need_count + 1, sizeof *world->needs);
    world->fallbacks =
        toc_arena_heap(NULL, (size_t)world->fallback_count + 1, sizeof *world->fallbacks);
    memset(world->fallbacks, 0, ((size_t)world->fallback_count + 1) * sizeof *world->fallbacks);
    world->fallback_count = 0;
    for (uint32_t i = 0; i < topology->need_count; i++) {
        const toc_need *need = &topology->needs[i];
        world->needs[i] = (struct need_state){need->source_count, need->source_count,
                                              TOC_INDEX_NONE, TOC_INDEX_NONE};
        if (need->fallback_after != TOC_NEVER) {
            world->needs[i].fallback = world->fallback_count;
            world->fallbacks[world->fallback_count++].need = i;
        }
    }
    toc_failover_init(world);
}

void toc_need_finish(toc_world *world) {
    toc_failover_finish(world);
    for (uint32_t i = 0; i < world->fallback_count; i++) {
        (void)toc_calendar_cancel(world->calendar, world->fallbacks[i].event);
    }
    toc_arena_heap_free(world->needs);
    toc_arena_heap_free(world->fallbacks);
}

static void shift(uint32_t *unmet, bool before, bool after) {
    TOC_ASSERT(before || *unmet > 0);
    *unmet += before ? 1 : 0;
    *unmet -= after ? 1 : 0;
}

/* Carries a need's change over to its asset. */
static void apply(toc_world *world, uint32_t index, struct met before, struct met after) {
    const toc_need *need = &world->topology->needs[index];
    struct asset_state *asset = &world->assets[need->asset];
    if (before.seen == after.seen && before.real == after.real) {
        return;
    }
    if (need->purpose == TOC_NEED_CONTROL) {
        bool had = asset->control_unmet == 0, has;
        if (before.seen != after.seen) {
            shift(&asset->control_unmet, before.seen, after.seen);
        }
        has = asset->control_unmet == 0;
        if (had != has) {
            toc_world_tell(world,
                           (toc_change){TOC_CHANGE_CONTROL, need->asset, TOC_INDEX_NONE, had, has});
            toc_sense_sight(world, need->asset);
        }
        return;
    }
    if (need->purpose == TOC_NEED_RUN && before.seen != after.seen) {
        shift(&asset->run_unmet, before.seen, after.seen);
    }
    if (before.real != after.real) {
        shift(&asset->start_unmet, before.real, after.real);
    }
    toc_settle_look(world, need->asset);
}

static void on_fallback(void *object, uint64_t argument) {
    toc_world *world = object;
    struct fallback *fallback = &world->fallbacks[argument];
    struct met before = is_met(world, fallback->need);
    fallback->active = true;
    fallback->event = (toc_event_id){0, 0};
    apply(world, fallback->need, before, is_met(world, fallback->need));
    toc_settle_run(world);
}

static void arm_fallback(toc_world *world, uint32_t index, bool was_sourced) {
    struct fallback *fallback = fallback_of(world, index);
    bool sourced = is_sourced(world, index);
    toc_time after = world->topology->needs[index].fallback_after;
    toc_time now = toc_calendar_now(world->calendar);
    if (fallback == NULL || sourced == was_sourced) {
        return;
    }
    if (sourced) {
        (void)toc_calendar_cancel(world->calendar, fallback->event);
        fallback->event = (toc_event_id){0, 0};
        fallback->active = false;
    } else if (after == 0) {
        fallback->active = true;
    } else if (after < TOC_NEVER - now) {
        fallback->event = toc_calendar_schedule(world->calendar, now + after, TOC_PHYSICAL,
                                                on_fallback, world, world->needs[index].fallback);
    }
}

void toc_need_count(toc_world *world, uint32_t index, int seen, int real) {
    struct need_state *state = &world->needs[index];
    struct met before = is_met(world, index);
    bool was_sourced = is_sourced(world, index);
    state->seen = (uint32_t)((int64_t)state->seen + seen);
    state->real = (uint32_t)((int64_t)state->real + real);
    TOC_ASSERT(state->real <= state->seen &&
               state->seen <= world->topology->needs[index].source_count);
    arm_fallback(world, index, was_sourced);
    if (state->failover != TOC_INDEX_NONE) {
        toc_failover_look(world, index);
    }
    apply(world, index, before, is_met(world, index));
    if (world->denials > 0 && world->topology->needs[index].purpose == TOC_NEED_CONTROL) {
        toc_sight_look(world, world->topology->needs[index].asset);
    }
}

bool toc_need_is_met_without(const toc_world *world, uint32_t index, toc_cause cause) {
    const toc_need *need = &world->topology->needs[index];
    const struct need_state *state = &world->needs[index];
    const struct fallback *fallback = fallback_of(world, index);
    uint32_t without = 0;
    if (!is_met(world, index).seen || (fallback != NULL && fallback->active)) {
        return true; /* it is lost for another reason, or does without its sources */
    }
    if (state->failover != TOC_INDEX_NONE) {
        uint32_t current = world->failovers[state->failover].current;
        return !toc_sight_is_hit(world, world->topology->sources[need->first_source + current],
                                 cause);
    }
    for (uint32_t i = 0; i < need->source_count; i++) {
        uint32_t source = world->topology->sources[need->first_source + i];
        without +=
            toc_drought_gives(world, source, need->asset) && toc_sight_is_hit(world, source, cause);
    }
    return state->seen - without >= required(need);
}

void toc_need_pair_changed(toc_world *world, uint32_t source, uint32_t asset, bool comes) {
    const toc_topology *topology = world->topology;
    uint32_t at = topology->wanted_first[source], end = topology->wanted_first[source + 1];
    bool bridged =
        source < topology->asset_count && toc_bridge_bridges(world, source, asset, comes);
    for (; at < end; at++) {
        uint32_t need = topology->wanted_by[at];
        if (topology->needs[need].asset == asset) {
            toc_need_count(world, need, bridged ? 0 : comes ? 1 : -1, comes ? 1 : -1);
        }
    }
}

void toc_need_source_changed(toc_world *world, uint32_t element, bool up) {
    const toc_topology *topology = world->topology;
    uint32_t at = topology->wanted_first[element], end = topology->wanted_first[element + 1];
    uint32_t asset = TOC_INDEX_NONE;
    bool bridged = false, cut = false;
    for (; at < end; at++) {
        uint32_t need = topology->wanted_by[at];
        if (topology->needs[need].asset != asset) {
            asset = topology->needs[need].asset;
            cut = toc_drought_cuts(world, element, asset); /* it was not there before either */
            bridged = !cut && element < topology->asset_count &&
                      toc_bridge_bridges(world, element, asset, up);
        }
        if (!cut) {
            toc_need_count(world, need, bridged ? 0 : up ? 1 : -1, up ? 1 : -1);
        }
    }
    if ((world->elements[element].flags & ELEMENT_GATE) != 0) {
        toc_failover_gate_changed(world, element);
    }
}

static void count_bridged(toc_world *world, uint32_t source, uint32_t asset, int seen) {
    const toc_topology *topology = world->topology;
    uint32_t end = topology->wanted_first[source + 1];
    for (uint32_t at = topology->wanted_first[source]; at < end; at++) {
        uint32_t need = topology->wanted_by[at];
        if (topology->needs[need].asset == asset) {
            toc_need_count(world, need, seen, 0);
        }
    }
}

void toc_need_bridge_ended(toc_world *world, uint32_t source, uint32_t asset) {
    count_bridged(world, source, asset, -1);
}

void toc_need_bridge_began(toc_world *world, uint32_t source, uint32_t asset) {
    count_bridged(world, source, asset, 1);
}

void toc_need_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->topology->need_count; i++) {
        toc_digest_u64(digest, (uint64_t)world->needs[i].seen << 32 | world->needs[i].real);
    }
    for (uint32_t i = 0; i < world->fallback_count; i++) {
        toc_digest_u64(digest, world->fallbacks[i].active ? 1 : 0);
    }
    toc_failover_digest(world, digest);
}

static void check_need(const toc_world *world, uint32_t index, struct asset_state *counted) {
    const toc_topology *topology = world->topology;
    const toc_need *need = &topology->needs[index];
    const struct fallback *fallback = fallback_of(world, index);
    struct met met = is_met(world, index);
    uint32_t seen = 0, real = 0;
    for (uint32_t i = 0; i < need->source_count; i++) {
        uint32_t source = topology->sources[need->first_source + i];
        bool up = toc_drought_gives(world, source, need->asset);
        real += up ? 1 : 0;
        seen += up || (source < topology->asset_count &&
                       toc_bridge_is_bridging(world, source, need->asset))
                    ? 1
                    : 0;
    }
    TOC_ASSERT(world->needs[index].real == real && world->needs[index].seen == seen);
    if (fallback != NULL) {
        bool pending = toc_calendar_is_pending(world->calendar, fallback->event);
        TOC_ASSERT(!is_sourced(world, index) || (!pending && !fallback->active));
        TOC_ASSERT(!pending || !fallback->active);
    }
    if (need->purpose == TOC_NEED_CONTROL) {
        counted->control_unmet += met.seen ? 0 : 1;
        return;
    }
    counted->start_unmet += met.real ? 0 : 1;
    counted->run_unmet += need->purpose == TOC_NEED_RUN && !met.seen ? 1 : 0;
}

void toc_need_check(const toc_world *world) {
    const toc_topology *topology = world->topology;
    toc_failover_check(world);
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        const toc_asset *asset = &topology->assets[i];
        const struct asset_state *state = &world->assets[i];
        uint32_t dead = toc_power_is_dead(world, i) ? 1 : 0;
        struct asset_state counted = {.run_unmet = dead, .start_unmet = dead};
        for (uint32_t j = 0; j < asset->need_count; j++) {
            check_need(world, asset->first_need + j, &counted);
        }
        TOC_ASSERT(counted.run_unmet == state->run_unmet);
        TOC_ASSERT(counted.start_unmet == state->start_unmet);
        TOC_ASSERT(counted.control_unmet == state->control_unmet);
    }
}
