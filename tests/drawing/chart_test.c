#include "support/support.h"

#include "drawing/chart.h"

#include <string.h>

static const toc_chart_point falling[] = {
    {0, 100}, {TOC_HOUR, 40}, {TOC_HOUR + 30 * TOC_MINUTE, 80}};

static toc_chart a_chart(const toc_chart_series *series, size_t count) {
    return (toc_chart){.title = "Level <of> power & water",
                       .unit = "% of demand",
                       .until = 2 * TOC_HOUR,
                       .series = series,
                       .series_count = count};
}

static void a_level_is_drawn_as_a_staircase(void **state) {
    const toc_chart_series series = {"power", falling, 3, true};
    toc_chart chart = a_chart(&series, 1);
    toc_formats_buffer buffer = {NULL, 0, 0};
    (void)state;
    chart.low = 0;
    chart.high = 100;
    toc_chart_draw(&chart, &buffer);
    /* the plot spans x 46 to 767.4 and y 40 to 270 */
    assert_non_null(strstr(buffer.bytes, "M46.0 40.0V40.0V40.0V40.0H406.7V178.0V178.0V178.0H587.0"
                                         "V86.0V86.0V86.0H767.4"));
    assert_non_null(strstr(buffer.bytes, "stroke=\"#C1121F\""));
    assert_non_null(strstr(buffer.bytes, ">power 80.0</text>"));
    assert_non_null(strstr(buffer.bytes, ">1:30</text>"));
    toc_formats_buffer_finish(&buffer);
}

static void texts_cannot_break_out_of_the_picture(void **state) {
    const toc_chart_series series = {"</svg><script>", falling, 3, false};
    const toc_chart_mark mark = {TOC_HOUR, "a & b \"c\""};
    toc_chart chart = a_chart(&series, 1);
    toc_formats_buffer buffer = {NULL, 0, 0};
    (void)state;
    chart.marks = &mark;
    chart.mark_count = 1;
    chart.threshold = 70;
    chart.threshold_label = "<70";
    toc_chart_draw(&chart, &buffer);
    assert_null(strstr(buffer.bytes, "<script>"));
    assert_non_null(strstr(buffer.bytes, "Level &lt;of&gt; power &amp; water"));
    assert_non_null(strstr(buffer.bytes, "&lt;/svg&gt;&lt;script&gt;"));
    assert_non_null(strstr(buffer.bytes, "a &amp; b &quot;c&quot;"));
    assert_non_null(strstr(buffer.bytes, "&lt;70"));
    toc_formats_buffer_finish(&buffer);
}

static void a_long_drill_makes_no_long_picture_and_keeps_its_extremes(void **state) {
    static toc_chart_point points[200000];
    const toc_chart_series series = {"power", points, 200000, false};
    toc_chart chart = a_chart(&series, 1);
    toc_formats_buffer buffer = {NULL, 0, 0};
    (void)state;
    for (int i = 0; i < 200000; i++) {
        points[i] = (toc_chart_point){i * (2 * TOC_HOUR / 200000), i == 77777 ? 0 : 50 + i % 3};
    }
    toc_chart_draw(&chart, &buffer);
    assert_true(buffer.size < 80000);
    assert_non_null(strstr(buffer.bytes, "V270.0V")); /* 0 is the bottom */
    toc_formats_buffer_finish(&buffer);
}

static void nothing_to_show_is_an_empty_plot(void **state) {
    const toc_chart_series series = {"power", NULL, 0, false};
    toc_chart chart = a_chart(&series, 1);
    toc_formats_buffer buffer = {NULL, 0, 0};
    (void)state;
    toc_chart_draw(&chart, &buffer);
    chart = (toc_chart){.is_figure = true};
    toc_chart_draw(&chart, &buffer);
    assert_null(strstr(buffer.bytes, "nan"));
    assert_null(strstr(buffer.bytes, "inf"));
    assert_null(strstr(buffer.bytes, "<path"));
    toc_formats_buffer_finish(&buffer);
}

static void marks_that_would_meet_go_to_rows_of_their_own(void **state) {
    const toc_chart_series series = {"power", falling, 3, false};
    const toc_chart_mark marks[] = {{TOC_HOUR, "breakers open"},
                                    {TOC_HOUR + TOC_MINUTE, "calls come in"},
                                    {2 * TOC_HOUR, "end"}};
    toc_chart chart = a_chart(&series, 1);
    toc_formats_buffer buffer = {NULL, 0, 0};
    (void)state;
    chart.marks = marks;
    chart.mark_count = 3;
    toc_chart_draw(&chart, &buffer);
    assert_non_null(strstr(buffer.bytes, "y=\"59.0\" width=\"92.6\""));
    assert_non_null(strstr(buffer.bytes, "y=\"40.0\" width=\"92.6\""));
    assert_non_null(strstr(buffer.bytes, "y=\"59.0\" width=\"30.6\""));
    toc_formats_buffer_finish(&buffer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_level_is_drawn_as_a_staircase),
        cmocka_unit_test(texts_cannot_break_out_of_the_picture),
        cmocka_unit_test(a_long_drill_makes_no_long_picture_and_keeps_its_extremes),
        cmocka_unit_test(nothing_to_show_is_an_empty_plot),
        cmocka_unit_test(marks_that_would_meet_go_to_rows_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
