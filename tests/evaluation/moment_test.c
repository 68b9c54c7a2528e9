#include "support/support.h"

#include <string.h>

#include "evaluation/moment.h"

static void times_are_those_of_the_clock_on_the_wall(void **state) {
    (void)state;
    char text[TOC_MOMENT_SIZE];
    const char *starts = "2015-12-23 15:00 Europe/Kyiv";
    assert_string_equal(toc_moment_local(starts, 30 * TOC_MINUTE + 42 * TOC_SECOND, text),
                        "15:30:42");
    assert_string_equal(toc_moment_local(starts, 9 * TOC_HOUR, text), "00:00:00\xc2\xa0+1\xc2\xa0"
                                                                      "d");
    assert_string_equal(toc_moment_short(starts, 26 * TOC_HOUR, text), "17:00");
    assert_string_equal(toc_moment_local("tomorrow", TOC_HOUR, text), "01:00:00");
    assert_string_equal(toc_moment_local("", 25 * TOC_HOUR, text), "1 d 01:00:00");
    assert_string_equal(toc_moment_local(starts, TOC_NEVER, text), "\xe2\x80\x93");
    assert_false(toc_moment_is_start("2015-12-23 25:00 UTC"));
    assert_int_equal(toc_moment_of_day(starts), 15 * TOC_HOUR);
}

static void where_a_day_begins_an_axis_says_which(void **state) {
    (void)state;
    char text[TOC_MOMENT_SIZE];
    const char *starts = "2023-12-30 05:00 Europe/Kyiv";
    assert_string_equal(toc_moment_day(starts, 7 * TOC_HOUR, text), "12:00");
    assert_string_equal(toc_moment_day(starts, 19 * TOC_HOUR, text), "31 Dec");
    assert_string_equal(toc_moment_day(starts, 43 * TOC_HOUR, text), "1 Jan");
    assert_string_equal(toc_moment_day(starts, 61 * TOC_DAY + 19 * TOC_HOUR, text), "1 Mar");
    assert_string_equal(toc_moment_day("2024-02-28 00:00 UTC", TOC_DAY, text), "29 Feb");
    assert_string_equal(toc_moment_day("2024-02-31 00:00 UTC", TOC_DAY, text), "0:00");
    assert_string_equal(toc_moment_day("", TOC_DAY, text), "24:00");
}

static void spans_are_said_in_the_two_largest_units(void **state) {
    (void)state;
    char text[TOC_MOMENT_SIZE];
    assert_string_equal(toc_moment_span(38 * TOC_SECOND, text), "38\xc2\xa0s");
    assert_string_equal(toc_moment_span(45 * TOC_MINUTE, text), "45\xc2\xa0min");
    assert_string_equal(toc_moment_span(4 * TOC_MINUTE + 2 * TOC_SECOND, text),
                        "4\xc2\xa0min\xc2\xa0"
                        "02\xc2\xa0s");
    assert_string_equal(toc_moment_span(3 * TOC_HOUR + 28 * TOC_MINUTE + 10 * TOC_SECOND, text),
                        "3\xc2\xa0h\xc2\xa0"
                        "28\xc2\xa0min");
    assert_string_equal(toc_moment_span(3600 * TOC_SECOND - 1, text), "1\xc2\xa0h\xc2\xa0"
                                                                      "00\xc2\xa0min");
}

static void numbers_are_grouped_and_units_grow_with_time(void **state) {
    (void)state;
    char text[TOC_MOMENT_SIZE];
    assert_string_equal(toc_moment_number(225000, 0, text), "225,000");
    assert_string_equal(toc_moment_number(999, 0, text), "999");
    assert_string_equal(toc_moment_number(1234567.891, 2, text), "1,234,567.89");
    assert_string_equal(toc_moment_number(-1234, 0, text), "-1,234");
    assert_string_equal(toc_moment_number(0.5, 1, text), "0.5");
    assert_string_equal(toc_moment_noun("emergency-calls", text), "emergency calls");
    assert_string_equal(toc_moment_integral_unit("MW", text), "MWh");
    assert_string_equal(toc_moment_integral_unit("W", text), "Wh");
    assert_string_equal(toc_moment_integral_unit("calls/h", text), "calls");
    assert_string_equal(toc_moment_integral_unit("Gbit/s", text), "Gbit/s\xc2\xb7h");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_those_of_the_clock_on_the_wall),
        cmocka_unit_test(where_a_day_begins_an_axis_says_which),
        cmocka_unit_test(spans_are_said_in_the_two_largest_units),
        cmocka_unit_test(numbers_are_grouped_and_units_grow_with_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
