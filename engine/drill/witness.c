#include "drill/witness.h"

#include "drill/action.h"
#include "drill/basin.h"
#include "drill/deception.h"
#include "drill/duty.h"
#include "drill/lookout.h"
#include "drill/observation.h"
#include "drill/perimeter.h"
#include "kernel/assert.h"
#include "model/belief.h"
#include "model/intrusion.h"
#include "model/job.h"
#include "model/shift.h"
#include "model/service.h"

/* What the trace last said of a service. */
struct known {
    int64_t demand, supply, people_out;
};

static const char *element_id(const toc_drill *drill, uint32_t element) {
    return toc_topology_element_id(drill->topology, element);
}

static void on_operation(toc_drill *drill, const toc_change *change) {
    toc_trace_put(drill, TOC_TRACE_OPERATION, element_id(drill, change->subject), "",
                  toc_world_operation_name((toc_operation)change->after), "", change->before,
                  change->after);
}

static void on_cause(toc_drill *drill, const toc_change *change) {
    toc_trace_put(drill, TOC_TRACE_CAUSE, element_id(drill, change->subject), drill->actor,
                  toc_world_cause_name((toc_cause)change->other), "", change->before,
                  change->after);
}

static void on_control(toc_drill *drill, const toc_change *change) {
    const toc_asset *asset = &drill->topology->assets[change->subject];
    toc_trace_put(drill, TOC_TRACE_CONTROL, asset->id, "", "", "", change->before, change->after);
    if (asset->operator_index != TOC_INDEX_NONE) {
        toc_observation observation = {.at = toc_calendar_now(drill->calendar),
                                       .kind = TOC_OBSERVED_CONTROL,
                                       .subject = asset->id,
                                       .actor = "",
                                       .verb = change->after != 0 ? "there" : "lost",
                                       .text = "",
                                       .before = change->before,
                                       .after = change->after};
        toc_observation_add_team(
            drill, toc_topology_operator_id(drill->topology, asset->operator_index), &observation);
    }
}

static void on_service(toc_drill *drill, const toc_change *change) {
    const toc_service *service = &drill->topology->services[change->subject];
    const char *owner = toc_topology_operator_id(drill->topology, service->operator_index);
    toc_service_figures figures = toc_service_read(drill->world, change->subject);
    struct known *known = TOC_LIST_AT(struct known, &drill->known_supply, change->subject);
    if (known->demand != figures.demand) {
        toc_trace_put(drill, TOC_TRACE_DEMAND, service->id, owner, "", service->unit->name,
                      known->demand, figures.demand);
    }
    if (known->supply != figures.supply || known->demand != figures.demand) {
        toc_trace_put(drill, TOC_TRACE_SERVICE, service->id, owner, "", service->unit->name,
                      known->supply, figures.supply);
    }
    if (known->people_out != figures.people_out) {
        toc_trace_put(drill, TOC_TRACE_PEOPLE, service->id, owner, "", "", known->people_out,
                      figures.people_out);
    }
    *known = (struct known){figures.demand, figures.supply, figures.people_out};
}

static void on_buffer(toc_drill *drill, const toc_change *change) {
    static const char *const phases[] = {"empty", "draining", "filling", "full"};
    const toc_buffer *buffer = &drill->topology->buffers[change->subject];
    TOC_ASSERT(change->after >= 0 && change->after < 4);
    toc_trace_put(drill, TOC_TRACE_BUFFER, drill->topology->assets[buffer->feeds].id,
                  drill->topology->assets[buffer->asset].id, phases[change->after], buffer->kind,
                  change->before, change->after);
}

static void on_job(toc_drill *drill, const toc_change *change) {
    toc_job job = toc_job_read(drill->world, change->subject);
    const char *who = job.order.remote ? "remote" : "";
    if (!job.order.remote && job.crew != TOC_INDEX_NONE) {
        who = drill->topology->crews[job.crew].id;
    } else if (job.order.vendor != 0) {
        who = drill->topology->vendors[job.order.vendor - 1].id;
    }
    toc_trace_put(drill, TOC_TRACE_JOB, element_id(drill, change->other), who,
                  toc_job_kind_name(job.order.kind),
                  toc_job_stage_name((toc_job_stage)change->after), change->before,
                  change->subject);
}

/* A change of belief that changes nothing (telemetry came or went) is no news: control tells it. */
static void on_belief(toc_drill *drill, const toc_change *change) {
    if (change->before == change->after) {
        return;
    }
    const char *owner = drill->topology->operators[change->other].id;
    toc_belief belief = toc_belief_read(drill->world, change->other, change->subject);
    const char *operation = toc_world_operation_name(belief.operation);
    const char *source = toc_belief_source_name(belief.source);
    const char *subject = element_id(drill, change->subject);
    toc_trace_put(drill, TOC_TRACE_BELIEF, subject, owner, operation, source, change->before,
                  change->after);
    toc_observation observation = {.at = toc_calendar_now(drill->calendar),
                                   .kind = TOC_OBSERVED_ALARM,
                                   .subject = subject,
                                   .actor = "",
                                   .verb = operation,
                                   .text = source,
                                   .before = change->before,
                                   .after = change->after};
    toc_observation_add_team(drill, owner, &observation);
    toc_duty_note_alarm(drill, owner);
}

/* Whoever sees a line by telemetry is told that it carries too much, and has until its relay acts.
 */
static void tell_of_overload(toc_drill *drill, const toc_change *change, uint32_t owner) {
    if (owner == TOC_INDEX_NONE || toc_belief_read(drill->world, owner, change->subject).stale) {
        return;
    }
    toc_observation observation = {.at = toc_calendar_now(drill->calendar),
                                   .kind = TOC_OBSERVED_ALARM,
                                   .subject = element_id(drill, change->subject),
                                   .actor = "",
                                   .verb = change->after != 0 ? "overload" : "overload-over",
                                   .text = toc_belief_source_name(TOC_SEEN_BY_TELEMETRY),
                                   .before = change->before,
                                   .after = change->after};
    toc_observation_add_team(drill, drill->topology->operators[owner].id, &observation);
}

static void on_intrusion(toc_drill *drill, const toc_change *change) {
    static const char *const access[] = {"none", "user", "admin"};
    const char *who =
        change->kind == TOC_CHANGE_INTEGRITY ? "" : toc_intrusion_name(drill->world, change->other);
    const char *what = change->kind == TOC_CHANGE_IMPLANT     ? "implant"
                       : change->kind == TOC_CHANGE_INTEGRITY ? "tampered"
                                                              : "access";
    const char *text = change->kind == TOC_CHANGE_ACCESS ? access[change->after]
                       : change->after != 0              ? "there"
                                                         : "gone";
    toc_trace_put(drill, TOC_TRACE_INTRUSION, element_id(drill, change->subject), who, what, text,
                  change->before, change->after);
}

static void on_overload(toc_drill *drill, const toc_change *change) {
    const toc_link *link = &drill->topology->links[change->subject - drill->topology->asset_count];
    uint32_t from = drill->topology->assets[link->from].operator_index;
    uint32_t to = drill->topology->assets[link->to].operator_index;
    toc_trace_put(drill, TOC_TRACE_OVERLOAD, link->id, "", "", "", change->before, change->after);
    tell_of_overload(drill, change, from);
    if (to != from) {
        tell_of_overload(drill, change, to);
    }
}

/* Both who owns the crew and who has it are told. */
static void on_shift(toc_drill *drill, const toc_change *change) {
    const toc_crew *crew = &drill->topology->crews[change->subject];
    uint32_t serves = toc_job_crew_serves(drill->world, change->subject);
    const char *state = toc_shift_name((toc_shift_state)change->after);
    toc_trace_put(drill, TOC_TRACE_SHIFT, crew->id, drill->actor, state, "", change->before,
                  change->after);
    toc_observation observation = {
        .kind = TOC_OBSERVED_SHIFT, .subject = crew->id, .actor = "", .verb = state, .text = ""};
    toc_observation_add_team(drill, drill->topology->operators[serves].id, &observation);
    if (serves != crew->operator_index) {
        toc_observation_add_team(drill, drill->topology->operators[crew->operator_index].id,
                                 &observation);
    }
}

static void on_stock(toc_drill *drill, const toc_change *change) {
    toc_trace_put(drill, TOC_TRACE_STOCK, element_id(drill, change->subject), drill->actor,
                  drill->topology->parts[change->other], "", change->before, change->after);
}

/* Who tells of each kind of change. */
static void (*const tellers[])(toc_drill *, const toc_change *) = {
    [TOC_CHANGE_OPERATION] = on_operation,
    [TOC_CHANGE_CAUSE] = on_cause,
    [TOC_CHANGE_CONTROL] = on_control,
    [TOC_CHANGE_SERVICE] = on_service,
    [TOC_CHANGE_BUFFER] = on_buffer,
    [TOC_CHANGE_JOB] = on_job,
    [TOC_CHANGE_BELIEF] = on_belief,
    [TOC_CHANGE_OVERLOAD] = on_overload,
    [TOC_CHANGE_CONDUIT] = toc_perimeter_on_change,
    [TOC_CHANGE_ZONE] = toc_perimeter_on_change,
    [TOC_CHANGE_LISTENER] = toc_perimeter_on_change,
    [TOC_CHANGE_PHASE] = toc_perimeter_on_change,
    [TOC_CHANGE_TANK] = toc_basin_on_change,
    [TOC_CHANGE_SWITCHED] = toc_basin_on_change,
    [TOC_CHANGE_READING] = toc_basin_on_change,
    [TOC_CHANGE_VIEW] = toc_deception_on_change,
    [TOC_CHANGE_COMMAND] = toc_deception_on_change,
    [TOC_CHANGE_SHOWN] = toc_deception_on_change,
    [TOC_CHANGE_ACCESS] = on_intrusion,
    [TOC_CHANGE_IMPLANT] = on_intrusion,
    [TOC_CHANGE_INTEGRITY] = on_intrusion,
    [TOC_CHANGE_SHIFT] = on_shift,
    [TOC_CHANGE_STOCK] = on_stock,
    [TOC_CHANGE_ALERT] = toc_lookout_on_change,
};
_Static_assert(sizeof tellers / sizeof *tellers == TOC_CHANGE_KINDS, "somebody for each kind");

void toc_witness_change(void *object, const toc_change *change) {
    toc_drill *drill = object;
    TOC_ASSERT(change->kind < TOC_CHANGE_KINDS && tellers[change->kind] != NULL);
    tellers[change->kind](drill, change);
    toc_action_on_change(drill, change);
}

void toc_witness_begin(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->topology->service_count; i++) {
        const toc_service *service = &drill->topology->services[i];
        toc_service_figures figures = toc_service_read(drill->world, i);
        *(struct known *)toc_list_add(&drill->known_supply, sizeof(struct known)) =
            (struct known){figures.demand, figures.supply, figures.people_out};
        toc_trace_put(drill, TOC_TRACE_SERVICE, service->id,
                      toc_topology_operator_id(drill->topology, service->operator_index),
                      "at-start", service->unit->name, figures.demand, figures.supply);
    }
}

void toc_witness_finish(toc_drill *drill) {
    toc_list_finish(&drill->known_supply);
}
