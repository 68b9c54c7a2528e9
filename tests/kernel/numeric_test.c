#include "support/support.h"

#include <math.h>
#include <string.h>

#include "kernel/digest.h"
#include "kernel/numeric.h"

/* SplitMix64, so that the points are the same on every machine. */
static uint64_t next_bits(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static double next_between(uint64_t *state, double low, double high) {
    return low + (high - low) * ((double)(next_bits(state) >> 11) * 0x1p-53);
}

static double ulps_off(double got, long double exact) {
    double reference = (double)exact;
    double next = nextafter(fabs(reference), INFINITY);
    double ulp = next - fabs(reference);
    return (double)(fabsl((long double)got - exact) / (long double)ulp);
}

static void exp_is_at_most_two_units_in_the_last_place_off(void **state) {
    (void)state;
    uint64_t random = support_seed(__func__);
    for (int i = 0; i < 200000; i++) {
        double x = next_between(&random, i % 2 == 0 ? -708 : -2, i % 2 == 0 ? 709.7 : 2);
        assert_true(ulps_off(toc_numeric_exp(x), expl((long double)x)) <= 2);
    }
}

static void log_is_at_most_two_units_in_the_last_place_off(void **state) {
    (void)state;
    uint64_t random = support_seed(__func__);
    for (int i = 0; i < 200000; i++) {
        double x = i % 3 == 0   ? next_between(&random, 0, 1)
                   : i % 3 == 1 ? next_between(&random, 0.7, 1.5)
                                : exp(next_between(&random, -700, 700));
        assert_true(ulps_off(toc_numeric_log(x), logl((long double)x)) <= 2);
    }
    for (double off = 1e-3; off > 1e-16; off /= 1.7) {
        assert_true(ulps_off(toc_numeric_log(1 + off), logl(1 + off)) <= 2);
        assert_true(ulps_off(toc_numeric_log(1 - off), logl(1 - off)) <= 2);
    }
}

static void the_ends_of_the_range_are_met(void **state) {
    (void)state;
    assert_true(toc_numeric_exp(0) == 1);
    assert_true(toc_numeric_exp(-INFINITY) == 0);
    assert_true(toc_numeric_exp(-800) == 0);
    assert_true(isinf(toc_numeric_exp(710)));
    assert_true(isinf(toc_numeric_exp(INFINITY)));
    assert_true(isnan(toc_numeric_exp(NAN)));
    assert_true(toc_numeric_log(1) == 0);
    assert_true(isinf(toc_numeric_log(0)) && toc_numeric_log(0) < 0);
    assert_true(isinf(toc_numeric_log(INFINITY)));
    assert_true(isnan(toc_numeric_log(-1)));
    assert_true(isnan(toc_numeric_log(NAN)));
    assert_true(ulps_off(toc_numeric_log(0x1p-1074), logl(0x1p-1074L)) <= 2);
    assert_true(toc_numeric_exp(-740) > 0 && toc_numeric_exp(-740) < 0x1p-1022);
}

/* The digest is part of the contract: every build and every processor gives these very bits. */
static void the_bits_are_the_same_on_every_machine(void **state) {
    (void)state;
    uint64_t random = 7;
    toc_digest digest = toc_digest_start();
    for (int i = 0; i < 100000; i++) {
        double results[2];
        results[0] = toc_numeric_exp(next_between(&random, -30, 30));
        results[1] = toc_numeric_log(next_between(&random, 0, 20));
        uint64_t bits[2];
        memcpy(bits, results, sizeof bits);
        toc_digest_u64(&digest, bits[0]);
        toc_digest_u64(&digest, bits[1]);
    }
    assert_true(toc_digest_value(digest) == UINT64_C(0xaa551403783afb58));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_is_at_most_two_units_in_the_last_place_off),
        cmocka_unit_test(log_is_at_most_two_units_in_the_last_place_off),
        cmocka_unit_test(the_ends_of_the_range_are_met),
        cmocka_unit_test(the_bits_are_the_same_on_every_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
