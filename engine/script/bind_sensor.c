#include "script/bind_sensor.h"

#include "kernel/names.h"
#include "model/alert.h"
#include "model/network.h"
#include "model/sensor.h"
#include "script/nouns.h"

static const char *sensor_at(const toc_topology *topology, uint32_t index) {
    return topology->sensors[index].id;
}

static const char *operator_at(const toc_topology *topology, uint32_t index) {
    return topology->operators[index].id;
}

/* Raises an error that names the nearest of `count` ids. */
static void unknown(lua_State *lua, const char *what, const char *id, uint32_t count,
                    const char *(*id_at)(const toc_topology *, uint32_t)) {
    toc_host_charge(lua, UINT64_C(100) * count);
    const char **ids = lua_newuserdatauv(lua, (count + (size_t)1) * sizeof *ids, 0);
    for (uint32_t i = 0; i < count; i++) {
        ids[i] = id_at(toc_nouns_of(lua)->topology, i);
    }
    toc_nouns_unknown(lua, what, id, toc_names_nearest_of(ids, count, id));
}

int toc_bind_sensor_find(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    const toc_topology *topology = toc_nouns_of(lua)->topology;
    const char *id = toc_binder_text(lua, 2, "sensor");
    uint32_t found = toc_topology_find_sensor(topology, id);
    if (found == TOC_INDEX_NONE) {
        unknown(lua, "sensor", id, topology->sensor_count, sensor_at);
    }
    toc_binder_push(lua, "sensor", found, 0);
    return 1;
}

static void read_alerts(const toc_nouns *nouns) {
    if (nouns->conditions != NULL) {
        toc_conditions_read(nouns->conditions, toc_alert_cell());
    }
}

int toc_bind_sensor_waiting(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "world");
    const toc_nouns *nouns = toc_nouns_of(lua);
    const char *id = toc_binder_text(lua, 2, "waiting");
    uint32_t owner = toc_topology_find_operator(nouns->topology, id);
    if (owner == TOC_INDEX_NONE) {
        unknown(lua, "operator", id, nouns->topology->operator_count, operator_at);
    }
    read_alerts(nouns);
    lua_pushinteger(lua, toc_alert_waiting(nouns->world, owner));
    return 1;
}

static const toc_sensor *self(lua_State *lua, const toc_nouns **out_nouns, uint32_t *out_number) {
    *out_nouns = toc_nouns_of(lua);
    *out_number = (uint32_t)toc_binder_check(lua, 1, "sensor");
    return &(*out_nouns)->topology->sensors[*out_number];
}

static int sensor_id(lua_State *lua) {
    const toc_nouns *nouns;
    uint32_t number;
    return toc_nouns_text(lua, self(lua, &nouns, &number)->id);
}

static int sensor_operator(lua_State *lua) {
    const toc_nouns *nouns;
    uint32_t number;
    const toc_sensor *sensor = self(lua, &nouns, &number);
    return toc_nouns_text(lua, nouns->topology->operators[sensor->operator_index].id);
}

static int sensor_is_blind(lua_State *lua) {
    const toc_nouns *nouns;
    uint32_t number;
    const toc_sensor *sensor = self(lua, &nouns, &number);
    if (sensor->on != TOC_INDEX_NONE && nouns->conditions != NULL) {
        toc_nouns_read(nouns, TOC_CHANGE_OPERATION, sensor->on);
        toc_nouns_read(nouns, TOC_CHANGE_CAUSE, sensor->on);
        toc_conditions_read(nouns->conditions, toc_network_cell());
    }
    lua_pushboolean(lua, toc_sensor_is_blind(nouns->world, number));
    return 1;
}

/* How many of its alerts were right, or false. */
static uint32_t count(lua_State *lua, bool genuine) {
    const toc_nouns *nouns;
    uint32_t number, found = 0;
    (void)self(lua, &nouns, &number);
    toc_host_charge(lua, toc_alert_count(nouns->world));
    read_alerts(nouns);
    for (uint32_t i = 0; i < toc_alert_count(nouns->world); i++) {
        const toc_alert *alert = toc_alert_at(nouns->world, i);
        found += alert->sensor == number && alert->genuine == genuine;
    }
    return found;
}

static int sensor_hits(lua_State *lua) {
    lua_pushinteger(lua, count(lua, true));
    return 1;
}

static int sensor_false_alarms(lua_State *lua) {
    lua_pushinteger(lua, count(lua, false));
    return 1;
}

static const toc_binding rows[] = {
    {"id", sensor_id, true, "sensor.id: string", "As the topology names it."},
    {"operator", sensor_operator, true, "sensor.operator: string",
     "Id of the operator whose analysts get its alerts."},
    {"is_blind", sensor_is_blind, true, "sensor.is_blind: boolean",
     "Whether the asset that it runs on is out or isolated."},
    {"hits", sensor_hits, true, "sensor.hits: integer",
     "How often it has noticed an attacker so far, seen by people or not."},
    {"false_alarms", sensor_false_alarms, true, "sensor.false_alarms: integer",
     "How often it has cried wolf so far."},
};

static const toc_bound_class sensor_class = {
    "sensor", "What watches for attackers, as it truly is.", rows, sizeof rows / sizeof *rows};

const toc_bound_class *toc_bind_sensor_class(void) {
    return &sensor_class;
}
