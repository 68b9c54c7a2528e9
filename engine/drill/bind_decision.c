/* Bindings of decisions. */
#include <stdio.h>
#include <string.h>

#include "drill/bindings.h"
#include "drill/decision.h"
#include "drill/inject.h"
#include "drill/persona.h"
#include "drill/scenario.h"
#include "drill/spec.h"
#include "drill/wording.h"

/* The question, with the options behind it for who only reads. */
static const char *make_text_in(toc_drill *drill, const toc_decision *decision,
                                const char *language) {
    const char *text =
        toc_arena_format(drill->arena, "%s [", toc_wording_in(drill, language, decision->question));
    for (uint32_t i = 0; i < decision->option_count; i++) {
        text = toc_arena_format(drill->arena, "%s%s%s", text, i > 0 ? " | " : "",
                                toc_wording_in(drill, language, decision->options[i]));
    }
    return toc_arena_format(drill->arena, "%s]", text);
}

static const char *make_text(toc_drill *drill, const toc_decision *decision) {
    size_t count = 0;
    const char *const *languages = toc_wording_languages(&count);
    const char *text = make_text_in(drill, decision, "");
    for (size_t i = 0; drill->wordings != NULL && i < count; i++) {
        const char *wording = make_text_in(drill, decision, languages[i]);
        if (strcmp(wording, text) != 0) {
            (void)toc_wording_tell(drill, text, languages[i], wording);
        }
    }
    return text;
}

static void read_options(toc_spec *spec, toc_decision *decision) {
    const char *const *options = NULL;
    char hint[96];
    decision->option_count = toc_bind_wording_list(spec, "options", &options);
    decision->options = options;
    decision->fallback = TOC_INDEX_NONE;
    const char *fallback = toc_spec_text(spec, "default", NULL);
    if (decision->option_count < 2) {
        toc_spec_complain(spec, toc_spec_has(spec, "options") ? "options" : NULL,
                          "decision '%.60s' needs two options or more", decision->id);
        return;
    }
    for (uint32_t i = 0; fallback != NULL && i < decision->option_count; i++) {
        if (strcmp(fallback, options[i]) == 0) {
            decision->fallback = i;
        }
    }
    if (fallback != NULL && decision->fallback == TOC_INDEX_NONE) {
        const char *nearest = toc_names_nearest_of(options, decision->option_count, fallback);
        toc_spec_complain(spec, "default", "'%.60s' is none of the options%s", fallback,
                          toc_spec_hint(nearest, hint, sizeof hint));
    }
    if (fallback != NULL && decision->within == TOC_NEVER) {
        toc_spec_complain(spec, "default",
                          "a default needs a time after which it is taken: within");
    }
}

static toc_inject read_inject(toc_spec *spec, const toc_decision *decision) {
    toc_drill *drill = spec->drill;
    bool runs = drill->stage == TOC_DRILL_RUNNING;
    const char **to = NULL;
    toc_inject inject = {
        .id = decision->id,
        .from = toc_bind_wording_name(spec, "from", "exercise control"),
        .channel = toc_spec_text(spec, "channel", "order"),
        .text = decision->option_count < 2 ? "" : make_text(drill, decision),
        .kind = toc_inject_kind_find("decision.choice"),
        .within = TOC_NEVER,
        .unless = TOC_INDEX_NONE,
        .when = toc_bind_criterion_field(spec->lua, spec->table, "when", "when of decision"),
        .effect = "",
        .lasts = TOC_NEVER,
        .place = spec->place};
    inject.at = toc_spec_time(
        spec, "at",
        runs && inject.when == TOC_INDEX_NONE ? toc_calendar_now(drill->calendar) : TOC_NEVER);
    inject.to_count = toc_spec_texts(spec, "to", &to);
    inject.to = to;
    toc_bind_attachment_read(spec, &inject);
    toc_bind_inject_check(spec, &inject);
    return inject;
}

/* (drill, id, options) */
static int declare(lua_State *lua) {
    static const char *const keys[] = {"question", "to",   "options", "within", "default", "at",
                                       "when",     "from", "channel", "chosen", "attach"};
    toc_spec spec = toc_spec_open(lua, 3, "decision", keys, sizeof keys / sizeof *keys);
    toc_drill *drill = spec.drill;
    toc_spec_charge(lua, sizeof(toc_decision) + sizeof(toc_inject) + 64);
    toc_decision decision = {
        .id = toc_arena_text(drill->arena, toc_binder_text(lua, 2, "decision")),
        .question =
            toc_bind_wording_text(&spec, "question", toc_bind_wording_position(&spec, 1, NULL)),
        .within = toc_spec_time(&spec, "within", TOC_NEVER),
        .function = toc_spec_function(&spec, "chosen")};
    if (decision.question == NULL) {
        toc_spec_complain(&spec, NULL, "decision '%.60s' asks nothing: a text goes in first",
                          decision.id);
        decision.question = "";
    }
    read_options(&spec, &decision);
    toc_inject inject = read_inject(&spec, &decision);
    if (decision.id[0] == '\0' || toc_inject_find(drill, decision.id) != TOC_INDEX_NONE) {
        toc_spec_complain(&spec, NULL, "there is a decision or inject '%.60s' already",
                          decision.id);
        return 0;
    }
    if (!spec.faulty) {
        decision.inject = toc_inject_add(drill, &inject);
        (void)toc_decision_add(drill, &decision);
    }
    return 0;
}

int toc_bind_decision_declare(lua_State *lua) {
    (void)toc_bind_drill_self(lua);
    toc_spec_changes(lua, "drill:decision");
    (void)toc_binder_text(lua, 2, "drill:decision");
    if (!lua_isnone(lua, 3)) {
        return declare(lua);
    }
    toc_spec_chain(lua, declare, 2, "decision");
    return 1;
}

static int done(lua_State *lua, int status, lua_KContext context) {
    (void)lua;
    (void)status;
    (void)context;
    return 0;
}

struct choice {
    int function;
    const char *option, *seat;
};

/* A process: (choice). */
static int tell_function(lua_State *lua) {
    const struct choice *choice = lua_touserdata(lua, 1);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, choice->function);
    toc_binder_push(lua, "drill", 0, 0);
    lua_pushstring(lua, choice->option);
    lua_pushstring(lua, choice->seat);
    lua_callk(lua, 3, 0, 0, done);
    return 0;
}

void toc_bind_decision_chosen(toc_drill *drill, int function, const char *option,
                              const char *seat) {
    lua_State *lua = toc_host_lua(drill->host);
    uint64_t process = 0;
    if (lua_checkstack(lua, 4)) {
        struct choice *choice = toc_arena_alloc(drill->arena, sizeof *choice);
        *choice = (struct choice){function, option, seat};
        lua_pushcfunction(lua, tell_function);
        lua_pushlightuserdata(lua, choice);
        process = toc_processes_start(drill->processes, lua, 1, TOC_SCORING);
    }
    if (process == 0) {
        toc_bind_flow_out_of_memory(drill);
    }
}
