#include "model/sight.h"

#include "kernel/assert.h"
#include "model/need.h"
#include "model/reading.h"
#include "model/sense.h"
#include "model/traffic.h"
#include "model/world_state.h"

#include <string.h>

struct falsehood {
    uint32_t element;
    toc_operation shown;
};

/* -- View and command -------------------------------------------------------------------------- */

bool toc_sight_has_view(const toc_world *world, uint32_t asset) {
    return state_has_control(world, asset) && (world->elements[asset].flags & ELEMENT_BLIND) == 0;
}

bool toc_sight_takes_commands(const toc_world *world, uint32_t asset) {
    return state_has_control(world, asset) && (world->elements[asset].flags & ELEMENT_DEAF) == 0;
}

static bool is_operable(const toc_world *world, uint32_t operator_index, uint32_t asset) {
    return world->topology->assets[asset].operator_index == operator_index &&
           toc_sight_takes_commands(world, asset);
}

bool toc_sight_is_operable(const toc_world *world, uint32_t operator_index, uint32_t element) {
    const toc_topology *topology = world->topology;
    const toc_link *link;
    if (element < topology->asset_count) {
        return toc_sight_takes_commands(world, element);
    }
    link = &topology->links[element - topology->asset_count];
    return is_operable(world, operator_index, link->from) ||
           is_operable(world, operator_index, link->to);
}

const char *toc_sight_refusal(const toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    bool has_control;
    if (element < topology->asset_count) {
        has_control = state_has_control(world, element);
    } else {
        const toc_link *link = &topology->links[element - topology->asset_count];
        has_control = state_has_control(world, link->from) || state_has_control(world, link->to);
    }
    return has_control ? "it does not answer to commands" : "there is no remote control";
}

bool toc_sight_is_hit(const toc_world *world, uint32_t element, toc_cause cause) {
    const toc_topology *topology = world->topology;
    const toc_link *link;
    if (element < topology->asset_count || toc_world_has_cause(world, element, cause)) {
        return toc_world_has_cause(world, element, cause);
    }
    link = &topology->links[element - topology->asset_count];
    return link->kind == TOC_LINK_TRAFFIC && (toc_world_has_cause(world, link->from, cause) ||
                                              toc_world_has_cause(world, link->to, cause));
}

/* Whether the asset itself or too much of what its control runs through has the cause. */
static bool is_denied(const toc_world *world, uint32_t asset, toc_cause cause) {
    const toc_topology *topology = world->topology;
    const toc_asset *facts = &topology->assets[asset];
    if (toc_world_has_cause(world, asset, cause)) {
        return true;
    }
    for (uint32_t i = facts->first_need; i < facts->first_need + facts->need_count; i++) {
        if (topology->needs[i].purpose == TOC_NEED_CONTROL &&
            !toc_need_is_met_without(world, i, cause)) {
            return true;
        }
    }
    return false;
}

static void set_flag(toc_world *world, uint32_t asset, enum element_flag flag, bool on) {
    uint16_t *flags = &world->elements[asset].flags;
    *flags = (uint16_t)(on ? *flags | flag : *flags & ~flag);
}

static void look_at_view(toc_world *world, uint32_t asset) {
    bool had = toc_sight_has_view(world, asset), has;
    set_flag(world, asset, ELEMENT_BLIND, is_denied(world, asset, TOC_CAUSE_VIEW_DENIED));
    has = toc_sight_has_view(world, asset);
    if (had != has) {
        toc_world_tell(world, (toc_change){TOC_CHANGE_VIEW, asset, TOC_INDEX_NONE, had, has});
        toc_sense_sight(world, asset);
    }
}

static void look_at_command(toc_world *world, uint32_t asset) {
    bool took = toc_sight_takes_commands(world, asset), takes;
    set_flag(world, asset, ELEMENT_DEAF, is_denied(world, asset, TOC_CAUSE_CONTROL_DENIED));
    takes = toc_sight_takes_commands(world, asset);
    if (took != takes) {
        toc_world_tell(world, (toc_change){TOC_CHANGE_COMMAND, asset, TOC_INDEX_NONE, took, takes});
    }
}

void toc_sight_look(toc_world *world, uint32_t asset) {
    if (world->denials > 0 ||
        (world->elements[asset].flags & (ELEMENT_BLIND | ELEMENT_DEAF)) != 0) {
        look_at_view(world, asset);
        look_at_command(world, asset);
    }
}

/* At those whose control runs through the element. */
static void look_behind(toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    uint32_t end = topology->wanted_first[element + 1];
    for (uint32_t at = topology->wanted_first[element]; at < end; at++) {
        const toc_need *need = &topology->needs[topology->wanted_by[at]];
        if (need->purpose == TOC_NEED_CONTROL) {
            toc_sight_look(world, need->asset);
        }
    }
}

static void deny(toc_world *world, uint32_t element, bool comes) {
    uint32_t traffic;
    TOC_ASSERT(comes || world->denials > 0);
    world->denials += comes ? 1 : 0;
    look_behind(world, element);
    if (element < world->topology->asset_count) {
        toc_sight_look(world, element);
        for (uint32_t i = 0; (traffic = toc_traffic_at(world, element, i)) != TOC_INDEX_NONE; i++) {
            look_behind(world, traffic);
        }
    }
    world->denials -= comes ? 0 : 1;
}

/* -- False states ------------------------------------------------------------------------------ */

static struct falsehood *find(const toc_world *world, uint32_t element) {
    for (uint32_t i = 0; i < world->falsehoods.count; i++) {
        struct falsehood *falsehood = TOC_LIST_AT(struct falsehood, &world->falsehoods, i);
        if (falsehood->element == element) {
            return falsehood;
        }
    }
    return NULL;
}

toc_operation toc_sight_shown(const toc_world *world, uint32_t element) {
    const struct falsehood *falsehood = find(world, element);
    return falsehood == NULL ? toc_world_operation(world, element) : falsehood->shown;
}

static void show(toc_world *world, uint32_t element, toc_operation before, toc_operation after) {
    if (before != after) {
        toc_world_tell(world,
                       (toc_change){TOC_CHANGE_SHOWN, element, TOC_INDEX_NONE, before, after});
        toc_sense_shown(world, element);
    }
}

bool toc_sight_falsify(toc_world *world, uint32_t element, toc_operation shown) {
    toc_operation before = toc_sight_shown(world, element);
    bool is_new = toc_world_fail(world, element, TOC_CAUSE_FALSIFIED);
    TOC_ASSERT(shown < TOC_OPERATIONS);
    find(world, element)->shown = shown;
    show(world, element, before, shown);
    return is_new || before != shown;
}

/* What nobody gave a false state is frozen as it is; the level of a tank is true again with it. */
static void falsify(toc_world *world, uint32_t element, bool comes) {
    struct falsehood *known = find(world, element);
    toc_operation truth = toc_world_operation(world, element);
    if (comes) {
        TOC_ASSERT(known == NULL);
        *(struct falsehood *)toc_list_add(&world->falsehoods, sizeof *known) =
            (struct falsehood){element, truth};
        return;
    }
    toc_operation shown = known->shown;
    struct falsehood *last =
        TOC_LIST_AT(struct falsehood, &world->falsehoods, world->falsehoods.count - 1);
    memmove(known, known + 1, (size_t)(last - known) * sizeof *known);
    world->falsehoods.count--;
    toc_reading_restore(world, element);
    show(world, element, shown, truth);
}

/* -- Whole ------------------------------------------------------------------------------------- */

void toc_sight_cause_changed(toc_world *world, uint32_t element, toc_cause cause) {
    bool comes = toc_world_has_cause(world, element, cause);
    if (cause == TOC_CAUSE_FALSIFIED) {
        falsify(world, element, comes);
    } else if (cause == TOC_CAUSE_VIEW_DENIED || cause == TOC_CAUSE_CONTROL_DENIED) {
        deny(world, element, comes);
    }
}

void toc_sight_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->falsehoods.count; i++) {
        const struct falsehood *falsehood =
            TOC_LIST_AT(const struct falsehood, &world->falsehoods, i);
        toc_digest_u64(digest, (uint64_t)falsehood->element << 8 | falsehood->shown);
    }
}

void toc_sight_finish(toc_world *world) {
    toc_list_finish(&world->falsehoods);
}
