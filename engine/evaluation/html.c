#include "evaluation/html.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "evaluation/moment.h"

void toc_html_raw(toc_html *html, const char *markup) {
    toc_formats_buffer_add(html->page, markup, strlen(markup));
}

/* Reads one character of UTF-8; false, and one byte, where it is none. */
static bool decode(const unsigned char *at, uint32_t *out, size_t *length) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t count = at[0] < 0x80 ? 1 : at[0] < 0xc2 ? 0 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    *length = 1;
    if (count == 0 || at[0] > 0xf4) {
        return false;
    }
    uint32_t code = count == 1 ? at[0] : at[0] & (0x7fU >> count);
    for (size_t i = 1; i < count; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return false;
        }
        code = code << 6 | (at[i] & 0x3fU);
    }
    if (count > 1 &&
        (code < least[count] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))) {
        return false;
    }
    *out = code;
    *length = count;
    return true;
}

/* Characters that would change how the text around them is read. */
static bool is_treacherous(uint32_t code) {
    return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0) ||
           code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || code == 0xfffe || code == 0xffff;
}

static const char *entity(uint32_t code) {
    return code == '<'    ? "&lt;"
           : code == '>'  ? "&gt;"
           : code == '&'  ? "&amp;"
           : code == '"'  ? "&quot;"
           : code == '\'' ? "&#39;"
                          : NULL;
}

void toc_html_text(toc_html *html, const char *text) {
    const unsigned char *at = (const unsigned char *)text;
    while (*at != '\0') {
        uint32_t code = 0;
        size_t length = 1;
        if (!decode(at, &code, &length)) {
            toc_html_raw(html, "\xef\xbf\xbd");
        } else if (entity(code) != NULL) {
            toc_html_raw(html, entity(code));
        } else if (is_treacherous(code)) {
            toc_html_print(html, "[U+%04" PRIX32 "]", code);
        } else {
            toc_formats_buffer_add(html->page, (const char *)at, length);
        }
        at += length;
    }
}

void toc_html_print(toc_html *html, const char *format, ...) {
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    toc_html_raw(html, text);
}

void toc_html_time(toc_html *html, toc_time time) {
    char local[TOC_MOMENT_SIZE], since[TOC_MOMENT_SIZE];
    (void)toc_moment_local(html->starts, time, local);
    if (time == TOC_NEVER || !toc_moment_is_start(html->starts)) {
        toc_html_raw(html, local);
    } else {
        toc_html_print(html, "<time title=\"%s after the start\">%s</time>",
                       toc_moment_print(time, since), local);
    }
}

void toc_html_cite(toc_html *html, uint64_t entry) {
    if (entry == 0 || entry > html->entries) {
        return;
    }
    html->cited[entry] = 1;
    toc_html_print(html, "<a class=\"e\" href=\"#r%ue%" PRIu64 "\">%" PRIu64 "</a>", html->record,
                   entry, entry);
}

void toc_html_cell(toc_html *html, const char *text) {
    toc_html_raw(html, "<td>");
    toc_html_text(html, text);
    toc_html_raw(html, "</td>");
}

void toc_html_number_cell(toc_html *html, double value, int decimals) {
    char text[TOC_MOMENT_SIZE];
    toc_html_print(html, "<td class=\"n%s\">%s</td>", value > 0 || value < 0 ? "" : " z",
                   toc_moment_number(value, decimals, text));
}

void toc_html_time_cell(toc_html *html, toc_time time, uint64_t entry) {
    toc_html_raw(html, "<td class=\"n\">");
    toc_html_time(html, time);
    if (entry != 0) {
        toc_html_raw(html, " ");
        toc_html_cite(html, entry);
    }
    toc_html_raw(html, "</td>");
}
