/* Writer: what a drill leaves, row by row under the chains, durable at each commit. */
#ifndef RECORD_WRITER_H
#define RECORD_WRITER_H

#include "record/record_state.h"

/* Creates the file of a record that has its path and meta, with the package and the head in it;
   nothing is left of it where that fails. */
toc_status toc_writer_create(toc_record *record, const toc_package *package,
                             toc_problems *problems);
/* Goes on writing to a record that was read, whose store is open for writing. */
toc_status toc_writer_continue(toc_record *record, toc_problems *problems);
toc_status toc_writer_branch(toc_record *record, const toc_record_branch *branch,
                             toc_problems *problems);
/* What goes wrong is told at the next call that can. */
void toc_writer_trace(toc_record *record, const toc_trace_entry *entry);
toc_status toc_writer_input(toc_record *record, const toc_input *input, toc_problems *problems);
toc_status toc_writer_digest(toc_record *record, toc_time at, uint64_t digest,
                             toc_problems *problems);
toc_status toc_writer_journal(toc_record *record, const toc_record_entry *entry,
                              toc_problems *problems);
toc_status toc_writer_person(toc_record *record, const toc_record_person *person,
                             toc_problems *problems);
toc_status toc_writer_commit(toc_record *record, toc_problems *problems);
/* Writes the end that stands in the meta, folds the log into the file and seals it. */
toc_status toc_writer_finish(toc_record *record, toc_problems *problems);
/* Gives up what was not committed. */
void toc_writer_close(toc_record *record);

#endif
