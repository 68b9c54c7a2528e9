#include "evaluation/evidence.h"

#include <inttypes.h>

static void put_entry(const toc_trace_entry *entry, uint64_t number, toc_html *html) {
    char text[64];
    (void)toc_time_print(entry->time, text, sizeof text);
    toc_html_print(html,
                   "<tr id=\"r%ue%" PRIu64 "\"><td class=\"n\">%" PRIu64
                   "</td><td class=\"w\">%s</td><td>%s</td>",
                   html->record, number, number, text, toc_trace_kind_name(entry->kind));
    toc_html_cell(html, entry->actor);
    toc_html_cell(html, entry->verb);
    toc_html_cell(html, entry->subject);
    toc_html_cell(html, entry->text);
    toc_html_print(html, "<td class=\"n\">%" PRId64 "</td><td class=\"n\">%" PRId64 "</td></tr>",
                   entry->before, entry->after);
}

void toc_evidence_write(const toc_measures *measures, toc_html *html) {
    const toc_record *record = toc_measure_record(measures);
    uint64_t count = toc_record_trace_count(record), cited = 0;
    for (uint64_t number = 1; number <= count; number++) {
        cited += html->cited[number];
    }
    toc_html_print(html,
                   "<h2 id=\"r%uevidence\">Evidence</h2><p class=\"note\">The %" PRIu64
                   " entries that this page cites, of %" PRIu64
                   " in the record, as they stand there, with drill time. The small numbers on "
                   "this page lead here.</p><div class=\"panel\"><table><tr><th class=\"n\">Entry"
                   "<th>Drill time<th>Kind<th>Actor<th>Verb<th>Subject<th>Text<th class=\"n\">"
                   "Before<th class=\"n\">After</tr>",
                   html->record, cited, count);
    for (uint64_t number = 1; number <= count; number++) {
        if (html->cited[number] != 0) {
            toc_trace_entry entry = toc_record_trace_at(record, number);
            put_entry(&entry, number, html);
        }
    }
    toc_html_raw(html, "</table></div>");
}
