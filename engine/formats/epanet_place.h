/* EPANET place: where nodes lie, in metres. A file draws its network in units of its own. */
#ifndef FORMATS_EPANET_PLACE_H
#define FORMATS_EPANET_PLACE_H

#include "formats/epanet_network.h"

typedef struct toc_epanet_map {
    double middle_x, middle_y; /* in the file's units */
    double metres;             /* in one of them */
} toc_epanet_map;

/* One unit is what makes the pipes, as drawn, as long together as the file says they are; a metre
   where the file says nothing of lengths. */
toc_epanet_map toc_epanet_place_map(const toc_epanet_network *network);
/* Metres east and north of the middle of all. */
void toc_epanet_place_node(const toc_epanet_map *map, const toc_epanet_node *node, int32_t *out_x_m,
                           int32_t *out_y_m);

#endif
