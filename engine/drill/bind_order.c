/* Bindings of orders and of the status board: who may order whom, and what a seat has on its lists.
 */
#include <string.h>

#include "drill/bindings.h"
#include "drill/order.h"
#include "drill/seat.h"
#include "drill/standin_state.h"
#include "drill/team.h"
#include "script/binder.h"

/* -- In a scenario ----------------------------------------------------------------------------- */

static const char *team_at(lua_State *lua, toc_drill *drill, int index) {
    const char *team = toc_binder_text(lua, index, "drill:command");
    if (toc_team_find(drill, team) == TOC_INDEX_NONE) {
        toc_host_error(lua,
                       "drill:command: there is no team '%.60s' so far; drill:team declares it, "
                       "before this",
                       team);
    }
    return team;
}

int toc_bind_order_command(lua_State *lua) {
    toc_drill *drill = toc_bind_drill_self(lua);
    toc_spec_declares(lua, "drill:command");
    const char *team = team_at(lua, drill, 2);
    if (lua_type(lua, 3) != LUA_TTABLE) {
        toc_order_allow(drill, team, team_at(lua, drill, 3));
        return 0;
    }
    lua_Integer count = (lua_Integer)lua_rawlen(lua, 3);
    toc_host_charge(lua, (uint64_t)count * 20);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(lua, 3, i);
        toc_order_allow(drill, team, team_at(lua, drill, lua_gettop(lua)));
        lua_pop(lua, 1);
    }
    return 0;
}

/* -- In a policy ------------------------------------------------------------------------------- */

static void set_text(lua_State *lua, const char *key, const char *text) {
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, key);
}

static void set_number(lua_State *lua, const char *key, int64_t number) {
    lua_pushinteger(lua, number);
    lua_setfield(lua, -2, key);
}

static void push_order(lua_State *lua, const toc_drill *drill, const toc_order *order) {
    lua_createtable(lua, 0, 8);
    set_number(lua, "number", order->number);
    set_text(lua, "from", toc_seat_name(drill, order->giver));
    set_text(lua, "to", toc_seat_name(drill, order->receiver));
    set_text(lua, "text", order->text);
    set_text(lua, "stage", toc_order_stage_name(order));
    set_number(lua, "at", order->given_at);
    if (order->verb != TOC_VERBS) {
        set_text(lua, "verb", toc_action_name(order->verb));
    }
    if (order->asset[0] != '\0') {
        set_text(lua, "asset", order->asset);
    }
    if (order->due != TOC_NEVER) {
        set_number(lua, "due", order->due);
    }
}

int toc_bind_order_list(lua_State *lua) {
    static const char *const keys[] = {"number", "from", "to", "stage", "verb", "asset"};
    (void)toc_binder_check(lua, 1, "seat");
    const struct toc_standin *standin = toc_standin_of(lua);
    const toc_drill *drill = standin->all->drill;
    lua_Integer count = 0;
    lua_settop(lua, 2);
    if (!lua_isnil(lua, 2)) {
        toc_binder_check_keys(lua, 2, "seat:orders", keys, sizeof keys / sizeof *keys);
    }
    toc_host_charge(lua, 20 * (uint64_t)toc_order_count(drill));
    lua_newtable(lua);
    for (uint32_t i = 0; i < toc_order_count(drill); i++) {
        const toc_order *order = toc_order_at(drill, i);
        if (order->giver == standin->seat || order->receiver == standin->seat) {
            push_order(lua, drill, order);
            if (toc_bind_sight_fits(lua, 2)) {
                lua_rawseti(lua, 3, ++count);
            }
            lua_settop(lua, 3);
        }
    }
    return 1;
}

int toc_bind_order_board(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "seat");
    const struct toc_standin *standin = toc_standin_of(lua);
    const toc_drill *drill = standin->all->drill;
    uint32_t team = toc_seat_team(drill, standin->seat);
    lua_Integer count = 0;
    lua_settop(lua, 1);
    lua_newtable(lua);
    for (uint32_t i = 0; i < toc_team_card_count(drill, team); i++) {
        const toc_team_card *card = toc_team_card_at(drill, team, i);
        toc_host_charge(lua, 20);
        if (card->said_at == TOC_NEVER) {
            continue;
        }
        lua_createtable(lua, 0, 8);
        set_text(lua, "asset", toc_topology_element_id(drill->topology, card->element));
        set_text(lua, "state", toc_world_operation_name(card->said));
        lua_pushnumber(lua, (double)card->confidence_ppm / 1e6);
        lua_setfield(lua, -2, "confidence");
        set_text(lua, "by", toc_seat_name(drill, card->said_by));
        set_number(lua, "at", card->said_at);
        lua_rawseti(lua, 2, ++count);
    }
    return 1;
}
