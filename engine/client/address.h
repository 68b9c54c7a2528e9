/* Address: where a server is: ws://HOST[:PORT][/PATH] or wss://..., also written
   http:// and https://, and nothing secret in it. */
#ifndef CLIENT_ADDRESS_H
#define CLIENT_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct toc_address {
    bool is_secure;
    char host[256]; /* without the brackets of IPv6 */
    int port;
    char path[512]; /* begins with "/" */
} toc_address;

/* What is wrong with it, with the remedy, goes to `why`. */
bool toc_address_read(const char *text, toc_address *out, char *why, size_t size);
/* Whether nobody else can listen: the machine itself. */
bool toc_address_is_local(const toc_address *address);

#endif
