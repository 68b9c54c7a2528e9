/* Demand: what is asked for now, where it varies by a pattern. */
#ifndef MODEL_DEMAND_H
#define MODEL_DEMAND_H

#include "model/world_state.h"

void toc_demand_init(toc_world *world);
void toc_demand_finish(toc_world *world);
/* Base units of the service's unit. */
int64_t toc_demand_now(const toc_world *world, uint32_t provision);

#endif
