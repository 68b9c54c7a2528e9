/* Outlook: how things stand for one seat, put together from what it was shown and from nothing
   else. Each item knows when it last changed, counted for this seat alone, so that a connection is
   sent what has changed since its last frame. */
#ifndef SERVER_OUTLOOK_H
#define SERVER_OUTLOOK_H

#include "tocsin/stream.h"
#include "wire/wire.h"

typedef struct toc_outlook toc_outlook;

/* The drill must outlive it. */
toc_outlook *toc_outlook_create(const toc_drill *drill, uint32_t seat);
void toc_outlook_destroy(toc_outlook *outlook);
/* The next thing that the seat was shown. */
void toc_outlook_add(toc_outlook *outlook, const toc_stream_entry *entry);
/* How often it has changed. */
uint64_t toc_outlook_revision(const toc_outlook *outlook);
/* What has changed after that revision; 0: everything. The lists live until the next call. Texts
   come in the language where their author wrote them in it. */
void toc_outlook_since(toc_outlook *outlook, uint64_t revision, const char *language,
                       toc_wire_state *out_state);

#endif
