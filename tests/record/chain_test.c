#include "support/support.h"

#include <string.h>

#include "record/chain.h"

static void hashes_are_sha_256(void **state) {
    (void)state;
    unsigned char hash[TOC_CHAIN_SIZE];
    char shown[2 * TOC_CHAIN_SIZE + 1];
    toc_chain_hash("abc", 3, hash); /* FIPS 180-4, example of one block */
    toc_chain_print(hash, shown);
    assert_string_equal(shown, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

struct row {
    const char *text;
    int64_t number;
};

static void head_of(const char *name, const struct row *rows, size_t count,
                    unsigned char out[TOC_CHAIN_SIZE]) {
    toc_chain chain;
    toc_chain_start(&chain, name, TOC_SUITE_INTERNATIONAL);
    for (size_t i = 0; i < count; i++) {
        toc_chain_begin_row(&chain);
        toc_chain_text(&chain, rows[i].text);
        toc_chain_number(&chain, rows[i].number);
        toc_chain_end_row(&chain);
    }
    memcpy(out, chain.head, TOC_CHAIN_SIZE);
    toc_chain_finish(&chain);
}

static void a_row_changed_moved_added_or_taken_away_changes_the_head(void **state) {
    (void)state;
    const struct row rows[] = {{"a", 1}, {"b", 2}, {"c", 3}};
    const struct row others[][3] = {{{"a", 1}, {"b", 2}, {"c", 4}},
                                    {{"a", 1}, {"c", 3}, {"b", 2}},
                                    {{"a", 1}, {"b", 2}, {"", 3}},
                                    {{"A", 1}, {"b", 2}, {"c", 3}}};
    unsigned char head[TOC_CHAIN_SIZE], other[TOC_CHAIN_SIZE];
    head_of("table", rows, 3, head);
    head_of("table", rows, 3, other);
    assert_memory_equal(head, other, TOC_CHAIN_SIZE);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        head_of("table", others[i], 3, other);
        assert_memory_not_equal(head, other, TOC_CHAIN_SIZE);
    }
    head_of("table", rows, 2, other);
    assert_memory_not_equal(head, other, TOC_CHAIN_SIZE);
    head_of("another", rows, 3, other);
    assert_memory_not_equal(head, other, TOC_CHAIN_SIZE);
}

static void what_moves_from_one_column_to_the_next_changes_the_head(void **state) {
    (void)state;
    unsigned char heads[2][TOC_CHAIN_SIZE];
    const char *const columns[2][2] = {{"ab", "c"}, {"a", "bc"}};
    for (int i = 0; i < 2; i++) {
        toc_chain chain;
        toc_chain_start(&chain, "table", TOC_SUITE_INTERNATIONAL);
        toc_chain_begin_row(&chain);
        toc_chain_text(&chain, columns[i][0]);
        toc_chain_text(&chain, columns[i][1]);
        toc_chain_end_row(&chain);
        memcpy(heads[i], chain.head, TOC_CHAIN_SIZE);
        toc_chain_finish(&chain);
    }
    assert_memory_not_equal(heads[0], heads[1], TOC_CHAIN_SIZE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_sha_256),
        cmocka_unit_test(a_row_changed_moved_added_or_taken_away_changes_the_head),
        cmocka_unit_test(what_moves_from_one_column_to_the_next_changes_the_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
