/* Embedded: the scenario authors' library (lua/), carried inside the program. */
#ifndef SCRIPT_EMBEDDED_H
#define SCRIPT_EMBEDDED_H

#include <stddef.h>

typedef struct toc_embedded_file {
    const char *path; /* relative to lua/: "tocsin/init.lua" */
    const unsigned char *bytes;
    size_t size;
} toc_embedded_file;

extern const toc_embedded_file toc_embedded_lua[];
extern const size_t toc_embedded_lua_count;

#endif
