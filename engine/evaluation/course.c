#include "evaluation/course.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evaluation/moment.h"
#include "evaluation/shelf.h"

enum {
    WIDTH = 1000,
    LEFT = 212,
    RIGHT = 20,
    PLOT = WIDTH - LEFT - RIGHT,
    BIN = 4, /* pixels that events are counted in */
    BINS = PLOT / BIN + 1,
    CHART = 132,
    LANE = 42,
    TOP = 26
};

/* One row of the figure: what its owner did (above) and was told (below), counted in bins. */
struct lane {
    const char *id, *name;
    const toc_measure_team *team; /* NULL: an adversary's */
    uint32_t above[BINS], below[BINS];
};

struct figure {
    const toc_measures *measures;
    toc_html *html;
    toc_time end;
    struct lane *lanes;
    size_t lane_count;
    int bottom;
};

static double x_of(const struct figure *figure, toc_time time) {
    double share = figure->end <= 0 ? 0 : (double)time / (double)figure->end;
    return LEFT + PLOT * share;
}

/* -- Lanes --------------------------------------------------------------------------------------
 */

static struct lane *lane_of(struct figure *figure, const char *name, bool adversary) {
    size_t length = adversary ? strlen(name) : strcspn(name, ".");
    for (size_t i = 0; i < figure->lane_count; i++) {
        struct lane *lane = &figure->lanes[i];
        if ((lane->team == NULL) == adversary && strlen(lane->id) == length &&
            strncmp(lane->id, name, length) == 0) {
            return lane;
        }
    }
    return NULL;
}

static struct lane *add_lane(struct figure *figure, const char *id, const char *name,
                             const toc_measure_team *team) {
    figure->lanes = toc_shelf_grow(figure->lanes, figure->lane_count, sizeof *figure->lanes);
    struct lane *lane = &figure->lanes[figure->lane_count++];
    memset(lane, 0, sizeof *lane);
    lane->id = id;
    lane->name = name;
    lane->team = team;
    return lane;
}

static void count_entry(struct figure *figure, const toc_trace_entry *entry) {
    size_t bin = (size_t)((x_of(figure, entry->time) - LEFT) / BIN);
    bin = bin < BINS ? bin : BINS - 1;
    if (entry->kind == TOC_TRACE_TECHNIQUE && strncmp(entry->text, "started", 7) != 0) {
        struct lane *lane = lane_of(figure, entry->actor, true);
        lane = lane != NULL ? lane : add_lane(figure, entry->actor, entry->actor, NULL);
        lane->above[bin]++;
        return;
    }
    bool told = entry->kind == TOC_TRACE_DELIVERED;
    bool acted = entry->kind == TOC_TRACE_ACTION && strncmp(entry->text, "requested", 9) == 0;
    struct lane *lane = told || acted ? lane_of(figure, entry->actor, false) : NULL;
    if (lane != NULL) {
        (told ? lane->below : lane->above)[bin]++;
    }
}

/* Adversaries come in the order in which they first struck, teams after them as they were declared.
 */
static void read_lanes(struct figure *figure) {
    const toc_record *record = toc_measure_record(figure->measures);
    for (size_t i = 0; i < toc_measure_teams(figure->measures); i++) {
        const toc_measure_team *team = toc_measure_team_at(figure->measures, i);
        if (team->actions > 0 || team->received > 0 || team->struck.entry != 0) {
            (void)add_lane(figure, team->id, team->name[0] != '\0' ? team->name : team->id, team);
        }
    }
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        count_entry(figure, &entry);
    }
}

/* A count as a height in pixels: single events can be seen, and crowds do not leave the lane. */
static double height_of(uint32_t count) {
    double height = 4.0 + 1.6 * count;
    return height < 15 ? height : 15;
}

static void put_mark(struct figure *figure, toc_measure_event event, int y, char shape) {
    if (event.entry == 0) {
        return;
    }
    double x = x_of(figure, event.at);
    if (shape == 'a') {
        toc_html_print(figure->html, "<path class=\"key\" d=\"M%.1f %dl5 9h-10z\"/>", x, y - 25);
    } else if (shape == 'd') {
        toc_html_print(figure->html,
                       "<rect class=\"key\" x=\"%.1f\" y=\"%d\" width=\"8\" height=\"8\"/>", x - 4,
                       y - 24);
    } else {
        toc_html_print(figure->html, "<circle class=\"key\" cx=\"%.1f\" cy=\"%d\" r=\"4.6\"/>", x,
                       y - 20);
    }
    toc_html_print(figure->html, "<path class=\"keyline\" d=\"M%.1f %dV%d\" fill=\"none\"/>", x,
                   y - 15, y + 12);
}

/* Long names would run into the plot. */
static void put_label(struct figure *figure, const char *name, int y) {
    char shown[64];
    (void)snprintf(shown, sizeof shown, "%.56s", name);
    size_t length = strlen(shown), most = 30;
    if (length > most) {
        while (most > 0 && ((unsigned char)shown[most] & 0xc0) == 0x80) {
            most--;
        }
        (void)snprintf(shown + most, sizeof shown - most, "\xe2\x80\xa6");
    }
    toc_html_print(figure->html, "<text class=\"lane\" x=\"0\" y=\"%d\">", y + 4);
    toc_html_text(figure->html, shown);
    toc_html_raw(figure->html, "</text>");
}

static void put_lane(struct figure *figure, const struct lane *lane, int y) {
    put_label(figure, lane->name, y);
    toc_html_print(figure->html, "<path class=\"rule\" d=\"M%d %dH%d\" fill=\"none\"/>", LEFT, y,
                   WIDTH - RIGHT);
    for (int bin = 0; bin < BINS; bin++) {
        int x = LEFT + bin * BIN;
        if (lane->above[bin] > 0) {
            double height = height_of(lane->above[bin]);
            toc_html_print(figure->html,
                           "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"3\" height=\"%.1f\"/>",
                           lane->team == NULL ? "a" : "t", x, y - height, height);
        }
        if (lane->below[bin] > 0) {
            toc_html_print(figure->html,
                           "<rect class=\"r\" x=\"%d\" y=\"%d\" width=\"3\" height=\"%.1f\"/>", x,
                           y + 1, height_of(lane->below[bin]) * 0.7);
        }
    }
    if (lane->team != NULL) {
        put_mark(figure, lane->team->alarm, y, 'a');
        put_mark(figure, lane->team->declared, y, 'd');
        put_mark(figure, lane->team->restored, y, 'r');
    }
}

/* -- People -------------------------------------------------------------------------------------
 */

static const toc_measure_total *most_felt(const toc_measures *measures) {
    const toc_measure_total *felt = NULL;
    for (size_t i = 0; i < toc_measure_totals(measures); i++) {
        const toc_measure_total *total = toc_measure_total_at(measures, i);
        if (total->most_people > 0 &&
            (felt == NULL || total->people_hours_lost > felt->people_hours_lost)) {
            felt = total;
        }
    }
    return felt;
}

/* 1, 2 or 5 times a power of ten, not below `value`. */
static int64_t nice_above(int64_t value) {
    static const int64_t steps[] = {1, 2, 5};
    for (int64_t power = 1; power < INT64_MAX / 50; power *= 10) {
        for (size_t i = 0; i < 3; i++) {
            if (steps[i] * power >= value) {
                return steps[i] * power;
            }
        }
    }
    return value;
}

/* The curve as a path: over to the time of a step, then up or down; steps closer than what can be
   seen become one. */
static void put_curve(struct figure *figure, const char *service_id, int64_t top) {
    const toc_record *record = toc_measure_record(figure->measures);
    double scale = (double)CHART / (double)top, drawn = -1;
    int base = TOP + CHART;
    int64_t people = 0, shown = 0;
    toc_html_print(figure->html, "M%d %d", LEFT, base);
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (entry.kind != TOC_TRACE_PEOPLE || strcmp(entry.subject, service_id) != 0) {
            continue;
        }
        people += entry.after - entry.before;
        double x = x_of(figure, entry.time);
        if (x - drawn >= 0.25 || shown == 0) {
            toc_html_print(figure->html, "H%.2fV%.2f", x, base - scale * (double)people);
            drawn = x;
        } else {
            toc_html_print(figure->html, "V%.2f", base - scale * (double)people);
        }
        shown++;
    }
    toc_html_print(figure->html, "H%d", WIDTH - RIGHT);
}

static void put_people(struct figure *figure, const toc_measure_total *felt) {
    toc_html *html = figure->html;
    char text[TOC_MOMENT_SIZE];
    int base = TOP + CHART;
    int64_t step = nice_above((felt->most_people + 3) / 4);
    int64_t top = (felt->most_people + step - 1) / step * step;
    toc_html_raw(html, "<text class=\"lane\" x=\"0\" y=\"30\">People without</text>"
                       "<text class=\"lane\" x=\"0\" y=\"46\">");
    toc_html_text(html, toc_moment_noun(felt->id, text));
    toc_html_raw(html, "</text>");
    for (int64_t value = 0; value <= top; value += step) {
        double y = base - (double)CHART * (double)value / (double)top;
        toc_html_print(html,
                       "<path class=\"rule\" d=\"M%d %.1fH%d\" fill=\"none\"/><text x=\"%d\" "
                       "y=\"%.1f\" text-anchor=\"end\">%s</text>",
                       LEFT, y, WIDTH - RIGHT, LEFT - 8, y + 4,
                       toc_moment_number((double)value, 0, text));
    }
    toc_html_raw(html, "<path class=\"area\" d=\"");
    put_curve(figure, felt->id, top);
    toc_html_print(html, "V%dz\"/><path class=\"edge\" d=\"", base);
    put_curve(figure, felt->id, top);
    toc_html_raw(html, "\"/>");
}

/* -- The figure ---------------------------------------------------------------------------------
 */

static void put_axis(struct figure *figure) {
    static const int minutes[] = {1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440, 10080};
    toc_time step = 0;
    for (size_t i = 0; i < sizeof minutes / sizeof minutes[0]; i++) {
        step = minutes[i] * TOC_MINUTE;
        if (figure->end / step <= 12) {
            break;
        }
    }
    char text[TOC_MOMENT_SIZE];
    const char *starts = figure->html->starts;
    bool is_long = toc_moment_of_day(starts) + figure->end > TOC_DAY;
    toc_time offset = toc_moment_of_day(starts) % step;
    for (toc_time at = offset == 0 ? 0 : step - offset; at <= figure->end; at += step) {
        double x = x_of(figure, at);
        toc_html_print(
            figure->html,
            "<path class=\"rule\" d=\"M%.1f %dV%d\" fill=\"none\" opacity=\".55\"/>"
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
            x, TOP - 6, figure->bottom, x < WIDTH - 16 ? x : WIDTH - 16, figure->bottom + 17,
            is_long ? toc_moment_day(starts, at, text) : toc_moment_short(starts, at, text));
    }
}

static void put_legend(const struct figure *figure) {
    bool has_start = toc_moment_is_start(figure->html->starts);
    toc_html_print(figure->html,
                   "<figcaption>%s. In each lane, bars above the line are what the adversary or "
                   "the team did, bars below what the team was told; taller is more. "
                   "&#9650;&nbsp;first alarm &nbsp; &#9632;&nbsp;incident declared &nbsp; "
                   "&#9679;&nbsp;all services whole.</figcaption>",
                   has_start ? "Local time" : "Hours and minutes after the start");
}

void toc_course_write(const toc_measures *measures, toc_html *html) {
    struct figure figure = {.measures = measures, .html = html, .end = toc_measure_end(measures)};
    const toc_measure_total *felt = most_felt(measures);
    read_lanes(&figure);
    int first = felt == NULL ? TOP + LANE / 2 : TOP + CHART + 34 + LANE / 2;
    figure.bottom = first + LANE * (int)figure.lane_count - LANE / 2 + 4;
    toc_html_print(html,
                   "<h2 id=\"r%ucourse\">The course of the drill</h2><div class=\"panel\"><figure>"
                   "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"People without a service "
                   "over time, and when each side acted\">",
                   html->record, WIDTH, figure.bottom + 24);
    put_axis(&figure);
    if (felt != NULL) {
        put_people(&figure, felt);
    }
    int row = 0;
    for (int adversaries = 1; adversaries >= 0; adversaries--) {
        for (size_t i = 0; i < figure.lane_count; i++) {
            if ((figure.lanes[i].team == NULL) == (adversaries == 1)) {
                put_lane(&figure, &figure.lanes[i], first + LANE * row++);
            }
        }
    }
    toc_html_raw(html, "</svg>");
    put_legend(&figure);
    toc_html_raw(html, "</figure></div>");
    free(figure.lanes);
}
