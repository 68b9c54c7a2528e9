#include "drawing/strips.h"

#include <glib.h>
#include <math.h>

#include "drawing/svg.h"

enum { ROW = 20, GAP = 6, HEAD = 44, FOOT = 30, LEFT = 260, RIGHT = 90, LABEL = 12 };

struct plot {
    const toc_strips *strips;
    toc_formats_buffer *buffer;
    double low, high, left, right;
};

/* A row that begins a new label stands a little apart. */
static double height_of(const toc_strips *strips, size_t row) {
    return ROW + (row > 0 && strips->rows[row].label[0] != '\0' ? GAP : 0);
}

double toc_strips_height(const toc_strips *strips) {
    double height = HEAD + FOOT;
    for (size_t i = 0; i < strips->row_count; i++) {
        height += height_of(strips, i);
    }
    return height;
}

static double x_of(const struct plot *plot, double value) {
    double share = (value - plot->low) / (plot->high - plot->low);
    return plot->left + fmin(fmax(share, 0), 1) * (plot->right - plot->left);
}

static void choose_axis(struct plot *plot) {
    const toc_strips *strips = plot->strips;
    plot->low = strips->low;
    plot->high = strips->high;
    if (strips->low == 0 && strips->high == 0) {
        for (size_t i = 0; i < strips->row_count; i++) {
            plot->high = strips->rows[i].none ? plot->high : fmax(plot->high, strips->rows[i].most);
        }
    }
    plot->high = plot->high > plot->low ? plot->high : plot->low + 1;
}

/* The next of 1, 2, 5, 10, 20 ... that divides the axis into at most six parts. */
static double step_of(const struct plot *plot) {
    double span = plot->high - plot->low, step = pow(10, floor(log10(span / 6)));
    return span / step <= 6    ? step
           : span / step <= 12 ? 2 * step
           : span / step <= 30 ? 5 * step
                               : 10 * step;
}

/* Ten digits in a row are not read: from a million on the word is said. */
static const char *shown(double value, char text[32]) {
    double size = fabs(value);
    if (size >= 1e6) {
        bool is_more = size >= 1e9;
        char digits[24];
        (void)g_ascii_formatd(digits, sizeof digits, "%.4g", value / (is_more ? 1e9 : 1e6));
        (void)g_snprintf(text, 32, "%s %s", digits, is_more ? "billion" : "million");
        return text;
    }
    return g_ascii_formatd(text, 32,
                           size >= 100 || value == floor(value) ? "%.0f"
                           : size >= 10                         ? "%.1f"
                                                                : "%.2f",
                           value);
}

static void axis(const struct plot *plot, double top, double bottom) {
    const toc_theme *theme = plot->strips->theme;
    double step = step_of(plot), first = ceil(plot->low / step - 1e-9) * step;
    for (int i = 0; first + i * step <= plot->high + step * 1e-9; i++) {
        double value = first + i * step, x = floor(x_of(plot, value)) + 0.5;
        char text[32];
        toc_svg_rule(plot->buffer, (toc_svg_line){x, top, x, bottom, 1, NULL, theme->grid});
        toc_svg_write(plot->buffer, shown(value, text),
                      (toc_svg_words){x, bottom + 16, 11, "middle", false, theme->text3});
    }
}

static void strip(const struct plot *plot, const toc_strips_row *row, double y) {
    const toc_theme *theme = plot->strips->theme;
    toc_theme_colour colour = row->emphasised ? theme->text : theme->text3;
    char text[32];
    if (row->none) {
        toc_svg_write(plot->buffer, "never",
                      (toc_svg_words){plot->left + 4, y + 4, 11, NULL, false, theme->text3});
        return;
    }
    double from = x_of(plot, row->p10), to = x_of(plot, row->p90), middle = x_of(plot, row->median);
    toc_svg_rule(plot->buffer, (toc_svg_line){x_of(plot, row->least), y, x_of(plot, row->most), y,
                                              1.2, NULL, colour});
    toc_svg_fill(plot->buffer,
                 (toc_svg_box){from, y - 5, fmax(to - from, 2), 10, 2, theme->asset_fill, &colour});
    toc_svg_rule(plot->buffer, (toc_svg_line){middle, y - 7, middle, y + 7, 2.5, NULL, colour});
    toc_svg_write(plot->buffer, shown(row->median, text),
                  (toc_svg_words){plot->right + RIGHT - LABEL, y + 4, 11.5, "end", row->emphasised,
                                  row->emphasised ? theme->text : theme->text2});
}

void toc_strips_draw(const toc_strips *strips, double top, double width,
                     toc_formats_buffer *buffer) {
    const toc_theme *theme = strips->theme;
    struct plot plot = {strips, buffer, 0, 0, LEFT, width - RIGHT};
    double bottom = top + toc_strips_height(strips) - FOOT, y = top + HEAD;
    choose_axis(&plot);
    toc_svg_write(buffer, strips->title,
                  (toc_svg_words){LABEL, top + 22, 13, NULL, true, theme->text});
    toc_svg_write(buffer, strips->unit,
                  (toc_svg_words){width - LABEL, top + 22, 11, "end", false, theme->text3});
    axis(&plot, top + HEAD - 10, bottom);
    for (size_t i = 0; i < strips->row_count; i++) {
        const toc_strips_row *row = &strips->rows[i];
        y += height_of(strips, i);
        double middle = y - ROW / 2.0;
        toc_svg_write(buffer, row->label,
                      (toc_svg_words){LABEL, middle + 4, 11.5, NULL, false, theme->text});
        toc_svg_write(buffer, row->name,
                      (toc_svg_words){LEFT - 10, middle + 4, 11, "end", false, theme->text3});
        strip(&plot, row, middle);
    }
}
