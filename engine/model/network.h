/* Network: what passes now from one asset to another: the rules as written, and what has been
   blocked, cut off and refused since. Up or down does not matter here; isolation does. */
#ifndef MODEL_NETWORK_H
#define MODEL_NETWORK_H

#include "model/rule.h"
#include "model/world.h"

void toc_network_init(toc_world *world);
void toc_network_finish(toc_world *world);

/* Whether `from` can open a session of that service with `to`: in one zone, where the zone is not
   closed; between zones, where a conduit that is open now allows it; and where `to` takes it.
   Assets in no zone share a nameless one that no conduit reaches. `service` "": any at all. */
bool toc_network_permits(const toc_world *world, uint32_t from, uint32_t to, const char *service);
/* The same by the protocol's index; TOC_INDEX_NONE: any at all, protocol_count: one that nobody
   names. */
bool toc_network_passes(const toc_world *world, toc_passage passage);
/* Whether this conduit, which leads between the zones of the two, lets it pass and `to` takes it.
 */
bool toc_network_conduit_passes(const toc_world *world, uint32_t conduit, toc_passage passage);
/* Whether `to` takes it from that zone, which may be its own. */
bool toc_network_accepts(const toc_world *world, toc_passage passage, uint32_t from_zone);

/* Each is false where it was so already. What depends on it changes within the instant. */
bool toc_network_block(toc_world *world, uint32_t conduit, bool blocked);
/* Cuts every conduit from and to the zone; inside of it nothing changes. */
bool toc_network_cut_zone(toc_world *world, uint32_t zone, bool cut);
/* The asset refuses the service from everywhere. */
bool toc_network_refuse(toc_world *world, uint32_t asset, uint32_t protocol, bool refused);
bool toc_network_set_phase(toc_world *world, uint32_t phase);

bool toc_network_is_blocked(const toc_world *world, uint32_t conduit);
bool toc_network_is_cut(const toc_world *world, uint32_t zone);
bool toc_network_is_refused(const toc_world *world, uint32_t asset, uint32_t protocol);
bool toc_network_is_isolated(const toc_world *world, uint32_t asset);
/* TOC_INDEX_NONE where the topology has none. */
uint32_t toc_network_current_phase(const toc_world *world);

/* The condition cell that changes whenever something that may pass changes. */
uint64_t toc_network_cell(void);
void toc_network_touch(toc_world *world);
void toc_network_digest(const toc_world *world, toc_digest *digest);
void toc_network_check(const toc_world *world);

#endif
