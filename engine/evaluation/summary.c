#include "evaluation/summary.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "evaluation/moment.h"

/* The kind of service whose loss most people felt; NULL where nothing was lost. */
static const toc_measure_total *main_loss(const toc_measures *measures) {
    const toc_measure_total *main = NULL;
    for (size_t i = 0; i < toc_measure_totals(measures); i++) {
        const toc_measure_total *total = toc_measure_total_at(measures, i);
        if (total->first_loss.entry != 0 &&
            (main == NULL || total->people_hours_lost > main->people_hours_lost)) {
            main = total;
        }
    }
    return main;
}

static void put_kicker(const toc_measures *measures, toc_html *html) {
    toc_measure_facts facts = toc_measure_facts_of(measures);
    const char *const words[] = {facts.form, facts.span, facts.content};
    toc_html_raw(html, "<p class=\"kicker\">After-action report");
    for (size_t i = 0; i < 3; i++) {
        if (words[i][0] != '\0') {
            toc_html_raw(html, i == 0 ? " &middot; " : ", ");
            toc_html_text(html, words[i]);
        }
    }
    toc_html_raw(html, facts.form[0] != '\0' ? " drill</p>" : "</p>");
}

static void put_loss_sentences(const toc_measures *measures, const toc_measure_total *loss,
                               toc_html *html) {
    char text[TOC_MOMENT_SIZE], unit[TOC_MOMENT_SIZE];
    toc_html_raw(html, "From ");
    toc_html_time(html, loss->first_loss.at);
    toc_html_raw(html, " on ");
    toc_html_text(html, toc_moment_noun(loss->id, text));
    toc_html_raw(html, " fell short");
    if (loss->most_people > 0) {
        toc_html_print(html, "; at worst, at ");
        toc_html_time(html, loss->most_people_out.at);
        toc_html_print(html, ", %s people were without",
                       toc_moment_number((double)loss->most_people, 0, text));
    }
    toc_html_raw(html, ". ");
    if (!loss->mixed) {
        toc_html_print(html, "%s ", toc_moment_number(loss->loss_integral, 1, text));
        toc_html_text(html, toc_moment_integral_unit(loss->unit, unit));
        toc_html_raw(html, " were asked for and not supplied. ");
    }
    if (loss->restored.entry == 0) {
        toc_html_raw(html, "When the record ends, at ");
        toc_html_time(html, toc_measure_end(measures));
        toc_html_raw(html, ", it was still not restored everywhere. ");
    } else {
        toc_html_raw(html, "At ");
        toc_html_time(html, loss->restored.at);
        toc_html_print(html, ", %s later, nobody was without any more. ",
                       toc_moment_span(loss->restored.at - loss->first_loss.at, text));
    }
}

static void put_lead(const toc_measures *measures, toc_html *html) {
    const toc_measure_total *loss = main_loss(measures);
    size_t duties = toc_measure_duties_triggered(measures);
    toc_html_raw(html, "<p class=\"lead\">");
    if (loss == NULL) {
        toc_html_raw(html, "Nobody went without anything. ");
    } else {
        put_loss_sentences(measures, loss, html);
    }
    toc_html_print(html, "%zu of %zu objectives were met", toc_measure_objectives_met(measures),
                   toc_measure_objectives(measures));
    if (duties > 0) {
        toc_html_print(html, ", and %zu of %zu duties were done in time",
                       toc_measure_duties_on_time(measures), duties);
    }
    toc_html_raw(html, ".");
    if (toc_measure_facts_of(measures).power_rule[0] != '\0') {
        toc_html_raw(html, " Power was shared and lines were opened by rule ");
        toc_html_text(html, toc_measure_facts_of(measures).power_rule);
        toc_html_raw(html, ", which predicts no real grid.");
    }
    toc_html_raw(html, "</p>");
}

static void put_card(toc_html *html, const char *value, const char *unit, const char *caption,
                     uint64_t entry) {
    toc_html_print(html, "<div><b>%s <small>", value);
    toc_html_text(html, unit);
    toc_html_raw(html, "</small></b><span>");
    toc_html_text(html, caption);
    toc_html_raw(html, " ");
    toc_html_cite(html, entry);
    toc_html_raw(html, "</span></div>");
}

static void put_loss_cards(const toc_measure_total *loss, toc_html *html) {
    char value[TOC_MOMENT_SIZE], unit[TOC_MOMENT_SIZE], noun[TOC_MOMENT_SIZE], caption[160];
    (void)toc_moment_noun(loss->id, noun);
    if (!loss->mixed) {
        (void)snprintf(caption, sizeof caption, "%.60s not supplied", noun);
        put_card(html, toc_moment_number(loss->loss_integral, 1, value),
                 toc_moment_integral_unit(loss->unit, unit), caption, loss->first_loss.entry);
    }
    if (loss->most_people > 0) {
        (void)snprintf(caption, sizeof caption, "without %.60s", noun);
        put_card(html, toc_moment_number(loss->people_hours_lost, 0, value), "people-hours",
                 caption, 0);
        (void)snprintf(caption, sizeof caption, "at most without %.60s at once", noun);
        put_card(html, toc_moment_number((double)loss->most_people, 0, value), "people", caption,
                 loss->most_people_out.entry);
    }
    bool is_back = loss->restored.entry != 0;
    (void)snprintf(caption, sizeof caption,
                   is_back ? "from the first loss until all had %.60s back"
                           : "%.60s: not back everywhere when the record ends",
                   noun);
    (void)toc_moment_span(is_back ? loss->restored.at - loss->first_loss.at : TOC_NEVER, value);
    put_card(html, value, "", caption, loss->restored.entry);
}

static void put_cards(const toc_measures *measures, toc_html *html) {
    char value[TOC_MOMENT_SIZE];
    const toc_measure_total *loss = main_loss(measures);
    size_t duties = toc_measure_duties_triggered(measures);
    toc_html_raw(html, "<div class=\"cards\">");
    if (loss != NULL) {
        put_loss_cards(loss, html);
    }
    (void)snprintf(value, sizeof value, "%zu of %zu", toc_measure_objectives_met(measures),
                   toc_measure_objectives(measures));
    put_card(html, value, "", "objectives met", 0);
    if (duties > 0) {
        (void)snprintf(value, sizeof value, "%zu of %zu", toc_measure_duties_on_time(measures),
                       duties);
        put_card(html, value, "", "duties done in time", 0);
    }
    toc_html_raw(html, "</div>");
}

static void put_player(const char *policy, toc_html *html) {
    if (policy[0] == '\0') {
        toc_html_raw(html, "people");
        return;
    }
    toc_html_raw(html, "stand-ins, policy &ldquo;");
    toc_html_text(html, policy);
    toc_html_raw(html, "&rdquo;");
}

/* What its kind says of how it is to be read. */
static void put_kind(const toc_measures *measures, toc_html *html) {
    const char *form = toc_measure_facts_of(measures).form;
    const char *policy = toc_record_meta_of(toc_measure_record(measures)).policy;
    if (strcmp(form, "tabletop") == 0) {
        toc_html_raw(html, "<p class=\"note\">A tabletop: its time stood still while people "
                           "talked, and jumped from move to move. Times say how long things take, "
                           "not how long people took to decide.</p>");
    } else if (strcmp(form, "demonstration") == 0 && strcmp(policy, "reference") == 0) {
        toc_html_raw(html, "<p class=\"note\">A demonstration: it followed its script, and people "
                           "watched. It says how the response is meant to go, and nothing of how "
                           "anybody performed.</p>");
    } else if (strcmp(form, "demonstration") == 0) {
        toc_html_raw(html, "<p><span class=\"late\">This demonstration left its script</span>: it "
                           "was not played by the policy &ldquo;reference&rdquo;.</p>");
    }
}

void toc_summary_write(const toc_measures *measures, toc_html *html) {
    toc_record_meta meta = toc_record_meta_of(toc_measure_record(measures));
    toc_html_raw(html, "<header>");
    put_kicker(measures, html);
    toc_html_print(html, "<h1 id=\"r%u\">", html->record);
    toc_html_text(html, meta.title);
    toc_html_raw(html, "</h1><p class=\"note\">Played by ");
    put_player(meta.policy, html);
    if (toc_moment_is_start(html->starts)) {
        toc_html_raw(html, " &middot; the drill starts ");
        toc_html_text(html, html->starts);
    }
    toc_html_raw(html, "</p>");
    if (meta.ended_at == TOC_NEVER) {
        toc_html_raw(html, "<p><span class=\"late\">The record was cut short</span>: the drill was "
                           "not played to its end, and everything is measured up to ");
        toc_html_time(html, toc_measure_end(measures));
        toc_html_raw(html, ".</p>");
    }
    put_kind(measures, html);
    put_lead(measures, html);
    toc_html_raw(html, "</header>");
    put_cards(measures, html);
}

static void begin_row(toc_html *html, const char *name) {
    toc_html_print(html, "<dt>%s</dt><dd>", name);
}

void toc_summary_identify(const toc_measures *measures, toc_html *html) {
    const toc_record *record = toc_measure_record(measures);
    toc_record_meta meta = toc_record_meta_of(record);
    char head[65], text[TOC_MOMENT_SIZE];
    toc_record_head(record, head);
    toc_html_print(html, "<h2 id=\"r%urecord\">The record</h2><div class=\"panel\"><dl>",
                   html->record);
    begin_row(html, "Drill");
    toc_html_text(html, meta.title);
    begin_row(html, "Package");
    toc_html_text(html, meta.package_name);
    toc_html_print(html, ", digest <code>%016" PRIx64 "</code>", meta.package_digest);
    begin_row(html, "Seed");
    toc_html_print(html, "%" PRIu64 ", replication %" PRIu32, meta.seed, meta.replication);
    begin_row(html, "Played by");
    put_player(meta.policy, html);
    begin_row(html, "Engine");
    toc_html_text(html, meta.engine_version);
    begin_row(html, "Ended");
    if (meta.ended_at == TOC_NEVER) {
        toc_html_raw(html, "not finished");
    } else {
        toc_html_time(html, meta.ended_at);
        toc_html_print(html, ", %s after the start", toc_moment_print(meta.ended_at, text));
        if (meta.ended_why[0] != '\0') {
            toc_html_raw(html, " (");
            toc_html_text(html, meta.ended_why);
            toc_html_raw(html, ")");
        }
    }
    begin_row(html, "Holds");
    toc_html_print(html, "%s entries of the trace, ",
                   toc_moment_number((double)toc_record_trace_count(record), 0, text));
    toc_html_print(html, "%s inputs",
                   toc_moment_number((double)toc_record_input_count(record), 0, text));
    begin_row(html, "Digest at the end");
    toc_html_print(html, "<code>%016" PRIx64 "</code>", meta.final_digest);
    begin_row(html, "Head of the chain");
    toc_html_print(html,
                   "<code>%s</code><span class=\"sub\">SHA-256 over everything in the record. "
                   "Who sees the same digits holds the same record; <code>tocsin replay "
                   "--verify</code> plays it again and compares.</span>",
                   head);
    toc_html_raw(html, "</dl></div>");
}
