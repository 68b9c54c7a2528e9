/* Resolve network: the end of building what lets pass and what passes. */
#ifndef MODEL_RESOLVE_NETWORK_H
#define MODEL_RESOLVE_NETWORK_H

#include "model/draft.h"

/* After zones, assets, links and needs; adds to the draft's mistakes. */
void toc_resolve_network_all(toc_builder *builder);
/* Indexes the conduits of a topology that is complete otherwise, and takes the protocols' names. */
void toc_resolve_network_index(struct owned_topology *owned);
void toc_resolve_network_discard(toc_builder *builder);

#endif
