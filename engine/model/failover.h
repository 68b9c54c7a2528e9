/* Failover: a need with a standby. The asset lives from one of the sources at a time, the first to
   begin with. When that is lost, the first of the others that is there takes over after a while,
   and only as long as the element through which it is ordered (a control plane) is up. It does not
   go back of itself: where it has moved, it stays until that is lost in turn. A source without the
   room that it takes is as good as none. */
#ifndef MODEL_FAILOVER_H
#define MODEL_FAILOVER_H

#include "model/world_state.h"

void toc_failover_init(toc_world *world);
void toc_failover_finish(toc_world *world);
/* Whether the source that the need lives from is there, with and without buffers, as of the latest
   look. The need must be one with a failover. */
bool toc_failover_is_seen(const toc_world *world, uint32_t need);
bool toc_failover_is_real(const toc_world *world, uint32_t need);
/* Looks at the sources of the need again, and sets out for another one or calls that off. */
void toc_failover_look(toc_world *world, uint32_t need);
/* An element through which failovers are ordered came or went. */
void toc_failover_gate_changed(toc_world *world, uint32_t element);
/* The source that the need lives from, an element; TOC_INDEX_NONE for a need without a failover. */
uint32_t toc_failover_source(const toc_world *world, uint32_t need);
/* Sets out for that source (TOC_INDEX_NONE: the first other one that is there and has room), while
   the one that it lives from is there too. False where it cannot go there now. */
bool toc_failover_move(toc_world *world, uint32_t need, uint32_t source);
/* Whether the hosts of the asset have room for it when it is held to that share. */
bool toc_failover_fits(const toc_world *world, uint32_t asset, int64_t share_ppm);
/* The asset is held to another share than before: its hosts have more room, or less. */
void toc_failover_resize(toc_world *world, uint32_t asset, int64_t before_ppm);
/* A source has what the need lives from, but no room for it. */
bool toc_failover_is_crowded_out(const toc_world *world, uint32_t need);
void toc_failover_digest(const toc_world *world, toc_digest *digest);
void toc_failover_check(const toc_world *world);

#endif
