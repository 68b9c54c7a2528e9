#include "support/support.h"

#include "papers/span.h"

static void a_span_is_said_in_the_units_that_it_has(void **state) {
    (void)state;
    static const struct {
        toc_time span;
        const char *language, *text;
    } cases[] = {{0, "en", "0 s"},
                 {90 * TOC_SECOND, "en", "1 min 30 s"},
                 {8 * TOC_HOUR, "en", "8 h"},
                 {26 * TOC_HOUR + TOC_MINUTE, "en", "1 d 2 h 1 min"},
                 {26 * TOC_HOUR + TOC_MINUTE, "zh", "1 天 2 小时 1 分钟"},
                 {TOC_SECOND + 7, "en", "1 s"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char cell[TOC_SPAN_SIZE];
        assert_string_equal(toc_span_print(cases[i].language, cases[i].span, cell), cases[i].text);
    }
}

static void the_wall_shows_the_day_after_and_nothing_without_a_start(void **state) {
    (void)state;
    char cell[TOC_SPAN_SIZE];
    toc_msel_clock clock = toc_msel_clock_of("2015-12-23 15:00 Europe/Kyiv");
    assert_string_equal(toc_span_wall(clock, 31 * TOC_MINUTE, cell), "15:31");
    assert_string_equal(toc_span_wall(clock, 9 * TOC_HOUR + 10 * TOC_MINUTE, cell), "+1 d 00:10");
    assert_string_equal(toc_span_wall(toc_msel_clock_of(""), TOC_HOUR, cell), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_is_said_in_the_units_that_it_has),
        cmocka_unit_test(the_wall_shows_the_day_after_and_nothing_without_a_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
