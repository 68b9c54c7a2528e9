#include "evaluation/curves.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drawing/chart.h"
#include "evaluation/loss.h"
#include "evaluation/moment.h"
#include "evaluation/picture.h"
#include "evaluation/shelf.h"

/* -- The table ----------------------------------------------------------------------------------
 */

static void put_restored(toc_html *html, toc_measure_event first_loss, toc_measure_event restored) {
    if (first_loss.entry != 0 && restored.entry == 0) {
        toc_html_raw(html, "<td class=\"n\"><span class=\"no\">not restored</span></td>");
    } else {
        toc_html_time_cell(html, restored.at, restored.entry);
    }
}

static void put_service(const toc_measure_service *service, toc_html *html) {
    char unit[TOC_MOMENT_SIZE], text[TOC_MOMENT_SIZE];
    toc_html_raw(html, "<tr>");
    toc_html_cell(html, service->id);
    toc_html_cell(html, service->operator_id);
    toc_html_number_cell(html, service->demand_integral, 1);
    toc_html_number_cell(html, service->loss_integral, 2);
    toc_html_cell(html, toc_moment_integral_unit(service->unit, unit));
    toc_html_number_cell(html, service->people_hours_lost, 0);
    toc_html_print(html, "<td class=\"n\">%s&nbsp;%% ",
                   toc_moment_number((double)service->min_level_ppm / 1e4, 1, text));
    toc_html_cite(html, service->min_level.entry);
    toc_html_raw(html, "</td>");
    toc_html_time_cell(html, service->first_loss.at, service->first_loss.entry);
    put_restored(html, service->first_loss, service->restored);
    toc_html_raw(html, "</tr>");
}

static void put_total(const toc_measure_total *total, toc_html *html) {
    char unit[TOC_MOMENT_SIZE];
    toc_html_raw(html, "<tr class=\"total\">");
    toc_html_cell(html, total->id);
    toc_html_raw(html, "<td>all</td><td></td>");
    if (total->mixed) {
        toc_html_raw(html, "<td></td><td></td>");
    } else {
        toc_html_number_cell(html, total->loss_integral, 2);
        toc_html_cell(html, toc_moment_integral_unit(total->unit, unit));
    }
    toc_html_number_cell(html, total->people_hours_lost, 0);
    toc_html_raw(html, "<td></td>");
    toc_html_time_cell(html, total->first_loss.at, 0);
    put_restored(html, total->first_loss, total->restored);
    toc_html_raw(html, "</tr>");
}

static size_t providers(const toc_measures *measures, const char *id) {
    size_t count = 0;
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        count += strcmp(toc_measure_service_at(measures, i)->id, id) == 0;
    }
    return count;
}

static void put_table(const toc_measures *measures, toc_html *html) {
    toc_html_raw(html,
                 "<div class=\"panel\"><table><tr><th>Service<th>Operator<th class=\"n\">Asked for"
                 "<th class=\"n\">Not supplied<th>Unit<th class=\"n\">People-hours<th class=\"n\">"
                 "Lowest<th class=\"n\">First loss<th class=\"n\">Whole again</tr>");
    for (size_t k = 0; k < toc_measure_totals(measures); k++) {
        const toc_measure_total *total = toc_measure_total_at(measures, k);
        for (size_t i = 0; i < toc_measure_services(measures); i++) {
            const toc_measure_service *service = toc_measure_service_at(measures, i);
            if (strcmp(service->id, total->id) == 0) {
                put_service(service, html);
            }
        }
        if (providers(measures, total->id) > 1) {
            put_total(total, html);
        }
    }
    toc_html_raw(html, "</table></div>");
}

/* -- Charts -------------------------------------------------------------------------------------
 */

static double percent(const toc_measure_service *service, int64_t supply) {
    return service->demand <= 0 ? 100 : 100.0 * (double)supply / (double)service->demand;
}

/* Charts count hours from their own zero: shifted, they show the clock on the wall, as long as that
   does not pass midnight. */
static toc_time shift_of(const toc_measures *measures, const toc_html *html) {
    toc_time start = toc_moment_of_day(html->starts);
    return start + toc_measure_end(measures) <= TOC_DAY ? start : 0;
}

static toc_chart_point *points_of(const toc_measure_service *service, toc_time end,
                                  toc_time shift) {
    toc_chart_point *points = toc_shelf_zeroed(service->supply_count + 1, sizeof *points);
    for (size_t i = 0; i < service->supply_count; i++) {
        points[i] = (toc_chart_point){service->supply[i].at + shift,
                                      percent(service, service->supply[i].value)};
    }
    points[service->supply_count] =
        points[service->supply_count > 0 ? service->supply_count - 1 : 0];
    points[service->supply_count].at = end + shift;
    return points;
}

/* One kind of service, a curve for each operator. */
static void put_chart(const toc_measures *measures, const toc_measure_total *total,
                      toc_html *html) {
    size_t count = providers(measures, total->id), used = 0;
    toc_chart_series *series = toc_shelf_zeroed(count, sizeof *series);
    toc_time shift = shift_of(measures, html);
    toc_chart_point **points = toc_shelf_zeroed(count, sizeof *points);
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        const toc_measure_service *service = toc_measure_service_at(measures, i);
        if (strcmp(service->id, total->id) == 0) {
            points[used] = points_of(service, toc_measure_end(measures), shift);
            series[used] = (toc_chart_series){.name = service->operator_id,
                                              .points = points[used],
                                              .count = service->supply_count + 1};
            used++;
        }
    }
    toc_chart chart = {.title = total->id,
                       .unit = shift > 0 ? "% of demand, local time"
                                         : "% of demand, hours after the start",
                       .from = shift,
                       .until = toc_measure_end(measures) + shift,
                       .high = 100,
                       .series = series,
                       .series_count = used,
                       .width = 1000,
                       .height = 260,
                       .is_figure = true};
    toc_formats_buffer pictures[2] = {{0}, {0}};
    const toc_theme *const themes[2] = {toc_theme_light(), toc_theme_dark()};
    for (size_t i = 0; i < 2; i++) {
        chart.theme = themes[i];
        toc_chart_draw(&chart, &pictures[i]);
    }
    toc_html_raw(html, "<div class=\"panel\"><figure>");
    toc_picture_write(html, &pictures[0], &pictures[1], "Supply over time, percent of demand");
    toc_html_raw(html, "</figure></div>");
    for (size_t i = 0; i < 2; i++) {
        toc_formats_buffer_finish(&pictures[i]);
    }
    for (size_t i = 0; i < used; i++) {
        free(points[i]);
    }
    free(points);
    free(series);
}

/* -- Steps --------------------------------------------------------------------------------------
 */

enum { MOST_STEPS = 250 };

static void put_step(const toc_measures *measures, const toc_measure_service *service, size_t step,
                     double *sum, toc_html *html) {
    double base = (double)service->base;
    toc_time lasts = toc_loss_lasts(measures, service, step);
    double missing = (double)toc_loss_missing(service, step) / base;
    double part = missing * ((double)lasts / (double)TOC_HOUR);
    char text[TOC_MOMENT_SIZE];
    *sum += part;
    toc_html_raw(html, "<tr>");
    toc_html_time_cell(html, service->supply[step].at, service->supply[step].entry);
    toc_html_print(html, "<td class=\"n\">%s</td>", toc_moment_span(lasts, text));
    toc_html_number_cell(html, (double)service->supply[step].value / base, 3);
    toc_html_number_cell(html, missing, 3);
    toc_html_number_cell(html, part, 4);
    toc_html_number_cell(html, *sum, 4);
    toc_html_raw(html, "</tr>");
}

static void put_steps(const toc_measures *measures, const toc_measure_service *service,
                      toc_html *html) {
    char unit[TOC_MOMENT_SIZE], text[TOC_MOMENT_SIZE];
    double sum = 0;
    toc_html_raw(html, "<details class=\"screen\"><summary>");
    toc_html_text(html, service->id);
    toc_html_raw(html, " of ");
    toc_html_text(html, service->operator_id);
    toc_html_print(html, ": how %s ", toc_moment_number(service->loss_integral, 4, text));
    toc_html_text(html, toc_moment_integral_unit(service->unit, unit));
    toc_html_print(html, " come about, in %zu steps</summary>", service->supply_count);
    toc_html_raw(html,
                 "<table><tr><th class=\"n\">From<th class=\"n\">Lasts<th class=\"n\">Supply, ");
    toc_html_text(html, service->unit);
    toc_html_raw(html, "<th class=\"n\">Missing<th class=\"n\">Lost, ");
    toc_html_text(html, unit);
    toc_html_raw(html, "<th class=\"n\">Sum</tr>");
    for (size_t i = 0; i < service->supply_count && i < MOST_STEPS; i++) {
        put_step(measures, service, i, &sum, html);
    }
    toc_html_raw(html, "</table>");
    if (service->supply_count > MOST_STEPS) {
        toc_html_print(html, "<p class=\"note\">The first %d steps; the record has all.</p>",
                       MOST_STEPS);
    }
    toc_html_raw(html, "</details>");
}

static void put_sums(const toc_measures *measures, const char *id, toc_html *html) {
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        const toc_measure_service *service = toc_measure_service_at(measures, i);
        if (strcmp(service->id, id) == 0 && service->first_loss.entry != 0) {
            put_steps(measures, service, html);
        }
    }
}

void toc_curves_write(const toc_measures *measures, toc_html *html) {
    toc_html_print(html, "<h2 id=\"r%uservices\">Services</h2>", html->record);
    if (toc_measure_services(measures) == 0) {
        toc_html_raw(html, "<p class=\"note\">Nobody in this topology provides a service.</p>");
        return;
    }
    put_table(measures, html);
    for (size_t k = 0; k < toc_measure_totals(measures); k++) {
        if (toc_measure_total_at(measures, k)->first_loss.entry != 0) {
            put_chart(measures, toc_measure_total_at(measures, k), html);
        }
    }
    toc_html_raw(html, "<p class=\"note\">Not supplied is the exact sum, over all steps of the "
                       "curve, of what was asked for and not given times how long that lasted; "
                       "people-hours likewise of the people without. Lowest is supply over demand "
                       "at its lowest.</p>");
    for (size_t k = 0; k < toc_measure_totals(measures); k++) {
        put_sums(measures, toc_measure_total_at(measures, k)->id, html);
    }
}
