#include "model/builder_network.h"

#include "kernel/assert.h"
#include "model/draft.h"

#include <string.h>

static bool is_empty(const char *text) {
    return text == NULL || text[0] == '\0';
}

static struct spot add_spot(toc_builder *builder, toc_list *spots, toc_place place) {
    struct spot spot = toc_draft_spot(builder, place);
    *(struct spot *)toc_list_add(spots, sizeof(struct spot)) = spot;
    return spot;
}

static uint32_t refer(toc_builder *builder, const char *asset) {
    return is_empty(asset) ? TOC_INDEX_NONE : toc_draft_refer(builder, asset);
}

static void add_mask(toc_builder *builder, const char *phases, uint32_t conduit, uint32_t rule) {
    uint32_t word = toc_draft_word(builder, phases);
    if (word != TOC_NONE) {
        *(struct mask *)toc_list_add(&builder->masks, sizeof(struct mask)) =
            (struct mask){word, conduit, rule};
    }
}

void toc_builder_network_phase(toc_builder *builder, const char *id, const char *name,
                               toc_place place) {
    uint32_t index = builder->phases.count;
    toc_network_phase *phase = toc_list_add(&builder->phases, sizeof *phase);
    struct spot spot = add_spot(builder, &builder->phase_spots, place);
    phase->id = toc_draft_id(builder, &builder->owned->phases, spot, index, "phase", id);
    phase->name = is_empty(name) ? phase->id : toc_draft_text(builder, name);
}

void toc_builder_network_conduit(toc_builder *builder, const toc_conduit_spec *spec) {
    uint32_t index = builder->conduits.count;
    toc_conduit *conduit = toc_list_add(&builder->conduits, sizeof *conduit);
    struct spot spot = add_spot(builder, &builder->conduit_spots, spec->place);
    conduit->id = "";
    if (!is_empty(spec->id)) {
        conduit->id =
            toc_draft_id(builder, &builder->owned->conduits, spot, index, "conduit", spec->id);
    }
    conduit->from_zone = toc_draft_word(builder, spec->from);
    conduit->to_zone = toc_draft_word(builder, spec->to);
    conduit->first_rule = builder->rules.count;
    add_mask(builder, spec->phases, index, TOC_INDEX_NONE);
}

void toc_builder_network_rule(toc_builder *builder, const toc_rule_spec *spec) {
    uint32_t index = builder->rules.count;
    toc_rule *rule = toc_list_add(&builder->rules, sizeof *rule);
    TOC_ASSERT(builder->conduits.count > 0);
    TOC_LIST_AT(toc_conduit, &builder->conduits, builder->conduits.count - 1)->rule_count++;
    struct spot spot = add_spot(builder, &builder->rule_spots, spec->place);
    rule->protocol = toc_draft_protocol(builder, spec->service);
    rule->from_asset = refer(builder, spec->from);
    rule->to_asset = refer(builder, spec->to);
    rule->deny = spec->deny;
    add_mask(builder, spec->phases, TOC_INDEX_NONE, index);
    if (is_empty(spec->service)) {
        toc_draft_error(builder, spot, "a rule that %s no service",
                        spec->deny ? "denies" : "allows");
    }
}

static void add_zones(toc_builder *builder, struct spot spot, toc_listen *listen,
                      const char *list) {
    char id[DRAFT_ID_LENGTH + 1];
    for (list += strspn(list, " \t\r\n"); *list != '\0'; list += strspn(list, " \t\r\n")) {
        size_t length = strcspn(list, " \t\r\n");
        if (length > DRAFT_ID_LENGTH) {
            toc_draft_error(builder, spot, "id '%.40s...' is longer than %d bytes", list,
                            (int)DRAFT_ID_LENGTH);
        } else {
            memcpy(id, list, length);
            id[length] = '\0';
            *(uint32_t *)toc_list_add(&builder->listen_zones, sizeof(uint32_t)) =
                toc_draft_word(builder, id);
            listen->zone_count++;
        }
        list += length;
    }
}

void toc_builder_network_listens(toc_builder *builder, const char *service, const char *zones,
                                 toc_place place) {
    toc_listen *listen = toc_list_add(&builder->listens, sizeof *listen);
    struct spot spot = add_spot(builder, &builder->listen_spots, place);
    TOC_ASSERT(builder->assets.count > 0);
    listen->asset = builder->assets.count - 1;
    TOC_LIST_AT(toc_asset, &builder->assets, listen->asset)->listen_count++;
    listen->protocol = toc_draft_protocol(builder, service);
    listen->first_zone = builder->listen_zones.count;
    add_zones(builder, spot, listen, zones != NULL ? zones : "");
    if (is_empty(service)) {
        toc_draft_error(builder, spot, "asset '%s' listens for no service",
                        TOC_LIST_AT(toc_asset, &builder->assets, listen->asset)->id);
    }
}

void toc_builder_network_traffic(toc_builder *builder, const toc_traffic_spec *spec) {
    toc_link_spec link = {.id = spec->id,
                          .from = spec->from,
                          .to = spec->to,
                          .kind = TOC_LINK_TRAFFIC,
                          .off = spec->off,
                          .place = spec->place};
    toc_traffic *traffic = toc_list_add(&builder->traffics, sizeof *traffic);
    struct spot spot = add_spot(builder, &builder->traffic_spots, spec->place);
    traffic->link = builder->links.count;
    traffic->protocol = toc_draft_protocol(builder, spec->service);
    toc_builder_link(builder, &link);
    if (traffic->protocol == TOC_INDEX_NONE) {
        toc_draft_error(builder, spot, "traffic '%.255s' wants a service of its own, like 'rdp'",
                        spec->id != NULL ? spec->id : "");
    }
}
