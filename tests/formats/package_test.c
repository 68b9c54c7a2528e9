#define _XOPEN_SOURCE 700 /* mkdtemp, truncate */

#include "support/support.h"

#include "tocsin/package.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    char path[64];
    toc_problems *problems;
};

static void put(const struct folder *folder, const char *name, const char *text) {
    char path[300];
    FILE *file;
    (void)snprintf(path, sizeof path, "%s/%s", folder->path, name);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void make_folder(const struct folder *folder, const char *name) {
    char path[300];
    (void)snprintf(path, sizeof path, "%s/%s", folder->path, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static int set_up(void **state) {
    static struct folder folder;
    (void)strcpy(folder.path, "/tmp/tocsin-package-XXXXXX");
    if (mkdtemp(folder.path) == NULL) {
        return -1;
    }
    folder.problems = toc_problems_create();
    *state = &folder;
    return 0;
}

static int tear_down(void **state) {
    struct folder *folder = *state;
    char command[100];
    (void)snprintf(command, sizeof command, "rm -rf %s", folder->path);
    toc_problems_destroy(folder->problems);
    return system(command);
}

static void assert_told(const struct folder *folder, const char *file, const char *text) {
    char wanted[300], line[400];
    (void)snprintf(wanted, sizeof wanted, "%s%s: %s", folder->path, file, text);
    assert_int_equal(toc_problems_count(folder->problems, TOC_ERROR), 1);
    (void)toc_problems_print(toc_problems_at(folder->problems, 0), line, sizeof line);
    assert_string_equal(line, wanted);
}

static void a_folder_is_read_whole_in_order_of_paths(void **state) {
    struct folder *folder = *state;
    toc_package *package = NULL;
    toc_package_file file;
    char typed[100], shown[200];
    put(folder, "topology.xml", "<t/>");
    put(folder, "scenario.lua", "return 1");
    put(folder, "briefing.md", "");
    put(folder, ".hidden.lua", "no");
    put(folder, "run.drill", "no");
    put(folder, "notes.docx", "no");
    make_folder(folder, "policies");
    put(folder, "policies/bold.lua", "return 2");
    make_folder(folder, "policies/deep");
    put(folder, "policies/deep/x.lua", "return 3");
    (void)snprintf(typed, sizeof typed, "%s//", folder->path);
    assert_int_equal(toc_package_open(typed, folder->problems, &package), TOC_OK);
    assert_string_equal(toc_package_name(package), strrchr(folder->path, '/') + 1);
    assert_int_equal(toc_package_count(package), 5);
    assert_string_equal(toc_package_at(package, 0).path, "briefing.md");
    assert_string_equal(toc_package_at(package, 1).path, "policies/bold.lua");
    assert_string_equal(toc_package_at(package, 2).path, "policies/deep/x.lua");
    assert_string_equal(toc_package_at(package, 3).path, "scenario.lua");
    assert_string_equal(toc_package_at(package, 4).path, "topology.xml");
    assert_string_equal(toc_package_at(package, 0).bytes, "");
    assert_true(toc_package_find(package, "policies/bold.lua", &file));
    assert_int_equal(file.size, 8);
    assert_string_equal(file.bytes, "return 2");
    assert_false(toc_package_find(package, "policies/bald.lua", &file));
    assert_string_equal(toc_package_nearest(package, "policies/bald.lua"), "policies/bold.lua");
    (void)snprintf(shown, sizeof shown, "%s/topology.xml", folder->path);
    assert_string_equal(toc_package_shown(package, "topology.xml"), shown);
    assert_string_equal(toc_package_shown(package, "else.lua"), "else.lua");
    toc_package_destroy(package);
}

static void a_package_from_a_record_equals_the_folder_it_came_from(void **state) {
    struct folder *folder = *state;
    toc_package *package = NULL, *copy = NULL, *other = NULL;
    toc_package_file files[2];
    put(folder, "topology.xml", "<t/>");
    put(folder, "scenario.lua", "return 1");
    assert_int_equal(toc_package_open(folder->path, folder->problems, &package), TOC_OK);
    files[0] = toc_package_at(package, 1);
    files[1] = toc_package_at(package, 0);
    assert_int_equal(toc_package_from_files("x", files, 2, folder->problems, &copy), TOC_OK);
    assert_true(toc_package_digest(copy) == toc_package_digest(package));
    assert_string_equal(toc_package_shown(copy, "topology.xml"), "x/topology.xml");
    files[0].bytes = "<u/>";
    assert_int_equal(toc_package_from_files("x", files, 2, folder->problems, &other), TOC_OK);
    assert_true(toc_package_digest(other) != toc_package_digest(package));
    toc_package_destroy(package);
    toc_package_destroy(copy);
    toc_package_destroy(other);
}

static void paths_that_lead_elsewhere_are_no_package_files(void **state) {
    static const char *const paths[] = {"/etc/passwd", "../x.lua", "a/../x.lua", "./x.lua",
                                        "a//x",        "",         "a/",         "a\nb.lua"};
    struct folder *folder = *state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        toc_package_file file = {paths[i], "", 0};
        toc_package *package = NULL;
        assert_int_equal(toc_package_from_files("x", &file, 1, folder->problems, &package),
                         TOC_BAD_INPUT);
        assert_null(package);
    }
}

static void one_path_twice_is_refused(void **state) {
    struct folder *folder = *state;
    toc_package_file files[] = {{"a.lua", "1", 1}, {"b.lua", "2", 1}, {"a.lua", "3", 1}};
    toc_package *package = NULL;
    assert_int_equal(toc_package_from_files("x", files, 3, folder->problems, &package),
                     TOC_BAD_INPUT);
}

static void a_folder_without_a_scenario_is_no_package(void **state) {
    struct folder *folder = *state;
    toc_package *package = NULL;
    put(folder, "topology.xml", "<t/>");
    assert_int_equal(toc_package_open(folder->path, folder->problems, &package), TOC_BAD_INPUT);
    assert_told(folder, "", "holds no scenario.lua, which every package has");
}

static void a_file_or_nothing_is_no_package(void **state) {
    struct folder *folder = *state;
    toc_package *package = NULL;
    char path[200];
    put(folder, "topology.xml", "<t/>");
    (void)snprintf(path, sizeof path, "%s/topology.xml", folder->path);
    assert_int_equal(toc_package_open(path, folder->problems, &package), TOC_BAD_INPUT);
    assert_told(folder, "/topology.xml", "is a file; a package is a folder with a scenario.lua");
    (void)snprintf(path, sizeof path, "%s/nothing", folder->path);
    assert_int_equal(toc_package_open(path, folder->problems, &package), TOC_BAD_INPUT);
}

static void a_symlink_may_stay_inside_and_not_lead_out(void **state) {
    struct folder *folder = *state;
    toc_package *package = NULL;
    char path[200];
    put(folder, "scenario.lua", "return 1");
    (void)snprintf(path, sizeof path, "%s/same.lua", folder->path);
    assert_int_equal(symlink("scenario.lua", path), 0);
    assert_int_equal(toc_package_open(folder->path, folder->problems, &package), TOC_OK);
    assert_int_equal(toc_package_count(package), 2);
    toc_package_destroy(package);
    (void)snprintf(path, sizeof path, "%s/secret.txt", folder->path);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    assert_int_equal(toc_package_open(folder->path, folder->problems, &package), TOC_BAD_INPUT);
    assert_told(folder, "/secret.txt", "leads out of the package's folder");
}

static void folders_nested_too_deep_and_pipes_are_told(void **state) {
    struct folder *folder = *state;
    toc_package *package = NULL;
    char path[200];
    put(folder, "scenario.lua", "return 1");
    make_folder(folder, "a");
    make_folder(folder, "a/b");
    make_folder(folder, "a/b/c");
    (void)snprintf(path, sizeof path, "%s/pipe.lua", folder->path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(toc_package_open(folder->path, folder->problems, &package), TOC_BAD_INPUT);
    assert_int_equal(toc_problems_count(folder->problems, TOC_ERROR), 2);
    assert_string_equal(toc_problems_at(folder->problems, 0).text,
                        "is nested deeper than 2 folders");
    assert_string_equal(toc_problems_at(folder->problems, 1).text, "is not a regular file");
}

static void a_file_beyond_the_size_limit_is_refused_unread(void **state) {
    struct folder *folder = *state;
    toc_package *package = NULL;
    char path[200];
    put(folder, "scenario.lua", "return 1");
    put(folder, "big.csv", "");
    (void)snprintf(path, sizeof path, "%s/big.csv", folder->path);
    assert_int_equal(truncate(path, (off_t)65 << 20), 0);
    assert_int_equal(toc_package_open(folder->path, folder->problems, &package), TOC_BAD_INPUT);
    assert_told(folder, "/big.csv", "is 68157440 bytes long; at most 64 MB are read");
}

int main(void) {
#define ROW(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ROW(a_folder_is_read_whole_in_order_of_paths),
        ROW(a_package_from_a_record_equals_the_folder_it_came_from),
        ROW(paths_that_lead_elsewhere_are_no_package_files),
        ROW(one_path_twice_is_refused),
        ROW(a_folder_without_a_scenario_is_no_package),
        ROW(a_file_or_nothing_is_no_package),
        ROW(a_symlink_may_stay_inside_and_not_lead_out),
        ROW(folders_nested_too_deep_and_pipes_are_told),
        ROW(a_file_beyond_the_size_limit_is_refused_unread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
