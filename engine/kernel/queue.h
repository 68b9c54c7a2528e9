/* Queue: entries in one total order of 128-bit keys, fast from ten to ten million.

   Near the front is an array: sorted, so that what comes next is known in advance and can be
   fetched into the cache; or a 4-ary heap, while there are few entries or when many share one
   microsecond. Behind it are rungs: each splits a span of time into at most 256 buckets, unsorted,
   and only the bucket that is due is split further or sorted. Few buckets, because their write
   positions must stay in the cache. The last level, the top, is one unsorted heap of everything
   beyond. Each entry is so moved a few times, in sequence, and compared with a few neighbours only.
   After: Tang, Goh, Thng, Ladder queue, ACM TOMACS 15 (2005).

   Cancelled events leave stale entries behind: those whose slot holds another event or none. They
   are dropped when they come to the front, whenever a bucket is split, and all at once when they
   are many. */
#ifndef KERNEL_QUEUE_H
#define KERNEL_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/arena.h"
#include "kernel/calendar.h"

/* The key is (time, order); order is priority (3 bits), sequence (35 bits) and slot (26 bits), so
   that an entry has 16 bytes: a million of them are moved through the cache several times, and with
   24 bytes that was half as much again. 26 bits name 67 million pending events. The sequence wraps
   after 34 thousand million events, an hour at full speed; the calendar then numbers what is
   pending afresh, in the same order. Time keeps its 64 bits: no drill is too long. */
#ifndef TOC_QUEUE_SEQUENCE_BITS
#define TOC_QUEUE_SEQUENCE_BITS 35
#endif
#define TOC_QUEUE_SLOT_BITS 26

typedef struct toc_entry {
    uint64_t order, time;
} toc_entry;

/* What an event slot holds, one cache line; the queue looks at `order` alone, 0 in a free slot. */
typedef struct toc_event {
    _Alignas(64) toc_event_action *action;
    void *object;
    uint64_t argument;
    uint64_t order;
    toc_time time;
    uint32_t generation, next_free;
} toc_event;

#define TOC_QUEUE_BUCKETS 256
#define TOC_QUEUE_LEVELS  8 /* the top and seven rungs */
#define TOC_QUEUE_CHUNK   512
#define TOC_QUEUE_ROOT    3 /* of the heap, so that brothers share a cache line */

typedef struct toc_rung {
    uint64_t
        start; /* of bucket 0; bucket b is for [start + b << shift, start + (b + 1) << shift) */
    uint32_t shift;
    uint64_t filled[TOC_QUEUE_BUCKETS / 64];
    toc_entry *write[TOC_QUEUE_BUCKETS]; /* where the bucket's next entry goes, NULL: empty */
} toc_rung;

typedef struct toc_queue {
    toc_entry *near; /* [head, end) */
    uint32_t head, end, capacity;
    uint32_t low;      /* with as few left, it is time to refill */
    uint32_t spill_at; /* near is split into a rung when it is longer */
    bool is_heap;
    uint32_t depth; /* the deepest level in use; 0: the top alone */
    /* times below limits[level] belong to a deeper level; below limits[depth] to near; 0 where the
       level is not in use */
    uint64_t limits[TOC_QUEUE_LEVELS];
    uint64_t stale; /* entries of cancelled events */
    toc_rung *levels;
    void *free_chunks;
    toc_arena *arena;
    const toc_event *events; /* the calendar's slots */
} toc_queue;

void toc_queue_init(toc_queue *queue);
void toc_queue_finish(toc_queue *queue);
/* Forgets all entries. */
void toc_queue_clear(toc_queue *queue);
/* Brings more entries near, once no more than `low` are left there; false when there are none at
   all. */
bool toc_queue_refill(toc_queue *queue);
/* One more entry is stale, `live` are not. Drops them all when they are many: what is cancelled
   long before its time would pile up otherwise. */
void toc_queue_cancelled(toc_queue *queue, uint64_t live);

/* The slow halves of push and pop. */
void toc_queue_push_near(toc_queue *queue, uint64_t order, uint64_t time);
toc_entry *toc_queue_open_chunk(toc_queue *queue, toc_rung *rung, uint64_t bucket);
void toc_queue_pop_heap(toc_queue *queue);

static inline uint32_t toc_queue_slot(toc_entry entry) {
    return (uint32_t)entry.order & ((UINT32_C(1) << TOC_QUEUE_SLOT_BITS) - 1);
}

static inline bool toc_queue_is_stale(const toc_queue *queue, toc_entry entry) {
    return queue->events[toc_queue_slot(entry)].order != entry.order;
}

static inline void toc_queue_append(toc_queue *queue, toc_rung *rung, toc_entry entry) {
    uint64_t bucket = (entry.time - rung->start) >> rung->shift;
    toc_entry *write = rung->write[bucket];
    if (((uintptr_t)write & (TOC_QUEUE_CHUNK - 1)) == 0) {
        write = toc_queue_open_chunk(queue, rung, bucket);
    }
    *write = entry;
    rung->write[bucket] = write + 1;
}

static inline void toc_queue_push(toc_queue *queue, toc_entry entry) {
    if (entry.time < queue->limits[queue->depth]) { /* always or hardly ever, so foreseen */
        toc_queue_push_near(queue, entry.order, entry.time);
        return;
    }
    uint32_t level = 0;
    for (uint32_t i = 0; i + 1 < TOC_QUEUE_LEVELS; i++) {
        level += entry.time < queue->limits[i]; /* no branch: which level is anyone's guess */
    }
    toc_queue_append(queue, &queue->levels[level], entry);
}

/* The first entry must exist. */
static inline toc_entry toc_queue_pop(toc_queue *queue) {
    toc_entry first = queue->near[queue->head];
    if (queue->is_heap) {
        toc_queue_pop_heap(queue);
    } else {
        queue->head++;
    }
    return first;
}

#endif
