/* Blame: which line of the author's a script error belongs to, and how it is said. */
#ifndef SCRIPT_BLAME_H
#define SCRIPT_BLAME_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

/* Chunks of the package are named "@path", those of the embedded library "=lua/path". A path is
   shorter than this, so that Lua never abbreviates it. */
enum { TOC_BLAME_PATH = 52 };

typedef struct toc_blame {
    char file[TOC_BLAME_PATH + 8]; /* as the chunk is named; empty where nobody is known */
    uint32_t line;
    const char *text; /* of the error, without the place in front; valid as long as the error */
} toc_blame;

/* The innermost line of the author's that is being executed in `lua`. */
toc_blame toc_blame_running(lua_State *lua);
/* Where the function that `lua` is about to start begins. */
toc_blame toc_blame_first(lua_State *lua);
/* For the error value on top of `lua`, whose stack is still as it was when the error was raised:
   an author's place written in front of the text goes before what is running. */
toc_blame toc_blame_error(lua_State *lua);

#endif
