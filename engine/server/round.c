#include "server/round.h"

#include <string.h>

#include "server/hall_state.h"
#include "tocsin/pace.h"
#include "tocsin/stream.h"

static bool is_command(const toc_hall_deed *deed, const char *verb) {
    return deed->kind == TOC_HALL_COMMAND && strcmp(deed->verb, verb) == 0;
}

static bool is_ready(const toc_hall_deed *deed) {
    return deed->kind == TOC_HALL_ACT && strcmp(deed->verb, "ready") == 0;
}

/* What control does around the drill, and to its end, changes nothing in what is shown. */
static bool leaves_the_script(const toc_hall_deed *deed) {
    static const char *const around[] = {"pause",  "resume", "speed",  "step", "rewind",
                                         "branch", "rate",   "remark", "end",  "feed"};
    if (deed->kind != TOC_HALL_COMMAND) {
        return deed->kind == TOC_HALL_ACT;
    }
    for (size_t i = 0; i < sizeof around / sizeof around[0]; i++) {
        if (strcmp(deed->verb, around[i]) == 0) {
            return false;
        }
    }
    return true;
}

/* Whoever looks at a record again moves about in its time. */
static bool leaves_the_record(const toc_hall_deed *deed) {
    static const char *const moves[] = {"pause", "resume", "speed", "step", "rewind"};
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        if (is_command(deed, moves[i])) {
            return false;
        }
    }
    return true;
}

const char *toc_round_objection(const toc_hall *hall, const toc_hall_deed *deed) {
    if (hall->options.source != NULL) {
        return leaves_the_record(deed)
                   ? "this is a record: it is looked at, and nothing is done to it; 'tocsin replay "
                     "--branch' plays it with other inputs"
                   : NULL;
    }
    bool is_of_table = is_ready(deed) || is_command(deed, "next");
    switch (toc_pace_of(hall->drill)) {
    case TOC_PACE_CLOCK:
        return is_of_table ? "this drill goes by the clock; only a tabletop waits for people"
                           : NULL;
    case TOC_PACE_TALK:
        return is_command(deed, "speed")
                   ? "a tabletop has no clock: it goes on when all are ready, or by 'next'"
               : is_of_table && hall->paused ? "the drill is paused; control resumes it first"
                                             : NULL;
    case TOC_PACE_SCRIPT:
        return is_of_table               ? "a demonstration goes by the clock"
               : leaves_the_script(deed) ? "a demonstration follows its script: it is watched, and "
                                           "nobody does anything to it"
                                         : NULL;
    }
    return NULL;
}

bool toc_round_take(toc_hall *hall, const toc_hall_deed *deed) {
    if (is_ready(deed)) {
        struct seat *seat = &hall->seats[deed->seat];
        if (!seat->is_ready) {
            seat->is_ready = true;
            toc_hall_announce(hall, "ready", deed->desk, "");
        }
        return true;
    }
    if (is_command(deed, "next")) {
        hall->goes_on = true;
        return true;
    }
    return false;
}

static bool sits(const struct seat *seat) {
    return seat->has_person && seat->is_connected;
}

void toc_round_count(const toc_hall *hall, uint32_t *out_people, uint32_t *out_ready) {
    *out_people = *out_ready = 0;
    for (uint32_t i = 0; i < hall->seat_count; i++) {
        const struct seat *seat = &hall->seats[i];
        *out_people += sits(seat);
        *out_ready += sits(seat) && seat->is_ready;
    }
}

bool toc_round_is_due(const toc_hall *hall) {
    uint32_t people = 0, ready = 0;
    if (toc_pace_of(hall->drill) != TOC_PACE_TALK || hall->paused) {
        return false;
    }
    toc_round_count(hall, &people, &ready);
    return hall->goes_on || (people > 0 && ready == people);
}

void toc_round_begin(toc_hall *hall) {
    hall->goes_on = false;
    hall->step_until = TOC_NEVER;
    hall->points = toc_pace_points(hall->drill);
    for (uint32_t i = 0; i < hall->seat_count; i++) {
        hall->seats[i].is_ready = false;
        hall->seats[i].talked = toc_stream_count(hall->drill, i);
    }
    toc_hall_announce(hall, "went-on", "", "");
}

/* Something to talk about; alarms and how far work has come are on the screens. */
static bool has_been_told(const toc_hall *hall, uint32_t seat) {
    static const char *const talk[] = {"message", "decision", "order", "approval"};
    uint32_t count = toc_stream_count(hall->drill, seat);
    for (uint32_t i = hall->seats[seat].talked; i < count; i++) {
        const char *kind = toc_stream_at(hall->drill, seat, i).kind;
        for (size_t k = 0; k < sizeof talk / sizeof talk[0]; k++) {
            if (strcmp(kind, talk[k]) == 0) {
                return true;
            }
        }
    }
    return false;
}

bool toc_round_is_done(const toc_hall *hall) {
    bool is_empty = true;
    for (uint32_t i = 0; i < hall->seat_count; i++) {
        if (sits(&hall->seats[i])) {
            is_empty = false;
            if (has_been_told(hall, i)) {
                return true;
            }
        }
    }
    return is_empty && toc_pace_points(hall->drill) != hall->points;
}
