/* Reader: a record from its file into memory, every row checked against its chain. */
#ifndef RECORD_READER_H
#define RECORD_READER_H

#include "record/record_state.h"

/* Fills a record that holds only its path; the file is closed again. */
toc_status toc_reader_load(toc_record *record, toc_problems *problems);
/* The same from a store that is open, and stays so. */
toc_status toc_reader_read(toc_record *record, bool sealed, toc_problems *problems);
/* Brings what was written meanwhile into memory, checked again from the first row; committed rows
   only. No branch is selected then. */
toc_status toc_reader_read_again(toc_record *record, toc_problems *problems);

#endif
