#include "formats/epanet_inlet.h"

#include "formats/epanet_pump.h"

static toc_epanet_way way_to(const toc_epanet_heads *heads, const toc_epanet_link *valve,
                             uint32_t tank) {
    bool forth = heads->nearest[valve->to] == tank, back = heads->nearest[valve->from] == tank;
    return forth == back ? TOC_EPANET_BOTH_WAYS : forth ? TOC_EPANET_FORTH : TOC_EPANET_BACK;
}

void toc_epanet_inlet_find(const toc_epanet_network *network, toc_epanet_inlets *out_inlets) {
    toc_epanet_heads heads;
    toc_epanet_pump_heads(network, false, &heads);
    out_inlets->filled =
        toc_arena_heap(NULL, network->nodes.count + (size_t)1, sizeof *out_inlets->filled);
    out_inlets->way =
        toc_arena_heap(NULL, network->links.count + (size_t)1, sizeof *out_inlets->way);
    for (uint32_t i = 0; i < network->nodes.count; i++) {
        out_inlets->filled[i] = false;
    }
    for (uint32_t i = 0; i < network->links.count; i++) {
        out_inlets->way[i] =
            toc_epanet_network_link(network, i)->one_way ? TOC_EPANET_FORTH : TOC_EPANET_BOTH_WAYS;
    }
    for (uint32_t i = 0; i < network->controls.count; i++) {
        const toc_epanet_control *control = toc_epanet_network_control(network, i);
        const toc_epanet_link *link = toc_epanet_network_link(network, control->link);
        if (control->when != TOC_EPANET_ABOVE || control->opens) {
            continue;
        }
        out_inlets->filled[control->node] = true;
        if (link->kind == TOC_EPANET_VALVE && !link->one_way) {
            out_inlets->way[control->link] = way_to(&heads, link, control->node);
        }
    }
    toc_epanet_pump_finish(&heads);
}

void toc_epanet_inlet_finish(toc_epanet_inlets *inlets) {
    toc_arena_heap_free(inlets->filled);
    toc_arena_heap_free(inlets->way);
}
