#include "support/support.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "drawing/leading.h"
#include "drawing/sheet.h"
#include "drawing/text.h"

static toc_sheet *blank(void) {
    return toc_sheet_create(&(const toc_sheet_setup){
        .language = "en", .title = "Brief", .mark = "EXERCISE", .note = "Internal"});
}

/* How many pages it has, by its own page tree. */
static int print(toc_sheet *sheet, toc_formats_buffer *buffer) {
    toc_problems *problems = toc_problems_create();
    assert_int_equal(toc_sheet_print(sheet, problems, buffer), TOC_OK);
    assert_int_equal(toc_problems_count(problems, TOC_ERROR), 0);
    toc_problems_destroy(problems);
    toc_sheet_destroy(sheet);
    int count = 0;
    for (size_t i = 0; i + 8 < buffer->size; i++) {
        count += memcmp(buffer->bytes + i, "/Count ", 7) == 0 ? atoi(buffer->bytes + i + 7) : 0;
    }
    return count;
}

static void the_same_sheet_gives_the_same_bytes(void **state) {
    (void)state;
    toc_formats_buffer first = {0}, second = {0};
    for (int i = 0; i < 2; i++) {
        toc_sheet *sheet = blank();
        toc_sheet_write(sheet, TOC_SHEET_TITLE, "A &amp; B");
        toc_sheet_datum(sheet, "Place", "");
        toc_sheet_tabulate(
            sheet, &(const toc_sheet_table){.columns = 2,
                                            .rows = 2,
                                            .cells = (const char *const[]){"a", "b", "c", "d"}});
        (void)print(sheet, i == 0 ? &first : &second);
    }
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.bytes, second.bytes, first.size);
    toc_formats_buffer_finish(&first);
    toc_formats_buffer_finish(&second);
}

/* Text that no page holds in one piece, as a paragraph, a cell and a value. */
static void what_is_longer_than_a_page_goes_on_and_comes_to_an_end(void **state) {
    (void)state;
    GString *text = g_string_new("");
    for (int i = 0; i < 400; i++) {
        g_string_append_printf(text, "Line %d\n", i);
    }
    for (int kind = 0; kind < 3; kind++) {
        toc_sheet *sheet = blank();
        toc_formats_buffer pages = {0};
        const char *const cells[] = {"head", "other", text->str, "short", "next", "row"};
        const toc_sheet_table table = {.columns = 2, .rows = 3, .cells = cells};
        if (kind == 0) {
            toc_sheet_write(sheet, TOC_SHEET_TEXT, text->str);
        } else if (kind == 1) {
            toc_sheet_datum(sheet, "Name", text->str);
        } else {
            toc_sheet_tabulate(sheet, &table);
        }
        int count = print(sheet, &pages);
        assert_true(count >= 6 && count <= 9);
        toc_formats_buffer_finish(&pages);
    }
    (void)g_string_free(text, TRUE);
}

/* Two rows of 35 lines are higher than a page: were they cut, there would be fewer pages. */
static void rows_are_whole_on_their_page(void **state) {
    (void)state;
    enum { ROWS = 40 };
    GString *tall = g_string_new("1");
    for (int i = 2; i <= 35; i++) {
        g_string_append_printf(tall, "\n%d", i);
    }
    const char *cells[2 * (ROWS + 1)];
    for (int i = 0; i < 2 * (ROWS + 1); i++) {
        cells[i] = i < 2 ? "head" : tall->str;
    }
    toc_sheet *sheet = blank();
    toc_formats_buffer pages = {0};
    toc_sheet_tabulate(sheet,
                       &(const toc_sheet_table){.columns = 2, .rows = ROWS + 1, .cells = cells});
    assert_int_equal(print(sheet, &pages), ROWS);
    toc_formats_buffer_finish(&pages);
    (void)g_string_free(tall, TRUE);
}

static void letters_that_no_font_has_are_counted(void **state) {
    (void)state;
    toc_sheet *sheet = blank();
    toc_sheet_write(sheet, TOC_SHEET_TEXT, "plain");
    assert_int_equal(toc_sheet_unknown(sheet), 0);
    toc_sheet_write(sheet, TOC_SHEET_TEXT, "\xF3\xB0\x80\x80 private"); /* U+F0000 */
    assert_true(toc_sheet_unknown(sheet) > 0);
    toc_sheet_destroy(sheet);
}

static void lines_that_do_not_fit_are_left_for_the_next_page(void **state) {
    (void)state;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 100, 100);
    cairo_t *cairo = cairo_create(surface);
    const toc_text_style style = {.size = 10};
    PangoLayout *layout = toc_text_layout(cairo, "a", &style);
    pango_layout_set_single_paragraph_mode(layout, FALSE);
    pango_layout_set_text(layout, "a\nb\nc\nd", -1);
    double whole = toc_leading_left(layout, 0);
    int line = 0;
    double end = toc_leading_draw(cairo, layout, &line, (toc_leading_frame){0, 5, 5 + whole / 2});
    assert_int_equal(line, 2);
    assert_true(end > 5 && end <= 5 + whole / 2 + 0.1);
    assert_true(toc_leading_left(layout, 2) <= whole / 2 + 0.1);
    (void)toc_leading_draw(cairo, layout, &line, (toc_leading_frame){0, 5, 5 + whole});
    assert_int_equal(line, 4);
    assert_true(toc_leading_left(layout, 4) <= 0);
    g_object_unref(layout);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_sheet_gives_the_same_bytes),
        cmocka_unit_test(what_is_longer_than_a_page_goes_on_and_comes_to_an_end),
        cmocka_unit_test(rows_are_whole_on_their_page),
        cmocka_unit_test(letters_that_no_font_has_are_counted),
        cmocka_unit_test(lines_that_do_not_fit_are_left_for_the_next_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
