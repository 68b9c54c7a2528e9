/* Call: an inject that somebody of exercise control speaks, by telephone or radio. When it is due,
   control gets a card: what to say, and what to answer when asked. It reaches its seats when the
   call has been made; as a text, where nobody made it in time, so that a drill without people goes
   on. */
#ifndef DRILL_CALL_H
#define DRILL_CALL_H

#include "drill/inject.h"

struct toc_call {
    const char *script;
    const char *const *answers; /* what may be asked, and what to answer, by turns */
    uint32_t answer_count;      /* of both */
    toc_time within;            /* to make it */
};

/* The inject's time has come: the card is handed out, once; false where it was. */
bool toc_call_ring(toc_drill *drill, uint32_t inject);
/* The call has been made: the inject comes now. NULL, or why that cannot be. */
const char *toc_call_make(toc_drill *drill, uint32_t inject);
/* What is on the card, for those who prepare. */
void toc_call_facts(toc_drill *drill, const toc_inject *inject);

#endif
