#include "formats/network_writer.h"

#include "formats/paper.h"

#include <string.h>

static void id_and_name(toc_formats_buffer *buffer, const char *id, const char *name) {
    toc_paper_attribute(buffer, "id", id);
    if (strcmp(id, name) != 0) {
        toc_paper_attribute(buffer, "name", name);
    }
}

void toc_network_writer_phases(const toc_topology *topology, toc_formats_buffer *buffer) {
    for (uint32_t i = 0; i < topology->phase_count; i++) {
        toc_paper_text(buffer, "  <phase");
        id_and_name(buffer, topology->phases[i].id, topology->phases[i].name);
        toc_paper_text(buffer, "/>\n");
    }
}

static void write_phases(const toc_topology *topology, toc_phases phases,
                         toc_formats_buffer *buffer) {
    const char *before = " phases=\"";
    for (uint32_t i = 0; i < topology->phase_count; i++) {
        if ((phases & UINT32_C(1) << i) != 0) {
            toc_paper_text(buffer, before);
            toc_paper_xml(buffer, topology->phases[i].id);
            before = " ";
        }
    }
    toc_paper_text(buffer, phases != 0 ? "\"" : "");
}

static const char *protocol(const toc_topology *topology, uint32_t index) {
    return index == TOC_INDEX_NONE ? "any" : topology->protocols[index];
}

static void write_rule(const toc_topology *topology, const toc_rule *rule,
                       toc_formats_buffer *buffer) {
    toc_paper_text(buffer, rule->deny ? "    <deny" : "    <allow");
    toc_paper_attribute(buffer, "service", protocol(topology, rule->protocol));
    if (rule->from_asset != TOC_INDEX_NONE) {
        toc_paper_attribute(buffer, "from", topology->assets[rule->from_asset].id);
    }
    if (rule->to_asset != TOC_INDEX_NONE) {
        toc_paper_attribute(buffer, "to", topology->assets[rule->to_asset].id);
    }
    write_phases(topology, rule->phases, buffer);
    toc_paper_text(buffer, "/>\n");
}

void toc_network_writer_conduits(const toc_topology *topology, toc_formats_buffer *buffer) {
    for (uint32_t i = 0; i < topology->conduit_count; i++) {
        const toc_conduit *conduit = &topology->conduits[i];
        toc_paper_text(buffer, "  <conduit");
        toc_paper_attribute(buffer, "id", conduit->id);
        toc_paper_attribute(buffer, "from", topology->zones[conduit->from_zone].id);
        toc_paper_attribute(buffer, "to", topology->zones[conduit->to_zone].id);
        write_phases(topology, conduit->phases, buffer);
        toc_paper_text(buffer, conduit->rule_count == 0 ? "/>\n" : ">\n");
        for (uint32_t j = 0; j < conduit->rule_count; j++) {
            write_rule(topology, &topology->rules[conduit->first_rule + j], buffer);
        }
        toc_paper_text(buffer, conduit->rule_count == 0 ? "" : "  </conduit>\n");
    }
}

void toc_network_writer_listens(const toc_topology *topology, uint32_t asset, uint32_t *next,
                                toc_formats_buffer *buffer) {
    for (; *next < topology->listen_count && topology->listens[*next].asset == asset; ++*next) {
        const toc_listen *listen = &topology->listens[*next];
        toc_paper_text(buffer, "    <listens");
        toc_paper_attribute(buffer, "service", protocol(topology, listen->protocol));
        for (uint32_t i = 0; i < listen->zone_count; i++) {
            toc_paper_text(buffer, i == 0 ? " from=\"" : " ");
            toc_paper_xml(buffer,
                          topology->zones[topology->listen_zones[listen->first_zone + i]].id);
        }
        toc_paper_text(buffer, listen->zone_count > 0 ? "\"/>\n" : "/>\n");
    }
}

void toc_network_writer_weakness(const toc_topology *topology, const toc_weakness *weakness,
                                 toc_formats_buffer *buffer) {
    if (weakness->protocol != TOC_INDEX_NONE) {
        toc_paper_attribute(buffer, "service", topology->protocols[weakness->protocol]);
    }
    toc_paper_attribute(buffer, "from", weakness->from == TOC_ACCESS_USER ? "user" : "");
    toc_paper_attribute(buffer, "gives", weakness->gives == TOC_ACCESS_USER ? "user" : "");
}

void toc_network_writer_traffic(const toc_topology *topology, uint32_t link,
                                toc_formats_buffer *buffer) {
    const toc_link *facts = &topology->links[link];
    uint32_t traffic = toc_topology_find_traffic(topology, link);
    toc_paper_text(buffer, "  <traffic");
    toc_paper_attribute(buffer, "id", facts->id);
    toc_paper_attribute(buffer, "from", topology->assets[facts->from].id);
    toc_paper_attribute(buffer, "to", topology->assets[facts->to].id);
    toc_paper_attribute(buffer, "service",
                        topology->protocols[topology->traffics[traffic].protocol]);
    toc_paper_attribute(buffer, "off", facts->off ? "yes" : "");
    toc_paper_text(buffer, "/>\n");
}
