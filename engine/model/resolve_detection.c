#include "model/resolve_detection.h"

#include "kernel/arena.h"
#include "model/resolve.h"

#include <stdlib.h>
#include <string.h>

static struct spot spot_of(const toc_list *spots, uint32_t index) {
    return *TOC_LIST_AT(struct spot, spots, index);
}

static void add_cover(toc_builder *builder, uint32_t asset) {
    *(uint32_t *)toc_list_add(&builder->covers, sizeof(uint32_t)) = asset;
}

/* The assets of every zone, so that nobody looks through all of them for each. */
struct zoning {
    uint32_t *first, *assets; /* assets[first[zone] .. first[zone + 1]) */
};

static uint32_t zone_of(const toc_builder *builder, uint32_t asset) {
    return TOC_LIST_AT(const toc_asset, &builder->assets, asset)->zone;
}

static struct zoning sort_into_zones(const toc_builder *builder) {
    uint32_t zones = builder->zones.count, assets = builder->assets.count;
    struct zoning zoning = {toc_arena_heap(NULL, zones + (size_t)2, sizeof(uint32_t)),
                            toc_arena_heap(NULL, assets + (size_t)1, sizeof(uint32_t))};
    memset(zoning.first, 0, (zones + (size_t)2) * sizeof(uint32_t));
    for (uint32_t i = 0; i < assets; i++) {
        if (zone_of(builder, i) < zones) {
            zoning.first[zone_of(builder, i) + 2]++;
        }
    }
    for (uint32_t zone = 0; zone < zones; zone++) {
        zoning.first[zone + 2] += zoning.first[zone + 1];
    }
    for (uint32_t i = 0; i < assets; i++) {
        if (zone_of(builder, i) < zones) {
            zoning.assets[zoning.first[zone_of(builder, i) + 1]++] = i;
        }
    }
    return zoning;
}

/* An id of an asset, or else of a zone. */
static void add_named(toc_builder *builder, const struct zoning *zoning, const toc_sensor *sensor,
                      const char *id, struct spot spot) {
    const struct roll *zones = &builder->owned->zones;
    uint32_t asset = toc_draft_find(&builder->owned->elements, id);
    uint32_t zone = toc_draft_find(zones, id);
    if (asset != TOC_INDEX_NONE && asset < builder->assets.count) {
        add_cover(builder, asset);
    } else if (zone != TOC_INDEX_NONE) {
        for (uint32_t i = zoning->first[zone]; i < zoning->first[zone + 1]; i++) {
            add_cover(builder, zoning->assets[i]);
        }
    } else {
        toc_draft_error(builder, spot,
                        "sensor '%s' covers '%.255s', which is no asset and no zone%s", sensor->id,
                        id, toc_draft_hint(builder, &builder->owned->elements, id));
    }
}

static int by_value(const void *left, const void *right) {
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

/* What was named twice is covered once. */
static void sort_covers(toc_builder *builder, toc_sensor *sensor) {
    uint32_t count = builder->covers.count - sensor->first_cover, kept = 0;
    uint32_t *covers;
    if (count == 0) {
        return;
    }
    covers = TOC_LIST_AT(uint32_t, &builder->covers, sensor->first_cover);
    qsort(covers, count, sizeof *covers, by_value);
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || covers[kept - 1] != covers[i]) {
            covers[kept++] = covers[i];
        }
    }
    builder->covers.count = sensor->first_cover + kept;
    sensor->cover_count = kept;
}

static void resolve_covers(toc_builder *builder, const struct zoning *zoning, toc_sensor *sensor,
                           struct spot spot) {
    const char *list = sensor->first_cover == TOC_NONE
                           ? ""
                           : toc_names_at(builder->owned->words, sensor->first_cover);
    char id[DRAFT_ID_LENGTH + 1];
    sensor->first_cover = builder->covers.count;
    for (list += strspn(list, " \t\r\n"); *list != '\0'; list += strspn(list, " \t\r\n")) {
        size_t length = strcspn(list, " \t\r\n");
        if (length > DRAFT_ID_LENGTH) {
            toc_draft_error(builder, spot, "id '%.40s...' is longer than %d bytes", list,
                            (int)DRAFT_ID_LENGTH);
        } else {
            memcpy(id, list, length);
            id[length] = '\0';
            add_named(builder, zoning, sensor, id, spot);
        }
        list += length;
    }
    sort_covers(builder, sensor);
    if (sensor->cover_count == 0) {
        toc_draft_warn(builder, spot, "sensor '%s' covers nothing", sensor->id);
    }
}

static void resolve_sensors(toc_builder *builder) {
    struct zoning zoning = sort_into_zones(builder);
    for (uint32_t i = 0; i < builder->sensors.count; i++) {
        toc_sensor *sensor = TOC_LIST_AT(toc_sensor, &builder->sensors, i);
        struct spot spot = spot_of(&builder->sensor_spots, i);
        if (sensor->operator_index == TOC_NONE) {
            toc_draft_error(builder, spot, "sensor '%s' belongs to no operator", sensor->id);
        }
        sensor->operator_index =
            toc_resolve_word(builder, &builder->owned->operators, sensor->operator_index, spot,
                             "operator", sensor->id);
        if (sensor->on != TOC_INDEX_NONE) {
            sensor->on = toc_resolve_asset(builder, sensor->on, spot, sensor->id);
        }
        resolve_covers(builder, &zoning, sensor, spot);
    }
    toc_arena_heap_free(zoning.first);
    toc_arena_heap_free(zoning.assets);
}

void toc_resolve_detection_all(toc_builder *builder) {
    if (builder->sensors.count > 0) {
        resolve_sensors(builder);
    }
    for (uint32_t i = 0; i < builder->analysts.count; i++) {
        toc_analysts *analysts = TOC_LIST_AT(toc_analysts, &builder->analysts, i);
        struct spot spot = spot_of(&builder->analysts_spots, i);
        if (analysts->operator_index == TOC_NONE) {
            toc_draft_error(builder, spot, "these analysts belong to no operator");
        }
        analysts->operator_index =
            toc_resolve_word(builder, &builder->owned->operators, analysts->operator_index, spot,
                             "operator", "analysts");
        for (uint32_t j = 0; j < i && analysts->operator_index != TOC_INDEX_NONE; j++) {
            if (TOC_LIST_AT(toc_analysts, &builder->analysts, j)->operator_index ==
                analysts->operator_index) {
                toc_draft_error(builder, spot, "an operator has its analysts told twice");
                break;
            }
        }
    }
}

void toc_resolve_detection_discard(toc_builder *builder) {
    toc_list_finish(&builder->sensors);
    toc_list_finish(&builder->analysts);
    toc_list_finish(&builder->covers);
    toc_list_finish(&builder->sensor_spots);
    toc_list_finish(&builder->analysts_spots);
}
