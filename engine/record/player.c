#include "record/player.h"

#include "kernel/arena.h"
#include "record/record_state.h"
#include "record/rerun.h"
#include "record/writer.h"
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

toc_status toc_player_replay(const toc_replay *replay, toc_problems *problems,
                             toc_drill **out_drill) {
    const toc_record *record = replay->record;
    const toc_record_meta *meta = &record->meta;
    /* the drill tells it everything for as long as it is advanced by whoever asked for it */
    toc_rerun *rerun = toc_arena_alloc(record->arena, sizeof *rerun);
    *rerun = (toc_rerun){.record = record,
                         .verify = replay->verify,
                         .trace = replay->trace,
                         .trace_object = replay->trace_object};
    /* what comes after the last digest of a drill that was cut short is not vouched for */
    bool has_end = meta->ended_at != TOC_NEVER && record->selected == record->branches.count;
    bool to_end = has_end && replay->until >= meta->ended_at;
    toc_drill *drill = NULL;
    toc_status status = toc_rerun_begin(rerun, problems, &drill);
    if (status == TOC_OK) {
        status = toc_rerun_advance(rerun, drill, to_end ? meta->ended_at : replay->until, problems);
    }
    if (status == TOC_OK && replay->verify) {
        status = to_end ? toc_rerun_check_end(rerun, drill, problems)
                        : toc_rerun_check(rerun, drill, problems);
    }
    rerun->verify = false;
    if (status != TOC_OK) {
        toc_drill_close(drill);
        return status;
    }
    *out_drill = drill;
    return TOC_OK;
}
