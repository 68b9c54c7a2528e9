/* Depot writer: stocks and vendors as the native file says them. */
#ifndef FORMATS_DEPOT_WRITER_H
#define FORMATS_DEPOT_WRITER_H

#include "tocsin/formats.h"

/* The attribute of an asset that wants a part. */
void toc_depot_writer_asset(const toc_topology *topology, uint32_t asset,
                            toc_formats_buffer *buffer);
void toc_depot_writer_all(const toc_topology *topology, toc_formats_buffer *buffer);

#endif
