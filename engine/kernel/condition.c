/* Condition: each cell has a chain of the questions that read it. Touching a cell marks these; one
   event at the end of the instant asks the marked ones again, in order of adding. */
#include "kernel/condition.h"

#include <string.h>

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/list.h"

#define NOBODY UINT32_MAX

struct condition {
    toc_condition_ask *ask; /* NULL: over or removed */
    toc_event_action *fire;
    void *object;
    uint64_t argument;
    toc_event_id firing;
    uint32_t asking; /* number of its latest asking: older readings no longer count */
    bool marked;
};

struct reading {
    uint64_t cell;
    uint32_t condition, asking, next; /* next reading of the same cell, NOBODY at the end */
};

struct toc_conditions {
    toc_calendar *calendar;
    toc_list conditions; /* struct condition */
    toc_list readings;   /* struct reading */
    toc_list marked;     /* uint32_t */
    uint32_t *heads;     /* hash table by cell: index into readings + 1 */
    uint32_t slots, used_readings;
    uint32_t current; /* which condition is being asked, NOBODY outside */
    uint64_t asked;
    toc_event_id round;
};

toc_conditions *toc_conditions_create(toc_calendar *calendar) {
    toc_conditions *conditions = toc_arena_heap(NULL, 1, sizeof *conditions);
    *conditions = (toc_conditions){.calendar = calendar, .slots = 64, .current = NOBODY};
    conditions->heads = toc_arena_heap(NULL, conditions->slots, sizeof *conditions->heads);
    memset(conditions->heads, 0, conditions->slots * sizeof *conditions->heads);
    return conditions;
}

static struct condition *condition_at(const toc_conditions *conditions, uint32_t index) {
    TOC_ASSERT(index < conditions->conditions.count);
    return TOC_LIST_AT(struct condition, &conditions->conditions, index);
}

static struct reading *reading_at(const toc_conditions *conditions, uint32_t index) {
    return TOC_LIST_AT(struct reading, &conditions->readings, index);
}

static uint32_t bucket_of(const toc_conditions *conditions, uint64_t cell) {
    uint64_t mixed = (cell ^ cell >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    return (uint32_t)(mixed >> 32) & (conditions->slots - 1);
}

static void push_reading(toc_conditions *conditions, uint32_t index) {
    uint32_t bucket = bucket_of(conditions, reading_at(conditions, index)->cell);
    uint32_t head = conditions->heads[bucket];
    reading_at(conditions, index)->next = head == 0 ? NOBODY : head - 1;
    conditions->heads[bucket] = index + 1;
}

/* Drops what no longer counts and spreads the rest over a table that fits. */
static void rebuild(toc_conditions *conditions) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < conditions->readings.count; i++) {
        struct reading reading = *reading_at(conditions, i);
        const struct condition *condition = condition_at(conditions, reading.condition);
        if (condition->ask != NULL && condition->asking == reading.asking) {
            *reading_at(conditions, kept++) = reading;
        }
    }
    conditions->readings.count = kept;
    while (conditions->slots < kept * 2) {
        conditions->slots *= 2;
    }
    conditions->heads =
        toc_arena_heap(conditions->heads, conditions->slots, sizeof *conditions->heads);
    memset(conditions->heads, 0, conditions->slots * sizeof *conditions->heads);
    for (uint32_t i = 0; i < kept; i++) {
        push_reading(conditions, i);
    }
    conditions->used_readings = kept;
}

static void ask(toc_conditions *conditions, uint32_t index) {
    struct condition *condition = condition_at(conditions, index);
    if (condition->ask == NULL) {
        return;
    }
    TOC_ASSERT(conditions->current == NOBODY);
    condition->marked = false;
    condition->asking++;
    conditions->asked++;
    conditions->current = index;
    bool is_true = condition->ask(condition->object, condition->argument);
    conditions->current = NOBODY;
    condition = condition_at(conditions, index); /* asking may have moved the list */
    if (is_true && condition->ask != NULL) {
        condition->ask = NULL;
        condition->firing = toc_calendar_schedule(
            conditions->calendar, toc_calendar_now(conditions->calendar), TOC_SCORING,
            condition->fire, condition->object, condition->argument);
    }
}

uint32_t toc_conditions_add(toc_conditions *conditions, toc_condition_ask *question,
                            toc_event_action *fire, void *object, uint64_t argument) {
    TOC_ASSERT(question != NULL && fire != NULL);
    uint32_t index = conditions->conditions.count;
    struct condition *condition = toc_list_add(&conditions->conditions, sizeof *condition);
    *condition =
        (struct condition){.ask = question, .fire = fire, .object = object, .argument = argument};
    ask(conditions, index);
    return index;
}

void toc_conditions_remove(toc_conditions *conditions, uint32_t condition) {
    struct condition *removed = condition_at(conditions, condition);
    removed->ask = NULL;
    (void)toc_calendar_cancel(conditions->calendar, removed->firing);
}

void toc_conditions_destroy(toc_conditions *conditions) {
    if (conditions == NULL) {
        return;
    }
    (void)toc_calendar_cancel(conditions->calendar, conditions->round);
    for (uint32_t i = 0; i < conditions->conditions.count; i++) {
        toc_conditions_remove(conditions, i);
    }
    toc_list_finish(&conditions->conditions);
    toc_list_finish(&conditions->readings);
    toc_list_finish(&conditions->marked);
    toc_arena_heap_free(conditions->heads);
    toc_arena_heap_free(conditions);
}

void toc_conditions_read(toc_conditions *conditions, uint64_t cell) {
    if (conditions->current == NOBODY) {
        return;
    }
    if (conditions->readings.count > 64 &&
        conditions->readings.count > conditions->used_readings * 2) {
        rebuild(conditions);
    }
    uint32_t index = conditions->readings.count;
    struct reading *reading = toc_list_add(&conditions->readings, sizeof *reading);
    *reading = (struct reading){.cell = cell,
                                .condition = conditions->current,
                                .asking = condition_at(conditions, conditions->current)->asking};
    push_reading(conditions, index);
}

static int ascending(const uint32_t *a, const uint32_t *b) {
    return (*a > *b) - (*a < *b);
}

/* Insertion sort: few conditions are marked in one instant, and mostly in order. */
static void sort_marked(toc_list *marked) {
    uint32_t *items = marked->items;
    for (uint32_t i = 1; i < marked->count; i++) {
        uint32_t item = items[i], at = i;
        while (at > 0 && ascending(&items[at - 1], &item) > 0) {
            items[at] = items[at - 1];
            at--;
        }
        items[at] = item;
    }
}

static void ask_marked(void *object, uint64_t argument) {
    (void)argument;
    toc_conditions *conditions = object;
    conditions->round = (toc_event_id){0, 0};
    toc_list marked = conditions->marked;
    conditions->marked = (toc_list){0};
    sort_marked(&marked);
    for (uint32_t i = 0; i < marked.count; i++) {
        ask(conditions, *TOC_LIST_AT(uint32_t, &marked, i));
    }
    toc_list_finish(&marked);
}

void toc_conditions_touch(toc_conditions *conditions, uint64_t cell) {
    TOC_ASSERT(conditions->current == NOBODY); /* a question must not change what it asks about */
    uint32_t head = conditions->heads[bucket_of(conditions, cell)];
    for (uint32_t at = head == 0 ? NOBODY : head - 1; at != NOBODY;) {
        const struct reading *reading = reading_at(conditions, at);
        struct condition *condition = condition_at(conditions, reading->condition);
        if (reading->cell == cell && condition->ask != NULL && !condition->marked &&
            condition->asking == reading->asking) {
            condition->marked = true;
            *(uint32_t *)toc_list_add(&conditions->marked, sizeof(uint32_t)) = reading->condition;
        }
        at = reading->next;
    }
    if (conditions->marked.count > 0 &&
        !toc_calendar_is_pending(conditions->calendar, conditions->round)) {
        conditions->round =
            toc_calendar_schedule(conditions->calendar, toc_calendar_now(conditions->calendar),
                                  TOC_SCORING, ask_marked, conditions, 0);
    }
}

uint64_t toc_conditions_asked(const toc_conditions *conditions) {
    return conditions->asked;
}
