#include "drill/criterion.h"

#include <stdio.h>
#include <string.h>

#include "drill/action.h"
#include "drill/decision.h"
#include "drill/deed.h"
#include "drill/duty.h"
#include "drill/lookout.h"
#include "drill/mark.h"
#include "drill/regime.h"
#include "drill/scenario.h"
#include "drill/spec.h"
#include "kernel/assert.h"
#include "model/service.h"
#include "script/binder.h"

struct level {
    int64_t now_ppm, lowest_ppm;
};

uint32_t toc_criterion_add(toc_drill *drill, const toc_criterion *criterion) {
    *(toc_criterion *)toc_list_add(&drill->criteria, sizeof *criterion) = *criterion;
    return drill->criteria.count - 1;
}

const toc_criterion *toc_criterion_at(const toc_drill *drill, uint32_t number) {
    TOC_ASSERT(number < drill->criteria.count);
    return TOC_LIST_AT(const toc_criterion, &drill->criteria, number);
}

static const char *nearest_service(const toc_drill *drill, const char *id) {
    const toc_topology *topology = drill->topology;
    const char **ids = toc_arena_alloc(drill->arena, (topology->service_count + 1) * sizeof *ids);
    for (uint32_t i = 0; i < topology->service_count; i++) {
        ids[i] = topology->services[i].id;
    }
    return toc_names_nearest_of(ids, topology->service_count, id);
}

static const char *nearest_operator(const toc_drill *drill, const char *id) {
    const toc_topology *topology = drill->topology;
    const char **ids = toc_arena_alloc(drill->arena, (topology->operator_count + 1) * sizeof *ids);
    for (uint32_t i = 0; i < topology->operator_count; i++) {
        ids[i] = topology->operators[i].id;
    }
    return toc_names_nearest_of(ids, topology->operator_count, id);
}

/* The operator that the criterion names as its team, TOC_INDEX_NONE for any. */
static bool check_operator(const toc_drill *drill, const toc_criterion *criterion, const char *what,
                           uint32_t *out_owner, toc_problems *problems) {
    char hint[96];
    *out_owner = TOC_INDEX_NONE;
    if (criterion->team == NULL) {
        return true;
    }
    *out_owner = toc_topology_find_operator(drill->topology, criterion->team);
    if (*out_owner == TOC_INDEX_NONE) {
        (void)toc_problems_error(
            problems, criterion->place, "%s: there is no operator '%.60s'%s", what, criterion->team,
            toc_spec_hint(nearest_operator(drill, criterion->team), hint, sizeof hint));
    }
    return *out_owner != TOC_INDEX_NONE;
}

static bool check_alerts(const toc_drill *drill, const toc_criterion *criterion,
                         toc_problems *problems) {
    uint32_t owner;
    return check_operator(drill, criterion, "t.alerted", &owner, problems);
}

static bool check_service(const toc_drill *drill, const toc_criterion *criterion,
                          toc_problems *problems) {
    char hint[96];
    const toc_topology *topology = drill->topology;
    uint32_t owner;
    const char *what = criterion->kind == TOC_CRITERION_SERVICE ? "t.service" : "t.restored";
    if (!check_operator(drill, criterion, what, &owner, problems)) {
        return false;
    }
    if (toc_topology_find_service(topology, criterion->what, owner) != TOC_INDEX_NONE) {
        return true;
    }
    const char *nearest = nearest_service(drill, criterion->what);
    if (nearest != NULL && strcmp(nearest, criterion->what) == 0) {
        (void)toc_problems_error(problems, criterion->place,
                                 "%s: operator '%.60s' has no service '%.60s'", what,
                                 criterion->team, criterion->what);
    } else {
        (void)toc_problems_error(problems, criterion->place, "%s: there is no service '%.60s'%s",
                                 what, criterion->what, toc_spec_hint(nearest, hint, sizeof hint));
    }
    return false;
}

static bool check_report(const toc_drill *drill, const toc_criterion *criterion,
                         toc_problems *problems) {
    if (toc_duty_is_target(drill, criterion->what)) {
        return true;
    }
    (void)toc_problems_error(problems, criterion->place,
                             "t.reported: '%.60s' is neither a duty nor the recipient of one",
                             criterion->what);
    return false;
}

static bool check_team(const toc_drill *drill, const toc_criterion *criterion,
                       toc_problems *problems) {
    char hint[96];
    uint32_t count = toc_names_count(drill->seat_names), seat = 0;
    while (criterion->team != NULL && seat < count &&
           !toc_scenario_is_of(drill, seat, criterion->team)) {
        seat++;
    }
    if (criterion->team == NULL || seat < count) {
        return true;
    }
    const char *nearest = toc_names_nearest(drill->seat_names, criterion->team);
    (void)toc_problems_error(problems, criterion->place, "there is no seat or team '%.60s'%s",
                             criterion->team, toc_spec_hint(nearest, hint, sizeof hint));
    return false;
}

static bool check_verb(const toc_criterion *criterion, toc_problems *problems) {
    char hint[96];
    if (toc_deed_is_verb(criterion->what)) {
        return true;
    }
    const char *nearest = toc_action_nearest(criterion->what);
    (void)toc_problems_error(problems, criterion->place, "t.acted: there is no action '%.60s'%s",
                             criterion->what, toc_spec_hint(nearest, hint, sizeof hint));
    return false;
}

static bool check_severity(toc_drill *drill, const toc_criterion *criterion,
                           toc_problems *problems) {
    char hint[96];
    const char *nearest = NULL;
    if (toc_regime_knows(drill, criterion->what, criterion->team, &nearest)) {
        return true;
    }
    (void)toc_problems_error(
        problems, criterion->place, "t.severity: no drill:duties%s%s has a level '%.60s'%s",
        criterion->team == NULL ? "" : " of ", criterion->team == NULL ? "" : criterion->team,
        criterion->what, toc_spec_hint(nearest, hint, sizeof hint));
    return false;
}

bool toc_criterion_check(toc_drill *drill, uint32_t number, toc_problems *problems) {
    const toc_criterion *criterion = toc_criterion_at(drill, number);
    bool good = true;
    switch (criterion->kind) {
    case TOC_CRITERION_SERVICE:
    case TOC_CRITERION_RESTORED:
        return check_service(drill, criterion, problems);
    case TOC_CRITERION_REPORTED:
        return check_report(drill, criterion, problems);
    case TOC_CRITERION_ACTED:
        good = check_verb(criterion, problems);
        return check_team(drill, criterion, problems) && good;
    case TOC_CRITERION_DECLARED:
        return check_team(drill, criterion, problems);
    case TOC_CRITERION_ALERTED:
        return check_alerts(drill, criterion, problems);
    case TOC_CRITERION_ALL:
    case TOC_CRITERION_ANY:
        for (uint32_t child = criterion->first; child != TOC_INDEX_NONE;
             child = toc_criterion_at(drill, child)->next) {
            good = toc_criterion_check(drill, child, problems) && good;
        }
        return good;
    case TOC_CRITERION_SEVERITY:
        return check_severity(drill, criterion, problems);
    case TOC_CRITERION_FUNCTION:
    case TOC_CRITERION_MARKED:
    case TOC_CRITERION_DECIDED:
        break;
    }
    return true;
}

/* Over all services of that id, or the one operator's. */
static struct level level_of(const toc_drill *drill, const toc_criterion *criterion) {
    const toc_topology *topology = drill->topology;
    __extension__ __int128 supply = 0, demand = 0;
    struct level level = {1000000, 1000000};
    for (uint32_t i = 0; i < topology->service_count; i++) {
        const toc_service *service = &topology->services[i];
        if (strcmp(service->id, criterion->what) != 0 ||
            (criterion->team != NULL &&
             strcmp(toc_topology_operator_id(topology, service->operator_index), criterion->team) !=
                 0)) {
            continue;
        }
        toc_conditions_read(drill->conditions, toc_world_cell(TOC_CHANGE_SERVICE, i));
        toc_service_figures figures = toc_service_read(drill->world, i);
        supply += figures.supply;
        demand += figures.demand;
        if (figures.min_level_ppm < level.lowest_ppm) {
            level.lowest_ppm = figures.min_level_ppm;
        }
    }
    if (demand > 0) {
        level.now_ppm = (int64_t)(supply * 1000000 / demand);
    }
    return level;
}

static bool service_holds(const toc_drill *drill, const toc_criterion *criterion, char *by,
                          size_t size) {
    struct level level = level_of(drill, criterion);
    bool reached = level.now_ppm >= criterion->level_ppm;
    (void)snprintf(by, size, "%s%s%s at %d.%d %%", criterion->what,
                   criterion->team != NULL ? " of " : "",
                   criterion->team != NULL ? criterion->team : "", (int)(level.now_ppm / 10000),
                   (int)(level.now_ppm / 1000 % 10));
    if (criterion->kind == TOC_CRITERION_RESTORED) {
        return reached && level.lowest_ppm < criterion->level_ppm;
    }
    return criterion->below ? !reached : reached;
}

static bool deed_holds(const toc_drill *drill, const toc_deed *deed, const char *verb, char *by,
                       size_t size) {
    if (deed == NULL) {
        return false;
    }
    (void)snprintf(by, size, "%s%s%s by %s", verb, deed->target[0] != '\0' ? " " : "", deed->target,
                   toc_names_at(drill->seat_names, deed->seat));
    return true;
}

static bool acted_holds(const toc_drill *drill, const toc_deed_query *query, char *by,
                        size_t size) {
    const toc_deed *deed = toc_deed_find(drill, query);
    return deed != NULL && deed_holds(drill, deed, deed->verb, by, size);
}

static bool declared_holds(const toc_drill *drill, const toc_criterion *criterion, const char *team,
                           char *by, size_t size) {
    char verb[80];
    const toc_deed *deed = toc_deed_declared(drill, criterion->what, team);
    (void)snprintf(verb, sizeof verb, "declare_%.60s", criterion->what);
    return deed_holds(drill, deed, verb, by, size);
}

static bool decided_holds(const toc_drill *drill, const toc_criterion *criterion, char *by,
                          size_t size) {
    const char *chosen = toc_decision_chosen(drill, criterion->what);
    (void)snprintf(by, size, "%s: %s", criterion->what, chosen == NULL ? "" : chosen);
    return chosen != NULL && chosen[0] != '\0' &&
           (criterion->target == NULL || strcmp(criterion->target, chosen) == 0);
}

static bool alerted_holds(const toc_drill *drill, const toc_lookout_query *query, char *by,
                          size_t size) {
    const char *asset = "";
    uint32_t count = toc_lookout_seen(drill, query, &asset);
    (void)snprintf(by, size, "an alert on %s", asset);
    return count > 0;
}

/* What the script's function says of the world as it is. */
static bool function_holds(toc_drill *drill, const toc_criterion *criterion, char *by,
                           size_t size) {
    lua_State *lua = toc_host_lua(drill->host);
    if (drill->status != TOC_OK || !lua_checkstack(lua, 8)) {
        return false;
    }
    lua_rawgeti(lua, LUA_REGISTRYINDEX, criterion->function);
    toc_binder_push(lua, "situation", 0, 0);
    drill->asking = true;
    toc_status status = toc_host_call(drill->host, 1, 1, drill->problems);
    drill->asking = false;
    if (status != TOC_OK) {
        toc_drill_stop(drill, status);
        return false;
    }
    bool holds = lua_toboolean(lua, -1) != 0;
    if (lua_isnil(lua, -1)) {
        toc_drill_stop(drill, toc_problems_error(drill->problems, criterion->place,
                                                 "this condition gives nothing back; is a "
                                                 "'return' missing?"));
    }
    lua_pop(lua, 1);
    const char *slash = criterion->place.file == NULL ? NULL : strrchr(criterion->place.file, '/');
    const char *file = slash != NULL ? slash + 1 : criterion->place.file;
    (void)snprintf(by, size, "the condition at %s:%u", file != NULL ? file : "?",
                   criterion->place.line);
    return holds;
}

static bool children_hold(toc_drill *drill, const toc_criterion *criterion,
                          const toc_criterion_scope *scope, char *by, size_t size) {
    bool all = criterion->kind == TOC_CRITERION_ALL;
    uint32_t child = criterion->first;
    while (child != TOC_INDEX_NONE) {
        if (toc_criterion_holds(drill, child, scope, by, size) != all) {
            return !all;
        }
        child = toc_criterion_at(drill, child)->next;
    }
    return all;
}

bool toc_criterion_holds(toc_drill *drill, uint32_t number, const toc_criterion_scope *scope,
                         char *by, size_t size) {
    toc_criterion criterion =
        *toc_criterion_at(drill, number); /* a script may make the list move */
    const char *team = criterion.team != NULL ? criterion.team : scope->team;
    toc_deed_query query = {criterion.what, criterion.target, team, scope->since};
    switch (criterion.kind) {
    case TOC_CRITERION_FUNCTION:
        return function_holds(drill, &criterion, by, size);
    case TOC_CRITERION_DECLARED:
        return declared_holds(drill, &criterion, team, by, size);
    case TOC_CRITERION_ACTED:
        return acted_holds(drill, &query, by, size);
    case TOC_CRITERION_REPORTED:
        (void)snprintf(by, size, "report to %s", criterion.what);
        return toc_duty_is_reported(drill, criterion.what, team);
    case TOC_CRITERION_SERVICE:
    case TOC_CRITERION_RESTORED:
        return service_holds(drill, &criterion, by, size);
    case TOC_CRITERION_DECIDED:
        return decided_holds(drill, &criterion, by, size);
    case TOC_CRITERION_ALERTED:
        return alerted_holds(
            drill, &(toc_lookout_query){team, criterion.target, criterion.genuine, scope->since},
            by, size);
    case TOC_CRITERION_MARKED:
        (void)snprintf(by, size, "%s", criterion.what);
        return toc_mark_at(drill, criterion.what) != TOC_NEVER;
    case TOC_CRITERION_SEVERITY:
        (void)snprintf(by, size, "severity %s", criterion.what);
        return toc_regime_has_reached(drill, criterion.what, criterion.team);
    case TOC_CRITERION_ALL:
    case TOC_CRITERION_ANY:
        break;
    }
    return children_hold(drill, &criterion, scope, by, size);
}
