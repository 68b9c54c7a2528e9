/* Spec: what an author wrote in a table of options, read field by field. While the scenario
   declares, a mistake is told at its line and reading goes on with a usable value, so that one look
   finds them all; in a running drill it is an error of the script. */
#ifndef DRILL_SPEC_H
#define DRILL_SPEC_H

#include "drill/state.h"

#define TOC_SPEC_NOTHING (-1) /* no function given */

typedef struct toc_spec {
    lua_State *lua;
    toc_drill *drill;
    int table;        /* stack index */
    const char *what; /* "inject" */
    toc_place place;  /* of the call */
    int depth;        /* 1: the call's own table, 2: one in it */
    bool faulty;
} toc_spec;

/* Lets the scripts of this host find the drill. */
void toc_spec_install(toc_host *host, toc_drill *drill);
/* The drill that the running script belongs to. */
toc_drill *toc_spec_drill(lua_State *lua);
/* Refuses what is no table and tells each key that is none of `keys`. Positional entries are the
   caller's business. */
toc_spec toc_spec_open(lua_State *lua, int table, const char *what, const char *const *keys,
                       size_t count);
/* The table that stands in `outer` under `key`; it stays on the Lua stack. */
toc_spec toc_spec_open_inner(toc_spec *outer, const char *key, const char *const *keys,
                             size_t count);
/* The same of the table on top of the stack, which `outer` holds. */
toc_spec toc_spec_open_top(toc_spec *outer, const char *what, const char *const *keys,
                           size_t count);
/* `key` NULL: of the whole. */
void toc_spec_complain(toc_spec *spec, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "...; did you mean 'x'?", or nothing where nothing is near; into `buffer`, which is returned. */
const char *toc_spec_hint(const char *nearest, char *buffer, size_t size);
bool toc_spec_has(toc_spec *spec, const char *key);
/* Copied for the life of the drill. */
const char *toc_spec_text(toc_spec *spec, const char *key, const char *absent);
/* The text on top of the stack, where it stays; NULL, which is told, where a zero byte is in it. */
const char *toc_spec_top(toc_spec *spec);
const char *toc_spec_position(toc_spec *spec, int position, const char *absent);
/* One of `names`; `absent` where it is not given or wrong. */
const char *toc_spec_word(toc_spec *spec, const char *key, const char *const *names, size_t count,
                          const char *absent);
/* A text or a list of texts; how many. */
uint32_t toc_spec_texts(toc_spec *spec, const char *key, const char ***out_texts);
toc_time toc_spec_time(toc_spec *spec, const char *key, toc_time absent);
double toc_spec_number(toc_spec *spec, const char *key, double low, double high, double absent);
bool toc_spec_flag(toc_spec *spec, const char *key, bool absent);
/* An asset or an id: element index, TOC_INDEX_NONE where it is not given or wrong. */
uint32_t toc_spec_element(toc_spec *spec, const char *key);
/* An asset or link, a list of them, or a filter { kind =, operator =, zone =, id = }: how many,
   their elements for the life of the drill. */
uint32_t toc_spec_elements(toc_spec *spec, const char *key, const uint32_t **out_elements);
/* A reference in the host's registry, or TOC_SPEC_NOTHING. */
int toc_spec_function(toc_spec *spec, const char *key);
/* The function at `argument`; an error where it is none. */
int toc_spec_function_at(lua_State *lua, int argument, const char *what);

/* Charges what the scenario makes the drill keep; an error past the limit. */
void toc_spec_charge(lua_State *lua, size_t bytes);
/* Refuses what may not happen inside a condition, and what may only be declared or only be done. */
void toc_spec_changes(lua_State *lua, const char *what);
void toc_spec_declares(lua_State *lua, const char *what);

/* A call that waits for its table: drill:team "x" { ... }. Leaves a function on the stack that
   calls `body` with the arguments given so far (`count` of them, on top of the stack) and the
   table. */
void toc_spec_chain(lua_State *lua, lua_CFunction body, int count, const char *what);
/* Tells every chain since the last check whose table never came. */
void toc_spec_check_chains(toc_drill *drill);
void toc_spec_finish(toc_drill *drill);

#endif
