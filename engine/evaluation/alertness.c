#include "evaluation/alertness.h"

#include <stdlib.h>
#include <string.h>

#include "evaluation/moment.h"
#include "evaluation/shelf.h"

/* One alert, from the entries that tell of it. */
struct alert {
    int64_t number;
    const char *owner;
    bool genuine, hunted;
    toc_time raised, seen;
    uint64_t entry; /* that it was seen; raised, as long as it was not */
};

/* The first step that an attacker got done, or failed at, on an asset of an operator. */
struct step {
    toc_time at; /* TOC_NEVER */
    uint64_t entry;
};

struct alerts {
    struct alert *items;
    size_t count;
    struct step *steps; /* by operator of the topology */
};

/* Sums of one operator. */
struct sums {
    const char *owner;
    uint64_t raised, seen, genuine, hunted;
    toc_time first; /* genuine one that was seen; TOC_NEVER */
    uint64_t first_entry;
    toc_time *delays;
    size_t delay_count;
};

static struct alert *alert_of(struct alerts *alerts, int64_t number) {
    for (size_t i = alerts->count; i > 0; i--) {
        if (alerts->items[i - 1].number == number) {
            return &alerts->items[i - 1];
        }
    }
    alerts->items = toc_shelf_grow(alerts->items, alerts->count, sizeof *alerts->items);
    alerts->items[alerts->count] =
        (struct alert){.number = number, .raised = TOC_NEVER, .seen = TOC_NEVER};
    return &alerts->items[alerts->count++];
}

static void note_alert(struct alerts *alerts, const toc_trace_entry *entry, uint64_t number) {
    struct alert *alert = alert_of(alerts, entry->after);
    alert->owner = entry->actor;
    alert->genuine = entry->before == 1;
    alert->hunted = strcmp(entry->text, "hunt") == 0;
    alert->entry = number;
    alert->raised = alert->raised == TOC_NEVER ? entry->time : alert->raised;
    if (strcmp(entry->verb, "seen") == 0) {
        alert->seen = entry->time;
    }
}

static void note_step(struct alerts *alerts, const toc_topology *topology,
                      const toc_trace_entry *entry, uint64_t number) {
    uint32_t element = toc_topology_find_element(topology, entry->subject);
    uint32_t owner =
        element < topology->asset_count ? topology->assets[element].operator_index : TOC_INDEX_NONE;
    if (owner < topology->operator_count && alerts->steps[owner].at == TOC_NEVER &&
        strncmp(entry->text, "started", 7) != 0) {
        alerts->steps[owner] = (struct step){entry->time, number};
    }
}

static struct alerts collect(const toc_measures *measures) {
    const toc_record *record = toc_measure_record(measures);
    const toc_topology *topology = toc_measure_topology(measures);
    struct alerts alerts = {NULL, 0,
                            toc_shelf_zeroed(topology->operator_count, sizeof(struct step))};
    for (uint32_t i = 0; i < topology->operator_count; i++) {
        alerts.steps[i].at = TOC_NEVER;
    }
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (entry.kind == TOC_TRACE_ALERT) {
            note_alert(&alerts, &entry, number);
        } else if (entry.kind == TOC_TRACE_TECHNIQUE) {
            note_step(&alerts, topology, &entry, number);
        }
    }
    return alerts;
}

static struct sums sum_up(const struct alerts *alerts, const char *owner) {
    struct sums sums = {.owner = owner, .first = TOC_NEVER};
    for (size_t i = 0; i < alerts->count; i++) {
        const struct alert *alert = &alerts->items[i];
        if (strcmp(alert->owner, owner) != 0) {
            continue;
        }
        sums.raised++;
        sums.hunted += alert->hunted ? 1 : 0;
        if (alert->seen == TOC_NEVER) {
            continue;
        }
        sums.seen++;
        sums.genuine += alert->genuine ? 1 : 0;
        if (alert->genuine && alert->seen < sums.first) {
            sums.first = alert->seen;
            sums.first_entry = alert->entry;
        }
        sums.delays = toc_shelf_grow(sums.delays, sums.delay_count, sizeof *sums.delays);
        sums.delays[sums.delay_count++] = alert->seen - alert->raised;
    }
    return sums;
}

static int by_time(const void *left, const void *right) {
    const toc_time *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

/* When the first genuine alert was known, and how long after the first step. */
static void put_first(toc_html *html, const struct sums *sums, const struct step *step) {
    char text[TOC_MOMENT_SIZE];
    toc_html_raw(html, "<td>");
    if (sums->first == TOC_NEVER) {
        toc_html_raw(html, step->at == TOC_NEVER ? "&ndash;" : "never");
    } else {
        toc_html_text(html, toc_moment_local(html->starts, sums->first, text));
        toc_html_raw(html, " ");
        toc_html_cite(html, sums->first_entry);
    }
    toc_html_raw(html, "</td><td>");
    if (step->at == TOC_NEVER) {
        toc_html_raw(html, "&ndash;");
    } else {
        toc_html_text(html, toc_moment_local(html->starts, step->at, text));
        toc_html_raw(html, " ");
        toc_html_cite(html, step->entry);
    }
    toc_html_raw(html, "</td>");
    toc_html_cell(html, sums->first == TOC_NEVER || step->at > sums->first
                            ? "–"
                            : toc_moment_span(sums->first - step->at, text));
}

static void put_sums(toc_html *html, struct sums *sums, const struct step *step) {
    char text[TOC_MOMENT_SIZE];
    toc_html_raw(html, "<tr>");
    toc_html_cell(html, sums->owner);
    toc_html_number_cell(html, (double)sums->raised, 0);
    toc_html_number_cell(html, (double)sums->hunted, 0);
    toc_html_number_cell(html, (double)sums->seen, 0);
    toc_html_number_cell(html, (double)sums->genuine, 0);
    if (sums->seen == 0) {
        toc_html_raw(html, "<td>&ndash;</td><td>&ndash;</td>");
    } else {
        qsort(sums->delays, sums->delay_count, sizeof *sums->delays, by_time);
        toc_html_print(html, "<td class=\"n\">%.0f %%</td>",
                       100.0 * (double)sums->genuine / (double)sums->seen);
        toc_html_cell(html, toc_moment_span(sums->delays[sums->delay_count / 2], text));
    }
    put_first(html, sums, step);
    toc_html_raw(html, "</tr>");
}

static bool is_watched(const toc_topology *topology, uint32_t owner) {
    for (uint32_t i = 0; i < topology->sensor_count; i++) {
        if (topology->sensors[i].operator_index == owner) {
            return true;
        }
    }
    return false;
}

static void put_head(toc_html *html) {
    toc_html_print(html, "<h2 id=\"r%ualerts\">What was noticed</h2>", html->record);
    toc_html_raw(
        html, "<p>What sensors and hunts said of attackers. The people of an operator know of an "
              "alert when somebody has looked at it, and cannot tell by itself whether it is a "
              "false one: that is told here only. The first step is the first that an attacker "
              "got done, or failed at, on an asset of the operator.</p><div class=\"panel\">"
              "<table><tr><th>Operator<th class=\"n\">Alerts<th class=\"n\">of hunts<th "
              "class=\"n\">Looked at<th class=\"n\">Genuine<th class=\"n\">Share<th>Median wait"
              "<th>First genuine one known<th>First step<th>Known after</tr>");
}

void toc_alertness_write(const toc_measures *measures, toc_html *html) {
    const toc_topology *topology = toc_measure_topology(measures);
    struct alerts alerts = collect(measures);
    bool is_begun = false;
    for (uint32_t i = 0; i < topology->operator_count; i++) {
        struct sums sums = sum_up(&alerts, topology->operators[i].id);
        bool is_told =
            sums.raised > 0 || (alerts.steps[i].at != TOC_NEVER && is_watched(topology, i));
        if (is_told && !is_begun) {
            put_head(html);
            is_begun = true;
        }
        if (is_told) {
            put_sums(html, &sums, &alerts.steps[i]);
        }
        free(sums.delays);
    }
    toc_html_raw(html, is_begun ? "</table></div>" : "");
    free(alerts.steps);
    free(alerts.items);
}
