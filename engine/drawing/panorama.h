/* Panorama: a map to be moved about: assets in labelled boxes of their zones, links between them,
   from a tile for each zone when far to symbols with names when near. It knows no topology: what a
   desk was told is what it shows. */
#ifndef DRAWING_PANORAMA_H
#define DRAWING_PANORAMA_H

#include "drawing/label.h"
#include "drawing/map.h"
#include "drawing/raster.h"

#define TOC_PANORAMA_NONE UINT32_MAX

typedef struct toc_panorama_node {
    const char *label;
    const char *zone; /* of its box; "" stands with others that have none */
    const toc_asset_kind_facts *kind;
    uint32_t layers; /* bits of the layers that show it; 0: all */
} toc_panorama_node;

typedef struct toc_panorama_edge {
    uint32_t from, to; /* nodes */
    toc_link_kind kind;
    bool is_need; /* the first depends on the second */
} toc_panorama_edge;

/* What is looked at: a point of the plane in the middle, and pixels to the distance of neighbours.
 */
typedef struct toc_panorama_view {
    double x, y, scale;
} toc_panorama_view;

typedef struct toc_panorama_look {
    const toc_theme *theme;
    toc_panorama_view view;
    double zoom;       /* pixels to a logical one: 1 to 2 */
    uint32_t layers;   /* bits; 0: all */
    uint32_t selected; /* node, or TOC_PANORAMA_NONE */
    bool traces;       /* what the selected one depends on, and what depends on it */
    bool needs;        /* dependencies as well, as thin dashed lines */
} toc_panorama_look;

/* Work done by the last painting. */
typedef struct toc_panorama_work {
    uint64_t pixels;
    uint32_t tiles, symbols, lines, labels, shaped; /* shaped: texts set anew, others were kept */
} toc_panorama_work;

typedef struct toc_panorama toc_panorama;

/* Texts are copied. Zones stand in the order in which they first come. */
toc_panorama *toc_panorama_create(const toc_panorama_node *nodes, uint32_t node_count,
                                  const toc_panorama_edge *edges, uint32_t edge_count);
void toc_panorama_destroy(toc_panorama *panorama);
void toc_panorama_set_node(toc_panorama *panorama, uint32_t node, toc_map_state state);
void toc_panorama_set_edge(toc_panorama *panorama, uint32_t edge, toc_map_state state);

/* The whole plane in a picture of that size. */
toc_panorama_view toc_panorama_fit(const toc_panorama *panorama, double width, double height);
/* So that the node is in the middle, near enough for its name. */
toc_panorama_view toc_panorama_near(const toc_panorama *panorama, uint32_t node, double zoom);
/* Nearer by a factor, with what is at x, y of the picture staying there. */
toc_panorama_view toc_panorama_zoom(toc_panorama_view view, double factor, const double at[2],
                                    const double size[2]);

toc_panorama_work toc_panorama_work_of(const toc_panorama *panorama);

/* The node at a point of the picture, or TOC_PANORAMA_NONE. */
uint32_t toc_panorama_hit(const toc_panorama *panorama, const toc_panorama_look *look,
                          const double at[2], const double size[2]);
/* Where a node is in the picture. */
void toc_panorama_where(const toc_panorama *panorama, const toc_panorama_view *view, uint32_t node,
                        const double size[2], double out_at[2]);
/* The next node in a direction (-1, 0, 1 each way), or the same where there is none. */
uint32_t toc_panorama_step(const toc_panorama *panorama, uint32_t node, int right, int down);

#endif
