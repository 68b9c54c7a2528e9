#include "model/hardening.h"

#include <string.h>

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/world_state.h"

struct closed {
    uint32_t weakness;
    toc_closure closure;
};

struct hardening {
    toc_list closed;     /* struct closed, in the order in which they first were */
    toc_list distrusted; /* uint32_t: assets, in the order in which they became so */
};

static struct hardening *ours(toc_world *world) {
    if (world->hardening == NULL) {
        world->hardening = toc_arena_heap(NULL, 1, sizeof *world->hardening);
        memset(world->hardening, 0, sizeof *world->hardening);
    }
    return world->hardening;
}

bool toc_hardening_is_account(const toc_world *world, uint32_t weakness) {
    static const char *const techniques[] = {
#define TOC_ACCOUNT(technique) technique,
#include "model/account.def"
#undef TOC_ACCOUNT
    };
    bool found = false;
    TOC_ASSERT(weakness < world->topology->weakness_count);
    for (size_t i = 0; i < sizeof techniques / sizeof *techniques; i++) {
        found =
            found || strcmp(world->topology->weaknesses[weakness].technique, techniques[i]) == 0;
    }
    return found;
}

static struct closed *find(const toc_world *world, uint32_t weakness) {
    TOC_ASSERT(weakness < world->topology->weakness_count);
    for (uint32_t i = 0; world->hardening != NULL && i < world->hardening->closed.count; i++) {
        struct closed *closed = TOC_LIST_AT(struct closed, &world->hardening->closed, i);
        if (closed->weakness == weakness) {
            return closed;
        }
    }
    return NULL;
}

toc_closure toc_hardening_closure(const toc_world *world, uint32_t weakness) {
    const struct closed *closed = find(world, weakness);
    return closed == NULL ? TOC_CLOSURE_NONE : closed->closure;
}

bool toc_hardening_close(toc_world *world, uint32_t weakness, toc_closure closure) {
    struct closed *closed = find(world, weakness);
    toc_closure before = toc_hardening_closure(world, weakness);
    if (before == closure || before == TOC_CLOSURE_FOR_GOOD) {
        return false;
    }
    if (closed == NULL) {
        closed = toc_list_add(&ours(world)->closed, sizeof *closed);
    }
    *closed = (struct closed){weakness, closure};
    return true;
}

/* Its place among those that are not trusted, TOC_INDEX_NONE where it is trusted. */
static uint32_t place_of(const toc_world *world, uint32_t asset) {
    TOC_ASSERT(asset < world->topology->asset_count);
    for (uint32_t i = 0; world->hardening != NULL && i < world->hardening->distrusted.count; i++) {
        if (*TOC_LIST_AT(const uint32_t, &world->hardening->distrusted, i) == asset) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

bool toc_hardening_is_distrusted(const toc_world *world, uint32_t asset) {
    return place_of(world, asset) != TOC_INDEX_NONE;
}

bool toc_hardening_distrust(toc_world *world, uint32_t asset, bool distrusted) {
    uint32_t at = place_of(world, asset);
    if ((at != TOC_INDEX_NONE) == distrusted) {
        return false;
    }
    toc_list *list = &ours(world)->distrusted;
    if (distrusted) {
        *(uint32_t *)toc_list_add(list, sizeof asset) = asset;
        return true;
    }
    for (; at + 1 < list->count; at++) {
        *TOC_LIST_AT(uint32_t, list, at) = *TOC_LIST_AT(uint32_t, list, at + 1);
    }
    list->count--;
    return true;
}

void toc_hardening_digest(const toc_world *world, toc_digest *digest) {
    if (world->hardening == NULL) {
        return;
    }
    for (uint32_t i = 0; i < world->hardening->closed.count; i++) {
        const struct closed *closed =
            TOC_LIST_AT(const struct closed, &world->hardening->closed, i);
        toc_digest_u64(digest, (uint64_t)closed->weakness << 2 | closed->closure);
    }
    for (uint32_t i = 0; i < world->hardening->distrusted.count; i++) {
        toc_digest_u64(digest, *TOC_LIST_AT(const uint32_t, &world->hardening->distrusted, i));
    }
}

void toc_hardening_finish(toc_world *world) {
    if (world->hardening != NULL) {
        toc_list_finish(&world->hardening->closed);
        toc_list_finish(&world->hardening->distrusted);
        toc_arena_heap_free(world->hardening);
        world->hardening = NULL;
    }
}
