/* Binding of services: the object's first number is the service's index, the second says whether it
   stands for all operators' services of that id. */
#include <string.h>

#include "kernel/assert.h"
#include "model/service.h"
#include "script/nouns.h"

struct figures {
    int64_t supply, demand, level_ppm;
    double loss;
};

static const toc_service *service_self(lua_State *lua, const toc_nouns **nouns) {
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "service");
    *nouns = toc_nouns_of(lua);
    TOC_ASSERT(number < (*nouns)->topology->service_count);
    return &(*nouns)->topology->services[number];
}

static bool is_of_all(lua_State *lua) {
    return toc_binder_second(lua, 1) == TOC_NOUNS_ALL;
}

/* Sums over the services of that id where the object stands for all of them. */
static struct figures read_service(lua_State *lua, const toc_nouns **nouns,
                                   const toc_service **service) {
    struct figures sum = {.level_ppm = 1000000};
    *service = service_self(lua, nouns);
    const toc_topology *topology = (*nouns)->topology;
    __extension__ __int128 loss_us = 0;
    bool all = is_of_all(lua);
    for (uint32_t i = 0; i < topology->service_count; i++) {
        const toc_service *other = &topology->services[i];
        if (other != *service && (!all || strcmp(other->id, (*service)->id) != 0)) {
            continue;
        }
        toc_nouns_read(*nouns, TOC_CHANGE_SERVICE, i);
        toc_service_figures figures = toc_service_read((*nouns)->world, i);
        sum.supply += figures.supply;
        sum.demand += figures.demand;
        sum.level_ppm = figures.level_ppm;
        loss_us += figures.loss_us;
    }
    toc_host_charge(lua, topology->service_count);
    sum.loss = (double)loss_us / (3600e6 * (double)(*service)->unit->base);
    if (all && sum.demand <= sum.supply) {
        sum.level_ppm = 1000000;
    } else if (all) {
        __extension__ __int128 supply = sum.supply;
        sum.level_ppm = (int64_t)(supply * 1000000 / sum.demand);
    }
    return sum;
}

static int service_id(lua_State *lua) {
    const toc_nouns *nouns;
    return toc_nouns_text(lua, service_self(lua, &nouns)->id);
}

static int service_operator(lua_State *lua) {
    const toc_nouns *nouns;
    const toc_service *service = service_self(lua, &nouns);
    if (is_of_all(lua)) {
        lua_pushnil(lua);
        return 1;
    }
    return toc_nouns_text(lua, toc_topology_operator_id(nouns->topology, service->operator_index));
}

static int service_level(lua_State *lua) {
    const toc_nouns *nouns;
    const toc_service *service;
    lua_pushnumber(lua, (double)read_service(lua, &nouns, &service).level_ppm / 1e6);
    return 1;
}

static int service_supply(lua_State *lua) {
    const toc_nouns *nouns;
    const toc_service *service;
    struct figures figures = read_service(lua, &nouns, &service);
    lua_pushnumber(lua, (double)figures.supply / (double)service->unit->base);
    return 1;
}

static int service_demand(lua_State *lua) {
    const toc_nouns *nouns;
    const toc_service *service;
    struct figures figures = read_service(lua, &nouns, &service);
    lua_pushnumber(lua, (double)figures.demand / (double)service->unit->base);
    return 1;
}

static int service_loss(lua_State *lua) {
    const toc_nouns *nouns;
    const toc_service *service;
    lua_pushnumber(lua, read_service(lua, &nouns, &service).loss);
    return 1;
}

static int service_unit(lua_State *lua) {
    const toc_nouns *nouns;
    return toc_nouns_text(lua, service_self(lua, &nouns)->unit->name);
}

static const toc_binding rows[] = {
    {"id", service_id, true, "service.id: string", "As the topology names it."},
    {"operator", service_operator, true, "service.operator: string?",
     "Id of the operator that gives it; nil where the object stands for all operators."},
    {"level", service_level, true, "service.level: number", "Share of demand that is met, 0 to 1."},
    {"supply", service_supply, true, "service.supply: number",
     "What is given now, in the service's unit."},
    {"demand", service_demand, true, "service.demand: number",
     "What is asked for now, in the service's unit."},
    {"loss", service_loss, true, "service.loss: number",
     "What was asked for and not given since the start, in unit hours."},
    {"unit", service_unit, true, "service.unit: string", "The unit of supply and demand."},
};

static const toc_bound_class service = {"service", "What people lose.", rows,
                                        sizeof rows / sizeof *rows};

const toc_bound_class *toc_bind_service_class(void) {
    return &service;
}
