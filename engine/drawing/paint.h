/* Paint: puts a scene on a canvas: areas, dependencies, links, assets, names. */
#ifndef DRAWING_PAINT_H
#define DRAWING_PAINT_H

#include <cairo.h>

#include "drawing/scene.h"

void toc_paint_map(cairo_t *cairo, const toc_scene *scene);

#endif
