/* Process: records in slots, each with a coroutine that later processes of the slot use again. */
#include "script/process.h"

#include <lauxlib.h>

#include "kernel/assert.h"
#include "kernel/list.h"
#include "script/channel.h"
#include "script/task.h"

enum {
    MOST_AT_ONE_INSTANT = 1000000,
    COROUTINE_LINES = 14 /* a state, its stack and two calls; what is not there costs nothing */
};

enum state { FREE, WAITING, RUNNING, CANCELLED };

struct process {
    lua_State *coroutine; /* held by the registry's table of coroutines under slot + 1 */
    toc_event_id event;   /* while it waits for a time */
    uint32_t generation;  /* of the slot, from 1 */
    uint32_t next_free;
    enum state state;
    toc_priority priority;
    bool was_woken;
    bool is_new; /* it has not run yet */
    const void
        *calls; /* where Lua keeps its innermost call: a hint for the cache, never followed */
};

struct toc_processes {
    toc_host *host;
    toc_calendar *calendar;
    toc_problems *problems;
    toc_process_failed *failed;
    void *object;
    toc_tasks *tasks;
    toc_channels *channels;
    toc_list slots;
    uint32_t first_free, count;
    uint32_t current; /* slot of the one that runs, NO_SLOT outside */
    toc_time instant; /* of the last run, and how many runs there were at it */
    uint32_t runs;
};

#define NO_SLOT UINT32_MAX

/* Names the processes among the host's slots and the table of coroutines in the registry. */
static const char processes_key = 0;

static void run(void *object, uint64_t argument);
static void send_for(void *object, uint64_t argument, bool is_close);

static struct process *at(const toc_processes *processes, uint32_t slot) {
    return TOC_LIST_AT(struct process, &processes->slots, slot);
}

static uint64_t number_of(const toc_processes *processes, uint32_t slot) {
    return (uint64_t)at(processes, slot)->generation << 32 | slot;
}

/* NO_SLOT where that process has ended. */
static uint32_t slot_of(const toc_processes *processes, uint64_t number) {
    uint32_t slot = (uint32_t)number;
    if (slot >= processes->slots.count || at(processes, slot)->state == FREE ||
        at(processes, slot)->generation != (uint32_t)(number >> 32)) {
        return NO_SLOT;
    }
    return slot;
}

static int make_table(lua_State *lua) {
    lua_newtable(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &processes_key);
    return 0;
}

toc_processes *toc_processes_create(toc_host *host, toc_calendar *calendar, toc_problems *problems,
                                    toc_process_failed *failed, void *object) {
    toc_processes *processes = toc_arena_alloc(toc_host_arena(host), sizeof *processes);
    *processes = (toc_processes){.host = host,
                                 .calendar = calendar,
                                 .problems = problems,
                                 .failed = failed,
                                 .object = object,
                                 .first_free = NO_SLOT,
                                 .current = NO_SLOT,
                                 .instant = -1};
    TOC_ASSERT(toc_host_get(toc_host_lua(host), &processes_key) == NULL);
    toc_host_set(host, &processes_key, processes);
    (void)toc_host_protect(host, make_table, NULL, 0);
    processes->tasks = toc_task_create(host, processes);
    processes->channels = toc_channel_create(host, processes);
    toc_calendar_announce(calendar, run, send_for);
    return processes;
}

void toc_processes_destroy(toc_processes *processes) {
    if (processes != NULL) {
        toc_host_set(processes->host, &processes_key, NULL);
        toc_task_destroy(processes->tasks);
        toc_channel_destroy(processes->channels);
        toc_list_finish(&processes->slots);
    }
}

struct new_coroutine {
    uint32_t slot;
    lua_State *made;
};

/* Calls itself once, so that Lua has room for two calls. */
static int call_again(lua_State *lua) {
    if (lua_toboolean(lua, 1)) {
        lua_pushcfunction(lua, call_again);
        lua_call(lua, 0, 0);
    }
    return 0;
}

/* The records of a process's first two calls are made at once: what it touches when it goes on then
   lies together, and one run of cache lines is sent for. Where memory is refused they come later.
 */
static int make_coroutine(lua_State *lua) {
    struct new_coroutine *wanted = lua_touserdata(lua, 1);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &processes_key);
    lua_State *coroutine = lua_newthread(lua);
    lua_pushcfunction(coroutine, call_again);
    lua_pushboolean(coroutine, true);
    if (lua_pcall(coroutine, 1, 0, 0) != LUA_OK) {
        lua_settop(coroutine, 0);
    }
    lua_rawseti(lua, -2, (lua_Integer)wanted->slot + 1);
    wanted->made = coroutine;
    return 0;
}

/* NO_SLOT where memory ran out. */
static uint32_t take_slot(toc_processes *processes) {
    uint32_t slot = processes->first_free;
    if (slot != NO_SLOT) {
        processes->first_free = at(processes, slot)->next_free;
    } else {
        slot = processes->slots.count;
        (void)toc_list_add(&processes->slots, sizeof(struct process));
    }
    struct process *process = at(processes, slot);
    if (process->coroutine == NULL) {
        struct new_coroutine wanted = {.slot = slot};
        if (!toc_host_protect(processes->host, make_coroutine, &wanted, 0)) {
            process->next_free = processes->first_free;
            processes->first_free = slot;
            return NO_SLOT;
        }
        process->coroutine = wanted.made;
    }
    process->generation++;
    processes->count++;
    return slot;
}

/* `reuse`: the coroutine has ended well and can run another function. */
static void release(toc_processes *processes, uint32_t slot, bool reuse) {
    struct process *process = at(processes, slot);
    uint64_t number = number_of(processes, slot);
    if (reuse) {
        lua_settop(process->coroutine, 0);
    } else {
        process->coroutine = NULL; /* its entry in the registry is overwritten by the next one */
    }
    process->state = FREE;
    process->next_free = processes->first_free;
    processes->first_free = slot;
    processes->count--;
    toc_task_ended(processes->tasks, number);
    toc_channel_ended(processes->channels, number);
}

static bool is_too_busy(toc_processes *processes) {
    toc_time now = toc_calendar_now(processes->calendar);
    if (now != processes->instant) {
        processes->instant = now;
        processes->runs = 0;
    }
    return ++processes->runs > MOST_AT_ONE_INSTANT;
}

static void fail(toc_processes *processes, uint32_t slot) {
    release(processes, slot, false);
    if (processes->failed != NULL) {
        processes->failed(processes->object, processes->problems);
    }
}

/* The coroutine itself is one block, but its calls are made when it first runs, elsewhere. */
static void note_calls(struct process *process) {
    lua_Debug innermost;
    if (lua_getstack(process->coroutine, 0, &innermost) == 1) {
        process->calls = innermost.i_ci;
    }
}

static void run(void *object, uint64_t argument) {
    toc_processes *processes = object;
    uint32_t slot = (uint32_t)argument, outer = processes->current;
    struct process *process = at(processes, slot);
    TOC_ASSERT(process->state == WAITING);
    process->event = (toc_event_id){0};
    if (is_too_busy(processes)) {
        toc_place place = toc_host_place(process->coroutine);
        (void)toc_problems_error(processes->problems, place,
                                 "processes have run %d times at one instant; is there a loop "
                                 "whose waits take no time?",
                                 MOST_AT_ONE_INSTANT);
        fail(processes, slot);
        return;
    }
    lua_State *coroutine = process->coroutine;
    int arguments = lua_gettop(coroutine) - 1, results = 0;
    if (!process->is_new) {
        lua_pushboolean(coroutine, process->was_woken);
        arguments = 1;
    }
    bool was_new = process->is_new;
    process->is_new = false;
    process->state = RUNNING;
    processes->current = slot;
    toc_status status =
        toc_host_resume(processes->host, coroutine, arguments, &results, processes->problems);
    processes->current = outer;
    process = at(processes, slot); /* the list may have grown */
    if (status != TOC_OK) {
        fail(processes, slot);
    } else if (lua_status(coroutine) == LUA_OK) {
        release(processes, slot, true);
    } else if (process->state == CANCELLED) {
        (void)toc_calendar_cancel(processes->calendar, process->event);
        (void)lua_resetthread(coroutine);
        release(processes, slot, true);
    } else {
        TOC_ASSERT(process->state == WAITING);
        if (was_new) {
            note_calls(process);
        }
    }
}

/* A process that will go on soon: its record first, then what Lua touches of its coroutine. */
static void send_for(void *object, uint64_t argument, bool is_close) {
    const toc_processes *processes = object;
    const struct process *process = at(processes, (uint32_t)argument);
    if (!is_close) {
        __builtin_prefetch(process);
        return;
    }
    const char *coroutine = (const char *)process->coroutine;
    for (int line = 0; line < COROUTINE_LINES; line++) {
        __builtin_prefetch(coroutine + line * 64);
    }
    /* the innermost call and the one that made it, which was there just before */
    __builtin_prefetch(process->calls);
    __builtin_prefetch((const char *)process->calls - 64);
}

uint64_t toc_processes_start(toc_processes *processes, lua_State *lua, int arguments,
                             toc_priority priority) {
    TOC_ASSERT(lua_gettop(lua) > arguments);
    uint32_t slot = take_slot(processes);
    if (slot == NO_SLOT || !lua_checkstack(at(processes, slot)->coroutine, arguments + 1)) {
        lua_pop(lua, arguments + 1);
        if (slot != NO_SLOT) {
            release(processes, slot, true);
        }
        return 0;
    }
    struct process *process = at(processes, slot);
    lua_xmove(lua, process->coroutine, arguments + 1);
    process->state = WAITING;
    process->priority = priority;
    process->is_new = true;
    process->was_woken = false;
    process->event = toc_calendar_schedule(
        processes->calendar, toc_calendar_now(processes->calendar), priority, run, processes, slot);
    return number_of(processes, slot);
}

static bool is_current(const toc_processes *processes, const lua_State *lua) {
    return processes != NULL && processes->current != NO_SLOT &&
           at(processes, processes->current)->coroutine == lua;
}

/* Going on without leaving the coroutine saves most of what a wait costs. */
static bool passes(toc_processes *processes, const struct process *process, toc_time delay) {
    toc_time now = toc_calendar_now(processes->calendar);
    TOC_ASSERT(delay >= 0);
    if (process->state != RUNNING || delay >= TOC_NEVER - now ||
        (now + delay == processes->instant && processes->runs >= MOST_AT_ONE_INSTANT) ||
        !toc_calendar_pass(processes->calendar, now + delay, process->priority)) {
        return false;
    }
    (void)is_too_busy(processes);
    toc_host_go_on(processes->host);
    return true;
}

bool toc_processes_pass(lua_State *lua, toc_time delay) {
    toc_processes *processes = toc_host_get(lua, &processes_key);
    return is_current(processes, lua) && lua_isyieldable(lua) &&
           passes(processes, at(processes, processes->current), delay);
}

/* The processes of which one runs `lua` and can wait; else a script error. */
static toc_processes *waiting_processes(lua_State *lua) {
    toc_processes *processes = toc_host_get(lua, &processes_key);
    if (!is_current(processes, lua)) {
        toc_host_error(lua, "only a plan or another process can wait, and this is none");
    }
    if (!lua_isyieldable(lua)) {
        toc_host_error(lua, "a process cannot wait inside a function that sort, gsub or an "
                            "operator calls");
    }
    return processes;
}

static int yield(lua_State *lua, toc_processes *processes, toc_time delay, lua_KFunction then,
                 lua_KContext context) {
    struct process *process = at(processes, processes->current);
    if (process->state != CANCELLED) {
        toc_time now = toc_calendar_now(processes->calendar);
        TOC_ASSERT(delay >= 0);
        process->state = WAITING;
        process->was_woken = false;
        process->event = (toc_event_id){0};
        if (delay < TOC_NEVER - now) {
            process->event =
                toc_calendar_schedule(processes->calendar, now + delay, process->priority, run,
                                      processes, processes->current);
        }
    }
    return lua_yieldk(lua, 0, context, then);
}

int toc_processes_wait_then(lua_State *lua, toc_time delay, lua_KFunction then,
                            lua_KContext context) {
    return yield(lua, waiting_processes(lua), delay, then, context);
}

/* A continuation might wait again from within, deeper and deeper: so only here. */
int toc_processes_wait(lua_State *lua, toc_time delay) {
    toc_processes *processes = waiting_processes(lua);
    if (passes(processes, at(processes, processes->current), delay)) {
        lua_pushboolean(lua, false);
        return 1;
    }
    return yield(lua, processes, delay, NULL, 0);
}

uint64_t toc_processes_current(lua_State *lua) {
    const toc_processes *processes = toc_host_get(lua, &processes_key);
    return is_current(processes, lua) ? number_of(processes, processes->current) : 0;
}

bool toc_processes_wake(toc_processes *processes, uint64_t number) {
    uint32_t slot = slot_of(processes, number);
    if (slot == NO_SLOT) {
        return false;
    }
    struct process *process = at(processes, slot);
    if (process->state != WAITING || process->is_new || process->was_woken) {
        return false;
    }
    (void)toc_calendar_cancel(processes->calendar, process->event);
    process->was_woken = true;
    process->event =
        toc_calendar_schedule(processes->calendar, toc_calendar_now(processes->calendar),
                              process->priority, run, processes, slot);
    return true;
}

bool toc_processes_cancel(toc_processes *processes, uint64_t number) {
    uint32_t slot = slot_of(processes, number);
    if (slot == NO_SLOT || at(processes, slot)->state == CANCELLED) {
        return false;
    }
    struct process *process = at(processes, slot);
    if (process->state == RUNNING) {
        process->state = CANCELLED;
        return true;
    }
    (void)toc_calendar_cancel(processes->calendar, process->event);
    if (!process->is_new) {
        (void)lua_resetthread(process->coroutine);
    }
    release(processes, slot, true);
    return true;
}

void toc_processes_cancel_all(toc_processes *processes) {
    TOC_ASSERT(processes->current == NO_SLOT);
    for (uint32_t slot = 0; slot < processes->slots.count; slot++) {
        (void)toc_processes_cancel(processes, number_of(processes, slot));
    }
}

toc_time toc_processes_now(const toc_processes *processes) {
    return toc_calendar_now(processes->calendar);
}

toc_priority toc_processes_priority(const toc_processes *processes, uint64_t number) {
    uint32_t slot = slot_of(processes, number);
    TOC_ASSERT(slot != NO_SLOT);
    return at(processes, slot)->priority;
}

uint32_t toc_processes_count(const toc_processes *processes) {
    return processes->count;
}
