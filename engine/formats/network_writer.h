/* Network writer: phases, conduits, listeners and traffic as the native file says them. */
#ifndef FORMATS_NETWORK_WRITER_H
#define FORMATS_NETWORK_WRITER_H

#include "tocsin/formats.h"

void toc_network_writer_phases(const toc_topology *topology, toc_formats_buffer *buffer);
void toc_network_writer_conduits(const toc_topology *topology, toc_formats_buffer *buffer);
/* Writes what the asset listens for; `next` is the first not yet written, and is moved on. */
void toc_network_writer_listens(const toc_topology *topology, uint32_t asset, uint32_t *next,
                                toc_formats_buffer *buffer);
/* The attributes of a weakness that say how it is reached. */
void toc_network_writer_weakness(const toc_topology *topology, const toc_weakness *weakness,
                                 toc_formats_buffer *buffer);
void toc_network_writer_traffic(const toc_topology *topology, uint32_t link,
                                toc_formats_buffer *buffer);

#endif
