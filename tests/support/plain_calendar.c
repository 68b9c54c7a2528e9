/* The oracle of the calendar: a binary heap of (time, priority, sequence) and nothing clever. */
#include "support/plain_calendar.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/digest.h"

struct event {
    toc_event_action *action; /* NULL: the slot is free */
    void *object;
    uint64_t argument;
    toc_time at;
    uint32_t generation, next_free;
    toc_priority priority;
};

struct entry {
    toc_time at;
    uint64_t order; /* priority above, sequence below */
    uint32_t slot, generation;
};

struct plain_calendar {
    struct event *events;
    struct entry *heap;
    uint32_t event_count, event_capacity, free_slot; /* free_slot: slot + 1, 0 none */
    uint32_t heap_count, heap_capacity;
    uint64_t sequence, executed, pending;
    toc_time now, until;
    toc_digest digest;
    bool halted;
};

plain_calendar *plain_calendar_create(void) {
    plain_calendar *calendar = toc_arena_heap(NULL, 1, sizeof *calendar);
    *calendar = (plain_calendar){.until = -1, .digest = toc_digest_start()};
    return calendar;
}

void plain_calendar_destroy(plain_calendar *calendar) {
    if (calendar == NULL) {
        return;
    }
    toc_arena_heap_free(calendar->events);
    toc_arena_heap_free(calendar->heap);
    toc_arena_heap_free(calendar);
}

static bool comes_before(const struct entry *a, const struct entry *b) {
    return a->at != b->at ? a->at < b->at : a->order < b->order;
}

static void heap_push(plain_calendar *calendar, struct entry entry) {
    if (calendar->heap_count == calendar->heap_capacity) {
        calendar->heap_capacity = calendar->heap_capacity == 0 ? 64 : calendar->heap_capacity * 2;
        calendar->heap =
            toc_arena_heap(calendar->heap, calendar->heap_capacity, sizeof *calendar->heap);
    }
    uint32_t at = calendar->heap_count++;
    while (at > 0 && comes_before(&entry, &calendar->heap[(at - 1) / 2])) {
        calendar->heap[at] = calendar->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    calendar->heap[at] = entry;
}

static void heap_pop(plain_calendar *calendar) {
    struct entry last = calendar->heap[--calendar->heap_count];
    uint32_t at = 0;
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= calendar->heap_count) {
            break;
        }
        if (child + 1 < calendar->heap_count &&
            comes_before(&calendar->heap[child + 1], &calendar->heap[child])) {
            child++;
        }
        if (!comes_before(&calendar->heap[child], &last)) {
            break;
        }
        calendar->heap[at] = calendar->heap[child];
        at = child;
    }
    calendar->heap[at] = last;
}

static uint32_t slot_take(plain_calendar *calendar) {
    if (calendar->free_slot != 0) {
        uint32_t slot = calendar->free_slot - 1;
        calendar->free_slot = calendar->events[slot].next_free;
        return slot;
    }
    if (calendar->event_count == calendar->event_capacity) {
        calendar->event_capacity =
            calendar->event_capacity == 0 ? 64 : calendar->event_capacity * 2;
        calendar->events =
            toc_arena_heap(calendar->events, calendar->event_capacity, sizeof *calendar->events);
    }
    calendar->events[calendar->event_count] = (struct event){.generation = 0};
    return calendar->event_count++;
}

static void slot_free(plain_calendar *calendar, uint32_t slot) {
    calendar->events[slot].action = NULL;
    calendar->events[slot].next_free = calendar->free_slot;
    calendar->free_slot = slot + 1;
    calendar->pending--;
}

toc_event_id plain_calendar_schedule(plain_calendar *calendar, toc_time at, toc_priority priority,
                                     toc_event_action *action, void *object, uint64_t argument) {
    TOC_ASSERT(at >= calendar->now && at != TOC_NEVER);
    TOC_ASSERT(action != NULL);
    uint32_t slot = slot_take(calendar);
    struct event *event = &calendar->events[slot];
    uint32_t generation = event->generation + 1 == 0 ? 1 : event->generation + 1;
    *event = (struct event){.action = action,
                            .object = object,
                            .argument = argument,
                            .at = at,
                            .generation = generation,
                            .priority = priority};
    uint64_t order = (uint64_t)priority << 56 | calendar->sequence++;
    heap_push(calendar,
              (struct entry){.at = at, .order = order, .slot = slot, .generation = generation});
    calendar->pending++;
    return (toc_event_id){slot, generation};
}

bool plain_calendar_is_pending(const plain_calendar *calendar, toc_event_id event) {
    return event.generation != 0 && event.slot < calendar->event_count &&
           calendar->events[event.slot].action != NULL &&
           calendar->events[event.slot].generation == event.generation;
}

bool plain_calendar_cancel(plain_calendar *calendar, toc_event_id event) {
    if (!plain_calendar_is_pending(calendar, event)) {
        return false;
    }
    slot_free(calendar, event.slot);
    return true;
}

toc_event_id plain_calendar_reschedule(plain_calendar *calendar, toc_event_id event, toc_time at) {
    TOC_ASSERT(plain_calendar_is_pending(calendar, event));
    struct event old = calendar->events[event.slot];
    slot_free(calendar, event.slot);
    return plain_calendar_schedule(calendar, at, old.priority, old.action, old.object,
                                   old.argument);
}

toc_time plain_calendar_due(const plain_calendar *calendar, toc_event_id event) {
    TOC_ASSERT(plain_calendar_is_pending(calendar, event));
    return calendar->events[event.slot].at;
}

toc_time plain_calendar_now(const plain_calendar *calendar) {
    return calendar->now;
}

static void drop_stale(plain_calendar *calendar) {
    while (calendar->heap_count > 0) {
        struct entry first = calendar->heap[0];
        if (plain_calendar_is_pending(calendar, (toc_event_id){first.slot, first.generation})) {
            return;
        }
        heap_pop(calendar);
    }
}

toc_time plain_calendar_next(plain_calendar *calendar) {
    drop_stale(calendar);
    return calendar->heap_count == 0 ? TOC_NEVER : calendar->heap[0].at;
}

uint64_t plain_calendar_pending(const plain_calendar *calendar) {
    return calendar->pending;
}

uint64_t plain_calendar_executed(const plain_calendar *calendar) {
    return calendar->executed;
}

static void begin(plain_calendar *calendar, toc_time at, toc_priority priority) {
    TOC_ASSERT(at >= calendar->now);
    calendar->now = at;
    calendar->executed++;
    toc_digest_u64(&calendar->digest, (uint64_t)at << 3 | (uint64_t)priority);
}

static bool execute_first(plain_calendar *calendar) {
    drop_stale(calendar);
    if (calendar->heap_count == 0) {
        return false;
    }
    uint32_t slot = calendar->heap[0].slot;
    heap_pop(calendar);
    struct event event = calendar->events[slot];
    slot_free(calendar, slot);
    begin(calendar, event.at, event.priority);
    event.action(event.object, event.argument);
    return true;
}

bool plain_calendar_step(plain_calendar *calendar) {
    toc_time outer = calendar->until;
    calendar->until = -1;
    bool any = execute_first(calendar);
    calendar->until = outer;
    return any;
}

void plain_calendar_run(plain_calendar *calendar, toc_time until) {
    toc_time outer = calendar->until;
    calendar->halted = false;
    calendar->until = until;
    while (!calendar->halted && plain_calendar_next(calendar) <= until && execute_first(calendar)) {
    }
    calendar->until = outer;
    if (!calendar->halted && until != TOC_NEVER && until > calendar->now) {
        calendar->now = until;
    }
}

bool plain_calendar_pass(plain_calendar *calendar, toc_time at, toc_priority priority) {
    drop_stale(calendar);
    struct entry wanted = {.at = at, .order = (uint64_t)priority << 56 | calendar->sequence};
    if (calendar->halted || at > calendar->until || at == TOC_NEVER ||
        (calendar->heap_count > 0 && comes_before(&calendar->heap[0], &wanted))) {
        return false;
    }
    begin(calendar, at, priority);
    return true;
}

void plain_calendar_halt(plain_calendar *calendar) {
    calendar->halted = true;
}

uint64_t plain_calendar_digest(const plain_calendar *calendar) {
    return toc_digest_value(calendar->digest);
}
