#include "support/calendar_program.h"

#include <string.h>

#include "kernel/arena.h"
#include "support/plain_calendar.h"

#define REMEMBERED  512
#define MOST_EVENTS 400000

struct program {
    calendar_kind kind;
    void *calendar;
    const uint8_t *bytes;
    size_t size, at;
    calendar_story story;
    toc_event_id known[REMEMBERED];
    uint64_t scheduled;
    uint32_t distribution;
};

/* One call, whichever calendar it is. */
#define ASK(program, name)                                                                         \
    ((program)->kind == CALENDAR_REAL ? toc_calendar_##name((program)->calendar)                   \
                                      : plain_calendar_##name((program)->calendar))
#define CALL(program, name, ...)                                                                   \
    ((program)->kind == CALENDAR_REAL ? toc_calendar_##name((program)->calendar, __VA_ARGS__)      \
                                      : plain_calendar_##name((program)->calendar, __VA_ARGS__))

static void tell(struct program *program, uint64_t number) {
    calendar_story *story = &program->story;
    if (story->count == story->capacity) {
        story->capacity = story->capacity == 0 ? 1024 : story->capacity * 2;
        story->told = toc_arena_heap(story->told, story->capacity, sizeof *story->told);
    }
    story->told[story->count++] = number;
}

static uint8_t next_byte(struct program *program) {
    return program->at < program->size ? program->bytes[program->at++] : 0;
}

static uint64_t next_word(struct program *program) {
    uint64_t high = next_byte(program);
    return high << 8 | next_byte(program);
}

/* Six ways in which time may pass until an event, in microseconds. */
static toc_time increment(struct program *program) {
    uint64_t word = next_word(program);
    switch (program->distribution % 6) {
    case 0: /* uniform */
        return (toc_time)(word * 31);
    case 1: /* constant */
        return 1000000;
    case 2: /* geometric on coarse ticks: many ties */
        return (toc_time)((uint64_t)__builtin_ctzll(word | 1 << 15) * 1000);
    case 3: /* mostly near, sometimes far */
        return (toc_time)(word % 10 != 0 ? word % 100 : 1000000 + word * 100);
    case 4: /* heavy tail: up to years */
        return (toc_time)((word & 0xff) << (word >> 8) % 48);
    default: /* half of them now */
        return (toc_time)(word % 2 == 0 ? 0 : word);
    }
}

static void happen(void *object, uint64_t tag);

static void schedule(struct program *program, toc_time at) {
    if (program->scheduled >= MOST_EVENTS) {
        return;
    }
    toc_priority priority = (toc_priority)(next_byte(program) % (TOC_SCORING + 1));
    uint64_t tag = program->scheduled++;
    program->known[tag % REMEMBERED] = CALL(program, schedule, at, priority, happen, program, tag);
}

static toc_time from_now(struct program *program, toc_time delay) {
    toc_time now = ASK(program, now);
    return delay < TOC_NEVER - 1 - now ? now + delay : TOC_NEVER - 1;
}

static void schedule_many(struct program *program) {
    uint64_t count = next_word(program) % 4096;
    bool at_one_time = next_byte(program) % 4 == 0;
    toc_time at = from_now(program, increment(program));
    uint64_t random = next_word(program) + 1;
    for (uint64_t i = 0; i < count && program->scheduled < MOST_EVENTS; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        toc_time time = at_one_time ? at : from_now(program, (toc_time)(random >> 40));
        toc_priority priority = (toc_priority)((random >> 32) % (TOC_SCORING + 1));
        uint64_t tag = program->scheduled++;
        program->known[tag % REMEMBERED] =
            CALL(program, schedule, time, priority, happen, program, tag);
    }
}

static void change(struct program *program, uint32_t what) {
    toc_event_id *known = &program->known[next_word(program) % REMEMBERED];
    bool is_pending = CALL(program, is_pending, *known);
    tell(program, is_pending);
    if (what == 0) {
        tell(program, CALL(program, cancel, *known));
    } else if (is_pending) {
        tell(program, (uint64_t)CALL(program, due, *known));
        *known = CALL(program, reschedule, *known, from_now(program, increment(program)));
    }
}

/* What an event does when it happens: mostly schedules one more, so that programs go on. */
static void happen(void *object, uint64_t tag) {
    struct program *program = object;
    tell(program, tag);
    tell(program, (uint64_t)ASK(program, now));
    if (program->at >= program->size) {
        return; /* no more bytes: what is pending runs out */
    }
    uint8_t what = next_byte(program);
    if (what % 4 != 0) {
        schedule(program, from_now(program, increment(program)));
    }
    if (what % 16 == 1) {
        schedule(program, from_now(program, increment(program)));
    }
    if ((what & 0x30) == 0x10) {
        change(program, what >> 6 & 1);
    }
    if (what == 0xff) {
        ASK(program, halt);
    }
    while ((what & 0xc0) == 0x80) { /* it goes on as the next event, if it may */
        toc_priority priority = (toc_priority)(next_byte(program) % (TOC_SCORING + 1));
        bool passes = CALL(program, pass, from_now(program, increment(program)), priority);
        tell(program, passes);
        tell(program, (uint64_t)ASK(program, now));
        what = passes ? next_byte(program) : 0;
    }
}

static void ask(struct program *program) {
    tell(program, (uint64_t)ASK(program, next));
    tell(program, ASK(program, pending));
    tell(program, ASK(program, executed));
}

static void operate(struct program *program) {
    switch (next_byte(program) % 16) {
    case 0:
    case 1:
    case 2:
    case 3:
        schedule(program, from_now(program, increment(program)));
        break;
    case 4:
        change(program, 0);
        break;
    case 5:
        change(program, 1);
        break;
    case 6:
    case 7:
        CALL(program, run, from_now(program, increment(program)));
        break;
    case 8:
    case 9:
    case 10:
        tell(program, ASK(program, step));
        break;
    case 11:
        ask(program);
        break;
    case 12:
        schedule_many(program);
        break;
    case 13:
        program->distribution = next_byte(program);
        break;
    case 14:
        for (uint32_t i = 0; i < REMEMBERED; i += 2) {
            tell(program, CALL(program, cancel, program->known[i]));
        }
        break;
    default:
        for (uint32_t i = next_byte(program); i > 0; i--) {
            tell(program, ASK(program, step));
        }
        break;
    }
}

calendar_story calendar_program_run(calendar_kind kind, const uint8_t *bytes, size_t size) {
    struct program *program = toc_arena_heap(NULL, 1, sizeof *program);
    *program = (struct program){.kind = kind, .bytes = bytes, .size = size};
    program->calendar =
        kind == CALENDAR_REAL ? (void *)toc_calendar_create() : (void *)plain_calendar_create();
    program->distribution = next_byte(program);
    while (program->at < size) {
        operate(program);
    }
    for (int i = 0; i < 4; i++) { /* more than once: an event may halt the run */
        ask(program);
        CALL(program, run, i < 2 ? from_now(program, TOC_DAY) : TOC_NEVER);
    }
    ask(program);
    tell(program, ASK(program, digest));
    ASK(program, destroy);
    calendar_story story = program->story;
    toc_arena_heap_free(program);
    return story;
}

void calendar_program_finish(calendar_story *story) {
    toc_arena_heap_free(story->told);
    *story = (calendar_story){0};
}

size_t calendar_program_difference(const calendar_story *a, const calendar_story *b) {
    size_t shorter = a->count < b->count ? a->count : b->count;
    for (size_t i = 0; i < shorter; i++) {
        if (a->told[i] != b->told[i]) {
            return i;
        }
    }
    return a->count == b->count ? SIZE_MAX : shorter;
}
