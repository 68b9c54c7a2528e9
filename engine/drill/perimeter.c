#include "drill/perimeter.h"

#include "drill/fieldwork.h"
#include "drill/seat.h"
#include "kernel/assert.h"
#include "model/network.h"

static const toc_place nowhere = {.file = NULL};

/* -- Targets ----------------------------------------------------------------------------------- */

static toc_status tell_unknown(toc_problems *problems, const char *what, const char *found,
                               const char *nearest) {
    if (nearest != NULL) {
        return toc_problems_error(problems, nowhere,
                                  "'%.60s' is no %s of the network; did you mean '%s'?", found,
                                  what, nearest);
    }
    return toc_problems_error(problems, nowhere, "'%.60s' is no %s of the network", found, what);
}

static toc_status find_zone(const toc_topology *topology, const char *target,
                            toc_problems *problems, uint32_t *out_zone) {
    *out_zone = toc_topology_find_zone(topology, target);
    if (*out_zone != TOC_INDEX_NONE) {
        return TOC_OK;
    }
    toc_names *names = toc_names_create();
    for (uint32_t i = 0; i < topology->zone_count; i++) {
        (void)toc_names_add(names, topology->zones[i].id, NULL);
    }
    toc_status status = tell_unknown(problems, "zone", target, toc_names_nearest(names, target));
    toc_names_destroy(names);
    return status;
}

static toc_status find_phase(const toc_topology *topology, const char *target,
                             toc_problems *problems, uint32_t *out_phase) {
    const char *names[32];
    *out_phase = toc_topology_find_phase(topology, target);
    if (*out_phase != TOC_INDEX_NONE) {
        return TOC_OK;
    }
    TOC_ASSERT(topology->phase_count <= sizeof names / sizeof names[0]);
    for (uint32_t i = 0; i < topology->phase_count; i++) {
        names[i] = topology->phases[i].id;
    }
    return tell_unknown(problems, "phase", target,
                        toc_names_nearest_of(names, topology->phase_count, target));
}

toc_status toc_perimeter_find(const toc_drill *drill, toc_action_target sort, const char *target,
                              toc_problems *problems, uint32_t *out_object) {
    const toc_topology *topology = drill->topology;
    if (sort == TOC_TARGET_ZONE) {
        return find_zone(topology, target, problems, out_object);
    }
    if (sort == TOC_TARGET_PHASE) {
        return find_phase(topology, target, problems, out_object);
    }
    TOC_ASSERT(sort == TOC_TARGET_CONDUIT);
    *out_object = toc_topology_find_conduit(topology, target);
    return *out_object != TOC_INDEX_NONE
               ? TOC_OK
               : tell_unknown(problems, "conduit", target,
                              toc_topology_nearest_conduit(topology, target));
}

/* -- Actions ----------------------------------------------------------------------------------- */

static bool is_block(toc_action_verb verb) {
    return verb == TOC_VERB_BLOCK_CONDUIT || verb == TOC_VERB_UNBLOCK_CONDUIT;
}

static bool is_service(toc_action_verb verb) {
    return verb == TOC_VERB_BLOCK_SERVICE || verb == TOC_VERB_UNBLOCK_SERVICE;
}

static bool is_zone(toc_action_verb verb) {
    return verb == TOC_VERB_ISOLATE_ZONE || verb == TOC_VERB_RECONNECT_ZONE;
}

/* Whether the action shuts something; otherwise it opens it again. */
static bool shuts(toc_action_verb verb) {
    return verb == TOC_VERB_BLOCK_CONDUIT || verb == TOC_VERB_BLOCK_SERVICE ||
           verb == TOC_VERB_ISOLATE_ZONE;
}

/* Either side of a conduit can shut it at its own end. */
static bool is_ours(const toc_drill *drill, const toc_ticket *ticket) {
    const toc_topology *topology = drill->topology;
    uint32_t us = toc_seat_operator(drill, ticket->seat);
    if (is_block(ticket->verb)) {
        const toc_conduit *conduit = &topology->conduits[ticket->object];
        return topology->zones[conduit->from_zone].operator_index == us ||
               topology->zones[conduit->to_zone].operator_index == us;
    }
    if (is_zone(ticket->verb)) {
        return topology->zones[ticket->object].operator_index == us;
    }
    return !is_service(ticket->verb) || toc_fieldwork_owns(drill, us, ticket->object);
}

static uint32_t service_of(const toc_drill *drill, const toc_ticket *ticket) {
    const char *service = toc_parameter_text(&ticket->parameters, "service");
    return service == NULL ? TOC_INDEX_NONE : toc_topology_find_protocol(drill->topology, service);
}

static bool is_done_already(const toc_drill *drill, const toc_ticket *ticket) {
    if (is_block(ticket->verb)) {
        return toc_network_is_blocked(drill->world, ticket->object) == shuts(ticket->verb);
    }
    if (is_zone(ticket->verb)) {
        return toc_network_is_cut(drill->world, ticket->object) == shuts(ticket->verb);
    }
    if (is_service(ticket->verb)) {
        return toc_network_is_refused(drill->world, ticket->object, service_of(drill, ticket)) ==
               shuts(ticket->verb);
    }
    return toc_network_current_phase(drill->world) == ticket->object;
}

const char *toc_perimeter_begin(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    if (toc_seat_operator(drill, ticket->seat) == TOC_INDEX_NONE) {
        return "the team operates nothing";
    }
    if (is_service(ticket->verb) && ticket->object >= drill->topology->asset_count) {
        return "a link takes no services";
    }
    if (is_service(ticket->verb) && service_of(drill, ticket) == TOC_INDEX_NONE) {
        return "the service is not said";
    }
    if (!is_ours(drill, ticket)) {
        return "it belongs to another operator";
    }
    return is_done_already(drill, ticket) ? "it is so already" : NULL;
}

const char *toc_perimeter_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    bool shut = shuts(ticket->verb);
    (void)out_said;
    drill->actor = toc_seat_name(drill, ticket->seat);
    if (is_block(ticket->verb)) {
        (void)toc_network_block(drill->world, ticket->object, shut);
    } else if (is_zone(ticket->verb)) {
        (void)toc_network_cut_zone(drill->world, ticket->object, shut);
    } else if (is_service(ticket->verb)) {
        (void)toc_network_refuse(drill->world, ticket->object, service_of(drill, ticket), shut);
    } else {
        (void)toc_network_set_phase(drill->world, ticket->object);
    }
    drill->actor = "";
    return NULL;
}

void toc_perimeter_follow_phase(toc_drill *drill, const char *id) {
    uint32_t phase = toc_topology_find_phase(drill->topology, id);
    if (phase != TOC_INDEX_NONE) {
        drill->actor = "scenario";
        (void)toc_network_set_phase(drill->world, phase);
        drill->actor = "";
    }
}

/* -- Trace ------------------------------------------------------------------------------------- */

static void trace(toc_drill *drill, const toc_change *change, const char *subject, const char *verb,
                  const char *text) {
    toc_trace_put(drill, TOC_TRACE_NETWORK, subject, drill->actor, verb, text, change->before,
                  change->after);
}

void toc_perimeter_on_change(toc_drill *drill, const toc_change *change) {
    const toc_topology *topology = drill->topology;
    bool is_shut = change->after != 0;
    if (change->kind == TOC_CHANGE_CONDUIT) {
        trace(drill, change, topology->conduits[change->subject].id, is_shut ? "blocked" : "open",
              "");
    } else if (change->kind == TOC_CHANGE_ZONE) {
        trace(drill, change, topology->zones[change->subject].id, is_shut ? "cut-off" : "joined",
              "");
    } else if (change->kind == TOC_CHANGE_LISTENER) {
        trace(drill, change, topology->assets[change->subject].id, is_shut ? "refused" : "taken",
              topology->protocols[change->other]);
    } else {
        TOC_ASSERT(change->kind == TOC_CHANGE_PHASE);
        trace(drill, change, topology->phases[change->after].id, "phase",
              topology->phases[change->after].name);
    }
}
