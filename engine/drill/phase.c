#include "drill/phase.h"

#include "drill/cell.h"
#include "drill/fact.h"
#include "drill/inject.h"
#include "drill/perimeter.h"

static const toc_phase *phase_at(const toc_drill *drill, uint32_t number) {
    return TOC_LIST_AT(const toc_phase, &drill->phases, number);
}

static const char *id_of(const toc_drill *drill, uint32_t number) {
    return toc_inject_at(drill, phase_at(drill, number)->inject)->id;
}

void toc_phase_add(toc_drill *drill, const toc_phase *phase) {
    *(toc_phase *)toc_list_add(&drill->phases, sizeof *phase) = *phase;
}

void toc_phase_note_inject(toc_drill *drill, uint32_t inject) {
    for (uint32_t i = 0; i < drill->phases.count; i++) {
        if (phase_at(drill, i)->inject == inject) {
            drill->phase = i + 1;
            toc_conditions_touch(drill->conditions, toc_cell(TOC_CELL_PHASE, 0));
            toc_trace_put(drill, TOC_TRACE_PHASE, id_of(drill, i), "", "began",
                          phase_at(drill, i)->title, 0, i + 1);
            toc_perimeter_follow_phase(drill, id_of(drill, i));
        }
    }
}

const char *toc_phase_current(const toc_drill *drill) {
    return drill->phase == 0 ? "" : id_of(drill, drill->phase - 1);
}

const char *toc_phase_planned(const toc_drill *drill, toc_time time) {
    const char *title = "";
    toc_time begun = -1;
    for (uint32_t i = 0; i < drill->phases.count; i++) {
        toc_time at = toc_inject_at(drill, phase_at(drill, i)->inject)->at;
        if (at != TOC_NEVER && at <= time && at > begun) {
            begun = at;
            title = phase_at(drill, i)->title;
        }
    }
    return title;
}

void toc_phase_facts(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->phases.count; i++) {
        toc_fact_put(drill, "phase", id_of(drill, i), "", phase_at(drill, i)->title,
                     toc_inject_at(drill, phase_at(drill, i)->inject)->at);
    }
}

void toc_phase_digest(const toc_drill *drill, toc_digest *digest) {
    toc_digest_u64(digest, drill->phase);
}

void toc_phase_finish(toc_drill *drill) {
    toc_list_finish(&drill->phases);
}
