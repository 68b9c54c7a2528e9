/* Graph: nodes and edges on their way from somebody's file to a topology. Identity is the raw id of
   the source; names are only shown. Texts are copied and made harmless. */
#ifndef FORMATS_GRAPH_H
#define FORMATS_GRAPH_H

#include "model/builder.h"
#include "tocsin/formats.h"

typedef struct toc_graph toc_graph;

typedef struct toc_graph_node {
    const char *raw_id, *name, *owner, *zone; /* all but raw_id may be empty */
    const char
        *needs; /* raw ids with ';' or ',' between them, all of which it needs; may be NULL */
    const char *provides; /* "power 24MW 19MW": a service, its capacity and what is asked for, with
                             ';' between them; may be NULL */
    toc_asset_kind kind;
    double x_m, y_m; /* x to the east, y to the north */
    bool placed;
    uint32_t people;
    toc_place place;
} toc_graph_node;

typedef struct toc_graph_edge {
    const char *from, *to; /* raw ids, of nodes that may come later */
    const char *raw_id;    /* may be empty */
    toc_link_kind kind;
    int64_t rating;
    double reactance;
    toc_place place;
} toc_graph_edge;

/* The kind of link that is rated in a unit, TOC_LINK_DATA for what no link is rated in. */
toc_link_kind toc_graph_rated_kind(const toc_unit *unit);
toc_graph *toc_graph_create(void);
void toc_graph_destroy(toc_graph *graph);
/* False where the raw id is taken. */
bool toc_graph_add_node(toc_graph *graph, const toc_graph_node *node);
/* Of the node last added or any before it. */
void toc_graph_add_weakness(toc_graph *graph, const char *raw_id, const char *id, int64_t ease_ppm,
                            toc_place place);
void toc_graph_add_edge(toc_graph *graph, const toc_graph_edge *edge);
uint32_t toc_graph_nodes(const toc_graph *graph);
/* The node's raw id; index below toc_graph_nodes. */
const char *toc_graph_raw_id(const toc_graph *graph, uint32_t node);
/* Makes the topology: one operator for nodes without owner, self-loops left out with a warning,
   one mistake told for all edges that lead nowhere. `file` is what problems call the source. */
toc_status toc_graph_finish(toc_graph *graph, const char *name, const char *file,
                            toc_problems *problems, toc_formats_import *out_import);

#endif
