/* Disclosure: how things are, for control and evaluators: what of it has changed since they were
   told last. */
#ifndef SERVER_DISCLOSURE_H
#define SERVER_DISCLOSURE_H

#include "server/hall.h"

typedef struct toc_disclosure toc_disclosure;

/* Of one connection; the hall must outlive it. */
/* Texts in that language, which outlives it; "": as they were written. */
toc_disclosure *toc_disclosure_create(const toc_hall *hall, const char *language);
void toc_disclosure_destroy(toc_disclosure *disclosure);
/* What has changed since the last call; the first one tells all. False where nothing has. Lives
   until the next call, and no longer than until the drill goes on. */
bool toc_disclosure_next(toc_disclosure *disclosure, toc_wire_truth *out_truth);

#endif
