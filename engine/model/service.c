#include "model/service.h"

#include "model/supply.h"

toc_service_figures toc_service_read(const toc_world *world, uint32_t service) {
    struct service_state state = toc_supply_until_now(world, service);
    toc_service_figures figures = {.demand_us = state.demand_us,
                                   .loss_us = state.loss_us,
                                   .people_us = state.people_us,
                                   .level_ppm = toc_supply_level_ppm(state.supply, state.demand),
                                   .min_level_ppm = state.min_level_ppm,
                                   .demand = state.demand,
                                   .supply = state.supply,
                                   .people_out = state.people_out,
                                   .first_loss = state.first_loss,
                                   .restored_at = TOC_NEVER};
    if (figures.level_ppm < figures.min_level_ppm) {
        figures.min_level_ppm = figures.level_ppm;
    }
    if (state.supply < state.demand && figures.first_loss == TOC_NEVER) {
        figures.first_loss = state.loss_since;
    }
    if (state.supply == state.demand && figures.first_loss != TOC_NEVER) {
        figures.restored_at = state.whole_since;
    }
    return figures;
}

int64_t toc_service_level_ppm(const toc_world *world, uint32_t service) {
    const struct service_state *state = &world->services[service];
    return toc_supply_level_ppm(state->supply, state->demand);
}
