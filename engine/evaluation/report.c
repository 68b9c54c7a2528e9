#include "evaluation/report.h"

#include <stdlib.h>

#include "evaluation/adherence.h"
#include "evaluation/alertness.h"
#include "evaluation/choices.h"
#include "evaluation/comparison.h"
#include "evaluation/course.h"
#include "evaluation/curves.h"
#include "evaluation/defence.h"
#include "evaluation/evidence.h"
#include "evaluation/findings.h"
#include "evaluation/html.h"
#include "evaluation/instant.h"
#include "evaluation/judgement.h"
#include "evaluation/outlay.h"
#include "evaluation/presence.h"
#include "evaluation/shelf.h"
#include "evaluation/style.h"
#include "evaluation/summary.h"
#include "evaluation/timeline.h"

/* Nothing may come from outside, whatever a text on the page says. */
static const char policy[] =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'; img-src data:\">";

static void put_contents(toc_html *html) {
    static const struct {
        const char *id, *title;
    } sections[] = {{"course", "Course"},
                    {"objectives", "Objectives"},
                    {"duties", "Duties"},
                    {"decisions", "Decisions"},
                    {"services", "Services"},
                    {"teams", "Operators"},
                    {"judgement", "Judgement"},
                    {"defence", "Defence"},
                    {"worst", "Worst instant"},
                    {"timeline", "Timeline"},
                    {"method", "How it was computed"},
                    {"evidence", "Evidence"},
                    {"record", "Record"}};
    toc_html_raw(html, "<nav>");
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        toc_html_print(html, "<a href=\"#r%u%s\">%s</a>", html->record, sections[i].id,
                       sections[i].title);
    }
    toc_html_raw(html, "</nav>");
}

static void put_method(toc_html *html) {
    toc_html_print(html, "<h2 id=\"r%umethod\">How the numbers were computed</h2>", html->record);
    toc_html_raw(
        html,
        "<p>Everything on this page comes from one sealed record; no part of the drill was run "
        "again for it. Supply and people without are told in the record at every change, with the "
        "time in millionths of a second and quantities in whole base units. Between two changes "
        "they stand still, so loss is an exact sum: what was asked for and not given, times how "
        "long. Nothing was sampled, smoothed or estimated.</p>"
        "<p>Objectives and duties are decided by the rules that the scenario states; each result "
        "names the entry that decided it. They are proposals: an evaluator confirms them or says "
        "why not.</p>"
        "<p>Local time is the start of the drill plus drill time.</p>"
        "<h3>What it does not say</h3>"
        "<p>This is one run, n&nbsp;=&nbsp;1, with the luck of one seed. It has no interval, and "
        "it does not say whether another response would have done better: that needs many runs "
        "with matched luck, and so does a percentile. How much an asset, a crew or a customer "
        "counts is what the topology says, and is as good as the topology.</p>");
}

static void put_record(const toc_measures *measures, unsigned number, toc_problems *problems,
                       toc_formats_buffer *page) {
    uint64_t entries = toc_record_trace_count(toc_measure_record(measures));
    toc_html html = {.page = page,
                     .starts = toc_measure_facts_of(measures).starts,
                     .record = number,
                     .cited = toc_shelf_zeroed((size_t)entries + 1, 1),
                     .entries = entries};
    toc_summary_write(measures, &html);
    put_contents(&html);
    toc_course_write(measures, &html);
    toc_findings_write_objectives(measures, &html);
    toc_findings_write_duties(measures, &html);
    toc_adherence_write(measures, &html);
    toc_choices_write(measures, &html);
    toc_curves_write(measures, &html);
    toc_findings_write_teams(measures, &html);
    toc_outlay_write(measures, &html);
    toc_alertness_write(measures, &html);
    toc_judgement_write(measures, &html);
    toc_defence_write(measures, &html);
    toc_instant_write(measures, problems, &html);
    toc_presence_write(measures, &html);
    toc_timeline_write(measures, &html);
    put_method(&html);
    toc_evidence_write(measures, &html);
    toc_summary_identify(measures, &html);
    free(html.cited);
}

/* On the strip that stands on every page, printed or not. */
static void put_classification(const toc_measures *measures, toc_html *html) {
    const char *classification = toc_measure_facts_of(measures).classification;
    if (classification[0] != '\0') {
        toc_html_raw(html, " &middot; ");
        toc_html_text(html, classification);
    }
}

toc_status toc_report_write(const toc_measures *const *measures, size_t count,
                            toc_problems *problems, toc_formats_buffer *page) {
    toc_html html = {.page = page, .starts = ""};
    toc_html_raw(&html, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    toc_html_raw(&html, policy);
    toc_html_raw(&html, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                        "<link rel=\"icon\" href=\"data:,\"><title>");
    toc_html_text(&html, toc_record_meta_of(toc_measure_record(measures[0])).title);
    toc_html_raw(&html, " &middot; report</title><style>");
    toc_style_write(&html);
    toc_html_raw(&html,
                 "</style></head><body><div class=\"strip\">EXERCISE &middot; simulated data, "
                 "not operational");
    put_classification(measures[0], &html);
    toc_html_raw(&html, "</div><main>");
    if (count > 1) {
        toc_comparison_write(measures, count, &html);
    }
    for (size_t i = 0; i < count; i++) {
        put_record(measures[i], (unsigned)i + 1, problems, page);
    }
    toc_html_raw(&html, "</main></body></html>\n");
    return TOC_OK;
}
