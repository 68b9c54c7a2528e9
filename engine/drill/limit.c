#include "drill/limit.h"

#include <string.h>

#include "drill/fieldwork.h"
#include "drill/seat.h"
#include "model/failover.h"
#include "model/throttle.h"

enum { WHOLE = 1000000 };

static int64_t share_of(const toc_ticket *ticket) {
    return ticket->verb == TOC_VERB_LIFT_LIMIT
               ? WHOLE
               : toc_parameter_ppm(&ticket->parameters, "share", WHOLE / 2);
}

static bool has_failover(const toc_drill *drill, uint32_t asset) {
    const toc_asset *facts = &drill->topology->assets[asset];
    bool found = false;
    for (uint32_t i = 0; i < facts->need_count; i++) {
        found = found || toc_failover_source(drill->world, facts->first_need + i) != TOC_INDEX_NONE;
    }
    return found;
}

static bool has_trains(const toc_drill *drill, uint32_t asset) {
    toc_asset_kind kind = drill->topology->assets[asset].kind;
    return strcmp(toc_topology_kind(kind)->family, "transport") == 0;
}

/* The provider of the host may do it as well as whoever owns the tenant. */
static bool is_host(const toc_drill *drill, const toc_ticket *ticket) {
    const toc_asset *facts = &drill->topology->assets[ticket->object];
    uint32_t us = toc_seat_operator(drill, ticket->seat);
    bool found = false;
    for (uint32_t i = 0; i < facts->need_count && us != TOC_INDEX_NONE; i++) {
        uint32_t source = toc_failover_source(drill->world, facts->first_need + i);
        found = found || (source != TOC_INDEX_NONE && toc_fieldwork_owns(drill, us, source));
    }
    return found;
}

static const char *unfit(const toc_drill *drill, const toc_ticket *ticket) {
    if (ticket->verb == TOC_VERB_SPEED_LIMIT && !has_trains(drill, ticket->object)) {
        return "nothing runs there: it is for stations and other places of transport";
    }
    if (ticket->verb == TOC_VERB_THROTTLE_TENANT && !has_failover(drill, ticket->object)) {
        return "it is nobody's tenant: rate_limit holds other assets to a share";
    }
    return NULL;
}

const char *toc_limit_begin(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = toc_fieldwork_refusal(drill, ticket);
    if (ticket->object >= drill->topology->asset_count) {
        return "a link has no share to be held to: switch_off takes it out of use";
    }
    if (why != NULL && ticket->verb != TOC_VERB_SPEED_LIMIT && is_host(drill, ticket)) {
        why = NULL;
    }
    if (why == NULL) {
        why = unfit(drill, ticket);
    }
    if (why == NULL && toc_throttle_share_ppm(drill->world, ticket->object) == share_of(ticket)) {
        why = "it is so already";
    }
    return why;
}

const char *toc_limit_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    int64_t share = share_of(ticket);
    drill->actor = toc_seat_name(drill, ticket->seat);
    bool done = toc_throttle_hold(drill->world, ticket->object, share);
    drill->actor = "";
    if (!done && toc_throttle_share_ppm(drill->world, ticket->object) != share) {
        return "its host has no room for more of it: throttle others first, or fail it over";
    }
    *out_said = share == WHOLE ? "it gives all that it can"
                               : toc_arena_format(drill->arena, "it gives %g %% of what it can",
                                                  (double)share / 1e4);
    return NULL;
}
