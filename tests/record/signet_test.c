#include "small_record.h"

#include "record/signet.h"
#include "record/suite.h"

static void each_suite_signs_and_finds_what_was_changed(void **state) {
    (void)state;
    for (int suite = 0; suite < TOC_SUITES; suite++) {
        char path[128], key[TOC_SIGNET_TEXT], signature[TOC_SIGNET_TEXT];
        toc_problems *problems = toc_problems_create();
        toc_signet *signet = NULL;
        (void)snprintf(path, sizeof path, "%s/%d.pem", small_folder(), suite);
        assert_int_equal(toc_signet_make(path, (toc_suite)suite, problems), TOC_OK);
        assert_int_equal(toc_signet_load(path, (toc_suite)suite, true, problems, &signet), TOC_OK);
        toc_signet_print(signet, key);
        toc_signet_sign(signet, "the head", signature);
        assert_true(toc_signet_check((toc_suite)suite, key, "the head", signature));
        assert_false(toc_signet_check((toc_suite)suite, key, "another head", signature));
        assert_false(toc_signet_check((toc_suite)suite, "", "the head", signature));
        assert_false(toc_signet_check((toc_suite)suite, key, "the head", "zz"));
        assert_false(toc_signet_check((toc_suite)(1 - suite), key, "the head", signature));
        signature[10] = signature[10] == '0' ? '1' : '0';
        assert_false(toc_signet_check((toc_suite)suite, key, "the head", signature));
        toc_signet_destroy(signet);
        toc_problems_destroy(problems);
    }
}

/* RFC 8032, section 7.1, test 2: one byte of message. */
static void ed25519_signs_as_the_standard_does(void **state) {
    (void)state;
    static const char key[] = "302a300506032b6570032100"
                              "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    static const char signature[] =
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
    assert_true(toc_signet_check(TOC_SUITE_INTERNATIONAL, key, "r", signature));
    assert_false(toc_signet_check(TOC_SUITE_INTERNATIONAL, key, "s", signature));
}

static void what_is_no_key_is_told(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    toc_signet *signet = NULL;
    assert_int_equal(toc_signet_load("/dev/null", TOC_SUITE_CHINA, true, problems, &signet),
                     TOC_BAD_INPUT);
    assert_int_equal(
        toc_signet_load(small_path("no.pem"), TOC_SUITE_CHINA, false, problems, &signet),
        TOC_SYSTEM_FAULT);
    assert_null(signet);
    toc_problems_destroy(problems);
}

static void records_of_two_suites_hold_the_same_and_hash_apart(void **state) {
    (void)state;
    static const char *const suites[] = {"", "sha256-ed25519", "sm3-sm2"};
    char heads[3][65], told[4096];
    for (int i = 0; i < 3; i++) {
        char path[128];
        toc_problems *problems = toc_problems_create();
        toc_package *package = small_package();
        toc_record *record = NULL;
        toc_record_meta meta = {.title = "Small", .digest_step = TOC_MINUTE};
        (void)snprintf(meta.suite, sizeof meta.suite, "%s", suites[i]);
        (void)snprintf(path, sizeof path, "%s/suite-%d.drill", small_folder(), i);
        assert_int_equal(toc_record_create(path, package, &meta, problems, &record), TOC_OK);
        assert_int_equal(small_add(record, 1, problems), TOC_OK);
        small_finish(record);
        toc_record_close(record);
        record = small_open(path, told, sizeof told);
        assert_non_null(record);
        toc_record_head(record, heads[i]);
        assert_int_equal(toc_record_input_count(record), 1);
        toc_record_close(record);
        toc_package_destroy(package);
        toc_problems_destroy(problems);
    }
    assert_string_equal(heads[0], heads[1]);
    assert_string_not_equal(heads[1], heads[2]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_suite_signs_and_finds_what_was_changed),
        cmocka_unit_test(ed25519_signs_as_the_standard_does),
        cmocka_unit_test(what_is_no_key_is_told),
        cmocka_unit_test(records_of_two_suites_hold_the_same_and_hash_apart)};
    return cmocka_run_group_tests(tests, NULL, small_clean);
}
