/* Names: open addressing over numbers; texts in an arena in order of arrival, so that walking the
   set never follows the hash. */
#include "kernel/names.h"

#include <string.h>

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/digest.h"

#define LONGEST_COMPARED 64

struct toc_names {
    toc_arena *arena;
    const char **texts;
    uint32_t *table; /* number + 1; 0 is free */
    uint32_t count, capacity, slots;
};

toc_names *toc_names_create(void) {
    toc_names *names = toc_arena_heap(NULL, 1, sizeof *names);
    *names = (toc_names){.arena = toc_arena_create(), .slots = 16};
    names->table = toc_arena_heap(NULL, names->slots, sizeof *names->table);
    memset(names->table, 0, names->slots * sizeof *names->table);
    return names;
}

void toc_names_destroy(toc_names *names) {
    if (names == NULL) {
        return;
    }
    toc_arena_destroy(names->arena);
    toc_arena_heap_free(names->texts);
    toc_arena_heap_free(names->table);
    toc_arena_heap_free(names);
}

static uint32_t slot_of(const toc_names *names, const char *name) {
    toc_digest digest = toc_digest_start();
    toc_digest_text(&digest, name);
    uint32_t slot = (uint32_t)toc_digest_value(digest) & (names->slots - 1);
    while (names->table[slot] != 0 && strcmp(names->texts[names->table[slot] - 1], name) != 0) {
        slot = (slot + 1) & (names->slots - 1);
    }
    return slot;
}

static void grow_table(toc_names *names) {
    TOC_ASSERT(names->slots <= UINT32_MAX / 2);
    names->slots *= 2;
    names->table = toc_arena_heap(names->table, names->slots, sizeof *names->table);
    memset(names->table, 0, names->slots * sizeof *names->table);
    for (uint32_t number = 0; number < names->count; number++) {
        names->table[slot_of(names, names->texts[number])] = number + 1;
    }
}

uint32_t toc_names_add(toc_names *names, const char *name, bool *was_new) {
    uint32_t slot = slot_of(names, name);
    if (was_new != NULL) {
        *was_new = names->table[slot] == 0;
    }
    if (names->table[slot] != 0) {
        return names->table[slot] - 1;
    }
    if (names->count == names->capacity) {
        names->capacity = names->capacity == 0 ? 16 : names->capacity * 2;
        names->texts = toc_arena_heap(names->texts, names->capacity, sizeof *names->texts);
    }
    names->texts[names->count] = toc_arena_text(names->arena, name);
    names->table[slot] = ++names->count;
    if (names->count * 2 > names->slots) {
        grow_table(names);
    }
    return names->count - 1;
}

uint32_t toc_names_find(const toc_names *names, const char *name) {
    uint32_t found = names->table[slot_of(names, name)];
    return found == 0 ? TOC_NONE : found - 1;
}

const char *toc_names_at(const toc_names *names, uint32_t number) {
    TOC_ASSERT(number < names->count);
    return names->texts[number];
}

uint32_t toc_names_count(const toc_names *names) {
    return names->count;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Optimal string alignment: insert, delete, change, swap neighbours; `limit` when farther. */
static size_t distance(const char *a, const char *b, size_t limit) {
    size_t rows[3][LONGEST_COMPARED + 1];
    size_t width = strlen(b), height = strlen(a);
    if (width > LONGEST_COMPARED || height > LONGEST_COMPARED) {
        return limit;
    }
    for (size_t j = 0; j <= width; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= height; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t changed = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(changed, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = least(row[j], second[j - 2] + 1);
            }
        }
    }
    return least(rows[height % 3][width], limit);
}

/* How far off a name may be and still be offered. */
static size_t farthest(const char *name) {
    size_t length = strlen(name);
    return length < 3 ? 1 : (length + 2) / 3;
}

const char *toc_names_nearest_of(const char *const *table, size_t count, const char *name) {
    const char *nearest = NULL;
    size_t best = farthest(name) + 1;
    for (size_t i = 0; i < count; i++) {
        size_t far = distance(name, table[i], best);
        if (far < best) {
            best = far;
            nearest = table[i];
        }
    }
    return nearest;
}

const char *toc_names_nearest(const toc_names *names, const char *name) {
    return toc_names_nearest_of(names->texts, names->count, name);
}
