/* Need: counts of the sources that are there, kept as they come and go, so that a change costs what
   its dependents number. */
#ifndef MODEL_NEED_H
#define MODEL_NEED_H

#include "model/world_state.h"

void toc_need_init(toc_world *world);
void toc_need_finish(toc_world *world);
/* A source of the need came (+1) or went (-1), as seen with buffers and for real. */
void toc_need_count(toc_world *world, uint32_t need, int seen, int real);
/* The element began or ceased to be there. */
void toc_need_source_changed(toc_world *world, uint32_t element, bool up);
/* The buffers between the two assets are used up. */
void toc_need_bridge_ended(toc_world *world, uint32_t source, uint32_t asset);
/* There is something in them again, while their source is not there. */
void toc_need_bridge_began(toc_world *world, uint32_t source, uint32_t asset);
/* The source began or ceased to be there for that asset. */
void toc_need_pair_changed(toc_world *world, uint32_t source, uint32_t asset, bool comes);
/* Whether a need of control is met when sources with that cause do not count. */
bool toc_need_is_met_without(const toc_world *world, uint32_t need, toc_cause cause);
void toc_need_digest(const toc_world *world, toc_digest *digest);
void toc_need_check(const toc_world *world);

#endif
