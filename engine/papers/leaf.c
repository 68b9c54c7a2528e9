#include "papers/leaf.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

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
    ".grid th,.grid td{border:1px solid #999;padding:.3em .5em;text-align:left;"
    "vertical-align:top;height:1.5em;overflow-wrap:break-word}.grid th{background:#eee}"
    ".grid .id{min-width:3.2em}.grid .hand{width:30%}"
    "dl{display:grid;grid-template-columns:9em 1fr;gap:.3em 1.5em;margin:.5em 0}"
    "dt{color:#555}dd{margin:0}.ruled{border-bottom:1px solid #666;min-height:1.4em}"
    "@media print{body{font-size:10pt;max-width:none;padding:0}@page{margin:10mm 14mm}}";

static void put(const toc_leaf *leaf, const char *markup) {
    toc_svg_put(leaf->buffer, markup);
}

/* A package's files are anybody's bytes. */
static void escaped(const toc_leaf *leaf, const char *text) {
    char *valid = g_utf8_make_valid(text, -1);
    toc_svg_escaped(leaf->buffer, valid);
    g_free(valid);
}

static void wrap(const toc_leaf *leaf, const char *tag, const char *text) {
    toc_svg_print(leaf->buffer, "<%s>", tag);
    escaped(leaf, text);
    toc_svg_print(leaf->buffer, "</%s>\n", tag);
}

void toc_leaf_begin(const toc_leaf *leaf, toc_phrase_id kind, const char *title) {
    const char *mark = toc_phrase_in(leaf->language, TOC_PHRASE_EXERCISE);
    put(leaf, "<!DOCTYPE html>\n<html lang=\"");
    escaped(leaf, leaf->language);
    put(leaf, "\"><head><meta charset=\"utf-8\"><title>");
    escaped(leaf, title);
    put(leaf, "</title><style>");
    put(leaf, style);
    put(leaf, kind == TOC_PHRASE_SCRIPT ? "@page{size:A4 landscape}" : "@page{size:A4}");
    toc_svg_print(leaf->buffer,
                  "</style></head><body>\n<table class=\"page\" role=\"presentation\">"
                  "<thead><tr><td class=\"mark\">%s</td></tr></thead>"
                  "<tfoot><tr><td class=\"mark\">%s</td></tr></tfoot><tbody><tr><td>\n",
                  mark, mark);
    wrap(leaf, "h1", toc_phrase_in(leaf->language, kind));
    wrap(leaf, "p", title);
}

void toc_leaf_end(const toc_leaf *leaf) {
    put(leaf, "</td></tr></tbody></table></body></html>\n");
}

void toc_leaf_heading(const toc_leaf *leaf, toc_phrase_id id) {
    wrap(leaf, "h2", toc_phrase_in(leaf->language, id));
}

void toc_leaf_line(const toc_leaf *leaf, const char *text) {
    wrap(leaf, "p", text);
}

void toc_leaf_datum(const toc_leaf *leaf, toc_phrase_id id, const char *text) {
    put(leaf, "<dl>");
    wrap(leaf, "dt", toc_phrase_in(leaf->language, id));
    if (text == NULL || text[0] == '\0') {
        put(leaf, "<dd class=\"ruled\"></dd>");
    } else {
        wrap(leaf, "dd", text);
    }
    put(leaf, "</dl>\n");
}

/* Words of a paragraph, with **strong** ones; those that end in the line they begin in. */
static void put_words(const toc_leaf *leaf, const char *text) {
    bool strong = false;
    char **parts = g_strsplit(text, "**", -1);
    unsigned count = g_strv_length(parts);
    for (unsigned i = 0; i < count; i++) {
        escaped(leaf, parts[i]);
        if (i + 1 < count && (strong || i + 2 < count)) {
            put(leaf, strong ? "</b>" : "<b>");
            strong = !strong;
        } else if (i + 1 < count) {
            put(leaf, "**");
        }
    }
    g_strfreev(parts);
}

/* One line of Markdown; a paragraph may be open before and after it. */
static void put_line(const toc_leaf *leaf, const char *line, bool *open) {
    bool is_head = line[0] == '#', is_item = strncmp(line, "- ", 2) == 0;
    if (*open && (is_head || is_item || line[0] == '\0')) {
        put(leaf, "</p>\n");
        *open = false;
    }
    if (is_head) {
        wrap(leaf, "h3", line + strspn(line, "# "));
    } else if (line[0] != '\0') {
        put(leaf, *open ? "\n" : "<p>");
        put(leaf, is_item ? "• " : "");
        put_words(leaf, is_item ? line + 2 : line);
        *open = true;
    }
}

void toc_leaf_text(const toc_leaf *leaf, const char *text) {
    bool open = false;
    toc_formats_buffer line = {0};
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        line.size = 0;
        toc_formats_buffer_add(&line, text, length);
        put_line(leaf, length == 0 ? "" : line.bytes, &open);
        text += length + (text[length] == '\n');
    }
    put_line(leaf, "", &open);
    toc_formats_buffer_finish(&line);
}

void toc_leaf_table(const toc_leaf *leaf, const toc_phrase_id *heads, unsigned count) {
    put(leaf, "<table class=\"grid\"><thead><tr>");
    for (unsigned i = 0; i < count; i++) {
        put(leaf, heads[i] == TOC_PHRASE_NUMBER ? "<th class=\"id\">"
                  : heads[i] == TOC_PHRASE_SEEN ? "<th class=\"hand\">"
                                                : "<th>");
        escaped(leaf, toc_phrase_in(leaf->language, heads[i]));
        put(leaf, "</th>");
    }
    put(leaf, "</tr></thead><tbody>\n");
}

void toc_leaf_row(const toc_leaf *leaf, const char *const *cells, unsigned count) {
    put(leaf, "<tr>");
    for (unsigned i = 0; i < count; i++) {
        wrap(leaf, "td", cells[i]);
    }
    put(leaf, "</tr>\n");
}

void toc_leaf_table_end(const toc_leaf *leaf) {
    put(leaf, "</tbody></table>\n");
}
