/* Leaf: one paper as HTML that needs nothing beside it, with the marking of an exercise above and
   below every printed page. Everybody's text is escaped. */
#ifndef PAPERS_LEAF_H
#define PAPERS_LEAF_H

#include "papers/phrase.h"
#include "tocsin/formats.h"

typedef struct toc_leaf {
    toc_formats_buffer *buffer;
    const char *language;
} toc_leaf;

void toc_leaf_begin(const toc_leaf *leaf, toc_phrase_id kind, const char *title);
void toc_leaf_end(const toc_leaf *leaf);
void toc_leaf_heading(const toc_leaf *leaf, toc_phrase_id id);
void toc_leaf_line(const toc_leaf *leaf, const char *text);
/* What is known under a name; a ruled line to be filled in by hand where it is NULL or "". */
void toc_leaf_datum(const toc_leaf *leaf, toc_phrase_id id, const char *text);
/* A text of Markdown: its headings, lists and paragraphs. */
void toc_leaf_text(const toc_leaf *leaf, const char *text);
/* Ended by toc_leaf_table_end; its head is printed again on every page that it reaches. */
void toc_leaf_table(const toc_leaf *leaf, const toc_phrase_id *heads, unsigned count);
void toc_leaf_row(const toc_leaf *leaf, const char *const *cells, unsigned count);
void toc_leaf_table_end(const toc_leaf *leaf);

#endif
