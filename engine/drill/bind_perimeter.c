/* Bindings of the perimeter: what a scenario does to the network. */
#include "drill/bindings.h"
#include "model/network.h"
#include "script/bind_network.h"

/* The drill, which must be under way. */
static toc_drill *running(lua_State *lua, const char *what) {
    toc_drill *drill = toc_bind_drill_self(lua);
    toc_spec_changes(lua, what);
    if (drill->stage != TOC_DRILL_RUNNING) {
        toc_host_error(
            lua, "%s: the drill has not started; this goes into a function that runs in it", what);
    }
    return drill;
}

static int block(lua_State *lua, const char *what, bool blocked) {
    toc_drill *drill = running(lua, what);
    uint32_t conduit = toc_bind_network_conduit_at(lua, 2, what);
    drill->actor = "scenario";
    lua_pushboolean(lua, toc_network_block(drill->world, conduit, blocked));
    drill->actor = "";
    return 1;
}

int toc_bind_perimeter_block(lua_State *lua) {
    return block(lua, "drill:block", true);
}

int toc_bind_perimeter_unblock(lua_State *lua) {
    return block(lua, "drill:unblock", false);
}

static int cut(lua_State *lua, const char *what, bool is_cut) {
    toc_drill *drill = running(lua, what);
    uint32_t zone = toc_bind_network_zone_at(lua, 2, what);
    drill->actor = "scenario";
    lua_pushboolean(lua, toc_network_cut_zone(drill->world, zone, is_cut));
    drill->actor = "";
    return 1;
}

int toc_bind_perimeter_isolate(lua_State *lua) {
    return cut(lua, "drill:isolate_zone", true);
}

int toc_bind_perimeter_reconnect(lua_State *lua) {
    return cut(lua, "drill:reconnect_zone", false);
}

int toc_bind_perimeter_change_phase(lua_State *lua) {
    toc_drill *drill = running(lua, "drill:change_phase");
    uint32_t phase = toc_bind_network_phase_at(lua, 2, "drill:change_phase");
    drill->actor = "scenario";
    lua_pushboolean(lua, toc_network_set_phase(drill->world, phase));
    drill->actor = "";
    return 1;
}
