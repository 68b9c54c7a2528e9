/* Template: the package that `tocsin new` makes, carried inside the program (assets/template). */
#ifndef CLI_TEMPLATE_H
#define CLI_TEMPLATE_H

#include <stddef.h>

typedef struct toc_template_file {
    const char *path;
    const unsigned char *bytes;
    size_t size;
} toc_template_file;

extern const toc_template_file toc_embedded_template[];
extern const size_t toc_embedded_template_count;

#endif
