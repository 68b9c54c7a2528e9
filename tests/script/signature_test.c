#include "support/support.h"

#include <string.h>

#include "script/signature.h"

static void assert_part(toc_signature_part part, const char *expected) {
    assert_int_equal(part.length, strlen(expected));
    assert_memory_equal(part.text, expected, part.length);
}

static void fields_have_a_type(void **state) {
    (void)state;
    toc_signature found;
    assert_true(toc_signature_read("asset.x: number?", "x", &found));
    assert_true(found.is_field);
    assert_part(found.result, "number?");
}

static void calls_have_arguments_and_a_result(void **state) {
    (void)state;
    toc_signature found;
    assert_true(toc_signature_read("w:when(what: fun(w: world): boolean, at_most?: time|variate, "
                                   "filter?: { kind?, id? }, ...) -> asset[]",
                                   "when", &found));
    assert_int_equal(found.count, 4);
    assert_part(found.arguments[0].name, "what");
    assert_part(found.arguments[0].type, "fun(w: world): boolean");
    assert_false(found.arguments[0].is_optional);
    assert_part(found.arguments[1].name, "at_most");
    assert_part(found.arguments[1].type, "time|variate");
    assert_true(found.arguments[1].is_optional);
    assert_true(found.arguments[2].is_table && found.arguments[2].is_optional);
    assert_part(found.arguments[2].type, "kind?, id?");
    assert_part(found.arguments[3].name, "...");
    assert_part(found.result, "asset[]");
    assert_true(toc_signature_read("t.now()", "now", &found));
    assert_int_equal(found.count, 0);
    assert_int_equal(found.result.length, 0);
}

static void calls_without_brackets_take_one_argument_after_the_other(void **state) {
    (void)state;
    toc_signature found, entries = {.count = 0};
    assert_true(
        toc_signature_read("drill:objective \"O1\" { text, within?: time, maps?: { csf? } } "
                           "-> objective",
                           "objective", &found));
    assert_true(found.is_curried);
    assert_int_equal(found.count, 2);
    assert_false(found.arguments[0].is_table);
    assert_true(found.arguments[1].is_table);
    assert_true(toc_signature_entries(found.arguments[1].type, &entries));
    assert_int_equal(entries.count, 3);
    assert_part(entries.arguments[0].name, "text");
    assert_true(entries.arguments[2].is_table);
    assert_part(found.result, "objective");
}

static void what_is_written_in_another_way_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "",         "name",     "t.other(a)", "t.name(a",   "t.name(a))",  "t.name(a: {)",
        "t.name x", "t.name: ", "t.name {a",  "t.name(1a)", "t.name(a,,b)"};
    toc_signature found;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (toc_signature_read(wrong[i], "name", &found)) {
            fail_msg("'%s' was read", wrong[i]);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_have_a_type),
        cmocka_unit_test(calls_have_arguments_and_a_result),
        cmocka_unit_test(calls_without_brackets_take_one_argument_after_the_other),
        cmocka_unit_test(what_is_written_in_another_way_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
