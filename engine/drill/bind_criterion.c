/* Bindings of criteria: t.declared "incident", t.acted { ... }, t.service("power", { ... }). */
#include <stdio.h>
#include <string.h>

#include "drill/bindings.h"
#include "drill/spec.h"
#include "script/describe.h"

static toc_criterion blank(lua_State *lua, toc_criterion_kind kind) {
    toc_spec_charge(lua, sizeof(toc_criterion));
    return (toc_criterion){.kind = kind,
                           .place = toc_host_place(lua),
                           .function = TOC_SPEC_NOTHING,
                           .level_ppm = 1000000,
                           .first = TOC_INDEX_NONE,
                           .next = TOC_INDEX_NONE};
}

static int push(lua_State *lua, const toc_criterion *criterion) {
    toc_binder_push(lua, "criterion", toc_criterion_add(toc_spec_drill(lua), criterion), 0);
    return 1;
}

static const char *keep(lua_State *lua, int argument, const char *what) {
    const char *text = toc_binder_text(lua, argument, what);
    toc_spec_charge(lua, strlen(text));
    return toc_arena_text(toc_spec_drill(lua)->arena, text);
}

/* Options { team = } or { seat = } behind the name, if any. */
static void read_team(lua_State *lua, int argument, const char *what, toc_criterion *criterion) {
    static const char *const keys[] = {"team", "seat"};
    if (lua_isnoneornil(lua, argument)) {
        return;
    }
    toc_spec spec = toc_spec_open(lua, argument, what, keys, 2);
    criterion->team = toc_spec_text(&spec, "team", NULL);
    criterion->team = toc_spec_text(&spec, "seat", criterion->team);
}

static int make_declared(lua_State *lua) {
    toc_criterion criterion = blank(lua, TOC_CRITERION_DECLARED);
    criterion.what = keep(lua, 1, "t.declared");
    read_team(lua, 2, "t.declared", &criterion);
    return push(lua, &criterion);
}

static int make_reported(lua_State *lua) {
    toc_criterion criterion = blank(lua, TOC_CRITERION_REPORTED);
    criterion.what = keep(lua, 1, "t.reported");
    read_team(lua, 2, "t.reported", &criterion);
    return push(lua, &criterion);
}

static int make_marked(lua_State *lua) {
    toc_criterion criterion = blank(lua, TOC_CRITERION_MARKED);
    criterion.what = keep(lua, 1, "t.marked");
    return push(lua, &criterion);
}

static int make_decided(lua_State *lua) {
    toc_criterion criterion = blank(lua, TOC_CRITERION_DECIDED);
    criterion.what = keep(lua, 1, "t.decided");
    criterion.target = lua_isnoneornil(lua, 2) ? NULL : keep(lua, 2, "t.decided");
    return push(lua, &criterion);
}

static int make_severity(lua_State *lua) {
    static const char *const keys[] = {"operator"};
    toc_criterion criterion = blank(lua, TOC_CRITERION_SEVERITY);
    criterion.what = keep(lua, 1, "t.severity");
    if (!lua_isnoneornil(lua, 2)) {
        toc_spec spec = toc_spec_open(lua, 2, "t.severity", keys, 1);
        criterion.team = toc_spec_text(&spec, "operator", NULL);
    }
    return push(lua, &criterion);
}

static int make_acted(lua_State *lua) {
    static const char *const keys[] = {"verb", "target", "team", "seat"};
    toc_criterion criterion = blank(lua, TOC_CRITERION_ACTED);
    toc_spec spec = toc_spec_open(lua, 1, "t.acted", keys, 4);
    criterion.what = toc_spec_text(&spec, "verb", NULL);
    criterion.target = toc_spec_text(&spec, "target", NULL);
    criterion.team = toc_spec_text(&spec, "team", NULL);
    criterion.team = toc_spec_text(&spec, "seat", criterion.team);
    if (criterion.what == NULL) {
        toc_host_error(lua, "t.acted: which action? verb = \"isolate\", for example");
    }
    return push(lua, &criterion);
}

static int make_alerted(lua_State *lua) {
    static const char *const keys[] = {"operator", "on", "genuine"};
    toc_criterion criterion = blank(lua, TOC_CRITERION_ALERTED);
    if (!lua_isnoneornil(lua, 1)) {
        toc_spec spec = toc_spec_open(lua, 1, "t.alerted", keys, 3);
        uint32_t element = toc_spec_element(&spec, "on");
        criterion.team = toc_spec_text(&spec, "operator", NULL);
        criterion.genuine = toc_spec_flag(&spec, "genuine", false);
        criterion.target = element == TOC_INDEX_NONE
                               ? NULL
                               : toc_topology_element_id(spec.drill->topology, element);
    }
    return push(lua, &criterion);
}

static int64_t ppm_of(double share) {
    return (int64_t)(share * 1e6 + 0.5);
}

static int make_level(lua_State *lua, toc_criterion_kind kind, const char *what) {
    static const char *const keys[] = {"operator", "at_least", "below"};
    toc_criterion criterion = blank(lua, kind);
    criterion.what = keep(lua, 1, what);
    if (!lua_isnoneornil(lua, 2)) {
        toc_spec spec = toc_spec_open(lua, 2, what, keys, kind == TOC_CRITERION_SERVICE ? 3 : 2);
        criterion.team = toc_spec_text(&spec, "operator", NULL);
        criterion.level_ppm = ppm_of(toc_spec_number(&spec, "at_least", 0, 1, 1));
        if (kind == TOC_CRITERION_SERVICE && toc_spec_has(&spec, "below")) {
            criterion.below = true;
            criterion.level_ppm = ppm_of(toc_spec_number(&spec, "below", 0, 1, 1));
        }
    }
    return push(lua, &criterion);
}

static int make_service(lua_State *lua) {
    return make_level(lua, TOC_CRITERION_SERVICE, "t.service");
}

static int make_restored(lua_State *lua) {
    return make_level(lua, TOC_CRITERION_RESTORED, "t.restored");
}

/* The place where the function at `argument` begins. */
static toc_place place_of_function(lua_State *lua, int argument) {
    lua_Debug function;
    toc_place place = toc_host_place(lua);
    lua_pushvalue(lua, argument);
    if (lua_getinfo(lua, ">S", &function) && function.source[0] == '@' &&
        function.linedefined > 0) {
        const toc_drill *drill = toc_spec_drill(lua);
        toc_package_file file;
        place.line = (uint32_t)function.linedefined;
        if (toc_package_find(drill->package, function.source + 1, &file)) {
            place.file = toc_package_shown(drill->package, file.path);
        }
    }
    return place;
}

static uint32_t read(lua_State *lua, int argument, const char *what) {
    char found[128];
    if (toc_binder_is(lua, argument, "criterion")) {
        return (uint32_t)toc_binder_check(lua, argument, "criterion");
    }
    if (lua_type(lua, argument) != LUA_TFUNCTION) {
        toc_host_error(lua,
                       "%s: expected a function of the world or a criterion like t.declared "
                       "\"incident\", found %s",
                       what, toc_describe_value(lua, argument, found, sizeof found));
    }
    if (lua_iscfunction(lua, argument)) {
        toc_host_error(lua,
                       "%s: this is a function of the library itself; call it, as in "
                       "t.declared \"incident\"",
                       what);
    }
    toc_criterion criterion = blank(lua, TOC_CRITERION_FUNCTION);
    criterion.place = place_of_function(lua, argument);
    criterion.function = toc_spec_function_at(lua, argument, what);
    return toc_criterion_add(toc_spec_drill(lua), &criterion);
}

/* One that is made while the drill runs is checked at once. */
uint32_t toc_bind_criterion_read(lua_State *lua, int argument, const char *what) {
    toc_drill *drill = toc_spec_drill(lua);
    uint32_t criterion = read(lua, lua_absindex(lua, argument), what);
    if (drill->stage != TOC_DRILL_RUNNING) {
        return criterion;
    }
    toc_problems *found = toc_problems_create();
    bool holds = toc_criterion_check(drill, criterion, found);
    lua_pushstring(lua, holds ? "" : toc_problems_at(found, 0).text);
    toc_problems_destroy(found);
    if (!holds) {
        toc_host_error(lua, "%s", lua_tostring(lua, -1));
    }
    lua_pop(lua, 1);
    return criterion;
}

uint32_t toc_bind_criterion_field(lua_State *lua, int table, const char *key, const char *what) {
    uint32_t criterion = TOC_INDEX_NONE;
    table = lua_absindex(lua, table);
    lua_pushstring(lua, key);
    if (lua_rawget(lua, table) != LUA_TNIL) {
        criterion = toc_bind_criterion_read(lua, -1, what);
    }
    lua_pop(lua, 1);
    return criterion;
}

static int make_group(lua_State *lua, toc_criterion_kind kind, const char *what) {
    toc_spec spec = toc_spec_open(lua, 1, what, NULL, 0);
    toc_criterion group = blank(lua, kind);
    lua_Integer count = (lua_Integer)lua_rawlen(lua, 1);
    if (count == 0) {
        toc_host_error(lua, "%s: a list of criteria goes in here", what);
    }
    for (lua_Integer i = count; i >= 1; i--) {
        lua_rawgeti(lua, 1, i);
        uint32_t child = toc_bind_criterion_read(lua, -1, what);
        toc_criterion copy = *TOC_LIST_AT(toc_criterion, &spec.drill->criteria, child);
        copy.next = group.first; /* a copy: one criterion may stand in several groups */
        group.first = toc_criterion_add(spec.drill, &copy);
        lua_pop(lua, 1);
    }
    return push(lua, &group);
}

static int make_all(lua_State *lua) {
    return make_group(lua, TOC_CRITERION_ALL, "t.all");
}

static int make_any(lua_State *lua) {
    return make_group(lua, TOC_CRITERION_ANY, "t.any");
}

static const toc_binding functions[] = {
    {"declared", make_declared, false,
     "t.declared(what: string, options?: { team?: string, seat?: string }) -> criterion",
     "Holds while a team says that there is such a thing: \"incident\", \"emergency\"."},
    {"acted", make_acted, false,
     "t.acted { verb: string, target?: string, team?: string, seat?: string } -> criterion",
     "Holds once somebody has done that action; for an objective, since it started."},
    {"reported", make_reported, false,
     "t.reported(duty: string, options?: { team?: string }) -> criterion",
     "Holds once the report that the duty (or its recipient) wants has been made."},
    {"service", make_service, false,
     "t.service(id: string, options?: { operator?: string, at_least?: number, below?: number }) -> "
     "criterion",
     "Holds while the service is at that share of its demand: 1 if not said."},
    {"restored", make_restored, false,
     "t.restored(id: string, options?: { operator?: string, at_least?: number }) -> criterion",
     "Holds when the service has been below that share and is back."},
    {"marked", make_marked, false, "t.marked(name: string) -> criterion",
     "Holds once that milestone has been reached or that inject has been delivered."},
    {"decided", make_decided, false, "t.decided(decision: string, option?: string) -> criterion",
     "Holds once the decision has been made, or made so."},
    {"severity", make_severity, false,
     "t.severity(level: string, options?: { operator?: string }) -> criterion",
     "Holds once the incident is at that level of the rules of drill:duties, or graver."},
    {"alerted", make_alerted, false,
     "t.alerted(options?: { operator?: string, on?: asset|string, genuine?: boolean }) -> "
     "criterion",
     "Holds once people of the operator have seen an alert of a sensor or a find of a hunt, false "
     "alarms too unless `genuine`; for an objective, since it started."},
    {"all", make_all, false, "t.all { criterion, ... } -> criterion",
     "Holds when every one of them holds."},
    {"any", make_any, false, "t.any { criterion, ... } -> criterion",
     "Holds when one of them holds."},
};

static const toc_bound_class module = {"t", "What can be waited for.", functions,
                                       sizeof functions / sizeof *functions};

static int describe(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "criterion");
    lua_pushliteral(lua, "criterion");
    return 1;
}

static const toc_binding rows[] = {
    {"kind", describe, true, "criterion.kind: string", "Always \"criterion\"."},
};

static const toc_bound_class criterion_class = {
    "criterion", "What must hold: made by t.declared and its like.", rows, 1};

void toc_bind_criterion_install(toc_host *host) {
    toc_binder_class(host, &criterion_class);
    toc_binder_module(host, "tocsin.core", &module);
}
