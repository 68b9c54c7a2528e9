#include "small_record.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static char told[8192];

static void what_is_written_is_read_again(void **state) {
    (void)state;
    const char *path = small_path("read-again.drill");
    small_write(path, 40);
    toc_record *record = small_open(path, told, sizeof told);
    assert_non_null(record);
    assert_string_equal(told, "");
    toc_record_meta meta = toc_record_meta_of(record);
    assert_string_equal(meta.title, "Small");
    assert_string_equal(meta.policy, "none");
    assert_true(meta.seed == UINT64_C(0xfedcba9876543210));
    assert_int_equal(meta.replication, 3);
    assert_int_equal(meta.ended_at, TOC_HOUR);
    assert_string_equal(meta.ended_why, "ended");
    assert_int_equal(meta.final_digest, 77);
    assert_int_equal(meta.events, 1234);
    assert_int_equal(toc_record_input_count(record), 40);
    assert_int_equal(toc_record_trace_count(record), 40);
    assert_int_equal(toc_record_digest_count(record), 40);
    toc_input input = toc_record_input_at(record, 17);
    assert_int_equal(input.at, 17 * TOC_SECOND + 1);
    assert_string_equal(input.target, "ss-17");
    assert_string_equal(input.parameters, "crew=east\nrank=2");
    toc_trace_entry entry = toc_record_trace_at(record, 40);
    assert_int_equal(entry.kind, TOC_TRACE_ACTION);
    assert_int_equal(entry.before, -1);
    assert_string_equal(entry.subject, "ss-40");
    toc_time at = 0;
    assert_true(toc_record_digest_at(record, 2, &at) == UINT64_C(0x9e3779b97f4a7c15) * 2);
    assert_int_equal(at, 2 * TOC_SECOND);
    toc_package *package = small_package();
    assert_true(toc_package_digest(toc_record_package(record)) == toc_package_digest(package));
    assert_true(meta.package_digest == toc_package_digest(package));
    toc_package_destroy(package);
    toc_record_close(record);
}

static void equal_drills_leave_equal_files(void **state) {
    (void)state;
    size_t size_a = 0, size_b = 0;
    small_write(small_path("equal-a.drill"), 100);
    small_write(small_path("equal-b.drill"), 100);
    unsigned char *a = small_bytes(small_path("equal-a.drill"), &size_a);
    unsigned char *b = small_bytes(small_path("equal-b.drill"), &size_b);
    assert_int_equal(size_a, size_b);
    assert_memory_equal(a, b, size_a);
    free(a);
    free(b);
}

static void a_finished_record_is_one_file(void **state) {
    (void)state;
    const char *path = small_path("one-file.drill");
    char beside[160];
    small_write(path, 5);
    const char *const others[] = {"-wal", "-shm", "-journal", "-seal"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        (void)snprintf(beside, sizeof beside, "%s%s", path, others[i]);
        assert_int_not_equal(access(beside, F_OK), 0);
    }
}

/* Flips every byte of `path` in turn (to a seeded other value), but of `zeros` zeros only one; what
   opens nevertheless must hold exactly `content`. Returns how many opened. */
static size_t flip_all(const char *path, uint64_t content, size_t zeros, const char *test) {
    const char *flipped = small_path("flipped.drill");
    uint64_t luck = support_seed(test);
    size_t size = 0, opened = 0;
    unsigned char *bytes = small_bytes(path, &size);
    small_put(flipped, bytes, size);
    int file = open(flipped, O_WRONLY);
    assert_true(file >= 0);
    for (size_t at = 0; at < size; at++) {
        if (bytes[at] == 0 && at % zeros != 0) {
            continue;
        }
        luck = luck * UINT64_C(6364136223846793005) + 1442695040888963407u;
        unsigned char other = (unsigned char)(bytes[at] ^ (1 + (luck >> 33) % 255));
        assert_int_equal(pwrite(file, &other, 1, (off_t)at), 1);
        toc_record *record = small_open(flipped, told, sizeof told);
        if (record != NULL) {
            opened++;
            if (small_content(record) != content) {
                fail_msg("byte %zu: %02x became %02x, and other content was believed", at,
                         bytes[at], other);
            }
            toc_record_close(record);
        } else if (strstr(told, flipped) == NULL) {
            fail_msg("byte %zu: no place is named: %s", at, told);
        }
        assert_int_equal(pwrite(file, &bytes[at], 1, (off_t)at), 1);
    }
    (void)close(file);
    free(bytes);
    return opened;
}

static void every_changed_byte_of_a_finished_record_is_refused(void **state) {
    (void)state;
    const char *path = small_path("sealed.drill");
    small_write(path, 6);
    toc_record *record = small_open(path, told, sizeof told);
    uint64_t content = small_content(record);
    toc_record_close(record);
    assert_int_equal(flip_all(path, content, 1, "sealed"), 0);
}

static void a_changed_byte_of_an_unfinished_record_changes_nothing_that_is_read(void **state) {
    (void)state;
    const char *path = small_path("open.drill");
    toc_problems *problems = toc_problems_create();
    toc_record *record = small_create(path);
    for (unsigned i = 1; i <= 6; i++) {
        assert_int_equal(small_add(record, i, problems), TOC_OK);
    }
    assert_int_equal(toc_record_commit(record, problems), TOC_OK);
    toc_record_close(record);
    record = small_open(path, told, sizeof told);
    uint64_t content = small_content(record);
    toc_record_close(record);
    assert_true(flip_all(path, content, 16, "open") > 0);
    toc_problems_destroy(problems);
}

/* Changes `from` to `to`, of one length, where it stands in the file. */
static void change(const char *path, const char *from, const char *to) {
    size_t size = 0, changed = 0, length = strlen(from);
    unsigned char *bytes = small_bytes(path, &size);
    for (size_t at = 0; at + length <= size; at++) {
        if (memcmp(bytes + at, from, length) == 0) {
            memcpy(bytes + at, to, length);
            changed++;
        }
    }
    assert_int_equal(changed, 1);
    small_put(path, bytes, size);
    free(bytes);
}

static void a_refusal_names_the_row(void **state) {
    (void)state;
    static const struct {
        const char *from, *to, *place;
    } changes[] = {
        {"switchss-4crew", "switchss-5crew", "table input, row 4:"},
        {"ss-5gridco.dispatcherswitchrequested", "ss-5gridco.dispatcherswitchrequestee",
         "table trace, row 5:"},
        {"this is never run", "this is always so", "table package, row 1:"},
        {"titleSmall", "titleSmalt", "table meta, row 'opening':"},
        {"ended_whyended", "ended_whyender", "table meta, row 'closing':"},
        {"events1234", "events1235", "table meta, row 'closing':"},
        {"the drill as it began", "the drill as it begun", "table branch, row 1:"},
        {"CREATE TABLE trace(number", "CREATE TABLE trace(nummer", "tables are not those"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const char *path = small_path("named.drill");
        (void)unlink(path);
        small_write(path, 6);
        change(path, changes[i].from, changes[i].to);
        assert_null(small_open(path, told, sizeof told));
        if (strstr(told, changes[i].place) == NULL || strstr(told, ": page ") == NULL) {
            fail_msg("'%s' is not named in: %s", changes[i].place, told);
        }
    }
}

static void a_change_outside_of_all_rows_is_refused_as_such(void **state) {
    (void)state;
    const char *path = small_path("slack.drill");
    small_write(path, 2);
    size_t size = 0;
    unsigned char *bytes = small_bytes(path, &size);
    bytes[4096 + 2048] ^= 1; /* the middle of the second page: nothing stands there yet */
    small_put(path, bytes, size);
    free(bytes);
    assert_null(small_open(path, told, sizeof told));
    assert_non_null(strstr(told, "page 2 (bytes 4096 to 8191)"));
    assert_non_null(strstr(told, "every row is as it was written"));
}

static void a_record_cut_short_or_added_to_is_refused(void **state) {
    (void)state;
    const char *path = small_path("cut.drill"), *cut = small_path("cut-short.drill");
    small_write(path, 3);
    size_t size = 0;
    unsigned char *bytes = small_bytes(path, &size);
    unsigned char *longer = calloc(1, size + 4096);
    assert_non_null(longer);
    memcpy(longer, bytes, size);
    const size_t sizes[] = {1,        15,          16,       99,       100,       4095,       4097,
                            size / 2, size - 4096, size - 1, size + 1, size + 16, size + 4096};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        small_put(cut, longer, sizes[i]);
        if (small_open(cut, told, sizeof told) != NULL) {
            fail_msg("%zu of %zu bytes were taken for a record", sizes[i], size);
        }
    }
    free(longer);
    free(bytes);
}

static void a_record_without_its_seal_is_read_with_a_warning(void **state) {
    (void)state;
    const char *path = small_path("unsealed.drill");
    small_write(path, 3);
    size_t size = 0;
    unsigned char *bytes = small_bytes(path, &size);
    small_put(path, bytes, size - size % 4096);
    free(bytes);
    toc_record *record = small_open(path, told, sizeof told);
    assert_non_null(record);
    assert_non_null(strstr(told, "was not sealed"));
    assert_int_equal(toc_record_meta_of(record).ended_at, TOC_HOUR);
    toc_record_close(record);
}

static void what_was_committed_survives_the_end_of_the_program(void **state) {
    (void)state;
    const char *path = small_path("killed.drill");
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        toc_problems *problems = toc_problems_create();
        toc_record *record = small_create(path);
        for (unsigned i = 1; i <= 25; i++) {
            (void)small_add(record, i, problems);
            if (i == 20) {
                (void)toc_record_commit(record, problems);
            }
        }
        (void)kill(getpid(), SIGKILL);
    }
    int how = 0;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how));
    struct stat before, after;
    char log[160];
    (void)snprintf(log, sizeof log, "%s-wal", path);
    assert_int_equal(stat(log, &before), 0);
    for (int twice = 0; twice < 2; twice++) {
        toc_record *record = small_open(path, told, sizeof told);
        assert_non_null(record);
        assert_int_equal(toc_record_meta_of(record).ended_at, TOC_NEVER);
        assert_int_equal(toc_record_input_count(record), 20);
        assert_int_equal(toc_record_trace_count(record), 20);
        assert_int_equal(toc_record_digest_count(record), 20);
        toc_record_close(record);
    }
    /* reading left everything as it lay */
    assert_int_equal(stat(log, &after), 0);
    assert_int_equal(before.st_size, after.st_size);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void a_record_that_is_being_written_is_not_read(void **state) {
    (void)state;
    const char *path = small_path("busy.drill");
    int ready[2], over[2];
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(over), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    char letter = 'x';
    if (child == 0) {
        toc_record *record = small_create(path);
        (void)!write(ready[1], &letter, 1);
        (void)!read(over[0], &letter, 1);
        toc_record_close(record);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &letter, 1), 1);
    assert_null(small_open(path, told, sizeof told));
    assert_non_null(strstr(told, "still being played"));
    assert_int_equal(write(over[1], &letter, 1), 1);
    assert_int_equal(waitpid(child, NULL, 0), child);
    toc_record *record = small_open(path, told, sizeof told);
    assert_non_null(record);
    toc_record_close(record);
}

static toc_status create_at(const char *path, char *text, size_t size) {
    toc_problems *problems = toc_problems_create();
    toc_package *package = small_package();
    toc_record_meta meta = {.title = "Small"};
    toc_record *record = NULL;
    toc_status status = toc_record_create(path, package, &meta, problems, &record);
    text[0] = '\0';
    if (toc_problems_kept(problems) > 0) {
        (void)toc_problems_print(toc_problems_at(problems, 0), text, size);
    }
    toc_record_close(record);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
    return status;
}

static void nothing_is_ever_written_over(void **state) {
    (void)state;
    const char *path = small_path("there.drill");
    small_put(path, "mine", 4);
    assert_int_equal(create_at(path, told, sizeof told), TOC_BAD_INPUT);
    assert_non_null(strstr(told, "a file of that name already"));
    size_t size = 0;
    unsigned char *bytes = small_bytes(path, &size);
    assert_int_equal(size, 4);
    assert_memory_equal(bytes, "mine", 4);
    free(bytes);
}

static void a_log_left_by_somebody_else_does_no_harm(void **state) {
    (void)state;
    const char *path = small_path("left.drill");
    char log[160];
    (void)snprintf(log, sizeof log, "%s-wal", path);
    small_put(log, "the log of a record that was deleted", 36);
    small_write(path, 3);
    toc_record *record = small_open(path, told, sizeof told);
    assert_non_null(record);
    assert_string_equal(told, "");
    toc_record_close(record);
}

static void a_folder_that_is_not_there_is_the_machines_fault(void **state) {
    (void)state;
    assert_int_equal(create_at(small_path("no/such/folder.drill"), told, sizeof told),
                     TOC_SYSTEM_FAULT);
    assert_non_null(strstr(told, "No such file or directory"));
}

static void what_is_no_record_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *sql, *says;
    } others[] = {
        {"CREATE TABLE a(b)", "is not a record of a drill"},
        {"PRAGMA application_id=1414480708; CREATE TABLE a(b)", "version 0"},
        {"PRAGMA application_id=1414480708; PRAGMA user_version=3; CREATE TABLE a(b)",
         "version 3, this program reads version 2"},
        {"PRAGMA application_id=1414480708; PRAGMA user_version=2;"
         "CREATE VIEW trace AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
         " SELECT i AS number FROM n",
         "tables are not those of a record"},
    };
    const char *path = small_path("other.drill");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        char command[1024];
        (void)snprintf(command, sizeof command,
                       "python3 -c 'import sqlite3, sys\n"
                       "sqlite3.connect(sys.argv[1]).executescript("
                       "sys.argv[2])' %s '%s'",
                       path, others[i].sql);
        (void)unlink(path);
        assert_int_equal(system(command), 0);
        assert_null(small_open(path, told, sizeof told));
        if (strstr(told, others[i].says) == NULL) {
            fail_msg("'%s' is not in: %s", others[i].says, told);
        }
    }
    small_put(path, "a letter to the mayor", 21);
    assert_null(small_open(path, told, sizeof told));
    assert_non_null(strstr(told, "is not a record of a drill"));
    small_put(path, "", 0);
    assert_null(small_open(path, told, sizeof told));
    assert_null(small_open(small_folder(), told, sizeof told));
    assert_null(small_open("/dev/null", told, sizeof told));
    assert_null(small_open(small_path("nowhere.drill"), told, sizeof told));
    assert_non_null(strstr(told, "cannot be read"));
}

static void limit_files(rlim_t bytes) {
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* In this process files can grow to `bytes` and no further, as on a full disk. */
static void a_full_disk_stops_the_drill_and_loses_nothing_acknowledged(void **state) {
    (void)state;
    (void)signal(SIGXFSZ, SIG_IGN);
    const char *path = small_path("full.drill");
    toc_problems *problems = toc_problems_create();
    toc_record *record = small_create(path);
    limit_files(180000);
    toc_status status = TOC_OK;
    unsigned acknowledged = 0;
    while (status == TOC_OK && acknowledged < 100000) {
        status = small_add(record, acknowledged + 1, problems);
        if (status == TOC_OK) {
            status = toc_record_commit(record, problems);
        }
        acknowledged += status == TOC_OK;
    }
    assert_int_equal(status, TOC_SYSTEM_FAULT);
    assert_true(acknowledged > 5 && acknowledged < 100000);
    assert_true(toc_problems_count(problems, TOC_ERROR) > 0);
    /* it stays stopped, even if space came back */
    limit_files(RLIM_INFINITY);
    assert_int_equal(small_add(record, 1, problems), TOC_SYSTEM_FAULT);
    assert_int_equal(toc_record_commit(record, problems), TOC_SYSTEM_FAULT);
    assert_int_equal(toc_record_finish(record, TOC_HOUR, "ended", 1, 1, problems),
                     TOC_SYSTEM_FAULT);
    toc_record_close(record);
    record = small_open(path, told, sizeof told);
    assert_non_null(record);
    assert_int_equal(toc_record_input_count(record), acknowledged);
    assert_int_equal(toc_record_meta_of(record).ended_at, TOC_NEVER);
    toc_record_close(record);
    toc_problems_destroy(problems);
}

static void no_space_to_begin_with_leaves_nothing_behind(void **state) {
    (void)state;
    (void)signal(SIGXFSZ, SIG_IGN);
    const char *path = small_path("no-space.drill");
    for (rlim_t bytes = 0; bytes < 40000; bytes += 1500) {
        limit_files(bytes);
        toc_status status = create_at(path, told, sizeof told);
        limit_files(RLIM_INFINITY);
        assert_true(status == TOC_OK || status == TOC_SYSTEM_FAULT);
        assert_int_equal(access(path, F_OK) == 0, status == TOC_OK);
        assert_int_equal(told[0] == '\0', status == TOC_OK);
        (void)unlink(path);
    }
}

static void no_space_for_the_seal_leaves_a_record_that_is_read(void **state) {
    (void)state;
    (void)signal(SIGXFSZ, SIG_IGN);
    const char *path = small_path("no-seal.drill");
    toc_problems *problems = toc_problems_create();
    toc_record *record = small_create(path);
    limit_files(24576); /* the tables fit, and the log; the seal does not */
    toc_status status = toc_record_finish(record, TOC_HOUR, "ended", 77, 1234, problems);
    limit_files(RLIM_INFINITY);
    assert_int_equal(status, TOC_SYSTEM_FAULT);
    toc_record_close(record);
    toc_problems_destroy(problems);
    record = small_open(path, told, sizeof told);
    assert_non_null(record);
    toc_record_close(record);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(equal_drills_leave_equal_files),
        cmocka_unit_test(a_finished_record_is_one_file),
        cmocka_unit_test(every_changed_byte_of_a_finished_record_is_refused),
        cmocka_unit_test(a_changed_byte_of_an_unfinished_record_changes_nothing_that_is_read),
        cmocka_unit_test(a_refusal_names_the_row),
        cmocka_unit_test(a_change_outside_of_all_rows_is_refused_as_such),
        cmocka_unit_test(a_record_cut_short_or_added_to_is_refused),
        cmocka_unit_test(a_record_without_its_seal_is_read_with_a_warning),
        cmocka_unit_test(what_was_committed_survives_the_end_of_the_program),
        cmocka_unit_test(a_record_that_is_being_written_is_not_read),
        cmocka_unit_test(nothing_is_ever_written_over),
        cmocka_unit_test(a_log_left_by_somebody_else_does_no_harm),
        cmocka_unit_test(a_folder_that_is_not_there_is_the_machines_fault),
        cmocka_unit_test(what_is_no_record_is_refused),
        cmocka_unit_test(a_full_disk_stops_the_drill_and_loses_nothing_acknowledged),
        cmocka_unit_test(no_space_to_begin_with_leaves_nothing_behind),
        cmocka_unit_test(no_space_for_the_seal_leaves_a_record_that_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, small_clean);
}
