#include "formats/epanet_place.h"

#include <math.h>

toc_epanet_map toc_epanet_place_map(const toc_epanet_network *network) {
    double west = 0, east = 0, south = 0, north = 0, drawn = 0, told = 0;
    bool any = false;
    toc_epanet_map map = {0, 0, 1};
    for (uint32_t i = 0; i < network->nodes.count; i++) {
        const toc_epanet_node *node = toc_epanet_network_node(network, i);
        if (node->placed) {
            west = !any || node->x < west ? node->x : west;
            east = !any || node->x > east ? node->x : east;
            south = !any || node->y < south ? node->y : south;
            north = !any || node->y > north ? node->y : north;
            any = true;
        }
    }
    map.middle_x = west / 2 + east / 2;
    map.middle_y = south / 2 + north / 2;
    for (uint32_t i = 0; i < network->links.count; i++) {
        const toc_epanet_link *link = toc_epanet_network_link(network, i);
        const toc_epanet_node *from = toc_epanet_network_node(network, link->from);
        const toc_epanet_node *to = toc_epanet_network_node(network, link->to);
        double x = to->x - from->x, y = to->y - from->y;
        if (link->kind == TOC_EPANET_PIPE && from->placed && to->placed) {
            drawn += sqrt(x * x + y * y);
            told += link->length_m;
        }
    }
    if (drawn > 0 && told > 0 && isfinite(told / drawn)) {
        map.metres = told / drawn;
    }
    return map;
}

static int32_t metres(double value) {
    const double limit = 99999999;
    value = value < -limit ? -limit : value > limit ? limit : value;
    return (int32_t)(value < 0 ? value - 0.5 : value + 0.5);
}

void toc_epanet_place_node(const toc_epanet_map *map, const toc_epanet_node *node, int32_t *out_x_m,
                           int32_t *out_y_m) {
    *out_x_m = metres((node->x - map->middle_x) * map->metres);
    *out_y_m = metres((node->y - map->middle_y) * map->metres);
}
