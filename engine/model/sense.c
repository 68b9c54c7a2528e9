#include "model/sense.h"

#include "kernel/assert.h"
#include "model/belief.h"
#include "model/reading.h"
#include "model/sight.h"
#include "model/world_state.h"

#include <stdlib.h>

/* Customers report an outage after an exponential time of this mean, and call again as long as
   nobody answers. Our planning value: a few minutes until the first of many has called. */
static const toc_time calls_after = 6 * TOC_MINUTE;

/* At this level of the operator's own "calls" service a call gets through. */
static const int64_t calls_answered_ppm = 500000;

static bool is_connected_at(const toc_world *world, uint32_t operator_index, uint32_t asset) {
    return world->topology->assets[asset].operator_index == operator_index &&
           state_has_control(world, asset);
}

static bool is_seen_at(const toc_world *world, uint32_t operator_index, uint32_t asset) {
    return world->topology->assets[asset].operator_index == operator_index &&
           toc_sight_has_view(world, asset);
}

/* Of an asset at itself, of a link at either end. */
static bool at_an_end(const toc_world *world, uint32_t operator_index, uint32_t element,
                      bool (*holds)(const toc_world *, uint32_t, uint32_t)) {
    const toc_topology *topology = world->topology;
    const toc_link *link;
    if (operator_index == TOC_INDEX_NONE) {
        return false;
    }
    if (element < topology->asset_count) {
        return holds(world, operator_index, element);
    }
    link = &topology->links[element - topology->asset_count];
    return holds(world, operator_index, link->from) || holds(world, operator_index, link->to);
}

bool toc_sense_has_telemetry(const toc_world *world, uint32_t operator_index, uint32_t element) {
    return at_an_end(world, operator_index, element, is_seen_at);
}

bool toc_sense_is_connected(const toc_world *world, uint32_t operator_index, uint32_t element) {
    return at_an_end(world, operator_index, element, is_connected_at);
}

static void see(toc_world *world, uint32_t operator_index, uint32_t element) {
    if (toc_sense_has_telemetry(world, operator_index, element) &&
        toc_belief_read(world, operator_index, element).operation !=
            toc_sight_shown(world, element)) {
        toc_belief_learn(world, operator_index, element, TOC_SEEN_BY_TELEMETRY);
    }
}

static void see_all(toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    if (element < topology->asset_count) {
        see(world, topology->assets[element].operator_index, element);
    } else {
        const toc_link *link = &topology->links[element - topology->asset_count];
        uint32_t from = topology->assets[link->from].operator_index;
        uint32_t to = topology->assets[link->to].operator_index;
        see(world, from, element);
        if (to != from) {
            see(world, to, element);
        }
    }
}

static bool knows(const toc_world *world, uint32_t operator_index, uint32_t element) {
    return operator_index == TOC_INDEX_NONE ||
           toc_belief_read(world, operator_index, element).operation ==
               toc_sight_shown(world, element);
}

/* Remembers a link that an owner at one of its ends could not see change. */
static void miss(toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    const toc_link *link;
    if (element < topology->asset_count || (world->elements[element].flags & ELEMENT_MISSED) != 0) {
        return;
    }
    link = &topology->links[element - topology->asset_count];
    if (!knows(world, topology->assets[link->from].operator_index, element) ||
        !knows(world, topology->assets[link->to].operator_index, element)) {
        world->elements[element].flags |= ELEMENT_MISSED;
        *(uint32_t *)toc_list_add(&world->missed, sizeof element) = element;
    }
}

static int by_index(const void *left, const void *right) {
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

static void on_sensed(void *object, uint64_t argument) {
    toc_world *world = object;
    toc_list sensed = world->sensed;
    (void)argument;
    world->sensed = (toc_list){0};
    world->sensing = (toc_event_id){0, 0};
    qsort(sensed.items, sensed.count, sizeof(uint32_t), by_index);
    for (uint32_t i = 0; i < sensed.count; i++) {
        uint32_t element = *TOC_LIST_AT(uint32_t, &sensed, i);
        world->elements[element].flags &= (uint16_t)~ELEMENT_SENSED;
        see_all(world, element);
        miss(world, element);
    }
    toc_list_finish(&sensed);
}

/* Telemetry tells at the end of the instant, so that a flicker within it is not news. */
static void note(toc_world *world, uint32_t element) {
    struct element_state *state = &world->elements[element];
    if ((state->flags & ELEMENT_SENSED) != 0) {
        return;
    }
    state->flags |= ELEMENT_SENSED;
    *(uint32_t *)toc_list_add(&world->sensed, sizeof element) = element;
    if (world->sensed.count == 1) {
        world->sensing = toc_calendar_schedule(world->calendar, toc_calendar_now(world->calendar),
                                               TOC_SENSOR, on_sensed, world, 0);
    }
}

/* Links that end at the asset may be seen again. */
static void note_missed(toc_world *world, uint32_t asset) {
    const toc_topology *topology = world->topology;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < world->missed.count; i++) {
        uint32_t element = *TOC_LIST_AT(uint32_t, &world->missed, i);
        const toc_link *link = &topology->links[element - topology->asset_count];
        if (link->from == asset || link->to == asset) {
            world->elements[element].flags &= (uint16_t)~ELEMENT_MISSED;
            note(world, element);
        } else {
            *TOC_LIST_AT(uint32_t, &world->missed, kept++) = element;
        }
    }
    world->missed.count = kept;
}

struct calling {
    uint32_t asset, outage, attempt;
};

static void on_call(void *object, uint64_t argument);

/* Asset, outage (24 bits) and attempt (8 bits) travel in the event, so that nothing is kept for it:
   a call for an outage that is over recognises itself. */
static void schedule_call(toc_world *world, struct calling call) {
    const toc_asset *asset = &world->topology->assets[call.asset];
    uint32_t occurrence = call.outage << 8 | call.attempt;
    toc_draw draw = {toc_chance_key(asset->id), toc_chance_key("customers-call"), occurrence};
    toc_time after = toc_chance_exponential(&world->chance, draw, calls_after);
    (void)toc_calendar_schedule(world->calendar, toc_calendar_now(world->calendar) + after,
                                TOC_SENSOR, on_call, world,
                                (uint64_t)call.asset << 32 | occurrence);
}

static bool is_answered(const toc_world *world, uint32_t operator_index) {
    uint32_t service = toc_topology_find_service(world->topology, "calls", operator_index);
    return service == TOC_INDEX_NONE || toc_service_level_ppm(world, service) >= calls_answered_ppm;
}

static bool is_falsified(const toc_world *world, uint32_t element) {
    return toc_world_has_cause(world, element, TOC_CAUSE_FALSIFIED);
}

static void on_call(void *object, uint64_t argument) {
    toc_world *world = object;
    struct calling call = {(uint32_t)(argument >> 32), (uint32_t)argument >> 8,
                           (uint32_t)argument & 0xff};
    uint32_t operator_index = world->topology->assets[call.asset].operator_index;
    if (world->elements[call.asset].operation == TOC_ON ||
        (world->assets[call.asset].outages & 0xffffff) != call.outage) {
        return;
    }
    if (!is_answered(world, operator_index)) {
        call.attempt = call.attempt < 0xff ? call.attempt + 1 : call.attempt;
        schedule_call(world, call);
        return;
    }
    if (!toc_sense_has_telemetry(world, operator_index, call.asset) ||
        is_falsified(world, call.asset)) {
        toc_belief_learn(world, operator_index, call.asset, TOC_SEEN_BY_CALLS);
    }
    if (is_falsified(world, call.asset)) { /* the screens say otherwise, so nobody comes */
        call.attempt = call.attempt < 0xff ? call.attempt + 1 : call.attempt;
        schedule_call(world, call);
    }
}

void toc_sense_shown(toc_world *world, uint32_t element) {
    note(world, element);
}

void toc_sense_operation(toc_world *world, uint32_t element, bool worse) {
    const toc_asset *asset;
    if (world->beginning) {
        return;
    }
    if (!is_falsified(world, element)) {
        note(world, element);
    }
    if (element >= world->topology->asset_count || !worse) {
        return;
    }
    asset = &world->topology->assets[element];
    if (asset->people > 0 && asset->operator_index != TOC_INDEX_NONE) {
        uint32_t outage = ++world->assets[element].outages & 0xffffff;
        schedule_call(world, (struct calling){element, outage, 0});
    }
}

void toc_sense_sight(toc_world *world, uint32_t asset) {
    uint32_t owner = world->topology->assets[asset].operator_index;
    toc_reading_sight_changed(world, asset);
    if (owner == TOC_INDEX_NONE || world->beginning) {
        return;
    }
    toc_belief_staleness_changed(world, owner, asset);
    note(world, asset);
    note_missed(world, asset);
}

void toc_sense_finish(toc_world *world) {
    (void)toc_calendar_cancel(world->calendar, world->sensing);
    toc_list_finish(&world->sensed);
    toc_list_finish(&world->missed);
}
