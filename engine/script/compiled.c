/* Compiled: functions as Lua dumps them, by path. */
#include "script/compiled.h"

#include <lauxlib.h>
#include <string.h>

#include "kernel/arena.h"
#include "kernel/list.h"

struct entry {
    const char *path;
    const char *bytes;
    size_t size;
};

struct toc_compiled {
    toc_arena *arena;
    toc_list entries;
};

/* What a dump has given so far. */
struct dump {
    char *bytes;
    size_t size, room;
};

toc_compiled *toc_compiled_create(void) {
    toc_arena *arena = toc_arena_create();
    toc_compiled *compiled = toc_arena_alloc(arena, sizeof *compiled);
    compiled->arena = arena;
    return compiled;
}

void toc_compiled_destroy(toc_compiled *compiled) {
    if (compiled == NULL) {
        return;
    }
    toc_list_finish(&compiled->entries);
    toc_arena_destroy(compiled->arena);
}

static int take(lua_State *lua, const void *piece, size_t size, void *object) {
    struct dump *dump = object;
    (void)lua;
    if (dump->room - dump->size < size) {
        dump->room = 2 * (dump->size + size);
        dump->bytes = toc_arena_heap(dump->bytes, dump->room, 1);
    }
    memcpy(dump->bytes + dump->size, piece, size);
    dump->size += size;
    return 0;
}

void toc_compiled_keep(toc_compiled *compiled, lua_State *lua, const char *path) {
    struct dump dump = {0};
    if (lua_dump(lua, take, &dump, 0) == 0 && dump.size > 0) {
        char *bytes = toc_arena_alloc(compiled->arena, dump.size);
        struct entry *entry = toc_list_add(&compiled->entries, sizeof *entry);
        memcpy(bytes, dump.bytes, dump.size);
        *entry = (struct entry){toc_arena_text(compiled->arena, path), bytes, dump.size};
    }
    toc_arena_heap_free(dump.bytes);
}

bool toc_compiled_push(const toc_compiled *compiled, lua_State *lua, const char *path,
                       const char *chunk) {
    for (uint32_t i = 0; i < compiled->entries.count; i++) {
        const struct entry *entry = TOC_LIST_AT(struct entry, &compiled->entries, i);
        if (strcmp(entry->path, path) == 0) {
            if (luaL_loadbufferx(lua, entry->bytes, entry->size, chunk, "b") == LUA_OK) {
                return true;
            }
            lua_pop(lua, 1);
            return false;
        }
    }
    return false;
}
