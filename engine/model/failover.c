#include "model/failover.h"

#include "model/drought.h"
#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/bridge.h"
#include "model/hosting.h"
#include "model/need.h"
#include "model/settle.h"
#include "model/throttle.h"

#include <string.h>

static const toc_failover *facts_at(const toc_world *world, uint32_t failover) {
    return &world->topology->failovers[failover];
}

static const toc_need *need_at(const toc_world *world, uint32_t failover) {
    return &world->topology->needs[facts_at(world, failover)->need];
}

static uint32_t source_at(const toc_world *world, uint32_t failover, uint32_t which) {
    return world->topology->sources[need_at(world, failover)->first_source + which];
}

static bool is_up(const toc_world *world, uint32_t failover, uint32_t which) {
    return toc_drought_gives(world, source_at(world, failover, which),
                             need_at(world, failover)->asset);
}

static bool is_bridged(const toc_world *world, uint32_t failover, uint32_t which) {
    uint32_t source = source_at(world, failover, which);
    return source < world->topology->asset_count &&
           toc_bridge_is_bridging(world, source, need_at(world, failover)->asset);
}

/* What it takes of a host's room; less while its tenant is held to a share, but never nothing. */
static uint32_t uses_by(const toc_world *world, uint32_t failover, int64_t share_ppm) {
    uint64_t uses = facts_at(world, failover)->uses;
    return (uint32_t)((uses * (uint64_t)share_ppm + 999999) / 1000000);
}

static uint32_t uses_now(const toc_world *world, uint32_t failover) {
    return uses_by(world, failover, toc_throttle_share_ppm(world, need_at(world, failover)->asset));
}

static bool has_room(const toc_world *world, uint32_t failover, uint32_t which) {
    return toc_hosting_has_room(world, source_at(world, failover, which),
                                uses_now(world, failover));
}

/* The first source that is there and has room; TOC_INDEX_NONE where none is. */
static uint32_t standby(const toc_world *world, uint32_t failover) {
    for (uint32_t i = 0; i < need_at(world, failover)->source_count; i++) {
        if (is_up(world, failover, i) && has_room(world, failover, i)) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

static bool is_open(const toc_world *world, uint32_t failover) {
    uint32_t through = facts_at(world, failover)->through;
    return through == TOC_INDEX_NONE || state_is_up(world, through);
}

static bool may_move(const toc_world *world, uint32_t failover) {
    return !is_up(world, failover, world->failovers[failover].current) &&
           standby(world, failover) != TOC_INDEX_NONE && is_open(world, failover);
}

/* Whether it may move to where it was told to. */
static bool may_follow(const toc_world *world, uint32_t failover) {
    const struct failover_state *state = &world->failovers[failover];
    return state->ordered != TOC_INDEX_NONE && state->ordered != state->current &&
           is_up(world, failover, state->ordered) && has_room(world, failover, state->ordered) &&
           is_open(world, failover);
}

/* Where it is to move; TOC_INDEX_NONE where it is to stay. */
static uint32_t destination(const toc_world *world, uint32_t failover) {
    if (may_follow(world, failover)) {
        return world->failovers[failover].ordered;
    }
    return may_move(world, failover) ? standby(world, failover) : TOC_INDEX_NONE;
}

static void settle_in(toc_world *world, uint32_t failover, uint32_t which) {
    struct failover_state *state = &world->failovers[failover];
    uint32_t uses = uses_now(world, failover);
    toc_hosting_leave(world, source_at(world, failover, state->current), uses);
    toc_hosting_take(world, source_at(world, failover, which), uses);
    state->current = which;
}

static void on_moved(void *object, uint64_t argument);

/* What is on its way and may not be any more starts anew when it may again. */
static void arm(toc_world *world, uint32_t failover) {
    struct failover_state *state = &world->failovers[failover];
    toc_time now = toc_calendar_now(world->calendar), takes = facts_at(world, failover)->takes;
    bool pending = toc_calendar_is_pending(world->calendar, state->event);
    bool moves = destination(world, failover) != TOC_INDEX_NONE;
    if (!may_follow(world, failover)) {
        state->ordered = TOC_INDEX_NONE;
    }
    if (!moves && pending) {
        (void)toc_calendar_cancel(world->calendar, state->event);
        state->event = (toc_event_id){0, 0};
    } else if (moves && !pending && takes < TOC_NEVER - now) {
        state->event = toc_calendar_schedule(world->calendar, now + takes, TOC_PHYSICAL, on_moved,
                                             world, failover);
    }
}

/* For the others it may have become too full. */
static void look_around(toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    for (uint32_t at = topology->wanted_first[element]; at < topology->wanted_first[element + 1];
         at++) {
        uint32_t failover = world->needs[topology->wanted_by[at]].failover;
        if (failover != TOC_INDEX_NONE) {
            arm(world, failover);
        }
    }
}

static void on_moved(void *object, uint64_t argument) {
    toc_world *world = object;
    uint32_t failover = (uint32_t)argument;
    uint32_t which = destination(world, failover), before;
    TOC_ASSERT(which != TOC_INDEX_NONE);
    before = source_at(world, failover, world->failovers[failover].current);
    world->failovers[failover].event = (toc_event_id){0, 0};
    world->failovers[failover].ordered = TOC_INDEX_NONE;
    settle_in(world, failover, which);
    look_around(world, source_at(world, failover, which));
    look_around(world, before);
    toc_need_count(world, facts_at(world, failover)->need, 0, 0);
    toc_settle_run(world);
}

void toc_failover_look(toc_world *world, uint32_t need) {
    uint32_t failover = world->needs[need].failover;
    struct failover_state *state = &world->failovers[failover];
    if (world->beginning && !is_up(world, failover, state->current) &&
        standby(world, failover) != TOC_INDEX_NONE) {
        settle_in(world, failover, standby(world, failover)); /* before the drill began */
    }
    state->real = is_up(world, failover, state->current);
    state->seen = state->real || is_bridged(world, failover, state->current);
    arm(world, failover);
}

bool toc_failover_move(toc_world *world, uint32_t need, uint32_t source) {
    uint32_t failover = world->needs[need].failover;
    TOC_ASSERT(failover != TOC_INDEX_NONE);
    for (uint32_t i = 0; i < need_at(world, failover)->source_count; i++) {
        if (source_at(world, failover, i) == source ||
            (source == TOC_INDEX_NONE && i != world->failovers[failover].current)) {
            uint32_t before = world->failovers[failover].ordered;
            world->failovers[failover].ordered = i;
            if (may_follow(world, failover)) {
                arm(world, failover);
                return true;
            }
            world->failovers[failover].ordered = before; /* what was ordered stands */
        }
    }
    return false;
}

/* Each failover of the asset by its need, in order. */
static uint32_t next_of(const toc_world *world, uint32_t asset, uint32_t after) {
    const toc_asset *facts = &world->topology->assets[asset];
    for (uint32_t i = 0; i < facts->need_count; i++) {
        uint32_t failover = world->needs[facts->first_need + i].failover;
        if (failover != TOC_INDEX_NONE && (after == TOC_INDEX_NONE || failover > after)) {
            return failover;
        }
    }
    return TOC_INDEX_NONE;
}

bool toc_failover_fits(const toc_world *world, uint32_t asset, int64_t share_ppm) {
    bool fits = true;
    for (uint32_t i = next_of(world, asset, TOC_INDEX_NONE); i != TOC_INDEX_NONE;
         i = next_of(world, asset, i)) {
        uint32_t now = uses_now(world, i), then = uses_by(world, i, share_ppm);
        uint32_t host = source_at(world, i, world->failovers[i].current);
        fits = fits && (then <= now || toc_hosting_has_room(world, host, then - now));
    }
    return fits;
}

void toc_failover_resize(toc_world *world, uint32_t asset, int64_t before_ppm) {
    for (uint32_t i = next_of(world, asset, TOC_INDEX_NONE); i != TOC_INDEX_NONE;
         i = next_of(world, asset, i)) {
        uint32_t host = source_at(world, i, world->failovers[i].current);
        toc_hosting_leave(world, host, uses_by(world, i, before_ppm));
        toc_hosting_take(world, host, uses_now(world, i));
        look_around(world, host);
    }
}

void toc_failover_gate_changed(toc_world *world, uint32_t element) {
    for (uint32_t i = 0; i < world->topology->failover_count; i++) {
        if (facts_at(world, i)->through == element) {
            arm(world, i);
        }
    }
}

void toc_failover_init(toc_world *world) {
    uint32_t count = world->topology->failover_count;
    toc_hosting_init(world);
    world->failovers = toc_arena_heap(NULL, (size_t)count + 1, sizeof *world->failovers);
    memset(world->failovers, 0, ((size_t)count + 1) * sizeof *world->failovers);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t through = facts_at(world, i)->through;
        world->failovers[i].seen = world->failovers[i].real = true;
        world->failovers[i].ordered = TOC_INDEX_NONE;
        world->needs[facts_at(world, i)->need].failover = i;
        toc_hosting_take(world, source_at(world, i, 0), facts_at(world, i)->uses);
        if (through != TOC_INDEX_NONE) {
            world->elements[through].flags |= ELEMENT_GATE;
        }
    }
}

void toc_failover_finish(toc_world *world) {
    for (uint32_t i = 0; i < world->topology->failover_count; i++) {
        (void)toc_calendar_cancel(world->calendar, world->failovers[i].event);
    }
    toc_arena_heap_free(world->failovers);
    toc_hosting_finish(world);
}

uint32_t toc_failover_source(const toc_world *world, uint32_t need) {
    uint32_t failover = world->needs[need].failover;
    return failover == TOC_INDEX_NONE
               ? TOC_INDEX_NONE
               : source_at(world, failover, world->failovers[failover].current);
}

bool toc_failover_is_crowded_out(const toc_world *world, uint32_t need) {
    uint32_t failover = world->needs[need].failover;
    bool is_there = false;
    if (failover == TOC_INDEX_NONE || standby(world, failover) != TOC_INDEX_NONE) {
        return false;
    }
    for (uint32_t i = 0; i < need_at(world, failover)->source_count; i++) {
        is_there = is_there || is_up(world, failover, i);
    }
    return is_there && !is_up(world, failover, world->failovers[failover].current);
}

bool toc_failover_is_seen(const toc_world *world, uint32_t need) {
    return world->failovers[world->needs[need].failover].seen;
}

bool toc_failover_is_real(const toc_world *world, uint32_t need) {
    return world->failovers[world->needs[need].failover].real;
}

void toc_failover_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->topology->failover_count; i++) {
        const struct failover_state *state = &world->failovers[i];
        bool moves = toc_calendar_is_pending(world->calendar, state->event);
        toc_digest_u64(digest, (uint64_t)state->current << 1 | (moves ? 1 : 0));
    }
}

/* Every place is taken once. */
static void check_rooms(const toc_world *world) {
    for (uint32_t h = 0; h < world->topology->hosting_count; h++) {
        const toc_hosting *hosting = &world->topology->hostings[h];
        uint32_t used = 0;
        for (uint32_t i = 0; i < world->topology->failover_count; i++) {
            bool is_here = source_at(world, i, world->failovers[i].current) == hosting->asset;
            used += is_here ? uses_now(world, i) : 0;
        }
        TOC_ASSERT(used == world->room_used[h] && used <= hosting->room);
    }
}

void toc_failover_check(const toc_world *world) {
    check_rooms(world);
    for (uint32_t i = 0; i < world->topology->failover_count; i++) {
        const struct failover_state *state = &world->failovers[i];
        bool real = is_up(world, i, state->current);
        TOC_ASSERT(state->current < need_at(world, i)->source_count);
        TOC_ASSERT(state->real == real);
        TOC_ASSERT(state->seen == (real || is_bridged(world, i, state->current)));
        TOC_ASSERT(!toc_calendar_is_pending(world->calendar, state->event) ||
                   destination(world, i) != TOC_INDEX_NONE);
    }
}
