#include "model/shift.h"

#include "kernel/assert.h"
#include "model/job.h"
#include "model/world_state.h"

static toc_time now_of(const toc_world *world) {
    return toc_calendar_now(world->calendar);
}

static toc_time length(const toc_world *world, uint32_t crew) {
    return world->topology->crews[crew].shift;
}

toc_shift_state toc_shift_of(const toc_world *world, uint32_t crew) {
    toc_time on_duty = now_of(world) - world->crews[crew].on_since;
    if (length(world, crew) == 0) {
        return TOC_SHIFT_FRESH;
    }
    return on_duty < 0                         ? TOC_SHIFT_HANDOVER
           : on_duty < length(world, crew)     ? TOC_SHIFT_FRESH
           : on_duty / 2 < length(world, crew) ? TOC_SHIFT_TIRED
                                               : TOC_SHIFT_SPENT;
}

toc_time toc_shift_since(const toc_world *world, uint32_t crew) {
    return world->crews[crew].on_since;
}

toc_time toc_shift_stretch(const toc_world *world, uint32_t crew, toc_time takes) {
    return toc_shift_of(world, crew) == TOC_SHIFT_FRESH ? takes : takes + takes / 2;
}

bool toc_shift_is_out(const toc_world *world, uint32_t crew) {
    toc_shift_state state = toc_shift_of(world, crew);
    return state == TOC_SHIFT_SPENT || state == TOC_SHIFT_HANDOVER;
}

static void plan(toc_world *world, uint32_t crew);

/* The state that begins now is told, and the next one is planned. */
static void on_turn(void *object, uint64_t crew) {
    toc_world *world = object;
    toc_shift_state state = toc_shift_of(world, (uint32_t)crew);
    struct crew_state *facts = &world->crews[crew];
    facts->turn = (toc_event_id){0, 0};
    toc_world_tell(world, (toc_change){TOC_CHANGE_SHIFT, (uint32_t)crew, TOC_INDEX_NONE,
                                       facts->told_shift, state});
    facts->told_shift = (uint8_t)state;
    if (state == TOC_SHIFT_FRESH) {
        toc_job_look_soon(world);
    }
    plan(world, (uint32_t)crew);
}

static void plan(toc_world *world, uint32_t crew) {
    struct crew_state *facts = &world->crews[crew];
    toc_time shift = length(world, crew), at = facts->on_since;
    toc_shift_state state = toc_shift_of(world, crew);
    if (state == TOC_SHIFT_SPENT) {
        return;
    }
    at += state == TOC_SHIFT_HANDOVER ? 0 : state == TOC_SHIFT_FRESH ? shift : 2 * shift;
    facts->turn = toc_calendar_schedule(world->calendar, at, TOC_PHYSICAL, on_turn, world, crew);
}

void toc_shift_init(toc_world *world) {
    for (uint32_t i = 0; i < world->topology->crew_count; i++) {
        world->crews[i].on_since = now_of(world);
        world->crews[i].relieved_at = TOC_NEVER;
        world->crews[i].told_shift = TOC_SHIFT_FRESH;
        if (length(world, i) > 0) {
            plan(world, i);
        }
    }
}

const char *toc_shift_change(toc_world *world, uint32_t crew) {
    struct crew_state *facts = &world->crews[crew];
    toc_time handover = world->topology->crews[crew].handover;
    if (length(world, crew) == 0) {
        return "the crew works no shifts";
    }
    if (toc_shift_of(world, crew) == TOC_SHIFT_HANDOVER) {
        return "the crew is handing over already";
    }
    if (facts->relieved_at != TOC_NEVER &&
        now_of(world) - facts->relieved_at < length(world, crew)) {
        return "those who went off have not rested for a shift";
    }
    (void)toc_calendar_cancel(world->calendar, facts->turn);
    facts->relieved_at = now_of(world);
    facts->on_since = now_of(world) + handover;
    toc_job_delay_crew(world, crew, handover);
    on_turn(world, crew);
    return NULL;
}

void toc_shift_digest(const toc_world *world, uint32_t crew, toc_digest *digest) {
    if (length(world, crew) > 0) {
        toc_digest_i64(digest, world->crews[crew].on_since);
        toc_digest_i64(digest, world->crews[crew].relieved_at);
    }
}

const char *toc_shift_name(toc_shift_state state) {
    static const char *const names[] = {"fresh", "tired", "spent", "handover"};
    _Static_assert(sizeof names / sizeof names[0] == TOC_SHIFT_STATES, "a name for every state");
    return names[state];
}
