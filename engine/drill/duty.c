#include "drill/duty.h"

#include <stdio.h>
#include <string.h>

#include "drill/cell.h"
#include "drill/deed.h"
#include "drill/fact.h"
#include "drill/mark.h"
#include "drill/observation.h"
#include "drill/scenario.h"
#include "drill/spec.h"
#include "drill/spot.h"
#include "drill/watch.h"
#include "kernel/assert.h"

struct duty {
    toc_duty_rule rule;
    bool triggered, missed, reported_early;
    toc_time started_at, due, done_at;
};

static struct duty *duty_at(const toc_drill *drill, uint64_t number) {
    TOC_ASSERT(number < drill->duties.count);
    return TOC_LIST_AT(struct duty, &drill->duties, number);
}

const toc_duty_rule *toc_duty_rule_at(const toc_drill *drill, uint32_t index) {
    return &duty_at(drill, index)->rule;
}

bool toc_duty_add(toc_drill *drill, const toc_duty_rule *rule) {
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        if (strcmp(duty_at(drill, i)->rule.id, rule->id) == 0) {
            return false;
        }
    }
    *(struct duty *)toc_list_add(&drill->duties, sizeof(struct duty)) = (struct duty){
        .rule = *rule, .started_at = TOC_NEVER, .due = TOC_NEVER, .done_at = TOC_NEVER};
    return true;
}

static bool is_team(const toc_drill *drill, const char *name) {
    for (uint32_t i = 0; i < toc_names_count(drill->seat_names); i++) {
        if (toc_scenario_is_of(drill, i, name)) {
            return true;
        }
    }
    return false;
}

void toc_duty_check(toc_drill *drill) {
    char hint[96];
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const toc_duty_rule *rule = &duty_at(drill, i)->rule;
        if (!is_team(drill, rule->team)) {
            (void)toc_problems_error(
                drill->problems, toc_spot_of_key(drill, rule->place, "operator", 1),
                "duty '%s': no team '%.60s' takes part that could owe it", rule->id, rule->team);
        }
        if (!toc_scenario_reaches(drill, rule->to)) {
            const char *nearest = toc_names_nearest(drill->seat_names, rule->to);
            (void)toc_problems_error(drill->problems, toc_spot_of_key(drill, rule->place, "to", 1),
                                     "duty '%s': there is no seat or team '%.60s'%s", rule->id,
                                     rule->to, toc_spec_hint(nearest, hint, sizeof hint));
        }
        (void)toc_criterion_check(drill, rule->trigger, drill->problems);
    }
}

static void tell(toc_drill *drill, const struct duty *duty, const char *verb) {
    toc_time now = toc_calendar_now(drill->calendar);
    toc_trace_put(drill, TOC_TRACE_DUTY, duty->rule.id, duty->rule.team, verb, duty->rule.to,
                  duty->due, 0);
    toc_observation observation = {.at = now,
                                   .kind = TOC_OBSERVED_DUTY,
                                   .subject = duty->rule.id,
                                   .actor = duty->rule.to,
                                   .verb = verb,
                                   .text = duty->rule.text,
                                   .before = duty->due};
    toc_observation_add_team(drill, duty->rule.team, &observation);
    toc_conditions_touch(drill->conditions, toc_cell(TOC_CELL_DUTY, 0));
}

static void fulfil(toc_drill *drill, struct duty *duty) {
    duty->done_at = toc_calendar_now(drill->calendar);
    tell(drill, duty, "done");
}

static void miss(void *object, uint64_t number) {
    toc_drill *drill = object;
    struct duty *duty = duty_at(drill, number);
    if (duty->done_at == TOC_NEVER) {
        duty->missed = true;
        tell(drill, duty, "missed");
    }
}

static void start_clock(toc_drill *drill, uint64_t number) {
    struct duty *duty = duty_at(drill, number);
    toc_time now = toc_calendar_now(drill->calendar);
    if (duty->started_at != TOC_NEVER) {
        return;
    }
    duty->started_at = now;
    duty->due = duty->rule.within < TOC_NEVER - 1 - now ? now + duty->rule.within : TOC_NEVER;
    tell(drill, duty, "started");
    if (duty->reported_early) {
        fulfil(drill, duty);
    } else if (duty->due != TOC_NEVER) {
        (void)toc_calendar_schedule(drill->calendar, duty->due + 1, TOC_SCORING, miss, drill,
                                    number);
    }
}

static void on_criterion(toc_drill *drill, uint64_t number, const char *by) {
    (void)by;
    start_clock(drill, number);
}

static const char *alarm_mark(toc_drill *drill, const char *team) {
    return toc_arena_format(drill->arena, "first alarm of %s", team);
}

static void await(toc_drill *drill, uint64_t number, toc_criterion_kind kind, const char *what) {
    toc_criterion criterion = {.kind = kind,
                               .function = TOC_SPEC_NOTHING,
                               .what = what,
                               .team = duty_at(drill, number)->rule.team,
                               .first = TOC_INDEX_NONE,
                               .next = TOC_INDEX_NONE};
    toc_watch_order order = {.criterion = toc_criterion_add(drill, &criterion),
                             .fired = on_criterion,
                             .argument = number};
    (void)toc_watch_add(drill, &order);
}

static void on_trigger(toc_drill *drill, uint64_t number, const char *by) {
    struct duty *duty = duty_at(drill, number);
    (void)by;
    duty->triggered = true;
    switch (duty->rule.clock) {
    case TOC_DUTY_TRIGGERED:
        start_clock(drill, number);
        break;
    case TOC_DUTY_DISCOVERED:
        toc_mark_await(drill, alarm_mark(drill, duty->rule.team), start_clock, number);
        break;
    case TOC_DUTY_AWARE:
        await(drill, number, TOC_CRITERION_DECLARED, "incident");
        break;
    case TOC_DUTY_DETERMINED:
        await(drill, number, TOC_CRITERION_ACTED, "grade");
        break;
    case TOC_DUTY_CLOCKS:
        TOC_ASSERT(false); /* a clock */
    }
}

void toc_duty_facts(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const toc_duty_rule *rule = &duty_at(drill, i)->rule;
        toc_fact_put(drill, "duty", rule->id, rule->team, rule->text, rule->within);
        toc_fact_put(drill, "source", rule->id, "", rule->source, 0);
    }
}

void toc_duty_begin(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const toc_duty_rule *rule = &duty_at(drill, i)->rule;
        toc_watch_order order = {.criterion = rule->trigger, .fired = on_trigger, .argument = i};
        (void)toc_watch_add(drill, &order);
    }
}

void toc_duty_note_alarm(toc_drill *drill, const char *team) {
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const toc_duty_rule *rule = &duty_at(drill, i)->rule;
        if (rule->clock == TOC_DUTY_DISCOVERED && strcmp(rule->team, team) == 0) {
            (void)toc_mark_set(drill, alarm_mark(drill, team), NULL);
            return;
        }
    }
}

/* "regulator" stands for any seat of that team. */
static bool is_recipient(const struct duty *duty, const char *target) {
    size_t length = strcspn(target, ".");
    return strcmp(duty->rule.to, target) == 0 ||
           (target[length] == '\0' && strncmp(duty->rule.to, target, length) == 0 &&
            duty->rule.to[length] == '.') ||
           (strchr(duty->rule.to, '.') == NULL && strlen(duty->rule.to) == length &&
            strncmp(duty->rule.to, target, length) == 0);
}

static bool is_meant(const struct duty *duty, const char *target) {
    return strcmp(duty->rule.id, target) == 0 || is_recipient(duty, target);
}

bool toc_duty_note_report(toc_drill *drill, uint32_t seat, const char *target) {
    struct duty *open = NULL, *early = NULL;
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        struct duty *duty = duty_at(drill, i);
        if (!is_meant(duty, target) || duty->done_at != TOC_NEVER ||
            !toc_scenario_is_of(drill, seat, duty->rule.team)) {
            continue;
        }
        if (duty->started_at != TOC_NEVER &&
            (open == NULL || duty->started_at < open->started_at)) {
            open = duty;
        }
        if (duty->started_at == TOC_NEVER && !duty->reported_early && early == NULL) {
            early = duty;
        }
    }
    if (open != NULL) {
        fulfil(drill, open);
    } else if (early != NULL) {
        early->reported_early = true;
    }
    return open != NULL;
}

bool toc_duty_is_target(const toc_drill *drill, const char *target) {
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        if (is_meant(duty_at(drill, i), target)) {
            return true;
        }
    }
    return false;
}

uint32_t toc_duty_recipient(const toc_drill *drill, const char *target) {
    const char *to = target;
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        if (strcmp(duty_at(drill, i)->rule.id, target) == 0) {
            to = duty_at(drill, i)->rule.to;
            break;
        }
    }
    for (uint32_t i = 0; i < toc_names_count(drill->seat_names); i++) {
        if (toc_scenario_is_of(drill, i, to)) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

bool toc_duty_is_reported(const toc_drill *drill, const char *target, const char *team) {
    toc_conditions_read(drill->conditions, toc_cell(TOC_CELL_DUTY, 0));
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const struct duty *duty = duty_at(drill, i);
        if (duty->done_at != TOC_NEVER && is_meant(duty, target) &&
            (team == NULL || strcmp(duty->rule.team, team) == 0)) {
            return true;
        }
    }
    return false;
}

uint32_t toc_duty_started(const toc_drill *drill) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        count += duty_at(drill, i)->started_at != TOC_NEVER;
    }
    return count;
}

static toc_drill_duty describe(const struct duty *duty) {
    return (toc_drill_duty){.id = duty->rule.id,
                            .operator_id = duty->rule.team,
                            .text = duty->rule.text,
                            .recipient = duty->rule.to,
                            .started_at = duty->started_at,
                            .due = duty->due,
                            .done_at = duty->done_at,
                            .on_time = duty->done_at <= duty->due && duty->done_at != TOC_NEVER};
}

toc_drill_duty toc_duty_read(const toc_drill *drill, uint32_t index) {
    uint32_t at = 0;
    for (; at < drill->duties.count; at++) {
        if (duty_at(drill, at)->started_at != TOC_NEVER && index-- == 0) {
            break;
        }
    }
    return describe(duty_at(drill, at));
}

bool toc_duty_find(const toc_drill *drill, const char *id, toc_drill_duty *out_duty) {
    toc_conditions_read(drill->conditions, toc_cell(TOC_CELL_DUTY, 0));
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        if (strcmp(duty_at(drill, i)->rule.id, id) == 0) {
            *out_duty = describe(duty_at(drill, i));
            return true;
        }
    }
    return false;
}

void toc_duty_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const struct duty *duty = duty_at(drill, i);
        toc_digest_text(digest, duty->rule.id);
        toc_digest_u64(digest, (uint64_t)duty->triggered << 2 | (uint64_t)duty->missed << 1 |
                                   (uint64_t)duty->reported_early);
        toc_digest_i64(digest, duty->started_at);
        toc_digest_i64(digest, duty->due);
        toc_digest_i64(digest, duty->done_at);
    }
}

void toc_duty_finish(toc_drill *drill) {
    toc_list_finish(&drill->duties);
}
