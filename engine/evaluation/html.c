#include "evaluation/html.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void toc_html_raw(toc_formats_buffer *page, const char *markup) {
    toc_formats_buffer_add(page, markup, strlen(markup));
}

void toc_html_text(toc_formats_buffer *page, const char *text) {
    for (const char *at = text; *at != '\0'; at++) {
        switch (*at) {
        case '<':
            toc_html_raw(page, "&lt;");
            break;
        case '>':
            toc_html_raw(page, "&gt;");
            break;
        case '&':
            toc_html_raw(page, "&amp;");
            break;
        case '"':
            toc_html_raw(page, "&quot;");
            break;
        case '\'':
            toc_html_raw(page, "&#39;");
            break;
        default:
            if ((unsigned char)*at >= 0x20 || *at == '\n') {
                toc_formats_buffer_add(page, at, 1);
            }
        }
    }
}

void toc_html_print(toc_formats_buffer *page, const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    toc_html_raw(page, text);
}

void toc_html_time(toc_formats_buffer *page, toc_time time) {
    if (time == TOC_NEVER) {
        toc_html_raw(page, "&ndash;");
        return;
    }
    toc_html_print(page, "%" PRId64 ":%02" PRId64 ":%02" PRId64, time / TOC_HOUR,
                   time % TOC_HOUR / TOC_MINUTE, time % TOC_MINUTE / TOC_SECOND);
}

void toc_html_entry(toc_formats_buffer *page, uint64_t number) {
    if (number != 0) {
        toc_html_print(page, "<a class=\"e\" href=\"#e%" PRIu64 "\">%" PRIu64 "</a>", number,
                       number);
    }
}
