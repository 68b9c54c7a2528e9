#include "drawing/pack.h"

#include <math.h>

/* Fills rows up to `most`; gives the height of the whole and its width. */
static double fill(toc_pack_box *boxes, size_t count, double gap, double most, double *out_width) {
    double x = 0, y = 0, row = 0;
    *out_width = 0;
    for (size_t i = 0; i < count; i++) {
        if (x > 0 && x + boxes[i].width > most) {
            x = 0;
            y += row + gap;
            row = 0;
        }
        boxes[i].x = x;
        boxes[i].y = y;
        x += boxes[i].width;
        *out_width = x > *out_width ? x : *out_width;
        row = boxes[i].height > row ? boxes[i].height : row;
        x += gap;
    }
    return y + row;
}

void toc_pack_rows(toc_pack_box *boxes, size_t count, double gap, double aspect) {
    double area = 0, widest = 0, best = 0, best_scale = -1, width;
    for (size_t i = 0; i < count; i++) {
        area += (boxes[i].width + gap) * (boxes[i].height + gap);
        widest = boxes[i].width > widest ? boxes[i].width : widest;
    }
    for (int step = 0; step < 40; step++) {
        double most = sqrt(area * aspect) * (0.6 + 0.03 * step);
        double height = fill(boxes, count, gap, most > widest ? most : widest, &width);
        /* how large the whole can be drawn in a picture `aspect` wide and 1 high */
        double scale = fmin(aspect / fmax(width, 1e-9), 1 / fmax(height, 1e-9));
        if (scale > best_scale) {
            best_scale = scale;
            best = most > widest ? most : widest;
        }
    }
    (void)fill(boxes, count, gap, best, &width);
}
