#include "drill/plantwork.h"

#include <string.h>

#include "drill/area.h"
#include "drill/fieldwork.h"
#include "drill/seat.h"
#include "drill/team.h"
#include "kernel/assert.h"
#include "model/sight.h"

/* Causes that switching alone takes away. */
static const toc_cause switched[] = {TOC_CAUSE_SWITCHED_OFF, TOC_CAUSE_OPENED, TOC_CAUSE_TRIPPED};

enum { SWITCHED = sizeof switched / sizeof *switched };

static const toc_link *link_of(const toc_drill *drill, uint32_t element) {
    const toc_topology *topology = drill->topology;
    return element < topology->asset_count ? NULL
                                           : &topology->links[element - topology->asset_count];
}

/* A link is switched at both of its ends. */
static bool has_control(const toc_drill *drill, uint32_t element) {
    const toc_link *link = link_of(drill, element);
    return link == NULL ? toc_world_has_control(drill->world, element)
                        : toc_world_has_control(drill->world, link->from) &&
                              toc_world_has_control(drill->world, link->to);
}

static const char *out_of_reach(toc_drill *drill, const toc_ticket *ticket) {
    if (toc_team_is_manual(drill, toc_seat_operator(drill, ticket->seat))) {
        return "the team switches by hand: remote_mode takes that back, assign_crew sends a crew";
    }
    return has_control(drill, ticket->object)
               ? NULL
               : toc_arena_format(drill->arena, "%s: assign_crew sends a crew to do it there",
                                  toc_sight_refusal(drill->world, ticket->object));
}

static bool is_up(const toc_drill *drill, uint32_t element) {
    toc_operation operation = toc_world_operation(drill->world, element);
    return operation == TOC_ON || operation == TOC_DEGRADED;
}

static bool is_switched(const toc_drill *drill, uint32_t element) {
    bool found = false;
    for (size_t i = 0; i < SWITCHED; i++) {
        found = found || toc_world_has_cause(drill->world, element, switched[i]);
    }
    return found;
}

static void close_it(toc_drill *drill, uint32_t element) {
    for (size_t i = 0; i < SWITCHED; i++) {
        (void)toc_world_clear(drill->world, element, switched[i]);
    }
}

/* -- One element ------------------------------------------------------------------------------- */

static bool is_electrical(const toc_drill *drill, uint32_t element) {
    const toc_link *link = link_of(drill, element);
    if (link != NULL) {
        return link->kind == TOC_LINK_LINE || link->kind == TOC_LINK_TRANSFORMER;
    }
    toc_asset_kind kind = drill->topology->assets[element].kind;
    return strcmp(toc_topology_kind(kind)->family, "electrical") == 0;
}

static bool is_valve(const toc_drill *drill, uint32_t element) {
    const toc_link *link = link_of(drill, element);
    return link != NULL ? link->kind == TOC_LINK_PIPE
                        : drill->topology->assets[element].kind == TOC_ASSET_VALVE;
}

static bool has_trains(const toc_drill *drill, uint32_t element) {
    const toc_link *link = link_of(drill, element);
    if (link != NULL) {
        return link->kind == TOC_LINK_RAIL;
    }
    toc_asset_kind kind = drill->topology->assets[element].kind;
    return kind == TOC_ASSET_RAILWAY_STATION || kind == TOC_ASSET_SIGNALLING ||
           kind == TOC_ASSET_INTERLOCKING || kind == TOC_ASSET_TRACTION;
}

/* Whether links of its kind that are up lead from its one end to the other without it: a search
   from the one end, breadth first, over all links again for each asset that it comes to. */
static bool has_way_around(const toc_drill *drill, uint32_t element) {
    const toc_topology *topology = drill->topology;
    const toc_link *link = link_of(drill, element);
    toc_arena *arena = toc_arena_create();
    bool *seen = toc_arena_alloc(arena, topology->asset_count * sizeof *seen);
    bool grows = true;
    memset(seen, 0, topology->asset_count * sizeof *seen);
    seen[link->from] = true;
    while (grows && !seen[link->to]) {
        grows = false;
        for (uint32_t i = 0; i < topology->link_count; i++) {
            const toc_link *other = &topology->links[i];
            uint32_t number = topology->asset_count + i;
            if (number == element || other->kind != link->kind || !is_up(drill, number) ||
                seen[other->from] == seen[other->to]) {
                continue;
            }
            if (seen[other->from] || !other->one_way) {
                seen[other->from] = seen[other->to] = true;
                grows = true;
            }
        }
    }
    bool found = seen[link->to];
    toc_arena_destroy(arena);
    return found;
}

static const char *refuse_reroute(const toc_drill *drill, const toc_ticket *ticket) {
    const toc_link *link = link_of(drill, ticket->object);
    if (link == NULL || link->kind == TOC_LINK_TRAFFIC) {
        return "nothing goes over it: what can be gone around is a line, pipe, road, rail or data "
               "link";
    }
    return has_way_around(drill, ticket->object)
               ? NULL
               : "there is no other way between its ends: switch_off would cut them off";
}

/* Whether the verb takes something out of use; otherwise it brings it back. */
static bool takes_out(toc_action_verb verb) {
    return verb == TOC_VERB_TRIP || verb == TOC_VERB_CLOSE_VALVE || verb == TOC_VERB_STOP_TRAINS ||
           verb == TOC_VERB_REROUTE;
}

/* Why the verb is not for what the ticket names, NULL where it is. */
static const char *unfit(const toc_drill *drill, const toc_ticket *ticket) {
    if (ticket->verb == TOC_VERB_TRIP) {
        return is_electrical(drill, ticket->object)
                   ? NULL
                   : "it has no breaker: switch_off takes other things out of use";
    }
    if (ticket->verb == TOC_VERB_CLOSE_VALVE || ticket->verb == TOC_VERB_OPEN_VALVE) {
        return is_valve(drill, ticket->object)
                   ? NULL
                   : "it is no valve and no pipe: switch_off and reenergise are for other things";
    }
    if (ticket->verb == TOC_VERB_REROUTE) {
        return refuse_reroute(drill, ticket);
    }
    return has_trains(drill, ticket->object)
               ? NULL
               : "no trains run there: it is for railway lines, stations and their signalling";
}

const char *toc_plantwork_begin(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = toc_fieldwork_refusal(drill, ticket);
    why = why != NULL ? why : unfit(drill, ticket);
    if (why == NULL && takes_out(ticket->verb) == is_switched(drill, ticket->object)) {
        why = "it is so already";
    }
    return why != NULL ? why : out_of_reach(drill, ticket);
}

const char *toc_plantwork_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    const char *why = out_of_reach(drill, ticket);
    if (why != NULL) {
        return why;
    }
    drill->actor = toc_seat_name(drill, ticket->seat);
    if (takes_out(ticket->verb)) {
        (void)toc_world_fail(drill->world, ticket->object,
                             ticket->verb == TOC_VERB_TRIP ? TOC_CAUSE_TRIPPED
                                                           : TOC_CAUSE_SWITCHED_OFF);
    } else {
        close_it(drill, ticket->object);
        if (toc_world_outage(drill->world, ticket->object) != 0) {
            *out_said = "it is out for other reasons too: inspect_site finds out which";
        }
    }
    drill->actor = "";
    return NULL;
}

/* -- Tie lines --------------------------------------------------------------------------------- */

/* Whether the link is a line between the area and the rest, and the seat's to switch. */
static bool is_tie(const toc_drill *drill, const toc_ticket *ticket, uint32_t number) {
    const toc_link *link = &drill->topology->links[number];
    uint32_t element = drill->topology->asset_count + number;
    return (link->kind == TOC_LINK_LINE || link->kind == TOC_LINK_TRANSFORMER) &&
           toc_area_has(drill, ticket->target, link->from) !=
               toc_area_has(drill, ticket->target, link->to) &&
           toc_fieldwork_owns(drill, toc_seat_operator(drill, ticket->seat), element);
}

/* Ties that the verb would switch. */
static bool is_due(const toc_drill *drill, const toc_ticket *ticket, uint32_t number) {
    uint32_t element = drill->topology->asset_count + number;
    return is_tie(drill, ticket, number) &&
           is_switched(drill, element) == (ticket->verb == TOC_VERB_RESYNCHRONISE);
}

static bool is_dead(const toc_drill *drill, uint32_t number) {
    const toc_link *link = &drill->topology->links[number];
    return !is_up(drill, link->from) || !is_up(drill, link->to);
}

static const char *refuse_tie(toc_drill *drill, const toc_ticket *ticket, uint32_t number) {
    const char *id = drill->topology->links[number].id;
    if (!has_control(drill, drill->topology->asset_count + number)) {
        return toc_arena_format(drill->arena,
                                "there is no remote control of %s: assign_crew sends a crew", id);
    }
    if (ticket->verb == TOC_VERB_RESYNCHRONISE && is_dead(drill, number)) {
        return toc_arena_format(drill->arena,
                                "one side of %s is dead, there is nothing to synchronise with: "
                                "bring that back first",
                                id);
    }
    return NULL;
}

static const char *refuse_ties(toc_drill *drill, const toc_ticket *ticket) {
    uint32_t ties = 0, due = 0;
    if (toc_team_is_manual(drill, toc_seat_operator(drill, ticket->seat))) {
        return "the team switches by hand: remote_mode takes that back, assign_crew sends a crew";
    }
    for (uint32_t i = 0; i < drill->topology->link_count; i++) {
        ties += is_tie(drill, ticket, i);
        if (is_due(drill, ticket, i)) {
            const char *why = refuse_tie(drill, ticket, i);
            if (why != NULL) {
                return why;
            }
            due++;
        }
    }
    if (ties == 0) {
        return "no line of ours leads from it to the rest of the grid";
    }
    return due == 0 ? "it is so already" : NULL;
}

const char *toc_plantwork_begin_ties(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = toc_fieldwork_refusal(drill, ticket);
    return why != NULL ? why : refuse_ties(drill, ticket);
}

const char *toc_plantwork_end_ties(toc_drill *drill, const toc_ticket *ticket,
                                   const char **out_said) {
    uint32_t count = 0;
    const char *why = refuse_ties(drill, ticket);
    if (why != NULL) {
        return why;
    }
    drill->actor = toc_seat_name(drill, ticket->seat);
    for (uint32_t i = 0; i < drill->topology->link_count; i++) {
        uint32_t element = drill->topology->asset_count + i;
        if (!is_due(drill, ticket, i)) {
            continue;
        }
        count++;
        if (ticket->verb == TOC_VERB_RESYNCHRONISE) {
            close_it(drill, element);
        } else {
            (void)toc_world_fail(drill->world, element, TOC_CAUSE_SWITCHED_OFF);
        }
    }
    drill->actor = "";
    *out_said = toc_arena_format(drill->arena, "%u lines are %s", count,
                                 ticket->verb == TOC_VERB_RESYNCHRONISE ? "closed" : "open");
    return NULL;
}
