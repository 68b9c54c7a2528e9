#include "model/draft.h"

#include "kernel/digest.h"

#include <string.h>

static const toc_asset_kind_facts kinds[] = {
#define TOC_ASSET_KIND(id, name, title, family, attack_id) {name, title, family, attack_id},
#include "tocsin/asset_kind.def"
#undef TOC_ASSET_KIND
};

static const char *const kind_names[] = {
#define TOC_ASSET_KIND(id, name, title, family, attack_id) name,
#include "tocsin/asset_kind.def"
#undef TOC_ASSET_KIND
};

static const struct owned_topology *owned_by(const toc_topology *topology) {
    return (const struct owned_topology *)topology;
}

static void free_array(const void *array) {
    toc_arena_heap_free((void *)(uintptr_t)array);
}

static void finish_roll(struct roll *roll) {
    toc_names_destroy(roll->names);
    toc_list_finish(&roll->index);
}

/* What work takes beside people. */
static void free_depot(struct owned_topology *owned) {
    const toc_topology *topology = &owned->topology;
    free_array(topology->roads);
    free_array(topology->parts);
    free_array(topology->part_wants);
    free_array(topology->stocks);
    free_array(topology->vendors);
    free_array(topology->vendor_parts);
    finish_roll(&owned->vendors);
    toc_names_destroy(owned->parts);
}

void toc_topology_destroy(toc_topology *topology) {
    struct owned_topology *owned = (struct owned_topology *)topology;
    if (topology == NULL) {
        return;
    }
    free_array(topology->operators);
    free_array(topology->zones);
    free_array(topology->conduits);
    free_array(topology->phases);
    free_array(topology->rules);
    free_array(topology->protocols);
    free_array(topology->listens);
    free_array(topology->listen_zones);
    free_array(topology->traffics);
    free_array(topology->conduit_from);
    free_array(topology->conduit_order);
    free_array(topology->rule_order);
    free_array(topology->assets);
    free_array(topology->links);
    free_array(topology->services);
    free_array(topology->provisions);
    free_array(topology->needs);
    free_array(topology->failovers);
    free_array(topology->hostings);
    free_array(topology->sources);
    free_array(topology->buffers);
    free_array(topology->weaknesses);
    free_array(topology->works);
    free_array(topology->crews);
    free_array(topology->sensors);
    free_array(topology->analysts);
    free_array(topology->covers);
    free_depot(owned);
    free_array(topology->taps);
    free_array(topology->generations);
    free_array(topology->buses);
    free_array(topology->commodities);
    free_array(topology->origins);
    free_array(topology->throughputs);
    free_array(topology->tanks);
    free_array(topology->patterns);
    free_array(topology->factors_ppm);
    free_array(topology->controls);
    free_array(topology->dependent_first);
    free_array(topology->dependents);
    free_array(topology->wanted_first);
    free_array(topology->wanted_by);
    finish_roll(&owned->operators);
    finish_roll(&owned->zones);
    finish_roll(&owned->elements);
    finish_roll(&owned->crews);
    finish_roll(&owned->sensors);
    finish_roll(&owned->services);
    finish_roll(&owned->conduits);
    finish_roll(&owned->phases);
    toc_names_destroy(owned->protocols);
    finish_roll(&owned->patterns);
    toc_names_destroy(owned->words);
    toc_arena_heap_free(owned);
}

const toc_asset_kind_facts *toc_topology_kind(toc_asset_kind kind) {
    return &kinds[kind];
}

toc_asset_kind toc_topology_find_kind(const char *name) {
    for (int i = 0; i < TOC_ASSET_KINDS; i++) {
        if (toc_names_same(kinds[i].name, name)) {
            return (toc_asset_kind)i;
        }
    }
    return TOC_ASSET_KINDS;
}

const char *toc_topology_nearest_kind(const char *name) {
    return toc_names_nearest_of(kind_names, TOC_ASSET_KINDS, name);
}

const char *toc_topology_link_kind_name(toc_link_kind kind) {
    static const char *const names[] = {"line", "transformer", "data",   "pipe",
                                        "road", "rail",        "traffic"};
    _Static_assert(sizeof names / sizeof names[0] == TOC_LINK_KINDS, "a name for every kind");
    return names[kind];
}

uint32_t toc_topology_find_operator(const toc_topology *topology, const char *id) {
    return toc_draft_find(&owned_by(topology)->operators, id);
}

uint32_t toc_topology_find_zone(const toc_topology *topology, const char *id) {
    return toc_draft_find(&owned_by(topology)->zones, id);
}

uint32_t toc_topology_find_sensor(const toc_topology *topology, const char *id) {
    return toc_draft_find(&owned_by(topology)->sensors, id);
}

uint32_t toc_topology_find_crew(const toc_topology *topology, const char *id) {
    return toc_draft_find(&owned_by(topology)->crews, id);
}

uint32_t toc_topology_find_vendor(const toc_topology *topology, const char *id) {
    return toc_draft_find(&owned_by(topology)->vendors, id);
}

uint32_t toc_topology_find_part(const toc_topology *topology, const char *name) {
    return toc_names_find(owned_by(topology)->parts, name);
}

uint32_t toc_topology_part_of(const toc_topology *topology, uint32_t element) {
    uint32_t low = 0, high = topology->part_want_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (topology->part_wants[middle].asset < element) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < topology->part_want_count && topology->part_wants[low].asset == element
               ? topology->part_wants[low].part
               : TOC_INDEX_NONE;
}

uint32_t toc_topology_find_conduit(const toc_topology *topology, const char *id) {
    return toc_draft_find(&owned_by(topology)->conduits, id);
}

uint32_t toc_topology_find_phase(const toc_topology *topology, const char *id) {
    return toc_draft_find(&owned_by(topology)->phases, id);
}

uint32_t toc_topology_find_protocol(const toc_topology *topology, const char *name) {
    return toc_names_find(owned_by(topology)->protocols, name);
}

uint32_t toc_topology_find_traffic(const toc_topology *topology, uint32_t link) {
    uint32_t low = 0, high = topology->traffic_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (topology->traffics[middle].link < link) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < topology->traffic_count && topology->traffics[low].link == link ? low
                                                                                 : TOC_INDEX_NONE;
}

uint32_t toc_topology_find_element(const toc_topology *topology, const char *id) {
    uint32_t index = toc_draft_find(&owned_by(topology)->elements, id);
    if (index != TOC_INDEX_NONE && (index & DRAFT_LINK) != 0) {
        index = topology->asset_count + (index & ~DRAFT_LINK);
    }
    return index;
}

uint32_t toc_topology_find_service(const toc_topology *topology, const char *id,
                                   uint32_t operator_index) {
    for (uint32_t i = 0; i < topology->service_count; i++) {
        const toc_service *service = &topology->services[i];
        if ((operator_index == TOC_INDEX_NONE || service->operator_index == operator_index) &&
            strcmp(service->id, id) == 0) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

const char *toc_topology_operator_id(const toc_topology *topology, uint32_t operator_index) {
    return operator_index == TOC_INDEX_NONE ? "" : topology->operators[operator_index].id;
}

const char *toc_topology_element_id(const toc_topology *topology, uint32_t element) {
    return element < topology->asset_count ? topology->assets[element].id
                                           : topology->links[element - topology->asset_count].id;
}

const char *toc_topology_nearest_element(const toc_topology *topology, const char *id) {
    return toc_names_nearest(owned_by(topology)->elements.names, id);
}

const char *toc_topology_nearest_conduit(const toc_topology *topology, const char *id) {
    return toc_names_nearest(owned_by(topology)->conduits.names, id);
}

static void digest_real(toc_digest *digest, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    toc_digest_u64(digest, bits);
}

static void digest_zones(const toc_topology *topology, toc_digest *digest) {
    for (uint32_t i = 0; i < topology->operator_count; i++) {
        const toc_operator *owner = &topology->operators[i];
        toc_digest_text(digest, owner->id);
        toc_digest_text(digest, owner->name);
        toc_digest_text(digest, owner->sector);
        toc_digest_u64(digest, owner->cii ? 1 : 0);
    }
    for (uint32_t i = 0; i < topology->zone_count; i++) {
        const toc_zone *zone = &topology->zones[i];
        toc_digest_text(digest, zone->id);
        toc_digest_text(digest, zone->name);
        toc_digest_u64(digest, zone->operator_index);
        toc_digest_u64(digest, zone->level);
        toc_digest_u64(digest, zone->target);
        toc_digest_u64(digest, zone->closed ? 1 : 0);
    }
}

static const char *protocol_name(const toc_topology *topology, uint32_t protocol) {
    return protocol == TOC_INDEX_NONE ? "any" : topology->protocols[protocol];
}

static void digest_network(const toc_topology *topology, toc_digest *digest) {
    for (uint32_t i = 0; i < topology->phase_count; i++) {
        toc_digest_text(digest, topology->phases[i].id);
        toc_digest_text(digest, topology->phases[i].name);
    }
    for (uint32_t i = 0; i < topology->conduit_count; i++) {
        const toc_conduit *conduit = &topology->conduits[i];
        toc_digest_text(digest, conduit->id);
        toc_digest_u64(digest, conduit->from_zone);
        toc_digest_u64(digest, conduit->to_zone);
        toc_digest_u64(digest, conduit->rule_count);
        toc_digest_u64(digest, conduit->phases);
    }
    for (uint32_t i = 0; i < topology->rule_count; i++) {
        const toc_rule *rule = &topology->rules[i];
        toc_digest_text(digest, protocol_name(topology, rule->protocol));
        toc_digest_u64(digest, (uint64_t)rule->from_asset << 32 | rule->to_asset);
        toc_digest_u64(digest, (uint64_t)rule->phases << 1 | (rule->deny ? 1 : 0));
    }
    for (uint32_t i = 0; i < topology->listen_count; i++) {
        const toc_listen *listen = &topology->listens[i];
        toc_digest_u64(digest, listen->asset);
        toc_digest_text(digest, protocol_name(topology, listen->protocol));
        toc_digest_u64(digest, listen->zone_count);
    }
    for (uint32_t i = 0; i < topology->listen_zone_count; i++) {
        toc_digest_u64(digest, topology->listen_zones[i]);
    }
    for (uint32_t i = 0; i < topology->traffic_count; i++) {
        toc_digest_u64(digest, topology->traffics[i].link);
        toc_digest_text(digest, topology->protocols[topology->traffics[i].protocol]);
    }
}

static void digest_elements(const toc_topology *topology, toc_digest *digest) {
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        const toc_asset *asset = &topology->assets[i];
        toc_digest_text(digest, asset->id);
        toc_digest_text(digest, asset->name);
        toc_digest_text(digest, kinds[asset->kind].name);
        toc_digest_u64(digest, asset->operator_index);
        toc_digest_u64(digest, asset->zone);
        toc_digest_i64(digest, asset->x_m);
        toc_digest_i64(digest, asset->y_m);
        toc_digest_u64(digest, (asset->placed ? 1 : 0) | (asset->off ? 2 : 0));
        toc_digest_u64(digest, asset->people);
        toc_digest_i64(digest, asset->start_takes);
        toc_digest_u64(digest, asset->provision_count);
        toc_digest_u64(digest, asset->need_count);
        toc_digest_u64(digest, asset->weakness_count);
        toc_digest_u64(digest, asset->work_count);
    }
    for (uint32_t i = 0; i < topology->link_count; i++) {
        const toc_link *link = &topology->links[i];
        toc_digest_text(digest, link->id);
        toc_digest_text(digest, toc_topology_link_kind_name(link->kind));
        toc_digest_u64(digest, link->from);
        toc_digest_u64(digest, link->to);
        toc_digest_u64(digest, link->off ? 1 : 0);
        digest_real(digest, link->reactance);
        toc_digest_i64(digest, link->rating);
    }
}

static void digest_supply(const toc_topology *topology, toc_digest *digest) {
    for (uint32_t i = 0; i < topology->service_count; i++) {
        toc_digest_text(digest, topology->services[i].id);
        toc_digest_u64(digest, topology->services[i].operator_index);
        toc_digest_text(digest, topology->services[i].unit->name);
    }
    for (uint32_t i = 0; i < topology->provision_count; i++) {
        const toc_provision *provision = &topology->provisions[i];
        toc_digest_u64(digest, provision->service);
        toc_digest_i64(digest, provision->capacity);
        toc_digest_i64(digest, provision->demand);
    }
    for (uint32_t i = 0; i < topology->need_count; i++) {
        const toc_need *need = &topology->needs[i];
        toc_digest_u64(digest, need->rule);
        toc_digest_u64(digest, need->purpose);
        toc_digest_u64(digest, need->at_least);
        toc_digest_text(digest, need->service);
        toc_digest_i64(digest, need->fallback_after);
        toc_digest_u64(digest, need->source_count);
    }
    for (uint32_t i = 0; i < topology->source_count; i++) {
        toc_digest_u64(digest, topology->sources[i]);
    }
    for (uint32_t i = 0; i < topology->failover_count; i++) {
        toc_digest_u64(digest, topology->failovers[i].need);
        toc_digest_u64(digest, topology->failovers[i].through);
        toc_digest_i64(digest, topology->failovers[i].takes);
        if (topology->hosting_count > 0) {
            toc_digest_u64(digest, topology->failovers[i].uses);
        }
    }
    for (uint32_t i = 0; i < topology->hosting_count; i++) {
        toc_digest_u64(digest, topology->hostings[i].asset);
        toc_digest_u64(digest, topology->hostings[i].room);
    }
    for (uint32_t i = 0; i < topology->buffer_count; i++) {
        const toc_buffer *buffer = &topology->buffers[i];
        toc_digest_u64(digest, buffer->asset);
        toc_digest_u64(digest, buffer->feeds);
        toc_digest_text(digest, buffer->kind);
        toc_digest_i64(digest, buffer->holds);
        toc_digest_i64(digest, buffer->refill);
    }
}

static void digest_grid(const toc_topology *topology, toc_digest *digest) {
    for (uint32_t i = 0; i < topology->tap_count; i++) {
        toc_digest_u64(digest, topology->taps[i].link);
        digest_real(digest, topology->taps[i].ratio);
        digest_real(digest, topology->taps[i].shift_deg);
    }
    for (uint32_t i = 0; i < topology->generation_count; i++) {
        toc_digest_u64(digest, topology->generations[i].asset);
        toc_digest_u64(digest, topology->generations[i].bus);
        toc_digest_i64(digest, topology->generations[i].output_milli);
        toc_digest_i64(digest, topology->generations[i].most_milli);
    }
    for (uint32_t i = 0; i < topology->bus_count; i++) {
        toc_digest_u64(digest, topology->buses[i].asset);
        toc_digest_u64(digest, topology->buses[i].reference ? 1 : 0);
        digest_real(digest, topology->buses[i].angle_deg);
        toc_digest_i64(digest, topology->buses[i].shunt);
    }
}

static void digest_flows(const toc_topology *topology, toc_digest *digest) {
    for (uint32_t i = 0; i < topology->commodity_count; i++) {
        toc_digest_text(digest, topology->commodities[i].service);
        toc_digest_text(digest, topology->commodities[i].unit->name);
    }
    for (uint32_t i = 0; i < topology->link_count; i++) {
        const toc_link *link = &topology->links[i];
        if (link->carries != TOC_INDEX_NONE || link->one_way) {
            toc_digest_u64(digest, i);
            toc_digest_u64(digest, link->carries);
            toc_digest_u64(digest, link->one_way ? 1 : 0);
        }
    }
    for (uint32_t i = 0; i < topology->origin_count; i++) {
        toc_digest_u64(digest, topology->origins[i].asset);
        toc_digest_u64(digest, topology->origins[i].commodity);
        toc_digest_i64(digest, topology->origins[i].rate);
    }
    for (uint32_t i = 0; i < topology->throughput_count; i++) {
        toc_digest_u64(digest, topology->throughputs[i].asset);
        toc_digest_u64(digest, topology->throughputs[i].commodity);
        toc_digest_i64(digest, topology->throughputs[i].rate);
    }
    for (uint32_t i = 0; i < topology->tank_count; i++) {
        const toc_tank *tank = &topology->tanks[i];
        toc_digest_u64(digest, tank->asset);
        toc_digest_u64(digest, tank->commodity);
        toc_digest_i64(digest, tank->volume);
        toc_digest_i64(digest, tank->fill);
        toc_digest_i64(digest, tank->give);
        toc_digest_i64(digest, tank->height_mm);
        toc_digest_i64(digest, tank->begins_mm);
        toc_digest_i64(digest, tank->least_mm);
        toc_digest_u64(digest, tank->overflows ? 1 : 0);
    }
}

static void digest_course(const toc_topology *topology, toc_digest *digest) {
    for (uint32_t i = 0; i < topology->provision_count; i++) {
        const toc_provision *provision = &topology->provisions[i];
        if (provision->priority != TOC_PRIORITY_USUAL || provision->pattern != TOC_INDEX_NONE) {
            toc_digest_u64(digest, i);
            toc_digest_u64(digest, provision->priority);
            toc_digest_u64(digest, provision->pattern);
        }
    }
    for (uint32_t i = 0; i < topology->pattern_count; i++) {
        toc_digest_text(digest, topology->patterns[i].id);
        toc_digest_i64(digest, topology->patterns[i].step);
        toc_digest_u64(digest, topology->patterns[i].factor_count);
    }
    for (uint32_t i = 0; i < topology->factor_count; i++) {
        toc_digest_i64(digest, topology->factors_ppm[i]);
    }
    for (uint32_t i = 0; i < topology->control_count; i++) {
        const toc_control *control = &topology->controls[i];
        toc_digest_u64(digest, control->element);
        toc_digest_u64(digest, control->by);
        toc_digest_u64(digest, control->sees);
        toc_digest_u64(digest, control->through);
        toc_digest_u64(digest, control->sense);
        toc_digest_i64(digest, control->level_mm);
        toc_digest_i64(digest, control->at);
        toc_digest_u64(digest, control->on ? 1 : 0);
    }
}

static void digest_work(const toc_topology *topology, toc_digest *digest) {
    for (uint32_t i = 0; i < topology->weakness_count; i++) {
        const toc_weakness *weakness = &topology->weaknesses[i];
        toc_digest_text(digest, weakness->id);
        toc_digest_text(digest, weakness->technique);
        toc_digest_i64(digest, weakness->ease_ppm);
        toc_digest_text(digest, protocol_name(topology, weakness->protocol));
        toc_digest_u64(digest, (uint64_t)weakness->from << 8 | weakness->gives);
    }
    for (uint32_t i = 0; i < topology->work_count; i++) {
        toc_digest_text(digest, topology->works[i].job);
        toc_digest_i64(digest, topology->works[i].median);
        toc_digest_i64(digest, topology->works[i].spread_ppm);
    }
    for (uint32_t i = 0; i < topology->crew_count; i++) {
        const toc_crew *crew = &topology->crews[i];
        toc_digest_text(digest, crew->id);
        toc_digest_text(digest, crew->name);
        toc_digest_u64(digest, crew->operator_index);
        toc_digest_text(digest, crew->skills);
        toc_digest_u64(digest, crew->base);
        toc_digest_u64(digest, crew->size);
        toc_digest_i64(digest, crew->speed_m_per_hour);
        if (crew->shift != 0) {
            toc_digest_i64(digest, crew->shift);
            toc_digest_i64(digest, crew->handover);
        }
    }
    for (uint32_t i = 0; i < topology->road_count; i++) {
        toc_digest_u64(digest, topology->roads[i].link);
        toc_digest_i64(digest, topology->roads[i].length_mm);
        toc_digest_i64(digest, topology->roads[i].speed_m_per_hour);
    }
}

static void digest_depot(const toc_topology *topology, toc_digest *digest) {
    for (uint32_t i = 0; i < topology->part_want_count; i++) {
        toc_digest_u64(digest, topology->part_wants[i].asset);
        toc_digest_text(digest, topology->parts[topology->part_wants[i].part]);
    }
    for (uint32_t i = 0; i < topology->stock_count; i++) {
        toc_digest_u64(digest, topology->stocks[i].asset);
        toc_digest_text(digest, topology->parts[topology->stocks[i].part]);
        toc_digest_u64(digest, topology->stocks[i].count);
    }
    for (uint32_t i = 0; i < topology->vendor_count; i++) {
        const toc_vendor *vendor = &topology->vendors[i];
        toc_digest_text(digest, vendor->id);
        toc_digest_text(digest, vendor->name);
        toc_digest_text(digest, vendor->skills);
        toc_digest_i64(digest, vendor->comes);
        toc_digest_i64(digest, vendor->delivers);
        toc_digest_i64(digest, vendor->spread_ppm);
        toc_digest_u64(digest, vendor->size);
        for (uint32_t j = 0; j < vendor->part_count; j++) {
            toc_digest_text(digest,
                            topology->parts[topology->vendor_parts[vendor->first_part + j]]);
        }
    }
}

static void digest_detection(const toc_topology *topology, toc_digest *digest) {
    for (uint32_t i = 0; i < topology->sensor_count; i++) {
        const toc_sensor *sensor = &topology->sensors[i];
        toc_digest_text(digest, sensor->id);
        toc_digest_u64(digest, (uint64_t)sensor->operator_index << 32 | sensor->on);
        toc_digest_u64(digest, sensor->cover_count);
        if (sensor->techniques[0] != '\0') {
            toc_digest_text(digest, sensor->techniques);
        }
        toc_digest_i64(digest, sensor->chance_ppm);
        toc_digest_i64(digest, sensor->dwell);
        toc_digest_i64(digest, sensor->false_every);
    }
    for (uint32_t i = 0; i < topology->cover_count; i++) {
        toc_digest_u64(digest, topology->covers[i]);
    }
    for (uint32_t i = 0; i < topology->analysts_count; i++) {
        const toc_analysts *analysts = &topology->analysts[i];
        toc_digest_u64(digest, (uint64_t)analysts->operator_index << 32 | analysts->size);
        toc_digest_i64(digest, analysts->median);
        toc_digest_i64(digest, analysts->spread_ppm);
        toc_digest_i64(digest, analysts->mean);
        toc_digest_i64(digest, analysts->hunt_every);
        toc_digest_u64(digest, analysts->hunt_looks);
        toc_digest_i64(digest, analysts->hunt_ppm);
    }
}

uint64_t toc_topology_digest(const toc_topology *topology) {
    toc_digest digest = toc_digest_start();
    toc_digest_text(&digest, topology->name);
    digest_zones(topology, &digest);
    digest_detection(topology, &digest);
    digest_network(topology, &digest);
    digest_elements(topology, &digest);
    digest_supply(topology, &digest);
    digest_grid(topology, &digest);
    digest_flows(topology, &digest);
    digest_course(topology, &digest);
    digest_work(topology, &digest);
    digest_depot(topology, &digest);
    return toc_digest_value(digest);
}
