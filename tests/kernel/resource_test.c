#include "support/support.h"

#include <string.h>

#include "kernel/resource.h"

struct depot {
    toc_calendar *calendar;
    toc_resource *crews;
    char served[64];
    size_t length;
};

static void serve(void *object, uint64_t letter) {
    struct depot *depot = object;
    assert_true(depot->length + 1 < sizeof depot->served);
    depot->served[depot->length++] = (char)letter;
    depot->served[depot->length] = '\0';
}

static struct depot *depot_with(void **state, uint32_t crews) {
    struct depot *depot = *state;
    depot->crews = toc_resource_create(depot->calendar, crews, TOC_DEFENDER);
    return depot;
}

static int begin(void **state) {
    struct depot *depot = test_calloc(1, sizeof *depot);
    depot->calendar = toc_calendar_create();
    *state = depot;
    return 0;
}

static int end(void **state) {
    struct depot *depot = *state;
    toc_resource_destroy(depot->crews);
    toc_calendar_destroy(depot->calendar);
    test_free(depot);
    return 0;
}

static uint32_t ask(struct depot *depot, int32_t rank, char letter) {
    return toc_resource_request(depot->crews, rank, serve, depot, (uint64_t)letter);
}

static void settle(struct depot *depot) {
    toc_calendar_run(depot->calendar, toc_calendar_now(depot->calendar));
}

static void a_free_unit_is_granted_at_the_same_instant_by_an_event(void **state) {
    struct depot *depot = depot_with(state, 1);
    uint32_t ticket = ask(depot, 0, 'a');
    assert_int_not_equal(ticket, 0);
    assert_string_equal(depot->served, ""); /* whoever asked goes on undisturbed */
    assert_int_equal(toc_resource_free(depot->crews), 0);
    settle(depot);
    assert_string_equal(depot->served, "a");
    assert_int_equal(toc_calendar_now(depot->calendar), 0);
}

static void who_finds_none_free_waits_for_a_release(void **state) {
    struct depot *depot = depot_with(state, 2);
    uint32_t first = ask(depot, 0, 'a');
    (void)ask(depot, 0, 'b');
    (void)ask(depot, 0, 'c');
    settle(depot);
    assert_string_equal(depot->served, "ab");
    assert_int_equal(toc_resource_waiting(depot->crews), 1);
    toc_resource_release(depot->crews, first);
    settle(depot);
    assert_string_equal(depot->served, "abc");
    assert_int_equal(toc_resource_waiting(depot->crews), 0);
    assert_int_equal(toc_resource_free(depot->crews), 0);
}

static void the_lower_rank_is_served_first_and_equals_in_order_of_arrival(void **state) {
    struct depot *depot = depot_with(state, 1);
    uint32_t held = ask(depot, 0, '-');
    (void)ask(depot, 5, 'c');
    (void)ask(depot, -1, 'a');
    (void)ask(depot, 5, 'd');
    (void)ask(depot, 2, 'b');
    for (int i = 0; i < 4; i++) {
        settle(depot);
        toc_resource_release(depot->crews, held);
    }
    settle(depot);
    assert_string_equal(depot->served, "-abcd");
}

static void a_waiting_request_may_be_withdrawn_and_a_held_one_not(void **state) {
    struct depot *depot = depot_with(state, 1);
    uint32_t held = ask(depot, 0, 'a');
    uint32_t waiting = ask(depot, 0, 'b');
    assert_false(toc_resource_withdraw(depot->crews, held));
    assert_true(toc_resource_withdraw(depot->crews, waiting));
    assert_false(toc_resource_withdraw(depot->crews, waiting));
    assert_false(toc_resource_withdraw(depot->crews, 4711));
    settle(depot);
    toc_resource_release(depot->crews, held);
    settle(depot);
    assert_string_equal(depot->served, "a");
    assert_int_equal(toc_resource_free(depot->crews), 1);
}

static void a_player_may_reorder_the_queue(void **state) {
    struct depot *depot = depot_with(state, 1);
    uint32_t held = ask(depot, 0, '-');
    (void)ask(depot, 1, 'a');
    uint32_t late = ask(depot, 1, 'b');
    assert_true(toc_resource_rank(depot->crews, late, 0));
    assert_false(toc_resource_rank(depot->crews, held, 0));
    settle(depot);
    toc_resource_release(depot->crews, held);
    settle(depot);
    toc_resource_release(depot->crews, late);
    settle(depot);
    assert_string_equal(depot->served, "-ba");
}

static void who_is_granted_and_not_yet_told_already_holds_the_unit(void **state) {
    struct depot *depot = depot_with(state, 1);
    uint32_t ticket = ask(depot, 0, 'a');
    (void)ask(depot, -100, 'b'); /* a better rank does not take back what is granted */
    assert_false(toc_resource_withdraw(depot->crews, ticket));
    settle(depot);
    assert_string_equal(depot->served, "a");
}

static void release_what_nobody_holds(void) {
    toc_calendar *calendar = toc_calendar_create();
    toc_resource *crews = toc_resource_create(calendar, 1, TOC_DEFENDER);
    toc_resource_release(crews, 1);
}

static void releasing_what_nobody_holds_is_our_bug(void **state) {
    (void)state;
    char message[256];
    assert_int_equal(support_ending_of(release_what_nobody_holds, message, sizeof message), -6);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_free_unit_is_granted_at_the_same_instant_by_an_event),
        TEST(who_finds_none_free_waits_for_a_release),
        TEST(the_lower_rank_is_served_first_and_equals_in_order_of_arrival),
        TEST(a_waiting_request_may_be_withdrawn_and_a_held_one_not),
        TEST(a_player_may_reorder_the_queue),
        TEST(who_is_granted_and_not_yet_told_already_holds_the_unit),
        cmocka_unit_test(releasing_what_nobody_holds_is_our_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
