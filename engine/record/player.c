#include "record/player.h"

#include <inttypes.h>
#include <string.h>

#include "tocsin/standin.h"

/* How much drill time lies between digests where the record does not say. */
#define USUAL_STEP TOC_MINUTE

static toc_status keep_input(void *object, const toc_input *input, toc_problems *problems) {
    return toc_record_input(object, input, problems);
}

/* Plays step by step: a digest at the end of each, and one commit for all that happened in it. */
static toc_status play_steps(const toc_player *player, toc_drill *drill, toc_standins *standins,
                             toc_problems *problems) {
    toc_time step = USUAL_STEP;
    toc_time length = toc_drill_length(drill);
    toc_status status = TOC_OK;
    while (status == TOC_OK && !toc_drill_has_ended(drill)) {
        toc_time until = (toc_drill_now(drill) / step + 1) * step;
        status = toc_standins_play(standins, until < length ? until : length, problems);
        if (status == TOC_OK && player->record != NULL) {
            status = toc_record_digest(player->record, toc_drill_now(drill),
                                       toc_drill_digest(drill), problems);
        }
        if (status == TOC_OK && player->record != NULL) {
            status = toc_record_commit(player->record, problems);
        }
        if (player->progress != NULL) {
            player->progress(player->progress_object, toc_drill_now(drill), length);
        }
    }
    return status;
}

toc_status toc_player_play(const toc_player *player, toc_problems *problems,
                           toc_drill **out_drill) {
    toc_drill_options options = {.seed = player->seed,
                                 .replication = player->replication,
                                 .trace = player->record == NULL ? NULL : toc_record_trace,
                                 .trace_object = player->record};
    toc_drill *drill = NULL;
    toc_standins *standins = NULL;
    toc_status status = toc_drill_open(player->package, &options, problems, &drill);
    if (status == TOC_OK) {
        status = toc_standins_create(drill, player->package, player->policy,
                                     player->record == NULL ? NULL : keep_input, player->record,
                                     problems, &standins);
    }
    if (status == TOC_OK) {
        status = play_steps(player, drill, standins, problems);
    }
    toc_standins_destroy(standins);
    if (status == TOC_OK && player->record != NULL) {
        status = toc_record_finish(player->record, toc_drill_now(drill), "ended",
                                   toc_drill_digest(drill), toc_drill_events(drill), problems);
    }
    if (status != TOC_OK) {
        toc_drill_close(drill);
        return status;
    }
    *out_drill = drill;
    return TOC_OK;
}

/* Compares the trace as it comes with the one that was kept. */
struct comparison {
    const toc_replay *replay;
    uint64_t count;
    uint64_t first_difference; /* number of the first entry that differs, 0 while none does */
};

static void compare_entry(void *object, const toc_trace_entry *entry) {
    struct comparison *comparison = object;
    const toc_replay *replay = comparison->replay;
    comparison->count++;
    if (replay->trace != NULL) {
        replay->trace(replay->trace_object, entry);
    }
    if (comparison->first_difference != 0) {
        return;
    }
    if (comparison->count > toc_record_trace_count(replay->record)) {
        comparison->first_difference = comparison->count;
        return;
    }
    toc_trace_entry kept = toc_record_trace_at(replay->record, comparison->count);
    if (kept.time != entry->time || kept.kind != entry->kind || kept.before != entry->before ||
        kept.after != entry->after || strcmp(kept.subject, entry->subject) != 0 ||
        strcmp(kept.actor, entry->actor) != 0 || strcmp(kept.verb, entry->verb) != 0 ||
        strcmp(kept.text, entry->text) != 0) {
        comparison->first_difference = comparison->count;
    }
}

static toc_status tell_difference(const struct comparison *comparison, toc_time at,
                                  toc_problems *problems) {
    char when[64];
    (void)toc_time_print(at, when, sizeof when);
    const toc_record *record = comparison->replay->record;
    uint64_t number = comparison->first_difference;
    if (number == 0 || number > toc_record_trace_count(record)) {
        return toc_problems_error(problems, (toc_place){.file = NULL},
                                  "the replay differs from the record at %s: the trace agrees so "
                                  "far, the state does not",
                                  when);
    }
    toc_trace_entry kept = toc_record_trace_at(record, number);
    char entry_time[64];
    (void)toc_time_print(kept.time, entry_time, sizeof entry_time);
    return toc_problems_error(problems, (toc_place){.file = NULL},
                              "the replay differs from the record at %s; the first entry of the "
                              "trace that differs is number %" PRIu64 " (%s at %s, '%s')",
                              when, number, toc_trace_kind_name(kept.kind), entry_time,
                              kept.subject);
}

static toc_status feed(const toc_record *record, toc_drill *drill, toc_problems *problems) {
    for (uint64_t number = 1; number <= toc_record_input_count(record); number++) {
        toc_input input = toc_record_input_at(record, number);
        toc_status status = toc_drill_replay(drill, &input, problems);
        if (status != TOC_OK) {
            return status;
        }
    }
    return TOC_OK;
}

static toc_status replay_steps(const struct comparison *comparison, toc_drill *drill,
                               toc_problems *problems) {
    const toc_replay *replay = comparison->replay;
    const toc_record *record = replay->record;
    toc_status status = TOC_OK;
    for (uint64_t number = 1; number <= toc_record_digest_count(record); number++) {
        toc_time at = 0;
        uint64_t expected = toc_record_digest_at(record, number, &at);
        if (at > replay->until) {
            break;
        }
        status = toc_drill_advance(drill, at, problems);
        if (status != TOC_OK) {
            return status;
        }
        if (replay->verify && toc_drill_digest(drill) != expected) {
            return tell_difference(comparison, at, problems);
        }
    }
    toc_record_meta meta = toc_record_meta_of(record);
    toc_time end = replay->until;
    if (end == TOC_NEVER) {
        /* what comes after the last digest of a drill that was cut short is not vouched for */
        end = meta.ended_at != TOC_NEVER ? meta.ended_at : toc_drill_now(drill);
    }
    return end > toc_drill_now(drill) ? toc_drill_advance(drill, end, problems) : TOC_OK;
}

toc_status toc_player_replay(const toc_replay *replay, toc_problems *problems,
                             toc_drill **out_drill) {
    toc_record_meta meta = toc_record_meta_of(replay->record);
    struct comparison comparison = {.replay = replay};
    toc_drill_options options = {.seed = meta.seed,
                                 .replication = meta.replication,
                                 .trace = compare_entry,
                                 .trace_object = &comparison};
    toc_drill *drill = NULL;
    toc_status status =
        toc_drill_open(toc_record_package(replay->record), &options, problems, &drill);
    if (status == TOC_OK) {
        status = feed(replay->record, drill, problems);
    }
    if (status == TOC_OK) {
        status = replay_steps(&comparison, drill, problems);
    }
    bool whole = replay->until == TOC_NEVER && meta.ended_at != TOC_NEVER;
    if (status == TOC_OK && replay->verify && whole &&
        (toc_drill_digest(drill) != meta.final_digest || toc_drill_events(drill) != meta.events ||
         comparison.count != toc_record_trace_count(replay->record))) {
        status = tell_difference(&comparison, meta.ended_at, problems);
    }
    if (status != TOC_OK) {
        toc_drill_close(drill);
        return status;
    }
    *out_drill = drill;
    return TOC_OK;
}
