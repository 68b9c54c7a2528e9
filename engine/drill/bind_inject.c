/* Bindings of injects. */
#include <stdio.h>
#include <string.h>

#include "drill/action.h"
#include "drill/bindings.h"
#include "drill/deception.h"
#include "drill/deed.h"
#include "drill/effect.h"
#include "drill/gist.h"
#include "drill/inject.h"
#include "drill/persona.h"
#include "drill/scenario.h"
#include "drill/spec.h"

static void check_time(toc_spec *spec, toc_inject *inject) {
    char length[40];
    const toc_drill *drill = spec->drill;
    toc_time now = toc_calendar_now(drill->calendar);
    bool waits = inject->contingency || inject->when != TOC_INDEX_NONE;
    if (inject->at == TOC_NEVER && !toc_spec_has(spec, "at") && !waits) {
        toc_spec_complain(spec, NULL,
                          "this %s has no time; say at = t.minutes(...) or when = ..., put it "
                          "into a function of drill:when%s",
                          spec->what,
                          strcmp(spec->what, "inject") == 0 ? ", or say contingency = true" : "");
    }
    if (inject->at != TOC_NEVER && inject->at > drill->length) {
        (void)toc_time_print(drill->length, length, sizeof length);
        toc_spec_complain(spec, "at", "this %s comes after the end of the drill (%s)", spec->what,
                          length);
        inject->at = drill->length;
    }
    if (inject->at < now) {
        toc_spec_complain(spec, "at",
                          "this time has passed; times count from the start of the drill");
    }
}

/* What follows from a kind that does not exist need not be told as well. */
static bool has_wrong_kind(toc_spec *spec, const toc_inject *inject) {
    return inject->kind == NULL && toc_spec_has(spec, "kind");
}

static void read_kind(toc_spec *spec, toc_inject *inject) {
    char hint[96];
    const char *name = toc_spec_text(spec, "kind", NULL);
    if (name == NULL) {
        return;
    }
    inject->kind = toc_inject_kind_find(name);
    if (inject->kind == NULL) {
        toc_host_charge(spec->lua, 5000);
        toc_spec_complain(spec, "kind", "there is no kind of inject '%.60s'%s", name,
                          toc_spec_hint(toc_inject_kind_nearest(name), hint, sizeof hint));
    } else {
        inject->hidden = inject->hidden || inject->kind->sort == TOC_INJECT_HIDDEN;
        inject->effect = inject->kind->effect;
    }
}

/* What it does to the world: as its kind says, or as the author does. */
static void read_effect(toc_spec *spec, toc_inject *inject) {
    size_t count = 0;
    const char *const *effects = toc_effect_names(&count);
    inject->effect = toc_spec_word(spec, "effect", effects, count, inject->effect);
    inject->element_count = toc_spec_elements(spec, "on", &inject->elements);
    inject->share_ppm = (int64_t)(toc_spec_number(spec, "share", 0, 1, 1) * 1e6 + 0.5);
    inject->lasts = toc_spec_time(spec, "lasts", TOC_NEVER);
    inject->pretence = toc_deception_read(spec, inject->effect);
    toc_deception_check(spec, inject->effect, inject->elements, inject->element_count);
    inject->hit = toc_arena_alloc(spec->drill->arena, inject->element_count + 1);
    if (has_wrong_kind(spec, inject)) {
        return;
    }
    if (inject->effect[0] != '\0' && !toc_spec_has(spec, "on")) {
        toc_spec_complain(spec, NULL,
                          "this inject does something (%s) to assets; say which: on = "
                          "\"...\"",
                          inject->effect);
    }
    if (inject->effect[0] == '\0' && toc_spec_has(spec, "on")) {
        toc_spec_complain(spec, "on",
                          "on: this inject does nothing to assets; say what: effect = "
                          "\"...\"");
    }
}

/* In a running drill all seats are known; before, they are checked when all have been declared. */
static void check_seats(toc_spec *spec, const toc_inject *inject) {
    char hint[96];
    bool is_silent = inject->hidden || (inject->effect[0] != '\0' && inject->text[0] == '\0');
    if (has_wrong_kind(spec, inject)) {
        return;
    }
    if (inject->to_count == 0 && !is_silent && !(spec->faulty && toc_spec_has(spec, "to"))) {
        toc_spec_complain(spec, NULL, "nobody is to get this %s; say to = \"team.seat\"",
                          spec->what);
    }
    if (inject->to_count > 0 && is_silent) {
        toc_spec_complain(spec, "to",
                          inject->hidden ? "a hidden inject reaches no seat"
                                         : "this inject says nothing; text is missing");
    }
    if (spec->drill->stage != TOC_DRILL_RUNNING) {
        return;
    }
    for (uint32_t i = 0; i < inject->to_count; i++) {
        if (!toc_scenario_reaches(spec->drill, inject->to[i])) {
            const char *nearest = toc_inject_nearest(spec->drill, inject->to[i]);
            toc_spec_complain(spec, "to", "there is no seat or team '%.60s'%s", inject->to[i],
                              toc_spec_hint(nearest, hint, sizeof hint));
        }
    }
}

static void check_channel(toc_spec *spec, toc_inject *inject) {
    char hint[96];
    if (!toc_inject_is_channel(inject->channel)) {
        toc_host_charge(spec->lua, 1000);
        toc_spec_complain(
            spec, "channel", "there is no channel '%.60s'%s", inject->channel,
            toc_spec_hint(toc_inject_nearest_channel(inject->channel), hint, sizeof hint));
        inject->channel = "phone";
    }
}

void toc_bind_inject_check(toc_spec *spec, toc_inject *inject) {
    check_time(spec, inject);
    check_seats(spec, inject);
    check_channel(spec, inject);
}

/* Only what is said by voice and heard by somebody is a call. */
static void check_call(toc_spec *spec, const toc_inject *inject) {
    if (inject->call == NULL) {
        return;
    }
    if (strcmp(inject->channel, "phone") != 0 && strcmp(inject->channel, "radio") != 0) {
        toc_spec_complain(spec, "call",
                          "call: nobody speaks on the channel '%.40s'; say phone or "
                          "radio",
                          inject->channel);
    }
    if (inject->text[0] == '\0' || inject->hidden) {
        toc_spec_complain(spec, "call",
                          "call: nobody hears this inject; say to whom, and in text what they "
                          "remember of it");
    }
}

/* In the order of the list, each wrong one told. */
static void check_expected(toc_spec *spec, const toc_inject *inject) {
    char hint[96];
    for (uint32_t i = 0; i < inject->expect_count; i++) {
        toc_host_charge(spec->lua, 500);
        if (!toc_deed_is_verb(inject->expects[i])) {
            const char *nearest = toc_action_nearest(inject->expects[i]);
            toc_spec_complain(spec, "expects", "there is no action '%.60s'%s", inject->expects[i],
                              toc_spec_hint(nearest, hint, sizeof hint));
        }
    }
}

/* From a persona: its name, and its channel where none is said. */
static void read_sender(toc_spec *spec, toc_inject *inject) {
    uint32_t persona = toc_persona_find(spec->drill, inject->from);
    if (persona != TOC_INDEX_NONE) {
        inject->from = toc_persona_at(spec->drill, persona)->name;
        inject->channel =
            toc_spec_text(spec, "channel", toc_persona_at(spec->drill, persona)->channel);
    }
}

/* What readers will take it for, where the author says so. */
static const char *read_about(toc_spec *spec) {
    char hint[96];
    const char *about = toc_spec_text(spec, "about", NULL);
    if (about != NULL && toc_gist_find(about) == TOC_GISTS) {
        toc_spec_complain(spec, "about", "'%.60s' is nothing that a message can be about%s", about,
                          toc_spec_hint(toc_gist_nearest(about), hint, sizeof hint));
        return NULL;
    }
    return about;
}

static toc_inject read(toc_spec *spec) {
    toc_inject inject = {.id = toc_spec_text(spec, "id", ""),
                         .from = toc_bind_wording_name(spec, "from", "exercise control"),
                         .channel = toc_spec_text(spec, "channel", "phone"),
                         .text = toc_bind_wording_text(spec, "text", ""),
                         .about = read_about(spec),
                         .contingency = toc_spec_flag(spec, "contingency", false),
                         .hidden = toc_spec_flag(spec, "hidden", false),
                         .within = toc_spec_time(spec, "within", TOC_NEVER),
                         .effect = "",
                         .place = spec->place};
    const char **to = NULL;
    inject.to_count = toc_spec_texts(spec, "to", &to);
    inject.to = to;
    inject.expect_count = toc_spec_texts(spec, "expects", &inject.expects);
    inject.informs = toc_spec_has(spec, "expects") && inject.expect_count == 0;
    inject.when = toc_bind_criterion_field(spec->lua, spec->table, "when", "when of inject");
    inject.unless = toc_bind_criterion_field(spec->lua, spec->table, "unless", "unless of inject");
    read_sender(spec, &inject);
    read_kind(spec, &inject);
    toc_bind_attachment_read(spec, &inject);
    read_effect(spec, &inject);
    inject.call = toc_bind_call_read(spec);
    bool waits = inject.contingency || inject.when != TOC_INDEX_NONE;
    bool runs = spec->drill->stage == TOC_DRILL_RUNNING;
    inject.at = toc_spec_time(spec, "at",
                              runs && !waits ? toc_calendar_now(spec->drill->calendar) : TOC_NEVER);
    return inject;
}

int toc_bind_inject_add(lua_State *lua) {
    static const char *const keys[] = {
        "id",     "at",          "to",     "channel", "from",   "text",   "kind",  "expects",
        "on",     "contingency", "hidden", "when",    "unless", "effect", "share", "lasts",
        "within", "attach",      "shows",  "level",   "about",  "call"};
    toc_drill *drill = toc_bind_drill_self(lua);
    toc_spec_changes(lua, "drill:inject");
    toc_spec spec = toc_spec_open(lua, 2, "inject", keys, sizeof keys / sizeof *keys);
    toc_spec_charge(lua, sizeof(toc_inject) + 64);
    toc_inject inject = read(&spec);
    toc_bind_inject_check(&spec, &inject);
    check_expected(&spec, &inject);
    check_call(&spec, &inject);
    if (!toc_spec_has(&spec, "text") && inject.effect[0] == '\0' &&
        !has_wrong_kind(&spec, &inject)) {
        toc_spec_complain(&spec, NULL, "this inject says nothing; text = \"...\" is missing");
    }
    if (inject.id[0] != '\0' && toc_inject_find(drill, inject.id) != TOC_INDEX_NONE) {
        toc_spec_complain(&spec, "id", "there is an inject '%.60s' already", inject.id);
        inject.id = "";
    }
    toc_binder_push(lua, "inject", toc_inject_add(drill, &inject), 0);
    return 1;
}

static int inject_id(lua_State *lua) {
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "inject");
    lua_pushstring(lua, toc_inject_at(toc_spec_drill(lua), number)->id);
    return 1;
}

static int inject_fire(lua_State *lua) {
    toc_drill *drill = toc_spec_drill(lua);
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "inject");
    toc_spec_changes(lua, "inject:fire");
    if (drill->stage != TOC_DRILL_RUNNING) {
        toc_host_error(lua,
                       "inject:fire: the drill has not started; this goes into a function that "
                       "runs in it");
    }
    lua_pushboolean(lua, toc_inject_fire(drill, number));
    return 1;
}

static const toc_binding rows[] = {
    {"id", inject_id, true, "inject.id: string", "Its id, given or made."},
    {"fire", inject_fire, false, "inject:fire() -> boolean",
     "Brings it now; false where it has come already."},
};

static const toc_bound_class inject_class = {"inject", "An entry of the event list.", rows,
                                             sizeof rows / sizeof *rows};

void toc_bind_inject_install(toc_host *host) {
    toc_binder_class(host, &inject_class);
}
