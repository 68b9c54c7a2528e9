#include "formats/epanet_sensor.h"

#include <string.h>

bool toc_epanet_sensor_read(toc_epanet_fields *fields, uint32_t field, const char *name,
                            const toc_epanet_network *network, toc_epanet_sensor *out) {
    const char *raw = name[0] != '\0' && name[1] == '_' ? name + 2 : name;
    uint32_t node = toc_names_find(network->node_ids, raw);
    uint32_t link = toc_names_find(network->link_ids, raw);
    char letter = raw == name ? '\0' : name[0];
    bool of_link = letter == 'F' || letter == 'S' || (letter == '\0' && node == TOC_NONE);
    if (letter != '\0' && letter != 'P' && letter != 'F' && letter != 'S') {
        toc_epanet_field_wrong(fields, field,
                               "'%.60s' is no reading; expected P_ (level or pressure), F_ (flow) "
                               "or S_ (state) before the name",
                               name);
        return false;
    }
    if (of_link ? link == TOC_NONE : node == TOC_NONE) {
        toc_epanet_field_unknown(fields, field, of_link ? "link" : "node", raw,
                                 of_link ? network->link_ids : network->node_ids);
        return false;
    }
    out->of_node = !of_link;
    out->of = of_link ? link : node;
    out->variable = letter == 'S' ? TOC_EPANET_STATE : of_link ? TOC_EPANET_FLOW : TOC_EPANET_LEVEL;
    return true;
}

bool toc_epanet_sensor_among(const toc_list *sensors, const toc_epanet_sensor *sensor) {
    for (uint32_t i = 0; i < sensors->count; i++) {
        const toc_epanet_sensor *known = TOC_LIST_AT(const toc_epanet_sensor, sensors, i);
        if (known->variable == sensor->variable && known->of_node == sensor->of_node &&
            known->of == sensor->of) {
            return true;
        }
    }
    return false;
}
