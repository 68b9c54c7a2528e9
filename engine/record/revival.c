#include "record/revival.h"

#include "kernel/assert.h"
#include "record/branch.h"
#include "record/reader.h"
#include "record/rerun.h"
#include "record/seal.h"
#include "record/writer.h"

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
    return revive(record, toc_branch_end(record, record->branch), problems, out_drill);
}

/* What the parent saw has to reach as far as the fork. */
static toc_status find_fork(const toc_record *record, toc_record_branch *branch,
                            toc_problems *problems) {
    if (branch->parent == 0 || branch->parent > record->branches.count) {
        return toc_problems_error(problems, (toc_place){.file = NULL},
                                  "there is no branch %u; the last is %u", branch->parent,
                                  record->branches.count);
    }
    if (branch->parent == record->branch) {
        return TOC_OK;
    }
    toc_time end = toc_branch_end(record, branch->parent);
    branch->forked_at = branch->forked_at == TOC_NEVER ? end : branch->forked_at;
    return branch->forked_at <= end
               ? TOC_OK
               : toc_problems_error(problems, (toc_place){.file = NULL},
                                    "branch %u was left before that time; leave the time out to "
                                    "go on where it was left",
                                    branch->parent);
}

toc_status toc_revival_fork(toc_record *record, uint32_t parent, toc_time at, const char *why,
                            toc_problems *problems, toc_drill **out_drill) {
    TOC_ASSERT(record->writing && at >= 0);
    toc_record_branch branch = {
        .parent = parent, .forked_at = at, .why = toc_arena_text(record->arena, why)};
    toc_status status = toc_writer_commit(record, problems);
    if (status == TOC_OK) {
        status = toc_reader_read_again(record, problems);
    }
    if (status == TOC_OK) {
        status = find_fork(record, &branch, problems);
    }
    if (status == TOC_OK) {
        status = toc_writer_branch(record, &branch, problems);
    }
    if (status == TOC_OK) {
        status = toc_writer_commit(record, problems);
    }
    if (status != TOC_OK) {
        return status;
    }
    toc_branch_select(record, record->branch);
    return revive(record, branch.forked_at, problems, out_drill);
}
