/* Text library: the table `string`, also reached as methods of texts. Bytes and ASCII letters only,
   whatever the user's locale. */
#include <lauxlib.h>
#include <string.h>

#include "script/binder.h"
#include "script/describe.h"
#include "script/format.h"
#include "script/library.h"
#include "script/pattern.h"
#include "script/scribe.h"

enum { MOST_VALUES = 250 };

struct text {
    const char *bytes;
    size_t length;
};

/* Texts, and numbers as their texts (which then stand at `argument`). */
static struct text text_at(lua_State *lua, int argument, const char *what) {
    char found[128];
    struct text text;
    if (lua_type(lua, argument) == LUA_TNUMBER) {
        toc_describe_number(lua, argument);
        lua_replace(lua, argument);
    } else if (lua_type(lua, argument) != LUA_TSTRING) {
        toc_host_error(lua, "%s: expected a text, found %s", what,
                       toc_describe_value(lua, argument, found, sizeof found));
    }
    text.bytes = lua_tolstring(lua, argument, &text.length);
    return text;
}

static int64_t position_at(lua_State *lua, int argument, const char *what, int64_t otherwise) {
    return lua_isnoneornil(lua, argument)
               ? otherwise
               : toc_binder_integer(lua, argument, what, INT64_MIN, INT64_MAX);
}

/* Positions count from 1, or from -1 at the end. */
static int64_t from_position(int64_t position, size_t length) {
    if (position > 0) {
        return position;
    }
    if (position == 0) {
        return 1;
    }
    return position < -(int64_t)length ? 1 : (int64_t)length + position + 1;
}

static int64_t to_position(int64_t position, size_t length) {
    if (position > (int64_t)length) {
        return (int64_t)length;
    }
    if (position >= 0) {
        return position;
    }
    return position < -(int64_t)length ? 0 : (int64_t)length + position + 1;
}

static int text_byte(lua_State *lua) {
    struct text text = text_at(lua, 1, "string.byte");
    int64_t first = position_at(lua, 2, "string.byte's position", 1);
    int64_t from = from_position(first, text.length);
    int64_t to = to_position(position_at(lua, 3, "string.byte's last", from), text.length);
    if (to - from >= MOST_VALUES) {
        toc_host_error(lua, "string.byte gives at most %d values", MOST_VALUES);
    }
    luaL_checkstack(lua, MOST_VALUES, "string.byte");
    for (int64_t i = from; i <= to; i++) {
        lua_pushinteger(lua, (unsigned char)text.bytes[i - 1]);
    }
    return to < from ? 0 : (int)(to - from + 1);
}

static int text_char(lua_State *lua) {
    int count = lua_gettop(lua);
    toc_scribe scribe;
    toc_scribe_start(&scribe, lua);
    for (int i = 1; i <= count; i++) {
        char byte = (char)toc_binder_integer(lua, i, "string.char", 0, 255);
        toc_scribe_add(&scribe, &byte, 1);
    }
    toc_scribe_push(&scribe);
    return 1;
}

static int text_len(lua_State *lua) {
    lua_pushinteger(lua, (lua_Integer)text_at(lua, 1, "string.len").length);
    return 1;
}

static int text_sub(lua_State *lua) {
    struct text text = text_at(lua, 1, "string.sub");
    int64_t from = from_position(
        toc_binder_integer(lua, 2, "string.sub's first", INT64_MIN, INT64_MAX), text.length);
    int64_t to = to_position(position_at(lua, 3, "string.sub's last", -1), text.length);
    size_t length = to < from ? 0 : (size_t)(to - from + 1);
    toc_host_charge(lua, 1 + length / 8);
    lua_pushlstring(lua, length == 0 ? "" : text.bytes + from - 1, length);
    return 1;
}

static char lower(char c) {
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static char upper(char c) {
    return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

static char same(char c) {
    return c;
}

static int changed(lua_State *lua, const char *what, char (*change)(char), bool is_backwards) {
    struct text text = text_at(lua, 1, what);
    char part[256];
    toc_scribe scribe;
    toc_scribe_start(&scribe, lua);
    for (size_t done = 0; done < text.length;) {
        size_t length = text.length - done < sizeof part ? text.length - done : sizeof part;
        for (size_t i = 0; i < length; i++) {
            size_t from = is_backwards ? text.length - 1 - done - i : done + i;
            part[i] = change(text.bytes[from]);
        }
        toc_scribe_add(&scribe, part, length);
        done += length;
    }
    toc_scribe_push(&scribe);
    return 1;
}

static int text_lower(lua_State *lua) {
    return changed(lua, "string.lower", lower, false);
}

static int text_upper(lua_State *lua) {
    return changed(lua, "string.upper", upper, false);
}

static int text_reverse(lua_State *lua) {
    return changed(lua, "string.reverse", same, true);
}

static int text_rep(lua_State *lua) {
    struct text text = text_at(lua, 1, "string.rep"), between = {.bytes = ""};
    int64_t times = toc_binder_integer(lua, 2, "string.rep's number", INT64_MIN, INT64_MAX);
    if (!lua_isnoneornil(lua, 3)) {
        between = text_at(lua, 3, "string.rep's separator");
    }
    if (text.length + between.length == 0) {
        times = 0; /* empty however often: nobody waits for that */
    }
    toc_scribe scribe;
    toc_scribe_start(&scribe, lua);
    for (int64_t i = 0; i < times; i++) {
        if (i > 0) {
            toc_scribe_add(&scribe, between.bytes, between.length);
        }
        toc_scribe_add(&scribe, text.bytes, text.length);
    }
    toc_scribe_push(&scribe);
    return 1;
}

static int text_format(lua_State *lua) {
    struct text format = text_at(lua, 1, "string.format");
    toc_format_push(lua, format.bytes, format.length);
    return 1;
}

static void charge(void *object, uint64_t steps) {
    toc_host_charge(object, steps);
}

static void compile(lua_State *lua, int argument, toc_pattern *pattern, bool takes_anchor) {
    struct text text = text_at(lua, argument, "the pattern");
    toc_host_charge(lua, 20 + 4 * text.length);
    const char *error = toc_pattern_compile(pattern, text.bytes, text.length, takes_anchor);
    if (error != NULL) {
        toc_host_error(lua, "the pattern '%.60s' is wrong: %s", text.bytes, error);
    }
}

/* Capture `index` of the match, the whole match where there are no captures. */
static void push_capture(lua_State *lua, const toc_pattern_match *match, uint32_t index) {
    if (index >= match->capture_count) {
        lua_pushlstring(lua, match->start, (size_t)(match->end - match->start));
        return;
    }
    const toc_pattern_capture *capture = &match->captures[index];
    if (capture->length == TOC_PATTERN_POSITION) {
        lua_pushinteger(lua, capture->start - match->subject + 1);
    } else {
        lua_pushlstring(lua, capture->start, (size_t)capture->length);
    }
}

static int push_captures(lua_State *lua, const toc_pattern_match *match) {
    uint32_t count = match->capture_count == 0 ? 1 : match->capture_count;
    luaL_checkstack(lua, TOC_PATTERN_CAPTURES + 2, "captures");
    toc_host_charge(lua, count * 4 + (uint64_t)(match->end - match->start) / 8);
    for (uint32_t i = 0; i < count; i++) {
        push_capture(lua, match, i);
    }
    return (int)count;
}

/* Finds `what` as it stands, from `from` on. */
static int find_plain(lua_State *lua, struct text text, struct text what, size_t from) {
    for (size_t at = from; what.length <= text.length && at <= text.length - what.length; at++) {
        toc_host_charge(lua, 1 + (text.bytes[at] == *what.bytes ? what.length / 8 : 0));
        if (memcmp(text.bytes + at, what.bytes, what.length) == 0) {
            lua_pushinteger(lua, (lua_Integer)at + 1);
            lua_pushinteger(lua, (lua_Integer)(at + what.length));
            return 2;
        }
    }
    lua_pushnil(lua);
    return 1;
}

static bool has_specials(struct text pattern) {
    for (size_t i = 0; i < pattern.length; i++) {
        if (pattern.bytes[i] != '\0' && strchr("^$*+?.([%-", pattern.bytes[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static int search(lua_State *lua, const char *what, bool is_find) {
    struct text text = text_at(lua, 1, what), sought = text_at(lua, 2, what);
    int64_t from = from_position(position_at(lua, 3, what, 1), text.length);
    if (from > (int64_t)text.length + 1) {
        lua_pushnil(lua);
        return 1;
    }
    toc_host_charge(lua, 10 + sought.length);
    if (is_find && (lua_toboolean(lua, 4) || !has_specials(sought))) {
        return find_plain(lua, text, sought, (size_t)from - 1);
    }
    toc_pattern pattern;
    compile(lua, 2, &pattern, true);
    toc_pattern_match match = {
        .subject = text.bytes, .length = text.length, .charge = charge, .object = lua};
    if (!toc_pattern_find(&pattern, &match, text.bytes + from - 1)) {
        lua_pushnil(lua);
        return 1;
    }
    if (!is_find) {
        return push_captures(lua, &match);
    }
    lua_pushinteger(lua, match.start - match.subject + 1);
    lua_pushinteger(lua, match.end - match.subject);
    return 2 + (match.capture_count > 0 ? push_captures(lua, &match) : 0);
}

static int text_find(lua_State *lua) {
    return search(lua, "string.find", true);
}

static int text_match(lua_State *lua) {
    return search(lua, "string.match", false);
}

/* Upvalues: text, compiled pattern, next offset, offset of the last match's end or -1. */
static int gmatch_step(lua_State *lua) {
    struct text text = {.length = 0};
    text.bytes = lua_tolstring(lua, lua_upvalueindex(1), &text.length);
    const toc_pattern *pattern = lua_touserdata(lua, lua_upvalueindex(2));
    const char *last = text.bytes + lua_tointeger(lua, lua_upvalueindex(4));
    const char *at = text.bytes + lua_tointeger(lua, lua_upvalueindex(3));
    toc_pattern_match match = {
        .subject = text.bytes, .length = text.length, .charge = charge, .object = lua};
    for (; at <= text.bytes + text.length; at = match.start + 1) {
        if (!toc_pattern_find(pattern, &match, at)) {
            break;
        }
        if (match.end != last) {
            lua_pushinteger(lua, match.end - text.bytes);
            lua_copy(lua, -1, lua_upvalueindex(3));
            lua_replace(lua, lua_upvalueindex(4));
            return push_captures(lua, &match);
        }
    }
    lua_pushinteger(lua, (lua_Integer)text.length + 1);
    lua_replace(lua, lua_upvalueindex(3));
    lua_pushnil(lua);
    return 1;
}

static int text_gmatch(lua_State *lua) {
    (void)text_at(lua, 1, "string.gmatch");
    toc_pattern pattern;
    compile(lua, 2, &pattern, false);
    lua_settop(lua, 1);
    memcpy(lua_newuserdatauv(lua, toc_pattern_size(&pattern), 0), &pattern,
           toc_pattern_size(&pattern));
    lua_pushinteger(lua, 0);
    lua_pushinteger(lua, -1);
    lua_pushcclosure(lua, gmatch_step, 4);
    return 1;
}

/* The text at 3 with %0 to %9 filled in. */
static void add_template(lua_State *lua, toc_scribe *scribe, const toc_pattern_match *match) {
    struct text text = {.length = 0};
    text.bytes = lua_tolstring(lua, 3, &text.length);
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] != '%') {
            toc_scribe_add(scribe, text.bytes + i, 1);
            continue;
        }
        char c = ++i < text.length ? text.bytes[i] : '\0';
        uint32_t most = match->capture_count == 0 ? 1 : match->capture_count;
        if (c == '%') {
            toc_scribe_add(scribe, "%", 1);
        } else if (c == '0') {
            toc_scribe_add(scribe, match->start, (size_t)(match->end - match->start));
        } else if (c >= '1' && c <= '9' && (uint32_t)(c - '1') < most) {
            push_capture(lua, match, (uint32_t)(c - '1'));
            if (lua_type(lua, -1) == LUA_TNUMBER) {
                toc_describe_number(lua, -1);
                lua_remove(lua, -2);
            }
            toc_scribe_add_top(scribe);
        } else {
            toc_host_error(lua, "string.gsub: after a %% in the replacement comes %%, 0 or the "
                                "number of a capture");
        }
    }
}

static void add_replacement(lua_State *lua, toc_scribe *scribe, const toc_pattern_match *match) {
    char found[128];
    int kind = lua_type(lua, 3);
    if (kind == LUA_TSTRING) {
        add_template(lua, scribe, match);
        return;
    }
    if (kind == LUA_TFUNCTION) {
        lua_pushvalue(lua, 3);
        int count = push_captures(lua, match);
        lua_call(lua, count, 1);
    } else {
        push_capture(lua, match, 0);
        lua_gettable(lua, 3);
    }
    if (!lua_toboolean(lua, -1)) {
        lua_pop(lua, 1);
        toc_scribe_add(scribe, match->start, (size_t)(match->end - match->start));
        return;
    }
    if (lua_type(lua, -1) == LUA_TNUMBER) {
        toc_describe_number(lua, -1);
        lua_remove(lua, -2);
    } else if (lua_type(lua, -1) != LUA_TSTRING) {
        toc_host_error(lua, "string.gsub: the replacement is %s, not a text",
                       toc_describe_value(lua, -1, found, sizeof found));
    }
    toc_scribe_add_top(scribe);
}

static int text_gsub(lua_State *lua) {
    char found[128];
    struct text text = text_at(lua, 1, "string.gsub");
    toc_pattern pattern;
    compile(lua, 2, &pattern, true);
    int kind = lua_type(lua, 3);
    if (kind == LUA_TNUMBER) {
        (void)text_at(lua, 3, "string.gsub");
    } else if (kind != LUA_TSTRING && kind != LUA_TTABLE && kind != LUA_TFUNCTION) {
        toc_host_error(lua, "string.gsub replaces by a text, a table or a function, found %s",
                       toc_describe_value(lua, 3, found, sizeof found));
    }
    int64_t most = position_at(lua, 4, "string.gsub's number", INT64_MAX), done = 0;
    toc_pattern_match match = {
        .subject = text.bytes, .length = text.length, .charge = charge, .object = lua};
    const char *at = text.bytes, *end = text.bytes + text.length, *last = NULL;
    toc_scribe scribe;
    lua_settop(lua, 3);
    toc_scribe_start(&scribe, lua);
    while (done < most) {
        if (toc_pattern_match_at(&pattern, &match, at) && match.end != last) {
            done++;
            add_replacement(lua, &scribe, &match);
            at = last = match.end;
        } else if (at < end) {
            toc_scribe_add(&scribe, at++, 1);
        } else {
            break;
        }
        if (pattern.is_anchored) {
            break;
        }
    }
    toc_scribe_add(&scribe, at, (size_t)(end - at));
    toc_scribe_push(&scribe);
    lua_pushinteger(lua, done);
    return 2;
}

void toc_text_library_open(lua_State *lua) {
    static const luaL_Reg functions[] = {{"byte", text_byte},       {"char", text_char},
                                         {"find", text_find},       {"format", text_format},
                                         {"gmatch", text_gmatch},   {"gsub", text_gsub},
                                         {"len", text_len},         {"lower", text_lower},
                                         {"match", text_match},     {"rep", text_rep},
                                         {"reverse", text_reverse}, {"sub", text_sub},
                                         {"upper", text_upper},     {NULL, NULL}};
    luaL_newlib(lua, functions);
    lua_pushliteral(lua, "");
    lua_createtable(lua, 0, 2);
    lua_pushvalue(lua, -3);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
    lua_pop(lua, 1);
    lua_setfield(lua, -2, "string");
}
