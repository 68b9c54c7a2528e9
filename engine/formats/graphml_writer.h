/* GraphML writer: assets as nodes, links as edges, for yEd, Gephi and NetworkX. What GraphML has no
   words for (services, needs, crews) stays behind. */
#ifndef FORMATS_GRAPHML_WRITER_H
#define FORMATS_GRAPHML_WRITER_H

#include "tocsin/formats.h"

void toc_graphml_writer_write(const toc_topology *topology, toc_formats_buffer *buffer);

#endif
