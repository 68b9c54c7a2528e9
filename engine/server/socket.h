/* Socket: the transport over WebSockets, with libwebsockets on a loop of libuv. */
#ifndef SERVER_SOCKET_H
#define SERVER_SOCKET_H

#include <stdbool.h>
#include <stdint.h>

#include "server/transport.h"
#include "tocsin/problems.h"

typedef struct toc_socket toc_socket;

typedef struct toc_socket_options {
    const char *address;    /* to listen on: "127.0.0.1"; NULL for all */
    uint16_t port;          /* 0: any that is free */
    const char *cert, *key; /* files in PEM; NULL: without TLS */
    uint32_t most;          /* connections; those past it are not let in */
    /* Asked to end, by SIGINT, SIGTERM or SIGHUP; the second one ends without asking. */
    void (*stop)(void *object);
    void *object;
} toc_socket_options;

/* Begins to listen; a port that is taken and a certificate that cannot be used are told. */
toc_status toc_socket_create(const toc_socket_options *options, toc_problems *problems,
                             toc_socket **out_socket);
void toc_socket_destroy(toc_socket *socket);
toc_transport toc_socket_transport(toc_socket *socket);
uint16_t toc_socket_port(const toc_socket *socket);
/* Until toc_socket_quit is called from within. */
void toc_socket_run(toc_socket *socket);
void toc_socket_quit(toc_socket *socket);

#endif
