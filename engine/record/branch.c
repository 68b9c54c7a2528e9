#include "record/branch.h"

#include "kernel/assert.h"

/* Up to when each branch is seen from `from`; before the beginning where it is not. */
static toc_time *limits_of(const toc_record *record, uint32_t from) {
    toc_time *limits = toc_arena_heap(NULL, record->branches.count + 1, sizeof *limits);
    for (uint32_t i = 0; i <= record->branches.count; i++) {
        limits[i] = INT64_MIN;
    }
    toc_time limit = TOC_NEVER;
    for (uint32_t at = from; at != 0;) {
        const toc_record_branch *branch = TOC_LIST_AT(toc_record_branch, &record->branches, at - 1);
        TOC_ASSERT(branch->parent < at);
        limits[at] = limit;
        limit = branch->forked_at < limit ? branch->forked_at : limit;
        at = branch->parent;
    }
    return limits;
}

static void see(toc_list *seen, uint32_t row) {
    uint32_t *added = toc_list_add(seen, sizeof *added);
    *added = row;
}

void toc_branch_select(toc_record *record, uint32_t branch) {
    TOC_ASSERT(branch >= 1 && branch <= record->branches.count);
    toc_time *limits = limits_of(record, branch);
    record->selected = branch;
    record->seen_inputs.count = record->seen_traces.count = record->seen_digests.count = 0;
    for (uint32_t i = 0; i < record->input_rows.count; i++) {
        const struct input_row *row = TOC_LIST_AT(struct input_row, &record->input_rows, i);
        if (row->input.at <= limits[row->branch]) {
            see(&record->seen_inputs, i);
        }
    }
    for (uint32_t i = 0; i < record->trace_rows.count; i++) {
        const struct trace_row *row = TOC_LIST_AT(struct trace_row, &record->trace_rows, i);
        if (row->entry.time <= limits[row->branch]) {
            see(&record->seen_traces, i);
        }
    }
    for (uint32_t i = 0; i < record->digest_rows.count; i++) {
        const struct digest_row *row = TOC_LIST_AT(struct digest_row, &record->digest_rows, i);
        if (row->at <= limits[row->branch]) {
            see(&record->seen_digests, i);
        }
    }
    toc_arena_heap_free(limits);
}

static void extend(toc_time *end, toc_time at) {
    *end = at > *end ? at : *end;
}

toc_time toc_branch_end(const toc_record *record, uint32_t branch) {
    TOC_ASSERT(branch >= 1 && branch <= record->branches.count);
    /* it knows what those before it knew when they were left */
    toc_time end = TOC_LIST_AT(toc_record_branch, &record->branches, branch - 1)->forked_at;
    for (uint32_t i = 0; i < record->input_rows.count; i++) {
        const struct input_row *row = TOC_LIST_AT(struct input_row, &record->input_rows, i);
        extend(&end, row->branch == branch ? row->input.at : end);
    }
    for (uint32_t i = 0; i < record->trace_rows.count; i++) {
        const struct trace_row *row = TOC_LIST_AT(struct trace_row, &record->trace_rows, i);
        extend(&end, row->branch == branch ? row->entry.time : end);
    }
    for (uint32_t i = 0; i < record->digest_rows.count; i++) {
        const struct digest_row *row = TOC_LIST_AT(struct digest_row, &record->digest_rows, i);
        extend(&end, row->branch == branch ? row->at : end);
    }
    for (uint32_t i = 0; i < record->journal_rows.count; i++) { /* pauses, who came and went */
        const struct journal_row *row = TOC_LIST_AT(struct journal_row, &record->journal_rows, i);
        extend(&end, row->branch == branch ? row->entry.at : end);
    }
    return end;
}
