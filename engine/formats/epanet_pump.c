#include "formats/epanet_pump.h"

#include "kernel/assert.h"

#include <math.h>

/* The links at each node, one after the other: those of node i from first[i] to first[i + 1]. */
struct ways {
    uint32_t *first, *to;
};

static bool leads(const toc_epanet_link *link, bool through_valves) {
    if (link->kind == TOC_EPANET_PIPE) {
        return !link->closed && (through_valves || !link->one_way);
    }
    return link->kind == TOC_EPANET_VALVE && through_valves;
}

static struct ways ways_of(const toc_epanet_network *network, bool through_valves) {
    uint32_t nodes = network->nodes.count;
    struct ways ways = {
        toc_arena_heap(NULL, nodes + (size_t)2, sizeof *ways.first),
        toc_arena_heap(NULL, 2 * (size_t)network->links.count + 1, sizeof *ways.to)};
    for (uint32_t i = 0; i < nodes + 2; i++) {
        ways.first[i] = 0;
    }
    for (uint32_t i = 0; i < network->links.count; i++) {
        const toc_epanet_link *link = toc_epanet_network_link(network, i);
        if (leads(link, through_valves)) {
            ways.first[link->from + 2]++;
            ways.first[link->to + 2]++;
        }
    }
    for (uint32_t i = 2; i < nodes + 2; i++) {
        ways.first[i] += ways.first[i - 1];
    }
    for (uint32_t i = 0; i < network->links.count; i++) {
        const toc_epanet_link *link = toc_epanet_network_link(network, i);
        if (leads(link, through_valves)) {
            ways.to[ways.first[link->from + 1]++] = link->to;
            ways.to[ways.first[link->to + 1]++] = link->from;
        }
    }
    return ways;
}

void toc_epanet_pump_heads(const toc_epanet_network *network, bool through_valves,
                           toc_epanet_heads *out_heads) {
    uint32_t nodes = network->nodes.count, next = 0, known = 0;
    struct ways ways = ways_of(network, through_valves);
    uint32_t *queue = toc_arena_heap(NULL, nodes + (size_t)1, sizeof *queue);
    out_heads->nearest = toc_arena_heap(NULL, nodes + (size_t)1, sizeof *out_heads->nearest);
    for (uint32_t i = 0; i < nodes; i++) {
        bool stands = toc_epanet_network_node(network, i)->kind != TOC_EPANET_JUNCTION;
        out_heads->nearest[i] = stands ? i : TOC_NONE;
        if (stands) {
            queue[known++] = i;
        }
    }
    while (next < known) {
        uint32_t node = queue[next++];
        for (uint32_t i = ways.first[node]; i < ways.first[node + 1]; i++) {
            if (out_heads->nearest[ways.to[i]] == TOC_NONE) {
                out_heads->nearest[ways.to[i]] = out_heads->nearest[node];
                queue[known++] = ways.to[i];
            }
        }
    }
    toc_arena_heap_free(queue);
    toc_arena_heap_free(ways.first);
    toc_arena_heap_free(ways.to);
}

void toc_epanet_pump_finish(toc_epanet_heads *heads) {
    toc_arena_heap_free(heads->nearest);
    heads->nearest = NULL;
}

static double free_head(const toc_epanet_node *node) {
    return node->kind == TOC_EPANET_TANK ? node->head_m + (node->least_m + node->most_m) / 2
                                         : node->head_m;
}

/* Metres; false where it is not known or the pump works downhill. */
static bool lift_of(const toc_epanet_network *network, const toc_epanet_heads *heads,
                    const toc_epanet_link *pump, double *out) {
    uint32_t before = heads->nearest[pump->from], behind = heads->nearest[pump->to];
    if (before == TOC_NONE || behind == TOC_NONE || before == behind) {
        return false;
    }
    *out = free_head(toc_epanet_network_node(network, behind)) -
           free_head(toc_epanet_network_node(network, before));
    return *out > 0;
}

/* A curve of one point: the head falls with the square of the flow from four thirds of the design
   head to nothing at twice the design flow (EPANET's own rule). */
static double by_design_point(double flow, double head, bool lifts, double lift) {
    if (!lifts || head <= 0) {
        return 2 * flow;
    }
    return lift < head * 4 / 3 ? flow * sqrt(4 - 3 * lift / head) : flow;
}

/* Between the points the curve is taken as straight. */
static double by_points(const toc_epanet_row *curve, bool lifts, double lift) {
    uint32_t points = curve->values.count / 2;
    double largest = toc_epanet_network_value(curve, 2 * points - 2);
    if (!lifts || lift <= toc_epanet_network_value(curve, 2 * points - 1)) {
        return largest;
    }
    for (uint32_t i = points - 1; i > 0; i--) {
        double left = toc_epanet_network_value(curve, 2 * i - 2);
        double high = toc_epanet_network_value(curve, 2 * i - 1);
        double right = toc_epanet_network_value(curve, 2 * i);
        double low = toc_epanet_network_value(curve, 2 * i + 1);
        if (lift <= high && high > low) {
            return left + (right - left) * (high - lift) / (high - low);
        }
    }
    return toc_epanet_network_value(curve, 2 * (points / 2));
}

/* Litres a second times metres of head are 9.80665 W. */
static double by_power(const toc_epanet_link *pump, bool lifts, double lift) {
    const double ml_d_per_l_s = 86400000;
    double flow = lifts ? pump->power_kw * 1000 / (9.80665 * lift) * ml_d_per_l_s : 0;
    return flow < 1e16 ? flow : 0;
}

double toc_epanet_pump_capacity(const toc_epanet_network *network, const toc_epanet_heads *heads,
                                const toc_epanet_link *pump) {
    const double most = 1e16;
    double metre = network->us_units ? 0.3048 : 1, lift = 0, speed = pump->speed, flow;
    bool lifts = lift_of(network, heads, pump, &lift);
    const toc_epanet_row *curve;
    TOC_ASSERT(pump->kind == TOC_EPANET_PUMP);
    if (pump->curve == TOC_NONE) {
        return by_power(pump, lifts, lift);
    }
    /* flow grows with the speed, head with its square */
    speed = speed > 0 ? speed : 1;
    lift /= metre * speed * speed;
    curve = toc_epanet_network_curve(network, pump->curve);
    flow = curve->values.count == 2
               ? by_design_point(toc_epanet_network_value(curve, 0),
                                 toc_epanet_network_value(curve, 1), lifts, lift)
               : by_points(curve, lifts, lift);
    flow *= speed * network->flow_ml_d;
    /* 0 would be no limit at all */
    return flow < 1 ? 1 : flow < most ? flow : most;
}
