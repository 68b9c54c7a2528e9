/* Reference: what is bound, as stubs for editors (LuaLS) and as a page for people, from the same
   rows that bind it. */
#ifndef SCRIPT_REFERENCE_H
#define SCRIPT_REFERENCE_H

#include "script/binder.h"

typedef struct toc_reference_sink {
    void (*write)(void *object, const char *bytes, size_t size);
    void *object;
} toc_reference_sink;

/* What one host offers: its classes and the functions of one of its modules. */
typedef struct toc_reference_part {
    const toc_host *host;
    const char *module; /* "tocsin" */
    const char *local;  /* how the functions' rows name it: "t" */
    const char *title;  /* of its chapter */
} toc_reference_part;

/* One file of stubs: what part `which` has and no part before it. Rows whose signature cannot be
   read are left out; the result is how many those are. */
size_t toc_reference_stubs(const toc_reference_part *parts, size_t count, size_t which,
                           const toc_reference_sink *sink);
/* All parts as Markdown. */
void toc_reference_page(const toc_reference_part *parts, size_t count,
                        const toc_reference_sink *sink);

#endif
