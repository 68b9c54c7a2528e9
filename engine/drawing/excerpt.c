#include "drawing/excerpt.h"

#include <glib.h>

/* An excerpt being made; new indexes by old ones, TOC_INDEX_NONE for what is left out. */
struct cutting {
    const toc_topology *whole;
    uint32_t owner;
    uint32_t *asset_at, *zone_at;
    GArray *assets, *zones, *links, *needs, *sources;
};

static void take_zones(struct cutting *cutting) {
    for (uint32_t i = 0; i < cutting->whole->zone_count; i++) {
        toc_zone zone = cutting->whole->zones[i];
        cutting->zone_at[i] = TOC_INDEX_NONE;
        if (zone.operator_index == cutting->owner) {
            cutting->zone_at[i] = cutting->zones->len;
            zone.operator_index = 0;
            g_array_append_val(cutting->zones, zone);
        }
    }
}

static void take_assets(struct cutting *cutting) {
    for (uint32_t i = 0; i < cutting->whole->asset_count; i++) {
        const toc_asset *asset = &cutting->whole->assets[i];
        bool is_own = asset->operator_index == cutting->owner;
        cutting->asset_at[i] = is_own ? cutting->assets->len : TOC_INDEX_NONE;
        if (is_own) {
            toc_asset taken = {.id = asset->id,
                               .name = asset->name,
                               .kind = asset->kind,
                               .zone = asset->zone == TOC_INDEX_NONE
                                           ? TOC_INDEX_NONE
                                           : cutting->zone_at[asset->zone],
                               .x_m = asset->x_m,
                               .y_m = asset->y_m,
                               .placed = asset->placed,
                               .off = asset->off,
                               .people = asset->people};
            g_array_append_val(cutting->assets, taken);
        }
    }
}

static void take_links(struct cutting *cutting) {
    for (uint32_t i = 0; i < cutting->whole->link_count; i++) {
        toc_link link = cutting->whole->links[i];
        link.from = cutting->asset_at[link.from];
        link.to = cutting->asset_at[link.to];
        link.carries = TOC_INDEX_NONE;
        if (link.from != TOC_INDEX_NONE && link.to != TOC_INDEX_NONE) {
            g_array_append_val(cutting->links, link);
        }
    }
}

static void take_needs(struct cutting *cutting) {
    for (uint32_t i = 0; i < cutting->whole->need_count; i++) {
        toc_need need = cutting->whole->needs[i];
        uint32_t first = cutting->sources->len;
        for (uint32_t k = 0; k < need.source_count; k++) {
            uint32_t source = cutting->whole->sources[need.first_source + k];
            if (source < cutting->whole->asset_count &&
                cutting->asset_at[source] != TOC_INDEX_NONE) {
                g_array_append_val(cutting->sources, cutting->asset_at[source]);
            }
        }
        need.asset = cutting->asset_at[need.asset];
        need.first_source = first;
        need.source_count = cutting->sources->len - first;
        if (need.asset != TOC_INDEX_NONE && need.source_count > 0) {
            g_array_append_val(cutting->needs, need);
        } else {
            g_array_set_size(cutting->sources, first);
        }
    }
}

/* Takes the array's items; frees the array itself. */
static void *items_of(GArray *array, uint32_t *out_count) {
    *out_count = array->len;
    return g_array_free(array, FALSE);
}

static toc_topology *finish(struct cutting *cutting) {
    toc_topology *excerpt = g_new0(toc_topology, 1);
    excerpt->name = cutting->whole->operators[cutting->owner].name;
    excerpt->operators =
        g_memdup2(&cutting->whole->operators[cutting->owner], sizeof *excerpt->operators);
    excerpt->operator_count = 1;
    excerpt->assets = items_of(cutting->assets, &excerpt->asset_count);
    excerpt->zones = items_of(cutting->zones, &excerpt->zone_count);
    excerpt->links = items_of(cutting->links, &excerpt->link_count);
    excerpt->needs = items_of(cutting->needs, &excerpt->need_count);
    excerpt->sources = items_of(cutting->sources, &excerpt->source_count);
    excerpt->dependent_first =
        g_new0(uint32_t, (gsize)excerpt->asset_count + excerpt->link_count + 1);
    return excerpt;
}

toc_topology *toc_excerpt_create(const toc_topology *whole, uint32_t operator_index) {
    struct cutting cutting = {.whole = whole,
                              .owner = operator_index,
                              .asset_at = g_new(uint32_t, whole->asset_count + (gsize)1),
                              .zone_at = g_new(uint32_t, whole->zone_count + (gsize)1),
                              .assets = g_array_new(FALSE, TRUE, sizeof(toc_asset)),
                              .zones = g_array_new(FALSE, TRUE, sizeof(toc_zone)),
                              .links = g_array_new(FALSE, TRUE, sizeof(toc_link)),
                              .needs = g_array_new(FALSE, TRUE, sizeof(toc_need)),
                              .sources = g_array_new(FALSE, TRUE, sizeof(uint32_t))};
    take_zones(&cutting);
    take_assets(&cutting);
    take_links(&cutting);
    take_needs(&cutting);
    toc_topology *excerpt = finish(&cutting);
    g_free(cutting.asset_at);
    g_free(cutting.zone_at);
    if (excerpt->asset_count == 0) {
        toc_excerpt_destroy(excerpt);
        excerpt = NULL;
    }
    return excerpt;
}

void toc_excerpt_destroy(toc_topology *excerpt) {
    if (excerpt != NULL) {
        g_free((void *)excerpt->operators);
        g_free((void *)excerpt->assets);
        g_free((void *)excerpt->zones);
        g_free((void *)excerpt->links);
        g_free((void *)excerpt->needs);
        g_free((void *)excerpt->sources);
        g_free((void *)excerpt->dependent_first);
        g_free(excerpt);
    }
}
