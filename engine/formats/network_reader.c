#include "formats/network_reader.h"

#include "formats/topology_value.h"
#include "model/builder_network.h"

#include <string.h>

static toc_place place(const toc_topology_reader *reader) {
    return toc_xml_cursor_place(reader->cursor);
}

static const char *text(const toc_topology_reader *reader, toc_topology_attribute attribute) {
    return toc_topology_value_text(reader, attribute);
}

void toc_network_reader_phase(toc_topology_reader *reader) {
    toc_builder_network_phase(reader->builder, text(reader, TOC_PHASE_ID),
                              text(reader, TOC_PHASE_NAME), place(reader));
}

void toc_network_reader_conduit(toc_topology_reader *reader) {
    toc_conduit_spec spec = {.id = text(reader, TOC_CONDUIT_ID),
                             .from = text(reader, TOC_CONDUIT_FROM),
                             .to = text(reader, TOC_CONDUIT_TO),
                             .phases = text(reader, TOC_CONDUIT_PHASES),
                             .place = place(reader)};
    toc_builder_network_conduit(reader->builder, &spec);
}

void toc_network_reader_rule(toc_topology_reader *reader) {
    bool deny = reader->element == TOC_ELEMENT_DENY;
    toc_rule_spec spec = {
        .service = text(reader, deny ? TOC_DENY_SERVICE : TOC_ALLOW_SERVICE),
        .from = text(reader, deny ? TOC_DENY_FROM : TOC_ALLOW_FROM),
        .to = text(reader, deny ? TOC_DENY_TO : TOC_ALLOW_TO),
        .phases = text(reader, deny ? TOC_DENY_PHASES : TOC_ALLOW_PHASES),
        .deny = deny,
        .place = place(reader),
    };
    toc_builder_network_rule(reader->builder, &spec);
}

void toc_network_reader_listens(toc_topology_reader *reader) {
    toc_builder_network_listens(reader->builder, text(reader, TOC_LISTENS_SERVICE),
                                text(reader, TOC_LISTENS_FROM), place(reader));
}

bool toc_network_reader_is_technique(const char *id) {
    size_t digits = id[0] == 'T' ? strspn(id + 1, "0123456789") : 0;
    if (digits != 4) {
        return false;
    }
    return id[5] == '\0' || (id[5] == '.' && strspn(id + 6, "0123456789") == 3 && id[9] == '\0');
}

void toc_network_reader_weakness(toc_topology_reader *reader) {
    static const char *const held[] = {"user", NULL}, *const given[] = {"user", "admin", NULL};
    toc_weakness_spec spec = {.id = text(reader, TOC_WEAKNESS_ID),
                              .technique = text(reader, TOC_WEAKNESS_TECHNIQUE),
                              .service = text(reader, TOC_WEAKNESS_SERVICE),
                              .place = place(reader)};
    toc_topology_value_ppm(reader, TOC_WEAKNESS_EASE, 1, &spec.ease_ppm);
    spec.from = (toc_access)(1 + toc_topology_value_word(reader, TOC_WEAKNESS_FROM, held, -1));
    spec.gives = (toc_access)(1 + toc_topology_value_word(reader, TOC_WEAKNESS_GIVES, given, 1));
    if (toc_topology_value_has(reader, TOC_WEAKNESS_TECHNIQUE) &&
        !toc_network_reader_is_technique(spec.technique)) {
        toc_topology_value_wrong(reader, TOC_WEAKNESS_TECHNIQUE,
                                 "an ATT&CK technique, like 'T0812'", NULL);
    }
    toc_builder_weakness(reader->builder, &spec);
}

void toc_network_reader_traffic(toc_topology_reader *reader) {
    toc_traffic_spec spec = {.id = text(reader, TOC_TRAFFIC_ID),
                             .from = text(reader, TOC_TRAFFIC_FROM),
                             .to = text(reader, TOC_TRAFFIC_TO),
                             .service = text(reader, TOC_TRAFFIC_SERVICE),
                             .place = place(reader)};
    spec.off = toc_topology_value_yes(reader, TOC_TRAFFIC_OFF);
    toc_builder_network_traffic(reader->builder, &spec);
}
