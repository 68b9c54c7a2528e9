#include "drawing/paint.h"

#include "drawing/label.h"
#include "drawing/symbol.h"
#include "drawing/text.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LABELS = 4000 /* tried; more find no room on any screen */ };

static void area_path(cairo_t *cairo, const toc_scene_area *area) {
    cairo_new_path(cairo);
    for (size_t i = 0; i < area->count; i++) {
        cairo_line_to(cairo, area->corners[2 * i], area->corners[2 * i + 1]);
    }
    cairo_close_path(cairo);
}

/* A hull is padded and rounded by stroking it wide: once in the border's colour, once in the fill's
   and one pixel less. */
static void paint_hull(cairo_t *cairo, const toc_scene *scene, const toc_scene_area *area) {
    cairo_save(cairo);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    area_path(cairo, area);
    toc_symbol_colour(cairo, scene->theme->border, 1);
    cairo_set_line_width(cairo, 2 * scene->padding);
    cairo_stroke(cairo);
    area_path(cairo, area);
    toc_symbol_colour(cairo, scene->theme->panel, 1);
    cairo_set_line_width(cairo, 2 * scene->padding - 2);
    cairo_stroke_preserve(cairo);
    cairo_fill(cairo);
    cairo_restore(cairo);
}

static void paint_areas(cairo_t *cairo, const toc_scene *scene) {
    for (size_t i = 0; i < scene->area_count; i++) {
        if (scene->padding > 0) {
            paint_hull(cairo, scene, &scene->areas[i]);
            continue;
        }
        area_path(cairo, &scene->areas[i]);
        toc_symbol_colour(cairo, scene->theme->panel, 1);
        cairo_fill_preserve(cairo);
        toc_symbol_colour(cairo, scene->theme->border, 1);
        cairo_set_line_width(cairo, 1);
        cairo_stroke(cairo);
    }
}

/* -- Lines ------------------------------------------------------------------------------------- */

struct pair {
    uint32_t low, high, link;
};

static int by_pair(const void *left, const void *right) {
    const struct pair *a = left, *b = right;
    if (a->low != b->low) {
        return a->low < b->low ? -1 : 1;
    }
    if (a->high != b->high) {
        return a->high < b->high ? -1 : 1;
    }
    return a->link < b->link ? -1 : 1;
}

/* From one asset to another, bent by `bend` pixels; the direction of bending does not depend on
   which end is named first. */
static void line_path(cairo_t *cairo, const toc_scene *scene, uint32_t from, uint32_t to,
                      double bend) {
    double x0 = scene->x[from], y0 = scene->y[from], x1 = scene->x[to], y1 = scene->y[to];
    double dx = x1 - x0, dy = y1 - y0, length = hypot(dx, dy);
    cairo_new_path(cairo);
    cairo_move_to(cairo, x0, y0);
    if (length < 1e-6 || bend == 0) {
        cairo_line_to(cairo, x1, y1);
        return;
    }
    bend *= from < to ? 1 : -1;
    double mx = (x0 + x1) / 2 - dy / length * bend * 1.33;
    double my = (y0 + y1) / 2 + dx / length * bend * 1.33;
    cairo_curve_to(cairo, x0 + (mx - x0) * 0.66, y0 + (my - y0) * 0.66, x1 + (mx - x1) * 0.66,
                   y1 + (my - y1) * 0.66, x1, y1);
}

static bool is_loud(toc_map_state state) {
    return state == TOC_MAP_FAILED || state == TOC_MAP_COMPROMISED || state == TOC_MAP_DEGRADED;
}

/* Parallel links fan out; what is wrong is drawn last and lies on top. */
static void paint_links(cairo_t *cairo, const toc_scene *scene) {
    uint32_t count = scene->topology->link_count;
    struct pair *pairs = g_new(struct pair, count + (gsize)1);
    double step = fmin(fmax(scene->size * 0.3, 2.5), 7);
    double weight = fmin(fmax(scene->size / 16, 0.4), 1);
    for (uint32_t i = 0; i < count; i++) {
        const toc_link *link = &scene->topology->links[i];
        uint32_t low = MIN(link->from, link->to), high = MAX(link->from, link->to);
        pairs[i] = (struct pair){low, high, i};
    }
    qsort(pairs, count, sizeof *pairs, by_pair);
    for (int loud = 0; loud < 2; loud++) {
        for (uint32_t i = 0; i < count;) {
            uint32_t group = 1;
            while (i + group < count && pairs[i + group].low == pairs[i].low &&
                   pairs[i + group].high == pairs[i].high) {
                group++;
            }
            for (uint32_t k = 0; k < group; k++) {
                const toc_link *link = &scene->topology->links[pairs[i + k].link];
                uint32_t element = scene->topology->asset_count + pairs[i + k].link;
                toc_map_state state = toc_scene_state(scene, element);
                if (is_loud(state) == (loud == 1)) {
                    line_path(cairo, scene, pairs[i].low, pairs[i].high,
                              (k - (group - 1) / 2.0) * step * 2);
                    toc_symbol_link(cairo, scene->theme, link->kind, state, weight);
                }
            }
            i += group;
        }
    }
    g_free(pairs);
}

static void paint_needs(cairo_t *cairo, const toc_scene *scene) {
    static const double dots[] = {1.5, 3.5};
    const toc_topology *topology = scene->topology;
    cairo_save(cairo);
    cairo_set_line_width(cairo, 0.8);
    cairo_set_dash(cairo, dots, 2, 0);
    toc_symbol_colour(cairo, scene->theme->text3, 0.8);
    for (uint32_t i = 0; i < topology->need_count; i++) {
        const toc_need *need = &topology->needs[i];
        for (uint32_t j = 0; j < need->source_count; j++) {
            uint32_t source = topology->sources[need->first_source + j];
            if (source < topology->asset_count) {
                line_path(cairo, scene, source, need->asset, scene->size * 0.35);
                cairo_stroke(cairo);
            }
        }
    }
    cairo_restore(cairo);
}

/* -- Assets and names -------------------------------------------------------------------------- */

/* How much an asset asks for attention: what is wrong first, then by people, then by how much hangs
   on it. */
struct rank {
    uint32_t asset, trouble, people, ties;
};

static int by_rank(const void *left, const void *right) {
    const struct rank *a = left, *b = right;
    if (a->trouble != b->trouble) {
        return a->trouble > b->trouble ? -1 : 1;
    }
    if (a->people != b->people) {
        return a->people > b->people ? -1 : 1;
    }
    if (a->ties != b->ties) {
        return a->ties > b->ties ? -1 : 1;
    }
    return a->asset < b->asset ? -1 : 1;
}

static struct rank *rank_assets(const toc_scene *scene) {
    static const uint32_t troubles[] = {
        [TOC_MAP_NORMAL] = 0,      [TOC_MAP_DEGRADED] = 3, [TOC_MAP_FAILED] = 5,
        [TOC_MAP_COMPROMISED] = 4, [TOC_MAP_NO_DATA] = 2,  [TOC_MAP_MAINTENANCE] = 1};
    const toc_topology *topology = scene->topology;
    struct rank *ranks = g_new0(struct rank, topology->asset_count + (gsize)1);
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        ranks[i].asset = i;
        ranks[i].trouble = troubles[toc_scene_state(scene, i)];
        ranks[i].people = topology->assets[i].people;
        ranks[i].ties = topology->dependent_first[i + 1] - topology->dependent_first[i];
    }
    for (uint32_t i = 0; i < topology->link_count; i++) {
        ranks[topology->links[i].from].ties++;
        ranks[topology->links[i].to].ties++;
    }
    qsort(ranks, topology->asset_count, sizeof *ranks, by_rank);
    return ranks;
}

static void paint_assets(cairo_t *cairo, const toc_scene *scene, const struct rank *ranks) {
    for (uint32_t i = scene->topology->asset_count; i-- > 0;) {
        uint32_t asset = ranks[i].asset;
        double at[2] = {scene->x[asset], scene->y[asset]};
        toc_symbol_asset(cairo, scene->theme,
                         toc_topology_kind(scene->topology->assets[asset].kind),
                         toc_scene_state(scene, asset), at, scene->size);
    }
}

/* Where the name of an asset may stand: in its zone's box, or anywhere on the map. */
static toc_label_box room_of(const toc_scene *scene, uint32_t asset) {
    uint32_t zone = scene->topology->assets[asset].zone;
    for (size_t i = 0; i < scene->area_count && scene->padding == 0; i++) {
        if (scene->areas[i].zone == zone) {
            const double *corners = scene->areas[i].corners;
            return (toc_label_box){corners[0] + 2, corners[1] + 2, corners[4] - corners[0] - 4,
                                   corners[5] - corners[1] - 4};
        }
    }
    return (toc_label_box){scene->left, scene->top, scene->right - scene->left,
                           scene->bottom - scene->top};
}

static bool is_within(toc_label_box inner, toc_label_box outer) {
    return inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

/* Tries right, left, below and above of the symbol. */
static void paint_name(cairo_t *cairo, const toc_scene *scene, toc_label_field *field,
                       const struct rank *rank) {
    const toc_asset *asset = &scene->topology->assets[rank->asset];
    bool marked = rank->trouble >= 3;
    toc_text_style style = {.size = 11,
                            .bold = marked,
                            .colour = marked ? scene->theme->text : scene->theme->text2,
                            .most = 170,
                            .veil = asset->zone != TOC_INDEX_NONE ? &scene->theme->panel
                                                                  : &scene->theme->window};
    double reach = scene->size < 15 ? scene->size * 0.3 + 4 : scene->size * 0.5 + 5;
    double width = toc_text_width(cairo, asset->name, &style), height = 13;
    double x = scene->x[rank->asset], y = scene->y[rank->asset];
    const toc_label_box room = room_of(scene, rank->asset);
    const toc_label_box boxes[] = {{x + reach, y - height / 2, width, height},
                                   {x - reach - width, y - height / 2, width, height},
                                   {x - width / 2, y + reach - 1, width, height},
                                   {x - width / 2, y - reach - height + 1, width, height}};
    for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++) {
        if (is_within(boxes[i], room) && toc_label_is_free(field, boxes[i])) {
            toc_label_take(field, boxes[i]);
            (void)toc_text_draw(cairo, asset->name, &style, boxes[i].x, boxes[i].y + height / 2);
            return;
        }
    }
}

static bool is_same_name(const toc_topology *topology, uint32_t zone) {
    for (uint32_t i = 0; i < topology->zone_count; i++) {
        if (i != zone && strcmp(topology->zones[i].name, topology->zones[zone].name) == 0) {
            return true;
        }
    }
    return false;
}

/* A zone's name, with its operator where several zones are called alike: the short id where the
   room is a box's. */
static char *plain_zone_name(const toc_scene *scene, uint32_t zone) {
    const toc_topology *topology = scene->topology;
    uint32_t owner = topology->zones[zone].operator_index;
    if (owner == TOC_INDEX_NONE || !is_same_name(topology, zone)) {
        return g_strdup(topology->zones[zone].name);
    }
    if (scene->padding == 0) {
        return g_strdup_printf("%s · %s", topology->zones[zone].name,
                               topology->operators[owner].id);
    }
    return g_strdup_printf("%s · %s", topology->operators[owner].name, topology->zones[zone].name);
}

/* "Control room · L2 SL3": Purdue level, and the security level aimed at. */
static char *zone_name(const toc_scene *scene, uint32_t zone) {
    const toc_zone *facts = &scene->topology->zones[zone];
    char *plain = plain_zone_name(scene, zone), *name;
    if (facts->target > 0) {
        name = g_strdup_printf("%s · L%u SL%u", plain, facts->level, facts->target);
    } else {
        name = g_strdup_printf("%s · L%u", plain, facts->level);
    }
    g_free(plain);
    return name;
}

static void paint_zone_names(cairo_t *cairo, const toc_scene *scene, toc_label_field *field) {
    for (size_t i = 0; i < scene->area_count; i++) {
        const toc_scene_area *area = &scene->areas[i];
        char *name = zone_name(scene, area->zone);
        toc_text_style style = {.size = 11,
                                .bold = true,
                                .colour = scene->theme->text3,
                                .most = 260,
                                .veil = &scene->theme->panel};
        double x = area->label_x, y = area->label_y, width;
        if (scene->padding == 0) {
            style.most = fmax(area->corners[2] - area->corners[0] - 16, 20);
            style.veil = NULL;
        }
        width = toc_text_width(cairo, name, &style);
        if (scene->padding > 0) {
            x = fmin(fmax(x - width / 2, scene->left + 4), scene->right - width - 4);
            y = fmax(y - 9, scene->top + 8);
        }
        toc_label_box box = {x, y - 7, width, 14};
        /* one name on another says nothing: the smaller area gives way by a line or two */
        for (int line = 0; line < 4 && !toc_label_is_free(field, box) && scene->padding > 0;
             line++) {
            box.y -= 14;
            if (box.y < scene->top) {
                box.y += 14;
                break;
            }
        }
        if (toc_label_is_free(field, box) || scene->padding == 0) {
            toc_label_take(field, box);
            (void)toc_text_draw(cairo, name, &style, box.x, box.y + 7);
        }
        g_free(name);
    }
}

static void paint_names(cairo_t *cairo, const toc_scene *scene, const struct rank *ranks) {
    toc_label_box bounds = {scene->left + 2, scene->top + 2, scene->right - scene->left - 4,
                            scene->bottom - scene->top - 4};
    toc_label_field *field = toc_label_create(bounds);
    double half = scene->size < 15 ? scene->size * 0.25 : scene->size * 0.5;
    uint32_t count = MIN(scene->topology->asset_count, (uint32_t)MOST_LABELS);
    for (uint32_t i = 0; i < scene->topology->asset_count; i++) {
        toc_label_box box = {scene->x[i] - half, scene->y[i] - half, 2 * half, 2 * half};
        toc_label_take(field, box);
    }
    paint_zone_names(cairo, scene, field);
    for (uint32_t i = 0; i < count; i++) {
        paint_name(cairo, scene, field, &ranks[i]);
    }
    toc_label_destroy(field);
}

/* -- All of it --------------------------------------------------------------------------------- */

/* A bar of 1, 2 or 5 times a power of ten, about a tenth of the map long. */
static void paint_scale(cairo_t *cairo, const toc_scene *scene) {
    double wanted = (scene->right - scene->left) * scene->metres_per_pixel / 9, length, pixels;
    double power = pow(10, floor(log10(wanted)));
    char text[40];
    toc_text_style style = {.size = 10.5, .colour = scene->theme->text2};
    length = wanted / power >= 5 ? 5 * power : wanted / power >= 2 ? 2 * power : power;
    pixels = length / scene->metres_per_pixel;
    if (length >= 1000) {
        (void)g_snprintf(text, sizeof text, "%.0f km", length / 1000);
    } else {
        (void)g_snprintf(text, sizeof text, "%.0f m", length);
    }
    cairo_new_path(cairo);
    cairo_move_to(cairo, scene->left + 12.5, scene->bottom - 16.5);
    cairo_rel_line_to(cairo, 0, 5);
    cairo_rel_line_to(cairo, pixels, 0);
    cairo_rel_line_to(cairo, 0, -5);
    toc_symbol_colour(cairo, scene->theme->text2, 1);
    cairo_set_line_width(cairo, 1);
    cairo_stroke(cairo);
    (void)toc_text_draw(cairo, text, &style, scene->left + 18 + pixels, scene->bottom - 13);
}

void toc_paint_map(cairo_t *cairo, const toc_scene *scene) {
    struct rank *ranks = rank_assets(scene);
    cairo_save(cairo);
    cairo_rectangle(cairo, scene->left, scene->top, scene->right - scene->left,
                    scene->bottom - scene->top);
    toc_symbol_colour(cairo, scene->theme->window, 1);
    cairo_fill_preserve(cairo);
    cairo_clip(cairo);
    paint_areas(cairo, scene);
    if (scene->request->needs) {
        paint_needs(cairo, scene);
    }
    paint_links(cairo, scene);
    paint_assets(cairo, scene, ranks);
    paint_names(cairo, scene, ranks);
    if (scene->metres_per_pixel > 0) {
        paint_scale(cairo, scene);
    }
    cairo_restore(cairo);
    cairo_rectangle(cairo, scene->left + 0.5, scene->top + 0.5, scene->right - scene->left - 1,
                    scene->bottom - scene->top - 1);
    toc_symbol_colour(cairo, scene->theme->border, 1);
    cairo_set_line_width(cairo, 1);
    cairo_stroke(cairo);
    g_free(ranks);
}
