/* Legend: what stands around a map: its title, the notice that it is an exercise, and what the
   symbols mean. */
#ifndef DRAWING_LEGEND_H
#define DRAWING_LEGEND_H

#include <cairo.h>

#include "drawing/scene.h"

void toc_legend_paint(cairo_t *cairo, const toc_scene *scene);

#endif
