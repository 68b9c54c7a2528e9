/* Expectation: an action that an inject should bring about, watched from its delivery on. */
#ifndef DRILL_EXPECTATION_H
#define DRILL_EXPECTATION_H

#include "drill/inject.h"

/* Of an inject that is being delivered: each of its expected actions, by any who received it. */
void toc_expectation_begin(toc_drill *drill, uint32_t inject);
/* At the end: what is open is missed. */
void toc_expectation_close(toc_drill *drill);
void toc_expectation_digest(const toc_drill *drill, toc_digest *digest);
void toc_expectation_finish(toc_drill *drill);

#endif
