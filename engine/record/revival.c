#include "record/revival.h"

#include "kernel/assert.h"
#include "record/branch.h"
#include "record/reader.h"
#include "record/rerun.h"
#include "record/seal.h"
#include "record/writer.h"

static toc_time later(toc_time a, toc_time b) {
    return a > b ? a : b;
}

/* The last moment of which the selected branch knows anything. */
static toc_time last_known(const toc_record *record) {
    toc_time last = 0, at = 0;
    for (uint64_t i = 1; i <= record->seen_inputs.count; i++) {
        last = later(last, toc_record_input_at(record, i).at);
    }
    if (record->seen_traces.count > 0) {
        last = later(last, toc_record_trace_at(record, record->seen_traces.count).time);
    }
    if (record->seen_digests.count > 0) {
        (void)toc_record_digest_at(record, record->seen_digests.count, &at);
    }
    last = later(last, at);
    for (uint32_t i = 0; i < record->journal_rows.count; i++) { /* pauses, who came and went */
        const struct journal_row *row = TOC_LIST_AT(struct journal_row, &record->journal_rows, i);
        last = row->branch == record->branches.count ? later(last, row->entry.at) : last;
    }
    return last;
}

/* Plays on from the last digest: entries and digests that had not reached the file do so now. */
static toc_status catch_up(toc_record *record, toc_rerun *rerun, toc_drill *drill, toc_time until,
                           toc_problems *problems) {
    toc_time step = record->meta.digest_step;
    toc_status status = toc_rerun_advance(rerun, drill, TOC_NEVER, problems);
    toc_time next = (toc_drill_now(drill) / step + 1) * step;
    for (; status == TOC_OK && next <= until && !toc_drill_has_ended(drill); next += step) {
        status = toc_drill_advance(drill, next, problems);
        if (status == TOC_OK) {
            status =
                toc_writer_digest(record, toc_drill_now(drill), toc_drill_digest(drill), problems);
        }
    }
    if (status == TOC_OK) {
        status = toc_drill_advance(drill, until, problems);
    }
    if (status == TOC_OK) {
        status = toc_rerun_check(rerun, drill, problems);
    }
    return status == TOC_OK ? toc_writer_commit(record, problems) : status;
}

/* Executes the selected branch up to `until`; from there on the drill writes into the record. */
static toc_status revive(toc_record *record, toc_time until, toc_problems *problems,
                         toc_drill **out_drill) {
    toc_rerun *rerun = toc_arena_alloc(record->arena, sizeof *rerun);
    *rerun = (toc_rerun){.record = record, .verify = true, .append = record};
    toc_drill *drill = NULL;
    toc_status status = toc_rerun_begin(rerun, problems, &drill);
    if (status == TOC_OK) {
        status = catch_up(record, rerun, drill, until, problems);
    }
    if (status != TOC_OK) {
        toc_drill_close(drill);
        return status;
    }
    *out_drill = drill;
    return TOC_OK;
}

toc_status toc_revival_resume(toc_record *record, toc_problems *problems, toc_drill **out_drill) {
    bool sealed = false;
    toc_status status = toc_seal_check(record->path, &sealed, problems);
    if (status == TOC_OK && !sealed) {
        status = toc_store_resume(&record->store, record->path, problems);
        if (status == TOC_OK) {
            status = toc_reader_read(record, false, problems);
        }
    }
    if (status == TOC_OK && (sealed || record->meta.ended_at != TOC_NEVER)) {
        status = toc_problems_error(problems, (toc_place){.file = record->path},
                                    "this drill was finished; there is nothing to resume");
    }
    if (status == TOC_OK) {
        status = toc_writer_continue(record, problems);
    }
    if (status != TOC_OK) {
        return status;
    }
    record->branch = record->branches.count;
    return revive(record, last_known(record), problems, out_drill);
}

toc_status toc_revival_rewind(toc_record *record, toc_time at, const char *why,
                              toc_problems *problems, toc_drill **out_drill) {
    TOC_ASSERT(record->writing && at >= 0);
    toc_record_branch branch = {
        .parent = record->branch, .forked_at = at, .why = toc_arena_text(record->arena, why)};
    toc_status status = toc_writer_commit(record, problems);
    if (status == TOC_OK) {
        status = toc_writer_branch(record, &branch, problems);
    }
    if (status == TOC_OK) {
        status = toc_writer_commit(record, problems);
    }
    if (status == TOC_OK) {
        status = toc_reader_read_again(record, problems);
    }
    if (status != TOC_OK) {
        return status;
    }
    toc_branch_select(record, record->branch);
    return revive(record, at, problems, out_drill);
}
