/* Allotment: who gets what in one connected part of a commodity, as its links and machines are now.
 */
#ifndef MODEL_ALLOTMENT_H
#define MODEL_ALLOTMENT_H

#include "model/transport_state.h"
#include "model/world_state.h"

/* Writes what consumers get, sources put out, tanks give and take, and pipes carry. */
void toc_allotment_solve(const toc_world *world, uint32_t part);

#endif
