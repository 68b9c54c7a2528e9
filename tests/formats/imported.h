/* Imported: bytes brought in by an importer, and what it said of them, for tests of this room. */
#ifndef TESTS_FORMATS_IMPORTED_H
#define TESTS_FORMATS_IMPORTED_H

#include "support/support.h"

#include "tocsin/formats.h"

struct import {
    toc_status status;
    toc_formats_import result;
    toc_problems *problems;
};

static inline struct import imported(const char *format, const toc_formats_source *sources,
                                     size_t count) {
    struct import import = {TOC_OK, {.topology = NULL}, toc_problems_create()};
    import.status =
        toc_formats_import_topology(format, sources, count, import.problems, &import.result);
    return import;
}

static inline void finish(struct import *import) {
    toc_formats_import_finish(&import->result);
    toc_problems_destroy(import->problems);
}

#endif
