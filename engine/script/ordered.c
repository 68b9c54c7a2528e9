/* Ordered: collecting the keys of a table and sorting them. */
#include "script/ordered.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "script/binder.h"
#include "script/describe.h"
#include "script/host.h"

enum rank { NUMBER, TEXT, BOOLEAN, OBJECT };

struct key {
    enum rank rank;
    uint32_t index; /* in the table of keys */
    bool is_integer;
    union {
        lua_Integer integer;
        lua_Number number;
        const char *text; /* held by the table that is walked */
        void *object;
    } value;
    size_t length;
};

static int compare_mixed(lua_Integer integer, lua_Number number) {
    if (number >= 9223372036854775808.0) {
        return -1;
    }
    if (number < -9223372036854775808.0) {
        return 1;
    }
    lua_Integer whole = (lua_Integer)number;
    if (integer != whole) {
        return integer < whole ? -1 : 1;
    }
    return (lua_Number)whole < number ? -1 : (lua_Number)whole > number;
}

static int compare_numbers(const struct key *a, const struct key *b) {
    if (a->is_integer && b->is_integer) {
        return (a->value.integer > b->value.integer) - (a->value.integer < b->value.integer);
    }
    if (a->is_integer) {
        return compare_mixed(a->value.integer, b->value.number);
    }
    if (b->is_integer) {
        return -compare_mixed(b->value.integer, a->value.number);
    }
    return (a->value.number > b->value.number) - (a->value.number < b->value.number);
}

static int compare(lua_State *lua, const struct key *a, const struct key *b) {
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    switch (a->rank) {
    case TEXT: {
        size_t shorter = a->length < b->length ? a->length : b->length;
        int order = memcmp(a->value.text, b->value.text, shorter);
        return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
    }
    case OBJECT:
        return toc_binder_compare(lua, a->value.object, b->value.object);
    case NUMBER:
    case BOOLEAN:
        break;
    }
    return compare_numbers(a, b);
}

/* The key at `index` of the stack. */
static struct key read_key(lua_State *lua, int index) {
    struct key key = {.rank = NUMBER, .is_integer = true};
    switch (lua_type(lua, index)) {
    case LUA_TNUMBER:
        key.is_integer = lua_isinteger(lua, index);
        if (key.is_integer) {
            key.value.integer = lua_tointeger(lua, index);
        } else {
            key.value.number = lua_tonumber(lua, index);
        }
        return key;
    case LUA_TSTRING:
        key.rank = TEXT;
        key.value.text = lua_tolstring(lua, index, &key.length);
        return key;
    case LUA_TBOOLEAN:
        key.rank = BOOLEAN;
        key.value.integer = lua_toboolean(lua, index);
        return key;
    case LUA_TLIGHTUSERDATA:
        key.rank = OBJECT;
        key.value.object = lua_touserdata(lua, index);
        return key;
    default:
        toc_host_error(lua,
                       "this table has a %s as a key: such keys have no order, so the table "
                       "cannot be walked",
                       toc_describe_type(lua, index));
    }
}

static void merge(lua_State *lua, const struct key *from, struct key *to, size_t ends[3]) {
    size_t left = ends[0], right = ends[1];
    for (size_t out = ends[0]; out < ends[2]; out++) {
        bool take_left =
            left < ends[1] && (right >= ends[2] || compare(lua, &from[left], &from[right]) <= 0);
        to[out] = from[take_left ? left++ : right++];
    }
}

/* Sorts `count` keys; `keys` has room for twice as many. Returns where the sorted ones are. */
static struct key *sort(lua_State *lua, struct key *keys, size_t count) {
    struct key *from = keys, *to = keys + count;
    for (size_t width = 1; width < count; width *= 2) {
        toc_host_charge(lua, count * 4);
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            size_t end = start + 2 * width < count ? start + 2 * width : count;
            merge(lua, from, to, (size_t[3]){start, middle, end});
        }
        struct key *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

/* The number of entries; *is_sequence where the keys are 1 to that number, already in order. */
static size_t count_entries(lua_State *lua, bool *is_sequence) {
    size_t count = 0;
    *is_sequence = true;
    for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1)) {
        count++;
        *is_sequence =
            *is_sequence && lua_isinteger(lua, -2) && lua_tointeger(lua, -2) == (lua_Integer)count;
    }
    return count;
}

/* Upvalues: next position, number of entries. */
static int step_sequence(lua_State *lua) {
    lua_Integer count = lua_tointeger(lua, lua_upvalueindex(2));
    for (lua_Integer at = lua_tointeger(lua, lua_upvalueindex(1)) + 1; at <= count; at++) {
        toc_host_charge(lua, 2);
        lua_pushinteger(lua, at);
        if (lua_rawgeti(lua, 1, at) != LUA_TNIL) {
            lua_pushvalue(lua, -2);
            lua_replace(lua, lua_upvalueindex(1));
            return 2;
        }
        lua_pop(lua, 2);
    }
    lua_pushnil(lua);
    return 1;
}

/* Upvalues: next position, number of entries, sorted keys, table of keys. */
static int step_sorted(lua_State *lua) {
    lua_Integer count = lua_tointeger(lua, lua_upvalueindex(2));
    const struct key *keys = lua_touserdata(lua, lua_upvalueindex(3));
    for (lua_Integer at = lua_tointeger(lua, lua_upvalueindex(1)); at < count; at++) {
        toc_host_charge(lua, 4);
        lua_rawgeti(lua, lua_upvalueindex(4), (lua_Integer)keys[at].index);
        lua_pushvalue(lua, -1);
        if (lua_rawget(lua, 1) != LUA_TNIL) {
            lua_pushinteger(lua, at + 1);
            lua_replace(lua, lua_upvalueindex(1));
            return 2;
        }
        lua_pop(lua, 2);
    }
    lua_pushnil(lua);
    return 1;
}

/* Pushes the sorted keys and the table they index. */
static void push_sorted(lua_State *lua, size_t count) {
    struct key *keys = lua_newuserdatauv(lua, 2 * count * sizeof *keys, 0);
    lua_createtable(lua, (int)count | 1, 0);
    uint32_t index = 0;
    for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1)) {
        lua_pushvalue(lua, -2);
        lua_rawseti(lua, -4, (lua_Integer)index + 1);
        keys[index] = read_key(lua, -2);
        keys[index].index = index + 1;
        index++;
    }
    struct key *sorted = sort(lua, keys, count);
    if (sorted != keys) {
        memcpy(keys, sorted, count * sizeof *keys);
    }
}

int toc_ordered_pairs(lua_State *lua) {
    bool is_sequence = false;
    lua_settop(lua, 1);
    size_t count = count_entries(lua, &is_sequence);
    toc_host_charge(lua, 20 + count * 8);
    lua_pushinteger(lua, 0);
    lua_pushinteger(lua, (lua_Integer)count);
    if (is_sequence) {
        lua_pushcclosure(lua, step_sequence, 2);
    } else {
        push_sorted(lua, count);
        lua_pushcclosure(lua, step_sorted, 4);
    }
    lua_pushvalue(lua, 1);
    lua_pushnil(lua);
    return 3;
}

int toc_ordered_next(lua_State *lua) {
    lua_settop(lua, 2);
    bool has_last = !lua_isnil(lua, 2), has_best = false;
    struct key last = {.rank = NUMBER}, best = {.rank = NUMBER};
    if (has_last) {
        last = read_key(lua, 2);
    }
    uint64_t count = 0;
    lua_pushnil(lua); /* at 3: the best key so far */
    for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1)) {
        struct key key = read_key(lua, -2);
        count++;
        if ((!has_last || compare(lua, &key, &last) > 0) &&
            (!has_best || compare(lua, &key, &best) < 0)) {
            best = key;
            has_best = true;
            lua_pushvalue(lua, -2);
            lua_replace(lua, 3);
        }
    }
    toc_host_charge(lua, 10 + count * 8);
    if (!has_best) {
        lua_pushnil(lua);
        return 1;
    }
    lua_pushvalue(lua, 3);
    lua_pushvalue(lua, 3);
    lua_rawget(lua, 1);
    return 2;
}
