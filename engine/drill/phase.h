/* Phase: a part of the drill with a situation of its own: a move of a tabletop, a stage of a
   record. It begins as an inject that all seats get, and is a mark that others can start from. */
#ifndef DRILL_PHASE_H
#define DRILL_PHASE_H

#include "drill/state.h"

typedef struct toc_phase {
    const char *title;
    uint32_t inject;
} toc_phase;

void toc_phase_add(toc_drill *drill, const toc_phase *phase);
/* That inject has come: the phase, if it begins one, is the current one. */
void toc_phase_note_inject(toc_drill *drill, uint32_t inject);
/* Id of the current one, "" before the first. */
const char *toc_phase_current(const toc_drill *drill);
/* Title of the one that is planned to hold at that time, "" where none has begun by the clock. */
const char *toc_phase_planned(const toc_drill *drill, toc_time time);
void toc_phase_facts(toc_drill *drill);
void toc_phase_digest(const toc_drill *drill, toc_digest *digest);
void toc_phase_finish(toc_drill *drill);

#endif
