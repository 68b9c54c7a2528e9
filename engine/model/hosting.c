#include "model/hosting.h"

#include "kernel/arena.h"
#include "kernel/assert.h"

#include <string.h>

/* Hostings rise by asset. */
static uint32_t find(const toc_world *world, uint32_t element) {
    const toc_topology *topology = world->topology;
    uint32_t low = 0, high = topology->hosting_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (topology->hostings[middle].asset < element) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < topology->hosting_count && topology->hostings[low].asset == element
               ? low
               : TOC_INDEX_NONE;
}

void toc_hosting_init(toc_world *world) {
    size_t count = world->topology->hosting_count;
    world->room_used = toc_arena_heap(NULL, count + 1, sizeof *world->room_used);
    memset(world->room_used, 0, (count + 1) * sizeof *world->room_used);
}

void toc_hosting_finish(toc_world *world) {
    toc_arena_heap_free(world->room_used);
}

uint32_t toc_hosting_left(const toc_world *world, uint32_t element) {
    uint32_t hosting = find(world, element);
    return hosting == TOC_INDEX_NONE
               ? UINT32_MAX
               : world->topology->hostings[hosting].room - world->room_used[hosting];
}

bool toc_hosting_has_room(const toc_world *world, uint32_t element, uint32_t uses) {
    return uses <= toc_hosting_left(world, element);
}

void toc_hosting_take(toc_world *world, uint32_t element, uint32_t uses) {
    uint32_t hosting = find(world, element);
    if (hosting != TOC_INDEX_NONE) {
        TOC_ASSERT(toc_hosting_has_room(world, element, uses));
        world->room_used[hosting] += uses;
    }
}

void toc_hosting_leave(toc_world *world, uint32_t element, uint32_t uses) {
    uint32_t hosting = find(world, element);
    if (hosting != TOC_INDEX_NONE) {
        TOC_ASSERT(world->room_used[hosting] >= uses);
        world->room_used[hosting] -= uses;
    }
}
