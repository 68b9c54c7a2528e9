/* Schema page: what a topology file may hold, element by element, as Markdown, from the schema that
   editors check such files with. */
#ifndef FORMATS_SCHEMA_PAGE_H
#define FORMATS_SCHEMA_PAGE_H

#include <stddef.h>

#include "tocsin/formats.h"

/* A schema that the program holds. */
typedef struct toc_schema_page_file {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} toc_schema_page_file;

extern const toc_schema_page_file toc_embedded_schemas[];
extern const size_t toc_embedded_schemas_count;

void toc_schema_page_write(toc_formats_buffer *page);

#endif
