/* GraphML writer: assets as nodes, links as edges, for yEd, Gephi and NetworkX; services and plain
   needs as data of their nodes. */
#ifndef FORMATS_GRAPHML_WRITER_H
#define FORMATS_GRAPHML_WRITER_H

#include "tocsin/formats.h"

void toc_graphml_writer_write(const toc_topology *topology, toc_formats_buffer *buffer);
/* Tells how much of what the topology says stays behind, in one line; nothing where all is said. */
void toc_graphml_writer_tell(const toc_topology *topology, toc_problems *problems);

#endif
