/* Drill: owns everything of one run, and lets time pass. */
#include "tocsin/drill.h"

#include "drill/action.h"
#include "drill/adversary.h"
#include "drill/bindings.h"
#include "drill/decision.h"
#include "drill/deed.h"
#include "drill/direction.h"
#include "drill/duty.h"
#include "drill/emergency.h"
#include "drill/expectation.h"
#include "drill/gridwork.h"
#include "drill/inject.h"
#include "drill/mark.h"
#include "drill/message.h"
#include "drill/objective.h"
#include "drill/order.h"
#include "drill/persona.h"
#include "drill/phase.h"
#include "drill/regime.h"
#include "drill/scenario.h"
#include "drill/seat.h"
#include "drill/spec.h"
#include "drill/variable.h"
#include "drill/watch.h"
#include "drill/witness.h"
#include "drill/wording.h"
#include "kernel/assert.h"
#include "model/service.h"

/* Hands what the drill has found since the last call on to the caller. */
static void hand_on(toc_drill *drill, toc_problems *problems) {
    for (; drill->problems_told < toc_problems_kept(drill->problems); drill->problems_told++) {
        toc_problem problem = toc_problems_at(drill->problems, drill->problems_told);
        if (problem.severity == TOC_WARNING) {
            toc_problems_warn(problems, problem.place, "%s", problem.text);
        } else {
            (void)toc_problems_error(problems, problem.place, "%s", problem.text);
        }
    }
}

static toc_drill *create(const toc_package *package, const toc_topology *topology,
                         const toc_drill_options *options) {
    toc_arena *arena = toc_arena_create();
    toc_drill *drill = toc_arena_alloc(arena, sizeof *drill);
    drill->package = package;
    drill->options = *options;
    drill->topology = topology;
    drill->arena = arena;
    drill->calendar = toc_calendar_create();
    drill->conditions = toc_conditions_create(drill->calendar);
    drill->problems = toc_problems_create();
    drill->texts = toc_names_create();
    drill->seat_names = toc_names_create();
    drill->mark_names = toc_names_create();
    drill->inject_names = toc_names_create();
    drill->handouts = toc_names_create();
    drill->variable_names = toc_names_create();
    drill->trace_digest = toc_digest_start().value;
    drill->actor = "";
    drill->title = drill->place = drill->organiser = drill->purpose = drill->classification =
        drill->form = drill->span = drill->content = drill->starts = "";
    return drill;
}

toc_status toc_drill_open_on(const toc_package *package, const toc_topology *topology,
                             const toc_drill_options *options, toc_problems *problems,
                             toc_drill **out_drill) {
    toc_drill *drill = create(package, topology, options);
    toc_status status = toc_scenario_run(drill);
    hand_on(drill, problems);
    if (status != TOC_OK) {
        toc_drill_close(drill);
        return status;
    }
    toc_scenario_begin(drill);
    *out_drill = drill;
    return TOC_OK;
}

toc_status toc_drill_open(const toc_package *package, const toc_drill_options *options,
                          toc_problems *problems, toc_drill **out_drill) {
    return toc_drill_open_on(package, NULL, options, problems, out_drill);
}

static void finish_lists(toc_drill *drill) {
    toc_adversary_finish(drill);
    toc_decision_finish(drill);
    toc_deed_finish(drill);
    toc_duty_finish(drill);
    toc_emergency_finish(drill);
    toc_inject_finish(drill);
    toc_expectation_finish(drill);
    toc_mark_finish(drill);
    toc_message_finish(drill);
    toc_persona_finish(drill);
    toc_phase_finish(drill);
    toc_regime_finish(drill);
    toc_variable_finish(drill);
    toc_wording_finish(drill);
    toc_order_finish(drill);
    toc_objective_finish(drill);
    toc_watch_finish(drill);
    toc_bind_flow_finish(drill);
    toc_spec_finish(drill);
    toc_witness_finish(drill);
    toc_action_finish(drill);
    toc_seat_finish(drill);
    toc_list_finish(&drill->criteria);
}

void toc_drill_close(toc_drill *drill) {
    if (drill == NULL) {
        return;
    }
    toc_processes_destroy(drill->processes);
    toc_host_destroy(drill->host);
    toc_world_destroy(drill->world);
    finish_lists(drill);
    toc_conditions_destroy(drill->conditions);
    toc_calendar_destroy(drill->calendar);
    toc_names_destroy(drill->texts);
    toc_names_destroy(drill->seat_names);
    toc_names_destroy(drill->mark_names);
    toc_names_destroy(drill->inject_names);
    toc_names_destroy(drill->handouts);
    toc_problems_destroy(drill->problems);
    toc_topology_destroy(drill->own_topology);
    toc_arena_destroy(drill->arena);
}

void toc_drill_stop(toc_drill *drill, toc_status status) {
    if (drill->status == TOC_OK) {
        drill->status = status;
    }
    drill->stopping = true;
    toc_calendar_halt(drill->calendar);
}

static void end(toc_drill *drill) {
    if (drill->ended_why == NULL) {
        drill->ended_why = "its time is over";
    }
    toc_objective_close(drill);
    toc_expectation_close(drill);
    toc_emergency_close(drill);
    toc_trace_put(drill, TOC_TRACE_DRILL, drill->ended_why, "", "ended", "", 0, 0);
    drill->stage = TOC_DRILL_ENDED;
    toc_world_check(drill->world);
}

toc_status toc_drill_advance(toc_drill *drill, toc_time until, toc_problems *problems) {
    if (drill->status != TOC_OK || drill->stage == TOC_DRILL_ENDED) {
        return drill->status;
    }
    TOC_ASSERT(until >= toc_calendar_now(drill->calendar));
    until = until < drill->length ? until : drill->length;
    toc_calendar_run(drill->calendar, until);
    if (drill->status == TOC_OK &&
        (drill->stopping || toc_calendar_now(drill->calendar) == drill->length)) {
        end(drill);
    }
    hand_on(drill, problems);
    return drill->status;
}

const char *toc_drill_keep(toc_drill *drill, const char *text) {
    return text[0] == '\0' ? ""
                           : toc_names_at(drill->texts, toc_names_add(drill->texts, text, NULL));
}

toc_time toc_drill_now(const toc_drill *drill) {
    return toc_calendar_now(drill->calendar);
}

toc_time toc_drill_length(const toc_drill *drill) {
    return drill->length;
}

bool toc_drill_has_ended(const toc_drill *drill) {
    return drill->stage == TOC_DRILL_ENDED;
}

toc_time toc_drill_next(const toc_drill *drill) {
    if (drill->stage == TOC_DRILL_ENDED || drill->status != TOC_OK) {
        return TOC_NEVER;
    }
    toc_time next = toc_calendar_next(drill->calendar);
    return next < drill->length ? next : drill->length;
}

uint64_t toc_drill_digest(const toc_drill *drill) {
    toc_digest digest = toc_digest_start();
    toc_digest_u64(&digest, drill->options.seed);
    toc_digest_u64(&digest, drill->options.replication);
    toc_world_digest(drill->world, &digest);
    toc_digest_u64(&digest, toc_calendar_digest(drill->calendar));
    toc_digest_u64(&digest, drill->trace_digest);
    toc_digest_u64(&digest, drill->trace_count);
    toc_digest_u64(&digest, drill->stage == TOC_DRILL_ENDED);
    toc_adversary_digest(drill, &digest);
    toc_decision_digest(drill, &digest);
    toc_deed_digest(drill, &digest);
    toc_duty_digest(drill, &digest);
    toc_emergency_digest(drill, &digest);
    toc_inject_digest(drill, &digest);
    toc_expectation_digest(drill, &digest);
    toc_mark_digest(drill, &digest);
    toc_message_digest(drill, &digest);
    toc_persona_digest(drill, &digest);
    toc_phase_digest(drill, &digest);
    toc_regime_digest(drill, &digest);
    toc_variable_digest(drill, &digest);
    toc_order_digest(drill, &digest);
    toc_objective_digest(drill, &digest);
    toc_action_digest(drill, &digest);
    toc_seat_digest(drill, &digest);
    return toc_digest_value(digest);
}

uint64_t toc_drill_events(const toc_drill *drill) {
    return toc_calendar_executed(drill->calendar);
}

toc_drill_facts toc_drill_facts_of(const toc_drill *drill) {
    return (toc_drill_facts){.title = drill->title,
                             .form = drill->form,
                             .span = drill->span,
                             .content = drill->content,
                             .starts = drill->starts,
                             .classification = drill->classification,
                             .place = drill->place,
                             .organiser = drill->organiser,
                             .purpose = drill->purpose,
                             .power_rule = toc_gridwork_rule(drill),
                             .seats = toc_names_count(drill->seat_names),
                             .objectives = drill->objectives.count,
                             .injects = drill->injects.count,
                             .duties = toc_duty_started(drill),
                             .personas = drill->personas.count,
                             .decisions = drill->decisions.count,
                             .moves = drill->phases.count,
                             .services = drill->topology->service_count};
}

const toc_topology *toc_drill_topology(const toc_drill *drill) {
    return drill->topology;
}

const char *toc_drill_seat(const toc_drill *drill, uint32_t index) {
    TOC_ASSERT(index < toc_names_count(drill->seat_names));
    return toc_names_at(drill->seat_names, index);
}

toc_drill_persona toc_drill_persona_at(const toc_drill *drill, uint32_t index) {
    const toc_persona *persona = toc_persona_at(drill, index);
    return (toc_drill_persona){persona->id, persona->name, persona->channel,
                               persona->about == NULL ? "" : persona->about};
}

toc_drill_service toc_drill_service_at(const toc_drill *drill, uint32_t index) {
    TOC_ASSERT(index < drill->topology->service_count);
    const toc_service *service = &drill->topology->services[index];
    toc_service_figures figures = toc_service_read(drill->world, index);
    double unit_hours = (double)service->unit->base * (double)TOC_HOUR;
    return (toc_drill_service){
        .id = service->id,
        .operator_id = toc_topology_operator_id(drill->topology, service->operator_index),
        .unit = service->unit->name,
        .demand_integral = (double)figures.demand_us / unit_hours,
        .loss_integral = (double)figures.loss_us / unit_hours,
        .people_hours_lost = (double)figures.people_us / (double)TOC_HOUR,
        .level_ppm = figures.level_ppm,
        .min_level_ppm = figures.min_level_ppm,
        .first_loss = figures.first_loss,
        .restored_at = figures.restored_at};
}

toc_drill_objective toc_drill_objective_at(const toc_drill *drill, uint32_t index) {
    return toc_objective_read(drill, index);
}

toc_drill_duty toc_drill_duty_at(const toc_drill *drill, uint32_t index) {
    return toc_duty_read(drill, index);
}

toc_drill_decision toc_drill_decision_at(const toc_drill *drill, uint32_t index) {
    return toc_decision_read(drill, index);
}

uint32_t toc_drill_direction_count(void) {
    return toc_direction_count();
}

toc_drill_direction toc_drill_direction_at(uint32_t index) {
    return toc_direction_at(index);
}

toc_status toc_drill_submit(toc_drill *drill, const toc_input *input, toc_problems *problems,
                            toc_time *out_at) {
    return toc_action_submit(drill, input, problems, out_at);
}

toc_status toc_drill_replay(toc_drill *drill, const toc_input *input, toc_problems *problems) {
    return toc_action_replay(drill, input, problems);
}
