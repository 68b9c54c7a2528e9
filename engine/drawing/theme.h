/* Theme: colours by what they mean. A quiet grey carries the normal; saturated colour is kept for
   the abnormal and never stands alone: a shape always says the same. */
#ifndef DRAWING_THEME_H
#define DRAWING_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct toc_theme_colour {
    uint8_t red, green, blue;
} toc_theme_colour;

typedef struct toc_theme {
    const char *name;
    toc_theme_colour window, panel, raised, border, grid;
    toc_theme_colour text, text2, text3; /* first, second and third in weight */
    toc_theme_colour asset, asset_fill, link;
    toc_theme_colour critical, critical_ink; /* ink: what is written on it */
    toc_theme_colour high, medium, low, badge_outline;
    toc_theme_colour compromised;
    toc_theme_colour strip, strip_ink; /* the notice that this is an exercise */
    toc_theme_colour focus;            /* of the keyboard, and used for nothing else */
    toc_theme_colour selection;
} toc_theme;

/* For control rooms and for paper. */
const toc_theme *toc_theme_light(void);
/* For dim rooms. */
const toc_theme *toc_theme_dark(void);
/* NULL where there is no theme of that name. */
const toc_theme *toc_theme_find(const char *name);
/* "#RRGGBB" and a zero into a buffer of eight. */
void toc_theme_hex(toc_theme_colour colour, char *buffer);
/* WCAG 2 contrast of two colours: 1 to 21. */
double toc_theme_contrast(toc_theme_colour one, toc_theme_colour other);

#endif
