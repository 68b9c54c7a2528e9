#include "drill/seat.h"

#include <string.h>

#include "drill/observation.h"
#include "drill/role.h"
#include "drill/team.h"
#include "kernel/assert.h"

struct seat {
    const char *role;
    uint32_t team;
    uint32_t permissions;
};

static const struct seat *seat_at(const toc_drill *drill, uint32_t seat) {
    TOC_ASSERT(seat < drill->seats.count);
    return TOC_LIST_AT(const struct seat, &drill->seats, seat);
}

bool toc_seat_add(toc_drill *drill, const char *name, uint32_t *out_seat) {
    bool is_new = false;
    const char *dot = strchr(name, '.');
    if (dot == NULL || dot == name || dot[1] == '\0' || strchr(dot + 1, '.') != NULL) {
        return false;
    }
    *out_seat = toc_names_add(drill->seat_names, name, &is_new);
    if (is_new) {
        const char *team = toc_arena_text_n(drill->arena, name, (size_t)(dot - name));
        const char *role = toc_arena_text(drill->arena, dot + 1);
        struct seat *seat = toc_list_add(&drill->seats, sizeof *seat);
        *seat = (struct seat){.role = role,
                              .team = toc_team_add(drill, team),
                              .permissions = toc_role_permissions(role)};
    }
    return true;
}

uint32_t toc_seat_count(const toc_drill *drill) {
    return drill->seats.count;
}

uint32_t toc_seat_find(const toc_drill *drill, const char *name) {
    return toc_names_find(drill->seat_names, name);
}

const char *toc_seat_nearest(const toc_drill *drill, const char *name) {
    return toc_names_nearest(drill->seat_names, name);
}

const char *toc_seat_name(const toc_drill *drill, uint32_t seat) {
    return toc_names_at(drill->seat_names, seat);
}

const char *toc_seat_role(const toc_drill *drill, uint32_t seat) {
    return seat_at(drill, seat)->role;
}

uint32_t toc_seat_team(const toc_drill *drill, uint32_t seat) {
    return seat_at(drill, seat)->team;
}

uint32_t toc_seat_operator(const toc_drill *drill, uint32_t seat) {
    return toc_team_operator(drill, seat_at(drill, seat)->team);
}

/* What all seats of the team together may do. */
static uint32_t team_permissions(const toc_drill *drill, uint32_t team) {
    uint32_t permissions = 0;
    for (uint32_t i = 0; i < drill->seats.count; i++) {
        const struct seat *seat = seat_at(drill, i);
        if (seat->team == team) {
            permissions |= seat->permissions;
        }
    }
    return permissions;
}

bool toc_seat_may(const toc_drill *drill, uint32_t number, toc_action_verb verb) {
    return toc_seat_has(drill, number, toc_action_permission(verb));
}

bool toc_seat_has(const toc_drill *drill, uint32_t number, toc_permission permission) {
    const struct seat *seat = seat_at(drill, number);
    uint32_t needed = 1u << permission;
    return (seat->permissions & needed) != 0 || (team_permissions(drill, seat->team) & needed) == 0;
}

void toc_seat_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->seats.count; i++) {
        toc_digest_text(digest, toc_seat_name(drill, i));
        toc_digest_u64(digest, toc_observation_count(drill, i));
    }
    toc_team_digest(drill, digest);
}

void toc_seat_finish(toc_drill *drill) {
    toc_observation_finish(drill);
    toc_team_finish(drill);
    toc_list_finish(&drill->seats);
}
