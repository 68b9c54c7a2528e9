#include "papers/guide.h"

#include <glib.h>
#include <string.h>

#include "papers/span.h"
#include "tocsin/wording.h"

static const char *worded(const toc_leaf *leaf, const toc_drill *drill, const char *text) {
    return toc_wording_in(drill, toc_leaf_head_of(leaf).language, text);
}

char *toc_guide_limit(const toc_leaf *leaf, toc_time within, toc_phrase_id none) {
    char span[TOC_SPAN_SIZE];
    return g_strdup(within == TOC_NEVER
                        ? toc_leaf_say(leaf, none)
                        : toc_span_print(toc_leaf_head_of(leaf).language, within, span));
}

/* -- Evidence -----------------------------------------------------------------------------------
 */

/* "action done: isolate, on vpn-1, by gridco". */
static void add_evidence(GString *list, const toc_leaf *leaf, const toc_plan_evidence *evidence) {
    toc_phrase_id name = TOC_PHRASE_IS_FUNCTION + (toc_phrase_id)evidence->kind;
    bool is_level = evidence->kind == TOC_PLAN_SERVICE || evidence->kind == TOC_PLAN_RESTORED;
    g_string_append(list, list->len == 0 ? "" : "\n");
    for (unsigned i = 0; i < evidence->depth; i++) {
        g_string_append(list, "– ");
    }
    g_string_append(list, toc_leaf_say(leaf, name));
    if (evidence->what != NULL) {
        g_string_append_printf(list, " %s", evidence->what);
    }
    if (evidence->kind == TOC_PLAN_FUNCTION && evidence->place.line > 0) {
        char *file = g_path_get_basename(evidence->place.file);
        g_string_append_printf(list, " (%s:%u)", file, evidence->place.line);
        g_free(file);
    }
    if (is_level) {
        g_string_append_printf(
            list, " %s %g %%",
            toc_leaf_say(leaf, evidence->below ? TOC_PHRASE_BELOW : TOC_PHRASE_AT_LEAST),
            (double)evidence->level_ppm / 10000);
    }
    if (evidence->target != NULL) {
        g_string_append_printf(list, ", %s %s", toc_leaf_say(leaf, TOC_PHRASE_ON_TARGET),
                               evidence->target);
    }
    if (evidence->team != NULL) {
        bool is_of = is_level || evidence->kind == TOC_PLAN_SEVERITY;
        g_string_append_printf(
            list, ", %s %s",
            toc_leaf_say(leaf, is_of ? TOC_PHRASE_OF_OPERATOR : TOC_PHRASE_BY_TEAM),
            evidence->team);
    }
}

/* What meets the part, and beside it where that is seen; each way of seeing once. */
static void tell_evidence(const toc_leaf *leaf, const toc_drill *drill, uint32_t index,
                          GString *met, GString *seen) {
    toc_plan_evidence evidence;
    for (uint32_t i = 0; toc_plan_evidence_at(drill, index, i, &evidence); i++) {
        add_evidence(met, leaf, &evidence);
        if (evidence.kind < TOC_PLAN_ALL) {
            toc_phrase_id id = TOC_PHRASE_SHOWS_FUNCTION + (toc_phrase_id)evidence.kind;
            const char *shows = toc_leaf_say(leaf, id);
            if (strstr(seen->str, shows) == NULL) {
                g_string_append_printf(seen, "%s%s", seen->len == 0 ? "" : "\n", shows);
            }
        }
    }
}

/* -- Objectives and duties ----------------------------------------------------------------------
 */

static void objective_row(toc_leaf *leaf, const toc_drill *drill, uint32_t index) {
    toc_plan_part part = toc_plan_at(drill, index);
    GString *met = g_string_new(""), *seen = g_string_new("");
    char *limit = toc_guide_limit(leaf, part.within, TOC_PHRASE_TO_THE_END);
    char *allowed = g_strdup_printf(
        "%s%s%s\n%s",
        toc_leaf_say(leaf, part.after == NULL ? TOC_PHRASE_FROM_START : TOC_PHRASE_FROM_MARK),
        part.after == NULL ? "" : " ", part.after == NULL ? "" : part.after, limit);
    tell_evidence(leaf, drill, index, met, seen);
    if (part.judged) {
        g_string_append(met, toc_leaf_say(leaf, TOC_PHRASE_JUDGED));
        g_string_append(seen, toc_leaf_say(leaf, TOC_PHRASE_SHOWS_NOTHING));
    }
    const char *how = toc_leaf_say(leaf, part.judged ? TOC_PHRASE_JUDGED : TOC_PHRASE_MEASURED);
    toc_leaf_row(leaf, (const char *const[]){part.id, worded(leaf, drill, part.text), allowed,
                                             met->str, seen->str, how, ""});
    (void)g_string_free(met, TRUE);
    (void)g_string_free(seen, TRUE);
    g_free(limit);
    g_free(allowed);
}

const char *toc_guide_clock(const toc_leaf *leaf, const char *name) {
    static const char *const names[] = {"triggered", "discovered", "aware", "determined",
                                        "handled"};
    toc_phrase_id id = TOC_PHRASE_CLOCK_TRIGGERED;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        id = strcmp(names[i], name) == 0 ? TOC_PHRASE_CLOCK_TRIGGERED + (toc_phrase_id)i : id;
    }
    return toc_leaf_say(leaf, id);
}

static void duty_row(toc_leaf *leaf, const toc_drill *drill, uint32_t index) {
    toc_plan_part part = toc_plan_at(drill, index);
    GString *clock = g_string_new(toc_guide_clock(leaf, part.clock));
    GString *met = g_string_new(""), *seen = g_string_new("");
    char *limit = toc_guide_limit(leaf, part.within, TOC_PHRASE_NO_LIMIT);
    tell_evidence(leaf, drill, index, met, seen);
    if (met->len > 0) {
        g_string_append_printf(clock, "\n%s %s", toc_leaf_say(leaf, TOC_PHRASE_CLOCK_WHOSE),
                               met->str);
    }
    toc_leaf_row(leaf, (const char *const[]){part.id, worded(leaf, drill, part.text), part.team,
                                             part.recipient, clock->str, limit,
                                             worded(leaf, drill, part.source), ""});
    (void)g_string_free(clock, TRUE);
    (void)g_string_free(met, TRUE);
    (void)g_string_free(seen, TRUE);
    g_free(limit);
}

static void sheet_row(toc_leaf *leaf, const toc_drill *drill, uint32_t index) {
    toc_plan_part part = toc_plan_at(drill, index);
    GString *expects = g_string_new("");
    for (uint32_t i = 0; i < part.expect_count; i++) {
        g_string_append_printf(expects, "%s%s", i == 0 ? "" : "; ", part.expects[i]);
    }
    toc_leaf_row(
        leaf, (const char *const[]){part.id, worded(leaf, drill, part.text), expects->str, "", ""});
    (void)g_string_free(expects, TRUE);
}

static void rows(toc_leaf *leaf, const toc_drill *drill, toc_plan_kind kind,
                 void (*row)(toc_leaf *leaf, const toc_drill *drill, uint32_t index)) {
    for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
        if (toc_plan_at(drill, i).kind == kind) {
            row(leaf, drill, i);
        }
    }
}

void toc_guide_write(toc_leaf *leaf, const toc_papers_request *request) {
    static const toc_phrase_id objectives[] = {
        TOC_PHRASE_NUMBER, TOC_PHRASE_OBJECTIVE, TOC_PHRASE_ALLOWED, TOC_PHRASE_MET_WHEN,
        TOC_PHRASE_COUNTS, TOC_PHRASE_HOW,       TOC_PHRASE_RATING};
    static const toc_phrase_id duties[] = {
        TOC_PHRASE_NUMBER, TOC_PHRASE_DUTY,    TOC_PHRASE_OWED_BY, TOC_PHRASE_OWED_TO,
        TOC_PHRASE_CLOCK,  TOC_PHRASE_ALLOWED, TOC_PHRASE_SOURCE,  TOC_PHRASE_ON_TIME};
    static const toc_phrase_id sheet[] = {TOC_PHRASE_NUMBER, TOC_PHRASE_MESSAGE, TOC_PHRASE_ACTION,
                                          TOC_PHRASE_SEEN, TOC_PHRASE_POINTS};
    toc_leaf_line(leaf, toc_leaf_say(leaf, TOC_PHRASE_GUIDE_NOTE));
    toc_leaf_heading(leaf, TOC_PHRASE_OBJECTIVES);
    toc_leaf_line(leaf, toc_leaf_say(leaf, TOC_PHRASE_SCALE_PSMU));
    toc_leaf_table(leaf, objectives, G_N_ELEMENTS(objectives));
    rows(leaf, request->drill, TOC_PLAN_OBJECTIVE, objective_row);
    toc_leaf_heading(leaf, TOC_PHRASE_DUTIES);
    toc_leaf_table(leaf, duties, G_N_ELEMENTS(duties));
    rows(leaf, request->drill, TOC_PLAN_DUTY, duty_row);
    toc_leaf_heading(leaf, TOC_PHRASE_SHEET);
    toc_leaf_line(leaf, toc_leaf_say(leaf, TOC_PHRASE_SCALE_135));
    toc_leaf_table(leaf, sheet, G_N_ELEMENTS(sheet));
    rows(leaf, request->drill, TOC_PLAN_INJECT, sheet_row);
}
