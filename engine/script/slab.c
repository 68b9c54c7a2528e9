/* Slab: free lists for small blocks, a header for large ones. */
#include "script/slab.h"

#include <lua.h>
#include <string.h>

#include "kernel/arena.h"
#include "kernel/assert.h"

enum {
    GRAIN = 16,
    CLASSES =
        64, /* small blocks are at most GRAIN * CLASSES bytes: a new coroutine's stack is one */
    SMALL = GRAIN * CLASSES,
    CHUNK = 1 << 16,
    LARGE_CHUNK =
        1 << 21, /* of a state of many coroutines: huge pages, which Lua walks at random */
    LARGE_CHUNK_FROM = 1 << 22,
    FREE_TEXT = 4096, /* texts up to here cost no more than an instruction */
    BYTES_PER_UNIT = 8,
    BYTES_PER_COLLECTED_UNIT = 16,
    TEXT_UNITS = 16, /* making a text or a function is more than taking memory */
    FUNCTION_UNITS = 16,
    TEXT_CLASSES = 64,
    RESERVE = 1 << 20 /* beyond the total for those who prepare callbacks, who cannot fail */
};

struct free_block {
    struct free_block *next;
};

/* In front of each large block; keeps its alignment. */
struct large {
    size_t text_class; /* 0: not a long text */
    size_t unused;
};

struct chunk {
    struct chunk *next;
    size_t unused;
};

struct toc_slab {
    toc_slab_limits limits;
    toc_budget *budget;
    toc_slab_refused *refused;
    void *object;
    size_t bytes;
    struct free_block *free[CLASSES];
    struct chunk *chunks;
    char *fresh, *fresh_end; /* the part of the newest chunk that was never used */
    uint32_t long_texts[TEXT_CLASSES];
    uint32_t longest; /* highest class of long_texts that is not empty, 0 for none */
};

toc_slab *toc_slab_create(const toc_slab_limits *limits, toc_budget *budget,
                          toc_slab_refused *refused, void *object) {
    toc_slab *slab = toc_arena_heap(NULL, 1, sizeof *slab);
    memset(slab, 0, sizeof *slab);
    slab->limits = *limits;
    slab->budget = budget;
    slab->refused = refused;
    slab->object = object;
    return slab;
}

void toc_slab_destroy(toc_slab *slab) {
    if (slab == NULL) {
        return;
    }
    while (slab->chunks != NULL) {
        struct chunk *next = slab->chunks->next;
        toc_arena_heap_free(slab->chunks);
        slab->chunks = next;
    }
    toc_arena_heap_free(slab);
}

static size_t class_of(size_t size) {
    return (size - 1) / GRAIN;
}

static void *small_take(toc_slab *slab, size_t size) {
    size_t index = class_of(size), bytes = (index + 1) * GRAIN;
    struct free_block *block = slab->free[index];
    if (block != NULL) {
        slab->free[index] = block->next;
        return block;
    }
    if ((size_t)(slab->fresh_end - slab->fresh) < bytes) {
        size_t chunk_size = slab->bytes < LARGE_CHUNK_FROM ? CHUNK : LARGE_CHUNK;
        struct chunk *chunk = toc_arena_heap_aligned(1, chunk_size);
        chunk->next = slab->chunks;
        slab->chunks = chunk;
        slab->fresh = (char *)(chunk + 1);
        slab->fresh_end = (char *)chunk + chunk_size;
    }
    block = (struct free_block *)(void *)slab->fresh;
    slab->fresh += bytes;
    return block;
}

static void small_give(toc_slab *slab, void *memory, size_t size) {
    struct free_block *block = memory;
    block->next = slab->free[class_of(size)];
    slab->free[class_of(size)] = block;
}

/* Class c of long texts holds those above FREE_TEXT << (c - 1) bytes. */
static size_t text_class(size_t size) {
    size_t index = 0;
    while (index + 1 < TEXT_CLASSES && size > ((size_t)FREE_TEXT << index)) {
        index++;
    }
    return index;
}

static void *large_take(toc_slab *slab, size_t size, bool is_text) {
    TOC_ASSERT(size <= SIZE_MAX - sizeof(struct large));
    struct large *large = toc_arena_heap(NULL, 1, sizeof *large + size);
    large->text_class = is_text ? text_class(size) : 0;
    if (large->text_class > 0) {
        slab->long_texts[large->text_class]++;
        if (large->text_class > slab->longest) {
            slab->longest = (uint32_t)large->text_class;
        }
    }
    return large + 1;
}

static void large_give(toc_slab *slab, void *block) {
    struct large *large = (struct large *)block - 1;
    if (large->text_class > 0) {
        slab->long_texts[large->text_class]--;
        while (slab->longest > 0 && slab->long_texts[slab->longest] == 0) {
            slab->longest--;
        }
    }
    toc_arena_heap_free(large);
}

static void give(toc_slab *slab, void *block, size_t size) {
    if (size == 0) {
        return;
    }
    if (size > SMALL) {
        large_give(slab, block);
    } else {
        small_give(slab, block, size);
    }
}

/* What making a block of `size` bytes costs, in units; `kind` is Lua's type or 0. */
static uint64_t work_of(size_t size, size_t kind) {
    uint64_t work = size / BYTES_PER_UNIT;
    if (kind == LUA_TSTRING) {
        work += TEXT_UNITS;
    } else if (kind == LUA_TFUNCTION) {
        /* each variable that it shares is looked for among those already shared */
        uint64_t shared = size / sizeof(void *);
        work += FUNCTION_UNITS + shared * shared / 8;
    }
    return work;
}

/* Lua allocates a table's keys as a new block of 24 bytes times a power of two. */
static bool has_too_many_keys(size_t size) {
    enum { KEY = 24 };
    size_t keys = size / KEY;
    return size % KEY == 0 && keys > TOC_SLAB_KEYS && (keys & (keys - 1)) == 0;
}

static bool is_refused(toc_slab *slab, size_t old_size, size_t new_size, size_t kind) {
    bool is_text = kind == LUA_TSTRING;
    toc_refusal refusal;
    size_t total = slab->limits.total + (slab->budget->depth == 0 ? RESERVE : 0);
    if (new_size > slab->limits.block) {
        refusal = TOC_REFUSED_BLOCK;
    } else if (kind == 0 && old_size == 0 && has_too_many_keys(new_size)) {
        refusal = TOC_REFUSED_KEYS;
    } else if (is_text && new_size > slab->limits.text) {
        refusal = TOC_REFUSED_TEXT;
    } else if (slab->bytes - old_size > total || new_size > total - (slab->bytes - old_size)) {
        /* Lua collects all garbage now and asks again: that is work for a nearly full state. */
        (void)toc_budget_charge(slab->budget, slab->bytes / BYTES_PER_COLLECTED_UNIT);
        refusal = TOC_REFUSED_TOTAL;
    } else if (!toc_budget_charge(slab->budget, work_of(new_size - old_size, kind))) {
        refusal = TOC_REFUSED_BUDGET;
    } else {
        return false;
    }
    slab->refused(slab->object, refusal);
    return true;
}

void *toc_slab_resize(void *memory, void *block, size_t old_size, size_t new_size) {
    toc_slab *slab = memory;
    size_t kind = 0;
    if (block == NULL) {
        kind = old_size; /* for new blocks Lua says here what they are for */
        old_size = 0;
    }
    if (new_size > old_size && is_refused(slab, old_size, new_size, kind)) {
        return NULL;
    }
    slab->bytes += new_size - old_size;
    if (new_size == 0) {
        give(slab, block, old_size);
        return NULL;
    }
    if (old_size > 0 && old_size <= SMALL && new_size <= SMALL &&
        class_of(old_size) == class_of(new_size)) {
        return block;
    }
    if (old_size > SMALL && new_size > SMALL) {
        struct large *large = (struct large *)block - 1;
        return (struct large *)toc_arena_heap(large, 1, sizeof *large + new_size) + 1;
    }
    void *moved = new_size > SMALL ? large_take(slab, new_size, kind == LUA_TSTRING)
                                   : small_take(slab, new_size);
    if (old_size > 0) {
        memcpy(moved, block, old_size < new_size ? old_size : new_size);
        give(slab, block, old_size);
    }
    return moved;
}

size_t toc_slab_bytes(const toc_slab *slab) {
    return slab->bytes;
}

uint64_t toc_slab_price(const toc_slab *slab) {
    return UINT64_C(1) << slab->longest;
}
