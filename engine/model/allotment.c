#include "model/allotment.h"

#include "kernel/arena.h"
#include "model/demand.h"
#include "model/sharing.h"
#include "model/tank.h"

#include <string.h>

__extension__ typedef __int128 wide;

enum {
    ROUNDS = 64, /* splits of a shortage into smaller ones; what is then left uneven stays so */
    PRIORITIES = 9
};

/* What a tank without a limit gives or takes: more than any pipe carries, and 65,536 of it fit. */
static const int64_t tank_most = INT64_C(1) << 46;

/* One solution under way. */
struct allotment {
    const toc_world *world;
    const struct transport *transport;
    struct part *part;
    toc_maxflow *net;
    struct share *shares; /* room for every site or tank */
    uint8_t *forth, *back;
};

static int64_t limit(int64_t rate) {
    return rate > 0 && rate < TOC_MAXFLOW_UNLIMITED ? rate : TOC_MAXFLOW_UNLIMITED;
}

static const struct site *site_at(const struct allotment *allotment, uint32_t index) {
    return &allotment->transport->sites[allotment->part->first_site + index];
}

static struct tank_site *tank_at(const struct allotment *allotment, uint32_t index) {
    uint32_t tank = allotment->transport->tank_order[allotment->part->first_tank + index];
    return &allotment->transport->tanks[tank];
}

static void open_sites(const struct allotment *allotment) {
    const toc_topology *topology = allotment->world->topology;
    for (uint32_t i = 0; i < allotment->part->site_count; i++) {
        const struct site *site = site_at(allotment, i);
        bool up = state_is_up(allotment->world, site->asset);
        int64_t rate =
            site->origin == TOC_INDEX_NONE || !up ? 0 : limit(topology->origins[site->origin].rate);
        toc_maxflow_set_label(allotment->net, site->in, 0);
        toc_maxflow_set_label(allotment->net, site->out, 0);
        toc_maxflow_set_wants(allotment->net, site->in, 0);
        toc_maxflow_set_has(allotment->net, site->out, 0);
        toc_maxflow_set_wants(allotment->net, site->out, 0);
        toc_maxflow_set_has(allotment->net, site->in, rate);
        if (site->valve != TOC_INDEX_NONE) {
            int64_t most = up ? limit(topology->throughputs[site->throughput].rate) : 0;
            toc_maxflow_limit(allotment->net, site->valve, most, 0);
        }
    }
}

/* What is out gives, takes and passes nothing. */
static void open_pipes(const struct allotment *allotment) {
    const toc_world *world = allotment->world;
    for (uint32_t i = 0; i < allotment->part->pipe_count; i++) {
        const struct pipe *pipe = &allotment->transport->pipes[allotment->part->first_pipe + i];
        const toc_link *link = &world->topology->links[pipe->link];
        bool open = state_is_up(world, world->topology->asset_count + pipe->link) &&
                    state_is_up(world, link->from) && state_is_up(world, link->to);
        int64_t forth = open ? limit(link->rating) : 0, back = link->one_way ? 0 : forth;
        if (pipe->back == TOC_INDEX_NONE) {
            toc_maxflow_limit(allotment->net, pipe->arc, forth, back);
        } else {
            toc_maxflow_limit(allotment->net, pipe->arc, forth, 0);
            toc_maxflow_limit(allotment->net, pipe->back, back, 0);
        }
    }
}

static void open_tanks(const struct allotment *allotment) {
    const toc_world *world = allotment->world;
    for (uint32_t i = 0; i < allotment->part->tank_count; i++) {
        uint32_t index = allotment->transport->tank_order[allotment->part->first_tank + i];
        struct tank_site *tank = tank_at(allotment, i);
        const toc_tank *facts = &world->topology->tanks[index];
        bool up = state_is_up(world, facts->asset);
        int64_t joint = up ? TOC_MAXFLOW_UNLIMITED : 0;
        tank->gives = tank->takes = 0;
        tank->can_give = !up || !toc_tank_may_give(world, index)      ? 0
                         : facts->give > 0 && facts->give < tank_most ? facts->give
                                                                      : tank_most;
        tank->can_take = !up || !toc_tank_may_take(world, index)      ? 0
                         : facts->fill > 0 && facts->fill < tank_most ? facts->fill
                                                                      : tank_most;
        toc_maxflow_limit(allotment->net, tank->joint, joint, joint);
        toc_maxflow_set_label(allotment->net, tank->node, 0);
        toc_maxflow_set_has(allotment->net, tank->node, 0);
        toc_maxflow_set_wants(allotment->net, tank->node, 0);
    }
}

static void offer_tanks(const struct allotment *allotment) {
    for (uint32_t i = 0; i < allotment->part->tank_count; i++) {
        struct tank_site *tank = tank_at(allotment, i);
        toc_maxflow_set_has(allotment->net, tank->node, tank->can_give - tank->gives);
    }
}

static void withdraw_tanks(const struct allotment *allotment) {
    for (uint32_t i = 0; i < allotment->part->tank_count; i++) {
        struct tank_site *tank = tank_at(allotment, i);
        tank->gives = tank->can_give - toc_maxflow_has(allotment->net, tank->node);
        toc_maxflow_set_has(allotment->net, tank->node, 0);
    }
}

/* What the consumers of one priority ask, summed at their nodes: shares by site, in order. */
static uint32_t ask(const struct allotment *allotment, unsigned priority) {
    const struct transport *transport = allotment->transport;
    const toc_topology *topology = allotment->world->topology;
    uint32_t count = 0, last = TOC_INDEX_NONE;
    for (uint32_t i = 0; i < allotment->part->consumer_count; i++) {
        struct consumer *consumer = &transport->consumers[allotment->part->first_consumer + i];
        const toc_provision *facts = &topology->provisions[consumer->provision];
        int64_t demand = toc_demand_now(allotment->world, consumer->provision);
        if (facts->priority != priority) {
            continue;
        }
        consumer->gets = 0;
        consumer->asks = facts->capacity < demand ? facts->capacity : demand;
        if (!state_is_up(allotment->world, facts->asset)) {
            consumer->asks = 0;
        }
        if (consumer->site != last) {
            last = consumer->site;
            allotment->shares[count++] =
                (struct share){.node = transport->sites[consumer->site].out};
        }
        allotment->shares[count - 1].weight += consumer->asks;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct share *share = &allotment->shares[i];
        share->most = share->weight;
        toc_maxflow_set_wants(allotment->net, share->node, share->weight);
    }
    return count;
}

/* Sources have their own while others are evened out. */
static void put_aside(const struct allotment *allotment, bool aside) {
    for (uint32_t i = 0; i < allotment->part->site_count; i++) {
        struct site *site = &allotment->transport->sites[allotment->part->first_site + i];
        if (site->origin != TOC_INDEX_NONE && aside) {
            site->output = toc_maxflow_has(allotment->net, site->in);
            toc_maxflow_set_has(allotment->net, site->in, 0);
        } else if (site->origin != TOC_INDEX_NONE) {
            toc_maxflow_set_has(allotment->net, site->in, site->output);
        }
    }
}

static void label_all(const struct allotment *allotment, bool by_reach) {
    for (uint32_t n = 0; n < allotment->part->nodes; n++) {
        toc_maxflow_set_label(allotment->net, n,
                              by_reach && toc_maxflow_is_reached(allotment->net, n) ? 1 : 0);
    }
}

/* What the shares got, to the consumers behind them: at one place in proportion. */
static void hand_out(const struct allotment *allotment, unsigned priority, uint32_t count) {
    const struct transport *transport = allotment->transport;
    uint32_t share = 0, last = TOC_INDEX_NONE;
    wide rest = 0;
    for (uint32_t i = 0; i < allotment->part->consumer_count && count > 0; i++) {
        struct consumer *consumer = &transport->consumers[allotment->part->first_consumer + i];
        const struct share *facts;
        wide asked;
        if (allotment->world->topology->provisions[consumer->provision].priority != priority) {
            continue;
        }
        share += last != TOC_INDEX_NONE && consumer->site != last ? 1 : 0;
        rest = consumer->site != last ? 0 : rest;
        last = consumer->site;
        facts = &allotment->shares[share];
        if (facts->weight > 0) {
            asked = (wide)facts->amount * consumer->asks + rest;
            consumer->gets = (int64_t)(asked / facts->weight);
            rest = asked % facts->weight;
        }
    }
}

static void serve(const struct allotment *allotment, unsigned priority) {
    uint32_t count = ask(allotment, priority);
    bool lacks = false;
    (void)toc_maxflow_push(allotment->net);
    for (uint32_t i = 0; i < count; i++) {
        lacks = lacks || toc_maxflow_wants(allotment->net, allotment->shares[i].node) > 0;
    }
    if (lacks && allotment->part->tank_count > 0) {
        offer_tanks(allotment);
        (void)toc_maxflow_push(allotment->net);
        withdraw_tanks(allotment);
        lacks = false;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct share *share = &allotment->shares[i];
        int64_t wants = toc_maxflow_wants(allotment->net, share->node);
        share->amount = share->weight - wants;
        lacks = lacks || wants > 0;
        toc_maxflow_set_wants(allotment->net, share->node, 0);
    }
    if (lacks) {
        label_all(allotment, true);
        put_aside(allotment, true);
        toc_sharing_even(allotment->net, allotment->part->nodes, allotment->shares, count, false,
                         ROUNDS);
        put_aside(allotment, false);
        label_all(allotment, false);
    }
    hand_out(allotment, priority, count);
}

/* Sources give back to tanks what these need not have given, and fill them with what is left. */
static void refill(const struct allotment *allotment, bool back) {
    for (uint32_t i = 0; i < allotment->part->tank_count; i++) {
        const struct tank_site *tank = tank_at(allotment, i);
        toc_maxflow_set_wants(allotment->net, tank->node, back ? tank->gives : tank->can_take);
    }
    (void)toc_maxflow_push(allotment->net);
    for (uint32_t i = 0; i < allotment->part->tank_count; i++) {
        struct tank_site *tank = tank_at(allotment, i);
        int64_t wants = toc_maxflow_wants(allotment->net, tank->node);
        if (back) {
            tank->gives = wants;
        } else {
            tank->takes = tank->can_take - wants;
        }
        toc_maxflow_set_wants(allotment->net, tank->node, 0);
    }
}

static void even_tanks(const struct allotment *allotment, bool giving) {
    const toc_topology *topology = allotment->world->topology;
    uint32_t count = 0;
    int64_t total = 0;
    for (uint32_t i = 0; i < allotment->part->tank_count; i++) {
        uint32_t index = allotment->transport->tank_order[allotment->part->first_tank + i];
        const struct tank_site *tank = tank_at(allotment, i);
        int64_t can = giving ? tank->can_give : tank->can_take;
        int64_t amount = giving ? tank->gives : tank->takes;
        if (can > 0 && (giving ? tank->takes : tank->gives) == 0) {
            allotment->shares[count++] =
                (struct share){tank->node, amount, topology->tanks[index].volume, can};
            total += amount;
        }
    }
    if (count < 2 || total == 0) {
        return;
    }
    toc_sharing_even(allotment->net, allotment->part->nodes, allotment->shares, count, giving, 1);
    label_all(allotment, false);
    for (uint32_t i = 0, at = 0; i < allotment->part->tank_count && at < count; i++) {
        struct tank_site *tank = tank_at(allotment, i);
        if (tank->node == allotment->shares[at].node) {
            *(giving ? &tank->gives : &tank->takes) = allotment->shares[at++].amount;
        }
    }
}

/* Fills one tank from those that it cannot give back to. */
static void lift(const struct allotment *allotment, uint32_t at) {
    struct tank_site *to = tank_at(allotment, at);
    int64_t room = to->can_take - to->takes + to->gives, moved;
    bool any = false;
    if (room == 0) {
        return;
    }
    toc_maxflow_trace(allotment->net, to->node, true, allotment->forth);
    toc_maxflow_trace(allotment->net, to->node, false, allotment->back);
    for (uint32_t i = 0; i < allotment->part->tank_count; i++) {
        const struct tank_site *from = tank_at(allotment, i);
        if (allotment->back[from->node] != 0 && allotment->forth[from->node] == 0) {
            toc_maxflow_set_has(allotment->net, from->node, from->can_give - from->gives);
            any = true;
        }
    }
    if (!any) {
        return;
    }
    toc_maxflow_set_wants(allotment->net, to->node, room);
    moved = toc_maxflow_push(allotment->net);
    to->takes += moved > to->gives ? moved - to->gives : 0;
    to->gives -= moved < to->gives ? moved : to->gives;
    toc_maxflow_set_wants(allotment->net, to->node, 0);
    for (uint32_t i = 0; i < allotment->part->tank_count; i++) {
        struct tank_site *from = tank_at(allotment, i);
        if (allotment->back[from->node] != 0 && allotment->forth[from->node] == 0) {
            from->gives = from->can_give - toc_maxflow_has(allotment->net, from->node);
            toc_maxflow_set_has(allotment->net, from->node, 0);
        }
    }
}

static void settle_tanks(const struct allotment *allotment) {
    if (allotment->part->tank_count == 0) {
        return;
    }
    refill(allotment, true);
    refill(allotment, false);
    put_aside(allotment, true);
    even_tanks(allotment, false);
    even_tanks(allotment, true);
    for (uint32_t i = 0; i < allotment->part->tank_count && allotment->part->has_one_way; i++) {
        lift(allotment, i);
    }
    put_aside(allotment, false);
}

/* From what sources still have to what they put out. */
static void read_outputs(const struct allotment *allotment) {
    for (uint32_t i = 0; i < allotment->part->site_count; i++) {
        struct site *site = &allotment->transport->sites[allotment->part->first_site + i];
        if (site->origin != TOC_INDEX_NONE) {
            int64_t rate = limit(allotment->world->topology->origins[site->origin].rate);
            bool up = state_is_up(allotment->world, site->asset);
            site->output = up ? rate - toc_maxflow_has(allotment->net, site->in) : 0;
        }
    }
}

void toc_allotment_solve(const toc_world *world, uint32_t index) {
    struct part *part = &world->transport->parts[index];
    struct allotment allotment = {
        .world = world, .transport = world->transport, .part = part, .net = part->net};
    size_t most = (size_t)part->site_count + part->tank_count + 1;
    allotment.shares = toc_arena_heap(NULL, most, sizeof *allotment.shares);
    allotment.forth = toc_arena_heap(NULL, (size_t)part->nodes + 1, 1);
    allotment.back = toc_arena_heap(NULL, (size_t)part->nodes + 1, 1);
    open_sites(&allotment);
    open_pipes(&allotment);
    open_tanks(&allotment);
    for (unsigned priority = 1; priority <= PRIORITIES; priority++) {
        if ((part->priorities & 1u << priority) != 0) {
            serve(&allotment, priority);
        }
    }
    settle_tanks(&allotment);
    read_outputs(&allotment);
    toc_arena_heap_free(allotment.shares);
    toc_arena_heap_free(allotment.forth);
    toc_arena_heap_free(allotment.back);
}
