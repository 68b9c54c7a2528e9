/* Advice: what the author of a drill should look at again after a rehearsal. */
#ifndef STUDY_ADVICE_H
#define STUDY_ADVICE_H

#include "study/rehearsal.h"

/* One sentence each: objectives that nobody misses or nobody meets, duties that are late or never
   begin, services at no risk, and last how much the teams' play decides. Wants two policies, the
   weaker first; says nothing of one alone. */
void toc_advice_give(const toc_rehearsal *rehearsal,
                     void (*add)(void *object, const char *sentence), void *object);

#endif
