/* Page: a rehearsal as one picture to print or to show around. */
#ifndef STUDY_PAGE_H
#define STUDY_PAGE_H

#include "study/rehearsal.h"
#include "tocsin/formats.h"

/* Appends an SVG document. */
void toc_page_draw(const char *title, const toc_rehearsal *rehearsal, toc_formats_buffer *page);

#endif
