/* Format: what string.format does, without addresses and with every conversion charged. */
#ifndef SCRIPT_FORMAT_H
#define SCRIPT_FORMAT_H

#include <lua.h>
#include <stddef.h>

/* Pushes the text of `format` with the arguments from 2 on filled in. */
void toc_format_push(lua_State *lua, const char *format, size_t length);

#endif
