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

struct alerts {
    struct alert *items;
    size_t count;
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

static struct alerts collect(const toc_record *record) {
    struct alerts alerts = {NULL, 0};
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (entry.kind != TOC_TRACE_ALERT) {
            continue;
        }
        struct alert *alert = alert_of(&alerts, entry.after);
        alert->owner = entry.actor;
        alert->genuine = entry.before == 1;
        alert->hunted = strcmp(entry.text, "hunt") == 0;
        alert->entry = number;
        alert->raised = alert->raised == TOC_NEVER ? entry.time : alert->raised;
        if (strcmp(entry.verb, "seen") == 0) {
            alert->seen = entry.time;
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

static void put_sums(toc_html *html, struct sums *sums) {
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
    toc_html_raw(html, "<td>");
    toc_html_text(
        html, sums->first == TOC_NEVER ? "–" : toc_moment_local(html->starts, sums->first, text));
    if (sums->first != TOC_NEVER) {
        toc_html_raw(html, " ");
        toc_html_cite(html, sums->first_entry);
    }
    toc_html_raw(html, "</td></tr>");
}

static bool is_told(const struct alerts *alerts, size_t before) {
    for (size_t i = 0; i < before; i++) {
        if (strcmp(alerts->items[i].owner, alerts->items[before].owner) == 0) {
            return true;
        }
    }
    return false;
}

void toc_alertness_write(const toc_measures *measures, toc_html *html) {
    struct alerts alerts = collect(toc_measure_record(measures));
    if (alerts.count == 0) {
        return;
    }
    toc_html_print(html, "<h2 id=\"r%ualerts\">What was noticed</h2>", html->record);
    toc_html_raw(
        html, "<p>What sensors and hunts said of attackers. The people of an operator know of an "
              "alert when somebody has looked at it, and cannot tell by itself whether it is a "
              "false one: that is told here only.</p><div class=\"panel\"><table><tr>"
              "<th>Operator<th class=\"n\">Alerts<th class=\"n\">of hunts<th class=\"n\">Looked "
              "at<th class=\"n\">Genuine<th class=\"n\">Share<th>Median wait<th>First genuine "
              "one known</tr>");
    for (size_t i = 0; i < alerts.count; i++) {
        if (!is_told(&alerts, i)) {
            struct sums sums = sum_up(&alerts, alerts.items[i].owner);
            put_sums(html, &sums);
            free(sums.delays);
        }
    }
    toc_html_raw(html, "</table></div>");
    free(alerts.items);
}
