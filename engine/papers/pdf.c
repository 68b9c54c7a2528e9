#include "papers/pdf.h"

#include <glib.h>

#include "drawing/sheet.h"

/* Escaped, with **strong** words in <b>; those that end in the text they begin in. */
static char *markup_of(const char *text) {
    GString *markup = g_string_new("");
    bool strong = false;
    char **parts = g_strsplit(text, "**", -1);
    unsigned count = g_strv_length(parts);
    for (unsigned i = 0; i < count; i++) {
        char *escaped = g_markup_escape_text(parts[i], -1);
        g_string_append(markup, escaped);
        g_free(escaped);
        if (i + 1 < count && (strong || i + 2 < count)) {
            g_string_append(markup, strong ? "</b>" : "<b>");
            strong = !strong;
        } else if (i + 1 < count) {
            g_string_append(markup, "**");
        }
    }
    g_strfreev(parts);
    return g_string_free(markup, FALSE);
}

static void put_text(toc_sheet *sheet, toc_sheet_style style, const char *text) {
    char *markup = style == TOC_SHEET_TEXT ? markup_of(text) : g_markup_escape_text(text, -1);
    toc_sheet_write(sheet, style, markup);
    g_free(markup);
}

static void put_table(toc_sheet *sheet, const toc_leaf_block *block) {
    static const double share_of[] = {[TOC_LEAF_AS_NEEDED] = 0,
                                      [TOC_LEAF_NARROW] = 0.04,
                                      [TOC_LEAF_TO_FILL] = 0.13,
                                      [TOC_LEAF_BY_HAND] = 0.3};
    bool is_form = block->kind == TOC_LEAF_FORM;
    double *shares = is_form ? NULL : g_new(double, block->columns);
    for (unsigned i = 0; !is_form && i < block->columns; i++) {
        shares[i] = share_of[block->widths[i]];
    }
    toc_sheet_tabulate(sheet, &(const toc_sheet_table){.columns = block->columns,
                                                       .rows = block->rows,
                                                       .cells = block->cells,
                                                       .shares = shares,
                                                       .named = is_form});
    g_free(shares);
}

static void put_block(toc_sheet *sheet, const toc_leaf_block *block) {
    switch (block->kind) {
    case TOC_LEAF_HEADING:
        put_text(sheet, TOC_SHEET_HEADING, block->cells[0]);
        break;
    case TOC_LEAF_SUBHEADING:
        put_text(sheet, TOC_SHEET_SUBHEADING, block->cells[0]);
        break;
    case TOC_LEAF_LINE:
        put_text(sheet, TOC_SHEET_TEXT, block->cells[0]);
        break;
    case TOC_LEAF_DATUM:
        toc_sheet_datum(sheet, block->cells[0], block->cells[1]);
        break;
    case TOC_LEAF_TABLE:
    case TOC_LEAF_FORM:
        put_table(sheet, block);
        break;
    case TOC_LEAF_MAP:
        toc_sheet_map(sheet, block->topology);
        break;
    }
}

toc_status toc_pdf_write(const toc_leaf *leaf, toc_problems *problems, toc_formats_buffer *buffer,
                         uint32_t *unknown) {
    toc_leaf_head head = toc_leaf_head_of(leaf);
    toc_sheet *sheet =
        toc_sheet_create(&(const toc_sheet_setup){.language = head.language,
                                                  .title = head.title,
                                                  .mark = toc_leaf_say(leaf, TOC_PHRASE_EXERCISE),
                                                  .note = head.classification,
                                                  .landscape = head.landscape});
    put_text(sheet, TOC_SHEET_TITLE, toc_leaf_say(leaf, head.name));
    put_text(sheet, TOC_SHEET_TEXT, head.title);
    for (unsigned i = 0; i < toc_leaf_count(leaf); i++) {
        toc_leaf_block block = toc_leaf_at(leaf, i);
        put_block(sheet, &block);
    }
    *unknown += toc_sheet_unknown(sheet);
    toc_status status = toc_sheet_print(sheet, problems, buffer);
    toc_sheet_destroy(sheet);
    return status;
}
