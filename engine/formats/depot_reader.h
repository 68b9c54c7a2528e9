/* Depot reader: what the native file says of parts, stocks and vendors. */
#ifndef FORMATS_DEPOT_READER_H
#define FORMATS_DEPOT_READER_H

#include "formats/topology_reader.h"

/* What an <asset> says of the part that replacing it takes, after it was built. */
void toc_depot_reader_asset(toc_topology_reader *reader);
void toc_depot_reader_stock(toc_topology_reader *reader);
void toc_depot_reader_vendor(toc_topology_reader *reader);

#endif
