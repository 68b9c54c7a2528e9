/* Workbook: the first sheet of an XLSX file as a table. Hostile like any file: parts are read under
   limits, nothing in it is executed or fetched. */
#ifndef FORMATS_WORKBOOK_H
#define FORMATS_WORKBOOK_H

#include "formats/csv_table.h"

bool toc_workbook_is(const toc_formats_source *source);
/* The table's lines are rows of the sheet. It must be finished, also where it could not be read. */
toc_status toc_workbook_read(const toc_formats_source *source, toc_problems *problems,
                             toc_csv_table *out_table);

#endif
