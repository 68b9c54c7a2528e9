/* What is held to a share, moved in time, refilled or started alone: whatever comes, the world
   holds together. */
#include "model/small_world.h"

#include "model/bridge.h"
#include "model/failover.h"
#include "model/settle.h"
#include "model/throttle.h"

enum { TENANTS = 4, ROUNDS = 60, STEPS = 120 };

static uint32_t roll(uint64_t *dice, uint32_t sides) {
    *dice = *dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*dice >> 33) % sides;
}

/* A source with stores behind which two zones of limited room stand, and four tenants of which each
   gives a service. */
static void crowd(struct small *small) {
    static const char *const ids[TENANTS] = {"one", "two", "three", "four"};
    toc_place nowhere = {"", 0, 0};
    small_begin(small);
    small_asset(small, "grid-1");
    toc_builder_buffer(small->builder, "fuel", "zone-a", TOC_HOUR, 0, nowhere);
    small_asset(small, "plane");
    small_asset(small, "zone-a");
    small_needs(small, TOC_NEED_ALL, 0, "grid-1");
    toc_builder_hosts(small->builder, 80, nowhere);
    small_asset(small, "zone-b");
    small_needs_for(small, TOC_NEED_START, "grid-1", TOC_NEVER);
    toc_builder_hosts(small->builder, 50, nowhere);
    for (uint32_t i = 0; i < TENANTS; i++) {
        toc_need_spec spec = {.sources = "zone-a zone-b",
                              .rule = TOC_NEED_ANY,
                              .fallback_after = TOC_NEVER,
                              .failover_takes = (toc_time)(i + 1) * TOC_MINUTE,
                              .failover_uses = 15 + i,
                              .through = i % 2 == 0 ? "plane" : NULL};
        const toc_unit *unit = NULL;
        int64_t whole = 0;
        assert_true(toc_unit_parse("100people", &whole, &unit));
        small_starting(small, ids[i], i * TOC_MINUTE);
        toc_builder_provides(small->builder, "help", unit, whole, whole, nowhere);
        toc_builder_needs(small->builder, &spec);
    }
    small_run(small, 1);
}

static void do_something(struct small *small, uint64_t *dice) {
    uint32_t asset = roll(dice, small->topology->asset_count);
    switch (roll(dice, 6)) {
    case 0:
        if (!toc_world_clear(small->world, asset, TOC_CAUSE_DAMAGED)) {
            (void)toc_world_fail(small->world, asset, TOC_CAUSE_DAMAGED);
        }
        break;
    case 1:
        (void)toc_world_fail(small->world, asset, TOC_CAUSE_FLOODED);
        break;
    case 2:
        (void)toc_throttle_hold(small->world, asset, (int64_t)roll(dice, 5) * 250000);
        break;
    case 3:
        (void)toc_failover_move(small->world, small->topology->failovers[roll(dice, TENANTS)].need,
                                roll(dice, 2) == 0 ? TOC_INDEX_NONE : small_at(small, "zone-b"));
        break;
    case 4:
        toc_bridge_refill(small->world, 0);
        break;
    default:
        (void)toc_settle_start_alone(small->world, asset);
        break;
    }
}

static void whatever_is_done_to_it_the_world_holds_together(void **state) {
    uint64_t dice = support_seed(__func__);
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct small small;
        toc_time now = 0;
        crowd(&small);
        for (uint32_t step = 0; step < STEPS; step++) {
            do_something(&small, &dice);
            toc_world_check(small.world);
            now += (toc_time)roll(&dice, 20) * TOC_MINUTE;
            small_until(&small, now);
            toc_world_check(small.world);
        }
        small_end(&small);
    }
}

static void what_is_held_gives_its_share_and_no_flood_gets_in(void **state) {
    struct small small;
    (void)state;
    crowd(&small);
    uint32_t one = small_at(&small, "one");
    small_fail(&small, "one", TOC_CAUSE_FLOODED);
    assert_false(small_is_on(&small, "one"));
    assert_true(toc_throttle_hold(small.world, one, 250000));
    assert_false(toc_throttle_hold(small.world, one, 250000));
    assert_true(small_is_on(&small, "one"));
    toc_service_figures figures = toc_service_read(small.world, 0);
    assert_int_equal(figures.supply * 16, figures.demand * 13); /* three whole and a quarter */
    assert_false(toc_world_fail(small.world, one, TOC_CAUSE_FLOODED));
    assert_true(toc_throttle_hold(small.world, one, 1000000));
    assert_true(toc_world_fail(small.world, one, TOC_CAUSE_FLOODED));
    small_end(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_done_to_it_the_world_holds_together),
        cmocka_unit_test(what_is_held_gives_its_share_and_no_flood_gets_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
