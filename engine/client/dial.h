/* Dial: lines to a server over WebSocket, ws or wss, on one event loop, with what a front end waits
   for beside them: lines of text from a file, a beat, and an interruption. */
#ifndef CLIENT_DIAL_H
#define CLIENT_DIAL_H

#include "client/address.h"
#include "client/client.h"

typedef struct toc_dial toc_dial;

typedef struct toc_dial_options {
    const toc_address *address;
    const char *authority; /* file of certificates that are trusted; NULL: those of the system */
    uint32_t lines;        /* how many there will be at most */
} toc_dial_options;

/* What is wrong goes to `why`; NULL then. */
toc_dial *toc_dial_create(const toc_dial_options *options, char *why, size_t size);
/* Lines are closed; their clients must still be there. */
void toc_dial_destroy(toc_dial *dial);

/* Starts the client on a line of its own. */
void toc_dial_start(toc_dial *dial, toc_client *client);

/* Whoever waits for something. `text` is a line without its end; NULL says that no more will come.
 */
typedef struct toc_dial_ear {
    void *object;
    void (*hear)(void *object, const char *text);
    void (*beat)(void *object);
    void (*interrupt)(void *object); /* on SIGINT and SIGTERM */
} toc_dial_ear;

/* Calls `beat` each so many milliseconds; 0 for never. Reads no text before toc_dial_listen. */
void toc_dial_attend(toc_dial *dial, toc_dial_ear ear, uint64_t beat_ms);
/* Reads lines from that file from now on, or no more for now. */
void toc_dial_listen(toc_dial *dial, int file, bool is_wanted);
/* Until toc_dial_leave; then it may be run again. */
void toc_dial_run(toc_dial *dial);
void toc_dial_leave(toc_dial *dial);
/* Of a clock that never goes back. */
uint64_t toc_dial_microseconds(void);
/* A name that nobody else has, in hexadecimal, and a number for spreading times. */
void toc_dial_name(char name[33], uint64_t *seed);

#endif
