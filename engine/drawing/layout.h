/* Layout: where assets stand on a picture: where the topology says, else where their neighbours
   pull them. The same topology always gives the same places. */
#ifndef DRAWING_LAYOUT_H
#define DRAWING_LAYOUT_H

#include "tocsin/topology.h"

/* A labelled group of assets, in the same plane as the places. */
typedef struct toc_layout_box {
    double x, y, width, height;
    uint32_t zone;
} toc_layout_box;

typedef struct toc_layout {
    double *x, *y;         /* of each asset; y grows downwards; NULL without assets */
    bool geographic;       /* the unit is a metre, and distances mean something */
    toc_layout_box *boxes; /* of zones, where no places are known */
    size_t box_count;
    double spacing; /* about the distance of neighbours */
} toc_layout;

/* `aspect` is the width of the picture by its height. */
void toc_layout_compute(const toc_topology *topology, double aspect, toc_layout *out_layout);
void toc_layout_finish(toc_layout *layout);

#endif
