/* Drought: who is up and yet gets nothing of what flows has nothing of it to give, so that a need
   of that service is not met by it. What comes again must come for a while before others live from
   it. */
#ifndef MODEL_DROUGHT_H
#define MODEL_DROUGHT_H

#include "model/world_state.h"

void toc_drought_init(toc_world *world);
void toc_drought_finish(toc_world *world);
/* The flow of the commodity at the asset may be another one. */
void toc_drought_look(toc_world *world, uint32_t asset, uint32_t commodity);
/* Whether what `asset` needs of the source is cut short by a drought there: all of it, since a
   buffer between the two stands for all of it. */
bool toc_drought_cuts(const toc_world *world, uint32_t source, uint32_t asset);
/* Whether the source is there for the asset. */
bool toc_drought_gives(const toc_world *world, uint32_t source, uint32_t asset);
void toc_drought_digest(const toc_world *world, toc_digest *digest);

#endif
