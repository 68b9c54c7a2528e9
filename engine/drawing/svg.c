#include "drawing/svg.h"

#include <glib.h>
#include <string.h>

#define FONTS "Inter, 'DejaVu Sans', 'Noto Sans CJK SC', sans-serif"

void toc_svg_put(toc_formats_buffer *buffer, const char *text) {
    toc_formats_buffer_add(buffer, text, strlen(text));
}

void toc_svg_print(toc_formats_buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    toc_svg_put(buffer, text);
    g_free(text);
}

const char *toc_svg_number(double value, char buffer[32]) {
    return g_ascii_formatd(buffer, 32, "%.1f", value);
}

void toc_svg_attribute(toc_formats_buffer *buffer, const char *name, double value) {
    char text[32];
    toc_svg_print(buffer, " %s=\"%s\"", name, toc_svg_number(value, text));
}

void toc_svg_colour(toc_formats_buffer *buffer, const char *name, toc_theme_colour value) {
    char hex[8];
    toc_theme_hex(value, hex);
    toc_svg_print(buffer, " %s=\"%s\"", name, hex);
}

void toc_svg_escaped(toc_formats_buffer *buffer, const char *text) {
    char *safe = g_markup_escape_text(text, -1);
    toc_svg_put(buffer, safe);
    g_free(safe);
}

void toc_svg_begin(toc_formats_buffer *buffer, double width, double height, const char *title) {
    toc_svg_print(buffer,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                  "viewBox=\"0 0 %d %d\" font-family=\"" FONTS "\" role=\"img\">\n",
                  (int)width, (int)height, (int)width, (int)height);
    if (title != NULL) {
        toc_svg_put(buffer, "<title>");
        toc_svg_escaped(buffer, title);
        toc_svg_put(buffer, "</title>\n");
    }
}

void toc_svg_end(toc_formats_buffer *buffer) {
    toc_svg_put(buffer, "</svg>\n");
}

void toc_svg_write(toc_formats_buffer *buffer, const char *text, toc_svg_words how) {
    toc_svg_put(buffer, "<text");
    toc_svg_attribute(buffer, "x", how.x);
    toc_svg_attribute(buffer, "y", how.y);
    toc_svg_attribute(buffer, "font-size", how.size);
    toc_svg_colour(buffer, "fill", how.colour);
    toc_svg_print(buffer, " text-anchor=\"%s\"%s>", how.anchor != NULL ? how.anchor : "start",
                  how.bold ? " font-weight=\"600\"" : "");
    toc_svg_escaped(buffer, text);
    toc_svg_put(buffer, "</text>\n");
}

void toc_svg_rule(toc_formats_buffer *buffer, toc_svg_line how) {
    toc_svg_put(buffer, "<line");
    toc_svg_attribute(buffer, "x1", how.x1);
    toc_svg_attribute(buffer, "y1", how.y1);
    toc_svg_attribute(buffer, "x2", how.x2);
    toc_svg_attribute(buffer, "y2", how.y2);
    toc_svg_colour(buffer, "stroke", how.colour);
    toc_svg_attribute(buffer, "stroke-width", how.width);
    if (how.dashes != NULL) {
        toc_svg_print(buffer, " stroke-dasharray=\"%s\"", how.dashes);
    }
    toc_svg_put(buffer, "/>\n");
}

void toc_svg_fill(toc_formats_buffer *buffer, toc_svg_box how) {
    toc_svg_put(buffer, "<rect");
    toc_svg_attribute(buffer, "rx", how.radius);
    toc_svg_attribute(buffer, "x", how.x);
    toc_svg_attribute(buffer, "y", how.y);
    toc_svg_attribute(buffer, "width", how.width);
    toc_svg_attribute(buffer, "height", how.height);
    toc_svg_colour(buffer, "fill", how.fill);
    if (how.stroke != NULL) {
        toc_svg_colour(buffer, "stroke", *how.stroke);
    }
    toc_svg_put(buffer, "/>\n");
}
