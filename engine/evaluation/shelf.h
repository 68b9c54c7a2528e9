/* Shelf: arrays that grow, for a guest that has no arena. */
#ifndef EVALUATION_SHELF_H
#define EVALUATION_SHELF_H

#include <stddef.h>

/* Room for one more behind `count` elements of `size` bytes; the array may move. The machine's lack
   of memory ends the program. */
void *toc_shelf_grow(void *array, size_t count, size_t size);
/* Zeroed; never NULL, also for none. */
void *toc_shelf_zeroed(size_t count, size_t size);

#endif
