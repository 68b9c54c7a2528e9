/* Grid: the buses, units and lines of a topology as the load flow wants them. */
#ifndef MODEL_GRID_H
#define MODEL_GRID_H

#include "model/power_state.h"

/* NULL where the topology generates no power. */
struct power *toc_grid_create(const toc_topology *topology);
void toc_grid_destroy(struct power *power);
/* Reads again what the world's state says of buses, units and lines. */
typedef struct toc_grid_news {
    bool network;        /* buses or lines came or went */
    bool anything, more; /* `more`: something came that can carry or give */
} toc_grid_news;
toc_grid_news toc_grid_refresh(const toc_world *world, struct power *power);
/* Schedules and full demands, where buses and units are there. */
void toc_grid_reset(struct power *power);

#endif
