#include "formats/epanet_network.h"

#include "kernel/assert.h"

void toc_epanet_network_start(toc_epanet_network *network, const char *file) {
    *network = (toc_epanet_network){.arena = toc_arena_create(),
                                    .file = file,
                                    .title = "",
                                    .node_ids = toc_names_create(),
                                    .link_ids = toc_names_create(),
                                    .pattern_ids = toc_names_create(),
                                    .curve_ids = toc_names_create(),
                                    .flow_unit = "GPM",
                                    .unit = toc_unit_find("gpm"),
                                    .flow_ml_d = 5450993,
                                    .us_units = true,
                                    .multiplier = 1,
                                    .default_pattern = "1",
                                    .pattern_step = TOC_HOUR};
}

static void finish_rows(toc_list *rows) {
    for (uint32_t i = 0; i < rows->count; i++) {
        toc_list_finish(&TOC_LIST_AT(toc_epanet_row, rows, i)->values);
    }
    toc_list_finish(rows);
}

void toc_epanet_network_finish(toc_epanet_network *network) {
    finish_rows(&network->patterns);
    finish_rows(&network->curves);
    toc_list_finish(&network->nodes);
    toc_list_finish(&network->links);
    toc_list_finish(&network->controls);
    toc_names_destroy(network->node_ids);
    toc_names_destroy(network->link_ids);
    toc_names_destroy(network->pattern_ids);
    toc_names_destroy(network->curve_ids);
    toc_arena_destroy(network->arena);
}

toc_epanet_node *toc_epanet_network_node(const toc_epanet_network *network, uint32_t node) {
    TOC_ASSERT(node < network->nodes.count);
    return TOC_LIST_AT(toc_epanet_node, &network->nodes, node);
}

toc_epanet_link *toc_epanet_network_link(const toc_epanet_network *network, uint32_t link) {
    TOC_ASSERT(link < network->links.count);
    return TOC_LIST_AT(toc_epanet_link, &network->links, link);
}

toc_epanet_row *toc_epanet_network_pattern(const toc_epanet_network *network, uint32_t pattern) {
    TOC_ASSERT(pattern < network->patterns.count);
    return TOC_LIST_AT(toc_epanet_row, &network->patterns, pattern);
}

toc_epanet_row *toc_epanet_network_curve(const toc_epanet_network *network, uint32_t curve) {
    TOC_ASSERT(curve < network->curves.count);
    return TOC_LIST_AT(toc_epanet_row, &network->curves, curve);
}

const toc_epanet_control *toc_epanet_network_control(const toc_epanet_network *network,
                                                     uint32_t control) {
    TOC_ASSERT(control < network->controls.count);
    return TOC_LIST_AT(const toc_epanet_control, &network->controls, control);
}

double toc_epanet_network_value(const toc_epanet_row *row, uint32_t index) {
    TOC_ASSERT(index < row->values.count);
    return *TOC_LIST_AT(double, &row->values, index);
}

double toc_epanet_network_along(const toc_epanet_row *curve, double x) {
    uint32_t points = curve->values.count / 2;
    TOC_ASSERT(points > 0);
    if (x <= toc_epanet_network_value(curve, 0)) {
        return toc_epanet_network_value(curve, 1);
    }
    for (uint32_t i = 1; i < points; i++) {
        double left = toc_epanet_network_value(curve, 2 * i - 2);
        double low = toc_epanet_network_value(curve, 2 * i - 1);
        double right = toc_epanet_network_value(curve, 2 * i);
        double high = toc_epanet_network_value(curve, 2 * i + 1);
        if (x <= right) {
            return low + (high - low) * (x - left) / (right - left);
        }
    }
    return toc_epanet_network_value(curve, 2 * points - 1);
}

double toc_epanet_network_volume(const toc_epanet_network *network, const toc_epanet_node *tank,
                                 double level_m) {
    const double pi = 3.14159265358979323846, metre = network->us_units ? 0.3048 : 1;
    TOC_ASSERT(tank->kind == TOC_EPANET_TANK);
    if (tank->curve != TOC_NONE) {
        return toc_epanet_network_along(toc_epanet_network_curve(network, tank->curve),
                                        level_m / metre) *
               metre * metre * metre;
    }
    return pi / 4 * tank->diameter_m * tank->diameter_m * level_m;
}
