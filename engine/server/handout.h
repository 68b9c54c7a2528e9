/* Handout: papers that came with messages, sent to the seat that got them, a part at a time, so
   that nothing else has to wait behind a large one. */
#ifndef SERVER_HANDOUT_H
#define SERVER_HANDOUT_H

#include "server/hall.h"

typedef struct toc_handout toc_handout;

toc_handout *toc_handout_create(const toc_hall *hall, uint32_t seat);
void toc_handout_destroy(toc_handout *handout);
/* Queues it behind those that are on their way; why not, where it cannot be had. */
toc_wire_reason toc_handout_ask(toc_handout *handout, const toc_wire_fetch *fetch);
bool toc_handout_is_busy(const toc_handout *handout);
/* The next part; false where nothing is on its way. Its texts live until the next call. */
bool toc_handout_next(toc_handout *handout, toc_wire_paper *out_paper);

#endif
