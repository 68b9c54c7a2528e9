/* Bindings of teams: who plays. */
#include <stdio.h>
#include <string.h>

#include "drill/bindings.h"
#include "drill/seat.h"
#include "drill/spec.h"
#include "kernel/assert.h"
#include "script/describe.h"

enum { MOST_SEATS = 4096, MOST_NAME = 40 };

/* Ids of seats go into targets, traces and file names. */
static bool is_id(const char *text) {
    size_t length = strlen(text);
    return length > 0 && length <= MOST_NAME &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
               length;
}

static void add_seat(toc_spec *spec, const char *team, const char *role) {
    char name[2 * MOST_NAME + 2];
    uint32_t seat = 0;
    if (!is_id(role)) {
        toc_spec_complain(spec, NULL,
                          "team '%s': '%.60s' is no name for a seat (letters, digits, _ "
                          "and -, at most %d)",
                          team, role, MOST_NAME);
        return;
    }
    (void)snprintf(name, sizeof name, "%s.%s", team, role);
    if (toc_names_find(spec->drill->seat_names, name) != TOC_NONE) {
        toc_spec_complain(spec, NULL, "there is a seat '%s' already", name);
        return;
    }
    if (toc_names_count(spec->drill->seat_names) >= MOST_SEATS) {
        toc_spec_complain(spec, NULL, "a drill may have at most %d seats", MOST_SEATS);
        return;
    }
    toc_spec_charge(spec->lua, 256);
    bool is_name = toc_seat_add(spec->drill, name, &seat);
    TOC_ASSERT(is_name);
}

/* (drill, team, roles) */
static int declare(lua_State *lua) {
    toc_spec spec = toc_spec_open(lua, 3, "team", NULL, 0);
    const char *team = toc_binder_text(lua, 2, "team");
    lua_Integer count = (lua_Integer)lua_rawlen(lua, 3);
    if (!is_id(team)) {
        toc_spec_complain(&spec, NULL,
                          "'%.60s' is no name for a team (letters, digits, _ and -, at "
                          "most %d)",
                          team, MOST_NAME);
        return 0;
    }
    if (count == 0) {
        toc_spec_complain(&spec, NULL, "team '%s' has no seats", team);
    }
    for (int i = 1; i <= count; i++) {
        const char *role = toc_spec_position(&spec, i, NULL);
        if (role != NULL) {
            add_seat(&spec, team, role);
        }
    }
    return 0;
}

int toc_bind_team_declare(lua_State *lua) {
    (void)toc_bind_drill_self(lua);
    toc_spec_declares(lua, "drill:team");
    (void)toc_binder_text(lua, 2, "drill:team");
    if (!lua_isnone(lua, 3)) {
        return declare(lua);
    }
    toc_spec_chain(lua, declare, 2, "team");
    return 1;
}
