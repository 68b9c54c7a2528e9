/* Travel: how a party gets to an element. Where there are roads, to the next node of the road
   graph, over roads that are open, from node to node, and straight from the node that is nearest to
   the element; else straight all the way. At every node the way is looked for again, so what has
   been closed meanwhile is gone round; who is on a road when it closes still comes to its end. Who
   goes to a road stays at the end that is reached first. */
#ifndef MODEL_TRAVEL_H
#define MODEL_TRAVEL_H

#include "model/world_state.h"

/* From where the party stands; TOC_NEVER where no open road leads there. */
toc_time toc_travel_time(const toc_world *world, uint32_t party, uint32_t element);
/* Sets out on the next leg; false where no open road leads there. `out_leg` is how long the leg
   takes, `out_way` the whole way. */
bool toc_travel_go(toc_world *world, uint32_t party, uint32_t element, toc_time *out_leg,
                   toc_time *out_way);
/* The leg is over; tells whether the party has come to the element. */
bool toc_travel_arrive(toc_world *world, uint32_t party, uint32_t element);
/* Stops where it is. */
void toc_travel_halt(toc_world *world, uint32_t party);
/* Where the party is now, on its way or standing; false where it has no place. */
bool toc_travel_place(const toc_world *world, uint32_t party, int32_t *out_x_m, int32_t *out_y_m);
/* Nodes that the party will pass from now on, as assets; returns how many there are, of which the
   first `most` are given. */
uint32_t toc_travel_way(const toc_world *world, uint32_t party, uint32_t element,
                        uint32_t *out_assets, uint32_t most);

#endif
