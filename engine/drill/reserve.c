#include "drill/reserve.h"

#include "drill/fieldwork.h"
#include "drill/seat.h"
#include "kernel/assert.h"
#include "model/bridge.h"
#include "model/failover.h"
#include "model/settle.h"

/* The next buffer from `*place` on that feeds the asset; false at the end. */
static bool next_store(const toc_drill *drill, uint32_t asset, uint32_t *place) {
    while (*place < drill->topology->buffer_count) {
        if (drill->topology->buffers[(*place)++].feeds == asset) {
            return true;
        }
    }
    return false;
}

static bool is_up(const toc_drill *drill, uint32_t asset) {
    toc_operation operation = toc_world_operation(drill->world, asset);
    return operation == TOC_ON || operation == TOC_DEGRADED;
}

static bool has_failover(const toc_drill *drill, uint32_t asset) {
    const toc_asset *facts = &drill->topology->assets[asset];
    bool found = false;
    for (uint32_t i = 0; i < facts->need_count; i++) {
        found = found || toc_failover_source(drill->world, facts->first_need + i) != TOC_INDEX_NONE;
    }
    return found;
}

const char *toc_reserve_begin(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = toc_fieldwork_refusal(drill, ticket);
    uint32_t place = 0;
    if (why != NULL) {
        return why;
    }
    if (ticket->object >= drill->topology->asset_count) {
        return "a link has no reserves";
    }
    if (ticket->verb == TOC_VERB_FAILOVER) {
        return has_failover(drill, ticket->object) ? NULL
                                                   : "it has no standby that it could move to";
    }
    if (!next_store(drill, ticket->object, &place)) {
        return ticket->verb == TOC_VERB_REFILL
                   ? "it lives from no store"
                   : "it has no store of its own to start from: reenergise it from the grid";
    }
    if (ticket->verb == TOC_VERB_BLACK_START && is_up(drill, ticket->object)) {
        return "it runs already";
    }
    return NULL;
}

static const char *fail_over(toc_drill *drill, const toc_ticket *ticket) {
    const toc_asset *facts = &drill->topology->assets[ticket->object];
    const char *to = toc_parameter_text(&ticket->parameters, "to");
    uint32_t source = to == NULL ? TOC_INDEX_NONE : toc_topology_find_element(drill->topology, to);
    for (uint32_t i = facts->first_need; i < facts->first_need + facts->need_count; i++) {
        if (toc_failover_source(drill->world, i) != TOC_INDEX_NONE &&
            toc_failover_move(drill->world, i, source)) {
            return NULL;
        }
    }
    return "there is no standby that is up, has room and can be reached through its control plane";
}

static const char *start_alone(toc_drill *drill, const toc_ticket *ticket) {
    for (int cause = TOC_CAUSE_OPENED; cause < TOC_CAUSES; cause++) {
        if (cause == TOC_CAUSE_OPENED || cause == TOC_CAUSE_SWITCHED_OFF ||
            cause == TOC_CAUSE_TRIPPED) {
            (void)toc_world_clear(drill->world, ticket->object, (toc_cause)cause);
        }
    }
    if (is_up(drill, ticket->object) || toc_settle_start_alone(drill->world, ticket->object)) {
        return NULL;
    }
    return toc_world_outage(drill->world, ticket->object) != 0
               ? "it is out of order: repair it first"
               : "it lacks what it needs to run, not only to start";
}

const char *toc_reserve_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    const char *why = NULL;
    drill->actor = toc_seat_name(drill, ticket->seat);
    if (ticket->verb == TOC_VERB_FAILOVER) {
        why = fail_over(drill, ticket);
        *out_said = "it is on its way to its standby";
    } else if (ticket->verb == TOC_VERB_BLACK_START) {
        why = start_alone(drill, ticket);
    } else {
        for (uint32_t place = 0; next_store(drill, ticket->object, &place);) {
            toc_bridge_refill(drill->world, place - 1);
        }
        *out_said = "its stores are full";
    }
    drill->actor = "";
    return why;
}
