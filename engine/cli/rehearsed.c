#include "cli/rehearsed.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "evaluation/moment.h"

/* -- For machines -------------------------------------------------------------------------------
 */

static void set(json_t *object, const char *key, json_t *value) {
    (void)json_object_set_new(object, key, value);
}

static json_t *sample_json(toc_sample sample) {
    json_t *object = json_object();
    set(object, "count", json_integer((json_int_t)sample.count));
    const struct {
        const char *key;
        double value;
    } figures[] = {{"mean", sample.mean},     {"mean_low", sample.low}, {"mean_high", sample.high},
                   {"sd", sample.sd},         {"min", sample.least},    {"p10", sample.p10},
                   {"median", sample.median}, {"p90", sample.p90},      {"max", sample.most}};
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        set(object, figures[i].key, sample.count > 0 ? json_real(figures[i].value) : json_null());
    }
    return object;
}

static json_t *share_json(toc_sample_share share) {
    json_t *object = json_object();
    set(object, "hits", json_integer((json_int_t)share.hits));
    set(object, "count", json_integer((json_int_t)share.count));
    set(object, "share", share.count > 0 ? json_real(share.share) : json_null());
    set(object, "low", json_real(share.low));
    set(object, "high", json_real(share.high));
    return object;
}

static json_t *subject_json(const toc_rehearsal_subject *subject) {
    json_t *object = json_object();
    set(object, "id", toc_cli_text(subject->id));
    if (subject->operator_id[0] != '\0') {
        set(object, "operator", toc_cli_text(subject->operator_id));
    }
    if (subject->unit[0] != '\0') {
        set(object, "unit", toc_cli_text(subject->unit));
    }
    return object;
}

static json_t *policy_json(const toc_rehearsal *rehearsal, const toc_rehearsal_policy *policy) {
    json_t *object = json_object(), *services = json_array(), *objectives = json_array(),
           *duties = json_array();
    for (size_t i = 0; i < rehearsal->service_count; i++) {
        json_t *service = subject_json(&rehearsal->services[i]);
        set(service, "loss_integral", sample_json(policy->services[i].loss));
        set(service, "people_hours_lost", sample_json(policy->services[i].people_hours));
        set(service, "worst_percent", sample_json(policy->services[i].worst));
        set(service, "restored_hours", sample_json(policy->services[i].restored));
        set(service, "hit", share_json(policy->services[i].hit));
        (void)json_array_append_new(services, service);
    }
    for (size_t i = 0; i < rehearsal->objective_count; i++) {
        json_t *objective = subject_json(&rehearsal->objectives[i]);
        set(objective, "met", share_json(policy->objectives[i].met));
        set(objective, "met_hours", sample_json(policy->objectives[i].at));
        (void)json_array_append_new(objectives, objective);
    }
    for (size_t i = 0; i < rehearsal->duty_count; i++) {
        json_t *duty = subject_json(&rehearsal->duties[i]);
        set(duty, "triggered", share_json(policy->duties[i].triggered));
        set(duty, "on_time", share_json(policy->duties[i].on_time));
        (void)json_array_append_new(duties, duty);
    }
    set(object, "policy", toc_cli_text(policy->name));
    set(object, "hours", sample_json(policy->hours));
    set(object, "events", sample_json(policy->events));
    set(object, "people_hours_lost", sample_json(policy->people_hours));
    set(object, "left_percent", sample_json(policy->left));
    set(object, "services", services);
    set(object, "objectives", objectives);
    set(object, "duties", duties);
    return object;
}

static void add_json(void *array, const char *sentence) {
    (void)json_array_append_new(array, toc_cli_text(sentence));
}

json_t *toc_rehearsed_json(const toc_rehearsed *rehearsed) {
    const toc_rehearsal *rehearsal = rehearsed->rehearsal;
    json_t *document = json_object(), *policies = json_array(), *advice = json_array();
    set(document, "title", toc_cli_text(rehearsed->title));
    set(document, "package", toc_cli_text(rehearsed->package));
    set(document, "first_seed", json_integer((json_int_t)rehearsal->first_seed));
    set(document, "runs", json_integer(rehearsal->runs));
    for (size_t i = 0; i < rehearsal->policy_count; i++) {
        (void)json_array_append_new(policies, policy_json(rehearsal, &rehearsal->policies[i]));
    }
    set(document, "policies", policies);
    if (rehearsal->policy_count > 1) {
        json_t *difficulty = json_object();
        const toc_rehearsal_contrast *contrast = &rehearsal->contrast;
        set(difficulty, "weak", toc_cli_text(rehearsal->policies[contrast->weak].name));
        set(difficulty, "strong", toc_cli_text(rehearsal->policies[contrast->strong].name));
        set(difficulty, "better", share_json(contrast->better));
        set(difficulty, "avoided_percent", sample_json(contrast->avoided));
        set(difficulty, "objectives_gained", sample_json(contrast->gained));
        set(document, "difficulty", difficulty);
    }
    toc_advice_give(rehearsal, add_json, advice);
    set(document, "advice", advice);
    return document;
}

/* -- For people ---------------------------------------------------------------------------------
 */

enum { NAME = 30, CELL = 26 };

/* "12.3 (4.5 to 20.1)": the median, and between what eight of ten runs lie; in millions where it
   would not fit its column. */
static void put_sample(toc_sample sample, int decimals) {
    char text[64] = "-";
    bool is_large = sample.p90 >= 1e6;
    double unit = is_large ? 1e6 : 1;
    if (is_large) {
        decimals = sample.p90 >= 1e9 ? 0 : sample.p90 >= 1e7 ? 1 : 2;
    }
    if (sample.count > 0) {
        (void)snprintf(text, sizeof text, "%.*f%s (%.*f to %.*f)", decimals, sample.median / unit,
                       is_large ? " M" : "", decimals, sample.p10 / unit, decimals,
                       sample.p90 / unit);
    }
    (void)printf(" %*s", CELL, text);
}

static void put_share(toc_sample_share share) {
    char text[64] = "-";
    if (share.count > 0) {
        (void)snprintf(text, sizeof text, "%.0f %% (%.0f to %.0f)", 100 * share.share,
                       100 * share.low, 100 * share.high);
    }
    (void)printf(" %*s", CELL, text);
}

static int decimals_for(double value) {
    return value >= 100 ? 0 : value >= 10 ? 1 : 2;
}

static void put_name(const char *name) {
    char shown[128];
    (void)printf("%-*.*s", NAME, NAME, toc_problems_show(name, shown, sizeof shown));
}

static void put_subject(const toc_rehearsal_subject *subject, const char *behind) {
    char name[256];
    (void)snprintf(name, sizeof name, "%s%s%s%s%s", subject->operator_id,
                   subject->operator_id[0] == '\0' ? "" : " ", subject->id,
                   behind[0] == '\0' ? "" : ", ", behind);
    put_name(name);
}

static void put_service_name(const toc_rehearsal_subject *service) {
    char unit[TOC_MOMENT_SIZE];
    put_subject(service, toc_moment_integral_unit(service->unit, unit));
}

static void print_head(const toc_rehearsed *rehearsed) {
    const toc_rehearsal *rehearsal = rehearsed->rehearsal;
    char shown[256];
    (void)printf("%s: %" PRIu32 " runs of each policy, seeds %" PRIu64 " to %" PRIu64 "\n\n",
                 toc_problems_show(rehearsed->title, shown, sizeof shown), rehearsal->runs,
                 rehearsal->first_seed, rehearsal->first_seed + rehearsal->runs - 1);
    put_name("median (8 of 10), M = million");
    for (size_t k = 0; k < rehearsal->policy_count; k++) {
        (void)printf(" %*.*s", CELL, CELL, rehearsal->policies[k].name);
    }
    (void)printf("\n");
    put_name("hours of drill time");
    for (size_t k = 0; k < rehearsal->policy_count; k++) {
        put_sample(rehearsal->policies[k].hours, 2);
    }
    (void)printf("\n");
    put_name("people-hours lost");
    for (size_t k = 0; k < rehearsal->policy_count; k++) {
        put_sample(rehearsal->policies[k].people_hours, 0);
    }
    (void)printf("\n");
    put_name("  in % of the weakest's");
    for (size_t k = 0; k < rehearsal->policy_count; k++) {
        put_sample(rehearsal->policies[k].left, 1);
    }
    (void)printf("\n");
}

static void print_services(const toc_rehearsal *rehearsal) {
    (void)printf("%s", rehearsal->service_count > 0 ? "\nnot supplied\n" : "");
    for (size_t i = 0; i < rehearsal->service_count; i++) {
        put_service_name(&rehearsal->services[i]);
        for (size_t k = 0; k < rehearsal->policy_count; k++) {
            toc_sample loss = rehearsal->policies[k].services[i].loss;
            put_sample(loss, decimals_for(loss.median));
        }
        (void)printf("\n");
    }
}

static void print_objectives(const toc_rehearsal *rehearsal) {
    (void)printf("%s", rehearsal->objective_count > 0 ? "\nobjectives met (95 % interval)\n" : "");
    for (size_t i = 0; i < rehearsal->objective_count; i++) {
        char shown[256];
        put_subject(&rehearsal->objectives[i], "");
        for (size_t k = 0; k < rehearsal->policy_count; k++) {
            put_share(rehearsal->policies[k].objectives[i].met);
        }
        (void)printf("  %s\n",
                     toc_problems_show(rehearsal->objectives[i].text, shown, sizeof shown));
    }
}

static void print_duties(const toc_rehearsal *rehearsal) {
    (void)printf("%s", rehearsal->duty_count > 0
                           ? "\nduties done in time, where they began (95 % interval)\n"
                           : "");
    for (size_t i = 0; i < rehearsal->duty_count; i++) {
        put_subject(&rehearsal->duties[i], "");
        for (size_t k = 0; k < rehearsal->policy_count; k++) {
            put_share(rehearsal->policies[k].duties[i].on_time);
        }
        (void)printf("\n");
    }
}

static void add_line(void *object, const char *sentence) {
    bool *begun = object;
    char shown[1024];
    (void)printf("%s- %s\n", *begun ? "" : "\n", toc_problems_show(sentence, shown, sizeof shown));
    *begun = true;
}

void toc_rehearsed_print(const toc_rehearsed *rehearsed) {
    bool begun = false;
    print_head(rehearsed);
    print_services(rehearsed->rehearsal);
    print_objectives(rehearsed->rehearsal);
    print_duties(rehearsed->rehearsal);
    toc_advice_give(rehearsed->rehearsal, add_line, &begun);
}
