/* Stage: a host with a package of one or more sources, for the tests of this room. */
#ifndef TESTS_SCRIPT_STAGE_H
#define TESTS_SCRIPT_STAGE_H

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script/binder.h"
#include "script/host.h"
#include "script/process.h"
#include "script/variate.h"

typedef struct stage_source {
    const char *path, *text;
} stage_source;

typedef struct stage {
    stage_source sources[8];
    char output[1 << 16]; /* what print printed, a line each */
    size_t output_length;
    toc_problems *problems;
    toc_calendar *calendar;
    toc_host *host;
    toc_processes *processes;
} stage;

static inline const char *stage_find(void *object, const char *path, size_t *size) {
    const stage *staged = object;
    for (size_t i = 0; i < 8 && staged->sources[i].path != NULL; i++) {
        if (strcmp(staged->sources[i].path, path) == 0) {
            *size = strlen(staged->sources[i].text);
            return staged->sources[i].text;
        }
    }
    return NULL;
}

static inline const char *stage_shown(void *object, const char *path) {
    (void)object;
    return strcmp(path, "scenario.lua") == 0 ? "drills/dark/scenario.lua" : NULL;
}

static inline void stage_print(void *object, const char *line) {
    stage *staged = object;
    size_t room = sizeof staged->output - staged->output_length;
    int printed = snprintf(staged->output + staged->output_length, room, "%s\n", line);
    staged->output_length += (size_t)printed < room ? (size_t)printed : room - 1;
}

static inline void stage_failed(void *object, toc_problems *problems) {
    (void)problems;
    toc_calendar_halt(((stage *)object)->calendar);
}

static inline int stage_wait(lua_State *lua) {
    toc_time delay = lua_isnone(lua, 1) ? TOC_NEVER : toc_variate_time(lua, 1, "wait", 0);
    return toc_processes_wait(lua, delay);
}

static const char stage_key = 0;

/* start(function, arguments...) gives the process's number. */
static inline int stage_start(lua_State *lua) {
    stage *staged = toc_host_get(lua, &stage_key);
    uint64_t number =
        toc_processes_start(staged->processes, lua, lua_gettop(lua) - 1, TOC_ATTACKER);
    lua_pushinteger(lua, (lua_Integer)number);
    return 1;
}

static inline int stage_wake(lua_State *lua) {
    stage *staged = toc_host_get(lua, &stage_key);
    uint64_t number = (uint64_t)luaL_checkinteger(lua, 1);
    lua_pushboolean(lua, toc_processes_wake(staged->processes, number));
    return 1;
}

static inline int stage_cancel(lua_State *lua) {
    stage *staged = toc_host_get(lua, &stage_key);
    uint64_t number = (uint64_t)luaL_checkinteger(lua, 1);
    lua_pushboolean(lua, toc_processes_cancel(staged->processes, number));
    return 1;
}

static inline int stage_now(lua_State *lua) {
    stage *staged = toc_host_get(lua, &stage_key);
    lua_pushinteger(lua, toc_calendar_now(staged->calendar));
    return 1;
}

/* `changed` may be NULL: default limits. */
static inline stage *stage_open(const char *scenario, const toc_host_options *changed) {
    stage *staged = calloc(1, sizeof *staged);
    toc_host_options options = {.chance = {.seed = 42}};
    if (changed != NULL) {
        options = *changed;
    }
    options.name = options.name != NULL ? options.name : "scenario";
    options.find = stage_find;
    options.object = staged;
    options.shown_path = stage_shown;
    options.print = stage_print;
    staged->sources[0] = (stage_source){"scenario.lua", scenario};
    staged->problems = toc_problems_create();
    staged->calendar = toc_calendar_create();
    staged->host = toc_host_create(&options, staged->problems);
    if (staged->host != NULL) {
        static const toc_binding rows[] = {{"wait", stage_wait, false, "", "."},
                                           {"start", stage_start, false, "", "."},
                                           {"wake", stage_wake, false, "", "."},
                                           {"cancel", stage_cancel, false, "", "."},
                                           {"now", stage_now, false, "", "."}};
        static const toc_bound_class functions = {"t", "", rows, 5};
        staged->processes = toc_processes_create(staged->host, staged->calendar, staged->problems,
                                                 stage_failed, staged);
        toc_host_set(staged->host, &stage_key, staged);
        toc_binder_module(staged->host, "tocsin.core", &functions);
    }
    return staged;
}

/* Runs the scenario and the calendar to the end. */
static inline toc_status stage_run(stage *staged) {
    toc_status status = toc_host_load(staged->host, "scenario.lua", staged->problems);
    if (status == TOC_OK) {
        lua_pop(toc_host_lua(staged->host), 1);
        toc_calendar_run(staged->calendar, TOC_DAY);
    }
    return toc_problems_count(staged->problems, TOC_ERROR) == 0 ? TOC_OK : TOC_BAD_INPUT;
}

/* The first problem as a user sees it, "" where there is none. */
static inline const char *stage_problem(const stage *staged) {
    static char line[2048];
    line[0] = '\0';
    if (toc_problems_kept(staged->problems) > 0) {
        (void)toc_problems_print(toc_problems_at(staged->problems, 0), line, sizeof line);
    }
    return line;
}

static inline void stage_close(stage *staged) {
    toc_processes_destroy(staged->processes);
    toc_host_destroy(staged->host);
    toc_calendar_destroy(staged->calendar);
    toc_problems_destroy(staged->problems);
    free(staged);
}

/* Runs the scenario: what it prints, and the first problem as a user sees it. */
static inline void stage_check(const char *scenario, const char *output, const char *problem) {
    stage *staged = stage_open(scenario, NULL);
    (void)stage_run(staged);
    assert_string_equal(stage_problem(staged), problem);
    assert_string_equal(staged->output, output);
    stage_close(staged);
}

#endif
