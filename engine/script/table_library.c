/* Table library: lists. Entries are taken raw, and what is moved is charged. */
#include <lauxlib.h>
#include <string.h>

#include "script/binder.h"
#include "script/describe.h"
#include "script/library.h"
#include "script/scribe.h"

enum { MOST_VALUES = 250 }; /* given at once: passing many values on is a single instruction */

static lua_Integer length_of(lua_State *lua, int argument, const char *what) {
    char found[128];
    if (lua_type(lua, argument) != LUA_TTABLE) {
        toc_host_error(lua, "%s: expected a table, found %s", what,
                       toc_describe_value(lua, argument, found, sizeof found));
    }
    return (lua_Integer)lua_rawlen(lua, argument);
}

static int table_insert(lua_State *lua) {
    lua_Integer length = length_of(lua, 1, "table.insert");
    if (lua_gettop(lua) == 2) {
        lua_rawseti(lua, 1, length + 1);
        return 0;
    }
    if (lua_gettop(lua) != 3) {
        toc_host_error(lua, "table.insert takes a list, a position if it is not the end, and "
                            "what to insert");
    }
    lua_Integer place = toc_binder_integer(lua, 2, "table.insert's position", 1, length + 1);
    toc_host_charge(lua, (uint64_t)(length - place + 1) * 2);
    for (lua_Integer i = length; i >= place; i--) {
        lua_rawgeti(lua, 1, i);
        lua_rawseti(lua, 1, i + 1);
    }
    lua_rawseti(lua, 1, place);
    return 0;
}

static int table_remove(lua_State *lua) {
    lua_Integer length = length_of(lua, 1, "table.remove"), place = length;
    if (!lua_isnoneornil(lua, 2)) {
        place =
            toc_binder_integer(lua, 2, "table.remove's position", length == 0 ? 0 : 1, length + 1);
    }
    lua_rawgeti(lua, 1, place);
    toc_host_charge(lua, place < length ? (uint64_t)(length - place) * 2 : 1);
    for (lua_Integer i = place; i < length; i++) {
        lua_rawgeti(lua, 1, i + 1);
        lua_rawseti(lua, 1, i);
    }
    if (place >= 1 && place <= length) {
        lua_pushnil(lua);
        lua_rawseti(lua, 1, length);
    }
    return 1;
}

static int table_move(lua_State *lua) {
    (void)length_of(lua, 1, "table.move");
    int target = lua_isnoneornil(lua, 5) ? 1 : 5;
    (void)length_of(lua, target, "table.move");
    const int64_t most = INT64_C(1) << 53;
    int64_t from = toc_binder_integer(lua, 2, "table.move's first", -most, most);
    int64_t end = toc_binder_integer(lua, 3, "table.move's last", -most, most);
    int64_t to = toc_binder_integer(lua, 4, "table.move's target", -most, most);
    if (end >= from) {
        toc_host_charge(lua, (uint64_t)(end - from + 1) * 2);
    }
    bool is_backwards = to > from && to <= end && target == 1;
    for (int64_t i = 0; i <= end - from; i++) {
        int64_t offset = is_backwards ? end - from - i : i;
        lua_rawgeti(lua, 1, from + offset);
        lua_rawseti(lua, target, to + offset);
    }
    lua_pushvalue(lua, target);
    return 1;
}

static int table_pack(lua_State *lua) {
    int count = lua_gettop(lua);
    toc_host_charge(lua, (uint64_t)count);
    lua_createtable(lua, count, 1);
    lua_insert(lua, 1);
    for (int i = count; i >= 1; i--) {
        lua_rawseti(lua, 1, i);
    }
    lua_pushinteger(lua, count);
    lua_setfield(lua, 1, "n");
    return 1;
}

static int table_unpack(lua_State *lua) {
    lua_Integer length = length_of(lua, 1, "table.unpack");
    const int64_t most = INT64_C(1) << 53;
    int64_t from = lua_isnoneornil(lua, 2)
                       ? 1
                       : toc_binder_integer(lua, 2, "table.unpack's first", -most, most);
    int64_t end = lua_isnoneornil(lua, 3)
                      ? length
                      : toc_binder_integer(lua, 3, "table.unpack's last", -most, most);
    if (end < from) {
        return 0;
    }
    if (end - from >= MOST_VALUES) {
        toc_host_error(lua, "table.unpack gives at most %d values, asked for %lld", MOST_VALUES,
                       (long long)(end - from + 1));
    }
    toc_host_charge(lua, (uint64_t)(end - from + 1));
    luaL_checkstack(lua, MOST_VALUES, "table.unpack");
    for (int64_t i = from; i <= end; i++) {
        lua_rawgeti(lua, 1, i);
    }
    return (int)(end - from + 1);
}

static int table_concat(lua_State *lua) {
    char found[128];
    lua_Integer length = length_of(lua, 1, "table.concat");
    size_t between_length = 0;
    const char *between = "";
    if (!lua_isnoneornil(lua, 2)) {
        (void)toc_binder_text(lua, 2, "table.concat's separator");
        between = lua_tolstring(lua, 2, &between_length);
    }
    int64_t from = lua_isnoneornil(lua, 3)
                       ? 1
                       : toc_binder_integer(lua, 3, "table.concat's first", 1, length + 1);
    int64_t end = lua_isnoneornil(lua, 4)
                      ? length
                      : toc_binder_integer(lua, 4, "table.concat's last", 0, length);
    toc_scribe text;
    toc_scribe_start(&text, lua);
    for (int64_t i = from; i <= end; i++) {
        int kind = lua_rawgeti(lua, 1, i);
        if (kind == LUA_TNUMBER) {
            toc_describe_number(lua, -1);
            lua_remove(lua, -2);
        } else if (kind != LUA_TSTRING) {
            toc_host_error(lua, "table.concat: entry %lld is %s, neither a text nor a number",
                           (long long)i, toc_describe_value(lua, -1, found, sizeof found));
        }
        toc_host_charge(lua, 10);
        toc_scribe_add_top(&text);
        if (i < end) {
            toc_scribe_add(&text, between, between_length);
        }
    }
    toc_scribe_push(&text);
    return 1;
}

/* Whether the value on top comes before the one below it; takes both. The function is at 2, if
   there is one. */
static bool comes_before(lua_State *lua) {
    char found[128], other[128];
    bool result;
    toc_host_charge(lua, 4);
    if (!lua_isnil(lua, 2)) {
        lua_pushvalue(lua, 2);
        lua_insert(lua, -3);
        lua_insert(lua, -2); /* function, top, below */
        lua_call(lua, 2, 1);
        result = lua_toboolean(lua, -1);
        lua_pop(lua, 1);
        return result;
    }
    int kind = lua_type(lua, -1);
    if (kind != lua_type(lua, -2) ||
        (kind != LUA_TNUMBER && kind != LUA_TSTRING && kind != LUA_TTABLE)) {
        toc_host_error(lua, "table.sort cannot compare %s with %s; give it a function that can",
                       toc_describe_value(lua, -1, found, sizeof found),
                       toc_describe_value(lua, -2, other, sizeof other));
    }
    if (kind == LUA_TSTRING) {
        toc_host_charge(lua, lua_rawlen(lua, -1) / 16);
    }
    result = lua_compare(lua, -1, -2, LUA_OPLT);
    lua_pop(lua, 2);
    return result;
}

/* Merges [start, middle) and [middle, end) of the table at `from` into the one at `to`. */
static void merge(lua_State *lua, int from, int to, const lua_Integer ends[3]) {
    lua_Integer left = ends[0], right = ends[1];
    for (lua_Integer out = ends[0]; out < ends[2]; out++) {
        bool take_right = left >= ends[1];
        if (!take_right && right < ends[2]) {
            lua_rawgeti(lua, from, left);
            lua_rawgeti(lua, from, right);
            take_right = comes_before(lua); /* equals keep their order: left goes first */
        }
        lua_rawgeti(lua, from, take_right ? right++ : left++);
        lua_rawseti(lua, to, out);
    }
}

static int table_sort(lua_State *lua) {
    lua_Integer count = length_of(lua, 1, "table.sort");
    lua_settop(lua, 2);
    if (!lua_isnil(lua, 2)) {
        luaL_checktype(lua, 2, LUA_TFUNCTION);
    }
    if (count > INT32_MAX / 4) {
        toc_host_error(lua, "table.sort: the list is too long");
    }
    for (int copy = 3; copy <= 4; copy++) { /* what the function does to the list changes nothing */
        toc_host_charge(lua, (uint64_t)count * 2);
        lua_createtable(lua, (int)count | 1, 0);
        for (lua_Integer i = 1; i <= count; i++) {
            lua_rawgeti(lua, 1, i);
            lua_rawseti(lua, copy, i);
        }
    }
    int from = 3, to = 4;
    for (lua_Integer width = 1; width < count; width *= 2) {
        toc_host_charge(lua, (uint64_t)count * 4);
        for (lua_Integer start = 1; start <= count; start += 2 * width) {
            lua_Integer middle = start + width <= count ? start + width : count + 1;
            lua_Integer end = start + 2 * width <= count ? start + 2 * width : count + 1;
            merge(lua, from, to, (lua_Integer[3]){start, middle, end});
        }
        int swap = from;
        from = to;
        to = swap;
    }
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(lua, from, i);
        lua_rawseti(lua, 1, i);
    }
    return 0;
}

void toc_table_library_open(lua_State *lua) {
    static const luaL_Reg functions[] = {{"concat", table_concat}, {"insert", table_insert},
                                         {"move", table_move},     {"pack", table_pack},
                                         {"remove", table_remove}, {"sort", table_sort},
                                         {"unpack", table_unpack}, {NULL, NULL}};
    luaL_newlib(lua, functions);
    lua_setfield(lua, -2, "table");
}
