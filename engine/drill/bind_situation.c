/* Bindings of what conditions look at: the world, and what the teams have done. Each look is what
   the condition depends on, so there is no clock here: a condition is not asked again because time
   has passed. */
#include "drill/action.h"
#include "drill/bindings.h"
#include "drill/deed.h"
#include "drill/duty.h"
#include "drill/mark.h"
#include "drill/spec.h"
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

static int ask_marked(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "situation");
    const char *name = toc_binder_text(lua, 2, "marked");
    toc_host_charge(lua, 20);
    lua_pushboolean(lua, toc_mark_at(toc_spec_drill(lua), name) != TOC_NEVER);
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
    {"declared", ask_declared, false, "w:declared(what: string, team?: string) -> boolean",
     "Whether the team (or any) now says that there is such a thing."},
    {"acted", ask_acted, false, "w:acted(verb: string, target?: string, team?: string) -> boolean",
     "Whether somebody has done that action."},
    {"reported", ask_reported, false, "w:reported(duty: string, team?: string) -> boolean",
     "Whether the report that the duty wants has been made."},
    {"get", toc_bind_variable_get, false, "w:get(name: string) -> string|number|boolean",
     "The variable of that name."},
    {"marked", ask_marked, false, "w:marked(name: string) -> boolean",
     "Whether that milestone has been reached or that inject delivered."},
};

static const toc_bound_class situation_class = {
    "situation", "What a condition looks at: the world, and what the teams have done.", rows,
    sizeof rows / sizeof *rows};

void toc_bind_situation_install(toc_host *host) {
    toc_binder_class(host, &situation_class);
}
