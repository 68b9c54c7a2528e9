#include "drawing/chart.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "drawing/svg.h"

/* A chart worked out: the rectangle of the plot in pixels and the axis' ends. */
struct plot {
    const toc_chart *chart;
    const toc_theme *theme;
    toc_formats_buffer *buffer;
    double width, height, left, top, right, bottom, low, high;
};

/* -- Axes -------------------------------------------------------------------------------------- */

static double x_of(const struct plot *plot, toc_time at) {
    double span = (double)(plot->chart->until - plot->chart->from);
    double share = span > 0 ? (double)(at - plot->chart->from) / span : 0;
    return plot->left + fmin(fmax(share, 0), 1) * (plot->right - plot->left);
}

static double y_of(const struct plot *plot, double value) {
    double share = (value - plot->low) / (plot->high - plot->low);
    return plot->bottom - fmin(fmax(share, 0), 1) * (plot->bottom - plot->top);
}

static void choose_axis(struct plot *plot) {
    const toc_chart *chart = plot->chart;
    double low = INFINITY, high = -INFINITY;
    if (chart->low != 0 || chart->high != 0) {
        plot->low = chart->low;
        plot->high = chart->high > chart->low ? chart->high : chart->low + 1;
        return;
    }
    for (size_t i = 0; i < chart->series_count; i++) {
        for (size_t j = 0; j < chart->series[i].count; j++) {
            low = fmin(low, chart->series[i].points[j].value);
            high = fmax(high, chart->series[i].points[j].value);
        }
    }
    plot->low = low >= 0 || isinf(low) ? 0 : low;
    plot->high = high <= 100 && low >= 0 ? 100 : high;
    plot->high = plot->high > plot->low ? plot->high : plot->low + 1;
}

/* The next of 1, 2, 5, 10, 20 ... that divides `span` into at most `most` parts. */
static double nice_step(double span, int most) {
    double step = pow(10, floor(log10(span / most)));
    while (span / step > most + 1e-9) {
        step = fabs(step / pow(10, floor(log10(step) + 1e-9)) - 2) < 1e-6 ? step * 2.5 : step * 2;
    }
    return step;
}

static void value_axis(struct plot *plot) {
    double step = nice_step(plot->high - plot->low, 5),
           first = ceil(plot->low / step - 1e-9) * step;
    for (int i = 0; first + i * step <= plot->high + step * 1e-9; i++) {
        double value = first + i * step, y = floor(y_of(plot, value)) + 0.5;
        char text[32];
        toc_svg_rule(plot->buffer,
                     (toc_svg_line){plot->left, y, plot->right, y, 1, NULL, plot->theme->grid});
        (void)g_ascii_formatd(text, sizeof text, step < 1 ? "%.1f" : "%.0f", value);
        toc_svg_write(
            plot->buffer, text,
            (toc_svg_words){plot->left - 8, y + 3.8, 11, "end", false, plot->theme->text3});
    }
}

/* "0:30", "12:00", "2 d" since STARTEX. */
static void time_axis(struct plot *plot) {
    static const toc_time steps[] = {
        TOC_SECOND,     5 * TOC_SECOND,  15 * TOC_SECOND, TOC_MINUTE,      2 * TOC_MINUTE,
        5 * TOC_MINUTE, 10 * TOC_MINUTE, 15 * TOC_MINUTE, 30 * TOC_MINUTE, TOC_HOUR,
        2 * TOC_HOUR,   3 * TOC_HOUR,    6 * TOC_HOUR,    12 * TOC_HOUR,   TOC_DAY,
        2 * TOC_DAY,    7 * TOC_DAY,     30 * TOC_DAY};
    const size_t count = sizeof steps / sizeof steps[0];
    toc_time span = plot->chart->until - plot->chart->from, at;
    size_t choice = 0;
    int most = (int)((plot->right - plot->left) / 70);
    while (choice + 1 < count && span / steps[choice] > most) {
        choice++;
    }
    at = (plot->chart->from + steps[choice] - 1) / steps[choice] * steps[choice];
    for (; span > 0 && at <= plot->chart->until && at - plot->chart->from <= span;
         at += steps[choice]) {
        double x = floor(x_of(plot, at)) + 0.5;
        char text[40];
        if (steps[choice] >= TOC_DAY) {
            (void)g_snprintf(text, sizeof text, "%d d", (int)(at / TOC_DAY));
        } else if (steps[choice] >= TOC_MINUTE) {
            (void)g_snprintf(text, sizeof text, "%d:%02d", (int)(at / TOC_HOUR),
                             (int)(at % TOC_HOUR / TOC_MINUTE));
        } else {
            (void)g_snprintf(text, sizeof text, "%d:%02d:%02d", (int)(at / TOC_HOUR),
                             (int)(at % TOC_HOUR / TOC_MINUTE),
                             (int)(at % TOC_MINUTE / TOC_SECOND));
        }
        toc_svg_rule(plot->buffer, (toc_svg_line){x, plot->bottom, x, plot->bottom + 4, 1, NULL,
                                                  plot->theme->border});
        toc_svg_write(
            plot->buffer, text,
            (toc_svg_words){x, plot->bottom + 17, 11, "middle", false, plot->theme->text3});
    }
}

/* -- What is shown ----------------------------------------------------------------------------- */

static void threshold(struct plot *plot) {
    double y = floor(y_of(plot, plot->chart->threshold)) + 0.5;
    if (plot->chart->threshold_label == NULL) {
        return;
    }
    toc_svg_rule(plot->buffer,
                 (toc_svg_line){plot->left, y, plot->right, y, 1, "4 3", plot->theme->text3});
    toc_svg_write(plot->buffer, plot->chart->threshold_label,
                  (toc_svg_words){plot->left + 4, y - 5, 10.5, NULL, false, plot->theme->text3});
}

enum { MARK_ROWS = 3 };

/* The row a mark's label goes to: the first in which it meets no other; MARK_ROWS: none. `ends` are
   where the rows are taken up to. */
static size_t row_of(const struct plot *plot, const toc_chart_mark *mark, double ends[MARK_ROWS],
                     double *out_left, double *out_width) {
    double x = x_of(plot, mark->at);
    size_t row = 0;
    *out_width = 6.2 * (double)g_utf8_strlen(mark->label, -1) + 12;
    *out_left = fmax(fmin(x - *out_width / 2, plot->right - *out_width), plot->left);
    while (row < MARK_ROWS && ends[row] > *out_left) {
        row++;
    }
    if (row < MARK_ROWS) {
        ends[row] = *out_left + *out_width + 4;
    }
    return row;
}

/* Makes room above the plot for the rows that the marks need. */
static void reserve_marks(struct plot *plot) {
    double ends[MARK_ROWS] = {-INFINITY, -INFINITY, -INFINITY}, left, width;
    size_t rows = 0;
    for (size_t i = 0; i < plot->chart->mark_count; i++) {
        size_t row = row_of(plot, &plot->chart->marks[i], ends, &left, &width);
        rows = row < MARK_ROWS && row + 1 > rows ? row + 1 : rows;
    }
    plot->top += 19 * (double)rows;
}

static void marks(struct plot *plot) {
    double ends[MARK_ROWS] = {-INFINITY, -INFINITY, -INFINITY}, left, width;
    for (size_t i = 0; i < plot->chart->mark_count; i++) {
        const toc_chart_mark *mark = &plot->chart->marks[i];
        double x = floor(x_of(plot, mark->at)) + 0.5, y;
        size_t row = row_of(plot, mark, ends, &left, &width);
        y = plot->top - 19 * (double)(row + 1);
        if (row == MARK_ROWS) {
            /* the line stays; its name finds no room */
            toc_svg_rule(plot->buffer, (toc_svg_line){x, plot->top, x, plot->bottom, 1, NULL,
                                                      plot->theme->border});
            continue;
        }
        toc_svg_rule(plot->buffer,
                     (toc_svg_line){x, y + 8, x, plot->bottom, 1, NULL, plot->theme->border});
        toc_svg_fill(plot->buffer, (toc_svg_box){left, y, width, 16, 3, plot->theme->raised,
                                                 &plot->theme->border});
        toc_svg_write(
            plot->buffer, mark->label,
            (toc_svg_words){left + width / 2, y + 11.8, 10.5, "middle", false, plot->theme->text2});
    }
}

struct style {
    toc_theme_colour colour;
    double width;
    const char *dashes;
};

/* The emphasised is red; the others differ by weight and dash, not by hue. */
static struct style style_of(const struct plot *plot, size_t index) {
    static const char *const dashes[] = {NULL, NULL, "6 3", "2 2", "8 3 2 3"};
    const toc_theme_colour greys[] = {plot->theme->text, plot->theme->text3};
    size_t before = 0;
    if (plot->chart->series[index].emphasised) {
        return (struct style){plot->theme->critical, 2.2, NULL};
    }
    for (size_t i = 0; i < index; i++) {
        before += plot->chart->series[i].emphasised ? 0 : 1;
    }
    return (struct style){greys[before % 2], before == 0 ? 2 : 1.5, dashes[before % 5]};
}

static void to(struct plot *plot, char command, double value) {
    char text[32];
    toc_svg_print(plot->buffer, "%c%s", command, toc_svg_number(value, text));
}

/* A staircase; of many steps in half a pixel only the lowest, the highest and the last are drawn.
 */
static void staircase(struct plot *plot, const toc_chart_series *series, struct style style) {
    double x = -INFINITY, lowest = 0, highest = 0, y = 0;
    toc_svg_put(plot->buffer, "<path fill=\"none\" stroke-linejoin=\"round\"");
    toc_svg_colour(plot->buffer, "stroke", style.colour);
    toc_svg_attribute(plot->buffer, "stroke-width", style.width);
    if (style.dashes != NULL) {
        toc_svg_print(plot->buffer, " stroke-dasharray=\"%s\"", style.dashes);
    }
    toc_svg_put(plot->buffer, " d=\"");
    for (size_t i = 0; i < series->count; i++) {
        double next = x_of(plot, series->points[i].at);
        double level = y_of(plot, series->points[i].value);
        if (i == 0) {
            to(plot, 'M', next);
            to(plot, ' ', level);
        } else if (next - x < 0.5) {
            lowest = fmin(lowest, level);
            highest = fmax(highest, level);
            y = level;
            continue;
        } else {
            to(plot, 'V', lowest);
            to(plot, 'V', highest);
            to(plot, 'V', y);
            to(plot, 'H', next);
        }
        x = next;
        y = level;
        lowest = highest = level;
    }
    to(plot, 'V', lowest);
    to(plot, 'V', highest);
    to(plot, 'V', y);
    to(plot, 'H', plot->right);
    toc_svg_put(plot->buffer, "\"/>\n");
}

struct ending {
    size_t series;
    double y;
};

static int by_height(const void *left, const void *right) {
    const struct ending *a = left, *b = right;
    if (a->y != b->y) {
        return a->y < b->y ? -1 : 1;
    }
    return a->series < b->series ? -1 : 1;
}

/* Names at the ends of the lines, moved apart where they would lie on each other. */
static void endings(struct plot *plot) {
    size_t count = 0;
    struct ending *ends = g_new(struct ending, plot->chart->series_count + 1);
    for (size_t i = 0; i < plot->chart->series_count; i++) {
        const toc_chart_series *series = &plot->chart->series[i];
        if (series->count > 0) {
            ends[count++] = (struct ending){i, y_of(plot, series->points[series->count - 1].value)};
        }
    }
    qsort(ends, count, sizeof *ends, by_height);
    for (size_t i = 1; i < count; i++) {
        ends[i].y = fmax(ends[i].y, ends[i - 1].y + 14);
    }
    for (size_t i = count; i-- > 0;) {
        double most = i + 1 == count ? plot->bottom : ends[i + 1].y - 14;
        ends[i].y = fmin(ends[i].y, most);
    }
    for (size_t i = 0; i < count; i++) {
        const toc_chart_series *series = &plot->chart->series[ends[i].series];
        char value[32], *text;
        (void)g_ascii_formatd(value, sizeof value, "%.1f", series->points[series->count - 1].value);
        text = g_strdup_printf("%s %s", series->name, value);
        toc_svg_write(
            plot->buffer, text,
            (toc_svg_words){plot->right + 8, ends[i].y + 3.8, 11.5, NULL,
                            series->emphasised || ends[i].series == 0,
                            series->emphasised ? plot->theme->critical : plot->theme->text2});
        g_free(text);
    }
    g_free(ends);
}

static void frame(struct plot *plot) {
    const toc_chart *chart = plot->chart;
    toc_svg_begin(plot->buffer, plot->width, plot->height, chart->title);
    if (!chart->is_figure) {
        toc_svg_fill(plot->buffer,
                     (toc_svg_box){0, 0, plot->width, plot->height, 0, plot->theme->panel, NULL});
    }
    if (chart->title != NULL) {
        toc_svg_write(plot->buffer, chart->title,
                      (toc_svg_words){12, 22, 13, NULL, true, plot->theme->text});
    }
    if (chart->unit != NULL) {
        toc_svg_write(plot->buffer, chart->unit,
                      (toc_svg_words){plot->width - 12, 22, 11, "end", false, plot->theme->text3});
    }
}

/* Room for the longest name at the right, within reason. */
static double room_for_names(const toc_chart *chart, double width) {
    long longest = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        long length = g_utf8_strlen(chart->series[i].name, -1);
        longest = length > longest ? length : longest;
    }
    return fmin(fmax(20 + 6.6 * (double)(longest + 6), 60), width * 0.35);
}

void toc_chart_draw(const toc_chart *chart, toc_formats_buffer *buffer) {
    struct plot plot = {.chart = chart,
                        .theme = chart->theme != NULL ? chart->theme : toc_theme_light(),
                        .buffer = buffer,
                        .width = chart->width > 0 ? chart->width : 860,
                        .height = chart->height > 0 ? chart->height : 300};
    plot.left = 46;
    plot.top = chart->title != NULL || chart->unit != NULL ? 40 : 14;
    plot.right = plot.width - room_for_names(chart, plot.width);
    plot.bottom = plot.height - 30;
    choose_axis(&plot);
    reserve_marks(&plot);
    frame(&plot);
    value_axis(&plot);
    time_axis(&plot);
    threshold(&plot);
    marks(&plot);
    for (int emphasised = 0; emphasised < 2; emphasised++) {
        for (size_t i = 0; i < chart->series_count; i++) {
            if (chart->series[i].emphasised == (emphasised == 1) && chart->series[i].count > 0) {
                staircase(&plot, &chart->series[i], style_of(&plot, i));
            }
        }
    }
    endings(&plot);
    toc_svg_end(buffer);
}
