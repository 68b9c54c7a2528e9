/* EPANET node: junctions, reservoirs and tanks, what junctions ask for, and where they lie. */
#ifndef FORMATS_EPANET_NODE_H
#define FORMATS_EPANET_NODE_H

#include "formats/epanet_reading.h"

/* The present line of the section of that name. Patterns and curves must have been read. */
void toc_epanet_node_junction(toc_epanet_reading *reading);
void toc_epanet_node_reservoir(toc_epanet_reading *reading);
void toc_epanet_node_tank(toc_epanet_reading *reading);
void toc_epanet_node_coordinates(toc_epanet_reading *reading);
/* Every line of [DEMANDS] at once: what a junction is given there takes the place of its own. */
void toc_epanet_node_demands(toc_epanet_reading *reading);

#endif
