#include "evaluation/timeline.h"

#include <inttypes.h>
#include <string.h>

#include "evaluation/html.h"

/* A drill of a million entries is not for a page: the record has them all. */
enum { MOST_ENTRIES = 20000, MOST_STORY = 400 };

/* What a reader wants to know without being asked: decisions, strikes, duties, words. */
static bool is_story(const toc_trace_entry *entry) {
    if (entry->kind == TOC_TRACE_ACTION) {
        return strcmp(entry->text, "requested") != 0 &&
               strcmp(entry->verb, "acknowledge_alarm") != 0 &&
               strcmp(entry->verb, "assign_crew") != 0;
    }
    return entry->kind == TOC_TRACE_DRILL || entry->kind == TOC_TRACE_INJECT ||
           entry->kind == TOC_TRACE_OBJECTIVE || entry->kind == TOC_TRACE_DUTY ||
           entry->kind == TOC_TRACE_CONDITION ||
           (entry->kind == TOC_TRACE_TECHNIQUE && strncmp(entry->text, "started", 7) != 0);
}

static void put_entry(toc_formats_buffer *page, const toc_trace_entry *entry, uint64_t number,
                      bool anchor) {
    if (anchor) {
        toc_html_print(page, "<tr id=\"e%" PRIu64 "\"><td class=\"n k\">%" PRIu64 "</td>", number,
                       number);
    } else {
        toc_html_raw(page, "<tr><td class=\"n\">");
        toc_html_entry(page, number);
        toc_html_raw(page, "</td>");
    }
    toc_html_raw(page, "<td class=\"n\">");
    toc_html_time(page, entry->time);
    toc_html_print(page, "</td><td class=\"k\">%s</td>", toc_trace_kind_name(entry->kind));
    const char *const texts[] = {entry->actor, entry->verb, entry->subject, entry->text};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        toc_html_raw(page, "<td>");
        toc_html_text(page, texts[i]);
        toc_html_raw(page, "</td>");
    }
    toc_html_raw(page, "</tr>");
}

static const char heading[] = "<table><tr><th class=\"n\">Entry<th class=\"n\">Time<th>What<th>Who"
                              "<th>Did<th>To what<th>How</tr>";

/* Strikes of one kind by one hand come in rows of thirty: the first and the count will do. */
static bool continues(const toc_trace_entry *entry, const toc_trace_entry *last) {
    return entry->kind == TOC_TRACE_TECHNIQUE && last->kind == TOC_TRACE_TECHNIQUE &&
           strcmp(entry->actor, last->actor) == 0 && strcmp(entry->verb, last->verb) == 0;
}

static void put_repeats(toc_formats_buffer *page, uint64_t repeats) {
    if (repeats > 0) {
        toc_html_print(page,
                       "<tr><td></td><td></td><td></td><td></td><td></td><td></td>"
                       "<td class=\"k\">and %" PRIu64 " more of the same</td></tr>",
                       repeats);
    }
}

static void put_story(const toc_record *record, toc_formats_buffer *page) {
    uint64_t shown = 0, left_out = 0, repeats = 0;
    toc_trace_entry last = {.kind = TOC_TRACE_KINDS};
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (!is_story(&entry)) {
            continue;
        }
        if (last.kind != TOC_TRACE_KINDS && continues(&entry, &last)) {
            repeats++;
            continue;
        }
        put_repeats(page, repeats);
        repeats = 0;
        last = entry;
        if (shown < MOST_STORY) {
            put_entry(page, &entry, number, false);
            shown++;
        } else {
            left_out++;
        }
    }
    put_repeats(page, repeats);
    toc_html_raw(page, "</table>");
    if (left_out > 0) {
        toc_html_print(page,
                       "<p class=\"note\">%" PRIu64 " later entries are in the evidence "
                       "below.</p>",
                       left_out);
    }
}

void toc_timeline_write(const toc_measures *measures, bool anchors, toc_formats_buffer *page) {
    const toc_record *record = toc_measure_record(measures);
    uint64_t count = toc_record_trace_count(record);
    toc_html_raw(page, "<h2>What happened when</h2><section>");
    toc_html_raw(page, heading);
    put_story(record, page);
    toc_html_raw(page, "</section>");
    if (!anchors) {
        return;
    }
    toc_html_print(page,
                   "<h2>Evidence</h2><section><details open><summary>All %" PRIu64
                   " entries of the record</summary>",
                   count);
    toc_html_raw(page, heading);
    for (uint64_t number = 1; number <= count && number <= MOST_ENTRIES; number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        put_entry(page, &entry, number, true);
    }
    toc_html_raw(page, "</table></details>");
    if (count > MOST_ENTRIES) {
        toc_html_print(page,
                       "<p class=\"note\">The page shows the first %d; the record has them "
                       "all.</p>",
                       MOST_ENTRIES);
    }
    toc_html_raw(page, "</section>");
}
