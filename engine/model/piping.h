/* Piping: finds the connected parts of what carries each commodity, and lays out a flow for each.
 */
#ifndef MODEL_PIPING_H
#define MODEL_PIPING_H

#include "model/transport_state.h"

/* NULL where nothing flows. */
struct transport *toc_piping_create(const toc_topology *topology);
void toc_piping_destroy(struct transport *transport);
/* TOC_INDEX_NONE where the asset has no part in the flow of the commodity. */
uint32_t toc_piping_site(const struct transport *transport, const toc_topology *topology,
                         uint32_t asset, uint32_t commodity);

#endif
