/* Bindings of variables. */
#include <string.h>

#include "drill/bindings.h"
#include "drill/spec.h"
#include "drill/variable.h"
#include "script/describe.h"
#include "tocsin/wording.h"

/* { en = "...", zh = "..." }, or one of them. */
static bool is_worded(lua_State *lua, int argument) {
    size_t count = 0;
    const char *const *languages = toc_wording_languages(&count);
    bool is_there = false;
    for (size_t i = 0; lua_type(lua, argument) == LUA_TTABLE && !is_there && i < count; i++) {
        lua_pushstring(lua, languages[i]);
        is_there = lua_rawget(lua, argument) == LUA_TSTRING;
        lua_pop(lua, 1);
    }
    return is_there;
}

int toc_bind_variable_set(lua_State *lua) {
    toc_drill *drill = toc_bind_drill_self(lua);
    char found[128];
    size_t length = 0;
    const char *name = toc_binder_text(lua, 2, "drill:set");
    toc_spec_changes(lua, "drill:set");
    toc_variable value = {.kind = TOC_VARIABLE_TEXT};
    if (lua_type(lua, 3) == LUA_TBOOLEAN) {
        value.kind = TOC_VARIABLE_FLAG;
        value.integer = lua_toboolean(lua, 3);
    } else if (lua_isinteger(lua, 3)) {
        value.kind = TOC_VARIABLE_INTEGER;
        value.integer = lua_tointeger(lua, 3);
    } else if (lua_type(lua, 3) == LUA_TNUMBER) {
        value.kind = TOC_VARIABLE_NUMBER;
        value.number = lua_tonumber(lua, 3);
    } else if (is_worded(lua, 3)) {
        lua_settop(lua, 3);
        lua_pushstring(lua, toc_bind_wording_value(lua, "drill:set"));
        lua_replace(lua, 3);
    } else if (lua_type(lua, 3) != LUA_TSTRING) {
        toc_host_error(lua, "drill:set: '%.60s' can be a text, a number, true or false, not %s",
                       name, toc_describe_value(lua, 3, found, sizeof found));
    }
    toc_describe_push(lua, 3);
    const char *text = lua_tolstring(lua, -1, &length);
    toc_spec_charge(lua, length + strlen(name));
    value.text = toc_arena_text(drill->arena, text);
    toc_variable_set(drill, name, &value);
    return 0;
}

/* (anything, name) */
int toc_bind_variable_get(lua_State *lua) {
    const toc_drill *drill = toc_spec_drill(lua);
    char hint[96];
    const char *name = toc_binder_text(lua, 2, "get");
    const toc_variable *value = toc_variable_find(drill, name);
    if (value == NULL) {
        toc_host_error(lua, "get: no variable '%.60s' has been set%s", name,
                       toc_spec_hint(toc_variable_nearest(drill, name), hint, sizeof hint));
    }
    switch (value->kind) {
    case TOC_VARIABLE_TEXT:
        lua_pushstring(lua, value->text);
        break;
    case TOC_VARIABLE_INTEGER:
        lua_pushinteger(lua, value->integer);
        break;
    case TOC_VARIABLE_NUMBER:
        lua_pushnumber(lua, value->number);
        break;
    case TOC_VARIABLE_FLAG:
        lua_pushboolean(lua, value->integer != 0);
        break;
    }
    return 1;
}
