#include "drill/lookout.h"

#include <string.h>

#include "drill/duty.h"
#include "drill/observation.h"
#include "drill/role.h"
#include "drill/seat.h"
#include "drill/team.h"
#include "kernel/assert.h"
#include "kernel/condition.h"
#include "model/alert.h"
#include "model/hunt.h"

/* Where nobody says otherwise: two looks, and six of ten attackers looked at are found. */
enum { LOOKS = 2, FINDS_PPM = 600000 };

/* Planning value of ours. */
static const toc_time one_look = 15 * TOC_MINUTE;

static const char *source_of(const toc_drill *drill, const toc_alert *alert) {
    return alert->sensor == TOC_INDEX_NONE ? "hunt" : drill->topology->sensors[alert->sensor].id;
}

/* What a sensor says is for those who look at sensors; what a hunt finds is settled, and for all.
 */
static void show(toc_drill *drill, const toc_alert *alert) {
    const char *owner = drill->topology->operators[alert->operator_index].id;
    toc_observation observation = {.at = toc_calendar_now(drill->calendar),
                                   .kind = TOC_OBSERVED_ALERT,
                                   .subject = drill->topology->assets[alert->asset].id,
                                   .actor = source_of(drill, alert),
                                   .verb = "",
                                   .text = "",
                                   .before = toc_alert_waiting(drill->world, alert->operator_index),
                                   .after = alert->raised};
    uint32_t team = toc_team_find(drill, owner);
    for (uint32_t seat = 0; team != TOC_INDEX_NONE && seat < toc_seat_count(drill); seat++) {
        if (toc_seat_team(drill, seat) == team &&
            (alert->sensor == TOC_INDEX_NONE || toc_seat_has(drill, seat, TOC_PERMISSION_DETECT))) {
            toc_observation_add(drill, seat, &observation);
        }
    }
}

void toc_lookout_on_change(toc_drill *drill, const toc_change *change) {
    static const char *const stages[] = {"raised", "looked-at", "seen"};
    const toc_alert *alert = toc_alert_at(drill->world, change->subject);
    const char *owner = drill->topology->operators[alert->operator_index].id;
    const char *asset = drill->topology->assets[alert->asset].id;
    TOC_ASSERT(change->after >= 0 && change->after < TOC_ALERT_STAGES);
    toc_trace_put(drill, TOC_TRACE_ALERT, asset, owner, stages[change->after],
                  source_of(drill, alert), alert->genuine ? 1 : 0, change->subject + 1);
    if (change->after != TOC_ALERT_SEEN) {
        return;
    }
    show(drill, alert);
    toc_duty_note_alarm(drill, owner);
}

static bool is_of(const char *operator_id, const char *team) {
    size_t length = strlen(operator_id);
    return team == NULL || (strncmp(team, operator_id, length) == 0 &&
                            (team[length] == '\0' || team[length] == '.'));
}

uint32_t toc_lookout_seen(const toc_drill *drill, const toc_lookout_query *query,
                          const char **out_asset) {
    uint32_t count = 0;
    toc_conditions_read(drill->conditions, toc_alert_cell());
    for (uint32_t i = 0; i < toc_alert_count(drill->world); i++) {
        const toc_alert *alert = toc_alert_at(drill->world, i);
        const char *asset = drill->topology->assets[alert->asset].id;
        if (alert->stage != TOC_ALERT_SEEN || alert->seen < query->since ||
            (query->genuine && !alert->genuine) ||
            (query->asset != NULL && strcmp(query->asset, asset) != 0) ||
            !is_of(drill->topology->operators[alert->operator_index].id, query->team)) {
            continue;
        }
        if (count++ == 0 && out_asset != NULL) {
            *out_asset = asset;
        }
    }
    return count;
}

static uint32_t operator_of(const toc_drill *drill, const toc_ticket *ticket) {
    return toc_seat_operator(drill, ticket->seat);
}

static uint32_t looks_of(const toc_ticket *ticket) {
    return (uint32_t)toc_parameter_number(&ticket->parameters, "looks", LOOKS);
}

/* Looks that the seat has had in the zone before this ticket. */
static uint32_t looked(const toc_drill *drill, const toc_ticket *ticket) {
    uint32_t sum = 0;
    for (uint32_t i = 1; i <= toc_ticket_count(drill); i++) {
        const toc_ticket *other = toc_ticket_at(drill, i);
        sum += other->verb == TOC_VERB_HUNT && other->seat == ticket->seat &&
                       other->object == ticket->object && other->own_number < ticket->own_number
                   ? looks_of(other)
                   : 0;
    }
    return sum;
}

const char *toc_lookout_begin_hunt(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    uint32_t owner = operator_of(drill, ticket);
    if (owner == TOC_INDEX_NONE || drill->topology->zones[ticket->object].operator_index != owner) {
        return "that zone belongs to somebody else; ask them to hunt";
    }
    toc_ticket_last(drill, number, looks_of(ticket) * one_look);
    toc_alert_borrow(drill->world, owner);
    return NULL;
}

const char *toc_lookout_end_hunt(toc_drill *drill, const toc_ticket *ticket,
                                 const char **out_said) {
    uint32_t owner = operator_of(drill, ticket), count = 0;
    uint32_t analysts = toc_alert_analysts(drill->world, owner);
    uint32_t *assets =
        toc_arena_alloc(drill->arena, (drill->topology->asset_count + (size_t)1) * sizeof *assets);
    for (uint32_t i = 0; i < drill->topology->asset_count; i++) {
        if (drill->topology->assets[i].zone == ticket->object) {
            assets[count++] = i;
        }
    }
    toc_alert_give_back(drill->world, owner);
    toc_hunt hunt = {
        .operator_index = owner,
        .assets = assets,
        .count = count,
        .looks = looks_of(ticket),
        .chance_ppm =
            analysts == TOC_INDEX_NONE ? FINDS_PPM : drill->topology->analysts[analysts].hunt_ppm,
        .name = toc_arena_format(drill->arena, "%s in %s", toc_seat_name(drill, ticket->seat),
                                 drill->topology->zones[ticket->object].id),
        .looked = looked(drill, ticket)};
    uint32_t found = toc_hunt_look(drill->world, &hunt);
    *out_said = found == 0 ? "nothing was found, which proves little"
                           : toc_arena_format(drill->arena, "somebody is on %lu of its assets",
                                              (unsigned long)found);
    return NULL;
}
