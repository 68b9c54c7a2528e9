/* Blame: walking the stack, reading "file:line: text". */
#include "script/blame.h"

#include <string.h>

static void set_file(toc_blame *blame, const char *file, size_t length) {
    if (length >= sizeof blame->file) {
        length = sizeof blame->file - 1;
    }
    memcpy(blame->file, file, length);
    blame->file[length] = '\0';
}

toc_blame toc_blame_running(lua_State *lua) {
    toc_blame blame = {.text = ""};
    lua_Debug frame;
    for (int level = 0; lua_getstack(lua, level, &frame); level++) {
        if (lua_getinfo(lua, "Sl", &frame) && frame.currentline > 0 && frame.source[0] == '@') {
            set_file(&blame, frame.source + 1, strlen(frame.source + 1));
            blame.line = (uint32_t)frame.currentline;
            break;
        }
    }
    return blame;
}

toc_blame toc_blame_first(lua_State *lua) {
    toc_blame blame = {.text = ""};
    lua_Debug function;
    if (lua_gettop(lua) > 0 && lua_isfunction(lua, 1)) {
        lua_pushvalue(lua, 1);
        if (lua_getinfo(lua, ">S", &function) && function.source[0] == '@') {
            set_file(&blame, function.source + 1, strlen(function.source + 1));
            blame.line = (uint32_t)function.linedefined;
        }
    }
    return blame;
}

/* Splits "path.lua:12: text"; false where the text does not begin so. */
static bool split(const char *error, toc_blame *blame) {
    const char *end = strstr(error, ".lua:");
    if (end == NULL || (size_t)(end - error) > TOC_BLAME_PATH ||
        memchr(error, ' ', (size_t)(end - error)) != NULL) {
        return false;
    }
    const char *digits = end + strlen(".lua:"), *at = digits;
    uint32_t line = 0;
    while (*at >= '0' && *at <= '9' && line < 100000000) {
        line = line * 10 + (uint32_t)(*at++ - '0');
    }
    if (at == digits || strncmp(at, ": ", 2) != 0) {
        return false;
    }
    set_file(blame, error, (size_t)(end + strlen(".lua") - error));
    blame->line = line;
    blame->text = at + 2;
    return true;
}

static bool is_embedded(const char *file) {
    return strncmp(file, "lua/", 4) == 0;
}

toc_blame toc_blame_error(lua_State *lua) {
    toc_blame running = toc_blame_running(lua), written = {.text = ""};
    if (lua_type(lua, -1) != LUA_TSTRING) {
        running.text = NULL;
        return running;
    }
    const char *error = lua_tostring(lua, -1);
    if (!split(error, &written)) {
        running.text = error;
        return running;
    }
    if (is_embedded(written.file) && running.line > 0) {
        running.text = written.text;
        return running;
    }
    return written;
}
