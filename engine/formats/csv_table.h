/* CSV table: a spreadsheet saved as text: RFC 4180 as people use it, with the separator it has. */
#ifndef FORMATS_CSV_TABLE_H
#define FORMATS_CSV_TABLE_H

#include "kernel/arena.h"
#include "kernel/list.h"
#include "tocsin/formats.h"

typedef struct toc_csv_row {
    uint32_t first, count; /* cells */
    uint32_t line;
} toc_csv_row;

/* The first row is the head. Cells are without white space around them and harmless to show. */
typedef struct toc_csv_table {
    toc_arena *arena;
    const char *file;
    char separator;
    bool lines;
    toc_list rows;  /* toc_csv_row; empty lines are none */
    toc_list cells; /* const char * */
} toc_csv_table;

/* The table must be finished, also where it could not be read. `lines`: line ends within cells are
   kept, else they become blanks. */
toc_status toc_csv_table_read(const toc_formats_source *source, bool lines, toc_problems *problems,
                              toc_csv_table *out_table);
void toc_csv_table_finish(toc_csv_table *table);
uint32_t toc_csv_table_rows(const toc_csv_table *table);
/* "" where the row is shorter. */
const char *toc_csv_table_at(const toc_csv_table *table, uint32_t row, uint32_t column);
uint32_t toc_csv_table_columns(const toc_csv_table *table, uint32_t row);
toc_place toc_csv_table_place(const toc_csv_table *table, uint32_t row);

#endif
