/* Any bytes as a scenario: it runs to its end, or somebody is told why not. The last byte chooses
   how little memory there is. */
#include "kernel/assert.h"
#include "script/binder.h"
#include "script/process.h"
#include "script/variate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct package {
    const char *text;
    size_t size;
};

static const char *find(void *object, const char *path, size_t *size) {
    const struct package *package = object;
    (void)path; /* every module is this one: it may require itself */
    *size = package->size;
    return package->text;
}

static const char processes_key = 0;

static int wait_for(lua_State *lua) {
    return toc_processes_wait(lua, toc_variate_time(lua, 1, "wait", 0));
}

static int start(lua_State *lua) {
    toc_processes *processes = toc_host_get(lua, &processes_key);
    if (lua_type(lua, 1) != LUA_TFUNCTION) {
        toc_host_error(lua, "start takes a function");
    }
    uint64_t number = toc_processes_start(processes, lua, lua_gettop(lua) - 1, TOC_ATTACKER);
    lua_pushinteger(lua, (lua_Integer)number);
    return 1;
}

static int cancel(lua_State *lua) {
    uint64_t number = (uint64_t)toc_binder_integer(lua, 1, "process", INT64_MIN, INT64_MAX);
    lua_pushboolean(lua, toc_processes_cancel(toc_host_get(lua, &processes_key), number));
    return 1;
}

static int wake(lua_State *lua) {
    uint64_t number = (uint64_t)toc_binder_integer(lua, 1, "process", INT64_MIN, INT64_MAX);
    lua_pushboolean(lua, toc_processes_wake(toc_host_get(lua, &processes_key), number));
    return 1;
}

static void run(toc_host *host, toc_problems *problems) {
    static const toc_binding rows[] = {{.name = "wait", .call = wait_for},
                                       {.name = "start", .call = start},
                                       {.name = "cancel", .call = cancel},
                                       {.name = "wake", .call = wake}};
    static const toc_bound_class functions = {"t", "", rows, 4};
    toc_calendar *calendar = toc_calendar_create();
    toc_processes *processes = toc_processes_create(host, calendar, problems, NULL, NULL);
    toc_host_set(host, &processes_key, processes);
    toc_binder_module(host, "tocsin.core", &functions);
    if (toc_host_load(host, "scenario.lua", problems) == TOC_OK) {
        lua_pop(toc_host_lua(host), 1);
        while (!toc_host_is_finished(host) && toc_calendar_executed(calendar) < 1000 &&
               toc_calendar_step(calendar)) {
        }
    } else {
        TOC_ASSERT(toc_problems_count(problems, TOC_ERROR) > 0);
    }
    TOC_ASSERT(lua_gettop(toc_host_lua(host)) == 0);
    toc_processes_destroy(processes);
    toc_calendar_destroy(calendar);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct package package = {(const char *)data, size};
    size_t room = size == 0 ? 255 : data[size - 1];
    toc_host_options options = {.instructions = 200000,
                                .total = 2000000,
                                .bytes = 40000 + room * room * 16,
                                .name = "fuzzed",
                                .find = find,
                                .object = &package};
    toc_problems *problems = toc_problems_create();
    toc_host *host = toc_host_create(&options, problems);
    TOC_ASSERT(host != NULL || toc_problems_count(problems, TOC_ERROR) > 0);
    if (host != NULL) {
        run(host, problems);
    }
    toc_host_destroy(host);
    toc_problems_destroy(problems);
    return 0;
}
