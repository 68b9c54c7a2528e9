#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/rulebook.h"
#include "tocsin/package.h"

#define HEAD                                                                                       \
    "<duties xmlns='urn:tocsin:duties:1' id='x' in-force='2025-01-01' source='s' en='X'>\n"        \
    "<role id='operator' en='o'/><role id='authority' en='a'/>\n"                                  \
    "<item id='facts' en='f'/><level id='major' en='m'><when people='5'/></level>\n"
#define TAIL "</duties>"

static toc_rulebook *read_text(const char *text, toc_problems *problems) {
    toc_formats_source source = {text, strlen(text), "x.xml"};
    toc_rulebook *book = NULL;
    (void)toc_rulebook_read(&source, problems, &book);
    return book;
}

static void every_rulebook_that_is_carried_can_be_read(void **state) {
    (void)state;
    assert_true(toc_embedded_duties_count >= 3);
    for (size_t i = 0; i < toc_embedded_duties_count; i++) {
        toc_problems *problems = toc_problems_create();
        toc_formats_source source = {(const char *)toc_embedded_duties[i].bytes,
                                     toc_embedded_duties[i].size, toc_embedded_duties[i].path};
        toc_rulebook *book = NULL;
        assert_int_equal(toc_rulebook_read(&source, problems, &book), TOC_OK);
        size_t stem = strcspn(toc_embedded_duties[i].path, ".");
        assert_int_equal(strlen(book->name.id), stem);
        assert_memory_equal(book->name.id, toc_embedded_duties[i].path, stem);
        assert_true(book->duty_count > 0 && book->source[0] != '\0');
        assert_true(toc_rulebook_find(book->roles, book->role_count, "operator") >= 0);
        toc_rulebook_destroy(book);
        toc_problems_destroy(problems);
    }
}

static void what_the_chinese_measures_say_is_what_is_read(void **state) {
    (void)state;
    for (size_t i = 0; i < toc_embedded_duties_count; i++) {
        toc_problems *problems = toc_problems_create();
        toc_formats_source source = {(const char *)toc_embedded_duties[i].bytes,
                                     toc_embedded_duties[i].size, toc_embedded_duties[i].path};
        toc_rulebook *book = NULL;
        if (strcmp(source.file, "cn-2025.xml") == 0) {
            assert_int_equal(toc_rulebook_read(&source, problems, &book), TOC_OK);
            const toc_rulebook_duty *first = &book->duties[0], *onward = &book->duties[1];
            assert_string_equal(book->in_force, "2025-11-01");
            assert_int_equal(first->within, TOC_HOUR);
            assert_int_equal(first->to_count, 2);
            assert_int_equal(first->clock, TOC_RULEBOOK_DISCOVERED);
            assert_int_equal(first->applies, TOC_RULEBOOK_CII);
            assert_string_equal(book->levels[first->least].id, "relatively-major");
            assert_int_equal(onward->within, 30 * TOC_MINUTE);
            assert_int_equal(onward->clock, TOC_RULEBOOK_RECEIVED);
            assert_string_equal(book->levels[onward->least].id, "major");
            assert_false(book->whens[0].confirmed);
            assert_true(book->whens[book->when_count - 1].confirmed);
            toc_rulebook_destroy(book);
        }
        toc_problems_destroy(problems);
    }
}

static void mistakes_are_told_with_their_place_and_the_nearest_name(void **state) {
    static const struct {
        const char *text, *told;
    } cases[] = {
        {HEAD "<duty id='d' from='operatr' to='authority' least='major' en='d'/>" TAIL,
         "x.xml:4:14: <duty from=\"operatr\">: expected one that stands before this element "
         "(nearest: 'operator')"},
        {HEAD "<duty id='d' from='operator' to='athority' least='major' en='d'/>" TAIL,
         "nearest: 'authority'"},
        {HEAD "<duty id='d' from='operator' to='authority' leest='major' en='d'/>" TAIL,
         "<duty> has no attribute 'leest' (nearest: 'least')"},
        {HEAD "<duty id='d' from='operator' to='authority' en='d'/>" TAIL,
         "does not say what sets it off"},
        {HEAD "<duty id='d' from='operator' to='authority' after='e' en='d'/>" TAIL,
         "a duty that stands before this one"},
        {HEAD
         "<duty id='d' from='operator' to='authority' least='major' within='soon' en='d'/>" TAIL,
         "a time like 1h30min"},
        {HEAD
         "<duty id='d' from='operator' to='authority' least='major' clock='awake' en='d'/>" TAIL,
         "nearest: 'aware'"},
        {HEAD
         "<duty id='d' from='operator' to='authority' least='major' content='fact' en='d'/>" TAIL,
         "nearest: 'facts'"},
        {HEAD "<duty id='d' from='operator' to='authority' least='major' en='d'/>\n"
              "<duty id='d' from='operator' to='authority' least='major' en='d'/>" TAIL,
         "x.xml:5"},
        {HEAD "<duti id='d'/>" TAIL, "found <duti>"},
        {HEAD "<item en='d'/>" TAIL, "<item> has no 'id'"},
        {HEAD "<level id='l' en='l'><when lasts='1h'/></level>" TAIL,
         "neither 'people' nor 'down'"},
        {HEAD "<level id='l' en='l'><when down='1.5'/></level>" TAIL, "a share above 0, up to 1"},
        {"<duties xmlns='urn:tocsin:duties:1' id='x' in-force='soon' source='s' en='X'/>",
         "a date like 2025-11-01"},
        {"<topology xmlns='urn:tocsin:topology:1'/>", "found <topology>"},
        {"<duties", "x.xml:1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        toc_problems *problems = toc_problems_create();
        char line[1024] = "";
        assert_null(read_text(cases[i].text, problems));
        (void)toc_problems_print(toc_problems_at(problems, 0), line, sizeof line);
        if (strstr(line, cases[i].told) == NULL) {
            fail_msg("'%s' is not in '%s'", cases[i].told, line);
        }
        toc_problems_destroy(problems);
    }
}

/* A folder of this test's own with that one script. */
static toc_package *open_with(const char *script, const char *own, toc_problems *problems) {
    char folder[] = "/tmp/tocsin-rulebook-XXXXXX", path[128], command[160];
    toc_package *package = NULL;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/scenario.lua", folder);
    FILE *file = fopen(path, "w");
    (void)fputs(script, file);
    (void)fclose(file);
    if (own != NULL) {
        (void)snprintf(command, sizeof command, "mkdir %s/duties", folder);
        assert_int_equal(system(command), 0);
        (void)snprintf(path, sizeof path, "%s/duties/cn-2025.xml", folder);
        file = fopen(path, "w");
        (void)fputs(own, file);
        (void)fclose(file);
    }
    assert_int_equal(toc_package_open(folder, problems, &package), TOC_OK);
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
    return package;
}

static void rules_that_a_script_names_are_part_of_its_package(void **state) {
    static const struct {
        const char *script, *own;
        bool is_there;
    } cases[] = {{"drill:duties \"cn-2025\" { }", NULL, true},
                 {"drill:duties 'cn-2025'", NULL, true},
                 {"drill:duties \"cn-2026\"", NULL, false},
                 {"-- see cn-2025", NULL, false},
                 {"drill:duties \"cn-2025\"", "mine", true}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        toc_problems *problems = toc_problems_create();
        toc_package *package = open_with(cases[i].script, cases[i].own, problems);
        toc_package_file file;
        assert_int_equal(toc_package_find(package, "duties/cn-2025.xml", &file), cases[i].is_there);
        if (cases[i].own != NULL) {
            assert_string_equal(file.bytes, "mine");
        } else if (cases[i].is_there) {
            assert_non_null(strstr(file.bytes, "urn:tocsin:duties:1"));
        }
        toc_package_destroy(package);
        toc_problems_destroy(problems);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rulebook_that_is_carried_can_be_read),
        cmocka_unit_test(what_the_chinese_measures_say_is_what_is_read),
        cmocka_unit_test(mistakes_are_told_with_their_place_and_the_nearest_name),
        cmocka_unit_test(rules_that_a_script_names_are_part_of_its_package),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
