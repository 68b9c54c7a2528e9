/* Throttle: an asset that is held to a share of what it can give: trains that run slowly, a tenant
   that gets less of its host, a front end that takes only so many requests. What is held cannot be
   flooded: what is too much is turned away. */
#ifndef MODEL_THROTTLE_H
#define MODEL_THROTTLE_H

#include "model/world.h"

/* Of its capacity, ppm; 1000000 where it is not held. */
int64_t toc_throttle_share_ppm(const toc_world *world, uint32_t asset);
/* 1000000 lets it go. False where it was so already, or its host has no room for more. Takes a
   flood away that is there. */
bool toc_throttle_hold(toc_world *world, uint32_t asset, int64_t share_ppm);

void toc_throttle_digest(const toc_world *world, toc_digest *digest);
void toc_throttle_finish(toc_world *world);

#endif
