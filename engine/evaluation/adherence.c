#include "evaluation/adherence.h"

#include <stdlib.h>
#include <string.h>

#include "evaluation/moment.h"
#include "evaluation/shelf.h"

/* A plan or a step of one, from the fact that told it, and what came of it. */
struct part {
    const char *subject, *text, *role, *by; /* of a plan: operator, title, version */
    bool is_plan, optional, late, unordered;
    toc_time due, done_at; /* of a plan: since when it is in force; TOC_NEVER */
    uint64_t entry, told;  /* that it was done, overdue or skipped; 0. That it is there. */
};

struct parts {
    struct part *items;
    size_t count;
};

static void add_part(struct parts *parts, const toc_trace_entry *fact, uint64_t number) {
    bool is_plan = strcmp(fact->verb, "plan") == 0;
    bool optional = strcmp(fact->verb, "plan-option") == 0;
    if (!is_plan && !optional && strcmp(fact->verb, "plan-step") != 0) {
        return;
    }
    parts->items = toc_shelf_grow(parts->items, parts->count, sizeof *parts->items);
    parts->items[parts->count++] = (struct part){.subject = fact->subject,
                                                 .text = fact->text,
                                                 .role = fact->actor,
                                                 .by = "",
                                                 .is_plan = is_plan,
                                                 .optional = optional,
                                                 .due = TOC_NEVER,
                                                 .done_at = TOC_NEVER,
                                                 .told = number};
}

static void note(struct parts *parts, const toc_trace_entry *entry, uint64_t number) {
    for (size_t i = 0; i < parts->count; i++) {
        struct part *part = &parts->items[i];
        if (strcmp(part->subject, entry->subject) != 0) {
            continue;
        }
        part->due = entry->before != 0 ? entry->before : part->due;
        part->unordered = part->unordered || strcmp(entry->verb, "out-of-order") == 0;
        bool is_done = strcmp(entry->verb, "done") == 0 || strcmp(entry->verb, "in-force") == 0;
        bool is_late = strcmp(entry->verb, "late") == 0;
        if ((is_done || is_late) && part->done_at == TOC_NEVER) {
            part->done_at = entry->time;
            part->by = entry->actor;
            part->late = is_late;
        } else if (strcmp(entry->verb, "overdue") != 0 && strcmp(entry->verb, "skipped") != 0) {
            return;
        }
        part->entry = number;
        return;
    }
}

static struct parts collect(const toc_measures *measures) {
    const toc_record *record = toc_measure_record(measures);
    struct parts parts = {NULL, 0};
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (entry.kind == TOC_TRACE_FACT) {
            add_part(&parts, &entry, number);
        } else if (entry.kind == TOC_TRACE_PLAN) {
            note(&parts, &entry, number);
        }
    }
    return parts;
}

static void put_step(toc_html *html, const struct part *step, const struct part *plan) {
    const char *result = step->done_at == TOC_NEVER && step->optional ? "not needed, or not done"
                         : step->done_at == TOC_NEVER                 ? "never"
                         : step->late                                 ? "late"
                                                                      : "done";
    toc_html_raw(html, "<tr>");
    toc_html_cell(html, step->text);
    toc_html_cell(html, step->role);
    toc_html_raw(html, "<td>");
    toc_html_raw(html, result);
    if (step->unordered) {
        toc_html_raw(html, "<span class=\"sub\">before its turn</span>");
    }
    if (step->done_at != TOC_NEVER && step->done_at < plan->done_at) {
        toc_html_raw(html, "<span class=\"sub\">before the plan was in force</span>");
    }
    toc_html_raw(html, "</td>");
    toc_html_time_cell(html, step->due, 0);
    toc_html_time_cell(html, step->done_at, step->entry != 0 ? step->entry : step->told);
    toc_html_cell(html, step->by[0] != '\0' ? step->by : "–");
    toc_html_raw(html, "</tr>");
}

/* The plan at `first` with the steps behind it; how many parts that were. */
static size_t put_plan(toc_html *html, const struct parts *parts, size_t first) {
    const struct part *plan = &parts->items[first];
    size_t next = first + 1, required = 0, in_time = 0;
    for (; next < parts->count && !parts->items[next].is_plan; next++) {
        const struct part *step = &parts->items[next];
        required += step->optional ? 0 : 1;
        in_time += !step->optional && step->done_at != TOC_NEVER && !step->late ? 1 : 0;
    }
    toc_html_raw(html, "<h3>");
    toc_html_text(html, plan->subject);
    toc_html_raw(html, ": ");
    toc_html_text(html, plan->text);
    toc_html_print(html, "</h3><p>%zu of %zu required steps done in time; ", in_time, required);
    if (plan->done_at == TOC_NEVER) {
        toc_html_raw(html, "the plan was never set in force");
    } else {
        toc_html_raw(html, "in force since ");
        toc_html_time(html, plan->done_at);
        toc_html_raw(html, ", set by ");
        toc_html_text(html, plan->by);
        toc_html_raw(html, " ");
        toc_html_cite(html, plan->entry);
    }
    toc_html_raw(html, ".</p><div class=\"panel\"><table><tr><th>Step<th>Role<th>Result"
                       "<th class=\"n\">Due<th class=\"n\">Done<th>By</tr>");
    for (size_t i = first + 1; i < next; i++) {
        put_step(html, &parts->items[i], plan);
    }
    toc_html_raw(html, "</table></div>");
    return next - first;
}

static void put_forbidden(const toc_measures *measures, toc_html *html) {
    const toc_record *record = toc_measure_record(measures);
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (entry.kind == TOC_TRACE_PLAN && strcmp(entry.verb, "forbidden") == 0) {
            toc_html_raw(html, "<p>Done, though the plan forbids it: ");
            toc_html_text(html, entry.text);
            toc_html_raw(html, " &ndash; by ");
            toc_html_text(html, entry.actor);
            toc_html_raw(html, ", ");
            toc_html_time(html, entry.time);
            toc_html_raw(html, " ");
            toc_html_cite(html, number);
            toc_html_raw(html, "</p>");
        }
    }
}

void toc_adherence_write(const toc_measures *measures, toc_html *html) {
    struct parts parts = collect(measures);
    if (parts.count > 0) {
        toc_html_print(html, "<h2 id=\"r%uplans\">Emergency plans</h2>", html->record);
        toc_html_raw(html, "<p>What each operator had agreed on, and what was done of it. A step "
                           "counts as done by the first action that fits it. Whether a condition "
                           "in words held is for evaluators to say.</p>");
        for (size_t i = 0; i < parts.count;) {
            i += put_plan(html, &parts, i);
        }
        put_forbidden(measures, html);
    }
    free(parts.items);
}
