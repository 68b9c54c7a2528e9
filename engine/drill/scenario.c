#include "drill/scenario.h"

#include <string.h>

#include "drill/approval.h"
#include "drill/bindings.h"
#include "drill/duty.h"
#include "drill/emergency_check.h"
#include "drill/fact.h"
#include "drill/inject.h"
#include "drill/objective.h"
#include "drill/regime.h"
#include "drill/spec.h"
#include "drill/watch.h"
#include "drill/witness.h"
#include "kernel/assert.h"
#include "script/bind_world.h"
#include "script/describe.h"
#include "tocsin/formats.h"

static const char *find(void *object, const char *path, size_t *size) {
    const toc_drill *drill = object;
    toc_package_file file;
    if (!toc_package_find(drill->package, path, &file)) {
        return NULL;
    }
    *size = file.size;
    return file.bytes;
}

static const char *shown(void *object, const char *path) {
    const toc_drill *drill = object;
    return toc_package_shown(drill->package, path);
}

static void print(void *object, const char *line) {
    toc_trace_put(object, TOC_TRACE_LOG, "", "scenario", "", line, 0, 0);
}

static void failed(void *object, toc_problems *problems) {
    (void)problems;
    toc_drill_stop(object, TOC_BAD_INPUT);
}

static const toc_topology *read_topology(lua_State *lua, toc_drill *drill, const char *path) {
    char hint[96];
    toc_package_file file;
    if (!toc_package_find(drill->package, path, &file)) {
        const char *nearest = toc_package_nearest(drill->package, path);
        toc_host_error(lua, "the package has no topology '%.60s'%s", path,
                       toc_spec_hint(nearest, hint, sizeof hint));
    }
    toc_status status =
        toc_formats_read_topology(file.bytes, file.size, toc_package_shown(drill->package, path),
                                  drill->problems, &drill->own_topology);
    if (status != TOC_OK) {
        toc_host_error(lua, "there are mistakes in the topology '%.60s'", path);
    }
    return drill->own_topology;
}

void toc_scenario_settle(lua_State *lua, const char *topology_path) {
    toc_drill *drill = toc_spec_drill(lua);
    if (drill->topology == NULL) {
        drill->topology = read_topology(lua, drill, topology_path);
    }
    toc_chance chance = {drill->options.seed, drill->options.replication};
    drill->world = toc_world_create(drill->topology, drill->calendar, drill->conditions, chance,
                                    toc_witness_change, drill);
    toc_bind_world_install(drill->host, drill->world, drill->conditions);
}

static bool stop(void *object) {
    toc_drill *drill = object;
    return toc_patience_is_over(&drill->patience, drill->package,
                                toc_calendar_now(drill->calendar));
}

static bool make_host(toc_drill *drill) {
    toc_host_options options = {.chance = {drill->options.seed, drill->options.replication},
                                .name = "scenario",
                                .find = find,
                                .object = drill,
                                .shown_path = shown,
                                .print = print,
                                .stop = stop};
    drill->host = toc_host_create(&options, drill->problems);
    if (drill->host == NULL) {
        return false;
    }
    toc_spec_install(drill->host, drill);
    toc_bind_drill_install(drill->host);
    drill->processes =
        toc_processes_create(drill->host, drill->calendar, drill->problems, failed, drill);
    return true;
}

/* The scenario's one result, on top of the stack, must be the drill. */
static void check_result(toc_drill *drill, lua_State *lua) {
    char found[128];
    toc_place place = {toc_package_shown(drill->package, "scenario.lua"), 0, 0};
    if (drill->world == NULL) {
        (void)toc_problems_error(drill->problems, place,
                                 "the scenario declares no drill; it begins with "
                                 "local drill = t.drill { ... }");
    } else if (!toc_binder_is(lua, -1, "drill")) {
        (void)toc_problems_error(
            drill->problems, place, "the scenario must end with 'return drill'; it gives %s",
            lua_isboolean(lua, -1) ? "nothing" : toc_describe_value(lua, -1, found, sizeof found));
    }
}

static void check(toc_drill *drill) {
    toc_spec_check_chains(drill);
    toc_inject_check(drill);
    toc_objective_check(drill);
    toc_duty_check(drill);
    toc_approval_check(drill);
    toc_regime_check(drill);
    toc_emergency_check_all(drill);
    for (uint32_t i = 0; i < drill->watches.count; i++) {
        (void)toc_criterion_check(drill, toc_watch_criterion(drill, i), drill->problems);
    }
}

toc_status toc_scenario_run(toc_drill *drill) {
    toc_package_file file;
    if (!toc_package_find(drill->package, "scenario.lua", &file)) {
        toc_place place = {toc_package_name(drill->package), 0, 0};
        return toc_problems_error(drill->problems, place, "the package has no scenario.lua");
    }
    if (!make_host(drill)) {
        return TOC_SYSTEM_FAULT;
    }
    toc_status status = toc_host_load(drill->host, "scenario.lua", drill->problems);
    if (status == TOC_OK) {
        check_result(drill, toc_host_lua(drill->host));
        lua_pop(toc_host_lua(drill->host), 1);
    }
    if (status == TOC_OK && drill->world != NULL) {
        check(drill);
    }
    if (status == TOC_OK && toc_problems_count(drill->problems, TOC_ERROR) > 0) {
        status = TOC_BAD_INPUT;
    }
    return status;
}

void toc_scenario_begin(toc_drill *drill) {
    toc_trace_put(drill, TOC_TRACE_DRILL, "", "", "started", drill->title, 0,
                  (int64_t)drill->options.seed);
    toc_fact_begin(drill);
    toc_witness_begin(drill);
    toc_watch_begin(drill);
    toc_bind_flow_begin(drill);
    drill->stage = TOC_DRILL_RUNNING;
    toc_inject_begin(drill);
    toc_objective_begin(drill);
    toc_duty_begin(drill);
    toc_regime_begin(drill);
}

bool toc_scenario_is_of(const toc_drill *drill, uint32_t seat, const char *team) {
    const char *name = toc_names_at(drill->seat_names, seat);
    size_t length = strlen(team);
    return strcmp(team, "*") == 0 ||
           (strncmp(name, team, length) == 0 && (name[length] == '\0' || name[length] == '.'));
}

bool toc_scenario_reaches(const toc_drill *drill, const char *name) {
    char body[64];
    uint32_t count = toc_names_count(drill->seat_names), seat = 0;
    size_t length = strcspn(name, ".");
    if (length >= sizeof body) {
        return false;
    }
    memcpy(body, name, length);
    body[length] = '\0';
    bool is_played = false;
    for (; seat < count; seat++) {
        if (toc_scenario_is_of(drill, seat, name)) {
            return true;
        }
        is_played = is_played || toc_scenario_is_of(drill, seat, body);
    }
    return strcmp(name, "*") == 0 ||
           (!is_played && toc_topology_find_operator(drill->topology, body) != TOC_INDEX_NONE);
}
