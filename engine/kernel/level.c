/* Level: the quantity is exact. Between changes of rate it is kept as quantity x one hour in µs,
   so that no rounding piles up however often it is read or the rate changes. */
#include "kernel/level.h"

#include "kernel/arena.h"
#include "kernel/assert.h"

__extension__ typedef __int128 wide;

static const wide hour = TOC_HOUR;

struct toc_level {
    toc_calendar *calendar;
    toc_level_action *action;
    void *object;
    uint64_t argument;
    wide amount; /* quantity x TOC_HOUR at `since` */
    int64_t capacity, rate;
    toc_time since;
    toc_event_id edge;
};

static wide full_amount(const toc_level *level) {
    return (wide)level->capacity * hour;
}

static wide amount_now(const toc_level *level) {
    toc_time passed = toc_calendar_now(level->calendar) - level->since;
    wide amount = level->amount + (wide)level->rate * passed;
    if (amount < 0) {
        return 0;
    }
    return amount > full_amount(level) ? full_amount(level) : amount;
}

toc_level *toc_level_create(toc_calendar *calendar, int64_t capacity, int64_t start,
                            toc_level_action *action, void *object, uint64_t argument) {
    TOC_ASSERT(capacity >= 0 && start >= 0 && start <= capacity);
    toc_level *level = toc_arena_heap(NULL, 1, sizeof *level);
    *level = (toc_level){.calendar = calendar,
                         .action = action,
                         .object = object,
                         .argument = argument,
                         .amount = (wide)start * hour,
                         .capacity = capacity,
                         .since = toc_calendar_now(calendar)};
    return level;
}

void toc_level_destroy(toc_level *level) {
    if (level == NULL) {
        return;
    }
    (void)toc_calendar_cancel(level->calendar, level->edge);
    toc_arena_heap_free(level);
}

static void reach_edge(void *object, uint64_t argument) {
    toc_level *level = object;
    toc_level_edge edge = (toc_level_edge)argument;
    level->amount = edge == TOC_LEVEL_EMPTY ? 0 : full_amount(level);
    level->since = toc_calendar_now(level->calendar);
    level->rate = 0;
    level->edge = (toc_event_id){0, 0};
    if (level->action != NULL) {
        level->action(level->object, level->argument, edge);
    }
}

/* Time to the edge ahead, rounded up to whole µs: an edge is never announced too early. */
static toc_time time_to_edge(const toc_level *level) {
    wide distance = level->rate < 0 ? level->amount : full_amount(level) - level->amount;
    wide speed = level->rate < 0 ? -(wide)level->rate : (wide)level->rate;
    wide time = (distance + speed - 1) / speed;
    wide longest = TOC_NEVER - 1 - toc_calendar_now(level->calendar);
    return time > longest ? TOC_NEVER : (toc_time)time;
}

void toc_level_set_rate(toc_level *level, int64_t per_hour) {
    level->amount = amount_now(level);
    level->since = toc_calendar_now(level->calendar);
    (void)toc_calendar_cancel(level->calendar, level->edge);
    level->edge = (toc_event_id){0, 0};
    bool leads_beyond = (per_hour < 0 && level->amount == 0) ||
                        (per_hour > 0 && level->amount == full_amount(level));
    level->rate = leads_beyond ? 0 : per_hour;
    if (level->rate == 0) {
        return;
    }
    toc_time left = time_to_edge(level);
    if (left != TOC_NEVER) {
        level->edge =
            toc_calendar_schedule(level->calendar, level->since + left, TOC_PHYSICAL, reach_edge,
                                  level, level->rate < 0 ? TOC_LEVEL_EMPTY : TOC_LEVEL_FULL);
    }
}

int64_t toc_level_quantity(const toc_level *level) {
    return (int64_t)(amount_now(level) / hour);
}

int64_t toc_level_rate(const toc_level *level) {
    return level->rate;
}

toc_time toc_level_empty_at(const toc_level *level) {
    if (level->rate >= 0 || !toc_calendar_is_pending(level->calendar, level->edge)) {
        return TOC_NEVER;
    }
    return toc_calendar_due(level->calendar, level->edge);
}
