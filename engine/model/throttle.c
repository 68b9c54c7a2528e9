#include "model/throttle.h"

#include "kernel/assert.h"
#include "model/failover.h"
#include "model/settle.h"
#include "model/supply.h"
#include "model/world_state.h"

enum { WHOLE = 1000000 };

struct throttle {
    uint32_t asset;
    int64_t share_ppm;
};

static struct throttle *find(const toc_world *world, uint32_t asset) {
    for (uint32_t i = 0; i < world->throttles.count; i++) {
        struct throttle *throttle = TOC_LIST_AT(struct throttle, &world->throttles, i);
        if (throttle->asset == asset) {
            return throttle;
        }
    }
    return NULL;
}

int64_t toc_throttle_share_ppm(const toc_world *world, uint32_t asset) {
    const struct throttle *throttle = find(world, asset);
    return throttle == NULL ? WHOLE : throttle->share_ppm;
}

bool toc_throttle_hold(toc_world *world, uint32_t asset, int64_t share_ppm) {
    TOC_ASSERT(asset < world->topology->asset_count);
    TOC_ASSERT(share_ppm >= 0 && share_ppm <= WHOLE);
    struct throttle *throttle = find(world, asset);
    int64_t before = toc_throttle_share_ppm(world, asset);
    if (before == share_ppm || !toc_failover_fits(world, asset, share_ppm)) {
        return false;
    }
    if (throttle == NULL) {
        throttle = toc_list_add(&world->throttles, sizeof *throttle);
    }
    *throttle = (struct throttle){asset, share_ppm};
    if (share_ppm < WHOLE) {
        (void)toc_world_clear(world, asset, TOC_CAUSE_FLOODED);
    }
    toc_failover_resize(world, asset, before);
    toc_supply_asset_changed(world, asset);
    toc_settle_run(world);
    return true;
}

void toc_throttle_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < world->throttles.count; i++) {
        const struct throttle *throttle = TOC_LIST_AT(const struct throttle, &world->throttles, i);
        toc_digest_u64(digest, throttle->asset);
        toc_digest_i64(digest, throttle->share_ppm);
    }
}

void toc_throttle_finish(toc_world *world) {
    toc_list_finish(&world->throttles);
}
