#include "console/mapping.h"

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "drawing/prospect.h"

enum { SMALL_WIDE = 180, SMALL_HIGH = 110, SLOP = 4 /* pixels that a click may wander */ };

struct toc_mapping {
    toc_panorama *panorama;
    GHashTable *numbers; /* node by asset id, + 1 */
    GPtrArray *ids;      /* asset id by node, owned */
    GHashTable *edges;   /* edge by link id, + 1 */
    uint32_t asset_count, tie_count;
    toc_panorama_look look;
    double size[2]; /* of the canvas, pixels; 0 before it was painted */
    bool is_placed, wandered;
    int down[2];
    uint64_t version;
    char go[201]; /* asset that the next painting brings into the middle */
    uint64_t states;
};

toc_mapping *toc_mapping_create(void) {
    toc_mapping *mapping = g_new0(toc_mapping, 1);
    mapping->numbers = g_hash_table_new(g_str_hash, g_str_equal);
    mapping->edges = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    mapping->ids = g_ptr_array_new_with_free_func(g_free);
    mapping->look.selected = TOC_PANORAMA_NONE;
    return mapping;
}

void toc_mapping_destroy(toc_mapping *mapping) {
    if (mapping != NULL) {
        toc_panorama_destroy(mapping->panorama);
        g_hash_table_destroy(mapping->numbers);
        g_hash_table_destroy(mapping->edges);
        g_ptr_array_unref(mapping->ids);
        g_free(mapping);
    }
}

/* -- What is on it ------------------------------------------------------------------------------
 */

static const char *const families[] = {"electrical", "ot", "it", "telecom", "water"};

static uint32_t layer_of(const toc_asset_kind_facts *kind) {
    for (uint32_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        if (strcmp(families[i], kind->family) == 0) {
            return 1u << i;
        }
    }
    return 1u << (sizeof families / sizeof families[0]);
}

static uint32_t number_of(const toc_mapping *mapping, const char *id) {
    return GPOINTER_TO_UINT(g_hash_table_lookup(mapping->numbers, id)) - 1; /* NONE of none */
}

static toc_link_kind kind_of_link(const char *name) {
    for (int i = 0; i < TOC_LINK_KINDS; i++) {
        if (strcmp(toc_topology_link_kind_name((toc_link_kind)i), name) == 0) {
            return (toc_link_kind)i;
        }
    }
    return TOC_LINK_DATA;
}

static void add_nodes(toc_mapping *mapping, const toc_wire_catalogue *told,
                      toc_panorama_node *nodes) {
    for (uint32_t i = 0; i < told->assets.count; i++) {
        const toc_wire_own *own = &told->assets.items[i];
        toc_asset_kind kind = toc_topology_find_kind(own->kind);
        const toc_asset_kind_facts *facts =
            toc_topology_kind(kind < TOC_ASSET_KINDS ? kind : TOC_ASSET_NODE);
        char *id = g_strdup(own->id);
        g_ptr_array_add(mapping->ids, id);
        (void)g_hash_table_insert(mapping->numbers, id, GUINT_TO_POINTER(i + 1));
        nodes[i] = (toc_panorama_node){.label = own->name[0] == '\0' ? own->id : own->name,
                                       .zone = own->area[0] != '\0' ? own->area : own->zone,
                                       .kind = facts,
                                       .layers = layer_of(facts)};
    }
}

static uint32_t add_edges(toc_mapping *mapping, const toc_wire_catalogue *told,
                          toc_panorama_edge *edges) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < told->ties.count; i++) {
        const toc_wire_tie *tie = &told->ties.items[i];
        uint32_t from = number_of(mapping, tie->from), to = number_of(mapping, tie->to);
        bool is_need = strcmp(tie->kind, "need") == 0;
        if (from != TOC_PANORAMA_NONE && to != TOC_PANORAMA_NONE) {
            edges[count] = (toc_panorama_edge){
                .from = from, .to = to, .kind = kind_of_link(tie->kind), .is_need = is_need};
            (void)g_hash_table_insert(mapping->edges, g_strdup(tie->id), GUINT_TO_POINTER(++count));
        }
    }
    return count;
}

static void rebuild(toc_mapping *mapping, const toc_wire_catalogue *told) {
    toc_panorama_node *nodes = g_new0(toc_panorama_node, told->assets.count + 1);
    toc_panorama_edge *edges = g_new0(toc_panorama_edge, told->ties.count + 1);
    g_hash_table_remove_all(mapping->numbers);
    g_hash_table_remove_all(mapping->edges);
    (void)g_ptr_array_set_size(mapping->ids, 0);
    add_nodes(mapping, told, nodes);
    uint32_t count = add_edges(mapping, told, edges);
    toc_panorama_destroy(mapping->panorama);
    mapping->panorama = toc_panorama_create(nodes, told->assets.count, edges, count);
    mapping->asset_count = told->assets.count;
    mapping->tie_count = told->ties.count;
    mapping->is_placed = false;
    mapping->look.selected = TOC_PANORAMA_NONE;
    mapping->states = 0;
    g_free(nodes);
    g_free(edges);
}

/* -- How it is ----------------------------------------------------------------------------------
 */

static toc_map_state state_of(const char *operation) {
    static const struct {
        const char *word;
        toc_map_state state;
    } table[] = {{"", TOC_MAP_NORMAL},           {"on", TOC_MAP_NORMAL},
                 {"off", TOC_MAP_FAILED},        {"failed", TOC_MAP_FAILED},
                 {"starting", TOC_MAP_DEGRADED}, {"stopping", TOC_MAP_DEGRADED},
                 {"degraded", TOC_MAP_DEGRADED}, {"under-repair", TOC_MAP_MAINTENANCE}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(table[i].word, operation) == 0) {
            return table[i].state;
        }
    }
    return TOC_MAP_NO_DATA;
}

static void set(toc_mapping *mapping, const char *id, toc_map_state state, uint64_t *hash) {
    uint32_t node = number_of(mapping, id);
    uint32_t edge = GPOINTER_TO_UINT(g_hash_table_lookup(mapping->edges, id)) - 1;
    if (node != TOC_PANORAMA_NONE) {
        toc_panorama_set_node(mapping->panorama, node, state);
    } else if (edge != UINT32_MAX) {
        toc_panorama_set_edge(mapping->panorama, edge, state);
    }
    *hash = (*hash ^ (g_str_hash(id) * 31u + (unsigned)state)) * UINT64_C(0x100000001b3);
}

static uint64_t believe(toc_mapping *mapping, const toc_wire_state *state) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (uint32_t i = 0; i < state->assets.count; i++) {
        const toc_wire_asset *asset = &state->assets.items[i];
        bool is_strange =
            strstr(asset->finding, "implant") != NULL || strstr(asset->finding, "tampered") != NULL;
        toc_map_state shown = is_strange ? TOC_MAP_COMPROMISED : state_of(asset->operation);
        set(mapping, asset->id, shown, &hash);
    }
    return hash;
}

static uint64_t know(toc_mapping *mapping, const toc_wire_truth *truth) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (uint32_t i = 0; i < truth->assets.count; i++) {
        const toc_wire_fact *fact = &truth->assets.items[i];
        bool is_attacked = false;
        for (uint32_t k = 0; k < fact->causes.count; k++) {
            is_attacked = is_attacked || strcmp(fact->causes.items[k], "attack") == 0 ||
                          strcmp(fact->causes.items[k], "tampered") == 0;
        }
        /* what is off for no reason is so by design */
        bool is_meant = strcmp(fact->operation, "off") == 0 && fact->causes.count == 0;
        set(mapping, fact->id,
            is_attacked ? TOC_MAP_COMPROMISED
            : is_meant  ? TOC_MAP_NORMAL
                        : state_of(fact->operation),
            &hash);
    }
    return hash;
}

void toc_mapping_update(toc_mapping *mapping, const toc_post *post, toc_mapping_side side) {
    const toc_wire_catalogue *told = toc_post_catalogue(post);
    if (mapping->panorama == NULL || told->assets.count != mapping->asset_count ||
        told->ties.count != mapping->tie_count) {
        rebuild(mapping, told);
    }
    uint64_t states = side == TOC_MAPPING_TRUTH ? know(mapping, toc_post_truth(post))
                                                : believe(mapping, toc_post_state(post));
    uint32_t selected = number_of(mapping, post->chosen_asset);
    if (states != mapping->states || selected != mapping->look.selected) {
        mapping->states = states;
        mapping->look.selected = selected;
        mapping->version++;
    }
}

/* -- Painting -----------------------------------------------------------------------------------
 */

static void place(toc_mapping *mapping, const double size[2]) {
    bool is_same = size[0] == mapping->size[0] && size[1] == mapping->size[1];
    mapping->size[0] = size[0];
    mapping->size[1] = size[1];
    if (!mapping->is_placed || (!is_same && !mapping->wandered)) {
        mapping->look.view = toc_panorama_fit(mapping->panorama, size[0], size[1]);
        mapping->is_placed = true;
    }
    uint32_t node = mapping->go[0] == '\0' ? TOC_PANORAMA_NONE : number_of(mapping, mapping->go);
    if (node != TOC_PANORAMA_NONE) {
        mapping->look.view = toc_panorama_near(mapping->panorama, node, mapping->look.zoom);
    }
    mapping->go[0] = '\0';
}

static void paint(void *object, cairo_surface_t *image, cairo_t *cairo,
                  const toc_element *element) {
    toc_mapping *mapping = object;
    const int box[4] = {element->rect.x, element->rect.y, element->rect.w, element->rect.h};
    const double size[2] = {element->rect.w, element->rect.h};
    (void)cairo;
    if (mapping->panorama == NULL || element->rect.w < 8 || element->rect.h < 8) {
        return;
    }
    place(mapping, size);
    toc_prospect_paint(mapping->panorama, image, box, &mapping->look);
    int wide = (int)(SMALL_WIDE * mapping->look.zoom),
        high = (int)(SMALL_HIGH * mapping->look.zoom);
    if (mapping->wandered && box[2] > 3 * wide && box[3] > 2 * high) { /* else all is seen anyway */
        const int corner[4] = {box[0] + box[2] - wide - 8, box[1] + box[3] - high - 8, wide, high};
        toc_prospect_paint_small(mapping->panorama, image, corner, &mapping->look, size);
    }
}

void toc_mapping_add(toc_mapping *mapping, toc_post *post) {
    const toc_screen_look *look = toc_screen_look_of(post->screen);
    mapping->look.theme = look->theme;
    mapping->look.zoom = look->scale;
    toc_element *canvas = toc_screen_add(post->screen, TOC_TRAIT_MAP, "map");
    canvas->art = (toc_art){paint, mapping,
                            mapping->version * 4 + (look->theme == toc_theme_dark() ? 1u : 0u)};
    canvas->command = "map";
    canvas->takes_focus = true;
    canvas->tip = TOC_SAY(post, MAP_TIP);
    canvas->value = toc_screen_text(post->screen, "%s", post->chosen_asset);
    canvas->box = (toc_box){.width = -1, .height = -1};
}

/* -- Moving about -------------------------------------------------------------------------------
 */

static void shift(toc_mapping *mapping, double x, double y) {
    mapping->look.view.x -= x / mapping->look.view.scale;
    mapping->look.view.y -= y / mapping->look.view.scale;
    mapping->wandered = true;
    mapping->version++;
}

static bool choose(toc_mapping *mapping, toc_post *post, uint32_t node) {
    if (node == TOC_PANORAMA_NONE) {
        return false;
    }
    (void)g_strlcpy(post->chosen_asset, g_ptr_array_index(mapping->ids, node),
                    sizeof post->chosen_asset);
    mapping->version++;
    return true;
}

static bool obey_key(toc_mapping *mapping, toc_post *post, const char *key) {
    int right = strcmp(key, "Right") == 0 ? 1 : strcmp(key, "Left") == 0 ? -1 : 0;
    int down = strcmp(key, "Down") == 0 ? 1 : strcmp(key, "Up") == 0 ? -1 : 0;
    if (strcmp(key, "+") == 0 || strcmp(key, "-") == 0) {
        toc_mapping_zoom(mapping, key[0] == '+' ? 1.25 : 0.8);
        return false;
    }
    if (strcmp(key, "0") == 0) {
        toc_mapping_show_all(mapping);
        return false;
    }
    uint32_t from = mapping->look.selected;
    if ((right == 0 && down == 0) || mapping->asset_count == 0) {
        return false;
    }
    uint32_t to =
        from == TOC_PANORAMA_NONE ? 0 : toc_panorama_step(mapping->panorama, from, right, down);
    bool has_chosen = choose(mapping, post, to);
    if (has_chosen) {
        double at[2];
        toc_panorama_where(mapping->panorama, &mapping->look.view, to, mapping->size, at);
        if (at[0] < 0 || at[1] < 0 || at[0] > mapping->size[0] || at[1] > mapping->size[1]) {
            toc_mapping_go(mapping, post->chosen_asset);
        }
    }
    return has_chosen;
}

bool toc_mapping_obey(toc_mapping *mapping, toc_post *post, const char *value) {
    char what[16] = "";
    int x = 0, y = 0, by_x = 0, by_y = 0;
    if (mapping->panorama == NULL) {
        return false;
    }
    if (g_str_has_prefix(value, "key ")) {
        return obey_key(mapping, post, value + 4);
    }
    if (sscanf(value, "%15s %d %d %d %d", what, &x, &y, &by_x, &by_y) != 5) {
        return false;
    }
    const double at[2] = {x, y};
    if (strcmp(what, "press") == 0) {
        mapping->down[0] = x;
        mapping->down[1] = y;
    } else if (strcmp(what, "drag") == 0) {
        shift(mapping, by_x, by_y);
    } else if (strcmp(what, "wheel") == 0) {
        mapping->look.view =
            toc_panorama_zoom(mapping->look.view, pow(1.2, by_y), at, mapping->size);
        mapping->wandered = true;
        mapping->version++;
    } else if (strcmp(what, "release") == 0 && abs(x - mapping->down[0]) <= SLOP &&
               abs(y - mapping->down[1]) <= SLOP) {
        return choose(mapping, post,
                      toc_panorama_hit(mapping->panorama, &mapping->look, at, mapping->size));
    }
    return false;
}

void toc_mapping_go(toc_mapping *mapping, const char *asset) {
    (void)g_strlcpy(mapping->go, asset, sizeof mapping->go);
    mapping->wandered = true;
    mapping->version++;
}

void toc_mapping_zoom(toc_mapping *mapping, double factor) {
    const double middle[2] = {mapping->size[0] / 2, mapping->size[1] / 2};
    mapping->look.view = toc_panorama_zoom(mapping->look.view, factor, middle, mapping->size);
    mapping->wandered = true;
    mapping->version++;
}

void toc_mapping_show_all(toc_mapping *mapping) {
    mapping->is_placed = mapping->wandered = false;
    mapping->version++;
}

void toc_mapping_set_layers(toc_mapping *mapping, uint32_t layers) {
    mapping->look.layers = layers;
    mapping->version++;
}

uint32_t toc_mapping_layers(const toc_mapping *mapping) {
    return mapping->look.layers;
}

void toc_mapping_set_traces(toc_mapping *mapping, bool traces) {
    mapping->look.traces = mapping->look.needs = traces;
    mapping->version++;
}

bool toc_mapping_traces(const toc_mapping *mapping) {
    return mapping->look.traces;
}
