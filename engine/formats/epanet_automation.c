#include "formats/epanet_automation.h"

#include "model/builder_network.h"

/* Purdue levels. */
enum { CONTROL_LEVEL = 1, ROOM_LEVEL = 2 };

static toc_place place_of(const toc_epanet_automation *automation, uint32_t line) {
    return (toc_place){automation->cyber->file, line, 0};
}

static void build_conduits(const toc_epanet_automation *automation) {
    const toc_epanet_cyber *cyber = automation->cyber;
    toc_names *known = toc_names_create();
    for (uint32_t i = 0; i < cyber->channels.count; i++) {
        const toc_epanet_channel *channel = toc_epanet_cyber_channel(cyber, i);
        const char *pair = toc_arena_format(cyber->arena, "%u %u", channel->from, channel->to);
        toc_place place = place_of(automation, channel->line);
        bool was_new;
        (void)toc_names_add(known, pair, &was_new);
        if (was_new) {
            toc_conduit_spec conduit = {.from = automation->names->system[channel->from],
                                        .to = automation->names->system[channel->to],
                                        .place = place};
            toc_rule_spec rule = {.service = "readings",
                                  .from = automation->names->system[channel->from],
                                  .to = automation->names->system[channel->to],
                                  .place = place};
            toc_builder_network_conduit(automation->builder, &conduit);
            toc_builder_network_rule(automation->builder, &rule);
        }
    }
    toc_names_destroy(known);
}

void toc_epanet_automation_zones(const toc_epanet_automation *automation) {
    const toc_epanet_cyber *cyber = automation->cyber;
    for (uint32_t i = 0; i < cyber->systems.count; i++) {
        const toc_epanet_system *system = toc_epanet_cyber_system(cyber, i);
        toc_zone_spec zone = {.id = automation->names->system[i],
                              .name = system->control_room ? "Control room" : "",
                              .operator_id = automation->operator_id,
                              .level = system->control_room ? ROOM_LEVEL : CONTROL_LEVEL,
                              .place = place_of(automation, system->line)};
        toc_builder_zone(automation->builder, &zone);
    }
    build_conduits(automation);
}

struct middle {
    double x, y;
    uint32_t count;
};

static void add_node(const toc_epanet_automation *automation, uint32_t number,
                     struct middle *middle) {
    const toc_epanet_node *node = toc_epanet_network_node(automation->network, number);
    if (node->placed) {
        middle->x += node->x;
        middle->y += node->y;
        middle->count++;
    }
}

static struct middle middle_of(const toc_epanet_automation *automation,
                               const toc_epanet_system *system) {
    struct middle middle = {0, 0, 0};
    for (uint32_t i = 0; i < system->sensors.count; i++) {
        const toc_epanet_sensor *sensor = TOC_LIST_AT(const toc_epanet_sensor, &system->sensors, i);
        if (sensor->of_node) {
            add_node(automation, sensor->of, &middle);
        }
    }
    for (uint32_t i = 0; i < system->actuators.count; i++) {
        uint32_t link = *TOC_LIST_AT(const uint32_t, &system->actuators, i);
        add_node(automation, toc_epanet_network_link(automation->network, link)->from, &middle);
        add_node(automation, toc_epanet_network_link(automation->network, link)->to, &middle);
    }
    return middle;
}

void toc_epanet_automation_assets(const toc_epanet_automation *automation) {
    const toc_epanet_cyber *cyber = automation->cyber;
    for (uint32_t i = 0; i < cyber->systems.count; i++) {
        const toc_epanet_system *system = toc_epanet_cyber_system(cyber, i);
        struct middle middle = middle_of(automation, system);
        toc_epanet_node spot = {.x = middle.x, .y = middle.y};
        toc_asset_spec asset = {.id = automation->names->system[i],
                                .name = system->control_room ? "Control room" : "",
                                .kind =
                                    system->control_room ? TOC_ASSET_CONTROL_SERVER : TOC_ASSET_PLC,
                                .operator_id = automation->operator_id,
                                .zone_id = automation->names->system[i],
                                .placed = middle.count > 0,
                                .place = place_of(automation, system->line)};
        if (middle.count > 0) {
            spot.x /= middle.count;
            spot.y /= middle.count;
            toc_epanet_place_node(automation->map, &spot, &asset.x_m, &asset.y_m);
        }
        toc_builder_asset(automation->builder, &asset);
    }
}

static void build_link(const toc_epanet_automation *automation, const char *id, const char *from,
                       const char *to, uint32_t line) {
    toc_link_spec link = {.id = id,
                          .from = from,
                          .to = to,
                          .kind = TOC_LINK_DATA,
                          .place = place_of(automation, line)};
    toc_builder_link(automation->builder, &link);
}

void toc_epanet_automation_links(const toc_epanet_automation *automation) {
    const toc_epanet_cyber *cyber = automation->cyber;
    const toc_epanet_names *names = automation->names;
    for (uint32_t i = 0; i < automation->network->nodes.count; i++) {
        uint32_t system = toc_epanet_cyber_watches(cyber, i);
        if (names->sensor[i] != NULL) {
            build_link(automation, names->sensor[i], names->node[i], names->system[system],
                       toc_epanet_cyber_system(cyber, system)->line);
        }
    }
    for (uint32_t i = 0; i < cyber->channels.count; i++) {
        const toc_epanet_channel *channel = toc_epanet_cyber_channel(cyber, i);
        build_link(automation, names->channel[i], names->system[channel->from],
                   names->system[channel->to], channel->line);
    }
}
