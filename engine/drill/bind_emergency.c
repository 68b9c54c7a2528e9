/* Bindings of emergency plans: a drill takes them, seats look at them. */
#include <stdio.h>

#include "drill/bind_options.h"
#include "drill/bindings.h"
#include "drill/emergency.h"
#include "drill/seat.h"
#include "drill/standin_state.h"

int toc_bind_emergency_declare(lua_State *lua) {
    toc_drill *drill = toc_bind_drill_self(lua);
    toc_package_file file;
    toc_emergency_plan *plan = NULL;
    char hint[96];
    toc_spec spec = {
        .lua = lua, .drill = drill, .what = "plan", .place = toc_host_place(lua), .depth = 1};
    toc_spec_declares(lua, "drill:plan");
    const char *path = toc_binder_text(lua, 2, "drill:plan");
    if (!toc_package_find(drill->package, path, &file)) {
        toc_spec_complain(
            &spec, NULL, "the package has no plan '%.60s'%s", path,
            toc_spec_hint(toc_package_nearest(drill->package, path), hint, sizeof hint));
        return 0;
    }
    toc_formats_source source = {file.bytes, file.size, toc_package_shown(drill->package, path)};
    toc_spec_charge(lua, sizeof *plan + 64 * TOC_EMERGENCY_PLAN_PARTS + 4 * file.size);
    if (toc_emergency_plan_read(&source, drill->problems, &plan) == TOC_OK &&
        !toc_emergency_add(drill, plan)) {
        toc_spec_complain(&spec, NULL, "'%.60s' has an emergency plan already", plan->name.id);
    }
    return 0;
}

static void set_text(lua_State *lua, const char *key, const char *text) {
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, key);
}

static void set_time(lua_State *lua, const char *key, toc_time time) {
    if (time != TOC_NEVER) {
        lua_pushinteger(lua, time);
        lua_setfield(lua, -2, key);
    }
}

static void set_flag(lua_State *lua, const char *key, bool flag) {
    lua_pushboolean(lua, flag);
    lua_setfield(lua, -2, key);
}

static void push_step(lua_State *lua, const toc_drill *drill, uint32_t index, int number) {
    const toc_emergency_plan_step *step = &toc_emergency_plan_at(drill, index)->steps[number];
    toc_emergency_standing standing = toc_emergency_standing_of(drill, index, number);
    lua_createtable(lua, 0, 10);
    set_text(lua, "id", step->name.id);
    set_text(lua, "text", step->name.en);
    set_text(lua, "verb", step->verb);
    set_text(lua, "target", step->target);
    set_text(lua, "condition", step->if_en);
    set_text(lua, "state", toc_emergency_stage_name(standing.stage));
    set_flag(lua, "optional", step->optional);
    set_flag(lua, "ready", toc_emergency_is_ready(drill, index, number));
    set_time(lua, "due", standing.due);
    set_time(lua, "done_at", standing.done_at);
}

int toc_bind_emergency_plan(lua_State *lua) {
    (void)toc_binder_check(lua, 1, "seat");
    const struct toc_standin *standin = toc_standin_of(lua);
    const toc_drill *drill = standin->all->drill;
    uint32_t index = toc_emergency_of_seat(drill, standin->seat);
    lua_Integer count = 0;
    lua_newtable(lua);
    if (index == TOC_INDEX_NONE) {
        return 1;
    }
    const toc_emergency_plan *plan = toc_emergency_plan_at(drill, index);
    set_time(lua, "since", toc_emergency_in_force(drill, index));
    for (int i = 0; i < plan->step_count; i++) {
        toc_host_charge(lua, 40);
        if (toc_emergency_is_role(drill, index, plan->steps[i].role, standin->seat) &&
            toc_emergency_applies(drill, index, i)) {
            push_step(lua, drill, index, i);
            lua_rawseti(lua, -2, ++count);
        }
    }
    return 1;
}
