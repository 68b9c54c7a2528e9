/* Transport: supply of what flows through links, limited by capacity and served by priority.
   Demands of a smaller priority number are served first, from sources before tanks; equals share so
   that the one that is worst off in proportion is as well off as the links allow. Tanks give where
   sources lack, and take what everybody leaves over; both in proportion to their volumes, as far as
   the links allow. A tank gives to another one only from where nothing can come back to it: through
   a pump or check valve. An instant in which something changed ends with one new solution of the
   parts in which it changed. */
#ifndef MODEL_TRANSPORT_H
#define MODEL_TRANSPORT_H

#include "model/world.h"

/* Whether anything flows in this world. */
bool toc_transport_is_modelled(const toc_world *world);
/* The commodity that can flow through the link, TOC_INDEX_NONE where none does. */
uint32_t toc_transport_carries(const toc_world *world, uint32_t link);
/* Base units of the commodity: what the link carries from its first end to its second, less what it
   carries back. */
int64_t toc_transport_carried(const toc_world *world, uint32_t link);
/* What the asset feeds into links; what those who ask for it at the asset get, and a tank takes. */
int64_t toc_transport_output(const toc_world *world, uint32_t asset, uint32_t commodity);
int64_t toc_transport_inflow(const toc_world *world, uint32_t asset, uint32_t commodity);

/* Whether it is asked for there, nothing of it comes from elsewhere, and the asset is no source. */
bool toc_transport_starves(const toc_world *world, uint32_t asset, uint32_t commodity);

/* For the rest of the model. */
void toc_transport_init(toc_world *world);
void toc_transport_finish(toc_world *world);
/* The element came or went. */
void toc_transport_touch(toc_world *world, uint32_t element);
void toc_transport_demand_changed(toc_world *world, uint32_t provision);
/* Whether this instant ends with another solution: what services get now is not what they will have
   got. */
bool toc_transport_is_unsettled(const toc_world *world);
/* The tank came to an end of what it can give or take. */
void toc_transport_tank_changed(toc_world *world, uint32_t tank);
/* What arrives for a provision, at most `supply`; that much where it does not flow. */
int64_t toc_transport_given(const toc_world *world, uint32_t provision, int64_t supply);
void toc_transport_digest(const toc_world *world, toc_digest *digest);
void toc_transport_check(const toc_world *world);

#endif
