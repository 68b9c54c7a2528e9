#include "evaluation/findings.h"

#include <inttypes.h>
#include <string.h>

#include "evaluation/moment.h"

/* -- Objectives ---------------------------------------------------------------------------------
 */

static void put_outcome(toc_html *html, toc_measure_outcome outcome, const char *met) {
    switch (outcome) {
    case TOC_OUTCOME_MET:
        toc_html_print(html, "<span class=\"yes\">%s</span>", met);
        break;
    case TOC_OUTCOME_LATE:
        toc_html_raw(html, "<span class=\"late\">late</span>");
        break;
    case TOC_OUTCOME_MISSED:
        toc_html_raw(html, "<span class=\"no\">missed</span>");
        break;
    case TOC_OUTCOME_OPEN:
        toc_html_raw(html, "<span class=\"open\">open at the end</span>");
        break;
    case TOC_OUTCOME_NOT_STARTED:
        toc_html_raw(html, "<span class=\"open\">never began</span>");
        break;
    }
}

static void put_maps(toc_html *html, const toc_measure_objective *objective) {
    if (objective->map_count == 0) {
        return;
    }
    toc_html_raw(html, "<br>");
    for (size_t i = 0; i < objective->map_count; i++) {
        toc_html_raw(html, "<span class=\"tag\">");
        toc_html_text(html, objective->maps[i].framework);
        toc_html_raw(html, " ");
        toc_html_text(html, objective->maps[i].entry);
        toc_html_raw(html, "</span>");
    }
}

static void put_span_cell(toc_html *html, toc_time from, toc_time until) {
    char text[TOC_MOMENT_SIZE];
    bool has = from != TOC_NEVER && until != TOC_NEVER;
    toc_html_print(html, "<td class=\"n\">%s</td>",
                   toc_moment_span(has ? until - from : TOC_NEVER, text));
}

static void put_objective(toc_html *html, const toc_measure_objective *objective) {
    char text[TOC_MOMENT_SIZE];
    toc_html_raw(html, "<tr><td class=\"w\">");
    toc_html_text(html, objective->id);
    toc_html_raw(html, " ");
    toc_html_cite(html, objective->declared);
    toc_html_raw(html, "</td><td>");
    toc_html_text(html, objective->text);
    put_maps(html, objective);
    toc_html_raw(html, "</td><td>");
    put_outcome(html, objective->outcome, "met");
    toc_html_raw(html, "<span class=\"sub\">");
    toc_html_text(html, objective->by);
    toc_html_raw(html, "</span></td>");
    toc_html_time_cell(html, objective->started.at, objective->started.entry);
    toc_html_print(html, "<td class=\"n\">%s</td>",
                   objective->within == TOC_NEVER ? "the drill"
                                                  : toc_moment_span(objective->within, text));
    put_span_cell(html, objective->started.at, objective->met.at);
    toc_html_raw(html, "<td>");
    toc_html_cite(html, objective->because);
    toc_html_cite(html, objective->met.entry);
    toc_html_cite(html, objective->missed.entry);
    toc_html_raw(html, "</td></tr>");
}

void toc_findings_write_objectives(const toc_measures *measures, toc_html *html) {
    toc_html_print(html, "<h2 id=\"r%uobjectives\">Objectives</h2>", html->record);
    if (toc_measure_objectives(measures) == 0) {
        toc_html_raw(html, "<p class=\"note\">The drill has no objectives.</p>");
        return;
    }
    toc_html_raw(html, "<div class=\"panel\"><table><tr><th>Objective<th><th>Result<th "
                       "class=\"n\">Clock started<th class=\"n\">Allowed<th class=\"n\">Took"
                       "<th>Evidence</tr>");
    for (size_t i = 0; i < toc_measure_objectives(measures); i++) {
        put_objective(html, toc_measure_objective_at(measures, i));
    }
    toc_html_raw(html, "</table></div>");
}

/* -- Duties -------------------------------------------------------------------------------------
 */

/* A source that the row above names is not said again. */
static void put_duty(toc_html *html, const toc_measure_duty *duty, const char *source_above) {
    toc_html_raw(html, "<tr><td>");
    toc_html_text(html, duty->text[0] == '\0' ? duty->id : duty->text);
    toc_html_raw(html, "<span class=\"sub\">");
    toc_html_text(html, duty->id);
    if (duty->source[0] != '\0' && strcmp(duty->source, source_above) != 0) {
        toc_html_raw(html, " &middot; ");
        toc_html_text(html, duty->source);
    }
    toc_html_raw(html, "</span></td>");
    toc_html_cell(html, duty->operator_id);
    toc_html_cell(html, duty->recipient);
    toc_html_raw(html, "<td>");
    if (duty->outcome == TOC_OUTCOME_MISSED) {
        toc_html_raw(html, "<span class=\"no\">not done</span>");
    } else {
        put_outcome(html, duty->outcome, "in time");
    }
    if (duty->asked > 0) {
        toc_html_print(html, "<span class=\"sub\">told %lld of %lld items: ", (long long)duty->told,
                       (long long)duty->asked);
        toc_html_text(html, duty->content);
        toc_html_raw(html, "</span>");
    }
    toc_html_raw(html, "</td>");
    toc_html_time_cell(html, duty->started.at, duty->started.entry);
    toc_html_time_cell(html, duty->due, 0);
    toc_html_time_cell(html, duty->done.at, duty->done.entry);
    toc_html_raw(html, "<td>");
    toc_html_cite(html, duty->declared);
    toc_html_cite(html, duty->because);
    toc_html_cite(html, duty->missed.entry);
    toc_html_cite(html, duty->told_at);
    toc_html_raw(html, "</td></tr>");
}

/* How grave the incident was by the rules that the drill took over, level by level. */
static void put_severity(const toc_measures *measures, toc_html *html) {
    const toc_record *record = toc_measure_record(measures);
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (entry.kind != TOC_TRACE_SEVERITY) {
            continue;
        }
        toc_html_raw(html, "<p>By ");
        toc_html_text(html, entry.actor);
        toc_html_raw(html, " the incident of ");
        toc_html_text(html, entry.subject);
        toc_html_raw(html, " was <b>");
        toc_html_text(html, entry.verb);
        toc_html_raw(html, "</b> from ");
        toc_html_time(html, entry.time);
        toc_html_raw(html, ": ");
        toc_html_text(html, entry.text);
        toc_html_raw(html, " ");
        toc_html_cite(html, number);
        toc_html_raw(html, "</p>");
    }
}

/* A law states many duties, and most incidents owe few of them. */
static void put_what_was_not_owed(const toc_measures *measures, toc_html *html) {
    bool is_first = true;
    for (size_t i = 0; i < toc_measure_duties(measures); i++) {
        const toc_measure_duty *duty = toc_measure_duty_at(measures, i);
        if (duty->outcome == TOC_OUTCOME_NOT_STARTED) {
            toc_html_raw(html, is_first ? "<p class=\"sub\">Never began: " : ", ");
            toc_html_text(html, duty->id);
            toc_html_raw(html, " ");
            toc_html_cite(html, duty->declared);
            is_first = false;
        }
    }
    toc_html_raw(html, is_first ? "" : "</p>");
}

void toc_findings_write_duties(const toc_measures *measures, toc_html *html) {
    if (toc_measure_duties(measures) == 0) {
        return;
    }
    toc_html_print(html, "<h2 id=\"r%uduties\">Duties</h2>", html->record);
    put_severity(measures, html);
    toc_html_raw(html,
                 "<div class=\"panel\"><table><tr><th>Owed<th>By"
                 "<th>To<th>Result<th class=\"n\">Clock started<th class=\"n\">Due<th class=\"n\">"
                 "Done<th>Evidence</tr>");
    const char *source = "";
    for (size_t i = 0; i < toc_measure_duties(measures); i++) {
        if (toc_measure_duty_at(measures, i)->outcome != TOC_OUTCOME_NOT_STARTED) {
            put_duty(html, toc_measure_duty_at(measures, i), source);
            source = toc_measure_duty_at(measures, i)->source;
        }
    }
    toc_html_raw(html, "</table>");
    put_what_was_not_owed(measures, html);
    toc_html_raw(html, "</div>");
}

/* -- Teams and seats ----------------------------------------------------------------------------
 */

/* When it happened and how long after the team was struck. */
static void put_after(toc_html *html, const toc_measure_team *team, toc_measure_event event) {
    char text[TOC_MOMENT_SIZE];
    toc_html_raw(html, "<td class=\"n\">");
    toc_html_time(html, event.at);
    toc_html_raw(html, " ");
    toc_html_cite(html, event.entry);
    if (event.entry != 0 && team->struck.entry != 0) {
        bool before = event.at < team->struck.at;
        toc_time span = before ? team->struck.at - event.at : event.at - team->struck.at;
        if (span < TOC_SECOND / 2) {
            toc_html_raw(html, "<span class=\"sub\">at once</span>");
        } else {
            toc_html_print(html, "<span class=\"sub\">%s %s</span>", toc_moment_span(span, text),
                           before ? "before" : "after");
        }
    }
    toc_html_raw(html, "</td>");
}

static void put_name(toc_html *html, const toc_measure_team *team) {
    toc_html_raw(html, "<td>");
    toc_html_text(html, team->name[0] == '\0' ? team->id : team->name);
    if (team->name[0] != '\0') {
        toc_html_raw(html, "<span class=\"sub\">");
        toc_html_text(html, team->id);
        toc_html_raw(html, "</span>");
    }
    toc_html_raw(html, "</td>");
}

static void put_team(toc_html *html, const toc_measure_team *team) {
    toc_html_raw(html, "<tr>");
    put_name(html, team);
    toc_html_time_cell(html, team->struck.at, team->struck.entry);
    put_after(html, team, team->alarm);
    put_after(html, team, team->action);
    put_after(html, team, team->declared);
    if (team->first_loss.entry != 0 && team->restored.entry == 0) {
        toc_html_raw(html, "<td class=\"n\"><span class=\"no\">not restored</span> ");
        toc_html_cite(html, team->first_loss.entry);
        toc_html_raw(html, "</td>");
    } else {
        put_after(html, team, team->restored);
    }
    toc_html_raw(html, "</tr>");
}

static void put_seat(toc_html *html, const toc_measure_seat *seat) {
    toc_html_raw(html, "<tr>");
    toc_html_cell(html, seat->id);
    const uint64_t numbers[] = {seat->received, seat->requested, seat->done, seat->failed,
                                seat->refused};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        toc_html_number_cell(html, (double)numbers[i], 0);
    }
    toc_html_time_cell(html, seat->first.at, seat->first.entry);
    toc_html_raw(html, "</tr>");
}

void toc_findings_write_teams(const toc_measures *measures, toc_html *html) {
    toc_html_print(
        html,
        "<h2 id=\"r%uteams\">Operators and seats</h2><div class=\"panel\"><table><tr>"
        "<th>Operator<th class=\"n\">First struck<th class=\"n\">First alarm"
        "<th class=\"n\">First action<th class=\"n\">Incident declared<th class=\"n\">All "
        "services whole</tr>",
        html->record);
    for (size_t i = 0; i < toc_measure_teams(measures); i++) {
        if (toc_measure_team_at(measures, i)->owns_assets) {
            put_team(html, toc_measure_team_at(measures, i));
        }
    }
    toc_html_raw(html, "</table></div><p class=\"note\">Struck: the first of its assets that "
                       "somebody made fail. Alarm: the first time the operator could know that "
                       "something was not as it should be.</p>");
    if (toc_measure_seats(measures) == 0) {
        return;
    }
    toc_html_raw(html, "<div class=\"panel\"><table><tr><th>Seat<th class=\"n\">Messages received"
                       "<th class=\"n\">Actions<th class=\"n\">done<th class=\"n\">failed"
                       "<th class=\"n\">refused<th class=\"n\">First action</tr>");
    for (size_t i = 0; i < toc_measure_seats(measures); i++) {
        put_seat(html, toc_measure_seat_at(measures, i));
    }
    toc_html_raw(html, "</table></div>");
}
