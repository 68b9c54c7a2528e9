#include "evaluation/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drawing/map.h"
#include "evaluation/html.h"
#include "evaluation/report_style.h"
#include "evaluation/timeline.h"

static void begin_section(toc_formats_buffer *page, const char *title) {
    toc_html_print(page, "<h2>%s</h2><section>", title);
}

static void cell_time(toc_formats_buffer *page, toc_time time, uint64_t entry) {
    toc_html_raw(page, "<td class=\"n\">");
    toc_html_time(page, time);
    toc_html_raw(page, " ");
    toc_html_entry(page, entry);
    toc_html_raw(page, "</td>");
}

static void cell_text(toc_formats_buffer *page, const char *text) {
    toc_html_raw(page, "<td>");
    toc_html_text(page, text);
    toc_html_raw(page, "</td>");
}

/* -- Head ---------------------------------------------------------------------------------------
 */

static void put_card(toc_formats_buffer *page, const char *value, const char *caption) {
    toc_html_raw(page, "<div><b>");
    toc_html_text(page, value);
    toc_html_raw(page, "</b><span>");
    toc_html_text(page, caption);
    toc_html_raw(page, "</span></div>");
}

static void put_cards(toc_formats_buffer *page, const toc_measures *measures) {
    char text[96];
    size_t met = 0, on_time = 0;
    double people = 0;
    for (size_t i = 0; i < toc_measure_objectives(measures); i++) {
        met += toc_measure_objective_at(measures, i)->met;
    }
    for (size_t i = 0; i < toc_measure_duties(measures); i++) {
        on_time += toc_measure_duty_at(measures, i)->on_time;
    }
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        people += toc_measure_service_at(measures, i)->people_hours_lost;
    }
    toc_html_raw(page, "<div class=\"cards\">");
    (void)snprintf(text, sizeof text, "%zu of %zu", met, toc_measure_objectives(measures));
    put_card(page, text, "objectives met");
    (void)snprintf(text, sizeof text, "%zu of %zu", on_time, toc_measure_duties(measures));
    put_card(page, text, "duties done in time");
    (void)snprintf(text, sizeof text, "%.0f", people);
    put_card(page, text, "people-hours without a service");
    uint64_t entry = 0;
    toc_time worst = toc_measure_worst_instant(measures, &entry);
    if (worst == TOC_NEVER) {
        (void)snprintf(text, sizeof text, "never");
    } else {
        (void)snprintf(text, sizeof text, "%" PRId64 ":%02" PRId64, worst / TOC_HOUR,
                       worst % TOC_HOUR / TOC_MINUTE);
    }
    put_card(page, text, "worst instant (hours:minutes after the start)");
    toc_html_raw(page, "</div>");
}

static void put_head(toc_formats_buffer *page, const toc_measures *measures) {
    toc_record_meta meta = toc_record_meta_of(toc_measure_record(measures));
    toc_html_raw(page, "<h1>");
    toc_html_text(page, meta.title);
    toc_html_raw(page, "</h1><p class=\"sub\">Package ");
    toc_html_text(page, meta.package_name);
    toc_html_print(page, ", seed %" PRIu64 ", played by ", meta.seed);
    toc_html_text(page, meta.policy[0] == '\0' ? "people" : meta.policy);
    toc_html_raw(page, ", engine ");
    toc_html_text(page, meta.engine_version);
    toc_html_raw(page, ". ");
    if (meta.ended_at == TOC_NEVER) {
        toc_html_raw(page,
                     "<strong>The record was not finished: the drill was cut short.</strong> ");
    }
    toc_html_print(page,
                   "Digest <code>%016" PRIx64 "</code>. Times are hours:minutes:seconds since the "
                   "start of the drill; small numbers link to the entries of the record.</p>",
                   meta.final_digest);
}

/* -- Sections -----------------------------------------------------------------------------------
 */

static void put_objectives(toc_formats_buffer *page, const toc_measures *measures) {
    begin_section(page, "Objectives");
    toc_html_raw(page, "<table><tr><th>Objective<th>Result<th class=\"n\">Clock started"
                       "<th class=\"n\">Decided<th>By</tr>");
    for (size_t i = 0; i < toc_measure_objectives(measures); i++) {
        const toc_measure_objective *objective = toc_measure_objective_at(measures, i);
        toc_html_raw(page, "<tr><td><span class=\"k\">");
        toc_html_text(page, objective->id);
        toc_html_raw(page, "</span> ");
        toc_html_text(page, objective->text);
        toc_html_print(page, "</td><td><span class=\"%s\">%s</span></td>",
                       objective->met                  ? "yes"
                       : objective->decided_entry != 0 ? "no"
                                                       : "open",
                       objective->met                  ? "met"
                       : objective->decided_entry != 0 ? "not met"
                       : objective->started            ? "undecided at the end"
                                                       : "never began");
        cell_time(page, objective->started_at, objective->started_entry);
        cell_time(page, objective->decided_at, objective->decided_entry);
        cell_text(page, objective->by);
        toc_html_raw(page, "</tr>");
    }
    toc_html_raw(page, "</table></section>");
}

static void put_duties(toc_formats_buffer *page, const toc_measures *measures) {
    begin_section(page, "Duties");
    if (toc_measure_duties(measures) == 0) {
        toc_html_raw(page, "<p>No duty was triggered.</p></section>");
        return;
    }
    toc_html_raw(page, "<table><tr><th>Duty<th>Who<th>To whom<th>Result<th class=\"n\">Began"
                       "<th class=\"n\">Due<th class=\"n\">Done</tr>");
    for (size_t i = 0; i < toc_measure_duties(measures); i++) {
        const toc_measure_duty *duty = toc_measure_duty_at(measures, i);
        toc_html_raw(page, "<tr>");
        cell_text(page, duty->id);
        cell_text(page, duty->operator_id);
        cell_text(page, duty->recipient);
        toc_html_print(page, "<td><span class=\"%s\">%s</span></td>", duty->on_time ? "yes" : "no",
                       duty->on_time                ? "in time"
                       : duty->done_at == TOC_NEVER ? "not done"
                                                    : "late");
        cell_time(page, duty->started_at, duty->started_entry);
        cell_time(page, duty->due, 0);
        cell_time(page, duty->done_at, duty->done_entry);
        toc_html_raw(page, "</tr>");
    }
    toc_html_raw(page, "</table></section>");
}

static void put_service_rows(toc_formats_buffer *page, const toc_measures *measures) {
    toc_html_raw(page, "<table><tr><th>Service<th>Operator<th class=\"n\">Not supplied"
                       "<th class=\"n\">Asked for<th class=\"n\">People-hours lost"
                       "<th class=\"n\">Worst<th class=\"n\">First lost<th class=\"n\">Whole again"
                       "</tr>");
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        const toc_measure_service *service = toc_measure_service_at(measures, i);
        toc_html_raw(page, "<tr>");
        cell_text(page, service->id);
        cell_text(page, service->operator_id);
        toc_html_print(page, "<td class=\"n\">%.3f ", service->loss_integral);
        toc_html_text(page, service->unit);
        toc_html_print(page, "&middot;h</td><td class=\"n\">%.3f</td><td class=\"n\">%.1f</td>",
                       service->demand_integral, service->people_hours_lost);
        toc_html_print(page, "<td class=\"n\">%.1f&nbsp;%% ", service->worst_percent);
        toc_html_entry(page, service->worst_entry);
        toc_html_raw(page, "</td>");
        cell_time(page, service->first_loss, service->first_entry);
        if (service->first_entry != 0 && service->whole_again == TOC_NEVER) {
            toc_html_raw(page, "<td class=\"n\"><span class=\"no\">not restored</span></td>");
        } else {
            cell_time(page, service->whole_again, service->whole_entry);
        }
        toc_html_raw(page, "</tr>");
    }
    toc_html_raw(page, "</table>");
}

/* One chart for each kind of service, a curve for each operator. */
static void put_charts(toc_formats_buffer *page, const toc_measures *measures) {
    size_t count = toc_measure_services(measures);
    toc_chart_series *series = calloc(count + 1, sizeof *series);
    for (size_t first = 0; series != NULL && first < count; first++) {
        const char *id = toc_measure_service_at(measures, first)->id;
        size_t used = 0;
        bool drawn = false;
        for (size_t i = 0; i < count; i++) {
            const toc_measure_service *service = toc_measure_service_at(measures, i);
            if (strcmp(service->id, id) != 0) {
                continue;
            }
            drawn |= i < first;
            series[used++] = (toc_chart_series){.name = service->operator_id,
                                                .points = service->points,
                                                .count = service->point_count};
        }
        if (drawn) {
            continue;
        }
        toc_chart chart = {.title = id,
                           .unit = "% of demand",
                           .from = 0,
                           .until = toc_measure_end(measures),
                           .low = 0,
                           .high = 100,
                           .series = series,
                           .series_count = used,
                           .width = 1020,
                           .height = 280,
                           .is_figure = true};
        toc_html_raw(page, "<figure>");
        toc_chart_draw(&chart, page);
        toc_html_raw(page, "</figure>");
    }
    free(series);
}

static void put_services(toc_formats_buffer *page, const toc_measures *measures) {
    begin_section(page, "Services");
    put_service_rows(page, measures);
    put_charts(page, measures);
    toc_html_raw(page,
                 "<p class=\"note\">Not supplied is the exact integral of what was asked for and "
                 "not given, from the steps of supply on the record; people-hours likewise from "
                 "the number of people without it.</p></section>");
}

static void put_teams(toc_formats_buffer *page, const toc_measures *measures) {
    begin_section(page, "Teams");
    toc_html_raw(page, "<table><tr><th>Operator<th class=\"n\">First struck<th class=\"n\">First "
                       "alarm<th class=\"n\">First action<th class=\"n\">Incident declared"
                       "<th class=\"n\">Actions<th class=\"n\">Refused</tr>");
    for (size_t i = 0; i < toc_measure_teams(measures); i++) {
        const toc_measure_team *team = toc_measure_team_at(measures, i);
        toc_html_raw(page, "<tr>");
        cell_text(page, team->id);
        cell_time(page, team->first_attack, team->attack_entry);
        cell_time(page, team->first_alarm, team->alarm_entry);
        cell_time(page, team->first_action, team->action_entry);
        cell_time(page, team->declared, team->declared_entry);
        toc_html_print(page,
                       "<td class=\"n\">%" PRIu64 "</td><td class=\"n\">%" PRIu64 "</td></tr>",
                       team->actions, team->refused);
    }
    toc_html_raw(page, "</table></section>");
}

static toc_map_state state_of(const char *operation) {
    if (strcmp(operation, "on") == 0) {
        return TOC_MAP_NORMAL;
    }
    if (strcmp(operation, "under-repair") == 0) {
        return TOC_MAP_MAINTENANCE;
    }
    bool out = strcmp(operation, "off") == 0 || strcmp(operation, "failed") == 0;
    return out ? TOC_MAP_FAILED : TOC_MAP_DEGRADED;
}

static toc_status put_map(toc_formats_buffer *page, const toc_measures *measures,
                          toc_problems *problems) {
    uint64_t entry = 0;
    toc_time worst = toc_measure_worst_instant(measures, &entry);
    begin_section(page, "The worst instant");
    if (worst == TOC_NEVER) {
        toc_html_raw(page, "<p>Nobody was without a service.</p></section>");
        return TOC_OK;
    }
    const toc_topology *topology = toc_measure_topology(measures);
    size_t elements = (size_t)topology->asset_count + topology->link_count;
    const char **names = calloc(elements + 1, sizeof *names);
    uint8_t *states = calloc(elements + 1, 1);
    toc_status status = TOC_OK;
    if (names != NULL && states != NULL) {
        toc_measure_operations(measures, worst, names);
        for (size_t i = 0; i < elements; i++) {
            states[i] = (uint8_t)state_of(names[i]);
        }
        toc_map_request request = {.topology = topology,
                                   .states = states,
                                   .subtitle = "at the instant when most people were without",
                                   .format = TOC_MAP_SVG,
                                   .width = 1020,
                                   .height = 700};
        toc_formats_buffer map = {0};
        status = toc_map_draw(&request, problems, &map);
        const char *svg = status == TOC_OK ? strstr(map.bytes, "<svg") : NULL;
        toc_html_raw(page, "<figure>");
        toc_html_raw(page, svg == NULL ? "" : svg); /* without the XML declaration */
        toc_html_raw(page, "<figcaption>State of every asset at ");
        toc_html_time(page, worst);
        toc_html_raw(page, " ");
        toc_html_entry(page, entry);
        toc_html_raw(page, ", from the record.</figcaption></figure>");
        toc_formats_buffer_finish(&map);
    }
    free(names);
    free(states);
    toc_html_raw(page, "</section>");
    return status;
}

static void put_comparison(toc_formats_buffer *page, const toc_measures *const *measures,
                           size_t count) {
    toc_html_raw(page,
                 "<h1>Comparison</h1><section><table><tr><th>Record<th>Played by"
                 "<th class=\"n\">Seed<th class=\"n\">Objectives met<th class=\"n\">Duties in "
                 "time<th class=\"n\">People-hours lost</tr>");
    for (size_t k = 0; k < count; k++) {
        toc_record_meta meta = toc_record_meta_of(toc_measure_record(measures[k]));
        size_t met = 0, on_time = 0;
        double people = 0;
        for (size_t i = 0; i < toc_measure_objectives(measures[k]); i++) {
            met += toc_measure_objective_at(measures[k], i)->met;
        }
        for (size_t i = 0; i < toc_measure_duties(measures[k]); i++) {
            on_time += toc_measure_duty_at(measures[k], i)->on_time;
        }
        for (size_t i = 0; i < toc_measure_services(measures[k]); i++) {
            people += toc_measure_service_at(measures[k], i)->people_hours_lost;
        }
        toc_html_raw(page, "<tr>");
        cell_text(page, meta.title);
        cell_text(page, meta.policy);
        toc_html_print(page,
                       "<td class=\"n\">%" PRIu64 "</td><td class=\"n\">%zu of %zu</td>"
                       "<td class=\"n\">%zu of %zu</td><td class=\"n\">%.0f</td></tr>",
                       meta.seed, met, toc_measure_objectives(measures[k]), on_time,
                       toc_measure_duties(measures[k]), people);
    }
    toc_html_raw(page,
                 "</table><p class=\"note\">Runs of one drill may be compared where they have "
                 "the same seed: they then have the same luck.</p></section>");
}

static toc_status put_record(toc_formats_buffer *page, const toc_measures *measures, bool anchors,
                             toc_problems *problems) {
    put_head(page, measures);
    put_cards(page, measures);
    put_objectives(page, measures);
    put_duties(page, measures);
    put_services(page, measures);
    put_teams(page, measures);
    toc_status status = put_map(page, measures, problems);
    toc_timeline_write(measures, anchors, page);
    toc_html_raw(
        page,
        "<h2>What this page does not say</h2><section><p>It describes one run (n&nbsp;=&nbsp;1) "
        "with the luck of one seed. Whether a team is good needs many runs with matched "
        "luck; a percentile or an interval is not given because one run has none. Met "
        "and not met are proposals by rule: an evaluator confirms them.</p></section>");
    return status;
}

toc_status toc_report_write(const toc_measures *const *measures, size_t count,
                            toc_problems *problems, toc_formats_buffer *page) {
    toc_status status = TOC_OK;
    toc_html_raw(page, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                       "style-src 'unsafe-inline'; img-src data:\">"
                       "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                       "<title>");
    toc_html_text(page, toc_record_meta_of(toc_measure_record(measures[0])).title);
    toc_html_raw(page, "</title><style>");
    toc_html_raw(page, report_style);
    toc_html_raw(page,
                 "</style></head><body><div class=\"strip\">EXERCISE &middot; simulated data, "
                 "not operational</div><main>");
    if (count > 1) {
        put_comparison(page, measures, count);
    }
    for (size_t i = 0; status == TOC_OK && i < count; i++) {
        status = put_record(page, measures[i], i == 0, problems);
    }
    toc_html_raw(page, "</main></body></html>\n");
    return status;
}
