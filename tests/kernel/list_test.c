#include "support/support.h"

#include "kernel/list.h"

struct pair {
    uint32_t number;
    char letter;
};

static void a_zeroed_list_is_ready_and_holds_what_is_added_in_order(void **state) {
    (void)state;
    toc_list list = {0};
    for (uint32_t i = 0; i < 10000; i++) {
        struct pair *pair = toc_list_add(&list, sizeof *pair);
        pair->number = i;
        pair->letter = (char)('a' + i % 26);
    }
    assert_int_equal(list.count, 10000);
    for (uint32_t i = 0; i < list.count; i++) {
        assert_int_equal(TOC_LIST_AT(struct pair, &list, i)->number, i);
        assert_int_equal(TOC_LIST_AT(struct pair, &list, i)->letter, 'a' + i % 26);
    }
    toc_list_finish(&list);
}

static void each_new_element_is_zeroed_even_where_another_has_been(void **state) {
    (void)state;
    toc_list list = {0};
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 100; i++) {
            uint64_t *element = toc_list_add(&list, sizeof *element);
            assert_true(*element == 0);
            *element = UINT64_MAX;
        }
        list.count = 0;
    }
    toc_list_finish(&list);
}

static void a_finished_list_is_empty_and_may_start_again(void **state) {
    (void)state;
    toc_list list = {0};
    (void)toc_list_add(&list, 4);
    toc_list_finish(&list);
    assert_null(list.items);
    assert_int_equal(list.count, 0);
    (void)toc_list_add(&list, 16);
    assert_int_equal(list.count, 1);
    toc_list_finish(&list);
    toc_list_finish(&list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zeroed_list_is_ready_and_holds_what_is_added_in_order),
        cmocka_unit_test(each_new_element_is_zeroed_even_where_another_has_been),
        cmocka_unit_test(a_finished_list_is_empty_and_may_start_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
