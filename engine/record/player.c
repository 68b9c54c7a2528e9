#include "record/player.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kernel/arena.h"
#include "record/record_state.h"
#include "tocsin/standin.h"

/* Rows between commits while nobody waits for an acknowledgement: a cut costs what a second of
   playing again brings back, and a sync costs as much as thousands of rows. */
enum { GROUP = 10000 };

static toc_status keep_input(void *object, const toc_input *input, toc_problems *problems) {
    return toc_record_input(object, input, problems);
}

/* One step of drill time and what the record keeps of it. */
static toc_status play_step(const toc_player *player, toc_drill *drill, toc_standins *standins,
                            toc_problems *problems) {
    toc_record *record = player->record;
    toc_time step = record == NULL ? TOC_MINUTE : record->meta.digest_step;
    toc_time until = (toc_drill_now(drill) / step + 1) * step;
    toc_time length = toc_drill_length(drill);
    toc_status status = toc_standins_play(standins, until < length ? until : length, problems);
    if (record == NULL) {
        return status;
    }
    if (status == TOC_OK) {
        status = toc_record_digest(record, toc_drill_now(drill), toc_drill_digest(drill), problems);
    }
    /* what happened before something went wrong is kept */
    if ((status != TOC_OK && record->failed == TOC_OK) || record->pending >= GROUP) {
        toc_status kept = toc_record_commit(record, problems);
        status = status == TOC_OK ? kept : status;
    }
    return status;
}

static toc_status play_all(const toc_player *player, toc_drill *drill, toc_problems *problems) {
    toc_standins *standins = NULL;
    toc_status status = toc_standins_create(drill, player->package, player->policy,
                                            player->record == NULL ? NULL : keep_input,
                                            player->record, problems, &standins);
    while (status == TOC_OK && !toc_drill_has_ended(drill)) {
        status = play_step(player, drill, standins, problems);
        if (player->progress != NULL) {
            player->progress(player->progress_object, toc_drill_now(drill),
                             toc_drill_length(drill));
        }
    }
    toc_standins_destroy(standins);
    return status;
}

toc_status toc_player_play(const toc_player *player, toc_problems *problems,
                           toc_drill **out_drill) {
    toc_drill_options options = {.seed = player->seed,
                                 .replication = player->replication,
                                 .trace = player->record == NULL ? NULL : toc_record_trace,
                                 .trace_object = player->record};
    toc_drill *drill = NULL;
    toc_status status = toc_drill_open(player->package, &options, problems, &drill);
    if (status == TOC_OK) {
        status = play_all(player, drill, problems);
    }
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

/* -- Replay -------------------------------------------------------------------------------------
 */

/* Compares the trace as it comes with the one that was kept. */
struct comparison {
    const toc_replay *replay;
    uint64_t count;
    uint64_t differing; /* number of the first entry that differs, 0 while none does */
    char came[256];     /* how it came this time */
};

static void describe(const toc_trace_entry *entry, char *buffer, size_t size) {
    char when[64];
    (void)toc_time_print(entry->time, when, sizeof when);
    (void)snprintf(buffer, size, "%s, %s '%.40s' '%.40s' %.40s, %" PRId64 " to %" PRId64, when,
                   toc_trace_kind_name(entry->kind), entry->subject, entry->actor, entry->verb,
                   entry->before, entry->after);
}

static bool is_same(const toc_trace_entry *a, const toc_trace_entry *b) {
    return a->time == b->time && a->kind == b->kind && a->before == b->before &&
           a->after == b->after && strcmp(a->subject, b->subject) == 0 &&
           strcmp(a->actor, b->actor) == 0 && strcmp(a->verb, b->verb) == 0 &&
           strcmp(a->text, b->text) == 0;
}

static void compare_entry(void *object, const toc_trace_entry *entry) {
    struct comparison *comparison = object;
    const toc_replay *replay = comparison->replay;
    uint64_t number = ++comparison->count;
    if (replay->trace != NULL) {
        replay->trace(replay->trace_object, entry);
    }
    if (!replay->verify || comparison->differing != 0) {
        return;
    }
    bool kept = number <= toc_record_trace_count(replay->record);
    toc_trace_entry expected = {0};
    if (kept) {
        expected = toc_record_trace_at(replay->record, number);
    }
    if (!kept || !is_same(&expected, entry)) {
        comparison->differing = number;
        describe(entry, comparison->came, sizeof comparison->came);
    }
}

/* Tells where the two part, and what may be why. */
static toc_status tell_difference(const struct comparison *comparison, toc_time at,
                                  toc_problems *problems) {
    const toc_record *record = comparison->replay->record;
    toc_place place = {.file = record->path};
    char when[64], was[256];
    (void)toc_time_print(at, when, sizeof when);
    uint64_t number = comparison->differing;
    if (number == 0 && comparison->count < toc_record_trace_count(record) &&
        toc_record_trace_at(record, comparison->count + 1).time <= at) {
        number = comparison->count + 1;
    }
    if (number == 0) {
        (void)toc_problems_error(problems, place,
                                 "the replay differs from the record in the step up to %s: every "
                                 "entry of the trace agrees, the state does not",
                                 when);
    } else {
        if (number <= toc_record_trace_count(record)) {
            toc_trace_entry kept = toc_record_trace_at(record, number);
            describe(&kept, was, sizeof was);
        } else {
            (void)snprintf(was, sizeof was, "nothing more");
        }
        (void)toc_problems_error(problems, place,
                                 "the replay differs from the record in the step up to %s, first "
                                 "at trace entry %" PRIu64 ": recorded (%s), replayed (%s)",
                                 when, number, was,
                                 comparison->differing == 0 ? "nothing more" : comparison->came);
    }
    if (strcmp(record->meta.engine_version, TOC_VERSION) != 0) {
        (void)toc_problems_error(problems, place,
                                 "it was played by version %s, this is version %s: use that one to "
                                 "verify it",
                                 record->meta.engine_version, TOC_VERSION);
    }
    return TOC_BAD_INPUT;
}

static toc_status feed(const toc_record *record, toc_drill *drill, toc_problems *problems) {
    toc_status status = TOC_OK;
    for (uint64_t number = 1; status == TOC_OK && number <= toc_record_input_count(record);
         number++) {
        toc_input input = toc_record_input_at(record, number);
        status = toc_drill_replay(drill, &input, problems);
    }
    return status;
}

static toc_status replay_steps(const struct comparison *comparison, toc_drill *drill,
                               toc_problems *problems) {
    const toc_replay *replay = comparison->replay;
    const toc_record *record = replay->record;
    for (uint64_t number = 1; number <= toc_record_digest_count(record); number++) {
        toc_time at = 0;
        uint64_t expected = toc_record_digest_at(record, number, &at);
        if (at > replay->until) {
            break;
        }
        toc_status status = toc_drill_advance(drill, at, problems);
        if (status != TOC_OK) {
            return status;
        }
        if (replay->verify && (toc_drill_digest(drill) != expected || comparison->differing != 0)) {
            return tell_difference(comparison, at, problems);
        }
    }
    /* what comes after the last digest of a drill that was cut short is not vouched for */
    toc_time end = replay->until < record->meta.ended_at ? replay->until : record->meta.ended_at;
    return end != TOC_NEVER && end > toc_drill_now(drill) ? toc_drill_advance(drill, end, problems)
                                                          : TOC_OK;
}

static toc_status check_end(const struct comparison *comparison, const toc_drill *drill,
                            toc_problems *problems) {
    const toc_record *record = comparison->replay->record;
    bool same = toc_drill_digest(drill) == record->meta.final_digest &&
                toc_drill_events(drill) == record->meta.events && comparison->differing == 0 &&
                comparison->count == toc_record_trace_count(record);
    return same ? TOC_OK : tell_difference(comparison, record->meta.ended_at, problems);
}

toc_status toc_player_replay(const toc_replay *replay, toc_problems *problems,
                             toc_drill **out_drill) {
    const toc_record_meta *meta = &replay->record->meta;
    struct comparison comparison = {.replay = replay};
    toc_drill_options options = {.seed = meta->seed,
                                 .replication = meta->replication,
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
    /* an end that lies within the asked time is the record's own, and is vouched for */
    if (status == TOC_OK && replay->verify && meta->ended_at != TOC_NEVER &&
        replay->until >= meta->ended_at) {
        status = check_end(&comparison, drill, problems);
    }
    if (status != TOC_OK) {
        toc_drill_close(drill);
        return status;
    }
    *out_drill = drill;
    return TOC_OK;
}
