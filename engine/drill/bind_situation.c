/* Bindings of what conditions look at: the world, and what the teams have done. Each look is what
   the condition depends on, so there is no clock here: a condition is not asked again because time
   has passed. */
#include <string.h>

#include "drill/action.h"
#include "drill/bindings.h"
#include "drill/cell.h"
#include "drill/decision.h"
#include "drill/deed.h"
#include "drill/duty.h"
#include "drill/lookout.h"
#include "drill/mark.h"
#include "drill/message.h"
#include "drill/objective.h"
#include "drill/phase.h"
#include "drill/regime.h"
#include "drill/scenario.h"
#include "drill/spec.h"
#include "model/alert.h"
#include "model/belief.h"
#include "script/bind_world.h"

/* Calls the world's method of that name with the arguments given. */
static int ask_world(lua_State *lua, const char *name) {
    (void)toc_binder_check(lua, 1, "situation");
    int count = lua_gettop(lua);
    toc_bind_world_push(lua);
    lua_replace(lua, 1);
    lua_getfield(lua, 1, name);
    lua_insert(lua, 1);
    lua_call(lua, count, 1);
    return 1;
}

static int ask_service(lua_State *lua) {
    return ask_world(lua, "service");
}

static int ask_asset(lua_State *lua) {
    return ask_world(lua, "asset");
}

static int ask_assets(lua_State *lua) {
    return ask_world(lua, "assets");
}

static int ask_operator(lua_State *lua) {
    return ask_world(lua, "operator");
}

static int ask_zone(lua_State *lua) {
    return ask_world(lua, "zone");
}

static int ask_conduit(lua_State *lua) {
    return ask_world(lua, "conduit");
}

static int ask_traffic(lua_State *lua) {
    return ask_world(lua, "traffic");
}

static int ask_permits(lua_State *lua) {
    return ask_world(lua, "permits");
}

static int ask_reach(lua_State *lua) {
    return ask_world(lua, "reach");
}

static int ask_reaches(lua_State *lua) {
    return ask_world(lua, "reaches");
}

static const char *optional_text(lua_State *lua, int argument, const char *what) {
    return lua_isnoneornil(lua, argument) ? NULL : toc_binder_text(lua, argument, what);
}

static int ask_declared(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    const char *what = toc_binder_text(lua, 2, "declared");
    const char *team = optional_text(lua, 3, "team");
    toc_host_charge(lua, 20);
    lua_pushboolean(lua, toc_deed_declared(toc_spec_drill(lua), what, team) != NULL);
    return 1;
}

static int ask_acted(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    toc_deed_query query = {.verb = toc_binder_text(lua, 2, "acted"),
                            .target = optional_text(lua, 3, "target"),
                            .team = optional_text(lua, 4, "team")};
    const toc_drill *drill = toc_spec_drill(lua);
    char hint[96];
    toc_host_charge(lua, 500 + drill->deeds.count);
    if (!toc_deed_is_verb(query.verb)) {
        toc_host_error(lua, "acted: there is no action '%.60s'%s", query.verb,
                       toc_spec_hint(toc_action_nearest(query.verb), hint, sizeof hint));
    }
    lua_pushboolean(lua, toc_deed_find(drill, &query) != NULL);
    return 1;
}

static int ask_reported(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    const char *what = toc_binder_text(lua, 2, "reported");
    const char *team = optional_text(lua, 3, "team");
    if (!toc_duty_is_target(toc_spec_drill(lua), what)) {
        toc_host_error(lua, "reported: '%.60s' is neither a duty nor the recipient of one", what);
    }
    lua_pushboolean(lua, toc_duty_is_reported(toc_spec_drill(lua), what, team));
    return 1;
}

static int ask_severity(lua_State *lua) {
    char hint[96];
    const char *nearest = NULL;
    (void)toc_binder_check(lua, 1, "situation");
    const toc_drill *drill = toc_spec_drill(lua);
    const char *level = toc_binder_text(lua, 2, "severity");
    const char *operator_id = optional_text(lua, 3, "operator");
    toc_host_charge(lua, 100 + 50 * drill->regimes.count);
    if (!toc_regime_knows(drill, level, operator_id, &nearest)) {
        toc_host_error(lua, "severity: no drill:duties has a level '%.60s'%s", level,
                       toc_spec_hint(nearest, hint, sizeof hint));
    }
    lua_pushboolean(lua, toc_regime_has_reached(drill, level, operator_id));
    return 1;
}

static int ask_decided(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    const char *id = toc_binder_text(lua, 2, "decided");
    const char *chosen = toc_decision_chosen(toc_spec_drill(lua), id);
    toc_host_charge(lua, 50);
    if (chosen == NULL) {
        toc_host_error(lua, "decided: there is no decision '%.60s'", id);
    }
    if (chosen[0] == '\0') {
        lua_pushboolean(lua, false); /* nil would look like a condition without return */
    } else {
        lua_pushstring(lua, chosen);
    }
    return 1;
}

static int ask_marked(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    const char *name = toc_binder_text(lua, 2, "marked");
    toc_host_charge(lua, 20);
    lua_pushboolean(lua, toc_mark_at(toc_spec_drill(lua), name) != TOC_NEVER);
    return 1;
}

static void set_time(lua_State *lua, const char *key, toc_time time) {
    if (time != TOC_NEVER) {
        lua_pushinteger(lua, time);
        lua_setfield(lua, -2, key);
    }
}

static void set_text(lua_State *lua, const char *key, const char *text) {
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, key);
}

/* (situation, operator, asset) */
static int ask_belief(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    const toc_drill *drill = toc_spec_drill(lua);
    const char *id = toc_binder_text(lua, 2, "belief");
    uint32_t owner = toc_topology_find_operator(drill->topology, id);
    uint32_t element = toc_bind_world_element(lua, 3, "belief");
    if (owner == TOC_INDEX_NONE) {
        toc_host_error(lua, "belief: there is no operator '%.60s'", id);
    }
    toc_host_charge(lua, 50);
    toc_conditions_read(drill->conditions, toc_world_cell(TOC_CHANGE_BELIEF, element));
    toc_belief belief = toc_belief_read(drill->world, owner, element);
    lua_createtable(lua, 0, 4);
    set_text(lua, "operation", toc_world_operation_name(belief.operation));
    set_text(lua, "source", toc_belief_source_name(belief.source));
    set_time(lua, "since", belief.since);
    lua_pushboolean(lua, belief.stale);
    lua_setfield(lua, -2, "stale");
    return 1;
}

static int ask_duty(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    const char *id = toc_binder_text(lua, 2, "duty");
    toc_drill_duty duty;
    toc_host_charge(lua, 50);
    if (!toc_duty_find(toc_spec_drill(lua), id, &duty)) {
        toc_host_error(lua, "duty: there is no duty '%.60s'", id);
    }
    bool is_done = duty.done_at != TOC_NEVER;
    lua_createtable(lua, 0, 4);
    set_text(lua, "state",
             duty.started_at == TOC_NEVER ? "waiting"
             : is_done                    ? duty.on_time ? "done" : "late"
             : toc_calendar_now(toc_spec_drill(lua)->calendar) > duty.due ? "missed"
                                                                          : "open");
    set_time(lua, "started", duty.started_at);
    set_time(lua, "due", duty.due);
    set_time(lua, "done", duty.done_at);
    return 1;
}

static int ask_objective(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    const char *id = toc_binder_text(lua, 2, "objective");
    toc_host_charge(lua, 50);
    const char *state = toc_objective_state(toc_spec_drill(lua), id);
    if (state == NULL) {
        toc_host_error(lua, "objective: there is no objective '%.60s'", id);
    }
    lua_pushstring(lua, state);
    return 1;
}

/* (situation, seat or team, from?) */
static int ask_received(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    const toc_drill *drill = toc_spec_drill(lua);
    const char *to = toc_binder_text(lua, 2, "received");
    const char *from = optional_text(lua, 3, "from");
    lua_Integer count = 0;
    toc_host_charge(lua, 50 + toc_message_count(drill));
    if (!toc_scenario_reaches(drill, to)) {
        toc_host_error(lua, "received: there is no seat or team '%.60s'", to);
    }
    toc_conditions_read(drill->conditions, toc_cell(TOC_CELL_MESSAGE, 0));
    for (uint32_t i = 1; i <= toc_message_count(drill); i++) {
        const toc_message *message = toc_message_at(drill, i);
        count += toc_scenario_is_of(drill, message->to, to) &&
                 (from == NULL || strcmp(message->from, from) == 0);
    }
    lua_pushinteger(lua, count);
    return 1;
}

static int ask_sensor(lua_State *lua) {
    return ask_world(lua, "sensor");
}

static int ask_waiting(lua_State *lua) {
    return ask_world(lua, "waiting");
}

/* (situation, operator?, asset?) */
static int ask_alerts(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    const toc_drill *drill = toc_spec_drill(lua);
    toc_lookout_query query = {.team = optional_text(lua, 2, "alerts")};
    toc_host_charge(lua, 50 + UINT64_C(2) * toc_alert_count(drill->world));
    if (query.team != NULL &&
        toc_topology_find_operator(drill->topology, query.team) == TOC_INDEX_NONE) {
        toc_host_error(lua, "alerts: there is no operator '%.60s'", query.team);
    }
    if (!lua_isnoneornil(lua, 3)) {
        query.asset =
            toc_topology_element_id(drill->topology, toc_bind_world_element(lua, 3, "alerts"));
    }
    lua_pushinteger(lua, toc_lookout_seen(drill, &query, NULL));
    return 1;
}

static int ask_phase(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    const toc_drill *drill = toc_spec_drill(lua);
    toc_conditions_read(drill->conditions, toc_cell(TOC_CELL_PHASE, 0));
    lua_pushstring(lua, toc_phase_current(drill));
    return 1;
}

static const toc_binding rows[] = {
    {"service", ask_service, false, "w:service(id: string, operator?: string) -> service",
     "A service of one operator, or of all together."},
    {"asset", ask_asset, false, "w:asset(id: string) -> asset", "The asset of that id."},
    {"assets", ask_assets, false, "w:assets(filter?: { kind?, operator?, zone?, id? }) -> asset[]",
     "The assets that pass the filter, in the order of the topology."},
    {"operator", ask_operator, false, "w:operator(id: string) -> operator",
     "The operator of that id."},
    {"zone", ask_zone, false, "w:zone(id: string) -> zone", "The zone of that id."},
    {"conduit", ask_conduit, false, "w:conduit(id: string) -> conduit", "The conduit of that id."},
    {"traffic", ask_traffic, false, "w:traffic(id: string) -> traffic",
     "The legitimate flow of that id."},
    {"permits", ask_permits, false,
     "w:permits(from: asset|string, to: asset|string, service?: string) -> boolean",
     "Whether the network lets the one open that service, or any, with the other now."},
    {"reach", ask_reach, false,
     "w:reach(from: asset|string|(asset|string)[]) -> { asset: asset, access: string, hops: "
     "integer }[]",
     "What an attacker who holds these assets can come to hold when every attempt succeeds."},
    {"reaches", ask_reaches, false,
     "w:reaches(from: asset|string|(asset|string)[], to: asset|string) -> boolean",
     "Whether the asset is within that reach."},
    {"declared", ask_declared, false, "w:declared(what: string, team?: string) -> boolean",
     "Whether the team (or any) now says that there is such a thing."},
    {"acted", ask_acted, false, "w:acted(verb: string, target?: string, team?: string) -> boolean",
     "Whether somebody has done that action."},
    {"reported", ask_reported, false, "w:reported(duty: string, team?: string) -> boolean",
     "Whether the report that the duty wants has been made."},
    {"get", toc_bind_variable_get, false, "w:get(name: string) -> string|number|boolean",
     "The variable of that name."},
    {"decided", ask_decided, false, "w:decided(decision: string) -> string|false",
     "The option that was chosen; false while none is."},
    {"belief", ask_belief, false,
     "w:belief(operator: string, asset: asset|string) -> { operation: string, source: string, "
     "since: "
     "time, stale: boolean }",
     "What the operator's team last knew of the asset; stale: it would not be told of a change."},
    {"duty", ask_duty, false,
     "w:duty(id: string) -> { state: string, started?: time, due?: time, done?: time }",
     "How the duty stands: waiting, open, done, late, missed."},
    {"severity", ask_severity, false, "w:severity(level: string, operator?: string) -> boolean",
     "Whether the incident is at that level of the rules of drill:duties, or graver."},
    {"objective", ask_objective, false, "w:objective(id: string) -> string",
     "How the objective stands: waiting, open, met, missed, late."},
    {"received", ask_received, false, "w:received(to: string, from?: string) -> integer",
     "How many messages and injects the seat or team has received."},
    {"alerts", ask_alerts, false, "w:alerts(operator?: string, asset?: asset|string) -> integer",
     "How many alerts people have seen, false alarms among them."},
    {"sensor", ask_sensor, false, "w:sensor(id: string) -> sensor", "The sensor of that id."},
    {"waiting", ask_waiting, false, "w:waiting(operator: string) -> integer",
     "How many alerts wait for one of the operator's analysts."},
    {"phase", ask_phase, true, "w.phase: string",
     "Id of the phase that has begun last, \"\" before the first."},
    {"marked", ask_marked, false, "w:marked(name: string) -> boolean",
     "Whether that milestone has been reached or that inject delivered."},
};

static const toc_bound_class situation_class = {
    "situation", "What a condition looks at: the world, and what the teams have done.", rows,
    sizeof rows / sizeof *rows};

void toc_bind_situation_install(toc_host *host) {
    toc_binder_class(host, &situation_class);
}
