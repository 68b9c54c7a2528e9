#include "support/support.h"

#include <math.h>
#include <stdlib.h>

#include "kernel/chance.h"
#include "kernel/digest.h"

static toc_chance seeded(const char *name) {
    return (toc_chance){.seed = support_seed(name), .replication = 3};
}

static toc_draw nth(uint32_t occurrence) {
    return (toc_draw){.entity = 11, .purpose = 22, .occurrence = occurrence};
}

/* Known answers published with Random123, the reference implementation of Philox. */
static void philox_gives_the_published_answers(void **state) {
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint32_t out[4];
        toc_chance_philox(known[i].counter, known[i].key, out);
        assert_memory_equal(out, known[i].out, sizeof out);
    }
}

static void a_draw_is_keyed_by_seed_replication_entity_purpose_and_occurrence(void **state) {
    (void)state;
    const uint64_t seed = UINT64_C(0x299f31d0a4093822);
    toc_chance chance = {.seed = seed, .replication = 0x03707344};
    toc_draw draw = {.entity = 0x13198a2e, .purpose = 0x85a308d3, .occurrence = 0x243f6a88};
    assert_true(toc_chance_bits(&chance, draw) == UINT64_C(0x94fdccebd16cfe09));
    double expected = ((double)(UINT64_C(0x94fdccebd16cfe09) >> 11) + 0.5) * 1.1102230246251565e-16;
    assert_true(toc_chance_uniform(&chance, draw) == expected);
}

static void a_draw_does_not_depend_on_what_was_drawn_before(void **state) {
    (void)state;
    toc_chance chance = seeded(__func__);
    uint64_t alone = toc_chance_bits(&chance, nth(500));
    for (uint32_t i = 0; i < 1000; i++) {
        (void)toc_chance_bits(&chance, nth(i));
    }
    assert_true(toc_chance_bits(&chance, nth(500)) == alone);
}

static void names_give_keys_that_differ_and_stay(void **state) {
    (void)state;
    assert_int_equal(toc_chance_key("ss-12"), toc_chance_key("ss-12"));
    assert_int_not_equal(toc_chance_key("ss-12"), toc_chance_key("ss-21"));
    assert_int_not_equal(toc_chance_key("ss-12"), toc_chance_key("ss-1"));
    assert_int_equal(toc_chance_key("repair"), 0xff96a384);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Kolmogorov-Smirnov: largest distance of the sample from the distribution, times sqrt(n). Beyond
   1.95 with a chance of one in a thousand; the seed is fixed, so this is a test, not a lottery. */
static double distance(double *sample, size_t count, double (*distribution)(double)) {
    qsort(sample, count, sizeof *sample, ascending);
    double worst = 0;
    for (size_t i = 0; i < count; i++) {
        double p = distribution(sample[i]), n = (double)count;
        worst = fmax(worst, fmax(fabs(p - (double)i / n), fabs((double)(i + 1) / n - p)));
    }
    return worst * sqrt((double)count);
}

#define SAMPLE 20000

static double uniform_distribution(double x) {
    return x;
}

static double exponential_distribution(double hours) {
    return 1 - exp(-hours / 3);
}

static double normal_distribution(double x) {
    return 0.5 * erfc(-x / sqrt(2));
}

static double lognormal_distribution(double hours) {
    return normal_distribution(log(hours / 4) / 0.8);
}

static double triangular_distribution(double hours) {
    return hours < 2 ? (hours - 1) * (hours - 1) / 4 : 1 - (5 - hours) * (5 - hours) / 12;
}

static void uniform_draws_are_uniform_and_never_reach_the_ends(void **state) {
    (void)state;
    toc_chance chance = seeded(__func__);
    double sample[SAMPLE];
    for (uint32_t i = 0; i < SAMPLE; i++) {
        sample[i] = toc_chance_uniform(&chance, nth(i));
        assert_true(sample[i] > 0 && sample[i] < 1);
    }
    assert_true(distance(sample, SAMPLE, uniform_distribution) < 1.95);
}

static void waiting_times_are_exponential(void **state) {
    (void)state;
    toc_chance chance = seeded(__func__);
    double sample[SAMPLE];
    for (uint32_t i = 0; i < SAMPLE; i++) {
        toc_time time = toc_chance_exponential(&chance, nth(i), 3 * TOC_HOUR);
        assert_true(time >= 0);
        sample[i] = (double)time / (double)TOC_HOUR;
    }
    assert_true(distance(sample, SAMPLE, exponential_distribution) < 1.95);
}

static void repair_times_are_lognormal_about_their_median(void **state) {
    (void)state;
    toc_chance chance = seeded(__func__);
    double sample[SAMPLE];
    double sum = 0;
    for (uint32_t i = 0; i < SAMPLE; i++) {
        sample[i] =
            (double)toc_chance_lognormal(&chance, nth(i), 4 * TOC_HOUR, 0.8) / (double)TOC_HOUR;
        sum += sample[i];
    }
    /* mean 4 e^0.32 = 5.5085 h; its standard error here is 0.037 */
    assert_true(fabs(sum / SAMPLE - 5.5085) < 4 * 0.037);
    assert_true(distance(sample, SAMPLE, lognormal_distribution) < 1.95);
}

static void estimates_by_three_points_are_triangular(void **state) {
    (void)state;
    toc_chance chance = seeded(__func__);
    double sample[SAMPLE];
    for (uint32_t i = 0; i < SAMPLE; i++) {
        toc_time time =
            toc_chance_triangular(&chance, nth(i), TOC_HOUR, 2 * TOC_HOUR, 5 * TOC_HOUR);
        assert_in_range(time, TOC_HOUR, 5 * TOC_HOUR);
        sample[i] = (double)time / (double)TOC_HOUR;
    }
    assert_true(distance(sample, SAMPLE, triangular_distribution) < 1.95);
}

static void a_normal_variate_is_the_exact_inverse_of_its_uniform(void **state) {
    (void)state;
    toc_chance chance = seeded(__func__);
    double nearest_to_end = 1;
    for (uint32_t i = 0; i < 200000; i++) {
        double u = toc_chance_uniform(&chance, nth(i));
        double back = normal_distribution(toc_chance_normal(&chance, nth(i)));
        assert_true(fabs(back - u) <= 2e-15 + 1e-13 * u);
        nearest_to_end = fmin(nearest_to_end, fmin(u, 1 - u));
    }
    assert_true(nearest_to_end < 1e-4); /* the tails were met */
}

static void chances_in_a_million_are_kept_and_the_ends_are_certain(void **state) {
    (void)state;
    toc_chance chance = seeded(__func__);
    uint32_t happened = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        happened += toc_chance_happens(&chance, nth(i), 250000) ? 1 : 0;
        assert_false(toc_chance_happens(&chance, nth(i), 0));
        assert_true(toc_chance_happens(&chance, nth(i), 1000000));
    }
    assert_in_range(happened, 25000 - 600, 25000 + 600); /* 4.4 standard deviations */
}

static void whole_numbers_between_two_ends_are_equally_likely(void **state) {
    (void)state;
    toc_chance chance = seeded(__func__);
    uint32_t counts[6] = {0};
    for (uint32_t i = 0; i < 60000; i++) {
        int64_t number = toc_chance_between(&chance, nth(i), -2, 3);
        assert_true(number >= -2 && number <= 3);
        counts[number + 2]++;
    }
    for (size_t i = 0; i < 6; i++) {
        assert_in_range(counts[i], 10000 - 400, 10000 + 400);
    }
    assert_int_equal(toc_chance_between(&chance, nth(0), 7, 7), 7);
    bool positive = false, negative = false;
    for (uint32_t i = 0; i < 64; i++) {
        int64_t number = toc_chance_between(&chance, nth(i), INT64_MIN, INT64_MAX);
        positive = positive || number > 0;
        negative = negative || number < 0;
    }
    assert_true(positive && negative);
}

static void degenerate_distributions_are_constants(void **state) {
    (void)state;
    toc_chance chance = seeded(__func__);
    assert_int_equal(toc_chance_exponential(&chance, nth(1), 0), 0);
    assert_int_equal(toc_chance_lognormal(&chance, nth(1), TOC_HOUR, 0), TOC_HOUR);
    assert_int_equal(toc_chance_triangular(&chance, nth(1), 5, 5, 5), 5);
}

static void durations_stay_within_the_range_of_time(void **state) {
    (void)state;
    toc_chance chance = seeded(__func__);
    for (uint32_t i = 0; i < 1000; i++) {
        assert_true(toc_chance_exponential(&chance, nth(i), TOC_NEVER - 1) < TOC_NEVER / 2);
        assert_true(toc_chance_lognormal(&chance, nth(i), TOC_DAY * 365, 50) < TOC_NEVER / 2);
    }
}

/* Any change of these numbers changes every recorded drill. */
static void variates_have_the_same_bits_on_every_machine(void **state) {
    (void)state;
    toc_chance chance = {.seed = 42, .replication = 1};
    toc_digest digest = toc_digest_start();
    for (uint32_t i = 0; i < 20000; i++) {
        toc_digest_i64(&digest, toc_chance_exponential(&chance, nth(i), TOC_HOUR));
        toc_digest_i64(&digest, toc_chance_lognormal(&chance, nth(i), TOC_HOUR, 1.1));
        toc_digest_i64(&digest, toc_chance_triangular(&chance, nth(i), 0, TOC_HOUR, TOC_DAY));
        toc_digest_i64(&digest, toc_chance_between(&chance, nth(i), 1, 1000000));
    }
    assert_true(toc_digest_value(digest) == UINT64_C(0x588f88fe6081b74a));
}

static void draws_made_together_are_those_made_one_by_one(void **state) {
    (void)state;
    toc_chance chance = {support_seed("draws together"), 3};
    for (uint32_t round = 0; round < 500; round++) {
        toc_draw draw = {round * 7919, round % 13, round * 8};
        toc_time mean = (toc_time)round * round * 977, together[TOC_CHANCE_BATCH];
        toc_chance_exponentials(&chance, draw, mean, together);
        for (uint32_t i = 0; i < TOC_CHANCE_BATCH; i++) {
            toc_draw one = draw;
            one.occurrence += i;
            assert_int_equal(together[i], toc_chance_exponential(&chance, one, mean));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_published_answers),
        cmocka_unit_test(a_draw_is_keyed_by_seed_replication_entity_purpose_and_occurrence),
        cmocka_unit_test(a_draw_does_not_depend_on_what_was_drawn_before),
        cmocka_unit_test(names_give_keys_that_differ_and_stay),
        cmocka_unit_test(uniform_draws_are_uniform_and_never_reach_the_ends),
        cmocka_unit_test(waiting_times_are_exponential),
        cmocka_unit_test(repair_times_are_lognormal_about_their_median),
        cmocka_unit_test(estimates_by_three_points_are_triangular),
        cmocka_unit_test(a_normal_variate_is_the_exact_inverse_of_its_uniform),
        cmocka_unit_test(chances_in_a_million_are_kept_and_the_ends_are_certain),
        cmocka_unit_test(whole_numbers_between_two_ends_are_equally_likely),
        cmocka_unit_test(degenerate_distributions_are_constants),
        cmocka_unit_test(durations_stay_within_the_range_of_time),
        cmocka_unit_test(variates_have_the_same_bits_on_every_machine),
        cmocka_unit_test(draws_made_together_are_those_made_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
