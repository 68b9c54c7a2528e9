/* Task: records in slots, found by the slot of their process. */
#include "script/task.h"

#include <lauxlib.h>

#include "kernel/assert.h"
#include "kernel/list.h"
#include "script/binder.h"
#include "script/describe.h"
#include "script/variate.h"

enum { MOST_TASKS_AT_ONCE = 200, GENERATIONS = 1 << 24 };

#define NO_TASK UINT32_MAX

struct task {
    uint64_t process; /* 0: the slot is free */
    uint32_t generation, next_free;
    uint32_t parent; /* the task that spawned it, NO_TASK where none did */
    uint32_t first_child, next_sibling, previous_sibling;
    toc_list waiters; /* numbers of processes */
};

struct toc_tasks {
    toc_processes *processes;
    toc_list tasks;
    toc_list by_process; /* task of the process in that slot, NO_TASK where it is none */
    uint32_t first_free;
};

enum wanted { ALL, ANY };

static const char tasks_key = 0;

static struct task *task_at(const toc_tasks *tasks, uint32_t number) {
    return TOC_LIST_AT(struct task, &tasks->tasks, number);
}

static toc_tasks *tasks_of(lua_State *lua) {
    toc_tasks *tasks = toc_host_get(lua, &tasks_key);
    TOC_ASSERT(tasks != NULL);
    return tasks;
}

/* NO_TASK where that process is no task. */
static uint32_t task_of(const toc_tasks *tasks, uint64_t process) {
    uint32_t slot = (uint32_t)process;
    if (process == 0 || slot >= tasks->by_process.count) {
        return NO_TASK;
    }
    uint32_t number = *TOC_LIST_AT(const uint32_t, &tasks->by_process, slot);
    return number != NO_TASK && task_at(tasks, number)->process == process ? number : NO_TASK;
}

static void attach(toc_tasks *tasks, uint32_t number, uint32_t parent) {
    struct task *task = task_at(tasks, number);
    task->parent = parent;
    if (parent == NO_TASK) {
        return;
    }
    task->next_sibling = task_at(tasks, parent)->first_child;
    if (task->next_sibling != NO_TASK) {
        task_at(tasks, task->next_sibling)->previous_sibling = number;
    }
    task_at(tasks, parent)->first_child = number;
}

/* Its parent has nothing to do with it any more. */
static void detach(toc_tasks *tasks, uint32_t number) {
    struct task *task = task_at(tasks, number);
    if (task->next_sibling != NO_TASK) {
        task_at(tasks, task->next_sibling)->previous_sibling = task->previous_sibling;
    }
    if (task->previous_sibling != NO_TASK) {
        task_at(tasks, task->previous_sibling)->next_sibling = task->next_sibling;
    } else if (task->parent != NO_TASK) {
        task_at(tasks, task->parent)->first_child = task->next_sibling;
    }
    task->parent = task->next_sibling = task->previous_sibling = NO_TASK;
}

static uint32_t add(toc_tasks *tasks, uint64_t process, uint32_t parent) {
    uint32_t number = tasks->first_free, slot = (uint32_t)process;
    if (number != NO_TASK) {
        tasks->first_free = task_at(tasks, number)->next_free;
    } else {
        number = tasks->tasks.count;
        (void)toc_list_add(&tasks->tasks, sizeof(struct task));
    }
    struct task *task = task_at(tasks, number);
    task->process = process;
    task->first_child = task->next_sibling = task->previous_sibling = NO_TASK;
    attach(tasks, number, parent);
    while (tasks->by_process.count <= slot) {
        *(uint32_t *)toc_list_add(&tasks->by_process, sizeof(uint32_t)) = NO_TASK;
    }
    *TOC_LIST_AT(uint32_t, &tasks->by_process, slot) = number;
    return number;
}

void toc_task_ended(toc_tasks *tasks, uint64_t process) {
    uint32_t number = task_of(tasks, process);
    if (number == NO_TASK) {
        return;
    }
    struct task *task = task_at(tasks, number);
    for (uint32_t i = 0; i < task->waiters.count; i++) {
        (void)toc_processes_wake(tasks->processes, *TOC_LIST_AT(const uint64_t, &task->waiters, i));
    }
    while (task->first_child != NO_TASK) {
        detach(tasks, task->first_child);
    }
    detach(tasks, number);
    toc_list_finish(&task->waiters);
    task->waiters = (toc_list){.count = 0};
    task->process = 0;
    if (++task->generation < GENERATIONS) { /* past them all the slot rests: objects stay unique */
        task->next_free = tasks->first_free;
        tasks->first_free = number;
    }
}

/* Innermost first, without recursion: scripts choose how deep it goes. */
static void cancel(toc_tasks *tasks, uint32_t root) {
    uint32_t number = root, parent = NO_TASK;
    do {
        while (task_at(tasks, number)->first_child != NO_TASK) {
            number = task_at(tasks, number)->first_child;
        }
        bool is_last = number == root;
        parent = task_at(tasks, number)->parent;
        detach(tasks, number);
        (void)toc_processes_cancel(tasks->processes, task_at(tasks, number)->process);
        number = is_last ? NO_TASK : parent;
    } while (number != NO_TASK);
}

/* The task of the object at `index`, NO_TASK where it has ended. */
static uint32_t read_task(lua_State *lua, int index) {
    const toc_tasks *tasks = tasks_of(lua);
    uint32_t number = (uint32_t)toc_binder_check(lua, index, "task");
    const struct task *task = task_at(tasks, number);
    return task->process != 0 && task->generation == toc_binder_second(lua, index) ? number
                                                                                   : NO_TASK;
}

/* Spawns the function at `function` with what is above it; pushes the task. */
static uint32_t spawn(lua_State *lua, int function, const char *what) {
    char found[128];
    toc_tasks *tasks = tasks_of(lua);
    if (lua_type(lua, function) != LUA_TFUNCTION) {
        toc_host_error(lua, "%s: expected a function, found %s", what,
                       toc_describe_value(lua, function, found, sizeof found));
    }
    uint64_t current = toc_processes_current(lua);
    toc_priority priority =
        current == 0 ? TOC_ATTACKER : toc_processes_priority(tasks->processes, current);
    toc_host_charge(lua, 200);
    uint64_t process =
        toc_processes_start(tasks->processes, lua, lua_gettop(lua) - function, priority);
    if (process == 0) {
        toc_host_caught(lua, LUA_ERRMEM);
    }
    uint32_t number = add(tasks, process, task_of(tasks, current));
    toc_binder_push(lua, "task", number, task_at(tasks, number)->generation);
    return number;
}

static int make_task(lua_State *lua) {
    (void)spawn(lua, 1, "t.spawn");
    return 1;
}

/* Has `process` woken when the task ends, or no more. */
static void set_waiting(struct task *task, uint64_t process, bool is_waiting) {
    for (uint32_t i = 0; i < task->waiters.count; i++) {
        uint64_t *waiter = TOC_LIST_AT(uint64_t, &task->waiters, i);
        if (*waiter == process) {
            if (!is_waiting) {
                *waiter = *TOC_LIST_AT(uint64_t, &task->waiters, task->waiters.count - 1);
                task->waiters.count--;
            }
            return;
        }
    }
    if (is_waiting) {
        *(uint64_t *)toc_list_add(&task->waiters, sizeof process) = process;
    }
}

/* The list of tasks at 1: whether it waits for each that still runs. */
static void set_all_waiting(lua_State *lua, bool is_waiting) {
    const toc_tasks *tasks = tasks_of(lua);
    lua_Integer count = (lua_Integer)lua_rawlen(lua, 1);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(lua, 1, i);
        uint32_t number = read_task(lua, -1);
        if (number != NO_TASK) {
            set_waiting(task_at(tasks, number), toc_processes_current(lua), is_waiting);
        }
        lua_pop(lua, 1);
    }
}

/* Pushes what the wait gives once it is over, true or the task that ended; nothing where it is
   not. The list of tasks is at 1. */
static bool push_result(lua_State *lua, enum wanted wanted) {
    lua_Integer count = (lua_Integer)lua_rawlen(lua, 1), ended = 0;
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(lua, 1, i);
        bool has_ended = read_task(lua, -1) == NO_TASK;
        if (has_ended && wanted == ANY) {
            return true;
        }
        ended += has_ended;
        lua_pop(lua, 1);
    }
    if (ended == count && wanted == ALL) {
        lua_pushboolean(lua, true);
        return true;
    }
    return false;
}

static int wait_until(lua_State *lua, enum wanted wanted, toc_time deadline);

static void push_timeout(lua_State *lua, enum wanted wanted) {
    if (wanted == ANY) {
        lua_pushnil(lua);
    } else {
        lua_pushboolean(lua, false);
    }
}

static int go_on(lua_State *lua, enum wanted wanted, toc_time deadline) {
    lua_settop(lua, 1);
    set_all_waiting(lua, false);
    if (push_result(lua, wanted)) {
        return 1;
    }
    if (toc_processes_now(tasks_of(lua)->processes) >= deadline) {
        push_timeout(lua, wanted);
        return 1;
    }
    return wait_until(lua, wanted, deadline); /* it was woken for another reason */
}

static int go_on_all(lua_State *lua, int status, lua_KContext deadline) {
    (void)status;
    return go_on(lua, ALL, (toc_time)deadline);
}

static int go_on_any(lua_State *lua, int status, lua_KContext deadline) {
    (void)status;
    return go_on(lua, ANY, (toc_time)deadline);
}

static int wait_until(lua_State *lua, enum wanted wanted, toc_time deadline) {
    toc_time now = toc_processes_now(tasks_of(lua)->processes);
    toc_time limit = deadline == TOC_NEVER ? TOC_NEVER : deadline - now;
    set_all_waiting(lua, true);
    return toc_processes_wait_then(lua, limit, wanted == ALL ? go_on_all : go_on_any,
                                   (lua_KContext)deadline);
}

/* The limit at `argument`, as a time of the drill. */
static toc_time deadline_at(lua_State *lua, int argument, const char *what) {
    toc_time now = toc_processes_now(tasks_of(lua)->processes);
    toc_time limit =
        lua_isnoneornil(lua, argument) ? TOC_NEVER : toc_variate_time(lua, argument, what, 0);
    return limit < TOC_NEVER - now ? now + limit : TOC_NEVER;
}

static void check_may_wait(lua_State *lua, const char *what) {
    if (toc_processes_current(lua) == 0 || !lua_isyieldable(lua)) {
        toc_host_error(lua, "%s: only a plan or another process can wait", what);
    }
}

/* Waits for the list at 1, its limit at 2. */
static int wait_for_list(lua_State *lua, enum wanted wanted, const char *what) {
    char found[128];
    check_may_wait(lua, what);
    if (lua_type(lua, 1) != LUA_TTABLE) {
        toc_host_error(lua, "%s: expected a list of tasks, found %s", what,
                       toc_describe_value(lua, 1, found, sizeof found));
    }
    lua_Integer count = (lua_Integer)lua_rawlen(lua, 1);
    if (count == 0 || count > MOST_TASKS_AT_ONCE) {
        toc_host_error(lua, "%s: expected 1 to %d tasks, found %lld", what, MOST_TASKS_AT_ONCE,
                       (long long)count);
    }
    toc_host_charge(lua, (uint64_t)count * 20);
    toc_time deadline = deadline_at(lua, 2, what);
    uint32_t self = task_of(tasks_of(lua), toc_processes_current(lua));
    lua_createtable(lua, (int)count, 0); /* of our own: nobody changes it while we wait */
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(lua, 1, i);
        uint32_t number = read_task(lua, -1);
        if (number != NO_TASK && number == self) {
            toc_host_error(lua, "%s: a task cannot wait for itself", what);
        }
        lua_rawseti(lua, -2, i);
    }
    lua_replace(lua, 1);
    lua_settop(lua, 1);
    return push_result(lua, wanted) ? 1 : wait_until(lua, wanted, deadline);
}

static int wait_for_all(lua_State *lua) {
    return wait_for_list(lua, ALL, "t.wait_all");
}

static int wait_for_any(lua_State *lua) {
    return wait_for_list(lua, ANY, "t.wait_any");
}

static int task_wait(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "task");
    lua_settop(lua, 2);
    lua_createtable(lua, 1, 0);
    lua_pushvalue(lua, 1);
    lua_rawseti(lua, -2, 1);
    lua_replace(lua, 1);
    return wait_for_list(lua, ALL, "task:wait");
}

static int task_cancel(lua_State *lua) {
    uint32_t number = read_task(lua, 1);
    toc_host_charge(lua, 10);
    if (number != NO_TASK) {
        cancel(tasks_of(lua), number);
    }
    lua_pushboolean(lua, number != NO_TASK);
    return 1;
}

static int task_is_running(lua_State *lua) {
    lua_pushboolean(lua, read_task(lua, 1) != NO_TASK);
    return 1;
}

/* The task is in the list at 1. */
static int finish_within(lua_State *lua, int status, lua_KContext deadline) {
    (void)status;
    lua_settop(lua, 1);
    lua_rawgeti(lua, 1, 1);
    uint32_t number = read_task(lua, -1);
    lua_pop(lua, 1);
    set_all_waiting(lua, false);
    toc_time now = toc_processes_now(tasks_of(lua)->processes);
    if (number != NO_TASK && now < (toc_time)deadline) {
        set_all_waiting(lua, true);
        return toc_processes_wait_then(lua, (toc_time)deadline - now, finish_within, deadline);
    }
    if (number != NO_TASK) {
        cancel(tasks_of(lua), number);
    }
    lua_pushboolean(lua, number == NO_TASK);
    return 1;
}

static int run_within(lua_State *lua) {
    check_may_wait(lua, "t.within");
    toc_time deadline = deadline_at(lua, 1, "t.within");
    luaL_checkstack(lua, 4, "t.within");
    (void)spawn(lua, 2, "t.within");
    lua_createtable(lua, 1, 0);
    lua_insert(lua, -2);
    lua_rawseti(lua, -2, 1);
    lua_replace(lua, 1);
    lua_settop(lua, 1);
    set_all_waiting(lua, true);
    toc_time now = toc_processes_now(tasks_of(lua)->processes);
    return toc_processes_wait_then(lua, deadline == TOC_NEVER ? TOC_NEVER : deadline - now,
                                   finish_within, (lua_KContext)deadline);
}

static int wait_for_time(lua_State *lua) {
    return toc_processes_wait(lua, toc_variate_time(lua, 1, "t.wait", 0));
}

static const toc_binding task_rows[] = {
    {"is_running", task_is_running, true, "task.is_running: boolean", "Whether it has not ended."},
    {"wait", task_wait, false, "task:wait(at_most?: time|variate) -> boolean",
     "Waits until it has ended; false where the time ran out before."},
    {"cancel", task_cancel, false, "task:cancel() -> boolean",
     "Ends it where it waits, and whatever it spawned; false where it has ended already."},
};

static const toc_bound_class task_class = {"task", "A function that runs beside the others.",
                                           task_rows, sizeof task_rows / sizeof *task_rows};

static const toc_binding function_rows[] = {
    {"wait", wait_for_time, false, "t.wait(time: time|variate) -> boolean",
     "Waits; true where somebody woke it before the time had come."},
    {"spawn", make_task, false, "t.spawn(run: function, ...) -> task",
     "Runs the function beside this one, from this instant on, with the values that follow it."},
    {"wait_all", wait_for_all, false,
     "t.wait_all(tasks: task[], at_most?: time|variate) -> boolean",
     "Waits until all have ended; false where the time ran out before."},
    {"wait_any", wait_for_any, false, "t.wait_any(tasks: task[], at_most?: time|variate) -> task?",
     "Waits until one has ended and gives it; nil where the time ran out before."},
    {"within", run_within, false, "t.within(at_most: time|variate, run: function, ...) -> boolean",
     "Runs the function and waits for it; false, and it is cancelled, where the time runs out."},
};

static const toc_bound_class functions = {"t", "Functions that run side by side.", function_rows,
                                          sizeof function_rows / sizeof *function_rows};

toc_tasks *toc_task_create(toc_host *host, toc_processes *processes) {
    toc_tasks *tasks = toc_arena_alloc(toc_host_arena(host), sizeof *tasks);
    *tasks = (toc_tasks){.processes = processes, .first_free = NO_TASK};
    toc_host_set(host, &tasks_key, tasks);
    toc_binder_class(host, &task_class);
    toc_binder_module(host, "tocsin.core", &functions);
    return tasks;
}

void toc_task_destroy(toc_tasks *tasks) {
    for (uint32_t i = 0; i < tasks->tasks.count; i++) {
        toc_list_finish(&task_at(tasks, i)->waiters);
    }
    toc_list_finish(&tasks->tasks);
    toc_list_finish(&tasks->by_process);
}
