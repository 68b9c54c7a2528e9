/* Bindings of injects. */
#include <stdio.h>
#include <string.h>

#include "drill/action.h"
#include "drill/bindings.h"
#include "drill/deed.h"
#include "drill/inject.h"
#include "drill/scenario.h"
#include "drill/spec.h"

static void read_time(toc_spec *spec, toc_inject *inject) {
    char length[40];
    const toc_drill *drill = spec->drill;
    bool runs = drill->stage == TOC_DRILL_RUNNING;
    toc_time now = toc_calendar_now(drill->calendar);
    inject->at = toc_spec_time(spec, "at", runs && !inject->contingency ? now : TOC_NEVER);
    if (!runs && !toc_spec_has(spec, "at") && !inject->contingency) {
        toc_spec_complain(spec, NULL,
                          "this inject has no time; say at = t.minutes(...), put it "
                          "into a function of drill:when, or say contingency = true");
    }
    if (inject->at != TOC_NEVER && inject->at > drill->length) {
        (void)toc_time_print(drill->length, length, sizeof length);
        toc_spec_complain(spec, "at", "this inject comes after the end of the drill (%s)", length);
        inject->at = drill->length;
    }
    if (inject->at < now) {
        toc_spec_complain(spec, "at",
                          "this time has passed; times count from the start of the drill");
    }
}

/* In a running drill all seats are known; before, they are checked when all have been declared. */
static void check_seats(toc_spec *spec, const toc_inject *inject) {
    char hint[96];
    if (inject->to_count == 0 && !(spec->faulty && toc_spec_has(spec, "to"))) {
        toc_spec_complain(spec, NULL, "nobody is to get this inject; say to = \"team.seat\"");
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

int toc_bind_inject_add(lua_State *lua) {
    static const char *const keys[] = {"id",   "at",   "to",      "channel",    "from",
                                       "text", "kind", "expects", "contingency"};
    toc_drill *drill = toc_bind_drill_self(lua);
    toc_spec_changes(lua, "drill:inject");
    toc_spec spec = toc_spec_open(lua, 2, "inject", keys, sizeof keys / sizeof *keys);
    toc_spec_charge(lua, sizeof(toc_inject) + 64 + drill->injects.count / 8);
    toc_inject inject = {.id = toc_spec_text(&spec, "id", ""),
                         .from = toc_spec_text(&spec, "from", "exercise control"),
                         .channel = toc_spec_text(&spec, "channel", "phone"),
                         .text = toc_spec_text(&spec, "text", ""),
                         .kind = toc_spec_text(&spec, "kind", ""),
                         .contingency = toc_spec_flag(&spec, "contingency", false),
                         .place = spec.place};
    inject.to_count = toc_spec_texts(&spec, "to", &inject.to);
    inject.expect_count = toc_spec_texts(&spec, "expects", &inject.expects);
    read_time(&spec, &inject);
    check_seats(&spec, &inject);
    check_channel(&spec, &inject);
    check_expected(&spec, &inject);
    if (!toc_spec_has(&spec, "text")) {
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
