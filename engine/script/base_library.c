/* Base library: the functions that stand in no table. */
#include <lauxlib.h>
#include <string.h>

#include "script/binder.h"
#include "script/describe.h"
#include "script/library.h"
#include "script/ordered.h"
#include "script/scribe.h"

static void check_table(lua_State *lua, int argument, const char *what) {
    char found[128];
    if (lua_type(lua, argument) != LUA_TTABLE) {
        toc_host_error(lua, "%s: expected a table, found %s", what,
                       toc_describe_value(lua, argument, found, sizeof found));
    }
}

static int base_type(lua_State *lua) {
    luaL_checkany(lua, 1);
    lua_pushstring(lua, toc_describe_type(lua, 1));
    return 1;
}

static int base_tostring(lua_State *lua) {
    luaL_checkany(lua, 1);
    toc_describe_push(lua, 1);
    return 1;
}

/* The value of a digit in bases up to 36, or 99. */
static int digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
}

static int tonumber_base(lua_State *lua) {
    int base = (int)toc_binder_integer(lua, 2, "tonumber's base", 2, 36);
    const char *text = toc_binder_text(lua, 1, "tonumber with a base");
    toc_host_charge(lua, strlen(text));
    lua_Unsigned number = 0;
    bool is_negative = *text == '-';
    text += is_negative;
    if (*text == '\0') {
        lua_pushnil(lua);
        return 1;
    }
    for (; *text != '\0'; text++) {
        if (digit(*text) >= base) {
            lua_pushnil(lua);
            return 1;
        }
        number = number * (lua_Unsigned)base + (lua_Unsigned)digit(*text);
    }
    lua_pushinteger(lua, (lua_Integer)(is_negative ? 0U - number : number));
    return 1;
}

static int base_tonumber(lua_State *lua) {
    luaL_checkany(lua, 1);
    if (!lua_isnoneornil(lua, 2)) {
        return tonumber_base(lua);
    }
    if (lua_type(lua, 1) == LUA_TNUMBER) {
        lua_settop(lua, 1);
        return 1;
    }
    if (lua_type(lua, 1) == LUA_TSTRING) {
        size_t length = 0;
        const char *text = lua_tolstring(lua, 1, &length);
        toc_host_charge(lua, length);
        if (lua_stringtonumber(lua, text) == length + 1) {
            return 1;
        }
    }
    lua_pushnil(lua);
    return 1;
}

static int base_select(lua_State *lua) {
    int count = lua_gettop(lua);
    toc_host_charge(lua, (uint64_t)count);
    if (lua_type(lua, 1) == LUA_TSTRING && strcmp(lua_tostring(lua, 1), "#") == 0) {
        lua_pushinteger(lua, count - 1);
        return 1;
    }
    int64_t from = toc_binder_integer(lua, 1, "select's number", -count + 1, INT32_MAX);
    if (from == 0) {
        toc_host_error(lua, "select's number counts from 1, or from -1 at the end");
    }
    if (from < 0) {
        return (int)-from;
    }
    return from >= count ? 0 : count - (int)from;
}

static int base_error(lua_State *lua) {
    int64_t level =
        lua_isnoneornil(lua, 2) ? 1 : toc_binder_integer(lua, 2, "error's level", 0, 200);
    lua_settop(lua, 1);
    if (lua_type(lua, 1) == LUA_TSTRING && level > 0) {
        luaL_where(lua, (int)level);
        lua_insert(lua, 1);
        lua_concat(lua, 2);
    }
    return lua_error(lua);
}

static int base_assert(lua_State *lua) {
    luaL_checkany(lua, 1);
    if (lua_toboolean(lua, 1)) {
        return lua_gettop(lua);
    }
    if (lua_isnoneornil(lua, 2)) {
        toc_host_error(lua, "an assertion does not hold");
    }
    lua_settop(lua, 2);
    return lua_error(lua);
}

/* After the call: true and its results, or false and the error. */
static int finish_pcall(lua_State *lua, int status, lua_KContext kept) {
    if (status == LUA_OK || status == LUA_YIELD) {
        return lua_gettop(lua) - (int)kept;
    }
    toc_host_caught(lua, status);
    lua_pushboolean(lua, false);
    lua_pushvalue(lua, -2);
    return 2;
}

static int base_pcall(lua_State *lua) {
    luaL_checkany(lua, 1);
    toc_host_charge(lua, 20 + (uint64_t)lua_gettop(lua));
    lua_pushboolean(lua, true);
    lua_insert(lua, 1);
    int status = lua_pcallk(lua, lua_gettop(lua) - 2, LUA_MULTRET, 0, 0, finish_pcall);
    return finish_pcall(lua, status, 0);
}

/* The handler gets the error after the stack has been unwound: a handler that Lua calls in the
   middle of the error would run without being counted. */
static int finish_xpcall(lua_State *lua, int status, lua_KContext kept) {
    if (status == LUA_OK || status == LUA_YIELD) {
        return lua_gettop(lua) - (int)kept;
    }
    toc_host_caught(lua, status);
    lua_pushboolean(lua, false);
    lua_pushvalue(lua, 1);
    lua_pushvalue(lua, -3);
    lua_call(lua, 1, 1);
    return 2;
}

static int base_xpcall(lua_State *lua) {
    luaL_checktype(lua, 2, LUA_TFUNCTION);
    int count = lua_gettop(lua);
    toc_host_charge(lua, 20 + (uint64_t)count);
    lua_pushvalue(lua, 1);
    lua_insert(lua, 3);
    lua_copy(lua, 2, 1);
    lua_pushboolean(lua, true);
    lua_replace(lua, 2); /* now: handler, true, function, arguments */
    int status = lua_pcallk(lua, count - 2, LUA_MULTRET, 0, 1, finish_xpcall);
    return finish_xpcall(lua, status, 1);
}

static int base_rawget(lua_State *lua) {
    check_table(lua, 1, "rawget");
    luaL_checkany(lua, 2);
    lua_settop(lua, 2);
    lua_rawget(lua, 1);
    return 1;
}

static int base_rawset(lua_State *lua) {
    check_table(lua, 1, "rawset");
    luaL_checkany(lua, 3);
    lua_settop(lua, 3);
    lua_rawset(lua, 1);
    return 1;
}

static int base_rawequal(lua_State *lua) {
    luaL_checkany(lua, 2);
    lua_pushboolean(lua, lua_rawequal(lua, 1, 2));
    return 1;
}

static int base_rawlen(lua_State *lua) {
    if (lua_type(lua, 1) != LUA_TTABLE && lua_type(lua, 1) != LUA_TSTRING) {
        toc_host_error(lua, "rawlen takes a table or a text");
    }
    lua_pushinteger(lua, (lua_Integer)lua_rawlen(lua, 1));
    return 1;
}

/* The script's table never becomes a metatable: a copy of its allowed fields does, so that nothing
   that is added to it later gets there. */
static int base_setmetatable(lua_State *lua) {
    static const char *const allowed[] = {
        "__index", "__newindex", "__call", "__eq",   "__lt",  "__le",   "__len",
        "__add",   "__sub",      "__mul",  "__div",  "__mod", "__idiv", "__unm",
        "__band",  "__bor",      "__bxor", "__bnot", "__shl", "__shr",  "__tostring"};
    check_table(lua, 1, "setmetatable");
    if (!lua_isnil(lua, 2)) {
        check_table(lua, 2, "setmetatable");
    }
    lua_settop(lua, 2);
    toc_host_charge(lua, 40);
    if (lua_getmetatable(lua, 1)) {
        toc_host_error(lua, "setmetatable: this table has a metatable already");
    }
    if (!lua_isnil(lua, 2)) {
        lua_createtable(lua, 0, 4);
        lua_pushboolean(lua, false);
        lua_setfield(lua, -2, "__metatable");
        for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
            lua_pushstring(lua, allowed[i]);
            lua_pushvalue(lua, -1);
            if (lua_rawget(lua, 2) == LUA_TNIL) {
                lua_pop(lua, 2);
            } else {
                lua_rawset(lua, -3);
            }
        }
        lua_setmetatable(lua, 1);
    }
    lua_settop(lua, 1);
    return 1;
}

static int base_pairs(lua_State *lua) {
    check_table(lua, 1, "pairs");
    return toc_ordered_pairs(lua);
}

static int base_next(lua_State *lua) {
    check_table(lua, 1, "next");
    return toc_ordered_next(lua);
}

static int ipairs_step(lua_State *lua) {
    lua_Integer index = lua_tointeger(lua, 2) + 1;
    lua_pushinteger(lua, index);
    return lua_geti(lua, 1, index) == LUA_TNIL ? 1 : 2;
}

static int base_ipairs(lua_State *lua) {
    check_table(lua, 1, "ipairs");
    lua_pushcfunction(lua, ipairs_step);
    lua_pushvalue(lua, 1);
    lua_pushinteger(lua, 0);
    return 3;
}

static int base_print(lua_State *lua) {
    const toc_host_options *options = toc_host_options_of(toc_host_of(lua));
    int count = lua_gettop(lua);
    toc_scribe line;
    luaL_checkstack(lua, count + 5, "too many values for print");
    for (int i = 1; i <= count; i++) {
        toc_describe_push(lua, i);
        lua_replace(lua, i);
    }
    toc_scribe_start(&line, lua);
    for (int i = 1; i <= count; i++) {
        size_t length = 0;
        const char *text = lua_tolstring(lua, i, &length);
        if (i > 1) {
            toc_scribe_add(&line, "\t", 1);
        }
        toc_host_charge(lua, length / 4 + 100);
        toc_scribe_add(&line, text, length);
    }
    toc_scribe_push(&line);
    if (options->print != NULL) {
        options->print(options->object, lua_tostring(lua, -1));
    }
    return 0;
}

static int unknown_name(lua_State *lua) {
    char found[128];
    const char *name = lua_type(lua, 2) == LUA_TSTRING
                           ? lua_tostring(lua, 2)
                           : toc_describe_value(lua, 2, found, sizeof found);
    const char *nearest = toc_binder_nearest_key(lua, 1, name);
    if (nearest != NULL) {
        toc_host_error(lua, "nothing is named '%.60s' here; did you mean '%.60s'?", name, nearest);
    }
    toc_host_error(lua, "nothing is named '%.60s' here", name);
}

void toc_base_library_seal(lua_State *lua) {
    lua_createtable(lua, 0, 2);
    lua_pushcfunction(lua, unknown_name);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
}

void toc_base_library_open(lua_State *lua) {
    static const luaL_Reg functions[] = {{"assert", base_assert},
                                         {"error", base_error},
                                         {"ipairs", base_ipairs},
                                         {"next", base_next},
                                         {"pairs", base_pairs},
                                         {"pcall", base_pcall},
                                         {"print", base_print},
                                         {"rawequal", base_rawequal},
                                         {"rawget", base_rawget},
                                         {"rawlen", base_rawlen},
                                         {"rawset", base_rawset},
                                         {"select", base_select},
                                         {"setmetatable", base_setmetatable},
                                         {"tonumber", base_tonumber},
                                         {"tostring", base_tostring},
                                         {"type", base_type},
                                         {"xpcall", base_xpcall},
                                         {NULL, NULL}};
    luaL_setfuncs(lua, functions, 0);
    toc_base_library_seal(lua);
}
