/* Pace: what moves a drill on and what people are shown, by its form. A practical drill goes by the
   clock on the wall. A tabletop stands still while people talk, and its time jumps from point to
   point. A demonstration goes by the clock too, follows its script, the policy "reference", and
   shows everybody both sides. */
#ifndef TOCSIN_PACE_H
#define TOCSIN_PACE_H

#include "tocsin/drill.h"

typedef enum toc_pace { TOC_PACE_CLOCK, TOC_PACE_TALK, TOC_PACE_SCRIPT } toc_pace;

toc_pace toc_pace_of(const toc_drill *drill);
/* "clock", "talk", "script". */
const char *toc_pace_name(toc_pace pace);
/* How many points of talk there were so far: moves, decisions and injects that some seat was told.
   A driver of a tabletop lets it go on until there is one for whoever sits at it, and waits. */
uint32_t toc_pace_points(const toc_drill *drill);

#endif
