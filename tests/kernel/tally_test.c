#include "support/support.h"

#include <math.h>
#include <stdlib.h>

#include "kernel/chance.h"
#include "kernel/tally.h"

static toc_tally *tally_of(const int64_t *values, size_t count) {
    toc_tally *tally = toc_tally_create();
    for (size_t i = 0; i < count; i++) {
        toc_tally_add(tally, values[i]);
    }
    return tally;
}

static void mean_and_variance_are_those_of_the_textbook(void **state) {
    (void)state;
    const int64_t values[] = {2, 4, 4, 4, 5, 5, 7, 9};
    toc_tally *tally = tally_of(values, 8);
    assert_int_equal(toc_tally_count(tally), 8);
    assert_true(toc_tally_mean(tally) == 5);
    assert_true(fabs(toc_tally_variance(tally) - 32.0 / 7) < 1e-15);
    toc_tally_destroy(tally);
}

static void no_observation_has_mean_and_variance_zero(void **state) {
    (void)state;
    toc_tally *tally = toc_tally_create();
    assert_true(toc_tally_mean(tally) == 0);
    assert_true(toc_tally_variance(tally) == 0);
    toc_tally_add(tally, 9);
    assert_true(toc_tally_variance(tally) == 0);
    toc_tally_destroy(tally);
}

/* Squares of these do not fit a double's 53 bits: differences of sums of squares would be noise. */
static void large_values_lose_nothing_of_their_spread(void **state) {
    (void)state;
    const int64_t far = INT64_C(1) << 52;
    const int64_t values[] = {far + 1, far + 2, far + 3};
    toc_tally *tally = tally_of(values, 3);
    assert_true(toc_tally_variance(tally) == 1);
    toc_tally_destroy(tally);
    const int64_t largest[] = {INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN};
    tally = tally_of(largest, 4);
    assert_true(toc_tally_mean(tally) == -0.5);
    toc_tally_destroy(tally);
}

static void a_quantile_is_an_observation_by_rank(void **state) {
    (void)state;
    const int64_t values[] = {30, -10, 20, 10, 0};
    toc_tally *tally = tally_of(values, 5);
    assert_int_equal(toc_tally_quantile(tally, 0), -10);
    assert_int_equal(toc_tally_quantile(tally, 200000), -10);
    assert_int_equal(toc_tally_quantile(tally, 200001), 0);
    assert_int_equal(toc_tally_quantile(tally, 500000), 10);
    assert_int_equal(toc_tally_quantile(tally, 1000000), 30);
    toc_tally_add(tally, -20); /* also after one was asked for */
    assert_int_equal(toc_tally_quantile(tally, 0), -20);
    toc_tally_destroy(tally);
}

static int ascending(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void quantiles_of_any_values_are_those_of_a_sorted_list(void **state) {
    (void)state;
    toc_chance chance = {.seed = support_seed(__func__)};
    for (uint32_t round = 0; round < 20; round++) {
        int64_t values[997];
        toc_tally *tally = toc_tally_create();
        for (uint32_t i = 0; i < 997; i++) {
            uint64_t bits = toc_chance_bits(&chance, (toc_draw){1, round, i});
            values[i] = (int64_t)(bits << round * 2) >> round * 3;
            toc_tally_add(tally, values[i]);
        }
        qsort(values, 997, sizeof *values, ascending);
        for (int64_t ppm = 1; ppm <= 1000000; ppm += 997) {
            size_t rank = (size_t)((997 * ppm + 999999) / 1000000);
            assert_true(toc_tally_quantile(tally, ppm) == values[rank - 1]);
        }
        toc_tally_destroy(tally);
    }
}

/* Five batches of two, but for a warm-up of two and one that is left over: means 1, 2, 3, 4, 5. */
static void an_interval_is_student_s_over_the_means_of_batches(void **state) {
    (void)state;
    const int64_t values[] = {1000, -1000, 0, 2, 2, 2, 4, 2, 4, 4, 0, 10, 99};
    toc_tally *tally = tally_of(values, 13);
    toc_interval interval = toc_tally_interval(tally, 2, 5, 0.95);
    assert_true(fabs(interval.mean - 3) < 1e-15);
    /* t(0.975; 4) = 2.776445, standard error sqrt(2.5 / 5) */
    assert_true(fabs(interval.half_width / (2.776445 * sqrt(0.5)) - 1) < 2e-3);
    toc_tally_destroy(tally);
}

/* Two batches' means are -1 and 1: the half width is t times 1 / sqrt(n) of what it is here. */
static void student_s_quantiles_are_those_of_the_tables(void **state) {
    (void)state;
    static const struct {
        uint32_t batches;
        double confidence, quantile, off;
    } table[] = {{10, 0.99, 3.249836, 1e-4}, {20, 0.99, 2.860935, 1e-5},
                 {20, 0.95, 2.093024, 1e-5}, {30, 0.99, 2.756386, 1e-5},
                 {40, 0.90, 1.684875, 1e-5}, {100, 0.99, 2.626405, 1e-6}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        toc_tally *tally = toc_tally_create();
        for (uint32_t batch = 0; batch < table[i].batches; batch++) {
            toc_tally_add(tally, batch % 2 == 0 ? -1 : 1);
        }
        double n = table[i].batches, error = sqrt(n / (n - 1) / n);
        toc_interval interval = toc_tally_interval(tally, 0, table[i].batches, table[i].confidence);
        assert_true(fabs(interval.half_width / error / table[i].quantile - 1) < table[i].off);
        toc_tally_destroy(tally);
    }
}

/* An autoregressive series with a correlation of 0.9: of 400 intervals about 95 % hold the mean,
   where intervals that take neighbours for independent hold it in fewer than half the cases. */
static void
an_interval_holds_as_often_as_it_says_though_neighbours_resemble_each_other(void **state) {
    (void)state;
    toc_chance chance = {.seed = support_seed(__func__)};
    int held = 0;
    for (uint32_t series = 0; series < 400; series++) {
        toc_tally *tally = toc_tally_create();
        double value = 0;
        for (uint32_t i = 0; i < 4000; i++) {
            value = 0.9 * value + toc_chance_normal(&chance, (toc_draw){1, series, i});
            toc_tally_add(tally, (int64_t)(value * 1e6));
        }
        toc_interval interval = toc_tally_interval(tally, 100, 20, 0.95);
        held += fabs(interval.mean) <= interval.half_width ? 1 : 0;
        toc_tally_destroy(tally);
    }
    assert_in_range(held, 360, 398); /* 90 to 99.5 % */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mean_and_variance_are_those_of_the_textbook),
        cmocka_unit_test(no_observation_has_mean_and_variance_zero),
        cmocka_unit_test(large_values_lose_nothing_of_their_spread),
        cmocka_unit_test(a_quantile_is_an_observation_by_rank),
        cmocka_unit_test(quantiles_of_any_values_are_those_of_a_sorted_list),
        cmocka_unit_test(an_interval_is_student_s_over_the_means_of_batches),
        cmocka_unit_test(student_s_quantiles_are_those_of_the_tables),
        cmocka_unit_test(
            an_interval_holds_as_often_as_it_says_though_neighbours_resemble_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
