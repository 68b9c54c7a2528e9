#include "support/support.h"

#include <stdio.h>

#include "server/bucket.h"
#include "server/gate.h"
#include "tocsin/time.h"

static void a_bucket_gives_its_burst_at_once_and_then_its_rate(void **state) {
    toc_bucket bucket = toc_bucket_begin(20, 40, 7);
    (void)state;
    int taken = 0;
    for (int i = 0; i < 100; i++) {
        taken += toc_bucket_take(&bucket, 7);
    }
    assert_int_equal(taken, 40);
    for (int tick = 1; tick <= 1000; tick++) { /* ten seconds, asked a hundred times each */
        taken += toc_bucket_take(&bucket, 7 + tick * TOC_SECOND / 100);
    }
    assert_int_equal(taken, 40 + 200);
    taken = 0;
    for (int i = 0; i < 100; i++) {
        taken += toc_bucket_take(&bucket, INT64_MAX);
    }
    assert_int_equal(taken, 40);
}

static void one_address_has_so_many_connections_that_show_no_token(void **state) {
    toc_gate *gate = toc_gate_create();
    (void)state;
    for (int i = 0; i < TOC_GATE_WAITING; i++) {
        assert_true(toc_gate_arrive(gate, "10.0.0.1"));
    }
    assert_false(toc_gate_arrive(gate, "10.0.0.1"));
    assert_true(toc_gate_arrive(gate, "10.0.0.2"));
    toc_gate_leave(gate, "10.0.0.1");
    assert_true(toc_gate_arrive(gate, "10.0.0.1"));
    toc_gate_destroy(gate);
}

static void guessing_tokens_is_slow_from_one_address_and_hinders_no_other(void **state) {
    toc_gate *gate = toc_gate_create();
    int tries = 0;
    (void)state;
    for (int second = 0; second < 60; second++) {
        while (toc_gate_may_try(gate, "10.0.0.1", second * TOC_SECOND)) {
            toc_gate_failed(gate, "10.0.0.1", second * TOC_SECOND);
            tries++;
        }
    }
    assert_int_equal(tries, TOC_GATE_WRONG_BURST + 59);
    assert_true(toc_gate_may_try(gate, "10.0.0.2", 0));
    toc_gate_destroy(gate);
}

static void many_addresses_are_forgotten_again(void **state) {
    toc_gate *gate = toc_gate_create();
    (void)state;
    for (int i = 0; i < 40000; i++) {
        char address[32];
        (void)snprintf(address, sizeof address, "10.%d.%d.1", i / 250, i % 250);
        toc_gate_failed(gate, address, i * TOC_SECOND);
    }
    assert_true(toc_gate_may_try(gate, "10.0.0.1", 0));
    toc_gate_destroy(gate);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bucket_gives_its_burst_at_once_and_then_its_rate),
        cmocka_unit_test(one_address_has_so_many_connections_that_show_no_token),
        cmocka_unit_test(guessing_tokens_is_slow_from_one_address_and_hinders_no_other),
        cmocka_unit_test(many_addresses_are_forgotten_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
