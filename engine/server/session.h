/* Session: one connection: its greeting, the seat that its token opens, what it was sent and what
   it still is to be sent. Nothing is sent but when the transport asks for it, so that a slow client
   gets the latest state and never a backlog of states; events are never left out. */
#ifndef SERVER_SESSION_H
#define SERVER_SESSION_H

#include "server/bucket.h"
#include "server/catalogue.h"
#include "server/gate.h"
#include "server/hall.h"
#include "server/token.h"
#include "server/transport.h"

enum {
    TOC_SESSION_WINDOW = 256,  /* events that were sent and not said to have been seen */
    TOC_SESSION_PATIENCE = 10, /* seconds: for a hello, for a client that takes nothing */
    TOC_SESSION_RATE = 20,     /* messages a second */
    TOC_SESSION_BURST = 40,    /* of them at once */
    TOC_SESSION_BACKLOG = 512  /* that wait for their turn; past it the connection is closed */
};

typedef struct toc_session toc_session;

/* What sessions share. */
typedef struct toc_session_floor {
    toc_transport transport;
    toc_hall *hall;
    const toc_token_book *tokens;
    toc_gate *gate;
    toc_catalogue *catalogue;
    const char *drill;       /* what the tokens are bound to */
    int64_t (*moment)(void); /* microseconds since 1970: tokens expire by the clock on the wall */
    toc_bucket *refusals;    /* how many of them go into the record: a flood must not fill it */
    /* A session has been welcomed at this seat: who sat there must go. */
    void (*seated)(void *object, toc_session *session);
    void *object;
} toc_session_floor;

/* `is_full`: it is turned away once it can be told why. The floor must outlive it. */
toc_session *toc_session_create(const toc_session_floor *floor, toc_peer peer, const char *address,
                                bool is_full);
/* The connection is gone. */
void toc_session_destroy(toc_session *session);

void toc_session_receive(toc_session *session, const char *bytes, size_t size);
void toc_session_writeable(toc_session *session);
/* Told at an even pace: sends what is due of state, clock and head, and closes what is slow or
   silent. `full`: the second has come around. */
void toc_session_tick(toc_session *session, bool full);
void toc_session_answer(toc_session *session, const toc_hall_answer *answer);
/* Tells it why, and closes. */
void toc_session_refuse(toc_session *session, toc_wire_reason reason, const char *text);

bool toc_session_is_welcome(const toc_session *session);
toc_peer toc_session_peer(const toc_session *session);
/* TOC_HALL_BESIDE where it plays none. */
/* "gridco.dispatcher", "control", "evaluator.gridco"; "" before it is welcome. */
const char *toc_session_desk(const toc_session *session);
uint32_t toc_session_seat(const toc_session *session);

#endif
