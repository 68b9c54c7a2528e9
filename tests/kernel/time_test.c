#include "support/support.h"

#include <string.h>

#include "tocsin/time.h"

static void shown(toc_time time, const char *expected) {
    char buffer[64];
    size_t length = toc_time_print(time, buffer, sizeof buffer);
    assert_string_equal(buffer, expected);
    assert_int_equal(length, strlen(expected));
}

static void a_time_is_shown_as_day_and_clock(void **state) {
    (void)state;
    shown(0, "D+0 00:00:00");
    shown(3 * TOC_HOUR + 7 * TOC_MINUTE + 42 * TOC_SECOND, "D+0 03:07:42");
    shown(TOC_DAY - TOC_SECOND, "D+0 23:59:59");
    shown(TOC_DAY, "D+1 00:00:00");
    shown(400 * TOC_DAY + TOC_SECOND, "D+400 00:00:01");
}

static void microseconds_are_shown_where_there_are_any(void **state) {
    (void)state;
    shown(250000, "D+0 00:00:00.250000");
    shown(TOC_SECOND + 1, "D+0 00:00:01.000001");
}

static void the_time_before_the_start_has_its_sign(void **state) {
    (void)state;
    shown(-TOC_HOUR, "D-0 01:00:00");
    shown(-TOC_DAY - 1, "D-1 00:00:00.000001");
}

static void never_is_never_and_the_ends_of_time_fit(void **state) {
    (void)state;
    shown(TOC_NEVER, "never");
    shown(TOC_NEVER - 1, "D+106751991 04:00:54.775806");
    shown(INT64_MIN, "D-106751991 04:00:54.775808");
}

static void a_small_buffer_is_never_overrun_and_the_length_wanted_is_told(void **state) {
    (void)state;
    for (size_t size = 0; size < 24; size++) {
        char buffer[32];
        memset(buffer, '#', sizeof buffer);
        assert_int_equal(toc_time_print(1, buffer, size), strlen("D+0 00:00:00.000001"));
        for (size_t i = size; i < sizeof buffer; i++) {
            assert_int_equal(buffer[i], '#');
        }
        if (size > 0) {
            assert_true(memchr(buffer, '\0', size) != NULL);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_is_shown_as_day_and_clock),
        cmocka_unit_test(microseconds_are_shown_where_there_are_any),
        cmocka_unit_test(the_time_before_the_start_has_its_sign),
        cmocka_unit_test(never_is_never_and_the_ends_of_time_fit),
        cmocka_unit_test(a_small_buffer_is_never_overrun_and_the_length_wanted_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
