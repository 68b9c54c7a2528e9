/* Bindings of the network: what passes, and how far an attacker reaches. */
#ifndef SCRIPT_BIND_NETWORK_H
#define SCRIPT_BIND_NETWORK_H

#include "script/binder.h"

/* Methods of the world. */
int toc_bind_network_conduit(lua_State *lua);
int toc_bind_network_conduits(lua_State *lua);
int toc_bind_network_traffic(lua_State *lua);
int toc_bind_network_phase(lua_State *lua);
int toc_bind_network_permits(lua_State *lua);
int toc_bind_network_reach(lua_State *lua);
int toc_bind_network_reaches(lua_State *lua);
/* A field of zones. */
int toc_bind_network_is_isolated(lua_State *lua);

/* The conduit, zone or phase that the argument names, or is; a script error where there is none. */
uint32_t toc_bind_network_conduit_at(lua_State *lua, int argument, const char *what);
uint32_t toc_bind_network_zone_at(lua_State *lua, int argument, const char *what);
uint32_t toc_bind_network_phase_at(lua_State *lua, int argument, const char *what);

const toc_bound_class *toc_bind_network_conduit_class(void);
const toc_bound_class *toc_bind_network_traffic_class(void);

#endif
