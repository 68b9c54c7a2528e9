#include "model/settle.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/belief.h"
#include "model/control.h"
#include "model/need.h"
#include "model/power.h"
#include "model/road.h"
#include "model/sense.h"
#include "model/supply.h"
#include "model/transport.h"
#include "model/traffic.h"

#include <stdio.h>

static void push(toc_list *heap, uint32_t value) {
    uint32_t at = heap->count;
    uint32_t *items;
    (void)toc_list_add(heap, sizeof value);
    items = heap->items;
    while (at > 0 && items[(at - 1) / 2] > value) {
        items[at] = items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    items[at] = value;
}

static uint32_t pop(toc_list *heap) {
    uint32_t *items = heap->items, top = items[0], last = items[heap->count - 1], at = 0;
    uint32_t count = --heap->count;
    while (2 * at + 1 < count) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < count && items[child + 1] < items[child]) {
            child++;
        }
        if (items[child] >= last) {
            break;
        }
        items[at] = items[child];
        at = child;
    }
    items[at] = last;
    return top;
}

void toc_settle_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    for (uint32_t e = 0; e < topology->asset_count + topology->link_count; e++) {
        world->elements[e].operation = TOC_ON;
        world->elements[e].last_job = TOC_INDEX_NONE;
        world->elements[e].first_belief = TOC_INDEX_NONE;
    }
}

void toc_settle_finish(toc_world *world) {
    toc_list_finish(&world->down);
    toc_list_finish(&world->up);
}

/* What runs on a bus that gets less than it asks runs degraded. */
static toc_operation running(const toc_world *world, uint32_t asset) {
    return toc_power_share_ppm(world, asset) < 1000000 ? TOC_DEGRADED : TOC_ON;
}

/* How bad an operation is for those who live from it. */
static int harm(toc_operation operation) {
    return operation == TOC_ON ? 0 : operation == TOC_DEGRADED ? 1 : 2;
}

/* What stands still is off, unless something in it is broken. */
static toc_operation rest(const toc_world *world, uint32_t element) {
    const struct element_state *state = &world->elements[element];
    uint32_t causes = state_outage(world, element);
    const uint16_t whole = (1u << TOC_CAUSE_OPENED) | (1u << TOC_CAUSE_TRIPPED) |
                           (1u << TOC_CAUSE_SWITCHED_OFF) | (1u << TOC_CAUSE_ISOLATED) |
                           (1u << TOC_CAUSE_MAINTENANCE) | (1u << TOC_CAUSE_BLOCKED);
    if (causes == 0) {
        return TOC_OFF;
    }
    if (state->hands > 0) {
        return TOC_UNDER_REPAIR;
    }
    return (causes & ~(uint32_t)whole) != 0 ? TOC_FAILED : TOC_OFF;
}

static void set_operation(toc_world *world, uint32_t element, toc_operation operation) {
    struct element_state *state = &world->elements[element];
    toc_operation before = (toc_operation)state->operation;
    bool was_up = state_is_up(world, element), up;
    if (before == operation) {
        return;
    }
    state->operation = (uint8_t)operation;
    up = state_is_up(world, element);
    if (was_up != up && element < world->topology->asset_count) {
        toc_supply_asset_changed(world, element);
    }
    toc_world_tell(world,
                   (toc_change){TOC_CHANGE_OPERATION, element, TOC_INDEX_NONE, before, operation});
    toc_sense_operation(world, element, harm(operation) > harm(before));
    toc_power_touch(world, element);
    if (was_up != up) {
        toc_transport_touch(world, element);
        toc_control_touch(world, element);
        toc_need_source_changed(world, element, up);
        toc_traffic_end_changed(world, element);
        toc_road_touch(world, element);
    }
}

static void on_started(void *object, uint64_t argument) {
    toc_world *world = object;
    uint32_t asset = (uint32_t)argument;
    TOC_ASSERT(world->elements[asset].operation == TOC_STARTING);
    world->assets[asset].starting = (toc_event_id){0, 0};
    world->elements[asset].flags &= (uint16_t)~ELEMENT_ALONE;
    set_operation(world, asset, running(world, asset));
    toc_settle_run(world);
}

static void stop_if_it_must(toc_world *world, uint32_t asset) {
    struct element_state *state = &world->elements[asset];
    struct asset_state *inner = &world->assets[asset];
    bool starting = state->operation == TOC_STARTING, whole = state_outage(world, asset) == 0;
    if (whole && state_is_up(world, asset) && inner->run_unmet == 0) {
        set_operation(world, asset, running(world, asset));
        return;
    }
    bool is_alone = (state->flags & ELEMENT_ALONE) != 0 && inner->run_unmet == 0;
    if (whole && starting && (inner->start_unmet == 0 || is_alone)) {
        return;
    }
    if (starting) {
        (void)toc_calendar_cancel(world->calendar, inner->starting);
        inner->starting = (toc_event_id){0, 0};
        state->flags &= (uint16_t)~ELEMENT_ALONE;
    }
    set_operation(world, asset, rest(world, asset));
}

bool toc_settle_start_alone(toc_world *world, uint32_t asset) {
    struct asset_state *inner = &world->assets[asset];
    struct element_state *state = &world->elements[asset];
    if (state_outage(world, asset) != 0 || inner->run_unmet != 0 || state_is_up(world, asset) ||
        state->operation == TOC_STARTING) {
        return false;
    }
    state->flags |= ELEMENT_ALONE;
    inner->starting = toc_calendar_schedule(world->calendar,
                                            toc_calendar_now(world->calendar) +
                                                world->topology->assets[asset].start_takes,
                                            TOC_PHYSICAL, on_started, world, asset);
    set_operation(world, asset, TOC_STARTING);
    toc_settle_run(world);
    return true;
}

static void start_if_it_can(toc_world *world, uint32_t asset) {
    struct asset_state *inner = &world->assets[asset];
    toc_time takes = world->topology->assets[asset].start_takes;
    if (state_outage(world, asset) != 0 || state_is_up(world, asset) ||
        world->elements[asset].operation == TOC_STARTING) {
        return;
    }
    if (inner->start_unmet > 0) {
        set_operation(world, asset, TOC_OFF);
        return;
    }
    if (takes == 0) {
        set_operation(world, asset, running(world, asset));
        return;
    }
    inner->starting =
        toc_calendar_schedule(world->calendar, toc_calendar_now(world->calendar) + takes,
                              TOC_PHYSICAL, on_started, world, asset);
    set_operation(world, asset, TOC_STARTING);
}

void toc_settle_look(toc_world *world, uint32_t element) {
    struct element_state *state = &world->elements[element];
    toc_power_touch(world, element);
    if (element >= world->topology->asset_count) {
        bool is_on = state_outage(world, element) == 0 && toc_traffic_is_carried(world, element);
        set_operation(world, element, is_on ? TOC_ON : rest(world, element));
        return;
    }
    if ((state->flags & ELEMENT_QUEUED_DOWN) == 0) {
        state->flags |= ELEMENT_QUEUED_DOWN;
        push(&world->down, element);
    }
    if (world->assets[element].start_unmet == 0 && state_outage(world, element) == 0 &&
        (state->flags & ELEMENT_QUEUED_UP) == 0) {
        state->flags |= ELEMENT_QUEUED_UP;
        push(&world->up, element);
    }
}

/* Stops only take away and starts only add, so within one change an asset does each at most once;
   more means that a listener drives two assets against each other. */
static void check_rounds(const toc_world *world, uint64_t rounds, uint32_t last, uint32_t before) {
    const toc_topology *topology = world->topology;
    char text[600];
    if (rounds <= 1000 + 16 * (uint64_t)topology->asset_count) {
        return;
    }
    (void)snprintf(text, sizeof text, "'%.255s' and '%.255s' switch each other without end",
                   topology->assets[before].id, topology->assets[last].id);
    toc_assert_failed(text, __FILE__, __LINE__);
}

void toc_settle_run(toc_world *world) {
    uint64_t rounds = 0;
    uint32_t last = 0, before = 0;
    if (world->settling) {
        return;
    }
    world->settling = true;
    do {
        while (world->down.count > 0 || world->up.count > 0) {
            before = last;
            if (world->down.count > 0) {
                last = pop(&world->down);
                world->elements[last].flags &= (uint16_t)~ELEMENT_QUEUED_DOWN;
                stop_if_it_must(world, last);
            } else {
                last = pop(&world->up);
                world->elements[last].flags &= (uint16_t)~ELEMENT_QUEUED_UP;
                start_if_it_can(world, last);
            }
            check_rounds(world, ++rounds, last, before);
        }
        toc_supply_tell(world);
    } while (world->down.count > 0 || world->up.count > 0);
    world->settling = false;
}
