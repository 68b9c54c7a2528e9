#include "evaluation/choices.h"

#include <stdlib.h>
#include <string.h>

#include "evaluation/moment.h"
#include "evaluation/shelf.h"

/* One decision, from the entries that tell of it. */
struct choice {
    const char *id, *question, *options; /* options: one a line */
    const char *chosen, *by;             /* "" while nothing is; by "": the default */
    toc_time put, due, made;
    uint64_t told_entry, put_entry, made_entry; /* 0 where there is none */
};

struct choices {
    struct choice *items;
    size_t count;
};

static struct choice *choice_of(const struct choices *choices, const char *id) {
    for (size_t i = 0; i < choices->count; i++) {
        if (strcmp(choices->items[i].id, id) == 0) {
            return &choices->items[i];
        }
    }
    return NULL;
}

static void add(struct choices *choices, const toc_trace_entry *entry, uint64_t number) {
    choices->items = toc_shelf_grow(choices->items, choices->count, sizeof *choices->items);
    choices->items[choices->count++] = (struct choice){.id = entry->subject,
                                                       .question = entry->text,
                                                       .options = entry->actor,
                                                       .chosen = "",
                                                       .by = "",
                                                       .put = TOC_NEVER,
                                                       .due = TOC_NEVER,
                                                       .made = TOC_NEVER,
                                                       .told_entry = number};
}

static void note(struct choice *choice, const toc_trace_entry *entry, uint64_t number) {
    if (strcmp(entry->verb, "open") == 0) {
        choice->put = entry->time;
        choice->due = entry->before;
        choice->put_entry = number;
    } else if (strcmp(entry->verb, "chosen") == 0 || strcmp(entry->verb, "default") == 0) {
        choice->chosen = entry->text;
        choice->by = entry->actor;
        choice->made = entry->time;
        choice->made_entry = number;
    }
}

static struct choices collect(const toc_record *record) {
    struct choices choices = {NULL, 0};
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (entry.kind == TOC_TRACE_FACT && strcmp(entry.verb, "decision") == 0) {
            add(&choices, &entry, number);
        } else if (entry.kind == TOC_TRACE_DECISION) {
            struct choice *choice = choice_of(&choices, entry.subject);
            if (choice != NULL) {
                note(choice, &entry, number);
            }
        }
    }
    return choices;
}

/* One a line, what was chosen in bold. */
static void put_options(toc_html *html, const struct choice *choice) {
    toc_html_raw(html, "<td>");
    for (const char *at = choice->options; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        char *option = toc_shelf_zeroed(length + 1, 1);
        memcpy(option, at, length);
        bool is_chosen = strcmp(option, choice->chosen) == 0;
        toc_html_raw(html,
                     is_chosen ? "<div class=\"option\"><b>&#10003; " : "<div class=\"option\">");
        toc_html_text(html, option);
        toc_html_raw(html, is_chosen ? "</b></div>" : "</div>");
        at += length + (at[length] == '\n' ? 1 : 0);
        free(option);
    }
    toc_html_raw(html, "</td>");
}

static void put_who(toc_html *html, const struct choice *choice) {
    if (choice->put == TOC_NEVER) {
        toc_html_cell(html, "was not put");
    } else if (choice->made == TOC_NEVER) {
        toc_html_cell(html, "nobody");
    } else {
        toc_html_cell(html, choice->by[0] != '\0' ? choice->by : "nobody: the default");
    }
}

static void put_choice(toc_html *html, const struct choice *choice) {
    char text[TOC_MOMENT_SIZE];
    bool is_made = choice->put != TOC_NEVER && choice->made != TOC_NEVER;
    toc_html_raw(html, "<tr><td>");
    toc_html_text(html, choice->id);
    toc_html_raw(html, " ");
    toc_html_cite(html, choice->told_entry);
    toc_html_raw(html, "<br><small>");
    toc_html_text(html, choice->question);
    toc_html_raw(html, "</small></td>");
    put_options(html, choice);
    put_who(html, choice);
    toc_html_time_cell(html, choice->put, choice->put_entry);
    toc_html_time_cell(html, choice->made, choice->made_entry);
    toc_html_cell(html, is_made ? toc_moment_span(choice->made - choice->put, text) : "–");
    toc_html_cell(html, is_made && choice->due != TOC_NEVER
                            ? toc_moment_span(choice->due - choice->put, text)
                            : "–");
    toc_html_raw(html, "</tr>");
}

void toc_choices_write(const toc_measures *measures, toc_html *html) {
    struct choices choices = collect(toc_measure_record(measures));
    toc_html_print(html, "<h2 id=\"r%udecisions\">Decisions</h2>", html->record);
    if (choices.count == 0) {
        toc_html_raw(html, "<p>No decision was asked of anybody.</p>");
        return;
    }
    toc_html_raw(html,
                 "<p>What was put to seats to decide. Where nobody chose in time, the default "
                 "was taken; what would have come of another choice, only other runs can "
                 "say.</p><div class=\"panel\"><table><tr><th>Decision<th>Options<th>Made by"
                 "<th class=\"n\">Put<th class=\"n\">Made<th>Took<th>Allowed</tr>");
    for (size_t i = 0; i < choices.count; i++) {
        put_choice(html, &choices.items[i]);
    }
    toc_html_raw(html, "</table></div>");
    free(choices.items);
}
