#include "kernel/queue.h"

#include <string.h>

#include "kernel/assert.h"

#define SORTED_MOST    48  /* a bucket of more is split, if it can be */
#define WANTED         16  /* entries a bucket */
#define NEAR_MOST      128 /* a longer near is split */
#define FEW            64  /* as few are kept in one heap */
#define LOW            8   /* the next bucket is sorted while so many are left to hide its misses */
#define CHUNKS_AT_ONCE 256
#define ENTRIES        (TOC_QUEUE_CHUNK / sizeof(toc_entry) - 1)

__extension__ typedef unsigned __int128 key;

/* Entries are appended behind the header until the next chunk boundary. */
struct chunk {
    struct chunk *older;
    uint64_t before; /* entries in all older chunks */
    toc_entry entries[ENTRIES];
};

static key key_of(const toc_entry *entry) {
    return (key)entry->time << 64 | entry->order;
}

void toc_queue_init(toc_queue *queue) {
    *queue = (toc_queue){.spill_at = NEAR_MOST, .is_heap = true, .head = TOC_QUEUE_ROOT};
    queue->end = queue->head;
    queue->limits[0] = UINT64_MAX;
    queue->arena = toc_arena_create();
    queue->levels = toc_arena_alloc(queue->arena, TOC_QUEUE_LEVELS * sizeof *queue->levels);
    queue->levels[0].shift = 63; /* the top has one bucket */
}

void toc_queue_finish(toc_queue *queue) {
    toc_arena_heap_free(queue->near);
    toc_arena_destroy(queue->arena);
}

/* ---- chunks ---- */

static struct chunk *chunk_take(toc_queue *queue) {
    if (queue->free_chunks == NULL) {
        char *block = toc_arena_alloc(queue->arena, (size_t)(CHUNKS_AT_ONCE + 1) * TOC_QUEUE_CHUNK);
        block += -(uintptr_t)block & (TOC_QUEUE_CHUNK - 1);
        for (uint32_t i = CHUNKS_AT_ONCE; i > 0; i--) {
            struct chunk *chunk = (void *)(block + (size_t)(i - 1) * TOC_QUEUE_CHUNK);
            chunk->older = queue->free_chunks;
            queue->free_chunks = chunk;
        }
    }
    struct chunk *chunk = queue->free_chunks;
    queue->free_chunks = chunk->older;
    return chunk;
}

static void chunk_give(toc_queue *queue, struct chunk *chunk) {
    chunk->older = queue->free_chunks;
    queue->free_chunks = chunk;
}

toc_entry *toc_queue_open_chunk(toc_queue *queue, toc_rung *rung, uint64_t bucket) {
    TOC_ASSERT(bucket < TOC_QUEUE_BUCKETS);
    struct chunk *chunk = chunk_take(queue);
    toc_entry *write = rung->write[bucket];
    if (write == NULL) {
        chunk->older = NULL;
        chunk->before = 0;
        rung->filled[bucket / 64] |= UINT64_C(1) << bucket % 64;
    } else {
        chunk->older = (struct chunk *)write - 1;
        chunk->before = chunk->older->before + ENTRIES;
    }
    return chunk->entries;
}

/* A bucket taken out of its rung: its newest chunk and how many entries that one has. */
struct pile {
    struct chunk *chunk;
    uint64_t used;
};

static struct pile bucket_at(const toc_rung *rung, uint64_t bucket) {
    toc_entry *write = rung->write[bucket];
    if (write == NULL) {
        return (struct pile){NULL, 0};
    }
    struct chunk *chunk =
        (struct chunk *)((char *)(write - 1) - ((uintptr_t)(write - 1) & (TOC_QUEUE_CHUNK - 1)));
    return (struct pile){chunk, (uint64_t)(write - chunk->entries)};
}

static struct pile take_bucket(toc_rung *rung, uint64_t bucket) {
    struct pile pile = bucket_at(rung, bucket);
    rung->write[bucket] = NULL;
    rung->filled[bucket / 64] &= ~(UINT64_C(1) << bucket % 64);
    return pile;
}

static uint64_t pile_count(struct pile pile) {
    return pile.chunk == NULL ? 0 : pile.chunk->before + pile.used;
}

static uint64_t bucket_count(const toc_rung *rung, uint64_t bucket) {
    return pile_count(bucket_at(rung, bucket));
}

/* Gives the newest chunk back; the next older one is full. */
static struct pile pile_next(toc_queue *queue, struct pile pile) {
    struct chunk *older = pile.chunk->older;
    chunk_give(queue, pile.chunk);
    return (struct pile){older, ENTRIES};
}

/* Sends for the chunk that comes after the one in hand. Always inline: gcc drops calls of functions
   that only prefetch. */
__attribute__((always_inline)) static inline void fetch_chunk(const struct chunk *chunk) {
    if (chunk != NULL) {
        for (size_t at = 0; at < sizeof *chunk; at += 64) {
            __builtin_prefetch((const char *)chunk + at);
        }
    }
}

/* The slots that tell whether entries are stale. */
__attribute__((always_inline)) static inline void fetch_slots(const toc_queue *queue,
                                                              struct pile pile) {
    for (uint64_t i = 0; i < pile.used; i++) {
        __builtin_prefetch(&queue->events[toc_queue_slot(pile.chunk->entries[i])]);
    }
}

/* Spreads a pile over a rung. */
static void scatter(toc_queue *queue, struct pile pile, toc_rung *rung) {
    bool may_be_stale = queue->stale > 0;
    while (pile.chunk != NULL) {
        fetch_chunk(pile.chunk->older);
        if (may_be_stale) {
            fetch_slots(queue, pile);
        }
        for (uint64_t i = 0; i < pile.used; i++) {
            toc_entry entry = pile.chunk->entries[i];
            if (may_be_stale && toc_queue_is_stale(queue, entry)) {
                queue->stale--;
                continue;
            }
            toc_queue_append(queue, rung, entry);
        }
        pile = pile_next(queue, pile);
    }
}

/* ---- near, as a heap ---- */

static void near_reserve(toc_queue *queue, uint64_t count) {
    uint64_t wanted = count + TOC_QUEUE_ROOT + 5; /* room for the absent brothers of the last */
    if (wanted <= queue->capacity) {
        return;
    }
    TOC_ASSERT(wanted < UINT32_MAX / 2);
    while (queue->capacity < wanted) {
        queue->capacity = queue->capacity == 0 ? 256 : queue->capacity * 2;
    }
    queue->near = toc_arena_heap(queue->near, queue->capacity, sizeof *queue->near);
}

/* Absent children of the last parents count as infinitely late. */
static void close_heap(toc_queue *queue) {
    for (uint32_t i = 0; i < 4; i++) {
        queue->near[queue->end + i] = (toc_entry){UINT64_MAX, UINT64_MAX};
    }
}

static uint32_t earliest_child(const toc_entry *near, uint32_t parent) {
    uint32_t first = 4 * parent - 8;
    key k0 = key_of(&near[first]), k1 = key_of(&near[first + 1]);
    key k2 = key_of(&near[first + 2]), k3 = key_of(&near[first + 3]);
    uint32_t left = k1 < k0, right = 2 + (uint32_t)(k3 < k2);
    key kl = k1 < k0 ? k1 : k0, kr = k3 < k2 ? k3 : k2;
    uint32_t take_right = (uint32_t)0 - (uint32_t)(kr < kl);
    return first + (left ^ ((left ^ right) & take_right));
}

static void sift_up(toc_entry *near, uint32_t hole, uint64_t order, uint64_t time) {
    key own = (key)time << 64 | order;
    while (hole > TOC_QUEUE_ROOT && own < key_of(&near[hole / 4 + 2])) {
        near[hole] = near[hole / 4 + 2];
        hole = hole / 4 + 2;
    }
    near[hole].order = order;
    near[hole].time = time;
}

/* The hole goes down to a leaf without asking where the entry belongs, which is mostly there. */
static void sift_down(const toc_queue *queue, uint32_t hole, uint64_t order, uint64_t time) {
    toc_entry *near = queue->near;
    uint32_t top = hole;
    while (4 * hole - 8 < queue->end) {
        uint32_t child = earliest_child(near, hole);
        near[hole] = near[child];
        hole = child;
    }
    key own = (key)time << 64 | order;
    while (hole > top && own < key_of(&near[hole / 4 + 2])) {
        near[hole] = near[hole / 4 + 2];
        hole = hole / 4 + 2;
    }
    near[hole].order = order;
    near[hole].time = time;
}

static void make_heap(toc_queue *queue) {
    near_reserve(queue, 0);
    uint32_t count = queue->end - queue->head;
    memmove(queue->near + TOC_QUEUE_ROOT, queue->near + queue->head, count * sizeof(toc_entry));
    queue->head = TOC_QUEUE_ROOT;
    queue->end = TOC_QUEUE_ROOT + count;
    queue->is_heap = true;
    queue->low = 0;
    close_heap(queue);
    if (count > 1) {
        for (uint32_t parent = (queue->end - 1) / 4 + 2; parent >= TOC_QUEUE_ROOT; parent--) {
            sift_down(queue, parent, queue->near[parent].order, queue->near[parent].time);
        }
    }
}

void toc_queue_pop_heap(toc_queue *queue) {
    const toc_entry *last = &queue->near[--queue->end];
    uint64_t order = last->order, time = last->time;
    queue->near[queue->end] = (toc_entry){UINT64_MAX, UINT64_MAX};
    if (queue->end > queue->head) {
        sift_down(queue, TOC_QUEUE_ROOT, order, time);
    }
}

/* ---- near, sorted ---- */

/* Sorts [from, end). */
static void sort_near(toc_queue *queue, uint32_t from) {
    toc_entry *near = queue->near;
    for (uint32_t i = from + 1; i < queue->end; i++) {
        toc_entry entry = near[i];
        uint32_t at = i;
        while (at > from && key_of(&entry) < key_of(&near[at - 1])) {
            near[at] = near[at - 1];
            at--;
        }
        near[at] = entry;
    }
}

/* ---- levels ---- */

/* Near begins to be sorted, with what is left of it in front. */
static void settle_near(toc_queue *queue, uint64_t more) {
    uint32_t left = queue->end - queue->head;
    near_reserve(queue, left + more);
    memmove(queue->near + TOC_QUEUE_ROOT, queue->near + queue->head, left * sizeof(toc_entry));
    queue->head = TOC_QUEUE_ROOT;
    queue->end = TOC_QUEUE_ROOT + left;
    queue->is_heap = false;
    queue->low = LOW;
    queue->spill_at = NEAR_MOST;
}

/* Adds a pile behind what is near, unsorted, and sends for its slots. */
static void take_near(toc_queue *queue, struct pile pile) {
    settle_near(queue, pile_count(pile));
    bool may_be_stale = queue->stale > 0;
    while (pile.chunk != NULL) {
        fetch_chunk(pile.chunk->older);
        for (uint64_t i = 0; i < pile.used; i++) {
            toc_entry entry = pile.chunk->entries[i];
            if (may_be_stale && toc_queue_is_stale(queue, entry)) {
                queue->stale--;
                continue;
            }
            __builtin_prefetch(&queue->events[toc_queue_slot(entry)]);
            queue->near[queue->end++] = entry;
        }
        pile = pile_next(queue, pile);
    }
}

static uint32_t bits_in(uint64_t value) {
    return value == 0 ? 0 : 64 - (uint32_t)__builtin_clzll(value);
}

/* A new deepest rung for [start, start + span]; returns the end of its last bucket. */
static uint64_t open_rung(toc_queue *queue, uint64_t start, uint64_t span, uint64_t count) {
    uint32_t wanted_bits = bits_in((count - 1) / WANTED);
    uint32_t most_bits = bits_in(TOC_QUEUE_BUCKETS - 1);
    uint32_t bits = wanted_bits < most_bits ? wanted_bits : most_bits;
    uint32_t shift = bits_in(span) > bits ? bits_in(span) - bits : 0;
    queue->depth++;
    toc_rung *rung = &queue->levels[queue->depth];
    rung->start = start;
    rung->shift = shift;
    queue->limits[queue->depth] = start;
    uint64_t buckets = (span >> shift) + 1;
    TOC_ASSERT(buckets <= TOC_QUEUE_BUCKETS);
    key end = (key)start + ((key)buckets << shift);
    return end > UINT64_MAX ? UINT64_MAX : (uint64_t)end;
}

/* Everything from the top: into one heap if little, else into the first rung. */
static void split_top(toc_queue *queue) {
    struct pile pile = take_bucket(&queue->levels[0], 0);
    uint64_t count = pile_count(pile);
    if (count <= FEW) {
        take_near(queue, pile);
        make_heap(queue);
        queue->limits[0] = UINT64_MAX;
        return;
    }
    uint64_t first = UINT64_MAX, last = 0;
    uint64_t used = pile.used;
    for (const struct chunk *chunk = pile.chunk; chunk != NULL; chunk = chunk->older) {
        for (uint64_t i = 0; i < used; i++) {
            uint64_t time = chunk->entries[i].time;
            first = time < first ? time : first;
            last = time > last ? time : last;
        }
        used = ENTRIES;
    }
    queue->limits[0] = open_rung(queue, first, last - first, count);
    scatter(queue, pile, &queue->levels[queue->depth]);
}

/* Number of the first filled bucket, or TOC_QUEUE_BUCKETS. */
static uint32_t first_filled(const toc_rung *rung) {
    for (uint32_t word = 0; word < TOC_QUEUE_BUCKETS / 64; word++) {
        if (rung->filled[word] != 0) {
            return word * 64 + (uint32_t)__builtin_ctzll(rung->filled[word]);
        }
    }
    return TOC_QUEUE_BUCKETS;
}

/* The deepest rung's first filled bucket becomes a rung of its own or comes near. False where it
   must wait until near is empty. */
static bool advance(toc_queue *queue, toc_rung *rung, uint32_t bucket) {
    uint64_t count = bucket_count(rung, bucket);
    uint64_t start = rung->start + ((uint64_t)bucket << rung->shift);
    uint64_t span = (UINT64_C(1) << rung->shift) - 1;
    bool is_split = count > SORTED_MOST && span > 0 && queue->depth + 1 < TOC_QUEUE_LEVELS;
    if (!is_split && count > SORTED_MOST && queue->head != queue->end) {
        return false;
    }
    key end = (key)start + span + 1;
    uint64_t bound = queue->limits[queue->depth - 1]; /* the last bucket may reach beyond */
    queue->limits[queue->depth] = end > bound ? bound : (uint64_t)end;
    struct pile pile = take_bucket(rung, bucket);
    if (is_split) {
        (void)open_rung(queue, start, span, count);
        scatter(queue, pile, &queue->levels[queue->depth]);
        return true;
    }
    uint32_t before = queue->end - queue->head;
    take_near(queue, pile);
    uint32_t next = first_filled(rung);
    if (next < TOC_QUEUE_BUCKETS) {
        fetch_chunk(bucket_at(rung, next).chunk);
    }
    if (queue->end - queue->head <= SORTED_MOST + LOW) {
        sort_near(queue, queue->head + before);
    } else {
        make_heap(queue);
    }
    return true;
}

bool toc_queue_refill(toc_queue *queue) {
    while (queue->end - queue->head <= queue->low) {
        bool is_empty = queue->head == queue->end;
        if (queue->depth == 0) {
            uint64_t count = bucket_count(&queue->levels[0], 0);
            if (count <= FEW && !is_empty) {
                return true;
            }
            if (count == 0) {
                queue->limits[0] = UINT64_MAX;
                make_heap(queue);
                return false;
            }
            split_top(queue);
            continue;
        }
        toc_rung *rung = &queue->levels[queue->depth];
        uint32_t bucket = first_filled(rung);
        if (bucket == TOC_QUEUE_BUCKETS) {
            queue->limits[queue->depth--] = 0;
        } else if (!advance(queue, rung, bucket)) {
            return true;
        }
    }
    return true;
}

static void drop_stale_near(toc_queue *queue) {
    uint32_t kept = queue->head;
    for (uint32_t i = queue->head; i < queue->end; i++) {
        if (toc_queue_is_stale(queue, queue->near[i])) {
            queue->stale--;
        } else {
            queue->near[kept++] = queue->near[i];
        }
    }
    queue->end = kept;
    if (queue->is_heap) {
        make_heap(queue);
    }
}

/* Near has grown long: what is in it becomes a rung, unless nothing can tell it apart. */
static void spill(toc_queue *queue) {
    if (queue->stale > 0) {
        drop_stale_near(queue);
    }
    uint32_t count = queue->end - queue->head;
    uint64_t first = UINT64_MAX, last = 0;
    for (uint32_t i = queue->head; i < queue->end; i++) {
        uint64_t time = queue->near[i].time;
        first = time < first ? time : first;
        last = time > last ? time : last;
    }
    if (count <= NEAR_MOST / 2 || first == last || queue->depth + 1 == TOC_QUEUE_LEVELS) {
        if (!queue->is_heap) {
            make_heap(queue);
        }
        queue->spill_at = count * 2 > NEAR_MOST ? count * 2 : NEAR_MOST;
        return;
    }
    bool is_all = queue->limits[queue->depth] == UINT64_MAX;
    uint64_t bound = is_all ? last : queue->limits[queue->depth] - 1;
    uint32_t above = queue->depth;
    uint64_t end = open_rung(queue, first, bound - first, count);
    if (is_all) {
        queue->limits[above] = end;
    }
    toc_rung *rung = &queue->levels[queue->depth];
    for (uint32_t i = queue->head; i < queue->end; i++) {
        toc_queue_append(queue, rung, queue->near[i]);
    }
    queue->end = queue->head;
    settle_near(queue, 0);
}

/* The entry comes as two numbers: as a structure it would go through memory in halves and be read
   back whole, which the processor can't do without a stall. */
void toc_queue_push_near(toc_queue *queue, uint64_t order, uint64_t time) {
    if (queue->end - queue->head >= queue->spill_at) {
        spill(queue);
        toc_queue_push(queue, (toc_entry){order, time});
        return;
    }
    if (queue->end + 4 >= queue->capacity) {
        near_reserve(queue, queue->end);
    }
    toc_entry *near = queue->near;
    uint32_t at = queue->end++;
    if (queue->is_heap) {
        if (at % 4 == 0) {
            near[at + 1] = near[at + 2] = near[at + 3] = (toc_entry){UINT64_MAX, UINT64_MAX};
        }
        sift_up(near, at, order, time);
        return;
    }
    key own = (key)time << 64 | order;
    while (at > queue->head && own < key_of(&near[at - 1])) {
        near[at] = near[at - 1];
        at--;
    }
    near[at].order = order;
    near[at].time = time;
}

void toc_queue_cancelled(toc_queue *queue, uint64_t live) {
    if (++queue->stale <= 4 * live + 1024) {
        return;
    }
    drop_stale_near(queue);
    for (uint32_t level = 0; level <= queue->depth; level++) {
        toc_rung *rung = &queue->levels[level];
        for (uint32_t bucket = 0; bucket < TOC_QUEUE_BUCKETS; bucket++) {
            scatter(queue, take_bucket(rung, bucket), rung);
        }
    }
}

void toc_queue_clear(toc_queue *queue) {
    for (uint32_t level = 0; level <= queue->depth; level++) {
        for (uint32_t bucket = 0; bucket < TOC_QUEUE_BUCKETS; bucket++) {
            struct pile pile = take_bucket(&queue->levels[level], bucket);
            while (pile.chunk != NULL) {
                pile = pile_next(queue, pile);
            }
        }
        queue->limits[level] = level == 0 ? UINT64_MAX : 0;
    }
    queue->depth = 0;
    queue->stale = 0;
    queue->end = queue->head;
    make_heap(queue);
}
