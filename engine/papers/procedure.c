#include "papers/procedure.h"

#include <stdio.h>
#include <string.h>

#include "papers/span.h"
#include "tocsin/wording.h"

enum { REMARKS = 512 };

/* What is more to be said of a step, one after the other. */
static void remark(char remarks[REMARKS], const char *what, const char *which) {
    size_t length = strlen(remarks);
    if (what[0] != '\0') {
        (void)snprintf(remarks + length, REMARKS - length, "%s%s%s%s", length > 0 ? "; " : "", what,
                       which[0] != '\0' ? " " : "", which);
    }
}

static const char *remarks_of(const toc_leaf *leaf, const toc_drill *drill,
                              const toc_plan_step *step, char remarks[REMARKS]) {
    remarks[0] = '\0';
    if (step->forbidden) {
        remark(remarks, toc_leaf_say(leaf, TOC_PHRASE_STEP_NEVER), "");
    }
    if (step->optional) {
        remark(remarks, toc_leaf_say(leaf, TOC_PHRASE_STEP_OPTIONAL), "");
    }
    if (step->level[0] != '\0') {
        remark(remarks, toc_leaf_say(leaf, TOC_PHRASE_PLAN_LEVEL), step->level);
    }
    remark(remarks, toc_wording_in(drill, toc_leaf_head_of(leaf).language, step->condition), "");
    return remarks;
}

static void put_step(toc_leaf *leaf, const toc_drill *drill, const toc_plan_step *step) {
    const char *language = toc_leaf_head_of(leaf).language;
    char span[TOC_SPAN_SIZE] = "", role[REMARKS], remarks[REMARKS];
    (void)snprintf(role, sizeof role, "%s%s%s%s", toc_wording_in(drill, language, step->role),
                   step->own ? " (" : "", step->own ? toc_leaf_say(leaf, TOC_PHRASE_STEP_OWN) : "",
                   step->own ? ")" : "");
    const char *cells[] = {step->id, role, toc_wording_in(drill, language, step->text),
                           step->within == TOC_NEVER ? ""
                                                     : toc_span_print(language, step->within, span),
                           remarks_of(leaf, drill, step, remarks)};
    toc_leaf_row(leaf, cells);
}

/* Levels, or contacts; nothing where there are none. */
static void put_notes(toc_leaf *leaf, const toc_drill *drill, uint32_t seat, bool contacts) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_NUMBER, TOC_PHRASE_MEANING, TOC_PHRASE_WHOM};
    const char *language = toc_leaf_head_of(leaf).language;
    toc_plan_note note;
    bool is_begun = false;
    for (uint32_t i = 0; toc_plan_note_at(drill, seat, i, &note); i++) {
        if (note.is_contact != contacts) {
            continue;
        }
        if (!is_begun) {
            toc_leaf_heading(leaf, contacts ? TOC_PHRASE_PLAN_CONTACTS : TOC_PHRASE_PLAN_LEVELS);
            toc_leaf_table(leaf, heads, 3);
            is_begun = true;
        }
        toc_leaf_row(leaf,
                     ((const char *const[]){note.id, toc_wording_in(drill, language, note.text),
                                            toc_wording_in(drill, language, note.at)}));
    }
}

void toc_procedure_write(toc_leaf *leaf, const toc_drill *drill, uint32_t seat) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_NUMBER, TOC_PHRASE_ROLE, TOC_PHRASE_STEP,
                                          TOC_PHRASE_STEP_LIMIT, TOC_PHRASE_REMARKS};
    const char *title = toc_plan_emergency(drill, seat);
    toc_plan_step step;
    if (title[0] == '\0') {
        return;
    }
    toc_leaf_heading(leaf, TOC_PHRASE_EMERGENCY_PLAN);
    toc_leaf_line(leaf, toc_wording_in(drill, toc_leaf_head_of(leaf).language, title));
    toc_leaf_table(leaf, heads, sizeof heads / sizeof heads[0]);
    for (uint32_t i = 0; toc_plan_step_at(drill, seat, i, &step); i++) {
        put_step(leaf, drill, &step);
    }
    put_notes(leaf, drill, seat, false);
    put_notes(leaf, drill, seat, true);
}
