/* Network reader: what the native file says of conduits, rules, listeners, weaknesses, traffic. */
#ifndef FORMATS_NETWORK_READER_H
#define FORMATS_NETWORK_READER_H

#include "formats/topology_reader.h"

void toc_network_reader_phase(toc_topology_reader *reader);
void toc_network_reader_conduit(toc_topology_reader *reader);
/* <allow> or <deny>. */
void toc_network_reader_rule(toc_topology_reader *reader);
void toc_network_reader_listens(toc_topology_reader *reader);
void toc_network_reader_weakness(toc_topology_reader *reader);
void toc_network_reader_traffic(toc_topology_reader *reader);
/* "T0812" or "T1059.001". */
bool toc_network_reader_is_technique(const char *id);

#endif
