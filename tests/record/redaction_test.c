#include "small_record.h"

static char told[8192];

static void write_with_people(const char *path) {
    toc_problems *problems = toc_problems_create();
    toc_record *record = small_create(path);
    for (unsigned i = 1; i <= 30; i++) {
        assert_int_equal(small_add(record, i, problems), TOC_OK);
        toc_record_entry entry = {.at = i * TOC_SECOND,
                                  .moment = 1700000000000000 + i,
                                  .kind = "note",
                                  .seat = "evaluator",
                                  .sender = "n-1",
                                  .subject = "O1",
                                  .text = "They asked twice."};
        assert_int_equal(toc_record_journal(record, &entry, problems), TOC_OK);
    }
    const toc_record_person people[] = {{"gridco.dispatcher", "Wilhelmina Quist", "east desk"},
                                        {"gridco.soc", "Ottokar Brandl", ""}};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(toc_record_add_person(record, &people[i], problems), TOC_OK);
    }
    small_finish(record);
    toc_record_close(record);
    toc_problems_destroy(problems);
}

/* Where `text` stands among the bytes; NULL where it does not. */
static unsigned char *find(unsigned char *bytes, size_t size, const char *text) {
    size_t length = strlen(text);
    for (size_t i = 0; i + length <= size; i++) {
        if (memcmp(bytes + i, text, length) == 0) {
            return bytes + i;
        }
    }
    return NULL;
}

static bool holds(const char *path, const char *text) {
    size_t size = 0;
    unsigned char *bytes = small_bytes(path, &size);
    bool found = find(bytes, size, text) != NULL;
    free(bytes);
    return found;
}

static void the_journal_and_the_people_are_read_again(void **state) {
    (void)state;
    const char *path = small_path("people.drill");
    uint32_t branch = 0;
    write_with_people(path);
    toc_record *record = small_open(path, told, sizeof told);
    assert_non_null(record);
    assert_int_equal(toc_record_journal_count(record), 30);
    toc_record_entry entry = toc_record_journal_at(record, 17, &branch);
    assert_int_equal(branch, 1);
    assert_int_equal(entry.at, 17 * TOC_SECOND);
    assert_int_equal(entry.moment, 1700000000000017);
    assert_string_equal(entry.text, "They asked twice.");
    assert_int_equal(toc_record_person_count(record), 2);
    assert_string_equal(toc_record_person_at(record, 1).name, "Wilhelmina Quist");
    toc_record_close(record);
}

static void no_byte_of_a_name_is_left_and_everything_else_is(void **state) {
    (void)state;
    const char *path = small_path("forget.drill");
    char before[65], after[65];
    toc_problems *problems = toc_problems_create();
    write_with_people(path);
    toc_record *record = small_open(path, told, sizeof told);
    toc_record_head(record, before);
    toc_record_close(record);
    assert_true(holds(path, "Quist") && holds(path, "They asked twice."));
    assert_int_equal(toc_record_forget(path, problems), TOC_OK);
    assert_false(holds(path, "Quist") || holds(path, "Brandl") || holds(path, "east desk"));
    record = small_open(path, told, sizeof told);
    assert_non_null(record);
    assert_string_equal(told, "");
    toc_record_head(record, after);
    assert_string_equal(before, after);
    assert_int_equal(toc_record_person_count(record), 0);
    assert_int_equal(toc_record_input_count(record), 30);
    assert_int_equal(toc_record_journal_count(record), 30);
    toc_record_close(record);
    toc_problems_destroy(problems);
}

static void a_name_that_was_changed_is_found_by_the_seal(void **state) {
    (void)state;
    const char *path = small_path("changed.drill");
    size_t size = 0;
    write_with_people(path);
    unsigned char *bytes = small_bytes(path, &size);
    unsigned char *name = find(bytes, size, "Quist");
    assert_non_null(name);
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, name - bytes, SEEK_SET), 0);
    assert_int_equal(fwrite("Blank", 1, 5, file), 5);
    assert_int_equal(fclose(file), 0);
    free(bytes);
    assert_null(small_open(path, told, sizeof told));
    assert_non_null(strstr(told, "was changed after it was sealed"));
}

static void only_a_finished_record_is_redacted(void **state) {
    (void)state;
    const char *path = small_path("open.drill");
    toc_problems *problems = toc_problems_create();
    toc_record *record = small_create(path);
    assert_int_equal(small_add(record, 1, problems), TOC_OK);
    assert_int_equal(toc_record_commit(record, problems), TOC_OK);
    toc_record_close(record);
    assert_int_equal(toc_record_forget(path, problems), TOC_BAD_INPUT);
    assert_int_equal(toc_record_forget(small_path("none.drill"), problems), TOC_BAD_INPUT);
    toc_problems_destroy(problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_journal_and_the_people_are_read_again),
        cmocka_unit_test(no_byte_of_a_name_is_left_and_everything_else_is),
        cmocka_unit_test(a_name_that_was_changed_is_found_by_the_seal),
        cmocka_unit_test(only_a_finished_record_is_redacted)};
    return cmocka_run_group_tests(tests, NULL, small_clean);
}
