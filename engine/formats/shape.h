/* Shape: what can be said of a network by looking at who is joined with whom. */
#ifndef FORMATS_SHAPE_H
#define FORMATS_SHAPE_H

#include "tocsin/formats.h"

typedef struct toc_shape_edge {
    uint32_t from, to;
} toc_shape_edge;

/* Fills the counts; the topology is NULL. */
void toc_shape_measure(uint32_t nodes, const toc_shape_edge *edges, uint32_t count,
                       toc_formats_import *out_import);

#endif
