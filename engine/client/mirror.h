/* Mirror: what a connection has been told, put together again: the catalogue from its parts, the
   state and the truth from their changes, all events in order. Plain shapes for any front end. */
#ifndef CLIENT_MIRROR_H
#define CLIENT_MIRROR_H

#include "wire/wire.h"

typedef struct toc_mirror toc_mirror;

toc_mirror *toc_mirror_create(void);
void toc_mirror_destroy(toc_mirror *mirror);

/* Copies what the message says; messages that say nothing of how things stand leave it as it is. A
   welcome voids the catalogue, and `whole` the state or the truth. */
void toc_mirror_take(toc_mirror *mirror, const toc_wire_message *message);

/* NULL before the first welcome. What these give lives until the next toc_mirror_take. */
const toc_wire_welcome *toc_mirror_welcome(const toc_mirror *mirror);
const toc_wire_catalogue *toc_mirror_catalogue(const toc_mirror *mirror);
/* `more` while parts of the same instant are still to come. */
const toc_wire_state *toc_mirror_state(const toc_mirror *mirror);
const toc_wire_truth *toc_mirror_truth(const toc_mirror *mirror);
const toc_wire_clock *toc_mirror_clock(const toc_mirror *mirror);
/* "" before one came. */
const char *toc_mirror_head(const toc_mirror *mirror);

size_t toc_mirror_event_count(const toc_mirror *mirror);
/* In order; these live as long as the mirror. */
const toc_wire_event *toc_mirror_event(const toc_mirror *mirror, size_t index);
/* The number of the last event; 0 before the first. */
int64_t toc_mirror_last(const toc_mirror *mirror);

#endif
