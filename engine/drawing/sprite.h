/* Sprite: symbols and short texts drawn once and kept, by all that they follow from. */
#ifndef DRAWING_SPRITE_H
#define DRAWING_SPRITE_H

#include "drawing/map.h"
#include "drawing/raster.h"

typedef struct toc_sprites toc_sprites;

typedef struct toc_sprite_text {
    const char *text;
    double size, most; /* as of toc_text_style */
    bool bold;
    toc_theme_colour colour;
} toc_sprite_text;

toc_sprites *toc_sprite_create(void);
void toc_sprite_destroy(toc_sprites *sprites);
/* An asset's symbol with its origin in its middle, valid until the sprites are destroyed. */
const toc_raster_sprite *toc_sprite_symbol(toc_sprites *sprites, const toc_theme *theme,
                                           const toc_asset_kind_facts *kind, toc_map_state state,
                                           int size);
/* The badge of a state alone. */
const toc_raster_sprite *toc_sprite_badge(toc_sprites *sprites, const toc_theme *theme,
                                          toc_map_state state, int size);
/* A line of text with its origin at the left of the middle of its letters; valid until the next
   call, which may make room. */
const toc_raster_sprite *toc_sprite_line(toc_sprites *sprites, const toc_sprite_text *text);
/* Texts that had to be set anew so far. */
uint32_t toc_sprite_shaped(const toc_sprites *sprites);

#endif
