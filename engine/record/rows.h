/* Rows: the hashed form of each table's rows, one function for writer and reader alike, so that
   the two cannot differ. */
#ifndef RECORD_ROWS_H
#define RECORD_ROWS_H

#include "record/record_state.h"

void toc_rows_file(toc_chain *chain, int64_t number, const toc_package_file *file);
void toc_rows_branch(toc_chain *chain, int64_t number, const toc_record_branch *branch);
void toc_rows_input(toc_chain *chain, int64_t number, const struct input_row *row);
void toc_rows_trace(toc_chain *chain, int64_t number, const struct trace_row *row);
void toc_rows_digest(toc_chain *chain, int64_t number, const struct digest_row *row);
void toc_rows_journal(toc_chain *chain, int64_t number, const struct journal_row *row);

#endif
