#include "model/stock.h"

#include "kernel/assert.h"
#include "model/travel.h"

struct pile {
    uint32_t asset, part, count;
};

static struct pile *pile_at(const toc_world *world, uint32_t index) {
    return TOC_LIST_AT(struct pile, &world->piles, index);
}

static struct pile *find(const toc_world *world, uint32_t asset, uint32_t part) {
    for (uint32_t i = 0; i < world->piles.count; i++) {
        if (pile_at(world, i)->asset == asset && pile_at(world, i)->part == part) {
            return pile_at(world, i);
        }
    }
    return NULL;
}

static struct pile *make(toc_world *world, uint32_t asset, uint32_t part) {
    struct pile *pile = find(world, asset, part);
    if (pile == NULL) {
        pile = toc_list_add(&world->piles, sizeof *pile);
        *pile = (struct pile){asset, part, 0};
    }
    return pile;
}

void toc_stock_init(toc_world *world) {
    const toc_topology *topology = world->topology;
    for (uint32_t i = 0; i < topology->stock_count; i++) {
        const toc_stock *stock = &topology->stocks[i];
        make(world, stock->asset, stock->part)->count += stock->count;
    }
}

void toc_stock_finish(toc_world *world) {
    toc_list_finish(&world->piles);
}

uint32_t toc_stock_wanted(const toc_world *world, uint32_t element, toc_job_kind kind) {
    return kind == TOC_JOB_KIND_REPLACE ? toc_topology_part_of(world->topology, element)
                                        : TOC_INDEX_NONE;
}

static void change(toc_world *world, struct pile *pile, uint32_t count) {
    toc_change told = {TOC_CHANGE_STOCK, pile->asset, pile->part, pile->count, count};
    pile->count = count;
    toc_world_tell(world, told);
}

void toc_stock_put(toc_world *world, uint32_t asset, uint32_t part, uint32_t count) {
    struct pile *pile = make(world, asset, part);
    change(world, pile, pile->count + count);
    toc_job_look_soon(world);
}

void toc_stock_take(toc_world *world, uint32_t asset, uint32_t part) {
    struct pile *pile = find(world, asset, part);
    TOC_ASSERT(pile != NULL && pile->count > 0);
    change(world, pile, pile->count - 1);
}

uint32_t toc_stock_count(const toc_world *world, uint32_t asset, uint32_t part) {
    const struct pile *pile = find(world, asset, part);
    return pile == NULL ? 0 : pile->count;
}

static bool is_of(const toc_world *world, const struct pile *pile, uint32_t operator_index) {
    return world->topology->assets[pile->asset].operator_index == operator_index && pile->count > 0;
}

bool toc_stock_has(const toc_world *world, uint32_t operator_index, uint32_t part) {
    for (uint32_t i = 0; i < world->piles.count; i++) {
        if (is_of(world, pile_at(world, i), operator_index) && pile_at(world, i)->part == part) {
            return true;
        }
    }
    return false;
}

uint32_t toc_stock_next(const toc_world *world, uint32_t operator_index, uint32_t pile,
                        uint32_t *out_asset, uint32_t *out_part, uint32_t *out_count) {
    for (uint32_t i = pile == TOC_INDEX_NONE ? 0 : pile + 1; i < world->piles.count; i++) {
        if (is_of(world, pile_at(world, i), operator_index)) {
            *out_asset = pile_at(world, i)->asset;
            *out_part = pile_at(world, i)->part;
            *out_count = pile_at(world, i)->count;
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

toc_time toc_stock_way(const toc_world *world, uint32_t party, const toc_job_order *order,
                       uint32_t *out_fetch) {
    uint32_t part = toc_stock_wanted(world, order->element, order->kind);
    toc_time best = TOC_NEVER;
    *out_fetch = TOC_INDEX_NONE;
    if (part == TOC_INDEX_NONE || world->parties[party].carries == part) {
        return toc_travel_time(world, party, order->element);
    }
    for (uint32_t i = 0; i < world->piles.count; i++) {
        const struct pile *pile = pile_at(world, i);
        if (pile->part == part && is_of(world, pile, order->operator_index)) {
            toc_time time = toc_travel_time(world, party, pile->asset);
            if (time < best) {
                best = time;
                *out_fetch = pile->asset;
            }
        }
    }
    return best;
}

bool toc_stock_lacks(const toc_world *world, const toc_job_order *order) {
    uint32_t part = toc_stock_wanted(world, order->element, order->kind);
    if (part == TOC_INDEX_NONE || toc_stock_has(world, order->operator_index, part)) {
        return false;
    }
    for (uint32_t i = 0; i < world->party_count; i++) {
        if (world->parties[i].carries == part &&
            world->crews[world->parties[i].crew].serves == order->operator_index) {
            return false;
        }
    }
    return true;
}

void toc_stock_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->piles.count; i++) {
        const struct pile *pile = pile_at(world, i);
        toc_digest_u64(digest, (uint64_t)pile->asset << 32 | pile->part);
        toc_digest_u64(digest, pile->count);
    }
    for (uint32_t i = 0; i < world->party_count && world->topology->part_count > 0; i++) {
        toc_digest_u64(digest, world->parties[i].carries);
    }
}
