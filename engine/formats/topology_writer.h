/* Topology writer: a topology as native XML, always in the same words. */
#ifndef FORMATS_TOPOLOGY_WRITER_H
#define FORMATS_TOPOLOGY_WRITER_H

#include "tocsin/formats.h"

void toc_topology_writer_write(const toc_topology *topology, toc_formats_buffer *buffer);

#endif
