/* Decision: a choice that is put to seats and has to be made by one of them, in time; else what was
   said to happen then happens. */
#ifndef DRILL_DECISION_H
#define DRILL_DECISION_H

#include "drill/state.h"

typedef struct toc_decision {
    const char *id, *question;
    const char *const *options;
    uint32_t option_count;
    uint32_t fallback; /* option that is taken when time is over, TOC_INDEX_NONE: none */
    toc_time within;   /* TOC_NEVER: any time */
    int function;      /* called with what was chosen */
    uint32_t inject;   /* that puts it */
} toc_decision;

/* False where the id is taken. Texts live as long as the drill. */
bool toc_decision_add(toc_drill *drill, const toc_decision *decision);
/* That inject has come: the decision, if it puts one, is open. */
void toc_decision_note_inject(toc_drill *drill, uint32_t inject);
/* NULL where the seat can choose that now, else why not. */
const char *toc_decision_refusal(toc_drill *drill, const char *id, uint32_t seat,
                                 const char *option);
void toc_decision_choose(toc_drill *drill, const char *id, uint32_t seat, const char *option);
/* What was chosen, "" while nothing is; NULL where there is no such decision. */
const char *toc_decision_chosen(const toc_drill *drill, const char *id);
toc_drill_decision toc_decision_read(const toc_drill *drill, uint32_t index);
void toc_decision_facts(toc_drill *drill);
void toc_decision_digest(const toc_drill *drill, toc_digest *digest);
void toc_decision_finish(toc_drill *drill);

#endif
