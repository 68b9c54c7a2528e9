#include "drawing/prospect.h"

#include <math.h>
#include <string.h>

#include "drawing/panorama_state.h"
#include "drawing/symbol.h"

enum {
    TILES = 9,    /* logical pixels of scale below which a zone is one tile */
    SYMBOLS = 25, /* and below which a node is a mark of its state */
    MOST_NAMES = 900
};

struct prospect {
    toc_panorama *panorama;
    const toc_panorama_look *look;
    const toc_theme *theme;
    toc_raster raster;
    double left, top, scale, zoom; /* of the plane's origin in the image */
};

static double x_of(const struct prospect *prospect, double x) {
    return prospect->left + x * prospect->scale;
}

static double y_of(const struct prospect *prospect, double y) {
    return prospect->top + y * prospect->scale;
}

static bool is_near(const struct prospect *prospect, double x, double y, double margin) {
    double px = x_of(prospect, x), py = y_of(prospect, y);
    return px > prospect->raster.left - margin && px < prospect->raster.right + margin &&
           py > prospect->raster.top - margin && py < prospect->raster.bottom + margin;
}

static void put_text(struct prospect *prospect, const toc_sprite_text *text, double x, double y) {
    const toc_raster_sprite *line = toc_sprite_line(prospect->panorama->sprites, text);
    toc_raster_blit(&prospect->raster, line, (int)lround(x), (int)lround(y));
    prospect->panorama->work.labels++;
}

/* -- Zones --------------------------------------------------------------------------------------
 */

static void box_of(const struct prospect *prospect, const struct panorama_zone *zone, int box[4]) {
    box[0] = (int)lround(x_of(prospect, zone->x));
    box[1] = (int)lround(y_of(prospect, zone->y));
    box[2] = (int)lround(zone->width * prospect->scale);
    box[3] = (int)lround(zone->height * prospect->scale);
}

static bool is_out(const struct prospect *prospect, const int box[4]) {
    const toc_raster *raster = &prospect->raster;
    return box[0] > raster->right || box[1] > raster->bottom || box[0] + box[2] < raster->left ||
           box[1] + box[3] < raster->top;
}

/* How many of its assets are not as they should be, at the right of the title; gives its width. */
static double put_count(struct prospect *prospect, const struct panorama_zone *zone, double right,
                        double y) {
    const double zoom = prospect->zoom;
    char number[16];
    if (zone->abnormal == 0) {
        return 0;
    }
    (void)g_snprintf(number, sizeof number, "%u", zone->abnormal);
    toc_sprite_text text = {
        .text = number, .size = 11 * zoom, .bold = true, .colour = prospect->theme->text};
    const toc_raster_sprite *line = toc_sprite_line(prospect->panorama->sprites, &text);
    double width = line->width;
    toc_raster_blit(&prospect->raster, line, (int)lround(right - width), (int)lround(y));
    const toc_raster_sprite *badge =
        toc_sprite_badge(prospect->panorama->sprites, prospect->theme, (toc_map_state)zone->worst,
                         (int)lround(9 * zoom));
    toc_raster_blit(&prospect->raster, badge, (int)lround(right - width - 8 * zoom),
                    (int)lround(y));
    return width + 16 * zoom;
}

static void put_title(struct prospect *prospect, const struct panorama_zone *zone,
                      const int box[4]) {
    const double zoom = prospect->zoom;
    double tall = TOC_PANORAMA_TITLE * prospect->scale;
    double y = box[1] + (tall > 18 * zoom ? tall : 18 * zoom) / 2;
    double room = box[2] - 12 * zoom - put_count(prospect, zone, box[0] + box[2] - 5 * zoom, y);
    if (room > 24 * zoom && zone->label[0] != '\0') {
        put_text(prospect,
                 &(toc_sprite_text){.text = zone->label,
                                    .size = 11 * zoom,
                                    .bold = true,
                                    .most = room,
                                    .colour = prospect->theme->text2},
                 box[0] + 6 * zoom, y);
    }
}

/* A zone from afar: its name, and how much of it is not as it should be as a bar. */
static void put_bar(struct prospect *prospect, const struct panorama_zone *zone, const int box[4]) {
    const double zoom = prospect->zoom;
    int tall = (int)lround(4 * zoom), inset = (int)lround(6 * zoom);
    int whole = box[2] - 2 * inset, y = box[1] + box[3] - inset - tall;
    if (whole < 8 || y < box[1] + 14 * zoom) {
        return;
    }
    double share = zone->count == 0 ? 0 : (double)zone->abnormal / zone->count;
    int part = (int)ceil(whole * share);
    toc_raster_fill(&prospect->raster, (const int[4]){box[0] + inset, y, whole, tall},
                    prospect->theme->grid);
    toc_raster_fill(&prospect->raster, (const int[4]){box[0] + inset, y, part, tall},
                    prospect->theme->text2);
}

static void put_zones(struct prospect *prospect, bool as_tiles) {
    toc_panorama *panorama = prospect->panorama;
    for (guint i = 0; i < panorama->zones->len; i++) {
        const struct panorama_zone *zone = toc_panorama_zone_at(panorama, i);
        int box[4];
        box_of(prospect, zone, box);
        if (is_out(prospect, box)) {
            continue;
        }
        toc_raster_fill(&prospect->raster, box,
                        as_tiles ? prospect->theme->raised : prospect->theme->panel);
        toc_raster_frame(&prospect->raster, box, prospect->theme->border);
        put_title(prospect, zone, box);
        if (as_tiles) {
            put_bar(prospect, zone, box);
        }
        panorama->work.tiles++;
    }
}

/* -- Links --------------------------------------------------------------------------------------
 */

static toc_raster_pen pen_of(const struct prospect *prospect, uint32_t edge) {
    const toc_theme *theme = prospect->theme;
    const toc_panorama_edge *drawn = &prospect->panorama->edges[edge];
    double width = drawn->kind == TOC_LINK_PIPE                                          ? 2.2
                   : drawn->kind == TOC_LINK_LINE || drawn->kind == TOC_LINK_TRANSFORMER ? 1.6
                                                                                         : 1.0;
    toc_raster_pen pen = {.colour = theme->link, .alpha = 1, .width = width * prospect->zoom};
    switch ((toc_map_state)prospect->panorama->edge_states[edge]) {
    case TOC_MAP_FAILED:
        pen.colour = theme->critical;
        pen.width = 2 * prospect->zoom;
        pen.on = 6 * prospect->zoom;
        pen.off = 4 * prospect->zoom;
        break;
    case TOC_MAP_COMPROMISED:
        pen.colour = theme->compromised;
        pen.width = 2 * prospect->zoom;
        break;
    case TOC_MAP_DEGRADED:
        pen.colour = theme->text;
        pen.on = 6 * prospect->zoom;
        pen.off = 4 * prospect->zoom;
        break;
    case TOC_MAP_NO_DATA:
        pen.on = 3 * prospect->zoom;
        pen.off = 2 * prospect->zoom;
        break;
    case TOC_MAP_NORMAL:
    case TOC_MAP_MAINTENANCE:
    case TOC_MAP_STATES:
        break;
    }
    if (drawn->is_need) {
        pen.width = prospect->zoom;
        pen.on = 2 * prospect->zoom;
        pen.off = 3 * prospect->zoom;
    }
    return pen;
}

static void put_line(struct prospect *prospect, const double ends[4], const toc_raster_pen *pen) {
    toc_raster_line(&prospect->raster,
                    (const double[4]){x_of(prospect, ends[0]), y_of(prospect, ends[1]),
                                      x_of(prospect, ends[2]), y_of(prospect, ends[3])},
                    pen);
    prospect->panorama->work.lines++;
}

static void put_edge(struct prospect *prospect, uint32_t edge, const toc_raster_pen *pen) {
    const struct panorama_node *from =
        &prospect->panorama->nodes[prospect->panorama->edges[edge].from];
    const struct panorama_node *to = &prospect->panorama->nodes[prospect->panorama->edges[edge].to];
    put_line(prospect, (const double[4]){from->x, from->y, to->x, to->y}, pen);
}

static bool is_shown(const struct prospect *prospect, uint32_t edge) {
    const toc_panorama_edge *asked = &prospect->panorama->edges[edge];
    return (prospect->look->needs || !asked->is_need) &&
           toc_panorama_shows(prospect->look, &prospect->panorama->nodes[asked->from]) &&
           toc_panorama_shows(prospect->look, &prospect->panorama->nodes[asked->to]);
}

/* Between zones lines run behind the boxes and are seen in the gutters only: across, then down. */
static void put_trunks(struct prospect *prospect) {
    toc_panorama *panorama = prospect->panorama;
    GHashTable *drawn = g_hash_table_new(g_direct_hash, g_direct_equal);
    toc_raster_pen pen = {.colour = prospect->theme->link, .alpha = 0.55, .width = prospect->zoom};
    for (uint32_t i = 0; i < panorama->edge_count; i++) {
        uint32_t one = panorama->nodes[panorama->edges[i].from].zone;
        uint32_t other = panorama->nodes[panorama->edges[i].to].zone;
        uint32_t low = MIN(one, other), high = MAX(one, other);
        gpointer key = GSIZE_TO_POINTER(((gsize)low << 32 | high) + 1);
        if (low == high || !is_shown(prospect, i) || !g_hash_table_add(drawn, key)) {
            continue;
        }
        const struct panorama_zone *from = toc_panorama_zone_at(panorama, low);
        const struct panorama_zone *to = toc_panorama_zone_at(panorama, high);
        double x = from->x + from->width / 2, y = from->y + from->height / 2;
        double end_x = to->x + to->width / 2, end_y = to->y + to->height / 2;
        put_line(prospect, (const double[4]){x, y, end_x, y}, &pen);
        put_line(prospect, (const double[4]){end_x, y, end_x, end_y}, &pen);
    }
    g_hash_table_destroy(drawn);
}

/* Within zones all, and between them what is not as it should be. */
static void put_edges(struct prospect *prospect, bool as_tiles) {
    toc_panorama *panorama = prospect->panorama;
    for (uint32_t i = 0; i < panorama->edge_count; i++) {
        const struct panorama_node *from = &panorama->nodes[panorama->edges[i].from];
        const struct panorama_node *to = &panorama->nodes[panorama->edges[i].to];
        uint8_t state = panorama->edge_states[i];
        bool is_loud = state == TOC_MAP_FAILED || state == TOC_MAP_COMPROMISED;
        bool is_within = from->zone == to->zone && !as_tiles;
        if ((is_within || is_loud) && is_shown(prospect, i)) {
            toc_raster_pen pen = pen_of(prospect, i);
            put_edge(prospect, i, &pen);
        }
    }
}

/* -- Traces -------------------------------------------------------------------------------------
 */

enum { UP = 1, DOWN = 2 };

/* Along needs, from the selected one to all it rests on (UP), or to all that rest on it (DOWN). */
static void follow(toc_panorama *panorama, uint32_t start, uint8_t way) {
    GArray *queue = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    (void)g_array_append_val(queue, start);
    for (guint at = 0; at < queue->len; at++) {
        uint32_t node = g_array_index(queue, uint32_t, at);
        for (uint32_t i = panorama->first_edge[node]; i < panorama->first_edge[node + 1]; i++) {
            const toc_panorama_edge *edge = &panorama->edges[panorama->edges_of[i]];
            uint32_t here = way == UP ? edge->from : edge->to;
            uint32_t next = way == UP ? edge->to : edge->from;
            if (edge->is_need && here == node && (panorama->traced[next] & way) == 0) {
                panorama->traced[next] |= way;
                (void)g_array_append_val(queue, next);
            }
        }
    }
    (void)g_array_free(queue, TRUE);
}

static void put_trace(struct prospect *prospect) {
    toc_panorama *panorama = prospect->panorama;
    const uint32_t selected = prospect->look->selected;
    memset(panorama->traced, 0, panorama->node_count);
    if (selected >= panorama->node_count || !prospect->look->traces) {
        return;
    }
    panorama->traced[selected] = UP | DOWN;
    follow(panorama, selected, UP);
    follow(panorama, selected, DOWN);
    for (uint32_t i = 0; i < panorama->edge_count; i++) {
        const toc_panorama_edge *edge = &panorama->edges[i];
        uint8_t both = panorama->traced[edge->from] & panorama->traced[edge->to];
        if (edge->is_need && both != 0) {
            bool is_up = (both & UP) != 0;
            toc_raster_pen pen = {.colour = prospect->theme->text,
                                  .alpha = 0.9,
                                  .width = (is_up ? 1.8 : 1.4) * prospect->zoom,
                                  .on = 5 * prospect->zoom,
                                  .off = is_up ? 0 : 3 * prospect->zoom};
            put_edge(prospect, i, &pen);
        }
    }
}

/* The links of the selected one. */
static void put_own_edges(struct prospect *prospect) {
    toc_panorama *panorama = prospect->panorama;
    const uint32_t selected = prospect->look->selected;
    if (selected >= panorama->node_count) {
        return;
    }
    for (uint32_t i = panorama->first_edge[selected]; i < panorama->first_edge[selected + 1]; i++) {
        uint32_t edge = panorama->edges_of[i];
        if (is_shown(prospect, edge)) {
            toc_raster_pen pen = pen_of(prospect, edge);
            if (panorama->edge_states[edge] == TOC_MAP_NORMAL) {
                pen.colour = prospect->theme->text2;
            }
            put_edge(prospect, edge, &pen);
        }
    }
}

/* -- Assets -------------------------------------------------------------------------------------
 */

static int size_of(const struct prospect *prospect) {
    if (prospect->scale < SYMBOLS * prospect->zoom) {
        return (int)CLAMP(prospect->scale * 0.62, 5, 14); /* a mark of the state */
    }
    return (int)MIN(prospect->scale * 0.58, 38 * prospect->zoom);
}

static void put_node(struct prospect *prospect, uint32_t number, int size) {
    toc_panorama *panorama = prospect->panorama;
    const struct panorama_node *node = &panorama->nodes[number];
    if (!is_near(prospect, node->x, node->y, size) || !toc_panorama_shows(prospect->look, node)) {
        return;
    }
    const toc_raster_sprite *sprite = toc_sprite_symbol(
        panorama->sprites, prospect->theme, node->kind, (toc_map_state)node->state, size);
    int x = (int)lround(x_of(prospect, node->x)), y = (int)lround(y_of(prospect, node->y));
    toc_raster_blit(&prospect->raster, sprite, x, y);
    panorama->work.symbols++;
    bool is_selected = number == prospect->look->selected;
    if (is_selected || panorama->traced[number] != 0) {
        int half = size / 2 + (int)lround(4 * prospect->zoom);
        int box[4] = {x - half, y - half, 2 * half + 1, 2 * half + 1};
        toc_raster_frame(&prospect->raster, box, prospect->theme->text);
        if (is_selected) {
            int inner[4] = {box[0] + 1, box[1] + 1, box[2] - 2, box[3] - 2};
            toc_raster_frame(&prospect->raster, inner, prospect->theme->text);
        }
    }
}

/* Normal ones first, so that nothing covers what is not. */
static void put_nodes(struct prospect *prospect) {
    const toc_panorama *panorama = prospect->panorama;
    int size = size_of(prospect);
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < panorama->node_count; i++) {
            if ((panorama->nodes[i].state != TOC_MAP_NORMAL) == (round == 1)) {
                put_node(prospect, i, size);
            }
        }
    }
}

/* -- Names --------------------------------------------------------------------------------------
 */

static int rank_of(const struct prospect *prospect, uint32_t number) {
    return number == prospect->look->selected                          ? 0
           : prospect->panorama->nodes[number].state != TOC_MAP_NORMAL ? 1
                                                                       : 2;
}

static void put_name(struct prospect *prospect, uint32_t number, toc_label_field *field, int size) {
    const struct panorama_node *node = &prospect->panorama->nodes[number];
    const double zoom = prospect->zoom;
    bool is_quiet = rank_of(prospect, number) == 2;
    toc_sprite_text text = {.text = node->label,
                            .size = 11 * zoom,
                            .bold = !is_quiet,
                            .most = is_quiet ? prospect->scale * 0.98 : 0,
                            .colour = is_quiet ? prospect->theme->text2 : prospect->theme->text};
    const toc_raster_sprite *line = toc_sprite_line(prospect->panorama->sprites, &text);
    double x = x_of(prospect, node->x) - line->width / 2.0;
    double y = y_of(prospect, node->y) + size / 2.0 + 10 * zoom;
    toc_label_box box = {x, y - 6 * zoom, line->width, 12 * zoom};
    if (toc_label_is_free(field, box)) {
        toc_label_take(field, box);
        toc_raster_blit(&prospect->raster, line, (int)lround(x), (int)lround(y));
        prospect->panorama->work.labels++;
    }
}

static void put_names(struct prospect *prospect) {
    const toc_panorama *panorama = prospect->panorama;
    const toc_raster *raster = &prospect->raster;
    bool is_close = prospect->scale >= TOC_PANORAMA_NAMED * prospect->zoom;
    int size = size_of(prospect);
    uint32_t tried = 0;
    toc_label_field *field = toc_label_create((toc_label_box){
        raster->left, raster->top, raster->right - raster->left, raster->bottom - raster->top});
    for (int rank = 0; rank < (is_close ? 3 : 1); rank++) {
        for (uint32_t i = 0; i < panorama->node_count && tried < MOST_NAMES; i++) {
            const struct panorama_node *node = &panorama->nodes[i];
            if (rank_of(prospect, i) == rank && is_near(prospect, node->x, node->y, size) &&
                toc_panorama_shows(prospect->look, node)) {
                put_name(prospect, i, field, size);
                tried++;
            }
        }
    }
    toc_label_destroy(field);
}

/* -- The whole ----------------------------------------------------------------------------------
 */

static struct prospect begin(toc_panorama *panorama, cairo_surface_t *image, const int box[4],
                             const toc_panorama_look *look, const toc_panorama_view *view) {
    toc_panorama_count(panorama);
    panorama->work = (toc_panorama_work){0};
    return (struct prospect){.panorama = panorama,
                             .look = look,
                             .theme = look->theme,
                             .raster = toc_raster_begin(image, box[0], box[1], box[2], box[3]),
                             .left = box[0] + box[2] / 2.0 - view->x * view->scale,
                             .top = box[1] + box[3] / 2.0 - view->y * view->scale,
                             .scale = view->scale,
                             .zoom = look->zoom};
}

void toc_prospect_paint(toc_panorama *panorama, cairo_surface_t *image, const int box[4],
                        const toc_panorama_look *look) {
    struct prospect prospect = begin(panorama, image, box, look, &look->view);
    uint32_t shaped = toc_sprite_shaped(panorama->sprites);
    bool as_tiles = look->view.scale < TILES * look->zoom;
    toc_raster_fill(&prospect.raster, box, look->theme->window);
    put_trunks(&prospect);
    put_zones(&prospect, as_tiles);
    put_edges(&prospect, as_tiles);
    put_trace(&prospect);
    if (!as_tiles) {
        put_own_edges(&prospect);
        put_nodes(&prospect);
        put_names(&prospect);
    } else if (look->selected < panorama->node_count) {
        put_node(&prospect, look->selected, size_of(&prospect));
    }
    panorama->work.shaped = toc_sprite_shaped(panorama->sprites) - shaped;
    panorama->work.pixels = prospect.raster.touched;
    toc_raster_end(&prospect.raster, image);
}

void toc_prospect_paint_small(toc_panorama *panorama, cairo_surface_t *image, const int box[4],
                              const toc_panorama_look *look, const double size[2]) {
    toc_panorama_view whole = {
        panorama->width / 2, panorama->height / 2,
        MIN(box[2] / (panorama->width + 2), box[3] / (panorama->height + 2))};
    toc_panorama_work work = panorama->work;
    struct prospect prospect = begin(panorama, image, box, look, &whole);
    toc_raster_fill(&prospect.raster, box, look->theme->window);
    for (guint i = 0; i < panorama->zones->len; i++) {
        const struct panorama_zone *zone = toc_panorama_zone_at(panorama, i);
        int area[4];
        box_of(&prospect, zone, area);
        toc_raster_fill(&prospect.raster, area,
                        zone->abnormal > 0 ? look->theme->text3 : look->theme->raised);
        toc_raster_frame(&prospect.raster, area, look->theme->border);
    }
    const double half[2] = {size[0] / 2 / look->view.scale, size[1] / 2 / look->view.scale};
    int left = (int)lround(x_of(&prospect, look->view.x - half[0]));
    int top = (int)lround(y_of(&prospect, look->view.y - half[1]));
    int frame[4] = {left, top, (int)lround(2 * half[0] * whole.scale),
                    (int)lround(2 * half[1] * whole.scale)};
    toc_raster_frame(&prospect.raster, frame, look->theme->text);
    toc_raster_frame(&prospect.raster, box, look->theme->border);
    toc_raster_end(&prospect.raster, image);
    panorama->work = work;
}
