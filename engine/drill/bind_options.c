/* Options of a policy: "reference:pace=2:competence=70%" plays the policy "reference" with those.
 */
#include "drill/bind_options.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "drill/standin_state.h"
#include "script/binder.h"
#include "script/describe.h"
#include "tocsin/unit.h"

enum { NAME = 48, VALUE = 48 };

struct option {
    char name[NAME], value[VALUE];
};

/* The next of "pace=2:hands=1"; false behind the last. What does not fit is cut, and then unknown.
 */
static bool next_option(const char **rest, struct option *out) {
    const char *text = *rest;
    size_t length = strcspn(text, ":"), name = strcspn(text, "=:");
    if (*text == '\0') {
        return false;
    }
    (void)snprintf(out->name, NAME, "%.*s", (int)(name < NAME ? name : NAME - 1), text);
    (void)snprintf(out->value, VALUE, "%.*s",
                   name < length ? (int)(length - name - 1 < VALUE ? length - name - 1 : VALUE - 1)
                                 : 0,
                   name < length ? text + name + 1 : "");
    *rest = text + length + (text[length] == ':' ? 1 : 0);
    return true;
}

static _Noreturn void wrong_value(lua_State *lua, const struct option *option, const char *wanted) {
    toc_host_error(lua, "the policy's option %s: '%s' is no %s", option->name, option->value,
                   wanted);
}

/* Pushes the value as what the default at `index` is. */
static void push_value(lua_State *lua, const struct option *option, int index) {
    size_t length = strlen(option->value);
    toc_time time = 0;
    char number[VALUE];
    bool percent = length > 0 && option->value[length - 1] == '%';
    bool whole = lua_isinteger(lua, index);
    if (whole && toc_unit_parse_time(option->value, &time)) {
        lua_pushinteger(lua, time);
        return;
    }
    (void)snprintf(number, sizeof number, "%.*s", (int)(length - (percent ? 1 : 0)), option->value);
    if (lua_stringtonumber(lua, number) == 0) {
        wrong_value(lua, option,
                    whole ? "whole number or time, like 2 or 10min" : "number, like 0.7 or 70%");
    }
    if (whole && !percent) {
        if (!lua_isinteger(lua, -1)) {
            wrong_value(lua, option, "whole number or time, like 2 or 10min");
        }
        return;
    }
    lua_Number value = lua_tonumber(lua, -1) / (percent ? 100 : 1);
    lua_pop(lua, 1);
    lua_pushnumber(lua, value);
}

int toc_bind_options(lua_State *lua) {
    struct toc_standin *standin = toc_standin_of(lua);
    const char *rest = standin->all->policy_options;
    char found[128];
    struct option option;
    if (lua_type(lua, 1) != LUA_TTABLE) {
        toc_host_error(lua, "p.options: expected a table of what is usual, found %s",
                       toc_describe_value(lua, 1, found, sizeof found));
    }
    for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1)) {
        if (lua_type(lua, -2) != LUA_TSTRING || lua_type(lua, -1) != LUA_TNUMBER) {
            toc_host_error(lua, "p.options: expected numbers or times by name");
        }
    }
    while (next_option(&rest, &option)) {
        toc_host_charge(lua, 100);
        lua_pushstring(lua, option.name);
        if (lua_rawget(lua, 1) == LUA_TNIL) {
            const char *nearest = toc_binder_nearest_key(lua, 1, option.name);
            toc_host_error(lua, "the policy has no option '%s'%s%s%s", option.name,
                           nearest != NULL ? "; did you mean '" : "",
                           nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
        }
        push_value(lua, &option, -1);
        lua_pushstring(lua, option.name);
        lua_insert(lua, -2);
        lua_rawset(lua, 1);
        lua_pop(lua, 1);
    }
    standin->has_options = true;
    lua_settop(lua, 1);
    return 1;
}
