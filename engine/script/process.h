/* Process: a coroutine that lives on the calendar. It runs until it waits, and goes on when the
   time has come or when somebody wakes it. */
#ifndef SCRIPT_PROCESS_H
#define SCRIPT_PROCESS_H

#include "script/host.h"

typedef struct toc_processes toc_processes;

/* Called when a process ends with an error; the drill stops and tells it. */
typedef void toc_process_failed(void *object, toc_problems *problems);

toc_processes *toc_processes_create(toc_host *host, toc_calendar *calendar, toc_problems *problems,
                                    toc_process_failed *failed, void *object);
void toc_processes_destroy(toc_processes *processes);
/* Starts the function on top of `lua`'s stack, with `arguments` below... as for lua_resume:
   function, then arguments; they are taken off. It first runs at now, at `priority`, as an event
   of its own. The number names it; 0 is none. */
uint64_t toc_processes_start(toc_processes *processes, lua_State *lua, int arguments,
                             toc_priority priority);
/* To be returned from a C function called by a process: `return toc_processes_wait(lua, delay)`.
   Called outside a process it raises a script error that says so. TOC_NEVER waits until woken. The
   script gets true where it was woken, false where the time had come. */
int toc_processes_wait(lua_State *lua, toc_time delay);
/* The same for a C function that has more to do: `then` goes on with `context`, the function's own
   arguments and, on top, whether it was woken. */
int toc_processes_wait_then(lua_State *lua, toc_time delay, lua_KFunction then,
                            lua_KContext context);
toc_time toc_processes_now(const toc_processes *processes);
/* Of a process that has not ended. */
toc_priority toc_processes_priority(const toc_processes *processes, uint64_t process);
/* For a C function called by a process: would a wait of this length end before anything else
   happens? Then that time has gone by and it may go on at once; else false, and it must wait. */
bool toc_processes_pass(lua_State *lua, toc_time delay);
/* The number of the process that runs `lua`, 0 outside one. */
uint64_t toc_processes_current(lua_State *lua);
/* Goes on now, as an event of its own, what waits; false where it does not wait. */
bool toc_processes_wake(toc_processes *processes, uint64_t process);
/* Ends it where it waits; one that runs ends at its next wait. False where there is none. */
bool toc_processes_cancel(toc_processes *processes, uint64_t process);
/* Cancels all of them; none may be running. */
void toc_processes_cancel_all(toc_processes *processes);
uint32_t toc_processes_count(const toc_processes *processes);

#endif
