/* Arena: memory that is freed as a whole. With the pool, the only place that calls malloc. No
   memory is our end: the program stops with a message. */
#ifndef KERNEL_ARENA_H
#define KERNEL_ARENA_H

#include <stddef.h>

typedef struct toc_arena toc_arena;

toc_arena *toc_arena_create(void);
void toc_arena_destroy(toc_arena *arena);
/* Zeroed, aligned for any type. */
void *toc_arena_alloc(toc_arena *arena, size_t size);
char *toc_arena_text(toc_arena *arena, const char *text);
char *toc_arena_text_n(toc_arena *arena, const char *text, size_t length);
char *toc_arena_format(toc_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Forgets all that was allocated and keeps the blocks. */
void toc_arena_reset(toc_arena *arena);
/* Bytes taken from the system. */
size_t toc_arena_bytes(const toc_arena *arena);

/* Checked heap for the few things that grow: never NULL, `count * size` cannot overflow. */
void *toc_arena_heap(void *old, size_t count, size_t size);
/* A new block that begins a cache line, on huge pages if large: for what is walked at random. */
void *toc_arena_heap_aligned(size_t count, size_t size);
void toc_arena_heap_free(void *block);

#endif
