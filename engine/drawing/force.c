#include "drawing/force.h"

#include "drawing/pivot.h"

#include <glib.h>
#include <igraph/igraph.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum {
    COARSE = 1000, /* nodes up to which every pair repels each other */
    FINE = 300     /* nodes up to which distances along the graph are kept, at n² a step */
};

/* A sunflower: every node is near those before it, none on another. */
static void spiral(uint32_t count, const uint32_t *order, double *x, double *y) {
    for (uint32_t i = 0; i < count; i++) {
        double radius = sqrt(i + 0.5), angle = i * 2.39996322972865332;
        x[order[i]] = radius * cos(angle);
        y[order[i]] = radius * sin(angle);
    }
}

/* Neighbours of node i: next[first[i]] up to next[first[i + 1]]. */
struct ties {
    uint32_t *first, *next;
};

static struct ties collect(uint32_t count, const toc_force_edge *edges, size_t edge_count) {
    struct ties ties = {g_new0(uint32_t, (gsize)count + 2), g_new(uint32_t, 2 * edge_count + 1)};
    for (size_t i = 0; i < edge_count; i++) {
        ties.first[edges[i].from + 2]++;
        ties.first[edges[i].to + 2]++;
    }
    for (uint32_t i = 2; i < count + 2; i++) {
        ties.first[i] += ties.first[i - 1];
    }
    for (size_t i = 0; i < edge_count; i++) {
        ties.next[ties.first[edges[i].from + 1]++] = edges[i].to;
        ties.next[ties.first[edges[i].to + 1]++] = edges[i].from;
    }
    return ties;
}

/* Nodes by distance from the one with most edges, so that a spiral of them is a fair start. */
static void order_nodes(uint32_t count, const struct ties *ties, uint32_t *order) {
    bool *seen = g_new0(bool, count);
    uint32_t hub = 0, done = 0, found = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t most = ties->first[hub + 1] - ties->first[hub];
        hub = ties->first[i + 1] - ties->first[i] > most ? i : hub;
    }
    for (uint32_t start = hub, i = 0; found < count; start = i++) {
        if (!seen[start]) {
            seen[start] = true;
            order[found++] = start;
        }
        for (; done < found; done++) {
            for (uint32_t j = ties->first[order[done]]; j < ties->first[order[done] + 1]; j++) {
                if (!seen[ties->next[j]]) {
                    seen[ties->next[j]] = true;
                    order[found++] = ties->next[j];
                }
            }
        }
    }
    g_free(seen);
}

static bool run(const igraph_t *graph, igraph_matrix_t *places, uint32_t count) {
    if (count <= FINE) {
        return igraph_layout_kamada_kawai(graph, places, true, 60 * (igraph_integer_t)count, 0,
                                          count, NULL, NULL, NULL, NULL, NULL) == IGRAPH_SUCCESS;
    }
    igraph_rng_seed(igraph_rng_default(), 20151223);
    return igraph_layout_fruchterman_reingold(graph, places, true, count <= COARSE ? 300 : 80,
                                              count <= COARSE ? sqrt(count) : sqrt(count) / 8,
                                              count <= COARSE ? IGRAPH_LAYOUT_NOGRID
                                                              : IGRAPH_LAYOUT_GRID,
                                              NULL, NULL, NULL, NULL, NULL) == IGRAPH_SUCCESS;
}

static void by_igraph(uint32_t count, const toc_force_edge *edges, size_t edge_count, double *x,
                      double *y) {
    igraph_vector_int_t ends;
    igraph_matrix_t places;
    igraph_t graph;
    if (igraph_vector_int_init(&ends, (igraph_integer_t)(2 * edge_count)) != IGRAPH_SUCCESS) {
        return;
    }
    for (size_t i = 0; i < edge_count; i++) {
        VECTOR(ends)[2 * i] = edges[i].from;
        VECTOR(ends)[2 * i + 1] = edges[i].to;
    }
    if (igraph_create(&graph, &ends, count, IGRAPH_UNDIRECTED) == IGRAPH_SUCCESS) {
        if (igraph_matrix_init(&places, count, 2) == IGRAPH_SUCCESS) {
            for (uint32_t i = 0; i < count; i++) {
                MATRIX(places, i, 0) = x[i];
                MATRIX(places, i, 1) = y[i];
            }
            bool placed = run(&graph, &places, count);
            for (uint32_t i = 0; i < count && placed; i++) {
                x[i] = MATRIX(places, i, 0);
                y[i] = MATRIX(places, i, 1);
            }
            igraph_matrix_destroy(&places);
        }
        igraph_destroy(&graph);
    }
    igraph_vector_int_destroy(&ends);
}

static int by_value(const void *left, const void *right) {
    const double *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

/* Turns the longer way of the picture to lie flat, as screens and pages do. */
static void lay_flat(uint32_t count, double *x, double *y) {
    double xx = 0, yy = 0, xy = 0, angle, c, s;
    for (uint32_t i = 0; i < count; i++) {
        xx += x[i] * x[i];
        yy += y[i] * y[i];
        xy += x[i] * y[i];
    }
    angle = atan2(2 * xy, xx - yy) / 2;
    c = cos(angle);
    s = sin(angle);
    for (uint32_t i = 0; i < count; i++) {
        double turned = x[i] * c + y[i] * s;
        y[i] = y[i] * c - x[i] * s;
        x[i] = turned;
    }
}

/* Scales to a median edge of 1 and moves the middle to the origin. */
static void normalise(uint32_t count, const toc_force_edge *edges, size_t edge_count, double *x,
                      double *y) {
    double *lengths = g_new(double, edge_count + 1), mean_x = 0, mean_y = 0, scale = 1;
    for (size_t i = 0; i < edge_count; i++) {
        lengths[i] = hypot(x[edges[i].from] - x[edges[i].to], y[edges[i].from] - y[edges[i].to]);
    }
    qsort(lengths, edge_count, sizeof *lengths, by_value);
    if (edge_count > 0 && lengths[edge_count / 2] > 1e-9) {
        scale = 1 / lengths[edge_count / 2];
    }
    for (uint32_t i = 0; i < count; i++) {
        mean_x += x[i] / count;
        mean_y += y[i] / count;
    }
    for (uint32_t i = 0; i < count; i++) {
        x[i] = (x[i] - mean_x) * scale;
        y[i] = (y[i] - mean_y) * scale;
    }
    g_free(lengths);
}

void toc_force_place(uint32_t count, const toc_force_edge *edges, size_t edge_count, double *x,
                     double *y) {
    igraph_error_handler_t *before;
    struct ties ties;
    if (count < 2) {
        for (uint32_t i = 0; i < count; i++) {
            x[i] = y[i] = 0;
        }
        return;
    }
    ties = collect(count, edges, edge_count);
    if (count <= FINE) {
        uint32_t *order = g_new(uint32_t, count);
        order_nodes(count, &ties, order);
        spiral(count, order, x, y);
        g_free(order);
    } else {
        toc_pivot_place(count, ties.first, ties.next, x, y);
        normalise(count, edges, edge_count, x, y);
    }
    /* igraph's own handler ends the program; where it fails, the start is what there is */
    before = igraph_set_error_handler(igraph_error_handler_ignore);
    by_igraph(count, edges, edge_count, x, y);
    (void)igraph_set_error_handler(before);
    normalise(count, edges, edge_count, x, y);
    lay_flat(count, x, y);
    g_free(ties.first);
    g_free(ties.next);
}
