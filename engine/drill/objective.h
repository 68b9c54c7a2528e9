/* Objective: what is evaluated. It starts at STARTEX or at a mark, and is met when its criterion
   holds, missed when its time is over. */
#ifndef DRILL_OBJECTIVE_H
#define DRILL_OBJECTIVE_H

#include "drill/criterion.h"

typedef struct toc_objective_spec {
    const char *id, *text;
    const char *team;   /* whose deeds count; NULL: anybody's */
    const char *after;  /* mark or inject; NULL: from STARTEX */
    toc_time within;    /* TOC_NEVER: till the end */
    uint32_t criterion; /* TOC_INDEX_NONE: evaluators judge it */
    const char **maps;  /* pairs of framework and entry */
    uint32_t map_count;
    toc_place place;
} toc_objective_spec;

/* False where the id is taken. Texts live as long as the drill. */
bool toc_objective_add(toc_drill *drill, const toc_objective_spec *spec);
/* Tells what they name and does not exist. */
void toc_objective_check(toc_drill *drill);
/* Puts what is evaluated on the trace. */
void toc_objective_facts(toc_drill *drill);
void toc_objective_begin(toc_drill *drill);
/* At the end: what is open is missed. */
void toc_objective_close(toc_drill *drill);
const toc_objective_spec *toc_objective_spec_at(const toc_drill *drill, uint32_t index);
toc_drill_objective toc_objective_read(const toc_drill *drill, uint32_t index);
/* waiting, open, met, missed or late; NULL where there is none of that id. */
const char *toc_objective_state(const toc_drill *drill, const char *id);
void toc_objective_digest(const toc_drill *drill, toc_digest *digest);
void toc_objective_finish(toc_drill *drill);

#endif
