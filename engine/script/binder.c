/* Binder: objects are light userdata, class and numbers packed into 64 bits, with one metatable for
   all of them. */
#include "script/binder.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kernel/assert.h"
#include "kernel/list.h"
#include "kernel/names.h"
#include "script/describe.h"
#include "script/module.h"

_Static_assert(sizeof(void *) == 8, "an object is packed into a pointer");

enum { FIRST_BITS = 32, SECOND_BITS = 24, MOST_CLASSES = 255, MOST_KEYS = 256 };

struct bound {
    const toc_bound_class *bound;
    bool is_class;
};

struct binder {
    toc_host *host;
    uint32_t class_count;
    const toc_bound_class *classes[MOST_CLASSES + 1]; /* from 1 */
    uint32_t bound_count, bound_capacity;
    struct bound *bound;
};

/* Names the binder among the host's slots, and the table of the classes' members in the registry
   (by class number; there a method is a function, a field its row's number). */
static const char binder_key = 0;

static int index_object(lua_State *lua);
static int refuse_assignment(lua_State *lua);

static struct binder *find_binder(lua_State *lua) {
    return toc_host_get(lua, &binder_key);
}

static struct binder *binder_of(toc_host *host) {
    struct binder *binder = find_binder(toc_host_lua(host));
    if (binder == NULL) {
        binder = toc_arena_alloc(toc_host_arena(host), sizeof *binder);
        binder->host = host;
        toc_host_set(host, &binder_key, binder);
    }
    return binder;
}

static void remember(struct binder *binder, const toc_bound_class *bound, bool is_class) {
    if (binder->bound_count == binder->bound_capacity) {
        uint32_t capacity = 2 * binder->bound_capacity + 16;
        struct bound *more = toc_arena_alloc(toc_host_arena(binder->host), capacity * sizeof *more);
        if (binder->bound_count > 0) {
            memcpy(more, binder->bound, binder->bound_count * sizeof *more);
        }
        binder->bound = more;
        binder->bound_capacity = capacity;
    }
    binder->bound[binder->bound_count++] = (struct bound){.bound = bound, .is_class = is_class};
}

static int install_metatable(lua_State *lua) {
    lua_newtable(lua);
    lua_pushvalue(lua, -1);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &binder_key);
    lua_pushlightuserdata(lua, NULL);
    lua_createtable(lua, 0, 3);
    lua_pushvalue(lua, -3);
    lua_pushcclosure(lua, index_object, 1);
    lua_setfield(lua, -2, "__index");
    lua_pushcfunction(lua, refuse_assignment);
    lua_setfield(lua, -2, "__newindex");
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
    return 0;
}

static int install_class(lua_State *lua) {
    const struct binder *binder = lua_touserdata(lua, 1);
    const toc_bound_class *bound = binder->classes[binder->class_count];
    if (lua_rawgetp(lua, LUA_REGISTRYINDEX, &binder_key) == LUA_TNIL) {
        lua_pop(lua, 1);
        (void)install_metatable(lua);
        lua_settop(lua, 1);
        lua_rawgetp(lua, LUA_REGISTRYINDEX, &binder_key);
    }
    lua_createtable(lua, 0, (int)bound->count);
    for (size_t i = 0; i < bound->count; i++) {
        if (bound->rows[i].is_field) {
            lua_pushinteger(lua, (lua_Integer)i);
        } else {
            lua_pushcfunction(lua, bound->rows[i].call);
        }
        lua_setfield(lua, -2, bound->rows[i].name);
    }
    lua_rawseti(lua, -2, (lua_Integer)binder->class_count);
    return 0;
}

void toc_binder_class(toc_host *host, const toc_bound_class *bound) {
    struct binder *binder = binder_of(host);
    TOC_ASSERT(binder->class_count < MOST_CLASSES);
    binder->classes[++binder->class_count] = bound;
    remember(binder, bound, true);
    (void)toc_host_protect(host, install_class, binder, 0);
}

/* Adds the functions to the table on top. */
static void add_functions(lua_State *lua, const toc_bound_class *bound) {
    for (size_t i = 0; i < bound->count; i++) {
        TOC_ASSERT(!bound->rows[i].is_field);
        lua_pushcfunction(lua, bound->rows[i].call);
        lua_setfield(lua, -2, bound->rows[i].name);
    }
}

static int make_table(lua_State *lua) {
    const toc_bound_class *bound = lua_touserdata(lua, 1);
    lua_createtable(lua, 0, (int)bound->count);
    add_functions(lua, bound);
    return 1;
}

struct addition {
    const char *module;
    const toc_bound_class *bound;
};

static int add_to_module(lua_State *lua) {
    const struct addition *addition = lua_touserdata(lua, 1);
    lua_pushcfunction(lua, toc_module_table);
    lua_pushlightuserdata(lua, (void *)(uintptr_t)addition->module);
    lua_call(lua, 1, 1);
    add_functions(lua, addition->bound);
    return 0;
}

void toc_binder_module(toc_host *host, const char *name, const toc_bound_class *bound) {
    struct addition addition = {.module = name, .bound = bound};
    remember(binder_of(host), bound, false);
    (void)toc_host_protect(host, add_to_module, &addition, 0);
}

void toc_binder_table(toc_host *host, const toc_bound_class *bound) {
    remember(binder_of(host), bound, false);
    (void)toc_host_protect(host, make_table, (void *)(uintptr_t)bound, 1);
}

size_t toc_binder_bound_count(const toc_host *host) {
    const struct binder *binder = find_binder(toc_host_lua((toc_host *)(uintptr_t)host));
    return binder == NULL ? 0 : binder->bound_count;
}

const toc_bound_class *toc_binder_bound_at(const toc_host *host, size_t index, bool *is_class) {
    const struct binder *binder = find_binder(toc_host_lua((toc_host *)(uintptr_t)host));
    TOC_ASSERT(binder != NULL && index < binder->bound_count);
    *is_class = binder->bound[index].is_class;
    return binder->bound[index].bound;
}

static uint64_t packed(lua_State *lua, int index) {
    return (uint64_t)(uintptr_t)lua_touserdata(lua, index);
}

static uint32_t class_number(uint64_t object) {
    return (uint32_t)(object >> (FIRST_BITS + SECOND_BITS));
}

static uint64_t first_number(uint64_t object) {
    return object & UINT32_MAX;
}

static uint64_t second_number(uint64_t object) {
    return object >> FIRST_BITS & ((UINT64_C(1) << SECOND_BITS) - 1);
}

/* The class of the object at `index`, NULL where it is none. */
static const toc_bound_class *class_at(lua_State *lua, int index) {
    const struct binder *binder = find_binder(lua);
    if (binder == NULL || !lua_islightuserdata(lua, index)) {
        return NULL;
    }
    uint32_t number = class_number(packed(lua, index));
    return number == 0 || number > binder->class_count ? NULL : binder->classes[number];
}

void toc_binder_push(lua_State *lua, const char *class_name, uint64_t first, uint64_t second) {
    const struct binder *binder = find_binder(lua);
    TOC_ASSERT(binder != NULL);
    TOC_ASSERT(first <= UINT32_MAX && second < UINT64_C(1) << SECOND_BITS);
    uint32_t number = 1;
    while (number <= binder->class_count && binder->classes[number]->name != class_name &&
           strcmp(binder->classes[number]->name, class_name) != 0) {
        number++;
    }
    TOC_ASSERT(number <= binder->class_count);
    uint64_t object = (uint64_t)number << (FIRST_BITS + SECOND_BITS) | second << FIRST_BITS | first;
    lua_pushlightuserdata(lua, (void *)(uintptr_t)object);
}

bool toc_binder_is(lua_State *lua, int argument, const char *class_name) {
    const toc_bound_class *bound = class_at(lua, argument);
    return bound != NULL && (bound->name == class_name || strcmp(bound->name, class_name) == 0);
}

uint64_t toc_binder_check(lua_State *lua, int argument, const char *class_name) {
    char found[128];
    if (!toc_binder_is(lua, argument, class_name)) {
        toc_host_error(lua, "expected %s %s, found %s%s",
                       strchr("aeiou", class_name[0]) != NULL ? "an" : "a", class_name,
                       toc_describe_value(lua, argument, found, sizeof found),
                       argument == 1 ? " (is the call written with a colon?)" : "");
    }
    return first_number(packed(lua, argument));
}

uint64_t toc_binder_second(lua_State *lua, int argument) {
    TOC_ASSERT(class_at(lua, argument) != NULL);
    return second_number(packed(lua, argument));
}

const char *toc_binder_class_of(lua_State *lua, int index) {
    const toc_bound_class *bound = class_at(lua, index);
    return bound == NULL ? NULL : bound->name;
}

int toc_binder_compare(lua_State *lua, const void *a, const void *b) {
    const struct binder *binder = find_binder(lua);
    uint64_t left = (uint64_t)(uintptr_t)a, right = (uint64_t)(uintptr_t)b;
    int order = strcmp(binder->classes[class_number(left)]->name,
                       binder->classes[class_number(right)]->name);
    if (order != 0) {
        return order;
    }
    if (first_number(left) != first_number(right)) {
        return first_number(left) < first_number(right) ? -1 : 1;
    }
    return (second_number(left) > second_number(right)) -
           (second_number(left) < second_number(right));
}

const char *toc_binder_describe_object(lua_State *lua, int index, char *buffer, size_t size) {
    const toc_bound_class *bound = class_at(lua, index);
    if (bound == NULL) {
        return "an object";
    }
    uint64_t object = packed(lua, index);
    for (size_t i = 0; i < bound->count; i++) {
        if (bound->rows[i].is_field && strcmp(bound->rows[i].name, "id") == 0) {
            lua_pushcfunction(lua, bound->rows[i].call);
            lua_pushlightuserdata(lua, (void *)(uintptr_t)object);
            lua_call(lua, 1, 1);
            const char *id = lua_type(lua, -1) == LUA_TSTRING ? lua_tostring(lua, -1) : "";
            (void)snprintf(buffer, size, "%s %s", bound->name, id);
            lua_pop(lua, 1);
            return buffer;
        }
    }
    (void)snprintf(buffer, size, "%s", bound->name);
    return buffer;
}

/* The members most like `name`: the nearest, and whether there is one. */
static const char *nearest_member(const toc_bound_class *bound, const char *name) {
    const char *names[MOST_KEYS];
    size_t count = 0;
    for (size_t i = 0; i < bound->count && count < MOST_KEYS; i++) {
        names[count++] = bound->rows[i].name;
    }
    return toc_names_nearest_of(names, count, name);
}

static int index_object(lua_State *lua) {
    const toc_bound_class *bound = class_at(lua, 1);
    if (bound == NULL) {
        toc_host_error(lua, "this object cannot be looked into");
    }
    lua_rawgeti(lua, lua_upvalueindex(1), (lua_Integer)class_number(packed(lua, 1)));
    lua_pushvalue(lua, 2);
    int kind = lua_rawget(lua, -2);
    if (kind == LUA_TFUNCTION) {
        return 1;
    }
    if (kind == LUA_TNUMBER) {
        const toc_binding *row = &bound->rows[lua_tointeger(lua, -1)];
        lua_settop(lua, 1);
        return row->call(lua);
    }
    char found[128];
    const char *name = lua_type(lua, 2) == LUA_TSTRING
                           ? lua_tostring(lua, 2)
                           : toc_describe_value(lua, 2, found, sizeof found);
    const char *nearest = nearest_member(bound, name);
    toc_host_charge(lua, 50 * bound->count);
    if (nearest != NULL) {
        toc_host_error(lua, "the class %s has no '%.60s'; did you mean '%s'?", bound->name, name,
                       nearest);
    }
    toc_host_error(lua, "the class %s has no '%.60s'", bound->name, name);
}

static int refuse_assignment(lua_State *lua) {
    char object[128], found[128];
    toc_host_error(lua, "%s: %s cannot be set by an assignment",
                   toc_describe_value(lua, 1, object, sizeof object),
                   toc_describe_value(lua, 2, found, sizeof found));
}

static _Noreturn void unexpected(lua_State *lua, int argument, const char *what,
                                 const char *expected) {
    char found[128];
    toc_host_error(lua, "%s: expected %s, found %s", what, expected,
                   toc_describe_value(lua, argument, found, sizeof found));
}

const char *toc_binder_text(lua_State *lua, int argument, const char *what) {
    size_t length = 0;
    if (lua_type(lua, argument) != LUA_TSTRING) {
        unexpected(lua, argument, what, "a text");
    }
    const char *text = lua_tolstring(lua, argument, &length);
    if (strlen(text) != length) {
        toc_host_error(lua, "%s: the text holds a zero byte", what);
    }
    return text;
}

int64_t toc_binder_integer(lua_State *lua, int argument, const char *what, int64_t low,
                           int64_t high) {
    char expected[96];
    int is_integer = 0;
    lua_Integer number = 0;
    if (lua_type(lua, argument) == LUA_TNUMBER) {
        number = lua_tointegerx(lua, argument, &is_integer);
    }
    if (!is_integer || number < low || number > high) {
        (void)snprintf(expected, sizeof expected, "a whole number from %lld to %lld",
                       (long long)low, (long long)high);
        unexpected(lua, argument, what,
                   low == INT64_MIN && high == INT64_MAX ? "a whole number" : expected);
    }
    return number;
}

double toc_binder_number(lua_State *lua, int argument, const char *what) {
    if (lua_type(lua, argument) != LUA_TNUMBER || !isfinite(lua_tonumber(lua, argument))) {
        unexpected(lua, argument, what, "a number");
    }
    return lua_tonumber(lua, argument);
}

toc_time toc_binder_time(lua_State *lua, int argument, const char *what) {
    int is_integer = 0;
    lua_Integer number = 0;
    if (lua_type(lua, argument) == LUA_TNUMBER) {
        number = lua_tointegerx(lua, argument, &is_integer);
    }
    if (!is_integer || number < 0) {
        unexpected(lua, argument, what, "a time like t.minutes(5)");
    }
    return number;
}

static void sort_names(const char **names, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const char *name = names[i];
        size_t at = i;
        for (; at > 0 && strcmp(names[at - 1], name) > 0; at--) {
            names[at] = names[at - 1];
        }
        names[at] = name;
    }
}

const char *toc_binder_nearest_key(lua_State *lua, int table, const char *name) {
    const char *names[MOST_KEYS];
    size_t count = 0;
    table = lua_absindex(lua, table);
    for (lua_pushnil(lua); lua_next(lua, table) != 0; lua_pop(lua, 1)) {
        if (lua_type(lua, -2) != LUA_TSTRING) {
            continue;
        }
        if (count == MOST_KEYS) {
            lua_pop(lua, 2); /* too many to search, and which ones came first would be chance */
            return NULL;
        }
        names[count++] = lua_tostring(lua, -2);
    }
    toc_host_charge(lua, 100 * count);
    sort_names(names, count);
    return toc_names_nearest_of(names, count, name);
}

static bool is_among(const char *const *names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

void toc_binder_check_keys(lua_State *lua, int table, const char *what, const char *const *names,
                           size_t count) {
    const char *wrong = NULL; /* the first by bytes: Lua's own order differs from run to run */
    table = lua_absindex(lua, table);
    if (lua_type(lua, table) != LUA_TTABLE) {
        unexpected(lua, table, what, "a table of options");
    }
    for (lua_pushnil(lua); lua_next(lua, table) != 0; lua_pop(lua, 1)) {
        toc_host_charge(lua, 4 + count);
        if (lua_type(lua, -2) == LUA_TSTRING) {
            const char *key = lua_tostring(lua, -2);
            if (!is_among(names, count, key) && (wrong == NULL || strcmp(key, wrong) < 0)) {
                wrong = key;
            }
        } else if (!lua_isinteger(lua, -2)) {
            unexpected(lua, -2, what, "an option's name");
        }
    }
    if (wrong == NULL) {
        return;
    }
    const char *nearest = toc_names_nearest_of(names, count, wrong);
    if (nearest != NULL) {
        toc_host_error(lua, "%s has no option '%.60s'; did you mean '%s'?", what, wrong, nearest);
    }
    toc_host_error(lua, "%s has no option '%.60s'", what, wrong);
}
