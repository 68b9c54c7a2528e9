#include "client/mirror.h"

#include <stdlib.h>
#include <string.h>

#include "client/keeping.h"

enum { MOST_FIELDS = 32 };

/* A list that is kept: the items side by side, and beside each the memory that its texts are in. */
struct shelf {
    char *items;
    void **kept;
    uint32_t count, room;
    uint32_t *slots; /* twice as many as there is room for items: an item's number from 1, where the
                        hash of its id says or behind it; 0: free */
};

/* One message that comes in parts or as changes. */
struct board {
    toc_wire_kind kind;
    struct shelf shelves[MOST_FIELDS];
};

struct toc_mirror {
    toc_wire_welcome *welcome;
    toc_wire_catalogue catalogue;
    toc_wire_state state;
    toc_wire_truth truth;
    toc_wire_clock clock;
    char pace[16]; /* of the clock */
    char head[129];
    struct board boards[3]; /* of catalogue, state, truth */
    void **events;          /* toc_wire_event */
    size_t event_count, event_room;
};

enum { CATALOGUE, STATE, TRUTH };

toc_mirror *toc_mirror_create(void) {
    toc_mirror *mirror = toc_keeping_room(NULL, sizeof *mirror);
    memset(mirror, 0, sizeof *mirror);
    mirror->boards[CATALOGUE].kind = TOC_WIRE_M_CATALOGUE;
    mirror->boards[STATE].kind = TOC_WIRE_M_STATE;
    mirror->boards[TRUTH].kind = TOC_WIRE_M_TRUTH;
    toc_wire_clear(TOC_WIRE_M_CATALOGUE, &mirror->catalogue);
    toc_wire_clear(TOC_WIRE_M_STATE, &mirror->state);
    toc_wire_clear(TOC_WIRE_M_TRUTH, &mirror->truth);
    toc_wire_clear(TOC_WIRE_M_CLOCK, &mirror->clock);
    return mirror;
}

static void forget(struct shelf *shelf) {
    if (shelf->slots != NULL) {
        memset(shelf->slots, 0, 2 * shelf->room * sizeof *shelf->slots);
    }
}

static void clear_board(struct board *board) {
    for (size_t i = 0; i < MOST_FIELDS; i++) {
        struct shelf *shelf = &board->shelves[i];
        while (shelf->count > 0) {
            free(shelf->kept[--shelf->count]);
        }
        forget(shelf);
    }
}

void toc_mirror_destroy(toc_mirror *mirror) {
    if (mirror == NULL) {
        return;
    }
    for (size_t i = 0; i < sizeof mirror->boards / sizeof mirror->boards[0]; i++) {
        clear_board(&mirror->boards[i]);
        for (size_t j = 0; j < MOST_FIELDS; j++) {
            free(mirror->boards[i].shelves[j].items);
            free(mirror->boards[i].shelves[j].kept);
            free(mirror->boards[i].shelves[j].slots);
        }
    }
    for (size_t i = 0; i < mirror->event_count; i++) {
        free(mirror->events[i]);
    }
    free(mirror->events);
    free(mirror->welcome);
    free(mirror);
}

/* Every item begins with its id; tests hold wire.def to it. */
static const char *id_of(const char *item) {
    const char *id = NULL;
    memcpy(&id, item, sizeof id);
    return id;
}

/* Where the id stands among the slots, or the free one where it would; there always is one. */
static uint32_t *slot_of(const struct shelf *shelf, size_t size, const char *id) {
    uint32_t hash = UINT32_C(2166136261); /* FNV-1a */
    for (const char *at = id; *at != '\0'; at++) {
        hash = (hash ^ (unsigned char)*at) * UINT32_C(16777619);
    }
    uint32_t mask = 2 * shelf->room - 1, at = hash & mask;
    while (shelf->slots[at] != 0 &&
           strcmp(id_of(shelf->items + (shelf->slots[at] - 1) * size), id) != 0) {
        at = (at + 1) & mask;
    }
    return &shelf->slots[at];
}

static void index_again(struct shelf *shelf, size_t size) {
    forget(shelf);
    for (uint32_t i = 0; i < shelf->count; i++) {
        *slot_of(shelf, size, id_of(shelf->items + i * size)) = i + 1;
    }
}

static void make_room(struct shelf *shelf, size_t size) {
    shelf->room = shelf->room == 0 ? 8 : shelf->room * 2;
    shelf->items = toc_keeping_room(shelf->items, shelf->room * size);
    shelf->kept = toc_keeping_room(shelf->kept, shelf->room * sizeof *shelf->kept);
    shelf->slots = toc_keeping_room(shelf->slots, 2 * shelf->room * sizeof *shelf->slots);
    index_again(shelf, size);
}

static void put(struct shelf *shelf, toc_wire_kind kind, const char *item) {
    size_t size = toc_wire_record_of(kind).size;
    if (shelf->count == shelf->room) {
        make_room(shelf, size);
    }
    uint32_t *slot = slot_of(shelf, size, id_of(item)), index = *slot - 1;
    if (*slot == 0) {
        index = shelf->count++;
        *slot = shelf->count;
    } else {
        free(shelf->kept[index]);
    }
    shelf->kept[index] = toc_keeping_copy(kind, item);
    memcpy(shelf->items + index * size, shelf->kept[index], size);
}

static void take_away(struct shelf *shelf, toc_wire_kind kind, const char *id) {
    size_t size = toc_wire_record_of(kind).size;
    uint32_t number = shelf->count == 0 ? 0 : *slot_of(shelf, size, id);
    if (number == 0) {
        return;
    }
    uint32_t index = number - 1;
    free(shelf->kept[index]);
    shelf->count--;
    memmove(shelf->items + index * size, shelf->items + (index + 1) * size,
            (shelf->count - index) * size);
    memmove(shelf->kept + index, shelf->kept + index + 1,
            (shelf->count - index) * sizeof *shelf->kept);
    index_again(shelf, size);
}

static void remove_gone(struct board *board, toc_wire_gone_list gone) {
    toc_wire_record record = toc_wire_record_of(board->kind);
    for (uint32_t i = 0; i < gone.count; i++) {
        for (size_t j = 0; j < record.count; j++) {
            if (record.fields[j].type == TOC_WIRE_TYPE_LIST &&
                strcmp(record.fields[j].name, gone.items[i].list) == 0) {
                take_away(&board->shelves[j], record.fields[j].item, gone.items[i].id);
            }
        }
    }
}

/* Merges the lists of a message into the board and shows them in `shown`, the shape that is kept.
 */
static void merge(struct board *board, const void *message, void *shown) {
    toc_wire_record record = toc_wire_record_of(board->kind);
    for (size_t i = 0; i < record.count; i++) {
        const toc_wire_field *field = &record.fields[i];
        toc_wire_own_list list;
        if (field->type != TOC_WIRE_TYPE_LIST || field->item == TOC_WIRE_M_GONE) {
            continue;
        }
        struct shelf *shelf = &board->shelves[i];
        size_t size = toc_wire_record_of(field->item).size;
        memcpy(&list, (const char *)message + field->offset, sizeof list);
        for (uint32_t j = 0; j < list.count; j++) {
            put(shelf, field->item, (const char *)list.items + j * size);
        }
        list = (toc_wire_own_list){(const void *)shelf->items, shelf->count};
        memcpy((char *)shown + field->offset, &list, sizeof list);
    }
}

static void take_event(toc_mirror *mirror, const toc_wire_event *event) {
    if (event->seq <= toc_mirror_last(mirror)) {
        return; /* sent again */
    }
    if (mirror->event_count == mirror->event_room) {
        mirror->event_room = mirror->event_room == 0 ? 64 : mirror->event_room * 2;
        mirror->events =
            toc_keeping_room(mirror->events, mirror->event_room * sizeof *mirror->events);
    }
    mirror->events[mirror->event_count++] = toc_keeping_copy(TOC_WIRE_M_EVENT, event);
}

static void take_state(toc_mirror *mirror, const toc_wire_state *state) {
    if (state->whole) {
        clear_board(&mirror->boards[STATE]);
    }
    remove_gone(&mirror->boards[STATE], state->gone);
    mirror->state.at = state->at;
    mirror->state.more = state->more;
    merge(&mirror->boards[STATE], state, &mirror->state);
}

static void take_truth(toc_mirror *mirror, const toc_wire_truth *truth) {
    if (truth->whole) {
        clear_board(&mirror->boards[TRUTH]);
    }
    remove_gone(&mirror->boards[TRUTH], truth->gone);
    mirror->truth.at = truth->at;
    mirror->truth.more = truth->more;
    merge(&mirror->boards[TRUTH], truth, &mirror->truth);
}

static void take_welcome(toc_mirror *mirror, const toc_wire_welcome *welcome) {
    free(mirror->welcome);
    mirror->welcome = toc_keeping_copy(TOC_WIRE_M_WELCOME, welcome);
    clear_board(&mirror->boards[CATALOGUE]);
    toc_wire_clear(TOC_WIRE_M_CATALOGUE, &mirror->catalogue);
}

void toc_mirror_take(toc_mirror *mirror, const toc_wire_message *message) {
    if (message->kind == TOC_WIRE_M_WELCOME) {
        take_welcome(mirror, &message->as.welcome);
    } else if (message->kind == TOC_WIRE_M_CATALOGUE) {
        mirror->catalogue.more = message->as.catalogue.more;
        merge(&mirror->boards[CATALOGUE], &message->as.catalogue, &mirror->catalogue);
    } else if (message->kind == TOC_WIRE_M_STATE) {
        take_state(mirror, &message->as.state);
    } else if (message->kind == TOC_WIRE_M_TRUTH) {
        take_truth(mirror, &message->as.truth);
    } else if (message->kind == TOC_WIRE_M_EVENT) {
        take_event(mirror, &message->as.event);
    } else if (message->kind == TOC_WIRE_M_CLOCK) {
        mirror->clock = message->as.clock;
        strncpy(mirror->pace, message->as.clock.pace, sizeof mirror->pace - 1);
        mirror->clock.pace = mirror->pace; /* the message goes */
    } else if (message->kind == TOC_WIRE_M_HEAD) {
        strncpy(mirror->head, message->as.head.hash, sizeof mirror->head - 1);
    }
}

const toc_wire_welcome *toc_mirror_welcome(const toc_mirror *mirror) {
    return mirror->welcome;
}

const toc_wire_catalogue *toc_mirror_catalogue(const toc_mirror *mirror) {
    return &mirror->catalogue;
}

const toc_wire_state *toc_mirror_state(const toc_mirror *mirror) {
    return &mirror->state;
}

const toc_wire_truth *toc_mirror_truth(const toc_mirror *mirror) {
    return &mirror->truth;
}

const toc_wire_clock *toc_mirror_clock(const toc_mirror *mirror) {
    return &mirror->clock;
}

const char *toc_mirror_head(const toc_mirror *mirror) {
    return mirror->head;
}

size_t toc_mirror_event_count(const toc_mirror *mirror) {
    return mirror->event_count;
}

const toc_wire_event *toc_mirror_event(const toc_mirror *mirror, size_t index) {
    return mirror->events[index];
}

int64_t toc_mirror_last(const toc_mirror *mirror) {
    return mirror->event_count == 0 ? 0 : toc_mirror_event(mirror, mirror->event_count - 1)->seq;
}
