/* Bindings of adversaries: who they are, and what a plan can do. */
#include <string.h>

#include "drill/adversary.h"
#include "drill/bindings.h"
#include "drill/mark.h"
#include "drill/spec.h"
#include "kernel/assert.h"
#include "model/intrusion.h"
#include "model/reach.h"
#include "script/bind_world.h"

static toc_skill read_skill(toc_spec *spec) {
    const char *names[TOC_SKILLS];
    for (unsigned i = 0; i < TOC_SKILLS; i++) {
        names[i] = toc_adversary_skill_name((toc_skill)i);
    }
    const char *word = toc_spec_word(spec, "skill", names, TOC_SKILLS, "intermediate");
    unsigned skill = 0;
    while (strcmp(names[skill], word) != 0) {
        skill++;
    }
    return (toc_skill)skill;
}

int toc_bind_adversary_declare(lua_State *lua) {
    static const char *const keys[] = {"name", "at", "skill", "strict"};
    toc_drill *drill = toc_bind_drill_self(lua);
    toc_spec_declares(lua, "drill:adversary");
    toc_spec spec = toc_spec_open(lua, 2, "adversary", keys, 4);
    toc_spec_charge(lua, sizeof(toc_adversary));
    toc_adversary adversary = {.name = toc_spec_text(&spec, "name", NULL),
                               .at = toc_spec_element(&spec, "at"),
                               .skill = read_skill(&spec),
                               .strict = toc_spec_flag(&spec, "strict", false)};
    if (adversary.name == NULL) {
        adversary.name =
            toc_arena_format(drill->arena, "adversary %u", drill->adversaries.count + 1);
    }
    uint32_t number = toc_adversary_add(drill, &adversary);
    if (number == TOC_INDEX_NONE) {
        toc_spec_complain(&spec, "name", "there is an adversary '%.60s' already", adversary.name);
        number = 0;
    }
    toc_binder_push(lua, "adversary", number, 0);
    return 1;
}

static uint32_t self(lua_State *lua) {
    return (uint32_t)toc_binder_check(lua, 1, "adversary");
}

static int adversary_name(lua_State *lua) {
    lua_pushstring(lua, toc_adversary_at(toc_spec_drill(lua), self(lua))->name);
    return 1;
}

static int adversary_plan(lua_State *lua) {
    uint32_t number = self(lua);
    toc_spec_changes(lua, "plan");
    toc_bind_flow_run(lua, toc_spec_function_at(lua, 2, "plan"), "adversary", number);
    return 0;
}

static int adversary_access(lua_State *lua) {
    toc_drill *drill = toc_spec_drill(lua);
    uint32_t number = self(lua);
    uint32_t asset = toc_bind_world_element(lua, 2, "access");
    lua_pushstring(lua,
                   asset < drill->topology->asset_count
                       ? toc_reach_access_name(toc_intrusion_access(drill->world, number, asset))
                       : "none");
    return 1;
}

static int adversary_wait(lua_State *lua) {
    const char *name = toc_adversary_at(toc_spec_drill(lua), self(lua))->name;
    toc_bind_strike_check_chains(lua);
    return toc_bind_flow_pause(lua, toc_chance_key(name));
}

static int adversary_wait_until(lua_State *lua) {
    (void)self(lua);
    toc_bind_strike_check_chains(lua);
    return toc_bind_flow_wait_until(lua);
}

static int adversary_mark(lua_State *lua) {
    toc_drill *drill = toc_spec_drill(lua);
    const char *actor = toc_adversary_at(drill, self(lua))->name;
    const char *name = toc_binder_text(lua, 2, "mark");
    toc_bind_strike_check_chains(lua);
    toc_spec_changes(lua, "mark");
    if (drill->stage != TOC_DRILL_RUNNING) {
        toc_host_error(lua, "mark: the drill has not started; this goes into a plan");
    }
    toc_spec_charge(lua, strlen(name));
    lua_pushboolean(lua, toc_mark_set(drill, name, actor));
    return 1;
}

static const toc_binding rows[] = {
    {"name", adversary_name, true, "adversary.name: string", "Its name."},
    {"plan", adversary_plan, false, "adversary:plan(plan: fun(a: adversary))",
     "What it does, as a process that starts with the drill; it may have several."},
    {"technique", toc_bind_strike_technique, false,
     "a:technique \"T0855\" { on?: asset|string, effect?: string, takes?: time|variate, noise?: "
     "number, shows?: string, level?: number, needs?: string } "
     "-> boolean, string?",
     "Takes a technique to an asset, waits until it is done, and says whether it succeeded. "
     "Without "
     "`takes` it takes what the adversary's skill makes it take. Sensors notice it `noise` times "
     "as "
     "often as they are said to: 0.3 is careful, 2 is loud. `needs` says what it takes: nothing, "
     "reach (something gets from what the adversary has to the asset, or to what its control runs "
     "through), user or admin; reach is usual for an adversary that is strict. Without it, false "
     "and why."},
    {"exploit", toc_bind_strike_exploit, false,
     "a:exploit { on: asset|string, weakness?: string, takes?: time|variate, success?: number, "
     "noise?: "
     "number } -> boolean, string",
     "Goes through a weakness that the topology gives the asset, and has what it gives where "
     "nothing stands in the way. False with the reason otherwise: \"access\" (it takes access to "
     "the asset before), \"reach\" (the network lets nothing through from any asset that it "
     "has), \"immune\" (drawn once with the weakness's ease: this adversary can never use it), "
     "\"luck\" (not this time: `success` is the chance of one attempt, 1 unless said), \"closed\" "
     "(the defenders have patched it, or shut its accounts)."},
    {"scan", toc_bind_strike_scan, false,
     "a:scan { zone?: string, on?: asset|string|table, takes?: time|variate, noise?: number } -> "
     "{id: string, kind: string, "
     "weaknesses: string[]}[]",
     "Finds the assets, of a zone, of those `on` or of all, that something gets to from those it "
     "has, and what "
     "weaknesses of theirs it could go through now. Sensors at each of them may hear it."},
    {"move", toc_bind_strike_move, false,
     "a:move { on: asset|string, service?: string, gives?: string, stolen?: boolean, takes?: "
     "time|variate, noise?: number } -> boolean, string",
     "Logs on to an asset as somebody who may, and has user access (or admin, as `gives` says). "
     "False with the reason otherwise: \"reach\" (no session of that service passes from what it "
     "has), \"access\" (it has no passwords: it is administrator of nothing of that operator, and "
     "brought none, `stolen`), \"closed\" (the accounts have been shut)."},
    {"implant", toc_bind_strike_implant, false,
     "a:implant { on: asset|string, takes?: time|variate, noise?: number } -> boolean, string",
     "Leaves something on an asset that keeps its access when passwords change; it must be "
     "administrator there. Reimaging and restoring take it away."},
    {"tamper", toc_bind_strike_tamper, false,
     "a:tamper { on: asset|string, takes?: time|variate, noise?: number } -> boolean, string",
     "Changes what the asset runs, so that its integrity is lost until it is set up anew or set "
     "back; it must be administrator there."},
    {"access", adversary_access, false, "a:access(asset: asset|string) -> string",
     "What it has of the asset: none, user or admin. Reimaging takes it away."},
    {"wait", adversary_wait, false, "a:wait(time: time|variate)", "Lets that much time go by."},
    {"wait_until", adversary_wait_until, false,
     "a:wait_until(what: criterion|fun(w: situation): boolean, at_most?: time|variate) -> boolean",
     "Waits until it holds; false where the time was up before."},
    {"mark", adversary_mark, false, "a:mark(name: string) -> boolean",
     "A milestone that objectives can start from. The first time counts."},
};

static const toc_bound_class adversary_class = {"adversary", "Who attacks.", rows,
                                                sizeof rows / sizeof *rows};

void toc_bind_adversary_install(toc_host *host) {
    toc_binder_class(host, &adversary_class);
}
