#include "model/maxflow.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/list.h"

#include <string.h>

struct arc {
    uint32_t to;
    int64_t rest;  /* that could still be pushed */
    int64_t limit; /* as it was set */
};

/* Arc i and arc i ^ 1 are the two directions of one join. */
struct toc_maxflow {
    toc_list arcs;           /* struct arc */
    uint32_t *first, *order; /* arcs out of node n: order[first[n] .. first[n + 1]); NULL: stale */
    int64_t *has, *wants;
    uint32_t *label, *layer, *next, *queue, *path;
    uint32_t nodes, layers; /* layers: of the nearest that wants */
};

static struct arc *arc_at(const toc_maxflow *net, uint32_t arc) {
    return TOC_LIST_AT(struct arc, &net->arcs, arc);
}

static void *array(uint32_t count, size_t size) {
    void *items = toc_arena_heap(NULL, (size_t)count + 2, size);
    memset(items, 0, ((size_t)count + 2) * size);
    return items;
}

toc_maxflow *toc_maxflow_create(uint32_t nodes) {
    toc_maxflow *net = toc_arena_heap(NULL, 1, sizeof *net);
    memset(net, 0, sizeof *net);
    net->nodes = nodes;
    net->has = array(nodes, sizeof *net->has);
    net->wants = array(nodes, sizeof *net->wants);
    net->label = array(nodes, sizeof *net->label);
    net->layer = array(nodes, sizeof *net->layer);
    net->next = array(nodes, sizeof *net->next);
    net->queue = array(nodes, sizeof *net->queue);
    net->path = array(nodes, sizeof *net->path);
    return net;
}

void toc_maxflow_destroy(toc_maxflow *net) {
    if (net == NULL) {
        return;
    }
    toc_list_finish(&net->arcs);
    toc_arena_heap_free(net->first);
    toc_arena_heap_free(net->order);
    toc_arena_heap_free(net->has);
    toc_arena_heap_free(net->wants);
    toc_arena_heap_free(net->label);
    toc_arena_heap_free(net->layer);
    toc_arena_heap_free(net->next);
    toc_arena_heap_free(net->queue);
    toc_arena_heap_free(net->path);
    toc_arena_heap_free(net);
}

uint32_t toc_maxflow_join(toc_maxflow *net, uint32_t from, uint32_t to) {
    uint32_t arc = net->arcs.count;
    TOC_ASSERT(net->first == NULL && from < net->nodes && to < net->nodes);
    *(struct arc *)toc_list_add(&net->arcs, sizeof(struct arc)) = (struct arc){to, 0, 0};
    *(struct arc *)toc_list_add(&net->arcs, sizeof(struct arc)) = (struct arc){from, 0, 0};
    return arc;
}

void toc_maxflow_limit(toc_maxflow *net, uint32_t arc, int64_t forth, int64_t back) {
    TOC_ASSERT(forth >= 0 && forth <= TOC_MAXFLOW_UNLIMITED);
    TOC_ASSERT(back >= 0 && back <= TOC_MAXFLOW_UNLIMITED);
    arc_at(net, arc)->rest = arc_at(net, arc)->limit = forth;
    arc_at(net, arc ^ 1)->rest = arc_at(net, arc ^ 1)->limit = back;
}

int64_t toc_maxflow_carried(const toc_maxflow *net, uint32_t arc) {
    return arc_at(net, arc)->limit - arc_at(net, arc)->rest;
}

bool toc_maxflow_is_open(const toc_maxflow *net, uint32_t arc, bool forth) {
    return arc_at(net, forth ? arc : arc ^ 1)->limit > 0;
}

void toc_maxflow_set_has(toc_maxflow *net, uint32_t node, int64_t amount) {
    net->has[node] = amount;
}

void toc_maxflow_set_wants(toc_maxflow *net, uint32_t node, int64_t amount) {
    net->wants[node] = amount;
}

int64_t toc_maxflow_has(const toc_maxflow *net, uint32_t node) {
    return net->has[node];
}

int64_t toc_maxflow_wants(const toc_maxflow *net, uint32_t node) {
    return net->wants[node];
}

void toc_maxflow_set_label(toc_maxflow *net, uint32_t node, uint32_t label) {
    net->label[node] = label;
}

uint32_t toc_maxflow_label(const toc_maxflow *net, uint32_t node) {
    return net->label[node];
}

static void sort_arcs(toc_maxflow *net) {
    uint32_t count = net->arcs.count;
    net->first = array(net->nodes, sizeof *net->first);
    net->order = array(count, sizeof *net->order);
    for (uint32_t i = 0; i < count; i++) {
        net->first[arc_at(net, i ^ 1)->to + 2]++;
    }
    for (uint32_t n = 0; n < net->nodes; n++) {
        net->first[n + 2] += net->first[n + 1];
    }
    for (uint32_t i = 0; i < count; i++) {
        net->order[net->first[arc_at(net, i ^ 1)->to + 1]++] = i;
    }
}

/* Layers from all that have something; UINT32_MAX where it cannot come. True where somebody wants
   it. */
static bool lay(toc_maxflow *net) {
    uint32_t head = 0, tail = 0;
    net->layers = UINT32_MAX;
    for (uint32_t n = 0; n < net->nodes; n++) {
        net->layer[n] = UINT32_MAX;
        net->next[n] = net->first[n];
        if (net->has[n] > 0) {
            net->layer[n] = 0;
            net->queue[tail++] = n;
        }
    }
    while (head < tail) {
        uint32_t node = net->queue[head++];
        if (net->wants[node] > 0 && net->layers == UINT32_MAX) {
            net->layers = net->layer[node];
        }
        for (uint32_t i = net->first[node]; i < net->first[node + 1]; i++) {
            const struct arc *arc = arc_at(net, net->order[i]);
            if (arc->rest > 0 && net->layer[arc->to] == UINT32_MAX &&
                net->label[arc->to] == net->label[node]) {
                net->layer[arc->to] = net->layer[node] + 1;
                net->queue[tail++] = arc->to;
            }
        }
    }
    return net->layers != UINT32_MAX;
}

/* The next arc by which the node could pass something on, or UINT32_MAX. */
static uint32_t onward(toc_maxflow *net, uint32_t node) {
    for (; net->next[node] < net->first[node + 1]; net->next[node]++) {
        uint32_t arc = net->order[net->next[node]];
        const struct arc *facts = arc_at(net, arc);
        if (facts->rest > 0 && net->layer[facts->to] == net->layer[node] + 1 &&
            net->label[facts->to] == net->label[node]) {
            return arc;
        }
    }
    return UINT32_MAX;
}

/* Sends what it can along the path to its end; gives how many arcs of it are still open in front of
   the first that is used up. */
static uint32_t send(toc_maxflow *net, uint32_t from, uint32_t to, uint32_t length,
                     int64_t *out_sent) {
    int64_t amount = net->has[from] < net->wants[to] ? net->has[from] : net->wants[to];
    uint32_t open = length;
    for (uint32_t i = 0; i < length; i++) {
        int64_t rest = arc_at(net, net->path[i])->rest;
        amount = rest < amount ? rest : amount;
    }
    for (uint32_t i = length; i > 0; i--) {
        arc_at(net, net->path[i - 1])->rest -= amount;
        arc_at(net, net->path[i - 1] ^ 1)->rest += amount;
        open = arc_at(net, net->path[i - 1])->rest == 0 ? i - 1 : open;
    }
    net->has[from] -= amount;
    net->wants[to] -= amount;
    *out_sent += amount;
    return open;
}

/* A blocking flow from one node. Where `any_layer`, those who want are served wherever they lie;
   else only the nearest, which bounds the number of rounds. */
static int64_t drain(toc_maxflow *net, uint32_t from, bool any_layer) {
    int64_t sent = 0;
    uint32_t length = 0, node = from;
    while (net->has[from] > 0) {
        uint32_t arc;
        if (net->wants[node] > 0 && (any_layer || net->layer[node] == net->layers)) {
            length = send(net, from, node, length, &sent);
            node = length == 0 ? from : arc_at(net, net->path[length - 1])->to;
            continue;
        }
        arc = onward(net, node);
        if (arc != UINT32_MAX) {
            net->path[length++] = arc;
            node = arc_at(net, arc)->to;
        } else if (length > 0) {
            length--;
            node = arc_at(net, net->path[length] ^ 1)->to;
            net->next[node]++;
        } else {
            break;
        }
    }
    return sent;
}

int64_t toc_maxflow_push(toc_maxflow *net) {
    int64_t total = 0;
    bool any_layer = true;
    if (net->first == NULL) {
        sort_arcs(net);
    }
    while (lay(net)) {
        for (uint32_t n = 0; n < net->nodes; n++) {
            if (net->has[n] > 0) {
                total += drain(net, n, any_layer);
            }
        }
        any_layer = !any_layer;
    }
    return total;
}

bool toc_maxflow_is_reached(const toc_maxflow *net, uint32_t node) {
    return net->layer[node] != UINT32_MAX;
}

void toc_maxflow_trace(const toc_maxflow *net, uint32_t node, bool forth, uint8_t *marks) {
    uint32_t head = 0, tail = 0;
    TOC_ASSERT(net->first != NULL);
    memset(marks, 0, net->nodes);
    marks[node] = 1;
    net->queue[tail++] = node;
    while (head < tail) {
        uint32_t at = net->queue[head++];
        for (uint32_t i = net->first[at]; i < net->first[at + 1]; i++) {
            uint32_t arc = net->order[i], to = arc_at(net, arc)->to;
            if (marks[to] == 0 && toc_maxflow_is_open(net, arc, forth)) {
                marks[to] = 1;
                net->queue[tail++] = to;
            }
        }
    }
}
