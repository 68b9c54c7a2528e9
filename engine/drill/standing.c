/* Standing: what a team believes and has, as drivers outside the engine see it. Nothing here reads
   the truth of the world but of what the team's own people do. */
#include "tocsin/standing.h"

#include <stdio.h>
#include <string.h>

#include "drill/duty.h"
#include "drill/emergency.h"
#include "drill/message.h"
#include "drill/seat.h"
#include "drill/standin_state.h"
#include "drill/team.h"
#include "kernel/assert.h"
#include "model/job.h"
#include "model/stock.h"

bool toc_standing_service_at(const toc_drill *drill, uint32_t seat, uint32_t service,
                             toc_standing_service *out_service) {
    const toc_topology *topology = drill->topology;
    uint32_t own = toc_seat_operator(drill, seat);
    int64_t demand = 0, supply = 0;
    TOC_ASSERT(service < topology->service_count);
    if (own == TOC_INDEX_NONE || topology->services[service].operator_index != own) {
        return false;
    }
    for (uint32_t i = 0; i < topology->provision_count; i++) {
        const toc_provision *provision = &topology->provisions[i];
        if (provision->service == service) {
            bool is_up = toc_bind_sight_is_up(drill, own, provision->asset);
            demand += provision->demand;
            supply += !is_up                                    ? 0
                      : provision->capacity < provision->demand ? provision->capacity
                                                                : provision->demand;
        }
    }
    *out_service =
        (toc_standing_service){.id = topology->services[service].id,
                               .operator_id = topology->operators[own].id,
                               .level = demand == 0 ? 1.0 : (double)supply / (double)demand};
    return true;
}

uint32_t toc_standing_card_count(const toc_drill *drill, uint32_t seat) {
    return toc_team_card_count(drill, toc_seat_team(drill, seat));
}

toc_standing_card toc_standing_card_at(const toc_drill *drill, uint32_t seat, uint32_t index) {
    const toc_team_card *card = toc_team_card_at(drill, toc_seat_team(drill, seat), index);
    bool is_said = card->said_at != TOC_NEVER;
    return (toc_standing_card){.element = toc_topology_element_id(drill->topology, card->element),
                               .said = is_said ? toc_world_operation_name(card->said) : "",
                               .said_by = is_said ? toc_seat_name(drill, card->said_by) : "",
                               .confidence_ppm = card->confidence_ppm,
                               .said_at = card->said_at,
                               .found = card->found,
                               .found_at = card->found_at};
}

void toc_standing_found(uint32_t found, char *buffer, size_t size) {
    size_t used = 0;
    (void)snprintf(buffer, size, "nothing wrong");
    for (uint32_t cause = 0; cause < TOC_CAUSES && used < size; cause++) {
        if ((found & 1u << cause) != 0) {
            used += (size_t)snprintf(buffer + used, size - used, "%s%s", used > 0 ? ", " : "",
                                     toc_world_cause_name((toc_cause)cause));
        }
    }
}

bool toc_standing_crew_at(const toc_drill *drill, uint32_t seat, uint32_t crew,
                          toc_standing_crew *out_crew) {
    const toc_crew *facts = &drill->topology->crews[crew];
    uint32_t own = toc_seat_operator(drill, seat), busy = 0;
    if (own == TOC_INDEX_NONE || toc_job_crew_serves(drill->world, crew) != own) {
        return false;
    }
    for (uint32_t i = 0; i < facts->size; i++) {
        busy += toc_job_party(drill->world, crew, i).job != TOC_INDEX_NONE;
    }
    *out_crew = (toc_standing_crew){
        .id = facts->id, .skills = facts->skills, .size = facts->size, .free = facts->size - busy};
    return true;
}

bool toc_standing_next_stock(const toc_drill *drill, uint32_t seat, uint32_t *pile,
                             toc_standing_stock *out_stock) {
    uint32_t own = toc_seat_operator(drill, seat), asset = 0, part = 0, in_stock = 0;
    *pile = own == TOC_INDEX_NONE
                ? TOC_INDEX_NONE
                : toc_stock_next(drill->world, own, *pile, &asset, &part, &in_stock);
    if (*pile == TOC_INDEX_NONE) {
        return false;
    }
    *out_stock = (toc_standing_stock){.part = drill->topology->parts[part],
                                      .where = drill->topology->assets[asset].id,
                                      .count = in_stock};
    return true;
}

bool toc_standing_report_of(const toc_drill *drill, const char *duty,
                            toc_standing_report *out_report) {
    return toc_duty_items(drill, duty, &out_report->asked, &out_report->told) != NULL;
}

const char *toc_standing_item(const toc_drill *drill, const char *duty, unsigned bit) {
    toc_standing_report report;
    const toc_rulebook *book = toc_duty_items(drill, duty, &report.asked, &report.told);
    TOC_ASSERT(book != NULL && (int)bit < book->item_count);
    return book->items[bit].id;
}

uint32_t toc_standing_step_count(const toc_drill *drill, uint32_t seat, toc_time *out_in_force) {
    uint32_t plan = toc_emergency_of_seat(drill, seat);
    *out_in_force = plan == TOC_INDEX_NONE ? TOC_NEVER : toc_emergency_in_force(drill, plan);
    return plan == TOC_INDEX_NONE ? 0 : (uint32_t)toc_emergency_plan_at(drill, plan)->step_count;
}

toc_standing_step toc_standing_step_at(const toc_drill *drill, uint32_t seat, uint32_t index) {
    uint32_t plan = toc_emergency_of_seat(drill, seat);
    const toc_emergency_plan *says = toc_emergency_plan_at(drill, plan);
    TOC_ASSERT((int)index < says->step_count);
    const toc_emergency_plan_step *step = &says->steps[index];
    toc_emergency_standing standing = toc_emergency_standing_of(drill, plan, (int)index);
    bool has_role = step->role != TOC_EMERGENCY_PLAN_NONE;
    return (toc_standing_step){.id = step->name.id,
                               .text = step->name.en,
                               .role = has_role ? says->roles[step->role].en : "",
                               .condition = step->if_en,
                               .verb = step->verb,
                               .target = step->target,
                               .stage = toc_emergency_stage_name(standing.stage),
                               .due = standing.due,
                               .done_at = standing.done_at,
                               .is_own = !has_role ||
                                         toc_emergency_is_role(drill, plan, step->role, seat),
                               .is_ready = toc_emergency_is_ready(drill, plan, (int)index),
                               .applies = toc_emergency_in_force(drill, plan) != TOC_NEVER &&
                                          toc_emergency_applies(drill, plan, (int)index)};
}

const char *toc_standing_paper(const toc_drill *drill, uint32_t seat, uint32_t message,
                               uint32_t index) {
    uint32_t number = drill->hands_out ? toc_message_of_inbox(drill, seat, message) : 0;
    const toc_message *found = number == 0 ? NULL : toc_message_at(drill, number);
    return found == NULL || index >= found->attachment_count ? NULL : found->attachments[index];
}
