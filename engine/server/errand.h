/* Errand: what somebody in the hall asks to be done: queued, given to the drill at the next step,
   and once for ever by the sender's id. */
#ifndef SERVER_ERRAND_H
#define SERVER_ERRAND_H

#include "server/hall.h"

/* Queues a copy; what was done before is answered at once. */
void toc_errand_take(toc_hall *hall, const toc_hall_deed *deed);
/* Does what was queued and journals what came of it; the answer waits for the commit. */
void toc_errand_settle(toc_hall *hall, const toc_hall_deed *deed);
/* Of a record that is resumed: this was done. */
void toc_errand_remember(toc_hall *hall, const char *desk, const char *id, toc_time at);
void toc_errand_free(void *deed);

#endif
