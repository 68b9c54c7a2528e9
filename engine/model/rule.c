#include "model/rule.h"

bool toc_rule_in_phase(toc_phases phases, uint32_t phase) {
    return phases == 0 || (phase < 32 && (phases & UINT32_C(1) << phase) != 0);
}

static bool fits(uint32_t wanted, uint32_t found) {
    return wanted == TOC_INDEX_NONE || wanted == found;
}

bool toc_rule_passes(const toc_topology *topology, uint32_t conduit, toc_passage passage,
                     uint32_t phase) {
    const toc_conduit *facts = &topology->conduits[conduit];
    if (!toc_rule_in_phase(facts->phases, phase)) {
        return false;
    }
    for (uint32_t i = 0; i < facts->rule_count; i++) {
        const toc_rule *rule = &topology->rules[facts->first_rule + i];
        if (fits(rule->protocol, passage.protocol) && fits(rule->from_asset, passage.from) &&
            fits(rule->to_asset, passage.to) && toc_rule_in_phase(rule->phases, phase)) {
            return !rule->deny;
        }
    }
    return false;
}

static bool takes_from(const toc_topology *topology, const toc_listen *listen, uint32_t zone) {
    for (uint32_t i = 0; i < listen->zone_count; i++) {
        if (topology->listen_zones[listen->first_zone + i] == zone) {
            return true;
        }
    }
    return listen->zone_count == 0;
}

bool toc_rule_accepts(const toc_topology *topology, uint32_t asset, uint32_t protocol,
                      uint32_t from_zone) {
    const toc_asset *facts = &topology->assets[asset];
    for (uint32_t i = 0; i < facts->listen_count; i++) {
        const toc_listen *listen = &topology->listens[facts->first_listen + i];
        if (fits(listen->protocol, protocol) && takes_from(topology, listen, from_zone)) {
            return true;
        }
    }
    return facts->listen_count == 0;
}

bool toc_rule_covers(const toc_rule *rule, const toc_rule *later) {
    return fits(rule->protocol, later->protocol) && fits(rule->from_asset, later->from_asset) &&
           fits(rule->to_asset, later->to_asset) &&
           (rule->phases == 0 || (later->phases != 0 && (later->phases & ~rule->phases) == 0));
}
