#include "model/foothold.h"

#include "model/hardening.h"
#include "model/network.h"
#include "model/world_state.h"

uint32_t toc_foothold_towards(const toc_world *world, uint32_t attacker, uint32_t asset,
                              uint32_t protocol) {
    uint32_t place = 0, held;
    if (toc_network_is_isolated(world, asset)) {
        return TOC_INDEX_NONE;
    }
    if (toc_intrusion_access(world, attacker, asset) != TOC_ACCESS_NONE) {
        return asset;
    }
    while (toc_intrusion_held(world, attacker, &place, &held)) {
        if (!toc_hardening_is_distrusted(world, held) &&
            toc_network_passes(world, (toc_passage){held, asset, protocol})) {
            return held;
        }
    }
    return TOC_INDEX_NONE;
}

static bool is_at(const toc_world *world, uint32_t attacker, uint32_t asset) {
    return toc_foothold_towards(world, attacker, asset, TOC_INDEX_NONE) != TOC_INDEX_NONE;
}

/* An asset, or the ends of a link. */
static bool is_at_source(const toc_world *world, uint32_t attacker, uint32_t source) {
    const toc_topology *topology = world->topology;
    const toc_link *link;
    if (source < topology->asset_count) {
        return is_at(world, attacker, source);
    }
    link = &topology->links[source - topology->asset_count];
    return is_at(world, attacker, link->from) || is_at(world, attacker, link->to);
}

/* Through what the asset's control runs through, as long as that runs. */
static bool controls(const toc_world *world, uint32_t attacker, uint32_t asset) {
    const toc_topology *topology = world->topology;
    const toc_asset *facts = &topology->assets[asset];
    for (uint32_t i = facts->first_need; i < facts->first_need + facts->need_count; i++) {
        const toc_need *need = &topology->needs[i];
        for (uint32_t j = 0; need->purpose == TOC_NEED_CONTROL && j < need->source_count; j++) {
            uint32_t source = topology->sources[need->first_source + j];
            if (state_is_up(world, source) && is_at_source(world, attacker, source)) {
                return true;
            }
        }
    }
    return false;
}

static bool reaches(const toc_world *world, uint32_t attacker, uint32_t asset) {
    return is_at(world, attacker, asset) || controls(world, attacker, asset);
}

bool toc_foothold_reaches(const toc_world *world, uint32_t attacker, uint32_t element) {
    const toc_topology *topology = world->topology;
    const toc_link *link;
    if (element < topology->asset_count) {
        return reaches(world, attacker, element);
    }
    link = &topology->links[element - topology->asset_count];
    return reaches(world, attacker, link->from) || reaches(world, attacker, link->to);
}

bool toc_foothold_has_secrets(const toc_world *world, uint32_t attacker, uint32_t asset) {
    const toc_asset *assets = world->topology->assets;
    uint32_t place = 0, held;
    while (toc_intrusion_held(world, attacker, &place, &held)) {
        if (assets[held].operator_index == assets[asset].operator_index &&
            toc_intrusion_access(world, attacker, held) == TOC_ACCESS_ADMIN) {
            return true;
        }
    }
    return false;
}

/* Whether every way in by an account that the asset has was closed. */
static bool are_accounts_shut(const toc_world *world, uint32_t asset) {
    const toc_asset *facts = &world->topology->assets[asset];
    uint32_t accounts = 0, closed = 0;
    for (uint32_t i = 0; i < facts->weakness_count; i++) {
        uint32_t weakness = facts->first_weakness + i;
        if (toc_hardening_is_account(world, weakness)) {
            accounts++;
            closed += toc_hardening_closure(world, weakness) != TOC_CLOSURE_NONE;
        }
    }
    return accounts > 0 && accounts == closed;
}

toc_obstacle toc_foothold_move_on(toc_world *world, const toc_foothold_move *move) {
    uint32_t source = toc_foothold_towards(world, move->attacker, move->asset, move->protocol);
    if (source == TOC_INDEX_NONE) {
        return TOC_OBSTACLE_REACH;
    }
    if (!move->has_secrets && !toc_foothold_has_secrets(world, move->attacker, move->asset)) {
        return TOC_OBSTACLE_ACCESS;
    }
    if (are_accounts_shut(world, move->asset)) {
        return TOC_OBSTACLE_CLOSED;
    }
    (void)toc_intrusion_enter(world, move->attacker, move->asset, move->gives, source);
    return TOC_OBSTACLE_NONE;
}
