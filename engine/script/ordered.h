/* Ordered: tables walked in the order of their keys, because Lua's own order differs from run to
   run. Numbers by value, then texts by bytes, then booleans, then bound objects by class and
   number; other keys have no order and are an error. */
#ifndef SCRIPT_ORDERED_H
#define SCRIPT_ORDERED_H

#include <lua.h>

/* For the table at 1: iterator, table, nil, as `pairs` gives them. Keys that are added meanwhile
   are not met, keys that are removed are passed over. */
int toc_ordered_pairs(lua_State *lua);
/* For the table at 1 and the key at 2 (nil: none yet): next key and value, or nil. */
int toc_ordered_next(lua_State *lua);

#endif
