/* Host: one sandboxed Lua state. Its environment is built from nothing; every instruction and
   every unit of work inside a C function is charged to one budget, every byte to another; past
   either, the state is finished and says so, whatever the script tries to catch. The host knows no
   noun of a drill: the rooms that have nouns install them with the binder. */
#ifndef SCRIPT_HOST_H
#define SCRIPT_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lua.h>

#include "kernel/calendar.h"
#include "kernel/chance.h"
#include "tocsin/problems.h"

typedef struct toc_host toc_host;

typedef struct toc_host_options {
    uint64_t instructions; /* per callback; 0: 50 million */
    size_t bytes;          /* of the whole state; 0: 64 MB */
    toc_chance chance;     /* what random() draws from, keyed by `name` */
    const char *name;      /* whose script it is: "scenario", "gridco.dispatcher" */
    /* Source of a module of the package ("scenario.lua", "policies/reference.lua"); NULL where
       there is none. `require` finds these and the embedded library, nothing else. */
    const char *(*find)(void *object, const char *path, size_t *size);
    void *object;          /* handed to find */
    const char *(*shown_path)(void *object, const char *path); /* as the user knows it, for errors */
    /* print() of the script, one line without newline; NULL drops it. */
    void (*print)(void *object, const char *line);
} toc_host_options;

/* Asserts on our own misuse only; a Lua that shows the known __concat defect in reach of scripts
   makes this return NULL with the problem told. */
toc_host *toc_host_create(const toc_host_options *options, toc_problems *problems);
void toc_host_destroy(toc_host *host);

lua_State *toc_host_lua(toc_host *host);
toc_host *toc_host_of(lua_State *lua);
/* Free slots for the rooms that bind nouns: an object a binding finds again from lua_State. Key is
   the address of a constant of the caller. */
void toc_host_set(toc_host *host, const void *key, void *object);
void *toc_host_get(lua_State *lua, const void *key);

/* Compiles and runs a module of the package; leaves its one result on the Lua stack. */
toc_status toc_host_load(toc_host *host, const char *path, toc_problems *problems);
/* Protected call with a fresh instruction budget: function and arguments on the stack, as for
   lua_pcall. On failure the problem is told with file and line, and nothing is left on the stack. */
toc_status toc_host_call(toc_host *host, int arguments, int results, toc_problems *problems);
/* Charges `work` (about one per VM instruction's worth) from inside a C function; raises the
   budget's error when it is used up. */
void toc_host_charge(lua_State *lua, uint64_t work);
/* Once a budget is used up or memory ran out, nothing runs in this host any more. */
bool toc_host_is_finished(const toc_host *host);
/* Where in the script the running C function was called. */
toc_place toc_host_place(lua_State *lua);
/* Raises a script error "file:line: text" at the caller's place. */
_Noreturn void toc_host_error(lua_State *lua, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
size_t toc_host_bytes(const toc_host *host);
uint64_t toc_host_instructions(const toc_host *host); /* used since creation */

#endif
