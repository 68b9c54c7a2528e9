#include "evaluation/picture.h"

static void put_base64(toc_html *html, const toc_formats_buffer *bytes) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char line[4 * 256];
    size_t used = 0;
    for (size_t i = 0; i < bytes->size; i += 3) {
        size_t left = bytes->size - i;
        uint32_t three = (uint32_t)(unsigned char)bytes->bytes[i] << 16;
        three |= left > 1 ? (uint32_t)(unsigned char)bytes->bytes[i + 1] << 8 : 0;
        three |= left > 2 ? (uint32_t)(unsigned char)bytes->bytes[i + 2] : 0;
        line[used++] = digits[three >> 18];
        line[used++] = digits[three >> 12 & 63];
        line[used++] = left > 1 ? digits[three >> 6 & 63] : '=';
        line[used++] = left > 2 ? digits[three & 63] : '=';
        if (used == sizeof line) {
            toc_formats_buffer_add(html->page, line, used);
            used = 0;
        }
    }
    toc_formats_buffer_add(html->page, line, used);
}

static void put_source(toc_html *html, const toc_formats_buffer *bytes) {
    bool is_png = bytes->size > 4 && bytes->bytes[0] == '\x89' && bytes->bytes[1] == 'P';
    toc_html_print(html, "data:image/%s;base64,", is_png ? "png" : "svg+xml");
    put_base64(html, bytes);
}

void toc_picture_write(toc_html *html, const toc_formats_buffer *light,
                       const toc_formats_buffer *dark, const char *alt) {
    toc_html_raw(html,
                 "<picture><source media=\"screen and (prefers-color-scheme:dark)\" srcset=\"");
    put_source(html, dark);
    toc_html_raw(html, "\"><img src=\"");
    put_source(html, light);
    toc_html_raw(html, "\" alt=\"");
    toc_html_text(html, alt);
    toc_html_raw(html, "\"></picture>");
}
