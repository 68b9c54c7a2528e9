#include "formats/graphml_writer.h"

#include "formats/paper.h"
#include "formats/plain_number.h"
#include "formats/topology_word.h"

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
