/* List: a growing array of one element type on the checked heap. Zero it to start. Elements move
   when the list grows: keep indexes, not pointers. */
#ifndef KERNEL_LIST_H
#define KERNEL_LIST_H

#include <stddef.h>
#include <stdint.h>

typedef struct toc_list {
    void *items;
    uint32_t count, capacity;
} toc_list;

/* Adds a zeroed element and returns it. */
void *toc_list_add(toc_list *list, size_t item_size);
void toc_list_finish(toc_list *list);

#define TOC_LIST_AT(type, list, index) (&((type *)(list)->items)[index])

#endif
