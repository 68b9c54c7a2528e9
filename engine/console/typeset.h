/* Typeset: texts set in letters, each kept until nobody has asked for it for a while: shaping costs
   more than anything else on a screen. */
#ifndef CONSOLE_TYPESET_H
#define CONSOLE_TYPESET_H

#include "drawing/text.h"

typedef struct toc_typeset toc_typeset;

typedef struct toc_typeset_style {
    double size; /* pixels */
    bool bold;
    int most;   /* pixels; 0: as wide as it is */
    bool wraps; /* into lines no wider than `most`; else it ends in an ellipsis there */
} toc_typeset_style;

toc_typeset *toc_typeset_create(void);
void toc_typeset_destroy(toc_typeset *typeset);
/* Belongs to the typeset. */
PangoLayout *toc_typeset_layout(toc_typeset *typeset, const char *text,
                                const toc_typeset_style *style);
/* Pixels that it takes. */
void toc_typeset_size(toc_typeset *typeset, const char *text, const toc_typeset_style *style,
                      int *out_width, int *out_height);
/* Forgets what was not asked for since the last two calls. */
void toc_typeset_age(toc_typeset *typeset);
/* How many were shaped since it was created. */
uint64_t toc_typeset_shaped(const toc_typeset *typeset);

#endif
