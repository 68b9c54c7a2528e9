/* Road: the links of kind road as a graph of the assets that they join, and shortest ways over
   those that are open now. A road is open while it is up; nobody passes a bridge or a tunnel that
   is out. Nodes are numbers of their own, in the order of their assets. */
#ifndef MODEL_ROAD_H
#define MODEL_ROAD_H

#include "model/world_state.h"

/* Where ways lead to: a node, and how long it takes from there on. */
struct road_goal {
    uint32_t node;
    toc_time rest;
};

/* A topology without roads or without crews has no graph. */
void toc_road_init(toc_world *world);
void toc_road_finish(toc_world *world);
bool toc_road_is_known(const toc_world *world);
/* The node of an asset that a road ends at, TOC_INDEX_NONE for any other. */
uint32_t toc_road_node(const toc_world *world, uint32_t asset);
uint32_t toc_road_asset(const toc_world *world, uint32_t node);
/* The node that is nearest as the crow flies, the first of equals; TOC_INDEX_NONE where no node
   has a place. */
uint32_t toc_road_nearest(const toc_world *world, int32_t x_m, int32_t y_m);
/* Finds the shortest ways to the goals (at most two) for who goes at this speed where a road says
   none. What was found last is kept until a road changes. */
void toc_road_seek(const toc_world *world, const struct road_goal *goals, uint32_t count,
                   int64_t speed_m_per_hour);
/* From the node to the nearest goal of the last search, TOC_NEVER where no open road leads there.
 */
toc_time toc_road_time(const toc_world *world, uint32_t node);
/* The next node on that way; TOC_INDEX_NONE where it ends. */
uint32_t toc_road_next(const toc_world *world, uint32_t node);
/* How long it takes to the neighbour that toc_road_next gave. */
toc_time toc_road_step(const toc_world *world, uint32_t node);
/* Changes whenever a road opens or closes: ways that were found at one version hold for it. */
uint64_t toc_road_version(const toc_world *world);
/* Whether one may go back on the road between the two nodes, in the middle of it. */
bool toc_road_has_way(const toc_world *world, uint32_t from, uint32_t to);
/* The element goes out of use or comes back: ways that are found from now on differ, and work that
   nobody could get to is looked at again in this instant. */
void toc_road_touch(toc_world *world, uint32_t element);

#endif
