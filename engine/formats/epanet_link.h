/* EPANET link: pipes, pumps and valves, and how they stand at the start. */
#ifndef FORMATS_EPANET_LINK_H
#define FORMATS_EPANET_LINK_H

#include "formats/epanet_reading.h"

/* The present line of the section of that name. Nodes and curves must have been read. */
void toc_epanet_link_pipe(toc_epanet_reading *reading);
void toc_epanet_link_pump(toc_epanet_reading *reading);
void toc_epanet_link_valve(toc_epanet_reading *reading);
void toc_epanet_link_status(toc_epanet_reading *reading);

#endif
