#include "model/grid.h"

#include "kernel/arena.h"
#include "kernel/assert.h"

#include <string.h>

/* A line whose reactance is not said counts as one of average length, per unit on 100 MVA. */
static const double usual_reactance = 0.1;

static const double radians_per_degree = 0.017453292519943295;

static void *array(size_t count, size_t size) {
    void *items = toc_arena_heap(NULL, count + 1, size);
    memset(items, 0, (count + 1) * size);
    return items;
}

static bool is_electrical(const toc_link *link) {
    return link->kind == TOC_LINK_LINE || link->kind == TOC_LINK_TRANSFORMER;
}

static void number_buses(const toc_topology *topology, struct power *power) {
    uint32_t *bus_of = array(topology->asset_count, sizeof *bus_of);
    for (uint32_t i = 0; i < topology->link_count; i++) {
        if (is_electrical(&topology->links[i])) {
            bus_of[topology->links[i].from] = bus_of[topology->links[i].to] = 1;
            power->line_count++;
        }
    }
    for (uint32_t i = 0; i < topology->generation_count; i++) {
        bus_of[topology->generations[i].bus] = 1;
    }
    for (uint32_t i = 0; i < topology->bus_count; i++) {
        bus_of[topology->buses[i].asset] = 1;
    }
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        bus_of[i] = bus_of[i] != 0 ? power->bus_count++ : UINT32_MAX;
    }
    power->bus_of_asset = bus_of;
}

static void fill_buses(const toc_topology *topology, struct power *power) {
    power->buses = array(power->bus_count, sizeof *power->buses);
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        const toc_asset *asset = &topology->assets[i];
        struct power_bus *bus;
        if (power->bus_of_asset[i] == UINT32_MAX) {
            continue;
        }
        bus = &power->buses[power->bus_of_asset[i]];
        bus->asset = i;
        bus->energised = true;
        for (uint32_t j = 0; j < asset->provision_count; j++) {
            const toc_provision *provision = &topology->provisions[asset->first_provision + j];
            if (strcmp(topology->services[provision->service].unit->dimension, "power") == 0) {
                bus->demand_milli += provision->demand * 1000;
            }
        }
    }
    for (uint32_t i = 0; i < topology->bus_count; i++) {
        struct power_bus *bus = &power->buses[power->bus_of_asset[topology->buses[i].asset]];
        bus->reference = topology->buses[i].reference;
        bus->angle_rad = topology->buses[i].angle_deg * radians_per_degree;
        bus->demand_milli += topology->buses[i].shunt * 1000;
    }
}

static void fill_units(const toc_topology *topology, struct power *power) {
    power->unit_count = topology->generation_count;
    power->units = array(power->unit_count, sizeof *power->units);
    for (uint32_t i = 0; i < power->unit_count; i++) {
        const toc_generation *generation = &topology->generations[i];
        power->units[i] = (struct power_unit){.asset = generation->asset,
                                              .bus = power->bus_of_asset[generation->bus],
                                              .scheduled_milli = generation->output_milli,
                                              .most_milli = generation->most_milli};
    }
}

static void fill_lines(const toc_topology *topology, struct power *power) {
    uint32_t count = 0, tap = 0;
    power->lines = array(power->line_count, sizeof *power->lines);
    power->branches = array(power->line_count, sizeof *power->branches);
    power->line_of_link = array(topology->link_count, sizeof *power->line_of_link);
    for (uint32_t i = 0; i < topology->link_count; i++) {
        const toc_link *link = &topology->links[i];
        double reactance = link->reactance != 0 ? link->reactance : usual_reactance;
        power->line_of_link[i] = UINT32_MAX;
        if (!is_electrical(link)) {
            continue;
        }
        power->branches[count] = (toc_flow_branch){.from = power->bus_of_asset[link->from],
                                                   .to = power->bus_of_asset[link->to],
                                                   .susceptance = 1 / reactance};
        while (tap < topology->tap_count && topology->taps[tap].link < i) {
            tap++;
        }
        if (tap < topology->tap_count && topology->taps[tap].link == i) {
            power->branches[count].susceptance = 1 / (reactance * topology->taps[tap].ratio);
            power->branches[count].shift_rad = topology->taps[tap].shift_deg * radians_per_degree;
        }
        power->lines[count] = (struct power_line){.link = i, .tripped_at = TOC_NEVER};
        power->lines[count].rating_milli =
            link->rating > INT64_MAX / 1000 ? 0 : link->rating * 1000;
        power->line_of_link[i] = count++;
    }
}

struct power *toc_grid_create(const toc_topology *topology) {
    struct power *power;
    if (topology->generation_count == 0) {
        return NULL;
    }
    power = array(1, sizeof *power);
    number_buses(topology, power);
    fill_buses(topology, power);
    fill_units(topology, power);
    fill_lines(topology, power);
    power->island_of = array(power->bus_count, sizeof *power->island_of);
    power->islands = array(power->bus_count, sizeof *power->islands);
    power->in = array(power->bus_count, sizeof *power->in);
    power->fixed = array(power->bus_count, sizeof *power->fixed);
    power->angles = array(power->bus_count, sizeof *power->angles);
    power->flow = toc_flow_create(power->bus_count, power->branches, power->line_count);
    return power;
}

void toc_grid_destroy(struct power *power) {
    if (power == NULL) {
        return;
    }
    toc_flow_destroy(power->flow);
    toc_arena_heap_free(power->buses);
    toc_arena_heap_free(power->units);
    toc_arena_heap_free(power->lines);
    toc_arena_heap_free(power->branches);
    toc_arena_heap_free(power->bus_of_asset);
    toc_arena_heap_free(power->line_of_link);
    toc_arena_heap_free(power->island_of);
    toc_arena_heap_free(power->islands);
    toc_arena_heap_free(power->in);
    toc_arena_heap_free(power->fixed);
    toc_arena_heap_free(power->angles);
    toc_arena_heap_free(power);
}

/* A busbar conducts unless something is the matter with it; that it has no power is not. */
static bool bus_is_in(const toc_world *world, const struct power_bus *bus) {
    uint32_t unmet = world->assets[bus->asset].run_unmet;
    return state_outage(world, bus->asset) == 0 && unmet == (bus->energised ? 0u : 1u);
}

/* A unit that is its own bus conducts and gives under the same condition. */
static bool unit_is_online(const toc_world *world, const struct power *power,
                           const struct power_unit *unit) {
    if (!power->in[unit->bus]) {
        return false;
    }
    return power->bus_of_asset[unit->asset] == unit->bus || state_is_up(world, unit->asset);
}

toc_grid_news toc_grid_refresh(const toc_world *world, struct power *power) {
    toc_grid_news news = {false, false, false};
    for (uint32_t i = 0; i < power->bus_count; i++) {
        bool in = bus_is_in(world, &power->buses[i]);
        if (in != power->in[i]) {
            power->in[i] = in;
            news.network = news.anything = true;
            news.more = news.more || in;
        }
    }
    for (uint32_t i = 0; i < power->line_count; i++) {
        toc_flow_branch *branch = &power->branches[i];
        uint32_t element = world->topology->asset_count + power->lines[i].link;
        bool closed =
            state_outage(world, element) == 0 && power->in[branch->from] && power->in[branch->to];
        if (closed != branch->closed) {
            branch->closed = closed;
            power->lines[i].heat = 0;
            power->lines[i].tripped_at = closed ? TOC_NEVER : power->lines[i].tripped_at;
            news.network = news.anything = true;
            news.more = news.more || closed;
        }
    }
    for (uint32_t i = 0; i < power->unit_count; i++) {
        bool online = unit_is_online(world, power, &power->units[i]);
        if (online != power->units[i].online) {
            power->units[i].online = online;
            news.anything = true;
            news.more = news.more || online;
        }
    }
    return news;
}

void toc_grid_reset(struct power *power) {
    for (uint32_t i = 0; i < power->bus_count; i++) {
        struct power_bus *bus = &power->buses[i];
        bus->drawn_milli = 0;
        if (power->in[i]) {
            bus->drawn_milli = bus->demand_milli - (int64_t)((toc_power_wide)bus->demand_milli *
                                                             bus->shed_ppm / 1000000);
        }
    }
    for (uint32_t i = 0; i < power->unit_count; i++) {
        struct power_unit *unit = &power->units[i];
        unit->output_milli = unit->online ? unit->scheduled_milli : 0;
    }
}
