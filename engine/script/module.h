/* Module: what `require` finds: modules of the package, the embedded library, tables of C
   functions; and nothing else. */
#ifndef SCRIPT_MODULE_H
#define SCRIPT_MODULE_H

#include <lua.h>

/* Puts `require` into the table on top of the stack. */
void toc_module_open(lua_State *lua);
/* Lua functions of C, called with a light userdata that is a C text: the module of the package at
   that path, run; the table of C functions of that name. Each gives one result. */
int toc_module_load(lua_State *lua);
int toc_module_table(lua_State *lua);

#endif
