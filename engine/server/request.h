/* Request: an act, a command or a note of a client, handed to the hall if its role may do such a
   thing at all. */
#ifndef SERVER_REQUEST_H
#define SERVER_REQUEST_H

#include "server/hall.h"

typedef struct toc_request_asker {
    uint64_t number;
    uint32_t seat;    /* or TOC_HALL_BESIDE */
    const char *desk; /* its name */
    const char *role; /* of its token */
} toc_request_asker;

/* TOC_WIRE_NONE: the hall answers at its next step. */
toc_wire_reason toc_request_take(toc_hall *hall, const toc_request_asker *asker,
                                 const toc_wire_message *message);

#endif
