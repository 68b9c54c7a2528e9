/* Talk: the text console of one seat: commands in, plain lines out, over a client. */
#ifndef CLI_TALK_H
#define CLI_TALK_H

#include "client/client.h"

typedef struct toc_talk toc_talk;

typedef struct toc_talk_options {
    const char *language;
    bool has_prompt; /* a person types, on a terminal */
} toc_talk_options;

toc_talk *toc_talk_create(const toc_talk_options *options);
void toc_talk_destroy(toc_talk *talk);
/* The client must outlive it. */
void toc_talk_attach(toc_talk *talk, toc_client *client);

/* Whether commands can be answered: connected once, and the state is there. */
bool toc_talk_is_ready(const toc_talk *talk);
/* Does a command. */
void toc_talk_hear(toc_talk *talk, const char *line);
/* Whether it is over: left, or ended by the server. */
bool toc_talk_has_left(const toc_talk *talk);
/* Seconds that a `wait` asked for since the last call; 0 for none. */
int64_t toc_talk_pause(toc_talk *talk);
/* As the client's `tell`. */
void toc_talk_tell(void *talk, const toc_client_news *news);
/* Why the server ended it; TOC_WIRE_NONE where it did not. */
toc_wire_reason toc_talk_end(const toc_talk *talk);
/* How many acts were taken and not taken. */
void toc_talk_counts(const toc_talk *talk, uint64_t *taken, uint64_t *not_taken);

#endif
