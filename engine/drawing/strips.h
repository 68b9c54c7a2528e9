/* Strips: distributions side by side, one line each: a thin rule from the least to the most, a band
   that holds eight of ten, a mark at the median. As SVG text. */
#ifndef DRAWING_STRIPS_H
#define DRAWING_STRIPS_H

#include "drawing/theme.h"
#include "tocsin/formats.h"

typedef struct toc_strips_row {
    const char *label; /* "" continues the row above under another name */
    const char *name;  /* whose distribution */
    double least, p10, median, p90, most;
    bool none;       /* nothing to show: "never" stands there */
    bool emphasised; /* what the reader should look at */
} toc_strips_row;

typedef struct toc_strips {
    const char *title, *unit;
    const toc_strips_row *rows;
    size_t row_count;
    double low, high; /* of the axis; both 0: from zero to the most there is */
    const toc_theme *theme;
} toc_strips;

double toc_strips_height(const toc_strips *strips);
/* Appends it as elements from `top` on, for a picture of that width. */
void toc_strips_draw(const toc_strips *strips, double top, double width,
                     toc_formats_buffer *buffer);

#endif
