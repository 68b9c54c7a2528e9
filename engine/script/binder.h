/* Binder: tables of C functions become Lua objects. One row gives the name, the function, the
   signature and a sentence; the editor's stubs and the reference page are made from the same rows. */
#ifndef SCRIPT_BINDER_H
#define SCRIPT_BINDER_H

#include "script/host.h"

typedef struct toc_binding {
    const char *name;      /* "level" */
    lua_CFunction call;    /* a method gets self as its first argument; a field likewise */
    bool is_field;         /* read as service.level, not called */
    const char *signature; /* "service.level: number" or "drill:inject(spec) -> inject" */
    const char *sentence;  /* "Share of demand met, 0 to 1." */
} toc_binding;

typedef struct toc_bound_class {
    const char *name; /* "service" */
    const char *sentence;
    const toc_binding *rows;
    size_t count;
} toc_bound_class;

/* Makes the class known to the host; once per host. */
void toc_binder_class(toc_host *host, const toc_bound_class *bound);
/* Functions of a module table: require "tocsin.core" style names are the caller's business. Leaves
   the table on the stack. */
void toc_binder_table(toc_host *host, const toc_bound_class *bound);
/* Pushes an object of the class that carries two numbers (an index and a generation, say). Equal
   numbers give equal objects. */
void toc_binder_push(lua_State *lua, const char *class_name, uint64_t first, uint64_t second);
/* The numbers of the object at `argument`; a script error that names what was expected and what
   was found where it is none of that class. */
uint64_t toc_binder_check(lua_State *lua, int argument, const char *class_name);
bool toc_binder_is(lua_State *lua, int argument, const char *class_name);
/* Arguments with errors at the author's line: */
const char *toc_binder_text(lua_State *lua, int argument, const char *what);
int64_t toc_binder_integer(lua_State *lua, int argument, const char *what, int64_t low, int64_t high);
double toc_binder_number(lua_State *lua, int argument, const char *what);
/* Times are plain integers of µs in scripts, made by t.minutes(2) and friends. */
toc_time toc_binder_time(lua_State *lua, int argument, const char *what);
/* For tables of options: each key must be one of `names` (count), else the nearest is offered. */
void toc_binder_check_keys(lua_State *lua, int table, const char *what, const char *const *names,
                           size_t count);

#endif
