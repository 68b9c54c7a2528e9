#include "drawing/panorama.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "drawing/panorama_state.h"

/* -- The plane ----------------------------------------------------------------------------------
 */

static uint32_t find_zone(toc_panorama *panorama, GHashTable *known, const char *label) {
    gpointer number = g_hash_table_lookup(known, label);
    if (number != NULL) {
        return GPOINTER_TO_UINT(number) - 1;
    }
    struct panorama_zone zone = {.label = g_strdup(label), .worst = TOC_MAP_NORMAL};
    (void)g_array_append_val(panorama->zones, zone);
    (void)g_hash_table_insert(known, zone.label, GUINT_TO_POINTER(panorama->zones->len));
    return panorama->zones->len - 1;
}

static void read_nodes(toc_panorama *panorama, const toc_panorama_node *nodes) {
    GHashTable *known = g_hash_table_new(g_str_hash, g_str_equal);
    for (uint32_t i = 0; i < panorama->node_count; i++) {
        struct panorama_node *node = &panorama->nodes[i];
        *node = (struct panorama_node){.label = g_strdup(nodes[i].label),
                                       .zone = find_zone(panorama, known, nodes[i].zone),
                                       .kind = nodes[i].kind,
                                       .layers = nodes[i].layers,
                                       .state = TOC_MAP_NORMAL};
        toc_panorama_zone_at(panorama, node->zone)->count++;
    }
    g_hash_table_destroy(known);
}

/* Each zone is a box about as wide as a screen is, with its nodes in rows below its title. */
static void place_zones(toc_panorama *panorama) {
    guint count = panorama->zones->len;
    toc_pack_box *boxes = g_new0(toc_pack_box, count + 1);
    for (guint i = 0; i < count; i++) {
        struct panorama_zone *zone = toc_panorama_zone_at(panorama, i);
        uint32_t columns = (uint32_t)ceil(sqrt(zone->count * 1.7));
        zone->columns = columns < TOC_PANORAMA_LEAST_COLUMNS ? TOC_PANORAMA_LEAST_COLUMNS : columns;
        uint32_t rows = (zone->count + zone->columns - 1) / zone->columns;
        boxes[i] = (toc_pack_box){.width = zone->columns + TOC_PANORAMA_INSET,
                                  .height = rows + TOC_PANORAMA_INSET + TOC_PANORAMA_TITLE};
    }
    toc_pack_rows(boxes, count, TOC_PANORAMA_GUTTER, 1.5);
    for (guint i = 0; i < count; i++) {
        struct panorama_zone *zone = toc_panorama_zone_at(panorama, i);
        zone->x = boxes[i].x;
        zone->y = boxes[i].y;
        zone->width = boxes[i].width;
        zone->height = boxes[i].height;
        panorama->width = MAX(panorama->width, zone->x + zone->width);
        panorama->height = MAX(panorama->height, zone->y + zone->height);
    }
    g_free(boxes);
}

static void place_nodes(toc_panorama *panorama) {
    uint32_t *filled = g_new0(uint32_t, panorama->zones->len + 1);
    for (uint32_t i = 0; i < panorama->node_count; i++) {
        struct panorama_node *node = &panorama->nodes[i];
        const struct panorama_zone *zone = toc_panorama_zone_at(panorama, node->zone);
        uint32_t at = filled[node->zone]++;
        double inset = TOC_PANORAMA_INSET / 2.0;
        node->x = zone->x + inset + at % zone->columns + 0.5;
        node->y = zone->y + TOC_PANORAMA_TITLE + inset + at / zone->columns + 0.5;
    }
    g_free(filled);
}

/* Which edges a node has, as ranges of one list. */
static void index_edges(toc_panorama *panorama) {
    uint32_t *at = g_new0(uint32_t, panorama->node_count + 1);
    panorama->first_edge = g_new0(uint32_t, panorama->node_count + 1);
    panorama->edges_of = g_new0(uint32_t, 2 * (size_t)panorama->edge_count + 1);
    for (uint32_t i = 0; i < panorama->edge_count; i++) {
        at[panorama->edges[i].from]++;
        at[panorama->edges[i].to]++;
    }
    uint32_t sum = 0;
    for (uint32_t i = 0; i < panorama->node_count; i++) {
        panorama->first_edge[i] = sum;
        sum += at[i];
        at[i] = panorama->first_edge[i];
    }
    panorama->first_edge[panorama->node_count] = sum;
    for (uint32_t i = 0; i < panorama->edge_count; i++) {
        panorama->edges_of[at[panorama->edges[i].from]++] = i;
        panorama->edges_of[at[panorama->edges[i].to]++] = i;
    }
    g_free(at);
}

toc_panorama *toc_panorama_create(const toc_panorama_node *nodes, uint32_t node_count,
                                  const toc_panorama_edge *edges, uint32_t edge_count) {
    toc_panorama *panorama = g_new0(toc_panorama, 1);
    panorama->nodes = g_new0(struct panorama_node, node_count + 1);
    panorama->node_count = node_count;
    panorama->zones = g_array_new(FALSE, TRUE, sizeof(struct panorama_zone));
    panorama->edges = g_memdup2(edges, edge_count * sizeof *edges);
    panorama->edge_states = g_new0(uint8_t, edge_count + 1);
    panorama->edge_count = edge_count;
    panorama->sprites = toc_sprite_create();
    panorama->traced = g_new0(uint8_t, node_count + 1);
    read_nodes(panorama, nodes);
    place_zones(panorama);
    place_nodes(panorama);
    index_edges(panorama);
    return panorama;
}

void toc_panorama_destroy(toc_panorama *panorama) {
    if (panorama == NULL) {
        return;
    }
    for (uint32_t i = 0; i < panorama->node_count; i++) {
        g_free(panorama->nodes[i].label);
    }
    for (guint i = 0; i < panorama->zones->len; i++) {
        g_free(toc_panorama_zone_at(panorama, i)->label);
    }
    toc_sprite_destroy(panorama->sprites);
    (void)g_array_free(panorama->zones, TRUE);
    g_free(panorama->nodes);
    g_free(panorama->edges);
    g_free(panorama->edge_states);
    g_free(panorama->first_edge);
    g_free(panorama->edges_of);
    g_free(panorama->traced);
    g_free(panorama);
}

/* -- How things stand ---------------------------------------------------------------------------
 */

/* How much a state matters, when one has to stand for many. */
static int weight(uint8_t state) {
    static const int weights[TOC_MAP_STATES] = {
        [TOC_MAP_NORMAL] = 0,   [TOC_MAP_MAINTENANCE] = 1, [TOC_MAP_NO_DATA] = 2,
        [TOC_MAP_DEGRADED] = 3, [TOC_MAP_COMPROMISED] = 4, [TOC_MAP_FAILED] = 5};
    return weights[state];
}

void toc_panorama_set_node(toc_panorama *panorama, uint32_t node, toc_map_state state) {
    struct panorama_node *set = &panorama->nodes[node];
    if (set->state != (uint8_t)state) {
        set->state = (uint8_t)state;
        panorama->is_counted = false;
    }
}

void toc_panorama_set_edge(toc_panorama *panorama, uint32_t edge, toc_map_state state) {
    panorama->edge_states[edge] = (uint8_t)state;
}

void toc_panorama_count(toc_panorama *panorama) {
    if (panorama->is_counted) {
        return;
    }
    for (guint i = 0; i < panorama->zones->len; i++) {
        struct panorama_zone *zone = toc_panorama_zone_at(panorama, i);
        zone->abnormal = 0;
        zone->worst = TOC_MAP_NORMAL;
    }
    for (uint32_t i = 0; i < panorama->node_count; i++) {
        const struct panorama_node *node = &panorama->nodes[i];
        struct panorama_zone *zone = toc_panorama_zone_at(panorama, node->zone);
        zone->abnormal += node->state != TOC_MAP_NORMAL;
        zone->worst = weight(node->state) > weight(zone->worst) ? node->state : zone->worst;
    }
    panorama->is_counted = true;
}

/* -- Looking ------------------------------------------------------------------------------------
 */

toc_panorama_view toc_panorama_fit(const toc_panorama *panorama, double width, double height) {
    double across = width / (panorama->width + 2), down = height / (panorama->height + 2);
    double scale = MIN(across, down);
    return (toc_panorama_view){panorama->width / 2, panorama->height / 2,
                               CLAMP(scale, TOC_PANORAMA_FARTHEST, TOC_PANORAMA_NEAREST / 2)};
}

toc_panorama_view toc_panorama_near(const toc_panorama *panorama, uint32_t node, double zoom) {
    return (toc_panorama_view){panorama->nodes[node].x, panorama->nodes[node].y,
                               1.15 * TOC_PANORAMA_NAMED * zoom};
}

toc_panorama_view toc_panorama_zoom(toc_panorama_view view, double factor, const double at[2],
                                    const double size[2]) {
    double scale = CLAMP(view.scale * factor, TOC_PANORAMA_FARTHEST, TOC_PANORAMA_NEAREST);
    double right = at[0] - size[0] / 2, down = at[1] - size[1] / 2;
    return (toc_panorama_view){view.x + right / view.scale - right / scale,
                               view.y + down / view.scale - down / scale, scale};
}

void toc_panorama_where(const toc_panorama *panorama, const toc_panorama_view *view, uint32_t node,
                        const double size[2], double out_at[2]) {
    out_at[0] = size[0] / 2 + (panorama->nodes[node].x - view->x) * view->scale;
    out_at[1] = size[1] / 2 + (panorama->nodes[node].y - view->y) * view->scale;
}

bool toc_panorama_shows(const toc_panorama_look *look, const struct panorama_node *node) {
    return look->layers == 0 || node->layers == 0 || (look->layers & node->layers) != 0;
}

uint32_t toc_panorama_hit(const toc_panorama *panorama, const toc_panorama_look *look,
                          const double at[2], const double size[2]) {
    uint32_t nearest = TOC_PANORAMA_NONE;
    double least = 0.75;
    double x = look->view.x + (at[0] - size[0] / 2) / look->view.scale;
    double y = look->view.y + (at[1] - size[1] / 2) / look->view.scale;
    for (uint32_t i = 0; i < panorama->node_count; i++) {
        const struct panorama_node *node = &panorama->nodes[i];
        double distance = fmax(fabs(node->x - x), fabs(node->y - y));
        if (distance < least && toc_panorama_shows(look, node)) {
            least = distance;
            nearest = i;
        }
    }
    return nearest;
}

uint32_t toc_panorama_step(const toc_panorama *panorama, uint32_t node, int right, int down) {
    const struct panorama_node *from = &panorama->nodes[node];
    uint32_t best = node;
    double least = INFINITY;
    for (uint32_t i = 0; i < panorama->node_count; i++) {
        double dx = panorama->nodes[i].x - from->x, dy = panorama->nodes[i].y - from->y;
        double ahead = dx * right + dy * down, aside = fabs(dx * down) + fabs(dy * right);
        double cost = ahead + 2.5 * aside;
        if (i != node && ahead > 0.01 && cost < least) {
            least = cost;
            best = i;
        }
    }
    return best;
}

toc_panorama_work toc_panorama_work_of(const toc_panorama *panorama) {
    return panorama->work;
}
