#include "model/sensor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/detection_state.h"
#include "model/hunt.h"
#include "model/intrusion.h"
#include "model/network.h"

static const toc_sensor *facts_at(const toc_world *world, uint32_t sensor) {
    return &world->topology->sensors[sensor];
}

bool toc_sensor_is_blind(const toc_world *world, uint32_t sensor) {
    uint32_t on = facts_at(world, sensor)->on;
    return on != TOC_INDEX_NONE && (!state_is_up(world, on) || toc_network_is_isolated(world, on));
}

/* -- Who covers what --------------------------------------------------------------------------- */

static int by_asset(const void *left, const void *right) {
    const struct cover *a = left, *b = right;
    if (a->asset != b->asset) {
        return a->asset < b->asset ? -1 : 1;
    }
    return a->sensor < b->sensor ? -1 : a->sensor > b->sensor ? 1 : 0;
}

/* The first cover of the asset, or where it would stand. */
static uint32_t first_cover(const toc_world *world, uint32_t asset) {
    uint32_t low = 0, high = world->topology->cover_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (world->detection->covers[middle].asset < asset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool covers(const toc_world *world, uint32_t cover, uint32_t asset) {
    return cover < world->topology->cover_count && world->detection->covers[cover].asset == asset;
}

/* -- Attackers --------------------------------------------------------------------------------- */

static uint32_t stay_of(toc_world *world, uint32_t cover_index, uint32_t attacker) {
    toc_list *stays = &world->detection->stays;
    struct cover *cover = &world->detection->covers[cover_index];
    for (uint32_t i = cover->first_stay; i != TOC_INDEX_NONE;) {
        const struct stay *stay = TOC_LIST_AT(const struct stay, stays, i);
        if (stay->attacker == attacker) {
            return i;
        }
        i = stay->next;
    }
    *(struct stay *)toc_list_add(stays, sizeof(struct stay)) =
        (struct stay){.sensor = cover->sensor,
                      .attacker = attacker,
                      .asset = cover->asset,
                      .next = cover->first_stay};
    cover->first_stay = stays->count - 1;
    return cover->first_stay;
}

static toc_draw draw_of(const toc_world *world, const struct stay *stay, const char *what,
                        uint32_t occurrence) {
    char purpose[1024];
    (void)snprintf(purpose, sizeof purpose, "%s %s on %s", what,
                   toc_intrusion_name(world, stay->attacker),
                   world->topology->assets[stay->asset].id);
    return (toc_draw){toc_chance_key(facts_at(world, stay->sensor)->id), toc_chance_key(purpose),
                      occurrence};
}

static void raise_alert(toc_world *world, const struct stay *stay) {
    toc_alert_raise(world,
                    &(toc_alert){.sensor = stay->sensor,
                                 .operator_index = facts_at(world, stay->sensor)->operator_index,
                                 .asset = stay->asset,
                                 .attacker = stay->attacker,
                                 .genuine = true});
}

bool toc_sensor_knows(const toc_sensor *sensor, const char *technique) {
    const char *list = sensor->techniques;
    size_t length;
    if (list[0] == '\0') {
        return true;
    }
    for (list += strspn(list, " \t\r\n"); *list != '\0'; list += strspn(list, " \t\r\n")) {
        length = strcspn(list, " \t\r\n");
        if (strncmp(list, technique, length) == 0 &&
            (technique[length] == '\0' || technique[length] == '.')) {
            return true;
        }
        list += length;
    }
    return false;
}

uint32_t toc_sensor_step(toc_world *world, uint32_t attacker, uint32_t asset, const char *technique,
                         int64_t noise_ppm) {
    uint32_t noticed = 0;
    if (world->detection == NULL) {
        return 0;
    }
    for (uint32_t c = first_cover(world, asset); covers(world, c, asset); c++) {
        uint32_t sensor = world->detection->covers[c].sensor;
        uint32_t number = stay_of(world, c, attacker);
        struct stay *stay = TOC_LIST_AT(struct stay, &world->detection->stays, number);
        int64_t chance = facts_at(world, sensor)->chance_ppm * noise_ppm / 1000000;
        toc_draw draw = draw_of(world, stay, "notices", stay->steps++);
        if (toc_sensor_knows(facts_at(world, sensor), technique) &&
            !toc_sensor_is_blind(world, sensor) &&
            toc_chance_happens(&world->chance, draw, chance)) {
            raise_alert(world, stay);
            noticed++;
        }
    }
    return noticed;
}

static void on_clock(void *object, uint64_t number);

static void set_clock(toc_world *world, uint32_t number) {
    struct stay *stay = TOC_LIST_AT(struct stay, &world->detection->stays, number);
    toc_draw draw = draw_of(world, stay, "finds", stay->times++);
    toc_time now = toc_calendar_now(world->calendar);
    toc_time after =
        toc_chance_exponential(&world->chance, draw, facts_at(world, stay->sensor)->dwell);
    if (after < TOC_NEVER - now) {
        stay->clock = toc_calendar_schedule(world->calendar, now + after, TOC_SENSOR, on_clock,
                                            world, number);
    }
}

/* Without memory: whoever has been found may be found again, and a blind hour is no loss later. */
static void on_clock(void *object, uint64_t number) {
    toc_world *world = object;
    struct stay stay = *TOC_LIST_AT(struct stay, &world->detection->stays, (uint32_t)number);
    set_clock(world, (uint32_t)number);
    if (!toc_sensor_is_blind(world, stay.sensor)) {
        raise_alert(world, &stay);
    }
}

void toc_sensor_presence(toc_world *world, uint32_t attacker, uint32_t asset) {
    bool is_there;
    if (world->detection == NULL) {
        return;
    }
    is_there = toc_intrusion_access(world, attacker, asset) != TOC_ACCESS_NONE ||
               toc_intrusion_has_implant(world, attacker, asset);
    for (uint32_t c = first_cover(world, asset); covers(world, c, asset); c++) {
        uint32_t sensor = world->detection->covers[c].sensor;
        if (facts_at(world, sensor)->dwell == 0) {
            continue;
        }
        uint32_t number = stay_of(world, c, attacker);
        struct stay *stay = TOC_LIST_AT(struct stay, &world->detection->stays, number);
        bool is_set = toc_calendar_is_pending(world->calendar, stay->clock);
        if (is_there && !is_set) {
            set_clock(world, number);
        } else if (!is_there && is_set) {
            (void)toc_calendar_cancel(world->calendar, stay->clock);
            stay->clock = (toc_event_id){0, 0};
        }
    }
}

/* -- False alarms ------------------------------------------------------------------------------ */

static void on_false_alarm(void *object, uint64_t number);

static void set_false_alarm(toc_world *world, uint32_t sensor) {
    const toc_sensor *facts = facts_at(world, sensor);
    struct sensor_state *state = &world->detection->sensors[sensor];
    toc_draw draw = {toc_chance_key(facts->id), toc_chance_key("false alarm"), state->false_alarms};
    toc_time now = toc_calendar_now(world->calendar);
    toc_time after = toc_chance_exponential(&world->chance, draw, facts->false_every);
    if (after < TOC_NEVER - now) {
        state->false_alarm = toc_calendar_schedule(world->calendar, now + after, TOC_SENSOR,
                                                   on_false_alarm, world, sensor);
    }
}

static void on_false_alarm(void *object, uint64_t number) {
    toc_world *world = object;
    uint32_t sensor = (uint32_t)number;
    const toc_sensor *facts = facts_at(world, sensor);
    struct sensor_state *state = &world->detection->sensors[sensor];
    toc_draw draw = {toc_chance_key(facts->id), toc_chance_key("false alarm on"),
                     state->false_alarms++};
    set_false_alarm(world, sensor);
    if (!toc_sensor_is_blind(world, sensor)) {
        int64_t which = toc_chance_between(&world->chance, draw, 0, facts->cover_count - 1);
        toc_alert_raise(
            world,
            &(toc_alert){.sensor = sensor,
                         .operator_index = facts->operator_index,
                         .asset = world->topology->covers[facts->first_cover + (uint32_t)which],
                         .attacker = TOC_INDEX_NONE});
    }
}

/* -- Beginning and end ------------------------------------------------------------------------- */

static void index_covers(toc_world *world) {
    const toc_topology *topology = world->topology;
    struct cover *list = toc_arena_heap(NULL, topology->cover_count + (size_t)1, sizeof *list);
    uint32_t count = 0;
    for (uint32_t s = 0; s < topology->sensor_count; s++) {
        const toc_sensor *sensor = &topology->sensors[s];
        for (uint32_t i = 0; i < sensor->cover_count; i++) {
            list[count++] =
                (struct cover){topology->covers[sensor->first_cover + i], s, TOC_INDEX_NONE};
        }
    }
    TOC_ASSERT(count == topology->cover_count);
    qsort(list, count, sizeof *list, by_asset);
    world->detection->covers = list;
}

void toc_sensor_prepare(toc_world *world) {
    const toc_topology *topology = world->topology;
    size_t sensors = topology->sensor_count + (size_t)1,
           desks = topology->analysts_count + (size_t)1;
    if (world->detection != NULL) {
        return;
    }
    world->detection = toc_arena_heap(NULL, 1, sizeof *world->detection);
    memset(world->detection, 0, sizeof *world->detection);
    world->detection->sensors = toc_arena_heap(NULL, sensors, sizeof *world->detection->sensors);
    memset(world->detection->sensors, 0, sensors * sizeof *world->detection->sensors);
    world->detection->desks = toc_arena_heap(NULL, desks, sizeof *world->detection->desks);
    memset(world->detection->desks, 0, desks * sizeof *world->detection->desks);
    index_covers(world);
    toc_alert_init(world);
}

void toc_sensor_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    if (topology->sensor_count + topology->analysts_count == 0) {
        return;
    }
    toc_sensor_prepare(world);
    toc_hunt_init(world);
    for (uint32_t s = 0; s < topology->sensor_count; s++) {
        if (topology->sensors[s].false_every > 0 && topology->sensors[s].cover_count > 0) {
            set_false_alarm(world, s);
        }
    }
}

void toc_sensor_finish(toc_world *world) {
    struct detection *detection = world->detection;
    if (detection == NULL) {
        return;
    }
    for (uint32_t i = 0; i < detection->stays.count; i++) {
        (void)toc_calendar_cancel(world->calendar,
                                  TOC_LIST_AT(struct stay, &detection->stays, i)->clock);
    }
    for (uint32_t i = 0; i < world->topology->sensor_count; i++) {
        (void)toc_calendar_cancel(world->calendar, detection->sensors[i].false_alarm);
    }
    toc_hunt_finish(world);
    toc_alert_finish(world);
    toc_list_finish(&detection->stays);
    toc_arena_heap_free(detection->covers);
    toc_arena_heap_free(detection->sensors);
    toc_arena_heap_free(detection->desks);
    toc_arena_heap_free(detection);
}
