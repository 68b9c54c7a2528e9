/* Random worlds: what is kept step by step must be what a plain look at everything gives. */
#include "model/power.h"
#include "model/small_world.h"

#include <stdio.h>

enum { MOST_ASSETS = 40, MOST_LINKS = 10 };

struct dice {
    uint64_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides) {
    dice->state = dice->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(dice->state >> 33) % sides;
}

static void random_sources(struct dice *dice, uint32_t asset, uint32_t assets, char *out,
                           size_t size) {
    uint32_t wanted = 1 + roll(dice, 4), start = roll(dice, assets), length = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < wanted; i++) {
        uint32_t source = (start + i) % assets;
        if (source != asset) {
            length += (uint32_t)snprintf(out + length, size - length, "a%u ", source);
        }
    }
    if (roll(dice, 3) == 0 || length == 0) {
        (void)snprintf(out + length, size - length, "l%u", roll(dice, MOST_LINKS));
    }
}

static uint32_t count_words(const char *text) {
    uint32_t count = 0;
    for (const char *c = text; *c != '\0'; c++) {
        count += *c != ' ' && (c[1] == ' ' || c[1] == '\0') ? 1 : 0;
    }
    return count;
}

static void random_needs(struct small *small, struct dice *dice, uint32_t asset, uint32_t assets,
                         bool everything) {
    for (uint32_t i = roll(dice, 3); i > 0; i--) {
        char sources[128], through[16];
        toc_need_spec need = {.sources = sources, .fallback_after = TOC_NEVER};
        random_sources(dice, asset, assets, sources, sizeof sources);
        need.rule = (toc_need_rule)roll(dice, 3);
        need.at_least = 1 + roll(dice, count_words(sources));
        need.purpose = roll(dice, 4) == 0 ? TOC_NEED_START : TOC_NEED_RUN;
        if (everything && roll(dice, 4) == 0) {
            need.purpose = TOC_NEED_CONTROL;
        }
        if (everything && roll(dice, 4) == 0) {
            need.fallback_after = roll(dice, 3) * TOC_HOUR;
        } else if (everything && need.rule == TOC_NEED_ANY && count_words(sources) > 1 &&
                   need.purpose != TOC_NEED_START) {
            (void)snprintf(through, sizeof through, "l%u", roll(dice, MOST_LINKS));
            need.failover_takes = (1 + roll(dice, 3)) * TOC_HOUR / 2;
            need.through = roll(dice, 2) == 0 ? through : NULL;
        }
        toc_builder_needs(small->builder, &need);
    }
}

static void random_world(struct small *small, struct dice *dice, bool everything) {
    uint32_t assets = 9 + roll(dice, MOST_ASSETS - 9);
    char id[16], other[16];
    small_begin(small);
    for (uint32_t i = 0; i < assets; i++) {
        toc_asset_spec spec = {.id = id, .operator_id = "grid", .kind = TOC_ASSET_NODE};
        (void)snprintf(id, sizeof id, "a%u", i);
        spec.start_takes = roll(dice, 3) == 0 ? roll(dice, 100) * TOC_MINUTE : 0;
        spec.people = everything ? roll(dice, 1000) : 0;
        spec.placed = true;
        spec.x_m = (int32_t)roll(dice, 100000);
        toc_builder_asset(small->builder, &spec);
        random_needs(small, dice, i, assets, everything);
        if (everything && roll(dice, 2) == 0) {
            (void)snprintf(other, sizeof other, "a%u", (i + 1 + roll(dice, assets - 1)) % assets);
            toc_builder_buffer(small->builder, "battery", other, 1 + roll(dice, 90) * TOC_MINUTE,
                               roll(dice, 3) * TOC_HOUR, (toc_place){0});
        }
        if (everything && roll(dice, 3) == 0) {
            (void)snprintf(other, sizeof other, "a%u", roll(dice, assets));
            toc_builder_generates(small->builder, roll(dice, 50) * INT64_C(1000000000),
                                  roll(dice, 100) * INT64_C(1000000000), other, (toc_place){0});
        }
        if (everything && roll(dice, 3) == 0) {
            toc_builder_provides(small->builder, "electricity", toc_unit_find("MW"),
                                 roll(dice, 50) * 1000000, roll(dice, 50) * 1000000,
                                 (toc_place){0});
        }
        if (everything && roll(dice, 2) == 0) {
            toc_builder_provides(small->builder, roll(dice, 2) == 0 ? "power" : "calls", NULL,
                                 roll(dice, 100), roll(dice, 100), (toc_place){0});
        }
    }
    for (uint32_t i = 0; i < MOST_LINKS; i++) {
        uint32_t from = roll(dice, assets), to = (from + 1 + roll(dice, assets - 1)) % assets;
        char ends[2][16];
        toc_link_spec link = {.id = id,
                              .from = ends[0],
                              .to = ends[1],
                              .kind = everything ? TOC_LINK_LINE : TOC_LINK_DATA,
                              .off = everything && roll(dice, 5) == 0,
                              .reactance = roll(dice, 10) == 0 ? -0.1 : 0.1,
                              .rating = roll(dice, 40) * INT64_C(1000000)};
        (void)snprintf(id, sizeof id, "l%u", i);
        (void)snprintf(ends[0], sizeof ends[0], "a%u", from);
        (void)snprintf(ends[1], sizeof ends[1], "a%u", to);
        toc_builder_link(small->builder, &link);
    }
    if (everything) {
        small_crew(small, "east", "switching repair it", "a0", 2);
        small_crew(small, "west", "switching network electronics", "a1", 1);
    }
    small_run(small, dice->state);
}

static bool need_is_met(const struct small *small, const toc_need *need,
                        const toc_operation *operations) {
    uint32_t up = 0, wanted = 1;
    for (uint32_t i = 0; i < need->source_count; i++) {
        uint32_t source = small->topology->sources[need->first_source + i];
        up += source < small->topology->asset_count ? operations[source] == TOC_ON
                                                    : toc_world_causes(small->world, source) == 0;
    }
    if (need->rule != TOC_NEED_ANY) {
        wanted = need->rule == TOC_NEED_ALL ? need->source_count : need->at_least;
    }
    return up >= wanted;
}

static bool needs_are_met(const struct small *small, uint32_t asset, bool to_start,
                          const toc_operation *operations) {
    const toc_asset *facts = &small->topology->assets[asset];
    for (uint32_t i = 0; i < facts->need_count; i++) {
        const toc_need *need = &small->topology->needs[facts->first_need + i];
        if ((need->purpose == TOC_NEED_RUN || to_start) && !need_is_met(small, need, operations)) {
            return false;
        }
    }
    return true;
}

/* One sweep over all assets in their order; whether anything changed. */
static bool sweep(const struct small *small, toc_operation *operations, bool downwards) {
    bool changed = false;
    for (uint32_t i = 0; i < small->topology->asset_count; i++) {
        bool whole = toc_world_causes(small->world, i) == 0, runs = operations[i] == TOC_ON;
        bool stands = operations[i] == TOC_OFF;
        if (downwards && !stands && (!whole || !needs_are_met(small, i, !runs, operations))) {
            operations[i] = TOC_OFF;
            changed = true;
        }
        if (!downwards && stands && whole && needs_are_met(small, i, true, operations)) {
            bool at_once = small->topology->assets[i].start_takes == 0;
            operations[i] = at_once ? TOC_ON : TOC_STARTING;
            changed = true;
        }
    }
    return changed;
}

static void look_at_everything(const struct small *small, toc_operation *operations) {
    while (sweep(small, operations, true)) {
    }
    while (sweep(small, operations, false)) {
    }
}

/* Standing still has more than one name. */
static toc_operation plain(const struct small *small, uint32_t asset) {
    toc_operation operation = toc_world_operation(small->world, asset);
    return operation == TOC_ON || operation == TOC_STARTING ? operation : TOC_OFF;
}

static void read_all(const struct small *small, toc_operation *operations) {
    for (uint32_t i = 0; i < small->topology->asset_count; i++) {
        operations[i] = plain(small, i);
    }
}

static void compare(const struct small *small, const toc_operation *operations, uint32_t step) {
    for (uint32_t i = 0; i < small->topology->asset_count; i++) {
        if (operations[i] != plain(small, i)) {
            fail_msg("step %u: asset %u is %s, a look at everything gives %s", step, i,
                     toc_world_operation_name(plain(small, i)),
                     toc_world_operation_name(operations[i]));
        }
    }
}

static void change_something(struct small *small, struct dice *dice) {
    uint32_t elements = small->topology->asset_count + small->topology->link_count;
    uint32_t element = roll(dice, elements);
    toc_cause cause = (toc_cause)roll(dice, 3);
    if (!toc_world_clear(small->world, element, cause)) {
        (void)toc_world_fail(small->world, element, cause);
    }
}

static void each_step_is_what_a_look_at_everything_gives(void **state) {
    struct dice dice = {support_seed(__func__)};
    (void)state;
    for (uint32_t round = 0; round < 200; round++) {
        toc_operation operations[MOST_ASSETS];
        struct small small;
        random_world(&small, &dice, false);
        for (uint32_t step = 0; step < 100; step++) {
            read_all(&small, operations);
            if (roll(&dice, 3) == 0 && toc_calendar_step(small.calendar)) {
                for (uint32_t i = 0; i < small.topology->asset_count; i++) {
                    if (operations[i] == TOC_STARTING && plain(&small, i) == TOC_ON) {
                        operations[i] = TOC_ON; /* what the event itself does */
                    }
                }
            } else {
                change_something(&small, &dice);
            }
            look_at_everything(&small, operations);
            compare(&small, operations, step);
        }
        small_end(&small);
    }
}

static void order_something(struct small *small, struct dice *dice) {
    uint32_t elements = small->topology->asset_count + small->topology->link_count;
    toc_job_order order = {.kind = (toc_job_kind)roll(dice, TOC_JOB_KINDS),
                           .element = roll(dice, elements),
                           .crew = roll(dice, 3) == 0 ? roll(dice, 2) : TOC_INDEX_NONE,
                           .remote = roll(dice, 3) == 0,
                           .rank = (int32_t)roll(dice, 3)};
    const char *why = NULL;
    uint32_t jobs = toc_job_count(small->world);
    if (jobs > 0 && roll(dice, 6) == 0) {
        (void)toc_job_cancel(small->world, roll(dice, jobs));
    } else if (jobs > 0 && roll(dice, 6) == 0) {
        (void)toc_job_rank(small->world, roll(dice, jobs), (int32_t)roll(dice, 3));
    } else if (toc_job_order_at(small->world, &order, &why) == TOC_INDEX_NONE) {
        assert_true(why != NULL && strlen(why) > 5);
    }
}

static void operate_the_grid(struct small *small, struct dice *dice) {
    static const char *const names[] = {"none", "S+T2", "H", "S+T1", "H+T1", "H+T2"};
    uint32_t asset = roll(dice, small->topology->asset_count);
    toc_power_rules rules;
    if (!toc_power_is_modelled(small->world)) {
        return;
    }
    if (toc_power_is_bus(small->world, asset)) {
        toc_power_shed(small->world, asset, roll(dice, 5) * 250000);
    }
    if (roll(dice, 5) == 0) {
        assert_true(toc_power_parse_rules(names[roll(dice, 6)], &rules));
        toc_power_set_rules(small->world, &rules);
    }
}

/* Plays a random world to the end and gives the hash of its state on the way. */
static uint64_t play(uint64_t seed, bool check) {
    struct dice dice = {seed};
    struct small small;
    toc_digest digest = toc_digest_start();
    random_world(&small, &dice, true);
    for (uint32_t step = 0; step < 150; step++) {
        switch (roll(&dice, 5)) {
        case 0:
            change_something(&small, &dice);
            break;
        case 1:
            order_something(&small, &dice);
            break;
        case 2:
            operate_the_grid(&small, &dice);
            break;
        default:
            (void)toc_calendar_step(small.calendar);
            break;
        }
        if (check) {
            toc_world_check(small.world);
        }
    }
    toc_calendar_run(small.calendar, toc_calendar_now(small.calendar) + TOC_DAY);
    toc_world_digest(small.world, &digest);
    toc_digest_u64(&digest, toc_calendar_digest(small.calendar));
    small_end(&small);
    return toc_digest_value(digest);
}

static void every_invariant_holds_whatever_is_done_to_a_world(void **state) {
    uint64_t seed = support_seed(__func__);
    (void)state;
    for (uint64_t round = 0; round < 200; round++) {
        (void)play(seed + round, true);
    }
}

static void the_same_seed_gives_the_same_digest(void **state) {
    uint64_t seed = support_seed(__func__);
    (void)state;
    for (uint64_t round = 0; round < 20; round++) {
        assert_true(play(seed + round, false) == play(seed + round, true));
        assert_true(play(seed + round, false) != play(seed + round + 1, false));
    }
}

/* A chain of a hundred thousand: settling neither recurses nor looks at everything again. */
static void a_long_chain_falls_and_rises_in_one_go(void **state) {
    const uint32_t length = 100000;
    char id[16], source[16];
    struct small *small = test_malloc(sizeof *small);
    (void)state;
    small_begin(small);
    for (uint32_t i = 0; i < length; i++) {
        (void)snprintf(id, sizeof id, "a%u", i);
        small_asset(small, id);
        if (i > 0) {
            (void)snprintf(source, sizeof source, "a%u", i - 1);
            small_needs(small, TOC_NEED_ALL, 0, source);
        }
    }
    small_run(small, 1);
    small_fail(small, "a0", TOC_CAUSE_DAMAGED);
    assert_int_equal(toc_world_operation(small->world, length - 1), TOC_OFF);
    small_clear(small, "a0", TOC_CAUSE_DAMAGED);
    assert_int_equal(toc_world_operation(small->world, length - 1), TOC_ON);
    small_end(small);
    test_free(small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_is_what_a_look_at_everything_gives),
        cmocka_unit_test(every_invariant_holds_whatever_is_done_to_a_world),
        cmocka_unit_test(the_same_seed_gives_the_same_digest),
        cmocka_unit_test(a_long_chain_falls_and_rises_in_one_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
