/* MATPOWER case: the tables of a case file that is written out in numbers. It is a program by its
   nature; what would have to be run is refused, because its result would be other numbers. */
#ifndef FORMATS_MATPOWER_CASE_H
#define FORMATS_MATPOWER_CASE_H

#include "kernel/arena.h"
#include "kernel/list.h"
#include "tocsin/formats.h"

/* A matrix; infinite entries are INFINITY. */
typedef struct toc_matpower_table {
    const char *name; /* "bus" */
    uint32_t columns, rows;
    toc_list cells; /* double */
    toc_list lines; /* uint32_t, of each row */
    uint32_t line;
} toc_matpower_table;

/* A list of texts. */
typedef struct toc_matpower_texts {
    const char *name;
    toc_list texts; /* const char * */
} toc_matpower_texts;

typedef struct toc_matpower_case {
    toc_arena *arena;
    const char *file, *name;
    double base_mva;
    toc_list tables; /* toc_matpower_table */
    toc_list texts;  /* toc_matpower_texts */
} toc_matpower_case;

/* The case must be finished, also where it could not be read. */
toc_status toc_matpower_case_read(const toc_formats_source *source, toc_problems *problems,
                                  toc_matpower_case *out_case);
void toc_matpower_case_finish(toc_matpower_case *network);
/* NULL where there is none. */
const toc_matpower_table *toc_matpower_case_table(const toc_matpower_case *network,
                                                  const char *name);
const toc_matpower_texts *toc_matpower_case_texts(const toc_matpower_case *network,
                                                  const char *name);
double toc_matpower_case_at(const toc_matpower_table *table, uint32_t row, uint32_t column);
uint32_t toc_matpower_case_line(const toc_matpower_table *table, uint32_t row);

#endif
