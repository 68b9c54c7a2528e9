#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "formats/msel_time.h"
#include "kernel/chance.h"

static const toc_msel_clock afternoon = {.known = true, .day = 16792, .time_of_day = 15 * TOC_HOUR};

static void reads_as(const char *text, toc_time wanted) {
    toc_time found = 0;
    toc_msel_time_verdict verdict = toc_msel_time_read(text, afternoon, &found);
    if (verdict != TOC_MSEL_TIME_READ || found != wanted) {
        fail_msg("'%s': verdict %d, %lld us instead of %lld", text, verdict, (long long)found,
                 (long long)wanted);
    }
}

static void is_judged(const char *text, toc_msel_time_verdict wanted) {
    toc_time found = 0;
    toc_msel_time_verdict verdict = toc_msel_time_read(text, afternoon, &found);
    if (verdict != wanted || found != TOC_NEVER) {
        fail_msg("'%s': verdict %d instead of %d", text, verdict, wanted);
    }
}

/* The drill starts on 2015-12-23 at 15:00. */
static void times_are_read_in_all_the_forms_that_planners_use(void **state) {
    (void)state;
    reads_as("T+00:15", 15 * TOC_MINUTE);
    reads_as("t+1:30:05.25", TOC_HOUR + 30 * TOC_MINUTE + 5250000);
    reads_as("+15", 15 * TOC_MINUTE);
    reads_as(" +90min ", 90 * TOC_MINUTE);
    reads_as("D+1 H+2 M-5", TOC_DAY + 2 * TOC_HOUR - 5 * TOC_MINUTE);
    reads_as("J+1", TOC_DAY);
    reads_as("H+2M+30", 2 * TOC_HOUR + 30 * TOC_MINUTE);
    reads_as("D+0 16:05", 65 * TOC_MINUTE);
    reads_as("D+1 09:05", 18 * TOC_HOUR + 5 * TOC_MINUTE);
    reads_as("15:31", 31 * TOC_MINUTE);
    reads_as("09h05", 18 * TOC_HOUR + 5 * TOC_MINUTE); /* before three: the next day's */
    reads_as("2015-12-23T15:30", 30 * TOC_MINUTE);
    reads_as("2015-12-24 00:00:01", 9 * TOC_HOUR + TOC_SECOND);
    reads_as("23/12/2015 15h30", 30 * TOC_MINUTE);
    reads_as("12/23/2015 15:30", 30 * TOC_MINUTE);
    reads_as("24.12.2015", 9 * TOC_HOUR);
    reads_as("0.6458333333", 30 * TOC_MINUTE); /* as a spreadsheet saves 15:30 */
    reads_as("42361.645833", 30 * TOC_MINUTE); /* and 2015-12-23 15:30 */
}

static void times_that_could_be_anything_are_not_guessed(void **state) {
    (void)state;
    is_judged("", TOC_MSEL_TIME_NONE);
    is_judged("soon", TOC_MSEL_TIME_UNCLEAR);
    is_judged("15", TOC_MSEL_TIME_UNCLEAR);
    is_judged("25:00", TOC_MSEL_TIME_UNCLEAR);
    is_judged("15:60", TOC_MSEL_TIME_UNCLEAR);
    is_judged("D+1 H+2 x", TOC_MSEL_TIME_UNCLEAR);
    is_judged("31/02/2016", TOC_MSEL_TIME_UNCLEAR);
    is_judged("03/04/2016 10:00", TOC_MSEL_TIME_AMBIGUOUS);
    is_judged("J-60", TOC_MSEL_TIME_EARLY);
    is_judged("2015-12-23 14:59", TOC_MSEL_TIME_EARLY);
    toc_time found = 0;
    assert_int_equal(toc_msel_time_read("09:30", (toc_msel_clock){.known = false}, &found),
                     TOC_MSEL_TIME_NO_CLOCK);
    assert_int_equal(toc_msel_time_read("+10", (toc_msel_clock){.known = false}, &found),
                     TOC_MSEL_TIME_READ);
}

static void every_time_that_is_written_is_read_back(void **state) {
    (void)state;
    toc_chance chance = {support_seed("msel times"), 0};
    for (uint32_t i = 0; i < 20000; i++) {
        toc_draw draw = {.entity = 1, .purpose = 2, .occurrence = i};
        toc_time time = toc_chance_between(&chance, draw, 0, 40 * TOC_DAY), found = 0;
        char text[40];
        toc_msel_time_print(time, text, sizeof text);
        assert_int_equal(toc_msel_time_read(text, afternoon, &found), TOC_MSEL_TIME_READ);
        assert_int_equal(found, time);
        time -= time % TOC_SECOND;
        toc_msel_time_print_wall(time, afternoon, text, sizeof text);
        assert_int_equal(toc_msel_time_read(text, afternoon, &found), TOC_MSEL_TIME_READ);
        assert_int_equal(found, time);
    }
}

static void the_start_of_a_drill_is_its_clock(void **state) {
    (void)state;
    toc_msel_clock clock = toc_msel_clock_of("2015-12-23 15:00 Europe/Kyiv");
    assert_true(clock.known);
    assert_int_equal(clock.day, afternoon.day);
    assert_int_equal(clock.time_of_day, afternoon.time_of_day);
    assert_false(toc_msel_clock_of("").known);
    assert_false(toc_msel_clock_of("tomorrow").known);
}

/* -- Lists --------------------------------------------------------------------------------------
 */

static toc_msel *read_list(const char *bytes, size_t size, char *told, size_t told_size) {
    toc_problems *problems = toc_problems_create();
    toc_formats_source source = {bytes, size, "list"};
    toc_msel *msel = NULL;
    toc_status status = toc_msel_read(&source, afternoon, problems, &msel);
    told[0] = '\0';
    if (toc_problems_kept(problems) > 0) {
        (void)toc_problems_print(toc_problems_at(problems, 0), told, told_size);
    }
    assert_true((status == TOC_OK) == (msel != NULL));
    toc_problems_destroy(problems);
    return msel;
}

static void columns_are_known_by_what_people_call_them(void **state) {
    (void)state;
    static const char *const lists[] = {
        "number,time,to,message\n1,+15,dispatcher,dark\n",
        "Our exercise;;;\nSeq No;Date/Time Delivered;Recipient (To);Inject description\n"
        "1;15:15;dispatcher;dark\n",
        "Event Number\tDesignated Scenario Time\tTo\tMessage\n1\t2015-12-23 "
        "15:15\tdispatcher\tdark\n",
        "\xEF\xBB\xBFID,Local Time,Target,Description,Local Time\n1,15:15,dispatcher,dark,16:00\n",
        "\xE5\xBA\x8F\xE5\x8F\xB7,\xE6\x97\xB6\xE9\x97\xB4,\xE8\xA7\x92\xE8\x89\xB2,"
        "\xE5\x9C\xBA\xE6"
        "\x99\xAF\n1,15:15,dispatcher,dark\n"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        char told[512];
        toc_msel *msel = read_list(lists[i], strlen(lists[i]), told, sizeof told);
        if (msel == NULL) {
            fail_msg("list %zu: %s", i, told);
        }
        assert_int_equal(toc_msel_count(msel), 1);
        const toc_msel_entry *entry = toc_msel_at(msel, 0);
        assert_int_equal(entry->at, 15 * TOC_MINUTE);
        assert_string_equal(entry->cells[TOC_MSEL_NUMBER], "1");
        assert_string_equal(entry->cells[TOC_MSEL_TO], "dispatcher");
        assert_string_equal(entry->cells[TOC_MSEL_MESSAGE], "dark");
        toc_msel_destroy(msel);
    }
}

static void mistakes_are_told_with_the_row(void **state) {
    (void)state;
    static const struct {
        const char *list, *words;
    } cases[] = {
        {"number,time,to,message\n1,soon,x,y\n", "list:2: 'soon' is no time; write T+01:30"},
        {"number,time,to,message\n1,03/04/2016,x,y\n", "list:2: '03/04/2016' could be two dates"},
        {"a,b,c\n1,2,3\n", "no row names the columns"},
        {"number,time,to\n1,+1,x\n", "list:1: there is no column for what is said"},
        {"number,time,to,message\n1,+1,x,\"y\n", "does not end"},
        {"", "is empty"},
        {"PK\x03\x04 but no archive", "is a damaged archive"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char told[512];
        assert_null(read_list(cases[i].list, strlen(cases[i].list), told, sizeof told));
        if (strstr(told, cases[i].words) == NULL) {
            fail_msg("wanted '%s', told '%s'", cases[i].words, told);
        }
    }
}

/* Texts as hostile as a planner's spreadsheet can be. */
static const char *const texts[] = {"plain",
                                    "with, comma; and \"quotes\"",
                                    "two\nlines",
                                    "=1+1",
                                    "+49",
                                    "-5 MW",
                                    "@sum(A1)",
                                    "'=quoted",
                                    "  blanks around ",
                                    "\xe8\xad\xa6\xe9\x92\x9f",
                                    "'",
                                    ""};
enum { TEXTS = sizeof texts / sizeof *texts };

static void make_list(toc_msel *msel) {
    for (uint32_t i = 0; i < TEXTS; i++) {
        toc_msel_entry entry = {.at = i % 3 == 0 ? TOC_NEVER : i * 977 * TOC_SECOND,
                                .type = i % 4 == 1 ? TOC_MSEL_IS_CONTINGENCY : TOC_MSEL_IS_INJECT};
        for (int k = 0; k < TOC_MSEL_COLUMNS; k++) {
            entry.cells[k] = texts[(i + (uint32_t)k) % TEXTS];
        }
        entry.cells[TOC_MSEL_NUMBER] = "I-1";
        entry.cells[TOC_MSEL_TIME] = "";
        entry.cells[TOC_MSEL_TYPE] =
            entry.type == TOC_MSEL_IS_CONTINGENCY ? "Contingency Inject" : "Inject";
        toc_msel_add(msel, &entry);
    }
}

/* What stands around a text is no part of it, in spreadsheets as here. */
static void assert_same_text(const char *found, const char *wanted) {
    char trimmed[64];
    size_t length = 0;
    wanted += strspn(wanted, " ");
    (void)snprintf(trimmed, sizeof trimmed, "%s", wanted);
    length = strlen(trimmed);
    while (length > 0 && trimmed[length - 1] == ' ') {
        trimmed[--length] = '\0';
    }
    assert_string_equal(found, trimmed);
}

static void compare(const toc_msel *wanted, const toc_formats_buffer *buffer) {
    char told[512];
    toc_msel *found = read_list(buffer->bytes, buffer->size, told, sizeof told);
    if (found == NULL) {
        fail_msg("%s", told);
    }
    assert_int_equal(toc_msel_count(found), toc_msel_count(wanted));
    for (uint32_t i = 0; i < toc_msel_count(wanted); i++) {
        const toc_msel_entry *one = toc_msel_at(wanted, i), *other = toc_msel_at(found, i);
        assert_int_equal(one->at, other->at);
        assert_int_equal(one->type, other->type);
        for (int k = 0; k < TOC_MSEL_COLUMNS; k++) {
            if (k != TOC_MSEL_CLOCK) { /* follows from the time */
                assert_same_text(other->cells[k], one->cells[k]);
            }
        }
    }
    toc_msel_destroy(found);
}

static void our_own_layout_loses_nothing_as_csv_and_as_workbook(void **state) {
    (void)state;
    toc_problems *problems = toc_problems_create();
    toc_msel *msel = toc_msel_create();
    toc_formats_buffer csv = {0}, xlsx = {0}, again = {0};
    make_list(msel);
    toc_msel_layout_csv(msel, TOC_MSEL_LAYOUT_TOCSIN, afternoon, &csv);
    compare(msel, &csv);
    assert_int_equal(toc_msel_layout_xlsx(msel, TOC_MSEL_LAYOUT_TOCSIN, afternoon, problems, &xlsx),
                     TOC_OK);
    compare(msel, &xlsx);
    assert_int_equal(
        toc_msel_layout_xlsx(msel, TOC_MSEL_LAYOUT_TOCSIN, afternoon, problems, &again), TOC_OK);
    assert_int_equal(xlsx.size, again.size);
    assert_memory_equal(xlsx.bytes, again.bytes, xlsx.size);
    toc_formats_buffer_finish(&csv);
    toc_formats_buffer_finish(&xlsx);
    toc_formats_buffer_finish(&again);
    toc_msel_destroy(msel);
    toc_problems_destroy(problems);
}

static void no_cell_of_a_written_table_is_a_formula(void **state) {
    (void)state;
    toc_msel *msel = toc_msel_create();
    make_list(msel);
    for (int layout = 0; layout < TOC_MSEL_LAYOUTS; layout++) {
        toc_formats_buffer csv = {0};
        toc_msel_layout_csv(msel, (toc_msel_layout)layout, afternoon, &csv);
        for (size_t i = 3; i + 1 < csv.size; i++) {
            bool begins = csv.bytes[i] == ',' || csv.bytes[i] == '\n';
            const char *cell = csv.bytes + i + 1;
            cell += *cell == '"';
            /* inside of quotes a comma or a line end begins no cell; our texts have none before */
            assert_false(begins && strchr("=@", *cell) != NULL && *cell != '\0');
        }
        toc_formats_buffer_finish(&csv);
    }
    toc_msel_destroy(msel);
}

static void workbooks_of_others_are_read(void **state) {
    (void)state;
    const char *path = support_data("exercise-openbas/test_file_2.xlsx");
    if (path == NULL) {
        skip();
    }
    toc_problems *problems = toc_problems_create();
    toc_formats_buffer bytes = {0};
    toc_msel *msel = NULL;
    assert_int_equal(toc_formats_load(path, problems, &bytes), TOC_OK);
    toc_formats_source source = {bytes.bytes, bytes.size, "test_file_2.xlsx"};
    /* it names no columns: that is told, and nothing crashes */
    assert_int_equal(toc_msel_read(&source, afternoon, problems, &msel), TOC_BAD_INPUT);
    assert_non_null(strstr(toc_problems_at(problems, 0).text, "no row names the columns"));
    for (size_t cut = 0; cut < bytes.size; cut += 97) {
        toc_formats_source part = {bytes.bytes, cut, "cut.xlsx"};
        assert_int_equal(toc_msel_read(&part, afternoon, problems, &msel), TOC_BAD_INPUT);
    }
    toc_formats_buffer_finish(&bytes);
    toc_problems_destroy(problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_read_in_all_the_forms_that_planners_use),
        cmocka_unit_test(times_that_could_be_anything_are_not_guessed),
        cmocka_unit_test(every_time_that_is_written_is_read_back),
        cmocka_unit_test(the_start_of_a_drill_is_its_clock),
        cmocka_unit_test(columns_are_known_by_what_people_call_them),
        cmocka_unit_test(mistakes_are_told_with_the_row),
        cmocka_unit_test(our_own_layout_loses_nothing_as_csv_and_as_workbook),
        cmocka_unit_test(no_cell_of_a_written_table_is_a_formula),
        cmocka_unit_test(workbooks_of_others_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
