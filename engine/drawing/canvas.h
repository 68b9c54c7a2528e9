/* Canvas: a Cairo surface of each format whose bytes end up in a buffer. */
#ifndef DRAWING_CANVAS_H
#define DRAWING_CANVAS_H

#include <cairo.h>

#include "drawing/map.h"

typedef struct toc_canvas {
    cairo_t *cairo;
    cairo_surface_t *surface;
    toc_map_format format;
    toc_formats_buffer *buffer;
    size_t start; /* of the picture in the buffer */
} toc_canvas;

/* False where Cairo cannot make so large a picture. */
bool toc_canvas_open(toc_canvas *canvas, toc_map_format format, double width, double height,
                     toc_formats_buffer *buffer);
/* Writes what is left to write and frees the canvas. False where drawing went wrong. */
bool toc_canvas_close(toc_canvas *canvas);

#endif
