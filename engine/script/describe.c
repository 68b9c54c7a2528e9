/* Describe: texts of values. */
#include "script/describe.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "script/binder.h"
#include "script/host.h"

const char *toc_describe_type(lua_State *lua, int index) {
    const char *class_name = toc_binder_class_of(lua, index);
    return class_name != NULL ? class_name : lua_typename(lua, lua_type(lua, index));
}

static const char *print_number(lua_State *lua, int index, char *buffer, size_t size) {
    double number = lua_tonumber(lua, index);
    if (lua_isinteger(lua, index)) {
        (void)snprintf(buffer, size, "%lld", (long long)lua_tointeger(lua, index));
    } else if (number != number) {
        (void)snprintf(buffer, size, "nan"); /* its sign differs by processor */
    } else {
        (void)snprintf(buffer, size, "%.14g", number);
    }
    return buffer;
}

void toc_describe_number(lua_State *lua, int index) {
    char text[64];
    (void)print_number(lua, index, text, sizeof text - 2);
    if (!lua_isinteger(lua, index) && strspn(text, "-0123456789") == strlen(text)) {
        strcat(text, ".0");
    }
    lua_pushstring(lua, text);
}

void toc_describe_push(lua_State *lua, int index) {
    char text[128];
    index = lua_absindex(lua, index);
    toc_host_charge(lua, 10);
    switch (lua_type(lua, index)) {
    case LUA_TNUMBER:
        toc_host_charge(lua, 40);
        toc_describe_number(lua, index);
        return;
    case LUA_TSTRING:
        lua_pushvalue(lua, index);
        return;
    case LUA_TBOOLEAN:
        lua_pushstring(lua, lua_toboolean(lua, index) ? "true" : "false");
        return;
    case LUA_TLIGHTUSERDATA:
        lua_pushstring(lua, toc_binder_describe_object(lua, index, text, sizeof text));
        return;
    case LUA_TTABLE:
        if (luaL_getmetafield(lua, index, "__tostring") != LUA_TNIL) {
            lua_pushvalue(lua, index);
            lua_call(lua, 1, 1);
            if (lua_type(lua, -1) != LUA_TSTRING) {
                toc_host_error(lua, "__tostring must give a text, it gave %s",
                               toc_describe_value(lua, -1, text, sizeof text));
            }
            return;
        }
        break;
    default:
        break;
    }
    lua_pushstring(lua, toc_describe_type(lua, index));
}

static const char *describe_text(lua_State *lua, int index, char *buffer, size_t size) {
    enum { SHOWN = 40 };
    size_t length = 0;
    const char *text = lua_tolstring(lua, index, &length), *more = "";
    if (length > SHOWN) {
        length = SHOWN;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) {
            length--; /* never cut within a character */
        }
        more = "...";
    }
    (void)snprintf(buffer, size, "the text '%.*s%s'", (int)length, text, more);
    return buffer;
}

const char *toc_describe_value(lua_State *lua, int index, char *buffer, size_t size) {
    index = lua_absindex(lua, index);
    switch (lua_type(lua, index)) {
    case LUA_TNONE:
    case LUA_TNIL:
        return "nothing";
    case LUA_TBOOLEAN:
        return lua_toboolean(lua, index) ? "true" : "false";
    case LUA_TSTRING:
        return describe_text(lua, index, buffer, size);
    case LUA_TNUMBER:
        return print_number(lua, index, buffer, size);
    case LUA_TLIGHTUSERDATA:
        return toc_binder_describe_object(lua, index, buffer, size);
    default:
        (void)snprintf(buffer, size, "a %s", toc_describe_type(lua, index));
        return buffer;
    }
}
