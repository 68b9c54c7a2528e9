/* Libraries: what a script finds in its environment. Each of these puts its names into the table
   on top of the stack. Every function charges the budget for the work it does. */
#ifndef SCRIPT_LIBRARY_H
#define SCRIPT_LIBRARY_H

#include "script/host.h"

void toc_base_library_open(lua_State *lua);
/* Whoever asks that table for a name it does not have is told, with the nearest. */
void toc_base_library_seal(lua_State *lua);
void toc_text_library_open(lua_State *lua);
void toc_table_library_open(lua_State *lua);
void toc_math_library_open(lua_State *lua);

#endif
