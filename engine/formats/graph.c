#include "formats/graph.h"

#include "formats/plain_text.h"
#include "formats/shape.h"
#include "formats/topology_word.h"
#include "kernel/assert.h"
#include "kernel/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct edge {
    toc_graph_edge said;
    uint32_t from, to; /* nodes, once resolved */
};

struct weakness {
    uint32_t node, order;
    const char *id;
    int64_t ease_ppm;
    toc_place place;
};

struct toc_graph {
    toc_arena *arena;
    toc_names *raw;      /* raw ids of nodes, numbered as the nodes */
    toc_list nodes;      /* toc_graph_node */
    toc_list edges;      /* struct edge */
    toc_list weaknesses; /* struct weakness */
    toc_names *ids;      /* of the topology's elements */
    const char **id;     /* of each node */
};

toc_link_kind toc_graph_rated_kind(const toc_unit *unit) {
    for (unsigned i = 0; i < TOC_LINK_TRAFFIC; i++) {
        const toc_unit *usual = toc_topology_word_unit((toc_link_kind)i);
        if (strcmp(usual->dimension, unit->dimension) == 0) {
            return (toc_link_kind)i;
        }
    }
    return TOC_LINK_DATA;
}

toc_graph *toc_graph_create(void) {
    toc_graph *graph = toc_arena_heap(NULL, 1, sizeof *graph);
    *graph = (toc_graph){
        .arena = toc_arena_create(), .raw = toc_names_create(), .ids = toc_names_create()};
    return graph;
}

void toc_graph_destroy(toc_graph *graph) {
    if (graph == NULL) {
        return;
    }
    toc_arena_heap_free(graph->id);
    toc_names_destroy(graph->raw);
    toc_names_destroy(graph->ids);
    toc_list_finish(&graph->nodes);
    toc_list_finish(&graph->edges);
    toc_list_finish(&graph->weaknesses);
    toc_arena_destroy(graph->arena);
    toc_arena_heap_free(graph);
}

static const char *clean(toc_graph *graph, const char *text) {
    return toc_plain_text_clean(graph->arena, text != NULL ? text : "");
}

bool toc_graph_add_node(toc_graph *graph, const toc_graph_node *node) {
    toc_graph_node *kept;
    bool was_new;
    (void)toc_names_add(graph->raw, node->raw_id, &was_new);
    if (!was_new) {
        return false;
    }
    kept = toc_list_add(&graph->nodes, sizeof *kept);
    *kept = *node;
    kept->raw_id = toc_arena_text(graph->arena, node->raw_id);
    kept->name = clean(graph, node->name);
    kept->owner = clean(graph, node->owner);
    kept->zone = clean(graph, node->zone);
    kept->needs = node->needs != NULL ? toc_arena_text(graph->arena, node->needs) : "";
    kept->provides = node->provides != NULL ? toc_arena_text(graph->arena, node->provides) : "";
    return true;
}

void toc_graph_add_weakness(toc_graph *graph, const char *raw_id, const char *id, int64_t ease_ppm,
                            toc_place place) {
    struct weakness *weakness = toc_list_add(&graph->weaknesses, sizeof *weakness);
    weakness->node = toc_names_find(graph->raw, raw_id);
    weakness->order = graph->weaknesses.count;
    weakness->id = clean(graph, id);
    weakness->ease_ppm = ease_ppm;
    weakness->place = place;
    TOC_ASSERT(weakness->node != TOC_NONE);
}

void toc_graph_add_edge(toc_graph *graph, const toc_graph_edge *edge) {
    struct edge *kept = toc_list_add(&graph->edges, sizeof *kept);
    kept->said = *edge;
    kept->said.from = toc_arena_text(graph->arena, edge->from);
    kept->said.to = toc_arena_text(graph->arena, edge->to);
    kept->said.raw_id = clean(graph, edge->raw_id);
}

uint32_t toc_graph_nodes(const toc_graph *graph) {
    return graph->nodes.count;
}

const char *toc_graph_raw_id(const toc_graph *graph, uint32_t node) {
    TOC_ASSERT(node < graph->nodes.count);
    return TOC_LIST_AT(const toc_graph_node, &graph->nodes, node)->raw_id;
}

/* Tells the first edge with an end that is not there, and how many more there are. */
static toc_status resolve(toc_graph *graph, toc_problems *problems) {
    const struct edge *first = NULL;
    unsigned long more = 0;
    for (uint32_t i = 0; i < graph->edges.count; i++) {
        struct edge *edge = TOC_LIST_AT(struct edge, &graph->edges, i);
        edge->from = toc_names_find(graph->raw, edge->said.from);
        edge->to = toc_names_find(graph->raw, edge->said.to);
        if (edge->from == TOC_NONE || edge->to == TOC_NONE) {
            more += first != NULL ? 1 : 0;
            first = first != NULL ? first : edge;
        }
    }
    if (first == NULL) {
        return TOC_OK;
    }
    const char *missing = first->from == TOC_NONE ? first->said.from : first->said.to;
    const char *nearest = toc_names_nearest(graph->raw, missing);
    char others[60] = "";
    if (more > 0) {
        (void)snprintf(others, sizeof others, "; others like it: %lu", more);
    }
    return toc_problems_error(problems, first->said.place,
                              "the edge from '%.80s' to '%.80s' leads to '%.80s', which is no node "
                              "of the file%s%s%s%s",
                              first->said.from, first->said.to, missing,
                              nearest != NULL ? " (nearest: '" : "", nearest != NULL ? nearest : "",
                              nearest != NULL ? "')" : "", others);
}

static void measure(const toc_graph *graph, toc_formats_import *out_import) {
    toc_shape_edge *edges = toc_arena_heap(NULL, graph->edges.count + (size_t)1, sizeof *edges);
    for (uint32_t i = 0; i < graph->edges.count; i++) {
        const struct edge *edge = TOC_LIST_AT(const struct edge, &graph->edges, i);
        edges[i] = (toc_shape_edge){edge->from, edge->to};
    }
    toc_shape_measure(graph->nodes.count, edges, graph->edges.count, out_import);
    toc_arena_heap_free(edges);
}

static int32_t metres(double value) {
    const double limit = 99999999;
    value = value < -limit ? -limit : value > limit ? limit : value;
    return (int32_t)(value < 0 ? value - 0.5 : value + 0.5);
}

/* Operators and zones are made as nodes name them; `known` maps their texts to ids. */
struct groups {
    toc_names *texts, *ids;
    toc_list id; /* const char *, as numbered in texts */
};

static struct groups groups_start(void) {
    return (struct groups){toc_names_create(), toc_names_create(), {NULL, 0, 0}};
}

static void groups_finish(struct groups *groups) {
    toc_names_destroy(groups->texts);
    toc_names_destroy(groups->ids);
    toc_list_finish(&groups->id);
}

/* The id that stands for `text`; *was_new where it has to be made. */
static const char *group_id(toc_graph *graph, struct groups *groups, const char *text,
                            bool *was_new) {
    uint32_t number = toc_names_add(groups->texts, text, was_new);
    if (*was_new) {
        const char **slot = toc_list_add(&groups->id, sizeof *slot);
        *slot = toc_plain_text_id(graph->arena, groups->ids, text, "group");
    }
    return *TOC_LIST_AT(const char *, &groups->id, number);
}

/* The ids of what a node needs, with blanks between them; what is no node is told. */
static const char *needs_of(toc_graph *graph, const toc_graph_node *node, toc_problems *problems) {
    const char *ids = "", *at = node->needs;
    while (*at != '\0') {
        size_t length;
        const char *raw;
        uint32_t source;
        at += strspn(at, " ;,|");
        length = strcspn(at, ";,|");
        raw = toc_plain_text_whole(graph->arena, toc_arena_text_n(graph->arena, at, length));
        at += length;
        if (raw[0] == '\0') {
            continue;
        }
        source = toc_names_find(graph->raw, raw);
        if (source == TOC_NONE) {
            const char *nearest = toc_names_nearest(graph->raw, raw);
            (void)toc_problems_error(problems, node->place,
                                     "'%.80s' needs '%.80s', which is not there%s%s%s",
                                     node->raw_id, raw, nearest != NULL ? " (nearest: '" : "",
                                     nearest != NULL ? nearest : "", nearest != NULL ? "')" : "");
        } else {
            ids = toc_arena_format(graph->arena, "%s %s", ids, graph->id[source]);
        }
    }
    return ids;
}

static void build_needs(toc_graph *graph, toc_builder *builder, const toc_graph_node *node,
                        toc_problems *problems) {
    toc_need_spec need = {.sources = needs_of(graph, node, problems),
                          .fallback_after = TOC_NEVER,
                          .place = node->place};
    if (need.sources[0] != '\0') {
        toc_builder_needs(builder, &need);
    }
}

/* "power 24MW 19MW": what is asked for is the capacity where it is not said. */
static bool build_provision(toc_graph *graph, toc_builder *builder, const char *text,
                            toc_place place) {
    const char *service = toc_arena_text_n(graph->arena, text, strcspn(text, " "));
    const char *at = text + strlen(service), *amounts[2] = {"", ""};
    const toc_unit *unit = NULL, *same = NULL;
    int64_t capacity = 0, demand = 0;
    for (size_t i = 0; i < 2; i++) {
        size_t length;
        at += strspn(at, " ");
        length = strcspn(at, " ");
        amounts[i] = toc_arena_text_n(graph->arena, at, length);
        at += length;
    }
    if (!toc_unit_parse(amounts[0], &capacity, &unit) || capacity < 0) {
        return false;
    }
    if (amounts[1][0] == '\0') {
        demand = capacity;
    } else if (!toc_unit_parse(amounts[1], &demand, &same) || demand < 0 ||
               strcmp(same->dimension, unit->dimension) != 0) {
        return false;
    }
    toc_builder_provides(builder, service, unit, capacity, demand, place);
    return *at == '\0';
}

static void build_provisions(toc_graph *graph, toc_builder *builder, const toc_graph_node *node,
                             toc_problems *problems) {
    const char *at = node->provides;
    while (*at != '\0') {
        size_t length;
        const char *text;
        at += strspn(at, " ;");
        length = strcspn(at, ";");
        text = toc_plain_text_whole(graph->arena, toc_arena_text_n(graph->arena, at, length));
        at += length;
        if (text[0] != '\0' && !build_provision(graph, builder, text, node->place)) {
            (void)toc_problems_error(problems, node->place,
                                     "'%.80s' provides '%.80s'; expected a service, its capacity "
                                     "and perhaps what is asked for, like 'power 24MW 19MW'",
                                     node->raw_id, text);
            return;
        }
    }
}

static int by_node(const void *left, const void *right) {
    const struct weakness *a = left, *b = right;
    if (a->node != b->node) {
        return a->node < b->node ? -1 : 1;
    }
    return a->order < b->order ? -1 : 1;
}

/* Those of one node; *next is the first of the sorted list that is not yet built. */
static void build_weaknesses(const toc_graph *graph, toc_builder *builder, uint32_t node,
                             uint32_t *next) {
    for (; *next < graph->weaknesses.count; ++*next) {
        const struct weakness *weakness =
            TOC_LIST_AT(const struct weakness, &graph->weaknesses, *next);
        if (weakness->node != node) {
            return;
        }
        toc_weakness_spec spec = {
            .id = weakness->id, .ease_ppm = weakness->ease_ppm, .place = weakness->place};
        toc_builder_weakness(builder, &spec);
    }
}

static void name_nodes(toc_graph *graph) {
    graph->id = toc_arena_heap(NULL, graph->nodes.count + (size_t)1, sizeof *graph->id);
    for (uint32_t i = 0; i < graph->nodes.count; i++) {
        const toc_graph_node *node = TOC_LIST_AT(toc_graph_node, &graph->nodes, i);
        graph->id[i] = toc_plain_text_id(graph->arena, graph->ids, node->raw_id, "node");
    }
}

static void build_nodes(toc_graph *graph, toc_builder *builder, const char *name,
                        toc_problems *problems) {
    struct groups owners = groups_start(), zones = groups_start();
    uint32_t next_weakness = 0;
    if (graph->weaknesses.count > 0) {
        qsort(graph->weaknesses.items, graph->weaknesses.count, sizeof(struct weakness), by_node);
    }
    for (uint32_t i = 0; i < graph->nodes.count; i++) {
        const toc_graph_node *node = TOC_LIST_AT(toc_graph_node, &graph->nodes, i);
        toc_asset_spec spec = {.name = node->name,
                               .kind = node->kind,
                               .placed = node->placed,
                               .people = node->people,
                               .place = node->place};
        const char *owner = node->owner[0] != '\0' ? node->owner : "operator";
        bool was_new;
        spec.id = graph->id[i];
        spec.operator_id = group_id(graph, &owners, owner, &was_new);
        if (was_new) {
            toc_operator_spec made = {.id = spec.operator_id,
                                      .name = node->owner[0] != '\0' ? node->owner : name,
                                      .place = node->place};
            toc_builder_operator(builder, &made);
        }
        if (node->zone[0] != '\0') {
            spec.zone_id = group_id(graph, &zones, node->zone, &was_new);
            if (was_new) {
                toc_zone_spec made = {.id = spec.zone_id,
                                      .name = node->zone,
                                      .operator_id = spec.operator_id,
                                      .level = 3,
                                      .place = node->place};
                toc_builder_zone(builder, &made);
            }
        }
        spec.x_m = metres(node->x_m);
        spec.y_m = metres(node->y_m);
        toc_builder_asset(builder, &spec);
        build_provisions(graph, builder, node, problems);
        build_needs(graph, builder, node, problems);
        build_weaknesses(graph, builder, i, &next_weakness);
    }
    groups_finish(&owners);
    groups_finish(&zones);
}

static void build_edges(toc_graph *graph, toc_builder *builder) {
    for (uint32_t i = 0; i < graph->edges.count; i++) {
        const struct edge *edge = TOC_LIST_AT(struct edge, &graph->edges, i);
        toc_link_spec spec = {.from = graph->id[edge->from],
                              .to = graph->id[edge->to],
                              .kind = edge->said.kind,
                              .rating = edge->said.rating,
                              .reactance = edge->said.reactance,
                              .place = edge->said.place};
        if (edge->said.raw_id[0] != '\0') {
            spec.id = toc_plain_text_id(graph->arena, graph->ids, edge->said.raw_id, "link");
        }
        if (edge->from != edge->to) {
            toc_builder_link(builder, &spec);
        }
    }
}

toc_status toc_graph_finish(toc_graph *graph, const char *name, const char *file,
                            toc_problems *problems, toc_formats_import *out_import) {
    toc_place whole = {file, 0, 0};
    toc_formats_import result;
    toc_builder *builder;
    size_t errors = toc_problems_count(problems, TOC_ERROR);
    toc_status status = resolve(graph, problems);
    if (status != TOC_OK) {
        return status;
    }
    measure(graph, &result);
    if (result.nodes == 0) {
        toc_problems_warn(problems, whole, "the graph is empty: it has no nodes");
    }
    if (result.self_loops > 0) {
        toc_problems_warn(problems, whole, "edges that join a node with itself are left out: %lu",
                          (unsigned long)result.self_loops);
    }
    builder = toc_builder_create(clean(graph, name));
    name_nodes(graph);
    build_nodes(graph, builder, clean(graph, name), problems);
    build_edges(graph, builder);
    (void)toc_builder_finish(builder, problems, &result.topology);
    toc_builder_destroy(builder);
    status = toc_problems_count(problems, TOC_ERROR) > errors ? TOC_BAD_INPUT : TOC_OK;
    if (status != TOC_OK) {
        toc_topology_destroy(result.topology);
    }
    if (status == TOC_OK) {
        *out_import = result;
    }
    return status;
}
