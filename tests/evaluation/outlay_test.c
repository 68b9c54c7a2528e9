#include "support/support.h"

#include "evaluation/made_record.h"
#include "evaluation/outlay.h"

static toc_formats_buffer page_of(made_record *made) {
    unsigned char cited[64] = {0};
    toc_formats_buffer page = {0};
    toc_html html = {.page = &page, .starts = "", .record = 1, .cited = cited, .entries = 60};
    toc_html_raw(&html, "");
    toc_outlay_write(made->measures, &html);
    return page;
}

static void shows(const toc_formats_buffer *page, const char *what) {
    if (page->bytes == NULL || strstr(page->bytes, what) == NULL) {
        fail_msg("'%s' is not in: %s", what, page->bytes == NULL ? "" : page->bytes);
    }
}

static void tell_job(made_record *made, toc_time minute, const char *who, const char *stage,
                     int64_t number) {
    made_put(made, minute * TOC_MINUTE, TOC_TRACE_JOB, "e-1", who, "repair", stage, 0, number);
}

/* Two jobs of one crew, one of which is cut short by the end; remote work is nobody's time. */
static void time_of_crews_is_told_on_the_way_and_at_work(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    tell_job(&made, 1, "", "waiting", 0);
    tell_job(&made, 1, "line", "travel", 0);
    tell_job(&made, 11, "line", "travel", 0); /* another way */
    tell_job(&made, 21, "line", "work", 0);
    tell_job(&made, 51, "line", "done", 0);
    tell_job(&made, 51, "line", "travel", 1);
    tell_job(&made, 56, "line", "work", 1);
    tell_job(&made, 60, "remote", "work", 2);
    tell_job(&made, 61, "remote", "done", 2);
    assert_int_equal(made_measure(&made, 2 * TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made);
    shows(&page, "<td>line</td><td>called in</td><td class=\"n\">2</td><td class=\"n\">1</td>"
                 "<td>25\xc2\xa0min</td><td>1\xc2\xa0h\xc2\xa0"
                 "34\xc2\xa0min</td>");
    assert_null(strstr(page.bytes, "remote"));
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

static void parts_loans_and_approvals_are_summed_up(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_put(&made, 1, TOC_TRACE_STOCK, "e-1", "", "fuse", "", 3, 2);
    made_put(&made, 2, TOC_TRACE_STOCK, "e-1", "", "fuse", "", 2, 1);
    made_put(&made, 3, TOC_TRACE_STOCK, "e-1", "", "fuse", "", 1, 2);
    made_put(&made, 4, TOC_TRACE_STOCK, "e-1", "maker", "fuse", "", 2, 6);
    made_put(&made, TOC_MINUTE, TOC_TRACE_APPROVAL, "A-1", "east.a", "asked", "x", 0, 4);
    made_put(&made, 2 * TOC_MINUTE, TOC_TRACE_APPROVAL, "A-2", "east.a", "asked", "y", 0, 5);
    made_put(&made, 3 * TOC_MINUTE, TOC_TRACE_APPROVAL, "A-1", "east.b", "approved", "", 0, 4);
    made_put(&made, 9 * TOC_MINUTE, TOC_TRACE_APPROVAL, "A-2", "", "expired", "", 0, 5);
    made_put(&made, 10 * TOC_MINUTE, TOC_TRACE_AID, "L-1", "west.a", "lent", "line at e-1", 0, 6);
    made_put(&made, 70 * TOC_MINUTE, TOC_TRACE_AID, "L-1", "", "over", "line at e-1", 0, 6);
    assert_int_equal(made_measure(&made, 2 * TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made);
    shows(&page, "<td>fuse</td><td class=\"n\">1</td><td class=\"n\">4</td>");
    shows(&page,
          "Approval was asked for 2 times: 1 approved, 0 rejected, 1 without an answer in time. An "
          "answer took 2\xc2\xa0min on average.");
    shows(&page, "<td>line at e-1</td>");
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

static void a_record_without_work_says_nothing_of_it(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_put(&made, 1, TOC_TRACE_LOG, "", "east.a", "", "hello", 0, 0);
    assert_int_equal(made_measure(&made, TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made);
    assert_int_equal(page.size, 0);
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_of_crews_is_told_on_the_way_and_at_work),
        cmocka_unit_test(parts_loans_and_approvals_are_summed_up),
        cmocka_unit_test(a_record_without_work_says_nothing_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
