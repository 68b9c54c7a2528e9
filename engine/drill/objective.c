#include "drill/objective.h"

#include <string.h>

#include "drill/cell.h"
#include "drill/fact.h"
#include "drill/mark.h"
#include "drill/scenario.h"
#include "drill/spec.h"
#include "drill/spot.h"
#include "drill/watch.h"
#include "kernel/assert.h"

struct objective {
    toc_objective_spec spec;
    toc_time started_at, due, met_at;
    bool missed;
    const char *by;
};

static struct objective *objective_at(const toc_drill *drill, uint64_t number) {
    TOC_ASSERT(number < drill->objectives.count);
    return TOC_LIST_AT(struct objective, &drill->objectives, number);
}

const toc_objective_spec *toc_objective_spec_at(const toc_drill *drill, uint32_t index) {
    return &objective_at(drill, index)->spec;
}

bool toc_objective_add(toc_drill *drill, const toc_objective_spec *spec) {
    for (uint32_t i = 0; i < drill->objectives.count; i++) {
        if (strcmp(objective_at(drill, i)->spec.id, spec->id) == 0) {
            return false;
        }
    }
    *(struct objective *)toc_list_add(&drill->objectives,
                                      sizeof(struct objective)) = (struct objective){
        .spec = *spec, .started_at = TOC_NEVER, .due = TOC_NEVER, .met_at = TOC_NEVER, .by = ""};
    return true;
}

static bool is_team(const toc_drill *drill, const char *name) {
    uint32_t count = toc_names_count(drill->seat_names), seat = 0;
    while (seat < count && !toc_scenario_is_of(drill, seat, name)) {
        seat++;
    }
    return seat < count;
}

void toc_objective_check(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->objectives.count; i++) {
        const toc_objective_spec *spec = &objective_at(drill, i)->spec;
        if (spec->team != NULL && !is_team(drill, spec->team)) {
            (void)toc_problems_error(
                drill->problems, toc_spot_of_key(drill, spec->place, "team", 1),
                "objective '%s': there is no team '%.60s'", spec->id, spec->team);
        }
        if (spec->criterion != TOC_INDEX_NONE) {
            (void)toc_criterion_check(drill, spec->criterion, drill->problems);
        }
    }
}

static void tell(toc_drill *drill, const struct objective *objective, const char *verb) {
    toc_trace_put(drill, TOC_TRACE_OBJECTIVE, objective->spec.id, "", verb, objective->by,
                  objective->due, 0);
    toc_conditions_touch(drill->conditions, toc_cell(TOC_CELL_OBJECTIVE, 0));
}

static void on_met(toc_drill *drill, uint64_t number, const char *by) {
    struct objective *objective = objective_at(drill, number);
    objective->met_at = toc_calendar_now(drill->calendar);
    objective->by = by;
    tell(drill, objective, objective->missed ? "late" : "met");
}

static void miss(void *object, uint64_t number) {
    toc_drill *drill = object;
    struct objective *objective = objective_at(drill, number);
    if (objective->met_at == TOC_NEVER) {
        objective->missed = true;
        tell(drill, objective, "missed");
    }
}

static void start(toc_drill *drill, uint64_t number) {
    struct objective *objective = objective_at(drill, number);
    toc_time now = toc_calendar_now(drill->calendar);
    objective->started_at = now;
    if (objective->spec.within < TOC_NEVER - 1 - now) {
        objective->due = now + objective->spec.within;
        (void)toc_calendar_schedule(drill->calendar, objective->due + 1, TOC_SCORING, miss, drill,
                                    number);
    }
    tell(drill, objective, "started");
    if (objective->spec.criterion != TOC_INDEX_NONE) {
        toc_watch_order order = {.criterion = objective->spec.criterion,
                                 .scope = {.since = now, .team = objective->spec.team},
                                 .fired = on_met,
                                 .argument = number};
        (void)toc_watch_add(drill, &order);
    }
}

void toc_objective_facts(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->objectives.count; i++) {
        const toc_objective_spec *spec = &objective_at(drill, i)->spec;
        toc_fact_put(drill, "objective", spec->id, spec->team == NULL ? "" : spec->team, spec->text,
                     spec->within);
        for (uint32_t map = 0; map < spec->map_count; map++) {
            toc_fact_put(drill, "maps", spec->id, spec->maps[2 * map], spec->maps[2 * map + 1], 0);
        }
    }
}

void toc_objective_begin(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->objectives.count; i++) {
        const char *after = objective_at(drill, i)->spec.after;
        if (after == NULL) {
            start(drill, i);
        } else {
            toc_mark_await(drill, after, start, i);
        }
    }
}

void toc_objective_close(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->objectives.count; i++) {
        struct objective *objective = objective_at(drill, i);
        if (objective->started_at != TOC_NEVER && objective->met_at == TOC_NEVER &&
            !objective->missed) {
            objective->missed = true;
            objective->by = "the drill ended";
            tell(drill, objective, "missed");
        }
    }
}

toc_drill_objective toc_objective_read(const toc_drill *drill, uint32_t index) {
    const struct objective *objective = objective_at(drill, index);
    return (toc_drill_objective){.id = objective->spec.id,
                                 .text = objective->spec.text,
                                 .met = objective->met_at != TOC_NEVER && !objective->missed,
                                 .started_at = objective->started_at,
                                 .due = objective->due,
                                 .met_at = objective->met_at,
                                 .by = objective->by};
}

const char *toc_objective_state(const toc_drill *drill, const char *id) {
    toc_conditions_read(drill->conditions, toc_cell(TOC_CELL_OBJECTIVE, 0));
    for (uint32_t i = 0; i < drill->objectives.count; i++) {
        const struct objective *objective = objective_at(drill, i);
        if (strcmp(objective->spec.id, id) != 0) {
            continue;
        }
        if (objective->met_at != TOC_NEVER) {
            return objective->missed ? "late" : "met";
        }
        return objective->missed                    ? "missed"
               : objective->started_at == TOC_NEVER ? "waiting"
                                                    : "open";
    }
    return NULL;
}

void toc_objective_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->objectives.count; i++) {
        const struct objective *objective = objective_at(drill, i);
        toc_digest_text(digest, objective->spec.id);
        toc_digest_i64(digest, objective->started_at);
        toc_digest_i64(digest, objective->due);
        toc_digest_i64(digest, objective->met_at);
        toc_digest_u64(digest, objective->missed);
        toc_digest_text(digest, objective->by);
    }
}

void toc_objective_finish(toc_drill *drill) {
    toc_list_finish(&drill->objectives);
}
