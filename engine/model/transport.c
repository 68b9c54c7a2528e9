#include "model/transport.h"

#include "kernel/assert.h"
#include "model/allotment.h"
#include "model/control.h"
#include "model/piping.h"
#include "model/supply.h"
#include "model/drought.h"
#include "model/tank.h"
#include "model/world_state.h"

bool toc_transport_is_modelled(const toc_world *world) {
    return world->transport != NULL;
}

bool toc_transport_is_unsettled(const toc_world *world) {
    return world->transport != NULL &&
           toc_calendar_is_pending(world->calendar, world->transport->evaluation);
}

/* Hands the solution to the rest of the world. */
static void hand_over(toc_world *world, const struct part *part) {
    const struct transport *transport = world->transport;
    for (uint32_t i = 0; i < part->consumer_count; i++) {
        uint32_t provision = transport->consumers[part->first_consumer + i].provision;
        toc_supply_provision_changed(world, provision);
    }
    for (uint32_t i = 0; i < part->tank_count; i++) {
        uint32_t tank = transport->tank_order[part->first_tank + i];
        toc_tank_set_inflow(world, tank,
                            transport->tanks[tank].takes - transport->tanks[tank].gives);
    }
    if (part->tank_count > 0) {
        toc_control_look(world);
    }
}

/* Who lives from those that the part serves may have to do without. */
static void look_for_droughts(toc_world *world, const struct part *part) {
    const struct transport *transport = world->transport;
    for (uint32_t i = 0; world->has_dry_needs && i < part->consumer_count; i++) {
        uint32_t site = transport->consumers[part->first_consumer + i].site;
        toc_drought_look(world, transport->sites[site].asset, part->commodity);
    }
}

static void evaluate(toc_world *world) {
    struct transport *transport = world->transport;
    for (uint32_t i = 0; i < transport->part_count; i++) {
        if (transport->parts[i].dirty) {
            transport->parts[i].dirty = false;
            transport->solved++;
            toc_allotment_solve(world, i);
            hand_over(world, &transport->parts[i]);
            look_for_droughts(world, &transport->parts[i]);
        }
    }
    toc_supply_tell(world);
}

static void on_evaluation(void *object, uint64_t argument) {
    toc_world *world = object;
    (void)argument;
    world->transport->evaluation = (toc_event_id){0, 0};
    evaluate(world);
}

static void touch_part(toc_world *world, uint32_t part) {
    struct transport *transport = world->transport;
    transport->parts[part].dirty = true;
    if (!toc_calendar_is_pending(world->calendar, transport->evaluation)) {
        transport->evaluation =
            toc_calendar_schedule(world->calendar, toc_calendar_now(world->calendar), TOC_PHYSICAL,
                                  on_evaluation, world, 0);
    }
}

void toc_transport_touch(toc_world *world, uint32_t element) {
    const struct transport *transport = world->transport;
    const toc_topology *topology = world->topology;
    if (transport == NULL || (world->elements[element].flags & ELEMENT_FLOWS) == 0) {
        return;
    }
    if (element >= topology->asset_count) {
        uint32_t pipe = transport->pipe_of_link[element - topology->asset_count];
        touch_part(world, transport->pipes[pipe].part);
        return;
    }
    for (uint32_t c = 0; c < topology->commodity_count; c++) {
        uint32_t site = toc_piping_site(transport, topology, element, c);
        if (site != TOC_INDEX_NONE) {
            touch_part(world, transport->sites[site].part);
        }
    }
}

void toc_transport_demand_changed(toc_world *world, uint32_t provision) {
    const struct transport *transport = world->transport;
    if (transport != NULL && transport->consumer_of_provision[provision] != TOC_INDEX_NONE) {
        uint32_t consumer = transport->consumer_of_provision[provision];
        touch_part(world, transport->sites[transport->consumers[consumer].site].part);
    }
}

void toc_transport_tank_changed(toc_world *world, uint32_t tank) {
    const struct transport *transport = world->transport;
    touch_part(world, transport->sites[transport->tanks[tank].site].part);
}

int64_t toc_transport_given(const toc_world *world, uint32_t provision, int64_t supply) {
    const struct transport *transport = world->transport;
    int64_t gets;
    if (transport == NULL || transport->consumer_of_provision[provision] == TOC_INDEX_NONE) {
        return supply;
    }
    gets = transport->consumers[transport->consumer_of_provision[provision]].gets;
    return gets < supply ? gets : supply;
}

uint32_t toc_transport_carries(const toc_world *world, uint32_t link) {
    const struct transport *transport = world->transport;
    return transport == NULL || transport->pipe_of_link[link] == TOC_INDEX_NONE
               ? TOC_INDEX_NONE
               : world->topology->links[link].carries;
}

int64_t toc_transport_carried(const toc_world *world, uint32_t link) {
    const struct transport *transport = world->transport;
    const struct pipe *pipe;
    const toc_maxflow *net;
    if (transport == NULL || transport->pipe_of_link[link] == TOC_INDEX_NONE) {
        return 0;
    }
    pipe = &transport->pipes[transport->pipe_of_link[link]];
    net = transport->parts[pipe->part].net;
    return toc_maxflow_carried(net, pipe->arc) -
           (pipe->back == TOC_INDEX_NONE ? 0 : toc_maxflow_carried(net, pipe->back));
}

static const struct site *find_site(const toc_world *world, uint32_t asset, uint32_t commodity) {
    uint32_t site;
    if (world->transport == NULL) {
        return NULL;
    }
    TOC_ASSERT(commodity < world->topology->commodity_count);
    site = toc_piping_site(world->transport, world->topology, asset, commodity);
    return site == TOC_INDEX_NONE ? NULL : &world->transport->sites[site];
}

int64_t toc_transport_output(const toc_world *world, uint32_t asset, uint32_t commodity) {
    const struct site *site = find_site(world, asset, commodity);
    return site == NULL || site->origin == TOC_INDEX_NONE ? 0 : site->output;
}

int64_t toc_transport_inflow(const toc_world *world, uint32_t asset, uint32_t commodity) {
    const struct site *site = find_site(world, asset, commodity);
    const toc_asset *facts = &world->topology->assets[asset];
    int64_t inflow = 0;
    if (site == NULL) {
        return 0;
    }
    for (uint32_t i = 0; i < facts->provision_count; i++) {
        uint32_t provision = facts->first_provision + i;
        uint32_t consumer = world->transport->consumer_of_provision[provision];
        if (consumer != TOC_INDEX_NONE &&
            world->topology->services[world->topology->provisions[provision].service].commodity ==
                commodity) {
            inflow += world->transport->consumers[consumer].gets;
        }
    }
    if (site->tank != TOC_INDEX_NONE) {
        const struct tank_site *tank = &world->transport->tanks[site->tank];
        inflow += tank->takes - tank->gives;
    }
    return inflow;
}

bool toc_transport_starves(const toc_world *world, uint32_t asset, uint32_t commodity) {
    const struct site *site = find_site(world, asset, commodity);
    const toc_asset *facts = &world->topology->assets[asset];
    int64_t asks = 0, gets = 0;
    if (site == NULL || site->origin != TOC_INDEX_NONE) {
        return false;
    }
    for (uint32_t i = 0; i < facts->provision_count; i++) {
        uint32_t provision = facts->first_provision + i;
        uint32_t consumer = world->transport->consumer_of_provision[provision];
        if (consumer != TOC_INDEX_NONE &&
            world->topology->services[world->topology->provisions[provision].service].commodity ==
                commodity) {
            asks += world->transport->consumers[consumer].asks;
            gets += world->transport->consumers[consumer].gets;
        }
    }
    return asks > 0 && gets == 0;
}

static void mark_elements(toc_world *world) {
    const struct transport *transport = world->transport;
    for (uint32_t i = 0; i < transport->site_count; i++) {
        world->elements[transport->sites[i].asset].flags |= ELEMENT_FLOWS;
    }
    for (uint32_t i = 0; i < transport->pipe_count; i++) {
        world->elements[world->topology->asset_count + transport->pipes[i].link].flags |=
            ELEMENT_FLOWS;
    }
}

void toc_transport_init(toc_world *world) {
    world->transport = toc_piping_create(world->topology);
    if (world->transport == NULL) {
        return;
    }
    mark_elements(world);
    toc_control_begin(world);
    for (uint32_t i = 0; i < world->transport->part_count; i++) {
        world->transport->parts[i].dirty = true;
    }
    do { /* droughts only begin within an instant, so this ends */
        (void)toc_calendar_cancel(world->calendar, world->transport->evaluation);
        world->transport->evaluation = (toc_event_id){0, 0};
        evaluate(world);
    } while (world->droughts.count > 0 && toc_transport_is_unsettled(world));
    (void)toc_calendar_cancel(world->calendar, world->transport->evaluation);
    world->transport->evaluation = (toc_event_id){0, 0};
}

void toc_transport_finish(toc_world *world) {
    if (world->transport != NULL) {
        (void)toc_calendar_cancel(world->calendar, world->transport->evaluation);
        toc_piping_destroy(world->transport);
    }
}

void toc_transport_digest(const toc_world *world, toc_digest *digest) {
    const struct transport *transport = world->transport;
    for (uint32_t i = 0; transport != NULL && i < transport->consumer_count; i++) {
        toc_digest_i64(digest, transport->consumers[i].gets);
    }
    for (uint32_t i = 0; transport != NULL && i < transport->pipe_count; i++) {
        toc_digest_i64(digest, toc_transport_carried(world, transport->pipes[i].link));
    }
}

/* At every node as much leaves as comes, and nothing carries more than it can. */
static void check_part(const toc_world *world, const struct part *part) {
    const struct transport *transport = world->transport;
    for (uint32_t i = 0; i < part->site_count; i++) {
        const struct site *site = &transport->sites[part->first_site + i];
        int64_t balance = site->origin == TOC_INDEX_NONE ? 0 : site->output;
        balance -= toc_transport_inflow(world, site->asset, part->commodity);
        transport->sites[part->first_site + i].balance = balance;
    }
    for (uint32_t i = 0; i < part->pipe_count; i++) {
        const struct pipe *pipe = &transport->pipes[part->first_pipe + i];
        const toc_link *link = &world->topology->links[pipe->link];
        int64_t carried = toc_transport_carried(world, pipe->link);
        TOC_ASSERT(link->rating == 0 || (carried <= link->rating && -carried <= link->rating));
        TOC_ASSERT(!link->one_way || carried >= 0);
        TOC_ASSERT(carried == 0 || state_is_up(world, world->topology->asset_count + pipe->link));
        transport->sites[pipe->from].balance -= carried;
        transport->sites[pipe->to].balance += carried;
    }
    for (uint32_t i = 0; i < part->site_count; i++) {
        TOC_ASSERT(transport->sites[part->first_site + i].balance == 0);
    }
}

void toc_transport_check(const toc_world *world) {
    const struct transport *transport = world->transport;
    for (uint32_t i = 0; transport != NULL && i < transport->part_count; i++) {
        if (!transport->parts[i].dirty) {
            check_part(world, &transport->parts[i]);
        }
    }
}
