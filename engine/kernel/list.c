#include "kernel/list.h"

#include <string.h>

#include "kernel/arena.h"
#include "kernel/assert.h"

void *toc_list_add(toc_list *list, size_t item_size) {
    if (list->count == list->capacity) {
        TOC_ASSERT(list->capacity < UINT32_MAX / 2);
        list->capacity = list->capacity == 0 ? 8 : list->capacity * 2;
        list->items = toc_arena_heap(list->items, list->capacity, item_size);
    }
    void *item = (char *)list->items + (size_t)list->count * item_size;
    memset(item, 0, item_size);
    list->count++;
    return item;
}

void toc_list_finish(toc_list *list) {
    toc_arena_heap_free(list->items);
    *list = (toc_list){0};
}
