/* Bindings of texts that people read: a text, or { en = "...", zh = "..." }. */
#include <lauxlib.h>
#include <stdio.h>

#include "drill/bindings.h"
#include "drill/spot.h"
#include "drill/wording.h"
#include "script/describe.h"

static void tell_mistake(toc_spec *spec, const char *key) {
    char found[128];
    (void)toc_describe_value(spec->lua, -1, found, sizeof found);
    toc_spec_complain(spec, key,
                      "%s of %s: expected a text, or { en = \"...\", zh = \"...\" }, found %s", key,
                      spec->what, found);
}

/* A text has one wording in a language, wherever it stands: the first counts. */
static void tell(toc_spec *spec, const char *key, const char *text, const char *language,
                 const char *wording) {
    toc_drill *drill = spec->drill;
    toc_wording_note_translated(drill);
    if (!toc_wording_tell(drill, text, language, wording) && drill->stage == TOC_DRILL_DECLARING) {
        toc_problems_warn(drill->problems, toc_spot_of_key(drill, spec->place, key, spec->depth),
                          "'%.60s' is said in two ways in %s: '%.60s' and '%.60s'; the first is "
                          "shown everywhere, unless the texts differ",
                          text, language, toc_wording_in(drill, language, text), wording);
    }
}

/* The table on top: its first language is the text, the others are told. NULL where it holds none.
 */
static const char *read_table(toc_spec *spec, const char *key) {
    size_t count = 0, given = 0;
    const char *const *languages = toc_wording_languages(&count);
    const char *text = NULL;
    toc_spec inner = toc_spec_open_top(spec, key, languages, count);
    for (size_t i = 0; i < count; i++) {
        const char *wording = toc_spec_text(&inner, languages[i], NULL);
        given += wording != NULL;
        if (wording != NULL && text == NULL) {
            text = wording;
        } else if (wording != NULL) {
            toc_spec_charge(spec->lua, 64);
            tell(spec, key, text, languages[i], wording);
        }
    }
    spec->faulty = spec->faulty || inner.faulty;
    if (given == 1) {
        toc_wording_note_single(spec->drill, spec->place, key, spec->depth);
    }
    return text;
}

/* What stands on top of the stack, which is taken off. `key` NULL: entry `position`. */
static const char *read_top(toc_spec *spec, const char *key, int position, const char *absent) {
    lua_State *lua = spec->lua;
    const char *text = absent;
    char entry[16];
    (void)snprintf(entry, sizeof entry, "entry %d", position);
    if (lua_type(lua, -1) == LUA_TTABLE) {
        int before = lua_gettop(lua);
        const char *read = read_table(spec, key == NULL ? entry : key);
        text = read == NULL ? absent : read;
        if (read == NULL && !spec->faulty) {
            tell_mistake(spec, key == NULL ? entry : key);
        }
        lua_settop(lua, before);
    } else if (lua_type(lua, -1) == LUA_TSTRING) {
        text = toc_spec_top(spec);
        if (text != NULL && text[0] != '\0') {
            toc_wording_note_single(spec->drill, spec->place, key, spec->depth);
        }
    } else if (lua_type(lua, -1) != LUA_TNIL) {
        tell_mistake(spec, key == NULL ? entry : key);
    }
    lua_pop(lua, 1);
    return text;
}

const char *toc_bind_wording_text(toc_spec *spec, const char *key, const char *absent) {
    lua_pushstring(spec->lua, key);
    (void)lua_rawget(spec->lua, spec->table);
    return read_top(spec, key, 0, absent);
}

const char *toc_bind_wording_name(toc_spec *spec, const char *key, const char *absent) {
    lua_pushstring(spec->lua, key);
    if (lua_rawget(spec->lua, spec->table) == LUA_TTABLE) {
        return read_top(spec, key, 0, absent);
    }
    lua_pop(spec->lua, 1);
    return toc_spec_text(spec, key, absent);
}

const char *toc_bind_wording_position(toc_spec *spec, int position, const char *absent) {
    (void)lua_rawgeti(spec->lua, spec->table, position);
    return read_top(spec, NULL, position, absent);
}

uint32_t toc_bind_wording_list(toc_spec *spec, const char *key, const char *const **out_texts) {
    lua_State *lua = spec->lua;
    lua_pushstring(lua, key);
    if (lua_rawget(lua, spec->table) != LUA_TTABLE) {
        lua_pop(lua, 1);
        const char **plain = NULL;
        uint32_t count = toc_spec_texts(spec, key, &plain);
        *out_texts = plain;
        return count;
    }
    size_t count = lua_rawlen(lua, -1);
    toc_spec_charge(lua, (count + 1) * sizeof(char *));
    const char **texts = toc_arena_alloc(spec->drill->arena, (count + 1) * sizeof *texts);
    uint32_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        (void)lua_rawgeti(lua, -1, (lua_Integer)i + 1);
        const char *text = read_top(spec, key, 0, NULL);
        if (text != NULL) {
            texts[kept++] = text;
        }
    }
    lua_pop(lua, 1);
    *out_texts = texts;
    return kept;
}

const char *toc_bind_wording_value(lua_State *lua, const char *what) {
    toc_spec spec = {.lua = lua,
                     .drill = toc_spec_drill(lua),
                     .what = what,
                     .place = toc_host_place(lua),
                     .depth = 1};
    lua_pushvalue(lua, -1);
    return read_top(&spec, "value", 0, "");
}
