/* Variate: chance in scripts. Every draw is keyed by whose it is, what it is for and how many of
   them came before, so that one more draw somewhere changes no other. */
#ifndef SCRIPT_VARIATE_H
#define SCRIPT_VARIATE_H

#include "script/host.h"

/* Puts the distributions into the module "tocsin.core": t.exponential("between-breakers", mean)
   gives a value that is drawn when somebody waits for it. */
void toc_variate_install(toc_host *host);
/* Key of the next draw of this purpose by `entity` (a name's key; 0: the host's own). */
toc_draw toc_variate_next(lua_State *lua, uint32_t entity, const char *purpose);
/* A time, or a distribution, which is drawn for `entity`. */
toc_time toc_variate_time(lua_State *lua, int argument, const char *what, uint32_t entity);

#endif
