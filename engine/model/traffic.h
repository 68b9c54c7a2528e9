/* Traffic: legitimate flows. A flow is a link that is there while both its ends run and the network
   lets it pass; what needs it names it as a source, so that blocking too much has a price. */
#ifndef MODEL_TRAFFIC_H
#define MODEL_TRAFFIC_H

#include "model/world.h"

void toc_traffic_init(toc_world *world);
void toc_traffic_finish(toc_world *world);
/* What does not pass at the start is off from the start. */
void toc_traffic_begin(toc_world *world);
/* Whether nothing but the link's own causes keeps it off; true for every other link. */
bool toc_traffic_is_carried(const toc_world *world, uint32_t element);

/* The element of the asset's traffic of that number, from 0; TOC_INDEX_NONE behind the last. */
uint32_t toc_traffic_at(const toc_world *world, uint32_t asset, uint32_t which);

/* Each looks at the traffic concerned; settling is the caller's. */
void toc_traffic_end_changed(toc_world *world, uint32_t element);
void toc_traffic_conduit_changed(toc_world *world, uint32_t from_zone, uint32_t to_zone);
void toc_traffic_zone_changed(toc_world *world, uint32_t zone);
void toc_traffic_all_changed(toc_world *world);

#endif
