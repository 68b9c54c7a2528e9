/* Names: open addressing over places of texts, with the hash beside them, so that a look-up reads
   one slot and one text. Texts lie in segments of doubling size in order of arrival: walking the
   set never follows the hash, and a text never moves. */
#include "kernel/names.h"

#include <string.h>

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/digest.h"

enum {
    LONGEST_COMPARED = 64,
    FIRST_SEGMENT_BITS = 8, /* words of four bytes */
    SEGMENTS = 32 - FIRST_SEGMENT_BITS
};

#define FIRST_SEGMENT (UINT32_C(1) << FIRST_SEGMENT_BITS)

struct slot {
    uint32_t hash;
    uint32_t place; /* of the text, plus one; 0 is free */
};

struct toc_names {
    uint32_t *segments[SEGMENTS]; /* of records: a word with the number, then the text */
    uint32_t *places;             /* by number */
    struct slot *table;
    uint32_t count, capacity, slots, words;
};

toc_names *toc_names_create(void) {
    toc_names *names = toc_arena_heap(NULL, 1, sizeof *names);
    *names = (toc_names){.slots = 16};
    names->table = toc_arena_heap_aligned(names->slots, sizeof *names->table);
    memset(names->table, 0, names->slots * sizeof *names->table);
    return names;
}

void toc_names_destroy(toc_names *names) {
    if (names == NULL) {
        return;
    }
    for (size_t i = 0; i < SEGMENTS; i++) {
        toc_arena_heap_free(names->segments[i]);
    }
    toc_arena_heap_free(names->places);
    toc_arena_heap_free(names->table);
    toc_arena_heap_free(names);
}

/* Segment k begins at word FIRST_SEGMENT * (2^k - 1). */
static inline unsigned segment_of(uint32_t place) {
    return 31u - (unsigned)__builtin_clz(place + FIRST_SEGMENT) - FIRST_SEGMENT_BITS;
}

static inline uint32_t segment_start(unsigned segment) {
    return (FIRST_SEGMENT << segment) - FIRST_SEGMENT;
}

static inline uint32_t *record_at(const toc_names *names, uint32_t place) {
    unsigned segment = segment_of(place);
    return names->segments[segment] + (place - segment_start(segment));
}

static inline const char *text_of(const uint32_t *record) {
    return (const char *)(record + 1);
}

/* A word at a time; which slot a name gets is nobody's business, so its bytes may lie as they do.
 */
static uint32_t hash_of(const char *name, size_t length) {
    uint64_t hash = length, word = 0;
    for (; length >= sizeof word; name += sizeof word, length -= sizeof word) {
        memcpy(&word, name, sizeof word);
        hash = toc_digest_mixed(hash ^ word);
    }
    word = 0;
    memcpy(&word, name, length);
    return (uint32_t)toc_digest_mixed(hash ^ word);
}

/* The name's slot, or the free one where it belongs. */
static uint32_t slot_of(const toc_names *names, const char *name, uint32_t hash) {
    uint32_t slot = hash & (names->slots - 1);
    for (; names->table[slot].place != 0; slot = (slot + 1) & (names->slots - 1)) {
        if (names->table[slot].hash == hash &&
            strcmp(text_of(record_at(names, names->table[slot].place - 1)), name) == 0) {
            break;
        }
    }
    return slot;
}

static void grow_table(toc_names *names) {
    struct slot *old = names->table;
    uint32_t slots = names->slots;
    TOC_ASSERT(slots <= UINT32_MAX / 2);
    names->slots = slots * 2;
    names->table = toc_arena_heap_aligned(names->slots, sizeof *names->table);
    memset(names->table, 0, names->slots * sizeof *names->table);
    for (uint32_t i = 0; i < slots; i++) {
        uint32_t slot = old[i].hash & (names->slots - 1);
        while (old[i].place != 0 && names->table[slot].place != 0) {
            slot = (slot + 1) & (names->slots - 1);
        }
        if (old[i].place != 0) {
            names->table[slot] = old[i];
        }
    }
    toc_arena_heap_free(old);
}

/* Room for so many words in one segment. */
static uint32_t place_for(toc_names *names, size_t words) {
    uint32_t place = names->words;
    unsigned segment = segment_of(place);
    while (place - segment_start(segment) + words > FIRST_SEGMENT << segment) {
        segment++;
        TOC_ASSERT(segment < SEGMENTS - 1);
        place = segment_start(segment);
    }
    if (names->segments[segment] == NULL) {
        names->segments[segment] =
            toc_arena_heap_aligned(FIRST_SEGMENT << segment, sizeof(uint32_t));
    }
    names->words = place + (uint32_t)words;
    return place;
}

static uint32_t append(toc_names *names, const char *name, size_t length) {
    uint32_t place = place_for(names, 1 + length / sizeof(uint32_t) + 1);
    uint32_t *record = record_at(names, place);
    if (names->count == names->capacity) {
        names->capacity = names->capacity == 0 ? 16 : names->capacity * 2;
        names->places = toc_arena_heap(names->places, names->capacity, sizeof *names->places);
    }
    names->places[names->count] = place;
    record[0] = names->count++;
    memcpy(record + 1, name, length + 1);
    return place;
}

static uint32_t add(toc_names *names, const char *name, size_t length, uint32_t hash) {
    uint32_t slot = slot_of(names, name, hash);
    if (names->table[slot].place != 0) {
        return *record_at(names, names->table[slot].place - 1);
    }
    names->table[slot] = (struct slot){hash, append(names, name, length) + 1};
    if (names->count / 3 >= names->slots / 4) {
        grow_table(names);
    }
    return names->count - 1;
}

uint32_t toc_names_add(toc_names *names, const char *name, bool *was_new) {
    size_t length = strlen(name);
    uint32_t before = names->count;
    uint32_t number = add(names, name, length, hash_of(name, length));
    if (was_new != NULL) {
        *was_new = names->count > before;
    }
    return number;
}

void toc_names_add_all(toc_names *names, const char *const *list, size_t count, uint32_t *out) {
    size_t lengths[TOC_NAMES_TOGETHER];
    uint32_t hashes[TOC_NAMES_TOGETHER];
    TOC_ASSERT(count <= TOC_NAMES_TOGETHER);
    for (size_t i = 0; i < count; i++) {
        lengths[i] = strlen(list[i]);
        hashes[i] = hash_of(list[i], lengths[i]);
        __builtin_prefetch(&names->table[hashes[i] & (names->slots - 1)]);
    }
    for (size_t i = 0; i < count; i++) {
        const struct slot *slot = &names->table[hashes[i] & (names->slots - 1)];
        if (slot->place != 0) {
            __builtin_prefetch(record_at(names, slot->place - 1));
        }
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = add(names, list[i], lengths[i], hashes[i]);
    }
}

void toc_names_expect(const toc_names *names, const char *name) {
    __builtin_prefetch(&names->table[hash_of(name, strlen(name)) & (names->slots - 1)]);
}

uint32_t toc_names_find(const toc_names *names, const char *name) {
    size_t length = strlen(name);
    uint32_t slot = slot_of(names, name, hash_of(name, length));
    uint32_t place = names->table[slot].place;
    return place == 0 ? TOC_NONE : *record_at(names, place - 1);
}

const char *toc_names_at(const toc_names *names, uint32_t number) {
    TOC_ASSERT(number < names->count);
    return text_of(record_at(names, names->places[number]));
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

/* Takes `candidate` where it is nearer than `best`. */
static const char *nearer(const char *nearest, const char *candidate, const char *name,
                          size_t *best) {
    size_t far = distance(name, candidate, *best);
    if (far >= *best) {
        return nearest;
    }
    *best = far;
    return candidate;
}

const char *toc_names_nearest_of(const char *const *table, size_t count, const char *name) {
    const char *nearest = NULL;
    size_t best = farthest(name) + 1;
    for (size_t i = 0; i < count; i++) {
        nearest = nearer(nearest, table[i], name, &best);
    }
    return nearest;
}

const char *toc_names_nearest(const toc_names *names, const char *name) {
    const char *nearest = NULL;
    size_t best = farthest(name) + 1;
    for (uint32_t i = 0; i < names->count; i++) {
        nearest = nearer(nearest, toc_names_at(names, i), name, &best);
    }
    return nearest;
}
