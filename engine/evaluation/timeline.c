#include "evaluation/timeline.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "evaluation/moment.h"
#include "evaluation/story.h"

enum { MOST_MOMENTS = 260, MOST_LINES = 1000, MOST_PARTS = 60, MOST_NAMED = 3 };

/* A demonstration shows both sides of each moment. */
static bool is_shown(const toc_measures *measures) {
    return strcmp(toc_measure_facts_of(measures).form, "demonstration") == 0;
}

/* "declare_incident" is how machines write it. */
static void put_words(toc_html *html, const char *name) {
    char words[96];
    (void)snprintf(words, sizeof words, "%s", name);
    for (char *at = words; *at != '\0'; at++) {
        *at = *at == '_' || *at == '-' ? ' ' : *at;
    }
    toc_html_text(html, words);
}

/* What follows the stage in "done: open-breaker"; "" where nothing does. */
static const char *after_colon(const char *text) {
    const char *colon = strstr(text, ": ");
    return colon == NULL ? "" : colon + 2;
}

static void put_quote(toc_html *html, const char *text) {
    if (text[0] != '\0') {
        toc_html_raw(html, " <q>");
        toc_html_text(html, text);
        toc_html_raw(html, "</q>");
    }
}

/* What an action was given, "key=value" lines: the text first of all, and then what else there is.
 */
static void put_given(toc_html *html, const char *lines) {
    char line[600];
    for (const char *at = lines; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        (void)snprintf(line, sizeof line, "%.*s", (int)(length < 599 ? length : 599), at);
        char *equals = strchr(line, '=');
        bool is_text = equals == NULL || strncmp(line, "text=", 5) == 0;
        if (!is_text) {
            *equals = '\0';
            toc_html_raw(html, ", ");
            put_words(html, line);
        }
        put_quote(html, equals == NULL ? line : equals + 1);
        at += length + (at[length] == '\n');
    }
}

/* -- Sentences ----------------------------------------------------------------------------------
 */

static void put_attack(const toc_story *story, const toc_story_moment *moment, toc_html *html) {
    const char *name = toc_story_technique(story, moment->first.verb);
    const char *effect = after_colon(moment->first.text);
    if (name[0] != '\0') {
        toc_html_text(html, name);
        toc_html_raw(html, ", ");
    }
    toc_html_text(html, moment->first.verb);
    if (strncmp(moment->first.text, "failed", 6) == 0) {
        toc_html_raw(html, " fails: ");
        toc_html_text(html, effect);
    } else if (effect[0] != '\0') {
        toc_html_raw(html, ": ");
        put_words(html, effect);
    }
}

static void put_action(const toc_story_moment *moment, toc_html *html) {
    put_words(html, moment->first.verb);
    if (moment->count == 1) {
        put_given(html, after_colon(moment->first.text));
    }
}

/* Whether an inject was delivered to anybody: told right behind it in the record. */
static bool reached_somebody(const toc_measures *measures, uint64_t number) {
    const toc_record *record = toc_measure_record(measures);
    if (number >= toc_record_trace_count(record)) {
        return false;
    }
    toc_trace_entry entry = toc_record_trace_at(record, number);
    toc_trace_entry next = toc_record_trace_at(record, number + 1);
    return next.kind == TOC_TRACE_DELIVERED && strcmp(entry.subject, next.subject) == 0;
}

static void put_told(const toc_measures *measures, const toc_story_moment *moment, uint64_t number,
                     toc_html *html) {
    bool is_seen = moment->first.kind == TOC_TRACE_MESSAGE || reached_somebody(measures, number);
    put_words(html, is_seen ? moment->first.verb : "told to no seat");
    if (moment->first.kind == TOC_TRACE_MESSAGE) {
        toc_html_raw(html, " to ");
        toc_html_text(html, moment->first.subject);
    }
    toc_html_raw(html, ":");
    put_quote(html, moment->first.text);
}

/* Who was reached by an inject: told right behind it in the record. */
static void put_receivers(const toc_measures *measures, const toc_story_moment *moment,
                          uint64_t number, toc_html *html) {
    enum { MOST_RECEIVERS = 12 };
    const toc_record *record = toc_measure_record(measures);
    uint64_t count = toc_record_trace_count(record), reached = 0;
    for (uint64_t next = number + 1; next <= count; next++) {
        toc_trace_entry entry = toc_record_trace_at(record, next);
        bool reaches = entry.kind == TOC_TRACE_DELIVERED && entry.time == moment->first.time;
        if (!reaches || strcmp(entry.subject, moment->first.subject) != 0) {
            break;
        }
        if (reached++ < MOST_RECEIVERS) {
            toc_html_raw(html, reached == 1 ? "<span class=\"sub\">to " : ", ");
            toc_html_text(html, entry.actor);
        }
    }
    if (reached > MOST_RECEIVERS) {
        toc_html_print(html, " and %" PRIu64 " more", reached - MOST_RECEIVERS);
    }
    toc_html_raw(html, reached > 0 ? "</span>" : "");
}

static void put_service(const toc_measures *measures, const toc_story_moment *moment,
                        uint64_t number, toc_html *html) {
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        const toc_measure_service *service = toc_measure_service_at(measures, i);
        if (strcmp(service->id, moment->first.subject) != 0 ||
            strcmp(service->operator_id, moment->first.actor) != 0) {
            continue;
        }
        double lowest = (double)service->min_level_ppm / 1e4;
        bool at_once = service->first_loss.entry == number;
        toc_html_text(html, service->id);
        if (service->restored.entry == number) {
            toc_html_raw(html, ": all that is asked for is supplied again");
        } else if (service->min_level.entry == number) {
            toc_html_print(html, ": supply %s %.1f&nbsp;%% of demand",
                           at_once ? "falls to" : "is at its lowest,", lowest);
        } else {
            toc_html_raw(html, ": supply begins to fall short");
        }
    }
}

/* What the objective or duty is, in the scenario's words. */
static const char *text_of(const toc_measures *measures, const toc_story_moment *moment) {
    for (size_t i = 0; i < toc_measure_objectives(measures); i++) {
        const toc_measure_objective *objective = toc_measure_objective_at(measures, i);
        if (moment->kind == TOC_STORY_OBJECTIVE &&
            strcmp(objective->id, moment->first.subject) == 0) {
            return objective->text;
        }
    }
    for (size_t i = 0; i < toc_measure_duties(measures); i++) {
        const toc_measure_duty *duty = toc_measure_duty_at(measures, i);
        if (moment->kind == TOC_STORY_DUTY && strcmp(duty->id, moment->first.subject) == 0) {
            return duty->text;
        }
    }
    return "";
}

static void put_verdict(const toc_measures *measures, const toc_story_moment *moment,
                        toc_html *html) {
    bool is_duty = moment->kind == TOC_STORY_DUTY;
    toc_html_raw(html, is_duty ? "duty " : "objective ");
    toc_html_text(html, moment->first.subject);
    if (is_duty && strcmp(moment->first.verb, "started") == 0) {
        toc_html_raw(html, ": clock started, due ");
        toc_html_time(html, moment->first.before);
        return;
    }
    toc_html_raw(html, " ");
    toc_html_text(html, moment->first.verb);
    if (!is_duty && moment->first.text[0] != '\0') {
        toc_html_raw(html, ": ");
        toc_html_text(html, moment->first.text);
    }
    toc_html_raw(html, "<span class=\"sub\">");
    toc_html_text(html, text_of(measures, moment));
    toc_html_raw(html, "</span>");
}

static void put_sentence(const toc_measures *measures, const toc_story *story,
                         const toc_story_moment *moment, toc_html *html) {
    uint64_t number = toc_story_part_at(story, moment->first_part)->entry;
    switch (moment->kind) {
    case TOC_STORY_DRILL:
        toc_html_raw(html, "the drill ");
        toc_html_text(html, moment->first.verb);
        break;
    case TOC_STORY_ATTACK:
        put_attack(story, moment, html);
        break;
    case TOC_STORY_TOLD:
        put_told(measures, moment, number, html);
        if (moment->first.kind == TOC_TRACE_INJECT) {
            put_receivers(measures, moment, number, html);
        }
        break;
    case TOC_STORY_ACTION:
        put_action(moment, html);
        break;
    case TOC_STORY_WORK:
        put_words(html, moment->first.verb);
        toc_html_raw(html, " ");
        toc_html_text(html, moment->first.text);
        break;
    case TOC_STORY_SERVICE:
        put_service(measures, moment, number, html);
        break;
    case TOC_STORY_NOTICED:
        toc_html_raw(html, "first alarm: ");
        toc_html_text(html, moment->first.verb);
        toc_html_raw(html, ", seen by ");
        toc_html_text(html, moment->first.text);
        break;
    case TOC_STORY_OBJECTIVE:
    case TOC_STORY_DUTY:
        put_verdict(measures, moment, html);
        break;
    }
}

/* -- Rows ---------------------------------------------------------------------------------------
 */

static void put_glyph(const toc_story_moment *moment, toc_html *html) {
    static const char *const glyphs[] = {
        [TOC_STORY_DRILL] = "<span class=\"g\">&middot;</span>",
        [TOC_STORY_ATTACK] = "<span class=\"g a\">&#9670;</span>",
        [TOC_STORY_TOLD] = "<span class=\"g\">&#9661;</span>",
        [TOC_STORY_ACTION] = "<span class=\"g\">&#9654;</span>",
        [TOC_STORY_WORK] = "<span class=\"g\">&#9881;</span>",
        [TOC_STORY_SERVICE] = "<span class=\"g b\">&#8767;</span>",
        [TOC_STORY_NOTICED] = "<span class=\"g\">&#9650;</span>",
        [TOC_STORY_OBJECTIVE] = "<span class=\"g\">&#9678;</span>",
        [TOC_STORY_DUTY] = "<span class=\"g\">&#167;</span>",
    };
    bool missed = strcmp(moment->first.verb, "missed") == 0;
    toc_html_raw(html, missed ? "<span class=\"g b\">&#9632;</span>" : glyphs[moment->kind]);
}

/* Subjects matter where things are done to them. */
static bool names_subjects(const toc_story_moment *moment) {
    return moment->first.subject[0] != '\0' &&
           (moment->kind == TOC_STORY_ATTACK || moment->kind == TOC_STORY_ACTION ||
            moment->kind == TOC_STORY_WORK || moment->kind == TOC_STORY_NOTICED);
}

static void put_outcome(const toc_story_moment *moment, toc_html *html) {
    if (moment->kind != TOC_STORY_ACTION) {
        return;
    }
    size_t open = moment->count - moment->done - moment->failed;
    toc_html_raw(html, "<span class=\"sub\">");
    if (moment->count == 1) {
        toc_html_raw(html, moment->done > 0     ? "done"
                           : moment->failed > 0 ? "not carried out"
                                                : "still under way at the end");
    } else {
        toc_html_print(html, "%zu done", moment->done);
        if (moment->failed > 0) {
            toc_html_print(html, ", %zu not carried out", moment->failed);
        }
        if (open > 0) {
            toc_html_print(html, ", %zu still under way at the end", open);
        }
    }
    toc_html_raw(html, "</span>");
}

static void put_part(const toc_measures *measures, const toc_story_moment *moment,
                     const toc_story_part *part, toc_html *html) {
    const toc_record *record = toc_measure_record(measures);
    toc_trace_entry entry = toc_record_trace_at(record, part->entry);
    toc_html_raw(html, "<tr>");
    toc_html_time_cell(html, entry.time, 0);
    toc_html_cell(html, entry.subject);
    toc_html_raw(html, "<td>");
    if (moment->kind == TOC_STORY_ACTION) {
        put_given(html, after_colon(entry.text));
        if (part->ended != 0) {
            toc_trace_entry ended = toc_record_trace_at(record, part->ended);
            toc_html_raw(html, " ");
            toc_html_time(html, ended.time);
            toc_html_raw(html, " ");
            toc_html_text(html, ended.text);
        }
    }
    toc_html_raw(html, "</td><td class=\"n\">");
    toc_html_cite(html, part->entry);
    toc_html_cite(html, part->ended);
    toc_html_raw(html, "</td></tr>");
}

static void put_parts(const toc_measures *measures, const toc_story *story,
                      const toc_story_moment *moment, toc_html *html) {
    toc_html_raw(html, "<details class=\"screen\"><summary>each of them</summary><table>");
    size_t part = moment->first_part;
    for (int shown = 0; part != 0 && shown < MOST_PARTS; shown++) {
        put_part(measures, moment, toc_story_part_at(story, part), html);
        part = toc_story_part_at(story, part)->next;
    }
    toc_html_raw(html, "</table>");
    if (moment->count > MOST_PARTS) {
        toc_html_print(html, "<p class=\"note\">and %zu more in the record</p>",
                       moment->count - MOST_PARTS);
    }
    toc_html_raw(html, "</details>");
}

static void put_subjects(const toc_measures *measures, const toc_story *story,
                         const toc_story_moment *moment, toc_html *html) {
    size_t part = moment->first_part;
    toc_html_raw(html, " &middot; ");
    for (size_t named = 0; part != 0 && named < MOST_NAMED; named++) {
        const toc_story_part *at = toc_story_part_at(story, part);
        toc_html_raw(html, named > 0 ? ", " : "");
        toc_html_text(html, toc_record_trace_at(toc_measure_record(measures), at->entry).subject);
        part = at->next;
    }
    if (moment->count > MOST_NAMED) {
        toc_html_print(html, " and %zu more", moment->count - MOST_NAMED);
    }
}

static void put_when(const toc_story_moment *moment, toc_html *html) {
    toc_html_raw(html, "<td class=\"w\">");
    toc_html_time(html, moment->first.time);
    if (moment->last_at > moment->first.time) {
        toc_html_raw(html, "<span class=\"sub\">to ");
        toc_html_time(html, moment->last_at);
        toc_html_raw(html, "</span>");
    }
    toc_html_raw(html, "</td>");
}

static void put_what(const toc_measures *measures, const toc_story *story,
                     const toc_story_moment *moment, toc_html *html) {
    put_sentence(measures, story, moment, html);
    if (moment->count > 1) {
        toc_html_print(html, ", %zu times", moment->count);
    }
    if (names_subjects(moment)) {
        put_subjects(measures, story, moment, html);
    }
    put_outcome(moment, html);
    if (moment->count > 1) {
        put_parts(measures, story, moment, html);
    }
}

/* What befalls the teams, as against what they do about it. */
static bool befalls(const toc_story_moment *moment) {
    return moment->kind == TOC_STORY_ATTACK || moment->kind == TOC_STORY_TOLD ||
           moment->kind == TOC_STORY_SERVICE || moment->kind == TOC_STORY_DRILL;
}

static void put_moment(const toc_measures *measures, const toc_story *story,
                       const toc_story_moment *moment, toc_html *html) {
    const toc_story_part *first = toc_story_part_at(story, moment->first_part);
    toc_html_raw(html, "<tr>");
    put_when(moment, html);
    if (is_shown(measures)) {
        toc_html_raw(html, befalls(moment) ? "<td>" : "<td></td><td>");
        put_glyph(moment, html);
        toc_html_raw(html, "<b>");
        toc_html_text(html, moment->first.actor);
        toc_html_raw(html, "</b> ");
        put_what(measures, story, moment, html);
        toc_html_raw(html, befalls(moment) ? "</td><td></td>" : "</td>");
    } else {
        toc_html_raw(html, "<td>");
        put_glyph(moment, html);
        toc_html_raw(html, "</td><td>");
        toc_html_text(html, moment->first.actor);
        toc_html_raw(html, "</td><td>");
        put_what(measures, story, moment, html);
        toc_html_raw(html, "</td>");
    }
    toc_html_raw(html, "<td class=\"n\">");
    toc_html_cite(html, first->entry);
    if (moment->count == 1) {
        toc_html_cite(html, first->ended);
    }
    toc_html_raw(html, "</td></tr>");
}

static void put_heads(const toc_measures *measures, toc_html *html) {
    toc_html_print(html, "<h2 id=\"r%utimeline\">%s</h2>", html->record,
                   is_shown(measures) ? "Both sides" : "What happened when");
    toc_html_raw(html,
                 "<p class=\"note\">Like events that follow each other closely share a line.");
    toc_html_raw(html, is_shown(measures)
                           ? " On the left what befalls the teams, on the right what they do about "
                             "it, as the script of the demonstration has it.</p><div "
                             "class=\"panel\"><table class=\"sides\"><tr><th>Time<th>What "
                             "happens<th>What is done<th class=\"n\">Evidence</tr>"
                           : "</p><div class=\"panel\"><table><tr><th>Time<th><th>Who<th>What<th "
                             "class=\"n\">Evidence</tr>");
}

static void put_hour(toc_time time, toc_html *html) {
    char text[TOC_MOMENT_SIZE];
    toc_html_print(html, "<tr class=\"hour\"><td colspan=\"5\">from %s</td></tr>",
                   toc_moment_short(html->starts, time, text));
}

void toc_timeline_write(const toc_measures *measures, toc_html *html) {
    toc_story *story = toc_story_create(measures, MOST_MOMENTS);
    /* hours are those of the clock on the wall */
    toc_time offset = toc_moment_of_day(html->starts) % TOC_HOUR, hour = -1;
    size_t count = toc_story_count(story);
    put_heads(measures, html);
    for (size_t i = 0; i < count && i < MOST_LINES; i++) {
        const toc_story_moment *moment = toc_story_at(story, i);
        toc_time this_hour = (moment->first.time + offset) / TOC_HOUR;
        if (this_hour != hour) {
            toc_time begins = this_hour * TOC_HOUR - offset;
            put_hour(begins > 0 ? begins : 0, html);
            hour = this_hour;
        }
        put_moment(measures, story, moment, html);
    }
    toc_html_raw(html, "</table></div>");
    if (count > MOST_LINES) {
        toc_html_print(html, "<p class=\"note\">%zu later moments are left out here.</p>",
                       count - MOST_LINES);
    }
    toc_story_destroy(story);
}
