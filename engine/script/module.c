/* Module: finding, checking, compiling and running sources. */
#include "script/module.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "script/blame.h"
#include "script/compiled.h"
#include "script/embedded.h"
#include "script/host.h"
#include "script/library.h"

/* Addresses that name entries of the registry: results by path, tables of C functions by name. */
static const char loaded_key = 0, tables_key = 0;

struct source {
    const char *text;
    size_t size;
    bool embedded;
};

/* The long bracket that opens at `at` ("[[" or "[==["): its level, else -1. */
static int long_bracket(const char *at, const char *end) {
    if (at == end || *at != '[') {
        return -1;
    }
    const char *next = at + 1;
    while (next < end && *next == '=') {
        next++;
    }
    return next < end && *next == '[' ? (int)(next - at - 1) : -1;
}

static const char *skip_long(const char *at, const char *end, int level) {
    for (at += level + 2; at < end; at++) {
        if (*at != ']') {
            continue;
        }
        const char *next = at + 1;
        while (next < end && *next == '=') {
            next++;
        }
        if (next < end && *next == ']' && next - at - 1 == level) {
            return next + 1;
        }
    }
    return end;
}

static const char *skip_quoted(const char *at, const char *end) {
    char quote = *at++;
    while (at < end && *at != quote && *at != '\n') {
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    }
    return at < end ? at + 1 : end;
}

static const char *skip_comment(const char *at, const char *end) {
    int level = long_bracket(at + 2, end);
    if (level >= 0) {
        return skip_long(at + 2, end, level);
    }
    while (at < end && *at != '\n') {
        at++;
    }
    return at;
}

/* Where in the program (not in a text or comment) a ^ stands, else NULL. */
static const char *find_power(const char *at, const char *end) {
    while (at < end) {
        int level = long_bracket(at, end);
        if (level >= 0) {
            at = skip_long(at, end, level);
        } else if (*at == '\'' || *at == '"') {
            at = skip_quoted(at, end);
        } else if (*at == '-' && at + 1 < end && at[1] == '-') {
            at = skip_comment(at, end);
        } else if (*at == '^') {
            return at;
        } else {
            at++;
        }
    }
    return NULL;
}

static void refuse_power(lua_State *lua, const char *path, const struct source *source) {
    const char *found = find_power(source->text, source->text + source->size);
    if (found == NULL) {
        return;
    }
    int line = 1;
    for (const char *at = source->text; at < found; at++) {
        line += *at == '\n';
    }
    lua_pushfstring(lua,
                    "%s:%d: the operator ^ is not available, its result differs by processor; "
                    "write x * x or math.power(x, y)",
                    path, line);
    (void)lua_error(lua);
}

static void compile(lua_State *lua, const char *path, struct source source) {
    char chunk[TOC_BLAME_PATH + 16];
    toc_compiled *compiled = toc_host_options_of(toc_host_of(lua))->compiled;
    (void)snprintf(chunk, sizeof chunk, source.embedded ? "=lua/%s" : "@%s", path);
    if (source.size >= 3 && memcmp(source.text, "\xEF\xBB\xBF", 3) == 0) {
        source.text += 3;
        source.size -= 3;
    }
    if (memchr(source.text, '\x1b', source.size) != NULL) {
        lua_pushfstring(lua, "%s:1: this file is not a text", path);
        (void)lua_error(lua);
    }
    toc_host_charge(lua, source.size);
    if (compiled != NULL && toc_compiled_push(compiled, lua, path, chunk)) {
        return;
    }
    if (!source.embedded) {
        refuse_power(lua, path, &source);
    }
    int status = luaL_loadbufferx(lua, source.text, source.size, chunk, "t");
    if (status != LUA_OK) {
        toc_host_caught(lua, status);
        if (strstr(lua_tostring(lua, -1), "C stack overflow") != NULL) {
            lua_pushfstring(lua, "%s:1: this source is nested too deeply", path);
        }
        (void)lua_error(lua);
    }
    if (compiled != NULL) {
        toc_compiled_keep(compiled, lua, path);
    }
}

static bool find_embedded(const char *path, struct source *source) {
    for (size_t i = 0; i < toc_embedded_lua_count; i++) {
        if (strcmp(toc_embedded_lua[i].path, path) == 0) {
            source->text = (const char *)toc_embedded_lua[i].bytes;
            source->size = toc_embedded_lua[i].size;
            source->embedded = true;
            return true;
        }
    }
    return false;
}

static bool find_in_package(lua_State *lua, const char *path, struct source *source) {
    const toc_host_options *options = toc_host_options_of(toc_host_of(lua));
    if (options->find == NULL || strncmp(path, "lua/", 4) == 0) {
        return false;
    }
    source->text = options->find(options->object, path, &source->size);
    source->embedded = false;
    return source->text != NULL;
}

/* Runs the source at `path`, or takes what it gave before; leaves its one result. */
static void run(lua_State *lua, const char *path, struct source source) {
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &loaded_key);
    int kind = lua_getfield(lua, -1, path);
    if (kind == LUA_TBOOLEAN && !lua_toboolean(lua, -1)) {
        toc_host_error(lua, "the module '%s' requires itself", path);
    }
    if (kind == LUA_TNIL) {
        lua_pop(lua, 1);
        lua_pushboolean(lua, false);
        lua_setfield(lua, -2, path);
        compile(lua, path, source);
        lua_call(lua, 0, 1);
        if (lua_isnil(lua, -1) || lua_isboolean(lua, -1)) {
            lua_pop(lua, 1);
            lua_pushboolean(lua, true);
        }
        lua_pushvalue(lua, -1);
        lua_setfield(lua, -3, path);
    }
    lua_remove(lua, -2);
}

/* "policies.reference", "policies/reference" and "policies/reference.lua" are one module. */
static bool make_path(const char *name, size_t length, char path[TOC_BLAME_PATH]) {
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./";
    if (length > 4 && strcmp(name + length - 4, ".lua") == 0) {
        length -= 4;
    }
    if (length == 0 || length + sizeof ".lua" > TOC_BLAME_PATH) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        bool is_separator = name[i] == '.' || name[i] == '/';
        if (name[i] == '\0' || strchr(allowed, name[i]) == NULL ||
            (is_separator && (i == 0 || path[i - 1] == '/'))) {
            return false;
        }
        path[i] = is_separator ? '/' : name[i];
    }
    memcpy(path + length, ".lua", sizeof ".lua");
    return true;
}

static int require(lua_State *lua) {
    size_t length = 0;
    char path[TOC_BLAME_PATH], folder[TOC_BLAME_PATH + 8];
    struct source source;
    if (lua_type(lua, 1) != LUA_TSTRING) {
        toc_host_error(lua, "require takes the name of a module, a text");
    }
    const char *name = lua_tolstring(lua, 1, &length);
    toc_host_charge(lua, 10 + length);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &tables_key);
    lua_pushvalue(lua, 1);
    if (lua_rawget(lua, -2) != LUA_TNIL) {
        return 1;
    }
    if (!make_path(name, length, path)) {
        toc_host_error(lua,
                       "'%.60s' is not a module's name (letters, digits, _ and -, parts "
                       "separated by dots, at most %d characters)",
                       name, TOC_BLAME_PATH - 6);
    }
    (void)snprintf(folder, sizeof folder, "%.*s/init.lua", (int)strlen(path) - 4, path);
    if (find_embedded(path, &source) || find_in_package(lua, path, &source)) {
        run(lua, path, source);
    } else if (find_embedded(folder, &source)) {
        run(lua, folder, source);
    } else {
        toc_host_error(lua,
                       "there is no module '%s': neither %s in the package nor a part of the "
                       "library 'tocsin'",
                       name, path);
    }
    return 1;
}

int toc_module_load(lua_State *lua) {
    const char *path = lua_touserdata(lua, 1);
    struct source source;
    if (strlen(path) >= TOC_BLAME_PATH) {
        toc_host_error(lua, "the path '%.80s' is too long (at most %d bytes)", path,
                       TOC_BLAME_PATH - 1);
    }
    if (!find_in_package(lua, path, &source)) {
        toc_host_error(lua, "the package has no %s", path);
    }
    run(lua, path, source);
    return 1;
}

int toc_module_table(lua_State *lua) {
    const char *name = lua_touserdata(lua, 1);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &tables_key);
    if (lua_getfield(lua, -1, name) == LUA_TNIL) {
        lua_newtable(lua);
        toc_base_library_seal(lua);
        lua_pushvalue(lua, -1);
        lua_setfield(lua, -4, name);
    }
    return 1;
}

void toc_module_open(lua_State *lua) {
    lua_newtable(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &loaded_key);
    lua_newtable(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &tables_key);
    lua_pushcfunction(lua, require);
    lua_setfield(lua, -2, "require");
}
