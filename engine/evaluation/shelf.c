#include "evaluation/shelf.h"

#include <stdio.h>
#include <stdlib.h>

#include "tocsin/status.h"

static void *or_stop(void *memory) {
    if (memory == NULL) {
        (void)fprintf(stderr, "tocsin: out of memory\n");
        exit(TOC_SYSTEM_FAULT);
    }
    return memory;
}

void *toc_shelf_grow(void *array, size_t count, size_t size) {
    /* doubling at powers of two: no capacity to be kept */
    if ((count & (count - 1)) != 0) {
        return array;
    }
    return or_stop(realloc(array, (count == 0 ? 1 : count * 2) * size));
}

void *toc_shelf_zeroed(size_t count, size_t size) {
    return or_stop(calloc(count == 0 ? 1 : count, size));
}
