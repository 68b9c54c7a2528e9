/* Chart: quantities that hold until they change, over drill time, as SVG text for reports. */
#ifndef DRAWING_CHART_H
#define DRAWING_CHART_H

#include "drawing/theme.h"
#include "tocsin/formats.h"
#include "tocsin/time.h"

/* From `at` on the value holds until the next point. */
typedef struct toc_chart_point {
    toc_time at;
    double value;
} toc_chart_point;

typedef struct toc_chart_series {
    const char *name;
    const toc_chart_point *points; /* in order of time */
    size_t count;
    bool emphasised; /* what the reader should look at: in the alarm colour */
} toc_chart_series;

/* Something that happened, as a labelled vertical line. */
typedef struct toc_chart_mark {
    toc_time at;
    const char *label;
} toc_chart_mark;

typedef struct toc_chart {
    const char *title; /* may be NULL */
    const char *unit;  /* beside the title: "% of demand"; may be NULL */
    toc_time from, until;
    double low,
        high; /* of the axis; both 0: from the values, with 0 and 100 if they fit in there */
    const toc_chart_series *series;
    size_t series_count;
    const toc_chart_mark *marks;
    size_t mark_count;
    double threshold; /* drawn where threshold_label is not NULL */
    const char *threshold_label;
    const toc_theme *theme; /* NULL: light */
    int width, height;      /* 0: 860 by 300 */
    bool is_figure;         /* leave out the panel behind it: the page has its own */
} toc_chart;

/* Appends one <svg> element, without XML declaration; texts are escaped. */
void toc_chart_draw(const toc_chart *chart, toc_formats_buffer *buffer);

#endif
