#include "support/support.h"

#include <math.h>
#include <stdbool.h>

#include "kernel/integral.h"

static bool is_near(double a, double b) {
    return fabs(a - b) <= 1e-12 * fabs(b);
}

static void a_level_that_stays_is_a_rectangle(void **state) {
    (void)state;
    toc_integral integral = toc_integral_start(TOC_HOUR, 7);
    assert_true(toc_integral_area(&integral, 3 * TOC_HOUR) == (toc_wide)14 * TOC_HOUR);
    assert_true(is_near(toc_integral_hours(&integral, 3 * TOC_HOUR), 14));
    assert_true(is_near(toc_integral_mean(&integral, 3 * TOC_HOUR), 7));
}

/* Service at 40 % for 2 h, at 70 % for 3 h, then mended evenly over 5 h: 2.85 hours of outage. */
static void a_loss_by_steps_and_a_ramp_is_exact(void **state) {
    (void)state;
    const int64_t whole = 1000000; /* ppm */
    toc_integral loss = toc_integral_start(0, whole - 400000);
    toc_integral_set(&loss, 2 * TOC_HOUR, whole - 700000, 0);
    toc_integral_set(&loss, 5 * TOC_HOUR, whole - 700000, -60000);
    toc_integral_set(&loss, 10 * TOC_HOUR, 0, 0);
    assert_true(toc_integral_area(&loss, 12 * TOC_HOUR) == (toc_wide)2850000 * TOC_HOUR);
    assert_true(is_near(toc_integral_mean(&loss, 10 * TOC_HOUR), 285000));
}

static void reading_in_between_changes_nothing(void **state) {
    (void)state;
    toc_integral asked = toc_integral_start(0, 3), left_alone = asked;
    toc_integral_set(&asked, 1, 1, 7);
    toc_integral_set(&left_alone, 1, 1, 7);
    for (toc_time now = 1; now < 100000; now += 7) {
        (void)toc_integral_area(&asked, now);
    }
    assert_true(toc_integral_area(&asked, 100000) == toc_integral_area(&left_alone, 100000));
}

/* Ramps of a thousand units an hour that last 1 µs: 7.2 million of these slivers make one. */
static void slivers_below_the_unit_are_not_lost(void **state) {
    (void)state;
    toc_integral integral = toc_integral_start(0, 0);
    const toc_time spells = 7200000;
    for (toc_time now = 0; now < spells; now++) {
        toc_integral_set(&integral, now, 0, 1000);
    }
    assert_true(toc_integral_area(&integral, spells) == 1);
    assert_true(toc_integral_area(&integral, spells - 1) == 0);
}

static void the_area_below_zero_counts_and_is_rounded_down(void **state) {
    (void)state;
    toc_integral integral = toc_integral_start(0, 0);
    toc_integral_set(&integral, 0, 0, -1);
    assert_true(toc_integral_area(&integral, 1) == -1);
    assert_true(toc_integral_area(&integral, 0) == 0);
    toc_integral_set(&integral, 0, -5, 0);
    assert_true(toc_integral_area(&integral, 10) == -50);
}

static void where_no_time_has_passed_the_mean_is_the_level(void **state) {
    (void)state;
    toc_integral integral = toc_integral_start(5, 42);
    assert_true(is_near(toc_integral_mean(&integral, 5), 42));
}

static void a_hundred_years_of_a_continent_s_load_fit(void **state) {
    (void)state;
    const int64_t watts = INT64_C(2000000000000);
    toc_time end = 36500 * TOC_DAY;
    toc_integral integral = toc_integral_start(0, watts);
    assert_true(toc_integral_area(&integral, end) == (toc_wide)watts * end);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_level_that_stays_is_a_rectangle),
        cmocka_unit_test(a_loss_by_steps_and_a_ramp_is_exact),
        cmocka_unit_test(reading_in_between_changes_nothing),
        cmocka_unit_test(slivers_below_the_unit_are_not_lost),
        cmocka_unit_test(the_area_below_zero_counts_and_is_rounded_down),
        cmocka_unit_test(where_no_time_has_passed_the_mean_is_the_level),
        cmocka_unit_test(a_hundred_years_of_a_continent_s_load_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
