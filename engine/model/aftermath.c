#include "tocsin/aftermath.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/digest.h"
#include "kernel/list.h"
#include "model/failover.h"
#include "model/job.h"
#include "model/power.h"
#include "model/service.h"
#include "model/tank.h"
#include "model/transport.h"
#include "model/world.h"

#include <string.h>

static const double milli_per_mw = 1e9;

/* So many events pass between two looks of whoever watches. */
enum { WATCH_EVERY = 256 };

struct toc_aftermath {
    const toc_topology *topology;
    toc_calendar *calendar;
    toc_conditions *conditions;
    toc_world *world;
    double *rest_mw;       /* by link */
    int64_t *rest_carried; /* by link */
    int32_t *rest_level;   /* by tank */
    toc_list events;       /* toc_aftermath_event */
    char rule[16];
};

static const char *const rules[] = {"H+T2", "H+T1", "H",       "S+T2",    "S+T1",
                                    "S",    "none", "none+T1", "none+T2", NULL};

bool toc_aftermath_is_rule(const char *text) {
    toc_power_rules read;
    return toc_power_parse_rules(text, &read);
}

const char *toc_aftermath_rule_at(size_t number) {
    TOC_ASSERT(number < sizeof rules / sizeof *rules);
    return rules[number];
}

static void note(toc_aftermath *aftermath, toc_aftermath_event_kind kind, const toc_change *change,
                 uint32_t subject) {
    toc_aftermath_event *event = toc_list_add(&aftermath->events, sizeof *event);
    *event = (toc_aftermath_event){toc_calendar_now(aftermath->calendar), kind, subject,
                                   change->after, ""};
    if (kind == TOC_AFTERMATH_OPERATION) {
        event->state = toc_world_operation_name((toc_operation)change->after);
    } else if (kind == TOC_AFTERMATH_TANK) {
        event->state = toc_tank_phase_name((toc_tank_phase)change->after);
    }
}

static void listen(void *object, const toc_change *change) {
    toc_aftermath *aftermath = object;
    uint32_t assets = aftermath->topology->asset_count;
    if (change->kind == TOC_CHANGE_CAUSE && change->other == TOC_CAUSE_TRIPPED &&
        change->after == 1 && change->subject >= assets) {
        note(aftermath, TOC_AFTERMATH_TRIP, change, change->subject - assets);
    } else if (change->kind == TOC_CHANGE_OVERLOAD) {
        note(aftermath, TOC_AFTERMATH_OVERLOAD, change, change->subject - assets);
    } else if (change->kind == TOC_CHANGE_OPERATION) {
        note(aftermath, TOC_AFTERMATH_OPERATION, change, change->subject);
    } else if (change->kind == TOC_CHANGE_SERVICE && change->before != change->after) {
        note(aftermath, TOC_AFTERMATH_LEVEL, change, change->subject);
    } else if (change->kind == TOC_CHANGE_TANK) {
        note(aftermath, TOC_AFTERMATH_TANK, change, change->subject);
    }
}

static void set_rules(toc_aftermath *aftermath, const toc_aftermath_wish *wish) {
    toc_power_rules chosen = {TOC_DISPATCH_HEADROOM, TOC_RELAY_TIMED, 0, 0};
    bool known = wish->rule == NULL || toc_power_parse_rules(wish->rule, &chosen);
    TOC_ASSERT(known);
    if (toc_power_is_modelled(aftermath->world)) {
        chosen.margin_ppm = wish->margin_ppm;
        chosen.floor_w = wish->floor_w;
        toc_power_set_rules(aftermath->world, &chosen);
        toc_power_print_rules(&chosen, aftermath->rule, sizeof aftermath->rule);
    }
}

/* As calendar_run, with somebody who watches. */
static void run(toc_aftermath *aftermath, const toc_aftermath_wish *wish, toc_time until) {
    uint64_t events = 0;
    while (toc_calendar_next(aftermath->calendar) <= until) {
        (void)toc_calendar_step(aftermath->calendar);
        if (wish->watch != NULL && ++events % WATCH_EVERY == 0) {
            wish->watch(wish->watch_object, toc_calendar_now(aftermath->calendar), wish->until);
        }
    }
    toc_calendar_run(aftermath->calendar, until);
}

/* How it is before the outages. */
static void keep_rest(toc_aftermath *aftermath) {
    const toc_topology *topology = aftermath->topology;
    size_t links = topology->link_count + (size_t)1, tanks = topology->tank_count + (size_t)1;
    aftermath->rest_mw = toc_arena_heap(NULL, links, sizeof *aftermath->rest_mw);
    aftermath->rest_carried = toc_arena_heap(NULL, links, sizeof *aftermath->rest_carried);
    aftermath->rest_level = toc_arena_heap(NULL, tanks, sizeof *aftermath->rest_level);
    for (uint32_t i = 0; i < topology->link_count; i++) {
        aftermath->rest_mw[i] = toc_power_flow_mw(aftermath->world, i);
        aftermath->rest_carried[i] = toc_transport_carried(aftermath->world, i);
    }
    for (uint32_t i = 0; i < topology->tank_count; i++) {
        aftermath->rest_level[i] = toc_tank_read(aftermath->world, i).level_mm;
    }
}

toc_aftermath *toc_aftermath_create(const toc_topology *topology, const toc_aftermath_wish *wish) {
    toc_aftermath *aftermath = toc_arena_heap(NULL, 1, sizeof *aftermath);
    TOC_ASSERT(wish->out_at >= 0 && wish->until >= wish->out_at && wish->until < TOC_NEVER);
    memset(aftermath, 0, sizeof *aftermath);
    aftermath->topology = topology;
    aftermath->calendar = toc_calendar_create();
    aftermath->conditions = toc_conditions_create(aftermath->calendar);
    aftermath->world = toc_world_create(topology, aftermath->calendar, aftermath->conditions,
                                        (toc_chance){1, 0}, listen, aftermath);
    set_rules(aftermath, wish);
    aftermath->events.count = 0; /* what the rules did at the start is how it is at rest */
    run(aftermath, wish, wish->out_at);
    keep_rest(aftermath);
    for (size_t i = 0; i < wish->out_count; i++) {
        (void)toc_world_fail(aftermath->world, wish->out[i], TOC_CAUSE_DAMAGED);
    }
    run(aftermath, wish, wish->until);
    return aftermath;
}

void toc_aftermath_destroy(toc_aftermath *aftermath) {
    if (aftermath == NULL) {
        return;
    }
    toc_world_destroy(aftermath->world);
    toc_conditions_destroy(aftermath->conditions);
    toc_calendar_destroy(aftermath->calendar);
    toc_list_finish(&aftermath->events);
    toc_arena_heap_free(aftermath->rest_mw);
    toc_arena_heap_free(aftermath->rest_carried);
    toc_arena_heap_free(aftermath->rest_level);
    toc_arena_heap_free(aftermath);
}

toc_aftermath_facts toc_aftermath_facts_of(const toc_aftermath *aftermath) {
    toc_digest digest = toc_digest_start();
    toc_aftermath_facts facts = {.has_grid = toc_power_is_modelled(aftermath->world),
                                 .rule = aftermath->rule,
                                 .islands = toc_power_island_count(aftermath->world),
                                 .rounds = toc_power_rounds(aftermath->world),
                                 .lost_mw = toc_power_lost_mw(aftermath->world),
                                 .changed = TOC_NEVER};
    uint32_t events = aftermath->events.count;
    for (uint32_t i = 0; i < aftermath->topology->link_count; i++) {
        facts.trips += toc_power_tripped_at(aftermath->world, i) != TOC_NEVER ? 1 : 0;
    }
    if (events > 0) {
        facts.changed = toc_aftermath_event_at(aftermath, events - 1).at;
    }
    toc_world_digest(aftermath->world, &digest);
    facts.digest = toc_digest_value(digest);
    return facts;
}

toc_aftermath_service toc_aftermath_service_of(const toc_aftermath *aftermath, uint32_t service) {
    TOC_ASSERT(service < aftermath->topology->service_count);
    toc_service_figures figures = toc_service_read(aftermath->world, service);
    return (toc_aftermath_service){.demand = figures.demand,
                                   .supply = figures.supply,
                                   .level_ppm = figures.level_ppm,
                                   .least_ppm = figures.min_level_ppm,
                                   .people_out = figures.people_out,
                                   .first_loss = figures.first_loss};
}

static bool is_crowded_out(const toc_world *world, const toc_asset *asset) {
    bool is = false;
    for (uint32_t i = 0; i < asset->need_count; i++) {
        is = is || toc_failover_is_crowded_out(world, asset->first_need + i);
    }
    return is;
}

toc_aftermath_asset toc_aftermath_asset_of(const toc_aftermath *aftermath, uint32_t asset) {
    const toc_world *world = aftermath->world;
    TOC_ASSERT(asset < aftermath->topology->asset_count);
    bool is_bus = toc_power_is_bus(world, asset);
    bool is_lit = is_bus && !toc_power_is_dead(world, asset) &&
                  toc_power_island(world, asset) != TOC_INDEX_NONE;
    return (toc_aftermath_asset){
        .operation = toc_world_operation_name(toc_world_operation(world, asset)),
        .is_bus = is_bus,
        .is_lit = is_lit,
        .is_crowded_out = is_crowded_out(world, &aftermath->topology->assets[asset]),
        .asks_mw = (double)toc_power_asked_milli(world, asset) / milli_per_mw,
        .gets_mw = (double)toc_power_drawn_milli(world, asset) / milli_per_mw,
        .angle_deg = is_lit ? toc_power_angle_deg(world, asset) : 0,
        .island = toc_power_island(world, asset)};
}

toc_aftermath_island toc_aftermath_island_of(const toc_aftermath *aftermath, uint32_t island) {
    const toc_topology *topology = aftermath->topology;
    toc_aftermath_island sums = {.first_bus = TOC_INDEX_NONE};
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        toc_aftermath_asset bus = toc_aftermath_asset_of(aftermath, i);
        if (bus.is_bus && bus.island == island) {
            sums.first_bus = sums.buses++ == 0 ? i : sums.first_bus;
            sums.asks_mw += bus.asks_mw;
            sums.gets_mw += bus.gets_mw;
            sums.is_lit = bus.is_lit;
        }
    }
    for (uint32_t i = 0; i < topology->generation_count; i++) {
        if (toc_power_island(aftermath->world, topology->generations[i].bus) == island) {
            sums.output_mw += toc_power_output_mw(aftermath->world, i);
        }
    }
    return sums;
}

toc_aftermath_link toc_aftermath_link_of(const toc_aftermath *aftermath, uint32_t link) {
    const toc_topology *topology = aftermath->topology;
    const toc_world *world = aftermath->world;
    TOC_ASSERT(link < topology->link_count);
    toc_link_kind kind = topology->links[link].kind;
    toc_operation operation = toc_world_operation(world, topology->asset_count + link);
    return (toc_aftermath_link){.operation = toc_world_operation_name(operation),
                                .is_line = toc_power_is_modelled(world) &&
                                           (kind == TOC_LINK_LINE || kind == TOC_LINK_TRANSFORMER),
                                .is_overloaded = toc_power_is_overloaded(world, link),
                                .flow_mw = toc_power_flow_mw(world, link),
                                .rest_mw = aftermath->rest_mw[link],
                                .commodity = toc_transport_carries(world, link),
                                .carried = toc_transport_carried(world, link),
                                .rest_carried = aftermath->rest_carried[link],
                                .rating_w = toc_power_rating(world, link),
                                .tripped_at = toc_power_tripped_at(world, link)};
}

toc_aftermath_tank toc_aftermath_tank_of(const toc_aftermath *aftermath, uint32_t tank) {
    toc_tank_figures figures;
    TOC_ASSERT(tank < aftermath->topology->tank_count);
    figures = toc_tank_read(aftermath->world, tank);
    return (toc_aftermath_tank){.phase = toc_tank_phase_name(figures.phase),
                                .volume_ml = figures.volume_ml,
                                .spilt_ml = figures.spilt_ml,
                                .inflow = figures.inflow,
                                .level_mm = figures.level_mm,
                                .rest_level_mm = aftermath->rest_level[tank]};
}

double toc_aftermath_output_mw(const toc_aftermath *aftermath, uint32_t generation) {
    return toc_power_output_mw(aftermath->world, generation);
}

toc_time toc_aftermath_journey(const toc_aftermath *aftermath, uint32_t crew, uint32_t element,
                               uint32_t *out_assets, uint32_t most, uint32_t *out_count) {
    *out_count = toc_job_route(aftermath->world, crew, element, out_assets, most);
    return toc_job_travel_time(aftermath->world, crew, element);
}

uint32_t toc_aftermath_event_count(const toc_aftermath *aftermath) {
    return aftermath->events.count;
}

toc_aftermath_event toc_aftermath_event_at(const toc_aftermath *aftermath, uint32_t number) {
    TOC_ASSERT(number < aftermath->events.count);
    return *TOC_LIST_AT(const toc_aftermath_event, &aftermath->events, number);
}
