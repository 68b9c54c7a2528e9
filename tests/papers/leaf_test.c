#include "support/support.h"

#include <string.h>

#include "papers/hypertext.h"
#include "papers/leaf.h"
#include "papers/pdf.h"

static toc_leaf *leaf_in(const char *language) {
    return toc_leaf_create(&(const toc_leaf_head){
        .language = language, .name = TOC_PHRASE_BRIEF, .title = "Dark", .classification = ""});
}

static void lines_of_a_paragraph_are_one_and_han_letters_get_no_blank_between(void **state) {
    (void)state;
    toc_leaf *leaf = leaf_in("zh");
    toc_leaf_text(leaf, "# 标题\n第一行\n第二行\n\nOne\ntwo\n- three\n- four\n");
    static const struct {
        toc_leaf_kind kind;
        const char *text;
    } expected[] = {{TOC_LEAF_SUBHEADING, "标题"},
                    {TOC_LEAF_LINE, "第一行第二行"},
                    {TOC_LEAF_LINE, "One two"},
                    {TOC_LEAF_LINE, "• three"},
                    {TOC_LEAF_LINE, "• four"}};
    assert_int_equal(toc_leaf_count(leaf), 5);
    for (unsigned i = 0; i < 5; i++) {
        toc_leaf_block block = toc_leaf_at(leaf, i);
        assert_int_equal(block.kind, expected[i].kind);
        assert_string_equal(block.cells[0], expected[i].text);
    }
    toc_leaf_destroy(leaf);
}

static void a_table_of_a_briefing_is_a_table(void **state) {
    (void)state;
    toc_leaf *leaf = leaf_in("en");
    toc_leaf_text(leaf,
                  "Before\n| team | runs |\n|---|:-:|\n| **Grid** | a plant |\n| short\n|\nafter");
    assert_int_equal(toc_leaf_count(leaf), 3);
    toc_leaf_block table = toc_leaf_at(leaf, 1);
    assert_int_equal(table.kind, TOC_LEAF_TABLE);
    assert_int_equal(table.columns, 2);
    static const char *const cells[] = {"team", "runs", "Grid", "a plant", "short", ""};
    assert_int_equal(table.rows, 3);
    for (unsigned i = 0; i < 6; i++) {
        assert_string_equal(table.cells[i], cells[i]);
    }
    assert_string_equal(toc_leaf_at(leaf, 2).cells[0], "after");
    toc_leaf_destroy(leaf);
}

static void bytes_that_are_no_text_become_some(void **state) {
    (void)state;
    toc_leaf *leaf = leaf_in("en");
    toc_leaf_text(leaf, "a\377b & <script>\n\300");
    toc_leaf_datum(leaf, TOC_PHRASE_PLACE, NULL);
    toc_problems *problems = toc_problems_create();
    toc_formats_buffer page = {0}, pages = {0};
    uint32_t unknown = 0;
    assert_int_equal(toc_hypertext_write(leaf, problems, &page), TOC_OK);
    assert_int_equal(toc_pdf_write(leaf, problems, &pages, &unknown), TOC_OK);
    toc_formats_buffer_add(&page, "", 1);
    assert_non_null(strstr(page.bytes, "a\xEF\xBF\xBD"
                                       "b &amp; &lt;script&gt;"));
    assert_non_null(strstr(page.bytes, "<dd class=\"ruled\"></dd>"));
    assert_memory_equal(pages.bytes, "%PDF-", 5);
    toc_formats_buffer_finish(&page);
    toc_formats_buffer_finish(&pages);
    toc_problems_destroy(problems);
    toc_leaf_destroy(leaf);
}

static void strong_words_and_a_loose_mark_are_told_apart(void **state) {
    (void)state;
    toc_leaf *leaf = leaf_in("en");
    toc_leaf_line(leaf, "Two **strong words** and a loose ** here");
    toc_problems *problems = toc_problems_create();
    toc_formats_buffer page = {0};
    assert_int_equal(toc_hypertext_write(leaf, problems, &page), TOC_OK);
    toc_formats_buffer_add(&page, "", 1);
    assert_non_null(strstr(page.bytes, "Two <b>strong words</b> and a loose ** here"));
    toc_formats_buffer_finish(&page);
    toc_problems_destroy(problems);
    toc_leaf_destroy(leaf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_a_paragraph_are_one_and_han_letters_get_no_blank_between),
        cmocka_unit_test(a_table_of_a_briefing_is_a_table),
        cmocka_unit_test(bytes_that_are_no_text_become_some),
        cmocka_unit_test(strong_words_and_a_loose_mark_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
