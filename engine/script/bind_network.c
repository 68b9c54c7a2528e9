#include "script/bind_network.h"

#include <lauxlib.h>

#include "kernel/assert.h"
#include "kernel/names.h"
#include "model/network.h"
#include "model/reach.h"
#include "script/bind_world.h"
#include "script/nouns.h"

/* -- Finding ----------------------------------------------------------------------------------- */

uint32_t toc_bind_network_conduit_at(lua_State *lua, int argument, const char *what) {
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    if (toc_binder_is(lua, argument, "conduit")) {
        return (uint32_t)toc_binder_check(lua, argument, "conduit");
    }
    const char *id = toc_binder_text(lua, argument, what);
    uint32_t found = toc_topology_find_conduit(topology, id);
    if (found == TOC_INDEX_NONE) {
        toc_host_charge(lua, UINT64_C(50) * topology->conduit_count);
        toc_nouns_unknown(lua, "conduit", id, toc_topology_nearest_conduit(topology, id));
    }
    return found;
}

/* The nearest of `count` ids, from a table that lives as long as the stack's top. */
static const char *nearest(lua_State *lua, const char *id, uint32_t count,
                           const char *(*id_at)(const toc_topology *, uint32_t)) {
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    toc_host_charge(lua, UINT64_C(100) * count);
    const char **ids = lua_newuserdatauv(lua, (count + (size_t)1) * sizeof *ids, 0);
    for (uint32_t i = 0; i < count; i++) {
        ids[i] = id_at(topology, i);
    }
    return toc_names_nearest_of(ids, count, id);
}

static const char *zone_id_at(const toc_topology *topology, uint32_t index) {
    return topology->zones[index].id;
}

static const char *phase_id_at(const toc_topology *topology, uint32_t index) {
    return topology->phases[index].id;
}

static const char *protocol_at(const toc_topology *topology, uint32_t index) {
    return topology->protocols[index];
}

static const char *traffic_id_at(const toc_topology *topology, uint32_t index) {
    return topology->links[topology->traffics[index].link].id;
}

uint32_t toc_bind_network_zone_at(lua_State *lua, int argument, const char *what) {
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    if (toc_binder_is(lua, argument, "zone")) {
        return (uint32_t)toc_binder_check(lua, argument, "zone");
    }
    const char *id = toc_binder_text(lua, argument, what);
    uint32_t found = toc_topology_find_zone(topology, id);
    if (found == TOC_INDEX_NONE) {
        toc_nouns_unknown(lua, "zone", id, nearest(lua, id, topology->zone_count, zone_id_at));
    }
    return found;
}

uint32_t toc_bind_network_phase_at(lua_State *lua, int argument, const char *what) {
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    const char *id = toc_binder_text(lua, argument, what);
    uint32_t found = toc_topology_find_phase(topology, id);
    if (found == TOC_INDEX_NONE) {
        toc_nouns_unknown(lua, "phase in the topology", id,
                          nearest(lua, id, topology->phase_count, phase_id_at));
    }
    return found;
}

static uint32_t asset_at(lua_State *lua, int argument, const char *what) {
    uint32_t element = toc_bind_world_element(lua, argument, what);
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    if (element >= topology->asset_count) {
        toc_host_error(lua, "%s: '%.60s' is a link, not an asset", what,
                       toc_topology_element_id(topology, element));
    }
    return element;
}

/* -- Conduits and traffic ---------------------------------------------------------------------- */

static const toc_conduit *conduit_self(lua_State *lua) {
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "conduit");
    return &toc_nouns_of(lua)->topology->conduits[number];
}

static int conduit_id(lua_State *lua) {
    return toc_nouns_text(lua, conduit_self(lua)->id);
}

static int conduit_from(lua_State *lua) {
    uint32_t zone = conduit_self(lua)->from_zone;
    return toc_nouns_text(lua, toc_nouns_of(lua)->topology->zones[zone].id);
}

static int conduit_to(lua_State *lua) {
    uint32_t zone = conduit_self(lua)->to_zone;
    return toc_nouns_text(lua, toc_nouns_of(lua)->topology->zones[zone].id);
}

static int conduit_is_blocked(lua_State *lua) {
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "conduit");
    const toc_nouns *nouns = toc_nouns_of(lua);
    toc_nouns_read(nouns, TOC_CHANGE_CONDUIT, number);
    lua_pushboolean(lua, toc_network_is_blocked(nouns->world, number));
    return 1;
}

static const toc_traffic *traffic_self(lua_State *lua) {
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "traffic");
    return &toc_nouns_of(lua)->topology->traffics[number];
}

static const toc_link *link_self(lua_State *lua) {
    return &toc_nouns_of(lua)->topology->links[traffic_self(lua)->link];
}

static int traffic_id(lua_State *lua) {
    return toc_nouns_text(lua, link_self(lua)->id);
}

static int traffic_from(lua_State *lua) {
    return toc_nouns_text(lua, toc_nouns_of(lua)->topology->assets[link_self(lua)->from].id);
}

static int traffic_to(lua_State *lua) {
    return toc_nouns_text(lua, toc_nouns_of(lua)->topology->assets[link_self(lua)->to].id);
}

static int traffic_service(lua_State *lua) {
    return toc_nouns_text(lua, toc_nouns_of(lua)->topology->protocols[traffic_self(lua)->protocol]);
}

static int traffic_passes(lua_State *lua) {
    const toc_nouns *nouns = toc_nouns_of(lua);
    uint32_t element = nouns->topology->asset_count + traffic_self(lua)->link;
    toc_nouns_read(nouns, TOC_CHANGE_OPERATION, element);
    lua_pushboolean(lua, toc_world_operation(nouns->world, element) == TOC_ON);
    return 1;
}

/* -- The world --------------------------------------------------------------------------------- */

int toc_bind_network_conduit(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    toc_binder_push(lua, "conduit", toc_bind_network_conduit_at(lua, 2, "world:conduit"), 0);
    return 1;
}

int toc_bind_network_conduits(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    uint32_t count = toc_nouns_of(lua)->topology->conduit_count;
    lua_newtable(lua);
    for (uint32_t i = 0; i < count; i++) {
        toc_host_charge(lua, 4);
        toc_binder_push(lua, "conduit", i, 0);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    return 1;
}

int toc_bind_network_traffic(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    const char *id = toc_binder_text(lua, 2, "world:traffic");
    uint32_t element = toc_topology_find_element(topology, id), found = TOC_INDEX_NONE;
    if (element != TOC_INDEX_NONE && element >= topology->asset_count) {
        found = toc_topology_find_traffic(topology, element - topology->asset_count);
    }
    if (found == TOC_INDEX_NONE) {
        toc_nouns_unknown(lua, "traffic", id,
                          nearest(lua, id, topology->traffic_count, traffic_id_at));
    }
    toc_binder_push(lua, "traffic", found, 0);
    return 1;
}

int toc_bind_network_phase(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    const toc_nouns *nouns = toc_nouns_of(lua);
    uint32_t phase = toc_network_current_phase(nouns->world);
    toc_nouns_read(nouns, TOC_CHANGE_PHASE, 0);
    return toc_nouns_text(lua, phase == TOC_INDEX_NONE ? "" : nouns->topology->phases[phase].id);
}

int toc_bind_network_is_isolated(lua_State *lua) {
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "zone");
    const toc_nouns *nouns = toc_nouns_of(lua);
    toc_nouns_read(nouns, TOC_CHANGE_ZONE, number);
    lua_pushboolean(lua, toc_network_is_cut(nouns->world, number));
    return 1;
}

/* What is asked of the network as a whole depends on all that may change what passes. */
static void read_network(const toc_nouns *nouns) {
    if (nouns->conditions != NULL) {
        toc_conditions_read(nouns->conditions, toc_network_cell());
    }
}

int toc_bind_network_permits(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    uint32_t from = asset_at(lua, 2, "world:permits"), to = asset_at(lua, 3, "world:permits");
    const toc_nouns *nouns = toc_nouns_of(lua);
    const toc_topology *topology = nouns->topology;
    toc_passage passage = {from, to, TOC_INDEX_NONE};
    if (!lua_isnoneornil(lua, 4)) {
        const char *service = toc_binder_text(lua, 4, "world:permits");
        passage.protocol = toc_topology_find_protocol(topology, service);
        if (passage.protocol == TOC_INDEX_NONE) {
            toc_nouns_unknown(lua, "service of the network", service,
                              nearest(lua, service, topology->protocol_count, protocol_at));
        }
    }
    toc_host_charge(lua, 20 + topology->protocol_count);
    read_network(nouns);
    lua_pushboolean(lua, toc_network_passes(nouns->world, passage));
    return 1;
}

/* One foothold, or a list of them, at `argument`; they live on the stack's top. */
static toc_foothold *read_footholds(lua_State *lua, int argument, const char *what,
                                    uint32_t *out_count) {
    uint32_t count = lua_type(lua, argument) == LUA_TTABLE && !toc_binder_is(lua, argument, "asset")
                         ? (uint32_t)lua_rawlen(lua, argument)
                         : TOC_INDEX_NONE;
    size_t room = count == TOC_INDEX_NONE ? 1 : (size_t)count + 1;
    toc_foothold *footholds = lua_newuserdatauv(lua, room * sizeof *footholds, 0);
    if (count == TOC_INDEX_NONE) {
        footholds[0] = (toc_foothold){asset_at(lua, argument, what), TOC_ACCESS_ADMIN};
        *out_count = 1;
        return footholds;
    }
    for (uint32_t i = 0; i < count; i++) {
        (void)lua_rawgeti(lua, argument, (lua_Integer)i + 1);
        footholds[i] = (toc_foothold){asset_at(lua, lua_gettop(lua), what), TOC_ACCESS_ADMIN};
        lua_pop(lua, 1);
    }
    *out_count = count;
    return footholds;
}

/* The reach must be destroyed before anything that can raise an error. */
static toc_reach *make_reach(lua_State *lua, const char *what) {
    const toc_nouns *nouns = toc_nouns_of(lua);
    toc_reach_options options = {.footholds = NULL};
    options.footholds = read_footholds(lua, 2, what, &options.foothold_count);
    toc_host_charge(lua, toc_reach_effort(nouns->world));
    read_network(nouns);
    return toc_reach_create(nouns->world, &options);
}

int toc_bind_network_reaches(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    uint32_t to = asset_at(lua, 3, "world:reaches");
    toc_reach *reach = make_reach(lua, "world:reaches");
    bool reaches = toc_reach_access(reach, to) != TOC_ACCESS_NONE;
    toc_reach_destroy(reach);
    lua_pushboolean(lua, reaches);
    return 1;
}

struct found {
    uint32_t asset, hops;
    toc_access access;
};

static void push_found(lua_State *lua, const struct found *found) {
    lua_createtable(lua, 0, 3);
    toc_binder_push(lua, "asset", found->asset, 0);
    lua_setfield(lua, -2, "asset");
    lua_pushstring(lua, toc_reach_access_name(found->access));
    lua_setfield(lua, -2, "access");
    lua_pushinteger(lua, found->hops);
    lua_setfield(lua, -2, "hops");
}

int toc_bind_network_reach(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    uint32_t assets = toc_nouns_of(lua)->topology->asset_count, count = 0;
    struct found *all = lua_newuserdatauv(lua, (assets + (size_t)1) * sizeof *all, 0);
    toc_reach *reach = make_reach(lua, "world:reach");
    for (uint32_t i = 0; i < assets; i++) {
        if (toc_reach_access(reach, i) != TOC_ACCESS_NONE) {
            all[count++] = (struct found){i, toc_reach_hops(reach, i), toc_reach_access(reach, i)};
        }
    }
    toc_reach_destroy(reach);
    lua_newtable(lua);
    for (uint32_t i = 0; i < count; i++) {
        toc_host_charge(lua, 16);
        push_found(lua, &all[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* -- Classes ----------------------------------------------------------------------------------- */

static const toc_binding conduit_rows[] = {
    {"id", conduit_id, true, "conduit.id: string",
     "As the topology names it, or after its ends: office..control."},
    {"from", conduit_from, true, "conduit.from: string", "Id of the zone that it leads from."},
    {"to", conduit_to, true, "conduit.to: string", "Id of the zone that it leads to."},
    {"is_blocked", conduit_is_blocked, true, "conduit.is_blocked: boolean",
     "Whether somebody has blocked it."},
};

static const toc_binding traffic_rows[] = {
    {"id", traffic_id, true, "traffic.id: string", "As the topology names it."},
    {"from", traffic_from, true, "traffic.from: string", "Id of the asset that opens it."},
    {"to", traffic_to, true, "traffic.to: string", "Id of the asset that takes it."},
    {"service", traffic_service, true, "traffic.service: string", "Over which service."},
    {"passes", traffic_passes, true, "traffic.passes: boolean",
     "Whether both ends run and the network lets it pass."},
};

static const toc_bound_class conduit_class = {"conduit", "A way from one zone to another.",
                                              conduit_rows,
                                              sizeof conduit_rows / sizeof *conduit_rows};
static const toc_bound_class traffic_class = {"traffic", "A legitimate flow over the network.",
                                              traffic_rows,
                                              sizeof traffic_rows / sizeof *traffic_rows};

const toc_bound_class *toc_bind_network_conduit_class(void) {
    return &conduit_class;
}

const toc_bound_class *toc_bind_network_traffic_class(void) {
    return &traffic_class;
}
