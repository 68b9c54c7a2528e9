#include "support/support.h"

#include <string.h>

#include "tocsin/problems.h"

static const toc_place here = {"topology.xml", 12, 7};

/* Text of the only problem of a set that holds `given`. */
static void becomes(const char *given, const char *expected) {
    toc_problems *problems = toc_problems_create();
    (void)toc_problems_error(problems, here, "%s", given);
    assert_string_equal(toc_problems_at(problems, 0).text, expected);
    toc_problems_destroy(problems);
}

static void problems_are_kept_in_the_order_found_with_their_place(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    char file[] = "scenario.lua";
    assert_int_equal(toc_problems_error(problems, here, "asset '%s' is unknown", "ss-12"),
                     TOC_BAD_INPUT);
    toc_problems_warn(problems, (toc_place){file, 3, 0}, "line %d is long", 3);
    assert_int_equal(toc_problems_fault(problems, (toc_place){0}, "disk full"), TOC_SYSTEM_FAULT);
    file[0] = '#'; /* the place is copied */
    assert_int_equal(toc_problems_kept(problems), 3);
    assert_int_equal(toc_problems_count(problems, TOC_ERROR), 2);
    assert_int_equal(toc_problems_count(problems, TOC_WARNING), 1);
    toc_problem first = toc_problems_at(problems, 0), second = toc_problems_at(problems, 1);
    assert_string_equal(first.text, "asset 'ss-12' is unknown");
    assert_int_equal(first.place.line, 12);
    assert_string_equal(second.place.file, "scenario.lua");
    assert_int_equal(second.severity, TOC_WARNING);
    assert_null(toc_problems_at(problems, 2).place.file);
    toc_problems_destroy(problems);
}

static void printed(toc_place place, const char *expected) {
    toc_problems *problems = toc_problems_create();
    (void)toc_problems_error(problems, place, "no such asset");
    char line[200];
    size_t length = toc_problems_print(toc_problems_at(problems, 0), line, sizeof line);
    assert_string_equal(line, expected);
    assert_int_equal(length, strlen(expected));
    toc_problems_destroy(problems);
}

static void what_is_not_known_of_the_place_is_left_out(void **state) {
    (void)state;
    printed(here, "topology.xml:12:7: no such asset");
    printed((toc_place){"topology.xml", 12, 0}, "topology.xml:12: no such asset");
    printed((toc_place){"topology.xml", 0, 0}, "topology.xml: no such asset");
    printed((toc_place){NULL, 0, 0}, "no such asset");
}

static void a_warning_says_that_it_is_one(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    toc_problems_warn(problems, here, "never used");
    char line[200];
    (void)toc_problems_print(toc_problems_at(problems, 0), line, sizeof line);
    assert_string_equal(line, "topology.xml:12:7: warning: never used");
    toc_problems_destroy(problems);
}

static void a_line_too_long_for_the_buffer_is_cut_and_its_length_told(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    (void)toc_problems_error(problems, here, "no such asset");
    char line[16];
    memset(line, '#', sizeof line);
    assert_int_equal(toc_problems_print(toc_problems_at(problems, 0), line, 10),
                     strlen("topology.xml:12:7: no such asset"));
    assert_string_equal(line, "topology.");
    assert_int_equal(line[10], '#');
    toc_problems_destroy(problems);
}

static void control_characters_become_visible(void **state) {
    (void)state;
    becomes("a\nb\tc\x1b[31m", "a\\u000ab\\u0009c\\u001b[31m");
    becomes("\x7f", "\\u007f");
    becomes("\xc2\x85", "\\u0085"); /* next line, of the second control block */
}

static void characters_that_turn_the_direction_of_text_become_visible(void **state) {
    (void)state;
    becomes("pay\xe2\x80\xaeload", "pay\\u202eload");
    becomes("\xe2\x80\x8e\xe2\x80\x8f\xe2\x81\xa6\xe2\x81\xa9\xd8\x9c",
            "\\u200e\\u200f\\u2066\\u2069\\u061c");
    becomes("a\xe2\x80\xa8"
            "b\xe2\x80\xa9",
            "a\\u2028b\\u2029"); /* line and paragraph separators */
}

static void characters_that_nobody_sees_become_visible(void **state) {
    (void)state;
    becomes("\xef\xbb\xbfok\xe2\x80\x8b", "\\ufeffok\\u200b");
    becomes("a\xe2\x81\xa0z", "a\\u2060z");
    becomes("\xf3\xa0\x81\x81", "\\u{e0041}"); /* a letter of the invisible tag block */
}

static void texts_in_any_language_stay_as_they_are(void **state) {
    (void)state;
    becomes("变电站 12 / подстанция / \xf0\x9f\x94\x94",
            "变电站 12 / подстанция / \xf0\x9f\x94\x94");
    becomes("\xd9\x86\xe2\x80\x8c\xd9\x87", "\xd9\x86\xe2\x80\x8c\xd9\x87"); /* joiners */
}

static void bytes_that_are_no_text_are_shown_one_by_one(void **state) {
    (void)state;
    becomes("a\xff\xc3(", "a\\xff\\xc3(");
    becomes("\xc0\xaf", "\\xc0\\xaf");                   /* overlong slash */
    becomes("\xed\xa0\x80", "\\xed\\xa0\\x80");          /* half of a surrogate pair */
    becomes("\xe2\x80", "\\xe2\\x80");                   /* cut short */
    becomes("\xf5\x80\x80\x80", "\\xf5\\x80\\x80\\x80"); /* beyond the last character */
}

static void the_file_name_is_made_harmless_too(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    (void)toc_problems_error(problems, (toc_place){"a\x1b]0;b.xml", 1, 1}, "x");
    assert_string_equal(toc_problems_at(problems, 0).place.file, "a\\u001b]0;b.xml");
    toc_problems_destroy(problems);
}

/* Every prefix of a long multi-byte text, so that the cut falls inside characters too. */
static void a_long_text_is_cut_at_a_character_and_says_so(void **state) {
    (void)state;
    for (size_t lead = 0; lead < 8; lead++) {
        char given[9000];
        memset(given, 'x', lead);
        for (size_t at = lead; at + 3 < sizeof given; at += 3) {
            memcpy(given + at, "\xe7\xab\x99", 4);
        }
        toc_problems *problems = toc_problems_create();
        (void)toc_problems_error(problems, here, "%s", given);
        const char *text = toc_problems_at(problems, 0).text;
        size_t length = strlen(text);
        assert_in_range(length, 400, 700);
        assert_string_equal(text + length - 3, "\xe2\x80\xa6");
        assert_int_equal((length - 3 - lead) % 3, 0);
        assert_null(strstr(text, "\\x"));
        toc_problems_destroy(problems);
    }
}

static void past_a_thousand_problems_are_counted_and_no_longer_kept(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    for (int i = 0; i < 1500; i++) {
        (void)toc_problems_error(problems, here, "number %d", i);
    }
    assert_int_equal(toc_problems_kept(problems), 1000);
    assert_int_equal(toc_problems_count(problems, TOC_ERROR), 1500);
    assert_string_equal(toc_problems_at(problems, 999).text, "number 999");
    toc_problems_destroy(problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(problems_are_kept_in_the_order_found_with_their_place),
        cmocka_unit_test(what_is_not_known_of_the_place_is_left_out),
        cmocka_unit_test(a_warning_says_that_it_is_one),
        cmocka_unit_test(a_line_too_long_for_the_buffer_is_cut_and_its_length_told),
        cmocka_unit_test(control_characters_become_visible),
        cmocka_unit_test(characters_that_turn_the_direction_of_text_become_visible),
        cmocka_unit_test(characters_that_nobody_sees_become_visible),
        cmocka_unit_test(texts_in_any_language_stay_as_they_are),
        cmocka_unit_test(bytes_that_are_no_text_are_shown_one_by_one),
        cmocka_unit_test(the_file_name_is_made_harmless_too),
        cmocka_unit_test(a_long_text_is_cut_at_a_character_and_says_so),
        cmocka_unit_test(past_a_thousand_problems_are_counted_and_no_longer_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
