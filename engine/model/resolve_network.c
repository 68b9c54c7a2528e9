#include "model/resolve_network.h"

#include "model/resolve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PHASES = 32, PARALLEL = 64 /* conduits from one zone to another */ };

static struct spot spot_of(const toc_list *spots, uint32_t index) {
    return *TOC_LIST_AT(struct spot, spots, index);
}

static const toc_asset *asset_at(const toc_builder *builder, uint32_t asset) {
    return TOC_LIST_AT(toc_asset, &builder->assets, asset);
}

static const char *zone_id(const toc_builder *builder, uint32_t zone) {
    return TOC_LIST_AT(toc_zone, &builder->zones, zone)->id;
}

/* -- Phases ------------------------------------------------------------------------------------ */

static toc_phases read_phases(toc_builder *builder, const char *list, struct spot spot) {
    const struct roll *roll = &builder->owned->phases;
    toc_phases phases = 0;
    char id[DRAFT_ID_LENGTH + 1];
    for (list += strspn(list, " \t\r\n"); *list != '\0'; list += strspn(list, " \t\r\n")) {
        size_t length = strcspn(list, " \t\r\n");
        uint32_t phase = TOC_INDEX_NONE;
        if (length <= DRAFT_ID_LENGTH) {
            memcpy(id, list, length);
            id[length] = '\0';
            phase = toc_draft_find(roll, id);
        }
        if (phase == TOC_INDEX_NONE) {
            toc_draft_error(builder, spot, "there is no phase '%.*s'%s",
                            (int)(length < 255 ? length : 255), list,
                            length <= DRAFT_ID_LENGTH ? toc_draft_hint(builder, roll, id) : "");
        } else if (phase < PHASES) {
            phases |= UINT32_C(1) << phase;
        }
        list += length;
    }
    return phases;
}

static void resolve_phases(toc_builder *builder) {
    if (builder->phases.count > PHASES) {
        toc_draft_error(builder, spot_of(&builder->phase_spots, PHASES),
                        "there are more than %d phases", (int)PHASES);
    }
    for (uint32_t i = 0; i < builder->masks.count; i++) {
        struct mask mask = *TOC_LIST_AT(struct mask, &builder->masks, i);
        const char *list = toc_names_at(builder->owned->words, mask.word);
        bool is_rule = mask.rule != TOC_INDEX_NONE;
        struct spot spot = is_rule ? spot_of(&builder->rule_spots, mask.rule)
                                   : spot_of(&builder->conduit_spots, mask.conduit);
        toc_phases phases = read_phases(builder, list, spot);
        if (is_rule) {
            TOC_LIST_AT(toc_rule, &builder->rules, mask.rule)->phases = phases;
        } else {
            TOC_LIST_AT(toc_conduit, &builder->conduits, mask.conduit)->phases = phases;
        }
    }
}

/* -- Conduits and rules ------------------------------------------------------------------------ */

/* A conduit without an id is called after its ends, and numbered where that is taken. */
static void name_conduit(toc_builder *builder, uint32_t index) {
    toc_conduit *conduit = TOC_LIST_AT(toc_conduit, &builder->conduits, index);
    struct roll *roll = &builder->owned->conduits;
    const char *from, *to;
    char name[2 * DRAFT_ID_LENGTH + 32];
    bool was_new = false;
    if (conduit->from_zone == TOC_INDEX_NONE || conduit->to_zone == TOC_INDEX_NONE) {
        return;
    }
    from = zone_id(builder, conduit->from_zone);
    to = zone_id(builder, conduit->to_zone);
    (void)snprintf(name, sizeof name, "%.255s..%.255s", from, to);
    if (toc_draft_find(roll, name) != TOC_INDEX_NONE) {
        (void)snprintf(name, sizeof name, "%.255s..%.255s#%lu", from, to, (unsigned long)index + 1);
    }
    conduit->id = toc_draft_enter(roll, name, index, &was_new);
    if (!was_new) {
        toc_draft_error(builder, spot_of(&builder->conduit_spots, index),
                        "the conduit from '%.255s' to '%.255s' wants an id of its own", from, to);
    }
}

/* An end of a rule lies in the zone at that end of the conduit. */
static uint32_t resolve_end(toc_builder *builder, uint32_t mark, uint32_t zone, const char *which,
                            struct spot spot) {
    uint32_t asset = mark;
    if (mark != TOC_INDEX_NONE) {
        asset = toc_resolve_asset(builder, mark, spot, "conduit");
    }
    if (asset != TOC_INDEX_NONE && zone != TOC_INDEX_NONE &&
        asset_at(builder, asset)->zone != zone) {
        toc_draft_error(builder, spot,
                        "this rule is for what comes %s '%s', which is not in the "
                        "zone '%s'",
                        which, asset_at(builder, asset)->id, zone_id(builder, zone));
    }
    return asset;
}

static void resolve_conduits(toc_builder *builder) {
    const struct roll *zones = &builder->owned->zones;
    for (uint32_t i = 0; i < builder->conduits.count; i++) {
        toc_conduit *conduit = TOC_LIST_AT(toc_conduit, &builder->conduits, i);
        struct spot spot = spot_of(&builder->conduit_spots, i);
        if (conduit->from_zone == TOC_NONE || conduit->to_zone == TOC_NONE) {
            toc_draft_error(builder, spot, "a conduit wants a zone at both ends");
        }
        conduit->from_zone =
            toc_resolve_word(builder, zones, conduit->from_zone, spot, "zone", "conduit");
        conduit->to_zone =
            toc_resolve_word(builder, zones, conduit->to_zone, spot, "zone", "conduit");
        if (conduit->from_zone == conduit->to_zone && conduit->to_zone != TOC_INDEX_NONE) {
            toc_draft_error(builder, spot,
                            "a conduit joins zone '%s' with itself; what passes inside a zone is "
                            "said at the zone",
                            zone_id(builder, conduit->to_zone));
        }
        for (uint32_t j = 0; j < conduit->rule_count; j++) {
            uint32_t at = conduit->first_rule + j;
            toc_rule *rule = TOC_LIST_AT(toc_rule, &builder->rules, at);
            spot = spot_of(&builder->rule_spots, at);
            rule->from_asset =
                resolve_end(builder, rule->from_asset, conduit->from_zone, "from", spot);
            rule->to_asset = resolve_end(builder, rule->to_asset, conduit->to_zone, "to", spot);
        }
    }
    for (uint32_t i = 0; i < builder->conduits.count; i++) {
        if (TOC_LIST_AT(toc_conduit, &builder->conduits, i)->id[0] == '\0') {
            name_conduit(builder, i);
        }
    }
}

struct way {
    uint32_t from, to, index;
};

static int by_ends(const void *left, const void *right) {
    const struct way *a = left, *b = right;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    if (a->to != b->to) {
        return a->to < b->to ? -1 : 1;
    }
    return a->index < b->index ? -1 : a->index > b->index ? 1 : 0;
}

/* Whatever passes between two zones is asked of each conduit between them. */
static void check_parallel(toc_builder *builder) {
    uint32_t count = builder->conduits.count, same = 0;
    struct way *ways = toc_arena_heap(NULL, (size_t)count + 1, sizeof *ways);
    for (uint32_t i = 0; i < count; i++) {
        const toc_conduit *conduit = TOC_LIST_AT(toc_conduit, &builder->conduits, i);
        ways[i] = (struct way){conduit->from_zone, conduit->to_zone, i};
    }
    qsort(ways, count, sizeof *ways, by_ends);
    for (uint32_t i = 1; i < count; i++) {
        bool is_same = ways[i].from == ways[i - 1].from && ways[i].to == ways[i - 1].to &&
                       ways[i].from != TOC_INDEX_NONE && ways[i].to != TOC_INDEX_NONE;
        same = is_same ? same + 1 : 0;
        if (same == PARALLEL) {
            toc_draft_error(builder, spot_of(&builder->conduit_spots, ways[i].index),
                            "there are more than %d conduits from '%.255s' to '%.255s'",
                            (int)PARALLEL, zone_id(builder, ways[i].from),
                            zone_id(builder, ways[i].to));
        }
    }
    toc_arena_heap_free(ways);
}

static void resolve_listens(toc_builder *builder) {
    for (uint32_t i = 0; i < builder->listens.count; i++) {
        const toc_listen *listen = TOC_LIST_AT(toc_listen, &builder->listens, i);
        struct spot spot = spot_of(&builder->listen_spots, i);
        for (uint32_t j = 0; j < listen->zone_count; j++) {
            uint32_t *zone = TOC_LIST_AT(uint32_t, &builder->listen_zones, listen->first_zone + j);
            *zone = toc_resolve_word(builder, &builder->owned->zones, *zone, spot, "zone",
                                     asset_at(builder, listen->asset)->id);
        }
    }
}

/* Traffic wants its ends to be up: an end that wants the traffic to be up would never start. */
static void check_needs(toc_builder *builder) {
    for (uint32_t i = 0; builder->traffics.count > 0 && i < builder->needs.count; i++) {
        const toc_need *need = TOC_LIST_AT(toc_need, &builder->needs, i);
        for (uint32_t j = 0; need->purpose != TOC_NEED_CONTROL && j < need->source_count; j++) {
            uint32_t source = *TOC_LIST_AT(uint32_t, &builder->sources, need->first_source + j);
            const toc_link *link;
            if (source == TOC_INDEX_NONE || source < builder->assets.count) {
                continue;
            }
            link = TOC_LIST_AT(toc_link, &builder->links, source - builder->assets.count);
            if (link->kind == TOC_LINK_TRAFFIC &&
                (link->from == need->asset || link->to == need->asset)) {
                toc_draft_error(builder, spot_of(&builder->need_spots, i),
                                "asset '%s' needs the traffic '%s' to run, which passes only "
                                "while '%s' runs; it may be needed for control",
                                asset_at(builder, need->asset)->id, link->id,
                                asset_at(builder, need->asset)->id);
            }
        }
    }
}

void toc_resolve_network_all(toc_builder *builder) {
    resolve_conduits(builder);
    check_parallel(builder);
    resolve_phases(builder);
    resolve_listens(builder);
    check_needs(builder);
}

/* -- Arrays ------------------------------------------------------------------------------------ */

/* Counting sort by the zone that a conduit leads to, then, stable, by where it comes from. */
static void order_by(const toc_topology *topology, const uint32_t *in, uint32_t *out,
                     uint32_t *first, bool by_source) {
    memset(first, 0, ((size_t)topology->zone_count + 2) * sizeof *first);
    for (uint32_t i = 0; i < topology->conduit_count; i++) {
        const toc_conduit *conduit = &topology->conduits[i];
        first[(by_source ? conduit->from_zone : conduit->to_zone) + 1]++;
    }
    for (uint32_t z = 0; z < topology->zone_count; z++) {
        first[z + 1] += first[z];
    }
    for (uint32_t i = 0; i < topology->conduit_count; i++) {
        uint32_t index = in != NULL ? in[i] : i;
        const toc_conduit *conduit = &topology->conduits[index];
        out[first[by_source ? conduit->from_zone : conduit->to_zone]++] = index;
    }
    for (uint32_t z = topology->zone_count; z > 0; z--) {
        first[z] = first[z - 1];
    }
    first[0] = 0;
}

struct word_order {
    uint32_t from, to, protocol, index;
};

static int by_words(const void *left, const void *right) {
    const struct word_order *a = left, *b = right;
    const uint32_t first[] = {a->from, a->to, a->protocol, a->index};
    const uint32_t second[] = {b->from, b->to, b->protocol, b->index};
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
        if (first[i] != second[i]) {
            return first[i] < second[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Of rules in the same words, one that is valid in no phase that those before it leave open is
   never read, so that at most one a phase is kept. */
static uint32_t sort_rules(const toc_topology *topology, const toc_conduit *conduit,
                           struct word_order *room, uint32_t *out) {
    uint32_t count = 0;
    toc_phases seen = 0;
    for (uint32_t i = 0; i < conduit->rule_count; i++) {
        const toc_rule *rule = &topology->rules[conduit->first_rule + i];
        room[i] = (struct word_order){rule->from_asset, rule->to_asset, rule->protocol,
                                      conduit->first_rule + i};
    }
    qsort(room, conduit->rule_count, sizeof *room, by_words);
    for (uint32_t i = 0; i < conduit->rule_count; i++) {
        toc_phases phases = topology->rules[room[i].index].phases;
        bool is_new = i == 0 || room[i].from != room[i - 1].from || room[i].to != room[i - 1].to ||
                      room[i].protocol != room[i - 1].protocol;
        phases = phases == 0 ? UINT32_MAX : phases;
        seen = is_new ? 0 : seen;
        if ((phases & ~seen) != 0) {
            out[count++] = room[i].index;
        }
        seen |= phases;
    }
    return count;
}

static void order_rules(toc_topology *topology) {
    toc_conduit *conduits = (toc_conduit *)(uintptr_t)topology->conduits;
    struct word_order *room = toc_arena_heap(NULL, (size_t)topology->rule_count + 1, sizeof *room);
    uint32_t *order = toc_arena_heap(NULL, (size_t)topology->rule_count + 1, sizeof *order);
    for (uint32_t i = 0; i < topology->conduit_count; i++) {
        conduits[i].sorted_count =
            sort_rules(topology, &conduits[i], room, order + conduits[i].first_rule);
    }
    toc_arena_heap_free(room);
    topology->rule_order = order;
}

void toc_resolve_network_index(struct owned_topology *owned) {
    toc_topology *topology = &owned->topology;
    uint32_t count = topology->conduit_count, protocols = toc_names_count(owned->protocols);
    uint32_t *first = toc_arena_heap(NULL, (size_t)topology->zone_count + 2, sizeof *first);
    uint32_t *order = toc_arena_heap(NULL, (size_t)count + 1, sizeof *order);
    uint32_t *by_end = toc_arena_heap(NULL, (size_t)count + 1, sizeof *by_end);
    const char **names = toc_arena_heap(NULL, (size_t)protocols + 1, sizeof *names);
    order_by(topology, NULL, by_end, first, false);
    order_by(topology, by_end, order, first, true);
    toc_arena_heap_free(by_end);
    order_rules(topology);
    topology->conduit_from = first;
    topology->conduit_order = order;
    for (uint32_t i = 0; i < protocols; i++) {
        names[i] = toc_names_at(owned->protocols, i);
    }
    topology->protocols = names;
    topology->protocol_count = protocols;
}

void toc_resolve_network_discard(toc_builder *builder) {
    toc_list *lists[] = {&builder->phases,         &builder->listens,      &builder->listen_zones,
                         &builder->traffics,       &builder->masks,        &builder->phase_spots,
                         &builder->weakness_spots, &builder->listen_spots, &builder->traffic_spots};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        toc_list_finish(lists[i]);
    }
}
