/* Outlet: where a feed goes: a file, or a collector of syslog lines over UDP or TCP. What cannot be
   sent is counted and told, and never holds a drill up. */
#ifndef FEEDS_OUTLET_H
#define FEEDS_OUTLET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tocsin/problems.h"

typedef struct toc_outlet toc_outlet;

/* `to`: "file:PATH", "udp:HOST:PORT", "tcp:HOST:PORT". A host that is not this machine is refused
   unless it is `collector`, the one that was named for it (NULL: none was). */
toc_status toc_outlet_open(const char *to, const char *collector, toc_problems *problems,
                           toc_outlet **out_outlet);
void toc_outlet_close(toc_outlet *outlet);
/* Over TCP each line is framed by its length (RFC 6587, octet counting). */
void toc_outlet_send(toc_outlet *outlet, const char *bytes, size_t size);
/* Lines that were not taken. */
uint64_t toc_outlet_lost(const toc_outlet *outlet);

#endif
