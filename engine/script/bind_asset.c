/* Binding of assets: the object's number is the asset's index. */
#include <lauxlib.h>

#include "kernel/assert.h"
#include "kernel/names.h"
#include "model/reach.h"
#include "model/intrusion.h"
#include "model/tank.h"
#include "script/nouns.h"

static uint32_t asset_number(lua_State *lua) {
    return (uint32_t)toc_binder_check(lua, 1, "asset");
}

static const toc_asset *asset_self(lua_State *lua, const toc_nouns **nouns) {
    uint32_t number = asset_number(lua);
    *nouns = toc_nouns_of(lua);
    TOC_ASSERT(number < (*nouns)->topology->asset_count);
    return &(*nouns)->topology->assets[number];
}

static int asset_id(lua_State *lua) {
    const toc_nouns *nouns;
    return toc_nouns_text(lua, asset_self(lua, &nouns)->id);
}

static int asset_name(lua_State *lua) {
    const toc_nouns *nouns;
    return toc_nouns_text(lua, asset_self(lua, &nouns)->name);
}

static int asset_kind(lua_State *lua) {
    const toc_nouns *nouns;
    return toc_nouns_text(lua, toc_topology_kind(asset_self(lua, &nouns)->kind)->name);
}

static int asset_operator(lua_State *lua) {
    const toc_nouns *nouns;
    const toc_asset *asset = asset_self(lua, &nouns);
    return toc_nouns_text(lua, toc_topology_operator_id(nouns->topology, asset->operator_index));
}

static int asset_zone(lua_State *lua) {
    const toc_nouns *nouns;
    const toc_asset *asset = asset_self(lua, &nouns);
    if (asset->zone == TOC_INDEX_NONE) {
        lua_pushnil(lua);
        return 1;
    }
    return toc_nouns_text(lua, nouns->topology->zones[asset->zone].id);
}

static int asset_x(lua_State *lua) {
    const toc_nouns *nouns;
    const toc_asset *asset = asset_self(lua, &nouns);
    if (asset->placed) {
        lua_pushnumber(lua, asset->x_m / 1000.0);
    } else {
        lua_pushnil(lua);
    }
    return 1;
}

static int asset_y(lua_State *lua) {
    const toc_nouns *nouns;
    const toc_asset *asset = asset_self(lua, &nouns);
    if (asset->placed) {
        lua_pushnumber(lua, asset->y_m / 1000.0);
    } else {
        lua_pushnil(lua);
    }
    return 1;
}

static int asset_people(lua_State *lua) {
    const toc_nouns *nouns;
    lua_pushinteger(lua, asset_self(lua, &nouns)->people);
    return 1;
}

static int asset_operation(lua_State *lua) {
    const toc_nouns *nouns;
    (void)asset_self(lua, &nouns);
    uint32_t number = asset_number(lua);
    toc_nouns_read(nouns, TOC_CHANGE_OPERATION, number);
    return toc_nouns_text(lua, toc_world_operation_name(toc_world_operation(nouns->world, number)));
}

static int asset_is_up(lua_State *lua) {
    const toc_nouns *nouns;
    (void)asset_self(lua, &nouns);
    uint32_t number = asset_number(lua);
    toc_nouns_read(nouns, TOC_CHANGE_OPERATION, number);
    toc_operation operation = toc_world_operation(nouns->world, number);
    lua_pushboolean(lua, operation == TOC_ON || operation == TOC_DEGRADED);
    return 1;
}

static int asset_capability(lua_State *lua) {
    const toc_nouns *nouns;
    (void)asset_self(lua, &nouns);
    uint32_t number = asset_number(lua);
    toc_nouns_read(nouns, TOC_CHANGE_OPERATION, number);
    toc_nouns_read(nouns, TOC_CHANGE_CAUSE, number);
    lua_pushnumber(lua, (double)toc_world_capability_ppm(nouns->world, number) / 1e6);
    return 1;
}

static int asset_has_control(lua_State *lua) {
    const toc_nouns *nouns;
    (void)asset_self(lua, &nouns);
    uint32_t number = asset_number(lua);
    toc_nouns_read(nouns, TOC_CHANGE_CONTROL, number);
    toc_nouns_read(nouns, TOC_CHANGE_COMMAND, number);
    lua_pushboolean(lua, toc_world_has_control(nouns->world, number));
    return 1;
}

static int asset_has_view(lua_State *lua) {
    const toc_nouns *nouns;
    (void)asset_self(lua, &nouns);
    uint32_t number = asset_number(lua);
    toc_nouns_read(nouns, TOC_CHANGE_CONTROL, number);
    toc_nouns_read(nouns, TOC_CHANGE_VIEW, number);
    lua_pushboolean(lua, toc_world_has_view(nouns->world, number));
    return 1;
}

static int asset_is_tampered(lua_State *lua) {
    const toc_nouns *nouns;
    (void)asset_self(lua, &nouns);
    uint32_t number = asset_number(lua);
    toc_nouns_read(nouns, TOC_CHANGE_INTEGRITY, number);
    lua_pushboolean(lua, toc_intrusion_is_tampered(nouns->world, number));
    return 1;
}

static int asset_is_implanted(lua_State *lua) {
    const toc_nouns *nouns;
    (void)asset_self(lua, &nouns);
    uint32_t number = asset_number(lua);
    toc_nouns_read(nouns, TOC_CHANGE_IMPLANT, number);
    lua_pushboolean(lua, toc_intrusion_is_implanted(nouns->world, number));
    return 1;
}

static int asset_causes(lua_State *lua) {
    const toc_nouns *nouns;
    (void)asset_self(lua, &nouns);
    uint32_t number = asset_number(lua);
    toc_nouns_read(nouns, TOC_CHANGE_CAUSE, number);
    uint32_t causes = toc_world_causes(nouns->world, number);
    lua_newtable(lua);
    for (unsigned cause = 0; cause < TOC_CAUSES; cause++) {
        if ((causes >> cause & 1) != 0) {
            lua_pushstring(lua, toc_world_cause_name((toc_cause)cause));
            lua_rawseti(lua, -2, (lua_Integer)lua_rawlen(lua, -2) + 1);
        }
    }
    return 1;
}

static int asset_has_cause(lua_State *lua) {
    const toc_nouns *nouns;
    (void)asset_self(lua, &nouns);
    uint32_t number = asset_number(lua);
    const char *name = toc_binder_text(lua, 2, "has_cause");
    toc_cause cause = toc_world_find_cause(name);
    if (cause == TOC_CAUSES) {
        const char *names[TOC_CAUSES];
        for (unsigned i = 0; i < TOC_CAUSES; i++) {
            names[i] = toc_world_cause_name((toc_cause)i);
        }
        const char *nearest = toc_names_nearest_of(names, TOC_CAUSES, name);
        toc_host_error(lua, "has_cause: there is no cause '%.60s'%s%s%s", name,
                       nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "",
                       nearest != NULL ? "'?" : "");
    }
    toc_nouns_read(nouns, TOC_CHANGE_CAUSE, number);
    lua_pushboolean(lua, toc_world_has_cause(nouns->world, number, cause));
    return 1;
}

static void set_text(lua_State *lua, const char *key, const char *text) {
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, key);
}

static void push_weakness(lua_State *lua, const toc_topology *topology,
                          const toc_weakness *weakness) {
    uint32_t protocol = weakness->protocol;
    lua_createtable(lua, 0, 6);
    set_text(lua, "id", weakness->id);
    set_text(lua, "technique", weakness->technique);
    set_text(lua, "service", protocol == TOC_INDEX_NONE ? "any" : topology->protocols[protocol]);
    set_text(lua, "from", toc_reach_access_name(weakness->from));
    set_text(lua, "gives", toc_reach_access_name(weakness->gives));
    lua_pushnumber(lua, (double)weakness->ease_ppm / 1e6);
    lua_setfield(lua, -2, "ease");
}

static int asset_weaknesses(lua_State *lua) {
    const toc_nouns *nouns;
    const toc_asset *facts = asset_self(lua, &nouns);
    toc_host_charge(lua, UINT64_C(20) * facts->weakness_count);
    lua_newtable(lua);
    for (uint32_t i = 0; i < facts->weakness_count; i++) {
        push_weakness(lua, nouns->topology,
                      &nouns->topology->weaknesses[facts->first_weakness + i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* The asset's tank; false, and nil pushed, where it has none. A tank is asked about again at every
   hundredth of its height and whenever its inflow changes. */
static bool tank_self(lua_State *lua, toc_tank_figures *out_figures) {
    const toc_nouns *nouns;
    (void)asset_self(lua, &nouns);
    uint32_t number = asset_number(lua);
    uint32_t tank = toc_tank_find(nouns->world, number);
    if (tank == TOC_INDEX_NONE) {
        lua_pushnil(lua);
        return false;
    }
    toc_nouns_read(nouns, TOC_CHANGE_TANK, number);
    *out_figures = toc_tank_read(nouns->world, tank);
    return true;
}

static int asset_level(lua_State *lua) {
    toc_tank_figures figures;
    if (tank_self(lua, &figures)) {
        lua_pushnumber(lua, figures.level_mm / 1000.0);
    }
    return 1;
}

static int asset_volume(lua_State *lua) {
    toc_tank_figures figures;
    if (tank_self(lua, &figures)) {
        lua_pushnumber(lua, (double)figures.volume_ml / 1e6);
    }
    return 1;
}

static int asset_spilt(lua_State *lua) {
    toc_tank_figures figures;
    if (tank_self(lua, &figures)) {
        lua_pushnumber(lua, (double)figures.spilt_ml / 1e6);
    }
    return 1;
}

static int asset_inflow(lua_State *lua) {
    toc_tank_figures figures;
    if (tank_self(lua, &figures)) {
        lua_pushnumber(lua, (double)figures.inflow / (double)toc_unit_find("m3/h")->base);
    }
    return 1;
}

static int asset_tank_state(lua_State *lua) {
    toc_tank_figures figures;
    return tank_self(lua, &figures) ? toc_nouns_text(lua, toc_tank_phase_name(figures.phase)) : 1;
}

static const toc_binding rows[] = {
    {"id", asset_id, true, "asset.id: string", "As the topology names it."},
    {"name", asset_name, true, "asset.name: string", "As people call it."},
    {"kind", asset_kind, true, "asset.kind: string", "Its kind: substation, rtu, pump ..."},
    {"operator", asset_operator, true, "asset.operator: string",
     "Id of the operator that owns it."},
    {"zone", asset_zone, true, "asset.zone: string?", "Id of its network zone, if it is in one."},
    {"x", asset_x, true, "asset.x: number?",
     "Kilometres east of the map's origin, if it has a place."},
    {"y", asset_y, true, "asset.y: number?",
     "Kilometres north of the map's origin, if it has a place."},
    {"people", asset_people, true, "asset.people: integer", "People served through it."},
    {"operation", asset_operation, true, "asset.operation: string",
     "off, starting, on, degraded, stopping, failed or under repair."},
    {"is_up", asset_is_up, true, "asset.is_up: boolean", "Whether it runs, fully or degraded."},
    {"capability", asset_capability, true, "asset.capability: number",
     "Share of its full ability, 0 to 1."},
    {"has_control", asset_has_control, true, "asset.has_control: boolean",
     "Whether it can be operated from afar."},
    {"has_view", asset_has_view, true, "asset.has_view: boolean",
     "Whether it can be seen from afar."},
    {"is_tampered", asset_is_tampered, true, "asset.is_tampered: boolean",
     "Whether what it runs was changed by an attacker."},
    {"is_implanted", asset_is_implanted, true, "asset.is_implanted: boolean",
     "Whether an attacker left something there that keeps its access."},
    {"level", asset_level, true, "asset.level: number?", "Metres of water in its tank, if any."},
    {"volume", asset_volume, true, "asset.volume: number?", "Cubic metres in its tank."},
    {"inflow", asset_inflow, true, "asset.inflow: number?",
     "Cubic metres an hour into its tank, below 0 where it gives."},
    {"spilt", asset_spilt, true, "asset.spilt: number?", "Cubic metres that its tank has spilt."},
    {"tank_state", asset_tank_state, true, "asset.tank_state: string?",
     "empty, between, full or overflowing."},
    {"causes", asset_causes, true, "asset.causes: string[]",
     "Why it is out; empty while nothing is wrong with it."},
    {"weaknesses", asset_weaknesses, true,
     "asset.weaknesses: {id: string, technique: string, ease: number, service: string, from: "
     "string, gives: string}[]",
     "Its weaknesses, as the topology has them."},
    {"has_cause", asset_has_cause, false, "asset:has_cause(cause: string) -> boolean",
     "Whether this is among the causes."},
};

static const toc_bound_class asset = {"asset", "A thing that can fail.", rows,
                                      sizeof rows / sizeof *rows};

const toc_bound_class *toc_bind_asset_class(void) {
    return &asset;
}
