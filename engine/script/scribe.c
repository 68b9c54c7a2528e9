/* Scribe: growing by doubling. */
#include "script/scribe.h"

#include <string.h>

#include "script/host.h"

void toc_scribe_start(toc_scribe *scribe, lua_State *lua) {
    scribe->lua = lua;
    scribe->bytes = scribe->first;
    scribe->length = 0;
    scribe->capacity = sizeof scribe->first;
    lua_pushnil(lua);
    scribe->slot = lua_gettop(lua);
}

static void grow(toc_scribe *scribe, size_t needed) {
    size_t capacity = scribe->capacity;
    while (capacity < needed) {
        capacity *= 2;
    }
    char *bytes = lua_newuserdatauv(scribe->lua, capacity, 0);
    memcpy(bytes, scribe->bytes, scribe->length);
    lua_replace(scribe->lua, scribe->slot);
    scribe->bytes = bytes;
    scribe->capacity = capacity;
}

void toc_scribe_add(toc_scribe *scribe, const char *bytes, size_t length) {
    toc_host_charge(scribe->lua, 1 + length / 8);
    if (length > TOC_HOST_TEXT || scribe->length + length > TOC_HOST_TEXT) {
        toc_host_error(scribe->lua, "a single text may have at most %d bytes", TOC_HOST_TEXT);
    }
    if (scribe->length + length > scribe->capacity) {
        grow(scribe, scribe->length + length);
    }
    memcpy(scribe->bytes + scribe->length, bytes, length);
    scribe->length += length;
}

void toc_scribe_add_top(toc_scribe *scribe) {
    size_t length = 0;
    const char *text = lua_tolstring(scribe->lua, -1, &length);
    toc_scribe_add(scribe, text, length);
    lua_pop(scribe->lua, 1);
}

void toc_scribe_push(toc_scribe *scribe) {
    lua_pushlstring(scribe->lua, scribe->bytes, scribe->length);
}
