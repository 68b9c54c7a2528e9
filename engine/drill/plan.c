#include "tocsin/plan.h"

#include <string.h>

#include "drill/bindings.h"
#include "drill/call.h"
#include "drill/criterion.h"
#include "drill/duty.h"
#include "drill/emergency.h"
#include "drill/inject.h"
#include "drill/objective.h"
#include "drill/seat.h"
#include "drill/regime.h"
#include "drill/phase.h"
#include "kernel/assert.h"

uint32_t toc_plan_count(const toc_drill *drill) {
    return drill->injects.count + toc_bind_flow_conditions(drill) + drill->objectives.count +
           drill->duties.count;
}

static toc_plan_part inject_part(const toc_drill *drill, const toc_inject *inject) {
    bool is_choice = inject->kind != NULL && strcmp(inject->kind->name, "decision.choice") == 0;
    return (toc_plan_part){.kind = TOC_PLAN_INJECT,
                           .id = inject->id,
                           .text = inject->text,
                           .place = inject->place,
                           .from = inject->from,
                           .channel = inject->channel,
                           .phase =
                               inject->at == TOC_NEVER ? "" : toc_phase_planned(drill, inject->at),
                           .to = inject->to,
                           .expects = (const char *const *)inject->expects,
                           .attachments = (const char *const *)inject->attachments,
                           .attachment_count = inject->attachment_count,
                           .cells = inject->cells,
                           .says = inject->call == NULL ? NULL : inject->call->script,
                           .answers = inject->call == NULL ? NULL : inject->call->answers,
                           .answer_count = inject->call == NULL ? 0 : inject->call->answer_count,
                           .at = inject->at,
                           .contingency = inject->contingency,
                           .to_count = inject->to_count,
                           .informs = inject->informs || is_choice,
                           .expect_count = inject->expect_count,
                           .by_hand = inject->at == TOC_NEVER && inject->when == TOC_INDEX_NONE,
                           .optional = inject->contingency || inject->unless != TOC_INDEX_NONE,
                           .silent = inject->hidden || inject->to_count == 0};
}

static toc_plan_part objective_part(const toc_objective_spec *spec) {
    return (toc_plan_part){.kind = TOC_PLAN_OBJECTIVE,
                           .id = spec->id,
                           .text = spec->text,
                           .place = spec->place,
                           .team = spec->team,
                           .after = spec->after,
                           .within = spec->within,
                           .judged = spec->criterion == TOC_INDEX_NONE};
}

toc_plan_part toc_plan_at(const toc_drill *drill, uint32_t index) {
    TOC_ASSERT(index < toc_plan_count(drill));
    if (index < drill->injects.count) {
        return inject_part(drill, toc_inject_at(drill, index));
    }
    index -= drill->injects.count;
    if (index < toc_bind_flow_conditions(drill)) {
        toc_plan_part part = {.kind = TOC_PLAN_CONDITION, .text = ""};
        (void)toc_bind_flow_condition(drill, index, &part.id, &part.place);
        return part;
    }
    index -= toc_bind_flow_conditions(drill);
    if (index < drill->objectives.count) {
        return objective_part(toc_objective_spec_at(drill, index));
    }
    const toc_duty_rule *rule = toc_duty_rule_at(drill, index - drill->objectives.count);
    return (toc_plan_part){.kind = TOC_PLAN_DUTY,
                           .id = rule->id,
                           .text = rule->text,
                           .place = rule->place,
                           .team = rule->team,
                           .recipient = rule->to,
                           .clock = toc_duty_clock_name(rule->clock),
                           .source = rule->source == NULL ? "" : rule->source,
                           .within = rule->within,
                           .by_rules = rule->law != NULL,
                           .unconfirmed = rule->law != NULL && !toc_regime_is_confirmed(rule)};
}

/* The criterion that the part hangs on. */
static uint32_t criterion_of(const toc_drill *drill, uint32_t index) {
    uint32_t first = drill->injects.count + toc_bind_flow_conditions(drill);
    if (index < first) {
        return TOC_INDEX_NONE;
    }
    index -= first;
    return index < drill->objectives.count
               ? toc_objective_spec_at(drill, index)->criterion
               : toc_duty_rule_at(drill, index - drill->objectives.count)->trigger;
}

/* The one of that number at or below `criterion`; counts *number down by those that it passes. */
static uint32_t walk(const toc_drill *drill, uint32_t criterion, uint32_t *number,
                     unsigned *depth) {
    if ((*number)-- == 0) {
        return criterion;
    }
    ++*depth;
    for (uint32_t child = toc_criterion_at(drill, criterion)->first; child != TOC_INDEX_NONE;
         child = toc_criterion_at(drill, child)->next) {
        uint32_t found = walk(drill, child, number, depth);
        if (found != TOC_INDEX_NONE) {
            return found;
        }
    }
    --*depth;
    return TOC_INDEX_NONE;
}

bool toc_plan_evidence_at(const toc_drill *drill, uint32_t index, uint32_t number,
                          toc_plan_evidence *out_evidence) {
    static const toc_plan_evidence_kind kinds[] = {
        [TOC_CRITERION_FUNCTION] = TOC_PLAN_FUNCTION, [TOC_CRITERION_DECLARED] = TOC_PLAN_DECLARED,
        [TOC_CRITERION_ACTED] = TOC_PLAN_ACTED,       [TOC_CRITERION_REPORTED] = TOC_PLAN_REPORTED,
        [TOC_CRITERION_SERVICE] = TOC_PLAN_SERVICE,   [TOC_CRITERION_RESTORED] = TOC_PLAN_RESTORED,
        [TOC_CRITERION_MARKED] = TOC_PLAN_MARKED,     [TOC_CRITERION_DECIDED] = TOC_PLAN_DECIDED,
        [TOC_CRITERION_SEVERITY] = TOC_PLAN_SEVERITY, [TOC_CRITERION_ALERTED] = TOC_PLAN_ALERTED,
        [TOC_CRITERION_ALL] = TOC_PLAN_ALL,           [TOC_CRITERION_ANY] = TOC_PLAN_ANY};
    unsigned depth = 0;
    uint32_t whole = criterion_of(drill, index);
    uint32_t found = whole == TOC_INDEX_NONE ? whole : walk(drill, whole, &number, &depth);
    if (found == TOC_INDEX_NONE) {
        return false;
    }
    const toc_criterion *criterion = toc_criterion_at(drill, found);
    *out_evidence = (toc_plan_evidence){.kind = kinds[criterion->kind],
                                        .depth = depth,
                                        .place = criterion->place,
                                        .what = criterion->what,
                                        .target = criterion->target,
                                        .team = criterion->team,
                                        .level_ppm = criterion->level_ppm,
                                        .below = criterion->below};
    return true;
}

bool toc_plan_verb_at(const toc_drill *drill, uint32_t seat, uint32_t number,
                      toc_plan_verb *out_verb) {
    TOC_ASSERT(seat < toc_seat_count(drill));
    for (int i = 0; i < (int)TOC_VERBS; i++) {
        toc_action_verb verb = (toc_action_verb)i;
        if (toc_seat_may(drill, seat, verb) && number-- == 0) {
            *out_verb = (toc_plan_verb){toc_action_name(verb), toc_action_help(verb)};
            return true;
        }
    }
    return false;
}

const char *toc_plan_emergency(const toc_drill *drill, uint32_t seat) {
    uint32_t index = toc_emergency_of_seat(drill, seat);
    return index == TOC_INDEX_NONE ? "" : toc_emergency_plan_at(drill, index)->name.en;
}

bool toc_plan_step_at(const toc_drill *drill, uint32_t seat, uint32_t number,
                      toc_plan_step *out_step) {
    uint32_t index = toc_emergency_of_seat(drill, seat);
    if (index == TOC_INDEX_NONE) {
        return false;
    }
    const toc_emergency_plan *plan = toc_emergency_plan_at(drill, index);
    uint32_t steps = (uint32_t)plan->step_count;
    if (number < steps) {
        const toc_emergency_plan_step *step = &plan->steps[number];
        *out_step = (toc_plan_step){
            .id = step->name.id,
            .text = step->name.en,
            .role = plan->roles[step->role].en,
            .level = step->level == TOC_EMERGENCY_PLAN_NONE ? "" : plan->levels[step->level].id,
            .condition = step->if_en,
            .within = step->within,
            .optional = step->optional,
            .own = toc_emergency_is_role(drill, index, step->role, seat)};
        return true;
    }
    if (number - steps >= (uint32_t)plan->limit_count) {
        return false;
    }
    const toc_emergency_plan_limit *limit = &plan->limits[number - steps];
    *out_step = (toc_plan_step){.id = limit->name.id,
                                .text = limit->name.en,
                                .role = "",
                                .level = "",
                                .condition = "",
                                .within = TOC_NEVER,
                                .forbidden = true};
    return true;
}

bool toc_plan_note_at(const toc_drill *drill, uint32_t seat, uint32_t number,
                      toc_plan_note *out_note) {
    uint32_t index = toc_emergency_of_seat(drill, seat);
    if (index == TOC_INDEX_NONE) {
        return false;
    }
    const toc_emergency_plan *plan = toc_emergency_plan_at(drill, index);
    uint32_t levels = (uint32_t)plan->level_count;
    if (number >= levels + (uint32_t)plan->contact_count) {
        return false;
    }
    bool is_contact = number >= levels;
    const toc_emergency_plan_part *part =
        is_contact ? &plan->contacts[number - levels] : &plan->levels[number];
    *out_note = (toc_plan_note){.id = part->id,
                                .text = part->en,
                                .at = is_contact ? part->at : plan->roles[part->by].en,
                                .is_contact = is_contact};
    return true;
}
