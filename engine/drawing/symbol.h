/* Symbol: what an asset looks like, and the badges that say what is wrong with it. */
#ifndef DRAWING_SYMBOL_H
#define DRAWING_SYMBOL_H

#include <cairo.h>

#include "drawing/map.h"

/* Sets the colour, `alpha` from 0 to 1. */
void toc_symbol_colour(cairo_t *cairo, toc_theme_colour colour, double alpha);
/* An asset of that kind: a tile with its drawing, framed and badged by its state; centre and edge
   length in pixels. Below 15 only a mark of the state is drawn: drawings that small say nothing. */
void toc_symbol_asset(cairo_t *cairo, const toc_theme *theme, const toc_asset_kind_facts *kind,
                      toc_map_state state, const double at[2], double size);
/* The mark alone. */
void toc_symbol_badge(cairo_t *cairo, const toc_theme *theme, toc_map_state state,
                      const double at[2], double size);
/* A line in the manner of the kind of link, along the path that is set; `weight` 1 is the usual
   width. */
void toc_symbol_link(cairo_t *cairo, const toc_theme *theme, toc_link_kind kind,
                     toc_map_state state, double weight);

#endif
