#include "formats/epanet_reader.h"

#include "formats/epanet_cyber.h"
#include "formats/epanet_file.h"
#include "formats/epanet_scenario.h"
#include "formats/epanet_topology.h"
#include "formats/shape.h"

static uint32_t nodes_of(const toc_epanet_network *network, toc_epanet_node_kind kind) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < network->nodes.count; i++) {
        count += toc_epanet_network_node(network, i)->kind == kind ? 1 : 0;
    }
    return count;
}

static uint32_t links_of(const toc_epanet_network *network, toc_epanet_link_kind kind) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < network->links.count; i++) {
        count += toc_epanet_network_link(network, i)->kind == kind ? 1 : 0;
    }
    return count;
}

static uint32_t placed(const toc_epanet_network *network) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < network->nodes.count; i++) {
        count += toc_epanet_network_node(network, i)->placed ? 1 : 0;
    }
    return count;
}

static void measure(const toc_epanet_network *network, toc_formats_import *out_import) {
    const toc_formats_count parts[] = {
        {"junctions", nodes_of(network, TOC_EPANET_JUNCTION)},
        {"reservoirs", nodes_of(network, TOC_EPANET_RESERVOIR)},
        {"tanks", nodes_of(network, TOC_EPANET_TANK)},
        {"pipes", links_of(network, TOC_EPANET_PIPE)},
        {"pumps", links_of(network, TOC_EPANET_PUMP)},
        {"valves", links_of(network, TOC_EPANET_VALVE)},
        {"controls", network->controls.count + network->lost_controls},
        {"coordinates", placed(network)},
    };
    toc_shape_edge *edges = toc_arena_heap(NULL, network->links.count + (size_t)1, sizeof *edges);
    for (uint32_t i = 0; i < network->links.count; i++) {
        const toc_epanet_link *link = toc_epanet_network_link(network, i);
        edges[i] = (toc_shape_edge){link->from, link->to};
    }
    toc_shape_measure(network->nodes.count, edges, network->links.count, out_import);
    toc_arena_heap_free(edges);
    out_import->units = network->flow_unit;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        out_import->parts[out_import->part_count++] = parts[i];
    }
}

/* The network is read; what controls it, and the topology, are to come. */
static toc_status make(const toc_formats_wish *wish, toc_epanet_network *network,
                       toc_problems *problems, toc_formats_import *out_import) {
    toc_epanet_cyber cyber;
    toc_epanet_names names;
    toc_epanet_source source = {.network = network,
                                .cyber = wish->cyber != NULL ? &cyber : NULL,
                                .names = &names,
                                .litres_a_day = wish->litres_a_day};
    toc_status status = TOC_OK;
    if (wish->cyber != NULL) {
        status = toc_epanet_cyber_read(wish->cyber, problems, network, &cyber);
    }
    if (status == TOC_OK) {
        toc_epanet_name_all(network, source.cyber, &names);
        status = toc_epanet_topology_build(&source, problems, &out_import->topology);
        if (status == TOC_OK && wish->scenario && source.cyber != NULL) {
            toc_epanet_scenario_write(network, source.cyber, &names, problems, out_import);
        }
        toc_epanet_name_finish(&names);
    }
    if (wish->cyber != NULL) {
        toc_epanet_cyber_finish(&cyber);
    }
    return status;
}

toc_status toc_epanet_reader_read(const toc_formats_wish *wish, toc_problems *problems,
                                  toc_formats_import *out_import) {
    toc_epanet_network network;
    toc_formats_import result = {.topology = NULL};
    toc_status status;
    toc_epanet_network_start(&network, wish->sources[0].file);
    status = toc_epanet_file_read(&wish->sources[0], problems, &network);
    if (status == TOC_OK) {
        measure(&network, &result);
        status = make(wish, &network, problems, &result);
    }
    if (status == TOC_OK) {
        *out_import = result;
    }
    toc_epanet_network_finish(&network);
    return status;
}
