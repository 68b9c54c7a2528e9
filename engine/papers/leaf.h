/* Leaf: what one paper says, described once, for whatever it is printed as. */
#ifndef PAPERS_LEAF_H
#define PAPERS_LEAF_H

#include <stdbool.h>

#include "papers/phrase.h"
#include "tocsin/topology.h"

typedef enum toc_leaf_kind {
    TOC_LEAF_HEADING,
    TOC_LEAF_SUBHEADING,
    TOC_LEAF_LINE,  /* its words may be **strong** */
    TOC_LEAF_DATUM, /* a name and what is known under it; "": a line to be filled in by hand */
    TOC_LEAF_TABLE, /* its first row are heads, printed again on every page that it reaches */
    TOC_LEAF_FORM,  /* rows of a name and a text; "": a space to be filled in by hand */
    TOC_LEAF_MAP
} toc_leaf_kind;

typedef enum toc_leaf_column {
    TOC_LEAF_AS_NEEDED,
    TOC_LEAF_NARROW,
    TOC_LEAF_TO_FILL, /* a word or two are written into it */
    TOC_LEAF_BY_HAND  /* wide: there is much to write */
} toc_leaf_column;

typedef struct toc_leaf_block {
    toc_leaf_kind kind;
    unsigned columns, rows;
    const char *const *cells;      /* row by row */
    const toc_leaf_column *widths; /* of a table */
    const toc_topology *topology;  /* of a map; lent by who wrote the leaf */
} toc_leaf_block;

typedef struct toc_leaf toc_leaf;

/* What it is called, what drill it is of, how confidential it is ("": nothing is said of that). */
typedef struct toc_leaf_head {
    const char *language;
    toc_phrase_id name;
    const char *title, *classification;
    bool landscape;
} toc_leaf_head;

/* Texts are copied; those of blocks are valid UTF-8. */
toc_leaf *toc_leaf_create(const toc_leaf_head *head);
void toc_leaf_destroy(toc_leaf *leaf);
toc_leaf_head toc_leaf_head_of(const toc_leaf *leaf);
unsigned toc_leaf_count(const toc_leaf *leaf);
toc_leaf_block toc_leaf_at(const toc_leaf *leaf, unsigned index);
/* A phrase in the leaf's language. */
const char *toc_leaf_say(const toc_leaf *leaf, toc_phrase_id id);

void toc_leaf_heading(toc_leaf *leaf, toc_phrase_id id);
void toc_leaf_line(toc_leaf *leaf, const char *text);
/* A text of Markdown: its headings, lists, tables and paragraphs. */
void toc_leaf_text(toc_leaf *leaf, const char *text);
void toc_leaf_datum(toc_leaf *leaf, toc_phrase_id id, const char *text);
/* Rows follow with toc_leaf_row, as many cells as there are heads. */
void toc_leaf_table(toc_leaf *leaf, const toc_phrase_id *heads, unsigned count);
/* Rows follow with toc_leaf_entry. */
void toc_leaf_form(toc_leaf *leaf);
void toc_leaf_row(toc_leaf *leaf, const char *const *cells);
void toc_leaf_entry(toc_leaf *leaf, toc_phrase_id id, const char *text);
void toc_leaf_map(toc_leaf *leaf, const toc_topology *topology);

#endif
