/* EPANET topology: a network on its way into the model's builder. */
#ifndef FORMATS_EPANET_TOPOLOGY_H
#define FORMATS_EPANET_TOPOLOGY_H

#include "formats/epanet_name.h"
#include "formats/epanet_network.h"
#include "model/builder.h"
#include "tocsin/formats.h"

/* Tells what of the network a topology cannot say. */
toc_status toc_epanet_topology_build(const toc_epanet_network *network, toc_epanet_names *names,
                                     uint32_t litres_a_day, toc_problems *problems,
                                     toc_topology **out_topology);

#endif
