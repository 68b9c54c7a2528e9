#include "support/support.h"

#include "drawing/theme.h"

static void check_contrast(const toc_theme *theme) {
    const toc_theme_colour grounds[] = {theme->panel, theme->raised};
    for (size_t i = 0; i < sizeof grounds / sizeof grounds[0]; i++) {
        assert_true(toc_theme_contrast(theme->text, grounds[i]) >= 7);
        assert_true(toc_theme_contrast(theme->text2, grounds[i]) >= 4.5);
        assert_true(toc_theme_contrast(theme->text3, grounds[i]) >= 4.2);
        assert_true(toc_theme_contrast(theme->critical, grounds[i]) >= 3);
        assert_true(toc_theme_contrast(theme->compromised, grounds[i]) >= 3);
    }
    assert_true(toc_theme_contrast(theme->strip_ink, theme->strip) >= 7);
    assert_true(toc_theme_contrast(theme->critical_ink, theme->critical) >= 3);
}

static void words_and_alarms_can_be_read_in_every_theme(void **state) {
    (void)state;
    check_contrast(toc_theme_light());
    check_contrast(toc_theme_dark());
}

static void contrast_is_that_of_wcag(void **state) {
    const toc_theme_colour black = {0, 0, 0}, white = {255, 255, 255}, grey = {119, 119, 119};
    (void)state;
    assert_true(toc_theme_contrast(black, white) == 21);
    assert_true(toc_theme_contrast(white, black) == 21);
    assert_in_range((long)(toc_theme_contrast(grey, white) * 100), 447, 448);
}

static void themes_are_found_by_name(void **state) {
    (void)state;
    assert_ptr_equal(toc_theme_find("light"), toc_theme_light());
    assert_ptr_equal(toc_theme_find("dark"), toc_theme_dark());
    assert_null(toc_theme_find("pink"));
}

static void a_colour_is_written_as_on_the_web(void **state) {
    char hex[8];
    (void)state;
    toc_theme_hex((toc_theme_colour){0xF2, 0x36, 0x0D}, hex);
    assert_string_equal(hex, "#F2360D");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_alarms_can_be_read_in_every_theme),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(themes_are_found_by_name),
        cmocka_unit_test(a_colour_is_written_as_on_the_web),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
