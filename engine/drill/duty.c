#include "drill/duty.h"

#include <stdio.h>
#include <string.h>

#include "drill/cell.h"
#include "drill/content.h"
#include "drill/deed.h"
#include "drill/fact.h"
#include "drill/mark.h"
#include "drill/observation.h"
#include "drill/regime.h"
#include "drill/scenario.h"
#include "drill/spec.h"
#include "drill/spot.h"
#include "drill/watch.h"
#include "kernel/assert.h"
#include "tocsin/msel.h"

struct duty {
    toc_duty_rule rule;
    bool triggered, missed, reported_early;
    bool follows;    /* what it comes after has been done */
    bool told_items; /* a report said what it tells */
    uint64_t given;  /* those items, and what was told before it */
    toc_time started_at, due, done_at;
};

static struct duty *duty_at(const toc_drill *drill, uint64_t number) {
    TOC_ASSERT(number < drill->duties.count);
    return TOC_LIST_AT(struct duty, &drill->duties, number);
}

const toc_duty_rule *toc_duty_rule_at(const toc_drill *drill, uint32_t index) {
    return &duty_at(drill, index)->rule;
}

const char *toc_duty_clock_name(toc_duty_clock clock) {
    static const char *const names[] = {"triggered", "discovered", "aware", "determined",
                                        "handled"};
    _Static_assert(sizeof names / sizeof *names == TOC_DUTY_CLOCKS, "a name for every clock");
    return names[clock];
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
        if (rule->law != NULL) {
            continue; /* the regime has been checked */
        }
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

/* What the report told, where it said so and the rules ask for it. */
static void tell_content(toc_drill *drill, const struct duty *duty) {
    const toc_duty_rule *rule = &duty->rule;
    if (!duty->told_items || rule->law == NULL || rule->law->content == 0) {
        return;
    }
    uint64_t asked = rule->law->content, given = duty->given & asked;
    const char *missing = toc_content_list(drill, rule->book, asked & ~given);
    toc_trace_put(drill, TOC_TRACE_DUTY, rule->id, rule->team, "content",
                  toc_arena_format(drill->arena, "%s%s%s",
                                   toc_content_list(drill, rule->book, given),
                                   missing[0] == '\0' ? "" : "; missing: ", missing),
                  toc_content_count(given), toc_content_count(asked));
}

static bool is_complete(const struct duty *duty) {
    return duty->rule.law != NULL && (duty->rule.law->content & ~duty->given) == 0 &&
           duty->told_items;
}

static void fulfil(toc_drill *drill, uint64_t number) {
    struct duty *duty = duty_at(drill, number);
    duty->done_at = toc_calendar_now(drill->calendar);
    tell(drill, duty, "done");
    tell_content(drill, duty);
    if (duty->rule.law != NULL) {
        toc_regime_note_done(drill, (uint32_t)number, is_complete(duty));
    }
}

static void miss(void *object, uint64_t number) {
    toc_drill *drill = object;
    struct duty *duty = duty_at(drill, number);
    if (duty->done_at == TOC_NEVER) {
        duty->missed = true;
        tell(drill, duty, "missed");
    }
}

/* The end of the next calendar day is told by the clock on the wall; of a drill that does not say
   when it starts, by days since STARTEX. */
static toc_time due_of(const toc_drill *drill, const toc_duty_rule *rule) {
    toc_time now = toc_calendar_now(drill->calendar);
    if (rule->law != NULL && rule->law->next_day) {
        toc_time start = toc_msel_clock_of(drill->starts).time_of_day;
        return ((start + now) / TOC_DAY + 2) * TOC_DAY - start;
    }
    return rule->within < TOC_NEVER - 1 - now ? now + rule->within : TOC_NEVER;
}

static void start_clock(toc_drill *drill, uint64_t number) {
    struct duty *duty = duty_at(drill, number);
    toc_time now = toc_calendar_now(drill->calendar);
    if (duty->started_at != TOC_NEVER) {
        return;
    }
    duty->started_at = now;
    duty->due = due_of(drill, &duty->rule);
    tell(drill, duty, "started");
    if (duty->reported_early) {
        fulfil(drill, number);
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
    if (duty->triggered || !toc_regime_allows(drill, &duty->rule)) {
        return;
    }
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
    case TOC_DUTY_HANDLED:
        await(drill, number, TOC_CRITERION_ACTED, "stand_down");
        break;
    case TOC_DUTY_CLOCKS:
        TOC_ASSERT(false); /* a clock */
    }
}

void toc_duty_trigger(toc_drill *drill, uint32_t duty) {
    on_trigger(drill, duty, "");
}

void toc_duty_let_follow(toc_drill *drill, uint32_t number) {
    struct duty *duty = duty_at(drill, number);
    const struct duty *before = duty_at(drill, duty->rule.after);
    duty->follows = true;
    duty->given |= before->given;
}

bool toc_duty_is_followed(const toc_drill *drill, uint32_t duty) {
    return duty_at(drill, duty)->follows;
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
        if (rule->trigger != TOC_INDEX_NONE) {
            (void)toc_watch_add(drill, &order);
        }
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

/* Whether such a report can fulfil it: whoever names a duty of a rulebook may do it with a first
   report as well. */
static bool is_done_by(const struct duty *duty, const toc_duty_report *report) {
    toc_rulebook_by by = duty->rule.law == NULL ? TOC_RULEBOOK_INITIAL : duty->rule.law->by;
    bool is_named = strcmp(duty->rule.id, report->target) == 0;
    return is_meant(duty, report->target) &&
           (by == report->by || (is_named && report->by == TOC_RULEBOOK_INITIAL));
}

/* The one that the report would fulfil: the oldest that is owed, else the first that may come;
   TOC_INDEX_NONE where there is none. */
static uint32_t find_owed(const toc_drill *drill, uint32_t seat, const toc_duty_report *report) {
    uint32_t open = TOC_INDEX_NONE, early = TOC_INDEX_NONE;
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const struct duty *duty = duty_at(drill, i);
        if (!is_done_by(duty, report) || duty->done_at != TOC_NEVER ||
            !toc_scenario_is_of(drill, seat, duty->rule.team)) {
            continue;
        }
        if (duty->started_at != TOC_NEVER &&
            (open == TOC_INDEX_NONE || duty->started_at < duty_at(drill, open)->started_at)) {
            open = i;
        }
        if (duty->started_at == TOC_NEVER && !duty->reported_early && early == TOC_INDEX_NONE) {
            early = i;
        }
    }
    return open != TOC_INDEX_NONE ? open : early;
}

/* What the report tells: none where it does not say, or no rulebook asks. Gives an item that does
   not exist, or NULL. */
static const char *says_items(toc_drill *drill, const toc_duty_rule *rule,
                              const toc_duty_report *report, uint64_t *out_items) {
    *out_items = 0;
    if (rule->book == NULL) {
        return NULL;
    }
    if (report->items != NULL) {
        return toc_content_read(drill, rule->book, report->items, out_items);
    }
    *out_items = toc_content_headed(rule->book, report->text);
    return NULL;
}

bool toc_duty_note_report(toc_drill *drill, uint32_t seat, const toc_duty_report *report) {
    uint32_t number = find_owed(drill, seat, report);
    uint64_t items = 0;
    if (number == TOC_INDEX_NONE) {
        return false;
    }
    struct duty *duty = duty_at(drill, number);
    if (says_items(drill, &duty->rule, report, &items) == NULL && items != 0) {
        duty->told_items = true;
        duty->given |= items;
    }
    if (duty->started_at == TOC_NEVER) {
        duty->reported_early = true;
        return false;
    }
    fulfil(drill, number);
    return true;
}

const char *toc_duty_refusal(toc_drill *drill, uint32_t seat, const toc_duty_report *report) {
    char hint[96];
    uint64_t items = 0;
    uint32_t number = find_owed(drill, seat, report);
    if (number == TOC_INDEX_NONE || duty_at(drill, number)->rule.book == NULL) {
        return NULL;
    }
    const struct duty *duty = duty_at(drill, number);
    const toc_rulebook *book = duty->rule.book;
    const char *wrong = says_items(drill, &duty->rule, report, &items);
    if (wrong != NULL) {
        const char *nearest = toc_rulebook_nearest(book->items, book->item_count, wrong);
        return toc_arena_format(drill->arena, "'%s' is no item of this report%s", wrong,
                                toc_spec_hint(nearest, hint, sizeof hint));
    }
    uint64_t missing = items == 0 ? 0 : duty->rule.law->at_once & ~(items | duty->given);
    return missing == 0 ? NULL
                        : toc_arena_format(drill->arena, "it does not tell what it has to: %s",
                                           toc_content_list(drill, book, missing));
}

const char *toc_duty_content(toc_drill *drill, const char *id) {
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const toc_duty_rule *rule = &duty_at(drill, i)->rule;
        if (rule->law != NULL && strcmp(rule->id, id) == 0) {
            return toc_content_list(drill, rule->book, rule->law->content);
        }
    }
    return "";
}

const toc_rulebook *toc_duty_items(const toc_drill *drill, const char *id, uint64_t *out_asked,
                                   uint64_t *out_told) {
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const struct duty *duty = duty_at(drill, i);
        const toc_duty_rule *rule = &duty->rule;
        if (rule->law != NULL && rule->law->content != 0 && strcmp(rule->id, id) == 0) {
            *out_asked = rule->law->content;
            *out_told = duty->given & rule->law->content;
            return rule->book;
        }
    }
    return NULL;
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
        if (duty->rule.law != NULL) {
            toc_digest_u64(digest, duty->given);
            toc_digest_u64(digest, (uint64_t)duty->follows << 1 | (uint64_t)duty->told_items);
        }
    }
}

void toc_duty_finish(toc_drill *drill) {
    toc_list_finish(&drill->duties);
}
