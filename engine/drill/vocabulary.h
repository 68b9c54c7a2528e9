/* Vocabulary: the words that authors choose from, as tables of Markdown, written from where the
   engine has them. */
#ifndef DRILL_VOCABULARY_H
#define DRILL_VOCABULARY_H

#include "tocsin/formats.h"

/* Appends a part of the handbook's page. */
void toc_vocabulary_write(toc_formats_buffer *page);

#endif
