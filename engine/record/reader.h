/* Reader: a record from its file into memory, every row checked against its chain. */
#ifndef RECORD_READER_H
#define RECORD_READER_H

#include "record/record_state.h"

/* Fills a record that holds only its path. */
toc_status toc_reader_load(toc_record *record, toc_problems *problems);

#endif
