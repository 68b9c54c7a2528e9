#include "drill/lockout.h"

#include <string.h>

#include "drill/fieldwork.h"
#include "drill/seat.h"
#include "kernel/assert.h"
#include "model/hardening.h"
#include "model/intrusion.h"
#include "model/network.h"

static bool is_up(const toc_drill *drill, uint32_t asset) {
    toc_operation operation = toc_world_operation(drill->world, asset);
    return operation == TOC_ON || operation == TOC_DEGRADED;
}

/* -- Accounts and secrets ---------------------------------------------------------------------- */

/* The verb that stands against this one: what it undoes must have been done. */
static bool is_done(const toc_drill *drill, const char *verb, const toc_ticket *ticket) {
    bool done = false;
    for (uint32_t i = 1; i <= toc_ticket_count(drill); i++) {
        const toc_ticket *other = toc_ticket_at(drill, i);
        if (other->object != ticket->object || other->stage != TOC_TICKET_DONE) {
            continue;
        }
        toc_action_verb undo = toc_action_undo(other->verb);
        if (strcmp(toc_action_name(other->verb), verb) == 0) {
            done = true;
        } else if (undo != TOC_VERBS && strcmp(toc_action_name(undo), verb) == 0) {
            done = false;
        }
    }
    return done;
}

static const char *refuse_account(const toc_drill *drill, const toc_ticket *ticket) {
    bool is_disabled = is_done(drill, "disable_account", ticket);
    if (ticket->verb == TOC_VERB_DISABLE_ACCOUNT) {
        return is_disabled ? "its accounts are disabled already" : NULL;
    }
    if (ticket->verb == TOC_VERB_ENABLE_ACCOUNT) {
        return is_disabled ? NULL : "its accounts are not disabled";
    }
    return is_up(drill, ticket->object)
               ? NULL
               : "it is down: its secrets can be changed when it is up again";
}

static const char *refuse_certificate(const toc_drill *drill, const toc_ticket *ticket) {
    bool is_revoked = toc_hardening_is_distrusted(drill->world, ticket->object);
    if (ticket->verb == TOC_VERB_REVOKE_CERT) {
        return is_revoked ? "its certificate is revoked already" : NULL;
    }
    return is_revoked ? NULL : "its certificate is not revoked";
}

const char *toc_lockout_begin(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = toc_fieldwork_refusal(drill, ticket);
    if (why == NULL && ticket->object >= drill->topology->asset_count) {
        why = "a link has no accounts and no certificate";
    }
    if (why != NULL) {
        return why;
    }
    return ticket->verb == TOC_VERB_REVOKE_CERT || ticket->verb == TOC_VERB_REISSUE_CERT
               ? refuse_certificate(drill, ticket)
               : refuse_account(drill, ticket);
}

static void close_accounts(toc_drill *drill, uint32_t number, toc_closure closure) {
    const toc_asset *asset = &drill->topology->assets[number];
    for (uint32_t i = asset->first_weakness; i < asset->first_weakness + asset->weakness_count;
         i++) {
        if (toc_hardening_is_account(drill->world, i)) {
            (void)toc_hardening_close(drill->world, i, closure);
        }
    }
}

/* What needs sessions that the asset opens stands still while nobody trusts it. */
static void hold_traffic(toc_drill *drill, uint32_t asset, bool held) {
    const toc_topology *topology = drill->topology;
    for (uint32_t i = 0; i < topology->traffic_count; i++) {
        uint32_t link = topology->traffics[i].link;
        if (topology->links[link].from == asset && held) {
            (void)toc_world_fail(drill->world, topology->asset_count + link,
                                 TOC_CAUSE_SWITCHED_OFF);
        } else if (topology->links[link].from == asset) {
            (void)toc_world_clear(drill->world, topology->asset_count + link,
                                  TOC_CAUSE_SWITCHED_OFF);
        }
    }
}

static void revoke(toc_drill *drill, uint32_t asset, bool revoked) {
    (void)toc_hardening_distrust(drill->world, asset, revoked);
    if (revoked) {
        (void)toc_intrusion_expel_from(drill->world, asset);
    }
    hold_traffic(drill, asset, revoked);
}

const char *toc_lockout_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    drill->actor = toc_seat_name(drill, ticket->seat);
    switch ((int)ticket->verb) {
    case TOC_VERB_DISABLE_ACCOUNT:
        close_accounts(drill, ticket->object, TOC_CLOSURE_HELD);
        (void)toc_intrusion_expel(drill->world, ticket->object);
        *out_said = "whoever was logged on is out, an implant stays";
        break;
    case TOC_VERB_ENABLE_ACCOUNT:
        close_accounts(drill, ticket->object, TOC_CLOSURE_NONE);
        break;
    case TOC_VERB_ROTATE_SECRETS:
        close_accounts(drill, ticket->object, TOC_CLOSURE_FOR_GOOD);
        (void)toc_intrusion_expel(drill->world, ticket->object);
        *out_said = "old passwords and keys are worth nothing, an implant stays";
        break;
    case TOC_VERB_REVOKE_CERT:
    case TOC_VERB_REISSUE_CERT:
        revoke(drill, ticket->object, ticket->verb == TOC_VERB_REVOKE_CERT);
        break;
    default:
        TOC_ASSERT(false); /* an action of this file */
    }
    drill->actor = "";
    return NULL;
}

/* -- Remote access into a zone ----------------------------------------------------------------- */

/* The protocol of the topology that is the list's next after `*place`; TOC_INDEX_NONE at its end.
 */
static uint32_t next_remote(const toc_topology *topology, size_t *place) {
    static const char *const names[] = {
#define TOC_REMOTE_ACCESS(name) name,
#include "drill/remote_access.def"
#undef TOC_REMOTE_ACCESS
    };
    uint32_t protocol = TOC_INDEX_NONE;
    while (protocol == TOC_INDEX_NONE && *place < sizeof names / sizeof *names) {
        protocol = toc_topology_find_protocol(topology, names[(*place)++]);
    }
    return protocol;
}

/* Refuses or takes the services of remote access at all assets of the zone; counts what changed or,
   where nothing is to be `done`, what would. */
static uint32_t switch_zone(toc_drill *drill, const toc_ticket *ticket, bool done) {
    bool refused = ticket->verb == TOC_VERB_CLOSE_REMOTE_ACCESS;
    const toc_topology *topology = drill->topology;
    uint32_t count = 0;
    for (size_t place = 0;;) {
        uint32_t protocol = next_remote(topology, &place);
        if (protocol == TOC_INDEX_NONE) {
            return count;
        }
        for (uint32_t i = 0; i < topology->asset_count; i++) {
            if (topology->assets[i].zone != ticket->object ||
                toc_network_is_refused(drill->world, i, protocol) == refused) {
                continue;
            }
            count++;
            if (done) {
                (void)toc_network_refuse(drill->world, i, protocol, refused);
            }
        }
    }
}

const char *toc_lockout_begin_zone(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    uint32_t us = toc_seat_operator(drill, ticket->seat);
    size_t place = 0;
    if (us == TOC_INDEX_NONE) {
        return "the team operates nothing";
    }
    if (drill->topology->zones[ticket->object].operator_index != us) {
        return "it belongs to another operator";
    }
    if (next_remote(drill->topology, &place) == TOC_INDEX_NONE) {
        return "no service of this network is one of remote access: block_service names others";
    }
    return switch_zone(drill, ticket, false) == 0 ? "it is so already" : NULL;
}

const char *toc_lockout_end_zone(toc_drill *drill, const toc_ticket *ticket,
                                 const char **out_said) {
    (void)out_said;
    drill->actor = toc_seat_name(drill, ticket->seat);
    (void)switch_zone(drill, ticket, true);
    drill->actor = "";
    return NULL;
}
