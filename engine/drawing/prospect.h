/* Prospect: what a panorama looks like: boxes of zones, lines, symbols, names. */
#ifndef DRAWING_PROSPECT_H
#define DRAWING_PROSPECT_H

#include "drawing/panorama.h"

/* Into the box of the image, which it fills. */
void toc_prospect_paint(toc_panorama *panorama, cairo_surface_t *image, const int box[4],
                        const toc_panorama_look *look);
/* The whole plane small, with a frame around what the view shows of it in a picture of `size`. */
void toc_prospect_paint_small(toc_panorama *panorama, cairo_surface_t *image, const int box[4],
                              const toc_panorama_look *look, const double size[2]);

#endif
