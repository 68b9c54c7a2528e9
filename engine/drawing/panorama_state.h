/* State of the panorama, shared by panorama.c and prospect.c. */
#ifndef DRAWING_PANORAMA_STATE_H
#define DRAWING_PANORAMA_STATE_H

#include <glib.h>

#include "drawing/pack.h"
#include "drawing/panorama.h"
#include "drawing/sprite.h"

/* Distances of the plane are in those of neighbours within a zone. */
enum {
    TOC_PANORAMA_LEAST_COLUMNS = 4, /* room for a title */
    TOC_PANORAMA_INSET = 1,         /* of a box, both sides together */
    TOC_PANORAMA_TITLE = 1,
    TOC_PANORAMA_GUTTER = 2,
    TOC_PANORAMA_NAMED = 64,   /* logical pixels of scale from which nodes have names */
    TOC_PANORAMA_NEAREST = 160 /* pixels of scale */
};
#define TOC_PANORAMA_FARTHEST 1.5

struct panorama_node {
    char *label;
    const toc_asset_kind_facts *kind;
    uint32_t zone, layers;
    double x, y;
    uint8_t state;
};

struct panorama_zone {
    char *label;
    uint32_t count, columns, abnormal;
    double x, y, width, height;
    uint8_t worst;
};

struct toc_panorama {
    struct panorama_node *nodes;
    uint32_t node_count;
    GArray *zones;
    toc_panorama_edge *edges;
    uint8_t *edge_states;
    uint32_t edge_count;
    uint32_t *first_edge, *edges_of; /* by node, ranges of edges_of */
    uint8_t *traced;                 /* of the last painting: by node, on a way of the trace */
    double width, height;
    bool is_counted;
    toc_sprites *sprites;
    toc_panorama_work work;
};

static inline struct panorama_zone *toc_panorama_zone_at(const toc_panorama *panorama,
                                                         uint32_t number) {
    return &g_array_index(panorama->zones, struct panorama_zone, number);
}

/* Counts what is abnormal in each zone, where a state has changed. */
void toc_panorama_count(toc_panorama *panorama);
bool toc_panorama_shows(const toc_panorama_look *look, const struct panorama_node *node);

#endif
