#include "evaluation/verdict.h"

#include <string.h>

#include "evaluation/shelf.h"

static toc_measure_objective *objective_of(const toc_measures *measures, const char *id) {
    for (size_t i = 0; i < measures->objective_count; i++) {
        if (strcmp(measures->objectives[i].id, id) == 0) {
            return &measures->objectives[i];
        }
    }
    return NULL;
}

static toc_measure_duty *duty_of(const toc_measures *measures, const char *id) {
    for (size_t i = 0; i < measures->duty_count; i++) {
        if (strcmp(measures->duties[i].id, id) == 0) {
            return &measures->duties[i];
        }
    }
    return NULL;
}

static void add_objective(toc_measures *measures, const toc_measure_entry *at) {
    size_t count = measures->objective_count++;
    measures->objectives =
        toc_shelf_grow(measures->objectives, count, sizeof *measures->objectives);
    measures->objectives[count] = (toc_measure_objective){.id = at->entry.subject,
                                                          .text = at->entry.text,
                                                          .team = at->entry.actor,
                                                          .by = "",
                                                          .within = at->entry.before,
                                                          .due = TOC_NEVER,
                                                          .started = TOC_MEASURE_NONE,
                                                          .met = TOC_MEASURE_NONE,
                                                          .missed = TOC_MEASURE_NONE,
                                                          .declared = at->number};
}

static void add_map(toc_measures *measures, const toc_trace_entry *entry) {
    toc_measure_objective *objective = objective_of(measures, entry->subject);
    if (objective != NULL) {
        objective->maps =
            toc_shelf_grow(objective->maps, objective->map_count, sizeof *objective->maps);
        objective->maps[objective->map_count++] = (toc_measure_map){entry->actor, entry->text};
    }
}

static void add_duty(toc_measures *measures, const toc_measure_entry *at) {
    size_t count = measures->duty_count++;
    measures->duties = toc_shelf_grow(measures->duties, count, sizeof *measures->duties);
    measures->duties[count] = (toc_measure_duty){.id = at->entry.subject,
                                                 .text = at->entry.text,
                                                 .operator_id = at->entry.actor,
                                                 .recipient = "",
                                                 .source = "",
                                                 .content = "",
                                                 .within = at->entry.before,
                                                 .due = TOC_NEVER,
                                                 .started = TOC_MEASURE_NONE,
                                                 .done = TOC_MEASURE_NONE,
                                                 .missed = TOC_MEASURE_NONE,
                                                 .declared = at->number};
}

void toc_verdict_read_fact(toc_measures *measures, const toc_measure_entry *at) {
    const char *verb = at->entry.verb;
    if (strcmp(verb, "objective") == 0) {
        add_objective(measures, at);
    } else if (strcmp(verb, "maps") == 0) {
        add_map(measures, &at->entry);
    } else if (strcmp(verb, "duty") == 0) {
        add_duty(measures, at);
    } else if (strcmp(verb, "source") == 0) {
        toc_measure_duty *duty = duty_of(measures, at->entry.subject);
        if (duty != NULL) {
            duty->source = at->entry.text;
        }
    }
}

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

/* The entry of the same instant that made a criterion hold, as `by` tells it; 0 where it was more
   than one thing, or a function of the scenario. */
static uint64_t find_cause(const toc_measures *measures, const toc_measure_entry *at,
                           const char *by) {
    enum { FAR = 400 };
    for (uint64_t number = at->number - 1; number > 0 && at->number - number < FAR; number--) {
        toc_trace_entry entry = toc_record_trace_at(measures->record, number);
        if (entry.time != at->entry.time) {
            return 0;
        }
        bool is_deed = entry.kind == TOC_TRACE_ACTION && begins(entry.text, "done");
        bool is_change = entry.kind == TOC_TRACE_SERVICE && strstr(by, entry.subject) != NULL;
        bool is_milestone = entry.kind == TOC_TRACE_MARK && strstr(by, entry.subject) != NULL;
        if (is_milestone ||
            ((is_deed || is_change) && entry.actor[0] != '\0' && strstr(by, entry.actor) != NULL)) {
            return number;
        }
    }
    return 0;
}

/* The report that fulfilled a duty: the owing team's action of the same instant. */
static uint64_t find_report(const toc_measures *measures, const toc_measure_entry *at) {
    enum { FAR = 100 };
    size_t team = strlen(at->entry.actor);
    for (uint64_t number = at->number - 1; number > 0 && at->number - number < FAR; number--) {
        toc_trace_entry entry = toc_record_trace_at(measures->record, number);
        if (entry.time != at->entry.time) {
            return 0;
        }
        if (entry.kind == TOC_TRACE_ACTION && begins(entry.verb, "report") &&
            begins(entry.actor, at->entry.actor) && entry.actor[team] == '.') {
            return number;
        }
    }
    return 0;
}

static void read_objective(toc_measures *measures, const toc_measure_entry *at) {
    toc_measure_objective *objective = objective_of(measures, at->entry.subject);
    if (objective == NULL) {
        return;
    }
    const char *verb = at->entry.verb;
    toc_measure_event now = {at->entry.time, at->number};
    if (strcmp(verb, "started") == 0) {
        objective->started = now;
        objective->due = at->entry.before;
        objective->outcome = TOC_OUTCOME_OPEN;
    } else if (strcmp(verb, "missed") == 0) {
        objective->missed = now;
        objective->outcome = TOC_OUTCOME_MISSED;
        objective->by = at->entry.text;
    } else if (strcmp(verb, "met") == 0 || strcmp(verb, "late") == 0) {
        objective->met = now;
        objective->outcome = verb[0] == 'm' ? TOC_OUTCOME_MET : TOC_OUTCOME_LATE;
        objective->by = at->entry.text;
        objective->because = find_cause(measures, at, at->entry.text);
    }
}

static void read_duty(toc_measures *measures, const toc_measure_entry *at) {
    toc_measure_duty *duty = duty_of(measures, at->entry.subject);
    if (duty == NULL) {
        return;
    }
    const char *verb = at->entry.verb;
    toc_measure_event now = {at->entry.time, at->number};
    if (strcmp(verb, "content") == 0) {
        duty->content = at->entry.text;
        duty->told = at->entry.before;
        duty->asked = at->entry.after;
        duty->told_at = at->number;
        return;
    }
    duty->recipient = at->entry.text;
    if (strcmp(verb, "started") == 0) {
        duty->started = now;
        duty->due = at->entry.before;
        duty->outcome = TOC_OUTCOME_OPEN;
    } else if (strcmp(verb, "missed") == 0) {
        duty->missed = now;
        duty->outcome = TOC_OUTCOME_MISSED;
    } else if (strcmp(verb, "done") == 0) {
        duty->done = now;
        duty->outcome = at->entry.time <= duty->due ? TOC_OUTCOME_MET : TOC_OUTCOME_LATE;
        duty->because = find_report(measures, at);
    }
}

void toc_verdict_read(toc_measures *measures, const toc_measure_entry *at) {
    if (at->entry.kind == TOC_TRACE_OBJECTIVE) {
        read_objective(measures, at);
    } else {
        read_duty(measures, at);
    }
}

void toc_verdict_close(toc_measures *measures) {
    /* a duty whose time ran out with the record was not done */
    for (size_t i = 0; i < measures->duty_count; i++) {
        toc_measure_duty *duty = &measures->duties[i];
        if (duty->outcome == TOC_OUTCOME_OPEN && duty->due < measures->end) {
            duty->outcome = TOC_OUTCOME_MISSED;
        }
    }
}
