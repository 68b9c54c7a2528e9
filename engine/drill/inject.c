#include "drill/inject.h"

#include <string.h>

#include "drill/mark.h"
#include "drill/message.h"
#include "drill/scenario.h"
#include "drill/spec.h"
#include "drill/spot.h"
#include "kernel/assert.h"

static const char *const channels[] = {
#define TOC_CHANNEL(name) name,
#include "drill/channel.def"
#undef TOC_CHANNEL
};

enum { CHANNELS = sizeof channels / sizeof *channels };

static toc_inject *inject_at(const toc_drill *drill, uint64_t number) {
    TOC_ASSERT(number < drill->injects.count);
    return TOC_LIST_AT(toc_inject, &drill->injects, number);
}

const toc_inject *toc_inject_at(const toc_drill *drill, uint32_t inject) {
    return inject_at(drill, inject);
}

bool toc_inject_is_channel(const char *name) {
    for (size_t i = 0; i < CHANNELS; i++) {
        if (strcmp(channels[i], name) == 0) {
            return true;
        }
    }
    return false;
}

const char *toc_inject_nearest_channel(const char *name) {
    return toc_names_nearest_of(channels, CHANNELS, name);
}

uint32_t toc_inject_find(const toc_drill *drill, const char *id) {
    for (uint32_t i = 0; i < drill->injects.count; i++) {
        if (strcmp(inject_at(drill, i)->id, id) == 0) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

static const char *make_id(toc_drill *drill) {
    for (uint32_t number = drill->injects.count + 1;; number++) {
        const char *id = toc_arena_format(drill->arena, "I-%02u", number);
        if (toc_inject_find(drill, id) == TOC_INDEX_NONE) {
            return id;
        }
    }
}

static void deliver(void *object, uint64_t number) {
    (void)toc_inject_fire(object, (uint32_t)number);
}

static void schedule(toc_drill *drill, uint32_t number) {
    toc_time at = inject_at(drill, number)->at;
    if (at != TOC_NEVER) {
        (void)toc_calendar_schedule(drill->calendar, at, TOC_SENSOR, deliver, drill, number);
    }
}

uint32_t toc_inject_add(toc_drill *drill, const toc_inject *inject) {
    uint32_t number = drill->injects.count;
    const char *id = inject->id[0] != '\0' ? inject->id : make_id(drill);
    toc_inject *kept = toc_list_add(&drill->injects, sizeof *kept);
    *kept = *inject;
    kept->id = id;
    kept->delivered_at = TOC_NEVER;
    if (drill->stage == TOC_DRILL_RUNNING) {
        schedule(drill, number);
    }
    return number;
}

const char *toc_inject_nearest(const toc_drill *drill, const char *name) {
    return toc_names_nearest(drill->seat_names, name);
}

void toc_inject_check(toc_drill *drill) {
    char hint[96];
    for (uint32_t i = 0; i < drill->injects.count; i++) {
        const toc_inject *inject = inject_at(drill, i);
        for (uint32_t k = 0; k < inject->to_count; k++) {
            if (!toc_scenario_reaches(drill, inject->to[k])) {
                const char *nearest = toc_inject_nearest(drill, inject->to[k]);
                (void)toc_problems_error(
                    drill->problems, toc_spot_of_key(drill, inject->place, "to", 1),
                    "inject '%s': there is no seat or team '%.60s'%s", inject->id, inject->to[k],
                    toc_spec_hint(nearest, hint, sizeof hint));
            }
        }
    }
}

void toc_inject_begin(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->injects.count; i++) {
        schedule(drill, i);
    }
}

static bool is_for(const toc_drill *drill, const toc_inject *inject, uint32_t seat) {
    for (uint32_t i = 0; i < inject->to_count; i++) {
        if (toc_scenario_is_of(drill, seat, inject->to[i])) {
            return true;
        }
    }
    return false;
}

bool toc_inject_fire(toc_drill *drill, uint32_t number) {
    toc_inject *inject = inject_at(drill, number);
    if (inject->delivered_at != TOC_NEVER) {
        return false;
    }
    inject->delivered_at = toc_calendar_now(drill->calendar);
    toc_trace_put(drill, TOC_TRACE_INJECT, inject->id, inject->from, inject->channel, inject->text,
                  0, 0);
    toc_message message = {.from = inject->from,
                           .channel = inject->channel,
                           .text = inject->text,
                           .inject = inject->id};
    for (uint32_t seat = 0; seat < toc_names_count(drill->seat_names); seat++) {
        if (is_for(drill, inject, seat)) {
            message.to = seat;
            (void)toc_message_deliver(drill, &message);
        }
    }
    (void)toc_mark_set(drill, message.inject, NULL);
    return true;
}

void toc_inject_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->injects.count; i++) {
        const toc_inject *inject = inject_at(drill, i);
        toc_digest_text(digest, inject->id);
        toc_digest_i64(digest, inject->at);
        toc_digest_i64(digest, inject->delivered_at);
    }
}

void toc_inject_finish(toc_drill *drill) {
    toc_list_finish(&drill->injects);
}
