#include "support/support.h"

#include <stdlib.h>
#include <string.h>

#include "cli/words.h"

static void blanks_part_words_and_quotes_keep_them(void **state) {
    (void)state;
    static const struct {
        const char *line, *words[5];
    } lines[] = {
        {"", {NULL}},
        {"  status\t", {"status"}},
        {"say gridco.soc \"two words\"", {"say", "gridco.soc", "two words"}},
        {"do isolate hmi-1 text='not \"ours\"' rank=2",
         {"do", "isolate", "hmi-1", "text=not \"ours\"", "rank=2"}},
        {"执行　isolate text=“不是 本单位”", {"执行", "isolate", "text=不是 本单位"}},
        {"say x it's", {"say", "x", "it's"}},
        {"say x \"open", {"say", "x", "\"open"}},
        {"a=\"b\"=\"c d\"", {"a=b=\"c", "d\""}},
    };
    toc_words *words = malloc(sizeof *words);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        size_t count = 0;
        toc_words_split(lines[i].line, words);
        while (count < 5 && lines[i].words[count] != NULL) {
            assert_true(count < words->count);
            assert_string_equal(words->word[count], lines[i].words[count]);
            count++;
        }
        assert_int_equal(words->count, count);
    }
    free(words);
}

static void the_rest_of_a_line_is_as_it_was_typed(void **state) {
    (void)state;
    toc_words *words = malloc(sizeof *words);
    toc_words_split("reply 3  don't  touch \"it\"", words);
    assert_string_equal(words->rest[2], "don't  touch \"it\"");
    free(words);
}

static void a_line_of_any_length_stays_within_its_bounds(void **state) {
    (void)state;
    toc_words *words = malloc(sizeof *words);
    char *line = malloc(100001);
    memset(line, 'x', 100000);
    line[100000] = '\0';
    toc_words_split(line, words);
    assert_int_equal(words->count, 1);
    assert_true(strlen(words->word[0]) < TOC_WORDS_BYTES);
    for (size_t i = 1; i < 100000; i += 2) {
        line[i] = ' ';
    }
    toc_words_split(line, words);
    assert_int_equal(words->count, TOC_WORDS_MOST);
    assert_true(words->word[TOC_WORDS_MOST - 1] + 2 <= words->bytes + sizeof words->bytes);
    free(line);
    free(words);
}

static void pairs_are_key_and_value_and_the_first_that_is_none_is_named(void **state) {
    (void)state;
    toc_words *words = malloc(sizeof *words);
    toc_wire_pair pairs[3];
    char keys[16];
    const char *odd = NULL;
    toc_words_split("do v t text=a=b rank= =c", words);
    assert_int_equal(toc_words_pairs(words, 3, pairs, 3, keys, sizeof keys, &odd), 2);
    assert_string_equal(pairs[0].key, "text");
    assert_string_equal(pairs[0].value, "a=b");
    assert_string_equal(pairs[1].key, "rank");
    assert_string_equal(pairs[1].value, "");
    assert_string_equal(odd, "=c");
    toc_words_split("a=1 b=2 c=3 d=4", words);
    assert_int_equal(toc_words_pairs(words, 0, pairs, 3, keys, sizeof keys, &odd), 3);
    assert_string_equal(odd, "d=4");
    toc_words_split("a-key-that-is-longer-than-its-room=1", words);
    assert_int_equal(toc_words_pairs(words, 0, pairs, 3, keys, sizeof keys, &odd), 0);
    assert_non_null(odd);
    free(words);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_part_words_and_quotes_keep_them),
        cmocka_unit_test(the_rest_of_a_line_is_as_it_was_typed),
        cmocka_unit_test(a_line_of_any_length_stays_within_its_bounds),
        cmocka_unit_test(pairs_are_key_and_value_and_the_first_that_is_none_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
