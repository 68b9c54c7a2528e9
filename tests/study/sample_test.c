#include "support/support.h"

#include <math.h>

#include "study/sample.h"

static void near(double found, double wanted, double tolerance) {
    if (!(fabs(found - wanted) <= tolerance)) {
        fail_msg("%.9f instead of %.9f", found, wanted);
    }
}

/* Worked by hand: mean 5, squared deviations 32 in all; t with seven degrees of freedom 2.364624.
 */
static void a_sample_tells_its_middle_its_spread_and_what_chance_leaves_open(void **state) {
    (void)state;
    double values[] = {9, 2, 4, 5, 4, 7, 5, 4};
    toc_sample sample = toc_sample_of(values, 8);
    assert_int_equal(sample.count, 8);
    near(sample.mean, 5, 1e-12);
    near(sample.sd, sqrt(32.0 / 7), 1e-12);
    near(sample.high - sample.mean, 2.364624 * sqrt(32.0 / 7) / sqrt(8), 1e-5);
    near(sample.mean - sample.low, sample.high - sample.mean, 1e-12);
    near(sample.least, 2, 0);
    near(sample.median, 4.5, 1e-12);
    near(sample.p10, 3.4, 1e-12);
    near(sample.p90, 7.6, 1e-12);
    near(sample.most, 9, 0);
}

static void one_value_has_no_spread_and_none_is_none(void **state) {
    (void)state;
    double value = 3;
    toc_sample one = toc_sample_of(&value, 1);
    near(one.low, 3, 0);
    near(one.high, 3, 0);
    near(one.sd, 0, 0);
    assert_int_equal(toc_sample_of(NULL, 0).count, 0);
}

/* Wilson's interval as tabulated: 8 of 10 gives 0.490 to 0.943; 0 of 20 up to 0.161. */
static void a_share_of_few_runs_is_told_with_a_wide_interval(void **state) {
    (void)state;
    toc_sample_share share = toc_sample_share_of(8, 10);
    near(share.share, 0.8, 1e-12);
    near(share.low, 0.4902, 1e-4);
    near(share.high, 0.9433, 1e-4);
    share = toc_sample_share_of(0, 20);
    near(share.low, 0, 0);
    near(share.high, 0.1611, 1e-4);
    near(toc_sample_share_of(20, 20).high, 1, 0);
    near(toc_sample_share_of(20, 20).low, 1 - 0.1611, 1e-4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sample_tells_its_middle_its_spread_and_what_chance_leaves_open),
        cmocka_unit_test(one_value_has_no_spread_and_none_is_none),
        cmocka_unit_test(a_share_of_few_runs_is_told_with_a_wide_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
