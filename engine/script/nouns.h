/* Nouns: what the bindings of the model share. */
#ifndef SCRIPT_NOUNS_H
#define SCRIPT_NOUNS_H

#include "model/world.h"
#include "script/binder.h"

typedef struct toc_nouns {
    toc_world *world;
    const toc_topology *topology;
    toc_conditions *conditions;
} toc_nouns;

/* A service object's second number: of one operator, or of all that have a service of that id. */
enum { TOC_NOUNS_ONE, TOC_NOUNS_ALL };

/* Once per host; `conditions` may be NULL. */
void toc_nouns_install(toc_host *host, toc_world *world, toc_conditions *conditions);
const toc_nouns *toc_nouns_of(lua_State *lua);
/* Says to the condition that is being asked, if one is, what its answer depends on. */
void toc_nouns_read(const toc_nouns *nouns, toc_change_kind kind, uint32_t subject);
/* Pushes the text; gives 1, as a binding that returns it does. */
int toc_nouns_text(lua_State *lua, const char *text);
/* Raises "there is no zone 'x'; did you mean 'y'?"; `nearest` may be NULL. */
_Noreturn void toc_nouns_unknown(lua_State *lua, const char *what, const char *id,
                                 const char *nearest);

/* The classes, each told in its own file. */
const toc_bound_class *toc_bind_asset_class(void);
const toc_bound_class *toc_bind_service_class(void);

#endif
