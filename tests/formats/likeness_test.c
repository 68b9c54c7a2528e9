#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "tocsin/likeness.h"

/* Warnings of a package with this one file; the first one's text and place are left in `told`. */
static uint32_t found_in(const char *path, const char *text, char *told, size_t size) {
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    const toc_package_file file = {path, text, strlen(text)};
    assert_int_equal(toc_package_from_files("p", &file, 1, problems, &package), TOC_OK);
    uint32_t found = toc_likeness_check(package, problems);
    assert_int_equal(found, toc_problems_count(problems, TOC_WARNING));
    assert_int_equal(0, toc_problems_count(problems, TOC_ERROR));
    told[0] = '\0';
    if (found > 0) {
        (void)toc_problems_print(toc_problems_at(problems, 0), told, size);
    }
    toc_package_destroy(package);
    toc_problems_destroy(problems);
    return found;
}

static void tells(const char *path, const char *text, const char *words) {
    char told[512];
    if (found_in(path, text, told, sizeof told) != 1 || strstr(told, words) == NULL) {
        fail_msg("%s: wanted '%s', told '%s'", text, words, told);
    }
}

static void is_silent(const char *path, const char *text) {
    char told[512];
    if (found_in(path, text, told, sizeof told) != 0) {
        fail_msg("%s: told '%s'", text, told);
    }
}

static void what_leaves_a_drill_names_documentation_addresses_alone(void **state) {
    static const char *const cases[][2] = {
        {"login from 8.8.8.8 failed", "login from [withheld] failed"},
        {"10.0.0.5 -> 192.0.2.7", "[withheld] -> 192.0.2.7"},
        {"198.51.100.9:22 and 203.0.113.255", "198.51.100.9:22 and 203.0.113.255"},
        {"see www.google.com today", "see [withheld] today"},
        {"ask desk@gridco.example or call +1 555 0100 123",
         "ask desk@gridco.example or call +1 555 0100 123"},
        {"call +49 30 90182 1234 now", "call [withheld] now"},
        {"version 5.4 at 12:30, 电网 停电", "version 5.4 at 12:30, 电网 停电"},
        {"", ""}};
    char screened[256];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t length = toc_likeness_screen(cases[i][0], screened, sizeof screened);
        assert_string_equal(screened, cases[i][1]);
        assert_int_equal(length, strlen(screened));
    }
    assert_int_equal(toc_likeness_screen("8.8.8.8", screened, 5), 10);
    assert_string_equal(screened, "[wit");
}

static void public_addresses_are_told_and_those_for_examples_are_not(void **state) {
    (void)state;
    tells("briefing.md", "the mail came\nfrom 8.8.4.4.", "p/briefing.md:2:6: warning: '8.8.4.4'");
    tells("topology.xml", "<a name='host 52.31.7.200'/>", "RFC 5737");
    is_silent("briefing.md", "192.0.2.7 198.51.100.1 203.0.113.99 10.1.2.3 172.20.0.1 192.168.1.1");
    is_silent("briefing.md", "version 1.2.3.4.5, 300.1.1.1, 1.2.3 and 2026.11.23");
    tells("briefing.md", "172.32.0.1", "172.32.0.1");
}

static void domains_in_use_are_told_and_those_for_examples_are_not(void **state) {
    (void)state;
    tells("briefing.md", "write to soc@grid-company.com today", "'grid-company.com'");
    tells("briefing.md", "https://www.dispatch.gov.cn/x", "'www.dispatch.gov.cn'");
    is_silent("briefing.md", "soc@grid.example, mail.example.com, x.test, policies/reference.lua");
    tells("briefing.md", "myexample.com", "'myexample.com'");
}

static void telephone_numbers_are_told_unless_kept_for_fiction(void **state) {
    (void)state;
    tells("briefing.md", "call +49 30 901820 now", "'+49 30 901820'");
    is_silent("briefing.md", "+1 212 555 0142, +44 7700 900123, +5 MW, a+b, +12 34");
}

static void brands_are_told_as_whole_words(void **state) {
    (void)state;
    tells("briefing.md", "our Huawei routers", "'Huawei' is a real company's");
    is_silent("briefing.md", "Nokiana, Ciscobel and lower-case amazon");
}

static void of_scripts_texts_count_and_comments_and_code_do_not(void **state) {
    (void)state;
    is_silent("scenario.lua", "-- see https://attack.mitre.org and 8.8.8.8\n"
                              "--[[ mitre.org\n 8.8.8.8 ]]\nlocal x = drill.com\n");
    tells("scenario.lua", "local x = 1\nlocal t = { text = \"mail bad.com\" }",
          "p/scenario.lua:2:26: warning: 'bad.com'");
    tells("scenario.lua", "x = 'it\\'s evil.net'", "'evil.net'");
    tells("scenario.lua", "x = [==[\n ]] 9.9.9.9\n]==]", "p/scenario.lua:2:5");
}

static void notes_may_cite_the_facts(void **state) {
    (void)state;
    is_silent("notes.md", "Siemens, 8.8.8.8, https://www.cisa.gov");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_leaves_a_drill_names_documentation_addresses_alone),
        cmocka_unit_test(public_addresses_are_told_and_those_for_examples_are_not),
        cmocka_unit_test(domains_in_use_are_told_and_those_for_examples_are_not),
        cmocka_unit_test(telephone_numbers_are_told_unless_kept_for_fiction),
        cmocka_unit_test(brands_are_told_as_whole_words),
        cmocka_unit_test(of_scripts_texts_count_and_comments_and_code_do_not),
        cmocka_unit_test(notes_may_cite_the_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
