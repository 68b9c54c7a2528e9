/* Arena: blocks of growing size in a chain; large requests get a block of their own. */
#define _DEFAULT_SOURCE /* madvise */
#include "kernel/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "kernel/assert.h"

#define FIRST_BLOCK  ((size_t)4096)
#define LARGEST_STEP ((size_t)1 << 22)
#define HUGE_PAGE    ((size_t)1 << 21)
#define CACHE_LINE   ((size_t)64)
#define ALIGNMENT    ((size_t)16)

struct block {
    struct block *next;
    size_t size, used;
    size_t padding; /* keeps the bytes behind aligned */
};

struct toc_arena {
    struct block *first, *current;
    size_t bytes;
};

static _Noreturn void out_of_memory(size_t size) {
    (void)fprintf(stderr, "tocsin: out of memory (%zu bytes wanted)\n", size);
    exit(3);
}

/* Random walks through a large block miss the translation cache more often than the memory itself;
   huge pages help where the system has them. A hint only: nothing depends on it. */
static void hint_huge(void *block, size_t bytes) {
#ifdef MADV_HUGEPAGE
    size_t before = (HUGE_PAGE - (uintptr_t)block % HUGE_PAGE) % HUGE_PAGE;
    if (bytes >= before + HUGE_PAGE) {
        (void)madvise((char *)block + before, (bytes - before) / HUGE_PAGE * HUGE_PAGE,
                      MADV_HUGEPAGE);
    }
#else
    (void)block;
    (void)bytes;
#endif
}

void *toc_arena_heap(void *old, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        out_of_memory(SIZE_MAX);
    }
    size_t bytes = count * size;
    void *block = realloc(old, bytes == 0 ? 1 : bytes);
    if (block == NULL) {
        out_of_memory(bytes);
    }
    hint_huge(block, bytes);
    return block;
}

void *toc_arena_heap_aligned(size_t count, size_t size) {
    if (size != 0 && count > (SIZE_MAX - HUGE_PAGE) / size) {
        out_of_memory(SIZE_MAX);
    }
    size_t alignment = count * size < HUGE_PAGE ? CACHE_LINE : HUGE_PAGE;
    size_t bytes = (count * size + alignment - 1) & ~(alignment - 1);
    void *block = aligned_alloc(alignment, bytes);
    if (block == NULL) {
        out_of_memory(bytes);
    }
    hint_huge(block, bytes);
    return block;
}

void toc_arena_heap_free(void *block) {
    free(block);
}

static struct block *block_create(toc_arena *arena, size_t size) {
    struct block *block = toc_arena_heap_aligned(1, sizeof *block + size);
    *block = (struct block){.next = NULL, .size = size, .used = 0, .padding = 0};
    arena->bytes += sizeof *block + size;
    return block;
}

toc_arena *toc_arena_create(void) {
    toc_arena *arena = toc_arena_heap(NULL, 1, sizeof *arena);
    arena->bytes = sizeof *arena;
    arena->first = block_create(arena, FIRST_BLOCK);
    arena->current = arena->first;
    return arena;
}

void toc_arena_destroy(toc_arena *arena) {
    if (arena == NULL) {
        return;
    }
    for (struct block *block = arena->first; block != NULL;) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
    free(arena);
}

/* Blocks kept by a reset are used again before a new one is made. With its head a large block fills
   whole pages, also huge ones. */
static struct block *block_with_room(toc_arena *arena, size_t size) {
    struct block *block = arena->current;
    while (block->size - block->used < size) {
        if (block->next == NULL) {
            size_t step = (block->size + sizeof *block) * 2;
            step = (step > LARGEST_STEP ? LARGEST_STEP : step) - sizeof *block;
            block->next = block_create(arena, size > step ? size : step);
        }
        block = block->next;
    }
    arena->current = block;
    return block;
}

void *toc_arena_alloc(toc_arena *arena, size_t size) {
    if (size > SIZE_MAX - ALIGNMENT - sizeof(struct block)) {
        out_of_memory(size);
    }
    size_t rounded = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    struct block *block = block_with_room(arena, rounded);
    void *memory = (char *)(block + 1) + block->used;
    block->used += rounded;
    memset(memory, 0, rounded);
    return memory;
}

char *toc_arena_text_n(toc_arena *arena, const char *text, size_t length) {
    char *copy = toc_arena_alloc(arena, length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *toc_arena_text(toc_arena *arena, const char *text) {
    return toc_arena_text_n(arena, text, strlen(text));
}

char *toc_arena_format(toc_arena *arena, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    TOC_ASSERT(length >= 0);
    char *text = toc_arena_alloc(arena, (size_t)length + 1);
    (void)vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void toc_arena_reset(toc_arena *arena) {
    for (struct block *block = arena->first; block != NULL; block = block->next) {
        block->used = 0;
    }
    arena->current = arena->first;
}

size_t toc_arena_bytes(const toc_arena *arena) {
    return arena->bytes;
}
