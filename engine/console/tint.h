/* Tint: a colour by what it means, of whichever theme is on. */
#ifndef CONSOLE_TINT_H
#define CONSOLE_TINT_H

#include "drawing/theme.h"

typedef enum toc_tint {
    TOC_TINT_NONE,
#define TOC_TINT(id, field) TOC_TINT_##id,
#include "console/tint.def"
#undef TOC_TINT
    TOC_TINTS
} toc_tint;

/* Not of NONE. */
toc_theme_colour toc_tint_of(const toc_theme *theme, toc_tint tint);
/* "text2"; "" of NONE. */
const char *toc_tint_name(toc_tint tint);

#endif
