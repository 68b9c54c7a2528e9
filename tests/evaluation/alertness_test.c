/* What the report tells of alerts. */
#include "support/support.h"

#include "evaluation/report.h"
#include "made_record.h"

static const char watched[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Two Towns\">\n"
    "  <operator id=\"east\"/><operator id=\"west\"/><operator id=\"south\"/>\n"
    "  <asset id=\"e-1\" kind=\"hmi\" operator=\"east\"/>\n"
    "  <asset id=\"w-1\" kind=\"hmi\" operator=\"west\"/>\n"
    "  <asset id=\"s-1\" kind=\"hmi\" operator=\"south\"/>\n"
    "  <sensor id=\"ids-e\" operator=\"east\" covers=\"e-1\" chance=\"0.5\"/>\n"
    "  <sensor id=\"ids-w\" operator=\"west\" covers=\"w-1\" chance=\"0.5\"/>\n"
    "</topology>\n";

static void put_alert(made_record *made, int minute, const char *stage, int64_t genuine,
                      int64_t number) {
    made_put(made, minute * TOC_MINUTE, TOC_TRACE_ALERT, "e-1", "east", stage, "ids-e", genuine,
             number);
}

static void put_step(made_record *made, int minute, const char *asset, const char *text) {
    made_put(made, minute * TOC_MINUTE, TOC_TRACE_TECHNIQUE, asset, "MOTH", "T0823", text, 0, 0);
}

/* The text of the table's rows, a line each, a blank between cells. */
static char *rows_of(const made_record *made) {
    toc_formats_buffer page = {0};
    const toc_measures *one[1] = {made->measures};
    assert_int_equal(toc_report_write(one, 1, made->problems, &page), TOC_OK);
    char *text = calloc(1, page.size + 1), *to = text;
    const char *from = strstr(page.bytes, "id=\"r1alerts\"");
    const char *end = from == NULL ? NULL : strstr(from, "</table>");
    for (from = end == NULL ? NULL : strstr(from, "</tr>"); from != NULL && from < end; from++) {
        if (*from == '<') {
            *to = strncmp(from, "<tr>", 4) == 0 ? '\n' : ' ';
            to += strncmp(from, "<td", 3) == 0 || strncmp(from, "<tr>", 4) == 0;
            from = strchr(from, '>');
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    toc_formats_buffer_finish(&page);
    return text;
}

/* Two of three alerts that were looked at are false; the genuine one is known twenty-five minutes
   after the attacker's first step. Nobody notices the other attack. */
static void the_report_tells_who_noticed_how_well_and_how_late(void **state) {
    made_record made;
    (void)state;
    made_begin(&made, "made", watched);
    put_alert(&made, 1, "raised", 0, 1);
    put_alert(&made, 1, "looked-at", 0, 1);
    put_step(&made, 2, "e-1", "started: Graphical User Interface");
    put_alert(&made, 4, "seen", 0, 1);
    put_step(&made, 5, "e-1", "failed: it is isolated");
    put_step(&made, 9, "w-1", "done");
    put_step(&made, 9, "s-1", "done");
    put_step(&made, 10, "e-1", "done");
    put_alert(&made, 10, "raised", 1, 2);
    put_alert(&made, 11, "raised", 0, 3);
    put_alert(&made, 30, "seen", 1, 2);
    put_alert(&made, 31, "seen", 0, 3);
    put_alert(&made, 50, "raised", 1, 4);
    assert_int_equal(made_measure(&made, TOC_HOUR), TOC_OK);
    char *rows = rows_of(&made);
    assert_string_equal(rows, "\n east 4 0 3 1 33 % 20\u00a0min 00:30:00 11 00:05:00 5 "
                              "25\u00a0min"
                              "\n west 0 0 0 0 &ndash; &ndash; never 00:09:00 6 –");
    free(rows);
    made_end(&made);
}

static void where_nothing_watches_nothing_is_said_of_it(void **state) {
    made_record made;
    (void)state;
    made_begin(&made, "made", made_topology);
    put_step(&made, 5, "e-1", "done");
    assert_int_equal(made_measure(&made, TOC_HOUR), TOC_OK);
    char *rows = rows_of(&made);
    assert_string_equal(rows, "");
    free(rows);
    made_end(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_report_tells_who_noticed_how_well_and_how_late),
        cmocka_unit_test(where_nothing_watches_nothing_is_said_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
