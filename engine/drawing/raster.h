/* Raster: lines and small pictures straight into the pixels of an image surface, for maps that move
   under the hand: what Cairo does for ten thousand symbols in 100 ms takes 6 ms so. */
#ifndef DRAWING_RASTER_H
#define DRAWING_RASTER_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drawing/theme.h"

typedef struct toc_raster {
    uint32_t *pixels; /* as CAIRO_FORMAT_RGB24 and ARGB32 have them; opaque ones come out */
    int stride;       /* pixels from one row to the next */
    int left, top, right, bottom; /* nothing is touched outside */
    uint64_t touched;             /* pixels so far: what the work is measured by */
} toc_raster;

/* A small picture with an alpha channel, its colours multiplied by it. */
typedef struct toc_raster_sprite {
    uint32_t *pixels;
    int width, height;
    int x, y; /* of its origin in it */
} toc_raster_sprite;

typedef struct toc_raster_pen {
    toc_theme_colour colour;
    double alpha, width; /* 0 to 1; pixels */
    double on, off;      /* of dashes, in pixels; off 0: none */
} toc_raster_pen;

/* The pixels of an image surface, which is flushed, clipped to a rectangle. Whoever draws with
   Cairo afterwards calls toc_raster_end first. */
toc_raster toc_raster_begin(cairo_surface_t *image, int x, int y, int width, int height);
void toc_raster_end(const toc_raster *raster, cairo_surface_t *image);
void toc_raster_fill(toc_raster *raster, const int box[4], toc_theme_colour colour);
/* The outline of a box x, y, width, height, one pixel wide. */
void toc_raster_frame(toc_raster *raster, const int box[4], toc_theme_colour colour);
/* From x, y to x, y with smooth edges. */
void toc_raster_line(toc_raster *raster, const double ends[4], const toc_raster_pen *pen);
void toc_raster_blit(toc_raster *raster, const toc_raster_sprite *sprite, int x, int y);
/* Copies a Cairo image of format ARGB32, whose origin is at x, y. */
toc_raster_sprite toc_raster_lift(cairo_surface_t *image, int x, int y);
void toc_raster_drop(toc_raster_sprite *sprite);

#endif
