/* Measures one figure of processes in Lua on CPU time: script_bench NAME prints its value. The
   sandbox, its budgets and the order of pairs are on, as in any drill. */
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "script/binder.h"
#include "script/host.h"
#include "script/process.h"
#include "script/variate.h"

struct stage {
    toc_calendar *calendar;
    toc_host *host;
    toc_processes *processes;
    toc_problems *problems;
    const char *source;
};

static const char stage_key = 0;

static double cpu_seconds(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* t.wait(time or variate), t.wait() until woken: what drills' plans have, without their nouns. */
static int call_wait(lua_State *lua) {
    return toc_processes_wait(lua,
                              lua_isnone(lua, 1) ? TOC_NEVER : toc_variate_time(lua, 1, "wait", 0));
}

static int call_start(lua_State *lua) {
    struct stage *stage = toc_host_get(lua, &stage_key);
    uint64_t number = toc_processes_start(stage->processes, lua, lua_gettop(lua) - 1, TOC_ATTACKER);
    lua_pushinteger(lua, (lua_Integer)number);
    return 1;
}

static int call_wake(lua_State *lua) {
    struct stage *stage = toc_host_get(lua, &stage_key);
    lua_pushboolean(lua, toc_processes_wake(stage->processes, (uint64_t)luaL_checkinteger(lua, 1)));
    return 1;
}

static int call_now(lua_State *lua) {
    struct stage *stage = toc_host_get(lua, &stage_key);
    lua_pushinteger(lua, toc_calendar_now(stage->calendar));
    return 1;
}

static int call_halt(lua_State *lua) {
    struct stage *stage = toc_host_get(lua, &stage_key);
    toc_calendar_halt(stage->calendar);
    return 0;
}

static const char *find(void *object, const char *path, size_t *size) {
    const struct stage *stage = object;
    if (strcmp(path, "bench.lua") != 0) {
        return NULL;
    }
    *size = strlen(stage->source);
    return stage->source;
}

static void print(void *object, const char *line) {
    (void)object;
    (void)fprintf(stderr, "%s\n", line);
}

static void failed(void *object, toc_problems *problems) {
    (void)object;
    char line[1024];
    (void)toc_problems_print(toc_problems_at(problems, 0), line, sizeof line);
    (void)fprintf(stderr, "%s\n", line);
    exit(1);
}

static struct stage *stage_open(struct stage *stage, const char *source) {
    static const toc_binding rows[] = {{.name = "wait", .call = call_wait},
                                       {.name = "start", .call = call_start},
                                       {.name = "wake", .call = call_wake},
                                       {.name = "now", .call = call_now},
                                       {.name = "halt", .call = call_halt}};
    static const toc_bound_class functions = {"t", "", rows, sizeof rows / sizeof *rows};
    toc_host_options options = {.chance = {.seed = 42},
                                .instructions = UINT64_C(1) << 32, /* a million are started */
                                .bytes = (size_t)8 << 30,
                                .total = UINT64_C(1) << 60,
                                .name = "bench",
                                .find = find,
                                .object = stage,
                                .print = print};
    *stage = (struct stage){
        .calendar = toc_calendar_create(), .problems = toc_problems_create(), .source = source};
    stage->host = toc_host_create(&options, stage->problems);
    if (stage->host == NULL) {
        failed(NULL, stage->problems);
    }
    stage->processes =
        toc_processes_create(stage->host, stage->calendar, stage->problems, failed, NULL);
    toc_host_set(stage->host, &stage_key, stage);
    toc_binder_module(stage->host, "tocsin.core", &functions);
    if (toc_host_load(stage->host, "bench.lua", stage->problems) != TOC_OK) {
        failed(NULL, stage->problems);
    }
    lua_settop(toc_host_lua(stage->host), 0);
    return stage;
}

static void stage_close(struct stage *stage) {
    toc_processes_destroy(stage->processes);
    toc_host_destroy(stage->host);
    toc_calendar_destroy(stage->calendar);
    toc_problems_destroy(stage->problems);
}

/* M/M/1 at a load of 0.9: one process brings, one serves, as in mm1_simpy.py. */
static const char mm1[] = "local t = require 'tocsin'\n"
                          "local line, wanted = t.channel(), 1000000\n"
                          "local put, serve = line.put, line.serve\n"
                          "t.spawn(function()\n"
                          "  local arrivals = t.exponential('arrivals', t.seconds(10) * 10 // 9)\n"
                          "  while true do put(line, true, arrivals) end\n"
                          "end)\n"
                          "t.spawn(function()\n"
                          "  local service, total = t.exponential('service', t.seconds(10)), 0\n"
                          "  for served = 1, wanted do\n"
                          "    local _, waited = serve(line, service)\n"
                          "    total = total + waited\n"
                          "  end\n"
                          "  print('mean wait ' .. total / wanted / 10000000 .. ' of 9 expected')\n"
                          "  t.halt()\n"
                          "end)\n";

static double run_mm1(void) {
    struct stage stage;
    (void)stage_open(&stage, mm1);
    double start = cpu_seconds();
    toc_calendar_run(stage.calendar, TOC_NEVER);
    double seconds = cpu_seconds() - start;
    stage_close(&stage);
    return 1.0 / seconds;
}

static const char sleepers[] = "local t = require 'tocsin'\n"
                               "local wait, start = t.wait, t.start\n"
                               "local nap = t.exponential('nap', t.minutes(1000))\n"
                               "local function flat() while true do wait(nap) end end\n"
                               "local function guarded()\n"
                               "  pcall(function() while true do wait(nap) end end)\n"
                               "end\n"
                               "t.start(function() for _ = 1, COUNT do start(BODY) end end)\n";

static char *sleepers_source(uint64_t count, const char *body) {
    char *source = malloc(sizeof sleepers + 64);
    if (source == NULL) {
        exit(3);
    }
    const char *at_count = strstr(sleepers, "COUNT"), *at_body = strstr(sleepers, "BODY");
    (void)snprintf(source, sizeof sleepers + 64, "%.*s%llu%.*s%s%s", (int)(at_count - sleepers),
                   sleepers, (unsigned long long)count, (int)(at_body - at_count - 5), at_count + 5,
                   body, at_body + 4);
    return source;
}

/* Each is started and has fallen asleep. */
static struct stage *put_to_sleep(struct stage *stage, char *source) {
    (void)stage_open(stage, source);
    toc_calendar_run(stage->calendar, 0);
    return stage;
}

static double run_sleepers(uint64_t count) {
    struct stage stage;
    char *source = sleepers_source(count, "flat");
    (void)put_to_sleep(&stage, source);
    uint64_t events = 4 * count < 2000000 ? 2000000 : 2 * count;
    uint64_t start_at = toc_calendar_executed(stage.calendar);
    toc_time step = 1000 * TOC_MINUTE / 100, until = 0;
    double start = cpu_seconds();
    while (toc_calendar_executed(stage.calendar) - start_at < events) {
        until += step;
        toc_calendar_run(stage.calendar, until);
    }
    double seconds = cpu_seconds() - start;
    double done = (double)(toc_calendar_executed(stage.calendar) - start_at);
    stage_close(&stage);
    free(source);
    return done / seconds / 1e6;
}

/* Lua's own bytes and the process object; the calendar's slot comes on top (80 bytes). */
static double bytes_each(const char *body) {
    const uint64_t count = 100000;
    struct stage stage;
    char *source = sleepers_source(count, body);
    (void)stage_open(&stage, source);
    lua_gc(toc_host_lua(stage.host), LUA_GCCOLLECT);
    size_t before = toc_host_bytes(stage.host);
    toc_calendar_run(stage.calendar, 0);
    lua_gc(toc_host_lua(stage.host), LUA_GCCOLLECT);
    size_t after = toc_host_bytes(stage.host) + toc_processes_count(stage.processes) * 48;
    stage_close(&stage);
    free(source);
    return (double)(after - before) / (double)count;
}

int main(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    double value = 0;
    if (strcmp(name, "mm1_lua") == 0) {
        value = run_mm1();
    } else if (strcmp(name, "sleepers_100k") == 0) {
        value = run_sleepers(100000);
    } else if (strcmp(name, "sleepers_1m") == 0) {
        value = run_sleepers(999999);
    } else if (strcmp(name, "sleeper_bytes") == 0) {
        value = bytes_each("flat");
    } else if (strcmp(name, "sleeper_bytes_pcall") == 0) {
        value = bytes_each("guarded");
    } else {
        (void)fprintf(stderr,
                      "usage: %s mm1_lua|sleepers_100k|sleepers_1m|sleeper_bytes|"
                      "sleeper_bytes_pcall\n",
                      argv[0]);
        return 2;
    }
    (void)printf("%.4g\n", value);
    return 0;
}
