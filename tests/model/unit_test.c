#include "support/support.h"

#include "tocsin/unit.h"

#include <string.h>

static int64_t parsed(const char *text, int64_t base) {
    int64_t value = -12345;
    assert_true(toc_unit_parse_number(text, base, &value));
    return value;
}

static void refuses_number(const char *text, int64_t base) {
    int64_t value = 77;
    if (toc_unit_parse_number(text, base, &value)) {
        fail_msg("'%s' was taken for a number", text);
    }
    assert_int_equal(value, 77);
}

static toc_time time_of(const char *text) {
    toc_time time = -1;
    if (!toc_unit_parse_time(text, &time)) {
        fail_msg("'%s' was not taken for a time", text);
    }
    return time;
}

static void refuses_time(const char *text) {
    toc_time time = 77;
    if (toc_unit_parse_time(text, &time)) {
        fail_msg("'%s' was taken for a time", text);
    }
    assert_int_equal(time, 77);
}

static void numbers_are_read_as_people_write_them(void **state) {
    (void)state;
    assert_int_equal(parsed("120", 1000000), 120000000);
    assert_int_equal(parsed("1.5", 1000000), 1500000);
    assert_int_equal(parsed("2e3", 1), 2000);
    assert_int_equal(parsed("2.5E-1", 1000), 250);
    assert_int_equal(parsed(" .5 ", 10), 5);
    assert_int_equal(parsed("7.", 1), 7);
    assert_int_equal(parsed("-3.25", 4), -13);
    assert_int_equal(parsed("+1e+2", 1), 100);
    assert_int_equal(parsed("0e99999999999", 1), 0);
    assert_int_equal(parsed("1e-99999", 1), 0);
}

static void a_number_is_rounded_once_and_from_its_decimal_digits(void **state) {
    (void)state;
    assert_int_equal(parsed("0.1", 10), 1);
    assert_int_equal(parsed("0.29", 100), 29); /* 28 when it goes through a double */
    assert_int_equal(parsed("2.5", 1), 3);
    assert_int_equal(parsed("-2.5", 1), -3);
    assert_int_equal(parsed("2.4999999999999999999999999", 1), 2);
    assert_int_equal(parsed("9223372036854775807", 1), INT64_MAX);
    assert_int_equal(parsed("0.000000000000000000000000000001e30", 1), 1);
    assert_int_equal(parsed("1000000000000000000000000000000e-30", 1), 1);
}

static void what_is_no_number_or_does_not_fit_is_refused(void **state) {
    static const char *const texts[] = {"",
                                        " ",
                                        ".",
                                        "-",
                                        "e5",
                                        "1e",
                                        "1e+",
                                        "1.2.3",
                                        "0x10",
                                        "nan",
                                        "inf",
                                        "1 2",
                                        "12MW",
                                        "1,5",
                                        "9223372036854775808",
                                        "1e19",
                                        "1e99999999999"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        refuses_number(texts[i], 1);
    }
    refuses_number("9223372036855", 1000000);
}

static void a_quantity_carries_its_unit(void **state) {
    const toc_unit *unit = NULL;
    int64_t value = 0;
    (void)state;
    assert_true(toc_unit_parse("175MW", &value, &unit));
    assert_int_equal(value, 175000000);
    assert_string_equal(unit->dimension, "power");
    assert_true(toc_unit_parse(" 1.5 L/s ", &value, &unit));
    assert_int_equal(value, 129600000);
    assert_true(toc_unit_parse("12.5%", &value, &unit));
    assert_int_equal(value, 125000);
    assert_false(toc_unit_parse("175", &value, &unit));
    assert_false(toc_unit_parse("175mw", &value, &unit));
    assert_false(toc_unit_parse("MW", &value, &unit));
    assert_int_equal(value, 125000);
}

static void the_same_flow_is_the_same_number_in_every_unit(void **state) {
    int64_t value = 0, same = 0;
    const toc_unit *unit = NULL;
    (void)state;
    assert_true(toc_unit_parse("36m3/h", &value, &unit));
    assert_true(toc_unit_parse("10L/s", &same, &unit));
    assert_int_equal(value, same);
    assert_true(toc_unit_parse("0.864ML/d", &same, &unit));
    assert_int_equal(value, same);
    assert_true(toc_unit_parse("0.01m3/s", &same, &unit));
    assert_int_equal(value, same);
}

static void the_nearest_unit_is_named(void **state) {
    (void)state;
    assert_null(toc_unit_find("mW"));
    assert_string_equal(toc_unit_find("Gbit/s")->name, "Gbit/s");
    assert_string_equal(toc_unit_nearest("Mbits/s"), "Mbit/s");
    assert_null(toc_unit_nearest("furlong"));
}

static void times_add_up_their_parts(void **state) {
    (void)state;
    assert_int_equal(time_of("8h"), 8 * TOC_HOUR);
    assert_int_equal(time_of("20min"), 20 * TOC_MINUTE);
    assert_int_equal(time_of("1h30min"), 90 * TOC_MINUTE);
    assert_int_equal(time_of("1h 30min 5s"), 90 * TOC_MINUTE + 5 * TOC_SECOND);
    assert_int_equal(time_of("90s"), 90 * TOC_SECOND);
    assert_int_equal(time_of("250ms"), TOC_SECOND / 4);
    assert_int_equal(time_of("2d"), 2 * TOC_DAY);
    assert_int_equal(time_of("1.5h"), 90 * TOC_MINUTE);
    assert_int_equal(time_of(" 3 us "), 3);
    assert_int_equal(time_of("0"), 0);
}

static void what_is_no_time_is_refused(void **state) {
    static const char *const texts[] = {"",        "h",          "5",         "-5min",
                                        "30min1h", "1h1h",       "5 parsecs", "5m",
                                        "1h30",    "300000000d", "1e30s",     "5min;"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        refuses_time(texts[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_people_write_them),
        cmocka_unit_test(a_number_is_rounded_once_and_from_its_decimal_digits),
        cmocka_unit_test(what_is_no_number_or_does_not_fit_is_refused),
        cmocka_unit_test(a_quantity_carries_its_unit),
        cmocka_unit_test(the_same_flow_is_the_same_number_in_every_unit),
        cmocka_unit_test(the_nearest_unit_is_named),
        cmocka_unit_test(times_add_up_their_parts),
        cmocka_unit_test(what_is_no_time_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
