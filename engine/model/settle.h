/* Settle: what follows from a change within its instant. From the present state downwards to a
   fixed point first, then starts: what has stopped never starts itself again through a ring of
   dependencies, because a start wants its needs to be there before it. */
#ifndef MODEL_SETTLE_H
#define MODEL_SETTLE_H

#include "model/world_state.h"

void toc_settle_init(toc_world *world);
void toc_settle_finish(toc_world *world);
/* The element's causes, needs or hands changed: it is looked at when settling runs. */
void toc_settle_look(toc_world *world, uint32_t element);
/* Starts an asset that is off without what its start needs, by means of its own; it runs only as
   long as what it needs to run is there. False where something is broken, it runs, or lacks that.
 */
bool toc_settle_start_alone(toc_world *world, uint32_t asset);
/* Works off everything that waits, in order of assets: stops first, then starts. */
void toc_settle_run(toc_world *world);

#endif
