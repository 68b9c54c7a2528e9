/* Supply: what each asset can give of its services, and the running integrals of what is missing.
 */
#ifndef MODEL_SUPPLY_H
#define MODEL_SUPPLY_H

#include "model/world_state.h"

void toc_supply_init(toc_world *world);
void toc_supply_finish(toc_world *world);
/* The asset's capability changed. */
void toc_supply_asset_changed(toc_world *world, uint32_t asset);
/* What arrives at the asset for one of its services did. */
void toc_supply_provision_changed(toc_world *world, uint32_t provision);
/* What is asked for at the asset did; it was `before`. */
void toc_supply_demand_changed(toc_world *world, uint32_t provision, int64_t before);
/* Tells of all levels that changed since last time, in order of services. */
void toc_supply_tell(toc_world *world);
/* The state with its integrals brought up to now. */
struct service_state toc_supply_until_now(const toc_world *world, uint32_t service);
/* Supply over demand, rounded down so that only a full supply is 1000000. */
int64_t toc_supply_level_ppm(int64_t supply, int64_t demand);
void toc_supply_digest(const toc_world *world, toc_digest *digest);
void toc_supply_check(const toc_world *world);

#endif
