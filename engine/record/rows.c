#include "record/rows.h"

void toc_rows_file(toc_chain *chain, int64_t number, const toc_package_file *file) {
    toc_chain_begin_row(chain);
    toc_chain_number(chain, number);
    toc_chain_text(chain, file->path);
    toc_chain_bytes(chain, file->bytes, file->size);
    toc_chain_end_row(chain);
}

void toc_rows_branch(toc_chain *chain, int64_t number, const toc_record_branch *branch) {
    toc_chain_begin_row(chain);
    toc_chain_number(chain, number);
    toc_chain_number(chain, branch->parent);
    toc_chain_number(chain, branch->forked_at);
    toc_chain_text(chain, branch->why);
    toc_chain_end_row(chain);
}

void toc_rows_input(toc_chain *chain, int64_t number, const struct input_row *row) {
    const toc_input *input = &row->input;
    toc_chain_begin_row(chain);
    toc_chain_number(chain, number);
    toc_chain_number(chain, row->branch);
    toc_chain_number(chain, input->at);
    toc_chain_text(chain, input->seat);
    toc_chain_text(chain, input->verb);
    toc_chain_text(chain, input->target);
    toc_chain_text(chain, input->parameters);
    toc_chain_end_row(chain);
}

void toc_rows_trace(toc_chain *chain, int64_t number, const struct trace_row *row) {
    const toc_trace_entry *entry = &row->entry;
    toc_chain_begin_row(chain);
    toc_chain_number(chain, number);
    toc_chain_number(chain, row->branch);
    toc_chain_number(chain, entry->time);
    toc_chain_text(chain, toc_trace_kind_name(entry->kind));
    toc_chain_text(chain, entry->subject);
    toc_chain_text(chain, entry->actor);
    toc_chain_text(chain, entry->verb);
    toc_chain_text(chain, entry->text);
    toc_chain_number(chain, entry->before);
    toc_chain_number(chain, entry->after);
    toc_chain_end_row(chain);
}

void toc_rows_digest(toc_chain *chain, int64_t number, const struct digest_row *row) {
    toc_chain_begin_row(chain);
    toc_chain_number(chain, number);
    toc_chain_number(chain, row->branch);
    toc_chain_number(chain, row->at);
    toc_chain_number(chain, (int64_t)row->value);
    toc_chain_end_row(chain);
}

void toc_rows_journal(toc_chain *chain, int64_t number, const struct journal_row *row) {
    const toc_record_entry *entry = &row->entry;
    toc_chain_begin_row(chain);
    toc_chain_number(chain, number);
    toc_chain_number(chain, row->branch);
    toc_chain_number(chain, entry->at);
    toc_chain_number(chain, entry->moment);
    toc_chain_text(chain, entry->kind);
    toc_chain_text(chain, entry->seat);
    toc_chain_text(chain, entry->sender);
    toc_chain_text(chain, entry->subject);
    toc_chain_text(chain, entry->text);
    toc_chain_end_row(chain);
}
