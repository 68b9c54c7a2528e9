#include "model/sharing.h"

#include "kernel/arena.h"

#include <string.h>

__extension__ typedef __int128 wide;

/* What the shares of one label come to. */
struct group {
    wide amount, weight, handed;
    uint32_t fresh; /* the label of those of its nodes that are better off */
    bool split;
};

static struct group *group_of(const toc_maxflow *net, struct group *groups,
                              const struct share *share) {
    return &groups[toc_maxflow_label(net, share->node)];
}

static void sum_groups(const toc_maxflow *net, struct group *groups, uint32_t labels,
                       const struct share *shares, uint32_t count) {
    memset(groups, 0, labels * sizeof *groups);
    for (uint32_t i = 0; i < count; i++) {
        struct group *group = group_of(net, groups, &shares[i]);
        group->amount += shares[i].amount;
        group->weight += shares[i].weight;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct group *group = group_of(net, groups, &shares[i]);
        group->handed += group->weight == 0 ? 0 : group->amount * shares[i].weight / group->weight;
    }
}

/* Its part of the group's amount by weight; what rounding leaves goes to the first ones. */
static int64_t target(struct group *group, const struct share *share) {
    wide amount =
        group->weight == 0 ? share->amount : group->amount * share->weight / group->weight;
    if (group->weight > 0 && group->handed < group->amount && amount < share->most) {
        group->handed++;
        amount++;
    }
    return amount < share->most ? (int64_t)amount : share->most;
}

static void even_once(toc_maxflow *net, struct group *groups, struct share *shares, uint32_t count,
                      bool giving) {
    for (uint32_t i = 0; i < count; i++) {
        int64_t wanted = target(group_of(net, groups, &shares[i]), &shares[i]);
        int64_t over = giving ? wanted - shares[i].amount : shares[i].amount - wanted;
        toc_maxflow_set_has(net, shares[i].node, over > 0 ? over : 0);
        toc_maxflow_set_wants(net, shares[i].node, over < 0 ? -over : 0);
        shares[i].amount = wanted;
    }
    (void)toc_maxflow_push(net);
    for (uint32_t i = 0; i < count; i++) {
        int64_t left =
            toc_maxflow_has(net, shares[i].node) - toc_maxflow_wants(net, shares[i].node);
        shares[i].amount += giving ? -left : left;
        if (toc_maxflow_wants(net, shares[i].node) > 0) {
            group_of(net, groups, &shares[i])->split = true;
        }
    }
}

/* Cuts each group that did not come even in two: what is still too much cannot leave the nodes that
   it reaches. Gives the number of labels. */
static uint32_t split(toc_maxflow *net, uint32_t nodes, struct group *groups, uint32_t labels) {
    uint32_t next = labels;
    for (uint32_t n = 0; n < nodes; n++) {
        struct group *group = &groups[toc_maxflow_label(net, n)];
        if (group->split && toc_maxflow_is_reached(net, n)) {
            if (group->fresh == 0) {
                group->fresh = next++;
            }
            toc_maxflow_set_label(net, n, group->fresh);
        }
    }
    return next;
}

void toc_sharing_even(toc_maxflow *net, uint32_t nodes, struct share *shares, uint32_t count,
                      bool giving, int rounds) {
    struct group *groups = toc_arena_heap(NULL, (size_t)nodes + 3, sizeof *groups);
    uint32_t labels = 1, before;
    for (uint32_t n = 0; n < nodes; n++) {
        labels = toc_maxflow_label(net, n) >= labels ? toc_maxflow_label(net, n) + 1 : labels;
    }
    do {
        before = labels;
        sum_groups(net, groups, labels, shares, count);
        even_once(net, groups, shares, count, giving);
        labels = split(net, nodes, groups, labels);
        for (uint32_t i = 0; i < count; i++) {
            toc_maxflow_set_has(net, shares[i].node, 0);
            toc_maxflow_set_wants(net, shares[i].node, 0);
        }
    } while (labels > before && --rounds > 0);
    toc_arena_heap_free(groups);
}
