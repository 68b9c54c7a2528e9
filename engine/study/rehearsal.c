#include "study/rehearsal.h"

#include <glib.h>
#include <string.h>

#define HOURS(time) ((double)(time) / (double)TOC_HOUR)

/* -- What the runs have in common: subjects in the order in which the first run tells them ----- */

struct subjects {
    toc_rehearsal_subject *items;
    size_t count;
};

static size_t subject_of(struct subjects *subjects, toc_rehearsal_subject subject) {
    for (size_t i = 0; i < subjects->count; i++) {
        if (strcmp(subjects->items[i].id, subject.id) == 0 &&
            strcmp(subjects->items[i].operator_id, subject.operator_id) == 0) {
            return i;
        }
    }
    subjects->items = g_renew(toc_rehearsal_subject, subjects->items, subjects->count + 1);
    subjects->items[subjects->count] = subject;
    return subjects->count++;
}

static toc_rehearsal_subject of_service(const toc_drill_service *service) {
    return (toc_rehearsal_subject){service->id, service->operator_id, service->unit, ""};
}

static toc_rehearsal_subject of_objective(const toc_drill_objective *objective) {
    return (toc_rehearsal_subject){objective->id, "", "", objective->text};
}

static toc_rehearsal_subject of_duty(const toc_drill_duty *duty) {
    return (toc_rehearsal_subject){duty->id, duty->operator_id, "", duty->text};
}

static void find_subjects(const toc_outcome *outcomes, size_t count, toc_rehearsal *rehearsal) {
    struct subjects services = {0}, objectives = {0}, duties = {0};
    for (size_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < outcomes[i].service_count; k++) {
            (void)subject_of(&services, of_service(&outcomes[i].services[k]));
        }
        for (uint32_t k = 0; k < outcomes[i].objective_count; k++) {
            (void)subject_of(&objectives, of_objective(&outcomes[i].objectives[k]));
        }
        for (uint32_t k = 0; k < outcomes[i].duty_count; k++) {
            (void)subject_of(&duties, of_duty(&outcomes[i].duties[k]));
        }
    }
    rehearsal->services = services.items;
    rehearsal->service_count = services.count;
    rehearsal->objectives = objectives.items;
    rehearsal->objective_count = objectives.count;
    rehearsal->duties = duties.items;
    rehearsal->duty_count = duties.count;
}

/* -- One policy: columns of values, filled run by run -------------------------------------------
 */

struct column {
    double *values;
    size_t count;
};

static void put(struct column *column, double value) {
    column->values[column->count++] = value;
}

/* Empties the column for the next use. */
static toc_sample take(struct column *column) {
    toc_sample sample = toc_sample_of(column->values, column->count);
    column->count = 0;
    return sample;
}

static const toc_drill_service *service_in(const toc_outcome *outcome,
                                           const toc_rehearsal_subject *subject) {
    for (uint32_t i = 0; i < outcome->service_count; i++) {
        if (strcmp(outcome->services[i].id, subject->id) == 0 &&
            strcmp(outcome->services[i].operator_id, subject->operator_id) == 0) {
            return &outcome->services[i];
        }
    }
    return NULL;
}

static toc_rehearsal_service service_over(const toc_outcome *outcomes, uint32_t runs,
                                          const toc_rehearsal_subject *subject) {
    double *memory = g_new(double, 4 * (size_t)runs);
    struct column loss = {memory, 0}, people = {memory + runs, 0}, worst = {memory + 2 * runs, 0},
                  restored = {memory + 3 * (size_t)runs, 0};
    size_t hit = 0, seen = 0;
    for (uint32_t i = 0; i < runs; i++) {
        const toc_drill_service *service = service_in(&outcomes[i], subject);
        if (service == NULL) {
            continue;
        }
        seen++;
        hit += service->first_loss != TOC_NEVER;
        put(&loss, service->loss_integral);
        put(&people, service->people_hours_lost);
        put(&worst, (double)service->min_level_ppm / 1e4);
        if (service->first_loss != TOC_NEVER && service->restored_at != TOC_NEVER) {
            put(&restored, HOURS(service->restored_at));
        }
    }
    toc_rehearsal_service over = {take(&loss), take(&people), take(&worst), take(&restored),
                                  toc_sample_share_of(hit, seen)};
    g_free(memory);
    return over;
}

static toc_rehearsal_objective objective_over(const toc_outcome *outcomes, uint32_t runs,
                                              const char *id) {
    struct column at = {g_new(double, runs), 0};
    size_t met = 0, seen = 0;
    for (uint32_t i = 0; i < runs; i++) {
        for (uint32_t k = 0; k < outcomes[i].objective_count; k++) {
            const toc_drill_objective *objective = &outcomes[i].objectives[k];
            if (strcmp(objective->id, id) == 0) {
                seen++;
                met += objective->met;
                if (objective->met) {
                    put(&at, HOURS(objective->met_at));
                }
            }
        }
    }
    toc_rehearsal_objective over = {toc_sample_share_of(met, seen), take(&at)};
    g_free(at.values);
    return over;
}

static toc_rehearsal_duty duty_over(const toc_outcome *outcomes, uint32_t runs,
                                    const toc_rehearsal_subject *subject) {
    size_t triggered = 0, on_time = 0;
    for (uint32_t i = 0; i < runs; i++) {
        for (uint32_t k = 0; k < outcomes[i].duty_count; k++) {
            const toc_drill_duty *duty = &outcomes[i].duties[k];
            if (strcmp(duty->id, subject->id) == 0 &&
                strcmp(duty->operator_id, subject->operator_id) == 0) {
                triggered++;
                on_time += duty->on_time;
                break; /* a run counts once, however often the duty begins in it */
            }
        }
    }
    return (toc_rehearsal_duty){toc_sample_share_of(triggered, runs),
                                toc_sample_share_of(on_time, triggered)};
}

static void make_policy(const toc_rehearsal *rehearsal, const toc_outcome *outcomes,
                        toc_rehearsal_policy *policy) {
    uint32_t runs = rehearsal->runs;
    struct column column = {g_new(double, runs), 0};
    for (uint32_t i = 0; i < runs; i++) {
        put(&column, HOURS(outcomes[i].ended_at));
    }
    policy->hours = take(&column);
    for (uint32_t i = 0; i < runs; i++) {
        put(&column, (double)outcomes[i].events);
    }
    policy->events = take(&column);
    for (uint32_t i = 0; i < runs; i++) {
        put(&column, toc_outcome_people_hours(&outcomes[i]));
    }
    policy->people_hours = take(&column);
    g_free(column.values);
    policy->services = g_new0(toc_rehearsal_service, rehearsal->service_count);
    policy->objectives = g_new0(toc_rehearsal_objective, rehearsal->objective_count);
    policy->duties = g_new0(toc_rehearsal_duty, rehearsal->duty_count);
    for (size_t i = 0; i < rehearsal->service_count; i++) {
        policy->services[i] = service_over(outcomes, runs, &rehearsal->services[i]);
    }
    for (size_t i = 0; i < rehearsal->objective_count; i++) {
        policy->objectives[i] = objective_over(outcomes, runs, rehearsal->objectives[i].id);
    }
    for (size_t i = 0; i < rehearsal->duty_count; i++) {
        policy->duties[i] = duty_over(outcomes, runs, &rehearsal->duties[i]);
    }
}

/* -- Between policies ---------------------------------------------------------------------------
 */

/* How much of what is lost under the first policy is lost under this one, seed by seed. */
static toc_sample left_of(const toc_outcome *first, const toc_outcome *own, uint32_t runs) {
    struct column left = {g_new(double, runs), 0};
    for (uint32_t i = 0; i < runs; i++) {
        double lost = toc_outcome_people_hours(&first[i]);
        if (lost > 0) {
            put(&left, 100 * toc_outcome_people_hours(&own[i]) / lost);
        }
    }
    toc_sample sample = take(&left);
    g_free(left.values);
    return sample;
}

static bool is_better(const toc_outcome *one, const toc_outcome *other) {
    double lost = toc_outcome_people_hours(one), lost_by_other = toc_outcome_people_hours(other);
    return lost < lost_by_other ||
           (lost == lost_by_other && toc_outcome_met(one) > toc_outcome_met(other));
}

static toc_rehearsal_contrast contrast_of(const toc_rehearsal *rehearsal,
                                          const toc_outcome *outcomes) {
    uint32_t runs = rehearsal->runs;
    const toc_outcome *weak = outcomes, *strong = outcomes + (rehearsal->policy_count - 1) * runs;
    double *memory = g_new(double, 2 * (size_t)runs);
    struct column avoided = {memory, 0}, gained = {memory + runs, 0};
    size_t better = 0;
    for (uint32_t i = 0; i < runs; i++) {
        double lost = toc_outcome_people_hours(&weak[i]);
        better += is_better(&strong[i], &weak[i]);
        put(&gained, (double)toc_outcome_met(&strong[i]) - (double)toc_outcome_met(&weak[i]));
        if (lost > 0) {
            put(&avoided, 100 * (lost - toc_outcome_people_hours(&strong[i])) / lost);
        }
    }
    toc_rehearsal_contrast contrast = {.strong = rehearsal->policy_count - 1,
                                       .better = toc_sample_share_of(better, runs),
                                       .avoided = take(&avoided),
                                       .gained = take(&gained)};
    g_free(memory);
    return contrast;
}

void toc_rehearsal_make(const toc_replication_plan *plan, const toc_outcome *outcomes,
                        toc_rehearsal *rehearsal) {
    *rehearsal = (toc_rehearsal){.first_seed = plan->first_seed,
                                 .runs = plan->runs,
                                 .policies = g_new0(toc_rehearsal_policy, plan->policy_count),
                                 .policy_count = plan->policy_count};
    find_subjects(outcomes, plan->policy_count * plan->runs, rehearsal);
    for (size_t i = 0; i < plan->policy_count; i++) {
        rehearsal->policies[i].name = plan->policies[i];
        make_policy(rehearsal, outcomes + i * plan->runs, &rehearsal->policies[i]);
        rehearsal->policies[i].left = left_of(outcomes, outcomes + i * plan->runs, plan->runs);
    }
    rehearsal->contrast = contrast_of(rehearsal, outcomes);
}

void toc_rehearsal_finish(toc_rehearsal *rehearsal) {
    for (size_t i = 0; i < rehearsal->policy_count; i++) {
        g_free(rehearsal->policies[i].services);
        g_free(rehearsal->policies[i].objectives);
        g_free(rehearsal->policies[i].duties);
    }
    g_free(rehearsal->policies);
    g_free(rehearsal->services);
    g_free(rehearsal->objectives);
    g_free(rehearsal->duties);
    *rehearsal = (toc_rehearsal){0};
}
