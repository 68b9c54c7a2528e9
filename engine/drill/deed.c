#include "drill/deed.h"

#include <string.h>

#include "drill/action.h"
#include "drill/cell.h"
#include "drill/scenario.h"
#include "kernel/assert.h"

struct declaration {
    toc_deed deed;
    bool holds;
};

static toc_deed make_deed(toc_drill *drill, uint32_t seat, const char *verb, const char *target) {
    TOC_ASSERT(seat < toc_names_count(drill->seat_names));
    return (toc_deed){.at = toc_calendar_now(drill->calendar),
                      .seat = seat,
                      .verb = toc_arena_text(drill->arena, verb),
                      .target = toc_arena_text(drill->arena, target)};
}

void toc_deed_note_action(toc_drill *drill, uint32_t seat, const char *verb, const char *target) {
    *(toc_deed *)toc_list_add(&drill->deeds, sizeof(toc_deed)) =
        make_deed(drill, seat, verb, target);
    toc_conditions_touch(drill->conditions, toc_cell_named(TOC_CELL_DEED, verb));
    toc_conditions_touch(drill->conditions, toc_cell(TOC_CELL_DEED, 0));
}

/* One team holds one opinion: its latest word counts. */
void toc_deed_note_declaration(toc_drill *drill, uint32_t seat, const char *what, bool holds) {
    *(struct declaration *)toc_list_add(&drill->declarations, sizeof(struct declaration)) =
        (struct declaration){make_deed(drill, seat, what, ""), holds};
    toc_conditions_touch(drill->conditions, toc_cell_named(TOC_CELL_DECLARATION, what));
}

bool toc_deed_fits_verb(const char *word, const char *verb) {
    size_t length = strlen(word);
    return strncmp(word, verb, length) == 0 && (verb[length] == '\0' || verb[length] == '_');
}

bool toc_deed_is_verb(const char *word) {
    unsigned verb = 0;
    while (verb < TOC_VERBS && !toc_deed_fits_verb(word, toc_action_name((toc_action_verb)verb))) {
        verb++;
    }
    return verb < TOC_VERBS;
}

static bool fits(const toc_drill *drill, const toc_deed *deed, const toc_deed_query *query) {
    return deed->at >= query->not_before &&
           (query->verb == NULL || toc_deed_fits_verb(query->verb, deed->verb)) &&
           (query->target == NULL || strcmp(query->target, deed->target) == 0) &&
           (query->team == NULL || toc_scenario_is_of(drill, deed->seat, query->team));
}

const toc_deed *toc_deed_find(const toc_drill *drill, const toc_deed_query *query) {
    bool is_one = query->verb != NULL && toc_action_find(query->verb) != TOC_VERBS;
    toc_conditions_read(drill->conditions, is_one ? toc_cell_named(TOC_CELL_DEED, query->verb)
                                                  : toc_cell(TOC_CELL_DEED, 0));
    for (uint32_t i = 0; i < drill->deeds.count; i++) {
        const toc_deed *deed = TOC_LIST_AT(const toc_deed, &drill->deeds, i);
        if (fits(drill, deed, query)) {
            return deed;
        }
    }
    return NULL;
}

static bool same_team(const toc_drill *drill, uint32_t a, uint32_t b) {
    const char *first = toc_names_at(drill->seat_names, a);
    const char *second = toc_names_at(drill->seat_names, b);
    size_t length = strcspn(first, ".");
    return length == strcspn(second, ".") && strncmp(first, second, length) == 0;
}

/* Whether the seat's team has said otherwise since declaration `number`. */
static bool is_withdrawn(const toc_drill *drill, uint32_t number) {
    const struct declaration *said =
        TOC_LIST_AT(const struct declaration, &drill->declarations, number);
    for (uint32_t i = number + 1; i < drill->declarations.count; i++) {
        const struct declaration *later =
            TOC_LIST_AT(const struct declaration, &drill->declarations, i);
        if (!later->holds && strcmp(later->deed.verb, said->deed.verb) == 0 &&
            same_team(drill, later->deed.seat, said->deed.seat)) {
            return true;
        }
    }
    return false;
}

const toc_deed *toc_deed_declared(const toc_drill *drill, const char *what, const char *team) {
    toc_conditions_read(drill->conditions, toc_cell_named(TOC_CELL_DECLARATION, what));
    for (uint32_t i = 0; i < drill->declarations.count; i++) {
        const struct declaration *said =
            TOC_LIST_AT(const struct declaration, &drill->declarations, i);
        if (said->holds && strcmp(said->deed.verb, what) == 0 &&
            (team == NULL || toc_scenario_is_of(drill, said->deed.seat, team)) &&
            !is_withdrawn(drill, i)) {
            return &said->deed;
        }
    }
    return NULL;
}

static void digest_deed(const toc_deed *deed, toc_digest *digest) {
    toc_digest_i64(digest, deed->at);
    toc_digest_u64(digest, deed->seat);
    toc_digest_text(digest, deed->verb);
    toc_digest_text(digest, deed->target);
}

void toc_deed_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->deeds.count; i++) {
        digest_deed(TOC_LIST_AT(const toc_deed, &drill->deeds, i), digest);
    }
    for (uint32_t i = 0; i < drill->declarations.count; i++) {
        const struct declaration *said =
            TOC_LIST_AT(const struct declaration, &drill->declarations, i);
        digest_deed(&said->deed, digest);
        toc_digest_u64(digest, said->holds);
    }
}

void toc_deed_finish(toc_drill *drill) {
    toc_list_finish(&drill->deeds);
    toc_list_finish(&drill->declarations);
}
