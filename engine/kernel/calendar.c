/* Calendar: event slots, a waiting line for each priority of the present instant, and the queue of
   everything later. What is scheduled for now comes after all that was scheduled for now before
   now, so the lines need no keys and a storm of events without delay costs nothing but itself. */
#include "kernel/calendar.h"

#include <string.h>

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/digest.h"
#include "kernel/queue.h"

#define PRIORITIES    (TOC_SCORING + 1)
#define SLOTS         (UINT32_C(1) << TOC_QUEUE_SLOT_BITS)
#define SEQUENCES     (UINT64_C(1) << TOC_QUEUE_SEQUENCE_BITS)
#define PRIORITY_FROM (TOC_QUEUE_SLOT_BITS + TOC_QUEUE_SEQUENCE_BITS)
#define NO_SLOT       UINT32_MAX
#define AHEAD         6
#define CLOSE         3

/* Events due now, of one priority, in order of scheduling. */
struct line {
    uint64_t *orders;
    uint32_t head, end, capacity;
};

struct toc_calendar {
    toc_queue queue;
    toc_event *events;
    uint32_t event_count, event_capacity, free_slot;
    uint32_t busy_lines; /* bit p: lines[p] is not empty */
    toc_time now;
    toc_time until; /* of the run under way; before any time outside of runs */
    uint64_t sequence, executed, pending;
    toc_event_action *announced;
    toc_event_approach *approach;
    toc_digest digest;
    bool halted;
    struct line lines[PRIORITIES];
};

toc_calendar *toc_calendar_create(void) {
    toc_calendar *calendar = toc_arena_heap(NULL, 1, sizeof *calendar);
    *calendar = (toc_calendar){.digest = toc_digest_start(), .free_slot = NO_SLOT, .until = -1};
    toc_queue_init(&calendar->queue);
    return calendar;
}

void toc_calendar_destroy(toc_calendar *calendar) {
    if (calendar == NULL) {
        return;
    }
    for (uint32_t i = 0; i < PRIORITIES; i++) {
        toc_arena_heap_free(calendar->lines[i].orders);
    }
    toc_queue_finish(&calendar->queue);
    toc_arena_heap_free(calendar->events);
    toc_arena_heap_free(calendar);
}

/* ---- slots ---- */

static uint32_t slot_of(uint64_t order) {
    return (uint32_t)(order & (SLOTS - 1));
}

static toc_priority priority_of(uint64_t order) {
    return (toc_priority)(order >> PRIORITY_FROM);
}

static void slots_grow(toc_calendar *calendar) {
    TOC_ASSERT(calendar->event_capacity < SLOTS);
    uint32_t capacity = calendar->event_capacity == 0 ? 64 : calendar->event_capacity * 2;
    toc_event *events = toc_arena_heap_aligned(capacity, sizeof *events);
    if (calendar->event_count > 0) {
        memcpy(events, calendar->events, calendar->event_count * sizeof *events);
    }
    toc_arena_heap_free(calendar->events);
    calendar->events = events;
    calendar->event_capacity = capacity;
    calendar->queue.events = events;
}

static uint32_t slot_add(toc_calendar *calendar) {
    if (calendar->event_count == calendar->event_capacity) {
        slots_grow(calendar);
    }
    calendar->events[calendar->event_count].generation = 0;
    return calendar->event_count++;
}

static inline void slot_free(toc_calendar *calendar, uint32_t slot) {
    toc_event *event = &calendar->events[slot];
    event->order = 0;
    event->next_free = calendar->free_slot;
    calendar->free_slot = slot;
    calendar->pending--;
}

/* ---- scheduling ---- */

static void line_add(toc_calendar *calendar, toc_priority priority, uint64_t order) {
    struct line *line = &calendar->lines[priority];
    if (line->end == line->capacity && line->head > line->capacity / 2) {
        line->end -= line->head;
        memmove(line->orders, line->orders + line->head, line->end * sizeof *line->orders);
        line->head = 0;
    }
    if (line->end == line->capacity) {
        TOC_ASSERT(line->capacity < UINT32_MAX / 2);
        line->capacity = line->capacity == 0 ? 64 : line->capacity * 2;
        line->orders = toc_arena_heap(line->orders, line->capacity, sizeof *line->orders);
    }
    line->orders[line->end++] = order;
    calendar->busy_lines |= UINT32_C(1) << priority;
}

/* The sequence has come to its end: what is pending is numbered afresh, in the same order. The old
   keys are put through the queue once more, which sorts them. */
static void renumber(toc_calendar *calendar) {
    TOC_ASSERT(calendar->pending < SEQUENCES / 2);
    toc_queue *queue = &calendar->queue;
    toc_queue_clear(queue);
    for (uint32_t slot = 0; slot < calendar->event_count; slot++) {
        const toc_event *event = &calendar->events[slot];
        if (event->order != 0) {
            toc_queue_push(queue, (toc_entry){event->order, (uint64_t)event->time});
        }
    }
    toc_entry *entries = toc_arena_heap(NULL, calendar->pending, sizeof *entries);
    uint64_t count = 0;
    while (queue->head != queue->end || toc_queue_refill(queue)) {
        entries[count++] = toc_queue_pop(queue);
    }
    TOC_ASSERT(count == calendar->pending);
    for (uint32_t i = 0; i < PRIORITIES; i++) {
        calendar->lines[i].head = calendar->lines[i].end = 0;
    }
    calendar->busy_lines = 0;
    calendar->sequence = 0;
    for (uint64_t i = 0; i < count; i++) {
        toc_event *event = &calendar->events[slot_of(entries[i].order)];
        event->order = (uint64_t)priority_of(event->order) << PRIORITY_FROM |
                       ++calendar->sequence << TOC_QUEUE_SLOT_BITS | slot_of(event->order);
        toc_queue_push(queue, (toc_entry){event->order, (uint64_t)event->time});
    }
    toc_arena_heap_free(entries);
}

toc_event_id toc_calendar_schedule(toc_calendar *calendar, toc_time at, toc_priority priority,
                                   toc_event_action *action, void *object, uint64_t argument) {
    TOC_ASSERT(at >= calendar->now && at != TOC_NEVER);
    TOC_ASSERT(action != NULL && (uint32_t)priority < PRIORITIES);
    if (calendar->sequence == SEQUENCES - 1) {
        renumber(calendar);
    }
    uint32_t slot = calendar->free_slot;
    if (slot == NO_SLOT) {
        slot = slot_add(calendar);
    } else {
        calendar->free_slot = calendar->events[slot].next_free;
    }
    uint64_t order =
        (uint64_t)priority << PRIORITY_FROM | ++calendar->sequence << TOC_QUEUE_SLOT_BITS | slot;
    toc_event *event = &calendar->events[slot];
    uint32_t generation = event->generation + 1 + (event->generation == UINT32_MAX);
    *event = (toc_event){.action = action,
                         .object = object,
                         .argument = argument,
                         .order = order,
                         .time = at,
                         .generation = generation};
    calendar->pending++;
    if (at == calendar->now) {
        line_add(calendar, priority, order);
    } else {
        toc_queue_push(&calendar->queue, (toc_entry){order, (uint64_t)at});
    }
    return (toc_event_id){slot, generation};
}

bool toc_calendar_is_pending(const toc_calendar *calendar, toc_event_id event) {
    return event.slot < calendar->event_count &&
           calendar->events[event.slot].generation == event.generation &&
           calendar->events[event.slot].order != 0;
}

bool toc_calendar_cancel(toc_calendar *calendar, toc_event_id event) {
    if (!toc_calendar_is_pending(calendar, event)) {
        return false;
    }
    slot_free(calendar, event.slot);
    toc_queue_cancelled(&calendar->queue, calendar->pending);
    return true;
}

toc_event_id toc_calendar_reschedule(toc_calendar *calendar, toc_event_id event, toc_time at) {
    TOC_ASSERT(toc_calendar_is_pending(calendar, event));
    toc_event old = calendar->events[event.slot];
    (void)toc_calendar_cancel(calendar, event);
    return toc_calendar_schedule(calendar, at, priority_of(old.order), old.action, old.object,
                                 old.argument);
}

toc_time toc_calendar_due(const toc_calendar *calendar, toc_event_id event) {
    TOC_ASSERT(toc_calendar_is_pending(calendar, event));
    return calendar->events[event.slot].time;
}

/* ---- running ---- */

/* Objects take their way to the cache while the events before theirs run; their slots have been
   sent for when they came near. Always inline: gcc drops calls of functions that only prefetch. */
__attribute__((always_inline)) static inline void fetch_ahead(const toc_calendar *calendar) {
    const toc_queue *queue = &calendar->queue;
    uint32_t ahead = queue->head + AHEAD < queue->end ? queue->head + AHEAD : queue->end - 1;
    toc_entry entry = queue->near[ahead];
    const toc_event *event = &calendar->events[toc_queue_slot(entry)];
    __builtin_prefetch(event->object);
    if (calendar->announced == NULL) {
        return;
    }
    if (event->action == calendar->announced && event->order == entry.order) {
        calendar->approach(event->object, event->argument, false);
    }
    entry = queue->near[queue->head + CLOSE < queue->end ? queue->head + CLOSE : queue->end - 1];
    event = &calendar->events[toc_queue_slot(entry)];
    if (event->action == calendar->announced && event->order == entry.order) {
        calendar->approach(event->object, event->argument, true);
    }
}

/* The queue's first live entry; NULL where there is none. */
static inline const toc_entry *first_in_queue(toc_calendar *calendar) {
    toc_queue *queue = &calendar->queue;
    for (;;) {
        if (queue->end - queue->head <= queue->low && !toc_queue_refill(queue)) {
            return NULL;
        }
        const toc_entry *first = &queue->near[queue->head];
        if (queue->stale == 0 || !toc_queue_is_stale(queue, *first)) {
            return first;
        }
        (void)toc_queue_pop(queue);
        queue->stale--;
    }
}

/* First live order of the busy lines, 0 where they hold stale ones only. */
static uint64_t first_in_line(toc_calendar *calendar) {
    while (calendar->busy_lines != 0) {
        struct line *line = &calendar->lines[__builtin_ctz(calendar->busy_lines)];
        while (line->head < line->end) {
            uint64_t order = line->orders[line->head];
            if (calendar->events[slot_of(order)].order == order) {
                return order;
            }
            line->head++;
            calendar->queue.stale--;
        }
        line->head = line->end = 0;
        calendar->busy_lines &= calendar->busy_lines - 1;
    }
    return 0;
}

/* The next order due at or before `until` and its time, taken out; 0 where there is none. */
static inline uint64_t take_next(toc_calendar *calendar, toc_time until, toc_time *out_time) {
    uint64_t in_line = calendar->busy_lines != 0 ? first_in_line(calendar) : 0;
    if (in_line != 0) {
        const toc_entry *first = NULL;
        if (calendar->queue.head != calendar->queue.end ||
            (uint64_t)calendar->now >= calendar->queue.limits[calendar->queue.depth]) {
            first = first_in_queue(calendar);
        }
        *out_time = calendar->now;
        if (first == NULL || first->time != (uint64_t)calendar->now ||
            priority_of(first->order) > priority_of(in_line)) {
            if (calendar->now > until) {
                return 0;
            }
            struct line *line = &calendar->lines[priority_of(in_line)];
            line->head++;
            if (line->end - line->head > AHEAD) {
                __builtin_prefetch(&calendar->events[slot_of(line->orders[line->head + AHEAD])]);
            }
            return in_line;
        }
    }
    const toc_entry *first = first_in_queue(calendar);
    if (first == NULL || first->time > (uint64_t)until) {
        return 0;
    }
    *out_time = (toc_time)first->time;
    if (!calendar->queue.is_heap) {
        fetch_ahead(calendar);
    }
    return toc_queue_pop(&calendar->queue).order;
}

static inline void begin(toc_calendar *calendar, toc_time time, toc_priority priority) {
    calendar->now = time;
    calendar->executed++;
    toc_digest_u64(&calendar->digest, (uint64_t)time << 3 | (uint64_t)priority);
}

static inline void execute(toc_calendar *calendar, uint64_t order, toc_time time) {
    const toc_event *event = &calendar->events[slot_of(order)];
    toc_event_action *action = event->action;
    void *object = event->object;
    uint64_t argument = event->argument;
    TOC_ASSERT(event->order == order && time >= calendar->now);
    slot_free(calendar, slot_of(order));
    begin(calendar, time, priority_of(order));
    action(object, argument);
}

bool toc_calendar_step(toc_calendar *calendar) {
    toc_time outer = calendar->until, time = 0;
    uint64_t order = take_next(calendar, TOC_NEVER, &time);
    if (order == 0) {
        return false;
    }
    calendar->until = -1; /* one event is one event */
    execute(calendar, order, time);
    calendar->until = outer;
    return true;
}

void toc_calendar_run(toc_calendar *calendar, toc_time until) {
    toc_time outer = calendar->until;
    calendar->halted = false;
    calendar->until = until;
    while (!calendar->halted) {
        toc_time time = 0;
        uint64_t order = take_next(calendar, until, &time);
        if (order == 0) {
            break;
        }
        execute(calendar, order, time);
    }
    calendar->until = outer;
    if (!calendar->halted && until != TOC_NEVER && until > calendar->now) {
        calendar->now = until;
    }
}

bool toc_calendar_pass(toc_calendar *calendar, toc_time at, toc_priority priority) {
    TOC_ASSERT(at >= calendar->now);
    if (calendar->halted || at > calendar->until || at == TOC_NEVER) {
        return false;
    }
    uint64_t in_line = calendar->busy_lines != 0 ? first_in_line(calendar) : 0;
    if (in_line != 0 && (at > calendar->now || priority_of(in_line) <= priority)) {
        return false;
    }
    const toc_entry *first = first_in_queue(calendar);
    if (first != NULL && (first->time < (uint64_t)at ||
                          (first->time == (uint64_t)at && priority_of(first->order) <= priority))) {
        return false;
    }
    begin(calendar, at, priority);
    return true;
}

void toc_calendar_halt(toc_calendar *calendar) {
    calendar->halted = true;
}

void toc_calendar_announce(toc_calendar *calendar, toc_event_action *action,
                           toc_event_approach *approach) {
    calendar->announced = action;
    calendar->approach = approach;
}

toc_time toc_calendar_next(toc_calendar *calendar) {
    if (calendar->busy_lines != 0 && first_in_line(calendar) != 0) {
        return calendar->now;
    }
    const toc_entry *first = first_in_queue(calendar);
    return first == NULL ? TOC_NEVER : (toc_time)first->time;
}

toc_time toc_calendar_now(const toc_calendar *calendar) {
    return calendar->now;
}

uint64_t toc_calendar_pending(const toc_calendar *calendar) {
    return calendar->pending;
}

uint64_t toc_calendar_executed(const toc_calendar *calendar) {
    return calendar->executed;
}

uint64_t toc_calendar_digest(const toc_calendar *calendar) {
    return toc_digest_value(calendar->digest);
}
