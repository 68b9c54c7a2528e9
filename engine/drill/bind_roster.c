/* Bindings of who and what there is to work with: seats, crews, and the services as they are
   thought to be. */
#include <lauxlib.h>
#include <string.h>

#include "drill/duty.h"
#include "drill/scenario.h"
#include "drill/seat.h"
#include "drill/standin_state.h"
#include "drill/team.h"
#include "model/job.h"
#include "model/road.h"
#include "model/shift.h"
#include "model/stock.h"
#include "script/binder.h"
#include "tocsin/standing.h"

static struct toc_standin *self(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "seat");
    return toc_standin_of(lua);
}

static void set_text(lua_State *lua, const char *key, const char *text) {
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, key);
}

static void set_number(lua_State *lua, const char *key, double number) {
    lua_pushnumber(lua, number);
    lua_setfield(lua, -2, key);
}

static void set_count(lua_State *lua, const char *key, uint32_t count) {
    lua_pushinteger(lua, count);
    lua_setfield(lua, -2, key);
}

static uint32_t count_busy(const toc_drill *drill, uint32_t crew) {
    uint32_t busy = 0;
    for (uint32_t i = 0; i < toc_job_count(drill->world); i++) {
        toc_job job = toc_job_read(drill->world, i);
        busy += job.crew == crew && (job.stage == TOC_JOB_TRAVEL || job.stage == TOC_JOB_WORK);
    }
    return busy;
}

/* Whether the blank-separated words have the one. */
static bool has_word(const char *words, const char *word) {
    size_t length = strlen(word);
    for (words += strspn(words, " "); *words != '\0'; words += strspn(words, " ")) {
        size_t taken = strcspn(words, " ");
        if (taken == length && strncmp(words, word, length) == 0) {
            return true;
        }
        words += taken;
    }
    return false;
}

/* The kinds of work that the crew's skills cover, as a set. */
static void set_abilities(lua_State *lua, const char *skills) {
    lua_newtable(lua);
    for (uint32_t kind = 0; kind < TOC_JOB_KINDS; kind++) {
        const char *skill = toc_job_kind_skill((toc_job_kind)kind);
        if (skill[0] == '\0' || has_word(skills, skill)) {
            lua_pushboolean(lua, true);
            lua_setfield(lua, -2, toc_job_kind_name((toc_job_kind)kind));
        }
    }
    lua_setfield(lua, -2, "can");
}

/* What each party is at, where it goes or works, and where it is now. */
static void set_parties(lua_State *lua, const toc_drill *drill, uint32_t crew) {
    uint32_t size = drill->topology->crews[crew].size;
    toc_host_charge(lua, UINT64_C(50) * size);
    lua_createtable(lua, (int)size, 0);
    for (uint32_t i = 0; i < size; i++) {
        toc_party party = toc_job_party(drill->world, crew, i);
        lua_createtable(lua, 0, 6);
        set_text(lua, "doing", "nothing");
        if (party.job != TOC_INDEX_NONE) {
            toc_job job = toc_job_read(drill->world, party.job);
            set_text(lua, "doing", toc_job_stage_name(job.stage));
            set_text(lua, "at", toc_topology_element_id(drill->topology, job.order.element));
            if (job.stage == TOC_JOB_TRAVEL) {
                lua_pushinteger(lua, job.arrives_at);
                lua_setfield(lua, -2, "arrives");
            }
        }
        if (party.carries != TOC_INDEX_NONE) {
            set_text(lua, "carries", drill->topology->parts[party.carries]);
        }
        if (party.placed) {
            set_number(lua, "x", party.x_m / 1000.0);
            set_number(lua, "y", party.y_m / 1000.0);
        }
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    lua_setfield(lua, -2, "parties");
}

static void push_crew(lua_State *lua, const toc_drill *drill, uint32_t number,
                      uint32_t operator_index) {
    const toc_topology *topology = drill->topology;
    bool is_ours = toc_job_crew_serves(drill->world, number) == operator_index;
    const toc_crew *crew = &topology->crews[number];
    uint32_t busy = count_busy(drill, number);
    toc_host_charge(lua, 100 + toc_job_count(drill->world));
    lua_createtable(lua, 0, 10);
    set_text(lua, "id", crew->id);
    set_text(lua, "name", crew->name);
    set_text(lua, "skills", crew->skills);
    set_abilities(lua, crew->skills);
    set_count(lua, "size", crew->size);
    set_parties(lua, drill, number);
    set_count(lua, "busy", busy);
    set_count(lua, "free", is_ours ? crew->size - busy : 0);
    if (crew->operator_index != operator_index) {
        set_text(lua, "owner", toc_topology_operator_id(topology, crew->operator_index));
    } else if (!is_ours) {
        set_text(lua, "lent_to",
                 toc_topology_operator_id(topology, toc_job_crew_serves(drill->world, number)));
    }
    if (crew->shift > 0) {
        set_text(lua, "shift", toc_shift_name(toc_shift_of(drill->world, number)));
        set_number(lua, "on_since", (double)toc_shift_since(drill->world, number));
    }
    set_number(lua, "speed", (double)crew->speed_m_per_hour / 1000.0);
    if (toc_road_is_known(drill->world)) {
        lua_pushboolean(lua, true);
        lua_setfield(lua, -2, "by_road");
    }
    if (crew->base == TOC_INDEX_NONE || topology->assets[crew->base].placed) {
        set_number(lua, "x", crew->x_m / 1000.0);
        set_number(lua, "y", crew->y_m / 1000.0);
    }
}

int toc_bind_roster_crews(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    const toc_drill *drill = standin->all->drill;
    uint32_t operator_index = toc_seat_operator(drill, standin->seat);
    lua_Integer count = 0;
    lua_newtable(lua);
    for (uint32_t i = 0; i < drill->topology->crew_count; i++) {
        const toc_crew *crew = &drill->topology->crews[i];
        if (crew->operator_index == operator_index ||
            toc_job_crew_serves(drill->world, i) == operator_index) {
            push_crew(lua, drill, i, operator_index);
            lua_rawseti(lua, -2, ++count);
        }
    }
    return 1;
}

int toc_bind_roster_stocks(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    const toc_drill *drill = standin->all->drill;
    uint32_t pile = TOC_INDEX_NONE;
    toc_standing_stock stock;
    lua_Integer count = 0;
    lua_newtable(lua);
    while (toc_standing_next_stock(drill, standin->seat, &pile, &stock)) {
        toc_host_charge(lua, 50);
        lua_createtable(lua, 0, 3);
        set_text(lua, "part", stock.part);
        set_text(lua, "at", stock.where);
        set_count(lua, "count", stock.count);
        lua_rawseti(lua, -2, ++count);
    }
    return 1;
}

static void push_vendor(lua_State *lua, const toc_topology *topology, const toc_vendor *vendor) {
    lua_createtable(lua, 0, 6);
    set_text(lua, "id", vendor->id);
    set_text(lua, "name", vendor->name);
    if (vendor->skills[0] == '\0') {
        lua_newtable(lua);
        lua_setfield(lua, -2, "can");
    } else {
        set_abilities(lua, vendor->skills);
        lua_pushinteger(lua, vendor->comes);
        lua_setfield(lua, -2, "comes");
    }
    lua_createtable(lua, 0, (int)vendor->part_count);
    for (uint32_t i = 0; i < vendor->part_count; i++) {
        lua_pushboolean(lua, true);
        lua_setfield(lua, -2, topology->parts[topology->vendor_parts[vendor->first_part + i]]);
    }
    lua_setfield(lua, -2, "parts");
    if (vendor->part_count > 0) {
        lua_pushinteger(lua, vendor->delivers);
        lua_setfield(lua, -2, "delivers");
    }
}

int toc_bind_roster_vendors(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    const toc_topology *topology = standin->all->drill->topology;
    lua_newtable(lua);
    for (uint32_t i = 0; i < topology->vendor_count; i++) {
        toc_host_charge(lua, UINT64_C(100) + topology->vendors[i].part_count);
        push_vendor(lua, topology, &topology->vendors[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* The operator's crews can do that kind of work. */
static bool can_do(const toc_topology *topology, uint32_t operator_index, toc_job_kind kind) {
    for (uint32_t i = 0; i < topology->crew_count; i++) {
        if (topology->crews[i].operator_index == operator_index &&
            has_word(topology->crews[i].skills, toc_job_kind_skill(kind))) {
            return true;
        }
    }
    return false;
}

/* Other operators that have both a team and crews. */
int toc_bind_roster_neighbours(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    const toc_drill *drill = standin->all->drill;
    const toc_topology *topology = drill->topology;
    uint32_t own = toc_seat_operator(drill, standin->seat);
    lua_Integer count = 0;
    lua_newtable(lua);
    for (uint32_t i = 0; i < topology->operator_count; i++) {
        bool any = false;
        if (i == own || toc_team_find(drill, topology->operators[i].id) == TOC_INDEX_NONE) {
            continue;
        }
        toc_host_charge(lua, UINT64_C(100) + topology->crew_count * (uint64_t)TOC_JOB_KINDS);
        lua_createtable(lua, 0, 3);
        set_text(lua, "id", topology->operators[i].id);
        set_text(lua, "name", topology->operators[i].name);
        lua_newtable(lua);
        for (uint32_t kind = 0; kind < TOC_JOB_KINDS; kind++) {
            if (can_do(topology, i, (toc_job_kind)kind)) {
                any = true;
                lua_pushboolean(lua, true);
                lua_setfield(lua, -2, toc_job_kind_name((toc_job_kind)kind));
            }
        }
        lua_setfield(lua, -2, "can");
        if (any) {
            lua_rawseti(lua, -2, ++count);
        } else {
            lua_pop(lua, 1);
        }
    }
    return 1;
}

/* The id, or that of the table, at `argument`. */
static const char *id_at(lua_State *lua, int argument, const char *what) {
    if (lua_type(lua, argument) == LUA_TTABLE) {
        lua_getfield(lua, argument, "id");
        lua_replace(lua, argument);
    }
    return toc_binder_text(lua, argument, what);
}

int toc_bind_roster_way(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    const toc_drill *drill = standin->all->drill;
    uint32_t operator_index = toc_seat_operator(drill, standin->seat);
    const char *id = id_at(lua, 2, "the crew"), *to = id_at(lua, 3, "the asset");
    uint32_t crew = toc_topology_find_crew(drill->topology, id);
    uint32_t element = toc_topology_find_element(drill->topology, to);
    if (crew == TOC_INDEX_NONE || operator_index == TOC_INDEX_NONE ||
        toc_job_crew_serves(drill->world, crew) != operator_index) {
        toc_host_error(lua, "seat:way: '%.60s' is no crew that takes this team's orders", id);
    }
    if (element == TOC_INDEX_NONE) {
        toc_host_error(lua, "seat:way: there is no asset or link '%.60s'", to);
    }
    toc_host_charge(lua, UINT64_C(1000) + drill->topology->link_count);
    toc_time time = toc_job_travel_time(drill->world, crew, element);
    if (time == TOC_NEVER) {
        lua_pushnil(lua);
    } else {
        lua_pushinteger(lua, time);
    }
    return 1;
}

int toc_bind_roster_seats(lua_State *lua) {
    static const char *const keys[] = {"team", "role", "id"};
    const struct toc_standin *standin = self(lua);
    const toc_drill *drill = standin->all->drill;
    lua_Integer count = 0;
    lua_settop(lua, 2);
    if (!lua_isnil(lua, 2)) {
        toc_binder_check_keys(lua, 2, "seat:seats", keys, sizeof keys / sizeof *keys);
    }
    lua_newtable(lua);
    for (uint32_t i = 0; i < toc_seat_count(drill); i++) {
        lua_createtable(lua, 0, 3);
        set_text(lua, "id", toc_seat_name(drill, i));
        set_text(lua, "team", toc_team_name(drill, toc_seat_team(drill, i)));
        set_text(lua, "role", toc_seat_role(drill, i));
        if (toc_bind_sight_fits(lua, 2)) {
            lua_rawseti(lua, 3, ++count);
        }
        lua_settop(lua, 3);
    }
    return 1;
}

/* The rules are known to everybody; what has come of them is told as it comes. */
int toc_bind_roster_duties(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    toc_drill *drill = standin->all->drill;
    lua_Integer count = 0;
    lua_newtable(lua);
    for (uint32_t i = 0; i < drill->duties.count; i++) {
        const toc_duty_rule *rule = toc_duty_rule_at(drill, i);
        toc_host_charge(lua, 20);
        if (!toc_scenario_is_of(drill, standin->seat, rule->team)) {
            continue;
        }
        lua_createtable(lua, 0, 5);
        set_text(lua, "id", rule->id);
        set_text(lua, "text", rule->text);
        set_text(lua, "recipient", rule->to);
        set_text(lua, "clock", toc_duty_clock_name(rule->clock));
        set_text(lua, "content", toc_duty_content(drill, rule->id));
        lua_rawseti(lua, -2, ++count);
    }
    return 1;
}

int toc_bind_roster_services(lua_State *lua) {
    const struct toc_standin *standin = self(lua);
    const toc_drill *drill = standin->all->drill;
    lua_Integer count = 0;
    lua_newtable(lua);
    for (uint32_t i = 0; i < drill->topology->service_count; i++) {
        toc_standing_service service;
        if (toc_standing_service_at(drill, standin->seat, i, &service)) {
            toc_host_charge(lua, 10 * (UINT64_C(1) + drill->topology->provision_count));
            lua_createtable(lua, 0, 4);
            set_text(lua, "id", service.id);
            set_text(lua, "unit", drill->topology->services[i].unit->name);
            set_number(lua, "level", service.level);
            lua_rawseti(lua, -2, ++count);
        }
    }
    return 1;
}
