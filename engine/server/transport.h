/* Transport: how messages come from clients and go to them: open, close, receive, want_write,
   write, timer. socket.c carries them over WebSockets and the clock on the wall; loopback.c within
   the program, over time of its own. Everything runs on one thread. */
#ifndef SERVER_TRANSPORT_H
#define SERVER_TRANSPORT_H

#include <stddef.h>
#include <stdint.h>

/* A connection; 0 is none, and no number comes twice. */
typedef uint64_t toc_peer;

/* Who uses a transport. A peer that was closed is told of no more but by `closed`. */
typedef struct toc_transport_user {
    void *object;
    /* Somebody has connected; the address is who the network says it is, for counting. */
    void (*open)(void *object, toc_peer peer, const char *address);
    /* A whole message. NULL: one that was not kept, because it is larger than a frame may be, or,
       with size 0, no text. */
    void (*receive)(void *object, toc_peer peer, const char *bytes, size_t size);
    /* Asked for by want_write: one message may be written now. */
    void (*writeable)(void *object, toc_peer peer);
    void (*closed)(void *object, toc_peer peer);
    /* The timer has run out. */
    void (*timer)(void *object);
} toc_transport_user;

typedef struct toc_transport {
    void *object;
    /* Lets connections in. The user must outlive the transport. */
    void (*open)(void *object, const toc_transport_user *user);
    /* What was written before goes out first, for as long as that takes no more than seconds. */
    void (*close)(void *object, toc_peer peer);
    void (*want_write)(void *object, toc_peer peer);
    /* From within `writeable` only, once each time. */
    void (*write)(void *object, toc_peer peer, const char *bytes, size_t size);
    /* There is one; setting it again sets it anew. */
    void (*timer)(void *object, int64_t after_us);
    /* Microseconds of a clock that never goes back; from an arbitrary beginning. */
    int64_t (*now)(void *object);
} toc_transport;

#endif
