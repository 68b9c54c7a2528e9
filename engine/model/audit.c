#include "model/audit.h"

#include "model/rule.h"

#include <string.h>

/* Rules that may be read in all. */
#define EFFORT UINT64_C(20000000)

struct audit {
    toc_builder *builder;
    toc_topology network;        /* looks at the draft's lists, owns nothing */
    uint32_t *population;        /* assets of zone z */
    uint32_t *first_into, *into; /* conduits that lead to zone z */
    uint64_t effort;
};

static void *array(size_t count, size_t size) {
    void *items = toc_arena_heap(NULL, count + 1, size);
    memset(items, 0, (count + 1) * size);
    return items;
}

static struct spot spot_of(const toc_list *spots, uint32_t index) {
    return *TOC_LIST_AT(struct spot, spots, index);
}

static void look_at(struct audit *audit, toc_builder *builder) {
    toc_topology *network = &audit->network;
    *audit = (struct audit){.builder = builder, .effort = EFFORT};
    network->zones = builder->zones.items;
    network->zone_count = builder->zones.count;
    network->phases = builder->phases.items;
    network->phase_count = builder->phases.count;
    network->conduits = builder->conduits.items;
    network->conduit_count = builder->conduits.count;
    network->rules = builder->rules.items;
    network->rule_count = builder->rules.count;
    network->listens = builder->listens.items;
    network->listen_count = builder->listens.count;
    network->listen_zones = builder->listen_zones.items;
    network->assets = builder->assets.items;
    network->asset_count = builder->assets.count;
    network->links = builder->links.items;
    network->traffics = builder->traffics.items;
    network->traffic_count = builder->traffics.count;
    network->weaknesses = builder->weaknesses.items;
    network->weakness_count = builder->weaknesses.count;
    network->protocol_count = toc_names_count(builder->owned->protocols);
}

static void index_conduits(struct audit *audit) {
    const toc_topology *network = &audit->network;
    uint32_t *first = array((size_t)network->zone_count + 2, sizeof *first);
    audit->population = array(network->zone_count, sizeof *audit->population);
    audit->into = array(network->conduit_count, sizeof *audit->into);
    for (uint32_t i = 0; i < network->asset_count; i++) {
        if (network->assets[i].zone != TOC_INDEX_NONE) {
            audit->population[network->assets[i].zone]++;
        }
    }
    for (uint32_t i = 0; i < network->conduit_count; i++) {
        first[network->conduits[i].to_zone + 2]++;
    }
    for (uint32_t z = 0; z < network->zone_count; z++) {
        first[z + 2] += first[z + 1];
    }
    for (uint32_t i = 0; i < network->conduit_count; i++) {
        audit->into[first[network->conduits[i].to_zone + 1]++] = i;
    }
    audit->first_into = first;
}

static const char *protocol_name(const struct audit *audit, uint32_t protocol) {
    return protocol < audit->network.protocol_count
               ? toc_names_at(audit->builder->owned->protocols, protocol)
               : "any service";
}

/* False when the effort is used up. */
static bool spend(struct audit *audit, uint64_t rules) {
    audit->effort = rules < audit->effort ? audit->effort - rules : 0;
    return audit->effort > 0;
}

/* -- Rules ------------------------------------------------------------------------------------- */

static bool is_read(const struct audit *audit, const toc_conduit *conduit, uint32_t index) {
    const toc_rule *rules = &audit->network.rules[conduit->first_rule];
    for (uint32_t i = 0; i < index; i++) {
        if (toc_rule_covers(&rules[i], &rules[index])) {
            return false;
        }
    }
    return true;
}

static void check_conduit(struct audit *audit, uint32_t index) {
    const toc_conduit *conduit = &audit->network.conduits[index];
    bool lets_pass = false;
    for (uint32_t i = 0; i < conduit->rule_count; i++) {
        const toc_rule *rule = &audit->network.rules[conduit->first_rule + i];
        if (!spend(audit, i + 1)) {
            return;
        }
        if (is_read(audit, conduit, i)) {
            lets_pass = lets_pass || !rule->deny;
        } else {
            toc_draft_warn(audit->builder,
                           spot_of(&audit->builder->rule_spots, conduit->first_rule + i),
                           "this rule of conduit '%.255s' is never read: an earlier one decides "
                           "all that it is for",
                           conduit->id);
        }
    }
    if (!lets_pass) {
        toc_draft_warn(audit->builder, spot_of(&audit->builder->conduit_spots, index),
                       "conduit '%.255s' lets nothing pass: %s", conduit->id,
                       conduit->rule_count == 0
                           ? "it has no rules"
                           : "none of its rules that are read allows anything");
    }
}

/* -- Passages ---------------------------------------------------------------------------------- */

static bool passes_in_some_phase(struct audit *audit, uint32_t conduit, toc_passage passage) {
    const toc_topology *network = &audit->network;
    uint32_t phases = network->phase_count > 0 ? network->phase_count : 1;
    if (!spend(audit, (uint64_t)phases * (network->conduits[conduit].rule_count + 1))) {
        return true;
    }
    for (uint32_t p = 0; p < phases; p++) {
        if (toc_rule_passes(network, conduit, passage,
                            network->phase_count > 0 ? p : TOC_INDEX_NONE)) {
            return true;
        }
    }
    return false;
}

/* From some asset of the conduit's zone: one that no rule names, or one that a rule names. */
static bool lets_somebody(struct audit *audit, uint32_t conduit, toc_passage passage) {
    const toc_conduit *facts = &audit->network.conduits[conduit];
    bool passes = audit->population[facts->from_zone] > 0 &&
                  toc_rule_accepts(&audit->network, passage.to, passage.protocol, facts->from_zone);
    if (!passes) {
        return false;
    }
    passes = passes_in_some_phase(audit, conduit, passage);
    for (uint32_t i = 0; i < facts->rule_count && !passes; i++) {
        passage.from = audit->network.rules[facts->first_rule + i].from_asset;
        passes = passage.from != TOC_INDEX_NONE && passes_in_some_phase(audit, conduit, passage);
    }
    return passes;
}

static bool is_reached_over(struct audit *audit, uint32_t asset, uint32_t protocol) {
    const toc_topology *network = &audit->network;
    uint32_t zone = network->assets[asset].zone;
    toc_passage passage = {TOC_INDEX_NONE, asset, protocol};
    if (zone == TOC_INDEX_NONE) {
        return toc_rule_accepts(network, asset, protocol, zone);
    }
    if (!network->zones[zone].closed && audit->population[zone] > 1 &&
        toc_rule_accepts(network, asset, protocol, zone)) {
        return true;
    }
    for (uint32_t i = audit->first_into[zone]; i < audit->first_into[zone + 1]; i++) {
        if (lets_somebody(audit, audit->into[i], passage)) {
            return true;
        }
    }
    return false;
}

static void check_weakness(struct audit *audit, uint32_t index) {
    const toc_weakness *weakness = &audit->network.weaknesses[index];
    uint32_t protocols = audit->network.protocol_count;
    bool is_reached = weakness->from != TOC_ACCESS_NONE;
    if (weakness->protocol != TOC_INDEX_NONE) {
        is_reached = is_reached || is_reached_over(audit, weakness->asset, weakness->protocol);
    }
    for (uint32_t p = 0; weakness->protocol == TOC_INDEX_NONE && p <= protocols && !is_reached;
         p++) {
        is_reached = is_reached_over(audit, weakness->asset, p);
    }
    if (!is_reached) {
        toc_draft_warn(audit->builder, spot_of(&audit->builder->weakness_spots, index),
                       "nobody can use weakness '%.255s' of '%.255s' from elsewhere: in no phase "
                       "the network lets %s through to it",
                       weakness->id, audit->network.assets[weakness->asset].id,
                       protocol_name(audit, weakness->protocol));
    }
}

/* Why the traffic never passes, NULL where it does in some phase. */
static const char *stops(struct audit *audit, uint32_t index) {
    const toc_topology *network = &audit->network;
    const toc_traffic *traffic = &network->traffics[index];
    const toc_link *link = &network->links[traffic->link];
    uint32_t from = network->assets[link->from].zone, to = network->assets[link->to].zone;
    toc_passage passage = {link->from, link->to, traffic->protocol};
    if (!toc_rule_accepts(network, link->to, traffic->protocol, from)) {
        return "its end does not listen for it";
    }
    if (from == to) {
        return from != TOC_INDEX_NONE && network->zones[from].closed
                   ? "nothing passes inside their zone"
                   : NULL;
    }
    for (uint32_t i = to == TOC_INDEX_NONE ? 0 : audit->first_into[to];
         to != TOC_INDEX_NONE && i < audit->first_into[to + 1]; i++) {
        if (network->conduits[audit->into[i]].from_zone == from &&
            passes_in_some_phase(audit, audit->into[i], passage)) {
            return NULL;
        }
    }
    return from == TOC_INDEX_NONE || to == TOC_INDEX_NONE ? "one of its ends is in no zone"
                                                          : "no conduit between their zones allows "
                                                            "it";
}

static void check_traffic(struct audit *audit, uint32_t index) {
    const toc_traffic *traffic = &audit->network.traffics[index];
    const toc_link *link = &audit->network.links[traffic->link];
    const char *why = stops(audit, index);
    if (why != NULL && audit->effort > 0) {
        toc_draft_warn(audit->builder, spot_of(&audit->builder->traffic_spots, index),
                       "traffic '%.255s' never passes: from '%.255s' to '%.255s' over %s, %s",
                       link->id, audit->network.assets[link->from].id,
                       audit->network.assets[link->to].id, protocol_name(audit, traffic->protocol),
                       why);
    }
}

void toc_audit_network(toc_builder *builder) {
    struct audit audit;
    if (builder->conduits.count + builder->traffics.count + builder->weaknesses.count == 0) {
        return;
    }
    look_at(&audit, builder);
    index_conduits(&audit);
    for (uint32_t i = 0; i < audit.network.conduit_count && audit.effort > 0; i++) {
        check_conduit(&audit, i);
    }
    for (uint32_t i = 0; i < audit.network.traffic_count && audit.effort > 0; i++) {
        check_traffic(&audit, i);
    }
    for (uint32_t i = 0; i < audit.network.weakness_count && audit.effort > 0; i++) {
        check_weakness(&audit, i);
    }
    toc_arena_heap_free(audit.population);
    toc_arena_heap_free(audit.first_into);
    toc_arena_heap_free(audit.into);
}
