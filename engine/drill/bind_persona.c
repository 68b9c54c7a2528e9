/* Bindings of personas. */
#include <lauxlib.h>
#include <string.h>

#include "drill/bindings.h"
#include "drill/inject.h"
#include "drill/persona.h"
#include "drill/seat.h"
#include "drill/spec.h"
#include "script/describe.h"

/* What it answers: a text, or a function that gives one. */
static void read_answer(toc_spec *spec, toc_persona *persona) {
    lua_pushstring(spec->lua, "answers");
    bool is_function = lua_rawget(spec->lua, spec->table) == LUA_TFUNCTION;
    lua_pop(spec->lua, 1);
    persona->function = is_function ? toc_spec_function(spec, "answers") : TOC_SPEC_NOTHING;
    persona->answer = is_function ? "" : toc_bind_wording_text(spec, "answers", "");
}

/* As an option, or first. */
static const char *read_name(toc_spec *spec) {
    bool is_worded = lua_rawgeti(spec->lua, spec->table, 1) == LUA_TTABLE;
    lua_pop(spec->lua, 1);
    return toc_bind_wording_name(spec, "name",
                                 is_worded ? toc_bind_wording_position(spec, 1, NULL)
                                           : toc_spec_position(spec, 1, NULL));
}

/* (drill, id, options) */
static int declare(lua_State *lua) {
    static const char *const keys[] = {"name",       "about",    "channel", "delay", "spread",
                                       "competence", "capacity", "answers", "unable"};
    char hint[96];
    toc_spec spec = toc_spec_open(lua, 3, "persona", keys, sizeof keys / sizeof *keys);
    toc_spec_charge(lua, sizeof(toc_persona) + 64);
    const char *id = toc_binder_text(lua, 2, "persona");
    toc_persona persona = {.id = toc_arena_text(spec.drill->arena, id),
                           .name = read_name(&spec),
                           .about = toc_bind_wording_text(&spec, "about", ""),
                           .channel = toc_spec_text(&spec, "channel", "phone"),
                           .delay = toc_spec_time(&spec, "delay", 5 * TOC_MINUTE),
                           .spread = (int64_t)(toc_spec_number(&spec, "spread", 0, 3, 0.5) * 1e6),
                           .competence_ppm =
                               (int64_t)(toc_spec_number(&spec, "competence", 0, 1, 1) * 1e6 + 0.5),
                           .capacity = (uint32_t)toc_spec_number(&spec, "capacity", 1, 1e6, 1),
                           .unable = toc_bind_wording_text(&spec, "unable", ""),
                           .place = spec.place};
    read_answer(&spec, &persona);
    persona.name = persona.name != NULL ? persona.name : persona.id;
    if (!toc_inject_is_channel(persona.channel)) {
        toc_spec_complain(
            &spec, "channel", "there is no channel '%.60s'%s", persona.channel,
            toc_spec_hint(toc_inject_nearest_channel(persona.channel), hint, sizeof hint));
    }
    if (strchr(persona.id, '.') != NULL || persona.id[0] == '\0') {
        toc_spec_complain(&spec, NULL, "'%.60s' is no name for a persona: team.seat is a seat's",
                          persona.id);
    }
    if (!toc_persona_add(spec.drill, &persona)) {
        toc_spec_complain(&spec, NULL, "there is a persona '%.60s' already", persona.id);
    }
    return 0;
}

int toc_bind_persona_declare(lua_State *lua) {
    (void)toc_bind_drill_self(lua);
    toc_spec_declares(lua, "drill:persona");
    (void)toc_binder_text(lua, 2, "drill:persona");
    if (!lua_isnone(lua, 3)) {
        return declare(lua);
    }
    toc_spec_chain(lua, declare, 2, "persona");
    return 1;
}

static int answered(lua_State *lua, int status, lua_KContext request) {
    char found[128];
    (void)status;
    if (lua_isnil(lua, -1)) {
        return 0;
    }
    if (lua_type(lua, -1) != LUA_TSTRING && lua_type(lua, -1) != LUA_TTABLE) {
        toc_host_error(
            lua, "answers of persona '%s': expected a text, found %s",
            toc_persona_at(toc_spec_drill(lua),
                           toc_persona_request_at(toc_spec_drill(lua), (uint32_t)request)->persona)
                ->id,
            toc_describe_value(lua, -1, found, sizeof found));
    }
    toc_persona_reply(toc_spec_drill(lua), (uint32_t)request,
                      toc_bind_wording_value(lua, "persona"));
    return 0;
}

/* A process: (number of the request). */
static int ask_function(lua_State *lua) {
    uint32_t number = (uint32_t)lua_tointeger(lua, 1);
    toc_persona_request request = *toc_persona_request_at(toc_spec_drill(lua), number);
    const toc_persona *persona = toc_persona_at(toc_spec_drill(lua), request.persona);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, persona->function);
    toc_binder_push(lua, "drill", 0, 0);
    lua_createtable(lua, 0, 3);
    lua_pushstring(lua, toc_seat_name(toc_spec_drill(lua), request.seat));
    lua_setfield(lua, -2, "seat");
    lua_pushstring(lua, request.text);
    lua_setfield(lua, -2, "text");
    lua_pushboolean(lua, request.helped);
    lua_setfield(lua, -2, "helped");
    lua_callk(lua, 2, 1, (lua_KContext)number, answered);
    return answered(lua, LUA_OK, (lua_KContext)number);
}

void toc_bind_persona_answer(toc_drill *drill, uint32_t request) {
    lua_State *lua = toc_host_lua(drill->host);
    uint64_t process = 0;
    if (lua_checkstack(lua, 4)) {
        lua_pushcfunction(lua, ask_function);
        lua_pushinteger(lua, request);
        process = toc_processes_start(drill->processes, lua, 1, TOC_SENSOR);
    }
    if (process == 0) {
        toc_bind_flow_out_of_memory(drill);
    }
}
