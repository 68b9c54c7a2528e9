/* Sheet: words, tables and maps on pages of A4, as one PDF. No row and no heading is cut off from
   what it belongs to by the end of a page, and a table's heads stand on every page it reaches. */
#ifndef DRAWING_SHEET_H
#define DRAWING_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "tocsin/formats.h"
#include "tocsin/topology.h"

typedef enum toc_sheet_style {
    TOC_SHEET_TITLE,
    TOC_SHEET_HEADING,
    TOC_SHEET_SUBHEADING,
    TOC_SHEET_TEXT,
    TOC_SHEET_STYLES
} toc_sheet_style;

typedef struct toc_sheet_setup {
    const char *language; /* "zh": Han letters as written in China */
    const char *title;    /* of the file */
    const char *mark;     /* above and below every page */
    const char *note;     /* beneath the mark; "": nothing */
    bool landscape;
} toc_sheet_setup;

typedef struct toc_sheet_table {
    unsigned columns, rows;
    const char *const *cells; /* row by row; the first row are heads */
    const double *shares;     /* of the width that a column has at least; NULL: as needed */
    bool named; /* no heads: the first column names what is in the others, and what is empty there
                   is a space with lines to write on */
} toc_sheet_table;

typedef struct toc_sheet toc_sheet;

/* Texts are copied, and are valid UTF-8 everywhere. */
toc_sheet *toc_sheet_create(const toc_sheet_setup *setup);
void toc_sheet_destroy(toc_sheet *sheet);
/* `markup`: text escaped as in XML, with <b> for what is strong. */
void toc_sheet_write(toc_sheet *sheet, toc_sheet_style style, const char *markup);
/* A name, and beside it what is known; a line to write on where that is "". */
void toc_sheet_datum(toc_sheet *sheet, const char *name, const char *text);
void toc_sheet_tabulate(toc_sheet *sheet, const toc_sheet_table *table);
/* As wide as the page. */
void toc_sheet_map(toc_sheet *sheet, const toc_topology *topology);
/* How many letters no font of this machine has. */
uint32_t toc_sheet_unknown(const toc_sheet *sheet);
/* Appends the pages. The same sheet gives the same bytes on the same machine. */
toc_status toc_sheet_print(toc_sheet *sheet, toc_problems *problems, toc_formats_buffer *buffer);

#endif
