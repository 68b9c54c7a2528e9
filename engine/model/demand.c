#include "model/demand.h"

#include "kernel/arena.h"
#include "model/power.h"
#include "model/supply.h"
#include "model/transport.h"

#include <string.h>

__extension__ typedef __int128 wide;

/* The provisions of pattern p: demands.order[first[p] .. first[p + 1]). */
struct demands {
    int64_t *now; /* by provision */
    uint32_t *first, *order;
    toc_event_id *steps; /* by pattern */
};

int64_t toc_demand_now(const toc_world *world, uint32_t provision) {
    return world->demands == NULL ? world->topology->provisions[provision].demand
                                  : world->demands->now[provision];
}

static int64_t factor_at(const toc_topology *topology, uint32_t pattern, toc_time time) {
    const toc_pattern *facts = &topology->patterns[pattern];
    uint32_t step = (uint32_t)(time / facts->step % facts->factor_count);
    return topology->factors_ppm[facts->first_factor + step];
}

static int64_t scaled(const toc_world *world, uint32_t provision, toc_time time) {
    const toc_provision *facts = &world->topology->provisions[provision];
    return (
        int64_t)(((wide)facts->demand * factor_at(world->topology, facts->pattern, time) + 500000) /
                 1000000);
}

static void on_step(void *object, uint64_t argument);

/* The next step that is not like the present one. */
static void schedule_step(toc_world *world, uint32_t pattern) {
    const toc_pattern *facts = &world->topology->patterns[pattern];
    toc_time now = toc_calendar_now(world->calendar), next = now - now % facts->step;
    int64_t factor = factor_at(world->topology, pattern, now);
    for (uint32_t i = 0; i < facts->factor_count && next < TOC_NEVER - facts->step; i++) {
        next += facts->step;
        if (factor_at(world->topology, pattern, next) != factor) {
            world->demands->steps[pattern] =
                toc_calendar_schedule(world->calendar, next, TOC_PHYSICAL, on_step, world, pattern);
            return;
        }
    }
}

static void on_step(void *object, uint64_t argument) {
    toc_world *world = object;
    struct demands *demands = world->demands;
    uint32_t pattern = (uint32_t)argument;
    toc_time now = toc_calendar_now(world->calendar);
    for (uint32_t i = demands->first[pattern]; i < demands->first[pattern + 1]; i++) {
        uint32_t provision = demands->order[i];
        int64_t before = demands->now[provision];
        demands->now[provision] = scaled(world, provision, now);
        if (demands->now[provision] != before) {
            toc_power_demand_changed(world, provision, demands->now[provision] - before);
            toc_supply_demand_changed(world, provision, before);
            toc_transport_demand_changed(world, provision);
        }
    }
    schedule_step(world, pattern);
    toc_supply_tell(world);
}

static void sort_by_pattern(struct demands *demands, const toc_topology *topology) {
    uint32_t patterns = topology->pattern_count;
    demands->first = toc_arena_heap(NULL, (size_t)patterns + 2, sizeof *demands->first);
    demands->order =
        toc_arena_heap(NULL, (size_t)topology->provision_count + 1, sizeof *demands->order);
    memset(demands->first, 0, ((size_t)patterns + 2) * sizeof *demands->first);
    for (uint32_t i = 0; i < topology->provision_count; i++) {
        if (topology->provisions[i].pattern != TOC_INDEX_NONE) {
            demands->first[topology->provisions[i].pattern + 2]++;
        }
    }
    for (uint32_t p = 0; p < patterns; p++) {
        demands->first[p + 2] += demands->first[p + 1];
    }
    for (uint32_t i = 0; i < topology->provision_count; i++) {
        if (topology->provisions[i].pattern != TOC_INDEX_NONE) {
            demands->order[demands->first[topology->provisions[i].pattern + 1]++] = i;
        }
    }
}

void toc_demand_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    toc_time now = toc_calendar_now(world->calendar);
    struct demands *demands;
    if (topology->pattern_count == 0) {
        return;
    }
    demands = toc_arena_heap(NULL, 1, sizeof *demands);
    world->demands = demands;
    sort_by_pattern(demands, topology);
    demands->now = toc_arena_heap(NULL, (size_t)topology->provision_count + 1, sizeof(int64_t));
    demands->steps = toc_arena_heap(NULL, topology->pattern_count, sizeof *demands->steps);
    memset(demands->steps, 0, topology->pattern_count * sizeof *demands->steps);
    for (uint32_t i = 0; i < topology->provision_count; i++) {
        demands->now[i] = topology->provisions[i].pattern == TOC_INDEX_NONE
                              ? topology->provisions[i].demand
                              : scaled(world, i, now);
    }
    for (uint32_t p = 0; p < topology->pattern_count; p++) {
        if (demands->first[p] < demands->first[p + 1]) {
            schedule_step(world, p);
        }
    }
}

void toc_demand_finish(toc_world *world) {
    struct demands *demands = world->demands;
    if (demands == NULL) {
        return;
    }
    for (uint32_t p = 0; p < world->topology->pattern_count; p++) {
        (void)toc_calendar_cancel(world->calendar, demands->steps[p]);
    }
    toc_arena_heap_free(demands->now);
    toc_arena_heap_free(demands->first);
    toc_arena_heap_free(demands->order);
    toc_arena_heap_free(demands->steps);
    toc_arena_heap_free(demands);
}
