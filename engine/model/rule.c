#include "model/rule.h"

bool toc_rule_in_phase(toc_phases phases, uint32_t phase) {
    return phases == 0 || (phase < 32 && (phases & UINT32_C(1) << phase) != 0);
}

static bool fits(uint32_t wanted, uint32_t found) {
    return wanted == TOC_INDEX_NONE || wanted == found;
}

/* From here on a conduit's rules are looked up, not read one by one. */
enum { FEW = 16 };

static bool comes_before(const toc_rule *rule, const toc_rule *wanted) {
    if (rule->from_asset != wanted->from_asset) {
        return rule->from_asset < wanted->from_asset;
    }
    if (rule->to_asset != wanted->to_asset) {
        return rule->to_asset < wanted->to_asset;
    }
    return rule->protocol < wanted->protocol;
}

/* The first rule of exactly these words that is valid in the phase; TOC_INDEX_NONE for none. */
static uint32_t look_up(const toc_topology *topology, const toc_conduit *conduit,
                        const toc_rule *wanted, uint32_t phase) {
    const uint32_t *order = topology->rule_order + conduit->first_rule;
    uint32_t low = 0, high = conduit->sorted_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (comes_before(&topology->rules[order[middle]], wanted)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < conduit->sorted_count; low++) {
        const toc_rule *rule = &topology->rules[order[low]];
        if (comes_before(wanted, rule)) {
            break;
        }
        if (toc_rule_in_phase(rule->phases, phase)) {
            return order[low];
        }
    }
    return TOC_INDEX_NONE;
}

/* What fits is said in one of eight ways: each of its parts by name or as any. */
static bool look_up_all(const toc_topology *topology, const toc_conduit *conduit,
                        toc_passage passage, uint32_t phase) {
    uint32_t first = TOC_INDEX_NONE;
    for (unsigned way = 0; way < 8; way++) {
        toc_rule wanted = {.from_asset = (way & 1) != 0 ? passage.from : TOC_INDEX_NONE,
                           .to_asset = (way & 2) != 0 ? passage.to : TOC_INDEX_NONE,
                           .protocol = (way & 4) != 0 ? passage.protocol : TOC_INDEX_NONE};
        uint32_t found = look_up(topology, conduit, &wanted, phase);
        first = found < first ? found : first;
    }
    return first != TOC_INDEX_NONE && !topology->rules[first].deny;
}

bool toc_rule_passes(const toc_topology *topology, uint32_t conduit, toc_passage passage,
                     uint32_t phase) {
    const toc_conduit *facts = &topology->conduits[conduit];
    if (!toc_rule_in_phase(facts->phases, phase)) {
        return false;
    }
    if (facts->rule_count > FEW && topology->rule_order != NULL) {
        return look_up_all(topology, facts, passage, phase);
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

bool toc_rule_names(const toc_topology *topology, uint32_t conduit, uint32_t from) {
    const toc_conduit *facts = &topology->conduits[conduit];
    const uint32_t *order = topology->rule_order + facts->first_rule;
    uint32_t low = 0, high = facts->sorted_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (topology->rules[order[middle]].from_asset < from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < facts->sorted_count && topology->rules[order[low]].from_asset == from;
}

bool toc_rule_covers(const toc_rule *rule, const toc_rule *later) {
    return fits(rule->protocol, later->protocol) && fits(rule->from_asset, later->from_asset) &&
           fits(rule->to_asset, later->to_asset) &&
           (rule->phases == 0 || (later->phases != 0 && (later->phases & ~rule->phases) == 0));
}
