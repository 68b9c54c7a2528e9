#include "formats/epanet_topology.h"

#include "formats/epanet_automation.h"
#include "formats/epanet_inlet.h"
#include "formats/epanet_place.h"
#include "formats/epanet_pump.h"
#include "formats/epanet_regime.h"
#include "kernel/assert.h"

#include <stdio.h>
#include <string.h>

#define OPERATOR "water-utility"
#define SERVICE  "water"

struct making {
    const toc_epanet_network *network;
    const toc_epanet_cyber *cyber;
    toc_epanet_names *names;
    toc_builder *builder;
    toc_problems *problems;
    toc_epanet_map map;
    toc_epanet_heads heads;
    toc_epanet_regime regime;
    toc_epanet_inlets inlets;
    uint32_t litres_a_day, empty_tanks;
};

static toc_place place_of(const struct making *making, uint32_t line) {
    return (toc_place){making->network->file, line, 0};
}

static int64_t whole(double value) {
    return (int64_t)(value < 0 ? value - 0.5 : value + 0.5);
}

/* The average of the pattern that a node's demand varies by. */
static double average_of(const struct making *making, const toc_epanet_node *node) {
    const toc_epanet_row *row;
    double average = 0;
    if (node->pattern == TOC_NONE) {
        return 1;
    }
    row = toc_epanet_network_pattern(making->network, node->pattern);
    for (uint32_t i = 0; i < row->values.count; i++) {
        average += toc_epanet_network_value(row, i) / row->values.count;
    }
    return average;
}

/* The people whose use a demand is. */
static uint32_t people_of(const struct making *making, const toc_epanet_node *node, double demand) {
    double people;
    if (making->litres_a_day == 0) {
        return 0;
    }
    people = demand * average_of(making, node) / 1000 / making->litres_a_day;
    return people > 0 && people < 1e9 ? (uint32_t)whole(people) : 0;
}

/* What a controller senses or switches stands in its zone. */
static const char *zone_of(const struct making *making, uint32_t system) {
    return system != TOC_NONE ? making->names->system[system] : "";
}

/* It is seen and switched from afar through the controller, the control room and the link between
   them. */
static void build_control_need(struct making *making, uint32_t system, toc_place place) {
    const toc_epanet_cyber *cyber = making->cyber;
    toc_need_spec need = {.service = "control",
                          .purpose = TOC_NEED_CONTROL,
                          .fallback_after = TOC_NEVER,
                          .place = place};
    uint32_t channel;
    if (system == TOC_NONE) {
        return;
    }
    need.sources = making->names->system[system];
    channel = toc_epanet_cyber_reports(cyber, system);
    if (channel != TOC_NONE) {
        need.sources =
            toc_arena_format(making->names->arena, "%s %s %s", need.sources,
                             making->names->channel[channel], making->names->system[cyber->room]);
    }
    toc_builder_needs(making->builder, &need);
}

/* What the latest asset supplies or passes; 0: without a limit. */
static void build_flow(struct making *making,
                       void (*enter)(toc_builder *builder, const toc_flow_spec *spec), double rate,
                       toc_place place) {
    toc_flow_spec spec = {.service = SERVICE,
                          .unit = making->network->unit,
                          .rate = rate > 0 && rate < 1 ? 1 : whole(rate),
                          .place = place};
    if (rate >= 0) {
        enter(making->builder, &spec);
    }
}

static void build_junction(struct making *making, const toc_epanet_node *node,
                           toc_asset_spec *asset) {
    double demand = node->demand * making->network->multiplier;
    asset->kind = TOC_ASSET_JUNCTION;
    asset->people = people_of(making, node, demand);
    toc_builder_asset(making->builder, asset);
    if (demand >= 1) {
        toc_builder_provides(making->builder, SERVICE, making->network->unit, whole(demand),
                             whole(demand), asset->place);
        toc_builder_demand(making->builder, 0,
                           toc_epanet_regime_pattern(&making->regime, node->pattern));
    } else if (demand <= -1) {
        build_flow(making, toc_builder_supplies, -demand * average_of(making, node), asset->place);
    }
}

/* Its water stands in it as in a cylinder that gives as much between its lowest and its highest
   level. */
static void build_tank(struct making *making, uint32_t number, const toc_asset_spec *asset) {
    const toc_epanet_node *node = toc_epanet_network_node(making->network, number);
    double usable = toc_epanet_network_volume(making->network, node, node->most_m) -
                    toc_epanet_network_volume(making->network, node, node->least_m);
    double height = node->most_m - node->least_m;
    double volume = height > 0 ? usable / height * node->most_m : 0;
    toc_tank_spec tank = {.service = SERVICE,
                          .volume = whole(volume * 1000000),
                          .height_mm = (int32_t)whole(node->most_m * 1000),
                          .begins_mm = (int32_t)whole(node->initial_m * 1000),
                          .least_mm = (int32_t)whole(node->least_m * 1000),
                          /* with its controller out, a tank that this one fills spills over */
                          .overflows = node->overflows ||
                                       (making->cyber != NULL && making->inlets.filled[number]),
                          .place = asset->place};
    toc_builder_asset(making->builder, asset);
    /* a tank that holds nothing, as some files have them, is a junction with another name */
    if (tank.volume > 0 && tank.height_mm > 0) {
        toc_builder_tank(making->builder, &tank);
    } else {
        making->empty_tanks++;
    }
}

static void build_nodes(struct making *making) {
    for (uint32_t i = 0; i < making->network->nodes.count; i++) {
        const toc_epanet_node *node = toc_epanet_network_node(making->network, i);
        uint32_t system =
            making->cyber != NULL ? toc_epanet_cyber_watches(making->cyber, i) : TOC_NONE;
        toc_asset_spec asset = {.id = making->names->node[i],
                                .operator_id = OPERATOR,
                                .zone_id = zone_of(making, system),
                                .placed = node->placed,
                                .place = place_of(making, node->line)};
        if (node->placed) {
            toc_epanet_place_node(&making->map, node, &asset.x_m, &asset.y_m);
        }
        switch (node->kind) {
        case TOC_EPANET_JUNCTION:
            build_junction(making, node, &asset);
            break;
        case TOC_EPANET_RESERVOIR:
            asset.kind = TOC_ASSET_RESERVOIR;
            toc_builder_asset(making->builder, &asset);
            build_flow(making, toc_builder_supplies, 0, asset.place);
            break;
        case TOC_EPANET_TANK:
            asset.kind = TOC_ASSET_TANK;
            build_tank(making, i, &asset);
            break;
        }
        build_control_need(making, system, asset.place);
    }
}

/* mL/d, 0: whatever comes. A flow control valve is the one valve whose setting is a flow. */
static double capacity_of(const struct making *making, const toc_epanet_link *link) {
    if (link->kind == TOC_EPANET_PUMP) {
        return toc_epanet_pump_capacity(making->network, &making->heads, link);
    }
    return strcmp(link->type, "FCV") == 0 ? link->setting * making->network->flow_ml_d : 0;
}

/* Pumps and valves are links in EPANET. Here they are what can fail and be switched, between two
   pipes; they lie halfway. */
static void build_machine(struct making *making, uint32_t number) {
    const toc_epanet_network *network = making->network;
    const toc_epanet_link *link = toc_epanet_network_link(network, number);
    const toc_epanet_node *from = toc_epanet_network_node(network, link->from);
    const toc_epanet_node *to = toc_epanet_network_node(network, link->to);
    uint32_t system =
        making->cyber != NULL ? toc_epanet_cyber_switches(making->cyber, number) : TOC_NONE;
    toc_epanet_node middle = {.x = from->x / 2 + to->x / 2, .y = from->y / 2 + to->y / 2};
    toc_asset_spec asset = {.id = making->names->link[number],
                            .operator_id = OPERATOR,
                            .zone_id = zone_of(making, system),
                            .kind =
                                link->kind == TOC_EPANET_PUMP ? TOC_ASSET_PUMP : TOC_ASSET_VALVE,
                            .placed = from->placed && to->placed,
                            .off = link->closed,
                            .place = place_of(making, link->line)};
    if (asset.placed) {
        toc_epanet_place_node(&making->map, &middle, &asset.x_m, &asset.y_m);
    }
    toc_builder_asset(making->builder, &asset);
    build_flow(making, toc_builder_passes, capacity_of(making, link), asset.place);
    build_control_need(making, system, asset.place);
}

static void build_pipe(struct making *making, uint32_t number, const char *id, const char *from,
                       const char *to) {
    const toc_epanet_link *link = toc_epanet_network_link(making->network, number);
    bool back = making->inlets.way[number] == TOC_EPANET_BACK;
    toc_link_spec spec = {.id = id,
                          .from = back ? to : from,
                          .to = back ? from : to,
                          .kind = TOC_LINK_PIPE,
                          .carries = SERVICE,
                          .one_way = making->inlets.way[number] != TOC_EPANET_BOTH_WAYS,
                          .off = link->kind == TOC_EPANET_PIPE && link->closed,
                          .place = place_of(making, link->line)};
    toc_builder_link(making->builder, &spec);
}

static void build_links(struct making *making) {
    const toc_epanet_network *network = making->network;
    for (uint32_t i = 0; i < network->links.count; i++) {
        if (toc_epanet_network_link(network, i)->kind != TOC_EPANET_PIPE) {
            build_machine(making, i);
        }
    }
    for (uint32_t i = 0; i < network->links.count; i++) {
        const toc_epanet_link *link = toc_epanet_network_link(network, i);
        const char *id = making->names->link[i];
        const char *from = making->names->node[link->from], *to = making->names->node[link->to];
        if (link->kind == TOC_EPANET_PIPE) {
            build_pipe(making, i, id, from, to);
            continue;
        }
        const char *in = toc_arena_format(making->names->arena, "%s-in", id);
        const char *out = toc_arena_format(making->names->arena, "%s-out", id);
        build_pipe(making, i, toc_epanet_name_new(making->names, in), from, id);
        build_pipe(making, i, toc_epanet_name_new(making->names, out), id, to);
    }
}

/* Hydraulics that a topology, which knows capacities and levels but no pressure, cannot say. */
static void tell_lost(const struct making *making) {
    static const char *const types[] = {"PRV", "PSV", "PBV", "TCV", "GPV", "PCV"};
    enum { TYPES = sizeof types / sizeof types[0] };
    const toc_epanet_network *network = making->network;
    uint32_t valves[TYPES] = {0}, pipes = 0, pumps = 0, curves = 0;
    char line[200] = "";
    size_t length = 0;
    for (uint32_t i = 0; i < network->links.count; i++) {
        const toc_epanet_link *link = toc_epanet_network_link(network, i);
        pipes += link->kind == TOC_EPANET_PIPE ? 1 : 0;
        pumps += link->kind == TOC_EPANET_PUMP ? 1 : 0;
        for (size_t j = 0; j < TYPES; j++) {
            valves[j] += strcmp(link->type, types[j]) == 0 ? 1 : 0;
        }
    }
    for (uint32_t i = 0; i < network->nodes.count; i++) {
        const toc_epanet_node *node = toc_epanet_network_node(network, i);
        curves += node->kind == TOC_EPANET_TANK && node->curve != TOC_NONE ? 1 : 0;
    }
    for (size_t i = 0; i < TYPES; i++) {
        int written = valves[i] == 0
                          ? 0
                          : snprintf(line + length, sizeof line - length, "%s%s %u",
                                     length > 0 ? ", " : ", of valves ", types[i], valves[i]);
        length += written > 0 && (size_t)written < sizeof line - length ? (size_t)written : 0;
    }
    toc_problems_warn(making->problems, place_of(making, 0),
                      "pressure is left out: losses of pipes %u%s; pumps that give what their "
                      "curves give without friction: %u",
                      pipes, line, pumps);
    if (curves > 0) {
        toc_problems_warn(making->problems, place_of(making, 0),
                          "tanks of other shapes have become cylinders of the same content: %u",
                          curves);
    }
    if (making->empty_tanks > 0) {
        toc_problems_warn(making->problems, place_of(making, 0),
                          "tanks that hold nothing have become plain nodes: %u",
                          making->empty_tanks);
    }
}

/* The title; "dir/Net1.inp" gives "Net1" where there is none. */
static const char *name_of(const toc_epanet_network *network, toc_arena *arena) {
    const char *slash = strrchr(network->file, '/');
    const char *base = slash != NULL ? slash + 1 : network->file;
    return network->title[0] != '\0' ? network->title
                                     : toc_arena_text_n(arena, base, strcspn(base, "."));
}

toc_status toc_epanet_topology_build(const toc_epanet_source *source, toc_problems *problems,
                                     toc_topology **out_topology) {
    const toc_epanet_network *network = source->network;
    struct making making = {.network = network,
                            .cyber = source->cyber,
                            .names = source->names,
                            .problems = problems,
                            .builder = toc_builder_create(name_of(network, source->names->arena)),
                            .map = toc_epanet_place_map(network),
                            .litres_a_day = source->litres_a_day};
    toc_epanet_automation automation = {network,     source->cyber,  source->names,
                                        &making.map, making.builder, OPERATOR};
    toc_operator_spec owner = {.id = OPERATOR, .name = "Water utility", .sector = "water"};
    toc_status status;
    owner.place.file = network->file;
    toc_epanet_pump_heads(network, true, &making.heads);
    toc_epanet_inlet_find(network, &making.inlets);
    making.regime = (toc_epanet_regime){.network = network,
                                        .cyber = source->cyber,
                                        .names = source->names,
                                        .builder = making.builder,
                                        .problems = problems};
    toc_builder_operator(making.builder, &owner);
    toc_epanet_regime_patterns(&making.regime);
    if (source->cyber != NULL) {
        toc_epanet_automation_zones(&automation);
    }
    build_nodes(&making);
    build_links(&making);
    if (source->cyber != NULL) {
        toc_epanet_automation_assets(&automation);
        toc_epanet_automation_links(&automation);
    }
    toc_epanet_regime_controls(&making.regime);
    status = toc_builder_finish(making.builder, problems, out_topology);
    if (status == TOC_OK) {
        tell_lost(&making);
    }
    toc_builder_destroy(making.builder);
    toc_epanet_regime_finish(&making.regime);
    toc_epanet_inlet_finish(&making.inlets);
    toc_epanet_pump_finish(&making.heads);
    return status;
}
