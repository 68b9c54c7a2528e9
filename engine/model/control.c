#include "model/control.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/reading.h"
#include "model/tank.h"
#include "model/world_state.h"

#include <string.h>

/* A controller's cycle: marks without a band between them would else chase each other for ever. */
static const toc_time cycle = TOC_SECOND;

struct control {
    bool met; /* what it waits for is so, by the last report */
    toc_time switched_at;
    toc_event_id clock;
};

static const toc_control *facts_of(const toc_world *world, uint32_t control) {
    return &world->topology->controls[control];
}

static bool is_there(const toc_world *world, uint32_t element) {
    return element == TOC_INDEX_NONE || state_is_up(world, element);
}

/* Whether the controller hears of the level as it is now. */
static bool hears(const toc_world *world, const toc_control *facts) {
    return is_there(world, facts->through) &&
           state_is_up(world, world->topology->tanks[facts->sees].asset);
}

static bool is_met(const toc_world *world, const toc_control *facts) {
    bool upwards = facts->sense == TOC_WHEN_ABOVE;
    int64_t level_mm;
    if (toc_reading_mark(world, facts->sees, TOC_READ_BY_CONTROLS, facts->level_mm, &level_mm)) {
        return toc_tank_is_at(world, facts->sees, level_mm, upwards);
    }
    level_mm = toc_reading_level_mm(world, facts->sees, TOC_READ_BY_CONTROLS);
    return upwards ? level_mm >= facts->level_mm : level_mm <= facts->level_mm;
}

bool toc_control_mark(const toc_world *world, uint32_t control, uint32_t tank, bool upwards,
                      int64_t *out_level_mm) {
    const toc_control *facts = facts_of(world, control);
    return facts->sees == tank && facts->sense == (upwards ? TOC_WHEN_ABOVE : TOC_WHEN_BELOW) &&
           hears(world, facts) &&
           toc_reading_mark(world, tank, TOC_READ_BY_CONTROLS, facts->level_mm, out_level_mm);
}

/* When an element was last switched by any of its controls. */
static toc_time last_switched(const toc_world *world, uint32_t element) {
    toc_time last = -cycle;
    for (uint32_t i = 0; i < world->topology->control_count; i++) {
        if (facts_of(world, i)->element == element && world->controls[i].switched_at > last) {
            last = world->controls[i].switched_at;
        }
    }
    return last;
}

static void on_look(void *object, uint64_t argument);

static void schedule_look(toc_world *world, toc_time at) {
    if (!toc_calendar_is_pending(world->calendar, world->looking) || at < world->look_at) {
        (void)toc_calendar_cancel(world->calendar, world->looking);
        world->look_at = at;
        world->looking =
            toc_calendar_schedule(world->calendar, at, TOC_PHYSICAL, on_look, world, 0);
    }
}

/* Controls that would do the contrary look afresh, a cycle later. */
static void wake_others(toc_world *world, uint32_t control) {
    for (uint32_t i = 0; i < world->topology->control_count; i++) {
        const toc_control *other = facts_of(world, i);
        if (other->element == facts_of(world, control)->element &&
            other->on != facts_of(world, control)->on && world->controls[i].met) {
            world->controls[i].met = false;
            schedule_look(world, toc_calendar_now(world->calendar) + cycle);
        }
    }
}

static void act(toc_world *world, uint32_t control) {
    const toc_control *facts = facts_of(world, control);
    bool changed;
    if (facts->on) {
        changed = toc_world_clear(world, facts->element, TOC_CAUSE_SWITCHED_OFF);
        changed = toc_world_clear(world, facts->element, TOC_CAUSE_OPENED) || changed;
    } else {
        changed =
            toc_world_fail(world, facts->element,
                           facts->element < world->topology->asset_count ? TOC_CAUSE_SWITCHED_OFF
                                                                         : TOC_CAUSE_OPENED);
    }
    if (changed) {
        world->controls[control].switched_at = toc_calendar_now(world->calendar);
        wake_others(world, control);
        toc_world_tell(world, (toc_change){TOC_CHANGE_SWITCHED, facts->element, control, !facts->on,
                                           facts->on});
    }
}

static void look(toc_world *world, uint32_t control) {
    const toc_control *facts = facts_of(world, control);
    struct control *state = &world->controls[control];
    toc_time ready;
    if (facts->sense == TOC_WHEN_AT) {
        return;
    }
    if (!is_there(world, facts->by)) {
        state->met = false;
        return;
    }
    if (!hears(world, facts)) {
        return;
    }
    if (state->met || !is_met(world, facts)) {
        state->met = is_met(world, facts);
        return;
    }
    ready = last_switched(world, facts->element) + cycle;
    if (toc_calendar_now(world->calendar) < ready) {
        schedule_look(world, ready);
        return;
    }
    state->met = true;
    act(world, control);
}

static void look_all(toc_world *world) {
    for (uint32_t i = 0; i < world->topology->control_count; i++) {
        look(world, i);
    }
    for (uint32_t i = 0; i < world->topology->tank_count; i++) {
        toc_tank_schedule(world, i);
    }
}

static void on_look(void *object, uint64_t argument) {
    toc_world *world = object;
    (void)argument;
    world->looking = (toc_event_id){0, 0};
    look_all(world);
}

void toc_control_look(toc_world *world) {
    if (world->controls != NULL) {
        schedule_look(world, toc_calendar_now(world->calendar));
    }
}

void toc_control_touch(toc_world *world, uint32_t element) {
    if ((world->elements[element].flags & ELEMENT_WATCHED) != 0) {
        toc_control_look(world);
    }
}

static void on_clock(void *object, uint64_t argument) {
    toc_world *world = object;
    uint32_t control = (uint32_t)argument;
    world->controls[control].clock = (toc_event_id){0, 0};
    if (is_there(world, facts_of(world, control)->by)) {
        act(world, control);
    }
}

static void watch(toc_world *world, uint32_t element) {
    if (element != TOC_INDEX_NONE) {
        world->elements[element].flags |= ELEMENT_WATCHED;
    }
}

void toc_control_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    if (topology->control_count == 0) {
        return;
    }
    world->controls = toc_arena_heap(NULL, topology->control_count, sizeof *world->controls);
    memset(world->controls, 0, topology->control_count * sizeof *world->controls);
    for (uint32_t i = 0; i < topology->control_count; i++) {
        const toc_control *facts = facts_of(world, i);
        world->controls[i].switched_at = -cycle;
        watch(world, facts->by);
        watch(world, facts->through);
        if (facts->sees != TOC_INDEX_NONE) {
            watch(world, topology->tanks[facts->sees].asset);
        }
    }
}

void toc_control_begin(toc_world *world) {
    const toc_topology *topology = world->topology;
    toc_time now = toc_calendar_now(world->calendar);
    if (world->controls == NULL) {
        return;
    }
    look_all(world);
    for (uint32_t i = 0; i < topology->control_count; i++) {
        world->controls[i].switched_at = -cycle; /* the start is no cycle */
        if (facts_of(world, i)->sense == TOC_WHEN_AT && facts_of(world, i)->at >= now) {
            world->controls[i].clock = toc_calendar_schedule(
                world->calendar, facts_of(world, i)->at, TOC_PHYSICAL, on_clock, world, i);
        }
    }
}

void toc_control_finish(toc_world *world) {
    (void)toc_calendar_cancel(world->calendar, world->looking);
    for (uint32_t i = 0; world->controls != NULL && i < world->topology->control_count; i++) {
        (void)toc_calendar_cancel(world->calendar, world->controls[i].clock);
    }
    toc_arena_heap_free(world->controls);
}

void toc_control_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->topology->control_count; i++) {
        toc_digest_u64(digest, world->controls[i].met ? 1 : 0);
        toc_digest_i64(digest, world->controls[i].switched_at);
    }
}
