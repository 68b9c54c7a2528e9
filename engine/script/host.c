/* Host: a Lua state's life, its callbacks and how they end. */
#include "script/host.h"

#include <lauxlib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "kernel/assert.h"
#include "kernel/list.h"
#include "kernel/names.h"
#include "script/blame.h"
#include "script/library.h"
#include "script/module.h"
#include "script/quantity.h"
#include "script/slab.h"
#include "script/variate.h"

enum {
    HOOK_EVERY = 1000, /* dearer instructions do not get cheaper with a longer interval */
    CALLBACK_WORK = 100,
    REMEMBERED = 64,
    LONGEST_ERROR = 500,
    BLOCK_LIMIT = 17 << 20 /* room for the deepest stack that Lua allows */
};

enum ending { RUNNING, ENDED_BUDGET, ENDED_MEMORY, ENDED_STOPPED };

struct slot {
    const void *key;
    void *object;
};

struct toc_host {
    toc_host_options options;
    toc_arena *arena;
    toc_slab *slab;
    toc_budget budget;
    lua_State *lua;
    lua_State *running; /* the innermost coroutine in a callback, NULL outside */
    locale_t locale;    /* order and form of texts must not depend on the user's */
    toc_names *files;
    toc_list slots;
    struct slot remembered[REMEMBERED];
    enum ending ended;
    toc_refusal refusal;   /* the last one */
    toc_blame ended_place; /* of the last refusal, then of the ending */
    toc_blame error;       /* found by on_error */
};

struct guard {
    lua_State *running;
    locale_t locale;
};

/* The error value of a finished host; no memory is needed to raise it. */
static const char finished_error = 0;

static struct guard enter(toc_host *host, lua_State *lua) {
    struct guard guard = {.running = host->running, .locale = uselocale(host->locale)};
    host->running = lua;
    toc_budget_enter(&host->budget);
    (void)toc_budget_charge(&host->budget, CALLBACK_WORK);
    return guard;
}

static void end(toc_host *host, lua_State *lua, enum ending why) {
    if (host->ended == RUNNING) {
        host->ended = why;
        host->ended_place = toc_blame_running(lua);
    }
}

static void leave(toc_host *host, struct guard guard) {
    toc_budget_leave(&host->budget);
    host->running = guard.running;
    (void)uselocale(guard.locale);
}

static void note_place(toc_host *host) {
    toc_blame place = {.line = 0};
    if (host->running != NULL) {
        place = toc_blame_running(host->running);
    }
    if (place.line > 0) { /* Lua also asks for memory, in vain, while it unwinds */
        host->ended_place = place;
    }
}

static _Noreturn void finish(toc_host *host, lua_State *lua, enum ending why) {
    end(host, lua, why);
    lua_pushlightuserdata(lua, (void *)(uintptr_t)&finished_error);
    (void)lua_error(lua);
    TOC_ASSERT(false);
}

static void on_refused(void *object, toc_refusal refusal) {
    toc_host *host = object;
    if (host->ended == RUNNING) {
        host->refusal = refusal;
        note_place(host);
    }
}

static void on_count(lua_State *lua, lua_Debug *frame) {
    (void)frame;
    toc_host *host = toc_host_of(lua);
    toc_host_charge(lua, HOOK_EVERY * toc_slab_price(host->slab));
    if (host->options.stop != NULL && host->options.stop(host->options.object)) {
        finish(host, lua, ENDED_STOPPED);
    }
}

void toc_host_charge(lua_State *lua, uint64_t work) {
    toc_host *host = toc_host_of(lua);
    if (!toc_budget_charge(&host->budget, work)) {
        finish(host, lua, ENDED_BUDGET);
    }
}

static void memory_ran_out(toc_host *host) {
    if (host->ended == RUNNING) {
        host->ended = host->refusal == TOC_REFUSED_BUDGET ? ENDED_BUDGET : ENDED_MEMORY;
    }
}

void toc_host_caught(lua_State *lua, int status) {
    toc_host *host = toc_host_of(lua);
    if (status == LUA_ERRMEM) {
        memory_ran_out(host);
    }
    if (host->ended != RUNNING) {
        finish(host, lua, host->ended);
    }
}

static int on_panic(lua_State *lua) {
    const bool script_error_within_callback = false;
    (void)lua;
    TOC_ASSERT(script_error_within_callback);
    return 0;
}

/* Without `file` there is no place. */
static toc_place shown(toc_host *host, const toc_blame *blame) {
    toc_place place = {.file = NULL};
    if (blame->file[0] == '\0') {
        return place;
    }
    const char *path = toc_names_at(host->files, toc_names_add(host->files, blame->file, NULL));
    const char *known = host->options.shown_path != NULL && strncmp(path, "lua/", 4) != 0
                            ? host->options.shown_path(host->options.object, path)
                            : NULL;
    place.file = known != NULL ? known : path;
    place.line = blame->line;
    return place;
}

static toc_status tell_memory(toc_host *host, toc_place place, toc_problems *problems) {
    const char *name = host->options.name;
    if (host->refusal == TOC_REFUSED_TEXT) {
        return toc_problems_error(problems, place, "%s: a single text may have at most %d bytes",
                                  name, TOC_HOST_TEXT);
    }
    if (host->refusal == TOC_REFUSED_KEYS) {
        return toc_problems_error(problems, place,
                                  "%s: a single table may have at most %d entries that do not "
                                  "follow each other as a list's do",
                                  name, TOC_SLAB_KEYS);
    }
    return toc_problems_error(problems, place, "%s: the script needs more than %zu KB of memory",
                              name, host->options.bytes / 1024);
}

static toc_status tell_ending(toc_host *host, toc_problems *problems) {
    toc_place place = shown(host, &host->ended_place);
    const char *name = host->options.name;
    switch (host->ended) {
    case ENDED_MEMORY:
        return tell_memory(host, place, problems);
    case ENDED_STOPPED:
        return toc_problems_error(problems, place,
                                  "%s: the script was stopped from outside; it works too long at "
                                  "one time, is there a loop without end?",
                                  name);
    case ENDED_BUDGET:
    case RUNNING:
        break;
    }
    TOC_ASSERT(host->ended == ENDED_BUDGET);
    if (toc_budget_is_total_spent(&host->budget)) {
        return toc_problems_error(problems, place,
                                  "%s: the script has used up the %llu units of "
                                  "work that a whole drill may take; does it wait too often?",
                                  name, (unsigned long long)host->budget.total);
    }
    return toc_problems_error(problems, place,
                              "%s: the script works without end (over %llu units "
                              "of work without waiting); is there a loop that never waits?",
                              name, (unsigned long long)host->budget.callback);
}

/* The error value is on top of `lua`. */
static toc_status tell(toc_host *host, lua_State *lua, const toc_blame *error,
                       toc_problems *problems) {
    if (host->ended != RUNNING) {
        return tell_ending(host, problems);
    }
    toc_place place = shown(host, error);
    if (error->text != NULL || lua_type(lua, -1) == LUA_TSTRING) {
        const char *text = error->text != NULL ? error->text : lua_tostring(lua, -1);
        return toc_problems_error(problems, place, "%.*s", LONGEST_ERROR, text);
    }
    return toc_problems_error(problems, place,
                              "the script raised an error that is not a text but "
                              "a value of type %s",
                              lua_typename(lua, lua_type(lua, -1)));
}

static int on_error(lua_State *lua) {
    toc_host *host = toc_host_of(lua);
    if (host->ended == RUNNING) {
        host->error = toc_blame_error(lua);
    }
    return 1;
}

toc_status toc_host_call(toc_host *host, int arguments, int results, toc_problems *problems) {
    lua_State *lua = host->lua;
    int function = lua_gettop(lua) - arguments;
    TOC_ASSERT(function > 0);
    if (host->ended != RUNNING) {
        lua_settop(lua, function - 1);
        return tell_ending(host, problems);
    }
    lua_pushcfunction(lua, on_error);
    lua_insert(lua, function);
    host->error = (toc_blame){.text = NULL};
    struct guard guard = enter(host, lua);
    lua_sethook(lua, on_count, LUA_MASKCOUNT, HOOK_EVERY);
    int status = LUA_ERRRUN;
    if (toc_budget_is_spent(&host->budget)) {
        end(host, lua, ENDED_BUDGET);
    } else {
        status = lua_pcall(lua, arguments, results, function);
    }
    leave(host, guard);
    if (status == LUA_OK && host->ended == RUNNING) {
        lua_remove(lua, function);
        return TOC_OK;
    }
    if (status == LUA_ERRMEM) {
        memory_ran_out(host);
    }
    toc_status told = tell(host, lua, &host->error, problems);
    lua_settop(lua, function - 1);
    return told;
}

toc_status toc_host_resume(toc_host *host, lua_State *coroutine, int arguments, int *results,
                           toc_problems *problems) {
    *results = 0;
    if (host->ended != RUNNING) {
        return tell_ending(host, problems);
    }
    TOC_ASSERT(lua_gethook(coroutine) == on_count); /* from the state that made it */
    struct guard guard = enter(host, coroutine);
    int status = LUA_ERRRUN;
    if (toc_budget_is_spent(&host->budget)) {
        end(host, coroutine, ENDED_BUDGET);
    } else {
        status = lua_resume(coroutine, guard.running, arguments, results);
    }
    leave(host, guard);
    if ((status == LUA_OK || status == LUA_YIELD) && host->ended == RUNNING) {
        return TOC_OK;
    }
    if (status == LUA_ERRMEM) {
        memory_ran_out(host);
    }
    toc_blame error = {.text = NULL};
    if (host->ended == RUNNING) {
        error = toc_blame_error(coroutine);
    }
    return tell(host, coroutine, &error, problems);
}

void toc_host_go_on(toc_host *host) {
    toc_budget_leave(&host->budget);
    toc_budget_enter(&host->budget);
    toc_host_charge(host->running, CALLBACK_WORK);
}

bool toc_host_protect(toc_host *host, lua_CFunction body, void *object, int results) {
    lua_State *lua = host->running != NULL ? host->running : host->lua;
    int top = lua_gettop(lua);
    lua_pushcfunction(lua, body);
    lua_pushlightuserdata(lua, object);
    int status = lua_pcall(lua, 1, results, 0);
    if (status == LUA_OK) {
        return true;
    }
    TOC_ASSERT(status == LUA_ERRMEM || host->ended != RUNNING);
    if (status == LUA_ERRMEM) {
        memory_ran_out(host);
    }
    lua_settop(lua, top);
    lua_settop(lua, top + results);
    return false;
}

void toc_host_module(toc_host *host, const char *name) {
    (void)toc_host_protect(host, toc_module_table, (void *)(uintptr_t)name, 1);
}

toc_status toc_host_load(toc_host *host, const char *path, toc_problems *problems) {
    lua_pushcfunction(host->lua, toc_module_load);
    lua_pushlightuserdata(host->lua, (void *)(uintptr_t)path);
    return toc_host_call(host, 1, 1, problems);
}

static void make_defaults(toc_host *host, const toc_host_options *options) {
    host->options = *options;
    TOC_ASSERT(options->name != NULL);
    host->options.name = toc_arena_text(host->arena, options->name);
    if (options->instructions == 0) {
        host->options.instructions = 20000000;
    }
    if (options->total == 0) {
        host->options.total = UINT64_C(20000000000);
    }
    if (options->bytes == 0) {
        host->options.bytes = (size_t)64 << 20;
    }
    host->budget.callback = host->options.instructions;
    host->budget.total = host->options.total;
}

static const char self_test[] =
    "local t = setmetatable({}, {__concat = function() return 'x' end, __mode = 'v',\n"
    "    __gc = function() end, __close = function() end, __name = 'x'})\n"
    "return not pcall(function() return 'a' .. 'b' .. t end), t\n";

static bool has_metafield(lua_State *lua, int index, const char *name) {
    bool has = luaL_getmetafield(lua, index, name) != LUA_TNIL;
    if (has) {
        lua_pop(lua, 1);
    }
    return has;
}

/* Debian's Lua 5.4.4 reads freed memory when a concatenation metamethod runs in a chain of three,
   and so do weak tables when memory is refused: neither may be in reach of scripts. */
static int set_up(lua_State *lua) {
    lua_pushglobaltable(lua);
    toc_base_library_open(lua);
    toc_text_library_open(lua);
    toc_table_library_open(lua);
    toc_math_library_open(lua);
    toc_module_open(lua);
    lua_pop(lua, 1);
    if (luaL_loadbufferx(lua, self_test, sizeof self_test - 1, "=self-test", "t") != LUA_OK) {
        return lua_error(lua);
    }
    lua_call(lua, 0, 2);
    bool holds = lua_toboolean(lua, -2) && lua_getmetatable(lua, -1);
    static const char *const forbidden[] = {"__concat", "__mode", "__gc", "__close", "__name"};
    for (size_t i = 0; holds && i < sizeof forbidden / sizeof *forbidden; i++) {
        lua_pushstring(lua, forbidden[i]);
        holds = lua_rawget(lua, -2) == LUA_TNIL;
        lua_pop(lua, 1);
    }
    lua_pushliteral(lua, "");
    holds = holds && !has_metafield(lua, -1, "__concat") && !has_metafield(lua, -1, "__gc");
    lua_pushboolean(lua, holds);
    return 1;
}

toc_host *toc_host_create(const toc_host_options *options, toc_problems *problems) {
    toc_arena *arena = toc_arena_create();
    toc_host *host = toc_arena_alloc(arena, sizeof *host);
    host->arena = arena;
    make_defaults(host, options);
    host->files = toc_names_create();
    host->locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    TOC_ASSERT(host->locale != (locale_t)0);
    toc_slab_limits limits = {
        .total = host->options.bytes, .block = BLOCK_LIMIT, .text = TOC_HOST_TEXT};
    host->slab = toc_slab_create(&limits, &host->budget, on_refused, host);
    host->lua = lua_newstate(toc_slab_resize, host->slab);
    bool holds = false;
    if (host->lua != NULL) {
        lua_atpanic(host->lua, on_panic);
        *(toc_host **)lua_getextraspace(host->lua) = host;
        holds = toc_host_protect(host, set_up, NULL, 1);
    }
    bool fits = toc_slab_bytes(host->slab) <= host->options.bytes;
    if (holds && fits && lua_toboolean(host->lua, -1)) {
        lua_pop(host->lua, 1);
        lua_sethook(host->lua, on_count, LUA_MASKCOUNT, HOOK_EVERY);
        toc_variate_install(host);
        toc_quantity_install(host);
        return host;
    }
    (void)toc_problems_fault(problems, (toc_place){.file = NULL},
                             holds && fits ? "%s: this Lua shows a known defect in reach of scripts"
                                           : "%s: too little memory is allowed to start a script",
                             host->options.name);
    toc_host_destroy(host);
    return NULL;
}

void toc_host_destroy(toc_host *host) {
    if (host == NULL) {
        return;
    }
    if (host->lua != NULL) {
        lua_close(host->lua);
    }
    toc_slab_destroy(host->slab);
    freelocale(host->locale);
    toc_names_destroy(host->files);
    toc_list_finish(&host->slots);
    toc_arena_destroy(host->arena);
}

lua_State *toc_host_lua(toc_host *host) {
    return host->lua;
}

toc_host *toc_host_of(lua_State *lua) {
    return *(toc_host **)lua_getextraspace(lua);
}

toc_arena *toc_host_arena(toc_host *host) {
    return host->arena;
}

const toc_host_options *toc_host_options_of(const toc_host *host) {
    return &host->options;
}

/* Where a key was found last: which one shares a place with which is luck, and only costs time. */
static struct slot *remembered(toc_host *host, const void *key) {
    return &host->remembered[((uintptr_t)key >> 3 ^ (uintptr_t)key >> 7) % REMEMBERED];
}

void toc_host_set(toc_host *host, const void *key, void *object) {
    *remembered(host, key) = (struct slot){.key = NULL};
    for (uint32_t i = 0; i < host->slots.count; i++) {
        struct slot *slot = TOC_LIST_AT(struct slot, &host->slots, i);
        if (slot->key == key) {
            slot->object = object;
            return;
        }
    }
    *(struct slot *)toc_list_add(&host->slots, sizeof(struct slot)) =
        (struct slot){.key = key, .object = object};
}

void *toc_host_get(lua_State *lua, const void *key) {
    toc_host *host = toc_host_of(lua);
    struct slot *last = remembered(host, key);
    if (last->key == key) {
        return last->object;
    }
    for (uint32_t i = 0; i < host->slots.count; i++) {
        const struct slot *slot = TOC_LIST_AT(const struct slot, &host->slots, i);
        if (slot->key == key) {
            *last = *slot;
            return slot->object;
        }
    }
    return NULL;
}

bool toc_host_is_finished(const toc_host *host) {
    return host->ended != RUNNING;
}

toc_place toc_host_place(lua_State *lua) {
    toc_blame blame = toc_blame_running(lua);
    if (blame.line == 0 && lua != toc_host_of(lua)->lua) {
        blame = toc_blame_first(lua);
    }
    return shown(toc_host_of(lua), &blame);
}

void toc_host_error(lua_State *lua, const char *format, ...) {
    char text[1024];
    va_list list;
    va_start(list, format);
    (void)vsnprintf(text, sizeof text, format, list);
    va_end(list);
    toc_blame blame = toc_blame_running(lua);
    if (blame.line > 0) {
        lua_pushfstring(lua, "%s:%d: %s", blame.file, (int)blame.line, text);
    } else {
        lua_pushstring(lua, text);
    }
    (void)lua_error(lua);
    TOC_ASSERT(false);
}

size_t toc_host_bytes(const toc_host *host) {
    return toc_slab_bytes(host->slab);
}

uint64_t toc_host_instructions(const toc_host *host) {
    return host->budget.used;
}
