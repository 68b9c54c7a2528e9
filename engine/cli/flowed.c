#include "cli/flowed.h"

#include "cli/journey.h"

#include <inttypes.h>
#include <stdio.h>

static void put(json_t *object, const char *name, json_t *value) {
    (void)json_object_set_new(object, name, value);
}

static const char *element_id(const toc_flowed *flowed, uint32_t element) {
    return toc_topology_element_id(flowed->topology, element);
}

static json_t *services_json(const toc_flowed *flowed) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < flowed->topology->service_count; i++) {
        const toc_service *service = &flowed->topology->services[i];
        toc_aftermath_service figures = toc_aftermath_service_of(flowed->aftermath, i);
        double base = (double)service->unit->base;
        json_t *object = json_object();
        put(object, "id", toc_cli_text(service->id));
        put(object, "operator",
            toc_cli_text(toc_topology_operator_id(flowed->topology, service->operator_index)));
        put(object, "unit", toc_cli_text(service->unit->name));
        put(object, "demand", json_real((double)figures.demand / base));
        put(object, "supply", json_real((double)figures.supply / base));
        put(object, "level_ppm", json_integer(figures.level_ppm));
        put(object, "min_level_ppm", json_integer(figures.least_ppm));
        put(object, "people_without", json_integer(figures.people_out));
        put(object, "first_loss_us", toc_cli_time_json(figures.first_loss));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *assets_json(const toc_flowed *flowed) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < flowed->topology->asset_count; i++) {
        toc_aftermath_asset asset = toc_aftermath_asset_of(flowed->aftermath, i);
        bool has_island = asset.is_bus && asset.island != TOC_INDEX_NONE;
        json_t *object = json_object();
        put(object, "id", toc_cli_text(flowed->topology->assets[i].id));
        put(object, "operation", toc_cli_text(asset.operation));
        put(object, "crowded_out", json_boolean(asset.is_crowded_out));
        put(object, "angle_deg", asset.is_lit ? json_real(asset.angle_deg) : json_null());
        put(object, "island", has_island ? json_integer(asset.island) : json_null());
        if (asset.is_bus) {
            put(object, "lit", json_boolean(asset.is_lit));
            put(object, "demand_mw", json_real(asset.asks_mw));
            put(object, "supply_mw", json_real(asset.gets_mw));
        }
        (void)json_array_append_new(array, object);
    }
    return array;
}

/* What flows is told in the unit of its commodity. */
static void put_carried(json_t *object, const toc_flowed *flowed, const toc_aftermath_link *link) {
    const toc_commodity *commodity;
    double base;
    if (link->commodity == TOC_INDEX_NONE) {
        return;
    }
    commodity = &flowed->topology->commodities[link->commodity];
    base = (double)commodity->unit->base;
    put(object, "carries", toc_cli_text(commodity->service));
    put(object, "unit", toc_cli_text(commodity->unit->name));
    put(object, "flow", json_real((double)link->carried / base));
    put(object, "rest_flow", json_real((double)link->rest_carried / base));
}

static json_t *links_json(const toc_flowed *flowed) {
    const toc_topology *topology = flowed->topology;
    json_t *array = json_array();
    for (uint32_t i = 0; i < topology->link_count; i++) {
        toc_aftermath_link link = toc_aftermath_link_of(flowed->aftermath, i);
        json_t *object = json_object();
        put(object, "id", toc_cli_text(topology->links[i].id));
        put(object, "from", toc_cli_text(topology->assets[topology->links[i].from].id));
        put(object, "to", toc_cli_text(topology->assets[topology->links[i].to].id));
        put(object, "operation", toc_cli_text(link.operation));
        put(object, "flow_mw", link.is_line ? json_real(link.flow_mw) : json_null());
        put(object, "rest_flow_mw", link.is_line ? json_real(link.rest_mw) : json_null());
        put(object, "rating_mw",
            link.rating_w > 0 ? json_real((double)link.rating_w / 1e6) : json_null());
        put_carried(object, flowed, &link);
        put(object, "overloaded", json_boolean(link.is_overloaded));
        put(object, "tripped_at_us", toc_cli_time_json(link.tripped_at));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *units_json(const toc_flowed *flowed) {
    const toc_topology *topology = flowed->topology;
    json_t *array = json_array();
    for (uint32_t i = 0; i < topology->generation_count; i++) {
        const toc_generation *generation = &topology->generations[i];
        json_t *object = json_object();
        put(object, "id", toc_cli_text(topology->assets[generation->asset].id));
        put(object, "bus", toc_cli_text(topology->assets[generation->bus].id));
        put(object, "output_mw", json_real(toc_aftermath_output_mw(flowed->aftermath, i)));
        put(object, "scheduled_mw", json_real((double)generation->output_milli / 1e9));
        put(object, "most_mw", json_real((double)generation->most_milli / 1e9));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *tanks_json(const toc_flowed *flowed) {
    const toc_topology *topology = flowed->topology;
    json_t *array = json_array();
    for (uint32_t i = 0; i < topology->tank_count; i++) {
        toc_aftermath_tank tank = toc_aftermath_tank_of(flowed->aftermath, i);
        json_t *object = json_object();
        put(object, "id", toc_cli_text(topology->assets[topology->tanks[i].asset].id));
        put(object, "holds",
            toc_cli_text(topology->commodities[topology->tanks[i].commodity].service));
        put(object, "state", toc_cli_text(tank.phase));
        put(object, "level_m", json_real(tank.level_mm / 1e3));
        put(object, "rest_level_m", json_real(tank.rest_level_mm / 1e3));
        put(object, "height_m", json_real(topology->tanks[i].height_mm / 1e3));
        put(object, "volume_m3", json_real((double)tank.volume_ml / 1e6));
        put(object, "spilt_m3", json_real((double)tank.spilt_ml / 1e6));
        put(object, "inflow_m3_per_h", json_real((double)tank.inflow / 24e6));
        (void)json_array_append_new(array, object);
    }
    return array;
}

static json_t *event_json(const toc_flowed *flowed, toc_aftermath_event event) {
    const toc_topology *topology = flowed->topology;
    json_t *object = json_object();
    put(object, "at_us", json_integer(event.at));
    switch (event.kind) {
    case TOC_AFTERMATH_TRIP:
        put(object, "what", json_string("trip"));
        put(object, "id", toc_cli_text(topology->links[event.subject].id));
        break;
    case TOC_AFTERMATH_OVERLOAD:
        put(object, "what", json_string(event.value != 0 ? "overload" : "overload-ends"));
        put(object, "id", toc_cli_text(topology->links[event.subject].id));
        break;
    case TOC_AFTERMATH_OPERATION:
        put(object, "what", json_string(event.state));
        put(object, "id", toc_cli_text(element_id(flowed, event.subject)));
        break;
    case TOC_AFTERMATH_LEVEL:
        put(object, "what", json_string("level"));
        put(object, "id", toc_cli_text(topology->services[event.subject].id));
        put(object, "operator",
            toc_cli_text(toc_topology_operator_id(
                topology, topology->services[event.subject].operator_index)));
        put(object, "level_ppm", json_integer(event.value));
        break;
    case TOC_AFTERMATH_TANK:
        put(object, "what", json_string("tank"));
        put(object, "id", toc_cli_text(topology->assets[event.subject].id));
        put(object, "state", json_string(event.state));
        break;
    }
    return object;
}

static json_t *events_json(const toc_flowed *flowed) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < toc_aftermath_event_count(flowed->aftermath); i++) {
        toc_aftermath_event event = toc_aftermath_event_at(flowed->aftermath, i);
        (void)json_array_append_new(array, event_json(flowed, event));
    }
    return array;
}

static json_t *out_json(const toc_flowed *flowed) {
    json_t *array = json_array();
    for (size_t i = 0; i < flowed->wish->out_count; i++) {
        (void)json_array_append_new(array, toc_cli_text(element_id(flowed, flowed->wish->out[i])));
    }
    return array;
}

json_t *toc_flowed_json(const toc_flowed *flowed) {
    toc_aftermath_facts facts = toc_aftermath_facts_of(flowed->aftermath);
    const toc_aftermath_wish *wish = flowed->wish;
    json_t *document = json_object();
    char digest[32];
    (void)snprintf(digest, sizeof digest, "%016" PRIx64, facts.digest);
    put(document, "topology", toc_cli_text(flowed->file));
    put(document, "name", toc_cli_text(flowed->topology->name));
    put(document, "rule", facts.has_grid ? json_string(facts.rule) : json_null());
    put(document, "margin_ppm", json_integer(wish->margin_ppm));
    put(document, "floor_mw", json_real((double)wish->floor_w / 1e6));
    put(document, "out", out_json(flowed));
    put(document, "out_at_us", json_integer(wish->out_at));
    put(document, "ended_at_us", json_integer(wish->until));
    put(document, "last_change_us", toc_cli_time_json(facts.changed));
    put(document, "islands", json_integer(facts.islands));
    put(document, "rounds", json_integer(facts.rounds));
    put(document, "trips", json_integer(facts.trips));
    put(document, "load_lost_mw", json_real(facts.lost_mw));
    put(document, "digest", json_string(digest));
    put(document, "services", services_json(flowed));
    put(document, "assets", assets_json(flowed));
    put(document, "links", links_json(flowed));
    put(document, "units", units_json(flowed));
    put(document, "tanks", tanks_json(flowed));
    put(document, "events", events_json(flowed));
    if (flowed->to != TOC_INDEX_NONE) {
        put(document, "to", toc_cli_text(element_id(flowed, flowed->to)));
        put(document, "journeys", toc_journey_json(flowed, flowed->to));
    }
    return document;
}
