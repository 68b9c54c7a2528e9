#include "small_world.h"

#include <math.h>
#include <stdio.h>

#include "model/intrusion.h"
#include "model/network.h"

/* A jump host, and behind it a server whose weakness takes nothing and one that takes access. */
static void three_hosts(struct small *small, int64_t ease_ppm, uint64_t seed) {
    toc_weakness_spec entry = {
        .id = "old-rdp", .technique = "T0866", .ease_ppm = ease_ppm, .gives = TOC_ACCESS_USER};
    toc_weakness_spec rise = {.id = "sudo",
                              .technique = "T0890",
                              .ease_ppm = 1000000,
                              .from = TOC_ACCESS_USER,
                              .gives = TOC_ACCESS_ADMIN};
    small_begin(small);
    small_asset(small, "jump");
    small_asset(small, "server");
    toc_builder_weakness(small->builder, &entry);
    toc_builder_weakness(small->builder, &rise);
    small_asset(small, "bystander");
    small_vendor(small, "helpers", TOC_HOUR);
    small_run(small, seed);
}

static uint32_t enter(struct small *small, const char *name) {
    uint32_t attacker = toc_intrusion_attacker(small->world, name);
    toc_intrusion_begin_at(small->world, attacker, small_at(small, "jump"));
    return attacker;
}

static void an_attacker_climbs_weakness_by_weakness_and_each_has_its_own(void **state) {
    (void)state;
    struct small small;
    three_hosts(&small, 1000000, 1);
    uint32_t moth = enter(&small, "MOTH"), server = small_at(&small, "server");
    uint32_t wasp = toc_intrusion_attacker(small.world, "WASP");
    toc_attempt entry = {moth, 0, 1000000}, rise = {moth, 1, 1000000}, other = {wasp, 0, 1000000};
    assert_int_equal(toc_intrusion_attempt(small.world, rise), TOC_OBSTACLE_ACCESS);
    assert_int_equal(toc_intrusion_attempt(small.world, other), TOC_OBSTACLE_REACH);
    assert_int_equal(toc_intrusion_attempt(small.world, entry), TOC_OBSTACLE_NONE);
    assert_int_equal(toc_intrusion_access(small.world, moth, server), TOC_ACCESS_USER);
    assert_int_equal(toc_intrusion_attempt(small.world, rise), TOC_OBSTACLE_NONE);
    assert_int_equal(toc_intrusion_access(small.world, moth, server), TOC_ACCESS_ADMIN);
    assert_int_equal(toc_intrusion_access(small.world, wasp, server), TOC_ACCESS_NONE);
    assert_int_equal(small_last_change(&small, TOC_CHANGE_ACCESS, server), 0);
    small_end(&small);
}

static void an_isolated_asset_is_neither_entered_nor_left(void **state) {
    (void)state;
    static const char *const isolated[] = {"jump", "server"};
    for (size_t i = 0; i < 2; i++) {
        struct small small;
        three_hosts(&small, 1000000, 1);
        toc_attempt entry = {enter(&small, "MOTH"), 0, 1000000};
        small_fail(&small, isolated[i], TOC_CAUSE_ISOLATED);
        assert_int_equal(toc_intrusion_attempt(small.world, entry), TOC_OBSTACLE_REACH);
        small_clear(&small, isolated[i], TOC_CAUSE_ISOLATED);
        assert_int_equal(toc_intrusion_attempt(small.world, entry), TOC_OBSTACLE_NONE);
        small_end(&small);
    }
}

static void reimaging_throws_every_intruder_out_whether_or_not_it_was_known(void **state) {
    (void)state;
    struct small small;
    three_hosts(&small, 1000000, 1);
    uint32_t moth = enter(&small, "MOTH"), server = small_at(&small, "server");
    assert_true(toc_intrusion_grant(small.world, moth, server, TOC_ACCESS_ADMIN));
    assert_true(toc_intrusion_implant(small.world, moth, server));
    assert_true(toc_intrusion_tamper(small.world, server));
    assert_false(toc_intrusion_tamper(small.world, server));
    const char *why = "";
    toc_job_order order = {
        .kind = TOC_JOB_KIND_REIMAGE, .element = server, .crew = TOC_INDEX_NONE, .vendor = 1};
    uint32_t job = toc_job_order_at(small.world, &order, &why);
    while (toc_job_read(small.world, job).stage < TOC_JOB_DONE) {
        assert_true(toc_calendar_step(small.calendar));
    }
    assert_int_equal(toc_intrusion_access(small.world, moth, server), TOC_ACCESS_NONE);
    assert_false(toc_intrusion_has_implant(small.world, moth, server));
    assert_false(toc_intrusion_is_tampered(small.world, server));
    assert_int_equal(toc_intrusion_access(small.world, moth, small_at(&small, "jump")),
                     TOC_ACCESS_ADMIN);
    small_end(&small);
}

static void a_foothold_from_the_start_is_no_change_of_the_state(void **state) {
    (void)state;
    uint64_t sums[3];
    for (size_t i = 0; i < 3; i++) {
        struct small small;
        toc_digest digest = toc_digest_start();
        three_hosts(&small, 1000000, 1);
        if (i > 0) {
            uint32_t moth = enter(&small, "MOTH");
            if (i > 1) {
                assert_true(toc_intrusion_implant(small.world, moth, small_at(&small, "jump")));
            }
        }
        toc_world_digest(small.world, &digest);
        sums[i] = toc_digest_value(digest);
        small_end(&small);
    }
    assert_true(sums[0] == sums[1]);
    assert_true(sums[0] != sums[2]);
}

/* -- Chance, by 99 % intervals ------------------------------------------------------------------
 */

struct tally {
    double sum, squares;
    unsigned count;
};

static void note(struct tally *tally, double value) {
    tally->sum += value;
    tally->squares += value * value;
    tally->count++;
}

static void expect_mean(const struct tally *tally, double expected) {
    double n = tally->count, mean = tally->sum / n;
    double half = 2.5758 * sqrt((tally->squares / n - mean * mean) / (n - 1));
    printf("mean %.5f +- %.5f, expected %.5f, n %u\n", mean, half, expected, tally->count);
    assert_true(half > 0 && fabs(mean - expected) < half);
}

enum { RUNS = 20000 };

/* Whether a weakness can be used is drawn once: who failed for that reason fails for ever. */
static void what_cannot_be_used_never_can_and_the_share_that_can_is_the_ease(void **state) {
    (void)state;
    struct tally feasible = {0};
    struct small small;
    uint64_t seed = support_seed("feasibility");
    three_hosts(&small, 600000, seed);
    for (unsigned i = 0; i < RUNS; i++) {
        static char names[RUNS][16];
        (void)snprintf(names[i], sizeof names[i], "moth-%u", i);
        if (i % 1000 == 0 && i > 0) { /* few attackers in a world: each is looked up in a list */
            small_end(&small);
            three_hosts(&small, 600000, seed);
        }
        uint32_t attacker = enter(&small, names[i]);
        bool can = toc_intrusion_is_feasible(small.world, attacker, 0);
        note(&feasible, can);
        for (unsigned k = 0; k < 3 && i % 1000 < 20; k++) {
            toc_attempt attempt = {attacker, 0, 1};
            assert_int_equal(toc_intrusion_attempt(small.world, attempt),
                             can ? TOC_OBSTACLE_LUCK : TOC_OBSTACLE_IMMUNE);
        }
    }
    small_end(&small);
    expect_mean(&feasible, 0.6);
}

/* Attempts that succeed with 0.3: mean 1/p, variance (1 - p)/p^2; found out with 0.1 before each,
   it is through first with p (1 - q) / (1 - (1 - p)(1 - q)). */
static void attempts_are_geometric_and_race_with_being_found_out(void **state) {
    (void)state;
    struct tally count = {0}, spread = {0}, unseen = {0};
    uint64_t seed = support_seed("attempts");
    for (unsigned run = 0; run < RUNS; run++) {
        struct small small;
        three_hosts(&small, 1000000, seed + run);
        toc_chance chance = {seed + run, 0};
        toc_attempt attempt = {enter(&small, "MOTH"), 0, 300000};
        toc_draw seen = {toc_chance_key("soc"), toc_chance_key("sees"), 0};
        bool found_out = toc_chance_happens(&chance, seen, 100000);
        unsigned tries = 1;
        while (toc_intrusion_attempt(small.world, attempt) != TOC_OBSTACLE_NONE) {
            tries++;
            seen.occurrence++;
            found_out = found_out || toc_chance_happens(&chance, seen, 100000);
        }
        note(&count, tries);
        note(&spread, (tries - 1 / 0.3) * (tries - 1 / 0.3));
        note(&unseen, !found_out);
        small_end(&small);
    }
    expect_mean(&count, 3.333333);
    expect_mean(&spread, 7.777778);
    expect_mean(&unseen, 0.729730);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attacker_climbs_weakness_by_weakness_and_each_has_its_own),
        cmocka_unit_test(an_isolated_asset_is_neither_entered_nor_left),
        cmocka_unit_test(reimaging_throws_every_intruder_out_whether_or_not_it_was_known),
        cmocka_unit_test(a_foothold_from_the_start_is_no_change_of_the_state),
        cmocka_unit_test(what_cannot_be_used_never_can_and_the_share_that_can_is_the_ease),
        cmocka_unit_test(attempts_are_geometric_and_race_with_being_found_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
