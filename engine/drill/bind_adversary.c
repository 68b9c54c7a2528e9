/* Bindings of adversaries: who they are, and what a plan can do. */
#include <stdio.h>
#include <string.h>

#include "drill/adversary.h"
#include "drill/bindings.h"
#include "drill/deception.h"
#include "drill/effect.h"
#include "drill/mark.h"
#include "drill/spec.h"
#include "kernel/assert.h"
#include "tocsin/technique.h"
#include "kernel/names.h"
#include "model/intrusion.h"
#include "model/reach.h"
#include "script/bind_world.h"
#include "script/describe.h"
#include "script/variate.h"

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
    static const char *const keys[] = {"name", "at", "skill"};
    toc_drill *drill = toc_bind_drill_self(lua);
    toc_spec_declares(lua, "drill:adversary");
    toc_spec spec = toc_spec_open(lua, 2, "adversary", keys, 3);
    toc_spec_charge(lua, sizeof(toc_adversary));
    toc_adversary adversary = {.name = toc_spec_text(&spec, "name", NULL),
                               .at = toc_spec_element(&spec, "at"),
                               .skill = read_skill(&spec)};
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

/* An earlier a:technique "T0855" without its { ... } did nothing: better said than silent. */
static void check_chains(lua_State *lua) {
    toc_drill *drill = toc_spec_drill(lua);
    size_t before = toc_problems_count(drill->problems, TOC_ERROR);
    toc_spec_check_chains(drill);
    if (toc_problems_count(drill->problems, TOC_ERROR) > before) {
        toc_drill_stop(drill, TOC_BAD_INPUT);
    }
}

static int struck(lua_State *lua, int status, lua_KContext strike) {
    (void)status;
    lua_pushboolean(lua, toc_adversary_complete(toc_spec_drill(lua), (uint32_t)strike));
    return 1;
}

/* How long it takes: as the plan says, or by skill. */
static toc_time read_takes(lua_State *lua, toc_spec *spec, const toc_strike *strike) {
    const char *name = toc_adversary_at(spec->drill, strike->adversary)->name;
    toc_time takes = 0;
    lua_pushstring(lua, "takes");
    if (lua_rawget(lua, spec->table) == LUA_TNIL) {
        takes = toc_adversary_takes(spec->drill, strike);
    } else {
        takes = toc_variate_time(lua, -1, "takes", toc_chance_key(name));
    }
    lua_pop(lua, 1);
    return takes;
}

/* It is done all the same: an author may know better than a table. */
static void check_kind(const toc_spec *spec, const toc_strike *strike) {
    const toc_topology *topology = spec->drill->topology;
    if (strike->element >= topology->asset_count) {
        return;
    }
    char kinds[160];
    const toc_asset *asset = &topology->assets[strike->element];
    if (!toc_technique_fits(strike->technique, asset->kind)) {
        toc_problems_warn(spec->drill->problems, spec->place,
                          "technique %s (%s) is not used on a %s like '%.60s'; ATT&CK has it on %s",
                          strike->technique, toc_technique_name(strike->technique),
                          toc_topology_kind(asset->kind)->name, asset->id,
                          toc_technique_kinds(strike->technique, kinds, sizeof kinds));
    }
}

/* What it does, to the asset or to what is seen of it. */
static const char *read_effect(toc_spec *spec) {
    const char *names[TOC_MOST_EFFECTS];
    size_t count = toc_effect_all(names);
    return toc_spec_word(spec, "effect", names, count, "");
}

/* How well sensors hear it, beside what they are made for. */
static int64_t read_noise(toc_spec *spec) {
    return (int64_t)(toc_spec_number(spec, "noise", 0, 10, 1) * 1e6 + 0.5);
}

/* (adversary, technique, options) */
static int strike(lua_State *lua) {
    static const char *const keys[] = {"on", "effect", "takes", "noise", "shows", "level"};
    toc_spec spec = toc_spec_open(lua, 3, "technique", keys, sizeof keys / sizeof *keys);
    toc_spec_charge(lua, 256 + spec.drill->strikes.count / 8);
    toc_strike made = {.technique = toc_technique_id(lua_tostring(lua, 2)),
                       .effect = read_effect(&spec),
                       .adversary = self(lua),
                       .element = toc_spec_element(&spec, "on"),
                       .noise_ppm = read_noise(&spec)};
    if (made.effect[0] != '\0' && made.element == TOC_INDEX_NONE) {
        toc_host_error(lua, "technique %s: an effect needs an asset; say on = \"...\"",
                       made.technique);
    }
    const char *why = made.effect[0] == '\0'
                          ? NULL
                          : toc_effect_obstacle(spec.drill->world, made.effect, made.element);
    if (why != NULL) {
        toc_host_error(lua, "technique %s: %s %s", made.technique, made.effect, why);
    }
    made.pretence = toc_deception_read(&spec, made.effect);
    if (made.pretence.is_level) {
        toc_deception_check(&spec, made.effect, &made.element, 1);
    }
    check_kind(&spec, &made);
    toc_time takes = read_takes(lua, &spec, &made);
    if (toc_processes_current(lua) == 0) {
        toc_host_error(lua,
                       "technique %s: only a plan can do this; it goes into "
                       "adversary:plan(function(a) ... end)",
                       made.technique);
    }
    return toc_processes_wait_then(lua, takes, struck,
                                   (lua_KContext)toc_adversary_begin(spec.drill, &made));
}

static int went(lua_State *lua, int status, lua_KContext strike) {
    toc_drill *drill = toc_spec_drill(lua);
    (void)status;
    lua_pushboolean(lua, toc_adversary_complete(drill, (uint32_t)strike));
    lua_pushstring(lua, toc_adversary_obstacle(drill, (uint32_t)strike));
    return 2;
}

/* The weakness that the author means: by its id, or the first that the asset has. */
static const toc_weakness *read_weakness(toc_spec *spec, uint32_t element) {
    const toc_topology *topology = spec->drill->topology;
    const toc_asset *asset = element < topology->asset_count ? &topology->assets[element] : NULL;
    const char *id = toc_spec_text(spec, "weakness", NULL), *ids[64];
    char hint[96];
    if (asset == NULL || asset->weakness_count == 0) {
        toc_host_error(spec->lua, "exploit: on = must name an asset that has a weakness");
    }
    const toc_weakness *first = &topology->weaknesses[asset->first_weakness];
    uint32_t count = asset->weakness_count < 64 ? asset->weakness_count : 64;
    for (uint32_t i = 0; i < asset->weakness_count; i++) {
        if (id == NULL || strcmp(first[i].id, id) == 0) {
            return &first[i];
        }
        ids[i % 64] = first[i].id;
    }
    toc_host_error(spec->lua, "exploit: '%.60s' has no weakness '%.60s'%s", asset->id, id,
                   toc_spec_hint(toc_names_nearest_of(ids, count, id), hint, sizeof hint));
    return NULL;
}

static int adversary_exploit(lua_State *lua) {
    static const char *const keys[] = {"on", "weakness", "takes", "success", "noise"};
    uint32_t number = self(lua);
    check_chains(lua);
    toc_spec_changes(lua, "exploit");
    toc_spec spec = toc_spec_open(lua, 2, "exploit", keys, sizeof keys / sizeof *keys);
    toc_spec_charge(lua, 256 + spec.drill->strikes.count / 8);
    uint32_t element = toc_spec_element(&spec, "on");
    const toc_weakness *weakness = read_weakness(&spec, element);
    toc_strike made = {
        .technique = weakness->technique[0] != '\0' ? weakness->technique : weakness->id,
        .effect = "",
        .weakness = weakness,
        .success_ppm = (int64_t)(toc_spec_number(&spec, "success", 0, 1, 1) * 1e6 + 0.5),
        .adversary = number,
        .element = element,
        .noise_ppm = read_noise(&spec)};
    toc_time takes = read_takes(lua, &spec, &made);
    if (toc_processes_current(lua) == 0) {
        toc_host_error(lua, "exploit: only a plan can do this; it goes into "
                            "adversary:plan(function(a) ... end)");
    }
    return toc_processes_wait_then(lua, takes, went,
                                   (lua_KContext)toc_adversary_begin(spec.drill, &made));
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

static int adversary_technique(lua_State *lua) {
    char hint[96];
    (void)self(lua);
    check_chains(lua);
    toc_spec_changes(lua, "technique");
    const char *id = toc_binder_text(lua, 2, "technique");
    if (toc_technique_id(id) == NULL) {
        toc_host_charge(lua, 5000);
        const char *nearest = toc_technique_nearest(id);
        if (nearest != NULL) {
            (void)snprintf(hint, sizeof hint, "; did you mean '%s' (%.60s)?", nearest,
                           toc_technique_name(nearest));
        }
        toc_host_error(lua, "'%.60s' is no technique in force of ATT&CK for ICS%s", id,
                       nearest != NULL ? hint : "");
    }
    if (!lua_isnone(lua, 3)) {
        return strike(lua);
    }
    toc_spec_chain(lua, strike, 2, "technique");
    return 1;
}

static int adversary_wait(lua_State *lua) {
    const char *name = toc_adversary_at(toc_spec_drill(lua), self(lua))->name;
    check_chains(lua);
    return toc_bind_flow_pause(lua, toc_chance_key(name));
}

static int adversary_wait_until(lua_State *lua) {
    (void)self(lua);
    check_chains(lua);
    return toc_bind_flow_wait_until(lua);
}

static int adversary_mark(lua_State *lua) {
    toc_drill *drill = toc_spec_drill(lua);
    const char *actor = toc_adversary_at(drill, self(lua))->name;
    const char *name = toc_binder_text(lua, 2, "mark");
    check_chains(lua);
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
    {"technique", adversary_technique, false,
     "a:technique \"T0855\" { on?: asset|string, effect?: string, takes?: time|variate, noise?: "
     "number, shows?: string, level?: number } "
     "-> boolean",
     "Takes a technique to an asset, waits until it is done, and says whether it succeeded. "
     "Without "
     "`takes` it takes what the adversary's skill makes it take. Sensors notice it `noise` times "
     "as "
     "often as they are said to: 0.3 is careful, 2 is loud."},
    {"exploit", adversary_exploit, false,
     "a:exploit { on: asset|string, weakness?: string, takes?: time|variate, success?: number, "
     "noise?: "
     "number } -> boolean, string",
     "Goes through a weakness that the topology gives the asset, and has what it gives where "
     "nothing stands in the way. False with the reason otherwise: \"access\" (it takes access to "
     "the asset before), \"reach\" (the network lets nothing through from any asset that it "
     "has), \"immune\" (drawn once with the weakness's ease: this adversary can never use it), "
     "\"luck\" (not this time: `success` is the chance of one attempt, 1 unless said), \"closed\" "
     "(the defenders have patched it, or shut its accounts)."},
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
