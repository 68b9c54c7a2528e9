/* Palette: finds a command, an action or an asset by a few letters. */
#ifndef CONSOLE_PALETTE_H
#define CONSOLE_PALETTE_H

#include "console/post.h"

typedef struct toc_palette toc_palette;

toc_palette *toc_palette_create(void);
void toc_palette_destroy(toc_palette *palette);
void toc_palette_open(toc_palette *palette, toc_post *post);
void toc_palette_close(toc_palette *palette);
bool toc_palette_is_open(const toc_palette *palette);
void toc_palette_compose(toc_palette *palette, toc_post *post, char desk);
/* True where the deed was the palette's; what was found goes to `out_deed`, its command NULL where
   nothing was. */
bool toc_palette_obey(toc_palette *palette, toc_post *post, char desk, const toc_screen_deed *deed,
                      toc_screen_deed *out_deed);

#endif
