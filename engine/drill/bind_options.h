/* Options of a policy, as its module asks for them. */
#ifndef DRILL_BIND_OPTIONS_H
#define DRILL_BIND_OPTIONS_H

#include <lua.h>

/* p.options { pace = 1.0, hands = 0 } -> the same table, with what was said when the policy was
   asked for in place of what is usual. */
int toc_bind_options(lua_State *lua);

#endif
