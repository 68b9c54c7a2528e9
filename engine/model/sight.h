/* Sight: what is shown of an element from afar, and whether commands reach it. An attacker can deny
   the view of an asset or the command of it, there or at what its control runs through, and can
   have a false state shown; the element itself goes on. */
#ifndef MODEL_SIGHT_H
#define MODEL_SIGHT_H

#include "model/world.h"

/* Whether the asset's telemetry arrives. */
bool toc_sight_has_view(const toc_world *world, uint32_t asset);
/* Whether what is ordered from afar reaches the asset. */
bool toc_sight_takes_commands(const toc_world *world, uint32_t asset);
/* Whether the operator can switch the element from afar; a link from either end of its own. */
bool toc_sight_is_operable(const toc_world *world, uint32_t operator_index, uint32_t element);
/* Why nothing can be ordered from afar of an element of which that is so. */
const char *toc_sight_refusal(const toc_world *world, uint32_t element);
/* The operation that telemetry would tell of, true or false. */
toc_operation toc_sight_shown(const toc_world *world, uint32_t element);
/* From now on `shown` is told of the element whatever becomes of it, until the cause "falsified" is
   cleared. False where that is told already. */
bool toc_sight_falsify(toc_world *world, uint32_t element, toc_operation shown);

/* Whether the element has the cause, or carries traffic of an asset that has. */
bool toc_sight_is_hit(const toc_world *world, uint32_t element, toc_cause cause);
/* For the rest of the model: a cause came or went; what the asset's control runs through did. */
void toc_sight_cause_changed(toc_world *world, uint32_t element, toc_cause cause);
void toc_sight_look(toc_world *world, uint32_t asset);
void toc_sight_digest(const toc_world *world, toc_digest *digest);
void toc_sight_finish(toc_world *world);

#endif
