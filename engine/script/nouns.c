/* Nouns: found again from the Lua state. */
#include "script/nouns.h"

#include "kernel/assert.h"

static const char nouns_key = 0;

void toc_nouns_install(toc_host *host, toc_world *world, toc_conditions *conditions) {
    toc_nouns *nouns = toc_arena_alloc(toc_host_arena(host), sizeof *nouns);
    *nouns = (toc_nouns){
        .world = world, .topology = toc_world_topology(world), .conditions = conditions};
    toc_host_set(host, &nouns_key, nouns);
}

const toc_nouns *toc_nouns_of(lua_State *lua) {
    const toc_nouns *nouns = toc_host_get(lua, &nouns_key);
    TOC_ASSERT(nouns != NULL);
    toc_host_charge(lua, 4);
    return nouns;
}

void toc_nouns_read(const toc_nouns *nouns, toc_change_kind kind, uint32_t subject) {
    if (nouns->conditions != NULL) {
        toc_conditions_read(nouns->conditions, toc_world_cell(kind, subject));
    }
}

int toc_nouns_text(lua_State *lua, const char *text) {
    lua_pushstring(lua, text);
    return 1;
}

void toc_nouns_unknown(lua_State *lua, const char *what, const char *id, const char *nearest) {
    if (nearest != NULL) {
        toc_host_error(lua, "there is no %s '%.60s'; did you mean '%.60s'?", what, id, nearest);
    }
    toc_host_error(lua, "there is no %s '%.60s'", what, id);
}
