/* Bindings of what an adversary does: every step reads its options at one place. */
#include <stdio.h>
#include <string.h>

#include "drill/adversary.h"
#include "drill/bindings.h"
#include "drill/deception.h"
#include "drill/spec.h"
#include "tocsin/technique.h"
#include "kernel/names.h"
#include "model/hardening.h"
#include "script/bind_world.h"
#include "script/variate.h"

enum { KEYS = 10, MOST_ZONES = 256 };

/* What each step is called, the technique that it counts as, and the options that it has. */
static const struct step {
    const char *name, *technique, *keys[KEYS];
} steps[] = {
    [TOC_STEP_TECHNIQUE] = {"technique",
                            "",
                            {"on", "effect", "takes", "noise", "shows", "level", "needs"}},
    [TOC_STEP_EXPLOIT] = {"exploit", "", {"on", "weakness", "takes", "success", "noise"}},
    [TOC_STEP_SCAN] = {"scan", "T0846", {"zone", "on", "takes", "noise"}},
    [TOC_STEP_MOVE] = {"move", "T0886", {"on", "service", "gives", "stolen", "takes", "noise"}},
    [TOC_STEP_IMPLANT] = {"implant", "T0839", {"on", "takes", "noise"}},
    [TOC_STEP_TAMPER] = {"tamper", "T0821", {"on", "takes", "noise"}},
};
_Static_assert(sizeof steps / sizeof *steps == TOC_STEPS, "every step");

static uint32_t self(lua_State *lua) {
    return (uint32_t)toc_binder_check(lua, 1, "adversary");
}

/* An earlier a:technique "T0855" without its { ... } did nothing: better said than silent. */
void toc_bind_strike_check_chains(lua_State *lua) {
    toc_drill *drill = toc_spec_drill(lua);
    size_t before = toc_problems_count(drill->problems, TOC_ERROR);
    toc_spec_check_chains(drill);
    if (toc_problems_count(drill->problems, TOC_ERROR) > before) {
        toc_drill_stop(drill, TOC_BAD_INPUT);
    }
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

static toc_asks read_asks(toc_spec *spec, const toc_strike *strike) {
    static const char *const names[] = {"nothing", "reach", "user", "admin"};
    _Static_assert(sizeof names / sizeof *names == TOC_ASKS, "a name for all that is asked");
    bool is_strict = toc_adversary_at(spec->drill, strike->adversary)->strict;
    const char *word = toc_spec_word(spec, "needs", names, TOC_ASKS, names[is_strict ? 1 : 0]);
    unsigned asks = 0;
    while (strcmp(names[asks], word) != 0) {
        asks++;
    }
    return (toc_asks)asks;
}

static void read_effects(toc_spec *spec, toc_strike *strike) {
    const char *name = strike->technique, *why;
    strike->effect = read_effect(spec);
    strike->asks = read_asks(spec, strike);
    if (strike->effect[0] != '\0' && strike->element == TOC_INDEX_NONE) {
        toc_host_error(spec->lua, "technique %s: an effect needs an asset; say on = \"...\"", name);
    }
    why = strike->effect[0] == '\0'
              ? NULL
              : toc_effect_obstacle(spec->drill->world, strike->effect, strike->element);
    if (why != NULL) {
        toc_host_error(spec->lua, "technique %s: %s %s", name, strike->effect, why);
    }
    strike->pretence = toc_deception_read(spec, strike->effect);
    if (strike->pretence.is_level) {
        toc_deception_check(spec, strike->effect, &strike->element, 1);
    }
    check_kind(spec, strike);
}

static void read_weak(toc_spec *spec, toc_strike *strike) {
    strike->weakness = read_weakness(spec, strike->element);
    strike->technique =
        strike->weakness->technique[0] != '\0' ? strike->weakness->technique : strike->weakness->id;
    strike->success_ppm = (int64_t)(toc_spec_number(spec, "success", 0, 1, 1) * 1e6 + 0.5);
}

/* Where it looks. */
static void read_scan(toc_spec *spec, toc_strike *strike) {
    const toc_topology *topology = spec->drill->topology;
    const char *id = toc_spec_text(spec, "zone", NULL);
    char hint[96];
    if (toc_spec_has(spec, "on")) {
        strike->among_count = toc_spec_elements(spec, "on", &strike->among);
        toc_host_charge(spec->lua, (uint64_t)strike->among_count * topology->asset_count / 8);
    }
    if (id == NULL) {
        return;
    }
    strike->zone = toc_topology_find_zone(topology, id);
    if (strike->zone == TOC_INDEX_NONE) {
        const char *near[MOST_ZONES];
        uint32_t count = topology->zone_count < MOST_ZONES ? topology->zone_count : MOST_ZONES;
        for (uint32_t i = 0; i < count; i++) {
            near[i] = topology->zones[i].id;
        }
        toc_host_charge(spec->lua, 100 * (uint64_t)count);
        toc_host_error(spec->lua, "scan: there is no zone '%.60s'%s", id,
                       toc_spec_hint(toc_names_nearest_of(near, count, id), hint, sizeof hint));
    }
}

static void read_move(toc_spec *spec, toc_strike *strike) {
    static const char *const gives[] = {"user", "admin"};
    const toc_topology *topology = spec->drill->topology;
    const char *service = toc_spec_text(spec, "service", NULL);
    const char *access = toc_spec_word(spec, "gives", gives, 2, "user");
    strike->gives = strcmp(access, "admin") == 0 ? TOC_ACCESS_ADMIN : TOC_ACCESS_USER;
    strike->has_secrets = toc_spec_flag(spec, "stolen", false);
    if (service != NULL) {
        strike->protocol = toc_topology_find_protocol(topology, service);
        strike->protocol =
            strike->protocol == TOC_INDEX_NONE ? topology->protocol_count : strike->protocol;
    }
}

/* The options of the step in the table at `table`. */
static toc_spec read_step(lua_State *lua, int table, toc_strike *strike) {
    const struct step *step = &steps[strike->step];
    size_t count = 0;
    while (count < KEYS && step->keys[count] != NULL) {
        count++;
    }
    toc_spec spec = toc_spec_open(lua, table, step->name, step->keys, count);
    toc_spec_charge(lua, 256 + spec.drill->strikes.count / 8);
    strike->adversary = self(lua);
    strike->element =
        strike->step == TOC_STEP_SCAN ? TOC_INDEX_NONE : toc_spec_element(&spec, "on");
    strike->noise_ppm = read_noise(&spec);
    strike->zone = strike->protocol = TOC_INDEX_NONE;
    strike->effect = "";
    bool needs_asset = strike->step == TOC_STEP_MOVE || strike->step == TOC_STEP_IMPLANT ||
                       strike->step == TOC_STEP_TAMPER;
    if (needs_asset && strike->element >= spec.drill->topology->asset_count) {
        toc_host_error(lua, "%s: on = must name an asset", step->name);
    }
    if (needs_asset && strike->step != TOC_STEP_MOVE) {
        strike->asks = TOC_ASKS_ADMIN;
    }
    if (strike->step == TOC_STEP_TECHNIQUE) {
        read_effects(&spec, strike);
    } else if (strike->step == TOC_STEP_EXPLOIT) {
        read_weak(&spec, strike);
    } else if (strike->step == TOC_STEP_SCAN) {
        read_scan(&spec, strike);
    } else if (strike->step == TOC_STEP_MOVE) {
        read_move(&spec, strike);
    }
    return spec;
}

/* Takes its time, and goes on with `then`. */
static int begin(lua_State *lua, int table, toc_strike *strike, lua_KFunction then) {
    const char *name = steps[strike->step].name;
    toc_spec spec = read_step(lua, table, strike);
    toc_time takes = read_takes(lua, &spec, strike);
    if (toc_processes_current(lua) == 0) {
        bool is_named = strike->step == TOC_STEP_TECHNIQUE;
        toc_host_error(lua,
                       "%s%s%s: only a plan can do this; it goes into "
                       "adversary:plan(function(a) ... end)",
                       name, is_named ? " " : "", is_named ? strike->technique : "");
    }
    return toc_processes_wait_then(lua, takes, then,
                                   (lua_KContext)toc_adversary_begin(spec.drill, strike));
}

static int went(lua_State *lua, int status, lua_KContext strike) {
    toc_drill *drill = toc_spec_drill(lua);
    (void)status;
    lua_pushboolean(lua, toc_adversary_complete(drill, (uint32_t)strike));
    lua_pushstring(lua, toc_adversary_obstacle(drill, (uint32_t)strike));
    return 2;
}

static int struck(lua_State *lua, int status, lua_KContext strike) {
    toc_drill *drill = toc_spec_drill(lua);
    (void)status;
    lua_pushboolean(lua, toc_adversary_complete(drill, (uint32_t)strike));
    if (toc_adversary_obstacle(drill, (uint32_t)strike)[0] == '\0') {
        return 1;
    }
    lua_pushstring(lua, toc_adversary_obstacle(drill, (uint32_t)strike));
    return 2;
}

/* (adversary, technique, options) */
static int strike(lua_State *lua) {
    toc_strike made = {.step = TOC_STEP_TECHNIQUE,
                       .technique = toc_technique_id(lua_tostring(lua, 2))};
    return begin(lua, 3, &made, struck);
}

int toc_bind_strike_technique(lua_State *lua) {
    char hint[96];
    (void)self(lua);
    toc_bind_strike_check_chains(lua);
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

static int do_step(lua_State *lua, toc_step step, lua_KFunction then) {
    toc_strike made = {.step = step, .technique = steps[step].technique};
    (void)self(lua);
    toc_bind_strike_check_chains(lua);
    toc_spec_changes(lua, steps[step].name);
    return begin(lua, 2, &made, then);
}

int toc_bind_strike_exploit(lua_State *lua) {
    return do_step(lua, TOC_STEP_EXPLOIT, went);
}

int toc_bind_strike_move(lua_State *lua) {
    return do_step(lua, TOC_STEP_MOVE, went);
}

int toc_bind_strike_implant(lua_State *lua) {
    return do_step(lua, TOC_STEP_IMPLANT, went);
}

int toc_bind_strike_tamper(lua_State *lua) {
    return do_step(lua, TOC_STEP_TAMPER, went);
}

/* -- Scans ------------------------------------------------------------------------------------- */

/* The weaknesses of the asset to which a session passes and that nobody has closed. */
static void push_weaknesses(lua_State *lua, const toc_drill *drill, uint32_t adversary,
                            uint32_t asset) {
    const toc_asset *facts = &drill->topology->assets[asset];
    lua_Integer count = 0;
    lua_newtable(lua);
    for (uint32_t i = 0; i < facts->weakness_count; i++) {
        uint32_t weakness = facts->first_weakness + i;
        if (drill->topology->weaknesses[weakness].from == TOC_ACCESS_NONE &&
            toc_intrusion_reaches(drill->world, adversary, weakness) &&
            toc_hardening_closure(drill->world, weakness) == TOC_CLOSURE_NONE) {
            lua_pushstring(lua, drill->topology->weaknesses[weakness].id);
            lua_rawseti(lua, -2, ++count);
        }
    }
}

static int scanned(lua_State *lua, int status, lua_KContext number) {
    toc_drill *drill = toc_spec_drill(lua);
    uint32_t adversary = self(lua), place = 0, asset;
    lua_Integer count = 0;
    (void)status;
    toc_host_charge(lua, UINT64_C(20) * drill->topology->asset_count);
    bool done = toc_adversary_complete(drill, (uint32_t)number);
    lua_newtable(lua);
    while (done &&
           (asset = toc_adversary_found(drill, (uint32_t)number, &place)) != TOC_INDEX_NONE) {
        const toc_asset *facts = &drill->topology->assets[asset];
        lua_createtable(lua, 0, 3);
        lua_pushstring(lua, facts->id);
        lua_setfield(lua, -2, "id");
        lua_pushstring(lua, toc_topology_kind(facts->kind)->name);
        lua_setfield(lua, -2, "kind");
        push_weaknesses(lua, drill, adversary, asset);
        lua_setfield(lua, -2, "weaknesses");
        lua_rawseti(lua, -2, ++count);
        toc_host_charge(lua, 100);
    }
    return 1;
}

int toc_bind_strike_scan(lua_State *lua) {
    return do_step(lua, TOC_STEP_SCAN, scanned);
}
