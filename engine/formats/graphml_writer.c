#include "formats/graphml_writer.h"

#include "formats/paper.h"
#include "formats/plain_number.h"
#include "formats/topology_word.h"

#include <stdio.h>
#include <string.h>

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
    "  <key id=\"name\" for=\"graph\" attr.name=\"name\" attr.type=\"string\"/>\n"
    "  <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
    "  <key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n"
    "  <key id=\"operator\" for=\"node\" attr.name=\"operator\" attr.type=\"string\"/>\n"
    "  <key id=\"zone\" for=\"node\" attr.name=\"zone\" attr.type=\"string\"/>\n"
    "  <key id=\"x\" for=\"node\" attr.name=\"x\" attr.type=\"double\"/>\n"
    "  <key id=\"y\" for=\"node\" attr.name=\"y\" attr.type=\"double\"/>\n"
    "  <key id=\"people\" for=\"node\" attr.name=\"people\" attr.type=\"long\"/>\n"
    "  <key id=\"provides\" for=\"node\" attr.name=\"provides\" attr.type=\"string\"/>\n"
    "  <key id=\"needs\" for=\"node\" attr.name=\"needs\" attr.type=\"string\"/>\n"
    "  <key id=\"link\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n"
    "  <key id=\"capacity\" for=\"edge\" attr.name=\"capacity\" attr.type=\"string\"/>\n"
    "  <key id=\"reactance\" for=\"edge\" attr.name=\"reactance\" attr.type=\"double\"/>\n"
    "  <graph edgedefault=\"undirected\">\n";

static void data(toc_formats_buffer *buffer, const char *indent, const char *key,
                 const char *text) {
    if (text[0] == '\0') {
        return;
    }
    toc_paper_format(buffer, "%s<data key=\"%s\">", indent, key);
    toc_paper_xml(buffer, text);
    toc_paper_text(buffer, "</data>\n");
}

static void scaled(toc_formats_buffer *buffer, const char *key, int64_t value,
                   const toc_unit *unit) {
    char number[48];
    (void)toc_plain_number_scaled(value, unit->base, number, sizeof number);
    toc_paper_format(buffer, "      <data key=\"%s\">%s%s</data>\n", key, number, unit->name);
}

static void amount(toc_formats_buffer *buffer, int64_t value, const toc_unit *unit) {
    char number[48];
    (void)toc_plain_number_scaled(value, unit->base, number, sizeof number);
    toc_paper_format(buffer, " %s%s", number, unit->name);
}

/* "power 24MW 19MW; heat 5MW". What an asset provides belongs to its own operator. */
static void write_provisions(const toc_topology *topology, const toc_asset *asset,
                             toc_formats_buffer *buffer) {
    for (uint32_t i = 0; i < asset->provision_count; i++) {
        const toc_provision *provision = &topology->provisions[asset->first_provision + i];
        const toc_service *service = &topology->services[provision->service];
        toc_paper_text(buffer, i == 0 ? "      <data key=\"provides\">" : "; ");
        toc_paper_xml(buffer, service->id);
        amount(buffer, provision->capacity, service->unit);
        if (provision->demand != provision->capacity) {
            amount(buffer, provision->demand, service->unit);
        }
        toc_paper_text(buffer, i + 1 == asset->provision_count ? "</data>\n" : "");
    }
}

/* A need that GraphML's list can say: all of some assets, to run, and nothing beside that. */
static bool is_plain(const toc_topology *topology, const toc_need *need) {
    bool plain = need->rule == TOC_NEED_ALL && need->purpose == TOC_NEED_RUN &&
                 need->service[0] == '\0' && need->fallback_after == TOC_NEVER;
    for (uint32_t i = 0; i < need->source_count; i++) {
        uint32_t source = topology->sources[need->first_source + i];
        plain = plain && source < topology->asset_count &&
                strpbrk(topology->assets[source].id, ";,|") == NULL;
    }
    return plain;
}

static void write_needs(const toc_topology *topology, const toc_asset *asset,
                        toc_formats_buffer *buffer) {
    bool any = false;
    for (uint32_t i = 0; i < asset->need_count; i++) {
        const toc_need *need = &topology->needs[asset->first_need + i];
        for (uint32_t j = 0; is_plain(topology, need) && j < need->source_count; j++) {
            toc_paper_text(buffer, any ? "; " : "      <data key=\"needs\">");
            toc_paper_xml(buffer, topology->assets[topology->sources[need->first_source + j]].id);
            any = true;
        }
    }
    toc_paper_text(buffer, any ? "</data>\n" : "");
}

static void write_node(const toc_topology *topology, uint32_t index, toc_formats_buffer *buffer) {
    static const toc_unit kilometre = {"", "length", 1000};
    static const toc_unit person = {"", "people", 1};
    const toc_asset *asset = &topology->assets[index];
    toc_paper_text(buffer, "    <node");
    toc_paper_attribute(buffer, "id", asset->id);
    toc_paper_text(buffer, ">\n");
    data(buffer, "      ", "label", asset->name);
    data(buffer, "      ", "kind", toc_topology_kind(asset->kind)->name);
    if (asset->operator_index != TOC_INDEX_NONE) {
        data(buffer, "      ", "operator", topology->operators[asset->operator_index].id);
    }
    if (asset->zone != TOC_INDEX_NONE) {
        data(buffer, "      ", "zone", topology->zones[asset->zone].id);
    }
    if (asset->placed) {
        scaled(buffer, "x", asset->x_m, &kilometre);
        scaled(buffer, "y", asset->y_m, &kilometre);
    }
    if (asset->people > 0) {
        scaled(buffer, "people", asset->people, &person);
    }
    write_provisions(topology, asset, buffer);
    write_needs(topology, asset, buffer);
    toc_paper_text(buffer, "    </node>\n");
}

static void write_edge(const toc_topology *topology, uint32_t index, toc_formats_buffer *buffer) {
    const toc_link *link = &topology->links[index];
    toc_paper_text(buffer, "    <edge");
    toc_paper_attribute(buffer, "id", link->id);
    toc_paper_attribute(buffer, "source", topology->assets[link->from].id);
    toc_paper_attribute(buffer, "target", topology->assets[link->to].id);
    toc_paper_text(buffer, ">\n");
    data(buffer, "      ", "link", toc_topology_link_kind_name(link->kind));
    if (link->rating > 0) {
        scaled(buffer, "capacity", link->rating, toc_topology_word_unit(link->kind));
    }
    if (link->reactance != 0) {
        char number[48];
        (void)toc_plain_number_print(link->reactance, number, sizeof number);
        data(buffer, "      ", "reactance", number);
    }
    toc_paper_text(buffer, "    </edge>\n");
}

void toc_graphml_writer_write(const toc_topology *topology, toc_formats_buffer *buffer) {
    toc_paper_text(buffer, head);
    data(buffer, "    ", "name", topology->name);
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        write_node(topology, i, buffer);
    }
    for (uint32_t i = 0; i < topology->link_count; i++) {
        if (topology->links[i].kind != TOC_LINK_TRAFFIC) { /* which joins nothing by itself */
            write_edge(topology, i, buffer);
        }
    }
    toc_paper_text(buffer, "  </graph>\n</graphml>\n");
}

static uint32_t odd_needs(const toc_topology *topology) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < topology->need_count; i++) {
        count += is_plain(topology, &topology->needs[i]) ? 0 : 1;
    }
    return count;
}

static uint32_t switched_off(const toc_topology *topology) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        count += topology->assets[i].off ? 1 : 0;
    }
    for (uint32_t i = 0; i < topology->link_count; i++) {
        count += topology->links[i].off ? 1 : 0;
    }
    return count;
}

void toc_graphml_writer_tell(const toc_topology *topology, toc_problems *problems) {
    const struct {
        const char *what;
        uint32_t count;
    } lost[] = {
        {"needs with conditions", odd_needs(topology)},
        {"buffers", topology->buffer_count},
        {"weaknesses", topology->weakness_count},
        {"times of work", topology->work_count},
        {"crews", topology->crew_count},
        {"conduits", topology->conduit_count},
        {"phases", topology->phase_count},
        {"what assets listen for", topology->listen_count},
        {"traffic", topology->traffic_count},
        {"generation", topology->generation_count},
        {"facts of buses", topology->bus_count},
        {"taps", topology->tap_count},
        {"failovers", topology->failover_count},
        {"rooms of hosts", topology->hosting_count},
        {"sources of what flows", topology->origin_count},
        {"throughputs", topology->throughput_count},
        {"tanks", topology->tank_count},
        {"patterns of demand", topology->pattern_count},
        {"controls", topology->control_count},
        {"sensors", topology->sensor_count},
        {"analysts", topology->analysts_count},
        {"facts of roads", topology->road_count},
        {"wants of parts", topology->part_want_count},
        {"stocks", topology->stock_count},
        {"vendors", topology->vendor_count},
        {"what begins switched off", switched_off(topology)},
    };
    char line[600] = "";
    size_t length = 0;
    toc_place nowhere = {NULL, 0, 0};
    for (size_t i = 0; i < sizeof lost / sizeof lost[0]; i++) {
        if (lost[i].count > 0) {
            int written = snprintf(line + length, sizeof line - length, "%s%s %u",
                                   length > 0 ? ", " : "", lost[i].what, lost[i].count);
            length += written > 0 && (size_t)written < sizeof line - length ? (size_t)written : 0;
        }
    }
    if (length > 0) {
        toc_problems_warn(problems, nowhere, "GraphML has no words for this, which is left out: %s",
                          line);
    }
}
