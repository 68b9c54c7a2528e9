/* Svg: elements of a picture as SVG text in a buffer, with points in every locale. */
#ifndef DRAWING_SVG_H
#define DRAWING_SVG_H

#include "drawing/theme.h"
#include "tocsin/formats.h"

typedef struct toc_svg_words {
    double x, y, size;
    const char *anchor; /* NULL: start */
    bool bold;
    toc_theme_colour colour;
} toc_svg_words;

typedef struct toc_svg_line {
    double x1, y1, x2, y2, width;
    const char *dashes; /* NULL: whole */
    toc_theme_colour colour;
} toc_svg_line;

typedef struct toc_svg_box {
    double x, y, width, height, radius;
    toc_theme_colour fill;
    const toc_theme_colour *stroke; /* NULL: none */
} toc_svg_box;

void toc_svg_put(toc_formats_buffer *buffer, const char *text);
void toc_svg_print(toc_formats_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* With one decimal. */
const char *toc_svg_number(double value, char buffer[32]);
void toc_svg_attribute(toc_formats_buffer *buffer, const char *name, double value);
void toc_svg_colour(toc_formats_buffer *buffer, const char *name, toc_theme_colour value);
void toc_svg_escaped(toc_formats_buffer *buffer, const char *text);

/* <svg> with its size and fonts, and a <title> where that is not NULL; ended by toc_svg_end. */
void toc_svg_begin(toc_formats_buffer *buffer, double width, double height, const char *title);
void toc_svg_end(toc_formats_buffer *buffer);
void toc_svg_write(toc_formats_buffer *buffer, const char *text, toc_svg_words how);
void toc_svg_rule(toc_formats_buffer *buffer, toc_svg_line how);
void toc_svg_fill(toc_formats_buffer *buffer, toc_svg_box how);

#endif
