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

#include "kernel/arena.h"
#include "kernel/calendar.h"
#include "kernel/chance.h"
#include "tocsin/problems.h"

typedef struct toc_host toc_host;

enum { TOC_HOST_TEXT = 1 << 20 }; /* bytes that a single text of a script may have */

typedef struct toc_host_options {
    uint64_t instructions; /* per callback; 0: 20 million */
    uint64_t total;        /* of all callbacks together; 0: 20 thousand million */
    size_t bytes;          /* of the whole state; 0: 64 MB */
    toc_chance chance;     /* what random() draws from, keyed by `name` */
    const char *name;      /* whose script it is: "scenario", "gridco.dispatcher" */
    /* Source of a module of the package ("scenario.lua", "policies/reference.lua"); NULL where
       there is none. `require` finds these and the embedded library, nothing else. */
    const char *(*find)(void *object, const char *path, size_t *size);
    void *object; /* handed to find */
    const char *(*shown_path)(void *object,
                              const char *path); /* as the user knows it, for errors */
    /* print() of the script, one line without newline; NULL drops it. */
    void (*print)(void *object, const char *line);
    /* Asked every thousand instructions; true finishes the host, and the run is void. For the one
       who runs strangers' scripts and watches a clock; NULL: nobody does. */
    bool (*stop)(void *object);
    /* What other hosts of the same sources have compiled, and this one may add to; outlives the
       host. NULL: every source is compiled anew. */
    struct toc_compiled *compiled;
} toc_host_options;

/* NULL, with the problem told, where `bytes` is too little to begin with, or where this Lua shows a
   known defect in reach of scripts. `options` is copied, its name too. */
toc_host *toc_host_create(const toc_host_options *options, toc_problems *problems);
void toc_host_destroy(toc_host *host);

const toc_host_options *toc_host_options_of(const toc_host *host); /* defaults filled in */
lua_State *toc_host_lua(toc_host *host);
toc_host *toc_host_of(lua_State *lua);
/* Lives as long as the host. */
toc_arena *toc_host_arena(toc_host *host);
/* Free slots for the rooms that bind nouns: an object a binding finds again from lua_State. Key is
   the address of a constant of the caller. */
void toc_host_set(toc_host *host, const void *key, void *object);
void *toc_host_get(lua_State *lua, const void *key);

/* Pushes the table that `require "name"` gives to scripts, made at first use: rooms put their
   functions into it. */
void toc_host_module(toc_host *host, const char *name);

/* Compiles and runs a module of the package; leaves its one result on the Lua stack. */
toc_status toc_host_load(toc_host *host, const char *path, toc_problems *problems);
/* Protected call with a fresh instruction budget: function and arguments on the stack, as for
   lua_pcall. On failure the problem is told with file and line, and nothing is left on the stack.
 */
toc_status toc_host_call(toc_host *host, int arguments, int results, toc_problems *problems);
/* The same for a coroutine, as for lua_resume; *results is how many values it gave or yielded.
   A coroutine that failed must not be used again. */
toc_status toc_host_resume(toc_host *host, lua_State *coroutine, int arguments, int *results,
                           toc_problems *problems);
/* A callback ends and the next begins in the same coroutine, with a fresh instruction budget. */
void toc_host_go_on(toc_host *host);
/* Calls `body` protected from errors, for those who prepare things for scripts outside any
   callback; it finds `object` as a light userdata at 1 and returns `results` values, which come
   onto the stack. Where memory ran out: false, the host is finished, and they are nil. */
bool toc_host_protect(toc_host *host, lua_CFunction body, void *object, int results);
/* For those who catch script errors: raises again what nobody may catch. */
void toc_host_caught(lua_State *lua, int status);
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
