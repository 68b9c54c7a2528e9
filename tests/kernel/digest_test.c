#include "support/support.h"

#include <string.h>

#include "kernel/digest.h"

static uint64_t of_text(const char *first, const char *second) {
    toc_digest digest = toc_digest_start();
    toc_digest_text(&digest, first);
    toc_digest_text(&digest, second);
    return toc_digest_value(digest);
}

static void the_digest_of_known_state_is_a_known_number_on_every_machine(void **state) {
    (void)state;
    toc_digest digest = toc_digest_start();
    toc_digest_u64(&digest, 1);
    toc_digest_i64(&digest, -1);
    toc_digest_bytes(&digest, "123456789", 9);
    toc_digest_text(&digest, "river city");
    assert_true(toc_digest_value(digest) == UINT64_C(0x1968f4967fe86d49));
}

static void where_one_text_ends_and_the_next_begins_matters(void **state) {
    (void)state;
    assert_true(of_text("ab", "c") != of_text("a", "bc"));
    assert_true(of_text("", "abc") != of_text("abc", ""));
    assert_true(of_text("a", "") != of_text("a\0b", "b"));
}

static void no_text_counts_as_an_empty_one(void **state) {
    (void)state;
    assert_true(of_text(NULL, "x") == of_text("", "x"));
}

static void order_matters_and_zeros_count(void **state) {
    (void)state;
    toc_digest one_two = toc_digest_start(), two_one = toc_digest_start();
    toc_digest_u64(&one_two, 1);
    toc_digest_u64(&one_two, 2);
    toc_digest_u64(&two_one, 2);
    toc_digest_u64(&two_one, 1);
    assert_true(toc_digest_value(one_two) != toc_digest_value(two_one));
    toc_digest zero = toc_digest_start();
    toc_digest_u64(&zero, 0);
    assert_true(toc_digest_value(zero) != toc_digest_value(toc_digest_start()));
}

/* A change anywhere must be seen: single bits turn about half of the digest's bits. */
static void every_bit_of_the_state_moves_about_half_of_the_digest(void **state) {
    (void)state;
    unsigned turned = 0;
    for (unsigned bit = 0; bit < 64; bit++) {
        toc_digest plain = toc_digest_start(), flipped = toc_digest_start();
        toc_digest_u64(&plain, 0x0123456789abcdef);
        toc_digest_u64(&flipped, 0x0123456789abcdef ^ UINT64_C(1) << bit);
        uint64_t difference = toc_digest_value(plain) ^ toc_digest_value(flipped);
        unsigned count = 0;
        for (; difference != 0; difference &= difference - 1) {
            count++;
        }
        assert_in_range(count, 10, 54);
        turned += count;
    }
    assert_in_range(turned, 64 * 28, 64 * 36);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_digest_of_known_state_is_a_known_number_on_every_machine),
        cmocka_unit_test(where_one_text_ends_and_the_next_begins_matters),
        cmocka_unit_test(no_text_counts_as_an_empty_one),
        cmocka_unit_test(order_matters_and_zeros_count),
        cmocka_unit_test(every_bit_of_the_state_moves_about_half_of_the_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
