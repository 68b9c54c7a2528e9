/* Binder: tables of C functions become Lua objects. One row gives the name, the function, the
   signature and a sentence; the editor's stubs and the reference page are made from the same rows.
 */
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
/* Adds functions to what `require "name"` gives, "tocsin.core" say. */
void toc_binder_module(toc_host *host, const char *name, const toc_bound_class *bound);
/* Pushes an object of the class that carries two numbers (an index and a generation, say), below
   2^32 and 2^24. It costs no memory; equal numbers give the same object, fit to be a table's key. A
   field named "id" that gives a text is how the object is shown: "asset ss-12". */
void toc_binder_push(lua_State *lua, const char *class_name, uint64_t first, uint64_t second);
/* The first number of the object at `argument`; a script error that names what was expected and
   what was found where it is none of that class. */
uint64_t toc_binder_check(lua_State *lua, int argument, const char *class_name);
/* The second number of an object that was checked. */
uint64_t toc_binder_second(lua_State *lua, int argument);
bool toc_binder_is(lua_State *lua, int argument, const char *class_name);
/* The class of what is at `index`, NULL where it is no object. */
const char *toc_binder_class_of(lua_State *lua, int index);
/* "asset ss-12"; returns `buffer`. */
const char *toc_binder_describe_object(lua_State *lua, int index, char *buffer, size_t size);
/* Order of two objects: by class name, then numbers. */
int toc_binder_compare(lua_State *lua, const void *a, const void *b);
/* The text key of the table at `table` most like `name`, or NULL. */
const char *toc_binder_nearest_key(lua_State *lua, int table, const char *name);

/* Arguments with errors at the author's line: */
const char *toc_binder_text(lua_State *lua, int argument, const char *what);
int64_t toc_binder_integer(lua_State *lua, int argument, const char *what, int64_t low,
                           int64_t high);
double toc_binder_number(lua_State *lua, int argument, const char *what);
/* Times are plain integers of µs in scripts, made by t.minutes(2) and friends. */
toc_time toc_binder_time(lua_State *lua, int argument, const char *what);
/* For tables of options (positional entries are the caller's business): each key must be one of
 * `names` (count), else the nearest is offered. */
void toc_binder_check_keys(lua_State *lua, int table, const char *what, const char *const *names,
                           size_t count);

/* Every class and table that was bound, in order, for editor stubs and the reference page. */
size_t toc_binder_bound_count(const toc_host *host);
const toc_bound_class *toc_binder_bound_at(const toc_host *host, size_t index, bool *is_class);

#endif
