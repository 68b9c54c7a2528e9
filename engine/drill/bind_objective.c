/* Bindings of what is evaluated and what is owed. */
#include <string.h>

#include "drill/bindings.h"
#include "drill/duty.h"
#include "drill/objective.h"
#include "drill/spec.h"
#include "script/describe.h"

static const char *keep_id(lua_State *lua, const char *what) {
    const char *id = toc_binder_text(lua, 2, what);
    if (id[0] == '\0') {
        toc_host_error(lua, "%s: an id goes behind it", what);
    }
    toc_spec_charge(lua, strlen(id));
    return toc_arena_text(toc_spec_drill(lua)->arena, id);
}

enum { MOST_MAPS = 64 };

/* maps = { gbt39204 = "...", csf = "..." }: pairs in the order of keys' bytes. */
static void read_maps(toc_spec *spec, toc_objective_spec *objective) {
    const char *keys[MOST_MAPS];
    uint32_t count = 0;
    lua_State *lua = spec->lua;
    lua_pushstring(lua, "maps");
    int kind = lua_rawget(lua, spec->table);
    if (kind == LUA_TTABLE) {
        for (lua_pushnil(lua); lua_next(lua, -2) != 0; lua_pop(lua, 1)) {
            bool is_pair = lua_type(lua, -2) == LUA_TSTRING && lua_type(lua, -1) == LUA_TSTRING;
            uint32_t at = count;
            if (!is_pair || count == MOST_MAPS) {
                toc_spec_complain(spec, "maps", "maps of %s: expected framework = \"entry\"",
                                  spec->what);
                continue;
            }
            const char *key = lua_tostring(lua, -2);
            for (; at > 0 && strcmp(keys[at - 1], key) > 0; at--) {
                keys[at] = keys[at - 1];
            }
            keys[at] = key;
            count++;
        }
    } else if (kind != LUA_TNIL) {
        toc_spec_complain(spec, "maps", "maps of %s: expected a table framework = \"entry\"",
                          spec->what);
    }
    objective->maps = toc_arena_alloc(spec->drill->arena, (2 * count + 1) * sizeof *keys);
    objective->map_count = count;
    for (uint32_t i = 0; i < count; i++) {
        lua_getfield(lua, -1, keys[i]);
        objective->maps[2 * i] = toc_arena_text(spec->drill->arena, keys[i]);
        objective->maps[2 * i + 1] = toc_arena_text(spec->drill->arena, lua_tostring(lua, -1));
        toc_spec_charge(lua, strlen(keys[i]) + lua_rawlen(lua, -1));
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
}

/* (drill, id, options) */
static int declare(lua_State *lua) {
    static const char *const keys[] = {"text", "within", "after", "met", "maps", "team"};
    toc_spec spec = toc_spec_open(lua, 3, "objective", keys, 6);
    toc_spec_charge(lua, sizeof(toc_objective_spec) + 64);
    toc_objective_spec objective = {
        .id = keep_id(lua, "drill:objective"),
        .text = toc_bind_wording_text(&spec, "text", toc_bind_wording_position(&spec, 1, NULL)),
        .team = toc_spec_text(&spec, "team", NULL),
        .after = toc_spec_text(&spec, "after", NULL),
        .within = toc_spec_time(&spec, "within", TOC_NEVER),
        .criterion = toc_bind_criterion_field(lua, 3, "met", "met of objective"),
        .place = spec.place};
    read_maps(&spec, &objective);
    if (objective.text == NULL) {
        toc_spec_complain(&spec, NULL,
                          "objective '%.60s' does not say what it is: a text goes in "
                          "first",
                          objective.id);
        objective.text = objective.id;
    }
    if (!toc_objective_add(spec.drill, &objective)) {
        toc_spec_complain(&spec, NULL, "there is an objective '%.60s' already", objective.id);
    }
    return 0;
}

int toc_bind_objective_declare(lua_State *lua) {
    (void)toc_bind_drill_self(lua);
    toc_spec_declares(lua, "drill:objective");
    (void)toc_binder_text(lua, 2, "drill:objective");
    if (!lua_isnone(lua, 3)) {
        return declare(lua);
    }
    toc_spec_chain(lua, declare, 2, "objective");
    return 1;
}

static toc_duty_clock read_clock(toc_spec *spec) {
    const char *names[TOC_DUTY_CLOCKS];
    unsigned clock = 0;
    for (unsigned i = 0; i < TOC_DUTY_CLOCKS; i++) {
        names[i] = toc_duty_clock_name((toc_duty_clock)i);
    }
    const char *word = toc_spec_word(spec, "clock", names, TOC_DUTY_CLOCKS, names[0]);
    while (names[clock] != word) {
        clock++;
    }
    return (toc_duty_clock)clock;
}

static void need(toc_spec *spec, const char *id, const char *key, bool there, const char *why) {
    if (!there) {
        toc_spec_complain(spec, NULL, "duty '%.60s': %s is missing: %s", id, key, why);
    }
}

/* (drill, id, options) */
static int declare_duty(lua_State *lua) {
    static const char *const keys[] = {"text",   "operator", "team",   "to",
                                       "within", "trigger",  "source", "clock"};
    toc_spec spec = toc_spec_open(lua, 3, "duty", keys, sizeof keys / sizeof *keys);
    toc_spec_charge(lua, sizeof(toc_duty_rule) + 64);
    toc_duty_rule rule = {.id = keep_id(lua, "drill:duty"),
                          .after = TOC_INDEX_NONE,
                          .text = toc_bind_wording_text(&spec, "text", ""),
                          .source = toc_spec_text(&spec, "source", ""),
                          .team = toc_spec_text(&spec, "operator", NULL),
                          .to = toc_spec_text(&spec, "to", NULL),
                          .trigger = toc_bind_criterion_field(lua, 3, "trigger", "trigger of duty"),
                          .clock = read_clock(&spec),
                          .within = toc_spec_time(&spec, "within", TOC_NEVER),
                          .place = spec.place};
    rule.team = toc_spec_text(&spec, "team", rule.team);
    need(&spec, rule.id, "operator", rule.team != NULL, "whose duty is it?");
    need(&spec, rule.id, "to", rule.to != NULL, "who is to be told?");
    need(&spec, rule.id, "trigger", rule.trigger != TOC_INDEX_NONE, "what starts it?");
    need(&spec, rule.id, "within", rule.within != TOC_NEVER, "how much time is there?");
    if (!spec.faulty && !toc_duty_add(spec.drill, &rule)) {
        toc_spec_complain(&spec, NULL, "there is a duty '%.60s' already", rule.id);
    }
    return 0;
}

int toc_bind_objective_duty(lua_State *lua) {
    (void)toc_bind_drill_self(lua);
    toc_spec_declares(lua, "drill:duty");
    (void)toc_binder_text(lua, 2, "drill:duty");
    if (!lua_isnone(lua, 3)) {
        return declare_duty(lua);
    }
    toc_spec_chain(lua, declare_duty, 2, "duty");
    return 1;
}
