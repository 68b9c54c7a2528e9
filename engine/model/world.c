#include "model/world.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/bridge.h"
#include "model/control.h"
#include "model/crew.h"
#include "model/demand.h"
#include "model/drought.h"
#include "model/alert.h"
#include "model/hardening.h"
#include "model/intrusion.h"
#include "model/need.h"
#include "model/network.h"
#include "model/power.h"
#include "model/road.h"
#include "model/stock.h"
#include "model/reading.h"
#include "model/sense.h"
#include "model/sensor.h"
#include "model/settle.h"
#include "model/sight.h"
#include "model/supply.h"
#include "model/tank.h"
#include "model/throttle.h"
#include "model/traffic.h"
#include "model/transport.h"
#include "model/world_state.h"

#include <string.h>

struct cause_facts {
    const char *name, *job;
    bool remote;
};

static const struct cause_facts causes[] = {
#define TOC_CAUSE(id, name, job, remote) {name, job, remote},
#include "model/cause.def"
#undef TOC_CAUSE
};

_Static_assert(TOC_CAUSES <= 16, "causes fit the bits of an element");

/* Zeroed, and never of no size. */
static void *array(size_t count, size_t size) {
    void *items = toc_arena_heap(NULL, count + 1, size);
    memset(items, 0, (count + 1) * size);
    return items;
}

static uint32_t element_count(const toc_world *world) {
    return world->topology->asset_count + world->topology->link_count;
}

/* Lets what begins off and what follows from it come true before anybody listens. */
static void begin(toc_world *world) {
    const toc_topology *topology = world->topology;
    world->beginning = true;
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        if (topology->assets[i].off) {
            (void)toc_world_fail(world, i, TOC_CAUSE_SWITCHED_OFF);
        }
    }
    for (uint32_t i = 0; i < topology->link_count; i++) {
        if (topology->links[i].off) {
            (void)toc_world_fail(world, topology->asset_count + i, TOC_CAUSE_OPENED);
        }
    }
    toc_power_init(world);
    toc_transport_init(world);
    toc_traffic_begin(world);
    for (uint32_t i = 0; i < element_count(world); i++) {
        world->elements[i].begun = world->elements[i].operation;
    }
    world->beginning = false;
}

toc_world *toc_world_create(const toc_topology *topology, toc_calendar *calendar,
                            toc_conditions *conditions, toc_chance chance,
                            toc_world_listener *listener, void *listener_object) {
    toc_world *world = toc_arena_heap(NULL, 1, sizeof *world);
    memset(world, 0, sizeof *world);
    world->topology = topology;
    world->calendar = calendar;
    world->conditions = conditions;
    world->chance = chance;
    world->elements = array(element_count(world), sizeof *world->elements);
    world->assets = array(topology->asset_count, sizeof *world->assets);
    toc_settle_init(world);
    toc_need_init(world);
    toc_bridge_init(world);
    toc_drought_init(world);
    toc_demand_init(world);
    toc_tank_init(world);
    toc_reading_init(world);
    toc_control_init(world);
    toc_supply_init(world);
    toc_road_init(world);
    toc_crew_init(world);
    toc_stock_init(world);
    toc_network_init(world);
    toc_traffic_init(world);
    toc_sensor_init(world);
    begin(world);
    world->listener = listener;
    world->listener_object = listener_object;
    return world;
}

void toc_world_destroy(toc_world *world) {
    if (world == NULL) {
        return;
    }
    toc_power_finish(world);
    toc_transport_finish(world);
    toc_control_finish(world);
    toc_reading_finish(world);
    toc_tank_finish(world);
    toc_demand_finish(world);
    toc_traffic_finish(world);
    toc_network_finish(world);
    toc_sensor_finish(world);
    toc_intrusion_finish(world);
    toc_hardening_finish(world);
    toc_throttle_finish(world);
    toc_crew_finish(world);
    toc_stock_finish(world);
    toc_road_finish(world);
    toc_supply_finish(world);
    toc_bridge_finish(world);
    toc_need_finish(world);
    toc_sense_finish(world);
    toc_sight_finish(world);
    toc_drought_finish(world);
    toc_settle_finish(world);
    toc_list_finish(&world->jobs);
    toc_list_finish(&world->beliefs);
    toc_arena_heap_free(world->elements);
    toc_arena_heap_free(world->assets);
    toc_arena_heap_free(world);
}

const toc_topology *toc_world_topology(const toc_world *world) {
    return world->topology;
}

toc_time toc_world_now(const toc_world *world) {
    return toc_calendar_now(world->calendar);
}

uint64_t toc_world_cell(toc_change_kind kind, uint32_t subject) {
    const uint64_t mine = UINT64_C(0x776f) << 48; /* apart from cells of other rooms */
    return mine | (uint64_t)kind << 32 | subject;
}

void toc_world_tell(toc_world *world, toc_change change) {
    if (world->conditions != NULL) {
        toc_conditions_touch(world->conditions, toc_world_cell(change.kind, change.subject));
    }
    if (world->listener != NULL) {
        world->listener(world->listener_object, &change);
    }
}

static void change_cause(toc_world *world, uint32_t element, toc_cause cause, bool present) {
    world->elements[element].causes ^= (uint16_t)(1u << cause);
    toc_world_tell(world, (toc_change){TOC_CHANGE_CAUSE, element, cause, !present, present});
    if (cause == TOC_CAUSE_ISOLATED) {
        toc_network_touch(world);
    }
    toc_sight_cause_changed(world, element, cause);
    toc_settle_look(world, element);
    toc_settle_run(world);
}

bool toc_world_fail(toc_world *world, uint32_t element, toc_cause cause) {
    bool is_held =
        element < world->topology->asset_count && toc_throttle_share_ppm(world, element) < 1000000;
    if (toc_world_has_cause(world, element, cause) || (cause == TOC_CAUSE_FLOODED && is_held)) {
        return false;
    }
    change_cause(world, element, cause, true);
    return true;
}

bool toc_world_clear(toc_world *world, uint32_t element, toc_cause cause) {
    if (!toc_world_has_cause(world, element, cause)) {
        return false;
    }
    change_cause(world, element, cause, false);
    return true;
}

bool toc_world_has_cause(const toc_world *world, uint32_t element, toc_cause cause) {
    TOC_ASSERT(cause < TOC_CAUSES);
    return (toc_world_causes(world, element) & 1u << cause) != 0;
}

uint32_t toc_world_causes(const toc_world *world, uint32_t element) {
    TOC_ASSERT(element < element_count(world));
    return world->elements[element].causes;
}

uint32_t toc_world_outage(const toc_world *world, uint32_t element) {
    TOC_ASSERT(element < element_count(world));
    return state_outage(world, element);
}

toc_operation toc_world_operation(const toc_world *world, uint32_t element) {
    TOC_ASSERT(element < element_count(world));
    return (toc_operation)world->elements[element].operation;
}

int64_t toc_world_capability_ppm(const toc_world *world, uint32_t element) {
    TOC_ASSERT(element < element_count(world));
    if (!state_is_up(world, element)) {
        return 0;
    }
    return element < world->topology->asset_count ? toc_power_share_ppm(world, element) : 1000000;
}

bool toc_world_has_control(const toc_world *world, uint32_t asset) {
    TOC_ASSERT(asset < world->topology->asset_count);
    return toc_sight_takes_commands(world, asset);
}

bool toc_world_has_view(const toc_world *world, uint32_t asset) {
    TOC_ASSERT(asset < world->topology->asset_count);
    return toc_sight_has_view(world, asset);
}

const char *toc_world_operation_name(toc_operation operation) {
    static const char *const names[] = {"off",      "starting", "on",          "degraded",
                                        "stopping", "failed",   "under-repair"};
    _Static_assert(sizeof names / sizeof names[0] == TOC_OPERATIONS, "a name for every operation");
    return names[operation];
}

const char *toc_world_cause_name(toc_cause cause) {
    return causes[cause].name;
}

toc_cause toc_world_find_cause(const char *name) {
    for (int i = 0; i < TOC_CAUSES; i++) {
        if (strcmp(causes[i].name, name) == 0) {
            return (toc_cause)i;
        }
    }
    return TOC_CAUSES;
}

const char *toc_world_cause_job(toc_cause cause) {
    return causes[cause].job;
}

bool toc_world_cause_is_remote(toc_cause cause) {
    return causes[cause].remote;
}

void toc_world_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < element_count(world); i++) {
        const struct element_state *state = &world->elements[i];
        toc_digest_u64(digest, (uint64_t)state->causes << 8 | state->operation);
    }
    for (uint32_t i = 0; i < world->topology->asset_count; i++) {
        toc_digest_u64(digest, world->assets[i].outages);
    }
    toc_need_digest(world, digest);
    toc_bridge_digest(world, digest);
    toc_supply_digest(world, digest);
    toc_crew_digest(world, digest);
    toc_job_digest(world, digest);
    toc_stock_digest(world, digest);
    toc_power_digest(world, digest);
    toc_network_digest(world, digest);
    toc_transport_digest(world, digest);
    toc_tank_digest(world, digest);
    toc_reading_digest(world, digest);
    toc_control_digest(world, digest);
    toc_intrusion_digest(world, digest);
    toc_alert_digest(world, digest);
    toc_hardening_digest(world, digest);
    toc_throttle_digest(world, digest);
    toc_sight_digest(world, digest);
    toc_drought_digest(world, digest);
    for (uint32_t i = 0; i < world->beliefs.count; i++) {
        const struct belief_record *record = TOC_LIST_AT(struct belief_record, &world->beliefs, i);
        toc_digest_u64(digest, (uint64_t)record->operator_index << 32 | record->next);
        toc_digest_u64(digest, (uint64_t)record->operation << 8 | record->source);
        toc_digest_i64(digest, record->since);
    }
}

static void check_asset(const toc_world *world, uint32_t asset) {
    const struct element_state *state = &world->elements[asset];
    const struct asset_state *inner = &world->assets[asset];
    bool starting = state->operation == TOC_STARTING;
    if (state_is_up(world, asset)) {
        TOC_ASSERT(state_outage(world, asset) == 0 && inner->run_unmet == 0);
        TOC_ASSERT((state->operation == TOC_ON) == (toc_power_share_ppm(world, asset) == 1000000));
    } else if (starting) {
        bool is_alone = (state->flags & ELEMENT_ALONE) != 0 && inner->run_unmet == 0;
        TOC_ASSERT(state_outage(world, asset) == 0 && (inner->start_unmet == 0 || is_alone));
    } else {
        TOC_ASSERT(state_outage(world, asset) != 0 || inner->start_unmet > 0);
    }
    TOC_ASSERT(starting == toc_calendar_is_pending(world->calendar, inner->starting));
}

void toc_world_check(const toc_world *world) {
    if (world->settling) {
        return; /* between two steps of one change nothing need hold */
    }
    for (uint32_t i = 0; i < element_count(world); i++) {
        const struct element_state *state = &world->elements[i];
        TOC_ASSERT((state->flags & (ELEMENT_QUEUED_DOWN | ELEMENT_QUEUED_UP)) == 0);
        TOC_ASSERT(i < world->topology->asset_count ||
                   (state->operation == TOC_ON) ==
                       (state_outage(world, i) == 0 && toc_traffic_is_carried(world, i)));
    }
    for (uint32_t i = 0; i < world->topology->asset_count; i++) {
        check_asset(world, i);
    }
    toc_need_check(world);
    toc_bridge_check(world);
    toc_supply_check(world);
    toc_crew_check(world);
    toc_network_check(world);
    toc_transport_check(world);
    toc_tank_check(world);
}
