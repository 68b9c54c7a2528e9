#include "support/support.h"

#include <string.h>

#include "kernel/assert.h"

static void a_condition_that_holds_costs_nothing_and_stops_nothing(void **state) {
    (void)state;
    int evaluated = 0;
    TOC_ASSERT(++evaluated == 1);
    assert_int_equal(evaluated, 1);
}

static void break_a_promise(void) {
    TOC_ASSERT(1 + 1 == 3);
}

static void our_own_bug_stops_the_program_and_names_the_place(void **state) {
    (void)state;
    char message[512];
    int ending = support_ending_of(break_a_promise, message, sizeof message);
    assert_int_equal(ending, -6); /* SIGABRT */
    assert_non_null(strstr(message, "assert_test.c:"));
    assert_non_null(strstr(message, "1 + 1 == 3"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_condition_that_holds_costs_nothing_and_stops_nothing),
        cmocka_unit_test(our_own_bug_stops_the_program_and_names_the_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
