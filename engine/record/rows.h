/* Rows: the hashed form of each table's rows, one function for writer and reader alike, so that
   the two cannot differ. */
#ifndef RECORD_ROWS_H
#define RECORD_ROWS_H

#include "record/chain.h"
#include "tocsin/package.h"
#include "tocsin/record.h"

void toc_rows_file(toc_chain *chain, int64_t number, const toc_package_file *file);
void toc_rows_input(toc_chain *chain, int64_t number, const toc_input *input);
void toc_rows_trace(toc_chain *chain, int64_t number, const toc_trace_entry *entry);
void toc_rows_digest(toc_chain *chain, int64_t number, toc_time at, uint64_t value);

#endif
