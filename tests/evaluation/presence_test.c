#include "support/support.h"

#include "evaluation/made_record.h"
#include "evaluation/presence.h"

static toc_formats_buffer page_of(made_record *made) {
    unsigned char cited[64] = {0};
    toc_formats_buffer page = {0};
    toc_html html = {.page = &page, .starts = "", .record = 1, .cited = cited, .entries = 60};
    toc_html_raw(&html, "");
    toc_presence_write(made->measures, &html);
    return page;
}

static void journal(made_record *made, const char *kind, const char *seat, const char *subject,
                    const char *text) {
    toc_record_entry entry = {.at = 5 * TOC_MINUTE,
                              .moment = INT64_C(1700000000000000),
                              .kind = kind,
                              .seat = seat,
                              .sender = "x",
                              .subject = subject,
                              .text = text};
    assert_int_equal(toc_record_journal(made->record, &entry, made->problems), TOC_OK);
}

static bool has(const toc_formats_buffer *page, const char *what) {
    return page->bytes != NULL && strstr(page->bytes, what) != NULL;
}

static void observations_pauses_and_people_stand_in_the_report(void **state) {
    (void)state;
    made_record made;
    toc_record_person person = {"east.soc", "Ada <Quist>", "first shift"};
    made_begin(&made, "made", made_topology);
    journal(&made, "note", "evaluator.east", "O1", "They asked each other twice & waited.");
    journal(&made, "pace", "control", "paused", "lunch");
    journal(&made, "taken", "east.soc", "isolate", "");
    journal(&made, "signed", "", "ab12", "cd34");
    assert_int_equal(toc_record_add_person(made.record, &person, made.problems), TOC_OK);
    assert_int_equal(made_measure(&made, TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made);
    assert_true(has(&page, "Ada &lt;Quist&gt;"));
    assert_true(has(&page, "They asked each other twice &amp; waited."));
    assert_true(has(&page, "<td>paused</td><td>lunch</td><td>2023-11-14 22:13:20 UTC</td>"));
    assert_false(has(&page, "isolate"));
    assert_false(has(&page, "cd34"));
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

static void a_drill_of_stand_ins_says_nothing_of_people(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    assert_int_equal(made_measure(&made, TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made);
    assert_false(has(&page, "<h2"));
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(observations_pauses_and_people_stand_in_the_report),
        cmocka_unit_test(a_drill_of_stand_ins_says_nothing_of_people)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
