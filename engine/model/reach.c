#include "model/reach.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/network.h"
#include "model/network_state.h"

#include <string.h>

/* Weaknesses of a zone over one protocol that may still give something. */
struct group {
    uint32_t protocol, first, count;
};

struct toc_reach {
    const toc_world *world;
    const toc_reach_options *options; /* while it is made */
    uint8_t *access;                  /* toc_access by asset */
    uint32_t *hops;
    toc_reach_step *steps;
    uint8_t *usable;       /* by weakness */
    uint32_t *targets;     /* weaknesses used from elsewhere, by zone and protocol */
    struct group *groups;  /* in that order */
    uint32_t *group_first; /* by zone, the nameless one last */
    uint8_t *singled;      /* by asset: a rule names it as a source */
    uint8_t *conduit_done, *zone_done, *inside_done;
    toc_list held, next; /* assets, reached in the last round and in this one */
    uint32_t round;
};

static void *array(size_t count, size_t size) {
    void *items = toc_arena_heap(NULL, count + 1, size);
    memset(items, 0, (count + 1) * size);
    return items;
}

static uint32_t zone_of(const toc_reach *reach, uint32_t asset) {
    const toc_topology *topology = reach->world->topology;
    uint32_t zone = topology->assets[asset].zone;
    return zone == TOC_INDEX_NONE ? topology->zone_count : zone;
}

/* -- Targets ----------------------------------------------------------------------------------- */

static bool is_target(const toc_reach *reach, uint32_t weakness) {
    return reach->usable[weakness] &&
           reach->world->topology->weaknesses[weakness].from == TOC_ACCESS_NONE;
}

/* The protocol's place in the order; any at all comes last. */
static uint32_t place_of(const toc_topology *topology, uint32_t weakness) {
    uint32_t protocol = topology->weaknesses[weakness].protocol;
    return protocol == TOC_INDEX_NONE ? topology->protocol_count : protocol;
}

/* One pass of a counting sort of weaknesses, stable. */
static void sort_pass(const toc_reach *reach, const uint32_t *in, uint32_t count, uint32_t *out,
                      bool by_zone) {
    const toc_topology *topology = reach->world->topology;
    uint32_t keys = (by_zone ? topology->zone_count : topology->protocol_count) + 1, sum = 0;
    uint32_t *first = array(keys, sizeof *first);
    for (uint32_t i = 0; i < count; i++) {
        first[by_zone ? zone_of(reach, topology->weaknesses[in[i]].asset)
                      : place_of(topology, in[i])]++;
    }
    for (uint32_t k = 0; k < keys; k++) {
        uint32_t size = first[k];
        first[k] = sum;
        sum += size;
    }
    for (uint32_t i = 0; i < count; i++) {
        out[first[by_zone ? zone_of(reach, topology->weaknesses[in[i]].asset)
                          : place_of(topology, in[i])]++] = in[i];
    }
    toc_arena_heap_free(first);
}

static void group_targets(toc_reach *reach, uint32_t count) {
    const toc_topology *topology = reach->world->topology;
    uint32_t groups = 0, zone = 0;
    for (uint32_t i = 0; i < count; i++) {
        const toc_weakness *weakness = &topology->weaknesses[reach->targets[i]];
        while (zone < zone_of(reach, weakness->asset)) {
            reach->group_first[++zone] = groups;
        }
        if (groups == reach->group_first[zone] ||
            reach->groups[groups - 1].protocol != weakness->protocol) {
            reach->groups[groups++] = (struct group){weakness->protocol, i, 0};
        }
        reach->groups[groups - 1].count++;
    }
    while (zone <= topology->zone_count) {
        reach->group_first[++zone] = groups;
    }
}

static void find_targets(toc_reach *reach) {
    const toc_topology *topology = reach->world->topology;
    const toc_reach_options *options = reach->options;
    uint32_t *all = array(topology->weakness_count, sizeof *all);
    uint32_t *sorted = array(topology->weakness_count, sizeof *sorted), count = 0;
    for (uint32_t i = 0; i < topology->weakness_count; i++) {
        reach->usable[i] = topology->weaknesses[i].ease_ppm > 0 &&
                           (options->usable == NULL || options->usable(options->object, i));
        if (is_target(reach, i)) {
            all[count++] = i;
        }
    }
    sort_pass(reach, all, count, sorted, false);
    sort_pass(reach, sorted, count, reach->targets, true);
    group_targets(reach, count);
    toc_arena_heap_free(all);
    toc_arena_heap_free(sorted);
}

/* -- Gains ------------------------------------------------------------------------------------- */

/* Whoever is on an asset uses all that is weak in it, whatever the network says. */
static void escalate(toc_reach *reach, uint32_t asset) {
    const toc_topology *topology = reach->world->topology;
    const toc_asset *facts = &topology->assets[asset];
    for (uint32_t i = facts->first_weakness; i < facts->first_weakness + facts->weakness_count;
         i++) {
        const toc_weakness *weakness = &topology->weaknesses[i];
        if (reach->usable[i] && weakness->from <= reach->access[asset] &&
            weakness->gives > reach->access[asset]) {
            reach->access[asset] = weakness->gives;
        }
    }
}

static void gain(toc_reach *reach, uint32_t asset, uint8_t access, toc_reach_step step) {
    if (reach->access[asset] == TOC_ACCESS_NONE) {
        reach->hops[asset] = reach->round;
        reach->steps[asset] = step;
        *(uint32_t *)toc_list_add(&reach->next, sizeof asset) = asset;
    }
    if (access > reach->access[asset]) {
        reach->access[asset] = access;
    }
    escalate(reach, asset);
}

/* Tries all that is left of a group, from an asset over a conduit (TOC_INDEX_NONE: inside their
   zone), and keeps what resists. */
static void attack(toc_reach *reach, struct group *group, uint32_t from, uint32_t conduit) {
    const toc_world *world = reach->world;
    const toc_topology *topology = world->topology;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < group->count; i++) {
        uint32_t index = reach->targets[group->first + i];
        const toc_weakness *weakness = &topology->weaknesses[index];
        toc_passage passage = {from, weakness->asset, weakness->protocol};
        bool is_spent = reach->access[weakness->asset] >= weakness->gives;
        if (!is_spent && !network_is_isolated(world, weakness->asset) &&
            (conduit == TOC_INDEX_NONE
                 ? toc_network_accepts(world, passage, topology->assets[from].zone)
                 : toc_network_conduit_passes(world, conduit, passage))) {
            gain(reach, weakness->asset, weakness->gives, (toc_reach_step){from, index});
            is_spent = true;
        }
        if (!is_spent) {
            reach->targets[group->first + kept++] = index;
        }
    }
    group->count = kept;
}

static bool may_pass(const toc_reach *reach, uint32_t conduit, uint32_t protocol) {
    const struct network *network = reach->world->network;
    const uint64_t *open = network->open + (size_t)conduit * network->words;
    if (network->named[conduit] || protocol == TOC_INDEX_NONE) {
        return true;
    }
    return (open[protocol / 64] >> protocol % 64 & 1) != 0;
}

static void attack_zone(toc_reach *reach, uint32_t zone, uint32_t from, uint32_t conduit) {
    for (uint32_t g = reach->group_first[zone]; g < reach->group_first[zone + 1]; g++) {
        struct group *group = &reach->groups[g];
        if (group->count > 0 &&
            (conduit == TOC_INDEX_NONE || may_pass(reach, conduit, group->protocol))) {
            attack(reach, group, from, conduit);
        }
    }
}

/* From an asset that no rule of a conduit names as a source, all is tried that can be tried from
   any such asset of its zone: once is enough. */
static void attack_through_conduits(toc_reach *reach, uint32_t from, uint32_t zone) {
    const toc_topology *topology = reach->world->topology;
    bool singled = reach->singled[from] != 0;
    if (!singled && reach->zone_done[zone]) {
        return;
    }
    for (uint32_t at = topology->conduit_from[zone]; at < topology->conduit_from[zone + 1]; at++) {
        uint32_t conduit = topology->conduit_order[at];
        bool named = singled && toc_rule_names(topology, conduit, from);
        if (!named && reach->conduit_done[conduit]) {
            continue;
        }
        attack_zone(reach, topology->conduits[conduit].to_zone, from, conduit);
        reach->conduit_done[conduit] |= !named;
    }
    reach->zone_done[zone] |= !singled;
}

static void go_on_from(toc_reach *reach, uint32_t from) {
    const toc_topology *topology = reach->world->topology;
    uint32_t zone = zone_of(reach, from);
    bool closed = zone < topology->zone_count && topology->zones[zone].closed;
    if (network_is_isolated(reach->world, from)) {
        return;
    }
    if (!closed && !reach->inside_done[zone]) {
        attack_zone(reach, zone, from, TOC_INDEX_NONE);
        reach->inside_done[zone] = 1;
    }
    if (zone < topology->zone_count) {
        attack_through_conduits(reach, from, zone);
    }
}

/* -- The whole ----------------------------------------------------------------------------------
 */

static void allocate(toc_reach *reach) {
    const toc_topology *topology = reach->world->topology;
    size_t assets = topology->asset_count, zones = (size_t)topology->zone_count + 1;
    size_t weaknesses = topology->weakness_count;
    reach->access = array(assets, sizeof *reach->access);
    reach->hops = array(assets, sizeof *reach->hops);
    reach->steps = array(assets, sizeof *reach->steps);
    reach->usable = array(weaknesses, sizeof *reach->usable);
    reach->targets = array(weaknesses, sizeof *reach->targets);
    reach->groups = array(weaknesses, sizeof *reach->groups);
    reach->group_first = array(zones + 1, sizeof *reach->group_first);
    reach->singled = array(assets, sizeof *reach->singled);
    reach->conduit_done = array(topology->conduit_count, sizeof *reach->conduit_done);
    reach->zone_done = array(zones, sizeof *reach->zone_done);
    reach->inside_done = array(zones, sizeof *reach->inside_done);
    memset(reach->hops, 0xff, assets * sizeof *reach->hops);
    memset(reach->steps, 0xff, assets * sizeof *reach->steps);
    for (uint32_t i = 0; i < topology->rule_count; i++) {
        if (topology->rules[i].from_asset != TOC_INDEX_NONE) {
            reach->singled[topology->rules[i].from_asset] = 1;
        }
    }
}

toc_reach *toc_reach_create(const toc_world *world, const toc_reach_options *options) {
    toc_reach *reach = array(1, sizeof *reach);
    toc_reach_step none = {TOC_INDEX_NONE, TOC_INDEX_NONE};
    reach->world = world;
    reach->options = options;
    allocate(reach);
    find_targets(reach);
    for (uint32_t i = 0; i < options->foothold_count; i++) {
        toc_foothold foothold = options->footholds[i];
        TOC_ASSERT(foothold.asset < world->topology->asset_count);
        TOC_ASSERT(foothold.access != TOC_ACCESS_NONE);
        gain(reach, foothold.asset, (uint8_t)foothold.access, none);
    }
    while (reach->next.count > 0 &&
           (options->most_hops == 0 || reach->round < options->most_hops)) {
        toc_list held = reach->held;
        reach->held = reach->next;
        reach->next = held;
        reach->next.count = 0;
        reach->round++;
        for (uint32_t i = 0; i < reach->held.count; i++) {
            go_on_from(reach, *TOC_LIST_AT(uint32_t, &reach->held, i));
        }
    }
    reach->options = NULL;
    return reach;
}

void toc_reach_destroy(toc_reach *reach) {
    if (reach == NULL) {
        return;
    }
    toc_arena_heap_free(reach->access);
    toc_arena_heap_free(reach->hops);
    toc_arena_heap_free(reach->steps);
    toc_arena_heap_free(reach->usable);
    toc_arena_heap_free(reach->targets);
    toc_arena_heap_free(reach->groups);
    toc_arena_heap_free(reach->group_first);
    toc_arena_heap_free(reach->singled);
    toc_arena_heap_free(reach->conduit_done);
    toc_arena_heap_free(reach->zone_done);
    toc_arena_heap_free(reach->inside_done);
    toc_list_finish(&reach->held);
    toc_list_finish(&reach->next);
    toc_arena_heap_free(reach);
}

toc_access toc_reach_access(const toc_reach *reach, uint32_t asset) {
    TOC_ASSERT(asset < reach->world->topology->asset_count);
    return (toc_access)reach->access[asset];
}

uint32_t toc_reach_hops(const toc_reach *reach, uint32_t asset) {
    TOC_ASSERT(asset < reach->world->topology->asset_count);
    return reach->hops[asset];
}

toc_reach_step toc_reach_step_to(const toc_reach *reach, uint32_t asset) {
    TOC_ASSERT(asset < reach->world->topology->asset_count);
    return reach->steps[asset];
}

uint32_t toc_reach_count(const toc_reach *reach, toc_access at_least) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < reach->world->topology->asset_count; i++) {
        count += reach->access[i] >= at_least;
    }
    return count;
}

/* How many assets the rules of a conduit single out as sources. */
static uint64_t sources_of(const toc_topology *topology, const toc_conduit *conduit) {
    const uint32_t *order = topology->rule_order + conduit->first_rule;
    uint64_t count = 1;
    for (uint32_t i = 1; i < conduit->sorted_count; i++) {
        count += topology->rules[order[i]].from_asset != topology->rules[order[i - 1]].from_asset;
    }
    return count;
}

uint64_t toc_reach_effort(const toc_world *world) {
    const toc_topology *topology = world->topology;
    uint64_t effort = topology->asset_count / 8 + 4 * (uint64_t)topology->weakness_count;
    uint32_t *targets = array(topology->zone_count, sizeof *targets);
    for (uint32_t i = 0; i < topology->weakness_count; i++) {
        uint32_t zone = topology->assets[topology->weaknesses[i].asset].zone;
        targets[zone == TOC_INDEX_NONE ? topology->zone_count : zone]++;
    }
    for (uint32_t i = 0; i < topology->conduit_count; i++) {
        const toc_conduit *conduit = &topology->conduits[i];
        effort += 1 + targets[conduit->to_zone] * sources_of(topology, conduit) / 4;
    }
    toc_arena_heap_free(targets);
    return effort;
}

const char *toc_reach_access_name(toc_access access) {
    static const char *const names[] = {"none", "user", "admin"};
    return names[access];
}
