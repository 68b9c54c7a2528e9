/* Scribe: a text in the making, in memory that Lua counts and frees; it needs no finalizer. */
#ifndef SCRIPT_SCRIBE_H
#define SCRIPT_SCRIBE_H

#include <lua.h>
#include <stddef.h>

typedef struct toc_scribe {
    lua_State *lua;
    int slot; /* of the stack, holds the memory once `first` is too small */
    char *bytes;
    size_t length, capacity;
    char first[512];
} toc_scribe;

/* Takes one slot on top of the stack until the text is pushed. */
void toc_scribe_start(toc_scribe *scribe, lua_State *lua);
/* Charges the budget; past the longest text allowed it is a script error. */
void toc_scribe_add(toc_scribe *scribe, const char *bytes, size_t length);
/* Adds the text on top of the stack and pops it. */
void toc_scribe_add_top(toc_scribe *scribe);
/* Pushes the text. */
void toc_scribe_push(toc_scribe *scribe);

#endif
