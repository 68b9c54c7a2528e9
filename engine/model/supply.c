#include "model/supply.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/demand.h"
#include "model/power.h"
#include "model/throttle.h"
#include "model/transport.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

int64_t toc_supply_level_ppm(int64_t supply, int64_t demand) {
    return demand == 0 ? 1000000 : (int64_t)((wide)supply * 1000000 / demand);
}

/* What an asset that is up gives: no more than it can, of power no more than its bus gets, and of
   what flows no more than arrives. */
static int64_t given(const toc_world *world, uint32_t index) {
    const toc_provision *provision = &world->topology->provisions[index];
    const toc_service *service = &world->topology->services[provision->service];
    int64_t demand = toc_demand_now(world, index);
    int64_t share = toc_throttle_share_ppm(world, provision->asset);
    int64_t capacity = share < 1000000 ? (int64_t)((wide)provision->capacity * share / 1000000)
                                       : provision->capacity;
    int64_t supply = capacity < demand ? capacity : demand;
    if (!state_is_up(world, provision->asset)) {
        return 0;
    }
    if (world->power != NULL && strcmp(service->unit->dimension, "power") == 0) {
        int64_t power = toc_power_given(world, provision->asset, demand);
        supply = power < supply ? power : supply;
    }
    return toc_transport_given(world, index, supply);
}

/* Of the people behind the asset, the share that its demand goes without; rounded to whole people.
 */
static int64_t people_without(const toc_world *world, uint32_t index, int64_t demand,
                              int64_t supply) {
    const toc_provision *provision = &world->topology->provisions[index];
    wide people = world->topology->assets[provision->asset].people;
    if (demand == 0) {
        return 0;
    }
    return (int64_t)((2 * people * (demand - supply) + demand) / (2 * (wide)demand));
}

void toc_supply_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    toc_time now = toc_calendar_now(world->calendar);
    world->services =
        toc_arena_heap(NULL, (size_t)topology->service_count + 1, sizeof *world->services);
    memset(world->services, 0, ((size_t)topology->service_count + 1) * sizeof *world->services);
    world->provision_supply =
        toc_arena_heap(NULL, (size_t)topology->provision_count + 1, sizeof(int64_t));
    for (uint32_t i = 0; i < topology->provision_count; i++) {
        struct service_state *service = &world->services[topology->provisions[i].service];
        int64_t demand = toc_demand_now(world, i), supply = given(world, i);
        world->provision_supply[i] = supply;
        service->demand += demand;
        service->supply += supply;
        service->people_out += people_without(world, i, demand, supply);
    }
    for (uint32_t i = 0; i < topology->service_count; i++) {
        struct service_state *service = &world->services[i];
        bool whole = service->supply == service->demand;
        service->told_level_ppm = toc_supply_level_ppm(service->supply, service->demand);
        service->min_level_ppm = 1000000;
        service->since = now;
        service->first_loss = TOC_NEVER;
        service->loss_since = whole ? TOC_NEVER : now;
        service->whole_since = whole ? now : TOC_NEVER;
    }
}

void toc_supply_finish(toc_world *world) {
    toc_list_finish(&world->dirty);
    toc_arena_heap_free(world->services);
    toc_arena_heap_free(world->provision_supply);
}

/* Adds the time since the last change; a state that lasted for no time leaves no trace. */
static void advance(struct service_state *service, toc_time now) {
    toc_time passed = now - service->since;
    int64_t level = toc_supply_level_ppm(service->supply, service->demand);
    if (passed == 0) {
        return;
    }
    service->demand_us += (wide)service->demand * passed;
    service->loss_us += (wide)(service->demand - service->supply) * passed;
    service->people_us += (wide)service->people_out * passed;
    if (level < service->min_level_ppm) {
        service->min_level_ppm = level;
    }
    if (service->supply < service->demand && service->first_loss == TOC_NEVER) {
        service->first_loss = service->loss_since;
    }
    service->since = now;
}

/* What changes in a service at once. */
struct shift {
    int64_t demand, supply, people;
};

static void change_service(toc_world *world, uint32_t index, struct shift shift) {
    struct service_state *service = &world->services[index];
    toc_time now = toc_calendar_now(world->calendar);
    bool was_whole = service->supply == service->demand, is_whole;
    advance(service, now);
    service->demand += shift.demand;
    service->supply += shift.supply;
    service->people_out += shift.people;
    is_whole = service->supply == service->demand;
    TOC_ASSERT(service->supply >= 0 && service->supply <= service->demand);
    if (was_whole && !is_whole) {
        service->loss_since = now;
    }
    if (!was_whole && is_whole) {
        if (service->loss_since != now) {
            service->whole_since = now;
        }
        service->loss_since = TOC_NEVER;
    }
    if (!service->dirty) {
        service->dirty = true;
        *(uint32_t *)toc_list_add(&world->dirty, sizeof index) = index;
    }
}

void toc_supply_demand_changed(toc_world *world, uint32_t provision, int64_t before) {
    int64_t demand = toc_demand_now(world, provision);
    int64_t had = world->provision_supply[provision], has = given(world, provision);
    world->provision_supply[provision] = has;
    change_service(world, world->topology->provisions[provision].service,
                   (struct shift){demand - before, has - had,
                                  people_without(world, provision, demand, has) -
                                      people_without(world, provision, before, had)});
}

void toc_supply_provision_changed(toc_world *world, uint32_t provision) {
    if (world->provision_supply[provision] != given(world, provision)) {
        toc_supply_demand_changed(world, provision, toc_demand_now(world, provision));
    }
}

void toc_supply_asset_changed(toc_world *world, uint32_t asset) {
    const toc_asset *facts = &world->topology->assets[asset];
    for (uint32_t i = facts->first_provision; i < facts->first_provision + facts->provision_count;
         i++) {
        toc_supply_provision_changed(world, i);
    }
}

static int by_index(const void *left, const void *right) {
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

void toc_supply_tell(toc_world *world) {
    toc_list dirty = world->dirty;
    /* a demand that has just risen would be told as a shortage before anything flows to it */
    if (dirty.count == 0 || toc_transport_is_unsettled(world) || toc_power_is_unsettled(world)) {
        return;
    }
    world->dirty = (toc_list){0};
    qsort(dirty.items, dirty.count, sizeof(uint32_t), by_index);
    for (uint32_t i = 0; i < dirty.count; i++) {
        uint32_t index = *TOC_LIST_AT(uint32_t, &dirty, i);
        struct service_state *service = &world->services[index];
        int64_t before = service->told_level_ppm;
        service->dirty = false;
        service->told_level_ppm = toc_supply_level_ppm(service->supply, service->demand);
        toc_world_tell(world, (toc_change){TOC_CHANGE_SERVICE, index, TOC_INDEX_NONE, before,
                                           service->told_level_ppm});
    }
    toc_list_finish(&dirty);
}

struct service_state toc_supply_until_now(const toc_world *world, uint32_t service) {
    struct service_state state;
    TOC_ASSERT(service < world->topology->service_count);
    state = world->services[service];
    advance(&state, toc_calendar_now(world->calendar));
    return state;
}

static void digest_wide(toc_digest *digest, wide value) {
    toc_digest_u64(digest, (uint64_t)value);
    toc_digest_u64(digest, (uint64_t)(value >> 64));
}

void toc_supply_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->topology->service_count; i++) {
        struct service_state state = toc_supply_until_now(world, i);
        digest_wide(digest, state.demand_us);
        digest_wide(digest, state.loss_us);
        digest_wide(digest, state.people_us);
        toc_digest_i64(digest, state.demand);
        toc_digest_i64(digest, state.supply);
        toc_digest_i64(digest, state.people_out);
        toc_digest_i64(digest, state.min_level_ppm);
        toc_digest_i64(digest, state.first_loss);
        toc_digest_i64(digest, state.whole_since);
    }
}

void toc_supply_check(const toc_world *world) {
    const toc_topology *topology = world->topology;
    struct service_state *sums =
        toc_arena_heap(NULL, (size_t)topology->service_count + 1, sizeof *sums);
    memset(sums, 0, ((size_t)topology->service_count + 1) * sizeof *sums);
    for (uint32_t i = 0; i < topology->provision_count; i++) {
        uint32_t service = topology->provisions[i].service;
        TOC_ASSERT(world->provision_supply[i] == given(world, i));
        sums[service].demand += toc_demand_now(world, i);
        sums[service].supply += world->provision_supply[i];
        sums[service].people_out +=
            people_without(world, i, toc_demand_now(world, i), world->provision_supply[i]);
    }
    for (uint32_t i = 0; i < topology->service_count; i++) {
        const struct service_state *state = &world->services[i];
        TOC_ASSERT(state->demand == sums[i].demand && state->supply == sums[i].supply);
        TOC_ASSERT(state->people_out == sums[i].people_out);
        TOC_ASSERT((state->loss_since == TOC_NEVER) == (state->supply == state->demand));
        TOC_ASSERT(state->loss_us >= 0 && state->loss_us <= state->demand_us);
    }
    toc_arena_heap_free(sums);
}
