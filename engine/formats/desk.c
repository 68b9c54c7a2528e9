#include "tocsin/desk.h"

#include <string.h>

#include "kernel/assert.h"

static const struct {
    const char *name;
    bool sees_truth;
    const char *who;
} desks[] = {
#define TOC_DESK(id, name, sees, behind, who) {name, sees, who},
#include "tocsin/desk.def"
#undef TOC_DESK
    [TOC_DESK_PLAYER] = {"player", false, "plays a seat of a team"},
};

toc_desk toc_desk_read(const char *name) {
    size_t length = strcspn(name, ".");
    for (int kind = 0; kind < TOC_DESK_PLAYER; kind++) {
        if (strlen(desks[kind].name) == length && strncmp(desks[kind].name, name, length) == 0) {
            return (toc_desk){(toc_desk_kind)kind, name + length + (name[length] == '.')};
        }
    }
    return (toc_desk){TOC_DESK_PLAYER, name};
}

const char *toc_desk_name(toc_desk_kind kind) {
    TOC_ASSERT(kind <= TOC_DESK_PLAYER);
    return desks[kind].name;
}

const char *toc_desk_who(toc_desk_kind kind) {
    TOC_ASSERT(kind <= TOC_DESK_PLAYER);
    return desks[kind].who;
}

bool toc_desk_sees_truth(toc_desk_kind kind) {
    TOC_ASSERT(kind <= TOC_DESK_PLAYER);
    return desks[kind].sees_truth;
}

/* "gridco" of the seat "gridco.dispatcher" is what an evaluator of "gridco" watches. */
static bool watches(toc_desk evaluator, toc_desk player) {
    size_t length = strlen(evaluator.behind);
    return length == 0 ||
           (strncmp(player.behind, evaluator.behind, length) == 0 && player.behind[length] == '.');
}

const char *toc_desk_conflict(const char *one, const char *other) {
    toc_desk a = toc_desk_read(one), b = toc_desk_read(other);
    if (a.kind == TOC_DESK_PLAYER) {
        toc_desk swapped = a;
        a = b;
        b = swapped;
    }
    if (a.kind == TOC_DESK_PLAYER || b.kind != TOC_DESK_PLAYER) {
        return NULL; /* two teams' seats, or two desks beside the teams */
    }
    if (a.kind == TOC_DESK_EVALUATOR) {
        return watches(a, b) ? "nobody evaluates a team that they play in" : NULL;
    }
    return desks[a.kind].sees_truth ? "nobody plays who sees the truth" : NULL;
}
