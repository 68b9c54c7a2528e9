/* Slab: the memory of one Lua state. Small blocks come from free lists, every byte is counted, and
   what would pass a limit is refused. Memory is work too: it is charged to the budget. */
#ifndef SCRIPT_SLAB_H
#define SCRIPT_SLAB_H

#include <stddef.h>

#include "script/budget.h"

/* Keys that a script chooses so that they collide make Lua's tables quadratic, within a single
   instruction: so a table may have this many entries beside its list. */
enum { TOC_SLAB_KEYS = 1 << 16 };

typedef enum toc_refusal {
    TOC_REFUSED_TOTAL,  /* the state would be too large */
    TOC_REFUSED_BLOCK,  /* one table or stack would be */
    TOC_REFUSED_TEXT,   /* one text would be */
    TOC_REFUSED_KEYS,   /* one table would have too many keys outside its list */
    TOC_REFUSED_BUDGET, /* the callback has done too much work */
} toc_refusal;

/* Bytes. Outside callbacks the total is exceeded rather than that our own preparations fail. */
typedef struct toc_slab_limits {
    size_t total, block, text;
} toc_slab_limits;

/* Told of each refusal, from inside the allocator: it may look at Lua states, not change them. */
typedef void toc_slab_refused(void *object, toc_refusal refusal);

typedef struct toc_slab toc_slab;

/* `budget` must outlive the slab. */
toc_slab *toc_slab_create(const toc_slab_limits *limits, toc_budget *budget,
                          toc_slab_refused *refused, void *object);
void toc_slab_destroy(toc_slab *slab);
/* A lua_Alloc. Shrinking and freeing always succeed, as Lua expects. */
void *toc_slab_resize(void *slab, void *block, size_t old_size, size_t new_size);
/* Bytes in use, as asked for. */
size_t toc_slab_bytes(const toc_slab *slab);
/* What an instruction costs at most, in units: comparing two texts is one instruction however long
   they are, so instructions get dearer while a long text is alive. */
uint64_t toc_slab_price(const toc_slab *slab);

#endif
