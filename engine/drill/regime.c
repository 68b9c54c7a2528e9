#include "drill/regime.h"

#include <stdio.h>
#include <string.h>

#include "drill/cell.h"
#include "drill/scenario.h"
#include "drill/spec.h"
#include "drill/spot.h"
#include "drill/watch.h"
#include "drill/wording.h"
#include "kernel/assert.h"
#include "model/service.h"

/* A condition of a level: since when it has held; TOC_NEVER while it does not. */
struct regime {
    toc_regime facts;
    uint32_t operator_index;
    int level; /* reached so far; TOC_RULEBOOK_NONE */
    toc_time since[TOC_RULEBOOK_PARTS];
    char by[120]; /* what brought the latest condition about */
};

static struct regime *regime_at(const toc_drill *drill, uint64_t number) {
    TOC_ASSERT(number < drill->regimes.count);
    return TOC_LIST_AT(struct regime, &drill->regimes, number);
}

/* -- Its duties ---------------------------------------------------------------------------------
 */

static bool applies(const toc_drill *drill, const struct regime *regime,
                    const toc_rulebook_duty *law) {
    const toc_operator *owner = &drill->topology->operators[regime->operator_index];
    bool governs = !owner->cii && strcmp(owner->sector, "government") == 0;
    switch (law->applies) {
    case TOC_RULEBOOK_CII:
        return owner->cii;
    case TOC_RULEBOOK_GOVERNMENT:
        return governs;
    case TOC_RULEBOOK_OTHER:
        return !owner->cii && !governs;
    case TOC_RULEBOOK_ANY:
        break;
    }
    return true;
}

/* "gridco" of "gridco.dispatcher" */
static const char *team_of(toc_drill *drill, const char *name) {
    return toc_arena_text_n(drill->arena, name, strcspn(name, "."));
}

static toc_duty_clock clock_of(const toc_rulebook_duty *law) {
    switch (law->clock) {
    case TOC_RULEBOOK_DISCOVERED:
        return TOC_DUTY_DISCOVERED;
    case TOC_RULEBOOK_AWARE:
        return TOC_DUTY_AWARE;
    case TOC_RULEBOOK_DETERMINED:
        return TOC_DUTY_DETERMINED;
    case TOC_RULEBOOK_HANDLED:
        return TOC_DUTY_HANDLED;
    case TOC_RULEBOOK_TRIGGERED:
    case TOC_RULEBOOK_RECEIVED: /* begins as the one before is done, which is when it arrives */
        break;
    }
    return TOC_DUTY_TRIGGERED;
}

/* The duty of this regime that another follows: to the same recipient, or received by who owes this
   one; else the first of that name. TOC_INDEX_NONE where nobody owes it. */
static uint32_t find_before(const toc_drill *drill, uint32_t regime, const char *after,
                            const char *from, const char *to) {
    uint32_t found = TOC_INDEX_NONE;
    int best = -1;
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const toc_duty_rule *rule = toc_duty_rule_at(drill, i);
        if (rule->law == NULL || rule->regime != regime || strcmp(rule->law->name.id, after) != 0) {
            continue;
        }
        int likeness = strcmp(rule->to, to) == 0 ? 2 : strcmp(rule->to, from) == 0 ? 1 : 0;
        if (likeness > best) {
            best = likeness;
            found = i;
        }
    }
    return found;
}

static uint32_t declaration_of(toc_drill *drill, const struct regime *regime) {
    toc_criterion criterion = {.kind = TOC_CRITERION_DECLARED,
                               .place = regime->facts.place,
                               .function = TOC_SPEC_NOTHING,
                               .what = "incident",
                               .team = team_of(drill, regime->facts.operator_id),
                               .first = TOC_INDEX_NONE,
                               .next = TOC_INDEX_NONE};
    return toc_criterion_add(drill, &criterion);
}

static bool add_duty(toc_drill *drill, uint32_t number, const toc_rulebook_duty *law, int which) {
    const struct regime *regime = regime_at(drill, number);
    const toc_rulebook *book = regime->facts.book;
    const char *from = regime->facts.roles[law->from], *to = regime->facts.roles[law->to[which]];
    const char *id = toc_arena_format(
        drill->arena, "%s/%s/%s%s%s", book->name.id, regime->facts.operator_id, law->name.id,
        law->to_count > 1 ? "/" : "", law->to_count > 1 ? book->roles[law->to[which]].id : "");
    bool starts_chain = law->after[0] == '\0';
    uint32_t after =
        starts_chain ? TOC_INDEX_NONE : find_before(drill, number, law->after, from, to);
    if (!starts_chain && after == TOC_INDEX_NONE) {
        return true; /* what it follows is owed by nobody in this drill */
    }
    toc_duty_rule rule = {
        .id = id,
        .text = law->name.en,
        .source = law->confirmed
                      ? book->source
                      : toc_arena_format(drill->arena, "%s (not confirmed)", book->source),
        .team = team_of(drill, from),
        .to = to,
        .trigger =
            starts_chain && law->on_declared ? declaration_of(drill, regime) : TOC_INDEX_NONE,
        .clock = clock_of(law),
        .within = law->within,
        .place = regime->facts.place,
        .book = book,
        .law = law,
        .regime = number,
        .after = after};
    if (law->name.zh[0] != '\0') {
        (void)toc_wording_tell(drill, law->name.en, "zh", law->name.zh);
    }
    return toc_duty_add(drill, &rule);
}

void toc_regime_keep(toc_drill *drill, toc_rulebook *book) {
    *(toc_rulebook **)toc_list_add(&drill->rulebooks, sizeof book) = book;
}

bool toc_regime_add(toc_drill *drill, const toc_regime *facts) {
    const toc_rulebook *book = facts->book;
    uint32_t number = drill->regimes.count;
    struct regime *regime = toc_list_add(&drill->regimes, sizeof *regime);
    bool is_new = true;
    *regime = (struct regime){.facts = *facts,
                              .operator_index =
                                  toc_topology_find_operator(drill->topology, facts->operator_id),
                              .level = TOC_RULEBOOK_NONE};
    for (int i = 0; i < TOC_RULEBOOK_PARTS; i++) {
        regime->since[i] = TOC_NEVER;
    }
    for (int i = 0; i < book->duty_count; i++) {
        const toc_rulebook_duty *law = &book->duties[i];
        for (int k = 0; k < law->to_count; k++) {
            bool is_played = facts->roles[law->from] != NULL && facts->roles[law->to[k]] != NULL;
            if (is_played && applies(drill, regime_at(drill, number), law)) {
                is_new = add_duty(drill, number, law, k) && is_new;
            }
        }
    }
    return is_new;
}

static bool plays(const toc_drill *drill, const char *name) {
    for (uint32_t i = 0; i < toc_names_count(drill->seat_names); i++) {
        if (toc_scenario_is_of(drill, i, name)) {
            return true;
        }
    }
    return false;
}

void toc_regime_check(toc_drill *drill) {
    char hint[96];
    for (uint32_t i = 0; i < drill->regimes.count; i++) {
        const toc_regime *regime = &regime_at(drill, i)->facts;
        const toc_rulebook *book = regime->book;
        for (int k = 0; k < book->role_count; k++) {
            if (regime->roles[k] == NULL || toc_scenario_reaches(drill, regime->roles[k])) {
                continue;
            }
            const char *nearest = toc_names_nearest(drill->seat_names, regime->roles[k]);
            (void)toc_problems_error(
                drill->problems, toc_spot_of_key(drill, regime->place, book->roles[k].id, 1),
                "duties '%s': there is no seat or team '%.60s'%s", book->name.id, regime->roles[k],
                toc_spec_hint(nearest, hint, sizeof hint));
        }
        if (!plays(drill, regime->operator_id)) {
            (void)toc_problems_error(drill->problems,
                                     toc_spot_of_key(drill, regime->place, "operator", 1),
                                     "duties '%s': no team '%.60s' takes part that could owe them",
                                     book->name.id, regime->operator_id);
        }
        if (drill->starts[0] != '\0' && strncmp(drill->starts, book->in_force, 10) < 0) {
            toc_problems_warn(drill->problems, regime->place,
                              "duties '%s' are in force since %s; the drill begins before that, "
                              "on %.10s",
                              book->name.id, book->in_force, drill->starts);
        }
    }
}

/* -- How severe it is ---------------------------------------------------------------------------
 */

static const toc_rulebook_when *when_of(const toc_drill *drill, uint64_t argument) {
    return &regime_at(drill, argument >> 16)->facts.book->whens[argument & 0xffff];
}

/* Read inside a condition: the services of the operator are what it depends on. */
static bool holds(const toc_drill *drill, uint64_t argument) {
    struct regime *regime = regime_at(drill, argument >> 16);
    const toc_rulebook_when *when = when_of(drill, argument);
    bool found = false;
    for (uint32_t i = 0; i < drill->topology->service_count; i++) {
        const toc_service *service = &drill->topology->services[i];
        if (service->operator_index != regime->operator_index) {
            continue;
        }
        toc_conditions_read(drill->conditions, toc_world_cell(TOC_CHANGE_SERVICE, i));
        toc_service_figures figures = toc_service_read(drill->world, i);
        if (!found && figures.people_out >= when->people &&
            1000000 - figures.level_ppm >= when->down_ppm) {
            (void)snprintf(regime->by, sizeof regime->by, "%s at %d.%d %%, %lld people without",
                           service->id, (int)(figures.level_ppm / 10000),
                           (int)(figures.level_ppm / 1000 % 10), (long long)figures.people_out);
            found = true;
        }
    }
    return found;
}

static bool asks_up(void *object, uint64_t argument) {
    return holds(object, argument);
}

static bool asks_down(void *object, uint64_t argument) {
    return !holds(object, argument);
}

static bool is_severe(const toc_drill *drill, const toc_duty_rule *rule) {
    return regime_at(drill, rule->regime)->level >= rule->law->least;
}

static void reach(toc_drill *drill, uint32_t number, int level, const char *by) {
    struct regime *regime = regime_at(drill, number);
    if (regime->level >= level) {
        return;
    }
    regime->level = level;
    const toc_rulebook *book = regime->facts.book;
    toc_trace_put(drill, TOC_TRACE_SEVERITY, regime->facts.operator_id, book->name.id,
                  book->levels[level].id, by, 0, level + 1);
    toc_conditions_touch(drill->conditions, toc_cell(TOC_CELL_SEVERITY, 0));
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const toc_duty_rule *rule = toc_duty_rule_at(drill, i);
        if (rule->law == NULL || rule->regime != number || rule->law->on_declared ||
            !is_severe(drill, rule)) {
            continue;
        }
        if (rule->after == TOC_INDEX_NONE || toc_duty_is_followed(drill, i)) {
            toc_duty_trigger(drill, i);
        }
    }
}

static void on_lasted(void *object, uint64_t argument) {
    toc_drill *drill = object;
    const toc_rulebook_when *when = when_of(drill, argument);
    struct regime *regime = regime_at(drill, argument >> 16);
    toc_time since = regime->since[argument & 0xffff];
    if (since != TOC_NEVER && since + when->lasts <= toc_calendar_now(drill->calendar)) {
        reach(drill, (uint32_t)(argument >> 16), when->level,
              toc_arena_text(drill->arena, regime->by));
    }
}

static void on_down(void *object, uint64_t argument);

/* A level that has been reached needs no more watching. */
static void on_up(void *object, uint64_t argument) {
    toc_drill *drill = object;
    const toc_rulebook_when *when = when_of(drill, argument);
    struct regime *regime = regime_at(drill, argument >> 16);
    toc_time now = toc_calendar_now(drill->calendar);
    if (regime->level >= when->level) {
        return;
    }
    regime->since[argument & 0xffff] = now;
    if (when->lasts == 0) {
        on_lasted(drill, argument);
        return;
    }
    (void)toc_conditions_add(drill->conditions, asks_down, on_down, drill, argument);
    (void)toc_calendar_schedule(drill->calendar, now + when->lasts, TOC_SCORING, on_lasted, drill,
                                argument);
}

static void on_down(void *object, uint64_t argument) {
    toc_drill *drill = object;
    struct regime *regime = regime_at(drill, argument >> 16);
    regime->since[argument & 0xffff] = TOC_NEVER;
    if (regime->level < when_of(drill, argument)->level) {
        (void)toc_conditions_add(drill->conditions, asks_up, on_up, drill, argument);
    }
}

static void on_said(toc_drill *drill, uint64_t argument, const char *by) {
    reach(drill, (uint32_t)(argument >> 16), (int)(argument & 0xffff), by);
}

static void watch(void *object, uint64_t argument) {
    toc_drill *drill = object;
    (void)toc_conditions_add(drill->conditions, asks_up, on_up, drill, argument);
}

void toc_regime_begin(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->regimes.count; i++) {
        const toc_regime *regime = &regime_at(drill, i)->facts;
        for (int k = 0; k < regime->book->when_count; k++) {
            (void)toc_calendar_schedule(drill->calendar, toc_calendar_now(drill->calendar),
                                        TOC_SCORING, watch, drill, (uint64_t)i << 16 | (uint64_t)k);
        }
        for (int k = 0; k < regime->book->level_count; k++) {
            toc_watch_order order = {.criterion = regime->reached[k],
                                     .fired = on_said,
                                     .argument = (uint64_t)i << 16 | (uint64_t)k};
            if (order.criterion != TOC_INDEX_NONE) {
                (void)toc_watch_add(drill, &order);
            }
        }
    }
}

bool toc_regime_allows(const toc_drill *drill, const toc_duty_rule *rule) {
    return rule->law == NULL || rule->law->below == TOC_RULEBOOK_NONE ||
           regime_at(drill, rule->regime)->level < rule->law->below;
}

static bool is_of(const struct regime *regime, const char *operator_id) {
    return operator_id == NULL || strcmp(regime->facts.operator_id, operator_id) == 0;
}

bool toc_regime_has_reached(const toc_drill *drill, const char *level, const char *operator_id) {
    toc_conditions_read(drill->conditions, toc_cell(TOC_CELL_SEVERITY, 0));
    for (uint32_t i = 0; i < drill->regimes.count; i++) {
        const struct regime *regime = regime_at(drill, i);
        const toc_rulebook *book = regime->facts.book;
        int asked = toc_rulebook_find(book->levels, book->level_count, level);
        if (is_of(regime, operator_id) && asked != TOC_RULEBOOK_NONE && regime->level >= asked) {
            return true;
        }
    }
    return false;
}

bool toc_regime_knows(const toc_drill *drill, const char *level, const char *operator_id,
                      const char **out_nearest) {
    *out_nearest = NULL;
    for (uint32_t i = 0; i < drill->regimes.count; i++) {
        const struct regime *regime = regime_at(drill, i);
        const toc_rulebook *book = regime->facts.book;
        if (!is_of(regime, operator_id)) {
            continue;
        }
        if (toc_rulebook_find(book->levels, book->level_count, level) != TOC_RULEBOOK_NONE) {
            return true;
        }
        const char *nearest = toc_rulebook_nearest(book->levels, book->level_count, level);
        *out_nearest = nearest == NULL ? *out_nearest : nearest;
    }
    return false;
}

bool toc_regime_is_confirmed(const toc_duty_rule *rule) {
    bool is_confirmed = rule->law->confirmed;
    for (int i = 0; i < rule->book->when_count; i++) {
        const toc_rulebook_when *when = &rule->book->whens[i];
        is_confirmed = is_confirmed && (when->level != rule->law->least || when->confirmed);
    }
    return is_confirmed;
}

void toc_regime_note_done(toc_drill *drill, uint32_t duty, bool complete) {
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const toc_duty_rule *rule = toc_duty_rule_at(drill, i);
        if (rule->law == NULL || rule->after != duty || (rule->law->only_incomplete && complete)) {
            continue;
        }
        toc_duty_let_follow(drill, i);
        if (is_severe(drill, rule)) {
            toc_duty_trigger(drill, i);
        }
    }
}

void toc_regime_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->regimes.count; i++) {
        const struct regime *regime = regime_at(drill, i);
        toc_digest_i64(digest, regime->level);
        for (int k = 0; k < regime->facts.book->when_count; k++) {
            toc_digest_i64(digest, regime->since[k]);
        }
    }
}

void toc_regime_finish(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->rulebooks.count; i++) {
        toc_rulebook_destroy(*TOC_LIST_AT(toc_rulebook *, &drill->rulebooks, i));
    }
    toc_list_finish(&drill->rulebooks);
    toc_list_finish(&drill->regimes);
}
