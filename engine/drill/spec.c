/* Spec: reads tables of options, and says whose fault it is. */
#include "drill/spec.h"

#include <lauxlib.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "drill/spot.h"
#include "kernel/assert.h"
#include "script/bind_world.h"
#include "script/describe.h"

enum { MOST_BYTES = 256 << 20, MOST_MISTAKES = 200 };

/* Names the drill among the host's slots. */
static const char drill_key = 0;

struct chain {
    toc_place place;
    const char *what;
    bool done;
};

void toc_spec_install(toc_host *host, toc_drill *drill) {
    toc_host_set(host, &drill_key, drill);
}

toc_drill *toc_spec_drill(lua_State *lua) {
    toc_drill *drill = toc_host_get(lua, &drill_key);
    TOC_ASSERT(drill != NULL);
    return drill;
}

void toc_spec_charge(lua_State *lua, size_t bytes) {
    toc_drill *drill = toc_spec_drill(lua);
    drill->script_bytes += bytes;
    toc_host_charge(lua, bytes / 4 + 10);
    if (drill->script_bytes > MOST_BYTES) {
        toc_host_error(lua,
                       "the scenario makes the drill keep more than %d MB; is there a loop that "
                       "declares without end?",
                       MOST_BYTES >> 20);
    }
}

void toc_spec_changes(lua_State *lua, const char *what) {
    if (toc_spec_drill(lua)->asking) {
        toc_host_error(lua,
                       "%s: a condition only looks; what is to be done goes into the function "
                       "after it",
                       what);
    }
}

void toc_spec_declares(lua_State *lua, const char *what) {
    toc_drill *drill = toc_spec_drill(lua);
    toc_spec_changes(lua, what);
    if (drill->world == NULL) {
        toc_host_error(lua, "%s: the drill is not there yet; it begins with t.drill { ... }", what);
    }
    if (drill->stage != TOC_DRILL_DECLARING) {
        toc_host_error(lua, "%s: this is declared before the drill starts, not while it runs",
                       what);
    }
}

const char *toc_spec_hint(const char *nearest, char *buffer, size_t size) {
    if (nearest == NULL) {
        buffer[0] = '\0';
    } else {
        (void)snprintf(buffer, size, "; did you mean '%.60s'?", nearest);
    }
    return buffer;
}

void toc_spec_complain(toc_spec *spec, const char *key, const char *format, ...) {
    char text[512];
    va_list list;
    va_start(list, format);
    (void)vsnprintf(text, sizeof text, format, list);
    va_end(list);
    spec->faulty = true;
    if (spec->drill->stage != TOC_DRILL_DECLARING) {
        toc_host_error(spec->lua, "%s", text);
    }
    toc_place place =
        key == NULL ? spec->place : toc_spot_of_key(spec->drill, spec->place, key, spec->depth);
    (void)toc_problems_error(spec->drill->problems, place, "%s", text);
    if (toc_problems_count(spec->drill->problems, TOC_ERROR) >= MOST_MISTAKES) {
        toc_host_error(spec->lua, "the first %d mistakes are enough for now", MOST_MISTAKES);
    }
    toc_host_charge(spec->lua, 1000);
}

static bool is_among(const char *const *names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Lua's own order of keys differs from run to run: wrong ones are told in the order of bytes. */
static void check_keys(toc_spec *spec, const char *const *keys, size_t count) {
    const char *last = "";
    for (;;) {
        const char *wrong = NULL;
        for (lua_pushnil(spec->lua); lua_next(spec->lua, spec->table) != 0; lua_pop(spec->lua, 1)) {
            toc_host_charge(spec->lua, 4 + count);
            const char *key =
                lua_type(spec->lua, -2) == LUA_TSTRING ? lua_tostring(spec->lua, -2) : NULL;
            if (key != NULL && !is_among(keys, count, key) && strcmp(key, last) > 0 &&
                (wrong == NULL || strcmp(key, wrong) < 0)) {
                wrong = key;
            }
        }
        if (wrong == NULL) {
            return;
        }
        char hint[96];
        const char *nearest = toc_names_nearest_of(keys, count, wrong);
        toc_spec_complain(spec, wrong, "%s has no option '%.60s'%s", spec->what, wrong,
                          toc_spec_hint(nearest, hint, sizeof hint));
        last = wrong;
    }
}

static toc_spec open_at(lua_State *lua, int table, const char *what, int depth) {
    char found[128];
    table = lua_absindex(lua, table);
    if (lua_type(lua, table) != LUA_TTABLE) {
        toc_host_error(lua, "%s: expected a table { ... }, found %s", what,
                       toc_describe_value(lua, table, found, sizeof found));
    }
    luaL_checkstack(lua, 8, what);
    return (toc_spec){.lua = lua,
                      .drill = toc_spec_drill(lua),
                      .table = table,
                      .what = what,
                      .place = toc_host_place(lua),
                      .depth = depth};
}

toc_spec toc_spec_open(lua_State *lua, int table, const char *what, const char *const *keys,
                       size_t count) {
    toc_spec spec = open_at(lua, table, what, 1);
    check_keys(&spec, keys, count);
    return spec;
}

toc_spec toc_spec_open_inner(toc_spec *outer, const char *key, const char *const *keys,
                             size_t count) {
    lua_getfield(outer->lua, outer->table, key);
    return toc_spec_open_top(outer, key, keys, count);
}

toc_spec toc_spec_open_top(toc_spec *outer, const char *what, const char *const *keys,
                           size_t count) {
    toc_spec spec = open_at(outer->lua, -1, what, outer->depth + 1);
    check_keys(&spec, keys, count);
    return spec;
}

/* Pushes the field; false, with nothing pushed, where it is not given. */
static bool push_field(toc_spec *spec, const char *key) {
    lua_pushstring(spec->lua, key);
    if (lua_rawget(spec->lua, spec->table) != LUA_TNIL) {
        return true;
    }
    lua_pop(spec->lua, 1);
    return false;
}

static void unexpected(toc_spec *spec, const char *key, const char *expected) {
    char found[128];
    (void)toc_describe_value(spec->lua, -1, found, sizeof found);
    toc_spec_complain(spec, key, "%s of %s: expected %s, found %s", key, spec->what, expected,
                      found);
}

bool toc_spec_has(toc_spec *spec, const char *key) {
    if (push_field(spec, key)) {
        lua_pop(spec->lua, 1);
        return true;
    }
    return false;
}

/* The text on top, copied; NULL where it is none. */
static const char *keep_text(toc_spec *spec) {
    size_t length = 0;
    if (lua_type(spec->lua, -1) != LUA_TSTRING) {
        return NULL;
    }
    const char *text = lua_tolstring(spec->lua, -1, &length);
    if (strlen(text) != length) {
        return NULL;
    }
    toc_spec_charge(spec->lua, length);
    return toc_arena_text(spec->drill->arena, text);
}

const char *toc_spec_text(toc_spec *spec, const char *key, const char *absent) {
    if (!push_field(spec, key)) {
        return absent;
    }
    const char *text = keep_text(spec);
    if (text == NULL) {
        unexpected(spec, key, "a text");
        text = absent;
    }
    lua_pop(spec->lua, 1);
    return text;
}

const char *toc_spec_top(toc_spec *spec) {
    const char *text = keep_text(spec);
    if (text == NULL) {
        unexpected(spec, spec->what, "a text");
    }
    return text;
}

const char *toc_spec_position(toc_spec *spec, int position, const char *absent) {
    char key[16];
    const char *text = absent;
    if (lua_rawgeti(spec->lua, spec->table, position) != LUA_TNIL) {
        text = keep_text(spec);
        if (text == NULL) {
            (void)snprintf(key, sizeof key, "entry %d", position);
            unexpected(spec, key, "a text");
            text = absent;
        }
    }
    lua_pop(spec->lua, 1);
    return text;
}

const char *toc_spec_word(toc_spec *spec, const char *key, const char *const *names, size_t count,
                          const char *absent) {
    const char *word = toc_spec_text(spec, key, NULL);
    char hint[96];
    if (word == NULL) {
        return absent;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], word) == 0) {
            return names[i];
        }
    }
    const char *nearest = toc_names_nearest_of(names, count, word);
    if (nearest == NULL) {
        const char *all = names[0];
        for (size_t i = 1; i < count; i++) {
            all = toc_arena_format(spec->drill->arena, "%s, %s", all, names[i]);
        }
        toc_spec_complain(spec, key, "%s of %s: there is no '%.60s'; there are %s", key, spec->what,
                          word, all);
    } else {
        toc_spec_complain(spec, key, "%s of %s: there is no '%.60s'%s", key, spec->what, word,
                          toc_spec_hint(nearest, hint, sizeof hint));
    }
    return absent;
}

uint32_t toc_spec_texts(toc_spec *spec, const char *key, const char ***out_texts) {
    if (!push_field(spec, key)) {
        return 0;
    }
    bool is_list = lua_type(spec->lua, -1) == LUA_TTABLE;
    size_t count = is_list ? lua_rawlen(spec->lua, -1) : 1;
    toc_spec_charge(spec->lua, (count + 1) * sizeof(char *));
    const char **texts = toc_arena_alloc(spec->drill->arena, (count + 1) * sizeof *texts);
    uint32_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_list) {
            lua_rawgeti(spec->lua, -1, (lua_Integer)i + 1);
        } else {
            lua_pushvalue(spec->lua, -1);
        }
        const char *text = keep_text(spec);
        if (text == NULL) {
            unexpected(spec, key, is_list ? "a list of texts" : "a text or a list of texts");
        } else {
            texts[kept++] = text;
        }
        lua_pop(spec->lua, 1);
    }
    lua_pop(spec->lua, 1);
    *out_texts = texts;
    return kept;
}

toc_time toc_spec_time(toc_spec *spec, const char *key, toc_time absent) {
    if (!push_field(spec, key)) {
        return absent;
    }
    toc_time time = absent;
    if (lua_isinteger(spec->lua, -1) && lua_tointeger(spec->lua, -1) >= 0) {
        time = lua_tointeger(spec->lua, -1);
    } else {
        unexpected(spec, key, "a time like t.minutes(5)");
    }
    lua_pop(spec->lua, 1);
    return time;
}

double toc_spec_number(toc_spec *spec, const char *key, double low, double high, double absent) {
    if (!push_field(spec, key)) {
        return absent;
    }
    double number = lua_type(spec->lua, -1) == LUA_TNUMBER ? lua_tonumber(spec->lua, -1) : NAN;
    if (!(number >= low && number <= high)) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "a number from %g to %g", low, high);
        unexpected(spec, key, expected);
        number = absent;
    }
    lua_pop(spec->lua, 1);
    return number;
}

bool toc_spec_flag(toc_spec *spec, const char *key, bool absent) {
    if (!push_field(spec, key)) {
        return absent;
    }
    bool flag = lua_toboolean(spec->lua, -1) != 0;
    if (lua_type(spec->lua, -1) != LUA_TBOOLEAN) {
        unexpected(spec, key, "true or false");
        flag = absent;
    }
    lua_pop(spec->lua, 1);
    return flag;
}

/* What stands on top of the stack; it stays there. */
static uint32_t read_element(toc_spec *spec, const char *key) {
    char hint[96];
    const toc_topology *topology = spec->drill->topology;
    if (toc_binder_is(spec->lua, -1, "asset")) {
        return (uint32_t)toc_binder_check(spec->lua, -1, "asset");
    }
    if (lua_type(spec->lua, -1) != LUA_TSTRING) {
        unexpected(spec, key, "an asset or its id");
        return TOC_INDEX_NONE;
    }
    const char *id = lua_tostring(spec->lua, -1);
    uint32_t element = toc_topology_find_element(topology, id);
    if (element == TOC_INDEX_NONE) {
        toc_host_charge(spec->lua, UINT64_C(50) * topology->asset_count);
        const char *nearest = toc_topology_nearest_element(topology, id);
        toc_spec_complain(spec, key, "%s of %s: there is no asset or link '%.60s'%s", key,
                          spec->what, id, toc_spec_hint(nearest, hint, sizeof hint));
    }
    return element;
}

uint32_t toc_spec_element(toc_spec *spec, const char *key) {
    uint32_t element = TOC_INDEX_NONE;
    if (push_field(spec, key)) {
        element = read_element(spec, key);
        lua_pop(spec->lua, 1);
    }
    return element;
}

/* Whether the table is one of options, not a list. */
static bool has_names(lua_State *lua, int table) {
    bool has = false;
    lua_pushnil(lua);
    if (lua_next(lua, table) != 0) {
        has = lua_type(lua, -2) == LUA_TSTRING;
        lua_pop(lua, 2);
    }
    return has;
}

uint32_t toc_spec_elements(toc_spec *spec, const char *key, const uint32_t **out_elements) {
    lua_State *lua = spec->lua;
    uint32_t count = 0;
    if (!push_field(spec, key)) {
        return 0;
    }
    int top = lua_gettop(lua);
    bool is_table = lua_type(lua, top) == LUA_TTABLE;
    if (is_table && has_names(lua, top)) {
        (void)toc_bind_world_assets(lua, top);
    }
    size_t length = is_table ? lua_rawlen(lua, -1) : 1;
    toc_spec_charge(lua, length * sizeof(uint32_t));
    uint32_t *elements = toc_arena_alloc(spec->drill->arena, (length + 1) * sizeof *elements);
    for (size_t i = 0; i < length; i++) {
        if (is_table) {
            lua_rawgeti(lua, -1, (lua_Integer)i + 1);
        }
        elements[count] = read_element(spec, key);
        count += elements[count] != TOC_INDEX_NONE;
        lua_pop(lua, is_table ? 1 : 0);
    }
    if (length == 0) {
        toc_spec_complain(spec, key, "%s of %s: no asset is like that", key, spec->what);
    }
    lua_settop(lua, top - 1);
    *out_elements = elements;
    return count;
}

int toc_spec_function(toc_spec *spec, const char *key) {
    if (!push_field(spec, key)) {
        return TOC_SPEC_NOTHING;
    }
    if (lua_type(spec->lua, -1) != LUA_TFUNCTION) {
        unexpected(spec, key, "a function");
        lua_pop(spec->lua, 1);
        return TOC_SPEC_NOTHING;
    }
    toc_spec_charge(spec->lua, 64);
    return luaL_ref(spec->lua, LUA_REGISTRYINDEX);
}

int toc_spec_function_at(lua_State *lua, int argument, const char *what) {
    char found[128];
    if (lua_type(lua, argument) != LUA_TFUNCTION) {
        toc_host_error(lua, "%s: expected a function, found %s", what,
                       toc_describe_value(lua, argument, found, sizeof found));
    }
    toc_spec_charge(lua, 64);
    lua_pushvalue(lua, argument);
    return luaL_ref(lua, LUA_REGISTRYINDEX);
}

/* Upvalues: the body, the chain's number, then the arguments given before. */
static int go_on(lua_State *lua) {
    toc_drill *drill = toc_spec_drill(lua);
    lua_Integer number = lua_tointeger(lua, lua_upvalueindex(2));
    TOC_LIST_AT(struct chain, &drill->chains, number)->done = true;
    lua_settop(lua, 1);
    int count = (int)lua_tointeger(lua, lua_upvalueindex(3));
    for (int i = 0; i < count; i++) {
        lua_pushvalue(lua, lua_upvalueindex(4 + i));
    }
    lua_rotate(lua, 1, count);
    return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

void toc_spec_chain(lua_State *lua, lua_CFunction body, int count, const char *what) {
    toc_drill *drill = toc_spec_drill(lua);
    toc_spec_charge(lua, sizeof(struct chain));
    struct chain *chain = toc_list_add(&drill->chains, sizeof *chain);
    *chain = (struct chain){.place = toc_host_place(lua), .what = what};
    lua_pushcfunction(lua, body);
    lua_pushinteger(lua, drill->chains.count - 1);
    lua_pushinteger(lua, count);
    lua_rotate(lua, -3 - count, 3);
    lua_pushcclosure(lua, go_on, 3 + count);
}

void toc_spec_check_chains(toc_drill *drill) {
    for (; drill->chains_checked < drill->chains.count; drill->chains_checked++) {
        const struct chain *chain =
            TOC_LIST_AT(const struct chain, &drill->chains, drill->chains_checked);
        if (!chain->done) {
            (void)toc_problems_error(drill->problems, chain->place,
                                     "this %s is named and not described; a table { ... } goes "
                                     "behind the name",
                                     chain->what);
        }
    }
}

void toc_spec_finish(toc_drill *drill) {
    toc_list_finish(&drill->chains);
}
