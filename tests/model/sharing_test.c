/* Random small networks against an oracle that tries every cut. */
#include "water_case.h"

#include <stdio.h>

enum { SITES = 7, NODES = 2 * SITES, CLASSES = 3, UNIT = 1000000 };

struct net {
    int sites, pipes;
    int64_t source[SITES], most[SITES], demand[SITES]; /* most: of what passes; -1: no limit */
    unsigned priority[SITES];
    int from[24], to[24];
    int64_t rating[24];
    bool one_way[24];
};

struct dice {
    uint64_t state;
};

static uint64_t roll(struct dice *dice, uint64_t sides) {
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 7;
    dice->state ^= dice->state << 17;
    return dice->state % sides;
}

static struct net any_net(struct dice *dice) {
    struct net net = {.sites = 2 + (int)roll(dice, SITES - 1)};
    for (int i = 0; i < net.sites; i++) {
        net.source[i] = roll(dice, 3) == 0 ? (int64_t)(1 + roll(dice, 40)) * UNIT : 0;
        net.most[i] = roll(dice, 4) == 0 ? (int64_t)(1 + roll(dice, 30)) * UNIT : -1;
        net.demand[i] = roll(dice, 4) != 0 ? (int64_t)roll(dice, 30) * UNIT : 0;
        net.priority[i] = 1 + (unsigned)roll(dice, CLASSES);
    }
    net.pipes = (int)roll(dice, 2 * (uint64_t)net.sites + 1);
    for (int i = 0; i < net.pipes; i++) {
        net.from[i] = (int)roll(dice, (uint64_t)net.sites);
        net.to[i] = (net.from[i] + 1 + (int)roll(dice, (uint64_t)net.sites - 1)) % net.sites;
        net.rating[i] = roll(dice, 3) == 0 ? 0 : (int64_t)(1 + roll(dice, 20)) * UNIT;
        net.one_way[i] = roll(dice, 4) == 0;
    }
    return net;
}

static int64_t capacity(int64_t rating) {
    return rating == 0 ? INT64_C(1) << 50 : rating;
}

/* What crosses into the far side of a cut; node 2i is the entry of site i, 2i + 1 its exit. */
static int64_t crossing(const struct net *net, const int64_t *asks, uint32_t far) {
    int64_t total = 0;
    for (int i = 0; i < net->sites; i++) {
        bool in = (far >> (2 * i) & 1) != 0, out = (far >> (2 * i + 1) & 1) != 0;
        total += in ? net->source[i] : 0;
        total += out ? 0 : asks[i];
        total += !in && out ? (net->most[i] < 0 ? INT64_C(1) << 50 : net->most[i]) : 0;
        total += in && !out && net->most[i] < 0 ? INT64_C(1) << 50 : 0;
    }
    for (int i = 0; i < net->pipes; i++) {
        int a = net->from[i], b = net->to[i];
        bool a_out = (far >> (2 * a + 1) & 1) != 0, b_in = (far >> (2 * b) & 1) != 0;
        bool b_out = (far >> (2 * b + 1) & 1) != 0, a_in = (far >> (2 * a) & 1) != 0;
        total += !a_out && b_in ? capacity(net->rating[i]) : 0;
        total += !b_out && a_in && !net->one_way[i] ? capacity(net->rating[i]) : 0;
    }
    return total;
}

/* The most that can be delivered of these demands: the least cut. */
static int64_t most_delivered(const struct net *net, const int64_t *asks) {
    int64_t least = INT64_MAX;
    for (uint32_t far = 0; far < UINT32_C(1) << (2 * net->sites); far++) {
        int64_t total = crossing(net, asks, far);
        least = total < least ? total : least;
    }
    return least;
}

static void build(struct small *small, const struct net *net, const int *order) {
    char id[8], from[8], to[8];
    small_begin(small);
    for (int k = 0; k < net->sites; k++) {
        int i = order[k];
        toc_flow_spec flow = {.service = "water", .unit = toc_unit_find("mL"), .rate = 0};
        flow.unit = toc_unit_find("L/s");
        (void)snprintf(id, sizeof id, "s%d", i);
        small_asset(small, id);
        toc_builder_provides(small->builder, "water", flow.unit, net->demand[i], net->demand[i],
                             (toc_place){0});
        toc_builder_demand(small->builder, net->priority[i], "");
        if (net->source[i] > 0) {
            flow.rate = net->source[i];
            toc_builder_supplies(small->builder, &flow);
        }
        if (net->most[i] > 0) {
            flow.rate = net->most[i];
            toc_builder_passes(small->builder, &flow);
        }
    }
    water_source(small, "elsewhere", 1); /* so that water flows at all */
    for (int i = 0; i < net->pipes; i++) {
        toc_link_spec spec = {.from = from, .to = to, .kind = TOC_LINK_PIPE, .carries = "water"};
        (void)snprintf(from, sizeof from, "s%d", net->from[i]);
        (void)snprintf(to, sizeof to, "s%d", net->to[i]);
        spec.rating = net->rating[i];
        spec.one_way = net->one_way[i];
        toc_builder_link(small->builder, &spec);
    }
    small_run(small, 1); /* which checks that every node balances and no rating is exceeded */
}

static bool joined(const struct net *net, int site) {
    for (int i = 0; i < net->pipes; i++) {
        if (net->from[i] == site || net->to[i] == site) {
            return true;
        }
    }
    return net->source[site] > 0 || net->most[site] > 0;
}

static void read(const struct small *small, const struct net *net, int64_t *gets) {
    char id[8];
    for (int i = 0; i < net->sites; i++) {
        (void)snprintf(id, sizeof id, "s%d", i);
        gets[i] = water_at(small, id);
    }
}

/* Those of the first classes together get as much as could be delivered to them at all. */
static void check_priorities(const struct net *net, const int64_t *gets) {
    for (unsigned priority = 1; priority <= CLASSES; priority++) {
        int64_t asks[SITES] = {0}, sum = 0;
        for (int i = 0; i < net->sites; i++) {
            if (net->priority[i] <= priority && joined(net, i)) {
                asks[i] = net->demand[i];
                sum += gets[i];
            }
        }
        assert_true(sum == most_delivered(net, asks));
    }
}

/* Nobody can get more without taking it from somebody of its class who is no better off. */
static void check_fairness(const struct net *net, const int64_t *gets) {
    for (int i = 0; i < net->sites; i++) {
        int64_t asks[SITES] = {0}, sum = 0, step = 100;
        if (!joined(net, i) || gets[i] + step > net->demand[i]) {
            continue;
        }
        for (int j = 0; j < net->sites; j++) {
            if (net->priority[j] < net->priority[i] || !joined(net, j)) {
                asks[j] = joined(net, j) ? gets[j] : 0;
            } else if (net->priority[j] == net->priority[i] && net->demand[j] > 0) {
                /* as well off as i would be then, if it is better off now */
                int64_t even = (gets[i] + step) * net->demand[j] / net->demand[i] + step;
                asks[j] = j == i ? gets[i] + step : gets[j] < even ? gets[j] : even;
            }
            sum += asks[j];
        }
        assert_true(most_delivered(net, asks) < sum);
    }
}

static void every_network_is_served_as_the_rules_say(void **state) {
    struct dice dice = {support_seed("every_network_is_served_as_the_rules_say")};
    (void)state;
    for (int i = 0; i < 300; i++) {
        static const int order[SITES] = {0, 1, 2, 3, 4, 5, 6};
        int64_t gets[SITES];
        struct net net = any_net(&dice);
        struct small small;
        build(&small, &net, order);
        read(&small, &net, gets);
        check_priorities(&net, gets);
        check_fairness(&net, gets);
        small_end(&small);
    }
}

/* What each gets is a matter of the network, not of the order in which it was told, but for what
   rounding leaves. */
static void the_order_of_telling_changes_nothing(void **state) {
    struct dice dice = {support_seed("the_order_of_telling_changes_nothing")};
    (void)state;
    for (int round = 0; round < 200; round++) {
        int order[SITES] = {0, 1, 2, 3, 4, 5, 6};
        int64_t gets[SITES], again[SITES];
        struct net net = any_net(&dice);
        struct small small;
        build(&small, &net, order);
        read(&small, &net, gets);
        small_end(&small);
        for (int i = net.sites - 1; i > 0; i--) {
            int j = (int)roll(&dice, (uint64_t)i + 1), kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        build(&small, &net, order);
        read(&small, &net, again);
        small_end(&small);
        for (int i = 0; i < net.sites; i++) {
            assert_in_range(gets[i] - again[i] + 2 * SITES, 0, 4 * SITES);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_network_is_served_as_the_rules_say),
        cmocka_unit_test(the_order_of_telling_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
