/* Pdf: a leaf on pages of A4. */
#ifndef PAPERS_PDF_H
#define PAPERS_PDF_H

#include "papers/leaf.h"
#include "tocsin/formats.h"

/* Appends the pages, and adds to *unknown the letters that no font of this machine has. */
toc_status toc_pdf_write(const toc_leaf *leaf, toc_problems *problems, toc_formats_buffer *buffer,
                         uint32_t *unknown);

#endif
