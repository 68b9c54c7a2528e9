/* Brush: what the screen's elements look like. Only panels in which something has changed are
   painted, and what lies over them. */
#ifndef CONSOLE_BRUSH_H
#define CONSOLE_BRUSH_H

#include "console/screen.h"

/* Paints what has changed since the last time into the image, of the size of the look; `anew`: all.
   Gives the rectangles that were touched, which live until the next time. */
const toc_rect *toc_brush_paint(toc_screen *screen, cairo_surface_t *image, bool anew,
                                uint32_t *out_count);

#endif
