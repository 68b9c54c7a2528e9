/* Force: places for a connected graph by springs, by igraph. */
#ifndef DRAWING_FORCE_H
#define DRAWING_FORCE_H

#include <stddef.h>
#include <stdint.h>

typedef struct toc_force_edge {
    uint32_t from, to;
} toc_force_edge;

/* Places nodes 0 to count - 1 so that neighbours are about 1 apart, around the origin. The same
   graph gives the same places. */
void toc_force_place(uint32_t count, const toc_force_edge *edges, size_t edge_count, double *x,
                     double *y);

#endif
