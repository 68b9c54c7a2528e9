#include "formats/topology_writer.h"

#include "formats/depot_writer.h"
#include "formats/detection_writer.h"
#include "formats/network_writer.h"
#include "formats/paper.h"
#include "formats/plain_number.h"
#include "formats/topology_word.h"

#include <stdio.h>
#include <string.h>

/* What lies in the order of assets or links, but not with each of them: the first not yet written.
 */
struct writer {
    const toc_topology *topology;
    toc_formats_buffer *buffer;
    uint32_t next_failover, next_hosting, next_buffer, next_generation, next_bus, next_tap,
        next_listen, next_origin, next_throughput, next_tank;
    uint32_t next_road;
};

static void text(struct writer *writer, const char *name, const char *value) {
    toc_paper_attribute(writer->buffer, name, value);
}

static void whole(struct writer *writer, const char *name, uint64_t value) {
    toc_paper_format(writer->buffer, " %s=\"%llu\"", name, (unsigned long long)value);
}

/* `value` base units in units of `base`, with the unit's name behind it. */
static void scaled(struct writer *writer, const char *name, int64_t value, int64_t base,
                   const char *unit) {
    char number[48];
    (void)toc_plain_number_scaled(value, base, number, sizeof number);
    toc_paper_format(writer->buffer, " %s=\"%s%s\"", name, number, unit);
}

static void duration(struct writer *writer, const char *name, toc_time time) {
    toc_paper_time(writer->buffer, name, time);
}

static void open_tag(struct writer *writer, const char *indent, const char *name) {
    toc_paper_format(writer->buffer, "%s<%s", indent, name);
}

static void close_tag(struct writer *writer, bool empty) {
    toc_paper_text(writer->buffer, empty ? "/>\n" : ">\n");
}

/* A name is only said where it is not the id. */
static void id_and_name(struct writer *writer, const char *id, const char *name) {
    text(writer, "id", id);
    if (strcmp(id, name) != 0) {
        text(writer, "name", name);
    }
}

static void operator_of(struct writer *writer, uint32_t index) {
    if (index != TOC_INDEX_NONE) {
        text(writer, "operator", writer->topology->operators[index].id);
    }
}

static void write_operators(struct writer *writer) {
    for (uint32_t i = 0; i < writer->topology->operator_count; i++) {
        const toc_operator *owner = &writer->topology->operators[i];
        open_tag(writer, "  ", "operator");
        id_and_name(writer, owner->id, owner->name);
        text(writer, "sector", owner->sector);
        text(writer, "cii", owner->cii ? "yes" : "");
        close_tag(writer, true);
    }
}

static void write_zones(struct writer *writer) {
    for (uint32_t i = 0; i < writer->topology->zone_count; i++) {
        const toc_zone *zone = &writer->topology->zones[i];
        open_tag(writer, "  ", "zone");
        id_and_name(writer, zone->id, zone->name);
        operator_of(writer, zone->operator_index);
        whole(writer, "level", zone->level);
        if (zone->target > 0) {
            toc_paper_format(writer->buffer, " target=\"SL%d\"", zone->target);
        }
        text(writer, "inside", zone->closed ? "deny" : "");
        close_tag(writer, true);
    }
}

static void write_provisions(struct writer *writer, const toc_asset *asset) {
    for (uint32_t i = 0; i < asset->provision_count; i++) {
        const toc_provision *provision = &writer->topology->provisions[asset->first_provision + i];
        const toc_service *service = &writer->topology->services[provision->service];
        open_tag(writer, "    ", "provides");
        text(writer, "service", service->id);
        scaled(writer, "capacity", provision->capacity, service->unit->base, "");
        if (provision->demand != provision->capacity) {
            scaled(writer, "demand", provision->demand, service->unit->base, "");
        }
        text(writer, "unit", service->unit->name);
        if (provision->priority != TOC_PRIORITY_USUAL) {
            whole(writer, "priority", provision->priority);
        }
        if (provision->pattern != TOC_INDEX_NONE) {
            text(writer, "pattern", writer->topology->patterns[provision->pattern].id);
        }
        close_tag(writer, true);
    }
}

static void write_sources(struct writer *writer, const toc_need *need) {
    static const char *const names[] = {
        [TOC_NEED_ALL] = "all", [TOC_NEED_ANY] = "any", [TOC_NEED_AT_LEAST] = "of"};
    if (need->rule == TOC_NEED_AT_LEAST) {
        whole(writer, "at-least", need->at_least);
    }
    toc_paper_format(writer->buffer, " %s=\"", names[need->rule]);
    for (uint32_t i = 0; i < need->source_count; i++) {
        uint32_t source = writer->topology->sources[need->first_source + i];
        toc_paper_text(writer->buffer, i == 0 ? "" : " ");
        toc_paper_xml(writer->buffer, toc_topology_element_id(writer->topology, source));
    }
    toc_paper_text(writer->buffer, "\"");
}

static void write_failover(struct writer *writer, uint32_t need) {
    const toc_topology *topology = writer->topology;
    if (writer->next_failover < topology->failover_count &&
        topology->failovers[writer->next_failover].need == need) {
        const toc_failover *failover = &topology->failovers[writer->next_failover++];
        duration(writer, "failover", failover->takes);
        if (failover->through != TOC_INDEX_NONE) {
            text(writer, "through", toc_topology_element_id(topology, failover->through));
        }
        if (failover->uses > 0) {
            whole(writer, "uses", failover->uses);
        }
    }
}

static void write_needs(struct writer *writer, const toc_asset *asset) {
    static const char *const purposes[] = {
        [TOC_NEED_RUN] = "run", [TOC_NEED_START] = "start", [TOC_NEED_CONTROL] = "control"};
    for (uint32_t i = 0; i < asset->need_count; i++) {
        const toc_need *need = &writer->topology->needs[asset->first_need + i];
        toc_need_purpose usual =
            strcmp(need->service, "control") == 0 ? TOC_NEED_CONTROL : TOC_NEED_RUN;
        open_tag(writer, "    ", "needs");
        write_sources(writer, need);
        text(writer, "service", need->service);
        text(writer, "for", need->purpose != usual ? purposes[need->purpose] : "");
        if (need->fallback_after != TOC_NEVER) {
            text(writer, "else", "manual");
            duration(writer, "after", need->fallback_after);
        }
        write_failover(writer, asset->first_need + i);
        close_tag(writer, true);
    }
}

static bool has_hosting(const struct writer *writer, uint32_t asset) {
    return writer->next_hosting < writer->topology->hosting_count &&
           writer->topology->hostings[writer->next_hosting].asset == asset;
}

static void write_hosts(struct writer *writer, uint32_t asset) {
    if (has_hosting(writer, asset)) {
        open_tag(writer, "    ", "hosts");
        whole(writer, "room", writer->topology->hostings[writer->next_hosting++].room);
        close_tag(writer, true);
    }
}

static bool has_buffer(const struct writer *writer, uint32_t asset) {
    return writer->next_buffer < writer->topology->buffer_count &&
           writer->topology->buffers[writer->next_buffer].asset == asset;
}

static bool has_generation(const struct writer *writer, uint32_t asset) {
    return writer->next_generation < writer->topology->generation_count &&
           writer->topology->generations[writer->next_generation].asset == asset;
}

static bool has_bus(const struct writer *writer, uint32_t asset) {
    return writer->next_bus < writer->topology->bus_count &&
           writer->topology->buses[writer->next_bus].asset == asset;
}

static bool has_listen(const struct writer *writer, uint32_t asset) {
    return writer->next_listen < writer->topology->listen_count &&
           writer->topology->listens[writer->next_listen].asset == asset;
}

static void write_buffers(struct writer *writer, uint32_t asset) {
    const toc_topology *topology = writer->topology;
    for (; has_buffer(writer, asset); writer->next_buffer++) {
        const toc_buffer *buffer = &topology->buffers[writer->next_buffer];
        open_tag(writer, "    ", "buffer");
        text(writer, "kind", buffer->kind);
        duration(writer, "holds", buffer->holds);
        if (buffer->refill != buffer->holds) {
            duration(writer, "refill", buffer->refill);
        }
        text(writer, "feeds", topology->assets[buffer->feeds].id);
        close_tag(writer, true);
    }
}

static void real(struct writer *writer, const char *name, double value) {
    char number[48];
    (void)toc_plain_number_print(value, number, sizeof number);
    text(writer, name, number);
}

static void write_power(struct writer *writer, uint32_t asset) {
    const toc_topology *topology = writer->topology;
    const int64_t megawatt = 1000000;
    for (; has_generation(writer, asset); writer->next_generation++) {
        const toc_generation *generation = &topology->generations[writer->next_generation];
        open_tag(writer, "    ", "generates");
        scaled(writer, "output", generation->output_milli, megawatt * 1000, "MW");
        if (generation->most_milli != generation->output_milli) {
            scaled(writer, "most", generation->most_milli, megawatt * 1000, "MW");
        }
        if (generation->bus != asset) {
            text(writer, "into", topology->assets[generation->bus].id);
        }
        close_tag(writer, true);
    }
    for (; has_bus(writer, asset); writer->next_bus++) {
        const toc_bus *bus = &topology->buses[writer->next_bus];
        open_tag(writer, "    ", "bus");
        text(writer, "reference", bus->reference ? "yes" : "");
        if (bus->angle_deg != 0) {
            real(writer, "angle", bus->angle_deg);
        }
        if (bus->shunt != 0) {
            scaled(writer, "shunt", bus->shunt, megawatt, "MW");
        }
        close_tag(writer, true);
    }
}

static bool has_flow(const struct writer *writer, uint32_t asset) {
    const toc_topology *topology = writer->topology;
    return (writer->next_origin < topology->origin_count &&
            topology->origins[writer->next_origin].asset == asset) ||
           (writer->next_throughput < topology->throughput_count &&
            topology->throughputs[writer->next_throughput].asset == asset) ||
           (writer->next_tank < topology->tank_count &&
            topology->tanks[writer->next_tank].asset == asset);
}

static void write_rate(struct writer *writer, const char *name, uint32_t commodity, int64_t rate) {
    const toc_commodity *flows = &writer->topology->commodities[commodity];
    open_tag(writer, "    ", name);
    text(writer, "service", flows->service);
    if (rate != 0) {
        scaled(writer, "rate", rate, flows->unit->base, "");
    }
    text(writer, "unit", flows->unit->name);
    close_tag(writer, true);
}

static void write_tank(struct writer *writer, const toc_tank *tank) {
    const toc_unit *flow = toc_unit_find("m3/h"), *volume = toc_unit_find("m3");
    open_tag(writer, "    ", "tank");
    text(writer, "service", writer->topology->commodities[tank->commodity].service);
    scaled(writer, "volume", tank->volume, volume->base, "");
    text(writer, "unit", volume->name);
    scaled(writer, "height", tank->height_mm, 1000, "m");
    scaled(writer, "begins", tank->begins_mm, 1000, "m");
    if (tank->least_mm != 0) {
        scaled(writer, "least", tank->least_mm, 1000, "m");
    }
    if (tank->fill != 0) {
        scaled(writer, "fill", tank->fill, flow->base, flow->name);
    }
    if (tank->give != 0) {
        scaled(writer, "give", tank->give, flow->base, flow->name);
    }
    text(writer, "overflow", tank->overflows ? "yes" : "");
    close_tag(writer, true);
}

static void write_flow(struct writer *writer, uint32_t asset) {
    const toc_topology *topology = writer->topology;
    for (; writer->next_origin < topology->origin_count &&
           topology->origins[writer->next_origin].asset == asset;
         writer->next_origin++) {
        const toc_origin *origin = &topology->origins[writer->next_origin];
        write_rate(writer, "supplies", origin->commodity, origin->rate);
    }
    for (; writer->next_throughput < topology->throughput_count &&
           topology->throughputs[writer->next_throughput].asset == asset;
         writer->next_throughput++) {
        const toc_throughput *throughput = &topology->throughputs[writer->next_throughput];
        write_rate(writer, "passes", throughput->commodity, throughput->rate);
    }
    for (; writer->next_tank < topology->tank_count &&
           topology->tanks[writer->next_tank].asset == asset;
         writer->next_tank++) {
        write_tank(writer, &topology->tanks[writer->next_tank]);
    }
}

static void write_weaknesses(struct writer *writer, const toc_asset *asset) {
    for (uint32_t i = 0; i < asset->weakness_count; i++) {
        const toc_weakness *weakness = &writer->topology->weaknesses[asset->first_weakness + i];
        open_tag(writer, "    ", "weakness");
        text(writer, "id", weakness->id);
        text(writer, "technique", weakness->technique);
        scaled(writer, "ease", weakness->ease_ppm, 1000000, "");
        toc_network_writer_weakness(writer->topology, weakness, writer->buffer);
        close_tag(writer, true);
    }
    for (uint32_t i = 0; i < asset->work_count; i++) {
        const toc_work *work = &writer->topology->works[asset->first_work + i];
        open_tag(writer, "    ", "work");
        text(writer, "job", work->job);
        duration(writer, "median", work->median);
        if (work->spread_ppm != 0) {
            scaled(writer, "spread", work->spread_ppm, 1000000, "");
        }
        close_tag(writer, true);
    }
}

static void write_assets(struct writer *writer) {
    const toc_topology *topology = writer->topology;
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        const toc_asset *asset = &topology->assets[i];
        bool is_empty = !has_buffer(writer, i) && !has_hosting(writer, i) &&
                        !has_generation(writer, i) && !has_bus(writer, i) &&
                        !has_listen(writer, i) && !has_flow(writer, i) &&
                        asset->provision_count + asset->need_count + asset->weakness_count +
                                asset->work_count ==
                            0;
        open_tag(writer, "  ", "asset");
        id_and_name(writer, asset->id, asset->name);
        text(writer, "kind", toc_topology_kind(asset->kind)->name);
        operator_of(writer, asset->operator_index);
        if (asset->zone != TOC_INDEX_NONE) {
            text(writer, "zone", topology->zones[asset->zone].id);
        }
        if (asset->placed) {
            scaled(writer, "x", asset->x_m, 1000, "");
            scaled(writer, "y", asset->y_m, 1000, "");
        }
        if (asset->people > 0) {
            whole(writer, "people", asset->people);
        }
        if (asset->start_takes > 0) {
            duration(writer, "start", asset->start_takes);
        }
        text(writer, "off", asset->off ? "yes" : "");
        toc_depot_writer_asset(topology, i, writer->buffer);
        close_tag(writer, is_empty);
        write_provisions(writer, asset);
        write_needs(writer, asset);
        write_hosts(writer, i);
        write_buffers(writer, i);
        write_power(writer, i);
        write_flow(writer, i);
        write_weaknesses(writer, asset);
        toc_network_writer_listens(topology, i, &writer->next_listen, writer->buffer);
        if (!is_empty) {
            toc_paper_text(writer->buffer, "  </asset>\n");
        }
    }
}

static void write_tap(struct writer *writer, uint32_t link) {
    const toc_topology *topology = writer->topology;
    if (writer->next_tap < topology->tap_count && topology->taps[writer->next_tap].link == link) {
        const toc_tap *tap = &topology->taps[writer->next_tap++];
        if (tap->ratio != 1) {
            real(writer, "ratio", tap->ratio);
        }
        if (tap->shift_deg != 0) {
            real(writer, "shift", tap->shift_deg);
        }
    }
}

static void write_road(struct writer *writer, uint32_t link) {
    const toc_topology *topology = writer->topology;
    if (writer->next_road < topology->road_count &&
        topology->roads[writer->next_road].link == link) {
        const toc_road *road = &topology->roads[writer->next_road++];
        if (road->length_mm != 0) {
            scaled(writer, "length", road->length_mm, 1000000, "km");
        }
        if (road->speed_m_per_hour != 0) {
            scaled(writer, "speed", road->speed_m_per_hour, 1000, "km/h");
        }
    }
}

static void write_links(struct writer *writer) {
    const toc_topology *topology = writer->topology;
    for (uint32_t i = 0; i < topology->link_count; i++) {
        const toc_link *link = &topology->links[i];
        const toc_unit *unit = link->carries == TOC_INDEX_NONE
                                   ? toc_topology_word_unit(link->kind)
                                   : topology->commodities[link->carries].unit;
        if (link->kind == TOC_LINK_TRAFFIC) {
            toc_network_writer_traffic(topology, i, writer->buffer);
            continue;
        }
        open_tag(writer, "  ", "link");
        text(writer, "id", link->id);
        text(writer, "from", topology->assets[link->from].id);
        text(writer, "to", topology->assets[link->to].id);
        text(writer, "kind", toc_topology_link_kind_name(link->kind));
        if (link->reactance != 0) {
            real(writer, "reactance", link->reactance);
        }
        write_tap(writer, i);
        if (link->carries != TOC_INDEX_NONE) {
            text(writer, "carries", topology->commodities[link->carries].service);
        }
        text(writer, "one-way", link->one_way ? "yes" : "");
        if (link->rating != 0) {
            scaled(writer, "rating", link->rating, unit->base, unit->name);
        }
        write_road(writer, i);
        text(writer, "off", link->off ? "yes" : "");
        close_tag(writer, true);
    }
}

static void write_patterns(struct writer *writer) {
    const toc_topology *topology = writer->topology;
    for (uint32_t i = 0; i < topology->pattern_count; i++) {
        const toc_pattern *pattern = &topology->patterns[i];
        open_tag(writer, "  ", "pattern");
        text(writer, "id", pattern->id);
        duration(writer, "step", pattern->step);
        toc_paper_text(writer->buffer, " factors=\"");
        for (uint32_t j = 0; j < pattern->factor_count; j++) {
            char number[48];
            (void)toc_plain_number_scaled(topology->factors_ppm[pattern->first_factor + j], 1000000,
                                          number, sizeof number);
            toc_paper_format(writer->buffer, "%s%s", j == 0 ? "" : " ", number);
        }
        toc_paper_text(writer->buffer, "\"");
        close_tag(writer, true);
    }
}

static void write_controls(struct writer *writer) {
    const toc_topology *topology = writer->topology;
    for (uint32_t i = 0; i < topology->control_count; i++) {
        const toc_control *control = &topology->controls[i];
        open_tag(writer, "  ", "control");
        text(writer, "of", toc_topology_element_id(topology, control->element));
        if (control->by != TOC_INDEX_NONE) {
            text(writer, "by", topology->assets[control->by].id);
        }
        if (control->sees != TOC_INDEX_NONE) {
            text(writer, "sees", topology->assets[topology->tanks[control->sees].asset].id);
        }
        if (control->through != TOC_INDEX_NONE) {
            text(writer, "through", toc_topology_element_id(topology, control->through));
        }
        if (control->sense == TOC_WHEN_AT) {
            duration(writer, "at", control->at);
        } else {
            scaled(writer, control->sense == TOC_WHEN_BELOW ? "below" : "above", control->level_mm,
                   1000, "m");
        }
        text(writer, "then", control->on ? "on" : "off");
        close_tag(writer, true);
    }
}

static void write_crews(struct writer *writer) {
    const toc_topology *topology = writer->topology;
    for (uint32_t i = 0; i < topology->crew_count; i++) {
        const toc_crew *crew = &topology->crews[i];
        open_tag(writer, "  ", "crew");
        id_and_name(writer, crew->id, crew->name);
        operator_of(writer, crew->operator_index);
        text(writer, "skills", crew->skills);
        if (crew->base != TOC_INDEX_NONE) {
            text(writer, "base", topology->assets[crew->base].id);
        }
        whole(writer, "size", crew->size);
        scaled(writer, "speed", crew->speed_m_per_hour, 1000, "km/h");
        if (crew->shift != 0) {
            duration(writer, "shift", crew->shift);
            duration(writer, "handover", crew->handover);
        }
        close_tag(writer, true);
    }
}

void toc_topology_writer_write(const toc_topology *topology, toc_formats_buffer *buffer) {
    struct writer writer = {.topology = topology, .buffer = buffer};
    toc_paper_text(buffer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<topology xmlns=\"urn:tocsin:topology:1\"");
    text(&writer, "name", topology->name);
    close_tag(&writer, false);
    write_operators(&writer);
    write_zones(&writer);
    toc_network_writer_phases(topology, buffer);
    toc_network_writer_conduits(topology, buffer);
    write_assets(&writer);
    write_links(&writer);
    write_patterns(&writer);
    write_controls(&writer);
    write_crews(&writer);
    toc_detection_writer_all(topology, buffer);
    toc_depot_writer_all(topology, buffer);
    toc_paper_text(buffer, "</topology>\n");
}
