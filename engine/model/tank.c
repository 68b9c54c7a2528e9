#include "model/tank.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/control.h"
#include "model/transport.h"
#include "model/world_state.h"

#include <string.h>

__extension__ typedef __int128 wide;

/* Contents are kept in mL times the microseconds of a day, so that a flow in mL a day adds up
   without rounding. */
static const wide parts_per_ml = TOC_DAY;

/* A tank that ran empty gives again, and one that was full takes again, only when its level has
   moved by at least half a hundredth: else what trickles in would go out at once, a drop at a time,
   without end. */
enum { HUNDREDTHS = 100, RECOVERY = 2 * HUNDREDTHS };

struct tank {
    wide content, spilt; /* at `since` */
    int64_t inflow;
    toc_time since;
    toc_event_id crossing;
    toc_tank_phase phase; /* as it was told */
    bool spent, sated;    /* ran empty, was full, and has not recovered from it */
};

static const toc_tank *facts_of(const toc_world *world, uint32_t tank) {
    TOC_ASSERT(tank < world->topology->tank_count);
    return &world->topology->tanks[tank];
}

static wide whole(const toc_world *world, uint32_t tank) {
    return facts_of(world, tank)->volume * parts_per_ml;
}

/* The content at a level: the least that is not below it, or the most that is not above. */
static wide content_at(const toc_world *world, uint32_t tank, int64_t level_mm, bool upwards) {
    wide height = facts_of(world, tank)->height_mm, share;
    if (level_mm <= 0) {
        return upwards ? 0 : level_mm < 0 ? -1 : 0;
    }
    if (level_mm > height) {
        return whole(world, tank) + (upwards ? 1 : 0);
    }
    share = whole(world, tank) * level_mm;
    return (share + (upwards ? height - 1 : 0)) / height;
}

static wide least(const toc_world *world, uint32_t tank) {
    return content_at(world, tank, facts_of(world, tank)->least_mm, true);
}

/* A mark is reached at a whole microsecond, when the level is a little past it. */
static wide within(const toc_world *world, uint32_t tank, wide content, wide floor) {
    wide most = whole(world, tank);
    return content > most ? most : content < floor ? floor : content;
}

/* What it holds at `now`, and in *out_spilt what it has spilt until then. */
static wide content_until(const toc_world *world, uint32_t tank, toc_time now, wide *out_spilt) {
    const struct tank *state = &world->tanks[tank];
    wide passed = (wide)state->inflow * (now - state->since);
    wide content = state->content + passed, most = whole(world, tank);
    wide floor = state->content < least(world, tank) ? state->content : least(world, tank);
    *out_spilt = state->spilt;
    if (content > most && facts_of(world, tank)->overflows) {
        *out_spilt += content - most;
    }
    return within(world, tank, content, floor);
}

static wide content_now(const toc_world *world, uint32_t tank) {
    wide spilt;
    return content_until(world, tank, toc_calendar_now(world->calendar), &spilt);
}

uint32_t toc_tank_find(const toc_world *world, uint32_t asset) {
    uint32_t low = 0, high = world->topology->tank_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (world->topology->tanks[middle].asset < asset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < world->topology->tank_count && world->topology->tanks[low].asset == asset
               ? low
               : TOC_INDEX_NONE;
}

static int32_t level_of(const toc_world *world, uint32_t tank, wide content) {
    return (int32_t)(content * facts_of(world, tank)->height_mm / whole(world, tank));
}

static toc_tank_phase phase_of(const toc_world *world, uint32_t tank, wide content) {
    const struct tank *state = &world->tanks[tank];
    if (content >= whole(world, tank) && state->inflow >= 0) {
        return state->inflow > 0 && facts_of(world, tank)->overflows ? TOC_TANK_OVERFLOWING
                                                                     : TOC_TANK_FULL;
    }
    return content <= least(world, tank) && state->inflow <= 0 ? TOC_TANK_EMPTY : TOC_TANK_BETWEEN;
}

toc_tank_figures toc_tank_read(const toc_world *world, uint32_t tank) {
    wide spilt, content = content_until(world, tank, toc_calendar_now(world->calendar), &spilt);
    TOC_ASSERT(world->tanks != NULL);
    return (toc_tank_figures){.phase = phase_of(world, tank, content),
                              .volume_ml = (int64_t)(content / parts_per_ml),
                              .spilt_ml = (int64_t)(spilt / parts_per_ml),
                              .inflow = world->tanks[tank].inflow,
                              .level_mm = level_of(world, tank, content)};
}

const char *toc_tank_phase_name(toc_tank_phase phase) {
    static const char *const names[] = {"empty", "between", "full", "overflowing"};
    _Static_assert(sizeof names / sizeof names[0] == TOC_TANK_PHASES, "a name for every phase");
    return names[phase];
}

bool toc_tank_may_give(const toc_world *world, uint32_t tank) {
    return !world->tanks[tank].spent && content_now(world, tank) > least(world, tank);
}

bool toc_tank_may_take(const toc_world *world, uint32_t tank) {
    return facts_of(world, tank)->overflows ||
           (!world->tanks[tank].sated && content_now(world, tank) < whole(world, tank));
}

bool toc_tank_is_at(const toc_world *world, uint32_t tank, int64_t level_mm, bool upwards) {
    wide content = content_now(world, tank), mark = content_at(world, tank, level_mm, upwards);
    return upwards ? content >= mark : content <= mark;
}

/* Tells of empty, full and overflowing, once each time. */
static void tell(toc_world *world, uint32_t tank) {
    struct tank *state = &world->tanks[tank];
    toc_tank_phase phase = phase_of(world, tank, content_now(world, tank));
    toc_tank_phase before = state->phase;
    if (phase != before) {
        state->phase = phase;
        toc_world_tell(world, (toc_change){TOC_CHANGE_TANK, facts_of(world, tank)->asset,
                                           TOC_INDEX_NONE, before, phase});
    }
}

/* The nearer of two marks in the direction of the level, both of them ahead of `content`. */
static void nearer(wide content, wide mark, bool upwards, wide *next, bool *any) {
    if (upwards ? mark <= content : mark >= content) {
        return;
    }
    if (!*any || (upwards ? mark < *next : mark > *next)) {
        *next = mark;
        *any = true;
    }
}

/* The next hundredth of the height, so that questions about the level are asked again. */
static wide hundredth(const toc_world *world, uint32_t tank, wide content, bool upwards) {
    wide most = whole(world, tank), step = content * HUNDREDTHS / most;
    if (upwards) {
        return ((step + 1) * most + HUNDREDTHS - 1) / HUNDREDTHS;
    }
    return (step * most == content * HUNDREDTHS ? step - 1 : step) * most / HUNDREDTHS;
}

static bool next_mark(const toc_world *world, uint32_t tank, wide content, wide *out_mark) {
    bool upwards = world->tanks[tank].inflow > 0, any = false;
    int64_t level_mm;
    nearer(content, upwards ? whole(world, tank) : least(world, tank), upwards, out_mark, &any);
    nearer(content, hundredth(world, tank, content, upwards), upwards, out_mark, &any);
    for (uint32_t i = 0; i < world->topology->control_count; i++) {
        if (toc_control_mark(world, i, tank, upwards, &level_mm)) {
            nearer(content, content_at(world, tank, level_mm, upwards), upwards, out_mark, &any);
        }
    }
    return any;
}

static void on_mark(void *object, uint64_t argument);

void toc_tank_schedule(toc_world *world, uint32_t tank) {
    struct tank *state = &world->tanks[tank];
    toc_time now = toc_calendar_now(world->calendar);
    wide content = content_now(world, tank), mark = 0, ahead, speed;
    (void)toc_calendar_cancel(world->calendar, state->crossing);
    state->crossing = (toc_event_id){0, 0};
    if (state->inflow == 0 || (state->inflow > 0 && content >= whole(world, tank)) ||
        !next_mark(world, tank, content, &mark)) {
        return;
    }
    ahead = mark > content ? mark - content : content - mark;
    speed = state->inflow > 0 ? state->inflow : -(wide)state->inflow;
    ahead = (ahead + speed - 1) / speed;
    if (ahead < TOC_NEVER - now) {
        state->crossing = toc_calendar_schedule(world->calendar, now + (toc_time)ahead,
                                                TOC_PHYSICAL, on_mark, world, tank);
    }
}

static void advance(toc_world *world, uint32_t tank) {
    struct tank *state = &world->tanks[tank];
    toc_time now = toc_calendar_now(world->calendar);
    wide spilt, content = content_until(world, tank, now, &spilt);
    state->content = content;
    state->spilt = spilt;
    state->since = now;
}

void toc_tank_set_inflow(toc_world *world, uint32_t tank, int64_t per_day) {
    struct tank *state = &world->tanks[tank];
    if (state->inflow != per_day) {
        advance(world, tank);
        state->inflow = per_day;
        if (world->conditions != NULL) {
            toc_conditions_touch(world->conditions,
                                 toc_world_cell(TOC_CHANGE_TANK, facts_of(world, tank)->asset));
        }
    }
    tell(world, tank);
    toc_tank_schedule(world, tank);
}

/* True where it may give or take again. */
static bool recovers(const toc_world *world, uint32_t tank) {
    struct tank *state = &world->tanks[tank];
    wide enough = whole(world, tank) / RECOVERY,
         half = (whole(world, tank) - least(world, tank)) / 2;
    enough = enough < half ? enough : half;
    bool gives = state->spent && state->content - least(world, tank) >= enough;
    bool takes = state->sated && whole(world, tank) - state->content >= enough;
    state->spent = state->spent && !gives;
    state->sated = state->sated && !takes;
    return gives || takes;
}

static void on_mark(void *object, uint64_t argument) {
    toc_world *world = object;
    uint32_t tank = (uint32_t)argument;
    struct tank *state = &world->tanks[tank];
    bool empty, full;
    state->crossing = (toc_event_id){0, 0};
    advance(world, tank);
    if (world->conditions != NULL) {
        toc_conditions_touch(world->conditions,
                             toc_world_cell(TOC_CHANGE_TANK, facts_of(world, tank)->asset));
    }
    empty = state->inflow < 0 && state->content <= least(world, tank);
    full = state->inflow > 0 && state->content >= whole(world, tank);
    full = full && !facts_of(world, tank)->overflows;
    bool recovered = recovers(world, tank);
    state->spent = state->spent || empty;
    state->sated = state->sated || full;
    if (empty || full || recovered) {
        toc_transport_tank_changed(world, tank);
    } else {
        tell(world, tank);
        toc_tank_schedule(world, tank);
    }
    toc_control_look(world);
}

void toc_tank_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    if (topology->tank_count == 0) {
        return;
    }
    world->tanks = toc_arena_heap(NULL, topology->tank_count, sizeof *world->tanks);
    memset(world->tanks, 0, topology->tank_count * sizeof *world->tanks);
    for (uint32_t i = 0; i < topology->tank_count; i++) {
        struct tank *tank = &world->tanks[i];
        tank->content = content_at(world, i, topology->tanks[i].begins_mm, true);
        tank->since = toc_calendar_now(world->calendar);
        tank->phase = phase_of(world, i, tank->content);
    }
}

void toc_tank_finish(toc_world *world) {
    for (uint32_t i = 0; world->tanks != NULL && i < world->topology->tank_count; i++) {
        (void)toc_calendar_cancel(world->calendar, world->tanks[i].crossing);
    }
    toc_arena_heap_free(world->tanks);
}

static void digest_wide(toc_digest *digest, wide value) {
    toc_digest_u64(digest, (uint64_t)value);
    toc_digest_u64(digest, (uint64_t)(value >> 64));
}

void toc_tank_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->topology->tank_count; i++) {
        wide spilt, content = content_until(world, i, toc_calendar_now(world->calendar), &spilt);
        digest_wide(digest, content);
        digest_wide(digest, spilt);
        toc_digest_i64(digest, world->tanks[i].inflow);
        toc_digest_i64(digest, world->tanks[i].spent | world->tanks[i].sated << 1);
    }
}

void toc_tank_check(const toc_world *world) {
    for (uint32_t i = 0; i < world->topology->tank_count; i++) {
        wide content = content_now(world, i);
        TOC_ASSERT(content >= 0 && content <= whole(world, i) && world->tanks[i].spilt >= 0);
        TOC_ASSERT(world->tanks[i].spilt == 0 || facts_of(world, i)->overflows);
    }
}
