/* Stock: parts that lie somewhere, and the way to them. A party that is sent to replace something
   fetches the part first where it is soonest, unless it has one with it; a part is spoken for from
   then on. Work that needs a part takes it when it begins. */
#ifndef MODEL_STOCK_H
#define MODEL_STOCK_H

#include "model/world_state.h"

/* Topologies without parts have nothing of this. */
void toc_stock_init(toc_world *world);
void toc_stock_finish(toc_world *world);
/* The part that work of this kind takes there, TOC_INDEX_NONE for none. */
uint32_t toc_stock_wanted(const toc_world *world, uint32_t element, toc_job_kind kind);
/* Adds to what lies at the asset; free parties look at what waits within this instant. */
void toc_stock_put(toc_world *world, uint32_t asset, uint32_t part, uint32_t count);
/* Takes one away; there must be one. */
void toc_stock_take(toc_world *world, uint32_t asset, uint32_t part);
uint32_t toc_stock_count(const toc_world *world, uint32_t asset, uint32_t part);
/* Whether the operator has one anywhere. */
bool toc_stock_has(const toc_world *world, uint32_t operator_index, uint32_t part);
/* The next pile after `pile` of the operator that holds something; begins with TOC_INDEX_NONE and
   ends so. */
uint32_t toc_stock_next(const toc_world *world, uint32_t operator_index, uint32_t pile,
                        uint32_t *out_asset, uint32_t *out_part, uint32_t *out_count);
/* How long the party takes to where it has to go first: the element, or the asset in *out_fetch
   where the part lies that the work takes (else TOC_INDEX_NONE). TOC_NEVER where there is no part
   or no way. */
toc_time toc_stock_way(const toc_world *world, uint32_t party, const toc_job_order *order,
                       uint32_t *out_fetch);
/* Whether the work wants for a part: nobody of whose crews has one with them, no stock holds one.
 */
bool toc_stock_lacks(const toc_world *world, const toc_job_order *order);
void toc_stock_digest(const toc_world *world, toc_digest *digest);

#endif
