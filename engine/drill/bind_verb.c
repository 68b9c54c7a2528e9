/* Bindings of actions as such: what they are, for policies that choose among them. */
#include "drill/action.h"
#include "drill/seat.h"
#include "drill/standin_state.h"
#include "script/binder.h"

toc_action_verb toc_bind_verb_at(lua_State *lua, int argument, const char *what) {
    const char *name = toc_binder_text(lua, argument, what);
    toc_action_verb verb = toc_action_find(name);
    if (verb == TOC_VERBS) {
        const char *nearest = toc_action_nearest(name);
        toc_host_error(lua, "'%.60s' is no action%s%s%s", name,
                       nearest == NULL ? "" : "; did you mean '", nearest == NULL ? "" : nearest,
                       nearest == NULL ? "" : "'?");
    }
    return verb;
}

static void set_text(lua_State *lua, const char *key, const char *text) {
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, key);
}

int toc_bind_verb_facts(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "seat");
    const struct toc_standin *standin = toc_standin_of(lua);
    toc_action_verb verb = toc_bind_verb_at(lua, 2, "seat:verb");
    toc_action_verb undo = toc_action_undo(verb);
    toc_host_charge(lua, 100);
    lua_createtable(lua, 0, 8);
    set_text(lua, "id", toc_action_name(verb));
    set_text(lua, "help", toc_action_help(verb));
    set_text(lua, "parameters", toc_action_keys(verb));
    lua_pushinteger(lua, toc_action_takes(verb));
    lua_setfield(lua, -2, "takes");
    if (undo != TOC_VERBS) {
        set_text(lua, "undo", toc_action_name(undo));
    }
    lua_pushboolean(lua, toc_action_is_final(verb));
    lua_setfield(lua, -2, "final");
    lua_pushboolean(lua, toc_seat_may(standin->all->drill, standin->seat, verb));
    lua_setfield(lua, -2, "allowed");
    return 1;
}
