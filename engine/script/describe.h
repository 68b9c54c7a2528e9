/* Describe: values as texts, the same in every run: no addresses. */
#ifndef SCRIPT_DESCRIBE_H
#define SCRIPT_DESCRIBE_H

#include <lua.h>
#include <stddef.h>

/* Pushes what tostring gives; it may run a script's __tostring. */
void toc_describe_push(lua_State *lua, int index);
/* Pushes a number's text. */
void toc_describe_number(lua_State *lua, int index);
/* "the text 'abc'", "nothing", "a table": for errors; runs no script. Returns `buffer`. */
const char *toc_describe_value(lua_State *lua, int index, char *buffer, size_t size);
/* What `type` gives: Lua's name, or the class of a bound object. */
const char *toc_describe_type(lua_State *lua, int index);

#endif
