/* Bridge: the buffers at work, what keeps an asset supplied for a while after its source has
 * failed. */
#ifndef MODEL_BRIDGE_H
#define MODEL_BRIDGE_H

#include "model/world_state.h"

void toc_bridge_init(toc_world *world);
void toc_bridge_finish(toc_world *world);
/* Whether the buffers between the two bridge the change, so that `asset` does not see it. */
bool toc_bridge_bridges(toc_world *world, uint32_t source, uint32_t asset, bool up);
/* Whether one of them is at work now. */
bool toc_bridge_is_bridging(const toc_world *world, uint32_t source, uint32_t asset);
/* Somebody brings as much as it holds. Where it had run empty, it bridges again. */
void toc_bridge_refill(toc_world *world, uint32_t buffer);
/* From now on it empties at that share of its pace, 0 < ppm; filling is as before. */
void toc_bridge_set_pace(toc_world *world, uint32_t buffer, int64_t pace_ppm);
void toc_bridge_digest(const toc_world *world, toc_digest *digest);
void toc_bridge_check(const toc_world *world);

#endif
