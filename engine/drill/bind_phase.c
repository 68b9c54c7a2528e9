/* Bindings of phases. */
#include <string.h>

#include "drill/bindings.h"
#include "drill/inject.h"
#include "drill/phase.h"
#include "drill/spec.h"

/* What brings it: a time, a criterion, or a mark named `after`. */
static void read_beginning(toc_spec *spec, const char *id, toc_inject *inject) {
    const char *after = toc_spec_text(spec, "after", NULL);
    inject->at = toc_spec_time(spec, "at", TOC_NEVER);
    inject->when = toc_bind_criterion_field(spec->lua, spec->table, "when", "when of phase");
    if (after != NULL && inject->when == TOC_INDEX_NONE) {
        toc_criterion criterion = {.kind = TOC_CRITERION_MARKED,
                                   .place = spec->place,
                                   .function = TOC_SPEC_NOTHING,
                                   .what = after,
                                   .first = TOC_INDEX_NONE,
                                   .next = TOC_INDEX_NONE};
        inject->when = toc_criterion_add(spec->drill, &criterion);
    }
    if (!toc_spec_has(spec, "at") && inject->when == TOC_INDEX_NONE) {
        toc_spec_complain(spec, NULL,
                          "phase '%.60s' does not say when it begins: at =, after = or "
                          "when =",
                          id);
    }
    if (inject->at != TOC_NEVER && inject->at > spec->drill->length) {
        toc_spec_complain(spec, "at", "phase '%.60s' begins after the end of the drill", id);
    }
}

/* (drill, id, options) */
static int declare(lua_State *lua) {
    static const char *const keys[] = {"title", "situation", "at", "after", "when", "attach"};
    static const char *const everybody[] = {"*"};
    toc_spec spec = toc_spec_open(lua, 3, "phase", keys, sizeof keys / sizeof *keys);
    toc_drill *drill = spec.drill;
    toc_spec_charge(lua, sizeof(toc_inject) + 64);
    const char *id = toc_arena_text(drill->arena, toc_binder_text(lua, 2, "phase"));
    const char *title =
        toc_bind_wording_text(&spec, "title", toc_bind_wording_position(&spec, 1, id));
    toc_inject inject = {.id = id,
                         .from = "exercise control",
                         .channel = "briefing",
                         .text = toc_bind_wording_text(&spec, "situation", title),
                         .kind = toc_inject_kind_find("facilitation.move"),
                         .to = everybody,
                         .to_count = 1,
                         .informs = true,
                         .within = TOC_NEVER,
                         .unless = TOC_INDEX_NONE,
                         .effect = "",
                         .lasts = TOC_NEVER,
                         .place = spec.place};
    read_beginning(&spec, id, &inject);
    toc_bind_attachment_read(&spec, &inject);
    if (id[0] == '\0' || toc_inject_find(drill, id) != TOC_INDEX_NONE) {
        toc_spec_complain(&spec, NULL, "there is a phase or inject '%.60s' already", id);
        return 0;
    }
    toc_phase phase = {.title = title, .inject = toc_inject_add(drill, &inject)};
    toc_phase_add(drill, &phase);
    return 0;
}

int toc_bind_phase_declare(lua_State *lua) {
    (void)toc_bind_drill_self(lua);
    toc_spec_declares(lua, "drill:phase");
    (void)toc_binder_text(lua, 2, "drill:phase");
    if (!lua_isnone(lua, 3)) {
        return declare(lua);
    }
    toc_spec_chain(lua, declare, 2, "phase");
    return 1;
}

int toc_bind_phase_current(lua_State *lua) {
    lua_pushstring(lua, toc_phase_current(toc_bind_drill_self(lua)));
    return 1;
}
