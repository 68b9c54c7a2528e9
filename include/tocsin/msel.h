/* MSEL: the master scenario events list as planners keep it, a spreadsheet with a row for each
   inject. Read from CSV and XLSX whatever the columns are called, written in the layouts that
   exercise offices use. */
#ifndef TOCSIN_MSEL_H
#define TOCSIN_MSEL_H

#include "tocsin/formats.h"
#include "tocsin/time.h"

typedef enum toc_msel_column {
#define TOC_MSEL_COLUMN(id, name) TOC_MSEL_##id,
#include "tocsin/msel_column.def"
#undef TOC_MSEL_COLUMN
    TOC_MSEL_COLUMNS
} toc_msel_column;

typedef enum toc_msel_type {
    TOC_MSEL_IS_INJECT,
    TOC_MSEL_IS_CONTINGENCY, /* for players who stall or run ahead */
    TOC_MSEL_IS_EXPECTED     /* no inject: what the one before should lead to */
} toc_msel_type;

typedef struct toc_msel_entry {
    const char *cells[TOC_MSEL_COLUMNS]; /* "" where there is none */
    toc_time at;                         /* since STARTEX; TOC_NEVER: no time */
    toc_msel_type type;
    uint32_t line; /* row of the file */
} toc_msel_entry;

/* When the drill starts on the wall, for times of day and dates. */
typedef struct toc_msel_clock {
    bool known;
    int64_t day;          /* since 1970-01-01 */
    toc_time time_of_day; /* since midnight */
    char zone[41];        /* by name; "" where it is not said */
} toc_msel_clock;

typedef enum toc_msel_layout {
    TOC_MSEL_LAYOUT_TOCSIN, /* every column, our names */
    TOC_MSEL_LAYOUT_HSEEP,
    TOC_MSEL_LAYOUT_BLUEPRINT,
    TOC_MSEL_LAYOUT_GBT38645, /* table A.6, in Chinese */
    TOC_MSEL_LAYOUTS
} toc_msel_layout;

typedef struct toc_msel toc_msel;

/* Starts empty, for entries to be added. */
toc_msel *toc_msel_create(void);
void toc_msel_destroy(toc_msel *msel);
/* "2015-12-23 15:00 Europe/Kyiv", as scenarios say it; unknown where it is not that. */
toc_msel_clock toc_msel_clock_of(const char *starts);

/* CSV or XLSX, told by its bytes. Mistakes are told with the row. */
toc_status toc_msel_read(const toc_formats_source *source, toc_msel_clock clock,
                         toc_problems *problems, toc_msel **out_msel);
uint32_t toc_msel_count(const toc_msel *msel);
const toc_msel_entry *toc_msel_at(const toc_msel *msel, uint32_t index);
/* Texts are copied. The time is put into its cell as "T+01:30". */
void toc_msel_add(toc_msel *msel, const toc_msel_entry *entry);

/* TOC_MSEL_LAYOUTS where there is none of that name: tocsin, hseep, blueprint, gbt38645. */
toc_msel_layout toc_msel_layout_find(const char *name);
/* Appends it as CSV (RFC 4180, UTF-8 with a byte order mark, so that spreadsheets see it). A cell
   that a spreadsheet would take for a formula gets an apostrophe in front, which reading takes
   away. */
void toc_msel_layout_csv(const toc_msel *msel, toc_msel_layout layout, toc_msel_clock clock,
                         toc_formats_buffer *buffer);
/* Appends it as a workbook. */
toc_status toc_msel_layout_xlsx(const toc_msel *msel, toc_msel_layout layout, toc_msel_clock clock,
                                toc_problems *problems, toc_formats_buffer *buffer);

#endif
