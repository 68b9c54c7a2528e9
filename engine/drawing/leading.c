#include "drawing/leading.h"

/* The layout's lines from `first` on; of each its upper and lower end and its baseline below the
   first one's upper end. */
struct lines {
    PangoLayoutIter *iter;
    int origin;
    double top, bottom, baseline;
};

static void settle(struct lines *lines) {
    int top, bottom;
    pango_layout_iter_get_line_yrange(lines->iter, &top, &bottom);
    lines->origin = lines->origin < 0 ? top : lines->origin;
    lines->top = (double)(top - lines->origin) / PANGO_SCALE;
    lines->bottom = (double)(bottom - lines->origin) / PANGO_SCALE;
    lines->baseline =
        (double)(pango_layout_iter_get_baseline(lines->iter) - lines->origin) / PANGO_SCALE;
}

static struct lines lines_of(PangoLayout *layout, int first) {
    struct lines lines = {.iter = pango_layout_get_iter(layout), .origin = -1};
    for (int i = 0; i < first; i++) {
        (void)pango_layout_iter_next_line(lines.iter);
    }
    settle(&lines);
    return lines;
}

double toc_leading_draw(cairo_t *cairo, PangoLayout *layout, int *line, toc_leading_frame frame) {
    double end = frame.top;
    int count = pango_layout_get_line_count(layout);
    if (*line >= count) {
        return end;
    }
    struct lines lines = lines_of(layout, *line);
    while (*line < count && frame.top + lines.bottom <= frame.bottom + 0.01) {
        cairo_move_to(cairo, frame.x, frame.top + lines.baseline);
        pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(lines.iter));
        end = frame.top + lines.bottom;
        ++*line;
        if (pango_layout_iter_next_line(lines.iter)) {
            settle(&lines);
        }
    }
    pango_layout_iter_free(lines.iter);
    return end;
}

double toc_leading_left(PangoLayout *layout, int line) {
    int count = pango_layout_get_line_count(layout);
    if (line >= count) {
        return 0;
    }
    struct lines lines = lines_of(layout, line);
    while (pango_layout_iter_next_line(lines.iter)) {
        settle(&lines);
    }
    pango_layout_iter_free(lines.iter);
    return lines.bottom;
}
