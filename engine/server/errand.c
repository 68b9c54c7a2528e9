#include "server/errand.h"

#include <string.h>

#include "server/branching.h"
#include "server/consultation.h"
#include "server/hall_state.h"
#include "server/reversal.h"
#include "server/round.h"
#include "tocsin/pace.h"
#include "tocsin/stream.h"

enum { SLOWEST = 100, FASTEST = 100000 }; /* of speed, in thousandths */

void toc_errand_remember(toc_hall *hall, const char *desk, const char *id, toc_time at) {
    char *key = g_strdup_printf("%s\t%s", desk, id);
    int64_t *time = g_new(int64_t, 1);
    *time = at;
    (void)g_hash_table_insert(hall->done, key, time);
}

static int64_t *find_done(const toc_hall *hall, const char *desk, const char *id) {
    char *key = g_strdup_printf("%s\t%s", desk, id);
    int64_t *time = g_hash_table_lookup(hall->done, key);
    g_free(key);
    return time;
}

void toc_errand_free(void *object) {
    toc_hall_deed *deed = object;
    g_free((char *)deed->desk);
    g_free((char *)deed->id);
    g_free((char *)deed->verb);
    g_free((char *)deed->target);
    g_free((char *)deed->parameters);
    g_free(deed);
}

static void answer(toc_hall *hall, const toc_hall_deed *deed, toc_time at, toc_wire_reason reason,
                   const char *text) {
    toc_hall_answer answered = {.asker = deed->asker,
                                .id = g_strdup(deed->id),
                                .text = g_strdup(text),
                                .reason = reason,
                                .at = at};
    (void)g_array_append_val(hall->answers, answered);
}

void toc_errand_take(toc_hall *hall, const toc_hall_deed *deed) {
    int64_t *done = find_done(hall, deed->desk, deed->id);
    if (done != NULL && *done != TOC_HALL_PENDING) {
        answer(hall, deed, *done, TOC_WIRE_NONE, "");
        return;
    }
    if (done != NULL) { /* it is queued, and sent again on another connection: that one hears */
        for (GList *link = hall->queue->head; link != NULL; link = link->next) {
            toc_hall_deed *queued = link->data;
            if (strcmp(queued->id, deed->id) == 0 && strcmp(queued->desk, deed->desk) == 0) {
                queued->asker = deed->asker;
            }
        }
        return;
    }
    toc_hall_deed *kept = g_new(toc_hall_deed, 1);
    *kept = *deed;
    kept->desk = g_strdup(deed->desk);
    kept->id = g_strdup(deed->id);
    kept->verb = g_strdup(deed->verb);
    kept->target = g_strdup(deed->target);
    kept->parameters = g_strdup(deed->parameters);
    toc_errand_remember(hall, deed->desk, deed->id, TOC_HALL_PENDING);
    g_queue_push_tail(hall->queue, kept);
}

static bool is_allowed(const toc_hall *hall, const toc_hall_deed *deed) {
    toc_stream_verb verb;
    for (uint32_t i = 0; toc_stream_verb_at(i, &verb); i++) {
        if (strcmp(verb.name, deed->verb) == 0) {
            return toc_stream_may(hall->drill, deed->seat, i);
        }
    }
    return true; /* there is no such verb: the drill says which is nearest */
}

/* Gives it to the drill, and on to the record. */
static toc_wire_reason submit(toc_hall *hall, const toc_hall_deed *deed, toc_time *out_at,
                              toc_problems *problems) {
    toc_input input = {.seat = deed->kind == TOC_HALL_COMMAND ? TOC_CONTROL : deed->desk,
                       .verb = deed->verb,
                       .target = deed->target,
                       .parameters = deed->parameters};
    if (toc_drill_has_ended(hall->drill)) {
        return TOC_WIRE_ENDED;
    }
    if (deed->kind == TOC_HALL_ACT && !is_allowed(hall, deed)) {
        return TOC_WIRE_NOT_YOURS;
    }
    if (toc_drill_submit(hall->drill, &input, problems, &input.at) != TOC_OK) {
        return TOC_WIRE_NOT_UNDERSTOOD;
    }
    bool talks = toc_pace_of(hall->drill) == TOC_PACE_TALK && !hall->paused;
    bool stands = talks || (hall->paused && deed->kind == TOC_HALL_COMMAND);
    if (stands && hall->step_until == TOC_NEVER) {
        hall->step_until = input.at; /* what is done while the clock stands is done, and no more */
    }
    *out_at = input.at;
    hall->status = toc_hall_keep(hall, &input, problems);
    return hall->status == TOC_OK ? TOC_WIRE_NONE : TOC_WIRE_DISK_FAULT;
}

static toc_wire_reason hand_over(toc_hall *hall, const toc_hall_deed *deed,
                                 toc_problems *problems) {
    uint32_t seat = 0;
    if (!toc_stream_find_seat(hall->drill, deed->target, &seat)) {
        (void)toc_problems_error(problems, (toc_place){.file = NULL}, "there is no seat '%.60s'",
                                 deed->target);
        return TOC_WIRE_NOT_UNDERSTOOD;
    }
    if (hall->seats[seat].is_connected) {
        (void)toc_problems_error(problems, (toc_place){.file = NULL},
                                 "a person sits at %s; no stand-in can", deed->target);
        return TOC_WIRE_NOT_NOW;
    }
    if (toc_standins_enter(hall->standins, seat, problems) != TOC_OK) {
        return TOC_WIRE_NOT_NOW;
    }
    hall->seats[seat].has_person = false;
    toc_hall_journal(hall, "handed-over", deed->desk, deed->target, "");
    return TOC_WIRE_NONE;
}

static toc_wire_reason set_speed(toc_hall *hall, const toc_hall_deed *deed,
                                 toc_problems *problems) {
    char text[32];
    if (deed->speed < SLOWEST || deed->speed > FASTEST) {
        (void)toc_problems_error(problems, (toc_place){.file = NULL},
                                 "a drill goes at 0.1 to 100 times the pace of the clock");
        return TOC_WIRE_NOT_UNDERSTOOD;
    }
    hall->speed = deed->speed;
    (void)g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT ".%03d", hall->speed / 1000,
                     (int)(hall->speed % 1000));
    toc_hall_announce(hall, "speed", deed->desk, text);
    return TOC_WIRE_NONE;
}

static toc_wire_reason set_step(toc_hall *hall, const toc_hall_deed *deed, toc_problems *problems) {
    toc_time now = toc_drill_now(hall->drill);
    toc_time until = deed->at == TOC_NEVER ? now + TOC_MINUTE : deed->at;
    bool stands = hall->paused || toc_pace_of(hall->drill) == TOC_PACE_TALK;
    if (!stands || until <= now) {
        (void)toc_problems_error(problems, (toc_place){.file = NULL},
                                 "a step is taken while the drill is paused, to a time that is "
                                 "still to come");
        return TOC_WIRE_NOT_NOW;
    }
    hall->step_until = until;
    return TOC_WIRE_NONE;
}

/* `feed TEAM state=on`: of control, evaluators, observers and supervisors; two of them turn it on.
 */
static toc_wire_reason feed(toc_hall *hall, const toc_hall_deed *deed, toc_problems *problems) {
    static const char *const told[] = {[TOC_HALL_FEED_ASKED] = "feed-asked",
                                       [TOC_HALL_FEED_ON] = "feed-on",
                                       [TOC_HALL_FEED_OFF] = "feed-off"};
    bool on =
        strcmp(deed->parameters, "state=on\n") == 0 || strcmp(deed->parameters, "state=on") == 0;
    bool off = strncmp(deed->parameters, "state=off", 9) == 0;
    if (on == off) {
        (void)toc_problems_error(problems, (toc_place){.file = NULL},
                                 "write: feed TEAM state=on, or state=off");
        return TOC_WIRE_NOT_UNDERSTOOD;
    }
    toc_hall_feeding became =
        hall->options.feed == NULL
            ? TOC_HALL_FEED_NONE
            : hall->options.feed(hall->options.feeds, deed->desk, deed->target, on);
    if (became == TOC_HALL_FEED_NONE) {
        (void)toc_problems_error(problems, (toc_place){.file = NULL},
                                 "no feed of '%.60s' was set up when the server began (--feed)",
                                 deed->target);
        return TOC_WIRE_NOT_NOW;
    }
    toc_hall_announce(hall, told[became], deed->desk, deed->target);
    return TOC_WIRE_NONE;
}

/* What control does to the clock and to seats; anything else is an input of the drill. */
static toc_wire_reason command(toc_hall *hall, const toc_hall_deed *deed, toc_time *out_at,
                               toc_problems *problems) {
    if (strcmp(deed->verb, "pause") == 0 || strcmp(deed->verb, "resume") == 0) {
        bool pauses = deed->verb[0] == 'p';
        if (hall->paused != pauses) {
            hall->paused = pauses;
            toc_hall_announce(hall, pauses ? "paused" : "resumed", deed->desk, "");
        }
        return TOC_WIRE_NONE;
    }
    if (strcmp(deed->verb, "speed") == 0) {
        return set_speed(hall, deed, problems);
    }
    if (strcmp(deed->verb, "step") == 0) {
        return set_step(hall, deed, problems);
    }
    if (strcmp(deed->verb, "rewind") == 0) {
        toc_wire_reason reason = toc_reversal_run(
            hall, &(toc_reversal){.at = deed->at, .desk = deed->desk, .name = "rewind"}, problems);
        *out_at = toc_drill_now(hall->drill);
        return reason;
    }
    if (strcmp(deed->verb, "branch") == 0) {
        toc_wire_reason reason = toc_branching_branch(hall, deed, problems);
        *out_at = toc_drill_now(hall->drill);
        return reason;
    }
    if (strcmp(deed->verb, "hand-over") == 0) {
        return hand_over(hall, deed, problems);
    }
    if (strcmp(deed->verb, "feed") == 0) {
        return feed(hall, deed, problems);
    }
    if (strcmp(deed->verb, "rate") == 0) {
        toc_hall_journal(hall, "rate", deed->desk, deed->target, deed->parameters);
        return TOC_WIRE_NONE;
    }
    return submit(hall, deed, out_at, problems);
}

static toc_wire_reason carry_out(toc_hall *hall, const toc_hall_deed *deed, toc_time *out_at,
                                 toc_problems *problems) {
    *out_at = toc_drill_now(hall->drill);
    const char *objection = toc_round_objection(hall, deed);
    if (objection != NULL) {
        (void)toc_problems_error(problems, (toc_place){.file = NULL}, "%s", objection);
        return TOC_WIRE_NOT_NOW;
    }
    toc_wire_reason reason = TOC_WIRE_NONE;
    if (toc_round_take(hall, deed) || toc_consultation_take(hall, deed, &reason, problems)) {
        return reason;
    }
    switch (deed->kind) {
    case TOC_HALL_ACT:
        return submit(hall, deed, out_at, problems);
    case TOC_HALL_COMMAND:
        return command(hall, deed, out_at, problems);
    case TOC_HALL_NOTE:
        toc_hall_journal(hall, "note", deed->desk, deed->target, deed->parameters);
        return TOC_WIRE_NONE;
    }
    return TOC_WIRE_NOT_UNDERSTOOD;
}

void toc_errand_settle(toc_hall *hall, const toc_hall_deed *deed) {
    toc_problems *problems = toc_problems_create();
    toc_time at = 0;
    toc_wire_reason reason =
        hall->status != TOC_OK ? TOC_WIRE_DISK_FAULT : carry_out(hall, deed, &at, problems);
    const char *text = toc_problems_kept(problems) > 0 ? toc_problems_at(problems, 0).text
                       : reason == TOC_WIRE_NONE       ? ""
                                                       : toc_wire_reason_text(reason, "en");
    int64_t *done = find_done(hall, deed->desk, deed->id);
    *done = at;
    toc_hall_write(hall, &(toc_record_entry){.at = at,
                                             .kind = reason == TOC_WIRE_NONE ? "taken" : "refused",
                                             .seat = deed->desk,
                                             .sender = deed->id,
                                             .subject = deed->verb,
                                             .text = text});
    answer(hall, deed, at, reason, text);
    if (reason != TOC_WIRE_NONE) { /* it left no trace: the same id may be tried again */
        char *key = g_strdup_printf("%s\t%s", deed->desk, deed->id);
        (void)g_hash_table_remove(hall->done, key);
        g_free(key);
    }
    toc_problems_destroy(problems);
}
