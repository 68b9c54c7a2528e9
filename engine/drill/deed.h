/* Deed: what seats have done, for all that waits for it: criteria of objectives, duties, conditions
   of scenarios, actions that injects expect. The actions call it; it calls nobody back at once, the
   waiting are asked at the end of the instant. */
#ifndef DRILL_DEED_H
#define DRILL_DEED_H

#include "drill/state.h"

/* Every action, when it is done. `target` "" where it has none. */
void toc_deed_note_action(toc_drill *drill, uint32_t seat, const char *verb, const char *target);
/* The seat's team now says that there is a `what` ("incident", "emergency"), or no longer does. */
void toc_deed_note_declaration(toc_drill *drill, uint32_t seat, const char *what, bool holds);

/* Whether `word` names an action, or a family of them: "report" stands for report_initial and
   report_supplement. */
bool toc_deed_is_verb(const char *word);
bool toc_deed_fits_verb(const char *word, const char *verb);

/* What is asked: NULL lets all pass. `not_before` leaves out older ones. */
typedef struct toc_deed_query {
    const char *verb, *target;
    const char *team; /* "gridco", or a seat: "gridco.soc" */
    toc_time not_before;
} toc_deed_query;

typedef struct toc_deed {
    toc_time at;
    uint32_t seat;
    const char *verb, *target;
} toc_deed;

/* The earliest that fits, or NULL. Read inside a condition, it is what the condition depends on. */
const toc_deed *toc_deed_find(const toc_drill *drill, const toc_deed_query *query);
/* The declaration that holds now, or NULL: `team` as above. */
const toc_deed *toc_deed_declared(const toc_drill *drill, const char *what, const char *team);

void toc_deed_digest(const toc_drill *drill, toc_digest *digest);
void toc_deed_finish(toc_drill *drill);

#endif
