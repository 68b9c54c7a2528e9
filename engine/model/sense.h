/* Sense: how news of the world reaches the operator that owns an element: by telemetry within the
   instant while there is a view of it, and by the calls of customers who lost their service. */
#ifndef MODEL_SENSE_H
#define MODEL_SENSE_H

#include "model/world.h"

/* Whether the operator would be told at once of a change of the element. */
bool toc_sense_has_telemetry(const toc_world *world, uint32_t operator_index, uint32_t element);
/* The same where nobody denies the view. */
bool toc_sense_is_connected(const toc_world *world, uint32_t operator_index, uint32_t element);
/* `worse`: those who live from it get less than before. */
void toc_sense_operation(toc_world *world, uint32_t element, bool worse);
/* The view of the asset came or went. */
void toc_sense_sight(toc_world *world, uint32_t asset);
/* What telemetry shows of the element is another thing now, true or false. */
void toc_sense_shown(toc_world *world, uint32_t element);
void toc_sense_finish(toc_world *world);

#endif
