#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "kernel/names.h"

static void names_are_numbered_in_order_of_arrival(void **state) {
    (void)state;
    toc_names *names = toc_names_create();
    bool was_new = false;
    assert_int_equal(toc_names_add(names, "pump-7", &was_new), 0);
    assert_true(was_new);
    assert_int_equal(toc_names_add(names, "ward-2", NULL), 1);
    assert_int_equal(toc_names_add(names, "pump-7", &was_new), 0);
    assert_false(was_new);
    assert_int_equal(toc_names_count(names), 2);
    assert_string_equal(toc_names_at(names, 1), "ward-2");
    toc_names_destroy(names);
}

static void a_name_is_found_or_known_to_be_absent(void **state) {
    (void)state;
    toc_names *names = toc_names_create();
    assert_int_equal(toc_names_find(names, "pump-7"), TOC_NONE);
    (void)toc_names_add(names, "pump-7", NULL);
    (void)toc_names_add(names, "", NULL);
    assert_int_equal(toc_names_find(names, "pump-7"), 0);
    assert_int_equal(toc_names_find(names, ""), 1);
    assert_int_equal(toc_names_find(names, "pump-"), TOC_NONE);
    assert_int_equal(toc_names_find(names, "pump-77"), TOC_NONE);
    toc_names_destroy(names);
}

static void the_caller_s_text_may_go_away(void **state) {
    (void)state;
    toc_names *names = toc_names_create();
    char text[] = "rtu-12";
    (void)toc_names_add(names, text, NULL);
    text[0] = 'X';
    assert_string_equal(toc_names_at(names, 0), "rtu-12");
    toc_names_destroy(names);
}

static void a_hundred_thousand_names_keep_their_numbers_and_places(void **state) {
    (void)state;
    toc_names *names = toc_names_create();
    char name[32];
    const char *first = NULL;
    for (uint32_t i = 0; i < 100000; i++) {
        (void)snprintf(name, sizeof name, "asset-%u", i);
        assert_int_equal(toc_names_add(names, name, NULL), i);
        first = i == 0 ? toc_names_at(names, 0) : first;
    }
    assert_ptr_equal(toc_names_at(names, 0), first);
    for (uint32_t i = 0; i < 100000; i++) {
        (void)snprintf(name, sizeof name, "asset-%u", i);
        assert_int_equal(toc_names_find(names, name), i);
    }
    toc_names_destroy(names);
}

static void a_misspelt_name_is_answered_with_the_nearest(void **state) {
    (void)state;
    static const char *const kinds[] = {"substation", "feeder", "hmi", "rtu", "generator"};
    static const struct {
        const char *typed, *nearest;
    } table[] = {
        {"substaton", "substation"},  /* one letter missing */
        {"sbustation", "substation"}, /* two letters swapped */
        {"Substation", "substation"}, /* case */
        {"feedrr", "feeder"},         {"generater", "generator"}, {"hni", "hmi"}, {"rt", "rtu"},
        {"zzzzzzzz", NULL},           {"windmill", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *found = toc_names_nearest_of(kinds, 5, table[i].typed);
        if (table[i].nearest == NULL) {
            assert_null(found);
        } else {
            assert_non_null(found);
            assert_string_equal(found, table[i].nearest);
        }
    }
}

static void of_two_equally_near_the_first_is_offered(void **state) {
    (void)state;
    toc_names *names = toc_names_create();
    (void)toc_names_add(names, "line-1", NULL);
    (void)toc_names_add(names, "line-2", NULL);
    assert_string_equal(toc_names_nearest(names, "line-3"), "line-1");
    toc_names_destroy(names);
}

static void names_of_any_length_are_compared_safely(void **state) {
    (void)state;
    char endless[5000];
    memset(endless, 'a', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    const char *const table[] = {endless, "pump"};
    assert_string_equal(toc_names_nearest_of(table, 2, "pumb"), "pump");
    assert_null(toc_names_nearest_of(&table[1], 1, endless));
    assert_null(toc_names_nearest_of(NULL, 0, "pump"));
}

static void names_of_any_length_keep_apart(void **state) {
    (void)state;
    toc_names *names = toc_names_create();
    char name[9000];
    memset(name, 'x', sizeof name);
    for (uint32_t i = 0; i < 300; i++) { /* prefixes of one another, far beyond one segment */
        name[i * 29] = '\0';
        assert_int_equal(toc_names_add(names, name, NULL), i);
        name[i * 29] = 'x';
    }
    for (uint32_t i = 0; i < 300; i++) {
        assert_int_equal(strlen(toc_names_at(names, i)), i * 29);
        assert_int_equal(toc_names_find(names, toc_names_at(names, i)), i);
    }
    toc_names_destroy(names);
}

static void names_added_together_get_the_numbers_they_would_get_one_by_one(void **state) {
    (void)state;
    static const char *const first[] = {"b", "a", "b", "c", "", "d", "e", "f"};
    static const uint32_t numbers[] = {0, 1, 0, 2, 3, 4, 5, 6};
    toc_names *names = toc_names_create();
    uint32_t out[TOC_NAMES_TOGETHER];
    for (int round = 0; round < 2; round++) {
        toc_names_add_all(names, first, TOC_NAMES_TOGETHER, out);
        assert_memory_equal(out, numbers, sizeof numbers);
    }
    assert_int_equal(toc_names_count(names), 7);
    assert_int_equal(toc_names_find(names, "f"), 6);
    toc_names_destroy(names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_numbered_in_order_of_arrival),
        cmocka_unit_test(a_name_is_found_or_known_to_be_absent),
        cmocka_unit_test(the_caller_s_text_may_go_away),
        cmocka_unit_test(a_hundred_thousand_names_keep_their_numbers_and_places),
        cmocka_unit_test(a_misspelt_name_is_answered_with_the_nearest),
        cmocka_unit_test(of_two_equally_near_the_first_is_offered),
        cmocka_unit_test(names_of_any_length_are_compared_safely),
        cmocka_unit_test(names_of_any_length_keep_apart),
        cmocka_unit_test(names_added_together_get_the_numbers_they_would_get_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
