#include "model/drought.h"

#include "kernel/assert.h"
#include "model/need.h"
#include "model/settle.h"
#include "model/tank.h"
#include "model/transport.h"

#include <string.h>

/* Until pipes and mains have filled again. Our planning value; it also keeps a town that draws so
   much that it gets nothing from switching itself on and off within an instant. */
static const toc_time fills_within = TOC_MINUTE;

struct drought {
    uint32_t asset, commodity;
    toc_event_id event; /* it is looked whether what came again still comes */
};

static struct drought *find(const toc_world *world, uint32_t asset, uint32_t commodity) {
    for (uint32_t i = 0; i < world->droughts.count; i++) {
        struct drought *drought = TOC_LIST_AT(struct drought, &world->droughts, i);
        if (drought->asset == asset && drought->commodity == commodity) {
            return drought;
        }
    }
    return NULL;
}

/* Whether what `asset` needs of the source is of that commodity. */
static bool is_asked(const toc_world *world, uint32_t source, uint32_t asset, uint32_t commodity) {
    const toc_topology *topology = world->topology;
    const char *service = topology->commodities[commodity].service;
    uint32_t end = topology->wanted_first[source + 1];
    for (uint32_t at = topology->wanted_first[source]; at < end; at++) {
        const toc_need *need = &topology->needs[topology->wanted_by[at]];
        if (need->asset == asset && strcmp(need->service, service) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether a drought of another commodity than `but` cuts it short. */
static bool cuts_but(const toc_world *world, uint32_t source, uint32_t asset, uint32_t but) {
    for (uint32_t i = 0; i < world->droughts.count; i++) {
        const struct drought *drought = TOC_LIST_AT(const struct drought, &world->droughts, i);
        if (drought->asset == source && drought->commodity != but &&
            is_asked(world, source, asset, drought->commodity)) {
            return true;
        }
    }
    return false;
}

bool toc_drought_cuts(const toc_world *world, uint32_t source, uint32_t asset) {
    return (world->elements[source].flags & ELEMENT_DRY) != 0 &&
           cuts_but(world, source, asset, TOC_INDEX_NONE);
}

bool toc_drought_gives(const toc_world *world, uint32_t source, uint32_t asset) {
    return state_is_up(world, source) && !toc_drought_cuts(world, source, asset);
}

/* For who cannot live from it any more, or can again; the list has changed already. */
static void carry_over(toc_world *world, uint32_t source, uint32_t commodity, bool comes) {
    const toc_topology *topology = world->topology;
    uint32_t end = topology->wanted_first[source + 1], last = TOC_INDEX_NONE;
    for (uint32_t at = topology->wanted_first[source]; at < end; at++) {
        uint32_t asset = topology->needs[topology->wanted_by[at]].asset;
        if (asset != last && is_asked(world, source, asset, commodity) &&
            !cuts_but(world, source, asset, commodity)) {
            toc_need_pair_changed(world, source, asset, comes);
        }
        last = asset;
    }
}

static void begin(toc_world *world, uint32_t asset, uint32_t commodity) {
    *(struct drought *)toc_list_add(&world->droughts, sizeof(struct drought)) =
        (struct drought){.asset = asset, .commodity = commodity};
    world->elements[asset].flags |= ELEMENT_DRY;
    carry_over(world, asset, commodity, false);
    toc_settle_run(world);
}

static void end(toc_world *world, struct drought *drought) {
    struct drought ended = *drought;
    const struct drought *last =
        TOC_LIST_AT(const struct drought, &world->droughts, world->droughts.count - 1);
    bool more = false;
    memmove(drought, drought + 1, (size_t)(last - drought) * sizeof *drought);
    world->droughts.count--;
    for (uint32_t i = 0; i < world->droughts.count; i++) {
        more |= TOC_LIST_AT(const struct drought, &world->droughts, i)->asset == ended.asset;
    }
    if (!more) {
        world->elements[ended.asset].flags &= (uint16_t)~ELEMENT_DRY;
    }
    carry_over(world, ended.asset, ended.commodity, true);
    toc_settle_run(world);
}

/* Of what flows there nothing comes, though it is asked for, and nothing is in store. */
static bool is_dry(const toc_world *world, uint32_t asset, uint32_t commodity) {
    uint32_t tank = toc_tank_find(world, asset);
    return (tank == TOC_INDEX_NONE || !toc_tank_may_give(world, tank)) &&
           toc_transport_starves(world, asset, commodity);
}

static void on_filled(void *object, uint64_t argument) {
    toc_world *world = object;
    struct drought *drought = find(world, (uint32_t)(argument >> 32), (uint32_t)argument);
    TOC_ASSERT(drought != NULL);
    drought->event = (toc_event_id){0, 0};
    if (state_is_up(world, drought->asset) && !is_dry(world, drought->asset, drought->commodity)) {
        end(world, drought);
    }
}

void toc_drought_look(toc_world *world, uint32_t asset, uint32_t commodity) {
    struct drought *drought = find(world, asset, commodity);
    bool dry;
    if (!world->has_dry_needs || !state_is_up(world, asset)) {
        return;
    }
    dry = is_dry(world, asset, commodity);
    if (dry && drought == NULL) {
        begin(world, asset, commodity);
    } else if (!dry && drought != NULL &&
               !toc_calendar_is_pending(world->calendar, drought->event)) {
        drought->event = toc_calendar_schedule(
            world->calendar, toc_calendar_now(world->calendar) + fills_within, TOC_PHYSICAL,
            on_filled, world, (uint64_t)asset << 32 | commodity);
    }
}

void toc_drought_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    for (uint32_t i = 0; i < topology->need_count && !world->has_dry_needs; i++) {
        for (uint32_t c = 0; c < topology->commodity_count; c++) {
            world->has_dry_needs |=
                strcmp(topology->needs[i].service, topology->commodities[c].service) == 0;
        }
    }
}

void toc_drought_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->droughts.count; i++) {
        const struct drought *drought = TOC_LIST_AT(const struct drought, &world->droughts, i);
        toc_digest_u64(digest, (uint64_t)drought->asset << 32 | drought->commodity);
    }
}

void toc_drought_finish(toc_world *world) {
    for (uint32_t i = 0; i < world->droughts.count; i++) {
        (void)toc_calendar_cancel(world->calendar,
                                  TOC_LIST_AT(struct drought, &world->droughts, i)->event);
    }
    toc_list_finish(&world->droughts);
}
