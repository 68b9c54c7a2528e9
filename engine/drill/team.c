#include "drill/team.h"

#include <string.h>

#include "kernel/assert.h"

struct team {
    const char *name;
    uint32_t operator_index;
    bool manual;
    toc_names *alarms; /* every subject there was an alarm on */
    toc_list open;     /* bool by alarm number */
    toc_list cards;    /* toc_team_card in rising order of element */
};

static struct team *team_at(const toc_drill *drill, uint32_t team) {
    TOC_ASSERT(team < drill->teams.count);
    return TOC_LIST_AT(struct team, &drill->teams, team);
}

uint32_t toc_team_add(toc_drill *drill, const char *name) {
    uint32_t found = toc_team_find(drill, name);
    if (found != TOC_INDEX_NONE) {
        return found;
    }
    struct team *team = toc_list_add(&drill->teams, sizeof *team);
    *team = (struct team){.name = toc_arena_text(drill->arena, name),
                          .operator_index = toc_topology_find_operator(drill->topology, name),
                          .alarms = toc_names_create()};
    return drill->teams.count - 1;
}

uint32_t toc_team_count(const toc_drill *drill) {
    return drill->teams.count;
}

uint32_t toc_team_find(const toc_drill *drill, const char *name) {
    for (uint32_t i = 0; i < drill->teams.count; i++) {
        if (strcmp(team_at(drill, i)->name, name) == 0) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

uint32_t toc_team_find_operator(const toc_drill *drill, uint32_t operator_index) {
    for (uint32_t i = 0; operator_index != TOC_INDEX_NONE && i < drill->teams.count; i++) {
        if (team_at(drill, i)->operator_index == operator_index) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

const char *toc_team_name(const toc_drill *drill, uint32_t team) {
    return team_at(drill, team)->name;
}

uint32_t toc_team_operator(const toc_drill *drill, uint32_t team) {
    return team_at(drill, team)->operator_index;
}

bool toc_team_is_manual(const toc_drill *drill, uint32_t operator_index) {
    uint32_t team = toc_team_find_operator(drill, operator_index);
    return team != TOC_INDEX_NONE && team_at(drill, team)->manual;
}

void toc_team_set_manual(toc_drill *drill, uint32_t team, bool manual) {
    team_at(drill, team)->manual = manual;
}

void toc_team_raise_alarm(toc_drill *drill, uint32_t number, const char *subject) {
    bool is_new = false;
    struct team *team = team_at(drill, number);
    uint32_t alarm = toc_names_add(team->alarms, subject, &is_new);
    if (is_new) {
        (void)toc_list_add(&team->open, sizeof(bool));
    }
    *TOC_LIST_AT(bool, &team->open, alarm) = true;
}

bool toc_team_close_alarm(toc_drill *drill, uint32_t number, const char *subject) {
    struct team *team = team_at(drill, number);
    uint32_t alarm = toc_names_find(team->alarms, subject);
    if (alarm == TOC_NONE || !*TOC_LIST_AT(bool, &team->open, alarm)) {
        return false;
    }
    *TOC_LIST_AT(bool, &team->open, alarm) = false;
    return true;
}

/* Place of the element's card, or where it would be. */
static uint32_t card_place(const struct team *team, uint32_t element) {
    uint32_t low = 0, high = team->cards.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (TOC_LIST_AT(const toc_team_card, &team->cards, middle)->element < element) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const toc_team_card *toc_team_card_of(const toc_drill *drill, uint32_t number, uint32_t element) {
    const struct team *team = team_at(drill, number);
    uint32_t place = card_place(team, element);
    if (place == team->cards.count) {
        return NULL;
    }
    const toc_team_card *card = TOC_LIST_AT(const toc_team_card, &team->cards, place);
    return card->element == element ? card : NULL;
}

uint32_t toc_team_card_count(const toc_drill *drill, uint32_t number) {
    return team_at(drill, number)->cards.count;
}

const toc_team_card *toc_team_card_at(const toc_drill *drill, uint32_t number, uint32_t index) {
    TOC_ASSERT(index < team_at(drill, number)->cards.count);
    return TOC_LIST_AT(const toc_team_card, &team_at(drill, number)->cards, index);
}

toc_team_card *toc_team_make_card(toc_drill *drill, uint32_t number, uint32_t element) {
    struct team *team = team_at(drill, number);
    uint32_t place = card_place(team, element);
    if (place == team->cards.count ||
        TOC_LIST_AT(toc_team_card, &team->cards, place)->element != element) {
        (void)toc_list_add(&team->cards, sizeof(toc_team_card));
        toc_team_card *at = TOC_LIST_AT(toc_team_card, &team->cards, place);
        memmove(at + 1, at, (team->cards.count - 1 - place) * sizeof *at);
        *at = (toc_team_card){.element = element,
                              .found_at = TOC_NEVER,
                              .measured_at = TOC_NEVER,
                              .said = TOC_ON,
                              .said_at = TOC_NEVER,
                              .logs_at = TOC_NEVER,
                              .safe_at = TOC_NEVER};
    }
    return TOC_LIST_AT(toc_team_card, &team->cards, place);
}

static void digest_team(const struct team *team, toc_digest *digest) {
    toc_digest_text(digest, team->name);
    toc_digest_u64(digest, team->manual);
    for (uint32_t i = 0; i < team->open.count; i++) {
        toc_digest_text(digest, toc_names_at(team->alarms, i));
        toc_digest_u64(digest, *TOC_LIST_AT(const bool, &team->open, i));
    }
    for (uint32_t i = 0; i < team->cards.count; i++) {
        const toc_team_card *card = TOC_LIST_AT(const toc_team_card, &team->cards, i);
        toc_digest_u64(digest, card->element);
        toc_digest_u64(digest, card->found);
        toc_digest_i64(digest, card->found_at);
        toc_digest_u64(digest, card->said);
        toc_digest_i64(digest, card->confidence_ppm);
        toc_digest_i64(digest, card->said_at);
        if (card->logs_at != TOC_NEVER || card->safe_at != TOC_NEVER) {
            toc_digest_i64(digest, card->logs_at);
            toc_digest_u64(digest, card->intruder);
            toc_digest_i64(digest, card->safe_at);
        }
        if (card->measured_at != TOC_NEVER) {
            toc_digest_i64(digest, card->measured_mm);
            toc_digest_i64(digest, card->measured_at);
        }
    }
}

void toc_team_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->teams.count; i++) {
        digest_team(team_at(drill, i), digest);
    }
}

void toc_team_finish(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->teams.count; i++) {
        struct team *team = team_at(drill, i);
        toc_names_destroy(team->alarms);
        toc_list_finish(&team->open);
        toc_list_finish(&team->cards);
    }
    toc_list_finish(&drill->teams);
}
