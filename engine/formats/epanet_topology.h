/* EPANET topology: a network on its way into the model's builder. */
#ifndef FORMATS_EPANET_TOPOLOGY_H
#define FORMATS_EPANET_TOPOLOGY_H

#include "formats/epanet_name.h"
#include "formats/epanet_network.h"
#include "model/builder.h"
#include "tocsin/formats.h"

typedef struct toc_epanet_source {
    const toc_epanet_network *network;
    const toc_epanet_cyber *cyber; /* NULL: who controls it is not known */
    toc_epanet_names *names;
    uint32_t litres_a_day; /* as wished of an import */
} toc_epanet_source;

/* Tells what of the network a topology cannot say. */
toc_status toc_epanet_topology_build(const toc_epanet_source *source, toc_problems *problems,
                                     toc_topology **out_topology);

#endif
