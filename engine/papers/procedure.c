#include "papers/procedure.h"

#include <stdio.h>

#include "papers/span.h"
#include "tocsin/wording.h"

enum { REMARKS = 512 };

static const char *remarks_of(const toc_leaf *leaf, const toc_drill *drill,
                              const toc_plan_step *step, char remarks[REMARKS]) {
    const char *condition = toc_wording_in(drill, toc_leaf_head_of(leaf).language, step->condition);
    const char *kind = step->forbidden  ? toc_leaf_say(leaf, TOC_PHRASE_STEP_NEVER)
                       : step->optional ? toc_leaf_say(leaf, TOC_PHRASE_STEP_OPTIONAL)
                                        : "";
    (void)snprintf(remarks, REMARKS, "%s%s%s", kind,
                   kind[0] != '\0' && condition[0] != '\0' ? "; " : "", condition);
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
}
