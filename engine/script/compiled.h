/* Compiled: sources that one host has checked and compiled, for other hosts of the same scripts:
   thirty seats that play one policy need not read it thirty times. What stands here was made by
   ourselves from checked text; no binary of a package ever comes in. */
#ifndef SCRIPT_COMPILED_H
#define SCRIPT_COMPILED_H

#include <stdbool.h>

#include <lua.h>

typedef struct toc_compiled toc_compiled;

toc_compiled *toc_compiled_create(void);
void toc_compiled_destroy(toc_compiled *compiled);
/* Keeps the function on top of the stack for `path`, with all that errors need to tell lines. */
void toc_compiled_keep(toc_compiled *compiled, lua_State *lua, const char *path);
/* Pushes what was kept for `path`, known in errors as `chunk`; false where nothing was, or where
   this host has no memory for it. */
bool toc_compiled_push(const toc_compiled *compiled, lua_State *lua, const char *path,
                       const char *chunk);

#endif
