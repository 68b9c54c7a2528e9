/* Bindings of the world, its operators and zones: they convert and call. */
#include "script/bind_world.h"

#include <lauxlib.h>
#include <string.h>

#include "kernel/names.h"
#include "script/bind_network.h"
#include "script/bind_sensor.h"
#include "script/describe.h"
#include "script/nouns.h"

/* Operators and zones. */

static const toc_operator *operator_self(lua_State *lua) {
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "operator");
    return &toc_nouns_of(lua)->topology->operators[number];
}

static int operator_id(lua_State *lua) {
    return toc_nouns_text(lua, operator_self(lua)->id);
}

static int operator_name(lua_State *lua) {
    return toc_nouns_text(lua, operator_self(lua)->name);
}

static int operator_sector(lua_State *lua) {
    return toc_nouns_text(lua, operator_self(lua)->sector);
}

static int operator_cii(lua_State *lua) {
    lua_pushboolean(lua, operator_self(lua)->cii);
    return 1;
}

static const toc_zone *zone_self(lua_State *lua) {
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "zone");
    return &toc_nouns_of(lua)->topology->zones[number];
}

static int zone_id(lua_State *lua) {
    return toc_nouns_text(lua, zone_self(lua)->id);
}

static int zone_name(lua_State *lua) {
    return toc_nouns_text(lua, zone_self(lua)->name);
}

static int zone_operator(lua_State *lua) {
    const toc_zone *zone = zone_self(lua);
    return toc_nouns_text(
        lua, toc_topology_operator_id(toc_nouns_of(lua)->topology, zone->operator_index));
}

static int zone_level(lua_State *lua) {
    lua_pushinteger(lua, zone_self(lua)->level);
    return 1;
}

static int zone_target(lua_State *lua) {
    lua_pushinteger(lua, zone_self(lua)->target);
    return 1;
}

/* The world. */

static int world_now(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    lua_pushinteger(lua, toc_world_now(toc_nouns_of(lua)->world));
    return 1;
}

/* An own copy of the ids, because toc_names_nearest_of takes a plain table. */
static const char *nearest_id(lua_State *lua, const char *id, uint32_t count,
                              const char *(*id_at)(const toc_topology *, uint32_t)) {
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    toc_host_charge(lua, UINT64_C(100) * count);
    const char **ids = lua_newuserdatauv(lua, (count + 1) * sizeof *ids, 0);
    for (uint32_t i = 0; i < count; i++) {
        ids[i] = id_at(topology, i);
    }
    return toc_names_nearest_of(ids, count, id);
}

static const char *operator_id_at(const toc_topology *topology, uint32_t index) {
    return topology->operators[index].id;
}

static const char *service_id_at(const toc_topology *topology, uint32_t index) {
    return topology->services[index].id;
}

static const char *zone_id_at(const toc_topology *topology, uint32_t index) {
    return topology->zones[index].id;
}

static uint32_t operator_argument(lua_State *lua, int argument) {
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    if (toc_binder_is(lua, argument, "operator")) {
        return (uint32_t)toc_binder_check(lua, argument, "operator");
    }
    const char *id = toc_binder_text(lua, argument, "operator");
    uint32_t found = toc_topology_find_operator(topology, id);
    if (found == TOC_INDEX_NONE) {
        toc_nouns_unknown(lua, "operator", id,
                          nearest_id(lua, id, topology->operator_count, operator_id_at));
    }
    return found;
}

uint32_t toc_bind_world_element(lua_State *lua, int argument, const char *what) {
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    if (toc_binder_is(lua, argument, "asset")) {
        return (uint32_t)toc_binder_check(lua, argument, "asset");
    }
    if (lua_type(lua, argument) != LUA_TSTRING) {
        char found[128];
        toc_host_error(lua, "%s: expected an asset or its id, found %s", what,
                       toc_describe_value(lua, argument, found, sizeof found));
    }
    const char *id = toc_binder_text(lua, argument, what);
    uint32_t found = toc_topology_find_element(topology, id);
    if (found == TOC_INDEX_NONE) {
        toc_host_charge(lua, UINT64_C(50) * topology->asset_count);
        toc_nouns_unknown(lua, "asset or link", id, toc_topology_nearest_element(topology, id));
    }
    return found;
}

static int world_asset(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    uint32_t element = toc_bind_world_element(lua, 2, "world:asset");
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    if (element >= topology->asset_count) {
        toc_host_error(lua, "'%.60s' is a link, not an asset",
                       toc_topology_element_id(topology, element));
    }
    toc_binder_push(lua, "asset", element, 0);
    return 1;
}

static int world_assets(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    return toc_bind_world_assets(lua, 2);
}

static int world_operator(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    toc_binder_push(lua, "operator", operator_argument(lua, 2), 0);
    return 1;
}

static int world_zone(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    const char *id = toc_binder_text(lua, 2, "world:zone");
    uint32_t found = toc_topology_find_zone(topology, id);
    if (found == TOC_INDEX_NONE) {
        toc_nouns_unknown(lua, "zone", id, nearest_id(lua, id, topology->zone_count, zone_id_at));
    }
    toc_binder_push(lua, "zone", found, 0);
    return 1;
}

static int world_service(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    const char *id = toc_binder_text(lua, 2, "world:service");
    bool all = lua_isnoneornil(lua, 3);
    uint32_t of = all ? TOC_INDEX_NONE : operator_argument(lua, 3);
    uint32_t found = toc_topology_find_service(topology, id, of);
    if (found == TOC_INDEX_NONE && !all &&
        toc_topology_find_service(topology, id, TOC_INDEX_NONE) != TOC_INDEX_NONE) {
        toc_host_error(lua, "operator '%.60s' has no service '%.60s'", topology->operators[of].id,
                       id);
    }
    if (found == TOC_INDEX_NONE) {
        toc_nouns_unknown(lua, "service", id,
                          nearest_id(lua, id, topology->service_count, service_id_at));
    }
    for (uint32_t i = 0; all && i < topology->service_count; i++) {
        const toc_service *other = &topology->services[i];
        if (strcmp(other->id, id) == 0 &&
            strcmp(other->unit->dimension, topology->services[found].unit->dimension) != 0) {
            toc_host_error(lua,
                           "operators measure service '%.60s' in units that cannot be added; "
                           "name the operator: world:service(\"%.60s\", operator)",
                           id, id);
        }
    }
    toc_binder_push(lua, "service", found, all ? TOC_NOUNS_ALL : TOC_NOUNS_ONE);
    return 1;
}

/* Whether `id` is the text at the top, or among the texts of the list there; nil lets all pass. */
static bool passes(lua_State *lua, const char *id) {
    if (lua_isnil(lua, -1)) {
        return true;
    }
    if (lua_type(lua, -1) == LUA_TSTRING) {
        return strcmp(lua_tostring(lua, -1), id) == 0;
    }
    lua_Integer count = (lua_Integer)lua_rawlen(lua, -1);
    bool found = false;
    for (lua_Integer i = 1; i <= count && !found; i++) {
        toc_host_charge(lua, 4);
        found = lua_rawgeti(lua, -1, i) == LUA_TSTRING && strcmp(lua_tostring(lua, -1), id) == 0;
        lua_pop(lua, 1);
    }
    return found;
}

/* Checks the filter's value on top: nil, a text or a list of texts, each naming something. */
static void check_filter(lua_State *lua, const char *key) {
    char found[128];
    int kind = lua_type(lua, -1);
    lua_Integer count = kind == LUA_TTABLE ? (lua_Integer)lua_rawlen(lua, -1) : 0;
    if (kind != LUA_TNIL && kind != LUA_TSTRING && kind != LUA_TTABLE) {
        toc_host_error(lua, "assets by %s: expected a text or a list of texts, found %s", key,
                       toc_describe_value(lua, -1, found, sizeof found));
    }
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(lua, -1, i) != LUA_TSTRING) {
            toc_host_error(lua, "assets by %s: entry %lld of the list is %s, not a text", key,
                           (long long)i, toc_describe_value(lua, -1, found, sizeof found));
        }
        lua_pop(lua, 1);
    }
    toc_host_charge(lua, (uint64_t)count);
}

enum { FILTERS = 4 };
static const char *const filter_keys[FILTERS] = {"id", "kind", "operator", "zone"};

static const char *filtered_id(const toc_topology *topology, const toc_asset *asset, int filter) {
    switch (filter) {
    case 0:
        return asset->id;
    case 1:
        return toc_topology_kind(asset->kind)->name;
    case 2:
        return toc_topology_operator_id(topology, asset->operator_index);
    default:
        return asset->zone == TOC_INDEX_NONE ? "" : topology->zones[asset->zone].id;
    }
}

static void check_known(lua_State *lua, int filter, const char *id) {
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    if (filter == 1 && toc_topology_find_kind(id) == TOC_ASSET_KINDS) {
        const char *names[TOC_ASSET_KINDS];
        for (unsigned i = 0; i < TOC_ASSET_KINDS; i++) {
            names[i] = toc_topology_kind((toc_asset_kind)i)->name;
        }
        toc_nouns_unknown(lua, "asset kind", id, toc_names_nearest_of(names, TOC_ASSET_KINDS, id));
    }
    if (filter == 2 && toc_topology_find_operator(topology, id) == TOC_INDEX_NONE) {
        toc_nouns_unknown(lua, "operator", id,
                          nearest_id(lua, id, topology->operator_count, operator_id_at));
    }
    if (filter == 3 && toc_topology_find_zone(topology, id) == TOC_INDEX_NONE) {
        toc_nouns_unknown(lua, "zone", id, nearest_id(lua, id, topology->zone_count, zone_id_at));
    }
}

/* Pushes the filter's value and checks what it names. */
static void push_filter(lua_State *lua, int argument, int filter) {
    if (lua_isnoneornil(lua, argument)) {
        lua_pushnil(lua);
        return;
    }
    lua_getfield(lua, argument, filter_keys[filter]);
    check_filter(lua, filter_keys[filter]);
    if (lua_type(lua, -1) == LUA_TSTRING) {
        check_known(lua, filter, lua_tostring(lua, -1));
    }
    lua_Integer count = lua_type(lua, -1) == LUA_TTABLE ? (lua_Integer)lua_rawlen(lua, -1) : 0;
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(lua, -1, i);
        check_known(lua, filter, lua_tostring(lua, -1));
        lua_pop(lua, 1);
    }
}

int toc_bind_world_assets(lua_State *lua, int argument) {
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    if (!lua_isnoneornil(lua, argument)) {
        toc_binder_check_keys(lua, argument, "assets", filter_keys, FILTERS);
    }
    luaL_checkstack(lua, FILTERS + 4, "assets");
    for (int filter = 0; filter < FILTERS; filter++) {
        push_filter(lua, argument, filter);
    }
    lua_newtable(lua);
    int base = lua_gettop(lua) - FILTERS;
    lua_Integer count = 0;
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        bool is_in = true;
        toc_host_charge(lua, 4);
        for (int filter = 0; filter < FILTERS && is_in; filter++) {
            lua_pushvalue(lua, base + filter);
            is_in = passes(lua, filtered_id(topology, &topology->assets[i], filter));
            lua_pop(lua, 1);
        }
        if (is_in) {
            toc_binder_push(lua, "asset", i, 0);
            lua_rawseti(lua, -2, ++count);
        }
    }
    return 1;
}

static const toc_binding operator_rows[] = {
    {"id", operator_id, true, "operator.id: string", "As the topology names it."},
    {"name", operator_name, true, "operator.name: string", "As people call it."},
    {"sector", operator_sector, true, "operator.sector: string", "Its sector: power, water ..."},
    {"is_cii", operator_cii, true, "operator.is_cii: boolean",
     "Whether it has the duties of an operator of critical information infrastructure."},
};

static const toc_binding zone_rows[] = {
    {"id", zone_id, true, "zone.id: string", "As the topology names it."},
    {"name", zone_name, true, "zone.name: string", "As people call it."},
    {"operator", zone_operator, true, "zone.operator: string", "Id of the operator it belongs to."},
    {"level", zone_level, true, "zone.level: integer", "Purdue level, 0 to 5."},
    {"target", zone_target, true, "zone.target: integer",
     "Security level of IEC 62443 that it aims at, 0 to 4."},
    {"is_isolated", toc_bind_network_is_isolated, true, "zone.is_isolated: boolean",
     "Whether somebody has cut it off all other zones."},
};

static const toc_binding world_rows[] = {
    {"now", world_now, true, "world.now: time", "Drill time, in microseconds since its start."},
    {"asset", world_asset, false, "world:asset(id: string) -> asset", "The asset of that id."},
    {"assets", world_assets, false,
     "world:assets(filter?: {id?: string|string[], kind?: string|string[], operator?: "
     "string|string[], zone?: string|string[]}) -> asset[]",
     "All assets that match, in the topology's order."},
    {"service", world_service, false,
     "world:service(id: string, operator?: string|operator) -> service",
     "An operator's service; without an operator, that of all operators together."},
    {"operator", world_operator, false, "world:operator(id: string) -> operator",
     "The operator of that id."},
    {"zone", world_zone, false, "world:zone(id: string) -> zone", "The zone of that id."},
    {"conduit", toc_bind_network_conduit, false, "world:conduit(id: string) -> conduit",
     "The conduit of that id."},
    {"conduits", toc_bind_network_conduits, false, "world:conduits() -> conduit[]",
     "All conduits, in the topology's order."},
    {"traffic", toc_bind_network_traffic, false, "world:traffic(id: string) -> traffic",
     "The traffic of that id."},
    {"sensor", toc_bind_sensor_find, false, "world:sensor(id: string) -> sensor",
     "The sensor of that id."},
    {"waiting", toc_bind_sensor_waiting, false, "world:waiting(operator: string) -> integer",
     "How many alerts wait for one of the operator's analysts."},
    {"phase", toc_bind_network_phase, true, "world.phase: string",
     "Id of the phase that conduits and rules hold for now, \"\" where the topology has none."},
    {"permits", toc_bind_network_permits, false,
     "world:permits(from: asset|string, to: asset|string, service?: string) -> boolean",
     "Whether the network lets the one open that service, or any, with the other now."},
    {"reach", toc_bind_network_reach, false,
     "world:reach(from: asset|string|(asset|string)[]) -> {asset: asset, access: string, hops: "
     "integer}[]",
     "What an attacker who holds these assets can come to hold when every attempt succeeds: user "
     "or admin, and after how many hops."},
    {"reaches", toc_bind_network_reaches, false,
     "world:reaches(from: asset|string|(asset|string)[], to: asset|string) -> boolean",
     "Whether the asset is within that reach."},
};

static const toc_bound_class operator_class = {"operator", "An organisation that owns assets.",
                                               operator_rows,
                                               sizeof operator_rows / sizeof *operator_rows};
static const toc_bound_class zone_class = {"zone", "A zone of the network.", zone_rows,
                                           sizeof zone_rows / sizeof *zone_rows};
static const toc_bound_class world_class = {"world", "Everything there is, as it truly is.",
                                            world_rows, sizeof world_rows / sizeof *world_rows};

void toc_bind_world_install(toc_host *host, toc_world *world, toc_conditions *conditions) {
    toc_nouns_install(host, world, conditions);
    toc_bind_world_classes(host);
}

void toc_bind_world_classes(toc_host *host) {
    toc_binder_class(host, &world_class);
    toc_binder_class(host, toc_bind_asset_class());
    toc_binder_class(host, toc_bind_service_class());
    toc_binder_class(host, &operator_class);
    toc_binder_class(host, &zone_class);
    toc_binder_class(host, toc_bind_network_conduit_class());
    toc_binder_class(host, toc_bind_network_traffic_class());
    toc_binder_class(host, toc_bind_sensor_class());
}

void toc_bind_world_push(lua_State *lua) {
    toc_binder_push(lua, "world", 0, 0);
}
