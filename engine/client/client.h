/* Client: one seat's connection to a server, over any transport. It greets, connects again when the
   connection is lost, asks for the events that it missed, sends again what was not acknowledged,
   and keeps what it was told. It has no clock and opens no socket: whoever drives it does both. */
#ifndef CLIENT_CLIENT_H
#define CLIENT_CLIENT_H

#include "client/mirror.h"
#include "wire/wire.h"

/* What carries frames. After `open` it calls toc_client_opened or toc_client_closed; after every
   opening that succeeded toc_client_closed once, also where `close` was asked for, though not
   necessarily from within it. */
typedef struct toc_client_transport {
    void *object;
    void (*open)(void *object);
    /* Copies the frame; it goes out when it can. */
    void (*send)(void *object, const char *bytes, size_t size);
    void (*close)(void *object);
    /* One timer: toc_client_expired is called when the time has passed; again for another time; 0
       for none. */
    void (*wait)(void *object, int64_t milliseconds);
} toc_client_transport;

typedef enum toc_client_news_kind {
    TOC_CLIENT_WELCOMED, /* `message`; also after each connecting again */
    TOC_CLIENT_LOST,     /* `text` says why; tried again in `wait_ms` */
    TOC_CLIENT_ENDED,    /* for good: `reason` and `text` */
    TOC_CLIENT_TOLD,     /* `message`, which the mirror has taken already */
    TOC_CLIENT_PAPER     /* `paper`: one that was asked for is there, whole */
} toc_client_news_kind;

typedef struct toc_client_paper {
    const char *id; /* of toc_client_fetch */
    const char *name, *type;
    const char *bytes;
    size_t size;
} toc_client_paper;

typedef struct toc_client_news {
    toc_client_news_kind kind;
    const toc_wire_message *message;
    const toc_client_paper *paper;
    toc_wire_reason reason;
    const char *text;
    int64_t wait_ms;
} toc_client_news;

typedef struct toc_client_options {
    const char *token, *seat, *language; /* seat and language may be NULL */
    const char *name; /* begins the ids of what is sent: no other client may have it, ever; at most
                         40 bytes */
    uint64_t seed;    /* spreads the times of connecting again; best different for each client */
    void (*tell)(void *object, const toc_client_news *news); /* may be NULL */
    void *object;
} toc_client_options;

typedef struct toc_client toc_client;

/* Copies the options' texts. */
toc_client *toc_client_create(const toc_client_options *options);
void toc_client_destroy(toc_client *client);

/* Begins to connect by that transport, which must outlive it. */
void toc_client_start(toc_client *client, toc_client_transport transport);
/* Closes for good; nothing is told any more. */
void toc_client_finish(toc_client *client);
bool toc_client_is_live(const toc_client *client);
/* Whether it has ended for good. */
bool toc_client_is_over(const toc_client *client);
const toc_mirror *toc_client_mirror(const toc_client *client);

/* Sends, or keeps until it can be sent; sent again under the same id until it is acknowledged.
   Gives the id, which lives until the next such call; NULL where the message is not what a server
   would take, or where too many wait. */
const char *toc_client_act(toc_client *client, const char *verb, const char *target,
                           toc_wire_pairs parameters);
/* The message's own id is set here. */
const char *toc_client_command(toc_client *client, toc_wire_command command);
const char *toc_client_note(toc_client *client, const char *text, const char *about);
/* Asks for a paper that came with a message. */
const char *toc_client_fetch(toc_client *client, const char *letter, const char *name);
/* A real emergency. Kept until there is a connection. */
bool toc_client_stop(toc_client *client, const char *word);
/* How many messages are not acknowledged yet. */
size_t toc_client_waiting(const toc_client *client);

/* -- For the transport --------------------------------------------------------------------------
 */

void toc_client_opened(toc_client *client);
void toc_client_received(toc_client *client, const char *bytes, size_t size);
/* `why` as people may read it. */
void toc_client_closed(toc_client *client, const char *why);
void toc_client_expired(toc_client *client);

#endif
