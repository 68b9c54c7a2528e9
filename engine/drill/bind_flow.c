/* Bindings of what happens when: at a time, after a condition, in a process. */
#include <string.h>

#include "drill/bindings.h"
#include "drill/effect.h"
#include "drill/mark.h"
#include "drill/spec.h"
#include "drill/watch.h"
#include "kernel/assert.h"
#include "script/bind_world.h"
#include "script/variate.h"

/* A function of the script that runs once, as a process. */
struct timed {
    toc_time at; /* TOC_NEVER: when its condition fires */
    int function;
    const char *class_name; /* of the object that it is called with */
    uint32_t number;
    toc_priority priority;
    uint32_t criterion; /* for the trace; TOC_INDEX_NONE: none */
};

static struct timed *timed_at(const toc_drill *drill, uint64_t index) {
    TOC_ASSERT(index < drill->timed.count);
    return TOC_LIST_AT(struct timed, &drill->timed, index);
}

void toc_bind_flow_out_of_memory(toc_drill *drill) {
    toc_place place = {.file = NULL};
    toc_drill_stop(drill, toc_problems_error(drill->problems, place,
                                             "the scenario needs more memory than it may have"));
}

static void start(void *object, uint64_t index) {
    toc_drill *drill = object;
    struct timed *timed = timed_at(drill, index);
    lua_State *lua = toc_host_lua(drill->host);
    uint64_t process = 0;
    if (lua_checkstack(lua, 8)) {
        lua_rawgeti(lua, LUA_REGISTRYINDEX, timed->function);
        toc_binder_push(lua, timed->class_name, timed->number, 0);
        process = toc_processes_start(drill->processes, lua, 1, timed->priority);
    }
    if (process == 0) {
        toc_bind_flow_out_of_memory(drill);
    }
}

static uint32_t add(lua_State *lua, const struct timed *timed) {
    toc_drill *drill = toc_spec_drill(lua);
    toc_spec_charge(lua, sizeof *timed);
    *(struct timed *)toc_list_add(&drill->timed, sizeof *timed) = *timed;
    uint32_t index = drill->timed.count - 1;
    if (drill->stage == TOC_DRILL_RUNNING && timed->at != TOC_NEVER) {
        (void)toc_calendar_schedule(drill->calendar, timed->at, timed->priority, start, drill,
                                    index);
    }
    return index;
}

void toc_bind_flow_begin(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->timed.count; i++) {
        const struct timed *timed = timed_at(drill, i);
        if (timed->at != TOC_NEVER) {
            (void)toc_calendar_schedule(drill->calendar, timed->at, timed->priority, start, drill,
                                        i);
        }
    }
}

void toc_bind_flow_finish(toc_drill *drill) {
    toc_list_finish(&drill->timed);
}

void toc_bind_flow_run(lua_State *lua, int function, const char *class_name, uint32_t number) {
    struct timed timed = {.at = toc_calendar_now(toc_spec_drill(lua)->calendar),
                          .function = function,
                          .class_name = class_name,
                          .number = number,
                          .priority = TOC_ATTACKER,
                          .criterion = TOC_INDEX_NONE};
    (void)add(lua, &timed);
}

/* A time of the drill at `argument`: not past, not after the end. */
static toc_time time_of_drill(lua_State *lua, int argument, const char *what) {
    const toc_drill *drill = toc_bind_drill_self(lua);
    char length[40];
    toc_time at = toc_binder_time(lua, argument, what);
    if (at > drill->length) {
        (void)toc_time_print(drill->length, length, sizeof length);
        toc_host_error(lua, "%s: this lies after the end of the drill (%s)", what, length);
    }
    if (at < toc_calendar_now(drill->calendar)) {
        toc_host_error(lua, "%s: this time has passed; times count from the start of the drill",
                       what);
    }
    return at;
}

int toc_bind_flow_at(lua_State *lua) {
    struct timed timed = {.at = time_of_drill(lua, 2, "drill:at"),
                          .class_name = "drill",
                          .priority = TOC_ATTACKER,
                          .criterion = TOC_INDEX_NONE};
    toc_spec_changes(lua, "drill:at");
    timed.function = toc_spec_function_at(lua, 3, "drill:at");
    (void)add(lua, &timed);
    return 0;
}

/* How the trace names a condition: "scenario.lua:31". */
static const char *name_of(const toc_drill *drill, const toc_criterion *criterion) {
    const char *file = criterion->place.file == NULL ? "" : strrchr(criterion->place.file, '/');
    file = file == NULL ? criterion->place.file : file + (file[0] == '/');
    return toc_arena_format(drill->arena, "%s:%u", file, criterion->place.line);
}

static const toc_criterion *criterion_of(const toc_drill *drill, uint64_t index) {
    return TOC_LIST_AT(const toc_criterion, &drill->criteria, timed_at(drill, index)->criterion);
}

static void came_true(toc_drill *drill, uint64_t index, const char *by) {
    const char *name = name_of(drill, criterion_of(drill, index));
    toc_trace_put(drill, TOC_TRACE_CONDITION, name, "scenario", "came-true", by, 0, 0);
    start(drill, index);
}

uint32_t toc_bind_flow_conditions(const toc_drill *drill) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < drill->timed.count; i++) {
        count += timed_at(drill, i)->criterion != TOC_INDEX_NONE ? 1 : 0;
    }
    return count;
}

bool toc_bind_flow_condition(const toc_drill *drill, uint32_t index, const char **out_name,
                             toc_place *out_place) {
    for (uint32_t i = 0; i < drill->timed.count; i++) {
        if (timed_at(drill, i)->criterion != TOC_INDEX_NONE && index-- == 0) {
            *out_name = name_of(drill, criterion_of(drill, i));
            *out_place = criterion_of(drill, i)->place;
            return true;
        }
    }
    return false;
}

int toc_bind_flow_when(lua_State *lua) {
    toc_drill *drill = toc_bind_drill_self(lua);
    struct timed timed = {.at = TOC_NEVER, .class_name = "drill", .priority = TOC_SCORING};
    toc_spec_changes(lua, "drill:when");
    timed.criterion = toc_bind_criterion_read(lua, 2, "drill:when");
    timed.function = toc_spec_function_at(lua, 3, "drill:when");
    toc_watch_order order = {.criterion = timed.criterion,
                             .scope = {.since = toc_calendar_now(drill->calendar)},
                             .fired = came_true,
                             .argument = add(lua, &timed)};
    (void)toc_watch_add(drill, &order);
    return 0;
}

static void end_drill(toc_drill *drill, uint64_t argument, const char *by) {
    (void)argument;
    drill->ended_why = by;
    toc_drill_stop(drill, TOC_OK);
}

int toc_bind_flow_ends(lua_State *lua) {
    toc_drill *drill = toc_bind_drill_self(lua);
    toc_spec_declares(lua, "drill:ends");
    toc_watch_order order = {.criterion = toc_bind_criterion_read(lua, 2, "drill:ends"),
                             .fired = end_drill};
    toc_spec_charge(lua, sizeof order);
    (void)toc_watch_add(drill, &order);
    return 0;
}

int toc_bind_flow_pause(lua_State *lua, uint32_t entity) {
    return toc_processes_wait(lua, toc_variate_time(lua, 2, "wait", entity));
}

int toc_bind_flow_wait(lua_State *lua) {
    (void)toc_bind_drill_self(lua);
    return toc_bind_flow_pause(lua, 0);
}

static void wake(toc_drill *drill, uint64_t process, const char *by) {
    (void)by;
    (void)toc_processes_wake(drill->processes, process);
}

static int waited(lua_State *lua, int status, lua_KContext watch) {
    (void)status;
    if (!lua_toboolean(lua, -1)) {
        toc_watch_remove(toc_spec_drill(lua), (uint32_t)watch);
    }
    return 1;
}

int toc_bind_flow_wait_until(lua_State *lua) {
    toc_drill *drill = toc_spec_drill(lua);
    uint64_t process = toc_processes_current(lua);
    toc_time limit = lua_isnoneornil(lua, 3) ? TOC_NEVER : toc_variate_time(lua, 3, "at most", 0);
    if (process == 0) {
        toc_host_error(lua, "only a plan or another process can wait, and this is none");
    }
    toc_spec_charge(lua, 128);
    toc_watch_order order = {.criterion = toc_bind_criterion_read(lua, 2, "wait_until"),
                             .scope = {.since = toc_calendar_now(drill->calendar)},
                             .fired = wake,
                             .argument = process};
    uint32_t watch = toc_watch_add(drill, &order);
    return toc_processes_wait_then(lua, limit, waited, (lua_KContext)watch);
}

int toc_bind_flow_mark(lua_State *lua) {
    toc_drill *drill = toc_bind_drill_self(lua);
    const char *name = toc_binder_text(lua, 2, "mark");
    toc_spec_changes(lua, "mark");
    if (drill->stage != TOC_DRILL_RUNNING) {
        toc_host_error(lua, "mark: the drill has not started; this goes into a function that runs "
                            "in it");
    }
    toc_spec_charge(lua, strlen(name));
    lua_pushboolean(lua, toc_mark_set(drill, name, "scenario"));
    return 1;
}

int toc_bind_flow_now(lua_State *lua) {
    lua_pushinteger(lua, toc_calendar_now(toc_bind_drill_self(lua)->calendar));
    return 1;
}

/* (drill, asset, effect): the element, and the cause that the effect leaves. */
static uint32_t read_effect(lua_State *lua, const char *what, toc_cause *out_cause) {
    const toc_drill *drill = toc_bind_drill_self(lua);
    char hint[96];
    size_t count = 0;
    toc_spec_changes(lua, what);
    if (drill->stage != TOC_DRILL_RUNNING) {
        toc_host_error(lua,
                       "%s: the drill has not started; this goes into a function that runs in "
                       "it",
                       what);
    }
    uint32_t element = toc_bind_world_element(lua, 2, what);
    const char *effect = toc_binder_text(lua, 3, what);
    *out_cause = toc_effect_cause(effect);
    if (*out_cause == TOC_CAUSES) {
        const char *const *names = toc_effect_names(&count);
        toc_host_error(
            lua, "%s: there is no effect '%.60s'%s", what, effect,
            toc_spec_hint(toc_names_nearest_of(names, count, effect), hint, sizeof hint));
    }
    const char *why = toc_effect_obstacle(drill->world, effect, element);
    if (why != NULL) {
        toc_host_error(lua, "%s: '%s' %s", what, effect, why);
    }
    return element;
}

int toc_bind_flow_fail(lua_State *lua) {
    toc_cause cause;
    uint32_t element = read_effect(lua, "drill:fail", &cause);
    toc_drill *drill = toc_spec_drill(lua);
    drill->actor = "scenario";
    lua_pushboolean(
        lua, toc_effect_apply(drill->world, lua_tostring(lua, 3), element, &(toc_pretence){0}));
    drill->actor = "";
    return 1;
}

int toc_bind_flow_clear(lua_State *lua) {
    toc_cause cause;
    uint32_t element = read_effect(lua, "drill:clear", &cause);
    toc_drill *drill = toc_spec_drill(lua);
    drill->actor = "scenario";
    lua_pushboolean(lua, toc_world_clear(drill->world, element, cause));
    drill->actor = "";
    return 1;
}
