/* Keeping: a shape of the wire with all that it points to, copied into one piece of memory. */
#ifndef CLIENT_KEEPING_H
#define CLIENT_KEEPING_H

#include "wire/wire.h"

/* The copy's first bytes are the shape; texts and arrays of texts lie behind it. Lists of items are
   left out of it. Freed by free(). */
void *toc_keeping_copy(toc_wire_kind kind, const void *shape);
/* Memory that is never NULL: without any, the program ends. */
void *toc_keeping_room(void *memory, size_t size);

#endif
