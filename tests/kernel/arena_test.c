#include "support/support.h"

#include <stdint.h>
#include <string.h>

#include "kernel/arena.h"

static void what_is_allocated_is_zeroed_and_aligned_for_any_type(void **state) {
    (void)state;
    toc_arena *arena = toc_arena_create();
    for (int round = 0; round < 2; round++) {
        for (size_t size = 1; size < 3000; size += 7) {
            unsigned char *block = toc_arena_alloc(arena, size);
            assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++) {
                assert_int_equal(block[i], 0);
            }
            memset(block, 0xa5, size); /* the second round gets these bytes again */
        }
        toc_arena_reset(arena);
    }
    toc_arena_destroy(arena);
}

static void blocks_do_not_overlap(void **state) {
    (void)state;
    toc_arena *arena = toc_arena_create();
    unsigned char *blocks[200];
    for (size_t i = 0; i < 200; i++) {
        blocks[i] = toc_arena_alloc(arena, 1 + i * 13);
        memset(blocks[i], (int)i, 1 + i * 13);
    }
    for (size_t i = 0; i < 200; i++) {
        for (size_t at = 0; at < 1 + i * 13; at++) {
            assert_int_equal(blocks[i][at], i);
        }
    }
    toc_arena_destroy(arena);
}

static void a_request_larger_than_any_block_is_met(void **state) {
    (void)state;
    toc_arena *arena = toc_arena_create();
    size_t size = (size_t)8 << 20;
    char *block = toc_arena_alloc(arena, size);
    block[size - 1] = 'x';
    assert_true(toc_arena_bytes(arena) >= size);
    toc_arena_destroy(arena);
}

static void a_reset_keeps_the_memory_so_that_the_next_run_takes_none(void **state) {
    (void)state;
    toc_arena *arena = toc_arena_create();
    size_t after_first = 0;
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 500; i++) {
            (void)toc_arena_alloc(arena, (size_t)(i * 37 % 700));
        }
        after_first = round == 0 ? toc_arena_bytes(arena) : after_first;
        assert_int_equal(toc_arena_bytes(arena), after_first);
        toc_arena_reset(arena);
    }
    toc_arena_destroy(arena);
}

static void texts_are_copied_cut_and_formatted(void **state) {
    (void)state;
    toc_arena *arena = toc_arena_create();
    char source[] = "substation";
    char *copy = toc_arena_text(arena, source);
    char *cut = toc_arena_text_n(arena, source, 3);
    memset(source, '#', sizeof source - 1);
    assert_string_equal(copy, "substation");
    assert_string_equal(cut, "sub");
    assert_string_equal(toc_arena_format(arena, "%s-%d of %c", copy, 12, 'B'),
                        "substation-12 of B");
    assert_string_equal(toc_arena_text(arena, ""), "");
    toc_arena_destroy(arena);
}

static void growing_heap_blocks_keep_their_bytes(void **state) {
    (void)state;
    uint32_t *numbers = NULL;
    for (uint32_t count = 1; count <= 1000; count++) {
        numbers = toc_arena_heap(numbers, count, sizeof *numbers);
        numbers[count - 1] = count * 3;
    }
    for (uint32_t i = 0; i < 1000; i++) {
        assert_int_equal(numbers[i], (i + 1) * 3);
    }
    toc_arena_heap_free(numbers);
}

static void ask_for_a_size_that_overflows(void) {
    (void)toc_arena_heap(NULL, SIZE_MAX / 8, 16);
}

static void a_size_that_overflows_ends_the_program_as_memory_that_ran_out(void **state) {
    (void)state;
    char message[512];
    assert_int_equal(support_ending_of(ask_for_a_size_that_overflows, message, sizeof message), 3);
    assert_non_null(strstr(message, "out of memory"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_allocated_is_zeroed_and_aligned_for_any_type),
        cmocka_unit_test(blocks_do_not_overlap),
        cmocka_unit_test(a_request_larger_than_any_block_is_met),
        cmocka_unit_test(a_reset_keeps_the_memory_so_that_the_next_run_takes_none),
        cmocka_unit_test(texts_are_copied_cut_and_formatted),
        cmocka_unit_test(growing_heap_blocks_keep_their_bytes),
        cmocka_unit_test(a_size_that_overflows_ends_the_program_as_memory_that_ran_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
