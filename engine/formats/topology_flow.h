/* Topology flow: the words of the native file for what flows: sources, pumps, tanks, patterns and
   controls. */
#ifndef FORMATS_TOPOLOGY_FLOW_H
#define FORMATS_TOPOLOGY_FLOW_H

#include "formats/topology_reader.h"

/* What a <provides> says of rank and pattern, after it was built. */
void toc_topology_flow_read_demand(toc_topology_reader *reader);
void toc_topology_flow_read_supplies(toc_topology_reader *reader);
void toc_topology_flow_read_passes(toc_topology_reader *reader);
void toc_topology_flow_read_tank(toc_topology_reader *reader);
/* What a <link> carries, in which direction and how much of it. */
void toc_topology_flow_read_link(toc_topology_reader *reader, toc_link_spec *spec);
void toc_topology_flow_read_pattern(toc_topology_reader *reader);
void toc_topology_flow_read_control(toc_topology_reader *reader);

#endif
