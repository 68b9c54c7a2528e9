#include "model/resolve.h"

#include "kernel/assert.h"
#include "model/builder_depot.h"
#include "model/job.h"
#include "model/pipework.h"
#include "model/resolve_detection.h"
#include "model/resolve_network.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct spot spot_of(const toc_list *spots, uint32_t index) {
    return *TOC_LIST_AT(struct spot, spots, index);
}

uint32_t toc_resolve_word(toc_builder *builder, const struct roll *roll, uint32_t word,
                          struct spot spot, const char *what, const char *asker) {
    const char *name;
    uint32_t index;
    if (word == TOC_NONE) {
        return TOC_INDEX_NONE;
    }
    name = toc_names_at(builder->owned->words, word);
    index = toc_draft_find(roll, name);
    if (index == TOC_INDEX_NONE) {
        toc_draft_error(builder, spot, "'%s': there is no %s '%.255s'%s", asker, what, name,
                        toc_draft_hint(builder, roll, name));
    }
    return index;
}

static const char *mark_text(const toc_builder *builder, uint32_t mark) {
    return toc_names_at(builder->owned->elements.names, mark);
}

uint32_t toc_resolve_element(toc_builder *builder, uint32_t mark, struct spot spot,
                             const char *asker) {
    const struct roll *elements = &builder->owned->elements;
    uint32_t index = *TOC_LIST_AT(uint32_t, &elements->index, mark);
    if (index == TOC_INDEX_NONE) {
        const char *name = mark_text(builder, mark);
        toc_draft_error(builder, spot, "'%s' refers to '%.255s', which is not there%s", asker, name,
                        toc_draft_hint(builder, elements, name));
        return TOC_INDEX_NONE;
    }
    return (index & DRAFT_LINK) != 0 ? builder->assets.count + (index & ~DRAFT_LINK) : index;
}

uint32_t toc_resolve_asset(toc_builder *builder, uint32_t mark, struct spot spot,
                           const char *asker) {
    uint32_t element = toc_resolve_element(builder, mark, spot, asker);
    if (element != TOC_INDEX_NONE && element >= builder->assets.count) {
        toc_draft_error(builder, spot, "'%s' refers to the link '%.255s' where an asset is wanted",
                        asker, mark_text(builder, mark));
        return TOC_INDEX_NONE;
    }
    return element;
}

static void resolve_zones(toc_builder *builder) {
    struct owned_topology *owned = builder->owned;
    for (uint32_t i = 0; i < builder->zones.count; i++) {
        toc_zone *zone = TOC_LIST_AT(toc_zone, &builder->zones, i);
        zone->operator_index =
            toc_resolve_word(builder, &owned->operators, zone->operator_index,
                             spot_of(&builder->zone_spots, i), "operator", zone->id);
    }
}

static void resolve_assets(toc_builder *builder) {
    struct owned_topology *owned = builder->owned;
    for (uint32_t i = 0; i < builder->assets.count; i++) {
        toc_asset *asset = TOC_LIST_AT(toc_asset, &builder->assets, i);
        struct spot spot = spot_of(&builder->asset_spots, i);
        bool unsaid = asset->operator_index == TOC_NONE;
        asset->operator_index = toc_resolve_word(builder, &owned->operators, asset->operator_index,
                                                 spot, "operator", asset->id);
        asset->zone =
            toc_resolve_word(builder, &owned->zones, asset->zone, spot, "zone", asset->id);
        if (unsaid && asset->zone != TOC_INDEX_NONE) {
            asset->operator_index =
                TOC_LIST_AT(toc_zone, &builder->zones, asset->zone)->operator_index;
        }
    }
}

/* A link without an id is called after its ends, and numbered where that is taken. */
static void name_link(toc_builder *builder, uint32_t index) {
    toc_link *link = TOC_LIST_AT(toc_link, &builder->links, index);
    const char *from = mark_text(builder, link->from), *to = mark_text(builder, link->to);
    char name[2 * DRAFT_ID_LENGTH + 32];
    bool was_new = false;
    (void)snprintf(name, sizeof name, "%.255s..%.255s", from, to);
    if (toc_draft_find(&builder->owned->elements, name) != TOC_INDEX_NONE) {
        (void)snprintf(name, sizeof name, "%.255s..%.255s#%lu", from, to, (unsigned long)index + 1);
    }
    link->id = toc_draft_enter(&builder->owned->elements, name, index | DRAFT_LINK, &was_new);
    if (!was_new) {
        toc_draft_error(builder, spot_of(&builder->link_spots, index),
                        "the link from '%.255s' to '%.255s' wants an id of its own", from, to);
    }
}

static void resolve_links(toc_builder *builder) {
    for (uint32_t i = 0; i < builder->links.count; i++) {
        if (TOC_LIST_AT(toc_link, &builder->links, i)->id[0] == '\0') {
            name_link(builder, i);
        }
    }
    for (uint32_t i = 0; i < builder->links.count; i++) {
        toc_link *link = TOC_LIST_AT(toc_link, &builder->links, i);
        struct spot spot = spot_of(&builder->link_spots, i);
        link->from = toc_resolve_asset(builder, link->from, spot, link->id);
        link->to = toc_resolve_asset(builder, link->to, spot, link->id);
        if (link->from == link->to && link->from != TOC_INDEX_NONE) {
            toc_draft_error(builder, spot, "link '%s' joins '%s' with itself", link->id,
                            TOC_LIST_AT(toc_asset, &builder->assets, link->from)->id);
        }
    }
}

/* The operator's service of that name, made where it is new. */
static uint32_t service_at(toc_builder *builder, const toc_provision *provision,
                           const toc_unit *unit, struct spot spot) {
    const toc_asset *asset = TOC_LIST_AT(toc_asset, &builder->assets, provision->asset);
    const char *id = toc_names_at(builder->owned->words, provision->service);
    toc_service *service;
    char key[32];
    bool was_new;
    uint32_t number;
    (void)snprintf(key, sizeof key, "%lu/%lu", (unsigned long)asset->operator_index,
                   (unsigned long)provision->service);
    number = toc_names_add(builder->owned->services.names, key, &was_new);
    if (was_new) {
        service = toc_list_add(&builder->services, sizeof *service);
        *service = (toc_service){id, asset->operator_index, unit, TOC_INDEX_NONE};
    }
    service = TOC_LIST_AT(toc_service, &builder->services, number);
    if (strcmp(service->unit->dimension, unit->dimension) != 0) {
        toc_draft_error(builder, spot,
                        "asset '%s' gives service '%.255s' in %s, others of its operator in %s",
                        asset->id, id, unit->name, service->unit->name);
    }
    return number;
}

static void resolve_provisions(toc_builder *builder) {
    __extension__ unsigned __int128 capacity = 0, demand = 0;
    for (uint32_t i = 0; i < builder->provisions.count; i++) {
        toc_provision *provision = TOC_LIST_AT(toc_provision, &builder->provisions, i);
        const toc_asset *asset = TOC_LIST_AT(toc_asset, &builder->assets, provision->asset);
        struct spot spot = spot_of(&builder->provision_spots, i);
        if (provision->service == TOC_NONE) {
            continue;
        }
        provision->service = service_at(builder, provision,
                                        *TOC_LIST_AT(const toc_unit *, &builder->units, i), spot);
        for (uint32_t j = asset->first_provision; j < i; j++) {
            if (TOC_LIST_AT(toc_provision, &builder->provisions, j)->service ==
                provision->service) {
                toc_draft_error(
                    builder, spot, "asset '%s' provides service '%.255s' twice", asset->id,
                    TOC_LIST_AT(toc_service, &builder->services, provision->service)->id);
            }
        }
        capacity += provision->capacity > 0 ? (uint64_t)provision->capacity : 0;
        demand += provision->demand > 0 ? (uint64_t)provision->demand : 0;
        if (capacity > DRAFT_MOST || demand > DRAFT_MOST) {
            toc_draft_error(builder, spot, "what is provided is more than can be counted");
            return;
        }
    }
}

static void resolve_need(toc_builder *builder, uint32_t index) {
    const toc_need *need = TOC_LIST_AT(toc_need, &builder->needs, index);
    const toc_asset *asset = TOC_LIST_AT(toc_asset, &builder->assets, need->asset);
    struct spot spot = spot_of(&builder->need_spots, index);
    uint32_t *sources = TOC_LIST_AT(uint32_t, &builder->sources, need->first_source);
    for (uint32_t i = 0; i < need->source_count; i++) {
        sources[i] = toc_resolve_element(builder, sources[i], spot, asset->id);
        if (sources[i] == need->asset) {
            toc_draft_error(builder, spot, "asset '%s' depends on itself", asset->id);
        }
    }
}

static void resolve_failovers(toc_builder *builder) {
    for (uint32_t i = 0; i < builder->failovers.count; i++) {
        toc_failover *failover = TOC_LIST_AT(toc_failover, &builder->failovers, i);
        const toc_need *need = TOC_LIST_AT(toc_need, &builder->needs, failover->need);
        const toc_asset *asset = TOC_LIST_AT(toc_asset, &builder->assets, need->asset);
        struct spot spot = spot_of(&builder->need_spots, failover->need);
        if (failover->through == TOC_INDEX_NONE) {
            continue;
        }
        failover->through = toc_resolve_element(builder, failover->through, spot, asset->id);
        if (failover->through == need->asset) {
            toc_draft_error(builder, spot, "asset '%s' orders its failover through itself",
                            asset->id);
        }
    }
}

/* The room of an asset, NULL where it has room for everybody. */
static const toc_hosting *hosting_of(const toc_builder *builder, uint32_t asset) {
    for (uint32_t i = 0; i < builder->hostings.count; i++) {
        const toc_hosting *hosting = TOC_LIST_AT(toc_hosting, &builder->hostings, i);
        if (hosting->asset == asset) {
            return hosting;
        }
    }
    return NULL;
}

/* What takes room where nobody counts it, and what is too much for where it begins. */
static void check_room(toc_builder *builder, uint32_t number) {
    const toc_failover *failover = TOC_LIST_AT(toc_failover, &builder->failovers, number);
    const toc_need *need = TOC_LIST_AT(toc_need, &builder->needs, failover->need);
    const uint32_t *sources = TOC_LIST_AT(uint32_t, &builder->sources, need->first_source);
    const toc_asset *asset = TOC_LIST_AT(toc_asset, &builder->assets, need->asset);
    struct spot spot = spot_of(&builder->need_spots, failover->need);
    const toc_hosting *first = hosting_of(builder, sources[0]);
    uint64_t used = 0;
    uint32_t counting = 0;
    for (uint32_t i = 0; i < need->source_count; i++) {
        counting += hosting_of(builder, sources[i]) != NULL ? 1 : 0;
    }
    if (failover->uses > 0 && counting == 0) {
        toc_draft_warn(builder, spot,
                       "asset '%s' uses room, but none of its sources says how much it has; give "
                       "them <hosts room=\"...\"/>",
                       asset->id);
    }
    for (uint32_t i = 0; first != NULL && i <= number; i++) {
        const toc_failover *other = TOC_LIST_AT(toc_failover, &builder->failovers, i);
        const toc_need *its = TOC_LIST_AT(toc_need, &builder->needs, other->need);
        used += *TOC_LIST_AT(uint32_t, &builder->sources, its->first_source) == first->asset
                    ? other->uses
                    : 0;
    }
    if (first != NULL && used > first->room) {
        toc_draft_error(builder, spot,
                        "asset '%s' begins at '%s', which has room for %lu; with it %llu are used",
                        asset->id, TOC_LIST_AT(toc_asset, &builder->assets, first->asset)->id,
                        (unsigned long)first->room, (unsigned long long)used);
    }
}

static void check_rooms(toc_builder *builder) {
    for (uint32_t i = 0; builder->errors == 0 && i < builder->failovers.count; i++) {
        if (TOC_LIST_AT(toc_failover, &builder->failovers, i)->uses > 0) {
            check_room(builder, i);
        }
    }
}

static int by_value(const void *left, const void *right) {
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

/* A source that counts twice in one need would make "2 of 3" true too early. */
static void check_sources(toc_builder *builder, uint32_t index, toc_list *scratch) {
    const toc_need *need = TOC_LIST_AT(toc_need, &builder->needs, index);
    const uint32_t *sources = TOC_LIST_AT(uint32_t, &builder->sources, need->first_source);
    uint32_t *sorted;
    while (scratch->count < need->source_count) {
        (void)toc_list_add(scratch, sizeof(uint32_t));
    }
    if (need->source_count < 2) {
        return;
    }
    sorted = scratch->items;
    memcpy(sorted, sources, need->source_count * sizeof *sources);
    qsort(sorted, need->source_count, sizeof *sorted, by_value);
    for (uint32_t i = 1; i < need->source_count; i++) {
        if (sorted[i] == sorted[i - 1] && sorted[i] != TOC_INDEX_NONE) {
            toc_draft_error(builder, spot_of(&builder->need_spots, index),
                            "asset '%s' names a source twice in one need",
                            TOC_LIST_AT(toc_asset, &builder->assets, need->asset)->id);
            return;
        }
    }
}

static bool is_needed(const toc_builder *builder, uint32_t asset_index, uint32_t source) {
    const toc_asset *asset = TOC_LIST_AT(toc_asset, &builder->assets, asset_index);
    for (uint32_t i = 0; i < asset->need_count; i++) {
        const toc_need *need = TOC_LIST_AT(toc_need, &builder->needs, asset->first_need + i);
        for (uint32_t j = 0; j < need->source_count; j++) {
            if (*TOC_LIST_AT(uint32_t, &builder->sources, need->first_source + j) == source) {
                return true;
            }
        }
    }
    return false;
}

static void resolve_buffers(toc_builder *builder) {
    for (uint32_t i = 0; i < builder->buffers.count; i++) {
        toc_buffer *buffer = TOC_LIST_AT(toc_buffer, &builder->buffers, i);
        const toc_asset *asset = TOC_LIST_AT(toc_asset, &builder->assets, buffer->asset);
        struct spot spot = spot_of(&builder->buffer_spots, i);
        if (buffer->feeds == TOC_INDEX_NONE) {
            continue;
        }
        buffer->feeds = toc_resolve_asset(builder, buffer->feeds, spot, asset->id);
        if (buffer->feeds != TOC_INDEX_NONE && !is_needed(builder, buffer->feeds, buffer->asset)) {
            toc_draft_warn(builder, spot,
                           "'%s' does not need '%s', so this buffer never bridges anything",
                           TOC_LIST_AT(toc_asset, &builder->assets, buffer->feeds)->id, asset->id);
        }
    }
}

static void resolve_generations(toc_builder *builder) {
    __extension__ unsigned __int128 most = 0;
    for (uint32_t i = 0; i < builder->generations.count; i++) {
        toc_generation *generation = TOC_LIST_AT(toc_generation, &builder->generations, i);
        const toc_asset *asset = TOC_LIST_AT(toc_asset, &builder->assets, generation->asset);
        struct spot spot = spot_of(&builder->generation_spots, i);
        generation->bus = toc_resolve_asset(builder, generation->bus, spot, asset->id);
        most += generation->most_milli > 0 ? (uint64_t)generation->most_milli : 0;
        most += generation->output_milli > 0 ? (uint64_t)generation->output_milli : 0;
        if (most > INT64_MAX) {
            toc_draft_error(builder, spot, "what is generated is more than can be counted");
            return;
        }
    }
}

/* Skills are free words, but one that is nearly the skill of a job is a slip of the pen. */
void toc_resolve_skills(toc_builder *builder, const char *what, const char *id, const char *list,
                        struct spot spot) {
    while (*list != '\0') {
        char skill[64];
        size_t length = strcspn(list, " \t\r\n");
        if (length > 0 && length < sizeof skill) {
            const char *nearest;
            memcpy(skill, list, length);
            skill[length] = '\0';
            nearest = toc_job_nearest_skill(skill);
            if (nearest != NULL && strcmp(nearest, skill) != 0) {
                toc_draft_warn(builder, spot, "%s '%s': no job asks for '%s' (nearest: '%s')", what,
                               id, skill, nearest);
            }
        }
        list += length + strspn(list + length, " \t\r\n");
    }
}

static void resolve_crews(toc_builder *builder) {
    for (uint32_t i = 0; i < builder->crews.count; i++) {
        toc_crew *crew = TOC_LIST_AT(toc_crew, &builder->crews, i);
        struct spot spot = spot_of(&builder->crew_spots, i);
        if (crew->operator_index == TOC_NONE) {
            toc_draft_error(builder, spot, "crew '%s' belongs to no operator", crew->id);
        }
        crew->operator_index = toc_resolve_word(builder, &builder->owned->operators,
                                                crew->operator_index, spot, "operator", crew->id);
        if (crew->base != TOC_INDEX_NONE) {
            crew->base = toc_resolve_asset(builder, crew->base, spot, crew->id);
        }
        if (crew->base != TOC_INDEX_NONE) {
            const toc_asset *base = TOC_LIST_AT(toc_asset, &builder->assets, crew->base);
            crew->x_m = base->x_m;
            crew->y_m = base->y_m;
        }
        toc_resolve_skills(builder, "crew", crew->id, crew->skills, spot);
    }
}

void toc_resolve_all(toc_builder *builder) {
    toc_list scratch = {0};
    resolve_zones(builder);
    resolve_assets(builder);
    resolve_links(builder);
    resolve_provisions(builder);
    for (uint32_t i = 0; i < builder->needs.count; i++) {
        resolve_need(builder, i);
        check_sources(builder, i, &scratch);
    }
    toc_list_finish(&scratch);
    resolve_failovers(builder);
    check_rooms(builder);
    resolve_buffers(builder);
    resolve_generations(builder);
    toc_resolve_network_all(builder);
    resolve_crews(builder);
    toc_pipework_resolve(builder);
    toc_resolve_detection_all(builder);
    toc_builder_depot_resolve(builder);
}

/* For every element the needs that name it, in rising order. */
static void link_needs(toc_topology *topology) {
    uint32_t elements = topology->asset_count + topology->link_count, *first, *wanted;
    first = toc_arena_heap(NULL, (size_t)elements + 2, sizeof *first);
    wanted = toc_arena_heap(NULL, (size_t)topology->source_count + 1, sizeof *wanted);
    memset(first, 0, ((size_t)elements + 2) * sizeof *first);
    for (uint32_t i = 0; i < topology->source_count; i++) {
        first[topology->sources[i] + 2]++;
    }
    for (uint32_t e = 0; e < elements; e++) {
        first[e + 2] += first[e + 1];
    }
    for (uint32_t i = 0; i < topology->need_count; i++) {
        const toc_need *need = &topology->needs[i];
        for (uint32_t j = 0; j < need->source_count; j++) {
            wanted[first[topology->sources[need->first_source + j] + 1]++] = i;
        }
    }
    topology->wanted_first = first;
    topology->wanted_by = wanted;
}

static void link_dependents(toc_topology *topology) {
    uint32_t elements = topology->asset_count + topology->link_count, count = 0;
    uint32_t *first = toc_arena_heap(NULL, (size_t)elements + 1, sizeof *first);
    uint32_t *dependents =
        toc_arena_heap(NULL, (size_t)topology->source_count + 1, sizeof *dependents);
    for (uint32_t e = 0; e < elements; e++) {
        first[e] = count;
        for (uint32_t i = topology->wanted_first[e]; i < topology->wanted_first[e + 1]; i++) {
            uint32_t asset = topology->needs[topology->wanted_by[i]].asset;
            if (count == first[e] || dependents[count - 1] != asset) {
                dependents[count++] = asset;
            }
        }
    }
    first[elements] = count;
    topology->dependent_first = first;
    topology->dependents = toc_arena_heap(dependents, (size_t)count + 1, sizeof *dependents);
}

/* Takes a list's items as they are, without the room it had to grow. */
static const void *take(toc_list *list, size_t item_size, uint32_t *out_count) {
    const void *items = toc_arena_heap(list->items, (size_t)list->count + 1, item_size);
    *out_count = list->count;
    *list = (toc_list){0};
    return items;
}

toc_topology *toc_resolve_take(toc_builder *builder) {
    struct owned_topology *owned = builder->owned;
    toc_topology *topology = &owned->topology;
#define TAKE(type, plural, singular)                                                               \
    topology->plural = take(&builder->plural, sizeof(type), &topology->singular##_count)
    TAKE(toc_operator, operators, operator);
    TAKE(toc_zone, zones, zone);
    TAKE(toc_conduit, conduits, conduit);
    TAKE(toc_network_phase, phases, phase);
    TAKE(toc_rule, rules, rule);
    TAKE(toc_listen, listens, listen);
    TAKE(uint32_t, listen_zones, listen_zone);
    TAKE(toc_traffic, traffics, traffic);
    TAKE(toc_asset, assets, asset);
    TAKE(toc_link, links, link);
    TAKE(toc_service, services, service);
    TAKE(toc_provision, provisions, provision);
    TAKE(toc_need, needs, need);
    TAKE(uint32_t, sources, source);
    TAKE(toc_failover, failovers, failover);
    TAKE(toc_hosting, hostings, hosting);
    TAKE(toc_buffer, buffers, buffer);
    TAKE(toc_weakness, weaknesses, weakness);
    TAKE(toc_work, works, work);
    TAKE(toc_crew, crews, crew);
    TAKE(toc_tap, taps, tap);
    TAKE(toc_generation, generations, generation);
    TAKE(toc_bus, buses, bus);
    TAKE(toc_commodity, commodities, commodity);
    TAKE(toc_origin, origins, origin);
    TAKE(toc_throughput, throughputs, throughput);
    TAKE(toc_tank, tanks, tank);
    TAKE(toc_pattern, patterns, pattern);
    TAKE(int64_t, factors_ppm, factor);
    TAKE(toc_control, controls, control);
    TAKE(toc_sensor, sensors, sensor);
    TAKE(toc_analysts, analysts, analysts);
    TAKE(uint32_t, covers, cover);
    TAKE(toc_road, roads, road);
#undef TAKE
    link_needs(topology);
    link_dependents(topology);
    toc_resolve_network_index(owned);
    toc_builder_depot_take(builder, topology);
    builder->owned = NULL;
    return topology;
}

void toc_resolve_discard(toc_builder *builder) {
    toc_list *lists[] = {&builder->mistakes,
                         &builder->operators,
                         &builder->zones,
                         &builder->conduits,
                         &builder->rules,
                         &builder->assets,
                         &builder->links,
                         &builder->provisions,
                         &builder->needs,
                         &builder->sources,
                         &builder->failovers,
                         &builder->hostings,
                         &builder->buffers,
                         &builder->weaknesses,
                         &builder->works,
                         &builder->crews,
                         &builder->services,
                         &builder->zone_spots,
                         &builder->conduit_spots,
                         &builder->rule_spots,
                         &builder->asset_spots,
                         &builder->link_spots,
                         &builder->provision_spots,
                         &builder->need_spots,
                         &builder->buffer_spots,
                         &builder->crew_spots,
                         &builder->units,
                         &builder->taps,
                         &builder->generations,
                         &builder->buses,
                         &builder->generation_spots,
                         &builder->commodities,
                         &builder->origins,
                         &builder->throughputs,
                         &builder->tanks,
                         &builder->patterns,
                         &builder->factors_ppm,
                         &builder->controls,
                         &builder->control_spots,
                         &builder->mentions};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        toc_list_finish(lists[i]);
    }
    toc_list_finish(&builder->roads);
    toc_builder_depot_discard(builder);
    toc_resolve_network_discard(builder);
    toc_resolve_detection_discard(builder);
    if (builder->owned != NULL) {
        toc_topology_destroy(&builder->owned->topology);
        builder->owned = NULL;
    }
}
