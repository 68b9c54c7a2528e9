/* Leaflet: the library's modules for authors, from what stands in their comments. */
#ifndef DRILL_LEAFLET_H
#define DRILL_LEAFLET_H

#include "tocsin/formats.h"

/* Appends a part of the handbook's page. */
void toc_leaflet_write(toc_formats_buffer *page);

#endif
