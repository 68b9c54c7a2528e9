#include "model/pipework.h"

#include "kernel/assert.h"
#include "model/resolve.h"

#include <string.h>

__extension__ typedef __int128 wide;

enum { TANKS = 65536 };

/* mL: a hundred cubic kilometres; so that levels can be computed in 128 bits. */
static const int64_t volume_most = INT64_C(100000000000000000);

static const char *asset_id(const toc_builder *builder, uint32_t asset) {
    return TOC_LIST_AT(toc_asset, &builder->assets, asset)->id;
}

static toc_commodity *commodity_at(const toc_builder *builder, uint32_t index) {
    return TOC_LIST_AT(toc_commodity, &builder->commodities, index);
}

static uint32_t find_commodity(const toc_builder *builder, const char *service) {
    for (uint32_t i = 0; i < builder->commodities.count; i++) {
        if (strcmp(commodity_at(builder, i)->service, service) == 0) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

/* Who said it, for messages. */
static const char *speaker(const toc_builder *builder, const struct mention *mention) {
    switch (mention->kind) {
    case MENTION_ORIGIN:
        return asset_id(builder, TOC_LIST_AT(toc_origin, &builder->origins, mention->index)->asset);
    case MENTION_TANK:
        return asset_id(builder, TOC_LIST_AT(toc_tank, &builder->tanks, mention->index)->asset);
    case MENTION_THROUGHPUT:
        return asset_id(builder,
                        TOC_LIST_AT(toc_throughput, &builder->throughputs, mention->index)->asset);
    case MENTION_LINK:
        break;
    }
    return TOC_LIST_AT(toc_link, &builder->links, mention->index)->id;
}

/* Where the mention keeps what it means. */
static uint32_t *place_of(toc_builder *builder, const struct mention *mention) {
    switch (mention->kind) {
    case MENTION_ORIGIN:
        return &TOC_LIST_AT(toc_origin, &builder->origins, mention->index)->commodity;
    case MENTION_TANK:
        return &TOC_LIST_AT(toc_tank, &builder->tanks, mention->index)->commodity;
    case MENTION_THROUGHPUT:
        return &TOC_LIST_AT(toc_throughput, &builder->throughputs, mention->index)->commodity;
    case MENTION_LINK:
        break;
    }
    return &TOC_LIST_AT(toc_link, &builder->links, mention->index)->carries;
}

/* The unit of a service that nobody supplies: of those who ask for it, or else pieces. */
static const toc_unit *unit_of_service(const toc_builder *builder, const char *service) {
    for (uint32_t i = 0; i < builder->services.count; i++) {
        const toc_service *known = TOC_LIST_AT(toc_service, &builder->services, i);
        if (strcmp(known->id, service) == 0) {
            return known->unit;
        }
    }
    return toc_unit_find("pieces");
}

static uint32_t commodity_of(toc_builder *builder, const struct mention *mention) {
    const char *service = toc_names_at(builder->owned->words, mention->word);
    uint32_t index = find_commodity(builder, service);
    bool flows = mention->kind == MENTION_ORIGIN || mention->kind == MENTION_TANK;
    if (index == TOC_INDEX_NONE) {
        const toc_unit *unit =
            mention->unit != NULL ? mention->unit : unit_of_service(builder, service);
        index = builder->commodities.count;
        *(toc_commodity *)toc_list_add(&builder->commodities, sizeof(toc_commodity)) =
            (toc_commodity){service, unit, flows};
        if (strcmp(unit->dimension, "power") == 0) {
            toc_draft_error(builder, mention->spot,
                            "'%s': '%.255s' in %s does not flow so; power comes from <generates>",
                            speaker(builder, mention), service, unit->name);
        } else if (!flows) {
            const char *nearest = index > 0 ? commodity_at(builder, 0)->service : NULL;
            toc_draft_warn(builder, mention->spot, "'%s': nothing supplies '%.255s'%s%.255s%s",
                           speaker(builder, mention), service,
                           nearest != NULL ? " (there is '" : "", nearest != NULL ? nearest : "",
                           nearest != NULL ? "')" : "");
        }
    }
    return index;
}

static void resolve_mentions(toc_builder *builder, enum mention_kind kind) {
    for (uint32_t i = 0; i < builder->mentions.count; i++) {
        const struct mention *mention = TOC_LIST_AT(struct mention, &builder->mentions, i);
        const toc_commodity *commodity;
        uint32_t index;
        if (mention->kind != kind || (mention->word == TOC_NONE && kind == MENTION_LINK)) {
            continue;
        }
        *place_of(builder, mention) = TOC_INDEX_NONE;
        if (mention->word == TOC_NONE) {
            toc_draft_error(builder, mention->spot, "'%s' has a flow of a service without a name",
                            speaker(builder, mention));
            continue;
        }
        index = commodity_of(builder, mention);
        commodity = commodity_at(builder, index);
        *place_of(builder, mention) = index;
        if (mention->unit != NULL &&
            strcmp(mention->unit->dimension, commodity->unit->dimension) != 0) {
            toc_draft_error(builder, mention->spot, "'%s' has '%.255s' in %s, others have it in %s",
                            speaker(builder, mention), commodity->service, mention->unit->name,
                            commodity->unit->name);
        }
    }
}

/* A pipe that does not say what it carries carries what there is for pipes, if that is one thing.
 */
static void resolve_pipes(toc_builder *builder) {
    uint32_t only = TOC_INDEX_NONE, count = 0;
    for (uint32_t i = 0; i < builder->commodities.count; i++) {
        const toc_commodity *commodity = commodity_at(builder, i);
        if (commodity->flows && strcmp(commodity->unit->dimension, "flow") == 0) {
            only = i;
            count++;
        }
    }
    for (uint32_t i = 0; i < builder->mentions.count; i++) {
        const struct mention *mention = TOC_LIST_AT(struct mention, &builder->mentions, i);
        if (mention->kind != MENTION_LINK || mention->word != TOC_NONE) {
            continue;
        }
        *place_of(builder, mention) = count == 1 ? only : TOC_INDEX_NONE;
        if (count > 1) {
            toc_draft_warn(builder, mention->spot,
                           "pipe '%s' carries nothing: say which with carries=\"%.255s\"",
                           speaker(builder, mention), commodity_at(builder, only)->service);
        }
    }
}

static void check_tank(toc_builder *builder, const toc_tank *tank, struct spot spot) {
    const char *id = asset_id(builder, tank->asset);
    if (tank->volume <= 0 || tank->volume > volume_most || tank->height_mm <= 0) {
        toc_draft_error(builder, spot, "the tank of '%s' has no %s that can be", id,
                        tank->height_mm <= 0 ? "height" : "volume");
    } else if (tank->least_mm < 0 || tank->begins_mm < tank->least_mm ||
               tank->height_mm < tank->begins_mm) {
        toc_draft_error(builder, spot,
                        "the tank of '%s' wants least <= begins <= height; these are %d, %d and "
                        "%d mm",
                        id, (int)tank->least_mm, (int)tank->begins_mm, (int)tank->height_mm);
    }
    if (tank->fill < 0 || tank->give < 0) {
        toc_draft_error(builder, spot, "the tank of '%s' has a negative rate", id);
    }
}

static void check_rates(toc_builder *builder) {
    wide total = 0;
    for (uint32_t i = 0; i < builder->mentions.count; i++) {
        const struct mention *mention = TOC_LIST_AT(struct mention, &builder->mentions, i);
        int64_t rate = 0;
        if (mention->kind == MENTION_TANK) {
            check_tank(builder, TOC_LIST_AT(toc_tank, &builder->tanks, mention->index),
                       mention->spot);
        } else if (mention->kind == MENTION_ORIGIN) {
            rate = TOC_LIST_AT(toc_origin, &builder->origins, mention->index)->rate;
            total += rate > 0 ? rate : 0;
        } else if (mention->kind == MENTION_THROUGHPUT) {
            rate = TOC_LIST_AT(toc_throughput, &builder->throughputs, mention->index)->rate;
        }
        if (rate < 0) {
            toc_draft_error(builder, mention->spot, "'%s' has a negative rate",
                            speaker(builder, mention));
        }
        if (total > (wide)DRAFT_MOST || builder->tanks.count > TANKS) {
            toc_draft_error(builder, mention->spot, "what is supplied is more than can be counted");
            return;
        }
    }
}

/* Mentions of one kind come asset after asset. */
static void check_twice(toc_builder *builder) {
    const struct mention *before[MENTION_LINK + 1] = {NULL};
    for (uint32_t i = 0; i < builder->mentions.count; i++) {
        const struct mention *mention = TOC_LIST_AT(struct mention, &builder->mentions, i);
        const struct mention *last = before[mention->kind];
        before[mention->kind] = mention;
        if (mention->kind != MENTION_LINK && last != NULL && last->word == mention->word &&
            strcmp(speaker(builder, last), speaker(builder, mention)) == 0) {
            static const char *const verbs[] = {"supplies", "has a tank of", "passes"};
            toc_draft_error(builder, mention->spot, "'%s' %s '%.255s' twice",
                            speaker(builder, mention), verbs[mention->kind],
                            mention->word == TOC_NONE
                                ? ""
                                : toc_names_at(builder->owned->words, mention->word));
        }
    }
}

static void resolve_services(toc_builder *builder) {
    for (uint32_t i = 0; i < builder->services.count; i++) {
        toc_service *service = TOC_LIST_AT(toc_service, &builder->services, i);
        uint32_t index = find_commodity(builder, service->id);
        if (index != TOC_INDEX_NONE && commodity_at(builder, index)->flows) {
            service->commodity = index;
        }
    }
}

/* A demand that varies may be met at its largest, unless another capacity was said. Gives the
   largest. */
static wide apply_pattern(const toc_builder *builder, toc_provision *provision) {
    const toc_pattern *pattern = TOC_LIST_AT(toc_pattern, &builder->patterns, provision->pattern);
    wide largest;
    int64_t factor = 0;
    for (uint32_t i = 0; i < pattern->factor_count; i++) {
        int64_t own = *TOC_LIST_AT(int64_t, &builder->factors_ppm, pattern->first_factor + i);
        factor = own > factor ? own : factor;
    }
    largest = ((wide)provision->demand * factor + 999999) / 1000000;
    if (provision->capacity == provision->demand && largest <= (wide)DRAFT_MOST) {
        provision->capacity = (int64_t)largest;
    }
    return largest;
}

static void check_flow_unit(toc_builder *builder, const toc_service *service, uint32_t provision,
                            struct spot spot) {
    const toc_unit *asked = *TOC_LIST_AT(const toc_unit *, &builder->units, provision);
    const toc_unit *unit = service->commodity == TOC_INDEX_NONE
                               ? asked
                               : commodity_at(builder, service->commodity)->unit;
    if (strcmp(unit->dimension, asked->dimension) != 0) {
        toc_draft_error(builder, spot, "service '%.255s' is asked for in %s and supplied in %s",
                        service->id, asked->name, unit->name);
    }
}

static void resolve_demands(toc_builder *builder) {
    wide total = 0;
    for (uint32_t i = 0; i < builder->provisions.count; i++) {
        toc_provision *provision = TOC_LIST_AT(toc_provision, &builder->provisions, i);
        struct spot spot = *TOC_LIST_AT(struct spot, &builder->provision_spots, i);
        const char *asset = asset_id(builder, provision->asset);
        const toc_service *service;
        provision->pattern = toc_resolve_word(builder, &builder->owned->patterns,
                                              provision->pattern, spot, "pattern", asset);
        if (provision->service == TOC_NONE || provision->service >= builder->services.count) {
            continue;
        }
        service = TOC_LIST_AT(toc_service, &builder->services, provision->service);
        check_flow_unit(builder, service, i, spot);
        if (provision->priority != TOC_PRIORITY_USUAL && service->commodity == TOC_INDEX_NONE) {
            toc_draft_warn(builder, spot,
                           "'%s': the priority changes nothing, because nothing supplies '%.255s'",
                           asset, service->id);
        }
        if (provision->pattern == TOC_INDEX_NONE) {
            continue;
        }
        total += apply_pattern(builder, provision);
        if (total > (wide)DRAFT_MOST) {
            toc_draft_error(builder, spot,
                            "by its pattern, what is asked is more than can be counted");
            return;
        }
    }
}

static uint32_t find_tank(const toc_builder *builder, uint32_t asset) {
    for (uint32_t i = 0; i < builder->tanks.count; i++) {
        if (TOC_LIST_AT(toc_tank, &builder->tanks, i)->asset == asset) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

static void resolve_sight(toc_builder *builder, toc_control *control, struct spot spot,
                          const char *id) {
    uint32_t asset;
    if ((control->sees == TOC_INDEX_NONE) != (control->sense == TOC_WHEN_AT)) {
        toc_draft_error(builder, spot, "a control of '%s' %s", id,
                        control->sense == TOC_WHEN_AT ? "by the clock sees a tank"
                                                      : "sees no tank");
        return;
    }
    if (control->sees == TOC_INDEX_NONE) {
        return;
    }
    asset = toc_resolve_asset(builder, control->sees, spot, id);
    control->sees = asset == TOC_INDEX_NONE ? TOC_INDEX_NONE : find_tank(builder, asset);
    if (asset != TOC_INDEX_NONE && control->sees == TOC_INDEX_NONE) {
        toc_draft_error(builder, spot, "a control of '%s' sees '%s', which has no tank", id,
                        asset_id(builder, asset));
    }
}

static void resolve_controls(toc_builder *builder) {
    for (uint32_t i = 0; i < builder->controls.count; i++) {
        toc_control *control = TOC_LIST_AT(toc_control, &builder->controls, i);
        struct spot spot = *TOC_LIST_AT(struct spot, &builder->control_spots, i);
        const char *id = "control";
        if (control->element == TOC_INDEX_NONE) {
            toc_draft_error(builder, spot, "a control of nothing");
            continue;
        }
        control->element = toc_resolve_element(builder, control->element, spot, id);
        if (control->element == TOC_INDEX_NONE) {
            continue;
        }
        id = control->element < builder->assets.count
                 ? asset_id(builder, control->element)
                 : TOC_LIST_AT(toc_link, &builder->links, control->element - builder->assets.count)
                       ->id;
        if (control->by != TOC_INDEX_NONE) {
            control->by = toc_resolve_asset(builder, control->by, spot, id);
        }
        if (control->through != TOC_INDEX_NONE) {
            control->through = toc_resolve_element(builder, control->through, spot, id);
        }
        resolve_sight(builder, control, spot, id);
        if (control->level_mm < 0 || control->at < 0) {
            toc_draft_error(builder, spot, "a control of '%s' waits for what never comes", id);
        }
    }
}

void toc_pipework_resolve(toc_builder *builder) {
    static const enum mention_kind kinds[] = {MENTION_ORIGIN, MENTION_TANK, MENTION_THROUGHPUT,
                                              MENTION_LINK};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        resolve_mentions(builder, kinds[i]);
    }
    resolve_pipes(builder);
    check_rates(builder);
    check_twice(builder);
    resolve_services(builder);
    resolve_demands(builder);
    resolve_controls(builder);
}
