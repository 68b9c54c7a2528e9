/* Text: words on a picture, shaped by Pango in fixed fonts and hinting, so that a user's desktop
   settings move no pixel. */
#ifndef DRAWING_TEXT_H
#define DRAWING_TEXT_H

#include <pango/pangocairo.h>

#include "drawing/theme.h"

typedef enum toc_text_align { TOC_TEXT_LEFT, TOC_TEXT_CENTRE, TOC_TEXT_RIGHT } toc_text_align;

typedef struct toc_text_style {
    double size; /* pixels */
    bool bold;
    toc_text_align align;
    toc_theme_colour colour;
    double most;                  /* width beyond which it ends in an ellipsis; 0: none */
    const toc_theme_colour *veil; /* a veil behind the letters; NULL: none */
} toc_text_style;

/* In one line, in the fonts of every picture; the caller unrefs it. */
PangoLayout *toc_text_layout(cairo_t *cairo, const char *text, const toc_text_style *style);
double toc_text_width(cairo_t *cairo, const char *text, const toc_text_style *style);
/* At x as aligned, with the middle of its lower-case letters' line at y. Gives the width. */
double toc_text_draw(cairo_t *cairo, const char *text, const toc_text_style *style, double x,
                     double y);
/* A warning's words about fonts that are not there, or NULL. */
const char *toc_text_missing_fonts(void);

#endif
