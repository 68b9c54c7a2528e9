#include "model/hunt.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/detection_state.h"
#include "model/intrusion.h"
#include "model/sensor.h"

static bool is_found(const uint32_t *found, uint32_t count, uint32_t asset) {
    for (uint32_t i = 0; i < count; i++) {
        if (found[i] == asset) {
            return true;
        }
    }
    return false;
}

uint32_t toc_hunt_look(toc_world *world, const toc_hunt *hunt) {
    uint32_t entity = toc_chance_key(hunt->name), which = toc_chance_key("hunt looks at");
    uint32_t finds = toc_chance_key("hunt finds"), count = 0;
    uint32_t *found = toc_arena_heap(NULL, hunt->looks + (size_t)1, sizeof *found);
    for (uint32_t i = 0; i < hunt->looks && hunt->count > 0; i++) {
        uint32_t occurrence = hunt->looked + i;
        int64_t place = toc_chance_between(&world->chance, (toc_draw){entity, which, occurrence}, 0,
                                           hunt->count - 1);
        uint32_t asset = hunt->assets[place];
        if (toc_intrusion_is_present(world, asset) && !is_found(found, count, asset) &&
            toc_chance_happens(&world->chance, (toc_draw){entity, finds, occurrence},
                               hunt->chance_ppm)) {
            found[count++] = asset;
        }
    }
    if (count > 0) {
        toc_sensor_prepare(world);
    }
    for (uint32_t i = 0; i < count; i++) {
        toc_alert_raise(world, &(toc_alert){.sensor = TOC_INDEX_NONE,
                                            .operator_index = hunt->operator_index,
                                            .asset = found[i],
                                            .attacker = TOC_INDEX_NONE,
                                            .genuine = true});
    }
    toc_arena_heap_free(found);
    return count;
}

static void on_hunt(void *object, uint64_t number);

static void set_out(toc_world *world, uint32_t desk) {
    toc_time every = world->topology->analysts[desk].hunt_every;
    toc_time now = toc_calendar_now(world->calendar);
    if (every < TOC_NEVER - now) {
        world->detection->desks[desk].hunt =
            toc_calendar_schedule(world->calendar, now + every, TOC_SENSOR, on_hunt, world, desk);
    }
}

static void on_hunt(void *object, uint64_t number) {
    toc_world *world = object;
    struct desk *desk = &world->detection->desks[number];
    const toc_analysts *analysts = &world->topology->analysts[number];
    toc_hunt hunt = {.operator_index = analysts->operator_index,
                     .assets = desk->assets,
                     .count = desk->asset_count,
                     .looks = analysts->hunt_looks,
                     .chance_ppm = analysts->hunt_ppm,
                     .name = world->topology->operators[analysts->operator_index].id,
                     .looked = analysts->hunt_looks * desk->hunts++};
    set_out(world, (uint32_t)number);
    (void)toc_hunt_look(world, &hunt);
}

/* Where an operator's analysts hunt: on its assets in zones of the network. */
static void find_assets(const toc_topology *topology, uint32_t operator_index, struct desk *desk) {
    desk->assets = toc_arena_heap(NULL, topology->asset_count + (size_t)1, sizeof *desk->assets);
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        if (topology->assets[i].operator_index == operator_index &&
            topology->assets[i].zone != TOC_INDEX_NONE) {
            desk->assets[desk->asset_count++] = i;
        }
    }
}

void toc_hunt_init(toc_world *world) {
    for (uint32_t i = 0; i < world->topology->analysts_count; i++) {
        const toc_analysts *analysts = &world->topology->analysts[i];
        if (analysts->hunt_every > 0) {
            find_assets(world->topology, analysts->operator_index, &world->detection->desks[i]);
            set_out(world, i);
        }
    }
}

void toc_hunt_finish(toc_world *world) {
    for (uint32_t i = 0; i < world->topology->analysts_count; i++) {
        (void)toc_calendar_cancel(world->calendar, world->detection->desks[i].hunt);
        toc_arena_heap_free(world->detection->desks[i].assets);
    }
}
