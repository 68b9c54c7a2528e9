/* Model nouns for scripts: assets, services, zones, operators of a world, read only; what a script
   reads inside a condition is what the condition depends on. */
#ifndef SCRIPT_BIND_WORLD_H
#define SCRIPT_BIND_WORLD_H

#include "model/world.h"
#include "script/binder.h"

/* Installs the classes "asset", "service", "operator", "zone", "world" over `world` (truth), which
   must outlive the host. `conditions` may be NULL. */
void toc_bind_world_install(toc_host *host, toc_world *world, toc_conditions *conditions);
/* The classes alone, for the reference. */
void toc_bind_world_classes(toc_host *host);
/* Pushes the world object. */
void toc_bind_world_push(lua_State *lua);
/* Pushes an array of assets that match the filter table at `argument` ({kind=, operator=, zone=,
   id=} each a text or a list of texts; nil means all), in index order. */
int toc_bind_world_assets(lua_State *lua, int argument);
/* An asset object, or an id text (unknown ids give an error with the nearest): element index. */
uint32_t toc_bind_world_element(lua_State *lua, int argument, const char *what);

#endif
