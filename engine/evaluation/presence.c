#include "evaluation/presence.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static bool is_note(const toc_record_entry *entry) {
    return strcmp(entry->kind, "note") == 0;
}

/* What is of use to machines only. */
static bool is_silent(const toc_record_entry *entry) {
    return strcmp(entry->kind, "taken") == 0 || strcmp(entry->kind, "signed") == 0;
}

static bool is_run(const toc_record_entry *entry) {
    return !is_note(entry) && !is_silent(entry);
}

static uint64_t count(const toc_record *record, bool (*wanted)(const toc_record_entry *entry)) {
    uint64_t found = 0;
    uint32_t branch = 0;
    for (uint64_t number = 1; number <= toc_record_journal_count(record); number++) {
        toc_record_entry entry = toc_record_journal_at(record, number, &branch);
        found += wanted(&entry);
    }
    return found;
}

static void put_people(const toc_record *record, toc_html *html) {
    if (toc_record_person_count(record) == 0) {
        return;
    }
    toc_html_raw(html, "<h3>Who took part</h3><table><thead><tr><th>Seat</th><th>Person</th>"
                       "<th></th></tr></thead><tbody>");
    for (uint64_t number = 1; number <= toc_record_person_count(record); number++) {
        toc_record_person person = toc_record_person_at(record, number);
        toc_html_raw(html, "<tr>");
        toc_html_cell(html, person.seat);
        toc_html_cell(html, person.name);
        toc_html_cell(html, person.note);
        toc_html_raw(html, "</tr>");
    }
    toc_html_raw(html, "</tbody></table>");
}

/* By the clock on the wall, UTC: a pause has no drill time of its own. */
static void put_moment(toc_html *html, int64_t moment) {
    char text[40] = "";
    time_t seconds = (time_t)(moment / 1000000);
    struct tm parts;
    if (moment > 0 && gmtime_r(&seconds, &parts) != NULL) {
        (void)strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts);
    }
    toc_html_cell(html, text);
}

static void put_row(toc_html *html, const toc_record_entry *entry, uint32_t branch,
                    bool is_run_of) {
    toc_html_raw(html, "<tr>");
    toc_html_time_cell(html, entry->at, 0);
    toc_html_cell(html, entry->seat);
    if (is_run_of) {
        char kind[64];
        (void)snprintf(kind, sizeof kind, branch > 1 ? "%.40s (branch %u)" : "%.40s", entry->kind,
                       branch);
        toc_html_cell(html, kind);
    }
    toc_html_cell(html, entry->subject);
    toc_html_cell(html, entry->text);
    if (is_run_of) {
        put_moment(html, entry->moment);
    }
    toc_html_raw(html, "</tr>");
}

static void put_rows(const toc_record *record, toc_html *html,
                     bool (*wanted)(const toc_record_entry *entry)) {
    uint32_t branch = 0;
    for (uint64_t number = 1; number <= toc_record_journal_count(record); number++) {
        toc_record_entry entry = toc_record_journal_at(record, number, &branch);
        if (wanted(&entry)) {
            put_row(html, &entry, branch, wanted == is_run);
        }
    }
    toc_html_raw(html, "</tbody></table>");
}

void toc_presence_write(const toc_measures *measures, toc_html *html) {
    const toc_record *record = toc_measure_record(measures);
    uint64_t notes = count(record, is_note), runs = count(record, is_run);
    if (notes + runs + toc_record_person_count(record) == 0) {
        return;
    }
    toc_html_print(html, "<h2 id=\"r%upresence\">Those who took part</h2>", html->record);
    put_people(record, html);
    if (notes > 0) {
        toc_html_raw(html,
                     "<h3>What evaluators wrote down</h3><table><thead><tr><th>When</th><th>By"
                     "</th><th>About</th><th>Observation</th></tr></thead><tbody>");
        put_rows(record, html, is_note);
    }
    if (runs > 0) {
        toc_html_raw(html,
                     "<h3>How it was run</h3><table><thead><tr><th>Drill time</th><th>Who</th>"
                     "<th>What</th><th>Concerning</th><th></th><th>On the wall</th></tr>"
                     "</thead><tbody>");
        put_rows(record, html, is_run);
    }
}
