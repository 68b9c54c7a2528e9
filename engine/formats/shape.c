#include "formats/shape.h"

#include "kernel/arena.h"

#include <stdlib.h>

static uint32_t root_of(uint32_t *parents, uint32_t node) {
    while (parents[node] != node) {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    return node;
}

static int by_pair(const void *left, const void *right) {
    const uint64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

void toc_shape_measure(uint32_t nodes, const toc_shape_edge *edges, uint32_t count,
                       toc_formats_import *out_import) {
    uint32_t *parents = toc_arena_heap(NULL, nodes + (size_t)1, sizeof *parents);
    uint64_t *pairs = toc_arena_heap(NULL, count + (size_t)1, sizeof *pairs);
    toc_formats_import shape = {.nodes = nodes, .edges = count, .components = nodes};
    for (uint32_t i = 0; i < nodes; i++) {
        parents[i] = i;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = edges[i].from, to = edges[i].to;
        uint32_t low = from < to ? from : to, high = from < to ? to : from;
        uint32_t a = root_of(parents, low), b = root_of(parents, high);
        pairs[i] = (uint64_t)low << 32 | high;
        shape.self_loops += low == high ? 1 : 0;
        if (a != b) {
            parents[b] = a;
            shape.components--;
        }
    }
    qsort(pairs, count, sizeof *pairs, by_pair);
    for (uint32_t i = 1; i < count; i++) {
        shape.parallel_edges += pairs[i] == pairs[i - 1] ? 1 : 0;
    }
    *out_import = shape;
    toc_arena_heap_free(parents);
    toc_arena_heap_free(pairs);
}
