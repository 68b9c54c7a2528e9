#include "model/builder_depot.h"

#include "kernel/assert.h"
#include "model/draft.h"
#include "model/resolve.h"

#include <string.h>

static uint32_t add_part(toc_builder *builder, const char *part) {
    return toc_names_add(builder->owned->parts, part, NULL);
}

static bool is_empty(const char *text) {
    return text == NULL || text[0] == '\0';
}

static struct spot add_spot(toc_builder *builder, toc_list *spots, toc_place place) {
    struct spot spot = toc_draft_spot(builder, place);
    *(struct spot *)toc_list_add(spots, sizeof(struct spot)) = spot;
    return spot;
}

void toc_builder_depot_wants(toc_builder *builder, const char *part) {
    TOC_ASSERT(builder->assets.count > 0);
    if (!is_empty(part)) {
        *(toc_part_want *)toc_list_add(&builder->part_wants, sizeof(toc_part_want)) =
            (toc_part_want){builder->assets.count - 1, add_part(builder, part)};
    }
}

void toc_builder_depot_stock(toc_builder *builder, const char *at, const char *part, uint32_t count,
                             toc_place place) {
    toc_stock *stock = toc_list_add(&builder->stocks, sizeof *stock);
    (void)add_spot(builder, &builder->stock_spots, place);
    *stock = (toc_stock){toc_draft_refer(builder, at), add_part(builder, part), count};
}

/* Parts that are named again are named once. */
static void add_parts(toc_builder *builder, toc_vendor *vendor, struct spot spot,
                      const char *list) {
    char name[DRAFT_ID_LENGTH + 1];
    vendor->first_part = builder->vendor_parts.count;
    for (list += strspn(list, " \t\r\n"); *list != '\0'; list += strspn(list, " \t\r\n")) {
        size_t length = strcspn(list, " \t\r\n");
        if (length > DRAFT_ID_LENGTH) {
            toc_draft_error(builder, spot, "part '%.40s...' is longer than %d bytes", list,
                            (int)DRAFT_ID_LENGTH);
        } else {
            memcpy(name, list, length);
            name[length] = '\0';
            *(uint32_t *)toc_list_add(&builder->vendor_parts, sizeof(uint32_t)) =
                add_part(builder, name);
            vendor->part_count++;
        }
        list += length;
    }
}

void toc_builder_depot_vendor(toc_builder *builder, const toc_vendor_spec *spec) {
    uint32_t index = builder->vendors.count;
    toc_vendor *vendor = toc_list_add(&builder->vendors, sizeof *vendor);
    struct spot spot = add_spot(builder, &builder->vendor_spots, spec->place);
    vendor->id = toc_draft_id(builder, &builder->owned->vendors, spot, index, "vendor", spec->id);
    vendor->name = is_empty(spec->name) ? vendor->id : toc_draft_text(builder, spec->name);
    vendor->skills = toc_draft_text(builder, spec->skills);
    vendor->comes = spec->comes;
    vendor->delivers = spec->delivers;
    vendor->spread_ppm = spec->spread_ppm;
    vendor->size = spec->size > 0 ? spec->size : 1;
    add_parts(builder, vendor, spot, spec->parts == NULL ? "" : spec->parts);
    if (vendor->skills[0] == '\0' && vendor->part_count == 0) {
        toc_draft_error(builder, spot, "vendor '%s' has neither skills nor parts", vendor->id);
    }
    if ((vendor->skills[0] != '\0') != (vendor->comes != TOC_NEVER)) {
        toc_draft_error(builder, spot,
                        "vendor '%s' has one of 'skills' and 'comes'; expected "
                        "both: skills=\"electronics\" comes=\"4h\"",
                        vendor->id);
    }
    if ((vendor->part_count > 0) != (vendor->delivers != TOC_NEVER)) {
        toc_draft_error(builder, spot,
                        "vendor '%s' has one of 'parts' and 'delivers'; expected "
                        "both: parts=\"transformer\" delivers=\"36h\"",
                        vendor->id);
    }
}

/* -- The end of building ------------------------------------------------------------------------
 */

static bool is_to_be_had(const toc_builder *builder, uint32_t part) {
    for (uint32_t i = 0; i < builder->stocks.count; i++) {
        if (TOC_LIST_AT(toc_stock, &builder->stocks, i)->part == part) {
            return true;
        }
    }
    for (uint32_t i = 0; i < builder->vendor_parts.count; i++) {
        if (*TOC_LIST_AT(uint32_t, &builder->vendor_parts, i) == part) {
            return true;
        }
    }
    return false;
}

/* Told once for each part, at the first asset that wants it. */
static void check_wants(toc_builder *builder) {
    uint32_t parts = toc_names_count(builder->owned->parts);
    uint8_t *seen = toc_arena_heap(NULL, parts, 1);
    memset(seen, 0, parts);
    for (uint32_t i = 0; i < builder->part_wants.count; i++) {
        const toc_part_want *want = TOC_LIST_AT(toc_part_want, &builder->part_wants, i);
        if (seen[want->part] == 0 && !is_to_be_had(builder, want->part)) {
            toc_draft_warn(builder, *TOC_LIST_AT(struct spot, &builder->asset_spots, want->asset),
                           "asset '%s' wants the part '%.255s', which no stock holds and no "
                           "vendor sells",
                           TOC_LIST_AT(toc_asset, &builder->assets, want->asset)->id,
                           toc_names_at(builder->owned->parts, want->part));
        }
        seen[want->part] = 1;
    }
    toc_arena_heap_free(seen);
}

void toc_builder_depot_resolve(toc_builder *builder) {
    for (uint32_t i = 0; i < builder->stocks.count; i++) {
        toc_stock *stock = TOC_LIST_AT(toc_stock, &builder->stocks, i);
        struct spot spot = *TOC_LIST_AT(struct spot, &builder->stock_spots, i);
        const char *part = toc_names_at(builder->owned->parts, stock->part);
        stock->asset = toc_resolve_asset(builder, stock->asset, spot, part);
        if (stock->asset != TOC_INDEX_NONE &&
            TOC_LIST_AT(toc_asset, &builder->assets, stock->asset)->operator_index ==
                TOC_INDEX_NONE) {
            toc_draft_error(builder, spot,
                            "the stock of '%.255s' lies at '%s', which belongs to "
                            "no operator",
                            part, TOC_LIST_AT(toc_asset, &builder->assets, stock->asset)->id);
        }
    }
    for (uint32_t i = 0; i < builder->vendors.count; i++) {
        const toc_vendor *vendor = TOC_LIST_AT(toc_vendor, &builder->vendors, i);
        toc_resolve_skills(builder, "vendor", vendor->id, vendor->skills,
                           *TOC_LIST_AT(struct spot, &builder->vendor_spots, i));
    }
    check_wants(builder);
}

static const void *take(toc_list *list, size_t item_size, uint32_t *out_count) {
    const void *items = toc_arena_heap(list->items, (size_t)list->count + 1, item_size);
    *out_count = list->count;
    *list = (toc_list){0};
    return items;
}

void toc_builder_depot_take(toc_builder *builder, toc_topology *topology) {
    const toc_names *parts = builder->owned->parts;
    uint32_t count = toc_names_count(parts);
    const char **names = toc_arena_heap(NULL, (size_t)count + 1, sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        names[i] = toc_names_at(parts, i);
    }
    topology->parts = names;
    topology->part_count = count;
    topology->part_wants =
        take(&builder->part_wants, sizeof(toc_part_want), &topology->part_want_count);
    topology->stocks = take(&builder->stocks, sizeof(toc_stock), &topology->stock_count);
    topology->vendors = take(&builder->vendors, sizeof(toc_vendor), &topology->vendor_count);
    topology->vendor_parts =
        take(&builder->vendor_parts, sizeof(uint32_t), &topology->vendor_part_count);
}

void toc_builder_depot_discard(toc_builder *builder) {
    toc_list *lists[] = {&builder->part_wants,   &builder->stocks,      &builder->vendors,
                         &builder->vendor_parts, &builder->stock_spots, &builder->vendor_spots};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        toc_list_finish(lists[i]);
    }
}
