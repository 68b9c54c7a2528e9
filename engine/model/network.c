#include "model/network.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/network_state.h"
#include "model/settle.h"
#include "model/traffic.h"

#include <string.h>

static void *array(size_t count, size_t size) {
    void *items = toc_arena_heap(NULL, count + 1, size);
    memset(items, 0, (count + 1) * size);
    return items;
}

/* -- What is cached ---------------------------------------------------------------------------- */

/* What passes the conduit between assets that no rule names: from the last rule to the first, so
   that the first has the last word. */
static void find_open(const toc_world *world, uint32_t conduit, uint64_t *open) {
    const toc_conduit *facts = &world->topology->conduits[conduit];
    const struct network *network = world->network;
    memset(open, 0, network->words * sizeof *open);
    if (!network_is_live(world, conduit) || !toc_rule_in_phase(facts->phases, network->phase)) {
        return;
    }
    for (uint32_t i = facts->rule_count; i > 0; i--) {
        const toc_rule *rule = &world->topology->rules[facts->first_rule + i - 1];
        if (rule->from_asset != TOC_INDEX_NONE || rule->to_asset != TOC_INDEX_NONE ||
            !toc_rule_in_phase(rule->phases, network->phase)) {
            continue;
        }
        if (rule->protocol == TOC_INDEX_NONE) {
            memset(open, rule->deny ? 0 : 0xff, network->words * sizeof *open);
        } else if (rule->deny) {
            open[rule->protocol / 64] &= ~(UINT64_C(1) << rule->protocol % 64);
        } else {
            open[rule->protocol / 64] |= UINT64_C(1) << rule->protocol % 64;
        }
    }
}

static void refresh(toc_world *world, uint32_t conduit) {
    find_open(world, conduit, world->network->open + (size_t)conduit * world->network->words);
}

void toc_network_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    struct network *network = array(0, sizeof *network);
    world->network = network;
    network->phase = topology->phase_count > 0 ? 0 : TOC_INDEX_NONE;
    network->words = topology->protocol_count / 64 + 1;
    network->blocked = array(topology->conduit_count, sizeof *network->blocked);
    network->named = array(topology->conduit_count, sizeof *network->named);
    network->cut = array(topology->zone_count, sizeof *network->cut);
    network->open = array((size_t)topology->conduit_count * network->words, sizeof(uint64_t));
    for (uint32_t i = 0; i < topology->conduit_count; i++) {
        const toc_conduit *conduit = &topology->conduits[i];
        for (uint32_t j = 0; j < conduit->rule_count; j++) {
            const toc_rule *rule = &topology->rules[conduit->first_rule + j];
            network->named[i] |=
                rule->from_asset != TOC_INDEX_NONE || rule->to_asset != TOC_INDEX_NONE;
        }
        refresh(world, i);
    }
}

void toc_network_finish(toc_world *world) {
    toc_arena_heap_free(world->network->blocked);
    toc_arena_heap_free(world->network->named);
    toc_arena_heap_free(world->network->cut);
    toc_arena_heap_free(world->network->open);
    toc_list_finish(&world->network->refusals);
    toc_arena_heap_free(world->network);
}

/* -- What passes ------------------------------------------------------------------------------- */

/* The first refusal at or after (asset, protocol). */
static uint32_t find_refusal(const struct network *network, struct refusal wanted) {
    uint32_t low = 0, high = network->refusals.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct refusal *at = TOC_LIST_AT(const struct refusal, &network->refusals, middle);
        if (at->asset < wanted.asset ||
            (at->asset == wanted.asset && at->protocol < wanted.protocol)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool toc_network_is_refused(const toc_world *world, uint32_t asset, uint32_t protocol) {
    const struct network *network = world->network;
    struct refusal wanted = {asset, protocol};
    uint32_t at = find_refusal(network, wanted);
    if (at == network->refusals.count) {
        return false;
    }
    const struct refusal *found = TOC_LIST_AT(const struct refusal, &network->refusals, at);
    return found->asset == asset && found->protocol == protocol;
}

static bool accepts_one(const toc_world *world, uint32_t to, uint32_t protocol, uint32_t zone) {
    return toc_rule_accepts(world->topology, to, protocol, zone) &&
           !toc_network_is_refused(world, to, protocol);
}

bool toc_network_accepts(const toc_world *world, toc_passage passage, uint32_t from_zone) {
    if (passage.protocol != TOC_INDEX_NONE) {
        return accepts_one(world, passage.to, passage.protocol, from_zone);
    }
    for (uint32_t i = 0; i <= world->topology->protocol_count; i++) {
        if (accepts_one(world, passage.to, i, from_zone)) {
            return true;
        }
    }
    return false;
}

static bool conduit_lets(const toc_world *world, uint32_t conduit, toc_passage passage) {
    const struct network *network = world->network;
    if (network->named[conduit]) {
        return network_is_live(world, conduit) &&
               toc_rule_passes(world->topology, conduit, passage, network->phase);
    }
    const uint64_t *open = network->open + (size_t)conduit * network->words;
    return (open[passage.protocol / 64] >> passage.protocol % 64 & 1) != 0;
}

static bool is_shut(const toc_world *world, uint32_t conduit) {
    const struct network *network = world->network;
    const uint64_t *open = network->open + (size_t)conduit * network->words;
    uint64_t any = network->named[conduit];
    for (uint32_t i = 0; i < network->words; i++) {
        any |= open[i];
    }
    return any == 0;
}

bool toc_network_conduit_passes(const toc_world *world, uint32_t conduit, toc_passage passage) {
    const toc_topology *topology = world->topology;
    uint32_t zone = topology->conduits[conduit].from_zone;
    if (passage.protocol != TOC_INDEX_NONE) {
        return conduit_lets(world, conduit, passage) &&
               accepts_one(world, passage.to, passage.protocol, zone);
    }
    if (is_shut(world, conduit)) {
        return false;
    }
    for (uint32_t i = 0; i <= topology->protocol_count; i++) {
        passage.protocol = i;
        if (conduit_lets(world, conduit, passage) && accepts_one(world, passage.to, i, zone)) {
            return true;
        }
    }
    return false;
}

/* The first conduit out of a zone that leads to that zone or a later one, as a place in the order.
 */
static uint32_t find_conduit(const toc_topology *topology, uint32_t from_zone, uint32_t to_zone) {
    uint32_t low = topology->conduit_from[from_zone], high = topology->conduit_from[from_zone + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (topology->conduits[topology->conduit_order[middle]].to_zone < to_zone) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool crosses(const toc_world *world, toc_passage passage) {
    const toc_topology *topology = world->topology;
    uint32_t from_zone = topology->assets[passage.from].zone;
    uint32_t to_zone = topology->assets[passage.to].zone;
    if (from_zone == TOC_INDEX_NONE || to_zone == TOC_INDEX_NONE) {
        return false;
    }
    uint32_t at = find_conduit(topology, from_zone, to_zone);
    for (; at < topology->conduit_from[from_zone + 1]; at++) {
        uint32_t conduit = topology->conduit_order[at];
        if (topology->conduits[conduit].to_zone != to_zone) {
            return false;
        }
        if (toc_network_conduit_passes(world, conduit, passage)) {
            return true;
        }
    }
    return false;
}

bool toc_network_passes(const toc_world *world, toc_passage passage) {
    const toc_topology *topology = world->topology;
    TOC_ASSERT(passage.from < topology->asset_count && passage.to < topology->asset_count);
    uint32_t zone = topology->assets[passage.from].zone;
    if (passage.from == passage.to) {
        return true;
    }
    if (network_is_isolated(world, passage.from) || network_is_isolated(world, passage.to)) {
        return false;
    }
    if (zone == topology->assets[passage.to].zone) {
        bool closed = zone != TOC_INDEX_NONE && topology->zones[zone].closed;
        return !closed && toc_network_accepts(world, passage, zone);
    }
    return crosses(world, passage);
}

bool toc_network_permits(const toc_world *world, uint32_t from, uint32_t to, const char *service) {
    toc_passage passage = {from, to, TOC_INDEX_NONE};
    if (service[0] != '\0') {
        passage.protocol = toc_topology_find_protocol(world->topology, service);
        if (passage.protocol == TOC_INDEX_NONE) {
            passage.protocol = world->topology->protocol_count;
        }
    }
    return toc_network_passes(world, passage);
}

/* -- What changes ------------------------------------------------------------------------------ */

uint64_t toc_network_cell(void) {
    return toc_world_cell(TOC_CHANGE_KINDS, 0);
}

void toc_network_touch(toc_world *world) {
    if (world->conditions != NULL) {
        toc_conditions_touch(world->conditions, toc_network_cell());
    }
}

static void tell(toc_world *world, toc_change change) {
    toc_network_touch(world);
    toc_world_tell(world, change);
}

bool toc_network_block(toc_world *world, uint32_t conduit, bool blocked) {
    const toc_conduit *facts = &world->topology->conduits[conduit];
    TOC_ASSERT(conduit < world->topology->conduit_count);
    if (toc_network_is_blocked(world, conduit) == blocked) {
        return false;
    }
    world->network->blocked[conduit] = blocked;
    refresh(world, conduit);
    tell(world, (toc_change){TOC_CHANGE_CONDUIT, conduit, TOC_INDEX_NONE, !blocked, blocked});
    toc_traffic_conduit_changed(world, facts->from_zone, facts->to_zone);
    toc_settle_run(world);
    return true;
}

bool toc_network_cut_zone(toc_world *world, uint32_t zone, bool cut) {
    const toc_topology *topology = world->topology;
    TOC_ASSERT(zone < topology->zone_count);
    if (toc_network_is_cut(world, zone) == cut) {
        return false;
    }
    world->network->cut[zone] = cut;
    for (uint32_t i = 0; i < topology->conduit_count; i++) {
        if (topology->conduits[i].from_zone == zone || topology->conduits[i].to_zone == zone) {
            refresh(world, i);
        }
    }
    tell(world, (toc_change){TOC_CHANGE_ZONE, zone, TOC_INDEX_NONE, !cut, cut});
    toc_traffic_zone_changed(world, zone);
    toc_settle_run(world);
    return true;
}

static void remove_refusal(struct network *network, uint32_t at) {
    struct refusal *items = network->refusals.items;
    network->refusals.count--;
    memmove(items + at, items + at + 1, (network->refusals.count - at) * sizeof *items);
}

static void add_refusal(struct network *network, uint32_t at, struct refusal refusal) {
    uint32_t count = network->refusals.count;
    (void)toc_list_add(&network->refusals, sizeof refusal);
    struct refusal *items = network->refusals.items;
    memmove(items + at + 1, items + at, (count - at) * sizeof *items);
    items[at] = refusal;
}

bool toc_network_refuse(toc_world *world, uint32_t asset, uint32_t protocol, bool refused) {
    struct network *network = world->network;
    struct refusal refusal = {asset, protocol};
    TOC_ASSERT(asset < world->topology->asset_count);
    TOC_ASSERT(protocol < world->topology->protocol_count);
    if (toc_network_is_refused(world, asset, protocol) == refused) {
        return false;
    }
    if (refused) {
        add_refusal(network, find_refusal(network, refusal), refusal);
    } else {
        remove_refusal(network, find_refusal(network, refusal));
    }
    tell(world, (toc_change){TOC_CHANGE_LISTENER, asset, protocol, !refused, refused});
    toc_traffic_end_changed(world, asset);
    toc_settle_run(world);
    return true;
}

bool toc_network_set_phase(toc_world *world, uint32_t phase) {
    const toc_topology *topology = world->topology;
    uint32_t before = world->network->phase;
    TOC_ASSERT(phase < topology->phase_count);
    if (before == phase) {
        return false;
    }
    world->network->phase = phase;
    for (uint32_t i = 0; i < topology->conduit_count; i++) {
        refresh(world, i);
    }
    tell(world, (toc_change){TOC_CHANGE_PHASE, 0, TOC_INDEX_NONE, before, phase});
    toc_traffic_all_changed(world);
    toc_settle_run(world);
    return true;
}

bool toc_network_is_blocked(const toc_world *world, uint32_t conduit) {
    return world->network->blocked[conduit] != 0;
}

bool toc_network_is_cut(const toc_world *world, uint32_t zone) {
    return world->network->cut[zone] != 0;
}

bool toc_network_is_isolated(const toc_world *world, uint32_t asset) {
    return network_is_isolated(world, asset);
}

uint32_t toc_network_current_phase(const toc_world *world) {
    return world->network->phase;
}

/* -- State ------------------------------------------------------------------------------------- */

void toc_network_digest(const toc_world *world, toc_digest *digest) {
    const struct network *network = world->network;
    if (network->phase != TOC_INDEX_NONE) {
        toc_digest_u64(digest, network->phase);
    }
    for (uint32_t i = 0; i < world->topology->conduit_count; i++) {
        if (network->blocked[i]) {
            toc_digest_u64(digest, i);
        }
    }
    for (uint32_t i = 0; i < world->topology->zone_count; i++) {
        if (network->cut[i]) {
            toc_digest_u64(digest, UINT64_C(1) << 32 | i);
        }
    }
    for (uint32_t i = 0; i < network->refusals.count; i++) {
        const struct refusal *at = TOC_LIST_AT(const struct refusal, &network->refusals, i);
        toc_digest_u64(digest, (uint64_t)at->asset << 32 | at->protocol);
    }
}

void toc_network_check(const toc_world *world) {
    const struct network *network = world->network;
    uint64_t *open = array(network->words, sizeof *open);
    for (uint32_t i = 0; i < world->topology->conduit_count; i++) {
        find_open(world, i, open);
        TOC_ASSERT(memcmp(open, network->open + (size_t)i * network->words,
                          network->words * sizeof *open) == 0);
    }
    toc_arena_heap_free(open);
}
