/* Pack: rectangles side by side in rows, to fill a picture of a given shape. */
#ifndef DRAWING_PACK_H
#define DRAWING_PACK_H

#include <stddef.h>

typedef struct toc_pack_box {
    double width, height;
    double x, y; /* set: the upper left corner */
} toc_pack_box;

/* In the order given, `gap` apart; `aspect` is the wanted width by height of the whole. */
void toc_pack_rows(toc_pack_box *boxes, size_t count, double gap, double aspect);

#endif
