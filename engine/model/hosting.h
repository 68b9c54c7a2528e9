/* Hosting: room that tenants share. A source of a failover may have room for so much; who lives
   from it takes a part, and a standby that has not enough left does not take over. Who has a place
   keeps it while the host is down; it is free again when its tenant has moved. */
#ifndef MODEL_HOSTING_H
#define MODEL_HOSTING_H

#include "model/world_state.h"

void toc_hosting_init(toc_world *world);
void toc_hosting_finish(toc_world *world);
/* Whether so much more fits in; always where nobody has said how much room the element has. */
bool toc_hosting_has_room(const toc_world *world, uint32_t element, uint32_t uses);
/* What is left; UINT32_MAX where there is no limit. */
uint32_t toc_hosting_left(const toc_world *world, uint32_t element);
/* Takes a place for so much, or gives it back. */
void toc_hosting_take(toc_world *world, uint32_t element, uint32_t uses);
void toc_hosting_leave(toc_world *world, uint32_t element, uint32_t uses);

#endif
