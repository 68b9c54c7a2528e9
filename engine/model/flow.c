#include "model/flow.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/sparse.h"

#include <string.h>

/* Where a branch adds to the matrix. */
struct places {
    uint32_t from_from, to_to, from_to, to_from; /* row, column */
};

struct toc_flow {
    const toc_flow_branch *branches;
    uint32_t bus_count, branch_count;
    uint32_t *first, *around; /* branches around each bus */
    struct places *places;
    int32_t *column_first, *rows;
    double *values;
    uint32_t *queue;
    toc_sparse *sparse;
};

static void *array(size_t count, size_t size) {
    void *items = toc_arena_heap(NULL, count + 1, size);
    memset(items, 0, (count + 1) * size);
    return items;
}

static void list_around(toc_flow *flow) {
    uint32_t *first = array((size_t)flow->bus_count + 2, sizeof *first);
    uint32_t *around = array(2 * (size_t)flow->branch_count, sizeof *around);
    for (uint32_t i = 0; i < flow->branch_count; i++) {
        first[flow->branches[i].from + 2]++;
        first[flow->branches[i].to + 2]++;
    }
    for (uint32_t i = 0; i < flow->bus_count; i++) {
        first[i + 2] += first[i + 1];
    }
    for (uint32_t i = 0; i < flow->branch_count; i++) {
        around[first[flow->branches[i].from + 1]++] = i;
        around[first[flow->branches[i].to + 1]++] = i;
    }
    flow->first = first;
    flow->around = around;
}

/* One column: the diagonal first, then each neighbour once. */
static uint32_t fill_column(toc_flow *flow, uint32_t bus, uint32_t *place_of, uint32_t count) {
    uint32_t start = count;
    flow->column_first[bus] = (int32_t)count;
    flow->rows[count++] = (int32_t)bus;
    for (uint32_t i = flow->first[bus]; i < flow->first[bus + 1]; i++) {
        const toc_flow_branch *branch = &flow->branches[flow->around[i]];
        struct places *places = &flow->places[flow->around[i]];
        uint32_t other = branch->from == bus ? branch->to : branch->from;
        if (place_of[other] < start || place_of[other] == UINT32_MAX) {
            place_of[other] = count;
            flow->rows[count++] = (int32_t)other;
        }
        if (branch->from == bus) {
            places->from_from = start;
            places->to_from = place_of[other];
        } else {
            places->to_to = start;
            places->from_to = place_of[other];
        }
    }
    return count;
}

toc_flow *toc_flow_create(uint32_t bus_count, const toc_flow_branch *branches,
                          uint32_t branch_count) {
    toc_flow *flow = array(1, sizeof *flow);
    size_t most = (size_t)bus_count + 2 * (size_t)branch_count;
    uint32_t *place_of = array(bus_count, sizeof *place_of), count = 0;
    TOC_ASSERT(most < INT32_MAX);
    flow->branches = branches;
    flow->bus_count = bus_count;
    flow->branch_count = branch_count;
    list_around(flow);
    flow->places = array(branch_count, sizeof *flow->places);
    flow->column_first = array(bus_count, sizeof *flow->column_first);
    flow->rows = array(most, sizeof *flow->rows);
    flow->values = array(most, sizeof *flow->values);
    flow->queue = array(bus_count, sizeof *flow->queue);
    memset(place_of, 0xff, bus_count * sizeof *place_of);
    for (uint32_t bus = 0; bus < bus_count; bus++) {
        count = fill_column(flow, bus, place_of, count);
    }
    flow->column_first[bus_count] = (int32_t)count;
    toc_arena_heap_free(place_of);
    flow->sparse = toc_sparse_create(bus_count, flow->column_first, flow->rows);
    return flow;
}

void toc_flow_destroy(toc_flow *flow) {
    if (flow == NULL) {
        return;
    }
    toc_sparse_destroy(flow->sparse);
    toc_arena_heap_free(flow->first);
    toc_arena_heap_free(flow->around);
    toc_arena_heap_free(flow->places);
    toc_arena_heap_free(flow->column_first);
    toc_arena_heap_free(flow->rows);
    toc_arena_heap_free(flow->values);
    toc_arena_heap_free(flow->queue);
    toc_arena_heap_free(flow);
}

static void spread(toc_flow *flow, uint32_t bus, uint32_t island, uint32_t *out_island) {
    uint32_t head = 0, tail = 0;
    out_island[bus] = island;
    flow->queue[tail++] = bus;
    while (head < tail) {
        uint32_t at = flow->queue[head++];
        for (uint32_t i = flow->first[at]; i < flow->first[at + 1]; i++) {
            const toc_flow_branch *branch = &flow->branches[flow->around[i]];
            uint32_t other = branch->from == at ? branch->to : branch->from;
            if (branch->closed && out_island[other] == UINT32_MAX) {
                out_island[other] = island;
                flow->queue[tail++] = other;
            }
        }
    }
}

uint32_t toc_flow_islands(toc_flow *flow, const bool *in, uint32_t *out_island) {
    uint32_t count = 0;
    memset(out_island, 0xff, flow->bus_count * sizeof *out_island);
    for (uint32_t bus = 0; bus < flow->bus_count; bus++) {
        if (in[bus] && out_island[bus] == UINT32_MAX) {
            spread(flow, bus, count++, out_island);
        }
    }
    return count;
}

bool toc_flow_factor(toc_flow *flow, const bool *fixed, uint32_t *out_bus) {
    memset(flow->values, 0, (size_t)flow->column_first[flow->bus_count] * sizeof *flow->values);
    for (uint32_t i = 0; i < flow->branch_count; i++) {
        const toc_flow_branch *branch = &flow->branches[i];
        const struct places *places = &flow->places[i];
        if (!branch->closed) {
            continue;
        }
        if (!fixed[branch->from]) {
            flow->values[places->from_from] += branch->susceptance;
            flow->values[places->from_to] -= branch->susceptance;
        }
        if (!fixed[branch->to]) {
            flow->values[places->to_to] += branch->susceptance;
            flow->values[places->to_from] -= branch->susceptance;
        }
    }
    for (uint32_t bus = 0; bus < flow->bus_count; bus++) {
        if (fixed[bus]) {
            flow->values[flow->column_first[bus]] = 1;
        }
    }
    return toc_sparse_factor(flow->sparse, flow->values, out_bus);
}

void toc_flow_solve(toc_flow *flow, const bool *fixed, double *buses) {
    for (uint32_t i = 0; i < flow->branch_count; i++) {
        const toc_flow_branch *branch = &flow->branches[i];
        double pushed = branch->susceptance * branch->shift_rad;
        if (branch->closed && pushed != 0) {
            buses[branch->from] += fixed[branch->from] ? 0 : pushed;
            buses[branch->to] -= fixed[branch->to] ? 0 : pushed;
        }
    }
    toc_sparse_solve(flow->sparse, buses);
}

double toc_flow_carried(const toc_flow_branch *branch, const double *angles) {
    if (!branch->closed) {
        return 0;
    }
    return branch->susceptance * (angles[branch->from] - angles[branch->to] - branch->shift_rad);
}
