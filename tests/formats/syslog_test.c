#include "support/support.h"

#include <stdlib.h>
#include <string.h>

#include "tocsin/syslog.h"

static const toc_syslog_line alert = {.moment = INT64_C(1700000000250000),
                                      .severity = 4,
                                      .host = "hmi-1.exercise.invalid",
                                      .kind = "alert",
                                      .exercise = "Six Hours",
                                      .team = "gridco",
                                      .drill_time = "D+0 00:42:00",
                                      .asset = "hmi-1",
                                      .text = "Strange log-on"};

static const char *print(const toc_syslog_line *line) {
    static char text[4096];
    assert_true(toc_syslog_write(line, text, sizeof text) < sizeof text);
    return text;
}

static void a_line_is_as_rfc_5424_has_it_and_says_twice_that_it_is_an_exercise(void **state) {
    (void)state;
    assert_string_equal(print(&alert),
                        "<108>1 2023-11-14T22:13:20.250000Z hmi-1.exercise.invalid tocsin - alert "
                        "[exercise@32473 exercise=\"EXERCISE\" drill=\"Six Hours\" team=\"gridco\" "
                        "time=\"D+0 00:42:00\" asset=\"hmi-1\"] \xef\xbb\xbf"
                        "EXERCISE EXERCISE EXERCISE: Strange log-on");
}

static void the_body_can_be_cef(void **state) {
    (void)state;
    toc_syslog_line line = alert;
    line.body = TOC_SYSLOG_CEF;
    line.text = "a|b=c";
    assert_non_null(strstr(print(&line), "] CEF:0|Tocsin|Exercise|1|alert|EXERCISE a\\|b=c|5|dhost="
                                         "hmi-1.exercise.invalid cs1Label=exercise cs1=Six Hours "
                                         "msg=EXERCISE a|b\\=c"));
}

static void nothing_in_a_text_ends_the_line_or_its_structured_data(void **state) {
    (void)state;
    toc_syslog_line line = alert;
    line.exercise = "a\"b]c\\d";
    line.host = "two words\n";
    line.text = "one\ntwo\r<13>1 x";
    const char *text = print(&line);
    assert_null(strchr(text, '\n'));
    assert_null(strchr(text, '\r'));
    assert_non_null(strstr(text, "drill=\"a\\\"b\\]c\\\\d\""));
    assert_non_null(strstr(text, " two-words- tocsin "));
}

static void a_small_buffer_holds_a_beginning_and_the_size_is_told(void **state) {
    (void)state;
    char small[16];
    size_t whole = strlen(print(&alert));
    assert_int_equal(toc_syslog_write(&alert, small, sizeof small), whole);
    assert_string_equal(small, "<108>1 2023-11-");
    assert_int_equal(toc_syslog_write(&alert, NULL, 0), whole);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_as_rfc_5424_has_it_and_says_twice_that_it_is_an_exercise),
        cmocka_unit_test(the_body_can_be_cef),
        cmocka_unit_test(nothing_in_a_text_ends_the_line_or_its_structured_data),
        cmocka_unit_test(a_small_buffer_holds_a_beginning_and_the_size_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
