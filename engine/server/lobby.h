/* Lobby: all who are connected: lets them in, keeps a seat to one person, and gives the hall its
   pace. */
#ifndef SERVER_LOBBY_H
#define SERVER_LOBBY_H

#include "server/hall.h"
#include "server/token.h"
#include "server/transport.h"

typedef struct toc_lobby_options {
    toc_transport transport;
    toc_hall_options hall; /* `answer` and `object` are the lobby's */
    const toc_token_book *tokens;
    const char *drill; /* what the tokens are bound to */
    uint32_t most;     /* connections; those past it are told so */
    /* The drill is over and everybody has had time to see it, or it cannot go on. */
    void (*finished)(void *object, toc_status status);
    void (*pulse)(void *object); /* about once a second */
    void *object;
} toc_lobby_options;

typedef struct toc_lobby_facts {
    uint32_t connected, seated; /* seated: people at seats of the drill */
    bool over;
} toc_lobby_facts;

typedef struct toc_lobby toc_lobby;

/* Opens the doors, and the clock begins to go unless it is paused. What goes wrong later is told in
   `problems`, which outlive the lobby as everything in the options does. */
toc_status toc_lobby_create(const toc_lobby_options *options, toc_problems *problems,
                            toc_lobby **out_lobby);
void toc_lobby_destroy(toc_lobby *lobby);
/* Everybody is told why, and the connections are closed. */
void toc_lobby_close(toc_lobby *lobby, toc_wire_reason reason);
/* As if control had said so. */
void toc_lobby_command(toc_lobby *lobby, const char *verb, const char *desk);
toc_lobby_facts toc_lobby_facts_of(const toc_lobby *lobby);
const toc_hall *toc_lobby_hall(const toc_lobby *lobby);

#endif
