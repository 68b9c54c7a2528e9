/* Buffer: what keeps an asset supplied for a while after its source has failed. */
#ifndef MODEL_BUFFER_H
#define MODEL_BUFFER_H

#include "model/world_state.h"

void toc_buffer_init(toc_world *world);
void toc_buffer_finish(toc_world *world);
/* Whether the buffers between the two bridge the change, so that `asset` does not see it. */
bool toc_buffer_bridges(toc_world *world, uint32_t source, uint32_t asset, bool up);
/* Whether one of them is at work now. */
bool toc_buffer_is_bridging(const toc_world *world, uint32_t source, uint32_t asset);
void toc_buffer_digest(const toc_world *world, toc_digest *digest);
void toc_buffer_check(const toc_world *world);

#endif
