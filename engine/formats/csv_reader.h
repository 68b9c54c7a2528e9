/* CSV reader: assets and links as people keep them in spreadsheets. Columns are known by their
   heads under many names; a table with two ends in a row is one of links. */
#ifndef FORMATS_CSV_READER_H
#define FORMATS_CSV_READER_H

#include "tocsin/formats.h"

/* Any number of tables, in any order; links may name assets of any of them. */
toc_status toc_csv_reader_read(const toc_formats_source *sources, size_t count,
                               toc_problems *problems, toc_formats_import *out_import);

#endif
