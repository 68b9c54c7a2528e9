#include "evaluation/comparison.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "evaluation/moment.h"

/* The records at hand, and one row of the table after another. */
struct table {
    const toc_measures *const *measures;
    size_t count;
    toc_html *html;
};

static void begin_row(const struct table *table, const char *what, const char *detail) {
    toc_html_raw(table->html, "<tr><td>");
    toc_html_text(table->html, what);
    toc_html_raw(table->html, "<span class=\"sub\">");
    toc_html_text(table->html, detail);
    toc_html_raw(table->html, "</span></td>");
}

static void put_heads(const struct table *table) {
    toc_html_raw(table->html, "<tr><th>");
    for (size_t k = 0; k < table->count; k++) {
        toc_record_meta meta = toc_record_meta_of(toc_measure_record(table->measures[k]));
        toc_html_print(table->html, "<th class=\"n\"><a href=\"#r%zu\">", k + 1);
        toc_html_text(table->html, meta.title);
        toc_html_raw(table->html, "</a><br>");
        toc_html_text(table->html, meta.policy[0] == '\0' ? "people" : meta.policy);
        toc_html_print(table->html, ", seed %" PRIu64, meta.seed);
    }
    toc_html_raw(table->html, "</tr>");
}

static void put_counts(const struct table *table) {
    begin_row(table, "Objectives met", "");
    for (size_t k = 0; k < table->count; k++) {
        toc_html_print(table->html, "<td class=\"n\">%zu of %zu</td>",
                       toc_measure_objectives_met(table->measures[k]),
                       toc_measure_objectives(table->measures[k]));
    }
    toc_html_raw(table->html, "</tr>");
    begin_row(table, "Duties done in time", "of those that were owed");
    for (size_t k = 0; k < table->count; k++) {
        toc_html_print(table->html, "<td class=\"n\">%zu of %zu</td>",
                       toc_measure_duties_on_time(table->measures[k]),
                       toc_measure_duties_triggered(table->measures[k]));
    }
    toc_html_raw(table->html, "</tr>");
}

static const toc_measure_total *total_of(const toc_measures *measures, const char *id) {
    for (size_t i = 0; i < toc_measure_totals(measures); i++) {
        if (strcmp(toc_measure_total_at(measures, i)->id, id) == 0) {
            return toc_measure_total_at(measures, i);
        }
    }
    return NULL;
}

/* What is shown of a kind of service; rows of the table. */
enum figure { NOT_SUPPLIED, PEOPLE_HOURS, MOST_PEOPLE, TOOK, FIGURES };

static void put_figure(const struct table *table, const toc_measure_total *total,
                       enum figure figure) {
    char text[TOC_MOMENT_SIZE];
    if (total == NULL || (figure == NOT_SUPPLIED && total->mixed)) {
        toc_html_raw(table->html, "<td class=\"n\">&ndash;</td>");
    } else if (figure == NOT_SUPPLIED) {
        toc_html_number_cell(table->html, total->loss_integral, 2);
    } else if (figure == PEOPLE_HOURS) {
        toc_html_number_cell(table->html, total->people_hours_lost, 0);
    } else if (figure == MOST_PEOPLE) {
        toc_html_number_cell(table->html, (double)total->most_people, 0);
    } else if (total->first_loss.entry == 0) {
        toc_html_raw(table->html, "<td class=\"n\">nothing lost</td>");
    } else if (total->restored.entry == 0) {
        toc_html_raw(table->html, "<td class=\"n\"><span class=\"no\">not restored</span></td>");
    } else {
        toc_html_print(table->html, "<td class=\"n\">%s</td>",
                       toc_moment_span(total->restored.at - total->first_loss.at, text));
    }
}

/* In any of the records. */
static int64_t most_people(const struct table *table, const char *id) {
    int64_t most = 0;
    for (size_t k = 0; k < table->count; k++) {
        const toc_measure_total *total = total_of(table->measures[k], id);
        most = total != NULL && total->most_people > most ? total->most_people : most;
    }
    return most;
}

static void put_service(const struct table *table, const toc_measure_total *total) {
    static const char *const names[FIGURES] = {"Not supplied", "People-hours without",
                                               "Most people without at once",
                                               "From first loss till whole"};
    char unit[TOC_MOMENT_SIZE], detail[256];
    (void)toc_moment_integral_unit(total->unit, unit);
    bool has_unit = strcmp(unit, total->id) != 0;
    bool is_felt = most_people(table, total->id) > 0;
    for (enum figure figure = NOT_SUPPLIED; figure < FIGURES; figure++) {
        if (!is_felt && (figure == PEOPLE_HOURS || figure == MOST_PEOPLE)) {
            continue;
        }
        (void)snprintf(detail, sizeof detail, "%.100s%s%s", total->id,
                       figure == NOT_SUPPLIED && has_unit ? ", " : "",
                       figure == NOT_SUPPLIED && has_unit ? unit : "");
        begin_row(table, names[figure], detail);
        for (size_t k = 0; k < table->count; k++) {
            put_figure(table, total_of(table->measures[k], total->id), figure);
        }
        toc_html_raw(table->html, "</tr>");
    }
}

void toc_comparison_write(const toc_measures *const *measures, size_t count, toc_html *html) {
    struct table table = {measures, count, html};
    bool same_luck = true, same_package = true;
    toc_record_meta first = toc_record_meta_of(toc_measure_record(measures[0]));
    for (size_t k = 1; k < count; k++) {
        toc_record_meta meta = toc_record_meta_of(toc_measure_record(measures[k]));
        same_luck &= meta.seed == first.seed && meta.replication == first.replication;
        same_package &= meta.package_digest == first.package_digest;
    }
    toc_html_print(html, "<h1>%zu records side by side</h1><div class=\"panel\"><table>", count);
    put_heads(&table);
    put_counts(&table);
    for (size_t i = 0; i < toc_measure_totals(measures[0]); i++) {
        put_service(&table, toc_measure_total_at(measures[0], i));
    }
    toc_html_raw(html, "</table></div><p class=\"note\">");
    toc_html_raw(html, !same_package ? "These records are of different packages: they do not "
                                       "answer the same question."
                       : same_luck   ? "Same package, same seed: the runs had the same luck, and "
                                       "what differs comes from what was done."
                                     : "Same package, different seeds: part of what differs is "
                                       "luck.");
    toc_html_raw(html, "</p>");
}
