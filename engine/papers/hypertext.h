/* Hypertext: a leaf as HTML that needs nothing beside it, with the marking of an exercise above and
   below every printed page. Everybody's text is escaped. */
#ifndef PAPERS_HYPERTEXT_H
#define PAPERS_HYPERTEXT_H

#include "papers/leaf.h"
#include "tocsin/formats.h"

/* Appends the page. */
toc_status toc_hypertext_write(const toc_leaf *leaf, toc_problems *problems,
                               toc_formats_buffer *buffer);

#endif
