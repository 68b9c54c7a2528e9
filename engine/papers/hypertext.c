#include "papers/hypertext.h"

#include <glib.h>
#include <string.h>

#include "drawing/map.h"
#include "drawing/svg.h"

/* The page is one table, since its head and foot are what every browser prints on each sheet. */
static const char style[] =
    "body{font:15px/1.5 Inter,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;color:#111;"
    "max-width:66em;margin:0 auto;padding:1em}"
    ".page{width:100%;border-collapse:collapse}thead{display:table-header-group}"
    "tfoot{display:table-footer-group}.mark{text-align:center;font-weight:700;"
    "letter-spacing:.1em;color:#a00;padding:.3em 0}"
    "h1{font-size:1.6em;margin:.6em 0 .2em}h2{font-size:1.15em;margin:1.6em 0 .4em;"
    "break-after:avoid}h3{font-size:1em;margin:1.2em 0 .3em;break-after:avoid}p{margin:.4em 0}"
    ".grid{border-collapse:collapse;width:100%;font-size:.87em}.grid tr{break-inside:avoid}"
    ".grid td{white-space:pre-line}.grid th,.grid td{border:1px solid #999;padding:.3em "
    ".5em;text-align:left;"
    "vertical-align:top;height:1.5em;overflow-wrap:break-word}.grid th{background:#eee}"
    ".grid .id{min-width:3.2em}.grid "
    ".hand{width:30%}.grid .fill{width:13%}.form th{width:9em}"
    ".form .space{height:5.1em;"
    "background:repeating-linear-gradient(transparent 0 calc(1.7em - 1px),#999 calc(1.7em - 1px) "
    "1.7em)}"
    "dl{display:grid;grid-template-columns:9em 1fr;gap:.3em 1.5em;margin:.5em 0}"
    "dt{color:#555}dd{margin:0}.ruled{border-bottom:1px solid #666;min-height:1.4em}"
    ".map{max-width:100%;break-inside:avoid}"
    "@media print{body{font-size:10pt;max-width:none;padding:0;print-color-adjust:exact;"
    "-webkit-print-color-adjust:exact}@page{margin:10mm 14mm}}";

static void put(toc_formats_buffer *buffer, const char *markup) {
    toc_svg_put(buffer, markup);
}

static void wrap(toc_formats_buffer *buffer, const char *tag, const char *text) {
    toc_svg_print(buffer, "<%s>", tag);
    toc_svg_escaped(buffer, text);
    toc_svg_print(buffer, "</%.*s>\n", (int)strcspn(tag, " "), tag);
}

/* "EXERCISE ... · Internal": above and below each page. */
static void put_mark(const toc_leaf *leaf, toc_formats_buffer *buffer) {
    toc_leaf_head head = toc_leaf_head_of(leaf);
    put(buffer, "<tr><td class=\"mark\">");
    put(buffer, toc_leaf_say(leaf, TOC_PHRASE_EXERCISE));
    if (head.classification[0] != '\0') {
        put(buffer, "<br>");
        toc_svg_escaped(buffer, head.classification);
    }
    put(buffer, "</td></tr>");
}

static void begin(const toc_leaf *leaf, toc_formats_buffer *buffer) {
    toc_leaf_head head = toc_leaf_head_of(leaf);
    put(buffer, "<!DOCTYPE html>\n<html lang=\"");
    toc_svg_escaped(buffer, head.language);
    put(buffer, "\"><head><meta charset=\"utf-8\"><title>");
    toc_svg_escaped(buffer, head.title);
    put(buffer, "</title><style>");
    put(buffer, style);
    put(buffer, head.landscape ? "@page{size:A4 landscape}" : "@page{size:A4}");
    put(buffer, "</style></head><body>\n<table class=\"page\" role=\"presentation\"><thead>");
    put_mark(leaf, buffer);
    put(buffer, "</thead><tfoot>");
    put_mark(leaf, buffer);
    put(buffer, "</tfoot><tbody><tr><td>\n");
    wrap(buffer, "h1", toc_leaf_say(leaf, head.name));
    wrap(buffer, "p", head.title);
}

/* Words of a paragraph, with **strong** ones; those that end in the line they begin in. */
static void put_words(toc_formats_buffer *buffer, const char *text) {
    bool strong = false;
    char **parts = g_strsplit(text, "**", -1);
    unsigned count = g_strv_length(parts);
    for (unsigned i = 0; i < count; i++) {
        toc_svg_escaped(buffer, parts[i]);
        if (i + 1 < count && (strong || i + 2 < count)) {
            put(buffer, strong ? "</b>" : "<b>");
            strong = !strong;
        } else if (i + 1 < count) {
            put(buffer, "**");
        }
    }
    g_strfreev(parts);
}

static void put_datum(const toc_leaf_block *block, toc_formats_buffer *buffer) {
    put(buffer, "<dl>");
    wrap(buffer, "dt", block->cells[0]);
    wrap(buffer, block->cells[1][0] == '\0' ? "dd class=\"ruled\"" : "dd", block->cells[1]);
    put(buffer, "</dl>\n");
}

/* Ids and addresses are long words: they may be broken behind a stroke. */
static void put_cell(const char *text, toc_formats_buffer *buffer) {
    char **parts = g_strsplit(text, "/", -1);
    put(buffer, "<td>");
    for (unsigned i = 0; parts[i] != NULL; i++) {
        put(buffer, i == 0 ? "" : "/<wbr>");
        toc_svg_escaped(buffer, parts[i]);
    }
    put(buffer, "</td>\n");
    g_strfreev(parts);
}

static void put_table(const toc_leaf_block *block, toc_formats_buffer *buffer) {
    static const char *const heads[] = {[TOC_LEAF_AS_NEEDED] = "th",
                                        [TOC_LEAF_NARROW] = "th class=\"id\"",
                                        [TOC_LEAF_TO_FILL] = "th class=\"fill\"",
                                        [TOC_LEAF_BY_HAND] = "th class=\"hand\""};
    put(buffer, "<table class=\"grid\"><thead><tr>");
    for (unsigned i = 0; i < block->columns; i++) {
        wrap(buffer, heads[block->widths[i]], block->cells[i]);
    }
    put(buffer, "</tr></thead><tbody>\n");
    for (unsigned row = 1; row < block->rows; row++) {
        put(buffer, "<tr>");
        for (unsigned i = 0; i < block->columns; i++) {
            put_cell(block->cells[row * block->columns + i], buffer);
        }
        put(buffer, "</tr>\n");
    }
    put(buffer, "</tbody></table>\n");
}

static void put_form(const toc_leaf_block *block, toc_formats_buffer *buffer) {
    put(buffer, "<table class=\"grid form\"><tbody>\n");
    for (unsigned row = 0; row < block->rows; row++) {
        const char *text = block->cells[2 * row + 1];
        put(buffer, "<tr>");
        wrap(buffer, "th", block->cells[2 * row]);
        wrap(buffer, text[0] == '\0' ? "td class=\"space\"" : "td", text);
        put(buffer, "</tr>\n");
    }
    put(buffer, "</tbody></table>\n");
}

/* The picture without its XML declaration, which is no part of a page. */
static toc_status put_map(const toc_leaf_block *block, toc_problems *problems,
                          toc_formats_buffer *buffer) {
    toc_formats_buffer picture = {0};
    toc_map_request request = {
        .topology = block->topology, .format = TOC_MAP_SVG, .width = 1100, .height = 700};
    toc_status status = toc_map_draw(&request, problems, &picture);
    if (status == TOC_OK) {
        toc_formats_buffer_add(&picture, "", 1);
        const char *begins = strstr(picture.bytes, "<svg ");
        put(buffer, "<svg class=\"map\" ");
        put(buffer, begins == NULL ? "/>" : begins + strlen("<svg "));
    }
    toc_formats_buffer_finish(&picture);
    return status;
}

static toc_status put_block(const toc_leaf_block *block, toc_problems *problems,
                            toc_formats_buffer *buffer) {
    switch (block->kind) {
    case TOC_LEAF_HEADING:
        wrap(buffer, "h2", block->cells[0]);
        break;
    case TOC_LEAF_SUBHEADING:
        wrap(buffer, "h3", block->cells[0]);
        break;
    case TOC_LEAF_LINE:
        put(buffer, "<p>");
        put_words(buffer, block->cells[0]);
        put(buffer, "</p>\n");
        break;
    case TOC_LEAF_DATUM:
        put_datum(block, buffer);
        break;
    case TOC_LEAF_TABLE:
        put_table(block, buffer);
        break;
    case TOC_LEAF_FORM:
        put_form(block, buffer);
        break;
    case TOC_LEAF_MAP:
        return put_map(block, problems, buffer);
    }
    return TOC_OK;
}

toc_status toc_hypertext_write(const toc_leaf *leaf, toc_problems *problems,
                               toc_formats_buffer *buffer) {
    toc_status status = TOC_OK;
    begin(leaf, buffer);
    for (unsigned i = 0; status == TOC_OK && i < toc_leaf_count(leaf); i++) {
        toc_leaf_block block = toc_leaf_at(leaf, i);
        status = put_block(&block, problems, buffer);
    }
    put(buffer, "</td></tr></tbody></table></body></html>\n");
    return status;
}
