#include "drill/procurement.h"

#include "drill/fieldwork.h"
#include "drill/seat.h"
#include "kernel/assert.h"
#include "model/stock.h"
#include "model/vendor.h"

/* The part that is asked for, or the one that the target itself takes. */
static uint32_t part_of(const toc_drill *drill, const toc_ticket *ticket) {
    const char *part = toc_parameter_text(&ticket->parameters, "part");
    return part != NULL ? toc_topology_find_part(drill->topology, part)
                        : toc_topology_part_of(drill->topology, ticket->object);
}

uint32_t toc_procurement_vendor(const toc_drill *drill, const toc_ticket *ticket, uint32_t part) {
    const toc_topology *topology = drill->topology;
    const char *named = toc_parameter_text(&ticket->parameters, "vendor");
    uint32_t best = TOC_INDEX_NONE;
    for (uint32_t i = 0; i < topology->vendor_count; i++) {
        bool is_meant = named == NULL || toc_topology_find_vendor(topology, named) == i;
        if (is_meant && toc_vendor_sells(topology, i, part) &&
            (best == TOC_INDEX_NONE ||
             topology->vendors[i].delivers < topology->vendors[best].delivers)) {
            best = i;
        }
    }
    return best;
}

/* How often the part was ordered there before: each order has luck of its own. */
static uint32_t orders_before(const toc_drill *drill, uint32_t number, uint32_t vendor,
                              uint32_t part) {
    uint32_t count = 0;
    for (uint32_t i = 1; i < number; i++) {
        const toc_ticket *ticket = toc_ticket_at(drill, i);
        count += ticket->verb == TOC_VERB_REQUEST_SPARE && part_of(drill, ticket) == part &&
                 toc_procurement_vendor(drill, ticket, part) == vendor &&
                 ticket->stage != TOC_TICKET_REFUSED;
    }
    return count;
}

const char *toc_procurement_begin(toc_drill *drill, uint32_t number) {
    toc_ticket ticket = *toc_ticket_at(drill, number);
    const toc_topology *topology = drill->topology;
    uint32_t operator_index = toc_seat_operator(drill, ticket.seat), part = part_of(drill, &ticket);
    if (operator_index == TOC_INDEX_NONE || ticket.object >= topology->asset_count ||
        !toc_fieldwork_owns(drill, operator_index, ticket.object)) {
        return "parts are brought to an asset of the own operator";
    }
    if (part == TOC_INDEX_NONE) {
        return "it takes no part of its own; say which: part=";
    }
    uint32_t vendor = toc_procurement_vendor(drill, &ticket, part);
    if (vendor == TOC_INDEX_NONE) {
        return toc_parameter_text(&ticket.parameters, "vendor") != NULL
                   ? "that vendor does not sell the part"
                   : "no vendor sells the part";
    }
    toc_ticket_last(drill, number,
                    toc_vendor_delivers(drill->world, vendor, part,
                                        orders_before(drill, number, vendor, part)));
    char when[64];
    toc_time promised = topology->vendors[vendor].delivers + toc_calendar_now(drill->calendar);
    (void)toc_time_print(promised - promised % TOC_SECOND, when, sizeof when);
    toc_ticket_step(
        drill, number, TOC_TICKET_UNDER_WAY,
        toc_arena_format(drill->arena, "%s promises %lld %s at %s for about %s",
                         topology->vendors[vendor].id,
                         (long long)toc_parameter_number(&ticket.parameters, "count", 1),
                         topology->parts[part], ticket.target, when));
    return NULL;
}

const char *toc_procurement_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    uint32_t part = part_of(drill, ticket);
    uint32_t count = (uint32_t)toc_parameter_number(&ticket->parameters, "count", 1);
    uint32_t vendor = toc_procurement_vendor(drill, ticket, part);
    drill->actor = drill->topology->vendors[vendor].id;
    toc_stock_put(drill->world, ticket->object, part, count);
    drill->actor = "";
    *out_said = toc_arena_format(drill->arena, "%lu %s at %s", (unsigned long)count,
                                 drill->topology->parts[part], ticket->target);
    return NULL;
}
