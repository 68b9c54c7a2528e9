/* Loopback: the transport within the program, over time of its own that moves only when told to.
   Simulations of many clients run on it as fast as they go, the same every time. */
#ifndef SERVER_LOOPBACK_H
#define SERVER_LOOPBACK_H

#include <stdbool.h>

#include "server/transport.h"

typedef struct toc_loopback toc_loopback;

toc_loopback *toc_loopback_create(void);
void toc_loopback_destroy(toc_loopback *loopback);
toc_transport toc_loopback_transport(toc_loopback *loopback);

/* -- The clients' ends --------------------------------------------------------------------------
 */

toc_peer toc_loopback_connect(toc_loopback *loopback, const char *address);
/* One message; NULL as in toc_transport_user. Nothing where the peer was closed. */
void toc_loopback_send(toc_loopback *loopback, toc_peer peer, const char *bytes, size_t size);
/* The next message that came, with a zero behind it; NULL: none. It lives until the next call. */
const char *toc_loopback_take(toc_loopback *loopback, toc_peer peer, size_t *out_size);
/* A client that reads nothing: the server may not write to it until it does again. */
void toc_loopback_stall(toc_loopback *loopback, toc_peer peer, bool stalls);
void toc_loopback_hang_up(toc_loopback *loopback, toc_peer peer);
/* What was written to it can be taken all the same. */
bool toc_loopback_is_open(const toc_loopback *loopback, toc_peer peer);

/* Moves time on by `us`: timers run out, who wants to write may. */
void toc_loopback_run(toc_loopback *loopback, int64_t us);

#endif
