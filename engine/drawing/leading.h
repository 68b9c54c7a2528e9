/* Leading: a text's lines, drawn as far as there is room for them. */
#ifndef DRAWING_LEADING_H
#define DRAWING_LEADING_H

#include <pango/pangocairo.h>

typedef struct toc_leading_frame {
    double x, top, bottom;
} toc_leading_frame;

/* Draws from line *line on, which becomes the first that did not fit; gives where they end. */
double toc_leading_draw(cairo_t *cairo, PangoLayout *layout, int *line, toc_leading_frame frame);
/* How high the lines are from this one on. */
double toc_leading_left(PangoLayout *layout, int line);

#endif
