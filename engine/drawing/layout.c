#include "drawing/layout.h"

#include "drawing/force.h"
#include "drawing/pack.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Edges that pull assets together: links, and needs of assets by assets. */
static toc_force_edge *collect_edges(const toc_topology *topology, size_t *out_count) {
    size_t most = topology->link_count, count = 0;
    toc_force_edge *edges;
    for (uint32_t i = 0; i < topology->need_count; i++) {
        most += topology->needs[i].source_count;
    }
    edges = g_new(toc_force_edge, most + 1);
    for (uint32_t i = 0; i < topology->link_count; i++) {
        edges[count++] = (toc_force_edge){topology->links[i].from, topology->links[i].to};
    }
    for (uint32_t i = 0; i < topology->need_count; i++) {
        const toc_need *need = &topology->needs[i];
        for (uint32_t j = 0; j < need->source_count; j++) {
            uint32_t source = topology->sources[need->first_source + j];
            if (source < topology->asset_count) {
                edges[count++] = (toc_force_edge){need->asset, source};
            }
        }
    }
    *out_count = count;
    return edges;
}

/* -- Where the topology knows places ------------------------------------------------------------
 */

/* Puts assets without a place in the middle of their neighbours, round by round, and the rest in a
   row below the map. */
static void place_strangers(const toc_topology *topology, const toc_force_edge *edges,
                            size_t edge_count, toc_layout *layout) {
    uint32_t count = topology->asset_count, rest = 0;
    bool *placed = g_new(bool, count);
    double *sum = g_new(double, 3 * (gsize)count), low = INFINITY, left = INFINITY;
    for (uint32_t i = 0; i < count; i++) {
        placed[i] = topology->assets[i].placed;
        if (placed[i]) {
            low = isinf(low) || layout->y[i] > low ? layout->y[i] : low;
            left = fmin(left, layout->x[i]);
        }
    }
    for (int round = 0; round < 20; round++) {
        memset(sum, 0, 3 * (gsize)count * sizeof *sum);
        for (size_t i = 0; i < 2 * edge_count; i++) {
            uint32_t to = i % 2 == 0 ? edges[i / 2].from : edges[i / 2].to;
            uint32_t from = i % 2 == 0 ? edges[i / 2].to : edges[i / 2].from;
            if (placed[from] && !placed[to]) {
                sum[3 * to] += layout->x[from];
                sum[3 * to + 1] += layout->y[from];
                sum[3 * to + 2]++;
            }
        }
        for (uint32_t i = 0; i < count; i++) {
            if (!placed[i] && sum[3 * i + 2] > 0) {
                /* a little off, so that several at one neighbour can be told apart */
                layout->x[i] = sum[3 * i] / sum[3 * i + 2] + layout->spacing * 0.3 * cos(i * 2.4);
                layout->y[i] =
                    sum[3 * i + 1] / sum[3 * i + 2] + layout->spacing * 0.3 * sin(i * 2.4);
                placed[i] = true;
            }
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!placed[i]) {
            layout->x[i] = left + (rest % 40) * layout->spacing;
            layout->y[i] = low + (2 + rest / 40) * layout->spacing;
            rest++;
        }
    }
    g_free(placed);
    g_free(sum);
}

static void place_by_geography(const toc_topology *topology, const toc_force_edge *edges,
                               size_t edge_count, toc_layout *layout) {
    double west = INFINITY, east = -INFINITY, north = INFINITY, south = -INFINITY;
    layout->geographic = true;
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        const toc_asset *asset = &topology->assets[i];
        if (asset->placed) {
            layout->x[i] = asset->x_m;
            layout->y[i] = -(double)asset->y_m;
            west = fmin(west, layout->x[i]);
            east = fmax(east, layout->x[i]);
            north = fmin(north, layout->y[i]);
            south = fmax(south, layout->y[i]);
        }
    }
    layout->spacing =
        sqrt(fmax(east - west, 100) * fmax(south - north, 100) / fmax(topology->asset_count, 1));
    place_strangers(topology, edges, edge_count, layout);
}

/* -- Where it does not ------------------------------------------------------------------------- */

static uint32_t root_of(uint32_t *parents, uint32_t node) {
    while (parents[node] != node) {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    return node;
}

/* A connected part of the assets of one group. */
struct part {
    uint32_t group, first, count; /* members in struct plan */
    size_t first_edge, edge_count;
};

struct plan {
    const toc_topology *topology;
    toc_layout *layout;
    uint32_t *group;       /* of each asset: its zone, or zone_count */
    uint32_t *members;     /* assets by group and part */
    uint32_t *local;       /* number of each asset in its part */
    toc_force_edge *edges; /* inside of parts, by part, in local numbers */
    GArray *parts;         /* struct part */
};

struct member {
    uint32_t asset, group, root;
};

static int by_part(const void *left, const void *right) {
    const struct member *a = left, *b = right;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    if (a->root != b->root) {
        return a->root < b->root ? -1 : 1;
    }
    return a->asset < b->asset ? -1 : a->asset > b->asset ? 1 : 0;
}

/* Splits the assets into groups and these into connected parts. */
static uint32_t *split(struct plan *plan, const toc_force_edge *edges, size_t edge_count) {
    uint32_t count = plan->topology->asset_count;
    uint32_t *parents = g_new(uint32_t, count), *part_of = g_new(uint32_t, count);
    struct member *members = g_new(struct member, count);
    for (uint32_t i = 0; i < count; i++) {
        parents[i] = i;
    }
    for (size_t i = 0; i < edge_count; i++) {
        if (plan->group[edges[i].from] == plan->group[edges[i].to]) {
            uint32_t a = root_of(parents, edges[i].from), b = root_of(parents, edges[i].to);
            parents[a > b ? a : b] = a > b ? b : a;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        members[i] = (struct member){i, plan->group[i], root_of(parents, i)};
    }
    qsort(members, count, sizeof *members, by_part);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || members[i].group != members[i - 1].group ||
            members[i].root != members[i - 1].root) {
            struct part part = {members[i].group, i, 0, 0, 0};
            g_array_append_val(plan->parts, part);
        }
        plan->members[i] = members[i].asset;
        plan->local[members[i].asset] =
            g_array_index(plan->parts, struct part, plan->parts->len - 1).count++;
        part_of[members[i].asset] = plan->parts->len - 1;
    }
    g_free(parents);
    g_free(members);
    return part_of;
}

/* Sorts the edges that lie inside of parts by part. */
static void deal_edges(struct plan *plan, const toc_force_edge *edges, size_t edge_count,
                       const uint32_t *part_of) {
    struct part *parts = (struct part *)(void *)plan->parts->data;
    size_t next = 0;
    for (size_t i = 0; i < edge_count; i++) {
        if (part_of[edges[i].from] == part_of[edges[i].to]) {
            parts[part_of[edges[i].from]].edge_count++;
        }
    }
    for (guint i = 0; i < plan->parts->len; i++) {
        parts[i].first_edge = next;
        next += parts[i].edge_count;
        parts[i].edge_count = 0;
    }
    for (size_t i = 0; i < edge_count; i++) {
        struct part *part = &parts[part_of[edges[i].from]];
        if (part_of[edges[i].from] == part_of[edges[i].to]) {
            plan->edges[part->first_edge + part->edge_count++] =
                (toc_force_edge){plan->local[edges[i].from], plan->local[edges[i].to]};
        }
    }
}

/* Places one part around its own origin; gives the room it takes. */
static toc_pack_box place_part(struct plan *plan, const struct part *part) {
    double *x = g_new(double, part->count), *y = g_new(double, part->count);
    double west = INFINITY, east = -INFINITY, north = INFINITY, south = -INFINITY;
    toc_force_place(part->count, plan->edges + part->first_edge, part->edge_count, x, y);
    for (uint32_t i = 0; i < part->count; i++) {
        west = fmin(west, x[i]);
        east = fmax(east, x[i]);
        north = fmin(north, y[i]);
        south = fmax(south, y[i]);
    }
    for (uint32_t i = 0; i < part->count; i++) {
        uint32_t asset = plan->members[part->first + i];
        plan->layout->x[asset] = x[i] - west;
        plan->layout->y[asset] = y[i] - north;
    }
    g_free(x);
    g_free(y);
    return (toc_pack_box){east - west, south - north, 0, 0};
}

static void shift(struct plan *plan, uint32_t first, uint32_t count, double x, double y) {
    for (uint32_t i = first; i < first + count; i++) {
        plan->layout->x[plan->members[i]] += x;
        plan->layout->y[plan->members[i]] += y;
    }
}

static int by_height(const void *left, const void *right) {
    const struct part *a = left, *b = right;
    return a->count != b->count ? (a->count > b->count ? -1 : 1) : (a->first < b->first ? -1 : 1);
}

/* Places the parts of one group beside each other; gives the room the group takes. */
static toc_pack_box place_group(struct plan *plan, struct part *parts, size_t count) {
    toc_pack_box *boxes = g_new(toc_pack_box, count), whole = {0, 0, 0, 0};
    qsort(parts, count, sizeof *parts, by_height);
    for (size_t i = 0; i < count; i++) {
        boxes[i] = place_part(plan, &parts[i]);
    }
    toc_pack_rows(boxes, count, 1, 1.4);
    for (size_t i = 0; i < count; i++) {
        shift(plan, parts[i].first, parts[i].count, boxes[i].x, boxes[i].y);
        whole.width = fmax(whole.width, boxes[i].x + boxes[i].width);
        whole.height = fmax(whole.height, boxes[i].y + boxes[i].height);
    }
    g_free(boxes);
    return whole;
}

/* Room around the assets of a zone, for its frame and its name. */
static const double side = 1.1, top = 1.2, bottom = 0.75;

static void place_groups(struct plan *plan, double aspect) {
    struct part *parts = (struct part *)(void *)plan->parts->data;
    size_t part_count = plan->parts->len, group_count = 0;
    toc_pack_box *boxes = g_new(toc_pack_box, part_count + 1);
    size_t *first = g_new(size_t, part_count + 2);
    for (size_t i = 0; i < part_count; i++) {
        if (i == 0 || parts[i].group != parts[i - 1].group) {
            first[group_count++] = i;
        }
    }
    first[group_count] = part_count;
    for (size_t g = 0; g < group_count; g++) {
        uint32_t zone = parts[first[g]].group;
        boxes[g] = place_group(plan, parts + first[g], first[g + 1] - first[g]);
        if (zone < plan->topology->zone_count) {
            boxes[g].width = fmax(boxes[g].width + 2 * side, 3.6);
            boxes[g].height += top + bottom;
        }
    }
    toc_pack_rows(boxes, group_count, 0.8, aspect);
    plan->layout->boxes = g_new(toc_layout_box, group_count + 1);
    for (size_t g = 0; g < group_count; g++) {
        uint32_t zone = parts[first[g]].group;
        bool framed = zone < plan->topology->zone_count;
        for (size_t i = first[g]; i < first[g + 1]; i++) {
            shift(plan, parts[i].first, parts[i].count, boxes[g].x + (framed ? side : 0),
                  boxes[g].y + (framed ? top : 0));
        }
        if (framed) {
            plan->layout->boxes[plan->layout->box_count++] =
                (toc_layout_box){boxes[g].x, boxes[g].y, boxes[g].width, boxes[g].height, zone};
        }
    }
    g_free(boxes);
    g_free(first);
}

static void place_by_forces(const toc_topology *topology, const toc_force_edge *edges,
                            size_t edge_count, double aspect, toc_layout *layout) {
    uint32_t count = topology->asset_count;
    struct plan plan = {.topology = topology,
                        .layout = layout,
                        .group = g_new(uint32_t, count),
                        .members = g_new(uint32_t, count),
                        .local = g_new(uint32_t, count),
                        .edges = g_new(toc_force_edge, edge_count + 1),
                        .parts = g_array_new(FALSE, FALSE, sizeof(struct part))};
    uint32_t *part_of;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t zone = topology->assets[i].zone;
        plan.group[i] = zone == TOC_INDEX_NONE ? topology->zone_count : zone;
    }
    layout->spacing = 1;
    part_of = split(&plan, edges, edge_count);
    deal_edges(&plan, edges, edge_count, part_of);
    place_groups(&plan, aspect);
    g_free(part_of);
    g_free(plan.group);
    g_free(plan.members);
    g_free(plan.local);
    g_free(plan.edges);
    g_array_free(plan.parts, TRUE);
}

void toc_layout_compute(const toc_topology *topology, double aspect, toc_layout *out_layout) {
    uint32_t count = topology->asset_count, placed = 0;
    size_t edge_count;
    toc_force_edge *edges = collect_edges(topology, &edge_count);
    *out_layout = (toc_layout){.x = g_new0(double, count), .y = g_new0(double, count)};
    for (uint32_t i = 0; i < count; i++) {
        placed += topology->assets[i].placed ? 1 : 0;
    }
    if (placed > 1 && 2 * placed >= count) {
        place_by_geography(topology, edges, edge_count, out_layout);
    } else if (count > 0) {
        place_by_forces(topology, edges, edge_count, aspect, out_layout);
    }
    g_free(edges);
}

void toc_layout_finish(toc_layout *layout) {
    g_free(layout->x);
    g_free(layout->y);
    g_free(layout->boxes);
    *layout = (toc_layout){NULL, NULL, false, NULL, 0, 0};
}
