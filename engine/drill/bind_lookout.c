/* Bindings of what a seat's operator watches with, and what waits to be looked at. */
#include "drill/seat.h"
#include "drill/standin_state.h"
#include "model/alert.h"
#include "script/binder.h"

static void push_sensor(lua_State *lua, const toc_topology *topology, const toc_sensor *sensor) {
    lua_createtable(lua, 0, 3);
    lua_pushstring(lua, sensor->id);
    lua_setfield(lua, -2, "id");
    if (sensor->on != TOC_INDEX_NONE) {
        lua_pushstring(lua, topology->assets[sensor->on].id);
        lua_setfield(lua, -2, "on");
    }
    toc_host_charge(lua, UINT64_C(50) + UINT64_C(4) * sensor->cover_count);
    lua_createtable(lua, (int)sensor->cover_count, 0);
    for (uint32_t i = 0; i < sensor->cover_count; i++) {
        lua_pushstring(lua, topology->assets[topology->covers[sensor->first_cover + i]].id);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    lua_setfield(lua, -2, "covers");
}

/* Neither how often a sensor is right nor whether it is blind: that nobody tells a team. */
int toc_bind_lookout_watch(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "seat");
    const struct toc_standin *standin = toc_standin_of(lua);
    const toc_drill *drill = standin->all->drill;
    const toc_topology *topology = drill->topology;
    uint32_t own = toc_seat_operator(drill, standin->seat);
    lua_Integer count = 0;
    lua_createtable(lua, 0, 3);
    lua_newtable(lua);
    toc_host_charge(lua, UINT64_C(50) + topology->sensor_count);
    for (uint32_t i = 0; i < topology->sensor_count && own != TOC_INDEX_NONE; i++) {
        if (topology->sensors[i].operator_index == own) {
            push_sensor(lua, topology, &topology->sensors[i]);
            lua_rawseti(lua, -2, ++count);
        }
    }
    lua_setfield(lua, -2, "sensors");
    uint32_t analysts = toc_alert_analysts(drill->world, own);
    lua_pushinteger(
        lua, analysts == TOC_INDEX_NONE ? 0 : (lua_Integer)topology->analysts[analysts].size);
    lua_setfield(lua, -2, "analysts");
    lua_pushinteger(lua, toc_alert_waiting(drill->world, own));
    lua_setfield(lua, -2, "waiting");
    return 1;
}
