#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/token.h"

static char folder[64] = "/tmp/tocsin-token-XXXXXX";
static char path[96];

static int make_folder(void **state) {
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    (void)snprintf(path, sizeof path, "%s/t.tokens", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    (void)unlink(path);
    return rmdir(folder);
}

static toc_token_book *book_with(char player[TOC_TOKEN_TEXT], char control[TOC_TOKEN_TEXT]) {
    toc_problems *problems = toc_problems_create();
    toc_token_book *book = toc_token_create("d-1");
    toc_token_grant both = {
        .seats = "gridco.dispatcher gridco.soc", .role = "player", .expires = 100};
    toc_token_grant all = {.seats = "control", .role = "control", .expires = 200};
    assert_int_equal(toc_token_issue(book, &both, problems, player), TOC_OK);
    assert_int_equal(toc_token_issue(book, &all, problems, control), TOC_OK);
    toc_problems_destroy(problems);
    return book;
}

static void a_token_opens_its_seats_until_it_expires_and_nothing_else(void **state) {
    char player[TOC_TOKEN_TEXT], control[TOC_TOKEN_TEXT], wrong[TOC_TOKEN_TEXT];
    toc_token_book *book = book_with(player, control);
    toc_token_grant grant = {0};
    (void)state;
    (void)strcpy(wrong, player);
    wrong[63] = wrong[63] == '0' ? '1' : '0';
    const struct {
        const char *token, *seat;
        int64_t now;
        toc_wire_reason expected;
    } cases[] = {
        {player, "", 99, TOC_WIRE_NONE},
        {player, "gridco.dispatcher", 99, TOC_WIRE_NONE},
        {player, "gridco.soc", 99, TOC_WIRE_NONE},
        {player, "gridco.so", 99, TOC_WIRE_BAD_TOKEN},
        {player, "dispatcher", 99, TOC_WIRE_BAD_TOKEN},
        {player, "gridco.dispatcher gridco.soc", 99, TOC_WIRE_BAD_TOKEN},
        {player, "control", 99, TOC_WIRE_BAD_TOKEN},
        {player, "gridco.soc", 100, TOC_WIRE_EXPIRED_TOKEN},
        {control, "control", 199, TOC_WIRE_NONE},
        {wrong, "", 99, TOC_WIRE_BAD_TOKEN},
        {"", "", 99, TOC_WIRE_BAD_TOKEN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(toc_token_check(book, cases[i].token, cases[i].seat, cases[i].now, &grant),
                         cases[i].expected);
    }
    assert_string_not_equal(player, control);
    toc_token_destroy(book);
}

static char *content(void) {
    static char text[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    (void)fclose(file);
    return text;
}

static void the_file_holds_no_token_and_is_its_owners_alone(void **state) {
    char player[TOC_TOKEN_TEXT], control[TOC_TOKEN_TEXT];
    toc_token_book *book = book_with(player, control), *again = NULL;
    toc_problems *problems = toc_problems_create();
    toc_token_grant grant = {0};
    struct stat facts;
    (void)state;
    assert_int_equal(toc_token_save(book, path, problems), TOC_OK);
    assert_int_equal(toc_token_save(book, path, problems), TOC_OK);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_null(strstr(content(), player));
    assert_null(strstr(content(), control));
    assert_int_equal(toc_token_load(path, "d-1", problems, &again), TOC_OK);
    assert_int_equal(toc_token_count(again), 2);
    assert_int_equal(toc_token_check(again, control, "", 1, &grant), TOC_WIRE_NONE);
    assert_string_equal(grant.role, "control");
    toc_token_destroy(again);
    assert_int_equal(toc_token_load(path, "d-2", problems, &again), TOC_BAD_INPUT);
    toc_token_destroy(book);
    toc_problems_destroy(problems);
}

static void a_file_that_holds_something_else_is_told_with_its_line(void **state) {
    static const struct {
        const char *text;
        uint32_t line;
    } cases[] = {
        {"", 1},
        {"something else\n", 1},
        {"tocsin tokens 1\td-1\nabc\tplayer\tx\t1\n", 2},
        {"tocsin tokens 1\td-1\n\n"
         "0000000000000000000000000000000000000000000000000000000000000000\tplayer\tx\tsoon\n",
         3},
        {"tocsin tokens 1\td-1\n"
         "0000000000000000000000000000000000000000000000000000000000000000\tplayer\tx\t1\tmore\n",
         2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        toc_problems *problems = toc_problems_create();
        toc_token_book *book = NULL;
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        (void)fputs(cases[i].text, file);
        (void)fclose(file);
        assert_int_equal(toc_token_load(path, "d-1", problems, &book), TOC_BAD_INPUT);
        assert_int_equal(toc_problems_at(problems, 0).place.line, cases[i].line);
        toc_problems_destroy(problems);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_opens_its_seats_until_it_expires_and_nothing_else),
        cmocka_unit_test(the_file_holds_no_token_and_is_its_owners_alone),
        cmocka_unit_test(a_file_that_holds_something_else_is_told_with_its_line),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
